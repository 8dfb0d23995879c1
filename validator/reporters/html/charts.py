"""Charts of a report（图）: what its own numbers show of wholes, parts and reasons."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.reporters.html.chart_bridges import bridges
from validator.reporters.html.chart_data import Shape
from validator.reporters.html.chart_lists import lists
from validator.reporters.html.chart_svg import draw
from validator.reporters.html.chart_words import CHART_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from markupsafe import Markup

    from validator.findings import Report
    from validator.reporters.html.chart_data import Chart

MOST = 30
MOST_OF_BLOCK = 2


def charts(report: Report, lang: str = "zh") -> Mapping[int, tuple[Markup, ...]]:
    """Charts to be shown below the blocks of a report.

    A chart is drawn only where all of its amounts are bound for sure: a list of parts（构成）as
    bars, reasons for a change or an adjusted budget（增减原因）as a waterfall.

    Args:
        report: A checked report; any other has no charts.
        lang: ``zh`` or ``en``: the language of the words that the report does not give.

    Returns:
        By index of the block, in the order of the blocks: ``<figure class="chart …">``
        elements, the most telling first; at most ``MOST_OF_BLOCK`` for a block and ``MOST``
        in all.
    """
    words = CHART_WORDS[lang]
    found: dict[int, list[Markup]] = defaultdict(list)
    for chart in chosen([*bridges(report), *lists(report)]):
        found[chart.block].append(draw(chart, words))
    return {block: tuple(found[block]) for block in sorted(found)}


def chosen(found: Iterable[Chart]) -> list[Chart]:
    """Which charts are shown, the most telling first: what does not add up, then the largest.

    One for each whole, and one where several say the same.
    """
    kept: list[Chart] = []
    wholes: set[int] = set()
    shown: set[tuple[Shape, tuple[Decimal, ...]]] = set()
    blocks: dict[int, int] = defaultdict(int)
    for chart in sorted(found, key=_rank):
        values = (chart.shape, tuple(bar.value for bar in chart.bars if bar.value))
        if chart.whole in wholes or values in shown:
            continue
        wholes.add(chart.whole)
        shown.add(values)
        if blocks[chart.block] < MOST_OF_BLOCK and len(kept) < MOST:
            blocks[chart.block] += 1
            kept.append(chart)
    return kept


def _rank(chart: Chart) -> tuple[bool, bool, Decimal, int, int]:
    return (
        not chart.broken,
        chart.shape is Shape.BARS,
        -chart.size,
        chart.place,
        -len(chart.bars),
    )
