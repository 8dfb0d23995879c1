"""Figures, facts and claims（数字、事实数、说法）: what a report says, with places.

A *figure* is every printed number, once. A *fact* is a figure with its coordinates: which
line item（科目）, period（期间）, basis（口径）and fund scope（资金范围）it states. A
*claim* is a sentence that relates figures: a share, a change, a sum. Facts, claims and
evaluations all point at figures, so coverage, diagnosis and the page fall out of one graph.

Terms follow XBRL (fact, unit, decimals, period) and IPSAS 24 (original budget, final
budget, actual).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.document import Span
    from validator.quantity import Interval, Quantity


class ReportKind(StrEnum):
    """Which report it is（报告类型）."""

    FINAL_ACCOUNTS = "final_accounts"
    """部门决算."""
    BUDGET = "budget"
    """部门预算."""
    PERFORMANCE = "performance"
    """整体支出、项目支出绩效自评."""
    EXECUTION_REPORT = "execution_report"
    """预算执行情况报告."""
    RECORDS = "records"
    """已解析的数据."""
    UNKNOWN = "unknown"


class SectionRole(StrEnum):
    """What a section is for; only accounting sections count in coverage（章节用途）."""

    ACCOUNTS = "accounts"
    """States or explains money, shares, rates, headcounts, vehicles, scores."""
    NARRATIVE = "narrative"
    """Duties and achievements（职能、重点工作）."""
    GLOSSARY = "glossary"
    """名词解释 and legal text."""
    CONTENTS = "contents"
    """目录 and lists of attached tables."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it（章节）.

    Attributes:
        index: Position; 0 is the part before the first heading.
        title: Heading text without its number; "" for the first part.
        span: From the heading to the next heading of any level.
        level: Depth from 1; 0 for the first part.
        parent: Index of the section it stands in, or -1.
        role: What it is for.
        scope: Fund scope that its heading declares.
    """

    index: int
    title: str
    span: Span
    level: int
    parent: int
    role: SectionRole
    scope: FundScope


class FundScope(StrEnum):
    """Whose money an amount counts（资金范围）."""

    UNKNOWN = ""
    ALL = "all"
    """全口径: every source of funds."""
    FISCAL = "fiscal"
    """财政拨款: general budget, government funds and state capital together."""
    GENERAL = "general"
    """一般公共预算财政拨款."""
    FUND = "fund"
    """政府性基金预算."""
    CAPITAL = "capital"
    """国有资本经营预算."""
    SOCIAL = "social"
    """社会保险基金预算."""


class Tier(StrEnum):
    """Which level of government a budget is of, seen from the reporting one（级次）."""

    UNKNOWN = ""
    WHOLE = "whole"
    """全市: the reporting government and all below it."""
    OWN = "own"
    """市本级: the reporting government alone."""
    BELOW = "below"
    """县区级: governments below it."""


class Basis(StrEnum):
    """Stage of the budget cycle（口径）, after IPSAS 24."""

    UNKNOWN = ""
    ORIGINAL_BUDGET = "original_budget"
    """年初预算."""
    FINAL_BUDGET = "final_budget"
    """调整后预算、全年预算."""
    BUDGET = "budget"
    """预算, the text does not say which."""
    ACTUAL = "actual"
    """决算、执行数."""


class FigureKind(StrEnum):
    """What the printed number is."""

    AMOUNT = "amount"
    PERCENT = "percent"
    POINTS = "points"
    """个百分点."""
    TIMES = "times"
    """倍."""
    COUNT = "count"
    PRICE = "price"
    """元/人 and the like."""
    BARE = "bare"
    """A number without a unit."""
    YEAR = "year"
    CODE = "code"
    LABEL = "label"
    """List numbering, document numbers, telephone numbers."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number（数字）.

    Attributes:
        id: Position among the document's figures.
        kind: What it is.
        quantity: Its value as printed.
        span: The number and its unit.
        section: Index of its section.
        ignored: Why it is not a figure of account (a year, a code, …), else "".
        flaw: What is wrong with how it is printed: ``comma`` (69,07), ``no_unit``,
            ``wan`` (万 without 元), else "".
        interval: Every true value that prints this way, in base units.
    """

    id: int
    kind: FigureKind
    quantity: Quantity
    span: Span
    section: int
    ignored: str = ""
    flaw: str = ""
    interval: Interval = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "interval", self.quantity.interval)


@dataclass(frozen=True, slots=True)
class FactKey:
    """All coordinates of a fact but its value: two facts with one key must agree.

    Attributes:
        item: Lexicon id of the line item, functional code, or the label itself when the
            lexicon does not know it.
        year: Fiscal year or year of the balance date.
        basis: Budget or actual.
        scope: Fund scope.
        measure: ``money``, ``ratio``, or the classifier of a count.
        parent: Item of the whole it was listed under, "" when it stands alone.
        level: Level of government in words（级次）: 全市, 市本级; "" where only one is meant.
        tier: What that level is to the reporting government.
    """

    item: str
    year: int
    basis: Basis
    scope: FundScope
    measure: str
    parent: str = ""
    level: str = ""
    tier: Tier = Tier.UNKNOWN


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its coordinates（事实数）.

    Attributes:
        figure: The number.
        key: Its coordinates.
        label: The words that name it, as printed.
        span: From the label to the end of the figure.
        section: Index of its section.
        known: Whether the lexicon knows the item; an unknown label is its own item.
        role: ``statement`` in running text, ``part`` inside a list, ``reason`` inside an
            explanation of a change, ``cell`` in a public form, ``record`` in a records file.
    """

    figure: Figure
    key: FactKey
    label: str
    span: Span
    section: int
    known: bool
    role: str = "statement"
