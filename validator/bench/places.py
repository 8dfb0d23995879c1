"""Where an error can be planted（可种错处）: printed figures and the words that steer them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.bench.prints import Print, parsed
from validator.claims import ClaimKind
from validator.document import BlockKind, Span
from validator.facts import SectionRole
from validator.quantity import ZERO, plain, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.claims import Claim
    from validator.document import Document
    from validator.reading import Reading

_STEERS = r"(?=了?约?\s?[-−－]?\d)"
"""A direction word says something of the figure right behind it; 新增 and 增加值 do not."""
_COMPARISONS = {"大于": "小于", "高于": "低于", "多于": "少于"}
_COMPARED = re.compile(
    r"(?<=[数算])(大于|小于|高于|低于|多于|少于)(?=(?:年初|全年|调整后?)?预算)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A printed figure that an error can be planted in（数字）.

    Attributes:
        span: The number and its unit.
        print: How it is printed.
        cell: Whether it stands in a table.
        last_year: Digits of last year's figure of the same, or "".
    """

    span: Span
    print: Print
    cell: bool
    last_year: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that steers figures, and its opposite（增减词、比较词、年度）.

    Attributes:
        span: The word.
        opposite: What a slip would put there.
        figure: The figure that it steers, or the word itself.
    """

    span: Span
    opposite: str
    figure: Span


def places_of(document: Document, reading: Reading) -> list[Place]:
    """Figures of account of a report, as gouji reads them.

    Numbers behind pictures and of records files are left out: they are data beside the text.
    """
    last = _last_year(reading.claims)
    accounts = {s.index for s in reading.sections if s.role is SectionRole.ACCOUNTS}
    found = [f for f in reading.figures if not f.ignored and f.section in accounts]
    return list(places_at(document, [(f.span, last.get(f.span, "")) for f in found]))


def places_at(document: Document, found: Iterable[tuple[Span, str]]) -> Iterator[Place]:
    """Places of figures at given spans, each with the digits of last year's figure or ""."""
    for span, last_year in found:
        block = document.block_at(span.start)
        print_ = parsed(document.quote(span))
        data = block is None or block.kind in (BlockKind.CHART, BlockKind.RECORD)
        if print_ is not None and not data:
            cell = block is not None and block.kind is BlockKind.CELL
            yield Place(span, print_, cell, last_year)


def _last_year(claims: Sequence[Claim]) -> dict[Span, str]:
    """Digits of last year's figure, printed or computed, where a change is told plainly."""
    found: dict[Span, str] = {}
    for claim in claims:
        slots = {
            name: operand.candidates[0][0].figure
            for name, operand in claim.slots.items()
            if len(operand.candidates) == 1 and len(operand.candidates[0]) == 1
        }
        current = slots.get("current")
        if claim.kind is not ClaimKind.CHANGE or current is None:
            continue
        now, digits = current.quantity, ""
        if "prior" in slots and slots["prior"].quantity.unit == now.unit:
            digits = plain(slots["prior"].quantity.number)
        elif "amount" in slots and claim.words.get("amount_direction", ZERO):
            amount = slots["amount"].quantity.base * claim.words["amount_direction"]
            digits = plain(rounded((now.base - amount) / now.unit.factor, now.quantum))
        if digits and not digits.startswith("-"):
            found[current.span] = digits
    return found


def directions(document: Document, opposites: Mapping[str, str]) -> list[Word]:
    """增加、下降 and the like that stand right before a figure."""
    words = "|".join(sorted(map(re.escape, opposites), key=lambda w: (-len(w), w)))
    found = re.finditer(rf"({words}){_STEERS}", document.text)
    return [
        Word(Span(*m.span(1)), opposites[m[1]], _figure_after(document, m.end(1)))
        for m in found
    ]


def comparisons(document: Document) -> list[Word]:
    """大于、小于 between what was spent and the budget."""
    opposite = _COMPARISONS | {b: a for a, b in _COMPARISONS.items()}
    spans = ((m, Span(*m.span(1))) for m in _COMPARED.finditer(document.text))
    return [Word(span, opposite[m[1]], span) for m, span in spans]


def years(document: Document, year: int) -> list[Word]:
    """The report's year wherever it stands."""
    if not year:
        return []
    found = re.finditer(rf"(?<!\d){year}(?=年)", document.text)
    return [Word(Span(*m.span()), str(year - 1), Span(*m.span())) for m in found]


def _figure_after(document: Document, at: int) -> Span:
    found = re.compile(r"[^\d]{0,4}[\d,.]+").match(document.text, at)
    return Span(at, found.end() if found else at)


def neighbours(document: Document, places: Sequence[Place], at: int) -> list[Place]:
    """Figures of the same unit beside one: in its sentence, or in its row of a table."""
    here = places[at]
    found = []
    for step in (-1, 1):
        k = at + step
        while 0 <= k < len(places) and _together(document, here, places[k]):
            if _alike(here, places[k]):
                found.append(places[k])
                break
            k += step
    return [one for one in found if one.print.value != here.print.value]


def _alike(one: Place, other: Place) -> bool:
    """Same unit; in tables, which print none in their cells, the same decimal places."""
    same = one.print.unit == other.print.unit
    return same and (not one.cell or one.print.places == other.print.places)


def _together(document: Document, one: Place, other: Place) -> bool:
    first, second = sorted((one.span, other.span))
    if one.cell or other.cell:
        a, b = document.block_at(first.start), document.block_at(second.start)
        return (
            a is not None
            and b is not None
            and (a.table, a.row) == (b.table, b.row)
            and one.cell is other.cell
        )
    between = document.text[first.end : second.start]
    return not re.search("[。；\n]", between)
