"""Text in the encodings that reports come in."""

from __future__ import annotations

import codecs

import pytest

from validator.readers import read_bytes

WORDS = "第一部分　概况\r\n2023年度收入合计1,200.50万元，占“总额”的100%。\r\n"

ENCODED = {
    "utf-8": WORDS.encode(),
    "utf-8-marked": codecs.BOM_UTF8 + WORDS.encode(),
    "gbk": WORDS.encode("gbk"),
    "gb18030": WORDS.encode("gb18030"),
    "utf-16-le-marked": codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
    "utf-16-be-marked": codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
    "utf-16-le": WORDS.encode("utf-16-le"),
    "utf-16-be": WORDS.encode("utf-16-be"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_text_is_the_files_own(data: bytes) -> None:
    document = read_bytes(data, "a.txt")

    assert document.text == WORDS
    assert document.unread == ()


def test_gb18030_beyond_gbk() -> None:
    words = "䶮塔镇2023年收入10万元，𠮷安社区支出10万元。"

    assert read_bytes(words.encode("gb18030"), "a.txt").text == words


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_few_broken_bytes_are_told_not_refused(encoding: str) -> None:
    data = (WORDS * 20).encode(encoding)

    document = read_bytes(data[:700] + b"\xff" + data[700:], "a.txt")

    assert document.text.count("\ufffd") >= 1
    assert [line for line in document.unread if "编码损坏" in line]
