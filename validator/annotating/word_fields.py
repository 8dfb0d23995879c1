"""Fields of a Word file（域）: which stand around a place, and where they begin and end.

Word makes the words of a field anew when it updates it; a mark that stands half inside of
one may then be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.readers.word_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_PRINTING = frozenset(W + name for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym"))


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its three marks（域）.

    Attributes:
        begin: ``w:fldChar`` before its code.
        separate: ``w:fldChar`` before its result.
        end: ``w:fldChar`` behind its result.
    """

    begin: _Element
    separate: _Element
    end: _Element


class Order:
    """The elements of a part in their order, and its fields.

    Attributes:
        elements: All of them, as the part was when this was made.
    """

    def __init__(self, root: _Element) -> None:
        """Number the elements of a part."""
        self.elements = list(root.iter())
        self._at = {one: at for at, one in enumerate(self.elements)}
        self._fields = _fields(self.elements)

    def at(self, element: _Element) -> int:
        """Number of an element."""
        return self._at[element]

    def last(self, element: _Element) -> int:
        """Number of the last element within one, or its own."""
        while len(element):
            element = element[-1]
        return self._at[element]

    def around(self, element: _Element) -> list[Field]:
        """Fields whose code or result an element stands in, the outermost first."""
        at = self._at[element]
        return [f for f in self._fields if self._at[f.begin] < at < self._at[f.end]]

    def is_bare(self, after: _Element, before: _Element) -> bool:
        """Whether nothing is printed between two elements."""
        between = self.elements[self.last(after) + 1 : self.at(before)]
        return not any(
            one.tag in _PRINTING or (one.tag == f"{W}t" and one.text) for one in between
        )


def _fields(elements: list[_Element]) -> list[Field]:
    """Fields that are whole, by where they begin."""
    found = []
    open_: list[list[_Element]] = []
    for one in elements:
        if one.tag != f"{W}fldChar":
            continue
        kind = one.get(f"{W}fldCharType")
        if kind == "begin":
            open_.append([one])
        elif kind == "separate" and open_:
            open_[-1].append(one)
        elif kind == "end" and open_:
            marks = open_.pop()
            found.append(Field(marks[0], marks[-1], one))
    order = {one: at for at, one in enumerate(elements)} if found else {}
    return sorted(found, key=lambda field: order[field.begin])
