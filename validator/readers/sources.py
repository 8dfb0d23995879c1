"""What a call asks to check（来源）: files, members of archives, and old files made new.

A zip gives one source for each report in it. Old files are converted ahead and many at once,
because starting LibreOffice takes longer than its work; all else is left where it is until
its turn comes, so memory stays bounded however many files there are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.readers import (
    CONVERTERS,
    LARGEST,
    convert,
    digest_of,
    load,
    read,
    read_bytes,
    read_converted,
)
from validator.readers.archive import members
from validator.readers.sniff import MAY_HOLD_OR_BE_OLD, container, old_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from validator.document import Document

BATCH = 20
"""Old files that are converted at once, at most."""
_WAITING = 200
"""Sources that are kept back at most while old files are gathered."""
_WEIGHT = 64 * 1024 * 1024
"""Bytes that are kept back at most."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read as a report（来源）.

    Attributes:
        name: What to call it.
        path: The file, when it is to be read in its turn.
        data: Its bytes, when they are at hand; of an old file those of its Word file.
        old: Format and digest of an old file.
        fault: Why it cannot be read.
        aside: Why it is checked by itself though it may belong to another file.
    """

    name: str
    path: Path | None = None
    data: bytes = b""
    old: tuple[str, str] | None = None
    fault: UnreadableDocument | None = None
    aside: str = ""


def read_source(source: Source) -> Document:
    """Read what a source stands for.

    Raises:
        UnreadableDocument: It cannot be read as a report.
    """
    if source.fault is not None:
        raise source.fault
    if source.path is not None:
        return read(source.path, source.name)
    if source.old is not None:
        form, digest = source.old
        return read_converted(source.data, source.name, digest, form)
    return read_bytes(source.data, source.name)


def sources(
    paths: Iterable[Path], called: Callable[[Path], str] = Path.as_posix
) -> Iterator[Source]:
    """What the files hold, in the order given, members of archives in the order of names.

    Args:
        paths: Files.
        called: What to call a file.
    """
    waiting: list[Source] = []
    for path in paths:
        for source in _found(path, called(path)):
            waiting.append(source)
            old = sum(one.old is not None for one in waiting)
            weight = sum(len(one.data) for one in waiting)
            if not old or old >= BATCH or weight > _WEIGHT or len(waiting) >= _WAITING:
                yield from _converted(waiting)
                waiting = []
    yield from _converted(waiting)


def _found(path: Path, name: str) -> Iterator[Source]:
    """A file as it is, or what an archive holds; a plain file shows its faults when read."""
    data = _peeked(path)
    kind = _kind(data)
    if kind == "zip":
        try:
            for member in members(data, name):
                yield _member(member.name, member.data)
        except UnreadableDocument as error:
            yield Source(name, fault=error)
    elif kind in CONVERTERS:
        yield _old(name, data)
    else:
        yield Source(name, path)


def _member(name: str, data: bytes | UnreadableDocument) -> Source:
    if isinstance(data, UnreadableDocument):
        return Source(name, fault=data)
    return _old(name, data) if _kind(data) in CONVERTERS else Source(name, data=data)


def _old(name: str, data: bytes) -> Source:
    return Source(name, data=data, old=(old_form(data), digest_of(data)))


def _converted(waiting: list[Source]) -> Iterator[Source]:
    """The same sources, the old ones with the Word files that were made of them."""
    found = convert({at: one.data for at, one in enumerate(waiting) if one.old is not None})
    for at, source in enumerate(waiting):
        result = found.get(at)
        if isinstance(result, bytes):
            yield replace(source, data=result)
        elif result is not None:
            yield replace(source, data=b"", old=None, fault=result)
        else:
            yield source


def _peeked(path: Path) -> bytes:
    """The whole file if it may be an archive or an old file, else nothing."""
    try:
        # A pipe can be read only once, so it is left to its reader.
        if not path.is_file() or path.stat().st_size > LARGEST:
            return b""
        with path.open("rb") as file:
            if not file.read(8).startswith(MAY_HOLD_OR_BE_OLD):
                return b""
        return load(path)
    except (OSError, ValueError, UnreadableDocument):
        return b""


def _kind(data: bytes) -> str:
    try:
        return container(data)
    except UnreadableDocument:
        return ""
