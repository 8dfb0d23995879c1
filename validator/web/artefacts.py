"""What can be downloaded（下载）, made inside a child process from what came in."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from validator.annotating import annotator
from validator.annotating.notes import notes
from validator.errors import UsageError
from validator.readers import load
from validator.readers.sniff import container
from validator.reporters import encoded, reporter
from validator.reporters.base import Look, RuleCard, Run
from validator.reporters.summary import Demands, add, start
from validator.reporters.words import ZH
from validator.reporters.xlsx import Decision, Workpaper
from validator.web.reading import batches, listed, treatments
from validator.web.records import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from validator.findings import Report
    from validator.readers.sources import Source
    from validator.reporters.base import Reporter
    from validator.treatments import Treatments
    from validator.web.records import Kind

    Tell = Callable[[Any], None]

_CHOICES = {Choice.CONFIRMED: "确认", Choice.FALSE_ALARM: "误报", Choice.MENDED: "已改"}
_SUFFIXES = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "pdf": (".pdf",),
    "workbook": (".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".ods"),
}
"""Suffixes that files of a container may keep; the first is for all others."""


def make(
    tell: Tell, *, uploads: Sequence[Sequence[str]], number: int | None, kind: Kind,
    target: str, decisions: Mapping[str, Mapping[str, str]], config: str | None = None,
) -> str:  # fmt: skip
    """Make a download → the suffix of its name.

    Args:
        tell: Takes messages; None says that it is at work.
        uploads: Path and name of each file as it came in.
        number: Which file; None for all.
        kind: What to make.
        target: Where to write it.
        decisions: ``choice``, ``note`` and ``day`` by fingerprint; the workpaper shows them.
        config: Path of a configuration file, or None.

    Raises:
        UsageError: It cannot be made; the message says why.
        UnreadableDocument: The file cannot be read.
    """
    ways = treatments(config)
    checked = _checked(tell, uploads, number, ways)
    if kind == "annotated":
        source, report = next(checked)
        return _annotated(source, report, Path(target))
    look = Look(colour=False)
    decided = {key: _decision(one) for key, one in decisions.items()}
    made: Reporter = Workpaper(look, decided) if kind == "workpaper" else reporter("html", look)
    total = start(Demands(), refused=len(ways.faults))
    for _, report in checked:
        made.add(report)
        total = add(total, report, Demands())
    cards = {key: RuleCard.of(rule) for key, rule in ways.rules.items()}
    run = Run(total, ways.fingerprint, len(cards), cards, refused=tuple(ways.faults))
    with Path(target).open("wb") as file:
        file.writelines(encoded(piece) for piece in made.finish(run))
    return ".xlsx" if kind == "workpaper" else ".html"


def _checked(
    tell: Tell, uploads: Sequence[Sequence[str]], number: int | None, ways: Treatments
) -> Iterator[tuple[Source, Report]]:
    """Files with their results; of a set of which one is wanted, only that one."""
    found = listed(uploads, tell)
    for batch in batches(found, uploads):
        if number is None or number in batch.numbers:
            for at, report in batch.reports(ways):
                if number in (None, at):
                    yield found[at], report
            tell(None)


def _annotated(source: Source, report: Report, target: Path) -> str:
    """Write the file with its notes → its suffix."""
    if report.document is None or report.reading is None:
        raise UsageError(report.error or "这份没有检查，不能批注")
    # Of an old file this is what was made of it; its own format is none that we can write.
    data = load(source.path) if source.path is not None else source.data
    copy = annotator(data, source.name).written(tuple(notes(report, ZH)))
    target.write_bytes(copy.data)
    suffix = PurePosixPath(source.name).suffix.lower()
    allowed = _SUFFIXES.get(container(data), ())
    return suffix if suffix in allowed or not allowed else allowed[0]


def _decision(told: Mapping[str, str]) -> Decision:
    choice = _CHOICES[Choice(told["choice"])]
    return Decision(choice, told["note"], date.fromisoformat(told["day"]))
