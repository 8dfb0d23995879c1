"""From grids to layouts（版式）: bands, lanes, unit and form, before any number is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from validator.extract.tables.continued import is_next, joined_bands
from validator.extract.tables.grid import grid_of, is_number, is_void
from validator.extract.tables.header import headers
from validator.extract.tables.headless import scored_columns
from validator.extract.tables.lanes import LaneReader
from validator.extract.tables.naming import name_of, titles_in
from validator.extract.tables.sheets import sheet_bands
from validator.extract.tables.vocabulary import plain, unit_in
from validator.facts import Basis, ReportKind
from validator.quantity import MONEY_UNITS, PERCENT, count_unit
from validator.statements import Band, ColumnKind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.document import Document
    from validator.extract.normalise import Cleaned
    from validator.extract.sections import Profile
    from validator.extract.subjects import Identifier
    from validator.extract.tables.grid import Grid
    from validator.extract.tables.naming import Name
    from validator.extract.tables.vocabulary import Vocabulary
    from validator.facts import Figure
    from validator.quantity import Unit
    from validator.statements import Lane, Row

_POINTS = count_unit("分")
_RATES = (ColumnKind.GROWTH, ColumnKind.RATIO, ColumnKind.SHARE, ColumnKind.EXECUTION)
_AMOUNTS = (ColumnKind.MONEY, ColumnKind.CHANGE)
_SCORES = (ColumnKind.WEIGHT, ColumnKind.SCORE)
_NO_FIGURE = {ColumnKind.ORDER: "行次", ColumnKind.CODE: "科目编码"}
_FEW = 4
"""Numbers that a table must hold before it is told that it was not understood."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a table says of a number that fills a cell（提示）.

    Attributes:
        unit: Its unit, or None when the table does not say.
        ignored: Why it is no figure of account, or "".
        whole: Whether all amounts around it are whole numbers, so that a 0 is rounded too.
    """

    unit: Unit | None = None
    ignored: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as laid out（版式）.

    Attributes:
        grid: Its cleaned words.
        statement: What it says, without figures; no bands when it was not understood.
        measures: Units of measure by their words.
    """

    grid: Grid
    statement: Statement
    measures: Mapping[str, Unit]

    @property
    def inside(self) -> list[int]:
        """Blocks of its cells."""
        return sorted({block for line in self.grid.blocks for block in line if block >= 0})

    @property
    def told(self) -> set[int]:
        """Blocks of its rows whose columns are known."""
        rows = {r.index for b in self.statement.bands for lane in b.lanes for r in lane.rows}
        rows |= {row for band in self.statement.bands for row in band.header}
        return {block for row in rows for block in self.grid.blocks[row] if block >= 0}

    @property
    def understood(self) -> bool:
        """Whether a header with values below it was found."""
        return bool(self.statement.bands)

    @property
    def numbers(self) -> int:
        """How many cells hold nothing but a number."""
        grid = self.grid
        return sum(is_number(text) for row in range(grid.rows) for _, text in grid.filled(row))

    @property
    def lost(self) -> bool:
        """Whether it holds numbers that nobody knows the meaning of."""
        return not self.understood and self.numbers >= _FEW

    def hints(self) -> Iterator[tuple[int, Hint]]:
        """Block and hint of each cell whose column is known."""
        for band in self.statement.bands:
            for lane in band.lanes:
                heads = [head for column in lane.columns for head in column.heads]
                units = [unit for unit in map(unit_in, heads) if unit in MONEY_UNITS]
                shared = next(iter(units), self.statement.unit)
                whole = self._whole(lane)
                other = {row.index for row in lane.rows if self._otherwise(lane, row)}
                for column in lane.columns:
                    hint = _hint(column.kind, column.heads, shared, whole=whole)
                    for row in lane.rows:
                        own = hint
                        if row.index in other and column.kind in _SCORES:
                            own = Hint(MONEY_UNITS.get(shared), whole=whole)
                        block = self.grid.blocks[row.index][column.index]
                        if own is not None and block >= 0:
                            yield block, own
                yield from self._measured(lane)

    def _otherwise(self, lane: Lane, row: Row) -> bool:
        """Whether a row has names where amounts must be: 其中：基本支出 beside its amount."""
        texts = [self.grid.text(row.index, c.index) for c in lane.of_kind(ColumnKind.MONEY)]
        return any(not is_number(text) and not is_void(text) for text in texts)

    def _measured(self, lane: Lane) -> Iterator[tuple[int, Hint]]:
        """指标值 and 完成值 are in the unit that 度量单位 names in their row."""
        units = lane.of_kind(ColumnKind.UNIT)
        if len(units) != 1:
            return
        for row in lane.rows:
            unit = self.measures.get(self.grid.text(row.index, units[0].index))
            for column in lane.of_kind(ColumnKind.TARGET, ColumnKind.DONE) if unit else ():
                block = self.grid.blocks[row.index][column.index]
                if block >= 0:
                    yield block, Hint(unit)

    def _whole(self, lane: Lane) -> bool:
        """Whether no amount of a lane is printed with decimals."""
        return not any(
            "." in self.grid.text(row.index, column.index)
            for column in lane.of_kind(*_AMOUNTS)
            for row in lane.rows
        )


def _hint(kind: ColumnKind, heads: Sequence[str], shared: str, *, whole: bool) -> Hint | None:
    """What a column says of its numbers; ``shared`` is the unit of its neighbours."""
    if kind in _NO_FIGURE:
        return Hint(ignored=_NO_FIGURE[kind])
    if kind in _RATES:
        return Hint(PERCENT)
    if kind in _SCORES:
        return Hint(_POINTS)
    if kind in _AMOUNTS:
        own = next(filter(None, map(unit_in, reversed(heads))), "")
        return Hint(MONEY_UNITS.get(own or shared), whole=whole)
    return None


def lay_out(
    document: Document,
    cleaned: Sequence[Cleaned],
    vocabulary: Vocabulary,
    about: Profile,
    identifier: Identifier,
) -> list[Layout]:
    """Lay out every table of a document.

    Args:
        document: The report.
        cleaned: Cleaned text of each block.
        vocabulary: Words of tables.
        about: Kind, year and unit of the report.
        identifier: Names line items.
    """
    found: list[Layout] = []
    for grid in _pieces(document, cleaned, vocabulary):
        heads = headers(grid, vocabulary, lambda text: identifier.names(plain(text)))
        name = name_of(document, cleaned, grid, heads[0][0] if heads else 0, vocabulary)
        statement = _statement(grid, heads, name, vocabulary, about, identifier)
        if found and not statement.unit and is_next(found[-1].statement, statement):
            statement = replace(statement, unit=found[-1].statement.unit)
        found.append(Layout(grid, statement, vocabulary.measures))
    return _certain(found)


def _certain(layouts: Sequence[Layout]) -> list[Layout]:
    """Layouts in order; an empty table that the next one may go on from is not surely empty."""
    return [
        replace(one, statement=replace(one.statement, empty=False))
        if one.statement.empty and after is not None and not after.statement.title
        else one
        for one, after in zip_longest(layouts, layouts[1:])
        if one is not None
    ]


def _pieces(
    document: Document, cleaned: Sequence[Cleaned], vocabulary: Vocabulary
) -> Iterator[Grid]:
    """Each table, cut where the title of another form stands between its rows."""
    for table in document.tables:
        grid = grid_of(document, table, cleaned)
        begun = next((row for row in range(grid.rows) if len(grid.filled(row)) > 1), grid.rows)
        cuts = [row for row in titles_in(grid, vocabulary) if row > begun]
        edges = [0, *cuts, grid.rows]
        if not cuts:
            yield grid
        else:
            yield from (grid.between(first, last) for first, last in pairwise(edges))


def _statement(
    grid: Grid,
    heads: Sequence[tuple[int, ...]],
    name: Name,
    vocabulary: Vocabulary,
    about: Profile,
    identifier: Identifier,
) -> Statement:
    unit = name.unit
    money = bool(name.form or unit)
    year = name.year or about.year
    named = vocabulary.by_name(name.form)
    reader = LaneReader(grid, vocabulary, identifier, money=money, year=year, named=named)
    bands = sheet_bands(grid, vocabulary) if named else []
    for position, rows in enumerate(heads):
        last = heads[position + 1][0] if position + 1 < len(heads) else grid.rows
        lanes = reader.read(rows, range(rows[-1] + 1, last))
        if any(lane.rows for lane in lanes) or (name.form and lanes):
            bands.append(Band(rows, lanes, grid.text(rows[0], 0)))
    if not heads and (columns := scored_columns(grid)):
        bands.append(Band((), (reader.under(columns, range(grid.rows)),)))
    basis = name.basis
    if basis is Basis.UNKNOWN:
        budget = about.kind is ReportKind.BUDGET
        basis = Basis.BUDGET if budget else Basis.ACTUAL
    return Statement(
        grid.table.index,
        name.form,
        name.title,
        unit,
        name.scope,
        basis,
        name.year,
        joined_bands(bands),
        empty=bool(name.form and bands) and _is_empty(grid, heads),
    )


def _is_empty(grid: Grid, heads: Sequence[tuple[int, ...]]) -> bool:
    """Whether rows were printed below the header, and none of them holds a number."""
    if not heads:
        return False
    body = range(heads[0][-1] + 1, grid.rows)
    printed = [row for row in body if any(cell >= 0 for cell in grid.table.grid[row])]
    return bool(printed) and not any(is_number(t) for r in body for _, t in grid.filled(r))


def with_figures(
    layout: Layout,
    figure_of: Mapping[int, Figure],
    single_of: Mapping[int, Figure],
    sections: Sequence[int],
) -> Statement:
    """The statement of a layout with its numbers.

    Args:
        layout: What was laid out.
        figure_of: The only figure of each block that holds nothing else, by block index.
        single_of: The only figure of each block, words around it or not.
        sections: Section of each block.
    """
    figures, singles, words = {}, {}, {}
    unclear: set[tuple[int, int]] = set()
    section = 0
    for row in range(layout.grid.rows):
        for column, text in layout.grid.filled(row):
            block = layout.grid.blocks[row][column]
            section = section or sections[block]
            words[row, column] = text
            if block not in figure_of and not is_void(text):
                unclear.add((row, column))
            if layout.grid.starts(row, column):
                if block in figure_of:
                    figures[row, column] = figure_of[block]
                if block in single_of:
                    singles[row, column] = single_of[block]
    return replace(
        layout.statement,
        figures=figures,
        singles=singles,
        words=words,
        unclear=frozenset(unclear),
        section=section,
    )
