"""Figures that no piece accounts for（余下的数字）: found again by fact, or in a row.

A sentence that was written anew states the same fact in other words. A wide table that a page
cuts in two has rows without a word in common with those of the whole one; but its figures stand
in the same order.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from validator.quantity import ZERO

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from validator.facts import Figure
    from validator.reading import Reading

_RUN = 3
"""So many different figures, no zeros, in the same row on both sides are no coincidence."""


def recovered(
    removed: Sequence[Figure], added: Sequence[Figure], old: Reading, new: Reading
) -> list[tuple[Figure, Figure]]:
    """Figures of both sides that are the same after all.

    Args:
        removed: Figures of the old version that nothing corresponds to.
        added: Figures of the new version that correspond to nothing.
        old: What was understood of the old version.
        new: What was understood of the new one.
    """
    found = _by_fact(removed, added, old, new)
    met = {one.id for one, _ in found}, {two.id for _, two in found}
    ours = sorted((f for f in removed if f.id not in met[0]), key=lambda f: f.id)
    theirs = sorted((f for f in added if f.id not in met[1]), key=lambda f: f.id)
    return [*found, *_in_rows(ours, theirs)]


def _by_fact(
    removed: Sequence[Figure], added: Sequence[Figure], old: Reading, new: Reading
) -> list[tuple[Figure, Figure]]:
    """Those that state one fact, and are alone in it."""
    ours, theirs = _facts(removed, old), _facts(added, new)
    return [(figure, theirs[key]) for key, figure in ours.items() if key in theirs]


def _facts(figures: Sequence[Figure], reading: Reading) -> dict[Hashable, Figure]:
    wanted = {figure.id: figure for figure in figures}
    stated: dict[int, Hashable] = {
        fact.figure.id: fact.key
        for fact in reading.facts
        if fact.known and fact.figure.id in wanted
    }
    times = Counter(stated.values())
    return {key: wanted[at] for at, key in stated.items() if times[key] == 1}


def _in_rows(old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Those that stand among others in the same order.

    As many on both sides between two runs, or behind one, without a gap, are the same figures
    with other values.
    """
    ours, theirs = ([f.quantity.number for f in side] for side in (old, new))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    runs = [b for b in blocks if len({*ours[b.a : b.a + b.size]} - {ZERO}) >= _RUN]
    for at, run in enumerate(runs):
        i, j, size = run
        yield from zip(old[i : i + size], new[j : j + size], strict=True)
        i, j = i + size, j + size
        after = runs[at + 1] if at + 1 < len(runs) else None
        one = _unbroken(old, i, after.a if after else len(old))
        two = _unbroken(new, j, after.b if after else len(new))
        if len(one) == len(two):
            yield from zip(one, two, strict=True)


def _unbroken(figures: Sequence[Figure], start: int, end: int) -> Sequence[Figure]:
    """Figures behind a run that follow it and each other at once."""
    at = start
    while at < end and figures[at].id == figures[at - 1].id + 1:
        at += 1
    return figures[start:at]
