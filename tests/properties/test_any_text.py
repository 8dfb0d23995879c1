"""No text whatever makes the tool fail or point outside the document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import report_of
from test_printed_figures import check_places

from validator.errors import UnreadableDocument
from validator.readers import read_bytes

WORDS = (
    "其中：", "占", "占比分别为", "分别为", "比上年", "较2019年度", "增加", "减少", "增长", "下降", "持平", "个百分点",
    "完成年初预算的", "年初预算为", "支出决算为", "收入总计", "支出总计", "本年支出合计", "基本支出", "项目支出", "人员经费",
    "公用经费", "“三公”经费", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费", "货物、工程、服务", "编制",
    "共有车辆", "每人", "标准", "共支出", "结余", "主要原因：", "一是", "二是", "等", "万元", "元", "亿元", "千元", "%",
    "％", "倍", "翻一番", "名", "辆", "人次", "2020年度", "2019年", "202020年", "〔2019〕14号", "第三条", "201（类）", "01（款）",
    "2080505", "（项）", "一、", "（二）", "1.", "①", "0", "0.00", "1,234.56", "１２．３", "69,07", ",867.48", "-5.1", "100",
    "约", "余", "近", "不足", "XX", "***", "（", "）", "“", "”", "，", "。", "；", "、", "：", "\t", "\n", "\n\n", " ", "　", "|", "|---|",
    "[bookmark: _Toc1]", "单位：万元", "附表", "2019\t2020\t2161.12\t2378.33", "合计", "无", "/", "~", "—10—",
)  # fmt: skip


def check_bytes(data: bytes) -> None:
    """Check some bytes; that they cannot be read as a report is an answer too."""
    try:
        document = read_bytes(data, "t.txt")
    except UnreadableDocument:
        return
    check_places(report_of(document))


@given(st.text(max_size=300))
def test_any_characters(text: str) -> None:
    check_bytes(text.encode())


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=80))
def test_words_of_account_in_any_order(words: list[str]) -> None:
    check_bytes("".join(words).encode())


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=60))
def test_words_of_account_among_any_characters(words: list[str]) -> None:
    check_bytes("".join(words).encode())


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check_bytes(data)
