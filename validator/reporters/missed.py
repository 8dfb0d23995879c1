"""What was not checked（没有查的）: files, parts of them, figures, options. None may pass."""

from __future__ import annotations

import json
import re
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from validator.findings import WAIVERS, Coverage, Status
from validator.reporters.base import Spool
from validator.reporters.places import shown_path
from validator.reporters.summary import is_thin, percent
from validator.reporters.told import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.findings import Report
    from validator.reporters.base import Run
    from validator.reporters.labels import Labels
    from validator.reporters.summary import Demands

_BLANKS = re.compile(r"\s+")
_BREAK = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that was not checked.

    Attributes:
        kind: ``unreadable``, ``quarantined``, ``lost`` (a part of a file that could not be
            read), ``unclear`` (one that was not understood), ``thin`` (too few figures checked)
            or ``refused`` (an option or rule).
        path: The file, or "".
        text: What is wrong and what to do, one line.
        grave: Whether the run does not pass because of it.
    """

    kind: str
    path: str
    text: str
    grave: bool = True


def missed(report: Report) -> Iterator[Missed]:
    """What was not checked of a file, as far as its report tells; a lost part is grave."""
    path = shown_path(report.name)
    if report.status is not Status.CHECKED:
        yield Missed(report.status.value, path, flat(report.error or ""))
    for line in report.document.unread if report.document else ():
        yield Missed("lost", path, flat(line))
    for line in report.reading.unread if report.reading else ():
        yield Missed("unclear", path, flat(line), grave=False)


class Gaps:
    """What was not checked of the files so far: what is demanded is known when the run ends."""

    def __init__(self) -> None:
        """None yet."""
        self._files = Spool()

    def add(self, report: Report) -> None:
        """Take the next report."""
        kept = {
            "name": report.name,
            "missed": [astuple(one) for one in missed(report)],
            "figures": figures(report),
        }
        self._files.write(json.dumps(kept) + "\n")

    def all(self, run: Run, labels: Labels) -> Iterator[Missed]:
        """Everything that was not checked, once: options and rules, then file by file.

        Args:
            run: What they came to.
            labels: Language.
        """
        yield from refused(run)
        for line in self._files.lines():
            kept = json.loads(line)
            demands = run.demands_of(kept["name"])
            for one in (Missed(*fields) for fields in kept["missed"]):
                allowed = one.kind == "lost" and demands.allow_unread
                yield replace(one, grave=False) if allowed else one
            if kept["figures"] and (text := too_few(kept["figures"], demands, labels)):
                yield Missed("thin", shown_path(kept["name"]), text)


def refused(run: Run) -> Iterator[Missed]:
    """Options and rules that could not be used."""
    for line in run.refused:
        yield Missed("refused", "", flat(line))


def figures(report: Report) -> tuple[int, int] | None:
    """Figures of account and how many were checked; None where there can be none."""
    if report.status is not Status.CHECKED or report.format == WAIVERS:
        return None
    return report.coverage.numbers, report.coverage.checked


def too_few(counted: Sequence[int], demands: Demands, labels: Labels) -> str:
    """How much of a file was checked and how much is demanded, "" when that is enough.

    Args:
        counted: From ``figures``.
        demands: What the file must fulfil.
        labels: Language.
    """
    numbers, checked = counted
    least = demands.min_coverage
    if not least or not is_thin(Coverage(numbers, checked), least):
        return ""
    if not numbers:
        return labels.no_figures
    return labels.thin.format(
        checked=checked, numbers=numbers, percent=percent(checked, numbers),
        least=f"{(least * 100).normalize():f}%",
    )  # fmt: skip


def flat(text: str) -> str:
    r"""Text in one line.

    >>> flat("一、收入\n 二、支出")
    '一、收入 二、支出'
    """
    one_line = _BLANKS.sub(lambda m: " " if _BREAK.search(m[0]) else m[0], text)
    return visible(one_line).strip()
