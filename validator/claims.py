"""Claims（说法）: statements that relate figures, in sentences and in tables.

A claim binds figures to named slots; a rule says what must hold between the slots. Which slots
and words each kind of claim has is a closed list, so that a rule can be checked when it is
loaded.
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
    from validator.facts import Figure


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
    ADJUSTMENT = "adjustment"
    """年初预算、追加、追减、调整后预算: a budget and how it was moved."""
    FLOW = "flow"
    """收支总计: revenue, what is added and taken off, and the total."""
    NIL = "nil"
    """无、未发生: nothing was spent, so counts are zero too."""
    SAME = "same"
    """The same fact stated twice."""
    PRIOR = "prior"
    """Two changes of one fact imply the same prior value."""
    LAST_YEAR = "last_year"
    """上年数 of a table beside a change that the text tells."""
    PART = "part"
    """One figure is a part of another, so it cannot be larger."""
    UNIT_LINE = "unit_line"
    """A table off by ten thousand against the text."""
    LISTED = "listed"
    """5个科室：…: a count beside the names of what it counts."""
    COLUMN_TOTAL = "column_total"
    """合计 of a table's column: the sum of its rows."""
    ROW_TOTAL = "row_total"
    """合计 of a table's row: the sum of its columns."""
    GROUP_TOTAL = "group_total"
    """类 = Σ款 = Σ项: a coded row is the sum of the rows below it."""
    LONE_TOTAL = "lone_total"
    """合计 of an unknown table's only column, which no choice of its rows makes up."""
    ROW_SHARE = "row_share"
    """占比 of a table's row beside its amount."""
    COLUMN_SHARES = "column_shares"
    """占比 of a column, and that of its total."""
    PERIOD_CHANGE = "period_change"
    """增减额、增减率 of a table's row."""
    EXECUTION = "execution"
    """执行率 of a table's row: executed over adjusted budget."""
    SCORE = "score"
    """得分 beside 分值."""
    SCORE_TOTAL = "score_total"
    """合计 of 分值 or 得分."""
    TARGET = "target"
    """完成值 beside 指标值."""
    RANGE = "range"
    """100-200名: the least and the most."""
    REASON = "reason"
    """主要原因: reasons that push an amount up or down."""
    SAME_SHARE = "same_share"
    """One share of the same amounts printed twice."""
    PORTIONS = "portions"
    """各类占比合成总额: shares of several amounts make up one."""
    SETTLED = "settled"
    """年末无结转和结余: what came in and what was spent."""
    VISITS = "visits"
    """批次、团组 and the people in them."""
    GOAL = "goal"
    """One goal stated as a range in two places."""
    PROJECT_COUNT = "project_count"
    """几个项目: two numbers of projects about the same thing."""
    PROJECT_FORMS = "project_forms"
    """几个项目自评: a number of projects against the forms in the report."""
    PROGRESS = "progress"
    """完成率 of things counted: done over planned."""
    OUTLAY = "outlay"
    """使用资金 told in the goals of a form, against what was spent in all."""
    ACHIEVED = "achieved"
    """目标全部实现 beside a project that spent nothing."""
    PROJECT_AMOUNT = "project_amount"
    """预算数、执行数 of one project, told twice."""
    PROJECT_FUNDS = "project_funds"
    """涉及资金: the money of some projects against their forms."""
    TOLD_SCORE = "told_score"
    """自评得分 in words, against the form that it is the score of."""
    GRADE = "grade"
    """优、良、中、差 beside a score."""
    DEDUCTION = "deduction"
    """A row below its weight in a form whose total is full."""
    APPRAISAL = "appraisal"
    """得分 of an indicator told by degrees: 达成预期, 部分达成, 未达成."""
    SPREAD = "spread"
    """How the weight of a form is spread over its classes: 产出, 效益, 满意度, 成本."""
    FUNDING = "funding"
    """年度资金总额: the sum of its sources."""
    APIECE = "apiece"
    """每户多少，共多少: a price and a total without the number of things."""
    COUNT_SHARE = "count_share"
    """共多少人，其中某类占多少: a share of things counted, whose number is not printed."""
    COUNT_GROWTH = "count_growth"
    """多少辆，比上年增长多少: growth of things counted, without last year's number."""


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
        ClaimKind.SHARE: ClaimShape(("part", "whole", "share"), ("bound", "empty", "crossed")),
        ClaimKind.SHARE_LIST: ClaimShape(
            ("shares*", "parts*", "whole"), ("exhaustive", "items")
        ),
        ClaimKind.CHANGE: ClaimShape(
            ("current", "prior", "amount", "rate", "points"),
            (
                "amount_direction",
                "rate_direction",
                "flat",
                "vague",
                "budget",
                "base_year",
                "own_year",
                "zero_base",
                "from_zero",
                "elsewhere",
                "unexplained",
            ),
        ),
        ClaimKind.COMPLETION: ClaimShape(
            ("actual", "budget", "rate", "part_actuals*", "part_rates*", "level_actuals*"),
            (
                "relation",
                "stated",
                "split",
                "measured",
                "rated",
                "rate_side",
                "empty",
                "none",
                "elsewhere",
                "unbudgeted",
            ),
        ),
        ClaimKind.DECOMPOSITION: ClaimShape(
            ("whole", "parts*"),
            ("closed", "partial", "items", "single", "counts", "outline", "overlap"),
        ),
        ClaimKind.BALANCE: ClaimShape(("left", "right"), ("mixed",)),
        ClaimKind.DIFFERENCE: ClaimShape(("minuend", "subtrahend", "difference"), ("bound",)),
        ClaimKind.PRODUCT: ClaimShape(("price", "quantity", "total"), ("bound",)),
        ClaimKind.BRIDGE: ClaimShape(("change", "reasons*"), ("direction", "items")),
        ClaimKind.ADJUSTMENT: ClaimShape(("final", "parts*")),
        ClaimKind.NIL: ClaimShape(("amount", "counts*"), ("nil", "empty", "cars")),
        ClaimKind.FLOW: ClaimShape(("total", "parts*"), ("partial", "told", "carried")),
        ClaimKind.REASON: ClaimShape((), ("direction", "pushes", "copied")),
        ClaimKind.SAME_SHARE: ClaimShape(("first", "second"), ("slip",)),
        ClaimKind.PORTIONS: ClaimShape(("parts*", "shares*", "whole")),
        ClaimKind.SETTLED: ClaimShape(("inflows*", "outflows*")),
        ClaimKind.VISITS: ClaimShape(("groups", "people"), ("times",)),
        ClaimKind.SAME: ClaimShape(
            ("first", "second"), ("certain", "slip", "chart", "coded", "cells")
        ),
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
        ClaimKind.LAST_YEAR: ClaimShape(
            ("table", "stated", "current", "amount"), ("direction", "flat")
        ),
        ClaimKind.PART: ClaimShape(("part", "whole")),
        ClaimKind.UNIT_LINE: ClaimShape(("first", "second"), ("pairs",)),
        ClaimKind.LISTED: ClaimShape(("total",), ("least", "most", "partial", "outline")),
        ClaimKind.COLUMN_TOTAL: ClaimShape(("whole", "parts*"), ("items", "failing")),
        ClaimKind.ROW_TOTAL: ClaimShape(("whole", "parts*"), ("items", "failing")),
        ClaimKind.GROUP_TOTAL: ClaimShape(("whole", "parts*"), ("items", "failing")),
        ClaimKind.LONE_TOTAL: ClaimShape(("whole", "parts*")),
        ClaimKind.ROW_SHARE: ClaimShape(("part", "whole", "share")),
        ClaimKind.COLUMN_SHARES: ClaimShape(("share", "shares*")),
        ClaimKind.PERIOD_CHANGE: ClaimShape(("current", "prior", "amount", "rate", "ratio")),
        ClaimKind.EXECUTION: ClaimShape(
            ("budget", "executed", "rate", "initial", "weight", "score"),
            ("total", "asked", "explained", "stepped", "full", "grain", "rate_side"),
        ),
        ClaimKind.SCORE: ClaimShape(("weight", "score")),
        ClaimKind.SCORE_TOTAL: ClaimShape(("whole", "parts*"), ("weights", "heading")),
        ClaimKind.TARGET: ClaimShape(
            ("target", "done", "weight", "score", "rate", "budget", "executed"),
            (
                "symbol",
                "explained",
                "scored",
                "satisfied",
                "percent",
                "capped",
                "full",
                "grain",
                "hundred",
                "rated",
                "side",
                "signed",
                "asked",
            ),
        ),
        ClaimKind.RANGE: ClaimShape(("low", "high"), ("clear",)),
        ClaimKind.GOAL: ClaimShape(
            ("first_low", "first_high", "second_low", "second_high"), ("certain",)
        ),
        ClaimKind.PROJECT_COUNT: ClaimShape(
            ("first", "second"), ("before", "after", "within", "digits")
        ),
        ClaimKind.PROJECT_FORMS: ClaimShape(("told",), ("forms",)),
        ClaimKind.PROGRESS: ClaimShape(("planned", "done", "rate")),
        ClaimKind.OUTLAY: ClaimShape(("whole", "parts*")),
        ClaimKind.ACHIEVED: ClaimShape(("executed", "budget"), ("said",)),
        ClaimKind.PROJECT_AMOUNT: ClaimShape(("first", "second")),
        ClaimKind.PROJECT_FUNDS: ClaimShape(("whole", "parts*")),
        ClaimKind.TOLD_SCORE: ClaimShape(("told", "total"), ("inside",)),
        ClaimKind.GRADE: ClaimShape(("score",), ("low", "high")),
        ClaimKind.DEDUCTION: ClaimShape(("weight", "score", "total")),
        ClaimKind.APPRAISAL: ClaimShape(
            ("weight", "score"), ("stage", "unmet", "explained", "full")
        ),
        ClaimKind.SPREAD: ClaimShape(
            ("output*", "benefit*", "satisfaction*", "cost*", "everything*"),
            ("costed", "satisfied"),
        ),
        ClaimKind.FUNDING: ClaimShape(("whole", "parts*"), ("closed", "blank", "natures")),
        ClaimKind.APIECE: ClaimShape(("price", "total"), ("average",)),
        ClaimKind.COUNT_SHARE: ClaimShape(("whole", "share")),
        ClaimKind.COUNT_GROWTH: ClaimShape(("current", "rate"), ("direction",)),
    }
)


LIST_SLOTS = frozenset(
    name.rstrip("*")
    for shape in CLAIM_SHAPES.values()
    for name in shape.slots
    if name.endswith("*")
)
"""Slots that hold several figures at once."""


DIRECTIONS: Mapping[ClaimKind, Mapping[str, str]] = MappingProxyType(
    {
        ClaimKind.CHANGE: {
            "amount": "amount_direction",
            "rate": "rate_direction",
            "points": "rate_direction",
        },
        ClaimKind.PRIOR: {
            "first_amount": "first_direction",
            "second_amount": "second_direction",
        },
        ClaimKind.LAST_YEAR: {"amount": "direction"},
        ClaimKind.BRIDGE: {"change": "direction"},
    }
)
"""Slots whose figure stands beside a direction word, and the word that holds the direction."""


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
