"""The file around the highlights: it stands unchanged at the beginning, the rest behind it."""

from __future__ import annotations

import io

import pypdf
import pytest
from margin_notes import marks_of, note_at
from packed_pdf import packed
from pdf_drawing import Drawing
from reportlab.lib.pdfencrypt import StandardEncryption

from validator.annotating import annotator
from validator.errors import UnreadableDocument, UsageError
from validator.readers import read_bytes

WORDS = "本年收入合计100.00万元，比上年增加5.71万元，下降20%。"


def drawn(pages: int = 3, encrypt: object = None) -> bytes:
    drawing = Drawing(encrypt=encrypt)
    for page in range(pages):
        if page:
            drawing.page()
        drawing.line(WORDS)
    return drawing.data()


def annotated(data: bytes) -> bytes:
    document = read_bytes(data, "a.pdf")
    notes = [note_at(document, "下降20%", nth=nth) for nth in (0, 2)]
    return annotator(data, "a.pdf").written(notes).data


FILES = {
    "table": drawn(),
    "stream": packed(drawn()),
    "no line end": drawn().rstrip(),
    "locked": drawn(encrypt=StandardEncryption("", "owner", strength=40)),
    "locked, long key": drawn(encrypt=StandardEncryption("", "owner", strength=128)),
}


@pytest.mark.parametrize("name", FILES)
def test_file_is_as_it_was_up_to_its_end(name: str) -> None:
    data = FILES[name]

    assert annotated(data).startswith(data)


@pytest.mark.parametrize("name", FILES)
def test_marks_are_read_by_others(name: str) -> None:
    marks = marks_of(annotated(FILES[name]))

    assert [(one.page, one.words) for one in marks] == [(1, "下降20%"), (3, "下降20%")]
    assert all(one.contents.startswith("错误：对不上") for one in marks)


@pytest.mark.parametrize("name", FILES)
def test_text_is_the_same(name: str) -> None:
    data = FILES[name]

    assert read_bytes(annotated(data), "a.pdf").text == read_bytes(data, "a.pdf").text


@pytest.mark.parametrize("name", FILES)
def test_same_file_gives_the_same_copy(name: str) -> None:
    data = FILES[name]

    assert annotated(data) == annotated(data)


def test_copy_is_not_annotated_again() -> None:
    once = annotated(drawn())

    assert len(marks_of(once)) == 2
    with pytest.raises(UsageError, match="里面已有 gouji 的批注，再写会重复；请"):
        annotated(once)


def test_only_what_changed_is_written() -> None:
    data = drawn(pages=40)
    behind = annotated(data)[len(data) :]

    assert behind.count(b"/Type/Page/") + behind.count(b"/Type/Page>") == 2
    assert b"/BaseFont" not in behind


def test_copy_has_its_own_number_beside_that_of_the_file() -> None:
    data = drawn()
    before = pypdf.PdfReader(io.BytesIO(data)).trailer["/ID"]
    after = pypdf.PdfReader(io.BytesIO(annotated(data))).trailer["/ID"]

    assert after[0] == before[0]  # type: ignore[index]
    assert after[1] != before[1]  # type: ignore[index]


def test_list_of_objects_is_of_the_kind_that_the_file_has() -> None:
    for name, kind in (("table", b"\nxref\n"), ("stream", b"/Type/XRef")):
        data = FILES[name]
        behind = annotated(data)[len(data) - 1 :]

        assert (kind in behind, b"trailer" in behind) == (True, name == "table")


def test_file_whose_list_is_damaged_is_written_anew() -> None:
    data = drawn()
    at = data.rindex(b"startxref")
    damaged = data[:at] + b"startxref\n77\n%%EOF\n"

    copy = annotated(damaged)

    assert copy == annotated(damaged)
    assert [one.words for one in marks_of(copy)] == ["下降20%", "下降20%"]
    assert read_bytes(copy, "a.pdf").text == read_bytes(data, "a.pdf").text


def test_damaged_file_is_told() -> None:
    with pytest.raises(UnreadableDocument, match="文件已损坏"):
        annotator(b"%PDF-1.7\n" + bytes(500), "a.pdf")
