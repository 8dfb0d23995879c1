"""Lines of plain text（文本行）: where they are, and whether they can go on in the next one.

Text that went through a fixed-width program breaks sentences, and even numbers, at the end
of the line. Such lines are joined into one block; headings, list entries, labels and rows
never are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.readers.draft import MARK, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\r\n\f]*(?:\r\n|[\r\n\f]|\Z)")
_NUMERAL = r"[一二三四五六七八九十百]{1,4}"
_LISTED = re.compile(
    rf"第(?:{_NUMERAL}|\d{{1,3}})(?:部分|章|节|条)|{_NUMERAL}[、．.]|[（(](?:{_NUMERAL}|\d{{1,3}})[）)]"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳㈠-㈩⑴-⒇]"
    # 1.2 numbers a heading, 1.2万元 is an amount.
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?!\s*[百千万亿元%％个倍人辆户名台批次])[\s、\u4e00-\u9fff]"
    rf"|[•●○■□◆▪·]|[*-]\s|[—-]\s?\d+\s?[—-]|附[件表注]|{MARK}"
)
_LABEL = re.compile(
    r"(?:金额)?(?:单位|备?注|说明|来源|填报|编制|联系|电话|日期|[图表]\d*)\S{0,8}[:：]"
)
_DATE = re.compile(
    r"(?:19|20|二)[\d〇○零一二三四五六七八九]{2,3}\s*年(?:\s*\S{1,3}\s*月(?:\s*\S{1,3}\s*日)?)?"
)
_PROSE = re.compile(r"[，。；]|\d\s*(?:[千百]?万?亿?元|%|％)")
# Numbers side by side or wide gaps: a row of a table that lost its lines.
_ROW = re.compile(r"\d[\d,.%]*\s+-?\d[\d,.%]*(?:\s|$)|\S\s{2,}\S.*\s{2,}\S")
_FINAL = tuple("。；：！？”’）》】〉」』…;:!?.)]—|")
_OPEN = tuple("，、（“《,(〔")
_STARTS_INSIDE = tuple("，。；、）”》%％,;")
_INDENT = re.compile(r"(?:\u3000{2}|\u2003{2}| {4}|\t)")
_SHORTEST = 18
"""Characters of the narrowest line that a program would have wrapped."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what can be seen of it.

    Attributes:
        start: First character.
        end: One past the last, without the line break.
        words: What can be seen, without the blanks and marks at both ends.
        first: Where ``words`` starts.
    """

    start: int
    end: int
    words: str
    first: int


def lines_of(text: str) -> list[Line]:
    """Every line of the text, whatever its line breaks are."""
    found = []
    for match in _LINE.finditer(text):
        end = match.start() + len(match[0].rstrip("\r\n\f"))
        first, last = visible(text, match.start(), end)
        found.append(Line(match.start(), end, text[first:last], first))
    return found


def listed(words: str) -> bool:
    """Whether a line begins with a list mark or the number of a heading."""
    return _LISTED.match(words) is not None


def labelled(words: str) -> bool:
    """Whether a line begins with what a form prints beside its figures, such as 单位：."""
    return _LABEL.match(words) is not None


def paragraphs(text: str, lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """First and last line of every paragraph; a blank line makes none."""
    at = 0
    while at < len(lines):
        last = at
        widest = len(lines[at].words)
        while last + 1 < len(lines) and _goes_on(
            text, lines[last], lines[last + 1], inside=last > at, widest=widest
        ):
            last += 1
            widest = max(widest, len(lines[last].words))
        if lines[at].words:
            yield lines[at], lines[last]
        at = last + 1


def _goes_on(text: str, line: Line, after: Line, *, inside: bool, widest: int) -> bool:
    """Whether a line continues in the one after it.

    Args:
        text: The whole text.
        line: The last line of a paragraph so far.
        after: The line below it.
        inside: Whether it is not the first one of the paragraph.
        widest: Characters of the longest line of the paragraph so far.
    """
    this, following = line.words, after.words
    if not this or not following or not _may_continue(text, after):
        return False
    if not inside and (not _PROSE.search(this) or _LABEL.match(this) or _ROW.search(this)):
        return False
    cut_number = this[-1] in ".．" and this[-2:-1].isdigit() and following[0].isdigit()
    if following.startswith(_STARTS_INSIDE):
        return True
    if this.endswith(_FINAL) and not cut_number:
        return False
    if this.endswith(_OPEN):
        return True
    if this[-1].isdigit() and following[0].isdigit():
        return len(this) >= _SHORTEST
    # Wrapped lines are about equally long; a list of short amounts is not wrapped.
    return len(this) >= _SHORTEST and len(this) * 10 >= widest * 7


def _may_continue(text: str, line: Line) -> bool:
    words = line.words
    if listed(words) or _LABEL.match(words) or _DATE.fullmatch(words) or _ROW.search(words):
        return False
    lead = text[line.start : line.first]
    return not (_INDENT.match(lead) or "[" in lead or words.startswith(("[", "|", "#")))
