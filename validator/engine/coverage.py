"""How much was checked（核对率）: figures of account that took part in a comparison."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.facts import SectionRole
from validator.findings import Coverage, FigureState, SectionCoverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.reading import Reading


def coverage_of(reading: Reading, states: Sequence[FigureState]) -> Coverage:
    """Coverage of a document, whole and by section.

    Args:
        reading: Its figures and sections.
        states: State of each figure, by figure id.
    """
    numbers: Counter[int] = Counter()
    checked: Counter[int] = Counter()
    totals: Counter[FigureState] = Counter()
    every = seen = 0
    for figure, state in zip(reading.figures, states, strict=True):
        if state is FigureState.IGNORED:
            continue
        judged = state is not FigureState.UNCHECKED
        every += 1
        seen += judged
        if reading.sections[figure.section].role is SectionRole.ACCOUNTS:
            numbers[figure.section] += 1
            checked[figure.section] += judged
            totals[state] += 1
    return Coverage(
        numbers=sum(numbers.values()),
        checked=sum(checked.values()),
        consistent=totals[FigureState.CONSISTENT],
        inconsistent=totals[FigureState.INCONSISTENT],
        sections=tuple(
            SectionCoverage(s.title, numbers[s.index], checked[s.index])
            for s in reading.sections
            if numbers[s.index]
        ),
        all_numbers=every,
        all_checked=seen,
    )
