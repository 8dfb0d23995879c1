"""The file around the comments: parts, order and names stay as they were."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from annotated_books import annotated, opened, parts, patched, saved, table
from lxml import etree
from openpyxl.worksheet.formula import ArrayFormula

from validator.annotating import annotator
from validator.errors import UnreadableDocument, UsageError
from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.annotating.placing import Annotated


ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]


def elements(result: Annotated, part: str = "xl/worksheets/sheet1.xml") -> list[str]:
    return [etree.QName(one).localname for one in etree.fromstring(parts(result.data)[part])]


def test_everything_else_stays_byte_for_byte() -> None:
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    sheet = book.add_worksheet("数据")
    sheet.write_column("A1", [3.5, 4.5, 8.25])
    sheet.write_formula("B1", "=SUM(A1:A3)", None, "16.25")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=数据!$A$1:$A$3"})
    sheet.insert_chart("D2", chart)
    sheet.data_validation("A1", {"validate": "decimal", "criteria": ">", "value": 0})
    sheet.conditional_format("A1:A3", {"type": "cell", "criteria": ">", "value": 4})
    sheet.add_table("F1:G3", {"columns": [{"header": "甲"}, {"header": "乙"}]})
    sheet.set_header("&C报表")
    book.define_name("合计数", "=数据!$B$1")
    book.add_worksheet("别的").write("A1", "没有问题")
    book.close()
    data = raw.getvalue()

    result = annotated(data, "8.25")

    old, new = parts(data), parts(result.data)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {
        "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }  # fmt: skip
    assert new.keys() - old.keys() == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    here = opened(result)["数据"]
    assert here["B1"].value == "=SUM(A1:A3)"
    assert here.data_validations.count == 1
    assert len(here._charts) == 1
    assert list(here.tables) == ["Table1"]
    names = elements(result)
    assert names.index("legacyDrawing") == names.index("drawing") + 1
    assert names.index("legacyDrawing") == names.index("tableParts") - 1


def test_order_of_a_sheet_is_that_of_the_schema() -> None:
    book = table()
    sheet = book["公开01表"]
    sheet.merge_cells("A6:B6")
    sheet.auto_filter.ref = "A1:B4"
    sheet.protection.sheet = True
    sheet["A2"].hyperlink = "https://example.invalid/"
    sheet.column_dimensions["A"].width = 30
    sheet.print_options.gridLines = True
    sheet.oddHeader.center.text = "报表"

    names = elements(annotated(saved(book), "31.25"))

    assert "legacyDrawing" in names
    assert [ORDER.index(name) for name in names] == sorted(map(ORDER.index, names))


def test_link_stands_before_controls_in_their_wrapper() -> None:
    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent></worksheet>'
    )
    data = patched(saved(table()), {"xl/worksheets/sheet1.xml": ("</worksheet>", control)})

    assert elements(annotated(data, "31.25"))[-2:] == ["legacyDrawing", "AlternateContent"]


def test_names_that_newer_programs_use_stay_declared() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    ac = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
    head = f'<worksheet xmlns:mc="{mc}" mc:Ignorable="x14ac" xmlns:x14ac="{ac}" '
    data = patched(saved(table()), {"xl/worksheets/sheet1.xml": ("<worksheet ", head)})

    root = etree.fromstring(parts(annotated(data, "31.25").data)["xl/worksheets/sheet1.xml"])

    assert root.get(f"{{{mc}}}Ignorable") == "x14ac"
    assert root.nsmap["x14ac"] == ac


def test_formulas_stay() -> None:
    book = table()
    sheet = book["公开01表"]
    sheet["C2"] = "=B2*2"
    sheet["C3"] = ArrayFormula("C3:C4", "=B3:B4*2")

    after = opened(annotated(saved(book), "31.25", "1190.5"))["公开01表"]

    assert after["C2"].value == "=B2*2"
    assert (after["C3"].value.ref, after["C3"].value.text) == ("C3:C4", "=B3:B4*2")


def test_strict_file_stays_strict() -> None:
    data = saved(table())
    strict = io.BytesIO()
    with zipfile.ZipFile(strict, "w") as archive:
        for name, content in parts(data).items():
            archive.writestr(
                name,
                re.sub(
                    rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/",
                    rb"http://purl.oclc.org/ooxml/\1/",
                    content,
                ),
            )

    result = annotated(strict.getvalue(), "31.25")

    for name, content in parts(result.data).items():
        assert b"schemas.openxmlformats.org/spreadsheetml" not in content, name
        assert b"schemas.openxmlformats.org/officeDocument" not in content, name
    assert result.placed != ()


def test_text_is_the_same_and_so_are_the_bytes() -> None:
    data = saved(table())
    once, again = annotated(data, "31.25", "1190.5"), annotated(data, "31.25", "1190.5")

    assert once.data == again.data
    assert read_bytes(once.data, "a.xlsx").text == read_bytes(data, "a.xlsx").text


def test_file_without_findings_has_the_same_parts() -> None:
    data = saved(table())

    assert parts(annotator(data, "a.xlsx").written([]).data) == parts(data)


def test_macros_stay() -> None:
    data = saved(table())
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", bytes(range(256)))

    assert parts(annotated(out.getvalue(), "31.25").data)["xl/vbaProject.bin"] == bytes(
        range(256)
    )


def test_damaged_list_of_parts_is_told() -> None:
    data = patched(saved(table()), {"[Content_Types].xml": ("<Types", "<<Types")})

    with pytest.raises(UnreadableDocument, match="文件已损坏，里面的目录读不出来；请重新下载"):
        annotated(data, "31.25")


def test_old_format_is_refused() -> None:
    import xlwt  # noqa: PLC0415 - only this test needs it

    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, "收入")
    raw = io.BytesIO()
    book.save(raw)

    with pytest.raises(
        UsageError, match=r"\.xls 文件不能批注；请在 Excel 或 WPS 里另存为 \.xlsx"
    ):
        annotator(raw.getvalue(), "a.xls")
