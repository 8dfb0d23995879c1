"""Plain text and Markdown: which lines make one paragraph, a table, a chart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.document import BlockKind, Document
from validator.readers import read_bytes


def document(text: str, name: str = "a.txt") -> Document:
    return read_bytes(text.encode(), name)


def paragraphs(text: str) -> list[str]:
    found = document(text)
    assert {block.kind for block in found.blocks} == {BlockKind.PARAGRAPH}
    return [found.quote(block.span) for block in found.blocks]


def grids(text: str, name: str = "a.txt") -> list[list[list[str]]]:
    found = document(text, name)
    return [
        [
            [found.quote(table.cells[at].span) if at >= 0 else "-" for at in row]
            for row in table.grid
        ]
        for table in found.tables
    ]


def charts(text: str) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [
        (
            chart.title,
            [(s.name, [f"{p.label}={p.value}" for p in s.points]) for s in chart.series],
        )
        for chart in document(text).charts
    ]


JOINED = {
    "inside-a-number": "本年收入合计1200.50万元，其中拨款1100.\n50万元，占91.67%。",
    "inside-digits": "2023年度本单位支出合计1200万元，其中基本支出6\n00万元。",
    "before-what-looks-like-a-number": "2023年度收入总计215.60万元，比2022年增加1\n5.60万元。",
    "inside-a-word": "2023年度本单位收入合计1200.50万元，支\n出合计1100万元。",
    "after-a-comma": "收入100万元，\n支出90万元。",
    "before-a-comma": "收入100万元（含上年结转1万元）\n，支出90万元。",
    "over-three-lines": (
        "2023年度本单位收入合计1200.50万元，其中一般公共预算\n"
        "财政拨款收入和政府性基金预算财政拨款收入一千一百万元左\n右，其余为其他收入。"
    ),
    "windows-line-ends": "2023年度本单位收入合计1200.50万元，支\r\n出合计1100万元。",
}


@pytest.mark.parametrize("text", JOINED.values(), ids=JOINED)
def test_wrapped_lines_are_one_paragraph(text: str) -> None:
    assert paragraphs(text) == [text]


APART = {
    "sentences": "收入合计1200.50万元，支出合计1100万元。\n与上年相比增加。",
    "blank-line": "2023年度本单位收入合计1200.50万元，支\n\n出合计1100万元。",
    "heading-after": "2023年度本单位收入合计1200.50万元，均为财政拨款\n二、支出情况",
    "heading-with-list-comma": (
        "二、2023年度部门收入、支出及结转结余总体情况说明\n本单位收入合计1万元。"
    ),
    "title-over-two-lines": "某某市档案馆部门2023年度部门\n整体支出绩效评价报告",
    "numbered-after": "（9）依法收好、管好、用好各项经费，保护资产保值增值\n（10）承办其他事项",
    "arabic-number": "项目支出100万元，用于日常开支和设备的更新\n2.项目二",
    "number-in-two-steps": "项目支出100万元，用于日常开支和设备的更新\n1.2 项目二",
    "circled-number": "项目支出100万元，用于日常开支和设备的更新\n②项目二",
    "part": "项目支出100万元，用于日常开支和设备的更新\n第二部分 名词解释",
    "label-line": "金额单位：万元，保留两位小数，四舍五入至百元\n项目支出",
    "unit-line": "收入合计1200.50万元，支出合计1100万元，表格如下\n单位：万元",
    "date-line": "以上报告收入合计1200.50万元，请予审核并批复\n2023年8月1日",
    "indented": "收入合计1200.50万元，支出合计1100万元，其余略\n\u3000\u3000与上年相比增加。",
    "short-amounts": "办公费10万元\n水费5万元\n电费6万元",
    "rows-with-blanks": "财政拨款收入 100.00 90.00 90.00%\n事业收入 100.00 90.00 90.00%",
    "after-a-colon": "收入合计1200.50万元，支出合计1100万元，其中：\n基本支出600万元。",
    "page-number": "收入合计1200.50万元，支出合计1100万元，其余略\n— 3 —",
}


@pytest.mark.parametrize("text", APART.values(), ids=APART)
def test_lines_that_stay_apart(text: str) -> None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]

    assert paragraphs(text) == lines


def test_bookmarks_are_invisible() -> None:
    text = "[bookmark: _T1][bookmark: _T2]一、收入 \n[bookmark: _T3]\n1、 [bookmark: _T4]支出\n"

    assert paragraphs(text) == ["一、收入", "1、 [bookmark: _T4]支出"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_and_places_are_those_of_the_file(end: str) -> None:
    found = document(f"甲{end}{end} 乙{end}")

    assert [(b.line, b.span.start) for b in found.blocks] == [(1, 0), (3, 2 * len(end) + 2)]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_pipe_table(name: str) -> None:
    text = "单位：万元\n| 项目 | 决算数 |\n|---|---:|\n| 收入 |  1,200.00 |\n|  | 5 |\n完。"

    assert grids(text, name) == [[["项目", "决算数"], ["收入", "1,200.00"], ["", "5"]]]


def test_blank_cell_makes_no_block_but_keeps_its_column() -> None:
    found = document("| 甲 | | 1 |\n")

    assert [(b.column, b.kind) for b in found.blocks] == [(0, "cell"), (2, "cell")]
    assert [c.column for c in found.tables[0].cells] == [0, 1, 2]


def test_rule_without_rows_is_no_table() -> None:
    assert document("甲\n|---|---|\n").tables == ()


def test_markdown_headings() -> None:
    found = document("# 决算报告\n\n## 一、收入\n合计1万元。\n#标签\n", "a.md")

    assert [(b.kind, b.level, found.quote(b.span)) for b in found.blocks] == [
        ("heading", 1, "决算报告"),
        ("heading", 2, "一、收入"),
        ("paragraph", 0, "合计1万元。"),
        ("paragraph", 0, "#标签"),
    ]


def test_hash_is_plain_in_plain_text() -> None:
    assert paragraphs("# 决算报告") == ["# 决算报告"]


TABBED = {
    "rows": (
        "项目\t预算数\t决算数\n办公费\t10\t9\n\t合计\t10\n",
        [[["项目", "预算数", "决算数"], ["办公费", "10", "9"], ["", "合计", "10"]]],
    ),
    "short-row": (
        "项目\t预算数\t决算数\n办公费\t10\n",
        [[["项目", "预算数", "决算数"], ["办公费", "10", "-"]]],
    ),
    "two-tables": (
        "甲\t1\n乙\t2\n文字。\n丙\t3\n丁\t4",
        [[["甲", "1"], ["乙", "2"]], [["丙", "3"], ["丁", "4"]]],
    ),
    "two-text-and-two-amount-columns": (
        "甲\t教育局\t一中\t10\t9\n乙\t教育局\t二中\t8\t7\n",
        [[["甲", "教育局", "一中", "10", "9"], ["乙", "教育局", "二中", "8", "7"]]],
    ),
    "contents": ("第一部分 概况\t1\n第二部分 说明\t3\n第三部分 附件\t12\n", []),
    "lone-row": ("一、收入情况\t见附表\n", []),
    "trailing-tab": ("一、收入情况\t\n二、支出情况\t\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABBED.values(), ids=TABBED)
def test_lines_with_tabs(text: str, expected: list[list[list[str]]]) -> None:
    assert grids(text) == expected


ONE_PER_LINE = (
    "文字。\n\n\t绩效自评表\n（2023年度）\n\n\t项目名称\n\t培训\n\n \t\n"
    "\t预算数：\n一季度1万元\n"
    "二季度2万元\n\t3\n\n\n\n结论。\n"
)


def test_one_cell_per_line() -> None:
    assert grids(ONE_PER_LINE) == [
        [
            ["绩效自评表\n（2023年度）", "-", "-"],
            ["项目名称", "培训", "-"],
            ["", "预算数：\n一季度1万元\n二季度2万元", "3"],
        ]
    ]


def test_text_around_a_table_stays_text() -> None:
    found = document(ONE_PER_LINE)

    assert [found.quote(b.span) for b in found.blocks if b.table < 0] == ["文字。", "结论。"]


def test_title_of_a_form_begins_another_table() -> None:
    form = "\t项目支出绩效自评表（2023年度）\n\n\t名称\n\t培训\n\n\t分值\n\t90\n\n"

    assert [len(grid) for grid in grids(form + form)] == [3, 3]


def test_paragraphs_indented_with_tabs_are_no_table() -> None:
    text = (
        "\t一、概况\n\t本单位收入合计100万元。\n\n\t二、支出\n\t"
        + "支出" * 20
        + "。\n\t"
        + "结余" * 20
        + "。"
    )

    assert len(paragraphs(text)) == 5


CHARTS = {
    "two-series": (
        "收入\t2022\t2023\t100.5\t120\t支出\t2022\t2023\t99\t118\t",
        ("", [("收入", ["2022=100.5", "2023=120"]), ("支出", ["2022=99", "2023=118"])]),
    ),
    "title-above": (
        "收支总计\n收入\t2022\t2023\t1\t2\t",
        ("收支总计", [("收入", ["2022=1", "2023=2"])]),
    ),
    "heading-above": (
        "一、收支\n收入\t2022\t2023\t1\t2\t",
        ("", [("收入", ["2022=1", "2023=2"])]),
    ),
    "series-without-values": (
        "占比\t货物\t服务\t0.25\t0.75\t列1\t货物\t服务\t列2\t货物\t服务\t",
        ("", [("占比", ["货物=0.25", "服务=0.75"]), ("列1", []), ("列2", [])]),
    ),
    "named-by-year": (
        "2023\t收入\t支出\t9\t8\t2022\t收入\t支出\t7\t6",
        ("", [("2023", ["收入=9", "支出=8"]), ("2022", ["收入=7", "支出=6"])]),
    ),
    "one-category": (
        "2023\t支出\t9\t2022\t支出\t7\t",
        ("", [("2023", ["支出=9"]), ("2022", ["支出=7"])]),
    ),
    "name-on-the-line-above": (
        "结构\n东部\t\n货物\t服务\t3\t4\t货物\t服务\t",
        ("结构", [("东部", ["货物=3", "服务=4"]), ("", [])]),
    ),
    "floating-point-residue": (
        "支出\t基本\t项目\t609.93999999999983\t1601.1699999999998",
        ("", [("支出", ["基本=609.94", "项目=1601.17"])]),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHARTS.values(), ids=CHARTS)
def test_chart_data(text: str, expected: tuple[str, list[tuple[str, list[str]]]]) -> None:
    assert charts(text) == [expected]


@pytest.mark.parametrize(
    "row",
    [
        "一般公共服务支出\t100.00\t60.00\t40.00",
        "合计\t2023\t2022",
        "财政拨款收入\t100\t基本支出\t60",
        "序号\t1\t2\t3\t4",
        "总计\t262.48\t总计\t262.48",
        "本年合计\t262.48\t本年合计\t262.48",
    ],
)
def test_table_row_is_no_chart(row: str) -> None:
    assert charts(row) == []


def test_chart_spans_are_exact() -> None:
    found = document("\n东部\t\n 货物\t服务\t3\t4.50\t\n")
    chart = found.charts[0]
    point = chart.series[0].points[1]

    assert found.quote(chart.span) == "东部\t\n 货物\t服务\t3\t4.50"
    assert found.quote(chart.series[0].name_span) == "东部"
    assert (found.quote(point.label_span), found.quote(point.span)) == ("服务", "4.50")
    assert found.blocks[0].kind is BlockKind.CHART


@given(st.text(alphabet="一二、（）.1年万元%，。；\t\n\r |#-: 表\u3000", max_size=120))
def test_nothing_is_lost_or_told_twice(text: str) -> None:
    """Blocks are in order and apart; what is in none of them is blank or ruling."""
    found = document(f"文\n\n{text}", "a.md")
    at = 0
    outside = ""
    for block in found.blocks:
        assert block.span.start >= at
        assert block.line == found.line_of(block.span.start)
        outside += found.text[at : block.span.start]
        at = block.span.end
    outside += found.text[at:]

    assert set("".join(outside.split())) <= set("|#-:")


def test_every_visible_character_is_in_a_block_or_a_mark() -> None:
    found = document("[bookmark: a]甲[bookmark: b]\n乙")

    assert [found.quote(b.span) for b in found.blocks] == ["甲", "乙"]


def test_paragraph_too_long_to_be_checked_is_told() -> None:
    long = "数字1万元，" * 200_000 + "共1万元。"
    head = "某局2023年度部门决算\n"

    alone = read_bytes(long.encode(), "a.txt")
    among = read_bytes(f"{head}{long}\n本年收入合计100.00万元。\n".encode(), "a.txt")

    assert alone.unread == (f"第1段太长（{len(long)}字），没有检查，请分成几段",)
    assert among.unread == (f"第2段太长（{len(long)}字），没有检查，请分成几段",)
    assert [among.quote(block.span) for block in among.blocks] == [
        head.strip(),
        "本年收入合计100.00万元。",
    ]
    assert among.text.endswith("合计100.00万元。\n")


def test_long_file_of_ordinary_paragraphs_is_whole() -> None:
    line = "2023年度本年收入合计100.00万元，其中：财政拨款收入80.00万元，占80%。\n"

    document = read_bytes((line * 40_000).encode(), "a.txt")

    assert document.unread == ()
    assert len(document.blocks) == 40_000
