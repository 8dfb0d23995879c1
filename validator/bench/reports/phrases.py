"""Clauses that relate figures（说法）: comparisons, lists, completion."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.bench.ledger import RelationKind
from validator.bench.reports.pen import Amount, Mark, Pen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

Line = list[object]
UP, DOWN = 1, -1


class Phrases:
    """The clauses of one report, in the words of its style."""

    def __init__(self, pen: Pen, year: int) -> None:
        self.pen = pen
        self.year = year

    def money(self, amount: Amount) -> Mark:
        """An amount in the style's print."""
        return self.pen.money(amount)

    def compared(
        self, now: Mark, after: Amount, before: Amount, subject: str = "", since: str = ""
    ) -> Line:
        """，比上年增加X万元，增长a%; words for no change; nothing where it cannot be told.

        Args:
            now: Where this year's value stands.
            after: This year's value.
            before: What it is compared with.
            subject: What is compared, when the clause has to say so.
            since: Words before the comparison, the style's own when empty.
        """
        style, rng = self.pen.style, self.pen.rng
        if after.fen == before.fen:
            return ["，", self._year(rng.choice(style.flat))]
        difference = Amount("", abs(after.fen - before.fen), None, f"{after.name}增减额")
        moved = self.pen.money(difference)
        if not self._told(moved, difference):
            return []
        words = since or self._year(rng.choice(style.since))
        form = rng.choice(style.forms)
        if words.startswith("与") or not before.fen:
            form = form if form != "prior" else "both"
        line: Line = ["，", words, subject]
        prior = None
        if form == "prior":
            prior = self.pen.money(before)
            line = ["，", words, "的" if words.endswith(("上年", "数", "度")) else "", prior]
        return [*line, *self._change(now, after, before, moved, prior, form)]

    def told(self, after: Amount, before: Amount, subject: str = "") -> Line:
        """X万元，比上年增加…，主要原因是…, without a full stop."""
        mark = self.pen.money(after)
        change = self.compared(mark, after, before, subject)
        return [mark, change, self.reason(after, before) if change else ""]

    def split(self, whole: Mark, parts: Sequence[Amount], mark: str = "、") -> Line:
        """AX万元、BY万元, which add up to the whole."""
        marks = [self.pen.money(part) for part in parts]
        self.pen.sums(whole, marks)
        return between([[p.name, m] for p, m in zip(parts, marks, strict=True)], mark)

    def heads(
        self, name: str, names: Sequence[str], numbers: Sequence[int], one: str, fact: str = ""
    ) -> Line:
        """58名，其中：甲26名、乙32名."""
        whole = self.pen.count(sum(numbers), one, name, fact=fact)
        marks = [self.pen.count(n, one, part) for n, part in zip(numbers, names, strict=True)]
        self.pen.sums(whole, marks)
        told = [[part, mark] for part, mark in zip(names, marks, strict=True)]
        return [whole, "，其中：", *between(told, "、")]

    def _change(
        self,
        now: Mark,
        after: Amount,
        before: Amount,
        moved: Mark,
        prior: Mark | None,
        form: str,
    ) -> Line:
        """增加X万元，增长a%, with what each part of it states."""
        style = self.pen.style
        grew = after.fen > before.fen
        direction = UP if grew else DOWN
        first, second = style.more if grew else style.less
        rated = before.fen > 0
        ratio = Fraction(abs(after.fen - before.fen), before.fen) if rated else Fraction(0)
        rate = self.pen.rate(ratio, f"{after.name}增减率") if rated else None
        state = self.pen.state
        if rate is not None and rate.quantity is not None and not rate.quantity.number:
            rate = None
        if form == "rate" and rate is not None:
            return [Mark(second, None, direction, f"{after.name}增减"), rate]
        word = Mark(first, None, direction, f"{after.name}增减")
        if prior is not None:
            state(RelationKind.MOVED, word, moved, now, prior)
        if form == "amount" or rate is None:
            return [word, moved]
        other = Mark(second, None, direction, f"{after.name}升降")
        state(RelationKind.AGREE, word, other)
        state(RelationKind.GROWN, rate, other, moved, now)
        if prior is not None:
            state(RelationKind.SHARE, rate, moved, prior)
            state(RelationKind.GREW, rate, other, now, prior)
        return [word, moved, "，", other, rate]

    def _told(self, moved: Mark, difference: Amount) -> bool:
        """Whether a change is large enough to be printed."""
        quantity = moved.quantity
        if quantity is None or not quantity.number:
            return False
        return quantity.number >= 3 * quantity.quantum and difference.fen > 0

    def _year(self, words: str) -> str:
        return words.format(year=self.year - 1)

    def rate_of(self, part: Mark, whole: Mark, ratio: Fraction, item: str) -> Mark:
        """A share or completion rate with its relation."""
        rate = self.pen.rate(ratio, item)
        self.pen.share(rate, part, whole)
        return rate

    def listed(
        self, whole: Mark, total: Amount, parts: Sequence[Amount], lead: str = "，其中："
    ) -> Line:
        """The parts of a whole in one of the style's forms; ends with a full stop."""
        forms = [one for one in self.pen.style.lists if one != "numbered"]
        form = self.pen.rng.choice(forms)
        marks = [self.pen.money(part) for part in parts]
        self.pen.sums(whole, marks)
        names = [part.name for part in parts]
        if form == "composed":
            pairs = between([[n, m] for n, m in zip(names, marks, strict=True)], "、")
            return ["，由", *pairs, "组成。"]
        if form.startswith("respective"):
            line: Line = [lead, "、".join(names), "分别为", *between(marks, "、")]
            if form.endswith("shares") and total.fen:
                line += [
                    "，占比分别为",
                    *between(self.shares(whole, total, parts, marks), "、"),
                ]
            return [*line, "。"]
        if form == "shares" and total.fen:
            rates = self.shares(whole, total, parts, marks)
            told = [[n, m, "，占", r] for n, m, r in zip(names, marks, rates, strict=True)]
            return [lead, *between(told, "；"), "。"]
        mark = self.pen.rng.choice(["；", "，", "、"])
        told = [[n, m] for n, m in zip(names, marks, strict=True)]
        return [lead, *between(told, mark), "。"]

    def parts_of_change(
        self, after: Amount, before: Amount, parts: Sequence[tuple[Amount, Amount]]
    ) -> Line:
        """增加X万元，其中：甲增加A万元，乙减少B万元; nothing where a change is too small."""
        words, moved = [], []
        for now, last in [(after, before), *parts]:
            amount = Amount("", abs(now.fen - last.fen), None, f"{now.name}增减额")
            moved.append(self.pen.money(amount))
            if not self._told(moved[-1], amount):
                return []
            more = now.fen > last.fen
            style = self.pen.style
            word = style.more[0] if more else style.less[0]
            words.append(Mark(word, None, UP if more else DOWN, f"{now.name}增减"))
        pairs = [[word, mark] for word, mark in zip(words, moved, strict=True)]
        self.pen.state(RelationKind.BRIDGE, *[mark for pair in pairs for mark in pair])
        told = [[now.name, pair] for (now, _), pair in zip(parts, pairs[1:], strict=True)]
        return [pairs[0], "，其中：", between(told, "，")]

    def shares(
        self, whole: Mark, total: Amount, parts: Sequence[Amount], marks: Sequence[Mark]
    ) -> list[Mark]:
        """The share of each part in the whole."""
        return [
            self.rate_of(mark, whole, Fraction(part.fen, total.fen), f"{part.name}占比")
            for part, mark in zip(parts, marks, strict=True)
        ]

    def completed(
        self, name: str, actual: Amount, budget: Amount, verb: str = "支出决算"
    ) -> Line:
        """支出预算为X万元，支出决算为Y万元，完成预算的a%, and which is greater."""
        plan, spent = self.pen.money(budget), self.pen.money(actual)
        line: Line = [f"{name}预算为", plan, f"，{verb}为", spent]
        return [*line, *self.rest_of_completion(spent, plan, actual, budget), "。"]

    def rest_of_completion(
        self,
        spent: Mark,
        plan: Mark,
        actual: Amount,
        budget: Amount,
        words: str = "，完成预算的",
    ) -> Line:
        """，完成预算的a%，决算数小于预算数的主要原因是…."""
        line: Line = []
        if budget.fen and actual.fen * 20 > budget.fen:
            ratio = Fraction(actual.fen, budget.fen)
            line += [words, self.rate_of(spent, plan, ratio, f"{actual.name}完成率")]
        if actual.fen == budget.fen:
            self.pen.state(RelationKind.SAME, spent, plan)
            return [*line, "，决算数与预算数持平"]
        if abs(actual.fen - budget.fen) < self.step * 100:
            return line
        more = actual.fen > budget.fen
        word = Mark("大于" if more else "小于", None, UP if more else DOWN, actual.name)
        self.pen.side(word, spent, plan)
        reason = self.pen.rng.choice(MORE_REASONS if more else LESS_REASONS)
        return [*line, "，决算数", word, f"预算数的主要原因是{reason}"]

    @property
    def step(self) -> Decimal:
        """The last printed digit of an amount, in 元."""
        mark = self.pen.money(Amount("", 100_000_000))
        quantity = mark.quantity
        return Decimal(0) if quantity is None else quantity.quantum * quantity.unit.factor

    def reason(self, after: Amount, before: Amount) -> str:
        """，主要原因是…, pushing the right way; nothing where nothing changed."""
        if after.fen == before.fen:
            return ""
        return "，主要原因是" + self.pen.rng.choice(
            MORE_REASONS if after.fen > before.fen else LESS_REASONS
        )


MORE_REASONS = ("工作任务增加", "年中追加项目资金", "人员增资")
LESS_REASONS = ("压减一般性支出", "部分项目尾款结转下年支付", "厉行节约")


def between(pieces: Sequence[object], mark: str) -> Line:
    """Pieces with a mark between each two."""
    line: Line = []
    for at, piece in enumerate(pieces):
        line += [mark if at else "", piece]
    return line


def cut(rng: Random, whole: int, parts: int, least: int = 1) -> list[int]:
    """Cut a whole into parts that add up to it, none of them tiny."""
    weights = [rng.uniform(0.2, 1) for _ in range(parts)]
    shares = [max(int(whole * weight / sum(weights)), least) for weight in weights[1:]]
    return [whole - sum(shares), *shares]
