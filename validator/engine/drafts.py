"""Unsaved files（草稿）: what an editor holds is read in place of what is on the disk."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_NONE: Mapping[Path, bytes] = MappingProxyType({})
_DRAFTS: ContextVar[Mapping[Path, bytes]] = ContextVar("drafts", default=_NONE)


@contextmanager
def drafted(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Let rule files that are read inside be what an editor holds.

    Args:
        contents: Whole files, by resolved path; all others are read from the disk.
    """
    token = _DRAFTS.set(contents)
    try:
        yield
    finally:
        _DRAFTS.reset(token)


def drafts_in(folder: Path) -> list[Path]:
    """Unsaved files of a folder, some of which may not be on the disk at all."""
    drafts = _DRAFTS.get()
    if not drafts:
        return []
    home = folder.resolve()
    return [folder / path.name for path in drafts if path.parent == home]


def content_of(path: Path) -> bytes:
    """A file as it is edited, or as it is on the disk.

    Raises:
        OSError: It cannot be read.
    """
    drafts = _DRAFTS.get()
    draft = drafts.get(path.resolve()) if drafts else None
    return path.read_bytes() if draft is None else draft
