"""Comments in Word files: at exactly the words meant, wherever Word lets them stand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from charted_file import charted
from commented_files import COMMENTS, LINKS, TYPES, changed_parts, faults, marked, said, told
from word_bodies import (
    FOOTNOTES,
    MAIN,
    W,
    bare_file,
    contents,
    field,
    par,
    root_of,
    run,
    with_parts,
    word_file,
)

from validator.annotating import annotator
from validator.annotating.notes import Note
from validator.document import Span
from validator.errors import UsageError
from validator.findings import Severity
from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.annotating.placing import Annotated


def note(span: Span, title: str = "错误：不符") -> Note:
    return Note(span, Severity.ERROR, title, ("差1万元。", "CHG002 x"), "CHG002", "f", "第1段")


def annotated(data: bytes, *quotes: str) -> Annotated:
    """The copy with a note on each quote, where it stands first."""
    text = read_bytes(data, "a.docx").text
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in quotes]
    return annotator(data, "a.docx").written([note(one) for one in sorted(spans)])


def words(data: bytes, *quotes: str) -> list[str]:
    """What is marked for each quote, after all checks that hold for every copy."""
    result = annotated(data, *quotes)
    assert faults(result.data) == []
    assert read_bytes(result.data, "a.docx").text == read_bytes(data, "a.docx").text
    assert len(said(result.data)) == len(quotes)
    return [one for one, _ in told(result.data)]


def exact(data: bytes, *quotes: str) -> None:
    """Each quote is marked, and just that."""
    text = read_bytes(data, "a.docx").text
    assert words(data, *quotes) == sorted(quotes, key=text.index)
    assert annotated(data, *quotes).unplaced == ()


def away(data: bytes, quote: str) -> tuple[str, str, str]:
    """Of a quote that cannot be marked: what is, the first line of the comment, and why."""
    (found,) = words(data, quote)
    result = annotated(data, quote)
    (one,) = result.unplaced
    ((_, lines),) = told(result.data)
    assert lines[1:] == ["错误：不符", "差1万元。", "CHG002 x"]
    return found, lines[0], one.why


def test_comment_says_title_then_lines() -> None:
    data = word_file(par(run("支出增加5万元。")))

    result = annotated(data, "增加5万元")

    ((quote, lines),) = told(result.data)
    assert quote == "增加5万元"
    assert lines == ["错误：不符", "差1万元。", "CHG002 x"]
    assert len(result.placed) == 1


def test_another_program_reads_the_comment() -> None:
    data = word_file(par(run("支出增加5万元。")))

    (comment,) = docx.Document(io.BytesIO(annotated(data, "增加").data)).comments

    assert (comment.author, comment.initials, comment.timestamp) == ("gouji", "gouji", None)
    first, *rest = comment.paragraphs
    assert [one.bold for one in first.runs] == [True]
    assert not any(one.bold for paragraph in rest for one in paragraph.runs)


def test_comments_may_say_their_day() -> None:
    data = word_file(par(run("支出增加5万元。")))
    tool = annotator(data, "a.docx", "2024-05-10")

    (comment,) = docx.Document(io.BytesIO(tool.written([note(Span(0, 2))]).data)).comments

    assert comment.timestamp is not None
    assert comment.timestamp.isoformat() == "2024-05-10T00:00:00+00:00"


def test_all_else_stays_and_bytes_repeat() -> None:
    data = word_file(par(run("支出增加5万元。")), footnote=par(run("脚注")))

    one, other = annotated(data, "增加").data, annotated(data, "增加").data

    assert one == other
    assert changed_parts(data, one) == sorted([TYPES, LINKS, COMMENTS, MAIN])


def test_no_notes_no_change() -> None:
    data = word_file(par(run("支出增加5万元。")))

    assert annotator(data, "a.docx").written([]).data == data


def test_words_over_several_runs() -> None:
    body = par(run("支出增") + run("加5", "<w:b/>") + run("万元。"))

    exact(word_file(body), "增加5万元")


def test_look_of_a_split_run_stays() -> None:
    copy = annotated(word_file(par(run("甲乙丙丁", "<w:b/>"))), "乙丙").data

    runs = [one for one in root_of(copy).iter(f"{W}r") if one.find(f"{W}t") is not None]
    assert [one.findtext(f"{W}t") for one in runs] == ["甲", "乙丙", "丁"]
    assert all(one.find(f"{W}rPr/{W}b") is not None for one in runs)


def test_whole_run_at_both_ends_of_a_paragraph() -> None:
    exact(word_file(par(run("支出增加"))), "支出增加")


@pytest.mark.parametrize(
    "quotes",
    [
        ("甲乙丙丁", "乙丙"),
        ("甲乙丙", "乙丙丁"),
        ("甲乙", "丙丁"),
        ("甲乙", "甲乙"),
        ("甲", "甲乙", "甲乙丙", "丁"),
    ],
)
def test_ranges_may_touch_overlap_and_be_the_same(quotes: tuple[str, ...]) -> None:
    exact(word_file(par(run("前甲乙") + run("丙丁后"))), *quotes)


def test_two_notes_on_the_same_words_are_two_comments() -> None:
    data = word_file(par(run("支出增加。")))
    both = [note(Span(2, 4), "错误：甲"), note(Span(2, 4), "存疑：乙")]

    copy = annotator(data, "a.docx").written(both).data

    assert faults(copy) == []
    assert [(quote, lines[0]) for quote, lines in told(copy)] == [
        ("增加", "错误：甲"),
        ("增加", "存疑：乙"),
    ]


@pytest.mark.parametrize("at", [0, 1, 4])
def test_place_between_characters(at: int) -> None:
    data = word_file(par(run("甲乙") + run("丙丁")))

    result = annotator(data, "a.docx").written([note(Span(at, at))])

    assert faults(result.data) == []
    assert list(marked(result.data).values()) == [""]
    before = ""
    for one in root_of(result.data).iter(f"{W}t", f"{W}commentReference"):
        if one.tag == f"{W}commentReference":
            break
        before += one.text or ""
    assert before == "甲乙丙丁"[:at]


def test_words_over_two_paragraphs() -> None:
    data = word_file(par(run("支出增加")) + par(run("5万元。")))
    text = read_bytes(data, "a.docx").text

    result = annotator(data, "a.docx").written([note(Span(2, text.index("万")))])

    assert faults(result.data) == []
    assert list(marked(result.data).values()) == ["增加5"]
    assert result.unplaced == ()


def cell(content: str) -> str:
    return f"<w:tc><w:tcPr/>{content}</w:tc>"


def table(*rows: str) -> str:
    made = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"


def test_cells_and_several_of_them() -> None:
    row = cell(par(run("基本支出"))) + cell(par(run("12.00"))) + cell(par(run("13.00")))
    data = word_file(table(row, row.replace("1", "2")) + par(run("完")))
    text = read_bytes(data, "a.docx").text

    exact(data, "12.00", "23.00")
    start = text.index("12.00")
    result = annotator(data, "a.docx").written([note(Span(start, start + 11))])
    assert faults(result.data) == []
    assert list(marked(result.data).values()) == ["12.0013.00"]


def test_heading() -> None:
    exact(word_file(par(run("一、收入情况"), '<w:pStyle w:val="Heading1"/>')), "收入")


LOCKED = (
    "<w:sdt><w:sdtPr><w:lock w:val='contentLocked'/></w:sdtPr>"
    "<w:sdtContent>{}</w:sdtContent></w:sdt>"
)


@pytest.mark.parametrize(
    "around",
    [
        "<w:hyperlink w:anchor='a'>{}</w:hyperlink>",
        "<w:ins w:id='7' w:author='b'>{}</w:ins>",
        "<w:moveTo w:id='7' w:author='b'>{}</w:moveTo>",
        "<w:smartTag w:element='a'>{}</w:smartTag>",
        "<w:fldSimple w:instr='QUOTE'>{}</w:fldSimple>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        LOCKED,
        "<w:hyperlink w:anchor='a'><w:ins w:id='7' w:author='b'>{}</w:ins></w:hyperlink>",
    ],
)
@pytest.mark.parametrize("quote", ["甲乙丙丁", "乙丙", "前甲", "丁后", "前甲乙丙丁后"])
def test_words_in_links_changes_fields_and_controls(around: str, quote: str) -> None:
    body = par(run("前") + around.format(run("甲乙") + run("丙丁")) + run("后"))

    exact(word_file(body), quote)


def test_comment_outlives_what_its_words_stand_in() -> None:
    """Rejecting an insertion or updating a field takes the words, not the comment."""
    inside = f"<w:ins w:id='7' w:author='b'>{run('甲乙丙')}</w:ins>"

    copy = annotated(word_file(par(inside)), "乙").data

    (shown,) = root_of(copy).iter(f"{W}commentReference")
    assert not any(one.tag == f"{W}ins" for one in shown.iterancestors())


def filled(kind: str, content: str) -> str:
    return (
        f"<w:sdt><w:sdtPr><w:{kind}/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def test_control_of_words_only_is_marked_as_a_whole() -> None:
    data = word_file(par(run("前") + filled("text", run("甲乙丙")) + run("后")))

    found, line, why = away(data, "乙")

    assert (found, line) == ("甲乙丙", "第1段的“乙”：")
    assert "控件" in why
    exact(data, "甲乙丙")


def complex_field(result: str, code: str = "=SUM(ABOVE)") -> str:
    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return field("begin") + instruction + field("separate") + result + field("end")


def test_whole_result_of_a_field_is_marked_from_outside() -> None:
    data = word_file(par(run("共") + complex_field(run("12.00")) + run("万元")))

    exact(data, "12.00")
    exact(data, "12.00万元")
    exact(data, "共12.00")
    copy = annotated(data, "12.00").data
    kinds = [
        one.tag.removeprefix(W) + one.get(f"{W}fldCharType", "")
        for one in root_of(copy).iter(
            f"{W}fldChar", f"{W}commentRangeStart", f"{W}commentRangeEnd"
        )
    ]
    assert kinds == [
        "commentRangeStart", "fldCharbegin", "fldCharseparate", "fldCharend", "commentRangeEnd",
    ]  # fmt: skip


def test_part_of_a_field_is_marked_and_shown_behind_it() -> None:
    data = word_file(par(run("共") + complex_field(run("12.00")) + run("万元")))

    exact(data, "2.0")
    copy = annotated(data, "2.0").data
    elements = list(root_of(copy).iter(f"{W}fldChar", f"{W}commentReference"))
    assert elements[-1].tag == f"{W}commentReference"


def test_words_that_begin_in_a_field_take_all_of_it() -> None:
    data = word_file(par(run("共") + complex_field(run("12.00")) + run("万元")))

    found, line, why = away(data, ".00万")

    assert (found, line) == ("12.00万", "第1段的“.00万”：")
    assert "域" in why


def test_field_in_one_run() -> None:
    one = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>=1</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>12.00</w:t>'
        '<w:fldChar w:fldCharType="end"/><w:t>万元</w:t></w:r>'
    )

    exact(word_file(par(run("共") + one)), "12.00", "万元")


def test_contents_that_stand_in_a_field_over_several_paragraphs() -> None:
    first = field("begin") + field("separate") + run("一、收入……1")
    data = word_file(par(first) + par(run("二、支出……2") + field("end")) + par(run("完")))

    exact(data, "收入", "支出")


def test_tab_and_break_among_the_words() -> None:
    data = word_file(par("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"))

    exact(data, "甲\t乙", "\t", "丙")


def test_footnote_is_commented_at_its_number() -> None:
    body = par(run("支出") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("增加。"))
    data = word_file(body, footnote=par(run("含上年结转5万元。")))

    found, line, why = away(data, "5万元")

    assert (found, line) == ("", "脚注里的“5万元”：")
    assert why == "脚注里不能加批注，批注在脚注号上"
    copy = annotated(data, "5万元").data
    elements = [
        one.tag.removeprefix(W)
        for one in root_of(copy).iter(
            f"{W}footnoteReference", f"{W}commentRangeStart", f"{W}commentRangeEnd"
        )
    ]
    assert elements == ["commentRangeStart", "footnoteReference", "commentRangeEnd"]
    assert contents(copy)[FOOTNOTES] == contents(data)[FOOTNOTES]


def test_footnote_without_a_number_is_commented_at_the_beginning() -> None:
    data = word_file(par(run("支出")) + par(run("完")), footnote=par(run("含5万元。")))

    found, line, why = away(data, "5万元")

    assert (found, line) == ("", "第1段的“5万元”：")
    assert why == "在文件里找不到能加批注的地方，批注在开头"


def boxed(words: str) -> str:
    content = f"<w:txbxContent>{par(run(words))}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_text_box_is_commented_where_it_hangs() -> None:
    data = word_file(par(run("前文") + boxed("支出增加5万元。") + run("后文")))

    found, line, why = away(data, "增加5万元")

    assert line == "文本框里的“增加5万元”："
    assert why == "文本框里不能加批注，批注在文本框上"
    # The box and its fallback, as they were, and nothing else.
    assert found == "支出增加5万元。" * 2


def test_text_box_in_its_own_paragraph_beside_other_notes() -> None:
    body = par(run("收入减少")) + par(boxed("支出增加。") + run("合计持平"))

    assert words(word_file(body), "收入", "持平", "增加") == ["收入", "持平", "支出增加。" * 2]


def test_words_from_a_paragraph_into_its_box_are_commented_where_they_begin() -> None:
    data = word_file(par(boxed("支出增加。") + run("收入减少")))

    found, _, why = away(data, "减少\n支出")

    assert found == "减少"
    assert why


def test_formula_is_commented_as_a_whole() -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{math}"><m:r><m:t>12+3</m:t></m:r><m:r><m:t>=16</m:t></m:r></m:oMath>'
    data = word_file(par(run("前") + formula + run("后")))

    _, line, why = away(data, "=16")

    assert line == "公式里的“=16”："
    assert "整个一块" in why
    copy = annotated(data, "=16").data
    (start,) = root_of(copy).iter(f"{W}commentRangeStart")
    beside = start.getnext()
    assert beside is not None
    assert beside.tag == f"{{{math}}}oMath"


def test_chart_is_commented_at_its_picture() -> None:
    data = charted()
    text = read_bytes(data, "a.docx").text
    quote = text.rstrip("\n").split("\t")[-1]
    start = text.rindex(quote)

    result = annotator(data, "a.docx").written([note(Span(start, start + len(quote)))])

    assert faults(result.data) == []
    (one,) = result.unplaced
    assert one.why == "图表里的数据上不能加批注，批注在图表上"
    ((_, lines),) = told(result.data)
    assert lines[0] == f"图表里的“{quote}”："
    (start_mark,) = root_of(result.data).iter(f"{W}commentRangeStart")
    beside = start_mark.getnext()
    assert beside is not None
    assert beside.find(f"{W}drawing") is not None


NUMBERING = (
    f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'


def numbered(words: str) -> bytes:
    data = word_file(par(run("前文")) + par(run(words) if words else "", LISTED))
    return with_parts(data, {"word/numbering.xml": NUMBERING})


def test_automatic_number_is_commented_at_its_paragraph() -> None:
    found, line, why = away(numbered("收入情况"), "一、")

    assert (found, line) == ("收入情况", "自动编号“一、”：")
    assert why == "自动编号不是打上去的字，批注在那一段上"


def test_number_and_words_are_commented_at_the_words() -> None:
    found, _, why = away(numbered("收入情况"), "一、收入")

    assert found == "收入"
    assert why == "自动编号不是打上去的字，批注在它后面的字上"


def test_number_alone_is_commented_in_its_paragraph() -> None:
    found, line, _ = away(numbered(""), "一、")

    assert (found, line) == ("", "自动编号“一、”：")
    copy = annotated(numbered(""), "一、").data
    (start,) = root_of(copy).iter(f"{W}commentRangeStart")
    paragraph = start.getparent()
    assert paragraph is not None
    assert paragraph.find(f"{W}pPr/{W}numPr") is not None


def test_comments_that_are_there_stay() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("支出增加5万元。")
    word.add_comment(paragraph.runs[0], text="请核", author="王会计", initials="王")
    raw = io.BytesIO()
    word.save(raw)
    data = raw.getvalue()

    copy = annotated(data, "增加", "万元").data

    assert faults(copy) == []
    assert [quote for quote, _ in told(copy)] == ["支出增加5万元。", "增加", "万元"]
    authors = [one.author for one in docx.Document(io.BytesIO(copy)).comments]
    assert authors == ["王会计", "gouji", "gouji"]
    assert changed_parts(data, copy) == sorted([COMMENTS, MAIN])


def test_numbers_are_nobody_elses() -> None:
    body = par(
        "<w:bookmarkStart w:id='0' w:name='a'/>" + run("支出增加") + "<w:bookmarkEnd w:id='0'/>"
    )

    copy = annotated(word_file(body), "增加").data

    assert list(said(copy)) == ["1"]


def test_damaged_comments_are_refused() -> None:
    word = docx.Document()
    word.add_comment(word.add_paragraph("支出增加").runs[0], text="请核")
    raw = io.BytesIO()
    word.save(raw)
    data = with_parts(raw.getvalue(), {COMMENTS: "<w:comments"})

    with pytest.raises(UsageError, match="批注已损坏"):
        annotated(data, "增加")


@pytest.mark.parametrize("part", [TYPES, LINKS])
def test_file_that_does_not_list_its_parts_is_refused(part: str) -> None:
    data = with_parts(word_file(par(run("支出增加"))), {part: "<a"})

    with pytest.raises(UsageError, match="目录部分"):
        annotated(data, "增加")


def test_comments_that_are_named_but_missing_are_made() -> None:
    data = word_file(par(run("支出增加")))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    link = f'<Relationship Id="rIdC" Type="{kind}" Target="/word/comments.xml"/>'
    links = contents(data)[LINKS].decode()
    end = "</Relationships>"

    copy = annotated(with_parts(data, {LINKS: links.replace(end, link + end)}), "增加").data

    assert [quote for quote, _ in told(copy)] == ["增加"]
    assert contents(copy)[LINKS].decode().count("/comments") == 2


def test_file_without_any_links() -> None:
    data = bare_file(par(run("支出增加")))

    copy = annotated(data, "增加").data

    assert faults(copy) == []
    assert {LINKS, COMMENTS} <= set(contents(copy))
    assert [quote for quote, _ in told(copy)] == ["增加"]


def test_part_of_the_usual_name_that_is_something_else_stays() -> None:
    data = with_parts(word_file(par(run("支出增加"))), {"word/Comments.xml": "<a/>"})

    copy = annotated(data, "增加").data

    assert contents(copy)["word/Comments.xml"] == b"<a/>"
    assert said(copy, "word/comments1.xml")


def test_strict_file_is_refused() -> None:
    data = word_file(par(run("支出增加")))
    strict = contents(data)[MAIN].decode().replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )  # fmt: skip

    with pytest.raises(UsageError, match="严格格式"):
        annotated(with_parts(data, {MAIN: strict}), "增加")


def test_unprintable_words_of_a_note_do_no_harm() -> None:
    data = word_file(par(run("支出增加")))
    odd = Note(Span(0, 2), Severity.ERROR, "甲", ("乙\x01\n丙",), "X", "f")

    copy = annotator(data, "a.docx").written([odd]).data

    assert list(said(copy).values()) == [["甲", "乙\N{REPLACEMENT CHARACTER}", "丙"]]
