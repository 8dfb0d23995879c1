"""Charts of the web page: what is drawn of a report, and that the drawing is true and safe."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from validator import check, check_document, load_rules, read_bytes
from validator.findings import Report, Status
from validator.reporters.html.chart_data import Bar, Chart, Role, Shape
from validator.reporters.html.chart_svg import WIDTH, draw, shortened, wide
from validator.reporters.html.chart_words import CHART_WORDS
from validator.reporters.html.charts import MOST, MOST_OF_BLOCK, charts, chosen

EXAMPLES = Path(__file__).parents[3] / "examples"
RULES = load_rules()
HEAD = "云岭县水务局2023年度部门决算\n\n一、收入支出决算总体情况说明\n"
TRUE_LIST = "2023年度本年支出合计500.00万元，其中：基本支出300.00万元，占60%；项目支出200.00万元，占40%。"
BROKEN_LIST = "2023年度本年支出合计500.00万元，其中：基本支出300.00万元，占60%；项目支出180.00万元，占36%。"
OVER_LIST = "2023年度本年支出合计500.00万元，其中：基本支出300.00万元；项目支出230.00万元。"
OPEN_LIST = "2023年度项目支出180.00万元，主要包括：泵站维修90.00万元、河道清淤40.00万元。"
BRIDGE = (
    "2023年度支出总计500.00万元，比2022年度400.00万元增加100.00万元，增长25%。主要原因："
    "一是泵站项目支出增加90.00万元；二是人员增资增加40.00万元；"
    "三是压缩会议和差旅活动，减少30.00万元。"
)


@cache
def report_of(text: str) -> Report:
    return check_document(read_bytes((HEAD + text + "\n").encode(), "a.txt"), RULES)


def pictures(text: str, lang: str = "zh") -> list[etree._Element]:
    return [
        etree.fromstring(str(one)) for some in charts(report_of(text), lang).values()
        for one in some
    ]  # fmt: skip


def rows(figure: etree._Element) -> list[str]:
    """The bars in words, as a screen reader says them."""
    return str(figure.findtext("svg/desc")).split("；")


def bars(figure: etree._Element) -> list[tuple[str, Decimal, Decimal]]:
    """Class, left edge and width of each bar."""
    return [
        (str(rect.get("class")), Decimal(str(rect.get("x"))), Decimal(str(rect.get("width"))))
        for rect in figure.iter("rect")
    ]


def test_a_list_is_drawn_below_its_paragraph() -> None:
    made = charts(report_of(TRUE_LIST))
    document = report_of(TRUE_LIST).document
    assert document is not None

    (block,) = made
    assert document.quote(document.blocks[block].span).startswith("2023年度本年支出合计")


def test_bars_are_as_long_as_the_amounts() -> None:
    (figure,) = pictures(TRUE_LIST)

    assert figure.get("class") == "chart chart-bars"
    assert rows(figure) == [
        "本年支出合计 500.00万元",
        "基本支出 300.00万元 占60.00%",
        "项目支出 200.00万元 占40.00%",
    ]
    (_, left, whole), (_, left1, part1), (_, left2, part2) = bars(figure)
    assert left == left1 == left2
    assert part1 / whole == pytest.approx(Decimal("0.6"), abs=Decimal("0.001"))
    assert part2 / whole == pytest.approx(Decimal("0.4"), abs=Decimal("0.001"))
    assert not list(figure.iter("path"))


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (BROKEN_LIST, "各项相加少于整体 20.00万元（算得） 占4.00%"),
        (OVER_LIST, "各项相加多于整体 30.00万元（算得） 占6.00%"),
        (OPEN_LIST, "其余（没有列出） 50.00万元（算得） 占27.78%"),
    ],
)
def test_what_the_parts_leave_is_hatched(text: str, last: str) -> None:
    (figure,) = pictures(text)

    assert rows(figure)[-1] == last
    assert bars(figure)[-1][0] == "chart-gap"
    assert len(list(figure.iter("path"))) == 1


def test_parts_that_rules_read_in_two_ways_are_not_drawn() -> None:
    listed = (
        "2023年度基本支出581.27万元，其中：人员经费490.87万元，主要包括：基本工资94.63万元、津贴补贴"
        "197.97万元、奖金7.89万元、社会保障缴费106.19万元、住房公积金35.00万元；其他商品和服务支出"
        "0.67万元；对个人和家庭补助48.52万元。"
    )

    assert not [one for one in pictures(listed) if rows(one)[0].startswith("基本支出")]


def test_parts_that_round_have_no_gap() -> None:
    text = "2023年度本年支出合计100.00万元，其中：基本支出33.34万元；项目支出66.67万元。"

    (figure,) = pictures(text)

    assert len(rows(figure)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "2023年度本年支出合计0万元，其中：基本支出0万元；项目支出0万元。",
        "2023年度本年支出合计500.00万元，其中：基本支出500.00万元；项目支出0万元。",
        "2023年度收、支总计500.00万元。其中收入总计500.00万元，支出总计500.00万元。",
        "2023年末共有职工50人，其中：行政人员30人、事业人员20人。",
        "2023年度本年支出合计500.00万元，比上年增加20.00万元，增长4.17%。",
    ],
)
def test_nothing_is_drawn_of(text: str) -> None:
    assert charts(report_of(text)) == {}


def test_nothing_is_drawn_of_what_was_not_judged() -> None:
    unjudged = replace(report_of(TRUE_LIST), evaluations=())

    assert charts(report_of(TRUE_LIST))
    assert charts(unjudged) == {}


def test_nothing_is_drawn_of_a_file_that_was_not_read() -> None:
    assert charts(Report("a.txt", Status.UNREADABLE, error="文件是空的")) == {}


def test_too_many_parts_are_not_drawn() -> None:
    def listed(count: int) -> str:
        parts = "、".join(f"第{chr(0x7532 + k)}类泵站维修10.00万元" for k in range(count))
        return f"2023年度项目支出{count * 10}.00万元，其中：{parts}。"

    assert len(pictures(listed(11))) == 1
    assert pictures(listed(12)) == []


def test_a_bridge_goes_from_last_year_to_this_year() -> None:
    (figure,) = pictures(BRIDGE)

    assert figure.get("class") == "chart chart-waterfall"
    assert rows(figure) == [
        "支出总计（2022） 400.00万元",
        "泵站项目支出 +90.00万元",
        "人员增资 +40.00万元",
        "压缩会议和差旅活动 −30.00万元",
        "2023年度支出总计 500.00万元",
    ]
    names, lefts, widths = zip(*bars(figure), strict=True)
    assert names == ("chart-whole", "chart-up", "chart-up", "chart-down", "chart-whole")
    ends = [left + width for left, width in zip(lefts, widths, strict=True)]
    near = Decimal("0.02")
    assert lefts[1] == pytest.approx(ends[0], abs=near)
    assert lefts[2] == pytest.approx(ends[1], abs=near)
    assert ends[3] == pytest.approx(ends[2], abs=near)
    assert ends[4] == pytest.approx(lefts[3], abs=near)
    assert widths[0] / widths[4] == pytest.approx(Decimal("0.8"), abs=Decimal("0.001"))


def test_an_end_without_name_or_year_is_called_what_it_is() -> None:
    (figure,) = pictures(BRIDGE.replace("比2022年度400", "比上年支出400"))

    assert rows(figure)[0] == "比较的基数 400.00万元"
    assert rows(figure)[-1] == "2023年度支出总计 500.00万元"


def test_reasons_that_do_not_make_up_the_change_leave_a_gap() -> None:
    (figure,) = pictures(BRIDGE.replace("40.00万元", "60.00万元"))

    assert rows(figure)[-2] == "未说明 −20.00万元（算得）"
    assert bars(figure)[-2][0] == "chart-gap"
    # 增减额 is hatched one way, what is not explained the other way.
    assert len(list(figure.iter("path"))) == 2


def test_reasons_within_reasons_are_not_drawn() -> None:
    nested = (
        "2023年度支出总计500.00万元，比2022年度增加100.00万元，增长25%。主要原因：一是人员经费增加"
        "100.00万元；二是上述增加中，其中工资增加60.00万元。"
    )

    assert pictures(nested) == []


def test_a_change_alone_is_drawn_from_nothing() -> None:
    text = BRIDGE.replace("2022年度400.00万元", "2022年度")

    (figure,) = pictures(text)

    assert rows(figure)[0] == "泵站项目支出 +90.00万元"
    assert rows(figure)[-1] == "增减额 +100.00万元"


def test_a_decrease_goes_to_the_left() -> None:
    text = (
        "2023年度收入总计300.00万元，比2022年度减少100.00万元，下降25%。主要原因："
        "一是项目收入减少120.00万元；二是其他收入增加20.00万元。"
    )

    (figure,) = pictures(text)

    assert rows(figure) == [
        "项目收入 −120.00万元",
        "其他收入 +20.00万元",
        "增减额 −100.00万元",
    ]
    (_, left, width), (_, left1, width1), (_, left2, width2) = bars(figure)
    assert left == left1
    assert left + width == left2 + width2 == WIDTH - 4
    assert left1 + width1 == pytest.approx(left2, abs=Decimal("0.02"))


def test_an_adjusted_budget_is_a_bridge() -> None:
    text = "2023年年初预算100.00万元，年中追加30.00万元，追减45.00万元，调整后预算85.00万元。"

    (figure,) = pictures(text)

    assert rows(figure) == [
        "2023年年初预算 100.00万元",
        "年中追加 +30.00万元",
        "追减 −45.00万元",
        "调整后预算（2023） 85.00万元",
    ]


def test_an_adjusted_budget_that_does_not_come_out_has_a_gap() -> None:
    text = "2023年年初预算100.00万元，年中追加30.00万元，调整后预算135.00万元。"

    (figure,) = pictures(text)

    assert rows(figure)[-2:] == ["未说明 +5.00万元（算得）", "调整后预算（2023） 135.00万元"]


def test_one_chart_for_a_whole_told_twice() -> None:
    assert len(pictures(f"{TRUE_LIST}\n{TRUE_LIST}")) == 1


def drawn(*values: int, role: Role = Role.PART, label: str = "甲") -> str:
    made = tuple(Bar(role, label, f"{v}万元", Decimal(v)) for v in values)
    return str(draw(chart_of(made), CHART_WORDS["zh"]))


def chart_of(
    made: tuple[Bar, ...], *, whole: int = 0, block: int = 0, size: int = 1, broken: bool = False
) -> Chart:  # fmt: skip
    return Chart(Shape.BARS, "甲", made, block, whole, Decimal(size), whole, broken)


def test_negative_parts_go_left_of_zero() -> None:
    (_, left, width), (_, left1, width1) = bars(etree.fromstring(drawn(300, -100)))

    assert left == left1 + width1
    assert width == pytest.approx(width1 * 3, abs=Decimal("0.05"))


def test_nothing_has_no_bar_and_little_has_a_thin_one() -> None:
    figure = etree.fromstring(drawn(10**9, 0, 1))

    assert len(bars(figure)) == 2
    assert bars(figure)[-1][2] >= 1


def test_all_zero_can_be_drawn() -> None:
    assert bars(etree.fromstring(drawn(0, 0))) == []


HOSTILE = "<script>alert(1)</script>\"' onload=x & {body} {0} %s ]]>"


def test_words_of_the_report_are_never_markup() -> None:
    figure = etree.fromstring(drawn(1, 2, label=HOSTILE))

    assert not list(figure.iter("script"))
    assert HOSTILE in str(figure.findtext("svg/desc"))
    assert {str(one.tag) for one in figure.iter()} == {
        "figure", "figcaption", "small", "svg", "title", "desc", "text", "rect", "line",
    }  # fmt: skip


def test_hostile_words_in_a_report_are_never_markup() -> None:
    text = (
        "2023年度项目支出180.00万元，其中：<script>alert(1)</script>维修90.00万元、"
        '"onload="x清淤90.00万元。'
    )
    (block,) = charts(report_of(text)).values()

    assert "<script" not in "".join(block)
    assert "script" in rows(etree.fromstring(str(block[0])))[1]


def test_charts_need_no_style_script_or_id() -> None:
    for name in ("final_accounts", "budget", "execution_report", "performance"):
        report = check(EXAMPLES / "broken" / f"{name}.txt")
        for some in charts(report).values():
            for one in some:
                figure = etree.fromstring(str(one))
                names = {str(name) for part in figure.iter() for name in part.attrib}
                assert not {n for n in names if n in ("style", "id", "href") or n[:2] == "on"}
                svg = figure.find("svg")
                assert svg is not None
                assert svg.get("role") == "img"
                assert svg.findtext("title") == str(figure.findtext("figcaption")).strip()


@pytest.mark.parametrize(
    "name", ["final_accounts", "budget", "execution_report", "performance"]
)
def test_words_stay_inside_and_apart(name: str) -> None:
    for some in charts(check(EXAMPLES / "clean" / f"{name}.txt")).values():
        for one in some:
            words = list(etree.fromstring(str(one)).iter("text"))
            for left, right in zip(words[::2], words[1::2], strict=True):
                assert wide(shown(left)) + wide(shown(right)) < WIDTH


def shown(text: etree._Element) -> str:
    """The words of an element without what it tells when asked."""
    title = text.find("title")
    return str(text.text if title is None else title.tail)


def test_long_names_keep_both_ends_and_tell_all_when_asked() -> None:
    label = (
        "文化旅游体育与传媒支出（类）文化和旅游（款）群众文化（项）2070109以及其他有关的支出"
    )
    figure = etree.fromstring(drawn(1, 2, label=label))
    text = next(figure.iter("text"))

    assert text.findtext("title") == label
    assert re.fullmatch("文化旅游.+….+有关的支出", shown(text))
    assert wide(shown(text)) <= WIDTH


def test_nothing_fits_in_no_room() -> None:
    assert shortened("甲乙丙", 0) == "…"
    assert shortened("甲乙丙", 39) == "甲乙丙"
    assert shortened("甲乙丙丁", 39) == "甲…丁"


def test_a_report_has_only_so_many_charts() -> None:
    def bar(value: int) -> tuple[Bar, ...]:
        return (Bar(Role.WHOLE, "甲", "", Decimal(value)),)

    many = [chart_of(bar(k), whole=k, block=k // 3, size=k) for k in range(1, 200)]
    wrong = chart_of(bar(1000), whole=1000, block=999, size=1, broken=True)

    kept = chosen([*many, wrong])

    assert len(kept) == MOST
    assert kept[0] is wrong
    assert [one.size for one in kept[1:4]] == [199, 198, 197]
    for block in {one.block for one in kept}:
        assert sum(one.block == block for one in kept) <= MOST_OF_BLOCK


def test_the_same_report_gives_the_same_bytes() -> None:
    path = EXAMPLES / "broken" / "final_accounts.docx"

    assert charts(check(path)) == charts(check(path))


def test_english_words() -> None:
    (figure,) = pictures(BROKEN_LIST, "en")

    assert str(figure.findtext("svg/title")) == "Parts: 本年支出合计"
    assert "parts fall short of the whole by 20.00万元 (computed)" in str(
        figure.findtext("svg/desc")
    )
