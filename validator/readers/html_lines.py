"""Words of a web page as browsers set them（网页文字）: blanks, list numbers, page tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDE = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;\"']+)", re.IGNORECASE)
_CHINESE_FORMS = ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal")
_DIGITS = "零一二三四五六七八九"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_FORMS = {
    "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
    "1": "decimal",
}  # fmt: skip
_TOOL = (
    r"打印(?:本页|此页|文章)?|关闭(?:窗口|本页|页面)?|分享(?:到)?|收藏|返回(?:顶部|列表|上页)?"
    r"|纠错|字体|字号|大|中|小|TOP"
)
_BETWEEN = r"[\s\[\]【】（）()|:：+-]*"
_TOOLS = re.compile(rf"(?:{_BETWEEN}(?:{_TOOL}))+{_BETWEEN}", re.IGNORECASE)
_TOOL_LINE = re.compile(
    r"(?:当前位置|您?(?:现在)?所?在的?位置|上一[篇条]|下一[篇条]|分享到|扫一扫|浏览次数|点击次数"
    r"|网站地图|主办单位\s*[:：]|承办单位\s*[:：]|技术支持\s*[:：])"
    r"|.*(?:版权所有|ICP备\d|公网安备|网站标识码)"
)
_LONGEST_TOOL_LINE = 120
_FIGURES = re.compile(r"\d\s*(?:[百千万亿]+元|元|%|％)|\d\.\d")


def collapsed(words: str) -> str:
    r"""Words with each run of blanks as one; a line break in the file beside Chinese is none.

    >>> collapsed("本年收入\n  合计 1.00\n万元")
    '本年收入合计 1.00万元'
    """

    def blank(match: re.Match[str]) -> str:
        if "\n" not in match[0] and "\r" not in match[0]:
            return " "
        beside = words[match.start() - 1 : match.start()] + words[match.end() : match.end() + 1]
        return "" if _WIDE.search(beside) else " "

    return _BLANKS.sub(blank, words)


def is_tool(words: str) -> bool:
    """Whether a line belongs to the web site: its path, its buttons, its owner."""
    if len(words) > _LONGEST_TOOL_LINE or _FIGURES.search(words):
        return False
    return _TOOLS.fullmatch(words) is not None or _TOOL_LINE.match(words) is not None


def list_number(items: _Element, number: int) -> str:
    """What a browser prints before an entry of a numbered list; "" for none.

    Args:
        items: The list.
        number: The entry's number.
    """
    told = _STYLE.search(items.get("style") or "")
    form = told[1].strip().lower() if told else _FORMS.get(items.get("type") or "1", "decimal")
    if form.startswith("none"):
        return ""
    if form in _CHINESE_FORMS and 0 < number < 100:
        return f"{_in_chinese(number)}、"
    if form.endswith(("alpha", "latin")) and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper() if form.startswith('upper') else letter}. "
    if form.endswith("roman") and 0 < number < 4000:
        letters = _in_roman(number)
        return f"{letters.upper() if form.startswith('upper') else letters}. "
    return f"{number}. "


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")


def _in_roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        letters += sign * times
    return letters
