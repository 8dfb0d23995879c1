"""Word files with other words: a tracked change at the exact words, all else as it was."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from charted_file import charted
from word_bodies import (
    FOOTNOTES,
    MAIN,
    W,
    accepted,
    contents,
    field,
    par,
    rejected,
    root_of,
    run,
    with_parts,
    word_file,
)

from validator.document import Document, Span
from validator.edits import Edit
from validator.readers import read_bytes
from validator.rewriting import rewriter

if TYPE_CHECKING:
    from lxml.etree import _Element

BOLD, ITALIC = "<w:b/>", "<w:i/>"
TAB, BREAK = "<w:tab/>", "<w:br/>"
BOX = par(run("框内增加") + run("5.71万元"))
SHAPE = (
    '<wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="框"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    "<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{box}</w:txbxContent></wps:txbx>"
    "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
)
PICT = "<w:pict><v:shape><v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox></v:shape></w:pict>"
CODE = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
OTHER = 'w:id="7" w:author="李四" w:date="2024-01-01T00:00:00Z"'


def drawn(box: str, spare: str | None = None) -> str:
    fallback = PICT.format(box=box if spare is None else spare)
    return par(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"{SHAPE.format(box=box)}</w:drawing></mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def table(*cells: str) -> str:
    inside = "".join(f"<w:tc><w:tcPr/>{one}</w:tc>" for one in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{inside}</w:tr></w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    return (
        f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def read(data: bytes) -> Document:
    return read_bytes(data, "报告.docx")


def edit_of(document: Document, old: str, new: str) -> Edit:
    assert document.text.count(old) == 1, document.text
    start = document.text.index(old)
    return Edit(Span(start, start + len(old)), new)


def changed(data: bytes, *pairs: tuple[str, str], date: str = "") -> bytes:
    document = read(data)
    tool = rewriter(data, "报告.docx", date)
    edits = [edit_of(document, old, new) for old, new in pairs]
    assert [tool.unable(one) for one in edits] == [""] * len(edits)
    return tool.written(edits)


UP, DOWN = "增加", "减少"
MENDED = (UP, DOWN)
PLACES = {
    "whole-run": par(run("比2019年") + run("增加") + run("5.71万元")),
    "middle-of-a-run": par(run("比2019年增加5.71万元")),
    "begin-of-a-run": par(run("比2019年") + run("增加5.71万元")),
    "end-of-a-run": par(run("比2019年增加") + run("5.71万元")),
    "over-two-runs": par(run("比2019年增", BOLD) + run("加5.71万元", ITALIC)),
    "over-four-runs": par(run("比增") + run("") + "<w:r/>" + run("加") + run("5万元")),
    "bookmark-between": par(
        run("比增") + '<w:bookmarkStart w:id="3" w:name="甲"/>' + run("加5万元")
        + '<w:bookmarkEnd w:id="3"/>'
    ),
    "spelling-mark-between": par(
        '<w:proofErr w:type="spellStart"/>' + run("增")
        + '<w:proofErr w:type="spellEnd"/>' + run("加")
    ),
    "page-break-mark-between": par(
        "<w:r><w:t>增</w:t><w:lastRenderedPageBreak/><w:t>加5万元</w:t></w:r>"
    ),
    "tab-before": par(f"<w:r><w:t>比上年</w:t>{TAB}<w:t>增加5万元</w:t></w:r>"),
    "several-texts-in-a-run": par("<w:r><w:t>比增</w:t><w:t>加</w:t><w:t>5万元</w:t></w:r>"),
    "soft-break-behind": par(f"<w:r><w:t>比上年增加</w:t>{BREAK}<w:t>5万元</w:t></w:r>"),
    "blanks-at-the-ends": par(run("  比上年 ") + run(" 增加 ") + run("5万元  ")),
    "no-properties": par("<w:r><w:t>比上年增加5万元</w:t></w:r>"),
    "cell": table(par(run("公务用车")), par(run("比增") + run("加5万元"))),
    "second-paragraph-of-a-cell": table(par(run("甲")), par(run("乙")) + par(run("增加"))),
    "inner-table": table(par(run("甲")), par(run("乙")) + table(par(run("增加")), par("")) + par("")),
    "heading": par(run("一、增加情况"), '<w:pStyle w:val="Heading1"/>'),
    "numbered": par(run("比上年增加"), NUMBERED),
    "text-box": drawn(BOX),
    "text-box-of-older-programs": par(f"<w:r>{PICT.format(box=BOX)}</w:r>"),
    "hyperlink": par(run("见") + f'<w:hyperlink w:anchor="甲">{run("比增加多")}</w:hyperlink>'),
    "into-a-hyperlink": par(run("比增") + f'<w:hyperlink w:anchor="甲">{run("加5")}</w:hyperlink>'),
    "smart-tag": par(f'<w:smartTag w:element="x">{run("比增加多")}</w:smartTag>'),
    "content-control": par(sdt(run("比增加多"))),
    "content-control-around": sdt(par(run("比增加多"))),
    "all-of-an-insertion": par(run("比") + f"<w:ins {OTHER}>{run('增加')}</w:ins>" + run("5")),
    "middle-of-an-insertion": par(run("比") + f"<w:ins {OTHER}>{run('上年增加多')}</w:ins>"),
    "begin-of-an-insertion": par(f"<w:ins {OTHER}>{run('增加')}{run('多')}</w:ins>"),
    "into-an-insertion": par(run("比增") + f"<w:ins {OTHER}>{run('加多')}</w:ins>"),
    "out-of-an-insertion": par(f"<w:ins {OTHER}>{run('比增')}</w:ins>" + run("加多")),
    "deleted-words-between": par(
        run("增") + f"<w:del {OTHER}><w:r><w:delText>长</w:delText></w:r></w:del>" + run("加")
    ),
    "hidden-words-between": par(run("增") + run("密", "<w:vanish/>") + run("加")),
    "field-before": par(
        field("begin") + CODE + field("separate") + run("3") + field("end") + run("增加")
    ),
}  # fmt: skip


@pytest.mark.parametrize("body", PLACES.values(), ids=PLACES)
def test_words_are_changed_where_they_stand(body: str) -> None:
    data = word_file(par(run("甲局")) + body + par(run("乙局")))
    text = read(data).text

    copy = changed(data, MENDED)

    assert read(copy).text == text.replace(UP, DOWN)
    assert read(accepted(copy)).text == text.replace(UP, DOWN)
    assert read(rejected(copy)).text == text
    docx.Document(io.BytesIO(copy))


@pytest.mark.parametrize("body", PLACES.values(), ids=PLACES)
def test_only_the_words_are_in_the_change(body: str) -> None:
    copy = changed(word_file(body), MENDED)

    root = root_of(copy)
    boxes = 2 if "mc:Fallback" in body else 1
    deleted = [
        "".join(text.text or "" for text in one.iter(f"{W}delText"))
        for one in root.iter(f"{W}del")
        if one.get(f"{W}author") == "gouji"
    ]
    inserted = [words_of(one) for one in root.iter(f"{W}ins") if mine(one)]
    assert "".join(deleted) == UP * boxes
    assert inserted == [DOWN] * boxes
    assert len({one.get(f"{W}id") for one in root.iter(f"{W}ins", f"{W}del")}) == len(
        list(root.iter(f"{W}ins", f"{W}del"))
    )


@pytest.mark.parametrize("body", PLACES.values(), ids=PLACES)
def test_changes_stand_as_word_writes_them(body: str) -> None:
    """An insertion never stands in another one, nor holds a deletion of the same hand."""
    root = root_of(changed(word_file(body), MENDED))

    for one in root.iter(f"{W}ins", f"{W}del"):
        above = next(one.iterancestors(f"{W}p"))
        outer = [
            up for up in one.iterancestors(f"{W}ins", f"{W}del") if above in up.iterancestors()
        ]
        assert [up.tag for up in outer] in ([], [f"{W}ins"])
        assert one.tag == f"{W}del" or outer == []


@pytest.mark.parametrize("place", sorted(PLACES.keys() - {"into-a-hyperlink"}))
def test_new_words_stand_behind_the_old(place: str) -> None:
    """But not within a link that begins among them: they would become part of it."""
    body = PLACES[place]
    root = root_of(changed(word_file(body), MENDED))

    for one in filter(mine, root.iter(f"{W}ins")):
        behind = [up for up in one.itersiblings() if mine(up)]
        assert [up.tag for up in behind] == []


def mine(change: _Element) -> bool:
    return change.get(f"{W}author") == "gouji"


def words_of(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def test_a_footnote_is_changed_in_its_own_part() -> None:
    data = word_file(par(run("甲局")), footnote=par(run("比上年增加5万元")))

    copy = changed(data, MENDED)

    assert read(copy).text == read(data).text.replace(UP, DOWN)
    before, after = contents(data), contents(copy)
    assert [name for name in before if before[name] != after[name]] == [FOOTNOTES]


def test_words_can_be_put_in_and_taken_out() -> None:
    data = word_file(par(run("文化体育与传媒支出") + run("与旅游支出")))

    copy = rewriter(data, "a.docx").written(
        [Edit(Span(2, 2), "旅游"), Edit(Span(9, 12), ""), Edit(Span(0, 0), "原")]
    )

    assert read(copy).text == "原文化旅游体育与传媒支出支出\n"
    assert read(rejected(copy)).text == read(data).text
    assert len(list(root_of(copy).iter(f"{W}del"))) == 1


def test_new_words_look_like_the_first_of_the_old() -> None:
    data = word_file(
        par(
            run("比增", f'{BOLD}<w:rPrChange {OTHER}><w:rPr>{ITALIC}</w:rPr></w:rPrChange>')
            + run("加", ITALIC)
        )
    )  # fmt: skip

    (inserted,) = (one for one in root_of(changed(data, MENDED)).iter(f"{W}ins"))

    properties = inserted.find(f"{W}r/{W}rPr")
    assert properties is not None
    assert [one.tag for one in properties] == [f"{W}b"]


def test_what_stays_keeps_its_look() -> None:
    data = word_file(par(run("比增加多", BOLD)))

    runs = list(root_of(changed(data, MENDED)).iter(f"{W}r"))

    assert [words_of(one) for one in runs] == ["比", "增加", "减少", "多"]
    assert all(one.find(f"{W}rPr/{W}b") is not None for one in runs)


def test_several_words_of_one_run() -> None:
    data = word_file(par(run("收入增加5万元，支出下降3万元，结余持平")))

    copy = changed(data, MENDED, ("下降", "上升"), ("持平", "不变"))

    assert read(copy).text == "收入减少5万元，支出上升3万元，结余不变\n"
    assert read(rejected(copy)).text == read(data).text


def test_a_fallback_that_says_something_else_is_left_alone() -> None:
    data = word_file(drawn(BOX, spare=par(run("此图增加不了"))))

    copy = changed(data, MENDED)

    assert "此图增加不了" in contents(copy)[MAIN].decode()
    assert len(list(root_of(copy).iter(f"{W}ins"))) == 1


REFUSED = {
    "field": (
        par(field("begin") + CODE + field("separate") + run("增加") + field("end")), "域",
    ),
    "simple-field": (par(f'<w:fldSimple w:instr="REF x">{run("增加")}</w:fldSimple>'), "域"),
    "half-in-a-field": (par(run("增") + f'<w:fldSimple w:instr="x">{run("加")}</w:fldSimple>'), "域"),
    "moved-here": (par(f"<w:moveTo {OTHER}>{run('增加')}</w:moveTo>"), "修订"),
    "change-in-a-change": (
        par(f"<w:ins {OTHER}><w:smartTag>{run('增加')}</w:smartTag></w:ins>"), "修订",
    ),
    "locked": (par(sdt(run("增加"), '<w:lock w:val="sdtContentLocked"/>')), "内容控件"),
    "filled-from-elsewhere": (sdt(par(run("增加")), "<w:dataBinding/>"), "内容控件"),
    "ruby": (
        par(f"<w:r><w:ruby><w:rubyBase>{run('增加')}</w:rubyBase></w:ruby></w:r>"), "文字格式",
    ),
    "footnote-mark-between": (
        par('<w:r><w:t>增</w:t><w:footnoteReference w:id="2"/><w:t>加</w:t></w:r>'), "脚注",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_certain_is_refused(body: str, said: str) -> None:
    data = word_file(body)

    assert said in rewriter(data, "a.docx").unable(edit_of(read(data), UP, DOWN))


def test_automatic_numbers_are_refused() -> None:
    data = word_file(par(run("收入"), '<w:pStyle w:val="ListNumber"/>'))
    document = read(data)

    assert document.text.startswith("1. ")
    assert "自动编号" in rewriter(data, "a.docx").unable(Edit(Span(0, 1), "2"))


def test_breaks_between_paragraphs_are_refused() -> None:
    data = word_file(table(par(run("甲")), par(run("增")) + par(run("加"))))

    assert "两段" in rewriter(data, "a.docx").unable(edit_of(read(data), "增\n加", DOWN))


def test_words_of_two_paragraphs_are_refused() -> None:
    data = word_file(par(run("增")) + par(run("加")))

    assert "两段" in rewriter(data, "a.docx").unable(edit_of(read(data), "增\n加", DOWN))


def test_charts_are_refused() -> None:
    data = charted()

    assert "图表" in rewriter(data, "a.docx").unable(
        edit_of(read(data), "609.93999999999983", "1")
    )


def test_paragraphs_joined_by_a_deletion_are_refused() -> None:
    data = word_file(par(run("增"), f"<w:rPr><w:del {OTHER}/></w:rPr>") + par(run("加")))

    assert "两段" in rewriter(data, "a.docx").unable(edit_of(read(data), UP, DOWN))


def test_the_strict_format_is_refused() -> None:
    data = word_file(par(run("增加")))
    words = contents(data)[MAIN].decode()
    strict = words.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data = with_parts(data, {MAIN: strict})

    assert "Strict" in rewriter(data, "a.docx").unable(edit_of(read(data), UP, DOWN))


def test_control_characters_are_refused() -> None:
    data = word_file(par(run("增加")))

    assert rewriter(data, "a.docx").unable(edit_of(read(data), UP, "减\x0b少")) != ""


def test_the_package_stays_as_it_is() -> None:
    data = word_file(par(run("比上年增加5万元")), footnote=par(run("注")))

    copy = changed(data, MENDED)

    before, after = contents(data), contents(copy)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [MAIN]
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(io.BytesIO(copy)) as new,
    ):
        assert [(e.filename, e.date_time, e.compress_type) for e in old.infolist()] == [
            (e.filename, e.date_time, e.compress_type) for e in new.infolist()
        ]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<w:document '
    assert after[MAIN].decode().startswith(head)


def test_same_file_same_bytes() -> None:
    data = word_file(par(run("比上年增加5万元")))

    assert changed(data, MENDED) == changed(data, MENDED)


def test_changes_are_dated_only_when_asked() -> None:
    data = word_file(par(run("比上年增加5万元")))

    def dates(copy: bytes) -> set[str | None]:
        return {one.get(f"{W}date") for one in root_of(copy).iter(f"{W}ins", f"{W}del")}

    assert dates(changed(data, MENDED)) == {None}
    assert dates(changed(data, MENDED, date="2024-05-10")) == {"2024-05-10T00:00:00Z"}


def test_a_copy_can_be_changed_again() -> None:
    data = word_file(par(run("比上年增加5万元")))

    copy = changed(changed(data, MENDED), (DOWN, "压减"))

    assert read(copy).text == "比上年压减5万元\n"
    assert read(accepted(copy)).text == "比上年压减5万元\n"
    assert read(rejected(copy)).text == read(data).text
