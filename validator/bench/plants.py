"""Planting（种错）: one error of each kind in each place, the same for the same seed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.bench import prints
from validator.bench.places import comparisons, directions, neighbours, years
from validator.bench.slips import Slip
from validator.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from validator.bench.places import Place, Word
    from validator.document import Document, Span

    Change = Callable[["Site"], Iterator[str]]

_WRONG_UNITS = {"万元": ("元", "亿元"), "亿元": ("万元",), "元": ("万元",)}
_SAME_UNITS = {"万元": (("元", 4), ("亿元", -4)), "元": (("万元", -4),), "亿元": (("万元", 4),)}
_CHANGES = re.compile(r"(?:增加|增长|上升|提高|减少|下降|降低)了?约?$")
_SIGNED = re.compile(r"(?:结余|结转|差额|净额|增长|下降|增加|减少|增长率|增减率)(?:为|：)?$")
_BEFORE = 8


@dataclass(frozen=True, slots=True)
class Planted:
    """An error, or an honest change, in one place（种下的错）.

    Attributes:
        slip: Which kind.
        edit: What is replaced, and by what.
        figure: The figure that it is about: the replaced one, or the one that a word steers.
    """

    slip: Slip
    edit: Edit
    figure: Span


@dataclass(frozen=True, slots=True)
class Ground:
    """A clean report to plant in（种错的底稿）.

    Attributes:
        name: What it is called.
        document: Its text.
        places: Its figures, in order.
        year: Its fiscal year, or 0.
        opposites: Direction words and their opposites.
    """

    name: str
    document: Document
    places: Sequence[Place]
    year: int
    opposites: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """One place of a ground."""

    ground: Ground
    at: int

    @property
    def place(self) -> Place:
        """The place itself."""
        return self.ground.places[self.at]

    @property
    def print(self) -> prints.Print:
        """How its figure is printed."""
        return self.place.print

    @property
    def before(self) -> str:
        """A few characters before it."""
        start = self.place.span.start
        return self.ground.document.text[max(0, start - _BEFORE) : start]


def plants(ground: Ground, slip: Slip, seed: int) -> list[Planted]:
    """One plant of a kind in each place that can take it, in the order of the places.

    Where a place can take several, as any of its digits can be wrong, the seed chooses.
    """
    if slip in _WORDS:
        return [_word(slip, word) for word in _WORDS[slip](ground)]
    found = []
    for at, place in enumerate(ground.places):
        before = str(place.print)
        texts = [text for text in _CHANGE[slip](Site(ground, at)) if text != before]
        if texts:
            chance = random.Random(f"{seed}:{ground.name}:{slip}:{place.span.start}")  # noqa: S311 - a sample
            found.append(Planted(slip, Edit(place.span, chance.choice(texts)), place.span))
    return found


def _word(slip: Slip, word: Word) -> Planted:
    return Planted(slip, Edit(word.span, word.opposite), word.figure)


def _digits(change: Callable[[str], Iterator[str]]) -> Change:
    def texts(site: Site) -> Iterator[str]:
        return (str(site.print.with_digits(one)) for one in change(site.print.digits))

    return texts


def _wrong_unit(site: Site) -> Iterator[str]:
    # Nothing is nothing in every unit.
    for unit in _WRONG_UNITS.get(site.print.unit, ()) if site.print.value else ():
        yield str(site.print.with_unit(unit))


def _no_percent(site: Site) -> Iterator[str]:
    if site.print.is_percent and not site.place.cell:
        yield str(site.print.with_unit(""))


def _ratio(site: Site) -> Iterator[str]:
    if site.print.is_percent and site.print.value:
        yield str(site.print.with_digits(prints.scaled(site.print.digits, -2)))


def _points(site: Site) -> Iterator[str]:
    if site.print.unit == "个百分点":
        yield str(site.print.with_unit("%"))
    elif site.print.is_percent and _CHANGES.search(site.before):
        yield str(site.print.with_unit("个百分点"))


def _sign(site: Site) -> Iterator[str]:
    print_ = site.print
    if print_.sign:
        yield f"{print_}"[len(print_.sign) :]
    elif print_.value and (site.place.cell or _SIGNED.search(site.before)):
        yield f"-{print_}"


def _last_year(site: Site) -> Iterator[str]:
    digits = site.place.last_year
    if digits and prints.differ(digits, site.print.digits):
        yield str(site.print.with_digits(digits))


def _neighbour(site: Site) -> Iterator[str]:
    ground = site.ground
    for other in neighbours(ground.document, ground.places, site.at):
        copied = replace(site.print, digits=other.print.digits, grouped=other.print.grouped)
        yield str(copied)


def _coarser(site: Site) -> Iterator[str]:
    digits = prints.coarser(site.print.digits)
    if digits:
        yield str(site.print.with_digits(digits))


def _other_unit(site: Site) -> Iterator[str]:
    if site.print.value:
        for unit, power in _SAME_UNITS.get(site.print.unit, ()):
            digits = prints.scaled(site.print.digits, power)
            yield str(site.print.with_digits(digits).with_unit(unit))


def _separators(site: Site) -> Iterator[str]:
    if not site.print.grouped and len(site.print.digits.partition(".")[0]) > 3:
        yield str(site.print.in_groups())


def _full_width(site: Site) -> Iterator[str]:
    yield site.print.full_width()


def _trailing_zero(site: Site) -> Iterator[str]:
    if site.print.places:
        yield str(site.print.with_digits(f"{site.print.digits}0"))


_WORDS: dict[Slip, Callable[[Ground], list[Word]]] = {
    Slip.DIRECTION: lambda ground: directions(ground.document, ground.opposites),
    Slip.YEAR: lambda ground: years(ground.document, ground.year),
    Slip.COMPARISON: lambda ground: comparisons(ground.document),
}
_CHANGE: dict[Slip, Change] = {
    Slip.DIGIT: _digits(prints.other_digits),
    Slip.TRANSPOSITION: _digits(prints.transposed),
    Slip.DROPPED: _digits(prints.dropped),
    Slip.DOUBLED: _digits(prints.doubled),
    Slip.POINT: _digits(prints.moved_points),
    Slip.UNIT: _wrong_unit,
    Slip.PERCENT: _no_percent,
    Slip.RATIO: _ratio,
    Slip.POINTS: _points,
    Slip.SIGN: _sign,
    Slip.LAST_YEAR: _last_year,
    Slip.NEIGHBOUR: _neighbour,
    Slip.COARSER: _coarser,
    Slip.OTHER_UNIT: _other_unit,
    Slip.SEPARATORS: _separators,
    Slip.FULL_WIDTH: _full_width,
    Slip.TRAILING_ZERO: _trailing_zero,
}
