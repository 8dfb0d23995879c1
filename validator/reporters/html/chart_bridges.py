"""From one amount to another（增减原因）: which reasons and adjustments are drawn."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from validator.claims import ClaimKind, Term
from validator.document import BlockKind
from validator.findings import Verdict
from validator.quantity import Interval, plain
from validator.reporters.html.chart_data import (
    HOLDS,
    ZERO,
    Bar,
    Chart,
    Judged,
    Role,
    Shape,
    amount_of,
    computed,
    drawable,
    total,
)
from validator.reporters.html.chart_names import Names, printed, short_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims import Claim
    from validator.facts import Figure
    from validator.findings import Report

_NESTED = re.compile("其中|包括|包含|含")
_VISIBLE = Decimal("0.05")
_FEWEST = 2
_READ = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.NOTE)


def bridges(report: Report) -> Iterator[Chart]:
    """A chart for each change whose reasons are amounts, and for each adjusted budget."""
    if report.document is not None and report.reading is not None:
        made = _Bridges(report)
        for claim in report.reading.claims:
            chart = made.of(claim)
            if chart is not None:
                yield chart


class _Bridges:
    """Makes the waterfalls of one report."""

    def __init__(self, report: Report) -> None:
        assert report.document is not None  # noqa: S101 - the caller looked
        assert report.reading is not None  # noqa: S101
        self._document = report.document
        self._names = Names(report.document, report.reading)
        self._judged = Judged(report.evaluations)
        self._changes: dict[int, Claim] = {}
        for claim in report.reading.claims:
            if claim.kind is ClaimKind.CHANGE and "amount" in claim.slots:
                for (term,) in claim.slots["amount"].candidates:
                    self._changes.setdefault(term.figure.id, claim)

    def of(self, claim: Claim) -> Chart | None:
        """The chart of a claim, or None."""
        if claim.kind is ClaimKind.BRIDGE:
            return self._of_reasons(claim, "change", "reasons", ZERO)
        if claim.kind is ClaimKind.DECOMPOSITION and "whole" in claim.slots:
            figure = claim.slots["whole"].candidates[0][0].figure
            told = self._changes.get(figure.id)
            way = told.words.get("amount_direction", ZERO) if told is not None else ZERO
            return self._of_reasons(claim, "whole", "parts", way) if way else None
        if claim.kind is ClaimKind.ADJUSTMENT:
            return self._of_budget(claim)
        return None

    def _of_reasons(self, claim: Claim, whole: str, listed: str, way: Decimal) -> Chart | None:
        """A change and its reasons; parts of a change count in its direction ``way``."""
        if len(claim.slots[whole].candidates) > 1 or len(claim.slots[listed].candidates) > 1:
            return None
        change = claim.slots[whole].candidates[0][0]
        terms = claim.slots[listed].candidates[0]
        reasons = tuple(Term(t.figure, t.sign * (-1 if way < ZERO else 1)) for t in terms)
        told = self._changes.get(change.figure.id)
        direction = told.words.get("amount_direction", ZERO) if told is not None else ZERO
        sign = -1 if direction < ZERO else 1
        whole_change = Term(change.figure, sign)
        adds = total(reasons).touches(_interval(whole_change))
        judged = self._judged.of((change, *terms))
        if told is None or not direction:
            # 相差 tells no direction: only reasons that make it up tell what is meant.
            if not adds or not judged & HOLDS:
                return None
        elif not adds and self._nested(change.figure, reasons):
            return None
        labels = [self._names.reason(t.figure) for t in reasons]
        if not _plain((whole_change, *reasons)) or not all(labels):
            return None
        ends = self._ends(told, whole_change, reasons) if told is not None else None
        subject = self._subject(claim, told) if told is not None else ""
        steps = list(zip(reasons, labels, strict=True))
        return self._waterfall(subject, steps, ends, whole_change)

    def _of_budget(self, claim: Claim) -> Chart | None:
        """年初预算, what was added and taken off, 调整后预算."""
        (final,) = claim.slots["final"].candidates[0]
        first, *moved = claim.slots["parts"].candidates[0]
        judged = self._judged.of((final, first, *moved))
        if not judged or not _plain((final, first, *moved)):
            return None
        labels = [self._names.move(t.figure) for t in moved]
        if not all((*labels, *(self._names.stage(t.figure) for t in (first, final)))):
            return None
        steps = list(zip(moved, labels, strict=True))
        return self._waterfall(self._names.budget(final.figure), steps, (first, final), final)

    def _subject(self, claim: Claim, told: Claim) -> str:
        """What changed, as the report calls it, or "" where it does not say it for sure."""
        if words := claim.subject or told.subject:
            return short_name(words)
        current = told.slots.get("current")
        if current is None or len(current.candidates) > 1:
            return ""
        return self._names.item(current.candidates[0][0].figure)

    def _nested(self, change: Figure, reasons: Sequence[Term]) -> bool:
        """Whether some reasons may be parts of others: 增加38万元，其中…增加20万元."""
        last = max(term.figure.span.start for term in reasons)
        return bool(_NESTED.search(self._document.text[change.span.end : last]))

    def _ends(
        self, told: Claim, change: Term, reasons: Sequence[Term]
    ) -> tuple[Term, Term] | None:
        """Both printed ends of a change, where they fit it and the reasons can be seen."""
        slots = told.slots
        if not {"current", "prior"} <= slots.keys():
            return None
        for (current,), (prior,) in product(
            slots["current"].candidates, slots["prior"].candidates
        ):
            both = (prior, current)
            if (
                not self._names.stage(current.figure)
                or not drawable(both)
                or min(map(amount_of, both)) < ZERO
            ):
                continue
            reached = prior.figure.interval + _interval(change)
            widest = max(abs(amount_of(term)) for term in reasons)
            limit = max(amount_of(prior), amount_of(current)) * _VISIBLE
            if reached.touches(current.figure.interval) and widest >= limit:
                return prior, current
        return None

    def _waterfall(
        self,
        subject: str,
        steps: Sequence[tuple[Term, str]],
        ends: tuple[Term, Term] | None,
        change: Term,
    ) -> Chart | None:
        terms = [term for term, _ in steps]
        if len(terms) < (_FEWEST if ends is None else 1):
            return None
        block = self._document.block_at(terms[-1].figure.span.start)
        if block is None or block.kind not in _READ:
            return None
        bars = [self._step(term, label) for term, label in steps]
        start = amount_of(ends[0]) if ends is not None else ZERO
        goal = amount_of(ends[1]) if ends is not None else amount_of(change)
        begun = ends[0].figure.interval if ends is not None else Interval.exact(ZERO)
        end = _interval(ends[1] if ends is not None else change)
        broken = False
        if not (begun + total(terms)).touches(end):
            judged = self._judged.of((change, *terms, *(ends or ())))
            broken = Verdict.INCONSISTENT in judged
            left = goal - start - sum((amount_of(term) for term in terms), ZERO)
            like = [term.figure.quantity for term in (change, *terms)]
            bars.append(Bar(Role.UNTOLD, "", _signed(left, computed(left, like)), left))
        if ends is not None:
            before, after = ends
            told = self._changes.get(change.figure.id)
            year = told.words.get("base_year", ZERO) if told is not None else ZERO
            bars = [self._end(before, after, year), *bars, self._end(after, before)]
        else:
            bars.append(Bar(Role.CHANGE, "", self._printed(change), goal))
        return Chart(
            Shape.WATERFALL,
            subject,
            tuple(bars),
            block.index,
            change.figure.id,
            max(abs(start), abs(goal)),
            change.figure.span.start,
            broken,
        )

    def _end(self, term: Term, other: Term, year: Decimal = ZERO) -> Bar:
        """An end of a bridge; in 比2022年度400万元增加 last year's amount has no name."""
        name = self._names.stage(term.figure)
        fact = self._names.fact(term.figure)
        year = Decimal(fact.key.year) if fact is not None and fact.key.year else year
        if not name and year:
            name = self._names.item(other.figure)
        label = name if not name or not year or plain(year) in name else f"{name}（{year}）"
        role = Role.WHOLE if label else Role.BASE
        return Bar(role, label, printed(self._document, term.figure), amount_of(term))

    def _step(self, term: Term, label: str) -> Bar:
        value = amount_of(term)
        role = Role.UP if value >= ZERO else Role.DOWN
        return Bar(role, label, self._printed(term), value)

    def _printed(self, term: Term) -> str:
        return _signed(amount_of(term), printed(self._document, term.figure))


def _interval(term: Term) -> Interval:
    return term.figure.interval if term.sign > 0 else -term.figure.interval


def _signed(value: Decimal, words: str) -> str:
    return f"{'−' if value < ZERO else '+'}{words}"


def _plain(terms: Sequence[Term]) -> bool:
    """Whether terms can be steps: money, and none printed with a sign of its own."""
    return drawable(terms) and all(term.figure.quantity.number >= ZERO for term in terms)
