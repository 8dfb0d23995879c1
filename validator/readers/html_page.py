"""What of a web page is the report（网页正文）: menus, link lists and what surrounds it go.

Told apart by what is in them, never by the names that one site gives its elements. In doubt
a part stays: a menu line does no harm, a lost amount does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from validator.readers.html_tables import lays_out

if TYPE_CHECKING:
    from lxml.etree import _Element

_NEVER_SHOWN = frozenset(
    {
        "script", "style", "noscript", "template", "head", "title", "iframe", "object",
        "embed", "svg", "canvas", "map", "audio", "video", "select", "button", "textarea",
        "input", "datalist", "option", "rt", "rp", "del", "xml",
    }
)  # fmt: skip
_AROUND = frozenset({"nav", "aside"})
_FRAME = frozenset({"header", "footer"})
_WITHIN = frozenset({"article", "main"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS = frozenset(
    {
        "div", "ul", "ol", "dl", "li", "dd", "table", "tbody", "tr", "td", "p", "section",
        "center", "form", "span", "font", "fieldset", "menu",
    }
)  # fmt: skip
_CONTAINERS = frozenset(
    {
        "body", "div", "table", "tbody", "tr", "td", "section", "article", "main", "center",
        "form", "fieldset",
    }
)  # fmt: skip
_MATTERS = re.compile(
    r"\d\.\d|\d,\d{3}|\d\s*(?:[十百千万亿]|元|%|％)|万元|亿元|预算|决算|绩效|收入|支出"
    r"|(?:19|20)\d\d\s*年"
)
_AMOUNT = re.compile(r"\d\s*(?:[百千]?[万亿]元|元|%|％)|\d\.\d\d(?!\d)")
_BLANK = re.compile(r"\s+")
_LEAST_LINKS = 3
_LINKED = 0.6
"""Share of its words that a list of links has in links."""
_MOST = 0.8
"""Share of all words that the part with the report holds."""


@dataclass(slots=True)
class _Weight:
    """What stands in an element.

    Attributes:
        plain: Visible characters outside links.
        linked: Visible characters in links to other pages.
        links: Number of such links.
        matters: Places outside links that may belong to a report.
        headings: Headings that are not all links.
    """

    plain: int = 0
    linked: int = 0
    links: int = 0
    matters: int = 0
    headings: int = 0

    def add(self, other: _Weight) -> None:
        self.plain += other.plain
        self.linked += other.linked
        self.links += other.links
        self.matters += other.matters
        self.headings += other.headings


def main_part(root: _Element) -> _Element:
    """The smallest element that holds the report; what is no part of it is taken out."""
    _drop_unshown(root)
    weights = _weigh(root, links_count=True)
    if not weights[root].matters and _has_amounts(root):
        # Whatever matters stands in links: they are no menu here.
        weights = _weigh(root, links_count=False)
    _drop_link_lists(root, weights)
    return _smallest(root, weights)


def _drop_unshown(root: _Element) -> None:
    """Take out what no reader of the page sees, and what stands around its content."""
    within = 0
    gone = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        within += (event == "start") - (event == "end") if tag in _WITHIN else 0
        if event == "end" or element is root:
            continue
        framing = tag in _FRAME and not within and not _MATTERS.search(_text(element))
        if tag in _NEVER_SHOWN or tag in _AROUND or framing or _is_hidden(element):
            gone.append(element)
            walk.skip_subtree()
    for element in gone:
        _drop(element)


def _is_hidden(element: _Element) -> bool:
    """Whether it says itself that it is hidden, or is what Word prints on every page."""
    if element.get("hidden") is not None:
        return True
    if element.tag == "div" and element.get("title") in _FRAME:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _drop(element: _Element) -> None:
    """Leave nothing of an element but the words after it."""
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older than it
    element.tag = "span"


def _weigh(root: _Element, *, links_count: bool) -> dict[_Element, _Weight]:
    """Weight of every element."""
    found: dict[_Element, _Weight] = {}
    open_: list[_Weight] = []
    in_link = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_link = links_count and _leads_away(element)
        if event == "start":
            open_.append(_Weight(links=int(is_link)))
            in_link += is_link
            _count(open_[-1], element.text, in_link)
            continue
        in_link -= is_link
        weight = found[element] = open_.pop()
        if element.tag in _HEADINGS and weight.plain:
            weight.headings += 1
        if open_:
            open_[-1].add(weight)
            _count(open_[-1], element.tail, in_link)
    return found


def _count(weight: _Weight, words: str | None, in_link: int) -> None:
    seen = _BLANK.sub("", words) if words else ""
    if not seen:
        return
    if in_link:
        weight.linked += len(seen)
    else:
        weight.plain += len(seen)
        weight.matters += _MATTERS.search(seen) is not None


def _leads_away(element: _Element) -> bool:
    """Whether it links to another page; a table of contents links within its own."""
    target = element.get("href") if element.tag == "a" else None
    return bool(target) and not str(target).startswith("#")


def _has_amounts(root: _Element) -> bool:
    return any(_AMOUNT.search(str(words)) for words in root.itertext())


def _drop_link_lists(root: _Element, weights: dict[_Element, _Weight]) -> None:
    """Take out menus and lists of other pages."""
    gone = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        weight = weights[element]
        total = weight.plain + weight.linked
        if (
            element.tag in _PARTS
            and weight.links >= _LEAST_LINKS
            and weight.linked >= _LINKED * total
            and not weight.matters
        ):
            gone.append(element)
            walk.skip_subtree()
    for element in gone:
        _drop(element)


def _smallest(root: _Element, weights: dict[_Element, _Weight]) -> _Element:
    """Go down while one part holds most words and nothing that matters stands beside it."""
    whole = weights[root].plain
    current = root
    while True:
        heaviest = max(current, key=lambda child: weights[child].plain, default=None)
        if heaviest is None or heaviest.tag not in _CONTAINERS:
            return current
        if heaviest.tag == "table" and not lays_out(heaviest):
            return current
        weight, around = weights[heaviest], weights[current]
        beside = around.matters - weight.matters or around.headings - weight.headings
        if beside or weight.plain < _MOST * whole:
            return current
        current = heaviest
