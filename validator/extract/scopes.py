"""Scopes（层次）: under which whole a figure stands, and which figures a clause relates.

Walks the elements of a block from left to right with a stack of open lists. 其中 opens a
list under the amount before it; a bracket opens one that ends with the bracket; a numbered
outline continues one over paragraphs. The result is a `Story`: values, lists and the
relations between them, still without any judgement of which binding is right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.extract.elements import Role
from validator.extract.labels import is_mute, other_side, same_name, strip_period, topic
from validator.extract.story import Change, Completion, ListScope, Story, Value

if TYPE_CHECKING:
    from validator.extract.elements import Element

_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年")
# 本年收入50万元，本年支出45万元: the spending is not that of the revenue.
_OTHER_SIDE = re.compile(
    r".*(?:收入|结转和结余|结转结余)(?:合计|总计|总量)?/"
    r"(?:[本当]年|全年)?支出(?:合计|总计|总量|安排|决算)?数?$"
)
_PRIOR = re.compile(r"^(?:而)?(?:上年度?末?|去年底?|上一年度?)(?!结转)")


class ScopeWalker:
    """Lists, values and names of one block; `Walker` adds the relations between them."""

    def __init__(self, story: Story, figure_ids: dict[int, int]) -> None:
        self._story = story
        self._ids = figure_ids
        self._text = story.cleaned.text
        self._lists: list[ListScope] = []
        self._brackets: list[tuple[int, Value | None, Change | None, int | None, str]] = []
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
        self._worded = False
        self._topic = ""
        self._segment = 0
        self._last_stop = ""
        self._announced = False

    # -- delimiters ----------------------------------------------------------------------

    def stop(self, element: Element) -> None:
        """A delimiter ends lists, changes or the sentence."""
        kind = self._last_stop = element.stop
        if kind == "（":
            around = (self._subject, self._change, self._year, self._topic)
            state = (len(self._lists), *around)
            self._brackets.append(state)
            if self._subject is not None and self._subject.element.end == element.start:
                self._open_bracket(element)
            return
        if kind == "）":
            if self._brackets:
                depth, subject, change, year, topic_ = self._brackets.pop()
                self._close_lists(depth)
                # （2024年460万元）: the year holds inside the bracket.
                self._subject, self._change, self._year = subject, change, year
                self._topic = topic_
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
                if kind == "；":
                    scope.breaks.append(len(scope.parts))

    def _floor(self) -> int:
        return self._brackets[-1][0] if self._brackets else 0

    def _end_sentence(self) -> None:
        keep = bool(self._lists) and self._fresh_list and not self._lists[-1].parts
        keep = keep and self._lists[-1].cue != "（" and not self._worded
        self._worded = False
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
            top.whole = "whole" in element.flags
            top.split = "split" in element.flags
            return
        split = "split" in element.flags
        if split and not self._story.values:
            # 按支出性质分：支出合计…，其中：… announces, opens nothing yet
            self._pending = None
            self._announced = True
            return
        label = self._pending.label if self._pending is not None else ""
        if split:
            self._close_lists(self._floor())
        parent = self._lists[-1] if self._lists else None
        former = self._former()
        again = former if split and not label else None
        scope = ListScope(
            self._wholes(former) if split and not label else self._heads(label, parent),
            again.head_label if again is not None else label,
            None if again is not None or (split and element.partial) else self._open_delta(),
            element.partial,
            element.cue,
            element.start,
            len(self._brackets),
            self._story.block,
            parent=parent,
            whole="whole" in element.flags,
            former=former,
            split=split,
        )
        if parent is not None:
            parent.children.append(scope)
        self._lists.append(scope)
        self._story.lists.append(scope)
        self._fresh_list = True
        self._pending = None

    def _former(self) -> ListScope | None:
        """The list before a new way of dividing: the outermost, of the same bracket."""
        depth = len(self._brackets)
        for scope in reversed(self._story.lists):
            if scope.depth == depth:
                while scope.parent is not None and scope.parent.depth == depth:
                    scope = scope.parent  # noqa: PLW2901 - climbs to the outermost
                return scope
        return None

    def _wholes(self, former: ListScope | None) -> list[Value]:
        """Plausible wholes where a way of dividing begins: 按性质分，A，B；按功能分，C，D.

        Total and parts stand before it, so what was divided before comes first and the last
        part last; none at all is sure where the first way of dividing named no total.
        """
        told = former.heads if former is not None else []
        plain = [v for v in self._story.values if v.sign == 0 and is_amount_of_item(v)]
        outer = [v for v in reversed(plain) if v.list is None]
        since = former.start if former is not None else -1
        if any(v.element.start > since for v in outer) and not self._announced:
            last = outer[0].sentence
            nearest = sorted((v for v in outer if v.sentence == last), key=is_budget)
            wholes = [*nearest, *told, *outer]
        else:
            wholes = [*told, *([] if self._announced else outer)]
        return list(dict.fromkeys([*wholes, *(plain[-1:] if wholes else [])]))

    def _open_delta(self) -> Value | None:
        """The difference that a list may detail: just before, or one sentence up."""
        change = self._change or self._last_change
        if change is None or change.sentence < self._sentence - 1:
            return None
        return change.delta

    def _heads(self, label: str, parent: ListScope | None) -> list[Value]:
        """Plausible wholes of a list that opens here."""
        if label:
            named = self._named(label)
            return [named] if named is not None else []
        if self._subject is not None and self._subject.sentence == self._sentence:
            # 设机构3个，核算机构2个，其中：… may detail an earlier amount of the sentence.
            earlier = [
                v
                for v in reversed(self._story.values)
                if v.sentence == self._sentence
                and v is not self._subject
                and v.list is None
                and v.sign == 0
                and v.measure == self._subject.measure
            ]
            return [self._subject, *(earlier if self._subject.list is None else [])]
        if parent is not None and parent.parts:
            return [parent.parts[-1]]
        # 。其中：… the whole stands somewhere in the sentence before, spent before budgeted.
        earlier = [v for v in self._story.values if v.sentence == self._sentence - 1]
        earlier.sort(key=is_budget)
        outer = [v for v in earlier if v.list is None]
        return outer[:1] + [v for v in earlier if v not in outer[:1]]

    def _open_bracket(self, element: Element) -> None:
        """A bracket right behind an amount details it, with or without 其中."""
        assert self._subject is not None  # noqa: S101 - the caller looked
        parent = self._lists[-1] if self._lists else None
        scope = ListScope(
            [self._subject],
            "",
            None,
            True,
            "（",
            element.start,
            len(self._brackets),
            self._story.block,
            parent=parent,
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

    def _make(self, element: Element) -> Value:
        label, start = element.label, element.label_start
        own = self._own_year(label)
        if not label or is_mute(label):
            if self._pending is not None and not is_mute(self._pending.label):
                label, start = self._pending.label + label, self._pending.label_start
            elif label and (other := other_side(label, self._about(label))):
                label = other
            elif label and self._topic and not _OTHER_SIDE.match(f"{self._topic}/{label}"):
                # 年初预算为X，支出决算为Y: both are of what the sentence is about, but a year
                # that stands with the amount itself is its own.
                topic_ = self._topic if own is None else strip_period(self._topic)
                label = topic_ + label
        assert element.number is not None  # noqa: S101 - values have figures
        value = Value(
            element,
            self._ids[element.number.start],
            self._story.block,
            label,
            start,
            self._sentence,
            year=self._own_year(label) if own is None else own,
            segment=self._segment,
        )
        if value.year is not None:
            self._year = value.year if value.year > 1900 else self._year
        elif self._year is not None:
            value.year = self._year
        return value

    def _about(self, label: str) -> str:
        """What a bare 支出 is the other side of: the 收入 before it, or that of the list.

        收入X，其中：保险费收入…；支出Y: where a new stretch begins, the list has ended.
        """
        fresh = not any(v.segment == self._segment for v in self._story.values)
        head = next((s.heads[0] for s in self._lists[:1] if s.heads), None)
        if fresh and head is not None and other_side(label, topic(head.label)):
            self._close_lists(self._floor())
            return topic(head.label)
        return self._topic

    def _own_year(self, label: str) -> int | None:
        if found := _YEAR.search(label):
            return int(found.group("year"))
        if _PRIOR.match(label):
            return -1
        return None

    def _into_list(self, value: Value) -> None:
        if not is_amount_of_item(value):
            return
        self._fresh_list = False
        scope = self._lists[-1]
        # A count inside a list of amounts (购置车辆1辆，金额20万元) belongs to its neighbour.
        measures = {v.measure for v in (scope.heads or scope.parts[:1])}
        if measures and value.measure not in measures:
            outer = scope.parent
            if outer is not None and any(v.measure == value.measure for v in outer.heads):
                outer.parts.append(value)
                value.list = outer
            else:
                scope.others.append(value)
            return
        scope.parts.append(value)
        value.list = scope

    def label(self, element: Element) -> None:
        """Words alone: the name of what follows, or the end of a list (等)."""
        if "tail" in element.flags:
            words = self._text[element.start : element.end]
            if words.startswith("等") and self._lists:
                self._lists[-1].rest = True
            if "made_up" in element.flags:
                made = [k for k, s in enumerate(self._lists) if s.whole]
                self._close_lists(made[-1] if made else len(self._lists))
            return
        if element.label.startswith(("等", "其余", "剩余")) and self._lists:
            self._lists[-1].rest = True
            return
        self._pending = element
        if self._lists and self._fresh_list and "用于" in self._lists[-1].cue:
            # 主要用于干部培训。 says what the money was for: it opens no list of amounts, and
            # the next sentence is about what this one is about.
            self._worded = True
        elif not is_mute(element.label):
            self._topic = topic(element.label)
        if found := _YEAR.search(element.label):
            self._year = int(found.group("year"))

    # -- looking back --------------------------------------------------------------------------

    def _named(self, label: str) -> Value | None:
        for value in reversed(self._story.values):
            plain = value.label.removesuffix("收入").removesuffix(
                "支出"
            )  # 税收占比 of 税收收入
            if same_name(label, value.label) or label == plain:
                return value
        return None

    def _before(self, value: Value | None) -> Value | None:
        values = self._story.values
        return values[-2] if value is not None and len(values) > 1 else None

    def _id(self, element: Element) -> int:
        assert element.number is not None  # noqa: S101 - only elements with a figure ask
        return self._ids[element.number.start]


def is_amount_of_item(value: Value) -> bool:
    """Whether a value may be a part or a whole: no average, nothing left over（结余）."""
    return "average" not in value.element.flags and value.element.role is not Role.DIFFERENCE


def is_budget(value: Value) -> bool:
    """Whether a value's own words name the budget stage."""
    return "预算" in value.label and "决算" not in value.label
