"""The zip of an Office file（文件包）: parts, their links, and XML that cannot harm."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from validator.errors import UnreadableDocument
from validator.readers.zips import BROKEN, LARGEST, is_swollen, unpacked

if TYPE_CHECKING:
    from lxml.etree import _Element

_LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_LARGEST_PART = 64 * 1024 * 1024


class BrokenPartError(Exception):
    """A part that is missing, damaged or unsafe; the document may do without it."""


class OfficePackage:
    """An opened Office file; its parts are unpacked when they are asked for."""

    def __init__(self, data: bytes, mend: str) -> None:
        """Open it.

        Args:
            data: The whole file.
            mend: What to do when it is damaged.

        Raises:
            UnreadableDocument: It is damaged, locked with a password, or a zip bomb.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise UnreadableDocument("文件已损坏，无法解开", mend) from error
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableDocument("文件有打开密码", "请去掉密码并保存，再检查")
        if unpacked(entries) > LARGEST:
            raise UnreadableDocument(
                "文件解开后超过 200 MB", "请确认它是报告，或删去大图后再检查"
            )
        self._links: dict[str, list[tuple[str, str, str]]] = {}
        self._names = {entry.filename: entry for entry in entries}

    def part(self, name: str) -> _Element:
        """Root of an XML part.

        Raises:
            BrokenPartError: It is missing, damaged or unsafe.
        """
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        data = self._bytes(name)
        try:
            # lxml's own guards (no entities, no network, no huge trees) are set above.
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise BrokenPartError(name) from error
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise BrokenPartError(name)
        return root

    def links(self, name: str) -> dict[str, str]:
        """Where the relationships of a part lead: id → part, links out of the file left out."""
        return {one: target for one, _, target in self._relations(name)}

    def linked(self, name: str, kind: str) -> str | None:
        """The part that another one is linked to by a kind of relationship, such as styles."""
        found = self._relations(name)
        return next((target for _, type_, target in found if type_.endswith(f"/{kind}")), None)

    def main_part(self, usual: str) -> str | None:
        """Name of the part that the whole file starts from; None when it is missing.

        Args:
            usual: Where most programs put it.
        """
        names = (self.linked("", "officeDocument"), usual)
        return next((name for name in names if name and name in self._names), None)

    def _relations(self, name: str) -> list[tuple[str, str, str]]:
        """Id, type and target part of each relationship; none when their part is missing."""
        if name in self._links:
            return self._links[name]
        folder, base = posixpath.split(name)
        found = self._links.setdefault(name, [])
        try:
            root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        except BrokenPartError:
            return found
        for link in root.iter(_LINK):
            if link.get("TargetMode") == "External":
                continue
            target = link.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append((link.get("Id", ""), link.get("Type", ""), path))
        return found

    def _bytes(self, name: str) -> bytes:
        entry = self._names.get(name)
        if entry is None:
            raise BrokenPartError(name)
        if is_swollen(entry) or entry.file_size > _LARGEST_PART:
            raise UnreadableDocument(
                "文件解开后大得反常", "请确认来源可靠，或在 Office 里另存后再检查"
            )
        try:
            data = self._zip.read(entry)
        except BROKEN as error:
            raise BrokenPartError(name) from error
        if b"<!DOCTYPE" in data[:4096]:
            raise BrokenPartError(name)
        # Office's "strict" files say the same in other namespaces.
        if b"purl.oclc.org/ooxml" in data:
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        return data
