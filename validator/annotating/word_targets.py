"""What a comment is put on（落点）: from words of the text to elements of the Word file.

Word knows comments only in the main text, so those on notes and text boxes stand where these
hang; words that nobody typed are found by their paragraph or picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.annotating.word_fields import Order
from validator.document import Span
from validator.readers.layout import Stretch, TableShape
from validator.readers.pieces import words_of
from validator.readers.word_package import R, W
from validator.readers.word_shapes import ChartShape

if TYPE_CHECKING:
    from lxml.etree import _Element

    from validator.readers.pieces import Piece
    from validator.rewriting.packages import EditedPackage
    from validator.rewriting.word_places import WordPlaces

WRAPPERS = frozenset(
    W + name
    for name in (
        "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "sdt", "sdtContent",
        "dir", "bdo",
    )
)  # fmt: skip
"""What may stand around runs and hold marks of comments beside them."""
_ONLY_WORDS = tuple(
    W + name for name in ("text", "dataBinding", "dropDownList", "comboBox", "date", "picture")
)
"""Content controls（内容控件）of these kinds hold words and nothing else."""
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BOX = f"{W}txbxContent"
_NOTES = {
    f"{W}footnote": ("footnoteReference", "脚注"),
    f"{W}endnote": ("endnoteReference", "尾注"),
}
_NUMBER = ("自动编号", "自动编号不是打上去的字，批注在那一段上")
_CHARTED = ("图表里的", "图表里的数据上不能加批注，批注在图表上")
_BOXED = ("文本框里的", "文本框里不能加批注，批注在文本框上")
_CONTROLLED = ("", "那是由别处填写的内容控件，批注在整个控件上")
_SPECIAL = ("", "那几个字不在普通的文字格式里，批注在整个一块上")
_FIELD = ("", "那是域算出来的字的一部分，批注在整个域上")
_PARTLY = "自动编号不是打上去的字，批注在它后面的字上"
_PARTED = "那几个字分在几处，批注在前面的字上"
_WIDENED = (_CONTROLLED[1], _FIELD[1])
_NOWHERE = ("", "在文件里找不到能加批注的地方，批注在开头")


@dataclass(frozen=True, slots=True)
class Edge:
    """Where marked words begin or end（边）.

    Attributes:
        element: Child of a run, or what stands beside runs; ``w:p`` for its beginning.
        offset: Characters of it before the edge; 0 is before it, 1 or more behind it where
            it holds no words.
    """

    element: _Element
    offset: int


@dataclass(frozen=True, slots=True)
class Target:
    """What a comment is put on（批注的落点）.

    Attributes:
        start: Before its first character.
        end: Behind its last one.
        where: What the words stand in, when they are not marked, such as ``脚注里的``.
        why: Why they are not, a Chinese clause; "" when just these words are marked.
    """

    start: Edge
    end: Edge
    where: str = ""
    why: str = ""

    @property
    def is_point(self) -> bool:
        """Whether there are no characters between its edges."""
        return self.start == self.end


class Targets:
    """Finds what comments are put on in one Word file.

    Attributes:
        order: Elements of the main part, before anything is marked.
    """

    def __init__(self, package: EditedPackage, places: WordPlaces) -> None:
        """Look at a file that nothing has been marked in yet."""
        self._package = package
        self._places = places
        self._root = package.part(package.main)
        self.order = Order(self._root)

    def of(self, span: Span) -> Target:
        """What is marked for some words; always something."""
        if span.start == span.end:
            return self._point(span.start)
        pieces = self._places.pieces(span)
        found = self._over([one for one in pieces if one.source is not None])
        if found is None:
            return self._near(span)
        if any(one.source is None and one.words != "\n" for one in pieces) and not found.why:
            return replace(found, where=_NUMBER[0], why=_PARTLY)
        if _length(self._places.text[span.start : span.end]) > _length(words_of(pieces)):
            return found if found.why else replace(found, why=_PARTED)
        if found.why in _WIDENED and self._words(found) == words_of(pieces):
            return replace(found, why="")
        return found

    def _point(self, at: int) -> Target:
        """Between two characters: behind the one before, else before the next one."""
        text = self._places.text
        before = at > 0 and text[at - 1] != "\n"
        beside = Span(at - 1, at) if before else Span(at, min(at + 1, len(text)))
        if beside.start == beside.end or not self._places.pieces(beside):
            return self._near(Span(at, at))
        found = self.of(beside)
        edge = found.end if before else found.start
        return replace(found, start=edge, end=edge)

    def _over(self, pieces: list[Piece]) -> Target | None:
        """From the first of some pieces to the last; None when there are none."""
        if not pieces:
            return None
        first = pieces[0]
        begins = self._edges(first, first.start)
        if begins is None:
            return None
        for last in reversed(pieces):
            ends = self._edges(last, last.start + len(last.words))
            # A box is told behind its paragraph: what begins there may not end in it.
            if ends is not None and self._key(begins.start) <= self._key(ends.end):
                told = begins if begins.why else ends
                why = told.why or ("" if last is pieces[-1] else _PARTED)
                return self._fitted(Target(begins.start, ends.end, told.where, why))
        return None

    def _edges(self, piece: Piece, offset: int) -> Target | None:
        """The place of one character in the main text; None where nothing of it hangs there."""
        source = piece.source
        if source is None:
            return None
        told = ("", "")
        if source.getroottree().getroot() is not self._root:
            source, told = self._reference(source)
            if source is None:
                return None
        element, kept = _markable(source)
        if element is None:
            return None
        if told[1] or not kept:
            return Target(
                Edge(element, 0), Edge(element, 1), *(told if told[1] else _why(source))
            )
        return Target(Edge(element, offset), Edge(element, offset))

    def _reference(self, source: _Element) -> tuple[_Element | None, tuple[str, str]]:
        """Where the number of a footnote or endnote stands in the text."""
        for tag, (name, called) in _NOTES.items():
            note = next(source.iterancestors(tag), None)
            if note is None:
                continue
            told = (f"{called}里的", f"{called}里不能加批注，批注在{called}号上")
            number = note.get(f"{W}id")
            alike = self._root.iter(f"{W}{name}")
            return next((one for one in alike if one.get(f"{W}id") == number), None), told
        return None, ("", "")

    def _near(self, span: Span) -> Target:
        """The paragraph, picture or beginning that is nearest to words without a place."""
        shape, number = self._places.shape(span.start) or (None, 0)
        if isinstance(shape, ChartShape):
            found = self._picture(shape.part)
            if found is not None:
                return found
        text = self._places.text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.start)
        line = Span(start, max(start, len(text) if end < 0 else end))
        found = self._over([p for p in self._places.pieces(line) if p.source is not None])
        if found is not None:
            return found if found.why else replace(found, where=_NUMBER[0], why=_NUMBER[1])
        origin = shape.origin if isinstance(shape, Stretch) else ""
        if isinstance(shape, TableShape):
            origin = shape.cells[number].origin
        paragraph = self._paragraph(origin)
        if paragraph is not None:
            edge = Edge(paragraph, 0)
            return Target(edge, edge, *_NUMBER)
        return self.beginning()

    def beginning(self) -> Target:
        """The beginning of the text, for what has no place at all."""
        first = next(self._root.iter(f"{W}p"))
        return Target(Edge(first, 0), Edge(first, 0), *_NOWHERE)

    def _picture(self, part: str) -> Target | None:
        """The picture of a chart."""
        links = self._package.links(self._package.main)
        for one in self._root.iter(_CHART):
            if links.get(one.get(f"{R}id", "")) == part:
                element, _ = _markable(one)
                if element is not None:
                    return Target(Edge(element, 0), Edge(element, 1), *_CHARTED)
        return None

    def _paragraph(self, origin: str) -> _Element | None:
        """The paragraph that ``part#pN`` names, when it is one of the main text."""
        part, _, number = origin.rpartition("#p")
        body = self._root.find(f"{W}body")
        if part != self._package.main or not number.isdecimal() or body is None:
            return None
        found = list(body.iter(f"{W}p"))[int(number) - 1 : int(number)]
        return next((p for p in found if next(p.iterancestors(_BOX), None) is None), None)

    def _key(self, edge: Edge) -> tuple[int, int]:
        at = self.order.last(edge.element) if edge.offset else self.order.at(edge.element)
        return at, edge.offset

    def _words(self, target: Target) -> str:
        """What is printed between two edges that stand beside words, not among them."""
        start, end = self._key(target.start)[0], self._key(target.end)[0]
        elements = self.order.elements[start : end + 1]
        return "".join(one.text or "" for one in elements if one.tag == f"{W}t")

    def _fitted(self, target: Target) -> Target:
        """The same with no field half inside, and around fields that are wholly inside."""
        start, end, widened = target.start, target.end, False
        before, behind = (self.order.around(edge.element) for edge in (start, end))
        for field in before:
            if field not in behind and _same_paragraph(field.begin, start.element):
                widened = widened or not self._opens(field.separate, start)
                start = Edge(field.begin, 0)
                break
        for field in behind:
            if field not in before and _same_paragraph(field.end, end.element):
                widened = widened or not self._closes(end, field.end)
                end = Edge(field.end, 1)
                break
        for field in reversed([one for one in before if one in behind]):
            inside = _same_paragraph(field.begin, field.end)
            if not (
                inside and self._opens(field.separate, start) and self._closes(end, field.end)
            ):
                break
            start, end = Edge(field.begin, 0), Edge(field.end, 1)
        found = replace(target, start=start, end=end)
        return replace(found, why=found.why or _FIELD[1]) if widened else found

    def _opens(self, mark: _Element, start: Edge) -> bool:
        """Whether nothing is printed between a mark and an edge behind it."""
        return start.offset == 0 and self.order.is_bare(mark, start.element)

    def _closes(self, end: Edge, mark: _Element) -> bool:
        """Whether nothing is printed between an edge and a mark behind it."""
        length = len(end.element.text or "") if end.element.tag == f"{W}t" else 1
        return end.offset >= length and self.order.is_bare(end.element, mark)


def _length(words: str) -> int:
    """How many characters are printed in lines; what parts the lines has no element."""
    return len(words) - words.count("\n")


def _markable(source: _Element) -> tuple[_Element | None, bool]:
    """The element of the main text that can be marked for another, and whether it is that.

    It is a child of a run, or what stands beside runs; None outside of all paragraphs.
    """
    chain = [source, *source.iterancestors()][::-1]
    at = next((at for at, one in enumerate(chain) if one.tag == f"{W}p"), None)
    if at is None:
        return None, False
    for one in chain[at + 1 :]:
        if one.tag == f"{W}r":
            child = chain[chain.index(one) + 1]
            return child, child is source
        if one.tag not in WRAPPERS or _holds_only_words(one):
            return one, False
    return None, False


def _holds_only_words(control: _Element) -> bool:
    properties = control.find(f"{W}sdtPr") if control.tag == f"{W}sdt" else None
    return properties is not None and any(
        properties.find(tag) is not None for tag in _ONLY_WORDS
    )


def _why(source: _Element) -> tuple[str, str]:
    """Why something else is marked in the place of an element."""
    if next(source.iterancestors(_BOX), None) is not None:
        return _BOXED
    if any(map(_holds_only_words, source.iterancestors(f"{W}sdt"))):
        return _CONTROLLED
    return ("公式里的", _SPECIAL[1]) if source.tag.startswith(_MATH) else _SPECIAL


def _same_paragraph(one: _Element, other: _Element) -> bool:
    return next(one.iterancestors(f"{W}p"), None) is next(other.iterancestors(f"{W}p"), None)
