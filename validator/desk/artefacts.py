"""What can be downloaded（下载）, made inside a child process from what came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.annotating import kind_of, refusal
from validator.annotating.copies import Original, Wish, annotate
from validator.desk.reading import batches, listed, treatments
from validator.desk.records import Choice
from validator.errors import UsageError
from validator.readers import digest_of, load
from validator.reporters import encoded, reporter
from validator.reporters.base import Look, RuleCard, Run
from validator.reporters.summary import Demands, add, start
from validator.reporters.words import ZH
from validator.reporters.xlsx import Decision, Workpaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from validator.desk.records import Kind
    from validator.findings import Report
    from validator.readers.sources import Source
    from validator.reporters.base import Reporter
    from validator.treatments import Treatments

    Tell = Callable[[Any], None]


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
        decisions: ``choice``, ``note`` and ``day`` by fingerprint; the workpaper shows them,
            and false alarms（误报） get no comment.
        config: Path of a configuration file, or None.

    Raises:
        UsageError: It cannot be made; the message says why.
        UnreadableDocument: The file cannot be read.
    """
    ways = treatments(config)
    checked = _checked(tell, uploads, number, ways)
    if kind == "annotated":
        source, report = next(checked)
        return _annotated(source, _without_false_alarms(report, decisions), ways, Path(target))
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


def _without_false_alarms(report: Report, decisions: Mapping[str, Mapping[str, str]]) -> Report:
    wrong = {key for key, one in decisions.items() if one["choice"] == Choice.FALSE_ALARM}
    kept = tuple(one for one in report.findings if one.fingerprint not in wrong)
    return replace(report, findings=kept)


def _annotated(source: Source, report: Report, ways: Treatments, target: Path) -> str:
    """Write the file with its notes → its suffix."""
    if source.old is not None:
        # Of an old file this is the Word file that was made of it, which was read.
        data, kind, digest = source.data, "legacy", source.old[1]
    else:
        data = load(source.path) if source.path is not None else source.data
        kind, digest = kind_of(data, source.name), digest_of(data)
        if why := refusal(kind):
            raise UsageError(f"{why.partition('；')[0]}；请改为下载检查结果")
    original = Original(Path(source.name), kind, digest, data)
    way = ways.of(report.lead or report.name)
    target.write_bytes(annotate(original, report, way, Wish(), ZH).annotated.data)
    return original.suffixes[0]


def _decision(told: Mapping[str, str]) -> Decision:
    return Decision(Choice(told["choice"]).word, told["note"], date.fromisoformat(told["day"]))
