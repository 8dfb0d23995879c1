"""Charts of a Word file（图表）: the values that it keeps behind each picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class DataSeries:
    """A series as the file writes it: a value for each category, "" where it has none."""

    name: str
    categories: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart as the file writes it."""

    title: str
    series: tuple[DataSeries, ...]


def chart_data(root: _Element) -> ChartData:
    """Read a chart part."""
    title = root.find(f"{C}chart/{C}title")
    words = "" if title is None else _title(title)
    return ChartData(words, tuple(_series(one) for one in root.iter(f"{C}ser")))


def _title(title: _Element) -> str:
    rich = "".join(text.text or "" for text in title.iter(f"{A}t"))
    return _flat(rich or "".join(_points(title).values()))


def _series(element: _Element) -> DataSeries:
    name = element.find(f"{C}tx")
    words = ""
    if name is not None:
        plain = name.find(f"{C}v")
        words = " ".join(_points(name).values())
        words = plain.text or "" if plain is not None else words
    labels = _first(element, "cat", "xVal")
    values = _first(element, "val", "yVal")
    places = sorted(labels.keys() | values.keys())
    # A chart without categories numbers its points, as Excel does.
    categories = [labels.get(at, "") if labels else str(at + 1) for at in places]
    return DataSeries(
        _flat(words), tuple(categories), tuple(values.get(at, "") for at in places)
    )


def _first(element: _Element, *names: str) -> dict[int, str]:
    for name in names:
        child = element.find(f"{C}{name}")
        if child is not None:
            return _points(child)
    return {}


def _points(element: _Element) -> dict[int, str]:
    """Cached points by their place; of several levels of categories, the innermost."""
    level = element.find(f".//{C}lvl")
    return dict(_indexed(level if level is not None else element))


def _indexed(element: _Element) -> Iterator[tuple[int, str]]:
    for point in element.iter(f"{C}pt"):
        value = point.find(f"{C}v")
        place = point.get("idx", "")
        if place.isdecimal() and value is not None:
            yield int(place), _flat(value.text or "")


def _flat(words: str) -> str:
    return " ".join(words.split())
