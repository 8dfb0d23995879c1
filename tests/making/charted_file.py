"""A Word file with what examples lack: a chart, merged cells and a heading that numbers itself."""

from __future__ import annotations

import io
import zipfile

import docx

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
POINTS = (("2022年", "1200.50"), ("2023年", "609.93999999999983"))
PICTURE = (
    f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing">'
    '<wp:extent cx="4000000" cy="2000000"/><wp:docPr id="1" name="图表1"/>'
    f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/chart">'
    f'<c:chart xmlns:c="{DRAWING}/chart" xmlns:r="{OFFICE}" r:id="rIdChart"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
LINK = f'<Relationship Id="rIdChart" Type="{OFFICE}/chart" Target="charts/chart1.xml"/>'
PART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def charted() -> bytes:
    """The file."""
    word = docx.Document()
    word.add_paragraph("第二部分 决算情况说明", style="Heading 1")
    for words in ("收入情况说明", "支出情况说明"):
        word.add_paragraph(words, style="List Number")
    table = word.add_table(rows=2, cols=3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
    for (row, column), words in {
        (0, 2): "决算数", (1, 0): "基本支出", (1, 1): "人员经费", (1, 2): "148.20",
    }.items():  # fmt: skip
        table.cell(row, column).text = words
    raw = io.BytesIO()
    word.save(raw)
    return _with_chart(raw.getvalue())


def _with_chart(data: bytes) -> bytes:
    added = {
        "word/document.xml": ("<w:sectPr", f"{PICTURE}<w:sectPr"),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f"{LINK}</Relationships>",
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/word/charts/chart1.xml" ContentType="{PART}"/></Types>',
        ),
    }
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(raw, "w") as new:
        for name in old.namelist():
            words = old.read(name)
            if name in added:
                words = words.decode().replace(*added[name]).encode()
            new.writestr(name, words)
        new.writestr("word/charts/chart1.xml", _chart())
    return raw.getvalue()


def _chart() -> str:
    labels = "".join(
        f'<c:pt idx="{at}"><c:v>{label}</c:v></c:pt>' for at, (label, _) in enumerate(POINTS)
    )
    values = "".join(
        f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, (_, value) in enumerate(POINTS)
    )
    count = f'<c:ptCount val="{len(POINTS)}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><c:chartSpace xmlns:c="{DRAWING}/chart" '
        f'xmlns:a="{DRAWING}/main"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r>'
        "<a:t>收支变动情况</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:layout/>"
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser>'
        '<c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache>'
        '<c:ptCount val="1"/><c:pt idx="0"><c:v>收入</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$3</c:f><c:strCache>{count}{labels}</c:strCache>"
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!$B$2:$B$3</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val>"
        '</c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/>'
        '<c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/>'
        '<c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx>'
        "</c:plotArea></c:chart></c:chartSpace>"
    )
