"""Wholes and their parts（构成）: which lists are drawn, and with which reading of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import ClaimKind
from validator.document import BlockKind
from validator.findings import Verdict
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
    share_of,
    total,
)
from validator.reporters.html.chart_names import Names, printed, short_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.claims import Claim, Term
    from validator.document import Document
    from validator.findings import Report

_SLOTS = {ClaimKind.DECOMPOSITION: "whole", ClaimKind.FLOW: "total"}
_LISTED = re.compile("其中|包括|包含|主要|组成|构成|分为|用于|方面|[（(：:]")
_FEWEST = 2
_ALMOST = Decimal("0.02")
_READ = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.NOTE)


def lists(report: Report) -> Iterator[Chart]:
    """A chart for each list of amounts whose whole is known, in the order of the claims."""
    document, reading = report.document, report.reading
    if document is None or reading is None:
        return
    names, judged = Names(document, reading), Judged(report.evaluations)
    changes = _changes(reading.claims)
    for claim in reading.claims:
        if claim.kind not in _SLOTS or claim.words.get("carried"):
            continue
        bound = _bound(document, claim, judged)
        if bound is not None and bound[0].figure.id not in changes:
            chart = _chart(document, names, claim, *bound)
            if chart is not None:
                yield chart


def _changes(claims: Sequence[Claim]) -> set[int]:
    """Figures that tell by how much something changed: no wholes of amounts."""
    return {
        terms[0].figure.id
        for claim in claims
        if claim.kind is ClaimKind.CHANGE and "amount" in claim.slots
        for terms in claim.slots["amount"].candidates
    }


def _bound(
    document: Document, claim: Claim, judged: Judged
) -> tuple[Term, tuple[Term, ...], bool] | None:
    """The reading of a list that holds, else the one judged: whole, parts, is it wrong.

    A list that need not be complete is certain only where it stands behind its one whole.
    """
    wholes, parts = claim.slots.get(_SLOTS[claim.kind]), claim.slots.get("parts")
    if wholes is None or parts is None:
        return None
    known = []
    for listed in parts.candidates:
        for (whole,) in wholes.candidates:
            verdicts = judged.of((whole, *listed))
            if not verdicts & (HOLDS | {Verdict.INCONSISTENT}):
                continue
            if total(listed).touches(whole.figure.interval):
                return whole, listed, False
            wrong = Verdict.INCONSISTENT in verdicts
            if not (wrong and verdicts & HOLDS) or _near(whole, listed):
                known.append((whole, listed, wrong))
    for one in known:
        if one[2]:
            return one
    alone = len(wholes.candidates) == 1 and not claim.words.get("outline")
    if known and alone and _behind(document, *known[0][:2]):
        return known[0]
    return None


def _near(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether parts come to almost the whole.

    Where they do not, a rule that lets them be less and one that does not cannot have meant
    the same parts.
    """
    left = amount_of(whole) - sum((amount_of(term) for term in parts), ZERO)
    return abs(left) <= amount_of(whole) * _ALMOST


def _behind(document: Document, whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the list stands behind its whole in the same paragraph, with 其中 between."""
    first = min(term.figure.span.start for term in parts)
    block = document.block_at(whole.figure.span.start)
    if block is None or not whole.figure.span.end <= first < block.span.end:
        return False
    return bool(_LISTED.search(document.text[whole.figure.span.end : first]))


def _chart(
    document: Document,
    names: Names,
    claim: Claim,
    whole: Term,
    parts: Sequence[Term],
    wrong: bool,
) -> Chart | None:
    size = amount_of(whole)
    # 收、支总计100万元，其中收入总计100万元，支出总计100万元: nothing is divided.
    same = sum(term.figure.interval.touches(whole.figure.interval) for term in parts)
    if same > 1 or len(parts) < _FEWEST or not drawable((whole, *parts)) or size <= ZERO:
        return None
    block = document.block_at(max(term.figure.span.end for term in parts) - 1)
    if block is None or block.kind not in _READ:
        return None
    labels = [names.item(term.figure) for term in parts]
    title = names.item(whole.figure) or short_name(claim.subject)
    live = [term for term in parts if term.figure.quantity.number]
    if not all(labels) or not title or len(live) < (1 if wrong else _FEWEST):
        return None
    bars = [Bar(Role.WHOLE, title, _printed(document, whole), size)]
    for term, label in zip(parts, labels, strict=True):
        value = amount_of(term)
        bars.append(
            Bar(Role.PART, label, _printed(document, term), value, share_of(value, size))
        )
    if not total(parts).touches(whole.figure.interval):
        left = size - sum((amount_of(term) for term in parts), ZERO)
        role = Role.MORE if not wrong else Role.LESS if left > ZERO else Role.OVER
        like = [term.figure.quantity for term in (whole, *parts)]
        gap = abs(left)
        bars.append(Bar(role, "", computed(gap, like), gap, share_of(gap, size)))
    return Chart(
        Shape.BARS,
        title,
        tuple(bars),
        block.index,
        whole.figure.id,
        size,
        whole.figure.span.start,
        wrong,
    )


def _printed(document: Document, term: Term) -> str:
    """An amount as the report prints it, with a minus where the list takes it off."""
    quote = printed(document, term.figure)
    return f"−{quote}" if term.sign < 0 else quote
