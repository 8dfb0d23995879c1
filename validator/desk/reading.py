"""What a child process reads（读取）: uploads, what they hold, which belong together.

The same uploads give the same files in the same order, so a number names a file for good.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from validator.config import load_config
from validator.desk.names import apart, relative
from validator.errors import UsageError
from validator.readers.sources import sources
from validator.run import check_set, sets_among
from validator.settings import Settings
from validator.treatments import Treatments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.findings import Report
    from validator.readers.sources import Source

MOST_FILES = 500
"""Files of one check, those in archives counted."""
_BEAT = 5
"""Seconds between two signs of life."""
_MOST_BEATS = 180
"""After so many of them, whatever it is has failed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are checked together as one set（一套文件）.

    Attributes:
        sources: The files, a report first.
        numbers: Their numbers in the check, in the same order.
    """

    sources: tuple[Source, ...]
    numbers: tuple[int, ...]

    def reports(self, treatments: Treatments) -> Iterator[tuple[int, Report]]:
        """Results by number, in their order."""
        checked = check_set(self.sources, treat=treatments)
        yield from sorted(zip(self.numbers, checked, strict=True), key=lambda pair: pair[0])


def listed(
    uploads: Sequence[Sequence[str]], tell: Callable[[object], None] = lambda _: None
) -> list[Source]:
    """Files of a check in their order, names apart; of a zip, those that it holds.

    Args:
        uploads: Path and name of each file as it came in.
        tell: Called with None now and then, as a sign of life.

    Raises:
        UsageError: There are too many.
    """
    names = {Path(path): name for path, name in uploads}
    found: list[Source] = []
    with _signs_of_life(tell):
        for one in sources(names, names.__getitem__):
            found.append(one)
            if len(found) > max(MOST_FILES, len(uploads)):
                raise UsageError(f"解开后超过{MOST_FILES}个文件；请分几次检查")
    told = apart([relative(one.name) for one in found])
    return [replace(one, name=name) for one, name in zip(found, told, strict=True)]


def batches(found: Sequence[Source], uploads: Sequence[Sequence[str]]) -> Iterator[Batch]:
    """Which files belong together; what an archive holds is taken by itself."""
    loose = {name for _, name in uploads}
    groups: dict[str, dict[str, Source]] = {}
    for one in found:
        archive = "" if one.name in loose else _archive(one.name, loose)
        groups.setdefault(archive, {})[one.name] = one
    numbers = {one.name: number for number, one in enumerate(found)}
    for members in groups.values():
        for together in sets_among(members):
            yield Batch(together, tuple(numbers[one.name] for one in together))


def treatments(config: str | None) -> Treatments:
    """How files are checked: as a configuration file says, or as usual.

    Raises:
        RuleError: The configuration cannot be used.
        UsageError: It cannot be read.
    """
    return Treatments(Settings.of(load_config(config)))


@contextmanager
def _signs_of_life(tell: Callable[[object], None]) -> Iterator[None]:
    """Tell that work goes on, for as long as old files may take.

    LibreOffice, which opens them, has deadlines of its own: one file that makes it hang must
    not cost the others their check.
    """
    over = threading.Event()

    def beat() -> None:
        for _ in range(_MOST_BEATS):
            if over.wait(_BEAT):
                return
            tell(None)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _archive(name: str, loose: set[str]) -> str:
    """The upload that holds a file."""
    while name and name not in loose:
        name = name.rpartition("/")[0]
    return name
