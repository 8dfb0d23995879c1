"""The story of a block（一段的读数）: values, lists and relations, before any judgement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.facts import FigureKind

if TYPE_CHECKING:
    from validator.extract.elements import Base, Element
    from validator.extract.normalise import Cleaned

SAME_CLASSIFIER = {
    "名": "人", "位": "人", "个（次）": "个", "人（次）": "人次", "户（次）": "户次",
    "台（套）": "台", "台套": "台", "户（套）": "户", "批": "批次", "批（次）": "批次",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Value:
    """A line item's amount or count（值）, or a signed difference.

    Attributes:
        element: Where it stands in its block.
        figure: Id of its figure.
        block: Index of its block among the read blocks.
        label: Words that name it, carried from before when its own clause has none.
        label_start: Where they begin in cleaned text, -1 when carried from elsewhere.
        sentence: Number of its sentence within the block.
        sign: -1 or 1 for a difference, 0 for a plain value.
        list: The list it stands in.
        year: Calendar year or offset that its own words name, or None.
        reason: It stands in an explanation of a change.
        segment: Number of its stretch between ； and 。 within the block.
    """

    element: Element
    figure: int
    block: int
    label: str
    label_start: int
    sentence: int
    sign: int = 0
    list: ListScope | None = None
    year: int | None = None
    segment: int = 0
    reason: bool = False

    @property
    def measure(self) -> str:
        """``money`` or the classifier of a count; only like measures add."""
        number = self.element.number
        if number is None:
            return ""
        if number.kind is FigureKind.COUNT:
            symbol = number.quantity.unit.symbol.strip("万亿")
            return SAME_CLASSIFIER.get(symbol, symbol)
        return "money" if number.kind is FigureKind.AMOUNT else "ratio"


@dataclass(slots=True, eq=False)
class ListScope:
    """A list of parts under a whole（其中）.

    Attributes:
        heads: Plausible wholes, best first; empty when the whole is only named.
        head_label: Name of a whole without a figure beside it.
        delta: The difference before the list, when parts may be differences too.
        partial: 主要包括: need not be complete.
        cue: The opener as printed.
        start: Where the opener stands in cleaned text.
        depth: Bracket depth at which it was opened.
        parts: Values of the list in order.
        deltas: Differences of the list in order.
        others: Values of another measure in the list: 3,200户、4,800人 beside amounts.
        later: Values that follow in the same block after the list seemed to end.
        children: Lists opened on one of the parts.
        parent: The list that this one stands in.
        rest: 等 closes it: there are more parts than named.
        outline: Whether parts stand in following blocks.
        whole: The words say that nothing is left out: 由…组成, 分为.
        cuts: Lengths of ``parts`` at which the list may have ended.
        breaks: Those of them where a semicolon stands.
        former: The list before it, whose whole this one may divide in another way.
        split: A way of dividing is named: 按资金来源分, and the whole need not stand before it.
    """

    heads: list[Value]
    head_label: str
    delta: Value | None
    partial: bool
    cue: str
    start: int
    depth: int
    block: int
    parts: list[Value] = field(default_factory=list)
    deltas: list[Value] = field(default_factory=list)
    others: list[Value] = field(default_factory=list)
    later: list[Value] = field(default_factory=list)
    children: list[ListScope] = field(default_factory=list)
    parent: ListScope | None = None
    rest: bool = False
    outline: bool = False
    whole: bool = False
    cuts: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    former: ListScope | None = None
    split: bool = False


@dataclass(slots=True, eq=False)
class Share:
    """占X% and what it may be a share of."""

    element: Element
    figure: int
    part: Value | None
    list: ListScope | None
    base: Value | None
    block: int
    sentence: int


@dataclass(slots=True, eq=False)
class Change:
    """增减 against another period or the budget."""

    block: int
    sentence: int
    subject: Value | None
    label: str
    base: Base | None
    delta: Value | None = None
    rate: tuple[Element, int] | None = None
    prior: tuple[Element, int] | None = None
    flat: Element | None = None
    to: Value | None = None
    level: int | None = None
    heads: list[Value] = field(default_factory=list)
    reasons: list[Value] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """主要原因是…: why an amount changed, or differs from its budget.

    Attributes:
        change: The change that it explains, if it explains one.
        relation: 决算数大于预算数, if it explains that.
        subject: What changed.
        cue: Where the words begin, in cleaned text.
        start: Where the reasons begin.
        end: Where they end.
    """

    change: Change | None
    relation: Element | None
    subject: Value | None
    cue: int
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Completion:
    """完成预算的X%, or a relation in words, or both."""

    block: int
    sentence: int
    subject: Value | None
    label: str
    rate: tuple[Element, int] | None = None
    base: Value | None = None
    relation: Element | None = None


@dataclass(slots=True, eq=False)
class Loose:
    """A difference, a price or a measure with what stands before it."""

    element: Element
    figure: int
    block: int
    sentence: int
    before: list[Value]
    label: str = ""
    segment: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """A range of numbers（数字范围）: 100-200名.

    Attributes:
        low: Figure of the least.
        high: Figure of the most.
        start: Where it starts in cleaned text.
        end: Where it ends.
        before: Words of its clause in front of it.
        after: Words of its clause behind it.
        item: Number of the list entry it stands in, or "".
        measure: ``money``, a classifier, a unit of price or of ratio.
    """

    low: int
    high: int
    start: int
    end: int
    before: str
    after: str
    item: str
    measure: str


@dataclass(slots=True)
class Story:
    """Everything read in one block, in order（一段的读数）."""

    block: int
    cleaned: Cleaned
    section: int
    values: list[Value] = field(default_factory=list)
    lists: list[ListScope] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    differences: list[Loose] = field(default_factory=list)
    prices: list[Loose] = field(default_factory=list)
    measures: list[Loose] = field(default_factory=list)
    nils: list[Element] = field(default_factory=list)
    spreads: list[Spread] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    open_list: ListScope | None = None
