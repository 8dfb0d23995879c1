"""Two versions side by side（对齐）: which pieces of the old one are which of the new one.

First what stands once in both, word for word, and then what stands once in both but for its
numbers, as far as it keeps its order (Cohen's *patience diff*): so an inserted paragraph moves
nothing behind it. What lies between two such anchors is aligned for the greatest likeness, one
piece to one, or to two where one version cuts a sentence that the other does not (after Gale
and Church, 1993). What is left over and stands once in both has been moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.comparing.pieces import Piece

_LARGEST = 20_000
"""So many pairs of pieces between two anchors are all compared; of more, runs of equal keys
are taken first."""
_HUGE = 4_000_000
"""More pairs than this are not compared at all."""
_LIKE, _SAME_KEY, _SAME = 45, 95, 100
"""Likeness in percent: the least that makes one piece the other, of pieces that differ in
their numbers only, and of equal ones."""
_FEWEST = 8
"""A moved piece with fewer characters than this could be any other."""
_STEPS = ((1, 1), (1, 2), (2, 1))
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Bead:
    """Pieces that are the same in both versions（对应）; one side may be empty.

    Attributes:
        old: Pieces of the old version.
        new: Pieces of the new version.
    """

    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()


def align(old: Sequence[Piece], new: Sequence[Piece]) -> list[Bead]:
    """Every piece of both versions in a bead, once; matched ones first, in their order."""
    pairs = list(_matched(old, new))
    left = sorted(set(range(len(old))) - {i for olds, _ in pairs for i in olds})
    right = sorted(set(range(len(new))) - {j for _, news in pairs for j in news})
    for by in (_exact, _key):
        moved = _moved([(i, old[i]) for i in left], [(j, new[j]) for j in right], by)
        pairs += [((i,), (j,)) for i, j in moved.items()]
        left = [i for i in left if i not in moved]
        right = sorted(set(right) - set(moved.values()))
    beads = [
        Bead(tuple(old[i] for i in olds), tuple(new[j] for j in news))
        for olds, news in sorted(pairs)
    ]
    return [*beads, *(Bead(old=(old[i],)) for i in left), *(Bead(new=(new[j],)) for j in right)]


Pair = tuple[tuple[int, ...], tuple[int, ...]]


def _matched(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Pair]:
    """Positions of pieces that correspond and keep their order."""
    work = [(0, len(old), 0, len(new))]
    while work:
        low, high, start, end = work.pop()
        while low < high and start < end and old[low].exact == new[start].exact:
            yield (low,), (start,)
            low, start = low + 1, start + 1
        while low < high and start < end and old[high - 1].exact == new[end - 1].exact:
            high, end = high - 1, end - 1
            yield (high,), (end,)
        if low == high or start == end:
            continue
        anchors = _anchors(old[low:high], new[start:end])
        if not anchors:
            for olds, news in _between(old[low:high], new[start:end]):
                yield tuple(low + i for i in olds), tuple(start + j for j in news)
            continue
        before = (low, start)
        for i, j in anchors:
            yield (low + i,), (start + j,)
            work.append((before[0], low + i, before[1], start + j))
            before = (low + i + 1, start + j + 1)
        work.append((before[0], high, before[1], end))


def _anchors(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[int, int]]:
    """What stands once in both and keeps its order."""
    for by in (_exact, _key):
        at = _once(new, by)
        pairs = [(i, at[k]) for k, i in _once(old, by).items() if k in at]
        if pairs:
            return _rising(sorted(pairs))
    return []


def _exact(piece: Piece) -> str:
    return piece.exact


def _key(piece: Piece) -> str:
    return piece.key


def _once(these: Sequence[Piece], by: Callable[[Piece], str]) -> dict[str, int]:
    """Where those stand that stand once; without a word nothing can be told apart."""
    times = Counter(map(by, these))
    return {
        by(piece): at for at, piece in enumerate(these) if times[by(piece)] == 1 and piece.words
    }


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of some pairs in which both sides rise."""
    tops: list[int] = []
    last: list[int] = []
    back: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tops, j)
        back.append(last[place - 1] if place else -1)
        if place == len(tops):
            tops.append(j)
            last.append(at)
        else:
            tops[place], last[place] = j, at
    found = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = back[at]
    return found[::-1]


def _between(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Pair]:
    """What corresponds where nothing stands once in both."""
    size = len(old) * len(new)
    if size <= _LARGEST:
        yield from _likest(old, new)
        return
    if size > _HUGE:
        return
    keys = SequenceMatcher(None, [p.key for p in old], [p.key for p in new], autojunk=False)
    low = start = 0
    for i, j, length in keys.get_matching_blocks():
        if (i - low) * (j - start) <= _LARGEST:
            for olds, news in _likest(old[low:i], new[start:j]):
                yield tuple(low + one for one in olds), tuple(start + one for one in news)
        yield from (((i + k,), (j + k,)) for k in range(length))
        low, start = i + length, j + length


def _likest(old: Sequence[Piece], new: Sequence[Piece]) -> list[Pair]:
    """The alignment in order with the greatest sum of likeness."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            top, how = 0, (0, 0)
            if i and best[i - 1][j] >= top:
                top, how = best[i - 1][j], (1, 0)
            if j and best[i][j - 1] > top:
                top, how = best[i][j - 1], (0, 1)
            for a, b in _STEPS:
                if i >= a and j >= b:
                    gain = _gain(old[i - a : i], new[j - b : j])
                    if gain > 0 and best[i - a][j - b] + gain > top:
                        top, how = best[i - a][j - b] + gain, (a, b)
            best[i][j], step[i, j] = top, how
    found: list[Pair] = []
    i, j = len(old), len(new)
    while i or j:
        a, b = step[i, j]
        if a == b == 0:
            a, b = int(i > 0), int(j > 0 and not i)
        elif a and b:
            found.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return found[::-1]


def _gain(old: Sequence[Piece], new: Sequence[Piece]) -> int:
    """How much is won by taking some pieces for the same; nothing if they are not alike."""
    one = old[0].grams if len(old) == 1 else old[0].grams | old[1].grams
    two = new[0].grams if len(new) == 1 else new[0].grams | new[1].grams
    size = len(one) + len(two)
    if len(old) == len(new) == 1 and old[0].key == new[0].key:
        likeness = _SAME if old[0].exact == new[0].exact else _SAME_KEY
        return (likeness - _LIKE) * (size + 2)
    if not size:
        return 0
    return (_HUNDRED * 2 * len(one & two) // size - _LIKE) * size


def _moved(
    old: Sequence[tuple[int, Piece]],
    new: Sequence[tuple[int, Piece]],
    by: Callable[[Piece], str],
) -> dict[int, int]:
    """What was left over, stands once in both, and is long enough to be known again."""
    olds = _once([piece for _, piece in old], by)
    news = _once([piece for _, piece in new], by)
    return {
        old[i][0]: new[news[k]][0]
        for k, i in olds.items()
        if k in news and len(by(old[i][1])) >= _FEWEST
    }
