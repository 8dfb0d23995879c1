"""The nine public tables: silent when they agree, one finding at least for each broken identity."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from examples.make_workbook import BROKEN, NAME, workbook
from validator.findings import Report, Severity, Status
from validator.run import check, check_many

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORT = EXAMPLES / "clean" / "final_accounts.docx"

# (identity, cell, what it prints instead, rule that must say so)
PLANTED = [
    ("revenue-is-sum-of-sources", "公开01表!B6", 1468.37, "TBL001"),
    ("revenue-total-adds-opening", "公开01表!B11", 46.28, "TBL001"),
    ("expenditure-is-sum-of-classes", "公开01表!D8", 1330.76, "TBL001"),
    ("expenditure-total-adds-closing", "公开01表!D11", 23.14, "TBL001"),
    ("totals-balance", "公开01表!D12", 1537.80, "STM001"),
    ("revenue-row-adds", "公开02表!D8", 1284.47, "TBL002"),
    ("revenue-column-adds", "公开02表!C5", 1590.52, "TBL001"),
    ("class-is-sum-of-groups", "公开03表!C18", 1330.76, "TBL003"),
    ("group-is-sum-of-items", "公开05表!D19", 642.56, "TBL003"),
    ("expenditure-row-adds", "公开03表!D17", 642.56, "TBL002"),
    ("expenditure-column-adds", "公开03表!D5", 826.46, "TBL001"),
    ("fiscal-revenue-is-sum-of-budgets", "公开04表!B6", 1468.37, "TBL001"),
    ("opening-is-sum-of-budgets", "公开04表!B12", 85.90, "STM003"),
    ("fiscal-total-adds-opening", "公开04表!B11", 85.90, "TBL001"),
    ("fiscal-row-adds", "公开04表!E8", 1208.35, "TBL002"),
    ("fiscal-column-adds", "公开04表!E10", 1581.25, "TBL001"),
    ("fiscal-column-total-adds-closing", "公开04表!E11", 72.02, "TBL001"),
    ("fiscal-totals-balance", "公开04表!D15", 1554.27, "STM001"),
    ("each-budget-balances", "公开04表!E11", 72.02, "STM002"),
    ("general-row-adds", "公开05表!D17", 642.56, "TBL002"),
    ("general-column-adds", "公开05表!C5", 1581.25, "TBL001"),
    ("staff-is-301-and-303", "公开06表!C19", 784.31, "STM007"),
    ("public-is-302-to-399", "公开06表!F19", 141.15, "STM008"),
    ("economic-class-is-sum", "公开06表!C7", 242.46, "TBL003"),
    ("basic-is-staff-and-public", "公开06表!C20", 826.46, "STM009"),
    ("three-public-budget-adds", "公开07表!F7", 2.50, "SUM005"),
    ("three-public-actual-adds", "公开07表!L7", 4.86, "SUM005"),
    ("car-costs-add", "公开07表!K7", 24.03, "SUM006"),
    ("three-public-within-budget", "公开07表!L7", 5.86, "STM015"),
    ("fund-balances", "公开08表!D6", 5.00, "STM010"),
    ("fund-row-adds", "公开08表!E6", 5.00, "TBL002"),
    ("capital-row-adds", "公开09表!C5", 5.00, "TBL002"),
    ("no-negative-amounts", "公开01表!B9", -23.15, "STM016"),
    ("appropriations-agree-with-revenue-table", "公开02表!D5", 1468.37, "STM004"),
    ("other-income-agrees", "公开02表!F5", 32.15, "TBL011"),
    ("revenue-agrees", "公开02表!C5", 1590.52, "TBL011"),
    ("expenditure-agrees", "公开03表!C5", 1514.66, "TBL011"),
    ("class-agrees", "公开03表!C17", 1330.76, "TBL011"),
    ("fiscal-revenue-agrees", "公开04表!B10", 1468.37, "TBL011"),
    ("general-revenue-agrees", "公开04表!B6", 1468.37, "TBL011"),
    ("appropriation-within-all", "公开04表!D10", 1581.25, "XRF005"),
    ("class-within-all", "公开04表!D9", 75.32, "STM005"),
    ("general-total-agrees", "公开05表!C5", 1581.25, "TBL011"),
    ("general-class-agrees", "公开05表!C24", 75.32, "TBL011"),
    ("general-within-all", "公开05表!D19", 642.56, "STM006"),
    ("basic-agrees", "公开05表!D5", 826.46, "TBL011"),
    ("fund-agrees", "公开08表!E6", 5.00, "TBL011"),
    ("fund-opening-agrees", "公开08表!C6", 5.00, "TBL011"),
    ("capital-agrees", "公开09表!C5", 5.00, "TBL011"),
    ("fiscal-opening-within-all", "公开04表!B11", 85.90, "STM012"),
    ("general-basic-within-all", "公开06表!C20", 886.46, "STM013"),
    ("basic-part-within-three-public", "公开06表!F14", 8.36, "STM014"),
]


def checked(data: bytes) -> Report:
    report = check(data, name=NAME)
    assert report.status is Status.CHECKED, report.error
    return report


def grave(report: Report) -> list[tuple[str, set[str]]]:
    """Rule and cells of each error and warning; one cell may break several rules at once."""
    document = report.document
    assert document is not None
    found = []
    for finding in report.findings:
        if finding.severity is not Severity.NOTE:
            blocks = [document.block_at(e.span.start) for e in finding.evidence]
            cells = {block.origin for block in blocks if block}
            found += [(rule, cells) for rule in (finding.rule, *finding.consequences)]
    return found


def test_bundled_workbooks_are_up_to_date() -> None:
    assert (EXAMPLES / "clean" / NAME).read_bytes() == workbook()
    assert (EXAMPLES / "broken" / NAME).read_bytes() == workbook(BROKEN)


def test_clean_workbook_is_silent_and_checked() -> None:
    report = checked(workbook())

    assert report.findings == ()
    assert report.coverage.checked == report.coverage.numbers > 150


@pytest.mark.parametrize(
    ("cell", "value", "rule"),
    [row[1:] for row in PLANTED],
    ids=[f"{row[0]}-{row[3]}" for row in PLANTED],
)
def test_broken_identity_is_found(cell: str, value: float, rule: str) -> None:
    found = grave(checked(workbook({cell: value})))

    assert [cells for name, cells in found if name == rule and cell in cells] != []


@pytest.mark.parametrize("cell", BROKEN)
def test_every_error_of_the_broken_workbook_is_found(cell: str) -> None:
    found = grave(checked((EXAMPLES / "broken" / NAME).read_bytes()))

    assert [rule for rule, cells in found if cell in cells] != []


def multiplied(names: set[str]) -> bytes:
    """The clean workbook with some sheets in 元 that still say 万元."""
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    for name in names:
        for row in book[name].iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    cell.value = float(f"{cell.value * 10000:.2f}")
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_table_in_another_unit_is_told_once() -> None:
    found = grave(checked(multiplied({"公开05表"})))

    assert [rule for rule, _ in found] == ["UNT004"]
    assert {cell.split("!")[0] for cell in found[0][1]} >= {"公开05表"}


def test_workbook_in_another_unit_is_told_once_a_table(tmp_path: Path) -> None:
    path = tmp_path / "附表.xlsx"
    path.write_bytes(multiplied({f"公开0{number}表" for number in range(1, 10)}))

    text, tables = check_many([REPORT, path])

    assert text.findings == ()
    assert {finding.rule for finding in tables.findings} == {"UNT004"}
    assert all(finding.repairs == () for finding in tables.findings)


def test_formula_without_result_is_not_nothing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["公开03表"]["C20"] = "=D20+E20"
    book["公开01表"]["B10"] = "=SUM(B6:B9)"
    raw = io.BytesIO()
    book.save(raw)

    report = checked(raw.getvalue())

    assert report.findings == ()
    assert report.document is not None
    assert "公开03表!C20" in "".join(report.document.unread)


@cache
def together(folder: str) -> list[Report]:
    return list(check_many([REPORT, EXAMPLES / folder / NAME]))


def test_report_and_its_workbook_agree() -> None:
    assert [len(report.findings) for report in together("clean")] == [0, 0]


def test_every_error_of_the_broken_workbook_is_one_finding() -> None:
    report = checked((EXAMPLES / "broken" / NAME).read_bytes())

    assert len(report.findings) == len(BROKEN)


def test_wrong_table_is_told_with_the_text_beside_it() -> None:
    text, tables = together("broken")

    (finding,) = [f for f in tables.findings if "TBL009" in (f.rule, *f.consequences)][-1:]
    there = [e for e in finding.evidence if e.document == text.name]

    assert text.findings == ()
    assert text.document is not None
    assert {text.document.quote(e.span) for e in there} == {"3.86万元"}


def test_wrong_text_quotes_the_cell(tmp_path: Path) -> None:
    words = (EXAMPLES / "clean" / "final_accounts.txt").read_text(encoding="utf-8")
    path = tmp_path / "报告.txt"
    path.write_text(words.replace("人员经费748.31万元", "人员经费784.31万元"), encoding="utf-8")

    text, tables = check_many([path, EXAMPLES / "clean" / NAME])
    assert text.document is not None
    assert tables.document is not None
    (finding,) = [f for f in text.findings if "TBL009" in (f.rule, *f.consequences)]
    here = finding.evidence[0]
    (there,) = [e for e in finding.evidence if e.document]

    assert text.document.quote(here.span) == "784.31万元"
    assert there.document == tables.name
    assert tables.document.quote(there.span) == "748.31"
    block = tables.document.block_at(there.span.start)
    assert block is not None
    assert block.origin == "公开06表!C19"
    assert tables.findings == ()
