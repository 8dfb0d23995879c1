"""Numbers at the head of lines（编号）: 一、 （一） 1. 1、 （1） 第一部分."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.document import BlockKind, Span
from validator.engine.checks.memo import PerDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Block, Document

_MARK = r"\[bookmark[:：][^\]\n]*\]"
_HEAD = re.compile(rf"(?:[ \t\u3000\u00a0]|{_MARK})*")
_NUMERAL = "零一二三四五六七八九十百"
_LABEL = re.compile(
    rf"(?P<part>第(?P<part_value>[{_NUMERAL}]{{1,4}}|\d{{1,2}})(?:部分|章))"
    rf"|(?P<chinese>(?P<chinese_value>[{_NUMERAL}]{{1,4}})、)"
    rf"|(?P<bracket>[（(](?P<bracket_value>[{_NUMERAL}]{{1,4}})[）)])"
    r"|(?P<dot>(?P<dot_value>\d{1,2})[.．](?!\d)|(?P<dot_year>\d{1,2})[.．](?=(?:19|20)\d\d年))"
    r"|(?P<comma>(?P<comma_value>\d{1,2})、(?!\d)|(?P<comma_year>\d{1,2})、(?=(?:19|20)\d\d年))"
    r"|(?P<inner>[（(](?P<inner_value>\d{1,2})[）)])"
    r"|(?P<bare>(?P<bare_value>\d{1,2})(?=[\u4e00-\u9fff]{3}))"
)
_BREAK = re.compile(r"(?:附件|附表|附录|附：|目录?$)")
# 2当年… lacks its dot; 2个、2020年 and 3部门 of “3部门联合” are counts.
_COUNTED = re.compile(
    r"[个人名辆户次项万亿元家批台套分号期季度天小时类款种条级层年月日岁所座处场位件份只支车倍"
    r"吨公里亩平米栋幢间艘楼周轮篇首届届岗县市区镇乡村省校院局科站厂店队组%以多余至到月]|部(?!门)|大(?!力)"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the head of a line（编号）.

    Attributes:
        style: ``part``, ``chinese``, ``bracket``, ``dot``, ``comma``, ``inner`` or ``bare``.
        value: Its number.
        span: Where it stands.
        half: Whether its brackets are half-width, wholly or in part.
        automatic: A blank follows 1、 or （1）: most likely a Word number whose look was lost.
        cell: Number of the table cell it stands in, or -1.
        breaks: Whether a new document part begins with or before it.
    """

    style: str
    value: int
    span: Span
    half: bool = False
    automatic: bool = False
    cell: int = -1
    breaks: bool = False


def labels(document: Document) -> tuple[Label, ...]:
    """Every label in document order, and a valueless one where a new part begins."""
    return _LABELS.of(document)


def _all(document: Document) -> tuple[Label, ...]:
    return tuple(_labels(document))


_LABELS = PerDocument(_all)


def _labels(document: Document) -> Iterator[Label]:
    for block in document.blocks:
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CELL}:
            yield from _of_block(document, block)


def _of_block(document: Document, block: Block) -> Iterator[Label]:
    text = document.text
    cell = block.index if block.kind is BlockKind.CELL else -1
    at = block.span.start
    for line in document.quote(block.span).split("\n"):
        head = _HEAD.match(text, at, at + len(line))
        start = head.end() if head else at
        end = at + len(line)
        at = end + 1
        match = _LABEL.match(text, start, end)
        if match is None:
            if cell < 0 and _BREAK.match(text, start, end):
                yield Label("", 0, Span(start, min(end, start + 2)), breaks=True)
            continue
        style = next(name for name in _STYLES if match.group(name))
        printed = next(v for k, v in match.groupdict().items() if "_" in k and v)
        if style == "bare" and _COUNTED.match(text, match.end()):
            continue
        quote = match.group()
        blank = match.end() < end and text[match.end()] in " \u3000\t\u00a0"
        yield Label(
            style,
            _number(printed),
            Span(*match.span()),
            half="(" in quote or ")" in quote,
            automatic=blank and style in {"comma", "inner"},
            cell=cell,
            breaks=style == "part",
        )


_STYLES = ("part", "chinese", "bracket", "dot", "comma", "inner", "bare")


def _number(text: str) -> int:
    """A numeral up to 九十九 or Arabic digits; 0 when it is none."""
    if text.isdecimal():
        return int(text)
    if "百" in text or "零" in text:
        return 0
    tens, ten, ones = text.partition("十")
    if not ten:
        return "零一二三四五六七八九".index(text) if len(text) == 1 else 0
    high = "零一二三四五六七八九".index(tens) if len(tens) == 1 else 1
    low = "零一二三四五六七八九".index(ones) if len(ones) == 1 else 0
    return high * 10 + low
