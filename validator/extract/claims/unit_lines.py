"""Unit lines that cannot be right（单位行）: a table in 元 whose heading says 万元."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.quantity import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.facts import Fact

_FACTORS = (Decimal(10_000), Decimal("0.0001"))
_SURE = 2
"""Amounts of a table that must all be off by the same factor."""

Pair = tuple["Fact", "Fact"]


def unit_lines(desk: Desk) -> Iterator[Claim]:
    """One claim per table whose amounts are those of the text times ten thousand."""
    for pairs in misscaled(desk).values():
        text, cell = pairs[0]
        slots = {
            "first": Operand(((Term(cell.figure),),)),
            "second": Operand(((Term(text.figure),),)),
        }
        words = {"pairs": Decimal(len(pairs))}
        span = cell.figure.span
        yield Claim(ClaimKind.UNIT_LINE, span, slots, words, cell.section, cell.label)


def misscaled(desk: Desk) -> dict[int, list[Pair]]:
    """Tables off by a factor of ten thousand, with the pairs of facts that show it.

    Only where no amount agrees as it stands: then the unit is wrong, not each number. The text
    is asked first; what it does not settle, the other tables do. Found once a document.
    """
    if desk.misscaled is None:
        desk.misscaled = _misscaled(desk)
    return desk.misscaled


def _misscaled(desk: Desk) -> dict[int, list[Pair]]:
    table_of = {one.figure.id: one.table for one in desk.crossings}
    texts: dict[object, list[Fact]] = defaultdict(list)
    cells: dict[object, list[Fact]] = defaultdict(list)
    for fact in desk.facts:
        if fact.role in ("statement", "part") and fact.known:
            texts[replace(fact.key, parent="")].append(fact)
        elif fact.role == "cell":
            cells[fact.key].append(fact)
    by_text, settled = _off(desk, texts, table_of)
    for key, group in cells.items():
        cells[key] = [one for one in group if table_of[one.figure.id] not in by_text]
    by_tables, _ = _off(desk, cells, table_of)
    open_still = {t: pairs for t, pairs in by_tables.items() if t not in {*by_text, *settled}}
    # Of tables that only blame each other nobody knows which is wrong: the last one is told.
    last = max(open_still, default=-1)
    alone = {
        table: pairs
        for table, pairs in open_still.items()
        if table == last
        or not {table_of[other.figure.id] for other, _ in pairs} <= open_still.keys()
    }
    return by_text | alone


def _off(
    desk: Desk, references: dict[object, list[Fact]], table_of: dict[int, int]
) -> tuple[dict[int, list[Pair]], set[int]]:
    """Tables that differ from the references by the factor alone, and those that agree."""
    off: dict[int, list[Pair]] = defaultdict(list)
    right: set[int] = set()
    for fact in desk.facts:
        if fact.role != "cell" or not fact.figure.quantity.number:
            continue
        table = table_of[fact.figure.id]
        for other in references.get(fact.key, []):
            if table_of.get(other.figure.id) == table:
                continue
            if other.figure.interval.touches(fact.figure.interval):
                right.add(table)
            elif _scaled(fact, other):
                off[table].append((other, fact))
    sure = {
        table: pairs
        for table, pairs in off.items()
        if table not in right and len({cell.figure.id for _, cell in pairs}) >= _SURE
    }
    return sure, right


def _scaled(cell: Fact, text: Fact) -> bool:
    return any(
        (cell.figure.interval * Interval.exact(factor)).touches(text.figure.interval)
        for factor in _FACTORS
    )
