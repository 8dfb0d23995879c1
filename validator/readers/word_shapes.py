"""The shape of a chart in a Word file（图表）: its title, and its data as one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.readers.draft import Place, chart_series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.readers.draft import Draft
    from validator.readers.layout import Range
    from validator.readers.word_charts import ChartData


@dataclass(frozen=True, slots=True)
class ChartShape:
    """A chart: its title as a paragraph, its data as one line with tabs."""

    part: str
    data: ChartData

    def lines(self) -> list[str]:
        """Its title and its data."""
        return [self.data.title, "\t".join(self._fields())]

    def add(self, draft: Draft, ranges: Sequence[Range]) -> None:
        """Make the chart, the block of its data, and a paragraph of its title."""
        title, (start, end) = ranges
        draft.add(Place(BlockKind.PARAGRAPH, *title, origin=self.part))
        fields: list[Range] = []
        at = start
        for words in self._fields():
            fields.append((at, at + len(words)))
            at += len(words) + 1
        places = iter(fields)
        series = []
        for one in self.data.series:
            name = next(places) if one.name else None
            labels = [next(places) for _ in one.categories]
            kept = [at for at, value in zip(labels, one.values, strict=True) if value]
            values = [next(places) for _ in kept]
            if labels or name:
                at = labels[0][0] if labels else end
                series.append(chart_series(draft.text, name or (at, at), kept, values))
        place = Place(BlockKind.CHART, start, end, origin=self.part)
        draft.add_chart(self.data.title, place, series)

    def _fields(self) -> list[str]:
        """Name, categories and values, series after series, as in text out of Word."""
        fields = []
        for one in self.data.series:
            fields += [one.name] if one.name else []
            fields += [*one.categories, *(value for value in one.values if value)]
        return fields
