"""The whole pipe（检查）: read → understand → evaluate → Report, for one file or many.

Nothing here raises for a bad file: what cannot be read becomes a report with status
``unreadable``, what the tool itself fails on becomes ``quarantined``, and the next file is
checked all the same.
"""

from __future__ import annotations

import os
import re
import traceback
from collections import deque
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from validator.engine.evaluate import evaluate
from validator.engine.packs import load_rules
from validator.engine.yaml_load import nearest
from validator.errors import RuleError, UnreadableDocument, UsageError
from validator.extract import understand
from validator.findings import Report, Status
from validator.readers import read, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor

    from validator.document import Document
    from validator.engine.packs import RuleSet
    from validator.facts import ReportKind

    Work = Callable[[Path], Report]


SUFFIXES = frozenset({".txt", ".md", ".docx", ".pdf"})
"""Files that are taken from a folder."""
FOREIGN = frozenset(
    {".doc", ".docm", ".wps", ".ofd", ".rtf", ".xls", ".xlsx", ".et", ".html", ".htm"}
)
"""Files in a folder that look like reports and cannot be read yet."""
FEW = 8
"""Up to so many files one process is as fast as several."""
_CHUNK = 8
_FAMILY = 3
_ROOT = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def shipped_rules() -> RuleSet:
    """The packs that come with gouji, read once a process.

    Raises:
        RuleError: The installation is damaged.
    """
    return load_rules()


def choose_rules(
    extra: Sequence[Path] = (), select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[RuleSet, list[str]]:
    """Rules to run → (rules, what could not be used, one Chinese line each).

    A folder with a broken rule, or a name that no rule has, is left out and told.

    Args:
        extra: More folders of rules.
        select: Run only these: ids (SUM001), names, or families (SUM).
        ignore: Do not run these.
    """
    faults: list[str] = []
    good: list[Path] = []
    for folder in extra:
        try:
            load_rules(extra=[*good, folder])
            good.append(folder)
        except (RuleError, UsageError) as error:
            faults.append(f"{error}；这次没有用“{folder.as_posix()}”里的规则")
    ruleset = load_rules(extra=good) if good else shipped_rules()
    known = [(rule.id, rule.name) for rule in ruleset.rules]
    chosen = _named(select, known, faults) or {rule_id for rule_id, _ in known}
    left_out = _named(ignore, known, faults)
    if select or ignore:
        ruleset = ruleset.only(*sorted(chosen - left_out))
    return ruleset, faults


def _named(
    words: Sequence[str], known: Sequence[tuple[str, str]], faults: list[str]
) -> set[str]:
    found: set[str] = set()
    for word in (part.strip() for listed in words for part in re.split("[,，、]", listed)):
        family = word.upper() if word.isalpha() and len(word) == _FAMILY else "-"
        ids = {i for i, name in known if word.upper() == i or word == name or i[:3] == family}
        if not ids:
            close = nearest(word, [*(i for i, _ in known), *(name for _, name in known)])
            faults.append(f"没有规则“{word}”{close}；gouji rules list 列出全部规则")
        found |= ids
    return found


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
    try:
        if isinstance(source, bytes):
            document = read_bytes(source, called)
        else:
            document = _read_file(Path(source), called)
    except UnreadableDocument as error:
        return Report(called, Status.UNREADABLE, error=str(error))
    except Exception as error:
        return _quarantined(called, error)
    return check_document(document, rules, year=year, kind=kind, rounding=rounding)


def check_document(
    document: Document,
    ruleset: RuleSet,
    *,
    year: int | None = None,
    kind: ReportKind | None = None,
    rounding: str = "nearest",
) -> Report:
    """Check a document that has been read; see ``check``."""
    try:
        reading = understand(document, ruleset.lexicon, year=year, kind=kind)
        result = evaluate(document, reading, ruleset, rounding=rounding)
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
        coverage=result.coverage,
        findings=result.findings,
        evaluations=result.evaluations,
        states=result.states,
    )


def check_many(
    paths: Sequence[Path],
    *,
    ruleset: RuleSet | None = None,
    rounding: str = "nearest",
    year: int | None = None,
    kind: ReportKind | None = None,
    jobs: int = 1,
) -> Iterator[Report]:
    """Check files in the order given, in several processes when there are many.

    Args:
        paths: Files, as ``expand`` lists them.
        ruleset: Rules; the shipped ones when None.
        rounding: See ``check``.
        year: See ``check``.
        kind: See ``check``.
        jobs: Processes to use at most.
    """
    rules = ruleset if ruleset is not None else shipped_rules()
    work = partial(check, ruleset=rules, rounding=rounding, year=year, kind=kind)
    if jobs > 1 and len(paths) > FEW:
        return pooled(work, paths, jobs)
    return map(work, paths)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to check（待检查的文件）.

    Attributes:
        files: In the order given, folders in the order of their names; each once. What is
            missing, or a folder without reports, is kept: its report says what is wrong.
        skipped: Files in folders that look like reports and cannot be read yet.
    """

    files: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()


def expand(paths: Iterable[Path | str]) -> Inputs:
    """Files and folders → files; folders are searched with all that is in them."""
    files: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            files[path] = None
            continue
        inside = [one for one in _inside(path) if one.suffix.lower() in SUFFIXES | FOREIGN]
        found = [one for one in inside if one.suffix.lower() in SUFFIXES]
        files.update(dict.fromkeys(found or [path]))
        skipped.update(dict.fromkeys(one for one in inside if one not in found))
    return Inputs(tuple(files), tuple(skipped))


def _inside(folder: Path) -> list[Path]:
    """Every visible file of a folder, sorted; Word's lock files (``~$…``) are no files."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(place, n) for n in sorted(names) if not n.startswith((".", "~$"))]
    return found


def _read_file(path: Path, name: str) -> Document:
    if path.is_dir() and expand([path]).files == (path,):
        what = "文件夹里没有能检查的报告"
        raise UnreadableDocument(what, "请放入 .docx、.pdf、.txt 或 .md 文件，或换一个文件夹")
    return read(path, name)


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


def pooled(work: Work, paths: Iterable[Path], jobs: int) -> Iterator[Report]:
    """Run ``work`` over files in processes, in order; a process that dies costs one file.

    Args:
        work: Picklable; gives the report of a file.
        paths: The files.
        jobs: Processes at once.
    """
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - rarely needed

    rest = iter(paths)
    under_way: deque[list[Path]] = deque()
    more = True
    while more or under_way:
        pool = _pool(jobs)
        futures: deque[Future[list[Report]]] = deque()
        try:
            futures.extend(pool.submit(_each, work, chunk) for chunk in under_way)
            while True:
                while more and len(futures) < jobs * 2:
                    chunk = list(islice(rest, _CHUNK))
                    more = bool(chunk)
                    if chunk:
                        under_way.append(chunk)
                        futures.append(pool.submit(_each, work, chunk))
                if not futures:
                    return
                reports = futures.popleft().result()
                under_way.popleft()
                yield from reports
        except BrokenProcessPool:
            # Nobody knows which file it was: those of the first chunk go one by one.
            for path in under_way.popleft():
                yield _alone(work, path)
        finally:
            pool.shutdown(cancel_futures=True)


def _each(work: Work, chunk: list[Path]) -> list[Report]:
    return [work(path) for path in chunk]


def _alone(work: Work, path: Path) -> Report:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - rarely needed

    with _pool(1) as pool:
        try:
            report: Report = pool.submit(work, path).result()
        except BrokenProcessPool as error:
            return _quarantined(path.as_posix(), error)
    return report


def _pool(jobs: int) -> ProcessPoolExecutor:
    import multiprocessing  # noqa: PLC0415 - rarely needed
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - rarely needed

    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
