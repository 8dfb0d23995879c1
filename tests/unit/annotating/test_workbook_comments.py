"""Comments in workbooks: at the cell, which is shaded; what others wrote stays."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from annotated_books import annotated, comments, opened, parts, patched, saved, table
from margin_notes import note_at
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from validator.annotating import annotator
from validator.errors import UsageError
from validator.findings import Severity
from validator.readers import read_bytes


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


def test_copy_is_not_annotated_again() -> None:
    once = annotated(saved(table()), "31.25")

    with pytest.raises(UsageError, match="里面已有 gouji 的批注，再写会重复；请"):
        annotated(once.data, "31.25", "1190.5")


def test_what_was_written_into_a_comment_of_somebody_is_not_written_twice() -> None:
    book = table()
    book["公开01表"]["B3"].comment = Comment("请核对", "张三")
    once = annotated(saved(book), "31.25")
    twice = annotated(once.data, "31.25")

    assert comments(twice) == comments(once)


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
    data = threaded("A1", "B3")

    result = annotated(data, "31.25")

    assert parts(result.data) == parts(data)
    assert set(comments(result).values()) == {"[Threaded comment]"}
    assert "没有写进去" in result.unplaced[0].why


def test_too_many_notes_for_one_cell_are_told() -> None:
    data = saved(table())
    note = note_at(read_bytes(data, "a.xlsx"), "31.25")

    result = annotator(data, "a.xlsx").written([note] * 2000)

    assert len(result.placed) + len(result.unplaced) == 2000
    assert len(comments(result)["公开01表!B3"]) < 32767
    assert {one.why for one in result.unplaced} == {"这个单元格的批注太多，没有写进去"}


def test_words_that_look_like_spelled_characters_stay_words() -> None:
    data = saved(table())
    note = note_at(read_bytes(data, "a.xlsx"), "31.25")
    odd = type(note)(note.span, note.severity, "错误：_x0041_", note.lines, "A", "b")

    result = annotator(data, "a.xlsx").written([odd])

    assert b"_x005F_x0041_" in parts(result.data)["xl/comments1.xml"]


def test_damaged_comments_are_left_alone() -> None:
    data = patched(
        with_comment("B2"), {"xl/comments/comment1.xml": ("<comments", "<<comments")}
    )

    result = annotated(data, "31.25")

    assert result.placed == ()
    assert [one.why for one in result.unplaced] == ["工作表里原有的批注读不出来，没有写进去"]
    assert parts(result.data) == parts(data)
