"""Codes as reports print them（科目编码的写法）: 2012901, or 201（类）29（款）01（项）.

A bare number is a code only beside words of an item: a known name before or after it, or the
words that follow an item（支出决算为…、：指…）. Telephone numbers are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.engine.checks.coded_cells import coded_cells
from validator.engine.checks.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document, Span
    from validator.engine.checks.wording import Wording
    from validator.extract.classification import Classification

_SPLIT = re.compile(
    r"(?<![\d.])([235]\d{2})（?类）?[-—－]?（?(\d{5}|\d{2})（?款）?(?:[-—－]?（?(\d{7}|\d{2})（?项目?）?)?"
)
_BARE = re.compile(
    r"(?<![\d.,〔\[第#No-])([23]\d{6}|[235]\d{4}|2\d\d)(?=[类款项]?(?:[（）：]|[\u4e00-\u9fff]))"
)
_CUE = re.compile(
    r"[类款项]?）?(?:（[类款项目]+）)?：?(?:支出|收入)?(?:决算|预算|年初预算|执行|指)"
)
_LEVEL = re.compile(r"（[类款项目]+）?$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_LONGEST = 30
_AGREEING_ROWS = 2


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A code and the known name beside it（编码及旁边的名称）.

    Attributes:
        code: Digits, levels joined.
        span: Where the digits stand, level words included.
        name: Known name beside it, or "".
        name_span: Where the name stands; equal to ``span`` without a name.
        at: Position in the wording, or -1 for a table.
        name_end: Position in the wording behind the name, or -1 for a table.
        flaw: What is wrong with the digits themselves, or "".
    """

    code: str
    span: Span
    name: str
    name_span: Span
    at: int = -1
    name_end: int = -1
    flaw: str = ""


def _mentions(document: Document, classification: Classification) -> Iterator[CodeMention]:
    """Every code of the running text and of the tables, in that order."""
    words = wording(document, "text")
    taken: list[tuple[int, int]] = []
    for match in _SPLIT.finditer(words.text):
        taken.append(match.span())
        code, flaw = _joined(match.groups(""))
        yield _mention(code, words, classification, match.start(), match.end(), flaw)
    for match in _BARE.finditer(words.text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        code = match.group(1)
        mention = _mention(code, words, classification, match.start(), match.end())
        followed = len(code) == 7 and _CUE.match(words.text, match.end())
        if mention.name or (followed and code[0] == "2"):
            yield mention
    for table in document.tables:
        cells = list(coded_cells(document, table))
        held = sum(classification.bears(cell.code, cell.name) for cell in cells)
        if held >= _AGREEING_ROWS:
            for cell in cells:
                if classification.codes_named(cell.name):
                    yield CodeMention(cell.code, cell.span, cell.name, cell.name_span)


_last: tuple[Document, Classification, tuple[CodeMention, ...]] | None = None


def read_mentions(
    document: Document, classification: Classification
) -> tuple[CodeMention, ...]:
    """Every code of a document; the last document's are kept, as several rules ask."""
    global _last  # noqa: PLW0603 - one slot, replaced as a whole, so that threads cannot mix
    last = _last
    if last is None or last[0] is not document or last[1] is not classification:
        last = _last = (document, classification, tuple(_mentions(document, classification)))
    return last[2]


def of_another_year(words: Wording, at: int, year: int) -> bool:
    """Whether the sentence before a place last spoke of another year."""
    start, _ = words.line(at)
    years = _YEAR.findall(re.split("[。；]", words.text[start:at])[-1])
    return bool(years) and int(years[-1]) != year


def _joined(levels: tuple[str, ...]) -> tuple[str, str]:
    """Digits of 类, 款 and 项 as one code; each level may repeat the one above: 201, 20129."""
    code = ""
    for digits in filter(None, levels):
        if len(digits) <= 3:
            code += digits
        elif len(digits) == len(code) + 2 and digits.startswith(code):
            code = digits
        else:
            return code, f"{digits} 不以 {code} 开头"
    return code, ""


def _mention(
    code: str,
    words: Wording,
    classification: Classification,
    start: int,
    end: int,
    flaw: str = "",
) -> CodeMention:
    text, span = words.text, words.span(start, end)
    split = not text[start:end].isdecimal()
    closed = text[end : end + 2].lstrip("类款项")[:1] in ("）", "：", "（")
    places = [_after(text, end, classification)]
    if split or closed:
        places.insert(0, _before(text, start, classification))
    elif len(code) == 7 and _CUE.match(text, end):
        places.append(_before(text, start, classification))
    for at, stop in places:
        name = text[at:stop]
        if name and (len(code) > 3 or classification.class_of_name(name)):
            return CodeMention(code, span, name, words.span(at, stop), start, stop, flaw)
    return CodeMention(code, span, "", span, start, end, flaw)


def _before(text: str, start: int, classification: Classification) -> tuple[int, int]:
    """The longest known name that ends right before a code."""
    line = text.rfind("\n", 0, start) + 1
    head = text[max(line, start - _LONGEST) : start]
    head = head[:-1] if head.endswith(("（", "：")) else head
    if level := _LEVEL.search(head):
        head = head[: level.start()]
    stop = start - len(text[max(line, start - _LONGEST) : start]) + len(head)
    for length in range(len(head), 1, -1):
        if classification.codes_named(_stem(head[-length:])):
            return stop - length, stop
    return stop, stop


def _after(text: str, end: int, classification: Classification) -> tuple[int, int]:
    """The longest known name that begins right after a code."""
    at = end
    while at < len(text) and text[at] in "）-—":
        at += 1
    for length in range(min(_LONGEST, len(text) - at), 1, -1):
        name = text[at : at + length]
        if "\n" not in name and classification.codes_named(_stem(name)):
            return at, at + length
    return at, at


def _stem(name: str) -> str:
    return name.removesuffix("收入")
