"""Ruled tables of PDF files: cells, merged cells, page breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdf_drawing import LEFT, Drawing

from validator.document import BlockKind
from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.document import Document, Table

HEADER = ["科目名称", "预算数", "决算数"]
ROWS = [["教育支出", "120.00", "118.20"], ["卫生支出", "36.50", "36.50"]]
WIDTHS = [160, 90, 90]


def read(drawing: Drawing) -> Document:
    return read_bytes(drawing.data(), "a.pdf")


def rows(document: Document, table: Table) -> list[list[str]]:
    """Words of every place of the grid."""
    return [
        [document.quote(table.cells[at].span) if at >= 0 else "none" for at in row]
        for row in table.grid
    ]


def test_cells_stand_in_a_grid_and_nowhere_else() -> None:
    drawing = Drawing()
    drawing.prose("收入情况如下。")
    drawing.table([HEADER, *ROWS, ["合计", "156.50", ""]], WIDTHS)
    drawing.prose("以上为全部收入。")

    document = read(drawing)

    (table,) = document.tables
    assert rows(document, table) == [HEADER, *ROWS, ["合计", "156.50", ""]]
    assert document.text.splitlines() == [
        "收入情况如下。", *HEADER, *ROWS[0], *ROWS[1], "合计", "156.50", "以上为全部收入。",
    ]  # fmt: skip
    cell = next(block for block in document.blocks if block.kind is BlockKind.CELL)
    assert (cell.page, cell.table, cell.row, cell.column) == (1, 0, 0, 0)


def test_merged_cells_span_what_no_ruling_parts() -> None:
    drawing = Drawing()
    drawing.table(
        [["项目", "2023年", "<"], ["^", "预算数", "决算数"], ["基本支出", "8.00", "7.50"]],
        WIDTHS,
    )

    document = read(drawing)

    (table,) = document.tables
    assert rows(document, table) == [
        ["项目", "2023年", "2023年"],
        ["项目", "预算数", "决算数"],
        ["基本支出", "8.00", "7.50"],
    ]
    assert [(c.row_span, c.column_span) for c in table.cells[:3]] == [(2, 1), (1, 2), (1, 1)]


def test_two_lanes_come_out_as_one_grid() -> None:
    drawing = Drawing()
    lanes = [["项目", "金额", "项目", "金额"], ["拨款", "5.00", "教育", "5.00"]]
    drawing.table(lanes, [100, 60, 100, 60])

    document = read(drawing)

    assert rows(document, document.tables[0]) == lanes


def test_words_broken_by_narrow_cells_are_joined_and_typed_breaks_stay() -> None:
    drawing = Drawing()
    drawing.table(
        [["附属单\n位上缴\n收入", "预算数\n（万元）", "备注"], ["1,234.\n56", "2.00", "无"]],
        [42, 90, 90],
        height=44,
    )

    document = read(drawing)

    assert rows(document, document.tables[0]) == [
        ["附属单位上缴收入", "预算数\n（万元）", "备注"],
        ["1,234.56", "2.00", "无"],
    ]


def test_table_without_outer_rulings() -> None:
    drawing = Drawing()
    drawing.table([HEADER, *ROWS], WIDTHS, rules="open")

    document = read(drawing)

    assert rows(document, document.tables[0]) == [HEADER, *ROWS]


def test_rows_without_rulings_between_are_told_by_their_figures() -> None:
    drawing = Drawing()
    body = [*ROWS, ["住房支出", "9.10", "9.10"]]
    drawing.table([HEADER, *body], WIDTHS, rules="columns")

    document = read(drawing)

    assert rows(document, document.tables[0]) == [HEADER, *body]


def test_rulings_drawn_as_dashes_and_thin_bars() -> None:
    drawing = Drawing()
    for at in range(3):
        drawing.canvas.rect(LEFT, 700 - 20 * at, 200, 0.6, stroke=0, fill=1)
    drawing.canvas.setDash(2, 1)
    for at in range(3):
        drawing.canvas.line(LEFT + 100 * at, 700, LEFT + 100 * at, 660)
    for at, words in enumerate(("项目", "金额", "合计", "7.00")):
        drawing.line(words, x=LEFT + 5 + 100 * (at % 2), y=686 - 20 * (at // 2), size=10)

    document = read(drawing)

    assert rows(document, document.tables[0]) == [["项目", "金额"], ["合计", "7.00"]]


def test_frame_around_text_and_underlines_are_no_table() -> None:
    drawing = Drawing()
    drawing.canvas.rect(LEFT - 10, 600, 440, 190)
    drawing.prose("框内的说明文字。")
    drawing.canvas.line(LEFT, drawing.y - 2, LEFT + 100, drawing.y - 2)
    drawing.prose("带下划线的金额3.00万元。")

    document = read(drawing)

    assert document.tables == ()
    assert [document.quote(b.span) for b in document.blocks] == [
        "框内的说明文字。",
        "带下划线的金额3.00万元。",
    ]


def test_bars_of_a_chart_are_no_table() -> None:
    drawing = Drawing()
    drawing.prose("近三年支出如下图。")
    for at in range(5):
        drawing.canvas.line(LEFT, 500 + 30 * at, LEFT + 300, 500 + 30 * at)
        drawing.line(str(20 * at), x=LEFT - 20, y=497 + 30 * at, size=8)
    drawing.canvas.line(LEFT, 500, LEFT, 620)
    for at in range(3):
        drawing.canvas.rect(LEFT + 40 + 90 * at, 500, 30, 40 + 20 * at, stroke=0, fill=1)
        drawing.line(f"{2021 + at}年", x=LEFT + 40 + 90 * at, y=485, size=8)

    assert read(drawing).tables == ()


@pytest.mark.parametrize("repeated", [True, False])
def test_rows_of_the_next_page_join(repeated: bool) -> None:
    drawing = Drawing()
    drawing.table([HEADER, *ROWS], WIDTHS)
    drawing.line("1", x=295, y=30, size=9)
    drawing.page()
    more = [["住房支出", "9.10", "9.10"], ["合计", "165.60", "163.80"]]
    drawing.table([HEADER, *more] if repeated else more, WIDTHS)
    drawing.line("2", x=295, y=30, size=9)

    document = read(drawing)

    (table,) = document.tables
    assert rows(document, table) == [HEADER, *ROWS, *more]
    pages = {block.row: block.page for block in document.blocks}
    assert pages == {0: 1, 1: 1, 2: 1, 3: 2, 4: 2}


@pytest.mark.parametrize(
    ("widths", "first"),
    [
        ([100, 150, 90], ROWS[0]),
        ([160, 180], ["住房支出", "9.10"]),
        (WIDTHS, ["部门名称", "收入", "支出"]),
    ],
)
def test_another_table_on_the_next_page_stays_apart(
    widths: list[float], first: list[str]
) -> None:
    drawing = Drawing()
    drawing.table([HEADER, *ROWS], WIDTHS)
    drawing.page()
    second = ["基本", "1.00", "2.00"][: len(widths)]
    drawing.table([first, second, second], widths)

    document = read(drawing)

    assert len(document.tables) == 2


def test_title_between_pages_keeps_tables_apart() -> None:
    drawing = Drawing()
    drawing.table([HEADER, *ROWS], WIDTHS)
    drawing.page()
    drawing.line("政府性基金支出决算表", x=200)
    drawing.table([HEADER, *ROWS], WIDTHS)

    assert len(read(drawing).tables) == 2


def test_row_cut_by_the_page_break_is_mended_where_that_is_clear() -> None:
    drawing = Drawing()
    wide = [60.0, 122.0, 60.0]
    drawing.table(
        [["项目", "主要内容", "金额"], ["堤防", "加固河堤三处并更换水位", "6.00"]], wide
    )
    drawing.page()
    drawing.table([["", "监测设备两套。", ""], ["合计", "", "6.00"]], wide)

    document = read(drawing)

    (table,) = document.tables
    assert rows(document, table) == [
        ["项目", "主要内容", "金额"],
        ["堤防", "加固河堤三处并更换水位监测设备两套。", "6.00"],
        ["合计", "", "6.00"],
    ]


def test_row_that_may_be_whole_is_not_joined_to_the_one_above() -> None:
    drawing = Drawing()
    drawing.table([["项目", "内容", "金额"], ["堤防", "加固河堤", "6.00"]], WIDTHS)
    drawing.page()
    drawing.table([["", "更换设备", "2.00"], ["合计", "", "8.00"]], WIDTHS)

    document = read(drawing)

    assert document.tables[0].rows == 4


def test_words_that_fall_upon_the_row_below_stay_in_their_own() -> None:
    drawing = Drawing()
    low = [
        ["社会保障和就业\n支出", "9.00"],
        ["卫生健康和计划\n支出", "8.00"],
        ["合计", "17.00"],
    ]
    drawing.table(low, [84, 90], height=14)

    document = read(drawing)

    assert rows(document, document.tables[0])[:2] == [
        ["社会保障和就业支出", "9.00"],
        ["卫生健康和计划支出", "8.00"],
    ]


def test_table_inside_a_drawing_that_is_placed_elsewhere() -> None:
    drawing = Drawing()
    drawing.prose("支出情况如下。")
    drawing.canvas.beginForm("table")
    drawing.table([HEADER, *ROWS], WIDTHS)
    drawing.canvas.endForm()
    drawing.canvas.translate(20, -60)
    drawing.canvas.scale(0.9, 0.9)
    drawing.canvas.doForm("table")

    document = read(drawing)

    assert rows(document, document.tables[0]) == [HEADER, *ROWS]


def test_sides_of_frames_rule_a_table() -> None:
    drawing = Drawing()
    for at, words in enumerate(("项目", "金额", "合计", "7.00")):
        x, y = LEFT + 100 * (at % 2), 700 - 20 * (at // 2)
        drawing.canvas.rect(x, y, 100, 20)
        drawing.line(words, x=x + 5, y=y + 6, size=10)

    document = read(drawing)

    assert rows(document, document.tables[0]) == [["项目", "金额"], ["合计", "7.00"]]


def test_paragraph_and_table_keep_their_order() -> None:
    drawing = Drawing()
    drawing.table([HEADER, *ROWS], WIDTHS)
    drawing.prose("第一张表之后。")
    drawing.table([HEADER, *ROWS], WIDTHS)

    document = read(drawing)

    kinds = [block.table for block in document.blocks if block.column <= 0]
    assert kinds == [0, 0, 0, -1, 1, 1, 1]
