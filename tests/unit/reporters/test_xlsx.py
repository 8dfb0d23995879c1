"""The workpaper, read back as a person's program reads it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from validator.findings import Report, Severity, Status, Verdict
from validator.quantity import plain
from validator.rendering import render_bytes
from validator.reporters.base import Look, RuleCard, Run
from validator.reporters.summary import Demands, summarise
from validator.reporters.xlsx import Decision, Workpaper, book, cells
from validator.run import check, check_many, shipped_rules
from validator.standing import Standing, Waiver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EXAMPLES = Path(__file__).parents[3] / "examples" / "broken"
SHEETS = ["结论", "问题清单", "核对底稿", "数字清单", "规则"]
UNREADABLE = Report("乙.docx", Status.UNREADABLE, error="文件有打开密码；请去掉密码")


@cache
def example(name: str = "final_accounts.txt") -> Report:
    return replace(check(EXAMPLES / name), name=name)


def opened(
    *reports: Report, lang: str = "zh", demands: Demands | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Any:  # fmt: skip
    demands = demands or Demands()
    rules = shipped_rules()
    cards = {rule.id: RuleCard.of(rule) for rule in rules.rules}
    run = Run(summarise(reports, demands), rules.fingerprint, len(cards), cards, demands)
    paper = Workpaper(Look(lang), decisions or {})
    for report in reports:
        paper.add(report)
    return openpyxl.load_workbook(BytesIO(b"".join(paper.finish(run))))


@cache
def paper() -> Any:
    return opened(example())


def rows(sheet: Any) -> list[dict[str, Any]]:
    heads, *others = sheet.iter_rows()
    return [{h.value: c for h, c in zip(heads, row, strict=True)} for row in others]


def values(sheet: Any, name: str) -> list[Any]:
    return [row[name].value for row in rows(sheet)]


def test_every_sheet_is_there_in_its_order() -> None:
    assert paper().sheetnames == SHEETS


def test_every_finding_comparison_and_figure_has_its_row() -> None:
    report, made = example(), paper()
    assert report.reading is not None

    assert values(made["问题清单"], "指纹") == [one.fingerprint for one in report.findings]
    assert values(made["核对底稿"], "规则") == [one.rule for one in report.evaluations]
    assert len(rows(made["数字清单"])) == len(report.reading.figures)
    assert Counter(values(made["问题清单"], "级别")) == Counter(
        {Severity.ERROR: "错误", Severity.WARNING: "存疑", Severity.NOTE: "提示"}[one.severity]
        for one in report.findings
    )
    assert [n for s in SHEETS[1:4] for n in values(made[s], "序号")] == [
        n
        for many in (report.findings, report.evaluations, report.reading.figures)
        for n in range(1, len(many) + 1)
    ]


def test_figures_are_numbers_with_their_own_digits() -> None:
    report = example()
    assert report.reading is not None
    assert report.document is not None

    listed = rows(paper()["数字清单"])

    for figure, row in zip(report.reading.figures, listed, strict=True):
        assert row["原话"].value == report.document.quote(figure.span)
        assert row["原话"].data_type == "s"
        if figure.ignored:
            continue
        number = figure.quantity.number
        assert row["数值"].data_type == "n"
        assert Decimal(str(row["数值"].value)) == number
        places = len(plain(number).partition(".")[2])
        assert row["数值"].number_format == "#,##0" + ("." + "0" * places if places else "")
        assert (row["单位"].value or "") == figure.quantity.unit.symbol


def test_counting_the_list_gives_the_coverage() -> None:
    coverage = example().coverage

    counting = [
        row["状态"].value
        for row in rows(paper()["数字清单"])
        if row["计入核对率"].value == "是"
    ]

    assert len(counting) == coverage.numbers
    assert counting.count("相符") == coverage.consistent
    assert counting.count("不符") == coverage.inconsistent
    assert counting.count("没有核对") == coverage.unchecked


def test_a_figure_says_why_it_was_not_checked() -> None:
    unchecked = [
        row["说明"].value
        for row in rows(paper()["数字清单"])
        if row["状态"].value == "没有核对"
    ]

    assert {"与它比的数缺少或不确定，没有判断", "没有一次核对用到它"} <= set(unchecked)
    assert all(unchecked)


def finding(title: str) -> dict[str, Any]:
    return next(row for row in rows(paper()["问题清单"]) if title in row["问题"].value)


def test_a_finding_has_what_is_stated_and_what_is_computed() -> None:
    share = finding("按金额计算为 1.53%")

    names = ("报告数", "计算数／对照数", "差额", "单位", "算式", "位置", "状态")
    assert [share[name].value for name in names] == [
        1.35, 1.53, -0.18, "%", "23.15 ÷ 1509.52 = 1.53%，文中 1.35%", "第24行", "新",
    ]  # fmt: skip
    assert share["差额"].number_format == "#,##0.00"
    assert share["依据"].value.startswith("SHR001 占比与金额不符\n占比＝部分÷整体。")
    assert "【1.35%】" in share["原话"].value
    assert share["建议"].value.startswith("把“1.35%”改为“1.53%”")
    assert [share[name].value for name in ("核实结果", "核实说明", "经办人", "日期")] == [
        None
    ] * 4


def test_nothing_is_made_up_where_words_contradict_each_other() -> None:
    direction = finding("方向相反")

    assert [direction[name].value for name in ("报告数", "计算数／对照数", "差额")] == [
        None
    ] * 3


def test_of_two_sums_only_the_difference_is_told() -> None:
    made = opened(example("performance.txt"))

    (shares,) = [row for row in rows(made["问题清单"]) if row["规则"].value == "SHR002"]

    assert [shares[n].value for n in ("报告数", "计算数／对照数", "差额", "单位")] == [
        None, None, 0.05, "%",
    ]  # fmt: skip


def test_comparisons_have_both_sides_and_the_words() -> None:
    report = example()

    for one, row in zip(report.evaluations, rows(paper()["核对底稿"]), strict=True):
        told = [row[name].value for name in ("左边", "右边", "差额（左−右）")]
        if one.sides is None:
            assert told == [None] * 3
            continue
        assert [Decimal(str(value)) for value in told] == [
            one.sides.left, one.sides.right, one.sides.left - one.sides.right,
        ]  # fmt: skip
        assert row["算式"].value == one.computation


def test_comparisons_say_what_came_of_them() -> None:
    names = {
        Verdict.CONSISTENT: "相符",
        Verdict.CONSISTENT_BY_ROUNDING: "相符（四舍五入）",
        Verdict.INCONSISTENT: "不符",
        Verdict.UNDETERMINED: "没有判断",
    }

    assert values(paper()["核对底稿"], "判定") == [
        "相符（去尾）" if one.truncated else names[one.verdict] for one in example().evaluations
    ]


def target(made: Any, cell: Any) -> dict[str, Any]:
    """The row that a link leads to."""
    sheet, _, place = cell.hyperlink.location.replace("'", "").partition("!")
    row: int = made[sheet][place].row
    return rows(made[sheet])[row - 2]


def test_findings_and_comparisons_lead_to_each_other() -> None:
    made = paper()

    for row in rows(made["问题清单"]):
        there = target(made, row["底稿序号"])
        assert there["序号"].value == row["底稿序号"].value
        assert there["规则"].value == row["规则"].value
        assert there["判定"].value == "不符"
        assert target(made, there["问题序号"])["指纹"].value == row["指纹"].value
        assert target(made, row["规则"])["规则"].value == row["规则"].value
    wrong = [row for row in rows(made["核对底稿"]) if row["判定"].value == "不符"]
    assert all(row["问题序号"].value for row in wrong)


@cache
def joint() -> Any:
    files = [EXAMPLES / "final_accounts.docx", EXAMPLES / "final_accounts_tables.xlsx"]
    return opened(*check_many(files))


def test_findings_and_comparisons_of_a_set_lead_to_each_other() -> None:
    made = joint()

    wrong = [row for row in rows(made["核对底稿"]) if row["判定"].value == "不符"]
    assert all(row["问题序号"].value for row in wrong)
    crossing = 0
    for row in rows(made["问题清单"]):
        if row["底稿序号"].value is None:
            continue
        there = target(made, row["底稿序号"])
        assert there["规则"].value == row["规则"].value
        assert there["算式"].value in (row["算式"].value, None)
        assert target(made, there["问题序号"])["指纹"].value == row["指纹"].value
        crossing += there["文件"].value != row["文件"].value
    assert crossing == 4
    for row in wrong:
        assert target(made, row["问题序号"])["序号"].value == row["问题序号"].value


def test_a_finding_that_is_not_in_the_workpaper_has_no_number() -> None:
    files = [EXAMPLES / "final_accounts.docx", EXAMPLES / "final_accounts_tables.xlsx"]
    text, _ = check_many(files)

    listed = rows(opened(text)["核对底稿"])

    apart = [row for row in listed if row["判定"].value == "不符" and not row["问题序号"].value]
    assert {row["规则"].value for row in apart} == {"TBL009"}


def test_the_number_told_of_a_finding_is_printed_at_its_place() -> None:
    book = openpyxl.load_workbook(EXAMPLES / "final_accounts_tables.xlsx")
    told = {}
    for row in rows(joint()["问题清单"]):
        if not row["位置"].value.startswith("单元格"):
            continue
        sheet, _, cell = row["位置"].value.removeprefix("单元格").partition("!")
        printed, stated = book[sheet][cell].value, row["报告数"].value
        told[row["位置"].value] = (stated, row["计算数／对照数"].value, row["差额"].value)
        assert stated is None or Decimal(str(stated)) == Decimal(str(printed))

    assert told["单元格公开01表!B9"] == (22.15, 23.15, -1)
    assert told["单元格公开03表!D17"] == (None, None, 18)


def test_figures_of_a_set_count_comparisons_with_the_other_file() -> None:
    for row in rows(joint()["数字清单"]):
        if row["状态"].value in ("相符", "不符"):
            assert row["核对次数"].value > 0, row["原话"].value


def test_comparisons_of_a_set_are_counted_once() -> None:
    files = [EXAMPLES / "final_accounts.docx", EXAMPLES / "final_accounts_tables.xlsx"]
    made = sum(len(report.evaluations) for report in check_many(files))

    assert len(rows(joint()["核对底稿"])) == made
    assert sum(row["核对次数"].value for row in rows(joint()["规则"])) == made


def test_rules_are_counted() -> None:
    report = example()
    made = {row["规则"].value: row for row in rows(paper()["规则"])}
    judged = Counter((one.rule, one.verdict) for one in report.evaluations)

    assert len(made) == len(shipped_rules().rules)
    assert sum(row["核对次数"].value for row in made.values()) == len(report.evaluations)
    assert sum(row["问题"].value for row in made.values()) == len(report.findings)
    for rule, row in made.items():
        assert row["不符"].value == judged[rule, Verdict.INCONSISTENT]
        assert row["没有判断"].value == judged[rule, Verdict.UNDETERMINED]
        parts = sum(row[name].value for name in ("相符", "不符", "没有判断"))
        assert parts == row["核对次数"].value
    assert made["SUM001"]["类别"].value == "分项与合计"
    assert "预算法实施条例" in made["SUM001"]["依据"].value


@pytest.mark.parametrize("name", SHEETS[1:])
def test_lists_are_ready_to_be_read_and_printed(name: str) -> None:
    sheet = paper()[name]

    assert sheet.freeze_panes in ("B2", "C2")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToWidth in (None, 1)  # one page is what a file need not say
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert all(4 < sheet.column_dimensions[c].width < 70 for c in ("A", "C", "F"))
    assert sheet["F2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 14


def test_long_words_make_their_row_higher() -> None:
    sheet = paper()["问题清单"]

    heights = {
        len(row["原话"].value): sheet.row_dimensions[row["原话"].row].height
        for row in rows(sheet)
    }

    assert heights[max(heights)] > heights[min(heights)]


def test_levels_have_a_word_and_a_fill() -> None:
    fills = {
        row["级别"].value: row["级别"].fill.fgColor.rgb for row in rows(paper()["问题清单"])
    }

    assert set(fills) == {"错误", "存疑"}
    assert len(set(fills.values())) == 2
    assert "00000000" not in fills.values()


def test_results_are_chosen_from_a_list() -> None:
    sheet = paper()["问题清单"]

    (offered,) = sheet.data_validations.dataValidation

    assert offered.formula1 == '"确认,误报,已改"'
    column = {cell.value: cell.column_letter for cell in sheet[1]}["核实结果"]
    assert str(offered.sqref) == f"{column}2:{column}{len(example().findings) + 1}"


def test_decisions_are_filled_in() -> None:
    first, second, *_ = example().findings
    decisions = {
        first.fingerprint: Decision("误报", "附表另有说明", date(2026, 3, 1), "李四"),
        "f" * 16: Decision("确认"),
    }

    one, other, *_ = rows(opened(example(), decisions=decisions)["问题清单"])

    names = ("核实结果", "核实说明", "经办人", "日期")
    assert [one[name].value for name in names] == [
        "误报", "附表另有说明", "李四", datetime(2026, 3, 1),  # noqa: DTZ001 - as read
    ]  # fmt: skip
    assert [other[name].value for name in names] == [None] * 4
    assert other["指纹"].value == second.fingerprint


def test_known_and_waived_findings_say_so() -> None:
    known, waived, *others = example().findings
    waiver = Waiver("口径不同，已核实", "李四", date(2026, 12, 31), "gouji-waivers.yaml:3")
    findings = (
        replace(known, standing=Standing.KNOWN),
        replace(waived, waiver=waiver),
        *others,
    )

    states = values(opened(replace(example(), findings=findings))["问题清单"], "状态")

    assert states[0] == "已知"
    assert "口径不同，已核实（李四，到2026-12-31为止" in states[1]
    assert set(states[2:]) == {"新"}


def test_nothing_becomes_a_formula() -> None:
    report = example()
    bad = [f"{sign}1+1" for sign in ("=", "+", "-", "@")]
    bad += ["http://a.b", "<r><t>x</t></r>", "_x0041_", "a\x00b\x1b\ud800"]
    findings = [
        replace(one, message=words, title=words, computation=words)
        for one, words in zip(report.findings, bad, strict=False)
    ]

    sheet = opened(replace(report, name="=HYPERLINK(1).txt", findings=tuple(findings)))[
        "问题清单"
    ]

    told = rows(sheet)
    assert [row["问题"].value for row in told][:5] == bad[:5]
    assert told[5]["问题"].value == " <r><t>x</t></r>"
    assert {cell.data_type for row in told for cell in row.values()} <= {"s", "n"}
    assert {row["文件"].value for row in told} == {"=HYPERLINK(1).txt"}
    assert all(row[name].hyperlink is None for row in told for name in ("问题", "文件", "原话"))


def test_the_verdict_is_that_of_the_run() -> None:
    said = cover(paper())

    assert said[0] == ["勾稽核对底稿"]
    assert said[1] == ["结论：没有通过，错误10处，存疑3处。"]
    assert "196/213（92%）" in said[2][0]
    assert shipped_rules().fingerprint in said[3][0]
    (file,) = [row for row in said if row[:1] == ["final_accounts.txt"] and len(row) > 10]
    assert file[:5] == [
        "final_accounts.txt", "云岭县水务局", 2020, "部门决算", "没有通过，错误10处，存疑3处。",
    ]  # fmt: skip
    assert file[5:14] == [10, 3, 0, 0, 0, 0, 213, 196, 92]
    assert file[15] == example().digest.removeprefix("sha256:")
    sections = example().coverage.sections
    listed = [row for row in said if row[:1] == ["final_accounts.txt"] and len(row) == 5]
    assert [row[2:4] for row in listed] == [[one.numbers, one.checked] for one in sections]


def cover(made: Any) -> list[list[Any]]:
    return [
        [value for value in row if value is not None]
        for row in made["结论"].iter_rows(values_only=True)
    ]


def test_many_files_are_listed_one_by_one(tmp_path: Path) -> None:
    found = list(check_many([EXAMPLES / "final_accounts.txt", EXAMPLES / "budget.txt"]))
    reports = [*(replace(one, name=Path(one.name).name) for one in found), UNREADABLE]

    made = opened(*reports, demands=Demands(min_coverage=Decimal(1)))

    said = cover(made)
    files = {row[0]: row for row in said if len(row) > 7}
    assert files["乙.docx"][1] == "没有查完，1个文件读不了。"
    assert "1个文件的核对率低于要求" in files["budget.txt"][4]
    assert files["合计"][1:3] == [
        sum(one.severity is severity for report in reports for one in report.findings)
        for severity in (Severity.ERROR, Severity.WARNING)
    ]
    assert ["乙.docx", "读不了", "文件有打开密码；请去掉密码"] in said
    assert any(row[:2] == ["budget.txt", "核对率不够"] for row in said)
    for sheet, counts in (
        ("问题清单", [len(one.findings) for one in reports]),
        ("核对底稿", [len(one.evaluations) for one in reports]),
    ):
        names = values(made[sheet], "文件")
        assert [names.count(one.name) for one in reports] == counts
        assert values(made[sheet], "序号") == list(range(1, sum(counts) + 1))
    for row in rows(made["问题清单"]):
        assert target(made, row["底稿序号"])["文件"].value == row["文件"].value


def test_the_one_file_is_named_at_the_head_of_the_page() -> None:
    one, many = paper()["问题清单"], opened(example(), UNREADABLE)["问题清单"]

    assert one.oddHeader.left.text.endswith("final_accounts.txt 云岭县水务局 2020年度 部门决算")
    assert one.column_dimensions["C"].hidden
    assert not many.column_dimensions["C"].hidden


def test_words_too_long_for_a_cell_are_cut() -> None:
    report = example()
    long = replace(report.findings[0], message="字" * 40_000)

    (row,) = rows(opened(replace(report, findings=(long,)))["问题清单"])

    assert len(row["问题"].value) == cells.LONGEST
    assert row["问题"].value.endswith("字……（太长，没有写完）")


def test_rows_that_have_no_room_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "ROWS", 100)
    report = example()

    made = opened(report)

    left = len(report.evaluations) - 99
    assert len(rows(made["核对底稿"])) == 99
    assert any(f"“核对底稿”写满了，另有{left}行没有写" in row[0] for row in cover(made) if row)
    last = rows(made["问题清单"])[-1]
    assert last["底稿序号"].value > 99
    assert last["底稿序号"].hyperlink is None


def test_numbers_that_excel_cannot_hold_stay_words() -> None:
    report = example()
    assert report.reading is not None
    figures = list(report.reading.figures)
    at = next(i for i, one in enumerate(figures) if not one.ignored)
    huge = replace(figures[at].quantity, number=Decimal("1234567890123456.78"))
    figures[at] = replace(figures[at], quantity=huge)

    made = opened(replace(report, reading=replace(report.reading, figures=tuple(figures))))

    row = rows(made["数字清单"])[at]
    assert row["数值"].value is None
    assert row["原话"].value


def test_a_file_without_findings_is_a_whole_workpaper() -> None:
    clean = check(EXAMPLES.parent / "clean" / "final_accounts.txt")

    made = opened(replace(clean, findings=()))

    assert rows(made["问题清单"]) == []
    assert len(rows(made["核对底稿"])) == len(clean.evaluations)


def test_english_labels_hold_as_much() -> None:
    made = opened(example(), lang="en")

    assert made.sheetnames == ["Verdict", "Findings", "Comparisons", "Figures", "Rules"]
    for name, other in zip(made.sheetnames, SHEETS, strict=True):
        assert made[name].max_row == paper()[other].max_row
        assert made[name].max_column == paper()[other].max_column
    row = rows(made["Findings"])[0]
    assert (row["level"].value, row["stated"].value) == ("ERROR", 58)


@pytest.mark.parametrize("names", [("final_accounts.txt",), ("budget.txt", "performance.docx")])
def test_the_same_reports_give_the_same_bytes(names: Sequence[str]) -> None:
    reports = [example(name) for name in names]

    assert render_bytes(reports, "xlsx") == render_bytes(reports, "xlsx")


def test_it_is_written_in_memory_where_no_folder_is_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(**_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(book, "TemporaryDirectory", none)

    made = opened(example())

    assert len(rows(made["问题清单"])) == len(example().findings)
