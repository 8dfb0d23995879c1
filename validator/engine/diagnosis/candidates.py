"""Candidates（候选改法）: other ways to print one figure, one slip away, that would fit.

A figure is looked at through a window: the values that the failed comparisons allow for it.
Only what lands in the window is worth a trial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.engine import show
from validator.engine.diagnosis.slips import meant
from validator.facts import FigureKind
from validator.findings import RepairKind
from validator.quantity import (
    HUNDRED,
    MONEY_UNITS,
    ONE,
    ZERO,
    Dimension,
    Interval,
    Quantity,
    divide,
    parse_number,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document
    from validator.engine.diagnosis.suspects import Suspect
    from validator.facts import Figure

_UNITS = ("元", "万元", "亿元")
_NUMBER = re.compile(r"[-−+]?[\d０-９][\d０-９,，.．]*")
_DIGITS = frozenset({RepairKind.DIGIT, RepairKind.DROPPED})
_FEW = 12
"""Values that a window may hold at the figure's own step; more tell nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another way to print a figure（候选改法）.

    Attributes:
        kind: The slip that it undoes.
        figure: The figure as it would stand.
        text: What would stand in the place of the figure's words.
    """

    kind: RepairKind
    figure: Figure
    text: str


def candidates(document: Document, suspect: Suspect) -> Iterator[Candidate]:
    """Prints one slip away from a figure that fit its window, the likeliest first."""
    figure, quantity = suspect.figure, suspect.figure.quantity
    quote = document.quote(figure.span)
    seen: set[Decimal] = set()
    # Where nothing at all would fit as well, a figure that fits by being small tells nothing;
    # and what was typed in the place of a zero, or of a single digit, is anybody's guess.
    if not quantity.number or suspect.edge.holds(ZERO):
        return
    for kind, other, digits in _others(document, figure, quote, suspect.edge):
        if not other.number or other.base in seen or other.same_print(quantity):
            continue
        if kind in _DIGITS and not _enough(quantity):
            continue
        if suspect.stated and not _near(other, suspect.point):
            continue
        # Of a limit, any unit that satisfies it will do; digits must just meet it.
        reach = suspect.window if kind is RepairKind.UNIT else suspect.edge
        if not other.interval.touches(reach):
            continue
        unit = quote.removesuffix(quantity.unit.symbol) + other.unit.symbol
        text = reprinted(quote, digits) if digits else unit
        if text not in ("", quote):
            seen.add(other.base)
            yield Candidate(kind, replace(figure, quantity=other), text)


def _enough(quantity: Quantity) -> bool:
    """Whether a figure has digits enough that most of them can vouch for one."""
    ratio = quantity.unit.dimension is Dimension.RATIO
    return ratio or len(quantity.number.as_tuple().digits) > 1 or quantity.quantum < ONE


def _near(other: Quantity, point: Decimal) -> bool:
    """Whether a result is what the other figures come to, give or take its last digit."""
    return abs(other.number - show.exact_like(point, other)) <= other.quantum


def computed(document: Document, suspect: Suspect) -> Candidate | None:
    """The figure as the others have it, printed to its own place; None where many would fit.

    Of a result any number of values may fit: people compute it from what they print.
    """
    figure, window = suspect.figure, suspect.window
    quantity = figure.quantity
    step = quantity.quantum * quantity.unit.factor
    if not suspect.equal or (suspect.point < ZERO) != (quantity.number < ZERO):
        return None
    if not suspect.stated and window.high - window.low > step * _FEW:
        return None
    number = show.exact_like(suspect.point, quantity)
    if not replace(quantity, number=number).interval.touches(window):
        number = show.exact_like(window.middle, quantity)
    other = replace(quantity, number=number)
    if number == quantity.number or (quantity.exact and not other.interval.touches(window)):
        return None
    text = reprinted(document.quote(figure.span), plain(number))
    kind = _named(quantity.number, number)
    return Candidate(kind, replace(figure, quantity=other), text) if text else None


def _named(printed: Decimal, number: Decimal) -> RepairKind:
    wanted = plain(number)
    slips = meant(printed, number, number)
    return next((kind for kind, text in slips if text == wanted), RepairKind.COMPUTED)


def _others(
    document: Document, figure: Figure, quote: str, window: Interval
) -> Iterator[tuple[RepairKind, Quantity, str]]:
    """Slip, quantity and digits; no digits where only the unit is another."""
    quantity = figure.quantity
    if figure.kind is FigureKind.PERCENT and quantity.number:
        for factor in (HUNDRED, divide(Decimal(1), HUNDRED)):
            number = quantity.number * factor
            if factor == HUNDRED:
                number = number.normalize()
                number = number.quantize(Decimal(1)) if number == number // 1 else number
            yield RepairKind.PERCENT, *_with(quantity, plain(number))
    printed = quantity.unit.symbol
    if printed in _UNITS and quote.endswith(printed) and quantity.number:
        for symbol in _UNITS:
            if symbol != printed:
                yield RepairKind.UNIT, replace(quantity, unit=MONEY_UNITS[symbol]), ""
    factor = quantity.unit.factor
    low, high = divide(window.low, factor), divide(window.high, factor)
    for kind, text in meant(quantity.number, low, high):
        if kind is not RepairKind.SIGN or _may_turn(document, figure):
            yield kind, *_with(quantity, text)


def _may_turn(document: Document, figure: Figure) -> bool:
    """Whether a minus may be one too many, or missing in a cell: prose has words for it."""
    block = document.block_at(figure.span.start)
    return figure.quantity.number < ZERO or (block is not None and block.table >= 0)


def _with(quantity: Quantity, digits: str) -> tuple[Quantity, str]:
    number, quantum = parse_number(digits)
    return replace(quantity, number=number, quantum=quantum), digits


def reprinted(quote: str, digits: str) -> str:
    """A figure's words with other digits, grouped as they were; "" where none are found.

    >>> reprinted("1,234.56万元", "12345.60")
    '12,345.60万元'
    """
    found = _NUMBER.search(quote)
    if found is None:
        return ""
    printed = found.group()
    comma = next((c for c in ",，" if c in printed), "")
    if comma:
        whole, point, fraction = digits.removeprefix("-").partition(".")
        grouped = f"{int(whole):,}".replace(",", comma)
        minus = "-" if digits.startswith("-") else ""
        digits = f"{minus}{grouped}{point}{fraction}"
    return quote[: found.start()] + digits + quote[found.end() :]
