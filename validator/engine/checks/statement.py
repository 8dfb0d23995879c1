"""Kind ``statement``（报表规则）: numbers of the public forms that must fit together.

Each name of a rule selects cells by form, row and column. Cells that share a form, a fund, a
row or a column are judged together, so one rule speaks for all of them at once. The form
``text`` stands for what the sentences of the report say.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.engine.checks.claim import judge_claim
from validator.engine.checks.printed import PRINTED
from validator.facts import FundScope, SectionRole
from validator.quantity import ZERO
from validator.statements import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from validator.engine.checks.printed import Printed
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import CellSelector, Rule
    from validator.extract.lexicon import Lexicon
    from validator.facts import Fact
    from validator.statements import Crossing

TEXT = "text"
"""Stands for the sentences of the report among the forms."""
_FUNDS = frozenset({FundScope.GENERAL, FundScope.FUND, FundScope.CAPITAL})
_CLASS = 3
_TOLD = frozenset({"statement", "part"})
_Group = dict[str, list["Crossing"]]
_Key = tuple[str, ...]


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Judge the identity once, or per form, fund, scope, row, class, column or cell."""
    printed = PRINTED.of(context.reading)
    told = {name: _told(one, context) for name, one in rule.cells.items() if TEXT in one.forms}
    for key, group in _groups(rule, context, printed).items():
        zeros = _zeros(rule, printed, key, group)
        known = {*group, *zeros, *(name for name, facts in told.items() if facts)}
        if any(_complete(rule, one.names, known) for one in rule.assertions.values()):
            claim = _claim(rule, group, told, zeros)
            if claim is not None:
                yield from judge_claim(rule, context, claim)


def _groups(rule: Rule, context: Context, printed: Printed) -> Mapping[_Key, _Group]:
    """Cells by name, those together that are judged together."""
    groups: dict[_Key, _Group] = defaultdict(dict)
    if rule.each == "once":
        groups["once",] = {}
    year = context.reading.year
    for name, selector in rule.cells.items():
        rows = _Words(selector.rows, context.lexicon)
        columns = _Words(selector.columns, context.lexicon)
        for cell in context.reading.crossings:
            if cell.form not in selector.forms or cell.year != year + selector.year:
                continue
            if _fits(selector, cell, rows, columns) and printed.sure(cell):
                key = _key(rule.each, cell)
                if key is not None:
                    groups[key].setdefault(name, []).append(cell)
    return groups


def _complete(rule: Rule, names: Iterable[str], known: set[str]) -> bool:
    """Whether all cells that an assertion names are printed, or surely absent."""
    return all(name in known for name in names if name in rule.cells)


class _Words:
    """Rows or columns that a selector names."""

    def __init__(self, words: Sequence[str], lexicon: Lexicon) -> None:
        self.named: set[str] = set()
        self._classes: set[str] = set()
        self._levels: set[int] = set()
        codes: set[str] = set()
        for word in words:
            kind, mark, rest = word.partition(":")
            if not mark:
                self.named.add(word)
            elif kind == "family":
                self.named |= set(lexicon.members(rest))
            elif kind == "class":
                self._classes.add(rest)
            elif kind == "level":
                self._levels.add(int(rest))
            else:
                codes |= set(lexicon.tables["codes"][rest])
        self._codes = frozenset(codes)

    def hold(self, item: str, code: str) -> bool:
        """Whether a row or column is among them."""
        if item in self.named or (code and "code" in self.named) or code in self._codes:
            return True
        if len(code) in self._levels:
            return True
        if item.startswith(NAMED):
            return "named" in self.named
        digits = item.removeprefix("e")
        if len(digits) != _CLASS or not digits.isdecimal():
            return False
        return digits[0] in self._classes or ("class" in self.named and digits == item)


def _fits(selector: CellSelector, cell: Crossing, rows: _Words, columns: _Words) -> bool:
    if not rows.hold(cell.row, cell.code) or not columns.hold(cell.column, ""):
        return False
    if selector.scope is not None and cell.scope is not selector.scope:
        return False
    return selector.basis is None or cell.basis is selector.basis


def _key(each: str, cell: Crossing) -> _Key | None:
    """What cells must share to be judged together; None when this one cannot be."""
    match each:
        case "form":
            return (cell.form, cell.scope)
        case "fund":
            return (cell.scope,) if cell.scope in _FUNDS else None
        case "scope":
            return (cell.scope,)
        case "row":
            return (cell.code or cell.row,)
        case "class":
            return (cell.row,)
        case "column":
            return (cell.row, cell.column)
        case "cell":
            return (str(cell.figure.id),)
        case _:
            return ("once",)


_LIMITS: Mapping[str, tuple[str, ...]] = {
    "form": ("form", "scope"),
    "fund": ("scope",),
    "scope": ("scope",),
    "column": ("", "column"),
}
"""What each part of a key says of a cell that is looked for."""


def _zeros(rule: Rule, printed: Printed, key: _Key, group: _Group) -> dict[str, Decimal]:
    """Names that find nothing where there surely is nothing, and what they count as.

    What a form may hide for want of digits must be less than all that it is compared with.
    """
    limits = dict(zip(_LIMITS.get(rule.each, ()), key, strict=False))
    limits.pop("", None)
    row = key[0] if rule.each in ("row", "class") and key[0].isdecimal() else ""
    found = {}
    least = min(
        (c.figure.interval.low for cells in group.values() for c in cells), default=ZERO
    )
    for name, value in rule.defaults.items():
        if name not in group:
            hidden = printed.absent(rule.cells[name], limits, row)
            if hidden is not None and (not hidden or hidden < least):
                found[name] = value
    return found


def _told(selector: CellSelector, context: Context) -> list[Fact]:
    """What the text says of a line item: every figure that it gives."""
    reading = context.reading
    return [
        fact
        for fact in reading.facts
        if fact.key.item in selector.rows
        and fact.role in _TOLD
        and fact.key.year == reading.year + selector.year
        and fact.key.measure == "money"
        and selector.scope in (None, fact.key.scope)
        and selector.basis in (None, fact.key.basis)
        and reading.sections[fact.section].role is SectionRole.ACCOUNTS
    ]


def _claim(
    rule: Rule, group: _Group, told: Mapping[str, list[Fact]], zeros: Mapping[str, Decimal]
) -> Claim | None:
    """The cells of a group as operands; None where one name has several."""
    slots = {}
    for name in rule.cells:
        cells = _distinct(group.get(name, []))
        if not rule.cells[name].many:
            cells = list({cell.figure.quantity: cell for cell in reversed(cells)}.values())
            if len(cells) > 1:
                return None
        if cells:
            slots[name] = Operand((tuple(Term(cell.figure) for cell in cells),))
        elif facts := told.get(name):
            told_once = {fact.figure.quantity: fact.figure for fact in facts}.values()
            slots[name] = Operand(tuple((Term(figure),) for figure in told_once))
    figures = [term.figure for one in slots.values() for way in one.candidates for term in way]
    # An amount whose table does not say its unit is not to be compared with one that does.
    if len({figure.quantity.unit.dimension for figure in figures}) != 1:
        return None
    figure = figures[0]
    label = next((group[name][0].label for name in rule.cells if group.get(name)), "")
    return Claim(ClaimKind.PART, figure.span, slots, zeros, figure.section, label)


def _distinct(cells: Sequence[Crossing]) -> list[Crossing]:
    return list({cell.figure.id: cell for cell in cells}.values())
