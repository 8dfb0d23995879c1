"""Figures of two versions（数字对应）: which is which, and which changed.

Pieces that differ in their numbers only give their figures one to one. In others a figure is
known by the words around it, or by the header of its column, and by its value; the order holds.
What is then left over is looked at in ``leftovers``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.comparing.leftovers import recovered
from validator.comparing.pieces import plain_words
from validator.comparing.results import ChangeKind
from validator.quantity import Dimension, Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.comparing.aligning import Bead
    from validator.comparing.pieces import Mark
    from validator.facts import Figure
    from validator.quantity import Interval, Quantity
    from validator.reading import Reading

_ENOUGH = 120
"""The least agreement that makes one figure the other."""
_WORDS, _AFTER, _VALUE, _UNIT = 200, 60, 100, 20
"""Agreement of the words before or of the header, of the words after, the value, the unit."""
_HUNDRED = 100
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Which figure of the new version each of the old one is（对应）.

    Attributes:
        pairs: Figures of both, in the order of the pieces.
        removed: Of the old version only, figures of account alone.
        added: Of the new version only, figures of account alone.
    """

    pairs: tuple[tuple[Figure, Figure], ...]
    removed: tuple[Figure, ...]
    added: tuple[Figure, ...]


def counterparts(beads: Iterable[Bead], old: Reading, new: Reading) -> Counterparts:
    """Find for each figure of the old version the one that it is in the new version."""
    pairs: list[tuple[Figure, Figure]] = []
    removed: list[Figure] = []
    added: list[Figure] = []
    for bead in beads:
        ours = [mark for piece in bead.old for mark in piece.marks]
        theirs = [mark for piece in bead.new for mark in piece.marks]
        same = "".join(p.key for p in bead.old) == "".join(p.key for p in bead.new)
        both = zip(ours, theirs, strict=True) if same else _likest(ours, theirs)
        found = [(one.figure, two.figure) for one, two in both]
        pairs += found
        if "".join(p.exact for p in bead.old) == "".join(p.exact for p in bead.new):
            continue  # what is a figure in one version only is so for what stands elsewhere
        taken = {f.id for f, _ in found}, {f.id for _, f in found}
        removed += [mark.figure for mark in ours if mark.figure.id not in taken[0]]
        added += [mark.figure for mark in theirs if mark.figure.id not in taken[1]]
    met = recovered(removed, added, old, new)
    taken = {f.id for f, _ in met}, {f.id for _, f in met}
    return Counterparts(
        (*pairs, *met),
        tuple(f for f in removed if f.id not in taken[0] and not f.ignored),
        tuple(f for f in added if f.id not in taken[1] and not f.ignored),
    )


def same_digits(old: str, new: str) -> bool:
    """Whether two prints are the same characters, blanks and thousands separators apart.

    >>> same_digits("1,509.52 万元", "1509.52万元"), same_digits("86,05", "8605")
    (True, False)
    """
    one, two = (_THOUSANDS.sub("", plain_words(words)) for words in (old, new))
    return one == two


def change_of(old: Figure, new: Figure, *, same_words: bool) -> ChangeKind | None:
    """What became of a figure, None where nothing did.

    Args:
        old: Of the old version.
        new: Of the new version.
        same_words: Whether both are the same characters but for separators. They then differ
            only in a unit that stands elsewhere, and only where both versions have one:
            单位：元 became 单位：万元.
    """
    one, two = old.quantity, new.quantity
    if same_words:
        money = one.unit.dimension is two.unit.dimension is Dimension.MONEY
        return ChangeKind.CHANGED if money and one.unit != two.unit else None
    if one.same_print(two) and one.qualifier is two.qualifier and old.flaw == new.flaw:
        return None
    return ChangeKind.RESTATED if _same_value(one, two) else ChangeKind.CHANGED


def _same_value(one: Quantity, two: Quantity) -> bool:
    """Whether one value prints as both, words such as 约 aside."""
    if (one.unit, one.quantum) == (two.unit, two.quantum):
        return one.number == two.number
    if one.unit != two.unit and not _convertible(one, two):
        return False
    return _overlap(_bare(one), _bare(two))


def _convertible(one: Quantity, two: Quantity) -> bool:
    """Whether two units are of one measure: 个百分点 and % are not, nor are 人 and 辆."""
    if one.unit.dimension is not two.unit.dimension:
        return False
    if one.unit.dimension is Dimension.COUNT:
        return one.unit.symbol.lstrip("十百千万亿") == two.unit.symbol.lstrip("十百千万亿")
    return not any(unit.symbol.endswith("百分点") for unit in (one.unit, two.unit))


def _bare(quantity: Quantity) -> Interval:
    return replace(quantity, qualifier=Qualifier.NONE).interval


def _overlap(one: Interval, two: Interval) -> bool:
    """Whether intervals share more than an end: 8.95 and 8.96 share 8.955."""
    if one.low == one.high or two.low == two.high:
        return one.touches(two)
    return one.low < two.high and two.low < one.high


def _likest(old: Sequence[Mark], new: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    """The pairs in order with the greatest sum of agreement."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(old):
        for j, two in enumerate(new):
            agreed = _agreement(one, two)
            paired = best[i][j] + agreed if agreed >= _ENOUGH else 0
            best[i + 1][j + 1] = max(paired, best[i][j + 1], best[i + 1][j])
    found = []
    i, j = len(old), len(new)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((old[i], new[j]))
    return found[::-1]


def _agreement(one: Mark, two: Mark) -> int:
    """How much speaks for two figures being the same one."""
    both_headed = bool(one.head and two.head)
    named = _likeness(one.head, two.head) if both_headed else _likeness(one.before, two.before)
    total = _WORDS * named // _HUNDRED
    total += _AFTER * _likeness(one.after[:4], two.after[:4]) // _HUNDRED
    ours, theirs = one.figure.quantity, two.figure.quantity
    if ours.same_print(theirs) or _same_value(ours, theirs):
        total += _VALUE
    return total + (_UNIT if ours.unit.dimension is theirs.unit.dimension else 0)


def _likeness(one: str, two: str) -> int:
    """How alike two contexts are, in percent: the words next to the figure count most."""
    if one == two:
        return _HUNDRED
    if not one or not two:
        return 0
    tail = next(
        (n for n, (a, b) in enumerate(zip(one[::-1], two[::-1], strict=False)) if a != b),
        min(len(one), len(two)),
    )
    shared = sum((Counter(one) & Counter(two)).values())
    longest = max(len(one), len(two))
    return max(_HUNDRED * tail // longest, _HUNDRED * shared // longest - 20)
