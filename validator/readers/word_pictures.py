"""Pictures of a Word file that are pages（整页图片）: scans that somebody pasted for text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.readers.word_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
FRAMES = frozenset({f"{_PLACED}inline", f"{_PLACED}anchor", f"{_VML}shape", f"{_VML}rect"})
"""Elements that give a drawing its size."""
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    f"{_VML}imagedata",
)
_WORDS = f"{W}txbxContent"
_SHARE = 0.6
"""Share of the page from which a picture is the page itself."""
_SHARE_INSIDE = 0.8
"""The same of what the margins leave: a scan that was pasted is as wide as the text."""
_POINT = 20
_EMU = 635
_A4 = (11906, 16838)
"""Twips, of which a point has 20, and 635 EMU make one."""
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,12})(pt|in|cm|mm)?\s*(?=;|$)")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "": 0.75}


def is_page(frame: _Element) -> bool:
    """Whether a drawing is a picture of about a page's size that says nothing otherwise.

    What lies behind the text is a background, and text boxes over a picture are read.

    Args:
        frame: One of ``FRAMES``.
    """
    if not any(frame.find(f".//{tag}") is not None for tag in _PICTURES):
        return False
    if frame.get("behindDoc") in {"1", "true"} or frame.find(f".//{_WORDS}") is not None:
        return False
    width, height = _drawn(frame)
    section = _section(frame)
    wide, high = _page(section)
    across, down = _margins(section)
    least = _SHARE * wide * high
    if across < wide and down < high:
        least = min(least, _SHARE_INSIDE * (wide - across) * (high - down))
    # What hangs over the edge of the page is not seen.
    return min(width, wide) * min(height, high) >= least


def _drawn(frame: _Element) -> tuple[float, float]:
    """Width and height of a drawing in twips."""
    extent = frame.find(f"{_PLACED}extent")
    if extent is not None:
        return _number(extent.get("cx")) / _EMU, _number(extent.get("cy")) / _EMU
    told = {
        side: float(digits) * _UNITS[unit] * _POINT
        for side, digits, unit in _SIZE.findall(frame.get("style", ""))
        if digits.count(".") <= 1 and digits != "."
    }
    return told.get("width", 0.0), told.get("height", 0.0)


def _page(section: _Element | None) -> tuple[float, float]:
    """Width and height of the pages of a section, in twips."""
    size = section.find(f"{W}pgSz") if section is not None else None
    if size is None:
        return _A4
    wide, high = _number(size.get(f"{W}w")), _number(size.get(f"{W}h"))
    return (wide, high) if wide > 0 and high > 0 else _A4


def _margins(section: _Element | None) -> tuple[float, float]:
    """What the margins of a section take of its width and its height, in twips."""
    told = section.find(f"{W}pgMar") if section is not None else None
    if told is None:
        return 0.0, 0.0
    left, right, top, bottom = (
        _number((told.get(f"{W}{side}") or "").lstrip("-"))
        for side in ("left", "right", "top", "bottom")
    )
    return left + right, top + bottom


def _section(frame: _Element) -> _Element | None:
    """Properties of the section that something stands in: they stand at its end."""
    own: _Element | None = None
    for paragraph in frame.iterancestors(f"{W}p"):
        own = paragraph.find(f"{W}pPr/{W}sectPr")
    if own is not None:
        return own
    body = next(frame.iterancestors(f"{W}body"), None)
    for outer in (frame, *frame.iterancestors()):
        if outer.getparent() is body:
            break
    for after in outer.itersiblings():
        found = after if after.tag == f"{W}sectPr" else after.find(f".//{W}sectPr")
        if found is not None:
            return found
    return None


def _number(told: str | None) -> int:
    return int(told) if told and told.isascii() and told.isdecimal() and len(told) < 12 else 0
