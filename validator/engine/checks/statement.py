"""Kind ``statement``（报表规则）: numbers of the public forms that must fit together.

Each name of a rule selects cells by form, row and column. Cells that share a form, a fund, a
row or a column are judged together, so one rule speaks for all of them at once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.engine.checks.claim import judge_claim
from validator.facts import FundScope
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import CellSelector, Rule
    from validator.extract.lexicon import Lexicon
    from validator.statements import Crossing, Statement

_FUNDS = frozenset({FundScope.GENERAL, FundScope.FUND, FundScope.CAPITAL})
_CLASS = 3
_Group = dict[str, list["Crossing"]]


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Judge the identity once, or per form, fund, row, class, column or cell."""
    once = _printed_once(context.reading.crossings) - _unclear(context.reading.statements)
    groups: dict[Hashable, _Group] = defaultdict(lambda: defaultdict(list))
    year = context.reading.year
    for name, selector in rule.cells.items():
        wanted = _items(selector.rows, context.lexicon)
        for cell in context.reading.crossings:
            if cell.form not in once or cell.year != year + selector.year:
                continue
            key = _key(rule.each, cell) if _fits(selector, wanted, cell) else None
            if key is not None:
                groups[key][name].append(cell)
    for group in groups.values():
        if any(
            _printed(rule, assertion.names, group) for assertion in rule.assertions.values()
        ):
            claim = _claim(rule, group)
            if claim is not None:
                yield from judge_claim(rule, context, claim)


def _printed(rule: Rule, names: Iterable[str], group: _Group) -> bool:
    """Whether all that an assertion names is printed, or may be absent."""
    cells = [name for name in names if name in rule.cells]
    return all(group.get(name) or rule.cells[name].default is not None for name in cells)


def _printed_once(crossings: Sequence[Crossing]) -> frozenset[str]:
    """Forms that stand in the report once: of two, nobody knows which belong together."""
    tables: Mapping[str, set[int]] = defaultdict(set)
    for cell in crossings:
        tables[cell.form].add(cell.table)
    return frozenset(form for form, seen in tables.items() if len(seen) == 1)


def _unclear(statements: Sequence[Statement]) -> frozenset[str]:
    """Forms with words where an amount must be: an absent cell of theirs proves nothing."""
    return frozenset(
        one.form
        for one in statements
        for band in one.bands
        for lane in band.lanes
        for column in lane.of_kind(ColumnKind.MONEY)
        if not all(one.knows(row, column) for row in lane.rows)
    )


def _items(rows: Sequence[str], lexicon: Lexicon) -> frozenset[str]:
    found: set[str] = set()
    for row in rows:
        family = row.removeprefix("family:")
        found |= {row} if family == row else set(lexicon.members(family))
    return frozenset(found)


def _fits(selector: CellSelector, wanted: frozenset[str], cell: Crossing) -> bool:
    if cell.form not in selector.forms or cell.column not in selector.columns:
        return False
    coded = bool(cell.code) and "code" in wanted
    classes = cell.row.isdecimal() and len(cell.row) == _CLASS and "class" in wanted
    if not (coded or classes or cell.row in wanted):
        return False
    if selector.scope is not None and cell.scope is not selector.scope:
        return False
    return selector.basis is None or cell.basis is selector.basis


def _key(each: str, cell: Crossing) -> Hashable:
    """What cells must share to be judged together; None when this one cannot be."""
    match each:
        case "form":
            return (cell.form, cell.scope)
        case "fund":
            return cell.scope if cell.scope in _FUNDS else None
        case "row":
            return cell.code or cell.row
        case "class":
            return cell.row
        case "column":
            return (cell.row, cell.column)
        case "cell":
            return cell.figure.id
        case _:
            return "once"


def _claim(rule: Rule, group: _Group) -> Claim | None:
    """The cells of a group as operands; None where one name has several."""
    slots = {}
    for name, cells in group.items():
        cells = _distinct(cells)  # noqa: PLW2901 - the same cells, each once
        if len(cells) > 1 and not rule.cells[name].many:
            return None
        slots[name] = Operand((tuple(Term(cell.figure) for cell in cells),))
    first = next(group[name][0] for name in rule.cells if group.get(name))
    figure = first.figure
    defaults = {n: v for n, v in rule.defaults.items() if n not in slots}
    return Claim(ClaimKind.PART, figure.span, slots, defaults, figure.section, first.label)


def _distinct(cells: Sequence[Crossing]) -> list[Crossing]:
    return list({cell.figure.id: cell for cell in cells}.values())
