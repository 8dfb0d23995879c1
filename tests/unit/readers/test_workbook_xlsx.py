"""Workbooks made cell by cell."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from validator.document import BlockKind
from validator.errors import UnreadableDocument
from validator.readers import read_bytes, workbook_sheet
from validator.readers.workbook_sheet import address, position

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from validator.document import Document

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def new(name: str = "公开01表") -> tuple[Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    return book, sheet


def saved(book: Workbook, patch: Callable[[str, str], str] | None = None) -> bytes:
    """The file; ``patch(part, content)`` changes its parts."""
    raw = io.BytesIO()
    book.save(raw)
    if patch is None:
        return raw.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in old.namelist():
            made.writestr(part, patch(part, old.read(part).decode()))
    return out.getvalue()


def with_sheet_data(data: str) -> bytes:
    """A workbook whose first sheet holds these rows."""
    book, _ = new()

    def patch(part: str, content: str) -> str:
        if part != "xl/worksheets/sheet1.xml":
            return content
        return re.sub("<sheetData.*(?:</sheetData>|/>)(?=<page)", data, content)

    return saved(book, patch)


def words(document: Document) -> dict[str, str]:
    """Words of each cell by its address."""
    return {
        b.origin: document.quote(b.span) for b in document.blocks if b.kind is BlockKind.CELL
    }


def test_each_sheet_is_a_table_under_its_name() -> None:
    book, first = new("公开01表 收入支出总表")
    first.append(["项目", "决算数"])
    first.append(["财政拨款收入", 1190.5])
    book.create_sheet("空表")
    last = book.create_sheet("Sheet3")
    last["B2"] = "备注"

    document = read_bytes(saved(book), "a.xlsx")

    assert document.format == "xlsx"
    assert document.text == (
        "公开01表 收入支出总表\n项目\n决算数\n财政拨款收入\n1190.5\n备注\n"
    )
    assert [table.title for table in document.tables] == ["公开01表 收入支出总表", "Sheet3"]
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] + 5 * [
        BlockKind.CELL
    ]
    assert words(document)["公开01表 收入支出总表!B2"] == "1190.5"
    assert words(document)["Sheet3!B2"] == "备注"
    assert document.tables[1].grid == ((0, 1), (2, 3))


def test_places_count_from_a1_and_trailing_blanks_are_cut() -> None:
    book, sheet = new()
    sheet["C4"] = "合计"
    sheet["F9"] = "  \n"
    sheet["F9"].number_format = "0.00"

    document = read_bytes(saved(book), "a.xlsx")

    block = document.blocks[1]
    assert (block.row, block.column, block.origin) == (3, 2, "公开01表!C4")
    assert (document.tables[0].rows, document.tables[0].columns) == (4, 3)


def test_blank_zero_and_words_stay_apart() -> None:
    book, sheet = new()
    sheet.append(["出国费", 0, None, "/", "", "0.00"])
    sheet["B1"].number_format = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ '

    document = read_bytes(saved(book), "a.xlsx")

    assert [document.quote(cell.span) for cell in document.tables[0].cells] == [
        "出国费", "0.00", "", "/", "", "0.00",
    ]  # fmt: skip


def test_merged_cells_stand_once() -> None:
    book, sheet = new()
    sheet["A1"] = "收入支出决算总表"
    sheet.merge_cells("A1:C1")
    sheet["A2"] = "收入"
    sheet.merge_cells("A2:A3")
    sheet["B2"], sheet["C3"] = 1, 2
    sheet.merge_cells("B5:H9")

    table = read_bytes(saved(book), "a.xlsx").tables[0]

    assert (table.cells[0].row_span, table.cells[0].column_span) == (1, 3)
    assert (table.cells[1].row_span, table.cells[1].column_span) == (2, 1)
    assert table.grid == ((0, 0, 0), (1, 2, 3), (1, 4, 5))


def test_what_merged_cells_cover_is_not_shown() -> None:
    book, sheet = new()
    sheet["A1"], sheet["B1"], sheet["C1"] = "收入", "99.00", "12.00"

    def patch(part: str, content: str) -> str:
        merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:C1"/></mergeCells>'
        return content.replace("</sheetData>", f"</sheetData>{merged}")

    document = read_bytes(saved(book, patch), "a.xlsx")

    assert list(words(document).values()) == ["收入", "12.00"]


def test_values_print_as_shown() -> None:
    book, sheet = new()
    shown = {
        "A1": (1190.5, "#,##0.00"), "A2": (0.85, "0.00%"), "A3": (609.93999999999983, None),
        "A4": (datetime.date(2023, 12, 31), None), "A5": (True, None), "A6": (2080501, None),
        "A7": ("1,190.50", None), "A8": ("第一行\n第二行", None), "A9": (1, "00"),
    }  # fmt: skip
    for place, (value, form) in shown.items():
        sheet[place] = value
        if form:
            sheet[place].number_format = form

    document = read_bytes(saved(book), "a.xlsx")

    assert list(words(document).values()) == [
        "1190.50", "85.00%", "609.94", "2023-12-31", "TRUE", "2080501", "1,190.50",
        "第一行\n第二行", "01",
    ]  # fmt: skip
    assert document.unread == ()


def test_every_way_of_storing_a_value() -> None:
    data = with_sheet_data(
        '<sheetData><row><c t="inlineStr"><is><t>项</t><rPh><t>x</t></rPh></is></c>'
        '<c t="inlineStr"><is><r><t>决</t></r><r><t>算数</t></r></is></c></row>'
        '<row r="4"><c r="B4" t="str"><f>A1</f><v>合计_x000D_</v></c><c t="d"><v>2023-12-31T00:00:00</v></c>'
        '<c t="s"><v>99</v></c><c s="99"><v>1.5</v></c><c><v>x</v></c><c t="b"><v>0</v></c></row>'
        '<row r="5"><c r="A5" t="str"><f>""</f><v></v></c><c r="ZZZZ9"><v>7</v></c></row></sheetData>'
    )

    assert words(read_bytes(data, "a.xlsx")) == {
        "公开01表!A1": "项", "公开01表!B1": "决算数", "公开01表!B4": "合计",
        "公开01表!C4": "2023-12-31", "公开01表!E4": "1.5", "公开01表!F4": "x",
        "公开01表!G4": "FALSE", "公开01表!B5": "7",
    }  # fmt: skip


def test_strict_files_and_macros() -> None:
    book, sheet = new()
    sheet.append(["收入合计", 5])

    def patch(part: str, content: str) -> str:
        return content.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    assert list(words(read_bytes(saved(book, patch), "a.xlsm")).values()) == ["收入合计", "5"]


def test_formula_without_result_is_told() -> None:
    book, sheet = new("公开03表")
    sheet["A1"] = "合计"
    for row in range(1, 8):
        sheet.cell(row, 3, "=SUM(A1:B1)")

    document = read_bytes(saved(book), "a.xlsx")

    (told,) = document.unread
    assert told.startswith(
        "公开03表!C1、公开03表!C2、公开03表!C3、公开03表!C4、公开03表!C5 等 7 个单元格"
    )
    assert "是公式但没有存下结果" in told
    assert list(words(document).values()) == ["合计", *["（公式）"] * 7]


def test_error_is_told_and_stays_as_words() -> None:
    book, sheet = new("公开03表")
    sheet["B7"] = "#REF!"
    sheet["B7"].data_type = "e"

    document = read_bytes(saved(book), "a.xlsx")

    assert words(document) == {"公开03表!B7": "#REF!"}
    assert document.unread == ("公开03表!B7 显示的是错误值，没有数字可查",)


def test_hidden_sheet_is_left_out_and_told() -> None:
    book, sheet = new()
    sheet["A1"] = "收入"
    sheet.row_dimensions[1].hidden = True
    book.create_sheet("备用")["A1"] = 1
    book.create_sheet("底稿")["A1"] = 1
    book["备用"].sheet_state = "hidden"
    book["底稿"].sheet_state = "veryHidden"

    document = read_bytes(saved(book), "a.xlsx")

    assert words(document) == {"公开01表!A1": "收入"}
    assert document.unread == (
        "工作表“备用”是隐藏的，没有检查",
        "工作表“底稿”是隐藏的，没有检查",
    )


def test_chart_sheet_and_notes_are_passed_over() -> None:
    book, sheet = new()
    sheet["A1"] = "收入"
    sheet["A1"].comment = openpyxl.comments.Comment("内部批注", "a")
    book.create_chartsheet("图")

    document = read_bytes(saved(book), "a.xlsx")

    assert document.text == "公开01表\n收入\n"
    assert document.unread == ()


def test_far_off_cell_costs_nothing_and_is_told() -> None:
    data = with_sheet_data(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    )

    document = read_bytes(data, "a.xlsx")

    assert list(words(document).values()) == ["1"]
    assert document.unread == ("工作表“公开01表”大得反常，1048576 行里只读了前 12 行",)


def test_overlapping_merged_ranges_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheet, "MOST_CELLS", 10)
    book, sheet = new()
    sheet["A1"], sheet["H8"] = "收入", "支出"

    def patch(part: str, content: str) -> str:
        merged = '<mergeCells><mergeCell ref="A1:H8"/><mergeCell ref="x"/></mergeCells>'
        return content.replace("</sheetData>", f"</sheetData>{merged}")

    assert list(words(read_bytes(saved(book, patch), "a.xlsx")).values()) == ["收入", "支出"]


def test_damaged_sheet_is_told() -> None:
    book, sheet = new()
    sheet["A1"] = "收入"
    book.create_sheet("公开02表")["A1"] = "支出"

    def patch(part: str, content: str) -> str:
        return content[:200] if part == "xl/worksheets/sheet2.xml" else content

    document = read_bytes(saved(book, patch), "a.xlsx")

    assert words(document) == {"公开01表!A1": "收入"}
    assert document.unread == ("工作表“公开02表”没有读出，文件缺这一部分或它已损坏",)


STRINGS = f"""<sst xmlns="{MAIN}"><si><t>收入</t></si><si><r><t xml:space="preserve">其中： </t></r>
<r><rPr/><t>拨款</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>"""
SHARED = (
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    '<c r="C1"><v>1.5</v></c></row></sheetData>'
)


def with_strings(strings: str) -> bytes:
    """A workbook whose words stand in a part of their own, as Excel writes them."""
    raw = io.BytesIO(with_sheet_data(SHARED))
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as made:
        for part in old.namelist():
            content = old.read(part).decode()
            if part == "xl/_rels/workbook.xml.rels" and "sharedStrings" not in content:
                link = (
                    '<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
                )
                content = content.replace("</Relationships>", f"{link}</Relationships>")
            if part != "xl/sharedStrings.xml":
                made.writestr(part, content)
        made.writestr("xl/sharedStrings.xml", strings)
    return out.getvalue()


def test_words_in_a_part_of_their_own() -> None:
    document = read_bytes(with_strings(STRINGS), "a.xlsx")

    assert list(words(document).values()) == ["收入", "其中： 拨款", "1.5"]


def test_damaged_words_are_told() -> None:
    document = read_bytes(with_strings("<x"), "a.xlsx")

    assert list(words(document).values()) == ["1.5"]
    assert document.unread == ("表格的文字没有读出，文件缺这一部分或它已损坏",)


def test_damaged_formats_are_told_and_values_print_as_they_are() -> None:
    book, sheet = new()
    sheet["A1"] = 1.5
    sheet["A1"].number_format = "0.00"

    document = read_bytes(saved(book, lambda p, c: "<x" if p == "xl/styles.xml" else c), "a")

    assert list(words(document).values()) == ["1.5"]
    assert document.unread == ("表格的数字格式没有读出，文件缺这一部分或它已损坏",)


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>'

REFUSED = {
    "nothing": (lambda _, content: content, "表格是空的"),
    "only-a-damaged-sheet": (
        lambda part, content: "<x" if "sheet1" in part else content,
        "工作表读不出来",
    ),
    "entities": (
        lambda part, content: DOCTYPE + content if "sheet1" in part else content,
        "工作表读不出来",
    ),
    "bomb": (
        lambda part, content: content + " " * 5_000_000 if "sheet1" in part else content,
        "大得反常",
    ),
    "no-workbook": (lambda p, c: "<x" if p == "xl/workbook.xml" else c, "找不到工作表"),
}


@pytest.mark.parametrize(("patch", "what"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_shows_nothing(patch: Callable[[str, str], str], what: str) -> None:
    book, _ = new()

    with pytest.raises(UnreadableDocument, match=what):
        read_bytes(saved(book, patch), "a.xlsx")


def test_only_formulas_without_results() -> None:
    book, sheet = new()
    sheet["A1"] = "=1+1"

    with pytest.raises(UnreadableDocument, match="没算出结果"):
        read_bytes(saved(book), "a.xlsx")


def test_binary_workbook_is_refused() -> None:
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    )
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("_rels/.rels", links)
        archive.writestr("xl/workbook.bin", b"\x83\x01")

    with pytest.raises(UnreadableDocument, match="xlsb"):
        read_bytes(raw.getvalue(), "a.xlsb")


@pytest.mark.parametrize("written", ["", "7", "B", "B²", "AAAA1", "b7", "B12345678"])
def test_what_is_no_address(written: str) -> None:
    assert position(written) is None


@pytest.mark.parametrize(
    ("row", "column", "written"),
    [(0, 0, "A1"), (6, 25, "Z7"), (9, 26, "AA10"), (0, 701, "ZZ1")],
)
def test_address_and_position_agree(row: int, column: int, written: str) -> None:
    assert address("表", row, column) == f"表!{written}"
    assert position(written) == (row, column)


OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>'
    '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet>"
    "</office:body></office:document-content>"
)


def open_document(tables: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", OPEN.format(tables))
    return raw.getvalue()


def cell(kind: str, value: str, shown: str, more: str = "") -> str:
    of = f'office:value-type="{kind}" office:{"date-" if kind == "date" else ""}value="{value}"'
    return f"<table:table-cell {of} {more}><text:p>{shown}</text:p></table:table-cell>"


def test_open_document() -> None:
    data = open_document(
        '<table:table table:name="公开01表"><table:table-row>'
        + cell("string", "", "项<text:s text:c='2'/>目", 'table:number-columns-spanned="2"')
        + '<table:covered-table-cell/></table:table-row><table:table-row table:number-rows-repeated="2">'
        + cell("float", "1190.5", "1,190.50")
        + cell("percentage", "0.85", "85.00%", 'table:number-columns-repeated="2"')
        + "</table:table-row><table:table-row>"
        + cell("currency", "12.5", "¥12.50")
        + cell("float", "0", "-")
        + cell("float", "12.345", "12.35万元")
        + cell("date", "2023-12-31", "23-12-31")
        + cell("string", "", "#REF!", 'table:formula="of:=1"')
        + '<table:table-cell table:formula="of:=1"/>'
        + '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>真</text:p>'
        + '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000">'
        + '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        + '<table:table table:name="备用" table:style-name="off"/>'
    )

    document = read_bytes(data, "a.ods")

    assert document.format == "ods"
    assert words(document) == {
        "公开01表!A1": "项  目", "公开01表!A2": "1190.50", "公开01表!B2": "85.00%",
        "公开01表!C2": "85.00%", "公开01表!A3": "1190.50", "公开01表!B3": "85.00%",
        "公开01表!C3": "85.00%", "公开01表!A4": "12.5", "公开01表!B4": "0",
        "公开01表!C4": "12.35万元", "公开01表!D4": "2023-12-31", "公开01表!E4": "#REF!",
        "公开01表!F4": "（公式）",
        "公开01表!G4": "TRUE",
    }  # fmt: skip
    assert document.tables[0].cells[0].column_span == 2
    assert document.unread == (
        "工作表“备用”是隐藏的，没有检查",
        "公开01表!F4 是公式但没有存下结果，没有读出，请用 Excel 打开并保存后再检查",
        "公开01表!E4 显示的是错误值，没有数字可查",
    )


def test_repeated_cells_of_an_open_document_are_limited() -> None:
    row = cell("float", "1", "1", 'table:number-columns-repeated="16384"')
    data = open_document(
        f'<table:table table:name="公开01表"><table:table-row table:number-rows-repeated="1048576">{row}'
        "</table:table-row></table:table>"
    )

    document = read_bytes(data, "a.ods")

    assert document.unread == ("工作表“公开01表”大得反常，只读了前 12 行",)
    assert (document.tables[0].rows, document.tables[0].columns) == (12, 16384)


def test_damaged_open_document() -> None:
    with pytest.raises(UnreadableDocument, match="工作表读不出来"):
        read_bytes(open_document("<table:table>"), "a.ods")


OFFICE = "http://schemas.openxmlformats.org"
PICTURE = "<xdr:pic/>"
BOX = "<xdr:sp><a:t>公开02表</a:t></xdr:sp>"
SHAPE = "<xdr:sp/>"


def with_drawing(drawn: str, cell: str = "") -> bytes:
    """A workbook whose second sheet has a drawing."""
    book, first = new()
    first["A1"] = "收入"
    book.create_sheet("公开02表")["A1"] = cell or None
    data = saved(
        book,
        lambda part, content: (
            content.replace(
                "</worksheet>",
                f'<drawing xmlns:r="{OFFICE}/officeDocument/2006/relationships" r:id="rId1"/>'
                "</worksheet>",
            )
            if part == "xl/worksheets/sheet2.xml"
            else content
        ),
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(
            "xl/worksheets/_rels/sheet2.xml.rels",
            f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1"'
            f' Type="{OFFICE}/officeDocument/2006/relationships/drawing"'
            ' Target="../drawings/drawing1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/drawings/drawing1.xml",
            f'<xdr:wsDr xmlns:xdr="{OFFICE}/drawingml/2006/spreadsheetDrawing"'
            f' xmlns:a="{OFFICE}/drawingml/2006/main">{drawn}</xdr:wsDr>',
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("drawn", "cell", "told"),
    [
        (PICTURE, "", True),
        (BOX, "", True),
        (SHAPE, "", False),
        ("<xdr:graphicFrame/>", "", False),
        (PICTURE, "项目", False),
    ],
)
def test_sheet_of_nothing_but_a_picture_is_told(drawn: str, cell: str, told: bool) -> None:
    unread = read_bytes(with_drawing(drawn, cell), "a.xlsx").unread

    assert unread == (("工作表“公开02表”里只有图片或文本框，没有读出",) if told else ())
