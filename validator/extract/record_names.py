"""Names in records（记录里的名称）: ids, codes and words → line items and places of forms."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.extract.classification import CodeStatus
from validator.extract.normalise import clean
from validator.extract.tables.crossings import MAIN, SCOPED, TOTAL
from validator.extract.tables.vocabulary import partial, plain
from validator.facts import Basis, FundScope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.extract.lexicon import Lexicon
    from validator.extract.subjects import Identifier

_CODE = re.compile(r"(e?)(\d{3}(?:\d{2}){0,2})")
_FUNDS = (FundScope.GENERAL, FundScope.FUND, FundScope.CAPITAL)
_BY_FUND = "fiscal_summary"
_TWO_SIDED = ("summary", _BY_FUND)
_ACROSS = {
    "revenue": {"source"}, "expenditure": {"nature"}, "general": {"nature"},
    "three_public": {"three_public", "car"}, "capital": {"nature"},
    "fund": {"nature", "totals"}, "capital_flow": {"nature", "totals"},
}  # fmt: skip
"""Forms whose total row is a list of items of these families: they are columns there."""
_WITHIN = {told: plainly for (plainly, _), told in SCOPED.items()}


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means（所指）.

    Attributes:
        item: Lexicon id, code, or ``total``.
        name: Standard name.
        code: Functional or economic code, or "".
        family: Partition that it belongs to, or "".
        scope: Fund scope that the item implies.
        basis: Budget stage that the words declare.
    """

    item: str
    name: str
    code: str = ""
    family: str = ""
    scope: FundScope = FundScope.UNKNOWN
    basis: Basis = Basis.UNKNOWN


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a form（栏目）: its row, its column and whose money stands there."""

    row: Named
    column: str
    scope: FundScope
    basis: Basis
    label: str


class Namer:
    """Knows the names of one records file."""

    def __init__(self, lexicon: Lexicon, identifier: Identifier, year: int) -> None:
        """Prepare to name.

        Args:
            lexicon: Vocabulary.
            identifier: Names labels.
            year: Year whose codes count.
        """
        self._lexicon = lexicon
        self._identifier = identifier
        self._year = year
        self._tables = lexicon.vocabulary
        self._scopes = {form: scope for _, form, scope in self._tables.forms}

    def item(self, told: str) -> Named | None:
        """What an item means, None when nobody knows it."""
        words = plain(clean(told, 0, len(told)).text)
        if words == TOTAL or words in self._tables.totals:
            return Named(TOTAL, words)
        if (known := self._lexicon.by_id.get(words)) and not known.id.isdecimal():
            code = known.id.removeprefix("e") if _CODE.fullmatch(known.id) else ""
            return Named(known.id, known.name, code, known.family, known.scope)
        if coded := _CODE.fullmatch(words):
            return self._coded(coded[1], coded[2])
        found = self._identifier.identify(words)
        if not found.known:
            return None
        if found.item.isdecimal():
            return self._coded("", found.item, found.basis)
        entry = self._lexicon.by_id.get(found.item)
        name = entry.name if entry is not None else words
        code = found.item.removeprefix("e") if _CODE.fullmatch(found.item) else ""
        return Named(found.item, name, code, found.family, found.scope, found.basis)

    def _coded(self, mark: str, code: str, basis: Basis = Basis.UNKNOWN) -> Named | None:
        classification = self._lexicon.classification
        economic = classification.is_economic(code)
        if economic != (mark == "e") and mark:
            return None
        status = classification.code_status(code, self._year)
        names = classification.names_of(code, self._year) or classification.names_of(code)
        # A code that the lexicon does not list may exist all the same, below one it lists.
        if status is CodeStatus.IMPOSSIBLE or (economic and not names):
            return None
        item = f"e{code}" if economic else code
        family = "function" if len(code) == 3 and not economic else ""
        return Named(item, names[-1] if names else code, code, family, basis=basis)

    def form(self, told: str) -> str | None:
        """Id of the form that an id or a title names, None when there is none."""
        words = plain(clean(told, 0, len(told)).text)
        if not words or words in self._scopes:
            return words or None
        bare = re.sub('[“”"]', "", words)
        titles = self._tables.forms
        return next((f for t, f, _ in titles if re.sub("[“”]", "", t) == bare), None)

    def title(self, form: str) -> str:
        """Usual title of a form."""
        return str(self._lexicon.tables["forms"][form]["titles"][0])

    def scope(self, form: str) -> FundScope:
        """Whose money a form is about."""
        return self._scopes[form]

    def spot(self, form: str, row: Named, column: str) -> Spot | None:
        """Where in a form a number stands, None when the column is not known."""
        scope = self._scopes[form]
        basis = row.basis
        across, said = TOTAL, ""
        if column:
            found = self._column(form, column)
            if found is None:
                return None
            across, said = found.item, found.name
            basis = found.basis if found.basis is not Basis.UNKNOWN else basis
            scope = found.scope if found.scope in _FUNDS else scope
        elif row.family in _ACROSS.get(form, ()):
            across, said, row = row.item, row.name, Named(TOTAL, "")
        if row.scope in _FUNDS and scope not in _FUNDS:
            scope = row.scope
        if row.item in self._totals(form):
            row = Named(TOTAL, "")
        elif form == _BY_FUND and row.scope is FundScope.FISCAL and row.item in _WITHIN:
            row = replace(row, item=_WITHIN[row.item])
        if across == MAIN.get(form) and form in ("revenue", "expenditure"):
            across = TOTAL
        label = row.name if row.item != TOTAL else said if across != TOTAL else self.title(form)
        return Spot(row, across, scope, basis, label)

    def ambiguous(self, form: str, row: Named) -> bool:
        """Whether it says 合计 where there is one for income and one for spending."""
        return form in _TWO_SIDED and row.item == TOTAL

    def _column(self, form: str, told: str) -> Named | None:
        words = plain(clean(told, 0, len(told)).text)
        basis = self._tables.basis([words])
        found = self.item(words)
        if found is None or found.item == TOTAL or partial(words):
            stage = self._tables.kind(words) is not None and basis is not Basis.UNKNOWN
            total = found is not None and found.item == TOTAL
            return Named(TOTAL, "", basis=basis) if stage or total else None
        if form == _BY_FUND and found.scope in _FUNDS:
            return Named(TOTAL, "", scope=found.scope, basis=basis)
        return replace(found, scope=FundScope.UNKNOWN, basis=basis)

    def _totals(self, form: str) -> frozenset[str]:
        """Items that are nothing but the total of a form."""
        main = MAIN.get(form, "")
        return frozenset({main, SCOPED.get((main, self._scopes[form]), main)} - {""})

    def nearest(self, told: str, among: Iterable[str] = ()) -> str:
        """A hint at the name that was probably meant, or ""."""
        known = [*among] or [*self._lexicon.items, *self._lexicon.by_id]
        found = difflib.get_close_matches(told, known, n=1, cutoff=0.5)
        return f"（是否指 {found[0]}？）" if found else ""

    @property
    def forms(self) -> list[str]:
        """Ids and usual titles of all forms."""
        return [*self._scopes, *(title for title, _, _ in self._tables.forms)]
