"""A pen that writes a report and keeps its ledger（执笔）: no figure without a true value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from validator.bench.ledger import CleanReport, Relation, RelationKind, Slot
from validator.bench.printed import shown
from validator.document import Span
from validator.quantity import (
    MONEY_UNITS,
    PERCENT,
    Quantity,
    Unit,
    count_unit,
    divide,
    rounded,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction
    from random import Random

    from validator.bench.reports.style import Style
    from validator.facts import ReportKind


@dataclass(frozen=True, slots=True)
class Amount:
    """A true amount（真实金额）.

    Attributes:
        fact: Its name among the facts of the report; equal names, equal values.
        fen: Its value in 分.
        last: Last year's, or the budget's, value in 分, or None.
        name: What to call it, in Chinese.
    """

    fact: str
    fen: int
    last: int | None = None
    name: str = ""

    def called(self, name: str) -> Amount:
        """The same amount under another name."""
        return replace(self, name=name)


@dataclass(eq=False, slots=True)
class Mark:
    """A figure or direction word in its place, on the way to becoming a slot."""

    words: str
    quantity: Quantity | None
    direction: int = 0
    item: str = ""
    last_year: str = ""
    fact: str = ""


Piece = "str | Mark | Sequence[Piece]"
Line = list["str | Mark"]


class Pen:
    """Writes one report in one style; ``finish`` hands over the text with its ledger."""

    def __init__(self, style: Style, rng: Random) -> None:
        self.style = style
        self.rng = rng
        self._lines: list[Line] = []
        self._stated: list[tuple[RelationKind, tuple[Mark | None, ...], tuple[int, ...]]] = []

    # What is printed

    def money(
        self, amount: Amount, unit: str = "", places: int | None = None, bare: bool = False
    ) -> Mark:
        """An amount in the style's unit and places, or in others; bare in a table."""
        symbol = unit or self.style.unit
        digits = self._digits(symbol) if places is None else places
        quantity, words = self._amount(amount.fen, symbol, digits, bare)
        last = "" if amount.last is None else self._amount(amount.last, symbol, digits, bare)[1]
        if last == words:
            last = ""
        return Mark(words, quantity, item=amount.name, last_year=last, fact=amount.fact)

    def rate(self, value: Fraction, item: str = "", fact: str = "", bare: bool = False) -> Mark:
        """A ratio as a percentage."""
        quantum = Decimal(1).scaleb(-self.style.percent_places)
        percent = divide(Decimal(value.numerator * 100), Decimal(value.denominator))
        number = rounded(percent, quantum)
        if value in (0, 1) and (self.style.bare_hundred if value else self.style.bare_zero):
            number, quantum = number.quantize(Decimal(1)), Decimal(1)
        words = shown(number, False) + ("" if bare else "%")
        return Mark(words, Quantity(number, PERCENT, quantum), item=item, fact=fact)

    def count(self, number: int, classifier: str, item: str = "", fact: str = "") -> Mark:
        """So many of something."""
        quantity = Quantity(Decimal(number), count_unit(classifier), Decimal(1))
        return Mark(f"{number}{classifier}", quantity, item=item, fact=fact)

    def number(
        self, value: Decimal, unit: Unit, item: str = "", fact: str = "", bare: bool = False
    ) -> Mark:
        """Any other figure, such as a score."""
        quantum = Decimal(1).scaleb(int(value.as_tuple().exponent))
        words = shown(value, False) + ("" if bare else unit.symbol)
        return Mark(words, Quantity(value, unit, quantum), item=item, fact=fact)

    @staticmethod
    def word(words: str, direction: int, item: str = "") -> Mark:
        """A direction word."""
        return Mark(words, None, direction, item)

    def _digits(self, symbol: str) -> int:
        """Decimals that go with a unit, when the style does not say."""
        return self.style.places if symbol == self.style.unit else 2

    def _amount(self, fen: int, symbol: str, digits: int, bare: bool) -> tuple[Quantity, str]:
        unit = MONEY_UNITS[symbol]
        if fen == 0 and self.style.bare_zero and not bare:
            digits = 0
        quantum = Decimal(1).scaleb(-digits)
        number = rounded(divide(Decimal(fen), unit.factor * 100), quantum)
        words = shown(number, self.style.grouped) + ("" if bare else symbol)
        return Quantity(number, unit, quantum), words

    # What is stated

    def state(self, kind: RelationKind, *marks: Mark | None, signs: Sequence[int] = ()) -> None:
        """Note a relation that the words state; it holds between true values."""
        self._stated.append((kind, marks, tuple(signs)))

    def sums(self, whole: Mark, parts: Sequence[Mark], signs: Sequence[int] = ()) -> None:
        """A whole is what its parts make."""
        self.state(RelationKind.SUM, whole, *parts, signs=signs)

    def share(self, rate: Mark, part: Mark, whole: Mark) -> None:
        """A rate is a part by its whole."""
        self.state(RelationKind.SHARE, rate, part, whole)

    def side(self, word: Mark, after: Mark, before: Mark) -> None:
        """A direction word goes with two values."""
        self.state(RelationKind.SIDE, word, after, before)

    # Lines

    def say(self, *pieces: object) -> None:
        """Write a paragraph of words, marks and nested lists of them."""
        self._lines.append(list(_flat(pieces)))

    def row(self, *cells: object) -> None:
        """Write a row of a table."""
        line: Line = []
        for at, cell in enumerate(cells):
            line += ["\t"] if at else []
            line += list(_flat([cell]))
        self._lines.append(line)

    def finish(self, name: str, kind: ReportKind) -> CleanReport:
        """The report with its ledger."""
        words: list[str] = []
        places: dict[int, int] = {}
        slots: list[Slot] = []
        at = 0
        for line in self._lines:
            for piece in [*line, "\n"]:
                printed = piece if isinstance(piece, str) else piece.words
                if isinstance(piece, Mark):
                    places[id(piece)] = len(slots)
                    slots.append(_slot(piece, Span(at, at + len(printed))))
                words.append(printed)
                at += len(printed)
        relations = [
            Relation(one, tuple(-1 if m is None else places[id(m)] for m in marks), signs)
            for one, marks, signs in self._stated
        ]
        relations += _repeated(slots)
        return CleanReport(
            name, kind, self.style.id, "".join(words), tuple(slots), tuple(relations)
        )


def _slot(mark: Mark, span: Span) -> Slot:
    return Slot(span, mark.quantity, mark.direction, mark.item, mark.last_year, mark.fact)


def _repeated(slots: Sequence[Slot]) -> list[Relation]:
    """Every two prints of one fact state the same value."""
    prints: defaultdict[str, list[int]] = defaultdict(list)
    for at, slot in enumerate(slots):
        if slot.fact:
            prints[slot.fact].append(at)
    return [
        Relation(RelationKind.SAME, pair)
        for places in prints.values()
        for pair in combinations(places, 2)
    ]


def _flat(pieces: Iterable[object]) -> Iterable[str | Mark]:
    for piece in pieces:
        if isinstance(piece, (str, Mark)):
            yield piece
        elif isinstance(piece, (list, tuple)):
            yield from _flat(piece)
