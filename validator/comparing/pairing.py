"""Which report goes with which（配对）: two files, or the reports of two folders."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from validator.comparing.compare import compare
from validator.findings import Status
from validator.sets import WORKBOOKS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from validator.comparing.results import Comparison
    from validator.findings import Finding, Report


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of one report, or one that has no other（一对）.

    Attributes:
        old: Result for the old version, None where the report is new.
        new: Result for the new version, None where the report is gone.
        comparison: What differs; None where one is missing or was not checked.
    """

    old: Report | None = None
    new: Report | None = None
    comparison: Comparison | None = None

    @property
    def fresh(self) -> tuple[Finding, ...]:
        """New findings: of a new report all that it has."""
        if self.comparison is not None:
            return self.comparison.fresh
        return self.new.findings if self.new is not None and self.old is None else ()

    @property
    def versions(self) -> tuple[Report, ...]:
        """The old one and the new one, as far as there are both."""
        return tuple(one for one in (self.old, self.new) if one is not None)

    @property
    def unread(self) -> tuple[Report, ...]:
        """Those of the two that were not checked."""
        return tuple(one for one in self.versions if one.status is not Status.CHECKED)


def pairs(old: Sequence[Report], new: Sequence[Report], places: tuple[str, str]) -> list[Pair]:
    """Compare the reports that belong together; in the order of the new ones, then the gone.

    One report on both sides is a pair. Of several, those with one path below their folders
    are, then those whose paths differ in the suffix only, then those of one name in whatever
    folder, then the only ones of their kind and entity. Tables never go with a text.

    Args:
        old: Results for the old version.
        new: Results for the new version.
        places: The two files, folders or archives that were given.
    """
    ours, theirs = (
        [_Name(PurePosixPath(_below(one.name, place)), one) for one in reports]
        for reports, place in ((old, places[0]), (new, places[1]))
    )
    found = _paired(ours, theirs)
    pairs = [_pair(old[found[at]] if at in found else None, one) for at, one in enumerate(new)]
    gone = set(range(len(old))) - set(found.values())
    return [*pairs, *(_pair(old[at], None) for at in sorted(gone))]


def _pair(old: Report | None, new: Report | None) -> Pair:
    if old is None or new is None or not (old.reading and new.reading):
        return Pair(old, new)
    return Pair(old, new, compare(old, new))


def _below(name: str, place: str) -> str:
    """A file's path below the folder or archive that was given."""
    return name.removeprefix(place.rstrip("/") + "/")


@dataclass(frozen=True, slots=True)
class _Name:
    """A report with its path below the folder that was given."""

    path: PurePosixPath
    report: Report

    @property
    def tables(self) -> bool:
        return self.path.suffix.lower() in WORKBOOKS


def _paired(old: Sequence[_Name], new: Sequence[_Name]) -> dict[int, int]:
    """Positions of new reports → positions of the old ones that they go with."""
    if len(old) == len(new) == 1:
        return {0: 0}
    found: dict[int, int] = {}
    for by in _WAYS:
        left = [at for at in range(len(old)) if at not in found.values()]
        ours = {key: left[at] for key, at in _alone([old[at] for at in left], by)}
        left = [at for at in range(len(new)) if at not in found]
        theirs = [(key, left[at]) for key, at in _alone([new[at] for at in left], by)]
        found |= {at: ours[key] for key, at in theirs if key in ours}
    return found


def _alone(
    names: Sequence[_Name], by: Callable[[_Name], Hashable]
) -> Iterator[tuple[Hashable, int]]:
    """What only one report has, and where that stands."""
    keys = [by(name) for name in names]
    times = Counter(keys)
    return ((key, at) for at, key in enumerate(keys) if key is not None and times[key] == 1)


def _subject(name: _Name) -> Hashable:
    reading = name.report.reading
    if reading is None or not reading.entity:
        return None
    return name.tables, reading.kind, reading.entity


_WAYS: tuple[Callable[[_Name], Hashable], ...] = (
    lambda name: name.path,
    lambda name: (name.tables, name.path.parent / name.path.stem),
    lambda name: (name.tables, name.path.stem),
    _subject,
)
