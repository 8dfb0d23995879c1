"""Annotated copies of checked files（批注稿）: old ones converted, findings chosen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from validator.annotating import annotator, kind_of, refusal
from validator.annotating.notes import notes
from validator.errors import UnreadableDocument, UsageError
from validator.findings import Severity, Status
from validator.readers import convert, digest_of, load, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from validator.annotating.placing import Annotated
    from validator.findings import Report
    from validator.reporters.words import Words
    from validator.treatments import Treatment

_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "legacy": (".docx",),
    "pdf": (".pdf",),
    "workbook": (".xlsx", ".xlsm", ".xltx", ".xltm"),
}
"""Kind of file → what the names of its copies may end in, the usual one first."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file that gets an annotated copy（原文件）.

    Attributes:
        path: The file.
        kind: ``docx``, ``legacy``, ``pdf`` or ``workbook``.
        digest: Of its bytes.
        data: Its bytes; of an old text file those of the Word file that was made of it.
    """

    path: Path
    kind: str
    digest: str
    data: bytes

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What the name of the copy may end in, what it should end in first."""
        own = self.path.suffix.lower()
        allowed = _SUFFIXES[self.kind]
        return (own, *allowed) if own in allowed else allowed


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted in a copy（批注要求）.

    Attributes:
        least: The least grave findings that get a note.
        everything: Whether those that do not count, known or waived, get one too.
        changes: Whether repairs beyond doubt are made as tracked changes.
        date: Day of notes and changes as ``2024-05-10``, "" for none.
    """

    least: Severity = Severity.NOTE
    everything: bool = False
    changes: bool = False
    date: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """An annotated copy（批注稿）.

    Attributes:
        annotated: The copy, and where its notes are.
        changes: How many tracked changes were made.
    """

    annotated: Annotated
    changes: int = 0


@dataclass(slots=True)
class Originals:
    """The files of a call（原文件）.

    Attributes:
        found: Those that get an annotated copy.
        beside: Records files, which others are compared with and which cannot hold notes.
        unable: The rest, and why.
    """

    found: dict[Path, Original] = field(default_factory=dict)
    beside: list[Path] = field(default_factory=list)
    unable: dict[Path, UnreadableDocument | UsageError] = field(default_factory=dict)


def originals(paths: Iterable[Path]) -> Originals:
    """Open files that are to be annotated; old ones are converted all at once.

    Args:
        paths: The files.
    """
    all_ = Originals()
    for path in dict.fromkeys(paths):
        try:
            data = load(path)
            kind = kind_of(data, path.name)
        except UnreadableDocument as error:
            all_.unable[path] = error
            continue
        why = refusal(kind)
        if not why:
            all_.found[path] = Original(path, kind, digest_of(data), data)
        elif kind == "records":
            all_.beside.append(path)
        else:
            all_.unable[path] = UsageError(why)
    if not all_.found:
        all_.unable |= {path: UsageError(refusal("records")) for path in all_.beside}
        all_.beside.clear()
    old = {path: one.data for path, one in all_.found.items() if one.kind == "legacy"}
    for path, word in (convert(old) if old else {}).items():
        if isinstance(word, bytes):
            all_.found[path] = replace(all_.found[path], data=word)
        else:
            all_.unable[path] = word
            del all_.found[path]
    return all_


def annotate(
    original: Original, report: Report, treatment: Treatment, wish: Wish, words: Words
) -> Copy:
    """A copy of a file with notes on its findings.

    Args:
        original: The file.
        report: Result for it.
        treatment: How it was checked.
        wish: What is wanted.
        words: Language.

    Raises:
        UnreadableDocument: It cannot be read.
        UsageError: It could not be checked, has changed since, or cannot hold notes.
    """
    _refuse(original, report)
    chosen = tuple(
        one
        for one in report.findings
        if one.severity.rank <= wish.least.rank and (wish.everything or one.counts)
    )
    report = replace(report, findings=chosen)
    data, wanted, made = original.data, list(notes(report, words)), 0
    if wish.changes and original.kind in ("docx", "legacy"):
        from validator.annotating.changing import changed  # noqa: PLC0415 - only if asked for

        copy = changed(data, report, treatment, wish.date)
        data, wanted, made = copy.data, list(copy.moved(wanted)), len(copy.made)
    tool = annotator(data, report.name, wish.date)
    wanted.sort(key=lambda note: note.span)
    return Copy(tool.written(wanted), made)


def _refuse(original: Original, report: Report) -> None:
    """Refuse a result that does not belong to the file as it is."""
    if report.status is not Status.CHECKED or report.document is None:
        raise UsageError(report.error or "这份没有检查")
    if report.digest != original.digest:
        raise UsageError("检查的时候文件变了，没有写批注稿；请关掉正在改它的程序，再运行一次")
    if original.kind == "legacy":
        text = read_bytes(original.data, report.name).text
        if text != report.document.text:
            raise UsageError("两次转换的结果不一样；请用 Word 或 WPS 另存为 .docx 再批注")
