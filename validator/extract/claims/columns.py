"""Totals of columns（合计行）: which rows each of them may sum.

Published tables put totals on top or below, repeat them, nest 小计 under 合计, and print 类, 款
and 项 in one column. A total is wrong only if none of the readings adds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims import ClaimKind
from validator.extract.claims.sums import ADDED, Sum
from validator.quantity import ZERO
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.facts import Figure
    from validator.statements import Column, Lane, Row, Statement

    Rows = list[Row]

_GRAND = ("total_revenue", "total_expenditure", "total_both", "fiscal_total_revenue",
          "fiscal_total_expenditure", "fiscal_total_both")  # fmt: skip
_OF_ALL = ("total", "revenue", "expenditure")
_FLAT = ("summary", "fiscal_summary", "three_public", "fund_public")
"""Forms whose rows have no codes; in the others rows without codes may be of any level."""


def column_totals(
    statement: Statement, lane: Lane, kinds: Sequence[ColumnKind] = ADDED
) -> Iterator[Sum]:
    """Each total row against the rows that it sums, column by column.

    Args:
        statement: The table.
        lane: One of its lanes.
        kinds: Which columns.
    """
    coded = any(row.code and row.role is RowRole.ITEM for row in lane.rows)
    for position, row in enumerate(lane.rows):
        if row.role is not RowRole.TOTAL or (coded and row.item not in _OF_ALL):
            continue
        readings = (_coded_options if coded else _plain_options)(lane.rows, position)
        options = _worth_trying(readings, lane.rows)
        law = coded or statement.form in _FLAT
        for column in lane.of_kind(*kinds):
            whole = statement.figure(row, column)
            if not all(statement.knows(r, column) for parts in options for r in parts):
                continue
            tried = [_numbers(statement, parts, column) for parts in options]
            numbers = [one for one in tried if one]
            if whole is not None and [] in tried and whole.interval.holds(ZERO):
                continue  # the rows that it sums may all be blank, and so it is nothing
            if whole is not None and numbers:
                name = "".join(column.heads[-1:]) or row.label
                yield Sum(ClaimKind.COLUMN_TOTAL, whole, numbers, name, row.index, law=law)


def _numbers(statement: Statement, rows: Rows, column: Column) -> list[Figure]:
    """Figures of rows in a column; a blank cell adds nothing."""
    return [f for row in rows if (f := statement.figure(row, column)) is not None]


def _worth_trying(options: Iterator[Rows], rows: Sequence[Row]) -> list[Rows]:
    """Different options; one row alone is a sum only beside other totals."""
    found: list[Rows] = []
    for parts in options:
        if parts and parts not in found:
            found.append(parts)
    if all(len(parts) == 1 for parts in found):
        return []
    several = sum(row.role is RowRole.TOTAL for row in rows) > 1
    return [parts for parts in found if several or len(parts) > 1]


def _coded_options(rows: Sequence[Row], position: int) -> Iterator[Rows]:
    """All rows of the highest level; or, where units have totals of their own, those nearby."""
    items = [row for row in rows if row.role is RowRole.ITEM]
    yield _top([row for row in items if row.code])
    totals = [i for i, row in enumerate(rows) if row.role is RowRole.TOTAL]
    if len(totals) > 1:
        before, after = _around(totals, position, len(rows))
        yield _top([r for r in rows[position + 1 : after] if r.code])
        yield _top([r for r in rows[before + 1 : position] if r.code])
        yield _subtotals(rows, position)
    yield [row for row in items if not row.code]


def _top(coded: Rows) -> Rows:
    """Coded rows of the highest level among some."""
    shortest = min((len(row.code) for row in coded), default=0)
    return [row for row in coded if len(row.code) == shortest]


def _plain_options(rows: Sequence[Row], position: int) -> Iterator[Rows]:
    """Rows that a total without codes may sum.

    A total at the top sums what follows. One below sums the numbered rows since the total
    before it; a grand total（总计）sums that total and what came after it.
    """
    items = [row for row in rows if row.role is RowRole.ITEM]
    totals = [i for i, row in enumerate(rows) if row.role is RowRole.TOTAL]
    before, after = _around(totals, position, len(rows))
    above = [r for r in rows[before + 1 : position] if r.role is RowRole.ITEM]
    below = [r for r in rows[position + 1 : after] if r.role is RowRole.ITEM]
    if position == 0:
        yield one_level(below)
    elif before >= 0 and (
        rows[position].item in _GRAND or rows[position].label.endswith("总计")
    ):
        yield [rows[before], *above]
    else:
        yield one_level(above)
    yield above
    yield below
    yield [row for row in items if _is_class(row)]
    yield _under(rows, position)
    yield _subtotals(rows, position)
    yield one_level([r for r in rows[:position] if r.role is not RowRole.PART and r.number])
    if len(totals) > 1:
        yield one_level([r for r in rows[:position] if r.role is RowRole.ITEM])


def _under(rows: Sequence[Row], position: int) -> Rows:
    """Rows below a numbered total up to the next number of its kind: 一、本年收入 … 二、."""
    number = rows[position].number
    found: Rows = []
    for row in rows[position + 1 :] if number else ():
        if row.number and style(row.number) == style(number):
            break
        if row.role is RowRole.ITEM:
            found.append(row)
    return found


def _around(totals: Sequence[int], position: int, end: int) -> tuple[int, int]:
    """Positions of the totals before and after one."""
    before = max((i for i in totals if i < position), default=-1)
    return before, min((i for i in totals if i > position), default=end)


def _subtotals(rows: Sequence[Row], position: int) -> Rows:
    """Two or more totals of another name than this one: 小计 under 合计."""
    own = rows[position].label
    others = [r for r in rows if r.role is RowRole.TOTAL and r.label != own]
    return others if len({r.label for r in others}) == 1 and len(others) > 1 else []


def _is_class(row: Row) -> bool:
    """Whether a row without a code is named like a 类 of the functional classification."""
    return row.item.isdecimal() and len(row.item) == 3


def one_level(rows: Rows) -> Rows:
    """The numbered ones when there are any, and of these the level that comes first."""
    marks = [row for row in rows if row.number]
    if not marks:
        return rows
    level = style(marks[0].number)
    return [row for row in marks if style(row.number) == level]


def of_one_level(rows: Sequence[Row]) -> bool:
    """Whether nothing in a list of rows shows that some are parts of others."""
    items = [row for row in rows if row.role is not RowRole.TOTAL]
    return (
        all(row.role is RowRole.ITEM and row.label for row in items)
        and len({style(row.number) for row in items}) == 1
    )


def style(number: str) -> str:
    """What kind of outline number it is: 一、, （一）, 1., or none."""
    if not number:
        return ""
    return "（" if number.startswith("（") else "." if number[0].isdigit() else "、"
