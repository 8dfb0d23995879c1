"""True values and how reports print them: every unit, every precision, rounding half up.

A sentence is a tuple of pieces: words, and figures whose true value is known exactly. The
same pieces can be printed many ways, so a test can ask what precision does to a verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import cycle
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

FACTORS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
CODED = ("千元", "百万元")
"""Units in which a whole number is told from a functional code by a decimal."""
CODE_LIKE = re.compile(r"2\d{4}|2\d{6}")
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, exact to the 分."""

    fen: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio, exact; printed as a percentage."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something; printed in full."""

    number: int
    classifier: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A figure as it stands on paper, whatever is true."""

    number: Decimal
    unit: str
    grouped: bool = False
    wide: bool = False


Figure = Money | Ratio | Count | Fixed
Piece = str | Figure
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How figures are printed.

    Attributes:
        unit: Unit of amounts.
        decimals: Decimals of amounts.
        places: Decimals of percentages.
        grouped: Whether thousands are set apart by commas.
        wide: Whether digits are full-width.
        bare_zero: Whether nothing is printed as a plain 0.
    """

    unit: str = "万元"
    decimals: int = 2
    places: int = 2
    grouped: bool = False
    wide: bool = False
    bare_zero: bool = False


def half_up(value: Fraction, decimals: int) -> Decimal:
    """Round half up, as people do."""
    steps = (value * 10**decimals * 2 + 1) // 2
    return Decimal(int(steps)).scaleb(-decimals)


def printed_number(figure: Figure, style: Style) -> tuple[Decimal, str]:
    """What stands on paper: number and unit."""
    if isinstance(figure, Fixed):
        return figure.number, figure.unit
    if isinstance(figure, Count):
        return Decimal(figure.number), figure.classifier
    if isinstance(figure, Ratio):
        return half_up(figure.value * 100, style.places), "%"
    assert isinstance(figure, Money)
    if figure.fen == 0 and style.bare_zero:
        return Decimal(0), style.unit
    value = Fraction(figure.fen, 100 * FACTORS[style.unit])
    number = half_up(value, style.decimals)
    if number == 0 and figure.fen and style.decimals == 0:
        # A plain 0 says that there was nothing; what is too small stands as 0.00.
        number = half_up(value, 2)
    if style.unit in CODED and CODE_LIKE.fullmatch(str(number)):
        number = half_up(value, 1)
    return number, style.unit


def fix(figure: Figure, style: Style) -> Fixed:
    """Put a figure on paper."""
    if isinstance(figure, Fixed):
        return figure
    number, unit = printed_number(figure, style)
    return Fixed(number, unit, style.grouped and isinstance(figure, Money), style.wide)


def print_figure(figure: Figure, style: Style) -> str:
    """The characters of one figure."""
    fixed = fix(figure, style)
    text = format(fixed.number, ",f" if fixed.grouped else "f") + fixed.unit
    return text.translate(WIDE) if fixed.wide else text


def fix_pieces(pieces: Pieces, styles: Sequence[Style]) -> Pieces:
    """Put a sentence on paper; the n-th figure takes the n-th style, over and over."""
    turns = cycle(styles)
    return tuple(p if isinstance(p, str) else fix(p, next(turns)) for p in pieces)


def print_pieces(pieces: Pieces, styles: Sequence[Style]) -> str:
    """The characters of a sentence."""
    return "".join(_parts(pieces, styles))


def place_of(pieces: Pieces, styles: Sequence[Style], at: int) -> tuple[int, int]:
    """Where the piece with index ``at`` stands in the printed sentence."""
    parts = _parts(pieces, styles)
    start = len("".join(parts[:at]))
    return start, start + len(parts[at])


def _parts(pieces: Pieces, styles: Sequence[Style]) -> list[str]:
    turns = cycle(styles)
    return [p if isinstance(p, str) else print_figure(p, next(turns)) for p in pieces]


STYLES = st.builds(
    Style,
    unit=st.sampled_from(["万元", "元", "千元", "百万元", "亿元"]),
    decimals=st.sampled_from([2, 0, 1, 3, 4]),
    places=st.sampled_from([2, 0, 1]),
    grouped=st.booleans(),
    wide=st.sampled_from([False, False, False, True]),
    bare_zero=st.booleans(),
)


@st.composite
def one_unit(draw: st.DrawFn) -> list[Style]:
    """Styles of a report that keeps to one unit but not to one precision."""
    unit = draw(st.sampled_from(["万元", "元", "千元", "百万元", "亿元"]))
    styles = draw(st.lists(STYLES, min_size=1, max_size=4))
    return [replace(style, unit=unit) for style in styles]


MIXED = STYLES.filter(lambda style: style.unit != "元")
ANY_STYLES = st.one_of(one_unit(), st.lists(MIXED, min_size=1, max_size=4))
"""Styles that the figures of a document take in turn."""
