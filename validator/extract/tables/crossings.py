"""Numbers of public forms with their coordinates（表内数）, and the facts that they state."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.extract.tables.vocabulary import plain
from validator.facts import Basis, Fact, FactKey, FundScope, ReportKind
from validator.quantity import Dimension
from validator.statements import NAMED, ColumnKind, Crossing, Heading, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.levels import Levels
    from validator.extract.lexicon import Lexicon
    from validator.extract.sections import Profile
    from validator.statements import Column, Lane, Row, Statement

TOTAL = "total"
_FUNDS = (FundScope.GENERAL, FundScope.FUND, FundScope.CAPITAL)
_BY_FUND = ("fiscal_summary",)
"""Forms whose columns are funds: a fund's column is the total of that fund."""
MAIN = {
    "revenue": "revenue", "expenditure": "expenditure", "general": "expenditure",
    "general_basic": "basic", "general_project": "project", "three_public": "three_public",
    "fund": "expenditure", "capital": "expenditure", "purchase": "purchase",
    "services": "purchased_services", "agency": "agency_running",
}  # fmt: skip
"""What the total of each form is the total of."""
VARIANTS = ("_government", "_units")
"""Ends the id of a form printed by other rows than usual."""
_CODED = ("revenue", "expenditure", "general", "general_project", "fund", "capital")
"""Forms whose rows are coded; a name alone says little there."""
_SPENDING = ("expenditure", "general", "fund", "capital")
"""Forms whose rows say what was spent on each item."""
_INSIDE = ("three_public", "car", "reception")
_LOOSE_BUDGETS = ("revenue", "expenditure", "general", "fund", "capital")
"""Budget forms whose total may or may not hold what is carried over: rules compare these."""
SCOPED = {
    ("revenue", FundScope.FISCAL): "fiscal_revenue",
    ("expenditure", FundScope.FISCAL): "fiscal_expenditure",
    ("total_revenue", FundScope.FISCAL): "fiscal_total_revenue",
    ("total_expenditure", FundScope.FISCAL): "fiscal_total_expenditure",
    ("revenue", FundScope.GENERAL): "general_revenue",
    ("revenue", FundScope.FUND): "fund_revenue",
    ("revenue", FundScope.CAPITAL): "capital_revenue",
    ("expenditure", FundScope.GENERAL): "general_expenditure",
    ("expenditure", FundScope.FUND): "fund_expenditure",
    ("expenditure", FundScope.CAPITAL): "capital_expenditure",
    ("revenue", FundScope.SOCIAL): "social_revenue",
    ("expenditure", FundScope.SOCIAL): "social_expenditure",
}
"""A total within a fund has a name of its own in the text."""


def crossings_of(
    statements: Sequence[Statement],
    about: Profile,
    lexicon: Lexicon,
    levels: Levels | None = None,
) -> list[Crossing]:
    """Every amount of a public form whose row and column are known.

    Args:
        statements: Tables that were understood.
        about: Kind and year of the report.
        lexicon: Line items.
        levels: Words for levels of government, in reports of a whole government.
    """
    found: list[Crossing] = []
    for number, statement in enumerate(statements):
        if statement.form:
            for band in statement.bands:
                for lane in band.lanes:
                    found += _Lane(statement, number, lane, about, lexicon).crossings()
    if levels is None:
        return found
    named = [(one, levels.last(statements[one.table].title)) for one in found]
    return [replace(one, level=word, tier=levels.tier(word)) for one, word in named]


def headings_of(
    statements: Sequence[Statement], about: Profile, lexicon: Lexicon
) -> list[Heading]:
    """Every column of amounts of a public form, with numbers below it or none.

    Args:
        statements: Tables that were understood.
        about: Kind and year of the report.
        lexicon: Line items.
    """
    return [
        heading
        for number, statement in enumerate(statements)
        if statement.form
        for band in statement.bands
        for lane in band.lanes
        for heading in _Lane(statement, number, lane, about, lexicon).headings()
    ]


class _Lane:
    """One lane of a form."""

    def __init__(
        self,
        statement: Statement,
        number: int,
        lane: Lane,
        about: Profile,
        lexicon: Lexicon,
    ) -> None:
        self._statement = statement
        self._number = number
        self._lane = lane
        self._about = about
        self._items = lexicon.by_id
        self._words = lexicon.vocabulary
        entry = lexicon.tables["forms"].get(statement.form, {})
        self._named = entry.get("rows") == "named"
        items = {row.item for row in lane.rows}
        self._doubtful = _subtotals(lane)
        # 总计 closes both lanes of a summary: which one it is, its own subtotal tells.
        self._grand = (
            "total_revenue" if "revenue" in items
            else "total_expenditure" if "expenditure" in items
            else TOTAL
        )  # fmt: skip

    def crossings(self) -> Iterator[Crossing]:
        for row in self._lane.rows:
            item = self._row_item(row)
            if not item or row.index in self._doubtful:
                continue
            # What is carried over stands in parts, each of them a balance of its own fund.
            carried = item.startswith("opening_")
            for column in self._lane.of_kind(ColumnKind.MONEY):
                figure = self._statement.figure(row, column)
                if figure is not None:
                    name = self._items.get(column.item) if item == TOTAL else None
                    label = name.name if name is not None else row.label
                    if item == TOTAL and name is None:
                        label = self._statement.title
                    yield Crossing(
                        figure, self._statement.form, self._number,
                        "opening" if carried else item, "" if self._named else row.code,
                        self._column_item(column),
                        self._scope(item, column), self._basis(row, column),
                        self._year(row, column), label,
                        not carried
                        and (row.role is RowRole.PART or column.item.startswith("part:")),
                    )  # fmt: skip

    def headings(self) -> Iterator[Heading]:
        for column in self._lane.of_kind(ColumnKind.MONEY):
            yield Heading(
                self._statement.form, self._number, self._column_item(column),
                self._scope("", column), self._basis(None, column),
                self._year(None, column), self._statement.empty,
            )  # fmt: skip

    def _row_item(self, row: Row) -> str:
        if self._named and row.role is not RowRole.TOTAL:
            return f"{NAMED}{plain(row.label)}" if row.label else ""
        if not row.code and self._statement.form in _CODED and self._below_class(row.item):
            return ""  # 行政运行 without its code may be that of any class
        if row.item == TOTAL or self._stage(row):
            return self._grand
        if row.item and row.item == MAIN.get(self._statement.form):
            return TOTAL
        if not row.label and not row.item:
            return TOTAL
        return row.item.removeprefix("fiscal_") if "_total_" in row.item else row.item

    def _below_class(self, item: str) -> bool:
        """Whether an item is a 款 or 项 of the functional classification."""
        known = self._items.get(item)
        return (item.isdecimal() and len(item) > 3) or (known is not None and known.level > 1)

    def _column_item(self, column: Column) -> str:
        if self._statement.form in _BY_FUND and column.scope in _FUNDS:
            return TOTAL
        return column.item.removeprefix("part:") or TOTAL

    def _scope(self, item: str, column: Column) -> FundScope:
        if column.scope in _FUNDS:
            return column.scope
        if item.startswith("opening_"):
            return FundScope(item.split("_")[1])
        known = self._items.get(item)
        if known is not None and known.scope in _FUNDS:
            return known.scope
        return self._statement.scope

    def _stage(self, row: Row) -> bool:
        """Whether a row is named only by its stage: 预算数 above 决算数."""
        return (
            not row.item and self._words.kind(row.label) is ColumnKind.MONEY
            and self._words.basis([row.label]) is not Basis.UNKNOWN
        )  # fmt: skip

    def _basis(self, row: Row | None, column: Column) -> Basis:
        basis = column.basis or self._statement.basis
        if row is not None and self._stage(row):
            basis = self._words.basis([row.label])
        budget = self._about.kind is ReportKind.BUDGET
        return Basis.BUDGET if budget and basis is not Basis.ACTUAL else basis

    def _year(self, row: Row | None, column: Column) -> int:
        year = column.year
        if row is not None and self._stage(row):
            year = self._words.year([row.label]) or year
        return year if year > 0 else (self._statement.year or self._about.year) + year


def _subtotals(lane: Lane) -> set[int]:
    """Rows called a total that are not the total of the form.

    小计 beside 合计 closes a group; a name that comes twice belongs to units within the form.
    """
    totals = [row for row in lane.rows if row.item == TOTAL]
    names = Counter(row.label for row in totals)
    return {
        row.index
        for row in totals
        if names[row.label] > 1 or (len(names) > 1 and row.label.endswith("小计"))
    }


def facts_of(
    crossings: Sequence[Crossing], lexicon: Lexicon, *, totals: bool = False
) -> list[Fact]:
    """What the forms state that running text may state too.

    Where a report prints one form twice with different numbers (a department and its units),
    nobody can tell which one the text means: such a form states nothing. Nor does a row
    that one form prints for each of its units.

    Args:
        crossings: Numbers of public forms.
        lexicon: Line items.
        totals: Whether the totals of budget forms count, which may or may not hold what is
            carried over.
    """
    made = [
        (one, fact) for one in crossings if (fact := _fact(one, lexicon, totals)) is not None
    ]
    prints = defaultdict(set)
    tables = defaultdict(set)
    for one, fact in made:
        prints[one.form, fact.key].add((one.table, fact.figure.quantity))
        tables[one.form].add(one.table)
    torn = {
        form
        for (form, _), seen in prints.items()
        if len(tables[form]) > 1 and len({quantity for _, quantity in seen}) > 1
    }
    rows = defaultdict(set)
    for one, fact in made:
        rows[one.table, fact.key].add(fact.figure.quantity)
    return [
        fact
        for one, fact in made
        if one.form not in torn and len(rows[one.table, fact.key]) == 1
    ]


def _tells(form: str, item: str, lexicon: Lexicon) -> bool:
    """Whether a form's amount of an item is all there is of it, as a text may state it."""
    if form.endswith(VARIANTS) or item.startswith(NAMED):
        return False
    told = lexicon.tables["forms"].get(form, {}).get("tells")
    known = lexicon.by_id.get(item)
    return told is None or item in told or (known is not None and known.family in told)


def _fact(one: Crossing, lexicon: Lexicon, totals: bool) -> Fact | None:
    item = one.row
    # 本年支出 heads the same column as 合计 in a form of what was spent.
    main = one.row != TOTAL and one.form in _SPENDING and one.column == MAIN[one.form]
    if one.column != TOTAL and not main:
        if one.row != TOTAL or one.column not in lexicon.by_id:
            return None
        item = one.column
    elif one.row == TOTAL:
        item = MAIN.get(one.form, "")
        if one.basis is Basis.BUDGET and one.form in _LOOSE_BUDGETS and not totals:
            return None
    if not _tells(one.form, item, lexicon):
        return None
    money = one.figure.quantity.unit.dimension is Dimension.MONEY
    # 农林水 in the revenue table is what came in for it, not what was spent on it.
    earmarked = one.form == "revenue" and (bool(one.code) or one.row.isdecimal())
    if one.part or earmarked or not item or not money:
        return None
    item = SCOPED.get((item, one.scope), item)
    known = lexicon.by_id.get(item)
    if one.form == "general_basic" and known is not None and known.family in _INSIDE:
        return None  # 公务接待费 of basic spending is only a part of the 三公 item
    scope = known.scope if known is not None else FundScope.UNKNOWN
    if {scope, one.scope} <= set(_FUNDS):
        scope = one.scope  # 国有资本经营预算支出 of another fund is an amount of its own
    scope = scope or one.scope
    key = FactKey(item, one.year, one.basis, scope, "money", level=one.level, tier=one.tier)
    figure = one.figure
    return Fact(figure, key, one.label, figure.span, figure.section, True, "cell")
