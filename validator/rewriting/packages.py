"""Copies of an Office file（文件包）with other parts: the rest is taken over as it is."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from validator.readers.word_package import Package

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lxml.etree import _Element

_ROOT = re.compile(rb"<(?![?!])")
_NOT_UTF8 = re.compile(rb"""encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
_STRICT = b"purl.oclc.org/ooxml"


class EditedPackage(Package):
    """An opened Word file whose parts may be changed in place."""

    def __init__(self, data: bytes) -> None:
        """Open it; see ``Package``."""
        self._data = data
        self._roots: dict[str, _Element] = {}
        super().__init__(data)

    def part(self, name: str) -> _Element:
        """Root of an XML part, the same one each time; see ``Package``."""
        if name not in self._roots:
            self._roots[name] = super().part(name)
        return self._roots[name]

    def is_strict(self, root: _Element) -> bool:
        """Whether a part was written in the names of the strict format, which get lost."""
        return _STRICT in self._original(self._name_of(root))

    def copy(
        self, changed: Collection[_Element], new: Mapping[str, bytes] | None = None
    ) -> bytes:
        """The file with some of its parts as they are now.

        Args:
            changed: Roots that ``part`` gave.
            new: Parts that the file does not have yet, by name.
        """
        names = map(self._name_of, changed)
        parts = {name: self._serialised(name) for name in names}
        return repacked(self._data, {**parts, **(new or {})})

    def has(self, name: str) -> bool:
        """Whether there is a part of that name; capitals make no difference."""
        return name.lower() in {one.lower() for one in self._names}

    def _name_of(self, root: _Element) -> str:
        return next(name for name, one in self._roots.items() if one is root)

    def _original(self, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
            return archive.read(name)

    def _serialised(self, name: str) -> bytes:
        original = self._original(name)
        begin = _ROOT.search(original)
        prolog = original[: begin.start()] if begin else b""
        if prolog.startswith((b"\xff\xfe", b"\xfe\xff")) or _NOT_UTF8.search(prolog):
            return etree.tostring(
                self._roots[name], encoding="UTF-8", xml_declaration=True, standalone=True
            )
        return prolog + etree.tostring(self._roots[name], encoding="UTF-8")


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The zip with other content in some entries; order, names and dates stay.

    Args:
        data: The whole file.
        parts: New content by name of the entry; what the zip does not have yet comes last,
            dated 1980, the first year that a zip can tell.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        target.comment = source.comment
        # Where a name stands twice, readers take the last.
        entries = {one.filename: one for one in source.infolist()}
        for old in entries.values():
            entry = zipfile.ZipInfo(old.filename, old.date_time)
            entry.compress_type = old.compress_type
            entry.external_attr = old.external_attr
            entry.create_system = old.create_system
            entry.comment = old.comment
            content = parts.get(old.filename)
            target.writestr(entry, source.read(old) if content is None else content)
        for name in sorted(parts.keys() - entries.keys()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts[name])
    return out.getvalue()
