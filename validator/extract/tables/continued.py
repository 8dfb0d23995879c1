"""Tables that go on（续表）: one form cut into pieces, each with the header printed again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from validator.extract.tables.naming import bare_title, goes_on
from validator.statements import RowRole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.statements import Band, Lane, Statement

    Place = tuple[int, int]

T = TypeVar("T")


def joined_bands(bands: Sequence[Band]) -> tuple[Band, ...]:
    """Bands of one table, those that only repeat the header above put into one."""
    found: list[Band] = []
    for band in bands:
        if found and _continues(found[-1], band):
            found[-1] = _with_rows(found[-1], band, 0)
        else:
            found.append(band)
    return tuple(found)


def joined(statements: Sequence[Statement]) -> list[Statement]:
    """Statements in document order, those that go on put into one.

    Rows of the later piece are counted on from the former, so that they keep their places.
    """
    found: list[Statement] = []
    for later in statements:
        if found and is_next(found[-1], later):
            found[-1] = _with_piece(found[-1], later)
        else:
            found.append(later)
    return found


def is_next(former: Statement, later: Statement) -> bool:
    """Whether a table is the next piece of the one before it.

    It says so, it says nothing, or it repeats the title; it has no total of its own, and
    nothing above its header: 项目名称 … there begins another form.
    """
    if not former.bands or len(later.bands) != 1 or later.unit not in ("", former.unit):
        return False
    if _begins(later):
        return False
    marked = goes_on(later.title) or not later.title
    same = bare_title(later.title) == bare_title(former.title)
    return (marked or same) and _continues(former.bands[-1], later.bands[0])


def _begins(later: Statement) -> bool:
    """Whether cells beside each other stand above the header."""
    top = min(later.bands[0].header, default=0)
    rows = [row for row, _ in later.words if row < top]
    return len(rows) > len(set(rows))


def _continues(former: Band, later: Band) -> bool:
    return len(former.lanes) == len(later.lanes) and all(
        _alike(above, below) and not _totals(above) & _totals(below)
        and not _codes(above) & _codes(below)
        for above, below in zip(former.lanes, later.lanes, strict=True)
    )  # fmt: skip


def _alike(former: Lane, later: Lane) -> bool:
    """Whether two lanes have the same columns."""
    return [(c.index, c.kind, c.heads) for c in former.columns] == [
        (c.index, c.kind, c.heads) for c in later.columns
    ]


def _totals(lane: Lane) -> set[str]:
    return {row.label for row in lane.rows if row.role is RowRole.TOTAL}


def _codes(lane: Lane) -> set[str]:
    return {row.code for row in lane.rows if row.code}


def _with_rows(former: Band, later: Band, shift: int) -> Band:
    lanes = tuple(
        replace(
            above,
            rows=(*above.rows, *(replace(row, index=row.index + shift) for row in below.rows)),
        )
        for above, below in zip(former.lanes, later.lanes, strict=True)
    )
    return replace(former, lanes=lanes)


def _with_piece(former: Statement, later: Statement) -> Statement:
    shift = max((row for row, _ in former.words), default=-1) + 1
    return replace(
        former,
        bands=(*former.bands[:-1], _with_rows(former.bands[-1], later.bands[0], shift)),
        figures={**former.figures, **_shifted(later.figures, shift)},
        singles={**former.singles, **_shifted(later.singles, shift)},
        words={**former.words, **_shifted(later.words, shift)},
        empty=former.empty and later.empty,
    )


def _shifted(places: Mapping[Place, T], shift: int) -> dict[Place, T]:
    return {(row + shift, column): value for (row, column), value in places.items()}
