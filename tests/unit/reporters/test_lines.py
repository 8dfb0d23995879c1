"""Breaking lines: anywhere in Chinese, never inside a number."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from validator.reporters.lines import wrapped


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("收入合计1509.52万元", 16, ["收入合计", "1509.52万元"]),
        ("占98.47%，其他", 8, ["占", "98.47%，", "其他"]),
        ("比上年增加（扣除1,234.56万元）", 18, ["比上年增加（扣除", "1,234.56万元）"]),
        ("一二三四，五", 8, ["一二三", "四，五"]),
        ("一二三【四】五", 8, ["一二三", "【四】五"]),
        ("增加 change-words-disagree", 12, ["增加", "change-words", "-disagree"]),
        ("", 8, [""]),
    ],
    ids=["unit", "percent", "bracket", "comma-stays", "mark-stays", "too-long-word", "empty"],
)
def test_wrapped(text: str, width: int, expected: list[str]) -> None:
    assert [line.plain for line in wrapped(Text(text), width)] == expected


def test_no_line_is_wider_than_asked() -> None:
    text = (
        "2020年度本年支出合计1541.66万元，其中：基本支出862.46万元，占55.94%；项目支出679.20万元。"
        * 3
    )

    assert max(cell_len(line.plain) for line in wrapped(Text(text), 41)) <= 41


def test_styles_survive_a_break() -> None:
    lines = wrapped(Text("本年收入").append("100.00万元", "red"), 10)

    assert [span.style for span in lines[1].spans] == ["red"]
