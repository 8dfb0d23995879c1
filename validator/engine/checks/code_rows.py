"""Rows of codes（编码行）: what the codes of a table's rows say of each other.

Only tables that were understood are looked at, lane by lane, and of each lane only rows with a
code of one classification. A lane whose codes do not fit its own order proves nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.engine.checks.code_outcome import fails, holds
from validator.extract.classification import DEPARTMENTAL, FUNCTIONAL, GOVERNMENTAL, short_name
from validator.statements import ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.document import Span
    from validator.engine.checks.code_outcome import Places
    from validator.engine.outcome import Context, Outcome
    from validator.engine.schema import Rule
    from validator.extract.classification import Classification, Naming
    from validator.statements import Lane, Row, Statement

_SPENDING = frozenset({
    "expenditure", "general", "general_basic", "general_project", "fund", "capital",
})  # fmt: skip
"""Forms with nothing but expenditure in their rows."""
_BY_CODE = frozenset({"revenue", "expenditure", "general", "general_basic", "fund", "capital"})
"""Forms with one row for each code."""
_FEWEST = 4
"""Rows in order that make a lane one in order of its codes."""
_LEVELS = {3: "类", 5: "款", 7: "项"}


@dataclass(frozen=True, slots=True)
class _CodedLane:
    """A lane with its rows that have a code."""

    statement: Statement
    lane: Lane
    rows: tuple[Row, ...]


def _lanes(context: Context) -> Iterator[_CodedLane]:
    for statement in context.reading.statements:
        for band in statement.bands:
            for lane in band.lanes:
                rows = tuple(row for row in lane.rows if row.code)
                if rows and not _doubly_coded(statement, lane):
                    yield _CodedLane(statement, lane, rows)


def _doubly_coded(statement: Statement, lane: Lane) -> bool:
    """Whether two classifications stand side by side, so that codes of one come again."""
    columns = [
        column
        for column in lane.of_kind(ColumnKind.CODE)
        if any(len(statement.text(row, column)) >= 3 for row in lane.rows)
    ]
    return len(columns) > 1


def _span(context: Context, row: Row) -> Span:
    return context.document.blocks[row.block].span


def code_level(rule: Rule, context: Context) -> Iterator[Outcome]:
    """A code beside the name of a code above or below it."""
    classification = context.lexicon.classification
    for lane in _lanes(context):
        named = [row for row in lane.rows if row.block >= 0 and row.label]
        right = [row for row in named if classification.bears(row.code, row.label)]
        wrong = [(row, other) for row in named if (other := _other_level(row, classification))]
        if len(right) < max(len(wrong), 1):
            continue
        for row, other in wrong:
            values = {
                "code": row.code,
                "name": row.label,
                "right": classification.names_of(row.code)[-1],
                "level": _LEVELS[len(row.code)],
                "other": other,
                "other_level": _LEVELS[len(other)],
            }
            yield fails(rule, "", [("name", _span(context, row))], values)
        if right:
            text = f"{len(right)}行的编码与名称同级"
            yield holds(rule, text, [("name", _span(context, right[0]))])


def _other_level(row: Row, classification: Classification) -> str:
    """The one code above or below a row's code that has the row's name, or ""."""
    if not classification.surely_not(row.code, row.label):
        return ""
    held = [
        code
        for code in classification.codes_named(row.label)
        if code.startswith(row.code) or row.code.startswith(code)
    ]
    return held[0] if len(held) == 1 else ""


def block_order(rule: Rule, context: Context) -> Iterator[Outcome]:
    """A 款 or 项 below a class that is not its own, though its own class has a row."""
    for lane in _lanes(context):
        rows = [row for row in lane.rows if row.block >= 0]
        listed = {row.code for row in rows}
        placed: list[Row] = []
        strayed: list[tuple[Row, Row]] = []
        top: Row | None = None
        for row in rows:
            if len(row.code) == 3:
                top = row
            elif top is not None and row.code.startswith(top.code):
                placed.append(row)
            elif top is not None and row.code[:3] in listed:
                strayed.append((row, top))
        if len(placed) < max(_FEWEST, 4 * len(strayed)):
            continue
        for row, above in strayed:
            places = [("row", _span(context, row)), ("class", _span(context, above))]
            values = {
                "code": row.code,
                "name": row.label,
                "class": above.code,
                "class_name": above.label,
            }
            yield fails(rule, "", places, values)
        text = f"{len(placed)}行都在自己的类之下"
        yield holds(rule, text, [("row", _span(context, placed[0]))])


def repeated_row(rule: Rule, context: Context) -> Iterator[Outcome]:
    """A code on two rows of a form that has one row for each code."""
    classification = context.lexicon.classification
    for lane in _lanes(context):
        if lane.statement.form not in _BY_CODE or not _plain(lane.lane):
            continue
        rows = [row for row in lane.rows if row.block >= 0]
        counts = Counter(row.code for row in rows)
        again = {code for code, count in counts.items() if count > 1}
        # Units or projects one after the other repeat most of the codes.
        if len(again) * _FEWEST > len(counts):
            continue
        for code in sorted(again):
            same = [row for row in rows if row.code == code]
            # A name that belongs to another code says which row is wrong; see code_name.
            if any(classification.surely_not(code, row.label) for row in same):
                continue
            places: Places = [("row", _span(context, row)) for row in same]
            yield fails(rule, "", places, {"code": code, "count": str(len(same))})
        if rows and not again:
            text = f"{len(rows)}个编码各占一行"
            yield holds(rule, text, [("row", _span(context, rows[0]))])


def _plain(lane: Lane) -> bool:
    """Whether nothing but codes and one name tell rows apart, and no total closes a unit."""
    names = lane.of_kind(ColumnKind.LABEL)
    totals = [row for row in lane.rows if row.role is RowRole.TOTAL and not row.code]
    unnamed = [row for row in lane.rows if not row.code and row.role is RowRole.ITEM]
    words = lane.of_kind(ColumnKind.TEXT)
    return len(names) <= 1 and len(totals) <= 1 and not unnamed and not words


def two_systems(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Departmental and governmental economic codes in one column of a table."""
    classification = context.lexicon.classification
    for lane in _lanes(context):
        rows = [
            row
            for row in lane.rows
            if row.block >= 0 and classification.bears(row.code, row.label)
        ]
        kinds = {row.code[0] for row in rows}
        if not kinds & {DEPARTMENTAL, GOVERNMENTAL}:
            continue
        firsts = [next(r for r in rows if r.code[0] == kind) for kind in sorted(kinds)]
        places: Places = [("row", _span(context, row)) for row in firsts]
        if {DEPARTMENTAL, GOVERNMENTAL} <= kinds:
            own, other = (r for r in firsts if r.code[0] != FUNCTIONAL)
            values = {"own": _told(own), "other": _told(other)}
            yield fails(rule, "", places, values)
        else:
            yield holds(rule, "经济分类编码属于同一套", places)


def _told(row: Row) -> str:
    return f"{row.code} {row.label}"


def revenue_code(rule: Rule, context: Context) -> Iterator[Outcome]:
    """A revenue code with its revenue name among rows of expenditure."""
    revenue = context.lexicon.classification.revenue
    for lane in _lanes(context):
        if lane.statement.form not in _SPENDING:
            continue
        known = [row for row in lane.rows if row.block >= 0 and _bears(row, revenue)]
        for row in known:
            values = {"code": row.code, "name": row.label}
            yield fails(rule, "", [("row", _span(context, row))], values)
        first = next((row for row in lane.rows if row.block >= 0), None)
        if not known and first is not None:
            yield holds(rule, "支出表里没有收入科目", [("row", _span(context, first))])


def _bears(row: Row, revenue: Mapping[str, Sequence[Naming]]) -> bool:
    plain = short_name(row.label)
    return any(short_name(naming.name) == plain for naming in revenue.get(row.code, ()))
