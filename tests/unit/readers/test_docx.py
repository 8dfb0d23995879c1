"""Word files: what a reader of the printed report would see."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from validator.document import BlockKind, Document
from validator.readers import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    WordFile = Callable[..., bytes]


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def text(words: str) -> str:
    return par(run(words))


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cells(*words: str) -> str:
    return row(*(cell(text(one)) for one in words))


def read(data: bytes) -> Document:
    return read_bytes(data, "a.docx")


def quotes(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def grid(document: Document, table: int = 0) -> list[list[str]]:
    found = document.tables[table]
    return [
        [document.quote(found.cells[at].span) if at >= 0 else "-" for at in line]
        for line in found.grid
    ]


CODE = "<w:r><w:instrText>PAGEREF _Toc1 \\h</w:instrText></w:r>"
BOX = f"<w:txbxContent>{text('框内')}{text('又一段')}</w:txbxContent>"
DRAWN_TWICE = (
    f"<mc:AlternateContent><mc:Choice><w:drawing><a:x>{BOX}</a:x></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent>"
)

WORDS = {
    "runs-are-joined": (par(run("收入") + run("合计")), ["收入合计"]),
    "blank-paragraphs-vanish": (text("甲") + par("") + text(" ") + text("乙"), ["甲", "乙"]),
    "ends-are-cut": (text("\u3000\u3000甲 "), ["甲"]),
    "soft-break": (par(run("甲") + "<w:r><w:br/></w:r>" + run("乙")), ["甲\n乙"]),
    "tab": (par(run("甲") + "<w:r><w:tab/></w:r>" + run("乙")), ["甲\t乙"]),
    "hyphen": (par(run("1") + "<w:r><w:noBreakHyphen/></w:r>" + run("8月")), ["1-8月"]),
    "ticked-box": (
        par('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是")),
        ["☑是"],
    ),
    "inserted-stays": (par(f'<w:ins w:id="1">{run("甲")}</w:ins>'), ["甲"]),
    "deleted-goes": (
        par(run("甲") + '<w:del w:id="1"><w:r><w:delText>乙</w:delText></w:r></w:del>'),
        ["甲"],
    ),
    "moved-stands-once": (
        par(f"<w:moveFrom>{run('甲')}</w:moveFrom>") + par(f"<w:moveTo>{run('甲')}</w:moveTo>"),
        ["甲"],
    ),
    "deleted-paragraph-end": (
        par(run("收入"), "<w:rPr><w:del/></w:rPr>") + text("合计"),
        ["收入合计"],
    ),
    "hidden": (par(run("甲") + run("乙", "<w:vanish/>")), ["甲"]),
    "hidden-switched-off": (par(run("甲", '<w:vanish w:val="0"/>')), ["甲"]),
    "field-result": (
        par(field("begin") + CODE + field("separate") + run("3") + field("end") + run("页")),
        ["3页"],
    ),
    "field-within-field-code": (
        par(
            field("begin") + field("begin") + CODE + field("separate") + run("内")
            + field("end") + field("separate") + run("外") + field("end")
        ),
        ["外"],
    ),
    "field-over-paragraphs": (
        par(field("begin") + CODE + field("separate") + run("一"))
        + par(run("二") + field("end")),
        ["一", "二"],
    ),
    "field-without-end": (par(field("begin") + CODE) + text("二"), ["二"]),
    "simple-field": (par(f'<w:fldSimple w:instr="DATE">{run("5月")}</w:fldSimple>'), ["5月"]),
    "link": (par(f"<w:hyperlink>{run('甲')}</w:hyperlink>"), ["甲"]),
    "control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{text('甲')}</w:sdtContent></w:sdt>", ["甲"]),
    "control-in-line": (
        par(f"<w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>{run('乙')}"),
        ["甲乙"],
    ),
    "formula": (par("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), ["x=1"]),
    "phonetic-guide": (
        par(
            f"<w:r><w:ruby><w:rt>{run('ma')}</w:rt>"
            f"<w:rubyBase>{run('马')}</w:rubyBase></w:ruby></w:r>"
        ),
        ["马"],
    ),
    "text-box-once-after-its-paragraph": (
        par(run("甲") + f"<w:r>{DRAWN_TWICE}</w:r>") + text("乙"),
        ["甲", "框内", "又一段", "乙"],
    ),
    "header-is-no-text": (text("甲") + "<w:sectPr><w:headerReference/></w:sectPr>", ["甲"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), WORDS.values(), ids=WORDS)
def test_words(body: str, expected: list[str], word_file: WordFile) -> None:
    assert quotes(read(word_file(body))) == expected


def test_text_boxes_and_notes_are_notes(word_file: WordFile) -> None:
    note = (
        f'<w:footnote w:type="separator" w:id="-1">{text("线")}</w:footnote>'
        f'<w:footnote w:id="2">{text("含上年结转。")}</w:footnote>'
    )
    found = read(word_file(par(run("甲") + f"<w:r>{DRAWN_TWICE}</w:r>"), footnotes=note))

    assert [(b.kind, b.origin) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "word/document.xml#p1"),
        (BlockKind.NOTE, "word/document.xml#p2"),
        (BlockKind.NOTE, "word/document.xml#p3"),
        (BlockKind.NOTE, "word/footnotes.xml#2"),
    ]
    assert quotes(found)[-1] == "含上年结转。"


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="lvl"><w:name w:val="正文标题"/>'
    '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="body"><w:basedOn w:val="1"/>'
    '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    '<w:style w:type="character" w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ("", 0),
        ('<w:pStyle w:val="1"/>', 1),
        ('<w:pStyle w:val="own"/>', 1),
        ('<w:pStyle w:val="lvl"/>', 3),
        ('<w:pStyle w:val="body"/>', 0),
        ('<w:pStyle w:val="loop"/>', 0),
        ('<w:pStyle w:val="标题 2"/>', 2),
        ('<w:outlineLvl w:val="1"/>', 2),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', 0),
    ],
)
def test_heading_levels(properties: str, level: int, word_file: WordFile) -> None:
    found = read(word_file(par(run("收入情况"), properties), styles=STYLES)).blocks[0]

    assert (found.level, found.kind is BlockKind.HEADING) == (level, level > 0)


def test_long_paragraph_is_no_heading(word_file: WordFile) -> None:
    body = par(run("收入合计一百万元，" * 12), '<w:pStyle w:val="1"/>')

    assert read(word_file(body, styles=STYLES)).blocks[0].kind is BlockKind.PARAGRAPH


def test_style_that_hides(word_file: WordFile) -> None:
    body = par(run("甲") + run("乙", '<w:rStyle w:val="gone"/>'))

    assert quotes(read(word_file(body, styles=STYLES))) == ["甲"]


def test_table(word_file: WordFile) -> None:
    body = f"<w:tbl>{cells('项目', '金额')}{cells('收入', '')}</w:tbl>"
    found = read(word_file(text("前") + body + text("后")))

    assert found.text == "前\n项目\n金额\n收入\n后\n"
    assert grid(found) == [["项目", "金额"], ["收入", ""]]
    assert [(b.table, b.row, b.column) for b in found.blocks] == [
        (-1, -1, -1), (0, 0, 0), (0, 0, 1), (0, 1, 0), (-1, -1, -1),
    ]  # fmt: skip
    assert found.blocks[3].origin == "word/document.xml#p4"


def test_merged_cells(word_file: WordFile) -> None:
    wide = cell(text("2023年"), '<w:gridSpan w:val="2"/>')
    tall = cell(text("项目"), '<w:vMerge w:val="restart"/>')
    below = cell(par(""), "<w:vMerge/>")
    body = (
        f"<w:tbl>{row(tall, wide)}{row(below, cell(text('预算')), cell(text('决算')))}"
        f"{cells('收入', '1', '2')}</w:tbl>"
    )
    found = read(word_file(body))

    assert grid(found) == [
        ["项目", "2023年", "2023年"],
        ["项目", "预算", "决算"],
        ["收入", "1", "2"],
    ]
    first, second = found.tables[0].cells[:2]
    assert (first.row_span, first.column_span) == (2, 1)
    assert (second.row_span, second.column_span) == (1, 2)
    assert quotes(found).count("项目") == 1


def test_merged_the_old_way(word_file: WordFile) -> None:
    body = row(
        cell(text("合计"), '<w:hMerge w:val="restart"/>'),
        cell(par(""), '<w:hMerge w:val="continue"/>'),
        cell(text("3")),
    )

    assert grid(read(word_file(f"<w:tbl>{body}</w:tbl>"))) == [["合计", "合计", "3"]]


def test_row_that_begins_further_right(word_file: WordFile) -> None:
    later = row(cell(text("2")), properties='<w:gridBefore w:val="1"/>')

    assert grid(read(word_file(f"<w:tbl>{cells('甲', '1')}{later}</w:tbl>"))) == [
        ["甲", "1"],
        ["-", "2"],
    ]


def test_deleted_row(word_file: WordFile) -> None:
    gone = row(cell(text("乙")), cell(text("2")), properties="<w:del/>")

    assert grid(read(word_file(f"<w:tbl>{cells('甲', '1')}{gone}</w:tbl>"))) == [["甲", "1"]]


def test_cell_of_several_paragraphs_is_one_block(word_file: WordFile) -> None:
    both = text("一季度") + par("") + text("二季度")
    body = f"<w:tbl>{row(cell(both), cell(text('3')))}</w:tbl>"

    assert quotes(read(word_file(body))) == ["一季度\n二季度", "3"]


def test_inner_table_follows_the_outer_one(word_file: WordFile) -> None:
    inner = f"<w:tbl>{cells('内', '1')}</w:tbl>"
    body = f"<w:tbl>{row(cell(text('外') + inner + par('')), cell(text('2')))}</w:tbl>"
    found = read(word_file(body))

    assert [grid(found, at) for at in (0, 1)] == [[["外", "2"]], [["内", "1"]]]


def test_one_cell_is_a_frame(word_file: WordFile) -> None:
    inner = f"<w:tbl>{cells('内', '1')}</w:tbl>"
    found = read(word_file(f"<w:tbl>{row(cell(text('标题') + inner))}</w:tbl>"))

    assert found.blocks[0].kind is BlockKind.PARAGRAPH
    assert [grid(found)] == [[["内", "1"]]]


def points(*values: str) -> str:
    return "".join(
        f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>'
        for at, value in enumerate(values)
        if value
    )


def series(name: str, labels: str, values: str) -> str:
    return (
        f"<c:ser><c:tx><c:strRef><c:strCache>{points(name)}</c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{labels}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{values}</c:numCache></c:numRef></c:val></c:ser>"
    )


def chart(*content: str, title: str = "") -> str:
    words = f"<a:p><a:r><a:t>{title}</a:t></a:r></a:p>"
    head = f"<c:title><c:tx><c:rich>{words}</c:rich></c:tx></c:title>"
    plot = f"<c:plotArea><c:barChart>{''.join(content)}</c:barChart></c:plotArea>"
    return f"<c:chart>{head if title else ''}{plot}</c:chart>"


def picture(link: str) -> str:
    return par(f'<w:r><w:drawing><a:g><c:chart r:id="{link}"/></a:g></w:drawing></w:r>')


def test_chart(word_file: WordFile) -> None:
    data = chart(
        series("收入", points("2022", "2023"), points("609.93999999999983", "2")),
        series("支出", points("2022", "2023"), points("", "4")),
        series("系列3", points("2022", "2023"), ""),
        title="收支情况",
    )
    found = read(word_file(picture("chart1") + text("正文"), chart1=data))
    one = found.charts[0]

    assert found.text == (
        "正文\n收支情况\n"
        "收入\t2022\t2023\t609.93999999999983\t2\t支出\t2022\t2023\t4\t系列3\t2022\t2023\n"
    )
    assert one.title == "收支情况"
    assert found.blocks[-1].kind is BlockKind.CHART
    assert found.blocks[-1].origin == "word/charts/chart1.xml"
    assert [(s.name, [(p.label, str(p.value)) for p in s.points]) for s in one.series] == [
        ("收入", [("2022", "609.94"), ("2023", "2")]),
        ("支出", [("2023", "4")]),
        ("系列3", []),
    ]
    for each in one.series:
        assert found.quote(each.name_span) == each.name
        assert [found.quote(p.label_span) for p in each.points] == [
            p.label for p in each.points
        ]
    assert found.quote(one.series[1].points[0].span) == "4"


def test_chart_without_names_or_categories(word_file: WordFile) -> None:
    plain = f"<c:ser><c:val><c:numLit>{points('5', '6')}</c:numLit></c:val></c:ser>"
    found = read(word_file(picture("chart1") + text("甲"), chart1=chart(plain)))

    assert [(p.label, str(p.value)) for p in found.charts[0].series[0].points] == [
        ("1", "5"),
        ("2", "6"),
    ]


OBJECT = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
UNREAD = {
    "dangling-chart": (picture("rId9"), {}, "第 1 个图表没有读出"),
    "chart-part-missing": (
        picture("rId9"),
        {"rId9": "chart:charts/c.xml"},
        "第 1 个图表没有读出",
    ),
    "styles-missing": ("", {"rId9": "styles:styles.xml"}, "样式没有读出"),
    "numbering-missing": ("", {"rId9": "numbering:numbering.xml"}, "自动编号没有读出"),
    "footnotes-missing": ("", {"rId9": "footnotes:../../up.xml"}, "脚注没有读出"),
    "object": (par(OBJECT), {}, "嵌入的对象"),
    "inserted-file": ('<w:altChunk r:id="rId9"/>', {}, "外部文件"),
}


@pytest.mark.parametrize(("body", "links", "what"), UNREAD.values(), ids=UNREAD)
def test_what_could_not_be_read_is_told(
    body: str, links: dict[str, str], what: str, word_file: WordFile
) -> None:
    found = read(word_file(text("甲") + body, links))

    assert quotes(found) == ["甲"]
    assert [what in line for line in found.unread] == [True]


def test_chart_without_values_is_told(word_file: WordFile) -> None:
    data = chart(series("收入", points("2022"), ""))
    found = read(word_file(text("甲") + picture("chart1"), chart1=data))

    assert found.charts == ()
    assert found.unread == ("第 1 个图表里没有数值，没有核对",)


def test_strict_word_files_read_alike(word_file: WordFile) -> None:
    raw = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word_file(text("收入合计")))) as old,
        zipfile.ZipFile(raw, "w") as new,
    ):
        for name in old.namelist():
            words = old.read(name).decode()
            for part in ("wordprocessingml", "officeDocument"):
                transitional = f"http://schemas.openxmlformats.org/{part}/2006/"
                words = words.replace(transitional, f"http://purl.oclc.org/ooxml/{part}/")
            new.writestr(name, words)

    assert quotes(read(raw.getvalue())) == ["收入合计"]


WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
PIC = '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/>'
A4 = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
MARGINS = '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800"/>'
A4_WITH_MARGINS = A4.replace("</w", f"{MARGINS}</w")
A3_ACROSS = '<w:sectPr><w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/></w:sectPr>'


def drawing(width_cm: float, height_cm: float, attributes: str = "", inside: str = PIC) -> str:
    size = f'cx="{int(width_cm * 360_000)}" cy="{int(height_cm * 360_000)}"'
    return (
        f"<w:r><w:drawing><wp:anchor {WP} {attributes}><wp:extent {size}/>"
        f"<a:graphic>{inside}</a:graphic></wp:anchor></w:drawing></w:r>"
    )


VML = '<w:r><w:pict><v:shape style="width:{}pt;height:{}pt"><v:imagedata/></v:shape></w:pict></w:r>'


@pytest.mark.parametrize(
    ("drawn", "section", "told"),
    [
        (drawing(17, 24), A4, True),
        (drawing(21, 29.7), "", True),
        (drawing(60, 90), A4, True),
        (drawing(14.6, 20.7), A4, False),
        (drawing(14.6, 20.7), A4_WITH_MARGINS, True),
        (drawing(14.6, 17), A4_WITH_MARGINS, False),
        (drawing(15, 10), A4, False),
        (drawing(3, 3), A4, False),
        (drawing(21, 29.7), A3_ACROSS, False),
        (drawing(21, 29.7, 'behindDoc="1"'), A4, False),
        (drawing(21, 29.7, inside=""), A4, False),
        (VML.format(480, 700), A4, True),
        (VML.format(200, 100), A4, False),
    ],
)
def test_picture_that_fills_a_page_is_told(
    word_file: WordFile, drawn: str, section: str, told: bool
) -> None:
    body = text("决算说明") + par(drawn) + text("附后") + section

    unread = read_bytes(word_file(body), "a.docx").unread

    assert unread == (("第1段后面有占满一页的图片，图片里的字没有读出",) if told else ())


def test_picture_of_a_page_is_measured_by_its_own_section(word_file: WordFile) -> None:
    body = par(drawing(17, 24)) + text("甲") + par("", A4)
    cells = f"<w:tc>{par(drawing(17, 24))}</w:tc><w:tc>{text('乙')}</w:tc>"
    body += f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"

    unread = read_bytes(word_file(body + A3_ACROSS), "a.docx").unread

    assert unread == ("开头有占满一页的图片，图片里的字没有读出",)
