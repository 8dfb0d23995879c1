"""Which figures changed between two versions, however they were edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.comparing import ChangeKind, compare
from validator.run import check

if TYPE_CHECKING:
    from validator.comparing import Comparison, FigureChange
    from validator.findings import Report

HEAD = "云岭县水务局2020年度部门决算\n一、收入决算情况说明\n"
INCOME = "2020年度收入合计1509.52万元，其中：财政拨款收入1486.37万元，占98.47%；其他收入23.15万元，占1.53%。\n"
SPENDING = "2020年度支出合计1541.66万元，其中：基本支出862.46万元，项目支出679.20万元。\n"
STAFF = "年末实有在职人员55人，其中：行政人员25人、事业人员27人、工勤人员3人。\n"
TRIPS = "因公出国（境）费支出0万元。公务接待费支出3.86万元，接待42批次、386人次。\n"
TABLE = """支出决算表
单位：万元
项目\t合计\t基本支出\t项目支出
教育支出\t120.00\t80.00\t40.00
卫生健康支出\t46.92\t46.92\t0.00
农林水支出\t300.00\t100.00\t200.00
合计\t466.92\t226.92\t240.00
"""
REPORT = HEAD + INCOME + SPENDING + STAFF + TRIPS + TABLE


def checked(text: str) -> Report:
    return check(text.encode(), name="报告.txt")


def compared(old: str, new: str) -> Comparison:
    return compare(checked(old), checked(new))


def quotes(both: Comparison, change: FigureChange) -> tuple[str, str, str]:
    """What became of a figure, and how both versions print it."""
    ends = ((both.old.document, change.old), (both.new.document, change.new))
    old, new = (d.quote(f.span) if d and f else "" for d, f in ends)
    return change.kind.value, old, new


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    both = compared(old, new)
    return [quotes(both, change) for change in both.figures]


def replaced(*edits: tuple[str, str]) -> str:
    text = REPORT
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_nothing_changed() -> None:
    both = compared(REPORT, REPORT)

    assert both.figures == ()
    assert both.same > 20


@pytest.mark.parametrize(
    ("old", "new", "prints"),
    [
        ("卫生健康支出\t46.92\t46.92", "卫生健康支出\t46.92\t47.53", ("46.92", "47.53")),
        ("收入合计1509.52万元", "收入合计1590.52万元", ("1509.52万元", "1590.52万元")),
        ("占1.53%", "占1.54%", ("1.53%", "1.54%")),
        ("事业人员27人", "事业人员28人", ("27人", "28人")),
        ("23.15万元", "23.15亿元", ("23.15万元", "23.15亿元")),
        ("占1.53%", "占1.53", ("1.53%", "1.53")),
        ("占98.47%", "占98.47个百分点", ("98.47%", "98.47个百分点")),
        ("3.86万元", "-3.86万元", ("3.86万元", "-3.86万元")),
    ],
)
def test_another_value(old: str, new: str, prints: tuple[str, str]) -> None:
    """Also where the intervals of two prints share an end: 1.53% and 1.54% share 1.535%."""
    assert changes(REPORT, replaced((old, new))) == [("changed", *prints)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("23.15万元", "231500元"),
        ("1509.52万元", "0.150952亿元"),
        ("1509.52万元", "1509.5万元"),
        ("占1.53%", "占1.5%"),
        ("23.15万元", "约23.15万元"),
        ("费支出0万元", "费支出0.00万元"),
        ("23.15万元", "23,15万元"),
        ("23.15万元", "23.15"),
    ],
)
def test_the_same_value_in_other_words(old: str, new: str) -> None:
    (found,) = changes(REPORT, replaced((old, new)))

    assert found[0] == "restated"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1509.52万元", "1,509.52 万元"),
        ("1509.52万元", "１５０９．５２万元"),
        ("其中：财政拨款收入", "其中: 财政拨款\n收入"),
        ("2020年度收入合计", "2019年度收入合计"),
        ("一、收入", "二、收入"),
        ("公务接待费支出3.86万元", "公务接待费用支出3.86万元"),
        (SPENDING + STAFF, STAFF + SPENDING),
        ("占1.53%。\n2020", "占1.53%。2020"),
        ("项目支出679.20万元。", "项目支出\n679.20万元。"),
    ],
)
def test_what_is_no_change_of_a_figure(old: str, new: str) -> None:
    """Widths, line breaks, years, outline numbers, other words around it, another place."""
    assert changes(REPORT, replaced((old, new))) == []


@pytest.mark.parametrize("before", [INCOME, SPENDING, STAFF, TRIPS, "支出决算表"])
def test_inserted_paragraph_moves_nothing(before: str) -> None:
    extra = "另有上级补助收入77.31万元，涉及13个乡镇。\n"
    found = changes(REPORT, replaced((before, extra + before)))

    assert found == [("added", "", "77.31万元"), ("added", "", "13个")]


def test_inserted_copy_of_a_sentence() -> None:
    """The same words with other figures: those that were there are told from the new ones."""
    extra = STAFF.replace("55", "61").replace("25", "31")
    found = changes(REPORT, replaced((STAFF, extra + STAFF)))

    assert found == [("added", "", f"{n}人") for n in (61, 31, 27, 3)]


def test_removed_sentence() -> None:
    found = changes(REPORT, replaced((TRIPS, "因公出国（境）费支出0万元。\n")))

    assert found == [("removed", n, "") for n in ("3.86万元", "42批次", "386人次")]


def test_changed_and_moved() -> None:
    moved = SPENDING.replace("862.46", "826.46")

    assert changes(
        REPORT,
        replaced((INCOME, ""), (SPENDING, moved + STAFF), (STAFF + TRIPS, TRIPS + INCOME)),
    ) == [("changed", "862.46万元", "826.46万元")]


def test_one_of_several_alike() -> None:
    rows = "其中：支出5.00万元。\n其中：支出6.00万元。\n其中：支出7.00万元。\n"

    assert changes(HEAD + rows, HEAD + rows.replace("5.00", "6.00")) == [
        ("changed", "5.00万元", "6.00万元")
    ]
    assert changes(HEAD + rows, HEAD + "其中：支出9.00万元。\n" + rows) == [
        ("added", "", "9.00万元")
    ]


def test_swapped_figures_are_both_changed() -> None:
    found = changes(REPORT, replaced(("25人、事业人员27人", "27人、事业人员25人")))

    assert found == [("changed", "25人", "27人"), ("changed", "27人", "25人")]


def test_item_put_into_a_list() -> None:
    found = changes(
        REPORT,
        replaced(
            ("行政人员25人、", "行政人员26人、参公人员2人、"), ("事业人员27人", "事业人员24人")
        ),
    )

    assert found == [
        ("changed", "25人", "26人"),
        ("added", "", "2人"),
        ("changed", "27人", "24人"),
    ]


def test_same_fact_in_another_sentence() -> None:
    old = HEAD + "2020年度公务接待费支出决算为3.86万元。\n" + STAFF
    new = (
        HEAD
        + STAFF
        + "本年共安排检查、验收等接待若干，全年的公务接待费支出决算为3.68万元，比上年少。\n"
    )

    assert changes(old, new) == [("changed", "3.86万元", "3.68万元")]


def test_row_put_into_a_table() -> None:
    row = "科学技术支出\t10.00\t4.00\t6.00\n"
    found = changes(
        REPORT, replaced(("农林水支出\t", row + "农林水支出\t"), ("466.92\t226", "476.92\t226"))
    )

    assert found == [
        ("added", "", "10.00"), ("added", "", "4.00"), ("added", "", "6.00"),
        ("changed", "466.92", "476.92"),
    ]  # fmt: skip


def test_column_put_into_a_table() -> None:
    lines = TABLE.splitlines()
    extra = ["", "", "经营支出", "1.00", "2.00", "3.00", "6.00"]
    wider = [
        "\t".join([*line.split("\t")[:2], more, *line.split("\t")[2:]]) if more else line
        for line, more in zip(lines, extra, strict=True)
    ]
    found = changes(REPORT, REPORT.replace(TABLE, "\n".join(wider) + "\n"))

    assert found == [("added", "", more) for more in extra if more[:1].isdigit()]


def test_table_that_a_page_cuts_in_two() -> None:
    """Rows of numbers alone have no words to be known by."""
    stage, names = "预算数\t预算数\t预算数\t预算数", "合计\t出国费\t公务接待费\t用车费"
    planned, spent = "32.70\t1.50\t5.20\t26.00", "28.40\t1.50\t3.86\t23.04"
    top = "“三公”经费支出决算表\n单位：万元\n"
    actual = stage.replace("预", "决")
    whole = f"{top}{stage}\t{actual}\n{names}\t{names}\n{planned}\t{spent}\n"
    other = spent.replace("23.04", "24.03")
    cut = f"{top}{stage}\n{names}\n{planned}\n续表\n{actual}\n{names}\n{other}\n"

    assert changes(HEAD + whole, HEAD + cut) == [("changed", "23.04", "24.03")]


def test_zeros_in_a_row_are_no_sign() -> None:
    rows = "一般公共服务支出\t0.00\t0.00\t0.00\t7.00\n", "债务付息\t0.00\t0.00\t0.00\t9.00\n"
    found = changes(REPORT + rows[0], REPORT + rows[1])

    assert {kind for kind, _, _ in found} == {"added", "removed"}


def test_unit_line_of_a_table() -> None:
    """The same digits under another unit are other amounts."""
    both = compared(REPORT, replaced(("单位：万元", "单位：亿元")))

    assert [change.kind for change in both.figures] == [ChangeKind.CHANGED] * 12


def test_lost_unit_line_changes_no_figure() -> None:
    assert changes(REPORT, replaced(("单位：万元\n", ""))) == []


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("事业人员27人", "事业人员28人", "事业人员"),
        ("卫生健康支出\t46.92\t46.92", "卫生健康支出\t46.92\t47.53", "卫生健康支出 · 基本支出"),
        ("占1.53%", "占1.55%", "其他收入占"),
    ],
)
def test_figure_has_a_name(old: str, new: str, label: str) -> None:
    (change,) = compared(REPORT, replaced((old, new))).figures

    assert change.label == label


def test_last_years_report_against_this_years() -> None:
    new = REPORT.replace("2020", "2021").replace("1509.52", "1601.03").replace("55人", "54人")

    assert changes(REPORT, new) == [
        ("changed", "1509.52万元", "1601.03万元"),
        ("changed", "55人", "54人"),
    ]


def test_nothing_in_common() -> None:
    other = "青禾县档案局2021年度部门预算\n预算收入7.00万元。\n"
    both = compared(REPORT, other)

    assert {change.kind for change in both.figures} <= {ChangeKind.ADDED, ChangeKind.REMOVED}
    assert both.same == 0


def test_only_checked_reports_are_compared() -> None:
    with pytest.raises(ValueError, match="checked"):
        compare(check(b"\x00\x01", name="a.pdf"), checked(REPORT))
