"""Paragraph styles of a Word file（样式）: which are headings, which are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.readers.word_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_DEEPEST = 16
"""Styles that may stand on each other; more is a circle."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph gets from its style; None where neither it nor its bases say.

    Attributes:
        level: Heading level from 1, 0 for body text.
        number: List id, "0" for none.
        depth: Level within the list.
        hidden: Whether its text is not shown.
    """

    level: int | None = None
    number: str | None = None
    depth: int | None = None
    hidden: bool = False


class Styles:
    """Styles by id."""

    def __init__(self, root: _Element | None) -> None:
        """Read the styles part; None when there is none."""
        self._elements: dict[str, _Element] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        for one in root.iter(f"{W}style") if root is not None else ():
            name = one.get(f"{W}styleId", "")
            self._elements[name] = one
            if one.get(f"{W}type") == "paragraph" and on(one.get(f"{W}default"), absent=False):
                self.default = name

    def style(self, name: str) -> Style:
        """The style with what it inherits."""
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def lists(self) -> dict[str, str]:
        """List id that each style names, for numberings that are defined by a style."""
        found = {}
        for name, element in self._elements.items():
            number = element.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                found[name] = number.get(f"{W}val", "")
        return found

    def _resolved(self, name: str) -> Style:
        level: int | None = None
        number: str | None = None
        depth: int | None = None
        hidden = False
        for _ in range(_DEEPEST):
            element = self._elements.get(name)
            title = _child(element, "name") if element is not None else name
            own = heading_level(element.find(f"{W}pPr")) if element is not None else None
            named = _HEADING.fullmatch(title.strip())
            if level is None:
                level = int(named[1]) if named and own is None else own
            if element is None:
                break
            numbered = element.find(f"{W}pPr/{W}numPr")
            if number is None and numbered is not None:
                number = _child(numbered, "numId") or None
                place = _child(numbered, "ilvl")
                depth = int(place) if place.isdecimal() else None
            hidden = hidden or is_hidden(element.find(f"{W}rPr"))
            name = _child(element, "basedOn")
            if not name:
                break
        return Style(level, number, depth, hidden)


def heading_level(properties: _Element | None) -> int | None:
    """Heading level that properties say themselves: 0 for body text, None if silent."""
    if properties is None:
        return None
    level = _child(properties, "outlineLvl")
    if not level.isdecimal():
        return None
    return int(level) + 1 if int(level) < 9 else 0


def is_hidden(properties: _Element | None) -> bool:
    """Whether run properties hide the text（隐藏文字）."""
    if properties is None:
        return False
    mark = properties.find(f"{W}vanish")
    return mark is not None and on(mark.get(f"{W}val"))


def on(value: str | None, *, absent: bool = True) -> bool:
    """Value of a switch; a switch without a value is on."""
    return absent if value is None else value not in ("0", "false", "off")


def _child(element: _Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")
