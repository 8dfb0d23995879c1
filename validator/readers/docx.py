"""Word files → Document（Word 读取）: what a reader of the printed report would see, in order.

Tracked changes count as accepted, hidden text and field codes are dropped, automatic numbers
are written out. Notes follow the text, the data of charts follow the notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument
from validator.readers.layout import laid_out
from validator.readers.office_package import BrokenPartError
from validator.readers.word_charts import chart_data
from validator.readers.word_package import Package, W
from validator.readers.word_shapes import ChartShape
from validator.readers.word_story import Story

if TYPE_CHECKING:
    from lxml.etree import _Element

    from validator.document import Document
    from validator.readers.layout import Shape

_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_MEND = "请重新下载，或用 Word 打开后另存为 .docx，再检查"
_LOST = {
    "styles": "样式",
    "numbering": "自动编号",
    "footnotes": "脚注",
    "endnotes": "尾注",
}


def read(data: bytes, name: str, digest: str) -> Document:
    """Read a Word file.

    Args:
        data: The whole file.
        name: What to call it.
        digest: Digest of the bytes.

    Raises:
        UnreadableDocument: It is damaged, locked, or without any text.
    """
    return _Reader(Package(data)).read(name, digest)


def shapes(package: Package) -> list[Shape]:
    """What ``read`` lays out, with the pieces of the file that print each word.

    Args:
        package: The opened file; the sources of the pieces are elements of its parts.

    Raises:
        UnreadableDocument: It is damaged.
    """
    return _Reader(package).shapes()


class _Reader:
    """Gathers stretches of text first, then lays them out and makes blocks of them."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.unread: list[str] = []
        try:
            self.root = package.part(package.main)
        except BrokenPartError as error:
            raise UnreadableDocument("文件已损坏，正文读不出来", _MEND) from error
        self.story = Story(self._optional("styles"), self._optional("numbering"))

    def read(self, name: str, digest: str) -> Document:
        draft = laid_out(self.shapes())
        draft.unread[:0] = [*self.unread, *self.story.unread, *self.story.runs.unread]
        if draft.is_blank:
            raise UnreadableDocument("文件里没有文字", "如果内容是图片，请换成文字版再检查")
        return draft.finish(name, "docx", digest)

    def shapes(self) -> list[Shape]:
        body = self.root.find(f"{W}body")
        if body is not None:
            self.story.tell(body, self.package.main)
        self._notes()
        return [*self.story.shapes, *self._charts()]

    def _optional(self, kind: str) -> _Element | None:
        """A part that the text is linked to; what is named but missing is told."""
        name = self.package.linked(self.package.main, kind)
        if name is None:
            return None
        try:
            return self.package.part(name)
        except BrokenPartError:
            self.unread.append(f"{_LOST[kind]}没有读出，文件缺这一部分或它已损坏")
            return None

    def _notes(self) -> None:
        for kind, tag in _NOTES:
            root = self._optional(kind)
            for note in root.iter(f"{W}{tag}") if root is not None else ():
                if note.get(f"{W}type") not in _SEPARATORS:
                    origin = f"word/{kind}.xml#{note.get(f'{W}id', '')}"
                    self.story.tell_note(note, origin)

    def _charts(self) -> list[ChartShape]:
        links = self.package.links(self.package.main)
        found = []
        for number, link in enumerate(dict.fromkeys(self.story.runs.charts), start=1):
            try:
                part = links.get(link, "")
                data = chart_data(self.package.part(part))
            except BrokenPartError:
                self.unread.append(f"第 {number} 个图表没有读出，文件缺它的数据")
                continue
            if any(any(series.values) for series in data.series):
                found.append(ChartShape(part, data))
            else:
                self.unread.append(f"第 {number} 个图表里没有数值，没有核对")
        return found
