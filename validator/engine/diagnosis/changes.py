"""Changes（改法）: what would mend something and break nothing, and which of them to offer.

"None rather than a guess": of several changes of one kind none is offered, unless something
tells which of them people would make.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.findings import RepairKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from validator.document import Span
    from validator.engine.diagnosis.comparisons import Effects
    from validator.facts import Figure

_MOST_OFFERED = 3
_KINDS = {kind: rank for rank, kind in enumerate(RepairKind)}


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A change that mends something and breaks nothing（可行的改法）.

    Attributes:
        kind: The slip that it undoes.
        span: What to replace.
        text: What to put there.
        effects: What it would do.
        figure: The figure as it would stand, None for words.
        result: Whether it changes a percentage: those are computed from the rest.
        echo: Whether it makes the figure say what another one beside it says.
        odd: -1 where it gives the figure as many decimals as all others have, 1 where it
            takes that away, else 0.
    """

    kind: RepairKind
    span: Span
    text: str
    effects: Effects
    figure: Figure | None = None
    result: bool = False
    echo: bool = False
    odd: int = 0

    def mends(self, among: Collection[int]) -> frozenset[int]:
        """Which of some failures it would do away with."""
        return (self.effects.mended | self.effects.gone) & frozenset(among)


def offered(changes: Sequence[Change], left: Collection[int], unit: str) -> list[Change]:
    """Changes that are the only one of their kind, the likeliest first, at most three.

    Args:
        changes: All that work.
        left: Failures that are to be explained; what mends more of them comes first.
        unit: Symbol of the unit that the report uses.
    """

    def rank(change: Change) -> tuple[int, bool, int, int]:
        echo = change.echo and change.kind is not RepairKind.COMPUTED
        return -len(change.mends(left)), not echo, change.odd, _KINDS[change.kind]

    prints: dict[tuple[Span, str], Change] = {}
    # Decimals that the report never prints are no better than the slip itself.
    for change in sorted((one for one in changes if one.odd <= 0), key=rank):
        prints.setdefault((change.span, change.text), change)
    kinds: dict[RepairKind, list[Change]] = defaultdict(list)
    for change in prints.values():
        kinds[change.kind].append(change)
    only = [one for found in kinds.values() for one in _likeliest(found, unit)]
    kept = [c for at, c in enumerate(only) if not any(_coarser(c, b) for b in only[:at])]
    # The finding tells all that the first one mends: the others must mend as much.
    return [c for c in kept if c.mends(left) >= kept[0].mends(left)][:_MOST_OFFERED]


def _likeliest(alike: Sequence[Change], unit: str) -> Sequence[Change]:
    """The one of several changes of a kind that people would make; none where unclear.

    Amounts come out of the books and percentages out of somebody's calculator; and a unit that
    differs from all others was not meant.
    """
    if len(alike) == 1:
        return alike
    if alike[0].kind is RepairKind.UNIT:
        found = [one for one in alike if unit and one.text.endswith(unit)]
        return found if len(found) == 1 else []
    for sign in (_says_the_same, _is_in_style, _drops_a_minus, _is_a_result):
        found = [one for one in alike if sign(one)]
        if len(found) == 1:
            return found
    return []


def _says_the_same(change: Change) -> bool:
    return change.echo


def _drops_a_minus(change: Change) -> bool:
    return change.kind is RepairKind.SIGN and not change.text.startswith(("-", "−"))


def _is_a_result(change: Change) -> bool:
    return change.result


def _is_in_style(change: Change) -> bool:
    return change.odd < 0


def _coarser(change: Change, better: Change) -> bool:
    """Whether a change says no more than a better one of the same figure does."""
    if change.figure is None or better.figure is None or change.span != better.span:
        return False
    coarse = change.figure.quantity.quantum > better.figure.quantity.quantum
    return coarse and change.figure.interval.touches(better.figure.interval)
