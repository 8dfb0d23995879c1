"""A workbook's zip with changed and further parts（工作簿文件包）; all others stay as is."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

from validator.errors import UnreadableDocument
from validator.readers.office_package import BrokenPartError, OfficePackage
from validator.rewriting.packages import repacked

if TYPE_CHECKING:
    from lxml.etree import _Element

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
_MEND = "请重新下载，或用 Excel 打开后另存为 .xlsx，再批注"
_STRICT = b"purl.oclc.org/ooxml"
_USUAL = re.compile(
    rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/"
)


class BookPackage(OfficePackage):
    """An opened workbook whose parts may be changed in place, and that may get further ones.

    Attributes:
        main: Name of the part that lists the sheets.
    """

    def __init__(self, data: bytes) -> None:
        """Open it.

        Args:
            data: The whole file.

        Raises:
            UnreadableDocument: It is damaged, locked, or a zip bomb.
        """
        super().__init__(data, _MEND)
        self._data = data
        self._roots: dict[str, _Element] = {}
        self._changed: dict[str, None] = {}
        self._contents: dict[str, bytes] = {}
        try:
            self.part(_TYPES_PART)
        except BrokenPartError as error:
            raise UnreadableDocument("文件已损坏，里面的目录读不出来", _MEND) from error
        self.main = self.main_part("xl/workbook.xml") or ""
        self._is_strict = self.main in self._names and _STRICT in self._zip.read(self.main)

    def part(self, name: str) -> _Element:
        """Root of an XML part, the same one each time; see ``OfficePackage``."""
        if name not in self._roots:
            self._roots[name] = super().part(name)
        return self._roots[name]

    def change(self, name: str) -> _Element:
        """Root of a part that is written anew with all that is done to it.

        Raises:
            BrokenPartError: It is missing, damaged or unsafe.
        """
        root = self.part(name)
        self._changed[name] = None
        return root

    def raw(self, name: str) -> bytes:
        """Content of a part that is no sound XML, such as old drawings.

        Raises:
            BrokenPartError: It is missing or damaged.
        """
        return self._contents[name] if name in self._contents else self._bytes(name)

    def put(self, name: str, content: bytes) -> None:
        """Give a part other content."""
        self._contents[name] = content

    def free_name(self, pattern: str) -> str:
        """A name that no part has; ``{}`` in the pattern stands for a number from 1 on."""
        taken = {one.lower() for one in (*self._names, *self._roots, *self._contents)}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def add(self, name: str, root: _Element, content_type: str) -> None:
        """Add an XML part."""
        self._roots[name] = root
        self._changed[name] = None
        types = self.change(_TYPES_PART)
        etree.SubElement(
            types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type
        )

    def add_default(self, suffix: str, content_type: str) -> None:
        """Tell what parts with a suffix are, unless the file tells it."""
        types = self.change(_TYPES_PART)
        defaults = types.findall(f"{{{_TYPES}}}Default")
        if all(one.get("Extension", "").lower() != suffix for one in defaults):
            one = etree.Element(f"{{{_TYPES}}}Default")
            one.attrib.update({"Extension": suffix, "ContentType": content_type})
            types.insert(len(defaults) and types.index(defaults[-1]) + 1, one)

    def link(self, source: str, kind: str, target: str) -> str:
        """Link a part to another one → id of the relationship.

        Args:
            source: The part that is linked from.
            kind: Last word of the relationship's type, such as ``comments``.
            target: The part that is linked to.
        """
        folder, base = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        try:
            root = self.change(name)
        except BrokenPartError:
            root = etree.fromstring(f'<Relationships xmlns="{_LINKS}"/>')
            self._roots[name] = root
            self._changed[name] = None
        taken = {one.get("Id", "").lower() for one in root}
        number = 1
        while f"rid{number}" in taken:
            number += 1
        etree.SubElement(
            root, f"{{{_LINKS}}}Relationship", Id=f"rId{number}", Type=f"{_KIND}{kind}",
            Target=posixpath.relpath(target, folder or "."),
        )  # fmt: skip
        self._links.pop(source, None)
        return f"rId{number}"

    def copy(self) -> bytes:
        """The file as it is now; the same changes give the same bytes."""
        parts = {name: self._serialised(name) for name in self._changed} | self._contents
        return repacked(self._data, parts)

    def _serialised(self, name: str) -> bytes:
        content: bytes = etree.tostring(
            self._roots[name], encoding="UTF-8", xml_declaration=True, standalone=True
        )
        # A file in the names of the strict format has to stay one.
        return (
            _USUAL.sub(rb"http://purl.oclc.org/ooxml/\1/", content)
            if self._is_strict
            else content
        )
