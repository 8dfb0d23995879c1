"""Comments in workbooks: at the cell, which is shaded; what others made stays."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from margin_notes import note_at
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.formula import ArrayFormula

from validator.annotating import annotator
from validator.errors import UsageError
from validator.findings import Severity
from validator.readers import read_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

    from validator.annotating.placing import Annotated

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
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


def saved(book: Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def patched(data: bytes, changes: dict[str, tuple[str, str]]) -> bytes:
    """The file with words of some parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts(data).items():
            old, new = changes.get(name, ("", ""))
            text = content
            if old:
                assert old.encode() in content, (name, old)
                text = content.replace(old.encode(), new.encode())
            archive.writestr(name, text)
    return out.getvalue()


def table() -> Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "公开01表"
    for row in (
        ["项目", "决算数"],
        ["财政拨款收入", 1190.5],
        ["其他收入", 31.25],
        ["合计", 1221.75],
    ):
        sheet.append(row)
    return book


def annotated(data: bytes, *quotes: str, severity: Severity = Severity.ERROR) -> Annotated:
    document = read_bytes(data, "a.xlsx")
    notes = [note_at(document, quote, severity) for quote in quotes]
    return annotator(data, "a.xlsx").written(notes)


def opened(result: Annotated) -> Any:
    return openpyxl.load_workbook(io.BytesIO(result.data))


def comments(result: Annotated) -> dict[str, str]:
    """Words of each comment by its cell."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in opened(result)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def elements(result: Annotated, part: str = "xl/worksheets/sheet1.xml") -> list[str]:
    return [etree.QName(one).localname for one in etree.fromstring(parts(result.data)[part])]


def test_note_is_at_its_cell() -> None:
    data = saved(table())
    note = note_at(read_bytes(data, "a.xlsx"), "31.25")

    result = annotator(data, "a.xlsx").written([note])

    assert result.placed == (note,)
    assert result.unplaced == ()
    assert comments(result) == {"公开01表!B3": note.text}
    assert opened(result)["公开01表"]["B3"].comment.author == "gouji"


def test_words_inside_a_cell_belong_to_it() -> None:
    book = table()
    book["公开01表"]["A5"] = "注：增加5.71万元，下降20%。"

    assert list(comments(annotated(saved(book), "下降20%"))) == ["公开01表!A5"]


def test_several_notes_at_a_cell_are_one_comment() -> None:
    data = saved(table())
    document = read_bytes(data, "a.xlsx")
    notes = [note_at(document, "31.25", one) for one in (Severity.NOTE, Severity.WARNING)]

    result = annotator(data, "a.xlsx").written(notes)

    assert comments(result) == {"公开01表!B3": f"{notes[0].text}\n\n{notes[1].text}"}
    assert opened(result)["公开01表"]["B3"].fill.fgColor.rgb == "FFFFEB9C"


@pytest.mark.parametrize(
    ("severity", "colour"),
    [
        (Severity.ERROR, "FFFFC7CE"),
        (Severity.WARNING, "FFFFEB9C"),
        (Severity.NOTE, "FFDDEBF7"),
    ],
)
def test_severity_is_the_colour_of_the_cell(severity: Severity, colour: str) -> None:
    sheet = opened(annotated(saved(table()), "31.25", severity=severity))["公开01表"]

    assert sheet["B3"].fill.fill_type == "solid"
    assert sheet["B3"].fill.fgColor.rgb == colour
    assert [sheet[name].fill.fill_type for name in ("A3", "B2", "B4")] == [None, None, None]


def test_all_else_of_the_format_stays() -> None:
    book = table()
    cell = book["公开01表"]["B3"]
    cell.number_format = "#,##0.00"
    cell.font = Font(name="黑体", bold=True, color="FF112233")
    cell.border = Border(left=Side(style="double"), bottom=Side(style="thin"))
    cell.alignment = Alignment(horizontal="right", wrap_text=True, indent=1)
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", fgColor="FF00FF00")

    data = saved(book)
    before = openpyxl.load_workbook(io.BytesIO(data))["公开01表"]["B3"]
    after = opened(annotated(data, "31.25"))["公开01表"]["B3"]

    for name in ("number_format", "font", "border", "alignment", "protection"):
        assert repr(getattr(after, name)) == repr(getattr(before, name)), name
    assert after.fill.fgColor.rgb == "FFFFC7CE"


def test_cells_of_one_format_share_their_new_one() -> None:
    data = saved(table())
    before = parts(data)["xl/styles.xml"].count(b"<xf ")

    after = annotated(data, "31.25", "1190.5", "1221.75")

    assert parts(after.data)["xl/styles.xml"].count(b"<xf ") == before + 1


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


def test_merged_cell_has_its_comment_at_the_top_left() -> None:
    book = table()
    sheet = book["公开01表"]
    sheet["B6"] = "增加5.71万元，下降20%"
    sheet.merge_cells("B6:D8")

    result = annotated(saved(book), "下降20%")

    assert list(comments(result)) == ["公开01表!B6"]
    assert [str(one) for one in opened(result)["公开01表"].merged_cells.ranges] == ["B6:D8"]


@pytest.mark.parametrize("name", ["收支!总表", "a'b", "2020年 (1)", "B7"])
def test_odd_names_of_sheets(name: str) -> None:
    book = table()
    book["公开01表"].title = name

    assert list(comments(annotated(saved(book), "31.25"))) == [f"{name}!B3"]


def test_hidden_sheets_do_not_shift_the_others() -> None:
    book = table()
    book.create_sheet("藏", 0)["B3"] = 31.25
    book["藏"].sheet_state = "hidden"

    assert list(comments(annotated(saved(book), "31.25"))) == ["公开01表!B3"]


def test_cells_without_addresses_are_counted() -> None:
    data = saved(table())
    sheet = parts(data)["xl/worksheets/sheet1.xml"].decode()
    bare = re.sub(r'<(row|c) r="\w+"', r"<\1", sheet)
    whole = patched(data, {"xl/worksheets/sheet1.xml": (sheet, bare)})

    result = annotated(whole, "31.25")

    assert list(comments(result)) == ["公开01表!B3"]
    assert opened(result)["公开01表"]["B3"].fill.fill_type == "solid"


def test_name_of_a_sheet_is_noted_in_its_corner() -> None:
    book = table()
    book["公开01表"].title = "收支总表（2021年）"

    result = annotated(saved(book), "2021年")

    assert result.placed == ()
    assert [one.why for one in result.unplaced] == [
        "它的文字不在单元格里，批注放在工作表左上角"
    ]
    (words,) = comments(result).values()
    assert list(comments(result)) == ["收支总表（2021年）!A1"]
    assert "“2021年”" in words
    assert opened(result).active["A1"].fill.fill_type is None


def with_comment(*cells: str) -> bytes:
    book = table()
    for name in cells:
        book["公开01表"][name].comment = Comment("请核对\n第二行", "张三")
    return saved(book)


def test_comments_of_others_stay_in_other_cells() -> None:
    result = annotated(with_comment("B2", "A4"), "31.25")

    found = comments(result)
    assert list(found) == ["公开01表!B2", "公开01表!B3", "公开01表!A4"]
    assert found["公开01表!B2"] == found["公开01表!A4"] == "请核对\n第二行"
    assert opened(result)["公开01表"]["B2"].comment.author == "张三"
    boxes = parts(result.data)["xl/drawings/commentsDrawing1.vml"]
    assert len(set(re.findall(rb'id="(_x0000_s\d+)"', boxes))) == 3
    assert len(re.findall(rb"ObjectType=\"Note\"", boxes)) == 3


def test_comment_of_somebody_else_goes_on_with_ours() -> None:
    result = annotated(with_comment("B3"), "31.25")

    (words,) = comments(result).values()
    assert words.startswith("请核对\n第二行\n\n错误：对不上\n")
    assert result.unplaced == ()
    boxes = parts(result.data)["xl/drawings/commentsDrawing1.vml"]
    assert boxes.count(b"ObjectType") == 1
    assert b"Anchor>" in boxes


def test_copy_can_be_annotated_again() -> None:
    once = annotated(saved(table()), "31.25")
    twice = annotated(once.data, "31.25", "1190.5")

    assert list(comments(twice)) == ["公开01表!B2", "公开01表!B3"]
    assert comments(twice)["公开01表!B3"].count("错误：对不上") == 2


def threaded(*cells: str) -> bytes:
    """A workbook whose comments are conversations, as newer Excel writes them."""
    book = table()
    for name in cells:
        book["公开01表"][name].comment = Comment("[Threaded comment]", "tc={0001}")
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = f'<Relationship Id="t1" Type="{kind}" Target="../threadedComments/t1.xml"/></Rel'
    data = patched(saved(book), {rels: ("</Rel", link)})
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/threadedComments/t1.xml", "<ThreadedComments/>")
    return out.getvalue()


def test_conversation_is_left_alone() -> None:
    data = threaded("B3")

    result = annotated(data, "31.25")

    found = comments(result)
    assert found["公开01表!B3"] == "[Threaded comment]"
    assert "“31.25”" in found["公开01表!A1"]
    assert [one.why for one in result.unplaced] == [
        "单元格里已有别人的会话批注，批注放在工作表左上角"
    ]
    assert parts(result.data)["xl/threadedComments/t1.xml"] == b"<ThreadedComments/>"


def test_note_without_any_room_is_told() -> None:
    result = annotated(threaded("A1", "B3"), "31.25")

    assert set(comments(result).values()) == {"[Threaded comment]"}
    assert "没有写进去" in result.unplaced[0].why


def test_too_many_notes_for_one_cell_are_told() -> None:
    data = saved(table())
    note = note_at(read_bytes(data, "a.xlsx"), "31.25")

    result = annotator(data, "a.xlsx").written([note] * 2000)

    assert len(result.placed) + len(result.unplaced) == 2000
    assert len(comments(result)["公开01表!B3"]) < 32767
    assert {one.why for one in result.unplaced} == {"这个单元格的批注太多，没有写进去"}


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


def test_words_that_look_like_spelled_characters_stay_words() -> None:
    data = saved(table())
    note = note_at(read_bytes(data, "a.xlsx"), "31.25")
    odd = type(note)(note.span, note.severity, "错误：_x0041_", note.lines, "A", "b")

    result = annotator(data, "a.xlsx").written([odd])

    assert b"_x005F_x0041_" in parts(result.data)["xl/comments1.xml"]


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
