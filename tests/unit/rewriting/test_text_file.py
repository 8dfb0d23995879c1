"""Text files with other words: bytes elsewhere stay, whatever the encoding."""

from __future__ import annotations

import codecs

import pytest

from validator.document import Span
from validator.edits import Edit
from validator.errors import UsageError
from validator.readers import read_bytes
from validator.rewriting import rewriter

TEXT = "云岭县水务局2020年度部门决算\n收入比上年增加5.71万元，下降20%。\n支出𠮷増加3万元。\n"
WAYS = {
    "utf-8": (b"", "utf-8"),
    "utf-8-marked": (codecs.BOM_UTF8, "utf-8"),
    "utf-16-le": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "utf-16-unmarked": (b"", "utf-16-le"),
    "gb18030": (b"", "gb18030"),
}
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


def changed(data: bytes, *pairs: tuple[str, str]) -> bytes:
    text = read_bytes(data, "a.txt").text
    edits = [Edit(Span(text.index(old), text.index(old) + len(old)), new) for old, new in pairs]
    tool = rewriter(data, "a.txt")
    assert [tool.unable(one) for one in edits] == [""] * len(edits)
    return tool.written(edits)


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("mark", "encoding"), WAYS.values(), ids=WAYS)
def test_only_the_words_change(mark: bytes, encoding: str, end: str) -> None:
    text = TEXT.replace("\n", end)

    copy = changed(mark + text.encode(encoding), ("増加", "减少"), ("增加", "减少"))

    wanted = text.replace("増加", "减少").replace("增加", "减少")
    assert copy == mark + wanted.encode(encoding)


def test_gbk_stays_gbk() -> None:
    text = TEXT.replace("𠮷", "").replace("\n", "\r\n")

    assert changed(text.encode("gbk"), ("增加", "减少")).decode("gbk") == text.replace(
        "增加", "减少"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_damaged_bytes_elsewhere_stay(encoding: str) -> None:
    lines = [line.encode(encoding) for line in (TEXT * 20).splitlines(keepends=True)]
    data = lines[0] + b"\xff\n" + b"".join(lines[1:])

    copy = changed(data, ("增加", "减少"))

    old, new = "增加".encode(encoding), "减少".encode(encoding)
    at = data.index(old)
    assert copy == data[:at] + new + data[at + len(old) :]


def test_words_beside_damaged_bytes_are_refused() -> None:
    data = (TEXT * 20).encode()
    at = data.index("增加".encode())
    data = data[:at] + b"\xe5\xa2" + data[at:]
    text = read_bytes(data, "a.txt").text
    start = text.index("增加")

    assert "编码" in rewriter(data, "a.txt").unable(Edit(Span(start, start + 2), "减少"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4\n", "PDF 不能改"),
        (b"{\\rtf1\\ansi }", "另存为 .docx"),
        (b"<html><body>a</body></html>", "网页不能改"),
        (b'{"schema": "gouji.records/1"}', "记录文件不能改"),
    ],
)
def test_other_files_are_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        rewriter(data, "a")

    assert "；请" in str(refused.value)
    assert "\n" not in str(refused.value)
