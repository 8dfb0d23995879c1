"""The same report as text and as a Word file gives the same blocks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.document import Document

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

PARAGRAPHS = [
    ("第一部分 2023年度决算说明", 1),
    ("一、收入支出决算总体情况", 2),
    ("2023年度收入总计1,200.50万元，支出总计1,200.50万元。", 0),
    ("（一）收入决算情况", 3),
    ("其中：财政拨款收入1,100.50万元，占91.67%；其他收入100.00万元，占8.33%。", 0),
]
ROWS = [["项目", "预算数", "决算数"], ["办公费", "10.00", "9.50"], ["", "合计", "9.50"]]
LAST = "以上数据均取自2023年度部门决算报表。"
SERIES = [
    ("收入", ["2022", "2023"], ["1100", "1200.5"]),
    ("支出", ["2022", "2023"], ["1050", "1200.5"]),
]
TITLE = "收支变动情况"


def as_text() -> bytes:
    lines = [words for words, _ in PARAGRAPHS]
    lines += ["\t".join(row) for row in ROWS]
    lines += [LAST, "", TITLE]
    lines.append(
        "\t".join("\t".join([n, *labels, *values]) for n, labels, values in SERIES) + "\t"
    )
    return "\n".join(lines).encode()


def as_word() -> bytes:
    word = docx.Document()
    for words, level in PARAGRAPHS:
        word.add_paragraph(words, style=f"Heading {level}" if level else "Normal")
    table = word.add_table(rows=len(ROWS), cols=3)
    for row, written in zip(table.rows, ROWS, strict=True):
        for cell, one in zip(row.cells, written, strict=True):
            cell.text = one
    word.add_paragraph(LAST)
    name = PackURI("/word/charts/chart1.xml")
    part = Part(
        name, "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", chart()
    )
    link = word.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    run = word.paragraphs[2].add_run()
    inside = f'<c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="{link}"/>'
    drawing = f'<w:drawing xmlns:w="{W}">{inside}</w:drawing>'
    run._r.append(parse_xml(drawing))
    raw = io.BytesIO()
    word.save(raw)
    return raw.getvalue()


def chart() -> bytes:
    def points(words: list[str]) -> str:
        return "".join(f'<c:pt idx="{at}"><c:v>{w}</c:v></c:pt>' for at, w in enumerate(words))

    series = "".join(
        f"<c:ser><c:tx><c:strRef><c:strCache>{points([name])}</c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:numRef><c:numCache>{points(labels)}</c:numCache></c:numRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{points(values)}</c:numCache></c:numRef></c:val></c:ser>"
        for name, labels, values in SERIES
    )
    title = (
        f'<a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{TITLE}</a:t>'
    )
    return (
        f'<c:chartSpace xmlns:c="{C}"><c:chart><c:title><c:tx><c:rich>{title}</c:rich></c:tx>'
        f"</c:title><c:plotArea><c:barChart>{series}</c:barChart></c:plotArea></c:chart>"
        "</c:chartSpace>"
    ).encode()


def shape(document: Document) -> object:
    """All that both readings must share: words, tables, chart data, but no offsets."""
    return {
        "blocks": [document.quote(block.span) for block in document.blocks],
        "places": [(block.table, block.row, block.column) for block in document.blocks],
        "grids": [table.grid for table in document.tables],
        "charts": [
            (c.title, [(s.name, [(p.label, p.value) for p in s.points]) for s in c.series])
            for c in document.charts
        ],
    }


def test_text_and_word_give_the_same_blocks() -> None:
    text, word = read_bytes(as_text(), "a.txt"), read_bytes(as_word(), "a.docx")

    assert shape(word) == shape(text)
    assert len(word.tables) == len(word.charts) == 1
    assert [b.level for b in word.blocks][:5] == [level for _, level in PARAGRAPHS]


def test_the_text_of_a_word_file_reads_again() -> None:
    """What a user copies out of the result is as good as the Word file, but for its tables."""
    word = read_bytes(as_word(), "a.docx")
    again = read_bytes(word.text.encode(), "a.txt")

    assert [again.quote(b.span) for b in again.blocks] == [
        word.quote(b.span) for b in word.blocks
    ]
    assert len(again.charts) == 1
