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
    FLOW = "flow"
    """收支总计: revenue, what is added and taken off, and the total."""
    NIL = "nil"
    """无、未发生: nothing was spent, so counts are zero too."""
    SAME = "same"
    """The same fact stated twice."""
    PRIOR = "prior"
    """Two changes of one fact imply the same prior value."""
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
                "elsewhere",
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
        ClaimKind.FLOW: ClaimShape(("total", "parts*"), ("partial", "told", "carried")),
        ClaimKind.NIL: ClaimShape(("amount", "counts*"), ("nil", "empty")),
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
        ClaimKind.PART: ClaimShape(("part", "whole")),
        ClaimKind.UNIT_LINE: ClaimShape(("first", "second"), ("pairs",)),
        ClaimKind.LISTED: ClaimShape(("total",), ("least", "most", "partial", "outline")),
        ClaimKind.COLUMN_TOTAL: ClaimShape(("whole", "parts*"), ("items", "failing")),
        ClaimKind.ROW_TOTAL: ClaimShape(("whole", "parts*"), ("items", "failing")),
        ClaimKind.GROUP_TOTAL: ClaimShape(("whole", "parts*"), ("items", "failing")),
        ClaimKind.PERIOD_CHANGE: ClaimShape(("current", "prior", "amount", "rate")),
        ClaimKind.EXECUTION: ClaimShape(("budget", "executed", "rate")),
        ClaimKind.SCORE: ClaimShape(("weight", "score")),
        ClaimKind.SCORE_TOTAL: ClaimShape(("whole", "parts*"), ("weights", "heading")),
        ClaimKind.TARGET: ClaimShape(
            ("target", "done", "weight", "score"), ("symbol", "explained", "scored")
        ),
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
