"""The container of old Office files: what stands at its top, and what is missing of it."""

from __future__ import annotations

import pytest
from compound_file import compound

from validator.errors import UnreadableDocument
from validator.readers.compound import BrokenContainerError, Compound
from validator.readers.sniff import container, old_form

WORD_HEAD = bytes.fromhex("eca501014d2009040000f012")
LONG = bytes(range(256)) * 40_000


def test_streams_at_the_top_are_known() -> None:
    top = Compound(compound({"WordDocument": b"abc", "ObjectPool/_1/Workbook": b"x"}))

    assert top.streams == {"worddocument"}
    assert "WORDDOCUMENT" in top
    assert "Workbook" not in top
    assert top.head("WordDocument", 5) == b"abc\0\0"


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        ({"WordDocument": WORD_HEAD, "ObjectPool/_1/Workbook": b"x"}, "legacy"),
        ({"Workbook": b"x", "MBD0001/WordDocument": WORD_HEAD}, "workbook"),
        ({"Book": b"x", "MBD0001/EncryptedPackage": b"x"}, "workbook"),
        ({"CONTENTS": b"x"}, "legacy"),
        ({"1Table": "WordDocument Workbook".encode("utf-16-le")}, "legacy"),
    ],
    ids=["workbook-in-text", "text-in-workbook", "locked-in-workbook", "works", "only-words"],
)
def test_what_is_embedded_does_not_decide(streams: dict[str, bytes], kind: str) -> None:
    assert container(compound(streams)) == kind


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (compound({"WordDocument": WORD_HEAD}), "doc"),
        (compound({"CONTENTS": b"x"}), "wps"),
        (b"{\\rtf1 a}", "rtf"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:x/>', "xml"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><w:wordDocument xmlns:w="w">', "xml"),
    ],
    ids=["doc", "wps", "rtf", "xml", "xml-after-a-mark"],
)
def test_old_formats_are_told_apart(data: bytes, form: str) -> None:
    assert container(data) == "legacy"
    assert old_form(data) == form


def test_table_that_does_not_fit_in_the_header() -> None:
    """Past 6.8 MB the header cannot list all sectors of the table."""
    data = compound({"WordDocument": WORD_HEAD + LONG, "1Table": LONG[:9000]})

    top = Compound(data)

    assert top.is_whole("WordDocument")
    assert top.is_whole("1Table")
    assert top.head("1Table", 4) == LONG[:4]


@pytest.mark.parametrize("kept", range(8, 6000, 331))
def test_cut_file_is_told(kept: int) -> None:
    data = compound({"WordDocument": WORD_HEAD, "1Table": b"x"})[:kept]

    with pytest.raises(UnreadableDocument, match=r"已损坏|不完整"):
        container(data)


def test_any_byte_may_be_wrong() -> None:
    """Damage is told in one way or another, and no chain is followed without end."""
    data = compound({"WordDocument": WORD_HEAD, "1Table": b"x", "A/B": b"y"})
    for at in range(24, 2400):
        for wrong in (0, 1, 255):
            try:
                container(data[:at] + bytes([wrong]) + data[at + 1 :])
            except UnreadableDocument:
                continue


def test_no_container() -> None:
    with pytest.raises(BrokenContainerError):
        Compound(bytes(4000))
