"""Tables as statements（报表）: columns, rows and cells with their meaning.

A table of a report is read as one or more *bands* of rows under one header, each band as one
or more *lanes*: a stretch of label columns with the value columns to their right. The summary
of income and expenditure（收入支出决算总表）has two lanes side by side. Every value cell then
stands at the crossing of a row and a column that are known by name, so that rules can speak of
"the 基本支出 of the total row of the expenditure statement" wherever it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.facts import Basis, FundScope, Tier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.facts import Figure


NAMED = "name:"
"""Begins the row of a crossing of a form whose rows are known by names of their own."""


class ColumnKind(StrEnum):
    """What the cells of a column hold（列的用途）."""

    LABEL = "label"
    """项目、科目名称: what the row is about."""
    CODE = "code"
    """科目编码."""
    ORDER = "order"
    """行次、序号."""
    MONEY = "money"
    CHANGE = "change"
    """增减额: this period less the one before."""
    GROWTH = "growth"
    """增减率."""
    RATIO = "ratio"
    """为上年%: this period over the one before."""
    SHARE = "share"
    """占比."""
    EXECUTION = "execution"
    """执行率、完成率: executed over adjusted budget."""
    COUNT = "count"
    WEIGHT = "weight"
    """分值、权重: the most that a row can score."""
    SCORE = "score"
    """得分."""
    SYMBOL = "symbol"
    """指标性质: ≥、≤、＝ or 定性."""
    TARGET = "target"
    """指标值."""
    DONE = "done"
    """完成值."""
    UNIT = "unit"
    """度量单位."""
    REASON = "reason"
    """偏差原因."""
    TEXT = "text"


class RowRole(StrEnum):
    """What a row is among the rows of its lane（行的用途）."""

    ITEM = "item"
    TOTAL = "total"
    """合计、总计、小计."""
    PART = "part"
    """其中: a part of the row above that must not be added."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a lane（列）.

    Attributes:
        index: Grid column.
        kind: What its cells hold.
        heads: Header texts from the top, repeated and blank ones left out.
        nodes: Header cells from the top, by cell index; columns under one head share it.
        item: Line item that the header names, ``total`` for 合计 and 小计, "" for a stage such
            as 决算数.
        scope: Fund scope that the header names.
        basis: Budget or actual.
        year: 0 this period, -1 the one before, or the calendar year of another.
    """

    index: int
    kind: ColumnKind
    heads: tuple[str, ...]
    nodes: tuple[int, ...] = ()
    item: str = ""
    scope: FundScope = FundScope.UNKNOWN
    basis: Basis = Basis.UNKNOWN
    year: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a lane（行）.

    Attributes:
        index: Grid row.
        label: What it is about, cleaned, without number and 其中.
        role: Total, item or part.
        item: Line item that the label names, or "".
        code: Functional or economic code of the row, or "".
        number: Outline number in front of the label: 一、, （一）, 1.; "" for none.
        block: Block of the label, -1 when it has none.
    """

    index: int
    label: str
    role: RowRole
    item: str = ""
    code: str = ""
    number: str = ""
    block: int = -1


@dataclass(frozen=True, slots=True)
class Lane:
    """Label columns and the value columns to their right（栏）."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def of_kind(self, *kinds: ColumnKind) -> list[Column]:
        """Its columns of some kinds, from the left."""
        return [column for column in self.columns if column.kind in kinds]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows under one header（段）.

    Attributes:
        header: Grid rows of the header; none where it got lost with a page.
        lanes: From the left.
        heading: Words in front of the header, such as 绩效指标（90分）, or "".
    """

    header: tuple[int, ...]
    lanes: tuple[Lane, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A number of a public form with its coordinates（表内数）.

    Attributes:
        figure: The number.
        form: Id of the form.
        table: Number of the statement among those of the report.
        row: Line item of the row, ``total`` for a total that names nothing else.
        code: Functional or economic code of the row, or "".
        column: Line item of the column, ``total`` for 合计 and for a stage such as 决算数.
        scope: Whose money it is.
        basis: Budget or actual.
        year: Calendar year.
        label: How to call it: words of the row, or of the column for the total row.
        part: Whether its row or column begins with 其中.
        level: Level of government that the title names（级次）, or "".
        tier: What that level is to the reporting government.
    """

    figure: Figure
    form: str
    table: int
    row: str
    code: str
    column: str
    scope: FundScope
    basis: Basis
    year: int
    label: str
    part: bool = False
    level: str = ""
    tier: Tier = Tier.UNKNOWN


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a public form with its coordinates, whatever stands below it（表头）.

    Attributes:
        form: Id of the form.
        table: Number of the statement among those of the report.
        column: Line item of the column, as in ``Crossing``.
        scope: Whose money stands below.
        basis: Budget or actual.
        year: Calendar year.
        empty: Whether its table was printed without a single number.
    """

    form: str
    table: int
    column: str
    scope: FundScope
    basis: Basis
    year: int
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A table that was understood（报表）.

    Attributes:
        table: Index of the document's table.
        form: Id of the public form it is, such as ``summary``, or "" when it is no known one.
        title: Its title as printed, cleaned, or "".
        unit: Unit symbol of its amounts, or "".
        scope: Fund scope that its title names.
        basis: Budget or actual, as its title or the report says.
        year: Calendar year in its title, or 0.
        bands: From the top.
        figures: Figure of each grid place that holds nothing but a number; a merged cell
            stands at its top left.
        singles: The same for cells that hold one number among words: ≥95%, 200户.
        words: Cleaned words of every grid place that is not blank.
        unclear: Grid places that hold words which are no number, no dash and no blank.
        section: Index of its section.
        empty: Whether it was printed with a header and rows, but without a single number.
    """

    table: int
    form: str
    title: str
    unit: str
    scope: FundScope
    basis: Basis
    year: int
    bands: tuple[Band, ...]
    figures: Mapping[tuple[int, int], Figure] = field(default_factory=dict)
    singles: Mapping[tuple[int, int], Figure] = field(default_factory=dict)
    words: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unclear: frozenset[tuple[int, int]] = frozenset()
    section: int = 0
    empty: bool = False

    def knows(self, row: Row, column: Column) -> bool:
        """Whether a crossing holds a number or nothing, not words in place of a number."""
        return (row.index, column.index) not in self.unclear

    def text(self, row: Row, column: Column) -> str:
        """Cleaned words at a crossing, "" where the cell is blank."""
        return self.words.get((row.index, column.index), "")

    def single(self, row: Row, column: Column) -> Figure | None:
        """The only number at a crossing, words around it or not."""
        return self.singles.get((row.index, column.index))

    def figure(self, row: Row, column: Column) -> Figure | None:
        """The number at a crossing, or None where the cell is blank or holds words."""
        return self.figures.get((row.index, column.index))
