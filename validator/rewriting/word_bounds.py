"""Runs that must be left alone（不能改的文字）: what stands around a run of a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.word_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIELD = "那是域（如目录、页码、公式）算出来的字"
_CHANGED = "那里已经有移动或套在一起的修订"
_CONTROL = "那是锁定的或由别处填写的内容控件"
_ODD = "那里的文字不在普通的文字格式里"
_HOLDERS = frozenset(
    W + name
    for name in ("hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo")
)
_CHANGES = (f"{W}ins", f"{W}moveTo")
_FILLED = tuple(W + name for name in ("dataBinding", "dropDownList", "comboBox", "date"))
_LOCKED = ("contentLocked", "sdtContentLocked")


def hindrance(run: _Element) -> str:
    """Why the words of a run cannot be changed, a Chinese clause; "" when they can."""
    inside = _around(run)
    if inside is None:
        return _ODD
    if inside and inside[0].tag == f"{W}ins":
        # Deleting what another change inserted is usual; deeper nesting is not.
        inside = inside[1:]
    for one in inside:
        if one.tag in _CHANGES:
            return _CHANGED
        if one.tag == f"{W}fldSimple":
            return _FIELD
        if one.tag not in _HOLDERS:
            return _ODD
    return _CONTROL if any(map(_is_filled, run.iterancestors(f"{W}sdt"))) else ""


def _around(run: _Element) -> list[_Element] | None:
    """What a run stands in within its paragraph, the nearest first; None outside of one."""
    found: list[_Element] = []
    for one in run.iterancestors():
        if one.tag == f"{W}p":
            return found
        found.append(one)
    return None


def _is_filled(control: _Element) -> bool:
    """Whether a content control（内容控件）is locked, or holds what is kept elsewhere."""
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        return False
    lock = properties.find(f"{W}lock")
    if lock is not None and lock.get(f"{W}val") in _LOCKED:
        return True
    return any(properties.find(tag) is not None for tag in _FILLED)
