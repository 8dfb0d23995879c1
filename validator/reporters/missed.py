"""What was not checked（没有查的）: files, parts of them, figures, options. None may pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.findings import Coverage, Status
from validator.quantity import plain
from validator.reporters.places import shown_path
from validator.reporters.summary import is_thin, percent, unread
from validator.reporters.told import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from validator.findings import Report
    from validator.reporters.base import Run
    from validator.reporters.labels import Labels


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that was not checked.

    Attributes:
        kind: ``unreadable``, ``quarantined``, ``unread`` (a part of a file), ``thin`` (too few
            figures checked) or ``refused`` (an option or rule).
        path: The file, or "".
        text: What is wrong and what to do, one line.
    """

    kind: str
    path: str
    text: str

    @property
    def grave(self) -> bool:
        """Whether the run does not pass because of it; of most files some drawing is not read."""
        return self.kind != "unread"


def missed(report: Report) -> Iterator[Missed]:
    """What was not checked of a file, as far as its report tells."""
    path = shown_path(report.name)
    if report.status is not Status.CHECKED:
        yield Missed(report.status.value, path, flat(report.error or ""))
    for line in unread(report):
        yield Missed("unread", path, flat(line))


def refused(run: Run) -> Iterator[Missed]:
    """Options and rules that could not be used."""
    for line in run.refused:
        yield Missed("refused", "", flat(line))


class Covered:
    """Coverage of the files so far: how much is demanded is known when the run ends."""

    def __init__(self) -> None:
        """None yet."""
        self._rows: list[tuple[str, int, int]] = []

    def add(self, report: Report) -> None:
        """Remember a file that was checked."""
        if report.status is Status.CHECKED:
            coverage = report.coverage
            self._rows.append((shown_path(report.name), coverage.numbers, coverage.checked))

    def thin(self, run: Run, labels: Labels) -> Iterator[Missed]:
        """Files in which too few figures were checked."""
        least = run.demands.min_coverage
        for path, numbers, checked in self._rows:
            if least and is_thin(Coverage(numbers, checked), least):
                yield Missed("thin", path, thin_words(numbers, checked, least, labels))


def thin_words(numbers: int, checked: int, least: Decimal, labels: Labels) -> str:
    """How much of a file was checked and how much is demanded."""
    if not numbers:
        return labels.no_figures
    return labels.thin.format(
        checked=checked, numbers=numbers, percent=percent(checked, numbers),
        least=f"{plain(least * 100)}%",
    )  # fmt: skip


def flat(text: str) -> str:
    """Text in one line.

    >>> flat("一、收入\\n 二、支出")
    '一、收入 二、支出'
    """
    return " ".join(visible(text).split())
