"""Relations（关系）: changes, shares, completions and differences between values."""

from __future__ import annotations

import re

from validator.extract.elements import Base, Element, Role
from validator.extract.labels import is_mute, same_name, topic
from validator.extract.scopes import ScopeWalker, is_budget
from validator.extract.story import Change, Completion, Loose, Reason, Share, Story, Value
from validator.facts import Basis


class Walker(ScopeWalker):
    """Turns the elements of one block into a story."""

    def walk(self, elements: list[Element]) -> Story:
        """Read all elements and close what is open."""
        for element in elements:
            handler = _HANDLERS[element.role]
            handler(self, element)
        story = self._story
        if (
            self._lists
            and self._fresh_list
            and not self._lists[-1].parts
            and (self._lists[-1].cue != "（")
        ):
            story.open_list = self._lists[-1]
        self._close_lists(0)
        return story

    def reasons(self, element: Element) -> None:
        """主要原因是: what follows explains the last change, or why more was spent."""
        super().reasons(element)
        story, text = self._story, self._text
        start = element.cue_start + len(element.cue)
        if said_of := _SAID.match(text, start):
            start = said_of.end()
        if story.reasons and story.reasons[-1].end > start:
            return  # 由于 inside the reasons is no other reason
        relation = self._completion.relation if self._completion is not None else None
        opened = text.rfind("。", 0, element.cue_start) + 1
        # 增长10%。主要变动原因是…: a sentence that only gives reasons explains the one before.
        alone = element.cue_start - opened <= _REASONS_HEAD
        said = [c for c in story.changes if c.sentence == self._sentence - alone]
        agreed = len({direction_of(c) for c in said}) == 1
        change = said[-1] if said and agreed else None
        if relation is not None and not alone:
            change = None
        end = _reasons_end(text, start)
        if (change is not None or relation is not None) and end > start:
            subject = change.subject if change is not None else self._subject
            why = Reason(change, relation, subject, element.cue_start, start, end)
            story.reasons.append(why)

    def value(self, element: Element) -> None:
        """A line item has an amount."""
        if "maybe_delta" in element.flags and (
            self._reasons or (self._lists and self._lists[-1].delta is not None)
        ):
            self.delta(element)
            return
        chained = element.flags & {"added", "taken"} or (
            self._pending is not None and _ADDED.fullmatch(self._pending.label)
        )
        if chained and self._lists and not self._lists[-1].parts:
            # 收入12亿元，主要是…。加上级补助收入42亿元: no part of the list that only told why.
            self._close_lists(self._floor())
        value = self._make(element)
        if (
            self._pending is not None
            and self._pending.sign
            and not element.label.startswith("其中")
        ):
            value.sign = self._pending.sign
        if self._reasons:
            value.reason = True
            reasons = self._last_change.reasons if self._last_change else []
            if self._last_stop == "、" and reasons and self._last_change is not None:
                # 追加专项经费45万元、人员经费5万元: the word counts for both.
                value.sign = reasons[-1].sign
                reasons.append(value)
        before = self._change
        if element.to and (before is None or before.to is not None or self._prior is not None):
            change = self._new_change(element)
            change.to = value
            change.subject = value
        if self._lists and not self._reasons:
            self._into_list(value)
        elif (
            self._ended is not None
            and not self._reasons
            and self._ended.block == self._story.block
        ):
            self._ended.later.append(value)
        self._story.values.append(value)
        if not is_mute(value.label):
            self._topic = topic(value.label)
        if self._subject is None or "base_before" not in element.flags:
            # 为预算184亿元的101.3%，增长5.8%: the budget is not what grows.
            self._subject = value
        self._change = None if not element.to else self._change
        self._completion = None if not is_budget(value) else self._completion
        self._pending = None

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
        change = self._change
        # 增幅5.56%，增加10亿元; 由X增加到Y，增加Z: one change, said in another order.
        open_ = change is not None and change.delta is None and (change.rate or change.to)
        if change is not None and change.to is not None and change.to.measure != value.measure:
            open_ = False
        if not open_ or change is None or element.label or element.base or element.respective:
            change = self._new_change(element)
        change.delta = value
        if element.respective and element.respective[1] > 1:
            change.subject, change.label = self._respective_subject(element), ""
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
            self._story.block,
            self._sentence,
            self._subject,
            label,
            base,
            prior=self._prior,
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
            change is not None
            and change.rate is None
            and not element.label
            and (element.base is None or _same_base(element.base, change.base))
            and change.flat is None
        )
        if element.respective and element.respective[1] > 1:
            change = self._respective_change(element)
        elif not joins or change is None:
            change = self._new_change(element)
        change.rate = (element, figure)

    def _respective_change(self, element: Element) -> Change:
        """各下降a、b: the k-th rate goes with the k-th last difference, or starts a change."""
        assert element.respective is not None  # noqa: S101 - called for these only
        k, n = element.respective
        run = [
            c
            for c in self._story.changes
            if c.sentence == self._sentence and c.delta and c.delta.element.respective
        ][-n:]
        if len(run) == n and run[k].rate is None:
            return run[k]
        change = self._new_change(element)
        change.subject, change.label = self._respective_subject(element), ""
        return change

    def _respective_subject(self, element: Element) -> Value | None:
        """The k-th of the last n values, when there are as many."""
        assert element.respective is not None  # noqa: S101 - called for these only
        plain = [v for v in self._story.values if v.sign == 0]
        return self._kth(plain, *element.respective)

    def _kth(self, values: list[Value], k: int, n: int) -> Value | None:
        """The k-th of the last n values; None where the list before has not as many."""
        run = [v for v in values if v.element.respective]
        if run:
            told = run[-1].element.respective
            alike = told is not None and told[1] == n
            return run[-n:][k] if alike and len(run) >= n else None
        last = values[-n:]
        if len(last) < n:
            return None
        # One of several in a list has lost its %: nobody can tell whose the others are.
        home = last[0].list
        longer = home is not None and sum(v.list is home for v in values) > n
        return None if longer else last[k]

    def prior(self, element: Element) -> None:
        """比上年X万元: waits for the change that follows."""
        self._prior = (element, self._id(element))
        if element.label and self._pending is None:
            self._pending = Element(
                Role.LABEL,
                element.start,
                element.end,
                label=element.label,
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
            part = self._kth(self._story.values, *element.respective)
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
        """Words after a figure that go on naming it: 295人参加，占X%."""
        return element.label_start == part.element.end and len(element.label) <= 2

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
                self._story.block,
                self._sentence,
                subject,
                element.label or (self._pending.label if self._pending else ""),
            )
            self._story.completions.append(completion)
        completion.rate, completion.base = (element, self._id(element)), base
        self._completion = completion
        self._pending = None

    def relation(self, element: Element) -> None:
        """决算数大于预算数: joins the completion before it."""
        completion = self._completion
        other = completion is not None and _other_stage(completion, element)
        if completion is None or completion.relation is not None or other:
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
        if element.label:
            value.label = element.label + element.cue
        self._story.values.append(value)
        self._subject = value

    def price(self, element: Element) -> None:
        """X元/人."""
        self._loose(element, self._story.prices)

    def measure(self, element: Element) -> None:
        """满意度X%; 提高到Y% opens a change from the level before."""
        earlier = [m for m in self._story.measures if m.sentence == self._sentence]
        self._loose(element, self._story.measures)
        if element.to:
            change = self._new_change(element)
            change.level = self._id(element)
            if earlier:
                change.prior = (earlier[-1].element, earlier[-1].figure)

    def _loose(self, element: Element, into: list[Loose]) -> None:
        label = element.label or (self._pending.label if self._pending else "")
        before = [v for v in self._story.values if v.sentence == self._sentence]
        into.append(
            Loose(
                element,
                self._id(element),
                self._story.block,
                self._sentence,
                before,
                label,
                self._segment,
            )
        )
        self._pending = None

    def nil(self, element: Element) -> None:
        """政府采购支出无."""
        self._story.nils.append(element)
        self._pending = None


def _same_base(base: Base, other: Base | None) -> bool:
    """较上年增加50万元，同比增长4%: both say the same period."""
    return other is not None and (base.year, base.basis) == (other.year, other.basis)


def direction_of(change: Change) -> int:
    """Which way a change goes: 1 up, -1 down, 0 nowhere or not said."""
    element = change.delta.element if change.delta is not None else None
    element = element or (change.rate[0] if change.rate is not None else None)
    element = element or (change.to.element if change.to is not None else None)
    if element is None or element.number is None or not element.number.quantity.number:
        return 0
    torn = change.rate is not None and change.rate[0].sign != element.sign
    return 0 if torn else element.sign


def _reasons_end(text: str, start: int) -> int:
    """Where reasons end: at the full stop that no 二是 follows."""
    end = text.find("。", start)
    while end >= 0 and _GOES_ON.match(text, end + 1):
        end = text.find("。", end + 1)
    return end if end >= 0 else len(text)


_GOES_ON = re.compile(r"[一二三四五六七八九]是|（?\d{1,2}[.、）]|其次|再次|另|同时|此外")
_SAID = re.compile(r"(?:分析)?[是为：]*")
_ADDED = re.compile(r"[再并]?(?:加上?|减去?|扣除)：?")
_REASONS_HEAD = 6


def _other_stage(completion: Completion, relation: Element) -> bool:
    """完成全年预算的99%，决算数大于年初预算数: rate and words speak of different budgets."""
    rate = completion.rate[0].base if completion.rate else None
    if rate is None or relation.base is None:
        return False
    stages = {rate.basis, relation.base.basis}
    return len(stages - {Basis.BUDGET, Basis.UNKNOWN}) > 1


_HANDLERS = {
    Role.STOP: Walker.stop, Role.OPEN: Walker.open, Role.REASONS: Walker.reasons,
    Role.VALUE: Walker.value, Role.DELTA: Walker.delta, Role.RATE: Walker.rate,
    Role.PRIOR: Walker.prior, Role.COMPARE: Walker.compare, Role.FLAT: Walker.flat,
    Role.SHARE: Walker.share, Role.COMPLETION: Walker.completion,
    Role.RELATION: Walker.relation, Role.DIFFERENCE: Walker.difference,
    Role.PRICE: Walker.price, Role.MEASURE: Walker.measure, Role.NIL: Walker.nil,
    Role.LABEL: Walker.label,
}  # fmt: skip
