"""What the public forms print（印了什么）: which may be judged, and when a blank is nothing.

A missing cell is no zero by itself: its row may have another name, its page may be lost. It
counts as nothing only where the form stands in the report once and whole, with the column that
it would stand in.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.engine.checks.memo import PerDocument
from validator.facts import FundScope
from validator.quantity import ZERO, Interval
from validator.statements import NAMED, ColumnKind, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from validator.engine.schema import CellSelector
    from validator.reading import Reading
    from validator.statements import Crossing, Heading, Statement

_FUNDS = frozenset({FundScope.GENERAL, FundScope.FUND, FundScope.CAPITAL})
_CLASS = 3
_TOTAL = "total"


class Printed:
    """The public forms of one report."""

    def __init__(self, reading: Reading) -> None:
        """Look through the forms.

        Args:
            reading: All that was understood of the report.
        """
        self._year = reading.year
        self._tables: Mapping[tuple[str, int], set[int]] = defaultdict(set)
        self._cells: Mapping[tuple[str, int], list[Crossing]] = defaultdict(list)
        for cell in reading.crossings:
            self._tables[cell.form, cell.year].add(cell.table)
            self._cells[cell.form, cell.year].append(cell)
        self._rows: Mapping[tuple[str, int, str], set[int]] = defaultdict(set)
        for cell in reading.crossings:
            if cell.row.startswith(NAMED):
                self._rows[cell.form, cell.year, cell.row].add(cell.table)
        self._headings: Mapping[tuple[str, int], list[Heading]] = defaultdict(list)
        for heading in reading.headings:
            self._headings[heading.form, heading.year].append(heading)
            if heading.empty:
                self._tables[heading.form, heading.year].add(heading.table)
        self._unclear = _unclear(reading.statements)
        self._strange = _strange(reading.statements)
        self._known = {statement.form for statement in reading.statements}

    def once(self, form: str, year: int) -> bool:
        """Whether a form stands in the report once: of two, nobody knows which is meant.

        Words where an amount must be make it as uncertain as a second one.
        """
        return len(self._tables[form, year]) == 1 and form not in self._unclear

    def sure(self, cell: Crossing) -> bool:
        """Whether a cell is the only one of its place; each named row may have its form."""
        if cell.row.startswith(NAMED):
            return len(self._rows[cell.form, cell.year, cell.row]) == 1
        return self.once(cell.form, cell.year)

    def absent(
        self, selector: CellSelector, limits: Mapping[str, str], row: str
    ) -> Decimal | None:
        """The most that can be meant where a selector finds nothing; None when nobody knows.

        Args:
            selector: What is looked for.
            limits: Form, scope and column that it must have besides.
            row: Code of the row that it would stand in, or "".
        """
        year = self._year + selector.year
        for form in selector.forms:
            if limits.get("form", form) == form and self.once(form, year):
                most = self._absent(form, year, selector, limits, row)
                if most is not None:
                    return most
        return None

    def _absent(
        self, form: str, year: int, selector: CellSelector, limits: Mapping[str, str], row: str
    ) -> Decimal | None:
        if form in self._known:  # records name no columns
            heads = any(_under(h, selector, limits) for h in self._headings[form, year])
            if not heads and not self._split(form, year, selector, limits):
                return None
        if row:
            return self._hidden(form, year, row)
        return None if form in self._strange else ZERO

    def _split(
        self, form: str, year: int, selector: CellSelector, limits: Mapping[str, str]
    ) -> bool:
        """Whether a form tells one fund from another where a fund is looked for."""
        return (selector.scope or limits.get("scope")) in _FUNDS and any(
            cell.scope in _FUNDS and cell.row in selector.rows
            for cell in self._cells[form, year]
        )

    def _hidden(self, form: str, year: int, code: str) -> Decimal | None:
        """The most that a coded row can hold which a form does not print.

        The rows of its class and level add up to the class, or all classes to the total: what
        they may miss of it for want of digits is all that is left.
        """
        cells = [c for c in self._cells[form, year] if c.column == _TOTAL]
        coded = {c.code: c for c in cells if c.code}
        if len(coded) < sum(bool(c.code) for c in cells):
            return None
        whole = coded.get(code[:_CLASS]) if len(code) > _CLASS else None
        if whole is not None:
            parts = [c for c in coded.values() if _of_level(c.code, code)]
        else:
            whole = next((c for c in cells if c.row == _TOTAL), None)
            parts = [c for c in coded.values() if len(c.code) == _CLASS]
            if not any(len(c.code) == len(code) for c in coded.values()):
                return None
        return _rest(whole, parts) if whole is not None and parts else None


PRINTED = PerDocument(Printed)
"""The forms of the report that is being judged."""


def _of_level(code: str, other: str) -> bool:
    return len(code) == len(other) and code[:_CLASS] == other[:_CLASS]


def _rest(whole: Crossing, parts: Iterable[Crossing]) -> Decimal | None:
    """What parts that add up to a whole may still miss of it; None when they do not."""
    total = sum((part.figure.interval for part in parts), Interval.exact(ZERO))
    if not total.touches(whole.figure.interval):
        return None
    return max(whole.figure.interval.high - total.low, ZERO)


def _under(heading: Heading, selector: CellSelector, limits: Mapping[str, str]) -> bool:
    """Whether what is looked for would stand under a column head."""
    if limits.get("column", heading.column) != heading.column:
        return False
    if limits.get("scope", heading.scope) != heading.scope:
        return False
    if selector.scope is not None and heading.scope is not selector.scope:
        return False
    if selector.basis is not None and heading.basis is not selector.basis:
        return False
    return heading.column in selector.columns


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


def _strange(statements: Sequence[Statement]) -> frozenset[str]:
    """Forms with an amount in a row that nobody knows: it may be the one that is missed."""
    return frozenset(
        one.form
        for one in statements
        for band in one.bands
        for lane in band.lanes
        for row in lane.rows
        if row.role is RowRole.ITEM and row.label and not row.item and not row.code
        for column in lane.of_kind(ColumnKind.MONEY)
        if (figure := one.figure(row, column)) is not None and not figure.interval.holds(ZERO)
    )
