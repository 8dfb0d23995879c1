"""Sets: which files belong together, and that a joined report comes apart without a scratch."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.bundle import join, taken_apart
from validator.findings import FigureState, Report, Status
from validator.readers import read, read_bytes
from validator.reporters.html.charts import charts
from validator.run import check_document, check_many, shipped_rules
from validator.sets import plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.document import Document

EXAMPLES = Path(__file__).parents[2] / "examples"
BOOK = EXAMPLES / "clean" / "final_accounts_tables.xlsx"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.docx"], [("a.docx",)]),
        (["a.docx", "b.txt"], [("a.docx",), ("b.txt",)]),
        (["表.xlsx", "报告.docx"], [("报告.docx", "表.xlsx")]),
        (["x/报告.pdf", "y/表.xls", "y/表2.ods"], [("x/报告.pdf", "y/表.xls", "y/表2.ods")]),
        (["表.xlsx"], [("表.xlsx",)]),
        (
            ["甲/报告.docx", "甲/附表.xlsx", "乙/报告.docx", "乙/附表.xlsx"],
            [("甲/报告.docx", "甲/附表.xlsx"), ("乙/报告.docx", "乙/附表.xlsx")],
        ),
        (
            [
                "档案馆2022年决算公开.docx",
                "水务局2022年决算公开.docx",
                "水务局2022年决算公开表.xlsx",
            ],
            [
                ("档案馆2022年决算公开.docx",),
                ("水务局2022年决算公开.docx", "水务局2022年决算公开表.xlsx"),
            ],
        ),
        (["a.docx", "b.docx", "c.xlsx"], [("a.docx",), ("b.docx",), ("c.xlsx",)]),
    ],
)
def test_plan(names: list[str], expected: list[tuple[str, ...]]) -> None:
    assert sorted(plan(names)) == sorted(expected)


def parts(*documents: Document) -> list[Report]:
    joined = join(documents)
    return taken_apart(joined, check_document(joined.document, shipped_rules()))


def test_joined_documents_keep_every_block_and_quote() -> None:
    text, book = read(EXAMPLES / "broken" / "final_accounts.txt"), read(BOOK)

    joined = join([text, book]).document

    words = [joined.quote(block.span) for block in joined.blocks]
    assert words == [one.quote(b.span) for one in (text, book) for b in one.blocks]
    assert [block.index for block in joined.blocks] == list(range(len(joined.blocks)))
    assert {b.table for b in joined.blocks if b.table >= 0} == set(range(len(joined.tables)))
    for table in joined.tables:
        for row in range(table.rows):
            for cell in (table.cells[k] for k in table.grid[row] if k >= 0):
                block = joined.block_at(cell.span.start)
                assert cell.span.start == cell.span.end or block is not None


def test_one_document_alone_tells_what_it_tells_without_a_set() -> None:
    document = read(EXAMPLES / "broken" / "final_accounts.txt")

    (part,) = parts(document)
    whole = check_document(document, shipped_rules())

    assert part.findings == whole.findings
    assert part.coverage == whole.coverage
    assert part.states == whole.states


def test_parts_have_their_own_figures_and_quotes() -> None:
    text = read(EXAMPLES / "broken" / "final_accounts.txt")
    reports = parts(text, read(EXAMPLES / "broken" / "final_accounts_tables.xlsx"))

    for report in reports:
        assert report.document is not None
        assert report.reading is not None
        figures = report.reading.figures
        assert [figure.id for figure in figures] == list(range(len(figures)))
        assert len(report.states) == len(figures)
        assert {f.section for f in figures} <= {s.index for s in report.reading.sections}
        for figure in figures:
            digits = report.document.quote(figure.span)
            assert any(letter.isdigit() for letter in digits), digits
        checked = [s for s in report.states if s is not FigureState.IGNORED]
        assert report.coverage.all_numbers == len(checked)
        for finding in report.findings:
            assert finding.evidence[0].document == ""
            for one in finding.evidence:
                home = report.others[one.document] if one.document else report.document
                assert home.quote(one.span).strip()


def test_what_spans_files_is_known_in_each_of_them() -> None:
    names = ("final_accounts.docx", "final_accounts_tables.xlsx")
    documents = [read(EXAMPLES / "broken" / name) for name in names]
    whole = check_document(join(documents).document, shipped_rules())
    text, book = parts(*documents)

    assert len(text.evaluations) + len(book.evaluations) == len(whole.evaluations)
    assert len(text.findings) + len(book.findings) == len(whole.findings)
    for one, other in ((text, book), (book, text)):
        assert one.document is not None
        assert one.reading is not None
        spanning = [e for e in other.evaluations if any(x.document for x in e.evidence)]
        assert len(one.evaluations_abroad) == len(spanning)
        for theirs, ours in zip(spanning, one.evaluations_abroad, strict=True):
            assert (ours.rule, ours.computation) == (theirs.rule, theirs.computation)
            assert ours.evidence[0].document == other.name
            for near, far in zip(ours.evidence, theirs.evidence, strict=True):
                assert near.span == far.span
                assert {near.document, far.document} <= {"", one.name, other.name}
                assert bool(near.document) is not bool(far.document)
            spans = [one.reading.figures[at].span for at in ours.figures]
            own = [e.span for e in ours.evidence if not e.document]
            assert all(any(s.overlaps(span) for s in own) for span in spans)
    assert {f.fingerprint for f in text.findings_abroad} <= {
        f.fingerprint for f in book.findings
    }
    assert len(book.evaluations_abroad) > 50
    assert "TBL009" in {f.rule for f in text.findings_abroad}


def test_claims_of_a_part_are_about_its_own_figures() -> None:
    names = ("final_accounts.docx", "final_accounts_tables.xlsx")
    documents = [read(EXAMPLES / "broken" / name) for name in names]

    for report, document in zip(parts(*documents), documents, strict=True):
        alone = check_document(document, shipped_rules())
        assert report.reading is not None
        assert alone.reading is not None
        told = report.reading.claims
        known = {(one.kind, one.span) for one in alone.reading.claims}
        assert len({(one.kind, one.span) for one in told} & known) > 0.9 * len(known)
        for claim in told:
            assert claim.section < len(report.reading.sections)
            terms = [t for o in claim.slots.values() for some in o.candidates for t in some]
            assert all(report.reading.figures[t.figure.id] is t.figure for t in terms)
            for where in (claim.span, *claim.word_spans.values()):
                assert where.end <= len(document.text)


def test_charts_are_drawn_of_a_report_with_its_tables() -> None:
    names = ("final_accounts.docx", "final_accounts_tables.xlsx")
    documents = [read(EXAMPLES / "broken" / name) for name in names]

    text, book = parts(*documents)

    alone = charts(check_document(documents[0], shipped_rules()))
    drawn = charts(text)
    # Lists whose whole was found in the workbook span both files: none is drawn of them.
    assert len(alone) > len(drawn) > 0.7 * len(alone)
    assert drawn.items() <= alone.items()
    assert charts(book) == {}


def broken_rules(reports: Iterable[Report]) -> set[str]:
    """Every rule that is broken, on its own or by the cause of another finding."""
    findings = [finding for report in reports for finding in report.findings]
    return {rule for one in findings for rule in (one.rule, *one.consequences)}


def test_separate_files_are_not_compared(tmp_path: Path) -> None:
    words = (EXAMPLES / "clean" / "final_accounts.txt").read_text(encoding="utf-8")
    path = tmp_path / "a.txt"
    path.write_text(words.replace("人员经费748.31万元", "人员经费784.31万元"), encoding="utf-8")

    together = broken_rules(check_many([path, BOOK]))
    apart = broken_rules(check_many([path, BOOK], together=False))

    assert "TBL009" in together
    assert "TBL009" not in apart


@pytest.mark.parametrize(
    ("old", "new"),
    [("云岭县水务局", "清河县档案馆"), ("2020年", "2017年")],
    ids=["another-unit", "another-year"],
)
def test_workbook_of_another_unit_or_year_is_not_compared(
    tmp_path: Path, old: str, new: str
) -> None:
    words = (EXAMPLES / "broken" / "final_accounts.txt").read_text(encoding="utf-8")
    path = tmp_path / "a.txt"
    path.write_text(words.replace(old, new).replace("2019年", "2016年"), encoding="utf-8")

    text, book = check_many([path, BOOK])

    assert book.findings == ()
    assert not {f.rule for f in text.findings} & {"TBL009", "TBL010", "TBL011"}


def test_unreadable_workbook_leaves_the_report_alone(tmp_path: Path) -> None:
    bad = tmp_path / "表.xlsx"
    bad.write_bytes(BOOK.read_bytes()[:3000])

    text, book = check_many([EXAMPLES / "broken" / "final_accounts.txt", bad])

    assert text.status is Status.CHECKED
    assert text.findings
    assert book.status is Status.UNREADABLE


def test_zip_holds_a_set(tmp_path: Path) -> None:
    path = tmp_path / "报送.zip"
    words = (EXAMPLES / "clean" / "final_accounts.txt").read_text(encoding="utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("表.xlsx", BOOK.read_bytes())
        archive.writestr("报告.txt", words.replace("公用经费114.15万元", "公用经费141.15万元"))

    reports = {report.name.rpartition("/")[2]: report for report in check_many([path])}

    assert sorted(reports) == ["报告.txt", "表.xlsx"]
    assert "TBL009" in broken_rules([reports["报告.txt"]])


def test_line_of_joined_text_stays_that_of_the_file() -> None:
    text = read_bytes("支出合计10.00万元\n其中：基本支出6.00万元".encode(), "a.txt")
    (report, _) = parts(text, read(BOOK))
    assert report.document is not None

    assert report.document.line_of(report.document.text.index("基本")) == 2


SUMMARY = """{year}年度收入支出决算总表
单位：万元
| 项目 | 决算数 | 项目 | 决算数 |
| 本年收入合计 | {income} | 本年支出合计 | {spent} |
| 年初结转和结余 | {opening} | 年末结转和结余 | {closing} |
| 总计 | {total} | 总计 | {total} |
"""


@pytest.mark.parametrize(
    ("closing", "spent", "rise", "expected"),
    [
        ("7.00", "88.00", "12.00", set()),
        ("9.00", "86.00", "12.00", {"STM034"}),
        ("7.00", "88.00", "21.00", {"TBL016"}),
    ],
)
def test_tables_of_last_year_are_held_against_this_years(
    closing: str, spent: str, rise: str, expected: set[str]
) -> None:
    told = f"2023年度收、支总计107.00万元，比2022年度增加{rise}万元。\n"
    now = SUMMARY.format(
        year=2023,
        income="100.00",
        spent="95.00",
        opening="7.00",
        closing="12.00",
        total="107.00",
    )
    before = SUMMARY.format(
        year=2022, income="90.00", spent=spent, opening="5.00", closing=closing, total="95.00"
    )
    report = f"青溪县水务局2023年度部门决算\n一、收入支出决算总体情况说明\n{told}{now}"

    first, second = parts(
        read_bytes(report.encode(), "报告.txt"), read_bytes(before.encode(), "上年的表.txt")
    )

    assert {finding.rule for finding in first.findings} == expected
    assert second.findings == ()
