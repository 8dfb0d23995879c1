"""Automatic numbers: how Word prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.readers import read_bytes
from validator.readers.word_numbers import FORMATS, chinese

if TYPE_CHECKING:
    from collections.abc import Callable

    WordFile = Callable[..., bytes]


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 13, "子"),
        ("ideographDigital", 20, "二〇"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircleChinese", 99, "99"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 21, "21"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 3, "03"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 3, "C"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
    ],
)
def test_number_formats(form: str, number: int, expected: str) -> None:
    assert FORMATS[form](number) == expected


def test_number_too_great_for_words() -> None:
    assert chinese(10_000) == "10000"


def level(at: int, form: str, pattern: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "chineseCountingThousand", "第%1部分", '<w:suff w:val="nothing"/>')
    + level(1, "decimal", "%2、", '<w:lvlRestart w:val="0"/>')
    + level(2, "bullet", "\uf06c")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Parts"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="9"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Below"><w:basedOn w:val="H"/></w:style>'
    '<w:style w:type="numbering" w:styleId="Parts"><w:pPr><w:numPr><w:numId w:val="2"/>'
    "</w:numPr></w:pPr></w:style>"
)


def item(words: str, number: int, at: int = 0) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
    )


def styled(words: str, style: str, properties: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p>"
    )


LISTS = {
    "counts": ([item("收入", 1), item("支出", 1)], ["一、收入", "二、支出"]),
    "inner-level-starts-anew": (
        [item("甲", 1), item("乙", 1, 1), item("丙", 1, 1), item("丁", 1), item("戊", 1, 1)],
        ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"],
    ),
    "dot-keeps-apart-from-a-year": ([item("2023年度", 1, 2)], ["1. 2023年度"]),
    "legal-digits": ([item("甲", 1), item("乙", 1, 3)], ["一、甲", "1.1 乙"]),
    "part": ([item("概况", 2), item("说明", 2)], ["第一部分概况", "第二部分说明"]),
    "never-restarts": (
        [item("甲", 2), item("乙", 2, 1), item("丙", 2), item("丁", 2, 1)],
        ["第一部分甲", "1、乙", "第二部分丙", "2、丁"],
    ),
    "bullet-is-no-number": ([item("甲", 2, 2)], ["甲"]),
    "same-list-under-two-ids": ([item("甲", 1), item("乙", 3)], ["一、甲", "五、乙"]),
    "override-counts-on": (
        [item("甲", 3), item("乙", 3), item("丙", 1)],
        ["五、甲", "六、乙", "七、丙"],
    ),
    "through-a-style": ([item("甲", 4)], ["第一部分甲"]),
    "unknown-list": ([item("甲", 5), item("乙", 77)], ["甲", "乙"]),
    "paragraph-style": ([styled("甲", "H"), styled("乙", "Below")], ["（一）甲", "（二）乙"]),
    "switched-off": (
        [styled("甲", "H", '<w:numPr><w:numId w:val="0"/></w:numPr>')],
        ["甲"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), LISTS.values(), ids=LISTS)
def test_lists(body: list[str], expected: list[str], word_file: WordFile) -> None:
    data = word_file("".join(body), numbering=NUMBERING, styles=STYLES)

    assert read_bytes(data, "a.docx").text.splitlines() == expected
