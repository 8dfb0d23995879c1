"""The whole pipe（检查）: read → understand → evaluate → Report, for one file or many.

Nothing here raises for a bad file: what cannot be read becomes a report with status
``unreadable``, what the tool itself fails on becomes ``quarantined``, and the next file is
checked all the same.
"""

from __future__ import annotations

import traceback
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from validator.bundle import join, taken_apart
from validator.engine.evaluate import evaluate
from validator.engine.packs import load_rules
from validator.errors import UnreadableDocument
from validator.extract import understand
from validator.findings import Report, Status
from validator.inputs import expand, refuse_folder
from validator.pool import pooled
from validator.readers.sources import Source, read_source, sources
from validator.sets import LONELY, planned, strangers, units_in, units_of
from validator.treatments import Treatment, Treatments

__all__ = [
    "check", "check_document", "check_many", "check_set", "check_treated", "expand",
    "sets_among", "shipped_rules",
]  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from validator.document import Document
    from validator.engine.packs import RuleSet
    from validator.facts import ReportKind

    Set = tuple[Source, ...]
    Work = Callable[[Set], list[Report]]


FEW = 8
"""Up to so many files one process is as fast as several."""
_ROOT = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def shipped_rules() -> RuleSet:
    """The stable rules that come with gouji, read once a process.

    Raises:
        RuleError: The installation is damaged.
    """
    return load_rules(examples=False).active()


def check(
    source: Path | str | bytes,
    *,
    name: str | None = None,
    ruleset: RuleSet | None = None,
    rounding: str = "nearest",
    year: int | None = None,
    kind: ReportKind | None = None,
) -> Report:
    """Check one report; a bad file is told by the status of the result.

    A zip is unreadable here, even with one report in it: ``check_many`` gives one ``Report``
    for each file that a zip holds.

    Args:
        source: A path, or the bytes of a file.
        name: What to call it; the path as given when None.
        ruleset: Rules; the shipped ones when None.
        rounding: ``truncate`` when the figures of the report were cut off, not rounded.
        year: Fiscal year, when the caller knows it better than the text.
        kind: Which report it is, when the caller knows.

    Raises:
        RuleError: The shipped rules cannot be used.
    """
    rules = ruleset if ruleset is not None else shipped_rules()
    called = name if name is not None else _called(source)
    if isinstance(source, bytes):
        one = Source(called, data=source)
    else:
        one = Source(called, Path(source))
    return _check(one, ruleset=rules, year=year, kind=kind, rounding=rounding)


def check_set(found: Set, *, treat: Treatment | Treatments) -> list[Report]:
    """Check files that belong together; what cannot be read leaves the others alone.

    Args:
        found: As ``sets_among`` gives them.
        treat: How all files are checked, or each of them.
    """
    way = treat if isinstance(treat, Treatment) else treat.of(found[0].name)
    ruleset, kind = way.ruleset, way.kind
    settings = partial(check_document, year=way.year, kind=kind, rounding=way.rounding)
    check_one = partial(
        _check, ruleset=ruleset, year=way.year, kind=kind, rounding=way.rounding
    )
    if len(found) == 1:
        return [_told_aside(check_one(found[0]), found[0].aside)]
    read: dict[int, Document] = {}
    reports: dict[int, Report] = {}
    for at, source in enumerate(found):
        try:
            read[at] = _read(source)
        except UnreadableDocument as error:
            reports[at] = Report(source.name, Status.UNREADABLE, error=str(error))
        except Exception as error:
            reports[at] = _quarantined(source.name, error)
    unread = [one.name for one in reports.values()]
    home, *guests = [*read] or [0]
    for at in strangers(read[home], [read[k] for k in guests]) if guests else ():
        reports[guests[at]] = settings(read.pop(guests[at]), ruleset)
    if len(read) > 1:
        joined = join([*read.values()])
        whole = settings(joined.document, ruleset)
        reports |= dict(zip(read, taken_apart(joined, whole), strict=True))
    elif read:
        reports[home] = settings(read[home], ruleset)
    return [_in_set(reports[at], found[0].name, unread) for at in range(len(found))]


def _in_set(report: Report, lead: str, unread: Sequence[str]) -> Report:
    """A report of a set that also has files that could not be read."""
    report, document = replace(report, lead=lead), report.document
    if document is None or report.name in unread:
        return report
    lines = [f"和它一套的“{Path(one).name}”读不了，没有与它对照" for one in unread]
    return replace(report, document=replace(document, unread=(*document.unread, *lines)))


def _told_aside(report: Report, line: str) -> Report:
    """The report, with why it was checked by itself."""
    if not line or report.reading is None:
        return report
    reading = replace(report.reading, unread=(*report.reading.unread, line))
    return replace(report, reading=reading)


def _check(
    source: Source,
    *,
    ruleset: RuleSet,
    year: int | None,
    kind: ReportKind | None,
    rounding: str,
) -> Report:
    try:
        document = _read(source)
    except UnreadableDocument as error:
        return Report(source.name, Status.UNREADABLE, error=str(error))
    except Exception as error:
        return _quarantined(source.name, error)
    return check_document(document, ruleset, year=year, kind=kind, rounding=rounding)


def check_document(
    document: Document,
    ruleset: RuleSet,
    *,
    year: int | None = None,
    kind: ReportKind | None = None,
    rounding: str = "nearest",
    whole: bool = False,
) -> Report:
    """Check a document that has been read; see ``check`` and ``evaluate``."""
    try:
        reading = understand(document, ruleset.lexicon, year=year, kind=kind)
        result = evaluate(document, reading, ruleset, rounding=rounding, whole=whole)
    except Exception as error:
        return _quarantined(document.name, error, document)
    return Report(
        document.name,
        Status.CHECKED,
        document.format,
        document.digest,
        document=document,
        reading=reading,
        rounding=result.rounding,
        profile=result.profile,
        coverage=result.coverage,
        findings=result.findings,
        evaluations=result.evaluations,
        states=result.states,
    )


def check_many(
    paths: Sequence[Path | str],
    *,
    ruleset: RuleSet | None = None,
    rounding: str = "nearest",
    year: int | None = None,
    kind: ReportKind | None = None,
    jobs: int = 1,
    together: bool = True,
) -> Iterator[Report]:
    """Check files in the order given, in several processes when there are many.

    A report and its workbook are judged as one; they then come one after the other.

    A zip gives one for each file in it that looks like a report, in the order of their names,
    called ``压缩包.zip/附表.xlsx``.

    Args:
        paths: Files, as ``expand`` lists them.
        ruleset: Rules; the shipped ones when None.
        rounding: See ``check``.
        year: See ``check``.
        kind: See ``check``.
        jobs: Processes to use at most.
        together: Whether a report and its workbook are judged as one.
    """
    rules = ruleset if ruleset is not None else shipped_rules()
    treatment = Treatment(rules, rounding, year, kind)
    return check_treated(paths, treatment, jobs=jobs, together=together)


def check_treated(
    paths: Sequence[Path | str],
    treat: Treatment | Treatments,
    *,
    jobs: int = 1,
    together: bool = True,
    among: Sequence[Path | str] = (),
) -> Iterator[Report]:
    """Check files, each in its own way; see ``check_many``.

    Args:
        paths: Files, as ``expand`` lists them.
        treat: How all files are checked, or each of them.
        jobs: Processes to use at most.
        together: Whether a report and its workbook are judged as one.
        among: All files that there are, when only some of them are checked: which belong
            together is a question to all.
    """
    work = partial(check_set, treat=treat)
    files = [Path(path) for path in paths]
    beside = [Path(path) for path in among] or files
    found = _sets(files, beside) if together else ((one,) for one in sources(files))
    for reports in _spread(work, found, jobs):
        yield from reports


def _sets(paths: Sequence[Path], among: Sequence[Path]) -> Iterator[Set]:
    """Files that belong together, a report first; of a zip, its members that do."""
    wanted = {path.as_posix() for path in paths}
    found, lonely = planned([path.as_posix() for path in among], units_of)
    groups = [kept for names in found if (kept := [n for n in names if n in wanted])]
    owner = {name: number for number, names in enumerate(groups) for name in names}
    files = [Path(name) for names in groups for name in names]

    def number(source: Source) -> int:
        name = source.name
        while name and name not in owner:
            name = name.rpartition("/")[0]
        return owner.get(name, -1)

    for _, group in groupby(sources(files), number):
        members = {source.name: source for source in group}
        if len(members) > 1 and not members.keys() <= owner.keys():
            yield from sets_among(members)
        else:
            yield tuple(_aside(source, lonely) for source in members.values())


def sets_among(members: Mapping[str, Source]) -> Iterator[Set]:
    """Files that belong together, a report first, among what was found: of one archive, say.

    Args:
        members: By their names, which tell the folder they stand in.
    """

    def units(name: str) -> frozenset[str]:
        try:
            return units_in(read_source(members[name]))
        except Exception:
            # Whatever is wrong with it is told when it is checked.
            return frozenset()

    found, lonely = planned([*members], units)
    yield from (tuple(_aside(members[name], lonely) for name in names) for names in found)


def _aside(source: Source, lonely: frozenset[str]) -> Source:
    return replace(source, aside=LONELY) if source.name in lonely else source


def _spread(work: Work, found: Iterator[Set], jobs: int) -> Iterator[list[Report]]:
    """Work in this process, or in several when there is much of it."""
    first = list(islice(found, FEW + 1)) if jobs > 1 else []
    if len(first) > FEW:
        yield from pooled(work, chain(first, found), jobs, _lost)
    else:
        yield from map(work, chain(first, found))


def _lost(found: Set, error: BaseException) -> list[Report]:
    return [_quarantined(source.name, error) for source in found]


def _read(source: Source) -> Document:
    path = source.path
    if path is not None:
        refuse_folder(path)
    return read_source(source)


def _called(source: Path | str | bytes) -> str:
    return "未命名" if isinstance(source, bytes) else Path(source).as_posix()


def _quarantined(name: str, error: BaseException, document: Document | None = None) -> Report:
    what = f"程序自己出错（{type(error).__name__}），这份没有检查"
    return Report(
        name,
        Status.QUARANTINED,
        document.format if document else "",
        document.digest if document else "",
        error=f"{what}；请把文件和 --format json 的结果交给开发者",
        document=document,
        trace=_trace(error),
    )


def _trace(error: BaseException) -> str:
    """What failed and where, without this machine's folders."""
    lines = [f"{type(error).__name__}: {error}"]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        shown = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(path.name)
        lines.append(f"{shown.as_posix()}:{frame.lineno} {frame.name}")
    return "\n".join(lines)
