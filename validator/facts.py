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
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

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
    """

    item: str
    year: int
    basis: Basis
    scope: FundScope
    measure: str
    parent: str = ""


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
            explanation of a change.
    """

    figure: Figure
    key: FactKey
    label: str
    span: Span
    section: int
    known: bool
    role: str = "statement"


@dataclass(frozen=True, slots=True)
class Term:
    """A figure that enters a sum with a sign (+1 or -1)."""

    figure: Figure
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Operand:
    """A slot of a claim（运算数）: every plausible figure for it, best first.

    A scalar slot has one term in each candidate; a list slot (parts) has several. A claim is
    wrong only if no combination of candidates satisfies the rule.

    Attributes:
        candidates: Plausible bindings, best first.
        why: How each candidate was found, in the same order.
    """

    candidates: tuple[tuple[Term, ...], ...]
    why: tuple[str, ...] = ()


class ClaimKind(StrEnum):
    """The closed set of relations that a sentence can state（说法的种类）."""

    SHARE = "share"
    """占比: part is share of whole."""
    SHARE_LIST = "share_list"
    """A list of shares of one whole."""
    CHANGE = "change"
    """增减: current against prior."""
    COMPLETION = "completion"
    """完成率: actual against budget."""
    DECOMPOSITION = "decomposition"
    """其中: whole is the sum of parts."""
    BALANCE = "balance"
    """收支平衡: two totals are equal."""
    DIFFERENCE = "difference"
    """结余、相差: left minus right."""
    PRODUCT = "product"
    """单价×数量."""
    BRIDGE = "bridge"
    """增减原因: signed reasons make up the change."""
    NIL = "nil"
    """无、未发生: nothing was spent, so counts are zero too."""
    SAME = "same"
    """The same fact stated twice."""
    PRIOR = "prior"
    """Two changes of one fact imply the same prior value."""
    PART = "part"
    """One figure is a part of another, so it cannot be larger."""


@dataclass(frozen=True, slots=True)
class ClaimShape:
    """Names that rules may use for a kind of claim.

    Attributes:
        slots: Operand names; a name that ends in ``*`` is a list.
        words: Values that come from words: directions (-1, 0, 1) and flags (0, 1).
    """

    slots: tuple[str, ...]
    words: tuple[str, ...] = ()


CLAIM_SHAPES: Mapping[ClaimKind, ClaimShape] = MappingProxyType(
    {
        ClaimKind.SHARE: ClaimShape(("part", "whole", "share"), ("bound", "empty")),
        ClaimKind.SHARE_LIST: ClaimShape(
            ("shares*", "parts*", "whole"), ("exhaustive", "items")
        ),
        ClaimKind.CHANGE: ClaimShape(
            ("current", "prior", "amount", "rate", "points"),
            (
                "amount_direction",
                "rate_direction",
                "flat",
                "budget",
                "base_year",
                "own_year",
                "zero_base",
            ),
        ),
        ClaimKind.COMPLETION: ClaimShape(
            ("actual", "budget", "rate", "part_actuals*", "part_rates*", "level_actuals*"),
            ("relation", "stated", "split", "measured", "rated", "rate_side", "empty", "none"),
        ),
        ClaimKind.DECOMPOSITION: ClaimShape(
            ("whole", "parts*"),
            ("closed", "partial", "items", "single", "counts", "outline", "overlap"),
        ),
        ClaimKind.BALANCE: ClaimShape(("left", "right"), ("mixed",)),
        ClaimKind.DIFFERENCE: ClaimShape(("minuend", "subtrahend", "difference"), ("bound",)),
        ClaimKind.PRODUCT: ClaimShape(("price", "quantity", "total"), ("bound",)),
        ClaimKind.BRIDGE: ClaimShape(("change", "reasons*"), ("direction", "items")),
        ClaimKind.NIL: ClaimShape(("amount", "counts*"), ("nil", "empty")),
        ClaimKind.SAME: ClaimShape(("first", "second"), ("certain", "slip", "chart", "coded")),
        ClaimKind.PRIOR: ClaimShape(
            (
                "first_current",
                "first_amount",
                "second_current",
                "second_amount",
                "prior",
            ),
            ("first_direction", "second_direction", "chart"),
        ),
        ClaimKind.PART: ClaimShape(("part", "whole")),
    }
)


LIST_SLOTS = frozenset(
    name.rstrip("*")
    for shape in CLAIM_SHAPES.values()
    for name in shape.slots
    if name.endswith("*")
)
"""Slots that hold several figures at once."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that relates figures（说法）.

    Attributes:
        kind: Which relation.
        span: The words that state it, from the first operand or cue to the last.
        slots: Operands by name, as ``CLAIM_SHAPES`` allows; an absent name was not stated.
        words: Directions and flags by name.
        section: Index of its section.
        subject: What it is about, for grouping and messages.
        dimension: Closed partition that a list belongs to, else "".
        word_spans: Where the words of ``words`` stand.
    """

    kind: ClaimKind
    span: Span
    slots: Mapping[str, Operand]
    words: Mapping[str, Decimal] = field(default_factory=dict)
    section: int = 0
    subject: str = ""
    dimension: str = ""
    word_spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one document（读数）: the input of the rule engine.

    Attributes:
        kind: Which report it is.
        year: Fiscal year, or 0 when the report does not say.
        entity: Reporting entity, or "".
        default_unit: Symbol of the unit for amounts printed without one, or "".
        sections: Section tree in order.
        figures: Every number, in order.
        facts: Figures with coordinates, in order.
        claims: Relations, in order of their spans.
    """

    kind: ReportKind
    year: int
    entity: str
    default_unit: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
