"""Scopes（层次）: under which whole a figure stands, and which figures a clause relates.

Walks the elements of a block from left to right with a stack of open lists. 其中 opens a
list under the amount before it; a bracket opens one that ends with the bracket; a numbered
outline continues one over paragraphs. The result is a `Story`: values, lists and the
relations between them, still without any judgement of which binding is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.extract.clauses import Base, Element, Role
from validator.facts import FigureKind

if TYPE_CHECKING:
    from validator.extract.normalise import Cleaned


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

    @property
    def measure(self) -> str:
        """``money`` or the classifier of a count; only like measures add."""
        number = self.element.number
        if number is None:
            return ""
        if number.kind is FigureKind.COUNT:
            symbol = number.quantity.unit.symbol.strip("万亿")
            return _SAME_CLASSIFIER.get(symbol, symbol)
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
        later: Values that follow in the same block after the list seemed to end.
        children: Lists opened on one of the parts.
        parent: The list that this one stands in.
        rest: 等 closes it: there are more parts than named.
        outline: Whether parts stand in following blocks.
        cuts: Lengths of ``parts`` at which the list may have ended.
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
    later: list[Value] = field(default_factory=list)
    children: list[ListScope] = field(default_factory=list)
    parent: ListScope | None = None
    rest: bool = False
    outline: bool = False
    cuts: list[int] = field(default_factory=list)


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
    heads: list[Value] = field(default_factory=list)
    reasons: list[Value] = field(default_factory=list)


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


@dataclass(slots=True)
class Story:
    """Everything read in one block, in order（一段的读数）."""

    block: int
    cleaned: Cleaned
    section: int
    marked: bool
    values: list[Value] = field(default_factory=list)
    lists: list[ListScope] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    differences: list[Loose] = field(default_factory=list)
    prices: list[Loose] = field(default_factory=list)
    measures: list[Loose] = field(default_factory=list)
    nils: list[Element] = field(default_factory=list)
    open_list: ListScope | None = None


_SAME_CLASSIFIER = {
    "名": "人", "位": "人", "个（次）": "个", "人（次）": "人次", "户（次）": "户次",
    "台（套）": "台", "台套": "台", "户（套）": "户", "批": "批次",
}  # fmt: skip
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年")
_PRIOR = re.compile(r"^(?:而)?(?:上年度?末?|去年底?|上一年度?)(?!结转)")


class Walker:
    """Turns the elements of one block into a story."""

    def __init__(self, story: Story, figure_ids: dict[int, int]) -> None:
        self._story = story
        self._ids = figure_ids
        self._text = story.cleaned.text
        self._lists: list[ListScope] = []
        self._brackets: list[tuple[int, Value | None, Change | None]] = []
        self._subject: Value | None = None
        self._change: Change | None = None
        self._last_change: Change | None = None
        self._compare: Element | None = None
        self._prior: tuple[Element, int] | None = None
        self._reasons = False
        self._pending: Element | None = None
        self._sentence = 0
        self._year: int | None = None
        self._completion: Completion | None = None
        self._ended: ListScope | None = None
        self._fresh_list = False
        self._topic = ""
        self._segment = 0

    def walk(self, elements: list[Element]) -> Story:
        """Read all elements and close what is open."""
        for element in elements:
            handler = _HANDLERS[element.role]
            handler(self, element)
        story = self._story
        if self._lists and self._fresh_list and not self._lists[-1].parts and (
            self._lists[-1].cue != "（"
        ):
            story.open_list = self._lists[-1]
        self._close_lists(0)
        return story

    # -- delimiters ----------------------------------------------------------------------

    def stop(self, element: Element) -> None:
        """A delimiter ends lists, changes or the sentence."""
        kind = element.stop
        if kind == "（":
            self._brackets.append((len(self._lists), self._subject, self._change))
            if self._subject is not None and self._subject.element.end == element.start:
                self._open_bracket(element)
            return
        if kind == "）":
            if self._brackets:
                depth, subject, change = self._brackets.pop()
                self._close_lists(depth)
                self._subject, self._change = subject, change
            return
        if kind in "；。":
            self._segment += 1
        if kind == "；":
            self._pending = None
            if len(self._lists) > self._floor() + 1:
                self._close_lists(len(self._lists) - 1)
            self._change = self._completion = None
        elif kind == "。":
            self._end_sentence()
        for scope in self._lists:
            if kind in "，；" and scope.parts and scope.parts[-1].element.end <= element.start:
                scope.cuts.append(len(scope.parts))

    def _floor(self) -> int:
        return self._brackets[-1][0] if self._brackets else 0

    def _end_sentence(self) -> None:
        keep = bool(self._lists) and self._fresh_list and not self._lists[-1].parts
        keep = keep and self._lists[-1].cue != "（"
        if not keep:
            self._close_lists(0)
        self._brackets.clear()
        self._compare = self._change = self._completion = None
        self._prior = None
        self._reasons = False
        self._pending = None
        self._year = None
        self._sentence += 1

    def _close_lists(self, depth: int) -> None:
        while len(self._lists) > depth:
            scope = self._lists.pop()
            self._ended = scope

    # -- openers ---------------------------------------------------------------------------

    def open(self, element: Element) -> None:
        """其中, 包括, 主要用于: open a list under the value before."""
        if self._lists and self._fresh_list and not self._lists[-1].parts:
            top = self._lists[-1]
            top.partial = element.partial or (top.partial and top.cue != "（")
            top.cue = element.cue
            return
        label = self._pending.label if self._pending is not None else ""
        parent = self._lists[-1] if self._lists else None
        scope = ListScope(
            self._heads(label, parent), label, self._change.delta if self._change else None, element.partial,
            element.cue, element.start, len(self._brackets), self._story.block, parent=parent,
        )
        if parent is not None:
            parent.children.append(scope)
        self._lists.append(scope)
        self._story.lists.append(scope)
        self._fresh_list = True
        self._pending = None

    def _heads(self, label: str, parent: ListScope | None) -> list[Value]:
        """Plausible wholes of a list that opens here."""
        if label:
            named = self._named(label)
            return [named] if named is not None else []
        if self._subject is not None and self._subject.sentence == self._sentence:
            return [self._subject]
        if parent is not None and parent.parts:
            return [parent.parts[-1]]
        # 。其中：… the whole stands somewhere in the sentence before.
        earlier = [v for v in self._story.values if v.sentence == self._sentence - 1]
        outer = [v for v in earlier if v.list is None]
        return outer[:1] + [v for v in earlier if v not in outer[:1]]

    def _open_bracket(self, element: Element) -> None:
        """A bracket right behind an amount details it, with or without 其中."""
        assert self._subject is not None  # noqa: S101 - the caller looked
        parent = self._lists[-1] if self._lists else None
        scope = ListScope(
            [self._subject], "", None, True, "（", element.start, len(self._brackets),
            self._story.block, parent=parent,
        )
        if parent is not None:
            parent.children.append(scope)
        self._lists.append(scope)
        self._story.lists.append(scope)
        self._fresh_list = True

    def reasons(self, element: Element) -> None:
        """主要原因: differences from here on explain the last change."""
        del element
        self._reasons = True
        self._pending = None

    # -- values ----------------------------------------------------------------------------

    def value(self, element: Element) -> None:
        """A line item has an amount."""
        if "maybe_delta" in element.flags and (
            self._reasons or (self._lists and self._lists[-1].delta is not None)
        ):
            self.delta(element)
            return
        value = self._make(element)
        if self._pending is not None and self._pending.sign and not element.label.startswith("其中"):
            value.sign = self._pending.sign
        if element.to and self._change is None:
            change = self._new_change(element)
            change.to = value
            change.subject = value
        if self._lists and not self._reasons:
            self._into_list(value)
        elif self._ended is not None and not self._reasons and self._ended.block == self._story.block:
            self._ended.later.append(value)
        self._story.values.append(value)
        if not is_mute(value.label):
            self._topic = stem(value.label)
        self._subject = value
        self._change = None if not element.to else self._change
        self._completion = None if not _is_budget(value) else self._completion
        self._pending = None

    def _make(self, element: Element) -> Value:
        label, start = element.label, element.label_start
        if not label or is_mute(label):
            if self._pending is not None and not is_mute(self._pending.label):
                label, start = self._pending.label + label, self._pending.label_start
            elif label and self._topic:
                # 年初预算为X，支出决算为Y: both are of what the sentence is about.
                label = self._topic + label
        assert element.number is not None  # noqa: S101 - values have figures
        value = Value(
            element, self._ids[element.number.start], self._story.block, label, start,
            self._sentence, year=self._own_year(label), segment=self._segment,
        )
        if value.year is not None:
            self._year = value.year if value.year > 1900 else self._year
        elif self._year is not None:
            value.year = self._year
        return value

    def _own_year(self, label: str) -> int | None:
        if found := _YEAR.search(label):
            return int(found.group("year"))
        if _PRIOR.match(label):
            return -1
        return None

    def _into_list(self, value: Value) -> None:
        self._fresh_list = False
        scope = self._lists[-1]
        # A count inside a list of amounts (购置车辆1辆，金额20万元) belongs to its neighbour.
        measures = {v.measure for v in (scope.heads or scope.parts[:1])}
        if measures and value.measure not in measures:
            outer = scope.parent
            if outer is not None and any(v.measure == value.measure for v in outer.heads):
                outer.parts.append(value)
                value.list = outer
            return
        scope.parts.append(value)
        value.list = scope

    def delta(self, element: Element) -> None:
        """增加X万元."""
        value = self._make(element)
        value.sign = element.sign
        scope = self._lists[-1] if self._lists else None
        if scope is not None and scope.delta is not None and not scope.parts:
            scope.deltas.append(value)
            value.list = scope
            self._fresh_list = False
        if self._reasons and self._last_change is not None and value.list is None:
            self._last_change.reasons.append(value)
        change = self._new_change(element)
        change.delta = value
        self._fresh_list = False

    def _new_change(self, element: Element) -> Change:
        label = element.label
        if not label and self._compare is not None:
            label = self._compare.label
        if self._pending is not None and not label:
            label = self._pending.label
        base = element.base or (self._compare.base if self._compare else None)
        if base is None and self._prior is not None:
            base = self._prior[0].base
        change = Change(
            self._story.block, self._sentence, self._subject, label, base, prior=self._prior,
            heads=[s.heads[0] for s in reversed(self._lists) if s.heads],
        )
        self._prior = None
        if not self._reasons:
            self._last_change = change
        self._change = change
        self._story.changes.append(change)
        self._pending = None
        return change

    def rate(self, element: Element) -> None:
        """增长X%: joins the difference just before it, or stands alone."""
        change = self._change
        figure = self._id(element)
        joins = (
            change is not None and change.rate is None and not element.label
            and element.base is None and change.flat is None
        )
        if not joins or change is None:
            change = self._new_change(element)
        change.rate = (element, figure)
        if element.respective and element.respective[0]:
            self._respective_rate(change, element, figure)

    def _respective_rate(self, change: Change, element: Element, figure: int) -> None:
        """分别增长a%、b%: the k-th rate belongs to the k-th last value."""
        assert element.respective is not None  # noqa: S101 - called for these only
        k, n = element.respective
        values = self._story.values
        if len(values) >= n:
            change.subject = values[len(values) - n + k]
            change.label = ""
        change.rate = (element, figure)

    def prior(self, element: Element) -> None:
        """比上年X万元: waits for the change that follows."""
        self._prior = (element, self._id(element))
        if element.label and self._pending is None:
            self._pending = Element(
                Role.LABEL, element.start, element.end, label=element.label,
                label_start=element.label_start,
            )
            self._compare = Element(
                Role.COMPARE, element.start, element.end, label=element.label, base=element.base
            )

    def compare(self, element: Element) -> None:
        """与2019年相比: what follows is measured against it."""
        self._compare = element
        self._change = None
        self._pending = None

    def flat(self, element: Element) -> None:
        """与上年持平."""
        if self._change is not None and self._change.delta is not None and not element.label:
            self._change.flat = element
            return
        change = self._new_change(element)
        change.flat = element

    # -- relations ---------------------------------------------------------------------------

    def share(self, element: Element) -> None:
        """占X%."""
        part: Value | None = self._subject
        if element.respective:
            k, n = element.respective
            run = [v for v in self._story.values if v.element.respective]
            run = run[-n:] if len(run) >= n else self._story.values[-n:]
            part = run[k] if len(run) == n else None
        elif element.label and part is not None and not same_name(element.label, part.label):
            part = self._named(element.label) or (
                part if self._is_noun_of(element, part) else None
            )
        base = None
        if element.base_number is not None:
            base = self._story.values[-1] if self._story.values else None
            part = self._before(base)
        scope = part.list if part is not None else (self._lists[-1] if self._lists else None)
        self._story.shares.append(
            Share(
                element, self._id(element), part, scope, base, self._story.block, self._sentence
            )
        )
        self._pending = None

    def _is_noun_of(self, element: Element, part: Value) -> bool:
        """Words after a figure that go on naming it: 295人参加，占…"""
        return element.label_start >= part.element.end and len(element.label) <= 2

    def completion(self, element: Element) -> None:
        """完成预算的X%."""
        base = None
        subject = self._subject
        if element.base_number is not None:
            base = self._story.values[-1] if self._story.values else None
            subject = self._before(base)
        if self._completion is not None and self._completion.rate is None:
            completion = self._completion
        else:
            completion = Completion(
                self._story.block, self._sentence, subject,
                element.label or (self._pending.label if self._pending else ""),
            )
            self._story.completions.append(completion)
        completion.rate, completion.base = (element, self._id(element)), base
        self._completion = completion
        self._pending = None

    def relation(self, element: Element) -> None:
        """决算数大于预算数: joins the completion before it."""
        completion = self._completion
        if completion is None or completion.relation is not None:
            completion = Completion(
                self._story.block, self._sentence, self._subject, element.label
            )
            self._story.completions.append(completion)
        completion.relation = element
        self._completion = completion

    def difference(self, element: Element) -> None:
        """结余X万元."""
        self._loose(element, self._story.differences)
        value = self._make(element)
        self._story.values.append(value)

    def price(self, element: Element) -> None:
        """X元/人."""
        self._loose(element, self._story.prices)

    def measure(self, element: Element) -> None:
        """满意度X%."""
        self._loose(element, self._story.measures)

    def _loose(self, element: Element, into: list[Loose]) -> None:
        label = element.label or (self._pending.label if self._pending else "")
        before = [v for v in self._story.values if v.sentence == self._sentence]
        into.append(
            Loose(
                element, self._id(element), self._story.block, self._sentence, before, label,
                self._segment,
            )
        )
        self._pending = None

    def nil(self, element: Element) -> None:
        """政府采购支出无."""
        self._story.nils.append(element)
        self._pending = None

    def label(self, element: Element) -> None:
        """Words alone: the name of what follows, or the end of a list (等)."""
        if "tail" in element.flags:
            words = self._text[element.start : element.end]
            if words.startswith("等") and self._lists:
                self._lists[-1].rest = True
            return
        if element.label.startswith("等") and self._lists:
            self._lists[-1].rest = True
            return
        self._pending = element
        if not is_mute(element.label):
            self._topic = stem(element.label)
        if found := _YEAR.search(element.label):
            self._year = int(found.group("year"))

    # -- looking back --------------------------------------------------------------------------

    def _named(self, label: str) -> Value | None:
        for value in reversed(self._story.values):
            if same_name(label, value.label):
                return value
        return None

    def _before(self, value: Value | None) -> Value | None:
        values = self._story.values
        return values[-2] if value is not None and len(values) > 1 else None

    def _id(self, element: Element) -> int:
        assert element.number is not None  # noqa: S101 - only elements with a figure ask
        return self._ids[element.number.start]


_STAGE = r"(?:(?:年初|全年|年度|调整后?|本年)?预算(?:安排)?数?|(?:支出|收入)?决算(?:支出)?数?|(?:预算)?执行数?|实际支出数?|支出|收入|总计|合计|总额|金额|资金|经费|费用|数|额|费|安排|完成)"
_NOTHING_NEW = re.compile(rf"{_STAGE}*")
_MUTE = re.compile(
    r"(?:(?:年初|全年|年度|调整后?|本年)?预算(?:安排)?数?|支出决算数?|决算(?:支出)?数?|(?:预算)?执行数?"
    r"|实际支出数?|支出|金额|资金|数|额)*"
)
_STEM_TAIL = re.compile(rf"{_STAGE}+$")


def same_name(label: str, other: str) -> bool:
    """Whether a label means a value of another label: it is it, or a short form of it.

    A longer label means the value only if what it adds says nothing new: 财政拨款收入总计 is
    财政拨款收入, 货物采购授予中小企业合同金额 is not 授予中小企业合同金额.
    """
    for a, b in (
        (trim_label(label), trim_label(other)), (strip_period(label), strip_period(other))
    ):
        if not a or not b:
            continue
        if a == b or (len(a) > 2 and a in b):
            return True
        if len(b) > 2 and b in a and _NOTHING_NEW.fullmatch(a.replace(b, "", 1)):
            return True
    return False


def trim_label(label: str) -> str:
    """A label without period words in front and stage words behind."""
    return re.sub(r"(?:支出决算|收入决算|决算|支出|数)+$", "", strip_period(label))


def strip_period(label: str) -> str:
    """A label without period words in front."""
    return re.sub(r"^(?:(?:19|20)\d{2}年度?|本年度?|我?单位|其中|，|：)+", "", label)


def stem(label: str) -> str:
    """What a label is about, without its stage: “三公”经费支出预算 → “三公”经费."""
    return _STEM_TAIL.sub("", label) or label


def is_mute(label: str) -> bool:
    """A label that names a stage but no item: 支出决算, 年初预算数."""
    return bool(_MUTE.fullmatch(strip_period(label)))


def _is_budget(value: Value) -> bool:
    return "预算" in value.label and "决算" not in value.label


_HANDLERS = {
    Role.STOP: Walker.stop, Role.OPEN: Walker.open, Role.REASONS: Walker.reasons,
    Role.VALUE: Walker.value, Role.DELTA: Walker.delta, Role.RATE: Walker.rate,
    Role.PRIOR: Walker.prior, Role.COMPARE: Walker.compare, Role.FLAT: Walker.flat,
    Role.SHARE: Walker.share, Role.COMPLETION: Walker.completion,
    Role.RELATION: Walker.relation, Role.DIFFERENCE: Walker.difference,
    Role.PRICE: Walker.price, Role.MEASURE: Walker.measure, Role.NIL: Walker.nil,
    Role.LABEL: Walker.label,
}  # fmt: skip
