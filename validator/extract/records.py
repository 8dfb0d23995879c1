"""Records → facts and crossings（记录）: numbers that come as data, with their coordinates.

A record that names a form is a number of that form, any other states a fact by itself. What
nobody knows is told and left out; the rest is checked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from validator.extract.claims.records import totals_of, twice_told
from validator.extract.normalise import clean
from validator.extract.record_names import Namer
from validator.extract.sections import Profile
from validator.extract.story import SAME_CLASSIFIER
from validator.extract.subjects import Identifier
from validator.extract.tables.crossings import SCOPED, TOTAL, facts_of
from validator.facts import (
    Basis,
    Fact,
    FactKey,
    Figure,
    FigureKind,
    FundScope,
    ReportKind,
)
from validator.quantity import (
    MONEY_UNITS,
    PERCENT,
    PLAIN,
    Dimension,
    Quantity,
    count_unit,
    parse_number,
)
from validator.statements import Crossing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.claims import Claim
    from validator.document import Document, Record, Records
    from validator.extract.lexicon import Lexicon
    from validator.quantity import Unit

_NUMBER = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)([^\d\s.,]{1,8})?")
_MOST_DIGITS = 24
_SHOWN = 24
_LOOSE = "单列的数"
"""Heading of records that name no form."""


@dataclass(slots=True)
class Told:
    """What the records of a document state.

    Attributes:
        figures: Their numbers; ids go on from those of the text.
        facts: Numbers with coordinates.
        crossings: Numbers of public forms.
        claims: Totals that balance, and one place of a form told twice.
        unread: What could not be understood, one Chinese line each.
    """

    figures: list[Figure] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def profile_of(records: Records) -> Profile:
    """Kind, year, entity and unit as the file says them."""
    return Profile(ReportKind(records.kind), records.year, records.entity, records.unit)


def titles_of(document: Document, lexicon: Lexicon) -> list[tuple[str, FundScope, int, int]]:
    """Title, fund scope, first and last block of each run of records of one form."""
    found: list[tuple[str, FundScope, int, int]] = []
    for records in document.records:
        namer = Namer(lexicon, Identifier(lexicon, records.entity), records.year)
        runs: list[tuple[str, int, int]] = []
        for record in records.records:
            block = document.block_at(record.span.start)
            if block is None:
                continue
            form = namer.form(record.form) or ""
            same = bool(runs) and runs[-1][0] == form
            first = runs.pop()[1] if same else block.index
            runs.append((form, first, block.index))
        found += [
            (namer.title(form), namer.scope(form), first, last) if form
            else (_LOOSE, FundScope.UNKNOWN, first, last)
            for form, first, last in runs
        ]  # fmt: skip
    return found


def read_records(
    document: Document, lexicon: Lexicon, sections: Sequence[int], first: int
) -> Told:
    """What the records of a document state.

    Args:
        document: What the readers made.
        lexicon: Vocabulary.
        sections: Section of each block.
        first: Id of the first figure.
    """
    told = Told()
    table = len(document.tables)
    for records in document.records:
        reader = _Reader(document, records, lexicon, sections, table)
        reader.read(told, first + len(told.figures))
        table += len(reader.tables)
    return told


class _Reader:
    """Reads one records file."""

    def __init__(
        self, document: Document, records: Records, lexicon: Lexicon, sections: Sequence[int],
        table: int,
    ) -> None:  # fmt: skip
        self._document = document
        self._records = records
        self._lexicon = lexicon
        self._sections = sections
        self._namer = Namer(lexicon, Identifier(lexicon, records.entity), records.year)
        self._budget = records.kind == ReportKind.BUDGET.value
        self._first_table = table
        self.tables: dict[str, int] = {}
        self._loose: list[Fact] = []
        self._cells: dict[tuple[object, ...], list[Crossing]] = defaultdict(list)
        self._scopes: dict[int, FundScope] = {}
        alone = document.format == "records" and len(document.records) == 1
        self._where = "" if alone else f"记录“{records.name.rpartition('/')[2]}”"

    def read(self, told: Told, number: int) -> None:
        """Add what the file states.

        Args:
            told: What to add it to.
            number: Id of its first figure.
        """
        for record in self._records.records:
            figure = self._figure(record, number)
            if isinstance(figure, str):
                told.unread.append(f"{self._where}第{record.line}行{figure}，没有核对")
                continue
            number += 1
            told.figures.append(figure)
            if fault := self._place(record, figure):
                told.unread.append(f"{self._where}第{record.line}行{fault}，没有核对")
        cells = [group[0] for group in self._cells.values()]
        told.crossings += cells
        stated = [*self._loose, *map(self._scoped, facts_of(cells, self._lexicon))]
        stated.sort(key=lambda fact: fact.figure.id)
        told.facts += stated
        told.claims += [*totals_of(stated), *twice_told(self._cells.values())]

    def _figure(self, record: Record, number: int) -> Figure | str:
        """The number of a record, or why it is none."""
        words = re.sub(r"\s", "", clean(record.value, 0, len(record.value)).text)
        found = _NUMBER.fullmatch(words.replace("，", ","))
        if found is None or len(found[1]) > _MOST_DIGITS:
            return f"的“{record.value.strip()[:_SHOWN]}”不是一个数"
        printed, declared = found[2] or "", record.unit
        if printed and declared and printed != declared:
            return f"的数值写“{printed}”，单位写“{declared}”"
        unit = _unit(printed or declared or self._records.unit)
        value, quantum = parse_number(found[1].replace(",", ""))
        kind = {
            Dimension.MONEY: FigureKind.AMOUNT,
            Dimension.RATIO: FigureKind.PERCENT,
            Dimension.COUNT: FigureKind.COUNT,
        }[unit.dimension]
        block = self._document.block_at(record.span.start)
        section = self._sections[block.index] if block is not None else 0
        return Figure(number, kind, Quantity(value, unit, quantum), record.span, section)

    def _place(self, record: Record, figure: Figure) -> str:
        """Give a number its coordinates → why that is not possible, or ""."""
        item = self._namer.item(record.item)
        if item is None:
            hint = self._namer.nearest(record.item)
            return f"的科目“{record.item[:_SHOWN]}”不认识{hint}"
        year = record.year or self._records.year
        if not record.form:
            if item.item == TOTAL:
                return f"的科目“{record.item}”没有说是哪个合计"
            self._state(record, figure, item.item, item.scope, item.basis, item.name, year)
            return ""
        form = self._namer.form(record.form)
        if form is None:
            hint = self._namer.nearest(record.form, self._namer.forms)
            return f"的表“{record.form[:_SHOWN]}”不认识{hint}"
        if self._namer.ambiguous(form, item):
            return f"的“{record.item}”没有说是收入还是支出的总计"
        spot = self._namer.spot(form, item, record.column)
        if spot is None:
            hint = self._namer.nearest(record.column)
            return f"的栏“{record.column[:_SHOWN]}”不认识{hint}"
        table = self.tables.setdefault(form, self._first_table + len(self.tables))
        scope = FundScope(record.scope) or spot.scope
        basis = self._basis(record, spot.basis)
        label = record.label or spot.label
        cell = Crossing(
            figure, form, table, spot.row.item, spot.row.code, spot.column, scope, basis,
            year, label,
        )  # fmt: skip
        unit = figure.quantity.unit.dimension
        key = (form, cell.row, cell.code, cell.column, scope, basis, year, unit)
        self._cells[key].append(cell)
        if record.scope:
            self._scopes[figure.id] = scope
        return ""

    def _state(
        self, record: Record, figure: Figure, item: str, own: FundScope, basis: Basis,
        name: str, year: int,
    ) -> None:  # fmt: skip
        """A fact by itself."""
        scope = FundScope(record.scope) or own
        item = SCOPED.get((item, scope), item)
        known = self._lexicon.by_id.get(item)
        if not scope and known is not None:
            scope = known.scope
        measure = _measure(figure)
        key = FactKey(item, year, self._basis(record, basis), scope or FundScope.ALL, measure)
        span = record.item_span.cover(record.span)
        self._loose.append(
            Fact(figure, key, record.label or name, span, figure.section, True, "record")
        )

    def _basis(self, record: Record, own: Basis) -> Basis:
        """Stage of the budget: as told, as the words say, else as usual in such a report."""
        told = Basis(record.basis)
        basis = told or own
        if not self._budget:
            return basis or Basis.ACTUAL
        # A budget report prints one budget; only the file itself can tell of a later one.
        later = Basis.ACTUAL if basis is Basis.ACTUAL else Basis.BUDGET
        return told if told is Basis.FINAL_BUDGET else later

    def _scoped(self, fact: Fact) -> Fact:
        """A fund scope that the file names itself counts, whatever is usual."""
        scope = self._scopes.get(fact.figure.id)
        return replace(fact, key=replace(fact.key, scope=scope)) if scope else fact


def _unit(symbol: str) -> Unit:
    if symbol in MONEY_UNITS:
        return MONEY_UNITS[symbol]
    if symbol in ("%", "％"):
        return PERCENT
    return count_unit(symbol) if symbol else PLAIN


def _measure(figure: Figure) -> str:
    if figure.kind is FigureKind.COUNT:
        symbol = figure.quantity.unit.symbol
        return SAME_CLASSIFIER.get(symbol, symbol)
    return "money" if figure.kind is FigureKind.AMOUNT else "ratio"
