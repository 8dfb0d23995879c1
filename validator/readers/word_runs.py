"""Words of a Word paragraph（文字）: runs, fields, changes, and what is drawn between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.pieces import Piece
from validator.readers.word_package import R, W
from validator.readers.word_pictures import FRAMES, is_page
from validator.readers.word_styles import Styles, is_hidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_NEW_CHART = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
_WRAPPERS = frozenset(
    W + name
    for name in (
        "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "sdt", "sdtContent",
        "dir", "bdo", "ruby", "rubyBase",
    )
)  # fmt: skip
_DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
# Ticked and empty boxes of the Wingdings fonts, which forms use for choices.
_WINGDINGS = {0xFE: "☑", 0xFC: "√", 0xFB: "×", 0xA8: "□", 0x6F: "□", 0x52: "☑", 0xA3: "□"}
_UNREADABLE = {
    _DIAGRAM: "有 SmartArt 图形没有读出",
    _NEW_CHART: "有新式图表（如瀑布图、漏斗图）没有读出",
    _OBJECT: "有嵌入的对象（如 Excel 表）没有读出",
}


def choice(element: _Element) -> _Element | None:
    """The alternative that counts; the fallback would say the same a second time."""
    found = element.find(f"{MC}Choice")
    return found if found is not None else element.find(f"{MC}Fallback")


class Runs:
    """Reads the words of one paragraph after the other; fields may run over several.

    Attributes:
        charts: Relationship ids of the charts met, in order.
        unread: What was met and cannot be read.
    """

    def __init__(
        self,
        styles: Styles,
        boxed: Callable[[_Element], None],
        pictured: Callable[[], None],
    ) -> None:
        """Make a reader of runs.

        Args:
            styles: To know which character styles hide text.
            boxed: Takes the content of each text box.
            pictured: Told of each picture that is a page.
        """
        self.charts: list[str] = []
        self.unread: list[str] = []
        self._styles = styles
        self._boxed = boxed
        self._pictured = pictured
        self._fields: list[bool] = []
        """For each open field, whether its result has begun; before, it is code."""

    def pieces(self, paragraph: _Element) -> list[Piece]:
        """Words of a paragraph as printed, its number left out, and what prints them."""
        out: list[Piece] = []
        self._enter(paragraph, out)
        # A field whose code does not end here is damaged: it must not swallow the rest.
        self._fields = [True for _ in self._fields]
        return out

    def _enter(self, element: _Element, out: list[Piece]) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, out)
            elif tag in _WRAPPERS:
                self._enter(child, out)
            elif tag == f"{MC}AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    self._enter(chosen, out)
            elif tag in _DRAWN:
                self._drawn(child)
            elif tag.startswith(_MATH):
                out.extend(Piece(t.text or "", t) for t in child.iter(f"{_MATH}t"))

    def _run(self, run: _Element, out: list[Piece]) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and self._hides(properties):
            return
        self._pieces(run, out)

    def _hides(self, properties: _Element) -> bool:
        if is_hidden(properties):
            return True
        style = properties.find(f"{W}rStyle")
        return style is not None and self._styles.style(style.get(f"{W}val", "")).hidden

    def _pieces(self, run: _Element, out: list[Piece]) -> None:
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                self._put(child.text or "", child, out)
            elif tag in _SIGNS:
                self._put(_SIGNS[tag], child, out)
            elif tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif tag == f"{W}sym":
                self._put(_symbol(child), child, out)
            elif tag in _DRAWN:
                self._drawn(child)
            elif tag == f"{W}ruby":
                self._enter(child, out)
            elif tag == f"{MC}AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    self._pieces(chosen, out)

    def _put(self, words: str, source: _Element, out: list[Piece]) -> None:
        if all(self._fields):
            out.append(Piece(words, source, 0, bool(self._fields)))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawn(self, element: _Element) -> None:
        """Look into a drawing for text boxes, charts and pictures of pages."""
        for child in element:
            tag = child.tag
            if tag in FRAMES and is_page(child):
                self._pictured()
            elif tag == f"{W}txbxContent":
                self._boxed(child)
            elif tag == _CHART:
                self.charts.append(child.get(f"{R}id", ""))
            elif tag in _UNREADABLE:
                self.unread.append(_UNREADABLE[tag])
            elif tag == f"{MC}AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    self._drawn(chosen)
            else:
                self._drawn(child)


def _symbol(element: _Element) -> str:
    """The character of w:sym; those of the symbol fonts stand in a private area."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        return _WINGDINGS.get(code - 0xF000, "")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""
