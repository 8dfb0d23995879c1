"""Highlights in PDF files: on exactly the words that a note is about, wherever they stand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pypdf
import pypdfium2
import pytest
from margin_notes import Marked, marks_of, note_at, note_on
from pdf_drawing import Drawing
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject
from reportlab.lib.utils import ImageReader

from validator.annotating import annotator
from validator.document import BlockKind, Span
from validator.findings import Severity
from validator.readers import ocr, read_bytes
from validator.readers.ocr import Recognised

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.annotating.placing import Annotated
    from validator.document import Document

PROSE = (
    "2023年度收入总计1,234.56万元，其中：财政拨款收入1,086.41万元，占88.00%；事业收入98.76万元，"
    "占8.00%；其他收入49.39万元，占4.00%。与上年相比增加102.30万元，增长9.03%，主要原因是新建泵站。"
)


def annotated(data: bytes, *quotes: str) -> Annotated:
    document = read_bytes(data, "a.pdf")
    return annotator(data, "a.pdf").written([note_at(document, quote) for quote in quotes])


def marked(data: bytes, *quotes: str) -> list[Marked]:
    result = annotated(data, *quotes)
    assert result.unplaced == ()
    return marks_of(result.data)


def one_line(words: str = PROSE[:40], **entries: Any) -> bytes:
    drawing = Drawing()
    drawing.line(words, **entries)
    return drawing.data()


def without_blanks(words: str) -> str:
    return "".join(words.split())


def every_window(document: Document) -> list[Span]:
    """Windows over all words, so that each line end and page end falls into some."""
    spans = []
    for block in document.blocks:
        start, end = block.span.start, block.span.end
        spans += [Span(at, min(at + 7, end)) for at in range(start, end, 5)]
    return [span for span in spans if document.quote(span).strip()]


def test_words_in_a_line() -> None:
    (mark,) = marked(one_line(), "财政拨款收入1,086.41万元")

    assert (mark.page, mark.kind, mark.words, mark.quads) == (
        1, "/Highlight", "财政拨款收入1,086.41万元", 1,
    )  # fmt: skip


def test_note_says_all_that_there_is_to_say() -> None:
    data = one_line()
    document = read_bytes(data, "a.pdf")
    note = note_at(document, "财政拨款")

    (mark,) = marks_of(annotator(data, "a.pdf").written([note]).data)

    assert mark.contents.splitlines() == [note.title, *note.lines]
    assert (mark.entries["/T"], mark.entries["/Subj"]) == ("gouji", "ABC001")
    assert mark.entries["/NM"] == note.fingerprint
    assert "/M" not in mark.entries
    assert "/CreationDate" not in mark.entries


def test_each_severity_has_its_colour() -> None:
    data = one_line()
    document = read_bytes(data, "a.pdf")
    notes = [note_at(document, "收入", severity) for severity in Severity]

    marks = marks_of(annotator(data, "a.pdf").written(notes).data)

    assert len({tuple(one.entries["/C"]) for one in marks}) == 3


def test_words_over_a_line_end_have_a_box_in_each_line() -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    data = drawing.data()
    quote = "其中：财政拨款收入1,086.41万元，占88.00%；事业收入"

    (mark,) = marked(data, quote)

    assert mark.words == quote
    assert mark.quads == 2


def test_words_over_a_page_end_are_marked_on_both_pages() -> None:
    drawing = Drawing()
    drawing.y = 90
    drawing.prose(PROSE)
    quote = PROSE[20:100]

    first, second = marked(drawing.data(), quote)

    assert (first.page, second.page) == (1, 2)
    assert first.words + second.words == quote
    assert first.contents == second.contents
    assert first.entries["/NM"] != second.entries["/NM"]


def test_cells_of_a_table() -> None:
    drawing = Drawing()
    drawing.table(
        [["科目", "合计", "备注"], ["教育\n支出", "1,190.50", ""], ["合计", "1,190.50", "无"]],
        [90, 110, 60], height=30,
    )  # fmt: skip
    data = drawing.data()
    document = read_bytes(data, "a.pdf")
    cells = [one.span for one in document.blocks if one.kind is BlockKind.CELL]

    marks = marks_of(annotator(data, "a.pdf").written([note_on(one) for one in cells]).data)

    assert [one.words for one in marks] == [
        "科目", "合计", "备注", "教育支出", "1,190.50", "合计", "1,190.50", "无",
    ]  # fmt: skip


def test_row_that_a_page_end_cuts() -> None:
    drawing = Drawing()
    drawing.y = 130
    head = ["项目", "内容"]
    drawing.table(
        [head, ["绩效目标", "完成泵站建设并投入运行，\n保障灌溉用水需要，提高防"]],
        [80, 128],
        height=30,
    )
    drawing.page()
    drawing.table([head, ["", "汛能力"]], [80, 128], height=30)
    quote = "提高防汛能力"

    marks = marked(drawing.data(), quote)

    assert [(one.page, one.words) for one in marks] == [(1, "提高防"), (2, "汛能力")]


def stretched(drawing: Drawing) -> None:
    drawing.prose(PROSE * 3)


def columns(drawing: Drawing) -> None:
    for left, right in ((60.0, 280.0), (315.0, 535.0)):
        drawing.y = 755
        drawing.prose(PROSE * 2, left=left, right=right, size=10)


def sideways(drawing: Drawing) -> None:
    drawing.canvas.rotate(90)
    drawing.canvas.translate(0, -595)
    for y in (500.0, 480.0):
        drawing.line(PROSE[:45], y=y)


def upside_down(drawing: Drawing) -> None:
    drawing.canvas.rotate(180)
    drawing.canvas.translate(-595, -842)
    drawing.line(PROSE[:30], y=500)


def bold(drawing: Drawing) -> None:
    for shift in (0.0, 0.4):
        drawing.line(PROSE[:30], x=85 + shift, y=700)


def spread(drawing: Drawing) -> None:
    drawing.line("收入合计", x=85, y=700)
    drawing.line("1,234.56", x=300, y=700)
    drawing.line("目录", x=250, y=660, spacing=30)


@pytest.mark.parametrize(
    "draw", [stretched, columns, sideways, upside_down, spread], ids=lambda one: one.__name__
)
def test_every_word_is_found_where_it_stands(draw: Callable[[Drawing], None]) -> None:
    drawing = Drawing()
    draw(drawing)
    data = drawing.data()
    document = read_bytes(data, "a.pdf")
    spans = every_window(document)

    result = annotator(data, "a.pdf").written([note_on(span) for span in spans])

    found: dict[str, str] = {}
    for one in marks_of(result.data):
        name = one.entries["/NM"][:16]
        found[name] = found.get(name, "") + one.words
    assert len(spans) > 3
    assert result.unplaced == ()
    assert list(found.values()) == [without_blanks(document.quote(span)) for span in spans]


def test_words_printed_twice_for_boldness_are_marked_once() -> None:
    drawing = Drawing()
    bold(drawing)

    (mark,) = marked(drawing.data(), "1,234.56万元")

    assert mark.quads == 1
    assert without_blanks("".join(sorted(set(mark.words)))) == "".join(
        sorted(set("1,234.56万元"))
    )


def changed_page(data: bytes, entries: dict[str, Any]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for key, value in entries.items():
        writer.pages[0][NameObject(key)] = value
    raw = io.BytesIO()
    writer.write(raw)
    return raw.getvalue()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_page(turn: int) -> None:
    data = changed_page(one_line(), {"/Rotate": NumberObject(turn)})

    (mark,) = marked(data, "财政拨款收入")

    assert mark.words == "财政拨款收入"


def test_cropped_page() -> None:
    box = ArrayObject(map(FloatObject, (50, 400, 550, 842)))
    data = changed_page(one_line(), {"/CropBox": box})

    (mark,) = marked(data, "财政拨款收入")

    assert mark.words == "财政拨款收入"


def test_mark_is_seen_and_the_words_stay_readable() -> None:
    data = one_line("占88.00%", y=700.0, size=12)

    def shades(pdf: bytes) -> list[tuple[int, ...]]:
        file = pypdfium2.PdfDocument(pdf)
        picture = file[0].render(scale=2).to_pil().convert("RGB")
        file.close()
        # Around the words: 85 to 150 points from the left, 695 to 715 from below.
        return [picture.getpixel((x, y)) for x in range(170, 300) for y in range(254, 294)]

    before, after = shades(data), shades(annotated(data, "占88.00%").data)

    pink = [one for one in after if one[0] > 240 and one[1] < 210]
    assert len(pink) > 1000
    assert all(sum(one) < 420 for one, old in zip(after, before, strict=True) if sum(old) < 60)


def test_annotations_of_others_stay() -> None:
    drawing = Drawing()
    drawing.line(PROSE[:40])
    drawing.canvas.linkURL("https://example.invalid/", (80, 700, 200, 760))
    drawing.canvas.textAnnotation("已核对", (10, 10, 30, 30))
    data = drawing.data()

    marks = marked(data, "财政拨款收入")

    assert [one.kind for one in marks] == ["/Link", "/Text", "/Highlight"]
    assert marks[1].contents == "已核对"


def test_recognised_words_have_their_note_in_the_corner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawing = Drawing()
    drawing.line(PROSE[:40])
    drawing.page()
    picture = ImageReader(io.BytesIO(b"P5 60 40 255\n" + bytes([200]) * 2400))
    drawing.canvas.drawImage(picture, 0, 0, 595, 842)
    data = drawing.data()
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(
        ocr, "recognise", lambda _: [Recognised("其他收入28.40万元。", 200, 300, 600, 340)]
    )

    result = annotated(data, "财政拨款收入", "28.40万元")
    sticker, mark = sorted(marks_of(result.data), key=lambda one: one.kind, reverse=True)

    assert [one.note.span for one in result.unplaced] == [
        note_at(read_bytes(data, "a.pdf"), "28.40万元").span
    ]
    assert "扫描图片" in result.unplaced[0].why
    assert mark.words == "财政拨款收入"
    assert (sticker.page, sticker.kind) == (1, "/Text")
    assert sticker.contents.startswith("“28.40万元”")


def test_file_without_findings_stays_as_it_is() -> None:
    data = one_line()

    assert annotator(data, "a.pdf").written([]).data == data
