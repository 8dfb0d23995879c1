"""Sums inside tables（表内合计）: totals of columns, of rows, and of coded groups."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.tables.vocabulary import partial
from validator.quantity import Interval
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Column, Lane, Row, Statement

ONE, ZERO = Decimal(1), Decimal(0)
_ADDED = (ColumnKind.MONEY, ColumnKind.CHANGE, ColumnKind.COUNT)
_GRAND = ("total_revenue", "total_expenditure", "total_both", "fiscal_total_revenue",
          "fiscal_total_expenditure", "fiscal_total_both")  # fmt: skip
_PARTITIONS = (
    {"nature"}, {"source", "fund", "totals"}, {"three_public"}, {"car"}, {"cost"},
    {"economy_class"},
)  # fmt: skip
_MANY = 3
"""Sums of one table that fail for want of structure rather than by a slip of one number."""


def table_sums(desk: Desk) -> Iterator[Claim]:
    """Claims of every table that was understood."""
    for statement in desk.statements:
        for band in statement.bands:
            # Codes that go on in the next lane are summed by rules that know the form.
            split = sum(any(row.code for row in lane.rows) for lane in band.lanes) > 1
            for lane in band.lanes:
                if not split:
                    yield from _settled(_columns(statement, lane))
                yield from _settled(_groups(statement, lane))
                yield from _settled(_rows(desk, statement, lane))
                yield from _details(statement, lane)


class _Sum:
    """A whole and its parts before it is known whether they belong together."""

    def __init__(
        self, kind: ClaimKind, whole: Figure, parts: list[Figure], subject: str, *, law: bool
    ) -> None:
        self.kind = kind
        self.whole = whole
        self.parts = parts
        self.subject = subject
        self.law = law

    @property
    def holds(self) -> bool:
        total = Interval.exact(ZERO)
        for part in self.parts:
            total += part.interval
        return total.touches(self.whole.interval)

    def claim(self, failing: int) -> Claim:
        slots = {
            "whole": Operand(((Term(self.whole),),)),
            "parts": Operand((tuple(Term(part) for part in self.parts),)),
        }
        words = {"items": Decimal(len(self.parts)), "failing": Decimal(failing)}
        span = self.whole.span
        return Claim(self.kind, span, slots, words, self.whole.section, self.subject)


def _settled(sums: Iterator[_Sum]) -> Iterator[Claim]:
    """Sums that belong together, as claims.

    What the form does not promise must show in the table itself: an unknown layout whose sums
    mostly fail was misread. Where a known form fails all over, its total does not belong to
    its rows: that is told once.
    """
    found = list(sums)
    failing = [one for one in found if not one.holds]
    if len(failing) * 2 > len(found):
        if any(not one.law for one in failing):
            return
        if len(failing) >= _MANY:
            yield from (one.claim(0) for one in found if one.holds)
            yield failing[0].claim(len(failing))
            return
    yield from (one.claim(0) for one in found)


def _columns(statement: Statement, lane: Lane) -> Iterator[_Sum]:
    """Each total row against the rows that it sums, column by column."""
    coded = [row for row in lane.rows if row.code and row.role is RowRole.ITEM]
    for position, row in enumerate(lane.rows):
        if row.role is not RowRole.TOTAL:
            continue
        parts = _top(coded) if coded else _plain_parts(lane.rows, position)
        if coded and row.item not in ("total", "revenue", "expenditure"):
            continue
        law = bool(statement.form) and statement.form != "projects"
        for column in lane.of_kind(*_ADDED):
            whole = statement.figure(row, column)
            numbers = _numbers(statement, parts, column)
            if whole is not None and numbers and len(parts) > 1:
                name = "".join(column.heads[-1:]) or row.label
                yield _Sum(ClaimKind.COLUMN_TOTAL, whole, numbers, name, law=law or bool(coded))


def _top(coded: Sequence[Row]) -> list[Row]:
    """Coded rows of the highest level that the table has."""
    shortest = min(len(row.code) for row in coded)
    return [row for row in coded if len(row.code) == shortest]


def _plain_parts(rows: Sequence[Row], position: int) -> list[Row]:
    """Rows that a total without codes sums.

    A total at the top sums what follows. One below sums the numbered rows since the total
    before it; a grand total（总计）sums that total and what came after it.
    """
    before = [i for i in range(position) if rows[i].role is RowRole.TOTAL]
    since = before[-1] + 1 if before else 0
    above = [r for r in rows[since:position] if r.role is RowRole.ITEM]
    if position == 0:
        after = next(
            (i for i, r in enumerate(rows[1:], 1) if r.role is RowRole.TOTAL), len(rows)
        )
        return _one_level([r for r in rows[1:after] if r.role is RowRole.ITEM])
    if before and (rows[position].item in _GRAND or rows[position].label.endswith("总计")):
        return [rows[before[-1]], *above]
    return _one_level(above)


def _one_level(rows: list[Row]) -> list[Row]:
    """The numbered ones when there are any, and of these the level that comes first."""
    marks = [row for row in rows if row.number]
    if not marks:
        return rows
    level = _style(marks[0].number)
    return [row for row in marks if _style(row.number) == level]


def _style(number: str) -> str:
    return "（" if number.startswith("（") else "." if number[0].isdigit() else "、"


def _numbers(statement: Statement, rows: Sequence[Row], column: Column) -> list[Figure]:
    """Figures of rows in a column; a blank cell adds nothing."""
    return [f for row in rows if (f := statement.figure(row, column)) is not None]


def _groups(statement: Statement, lane: Lane) -> Iterator[_Sum]:
    """类 = Σ款 = Σ项 by code, column by column."""
    rows = [row for row in lane.rows if row.code]
    for row in rows:
        below = [r for r in rows if r.code.startswith(row.code) and len(r.code) > len(row.code)]
        if not below or sum(r.code == row.code for r in rows) > 1:
            continue
        parts = _top(below)
        if len({r.code for r in parts}) < len(parts):
            continue
        for column in lane.of_kind(*_ADDED):
            whole = statement.figure(row, column)
            numbers = _numbers(statement, parts, column)
            if whole is not None and numbers:
                yield _Sum(ClaimKind.GROUP_TOTAL, whole, numbers, row.label, law=True)


def _rows(desk: Desk, statement: Statement, lane: Lane) -> Iterator[_Sum]:
    """Each 合计 or 小计 column against the columns that it sums, row by row."""
    for total, parts in column_sums(lane.columns):
        law = _partition(desk, parts)
        for row in lane.rows:
            whole = statement.figure(row, total)
            numbers = [f for c in parts if (f := statement.figure(row, c)) is not None]
            if whole is not None and numbers:
                yield _Sum(ClaimKind.ROW_TOTAL, whole, numbers, row.label, law=law)


def _partition(desk: Desk, parts: Sequence[Column]) -> bool:
    """Whether line items are a complete division of the whole, as the lexicon knows."""
    known = desk.lexicon.by_id
    families = {known[c.item].family if c.item in known else "" for c in parts}
    return any(families <= family for family in _PARTITIONS)


def column_sums(columns: Sequence[Column]) -> list[tuple[Column, list[Column]]]:
    """Totals among the columns with the columns they sum, by the tree of their heads."""
    found: list[tuple[Column, list[Column]]] = []
    _tree([c for c in columns if c.kind in _ADDED], 0, found)
    return found


def _tree(
    columns: Sequence[Column], depth: int, found: list[tuple[Column, list[Column]]]
) -> Column | None:
    """Collect the sums of a group of columns → the column that stands for the whole group."""
    key: Callable[[Column], int] = lambda c: (  # noqa: E731 - a key, used once
        c.nodes[depth] if len(c.nodes) > depth else -1 - c.index
    )
    groups = [list(group) for _, group in groupby(columns, key)]
    if len(groups) == 1 and len(groups[0]) > 1:
        return _tree(columns, depth + 1, found)
    members: list[Column | None] = [
        group[0] if len(group) == 1 else _tree(group, depth + 1, found) for group in groups
    ]
    totals = [c for c, g in zip(members, groups, strict=True) if c and len(g) == 1 and _sums(c)]
    if len(totals) != 1:
        return None
    parts: list[Column] = []
    for member, group in zip(members, groups, strict=True):
        if member is totals[0]:
            continue
        # A group without a total of its own adds by its columns.
        parts += [member] if member is not None else group
    parts = [c for c in parts if _adds(c, totals[0])]
    if len(parts) > 1:
        found.append((totals[0], parts))
    return totals[0]


def _sums(column: Column) -> bool:
    """Whether a column is called a total: 合计, 小计, 本年支出合计."""
    last = column.heads[-1] if column.heads else ""
    return last.endswith(("合计", "小计", "总计"))


def _adds(column: Column, total: Column) -> bool:
    if any(partial(head) for head in column.heads) or column.kind is not total.kind:
        return False
    return column.year == total.year and column.basis == total.basis


def _details(statement: Statement, lane: Lane) -> Iterator[Claim]:
    """其中 rows and columns: no part is larger than its whole."""
    whole: Row | None = None
    for row in lane.rows:
        if row.role is not RowRole.PART:
            whole = row
        elif whole is not None:
            for column in lane.of_kind(*_ADDED):
                yield from _part(
                    statement.figure(row, column), statement.figure(whole, column), row.label
                )
    for before, column in zip(lane.columns, lane.columns[1:], strict=False):
        inside = column.kind in _ADDED and column.heads and partial(column.heads[-1])
        if inside and before.kind in _ADDED and before.nodes[:-1] == column.nodes[:-1]:
            for row in lane.rows:
                yield from _part(
                    statement.figure(row, column), statement.figure(row, before), row.label
                )


def _part(part: Figure | None, whole: Figure | None, subject: str) -> Iterator[Claim]:
    if part is None or whole is None or part.interval.low < ZERO:
        return
    slots = {"part": Operand(((Term(part),),)), "whole": Operand(((Term(whole),),))}
    yield Claim(ClaimKind.PART, part.span, slots, {}, part.section, subject)
