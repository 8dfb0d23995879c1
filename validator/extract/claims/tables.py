"""Sums inside tables（表内合计）: totals of columns, of rows, and of coded groups."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.columns import column_totals
from validator.extract.claims.lone_totals import lone_total
from validator.extract.claims.sums import ADDED, Sum, settled
from validator.extract.tables.vocabulary import partial
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.facts import Figure
    from validator.statements import Column, Lane, Row, Statement

ZERO = Decimal(0)
_PARTITIONS = (
    {"nature"}, {"source", "fund", "totals"}, {"three_public"}, {"car"}, {"cost"},
    {"economy_class"}, {"purchase"},
)  # fmt: skip
_WHOLE = ({"three_public"}, {"car"}, {"cost"}, {"purchase"})
"""Divisions that are complete wherever two of their members stand beside a total."""


_KINDS = ({"nature"}, {"source"})
_YEARS = frozenset({"本年支出", "本年收入", "本年支出数", "本年收入数"})


def table_sums(desk: Desk) -> Iterator[Claim]:
    """Claims of every table that was understood."""
    for statement in desk.statements:
        for band in statement.bands:
            # Codes that go on in the next lane are one list; rules that know the form sum it.
            coded = [lane for lane in band.lanes if any(row.code for row in lane.rows)]
            for lane in band.lanes:
                if lane not in coded or len(coded) == 1:
                    totals = list(column_totals(statement, lane))
                    yield from settled(totals)
                    yield from lone_total(statement, lane, totals)
                yield from settled(_rows(desk, statement, lane))
                yield from _details(statement, lane)
            shapes = {len(lane.of_kind(*ADDED)) for lane in coded}
            for lanes in [coded] if len(shapes) == 1 else [[lane] for lane in coded]:
                yield from settled(_groups(statement, lanes))


def _groups(statement: Statement, lanes: Sequence[Lane]) -> Iterator[Sum]:
    """类 = Σ款 = Σ项 by code, column by column; lanes with codes are one list."""
    rows = [(row, lane.of_kind(*ADDED)) for lane in lanes for row in lane.rows if row.code]
    codes = Counter(row.code for row, _ in rows)
    for row, columns in rows:
        below = [(r, c) for r, c in rows if r.code.startswith(row.code) and r.code != row.code]
        level = min((len(r.code) for r, _ in below), default=0)
        parts = [(r, c) for r, c in below if len(r.code) == level]
        if not parts or codes[row.code] > 1 or any(codes[r.code] > 1 for r, _ in parts):
            continue
        for place, column in enumerate(columns):
            whole = statement.figure(row, column)
            if not all(statement.knows(r, c[place]) for r, c in parts):
                continue
            found = [statement.figure(r, c[place]) for r, c in parts]
            numbers = [figure for figure in found if figure is not None]
            if whole is not None and numbers:
                yield Sum(
                    ClaimKind.GROUP_TOTAL, whole, [numbers], row.label, row.code, law=True
                )


def _rows(desk: Desk, statement: Statement, lane: Lane) -> Iterator[Sum]:
    """Each 合计 or 小计 column against the columns that it sums, row by row."""
    if _headless(statement, lane):
        return
    for total, parts in column_sums(lane.columns):
        core = _core(desk, total, parts)
        if _of_the_year(total) and not (core and _of_one_kind(desk, parts)):
            continue
        law = bool(core) and not _strangers(statement, lane)
        for row in lane.rows:
            whole = statement.figure(row, total)
            if not all(statement.knows(row, column) for column in parts):
                continue
            options = [_numbers(statement, row, some) for some in (core, parts) if some]
            options = [numbers for numbers in options if numbers]
            if whole is not None and options:
                name = row.label or statement.title
                yield Sum(ClaimKind.ROW_TOTAL, whole, options, name, total.index, law=law)


def _numbers(statement: Statement, row: Row, columns: Sequence[Column]) -> list[Figure]:
    """Figures of columns in a row; a blank cell adds nothing."""
    return [f for c in columns if (f := statement.figure(row, c)) is not None]


def _strangers(statement: Statement, lane: Lane) -> bool:
    """Whether columns that nobody knows hold numbers: they may belong to a total as well."""
    return any(
        statement.figure(row, column) is not None
        for column in lane.of_kind(ColumnKind.TEXT)
        for row in lane.rows
    )


def _headless(statement: Statement, lane: Lane) -> bool:
    """Whether numbers stand under no head at all: the header was not read to its end."""
    return any(
        statement.figure(row, column) is not None
        for column in lane.of_kind(ColumnKind.TEXT)
        if not column.heads
        for row in lane.rows
    )


def _of_one_kind(desk: Desk, parts: Sequence[Column]) -> bool:
    """Whether columns divide by nature or by source alone: no carry-overs among them."""
    known = desk.lexicon.by_id
    return {known[c.item].family if c.item in known else "" for c in parts} in _KINDS


def _core(desk: Desk, total: Column, parts: Sequence[Column]) -> list[Column]:
    """The columns beside a total that are a complete division of it, as the lexicon knows.

    货物、工程、服务 divide a purchase; what is said of 中小企业 behind them divides it again.
    """
    known = desk.lexicon.by_id
    items = [c.item.rpartition(":")[2] for c in parts]
    families = [known[item].family if item in known else "" for item in items]
    for family in _PARTITIONS:
        members = [c for c, own in zip(parts, families, strict=True) if own in family]
        if len(members) == len(parts):
            return members
        # A few of many may divide it only where they stand together beside the total.
        beside = [c.index for c in members] == list(
            range(total.index + 1, total.index + 1 + len(members))
        )
        if family in _WHOLE and len(members) > 1 and beside:
            return members
    return []


def column_sums(columns: Sequence[Column]) -> list[tuple[Column, list[Column]]]:
    """Totals among the columns with the columns they sum, by the tree of their heads."""
    found: list[tuple[Column, list[Column]]] = []
    _tree([c for c in columns if c.kind in ADDED], 0, found)
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
    """Whether a column is called a total: 合计, 小计, 本年支出合计, 总额."""
    last = column.heads[-1] if column.heads else ""
    return last.endswith(("合计", "小计", "总计")) or last == "总额" or _of_the_year(column)


def _of_the_year(column: Column) -> bool:
    """Whether it is called 本年支出 without 合计: a total where its parts stand beside it."""
    return bool(column.heads) and column.heads[-1] in _YEARS


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
            for column in lane.of_kind(*ADDED):
                yield from _part(
                    statement.figure(row, column), statement.figure(whole, column), row.label
                )
    for before, column in zip(lane.columns, lane.columns[1:], strict=False):
        inside = column.kind in ADDED and column.heads and partial(column.heads[-1])
        if inside and before.kind in ADDED and before.nodes[:-1] == column.nodes[:-1]:
            for row in lane.rows:
                yield from _part(
                    statement.figure(row, column), statement.figure(row, before), row.label
                )


def _part(part: Figure | None, whole: Figure | None, subject: str) -> Iterator[Claim]:
    if part is None or whole is None or part.interval.low < ZERO:
        return
    slots = {"part": Operand(((Term(part),),)), "whole": Operand(((Term(whole),),))}
    yield Claim(ClaimKind.PART, part.span, slots, {}, part.section, subject)
