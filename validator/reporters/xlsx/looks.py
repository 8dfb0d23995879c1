"""How cells and pages look（格式）: fonts, borders and fills by name, paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.reporters.xlsx.words import PaperWords

_A4 = 9
_MARGIN = 0.4
_HEAD = 100
"""Characters of a title at the head of a page; Excel takes 255 for the whole head."""
_FONT = "宋体"
_FILLS = {"error": "#F8CBAD", "warning": "#FFE699", "note": "#EDEDED", "head": "#D9E1F2"}

_LOOKS: Mapping[str, dict[str, Any]] = {
    "plain": {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"},
    "head": {"text_wrap": True, "border": 1, "border_color": "#BFBFBF"},
    "centre": {"align": "center", "valign": "vcenter"},
    "bold": {"bold": True},
    "title": {"bold": True, "font_size": 16},
    "link": {"font_color": "#0563C1", "underline": 1},
}


def properties(names: Sequence[str]) -> dict[str, Any]:
    """What a format is made of."""
    made: dict[str, Any] = {"font_name": _FONT, "font_size": 10}
    for name in names:
        made |= _LOOKS.get(name, {})
        if name in _FILLS:
            made["bg_color"] = _FILLS[name]
        elif name not in _LOOKS:
            made["num_format"] = name
    return made


def on_paper(sheet: Any, words: PaperWords, title: str) -> None:
    """Print a sheet on A4 across, all columns on a page, with head and foot."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(_MARGIN, _MARGIN, 0.7, 0.7)
    about = title[:_HEAD].replace("&", "&&")
    sheet.set_header(f"&L{words.title}　{about}&R&A")
    sheet.set_footer(words.foot)
