"""Pages of PDF files that cannot be read: each is told, the others are read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pdf_drawing import Drawing
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from validator.errors import UnreadableDocument
from validator.readers import ocr, pdf, pdf_drawings, pdf_rulings, read_bytes
from validator.readers.ocr import Recognised
from validator.readers.pdf_characters import CrowdedPageError
from validator.readers.pdf_page import page_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfPage

    from validator.readers.pdf_page import PageContent

WORDS = "本年支出合计35.20万元。"


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)


def bitmap() -> ImageReader:
    """A grey picture, as a scanner makes."""
    head = b"P5 40 60 255\n"
    return ImageReader(io.BytesIO(head + bytes([200]) * 2400))


def pages(*kinds: str) -> Drawing:
    """Pages with words, as scans, blank, or as scans with a printed number."""
    drawing = Drawing()
    for number, kind in enumerate(kinds, start=1):
        if number > 1:
            drawing.page()
        if kind in {"scan", "numbered"}:
            drawing.canvas.drawImage(bitmap(), 0, 0, 595, 842)
        if kind == "numbered":
            drawing.line(str(number), x=295, y=30)
        if kind == "words":
            drawing.line(WORDS)
    return drawing


def test_scanned_pages_are_told_and_the_others_read() -> None:
    drawing = pages("words", "words", "scan", "words", "scan", "numbered", "scan", "blank")

    document = read_bytes(drawing.data(), "a.pdf")

    assert document.unread == ("第 3、5–7 页是扫描图片，没有文字层，没有读出",)
    assert [block.page for block in document.blocks] == [1, 2, 4]


HEAD = "云岭县水务局2023年度部门决算公开报告，附件一：决算报表扫描件"


@pytest.mark.parametrize(
    ("size", "y", "told"),
    [
        ((0, 0, 595, 842), 805, True),
        ((0, 0, 595, 842), 40, True),
        ((40, 40, 515, 650), 755, True),
        ((0, 0, 595, 842), 500, False),
        ((100, 100, 395, 500), 755, False),
    ],
    ids=["head", "foot", "caption", "cover", "photo"],
)
def test_picture_that_is_the_page_is_told_and_the_words_beside_it_are_read(
    size: tuple[int, int, int, int], y: int, told: bool
) -> None:
    drawing = pages("words", "blank")
    drawing.canvas.drawImage(bitmap(), *size)
    drawing.line(HEAD, y=y, size=11)

    document = read_bytes(drawing.data(), "a.pdf")

    assert ("第 2 页几乎整页是图片，图片里的字没有读出" in document.unread) == told
    assert "没有读出" not in "".join(document.unread) or told
    assert HEAD in document.text or y != 755


def test_picture_beside_words_is_no_scan() -> None:
    drawing = pages("words")
    drawing.canvas.drawImage(bitmap(), 100, 100, 300, 300)
    drawing.prose(WORDS * 3)

    assert read_bytes(drawing.data(), "a.pdf").unread == ()


@pytest.mark.parametrize(
    ("kinds", "what"),
    [
        (["scan", "scan"], "每一页都是扫描图片，没有文字可读"),
        (["scan", "blank"], "每一页都是扫描图片，没有文字可读"),
        (["blank", "blank"], "文件里没有文字"),
    ],
)
def test_file_without_words(kinds: list[str], what: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(pages(*kinds).data(), "a.pdf")

    assert caught.value.what == what


def test_advice_for_scans_names_the_extra() -> None:
    with pytest.raises(UnreadableDocument, match=r"Word 原稿.*\.\[ocr\]"):
        read_bytes(pages("scan").data(), "a.pdf")


def test_letters_drawn_as_shapes_are_no_text() -> None:
    drawing = pages("words")
    drawing.page()
    for at in range(300):
        drawing.canvas.rect(80 + at % 30 * 12, 700 - at // 30 * 20, 8, 9, stroke=0, fill=1)

    assert read_bytes(drawing.data(), "a.pdf").unread == (
        "第 2 页是扫描图片，没有文字层，没有读出",
    )


def test_scanned_pages_are_recognised_where_ocr_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes: list[tuple[int, int]] = []

    def fake(image: object) -> list[Recognised]:
        sizes.append(getattr(image, "size", (0, 0)))
        return [
            Recognised("本年收入合计" + "一" * 20, 200, 300, 1450, 340),
            Recognised("一共28.40万元。", 200, 360, 600, 400),
        ]

    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "recognise", fake)

    document = read_bytes(pages("words", "scan").data(), "a.pdf")

    assert document.unread == ("第 2 页是扫描图片，文字由 OCR 识别，数字须与原件逐个核对",)
    assert document.text.splitlines() == [
        WORDS,
        "本年收入合计" + "一" * 20 + "一共28.40万元。",
    ]
    assert sizes == [(1653, 2339)]


def test_owner_password_opens_and_user_password_is_told() -> None:
    def locked(user: str) -> bytes:
        drawing = Drawing(encrypt=StandardEncryption(user, "owner", strength=128))
        drawing.line(WORDS)
        return drawing.data()

    assert read_bytes(locked(""), "a.pdf").text == f"{WORDS}\n"
    with pytest.raises(UnreadableDocument, match=r"文件有打开密码；请去掉密码"):
        read_bytes(locked("user"), "a.pdf")


def test_damaged_file() -> None:
    data = pages("words").data()

    for broken in (data[:200], b"%PDF-1.7\n" + bytes(500), data[: len(data) // 2]):
        with pytest.raises(UnreadableDocument, match="文件已损坏"):
            read_bytes(broken, "a.pdf")


def test_file_cut_off_at_its_end_is_read_and_told() -> None:
    data = pages("words").data()
    cut = data[: data.rindex(b"startxref")]

    document = read_bytes(cut, "a.pdf")

    assert document.text == f"{WORDS}\n"
    assert document.unread == ("文件结尾缺失，可能没有读全",)


def test_damaged_page_is_told_and_the_others_read(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = page_content

    def broken(page: PdfPage, number: int) -> PageContent:
        if number == 2:
            raise CrowdedPageError
        return whole(page, number)

    monkeypatch.setattr("validator.readers.pdf.page_content", broken)

    document = read_bytes(pages("words", "words", "words").data(), "a.pdf")

    assert document.unread == ("第 2 页已损坏，没有读出",)
    assert [block.page for block in document.blocks] == [1, 3]


def test_letters_without_a_meaning_are_told() -> None:
    drawing = pages("words")
    drawing.page()
    drawing.line(chr(0xE123) * 40)
    drawing.line(WORDS)

    document = read_bytes(drawing.data(), "a.pdf")

    assert document.unread == ("第 2 页有文字没有编码，没有读全",)


def test_file_of_letters_without_a_meaning() -> None:
    drawing = Drawing()
    drawing.line(chr(0xE123) * 40)

    with pytest.raises(UnreadableDocument, match="文字没有编码，读不出来"):
        read_bytes(drawing.data(), "a.pdf")


def test_ocr_that_fails_leaves_the_page_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "recognise", fails)

    document = read_bytes(pages("words", "scan").data(), "a.pdf")

    assert document.unread == ("第 2 页是扫描图片，没有文字层，没有读出",)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)

    with pytest.raises(UnreadableDocument, match="文件有 3 页，超过 2 页"):
        read_bytes(pages("words", "words", "words").data(), "a.pdf")


@pytest.mark.parametrize(
    ("module", "limit"), [(pdf_drawings, "_MOST_SHAPES"), (pdf_rulings, "_MOST")]
)
def test_page_full_of_strokes_is_told(
    module: object, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = pages("words")
    for at in range(30):
        drawing.canvas.line(80, 600 - 10 * at, 300, 600 - 10 * at)
    monkeypatch.setattr(module, limit, 5)

    document = read_bytes(drawing.data(), "a.pdf")

    assert document.unread == ("第 1 页线条太多，表格没有认出",)
    assert WORDS in document.text


@pytest.mark.parametrize(
    ("numbers", "told"), [([3], "3"), ([1, 2], "1–2"), ([3, 5, 6, 7, 9], "3、5–7、9")]
)
def test_ranges(numbers: Sequence[int], told: str) -> None:
    assert pdf.ranges(list(numbers)) == told
