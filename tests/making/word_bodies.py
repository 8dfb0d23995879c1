"""Word files with a body of our own XML that Word programs open, and their tracked changes."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import docx
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W_NAME = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NAME}}}"
MAIN = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
_NAMES = (
    f'xmlns:w="{W_NAME}" xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable=""'
)
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def run(words: str, properties: str = "") -> str:
    """A run of plain text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def field(kind: str) -> str:
    """A mark of a complex field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def word_file(body: str, footnote: str = "") -> bytes:
    """A Word file.

    Args:
        body: What stands in it.
        footnote: Content of its footnote 2, "" for none.
    """
    parts = {MAIN: _main(body)}
    if footnote:
        note = f'<w:footnote w:id="2">{footnote}</w:footnote>'
        parts[FOOTNOTES] = f"{PROLOG}<w:footnotes {_NAMES}>{note}</w:footnotes>"
    return with_parts(_empty(), parts)


def bare_file(body: str) -> bytes:
    """A Word file with nothing but a body, which is quick to read."""
    link = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="{MAIN}"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
        links = f'<Relationships xmlns="{package}/relationships">{link}</Relationships>'
        new.writestr("_rels/.rels", links)
        new.writestr(MAIN, _main(body))
    return out.getvalue()


def _main(body: str) -> str:
    return f"{PROLOG}<w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"


@cache
def _empty() -> bytes:
    raw = io.BytesIO()
    docx.Document().save(raw)
    return raw.getvalue()


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """The same file with other parts; a new footnotes part is linked."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            words = old.read(entry)
            if FOOTNOTES in parts and entry.filename == "[Content_Types].xml":
                one = f'<Override PartName="/{FOOTNOTES}" ContentType="{_NOTES_TYPE}"/>'
                words = words.replace(b"</Types>", f"{one}</Types>".encode())
            if FOOTNOTES in parts and entry.filename == "word/_rels/document.xml.rels":
                link = (
                    f'<Relationship Id="rIdN" Type="{OFFICE}/footnotes" '
                    'Target="footnotes.xml"/>'
                )
                end = b"</Relationships>"
                words = words.replace(end, link.encode() + end)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, parts.get(entry.filename, words))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return out.getvalue()


def contents(data: bytes) -> dict[str, bytes]:
    """Every entry of a zip, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def root_of(data: bytes, part: str = MAIN) -> _Element:
    """Root of a part."""
    return etree.fromstring(contents(data)[part])


def accepted(data: bytes, author: str = "gouji") -> bytes:
    """The file as it is when all changes of an author are accepted."""
    return _settled(data, _accept, author)


def rejected(data: bytes, author: str = "gouji") -> bytes:
    """The file as it is when all changes of an author are rejected."""
    return _settled(data, _reject, author)


def _settled(data: bytes, settle: Callable[[_Element], None], author: str) -> bytes:
    parts = {}
    for name, words in contents(data).items():
        if name in (MAIN, FOOTNOTES):
            root = etree.fromstring(words)
            for tag in ("ins", "del"):
                for change in list(root.iter(f"{W}{tag}")):
                    if change.get(f"{W}author") == author:
                        settle(change)
            parts[name] = etree.tostring(root, encoding="unicode")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return out.getvalue()


def _accept(change: _Element) -> None:
    _drop(change) if change.tag == f"{W}del" else _unwrap(change)


def _reject(change: _Element) -> None:
    if change.tag == f"{W}ins":
        _drop(change)
        return
    for text in change.iter(f"{W}delText"):
        text.tag = f"{W}t"
    _unwrap(change)


def _drop(change: _Element) -> None:
    parent = change.getparent()
    assert parent is not None
    parent.remove(change)


def _unwrap(change: _Element) -> None:
    for child in list(change):
        change.addprevious(child)
    _drop(change)
