"""Text of PDF files: lines to paragraphs, blanks, margins, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdf_drawing import LEFT, RIGHT, Drawing, width_of

from validator.readers import read_bytes
from validator.readers.pdf_characters import plain

if TYPE_CHECKING:
    from validator.document import Document

LONG = (
    "2023年度本单位收入总计1,234.56万元，其中：一般公共预算财政拨款收入1,086.41万元，占88.00%；"
    "事业收入98.76万元，占8.00%；其他收入49.39万元，占4.00%。与上年相比增加102.30万元，"
    "主要原因是新建两座泵站，配套资金随工程进度拨付，另有三个镇的管网改造提前完工。"
)
SHORT = "以上各项均已按规定公开。"


def lines(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def read(drawing: Drawing) -> Document:
    return read_bytes(drawing.data(), "a.pdf")


@pytest.mark.parametrize("size", [10.5, 12, 16])
@pytest.mark.parametrize("even", [True, False])
@pytest.mark.parametrize("indent", [0, 2])
def test_wrapped_lines_are_one_paragraph(indent: float, even: bool, size: float) -> None:
    drawing = Drawing()
    for _ in range(3):
        drawing.prose(LONG, size, indent, even=even)
        drawing.prose(SHORT, size, indent, even=even)

    document = read(drawing)

    assert lines(document) == [LONG, SHORT] * 3
    assert document.text == f"{LONG}\n{SHORT}\n" * 3
    assert document.format == "pdf"


def test_numbers_and_words_broken_by_the_line_grow_together() -> None:
    drawing = Drawing()
    first = "本年支出按功能分类主要用于教育和医疗卫生等方面的决算总额为1,"
    size = (RIGHT - LEFT) / width_of(first, 1)
    for words in (first, "234.56万元，其余资金结转到下一年度使用。"):
        drawing.line(words, size=size)

    assert lines(read(drawing)) == [
        first + "234.56万元，其余资金结转到下一年度使用。",
    ]


def test_paragraphs_without_indent_or_gap_end_where_there_was_room() -> None:
    drawing = Drawing()
    drawing.prose(LONG, indent=0)
    drawing.prose("支出情况说明", indent=0)
    drawing.prose(LONG, indent=0)

    assert lines(read(drawing)) == [LONG, "支出情况说明", LONG]


def test_next_entry_begins_after_a_full_line() -> None:
    drawing = Drawing()
    width = int((RIGHT - LEFT) / 12)
    full = ("其他资金收支情况如下" * 9)[: width - 1] + "。"
    drawing.prose(full, indent=0)
    drawing.prose("（二）" + "支出" * 10, indent=0)
    drawing.prose("3.其他" + "收入" * 10, indent=0)

    assert lines(read(drawing)) == [full, "（二）" + "支出" * 10, "3.其他" + "收入" * 10]


def test_number_in_brackets_inside_a_sentence_goes_on() -> None:
    drawing = Drawing()
    first = "支出主要用于一般公共服务和社会保障和就业以及卫生健康"
    size = (RIGHT - LEFT) / width_of(first, 1)
    drawing.line(first, size=size)
    drawing.line("（210）等三类，共35.20万元。", size=size)

    assert lines(read(drawing)) == [first + "（210）等三类，共35.20万元。"]


def test_larger_line_and_wider_gap_begin_another_paragraph() -> None:
    drawing = Drawing()
    full = "决算公开说明" * 5 + "决算公开"
    size = (RIGHT - LEFT) / width_of(full, 1)
    drawing.line(full, size=size)
    drawing.line("年度报告", size=size * 1.4)
    drawing.line(full, size=size)
    drawing.y -= 2 * size
    drawing.line("公开时间", size=size)

    assert lines(read(drawing)) == [full, "年度报告", full, "公开时间"]


@pytest.mark.parametrize(
    ("drawn", "read_as"),
    [
        ("2025 年 政 府 采 购 0 万元", "2025年政府采购0万元"),
        ("占 12.5 % ， 共 1, 537.4 万元", "占12.5%，共1,537.4万元"),
        ("执行 Windows Server 2019 标准", "执行Windows Server 2019标准"),
        ("单价 12.00 18.00", "单价12.00 18.00"),
        ("见 5. 100% 完成", "见5. 100%完成"),
        ("目　　录", "目录"),
    ],
)
def test_blanks(drawn: str, read_as: str) -> None:
    drawing = Drawing()
    drawing.line(drawn)

    assert lines(read(drawing)) == [read_as]


def test_wide_letter_spacing_is_no_blank() -> None:
    drawing = Drawing()
    drawing.line("二〇二三年度部门决算", spacing=14)
    drawing.line("收入合计320.50万元", spacing=5)

    assert lines(read(drawing)) == ["二〇二三年度部门决算", "收入合计320.50万元"]


def test_columns_without_rules_stay_apart() -> None:
    drawing = Drawing()
    for words in (("项目", "预算数", "决算数"), ("基本支出", "120.00", "118.20")):
        for at, word in enumerate(words):
            drawing.line(word, x=LEFT + 120 * at, y=drawing.y)
        drawing.y -= 20
    for at in range(4):
        drawing.line(str(at + 1), x=LEFT + 60 * at, y=drawing.y)

    assert lines(read(drawing)) == [
        "项目  预算数  决算数",
        "基本支出  120.00  118.20",
        "1  2  3  4",
    ]


def test_letters_drawn_twice_for_boldness_stand_once() -> None:
    drawing = Drawing()
    drawing.line("一、收入110.00万元", y=700)
    drawing.line("一、收入110.00万元", x=LEFT + 0.4, y=700)

    assert lines(read(drawing)) == ["一、收入110.00万元"]


@pytest.mark.parametrize("number", ["{}", "- {} -", "—{}—", "第 {} 页 共 3 页", "{}/3"])
def test_page_numbers_and_running_heads_are_dropped(number: str) -> None:
    drawing = Drawing()
    for page in range(1, 4):
        if page > 1:
            drawing.page()
        drawing.line("清溪县水利局2023年度决算公开", x=200, y=805, size=9)
        drawing.line(number.format(page), x=290, y=40, size=9)
        drawing.prose(f"第{page}项工程已完成。")

    assert lines(read(drawing)) == [f"第{page}项工程已完成。" for page in range(1, 4)]


def test_unit_line_at_the_same_height_of_every_page_stays() -> None:
    drawing = Drawing()
    for page in range(3):
        if page:
            drawing.page()
        drawing.line("单位：万元", x=440, y=790)
        drawing.prose("本表没有数据。")

    assert lines(read(drawing)) == ["单位：万元", "本表没有数据。"] * 3


def test_paragraph_goes_on_on_the_next_page() -> None:
    drawing = Drawing()
    drawing.y = 105
    drawing.prose(LONG)
    drawing.line("1", x=295, y=30, size=9)
    drawing.prose(SHORT)

    document = read(drawing)

    assert lines(document) == [LONG, SHORT]
    assert [block.page for block in document.blocks] == [1, 2]


def test_page_set_sideways_reads_like_any_other() -> None:
    drawing = Drawing()
    drawing.canvas.rotate(90)
    drawing.canvas.translate(0, -595)
    drawing.y = 500
    drawing.prose(LONG, size=14)
    drawing.table([["项目", "金额"], ["合计", "12.00"]], [100, 100])

    document = read(drawing)

    assert lines(document) == [LONG, "项目", "金额", "合计", "12.00"]
    assert document.tables[0].grid == ((0, 1), (2, 3))


def test_two_columns_are_read_one_after_the_other() -> None:
    drawing = Drawing()
    drawing.prose("水利简报", size=20, indent=0)
    top = drawing.y
    for left, right in ((85, 285), (310, 510)):
        drawing.y = top
        for words in (LONG, SHORT):
            drawing.prose(words, left=left, right=right)

    assert lines(read(drawing)) == ["水利简报", LONG, SHORT, LONG, SHORT]


def test_columns_of_short_cells_are_no_columns_of_text() -> None:
    drawing = Drawing()
    rows = [(f"第{at}项工程支出", f"{at}3.50万元") for at in range(1, 10)]
    for name, amount in rows:
        drawing.line(name, y=drawing.y)
        drawing.line(amount, x=LEFT + 250, y=drawing.y)
        drawing.y -= 20

    assert lines(read(drawing)) == [f"{name}  {amount}" for name, amount in rows]


def test_watermark_across_the_page_is_left_out() -> None:
    drawing = Drawing()
    drawing.prose(SHORT)
    drawing.canvas.saveState()
    drawing.canvas.translate(200, 300)
    drawing.canvas.rotate(45)
    drawing.line("内部资料", x=0, y=0, size=60)
    drawing.canvas.restoreState()

    assert lines(read(drawing)) == [SHORT]


def test_contents_lines_stay_apart() -> None:
    drawing = Drawing()
    for title in ("部门概况", "决算情况说明", "名词解释"):
        dots = "…" * int((RIGHT - LEFT - width_of(title + "3", 12)) / 12)
        drawing.line(f"{title}{dots}3")

    assert len(lines(read(drawing))) == 3


def test_radicals_that_look_like_characters_are_read_as_those() -> None:
    assert "".join(map(plain, "⽀出⽉")) == "支出月"
