"""Findings of two versions（问题对应）: which are new, which are fixed, which are still there.

A finding is the same where its fingerprint is; as often as it occurs. One whose figure was
changed has another fingerprint: it is still the same where the same rule speaks of the same
place, and is no graver than before. Nor is a finding new that the old version told as a
consequence of another: mending the cause brings to light what else is wrong.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.comparing.results import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from validator.comparing.aligning import Bead
    from validator.document import Span
    from validator.facts import Figure
    from validator.findings import Finding

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Sorted:
    """Findings of two versions, told apart（问题分类）."""

    fresh: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a finding speaks of, in terms that both versions share（所指）.

    Attributes:
        finding: The finding.
        first: Figures of its first evidence, by their ids in the new version.
        all: Figures of all its evidence.
        bead: Which pieces its first evidence stands in, -1 where nothing corresponds.
        altered: Whether one of its figures changed.
    """

    finding: Finding
    first: frozenset[int]
    all: frozenset[int]
    bead: int
    altered: bool = False


class Version:
    """One version's places in terms that both share（位置）."""

    def __init__(
        self,
        figures: Sequence[Figure],
        ids: Mapping[int, int],
        altered: frozenset[int],
        pieces: Sequence[tuple[Span, int]],
    ) -> None:
        """Look up places of one version.

        Args:
            figures: Its figures, in order.
            ids: Their ids in the new version; those that have none are left out.
            altered: Ids, in this version, of those that changed.
            pieces: Its pieces with the numbers of their beads.
        """
        self._figures = figures
        self._starts = [figure.span.start for figure in figures]
        self._ids = ids
        self._altered = altered
        self._pieces = sorted(pieces)

    def spoken(self, finding: Finding) -> Spoken:
        """What a finding speaks of."""
        own = [evidence.span for evidence in finding.evidence if not evidence.document]
        ours = [self._within(span) for span in own]
        everything = frozenset().union(*ours)
        return Spoken(
            finding,
            self._shared(ours[0] if ours else frozenset()),
            self._shared(everything),
            self._bead(own[0]) if own else _NOWHERE,
            altered=bool(everything & self._altered),
        )

    def _within(self, span: Span) -> frozenset[int]:
        """Figures that share a character with a span."""
        at = max(bisect.bisect_right(self._starts, span.start) - 1, 0)
        end = bisect.bisect_left(self._starts, span.end)
        near = self._figures[at:end]
        return frozenset(figure.id for figure in near if figure.span.overlaps(span))

    def _shared(self, figures: frozenset[int]) -> frozenset[int]:
        return frozenset(self._ids[at] for at in figures if at in self._ids)

    def _bead(self, span: Span) -> int:
        after = bisect.bisect_right(self._pieces, span.start, key=lambda one: one[0].start)
        return self._pieces[after - 1][1] if after else _NOWHERE


def versions(
    beads: Sequence[Bead], pairs: Sequence[tuple[Figure, Figure]],
    figures: tuple[Sequence[Figure], Sequence[Figure]], altered: frozenset[int],
) -> tuple[Version, Version]:  # fmt: skip
    """The places of the old version and of the new one.

    Args:
        beads: Pieces that correspond.
        pairs: Figures that correspond.
        figures: All figures of both versions.
        altered: Ids of figures of the old version that changed.
    """
    known = [(at if bead.old and bead.new else _NOWHERE, bead) for at, bead in enumerate(beads)]
    same = {old.id: new.id for old, new in pairs}
    own = {new.id: new.id for _, new in pairs}
    return (
        Version(figures[0], same, altered, [(p.span, n) for n, b in known for p in b.old]),
        Version(figures[1], own, frozenset(), [(p.span, n) for n, b in known for p in b.new]),
    )


def sort_findings(
    old: Sequence[Finding], new: Sequence[Finding], places: tuple[Version, Version]
) -> Sorted:
    """Tell new, fixed and kept findings apart, each in its order."""
    waiting: dict[str, list[Spoken]] = defaultdict(list)
    all_old = [places[0].spoken(finding) for finding in old]
    for one in all_old:
        waiting[one.finding.fingerprint].append(one)
    met: dict[int, Spoken] = {}
    rest: list[tuple[int, Spoken]] = []
    for at, finding in enumerate(new):
        same = waiting[finding.fingerprint]
        if same:
            met[at] = same.pop(0)
        else:
            rest.append((at, places[1].spoken(finding)))
    left = [one for one in all_old if not any(one is other for other in met.values())]
    for test in _TESTS:
        for at, two in rest:
            match = next((one for one in left if _alike(one, two) and test(one, two)), None)
            if at not in met and match is not None:
                met[at] = match
                left = [one for one in left if one is not match]
    for at, two in rest:
        hidden = next((one for one in all_old if _hides(one, two)), None)
        if at not in met and hidden is not None:
            met[at] = hidden
    return Sorted(
        tuple(finding for at, finding in enumerate(new) if at not in met),
        tuple(one.finding for one in left),
        tuple(Kept(met[at].finding, new[at], met[at].altered) for at in sorted(met)),
    )


def _alike(old: Spoken, new: Spoken) -> bool:
    one, two = old.finding, new.finding
    return one.rule == two.rule and one.severity.rank <= two.severity.rank


def _hides(old: Spoken, new: Spoken) -> bool:
    return new.finding.rule in old.finding.consequences and bool(old.all & new.all)


_TESTS: tuple[Callable[[Spoken, Spoken], bool], ...] = (
    lambda old, new: bool(old.first & new.first),
    lambda old, new: bool(old.all & new.all),
    lambda old, new: old.bead == new.bead != _NOWHERE,
)
"""The same figure first, some figure in common, the same sentence or row."""
