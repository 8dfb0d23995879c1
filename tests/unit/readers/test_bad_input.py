"""Files that are no report: one clear Chinese line each."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from compound_file import compound

from validator import readers
from validator.errors import UnreadableDocument
from validator.readers import read, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WordFile = Callable[..., bytes]

WORD_HEAD = bytes.fromhex("eca501014d2009040000f012")
LOCKED_HEAD = bytes.fromhex("eca501014d20090400000113")
OLD_WORD = compound({"WordDocument": WORD_HEAD, "1Table": bytes(9000)})


def zipped(*names: str, words: bytes = b"<x/>") -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, words)
    return raw.getvalue()


def locked() -> bytes:
    """A zip whose entries say that they are encrypted."""
    data = bytearray(zipped("word/document.xml"))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    return bytes(data)


def odt(name: str, words: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.text"
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr(name, words)
    return raw.getvalue()


def locked_odt() -> bytes:
    return odt("META-INF/manifest.xml", "<manifest:encryption-data/>")


BAD = {
    "empty": ("a.txt", b"", "文件是空的"),
    "blank": ("a.txt", " \r\n\u3000\t\n".encode(), "文件是空的"),
    "only-bookmarks": ("a.txt", b"[bookmark: _Toc1]\n", "文件是空的"),
    "only-a-mark": ("a.txt", b"\xef\xbb\xbf", "文件是空的"),
    "binary": ("a.txt", bytes(range(256)) * 8, "不是文本"),
    "zeros": ("a.txt", bytes(4000), "不是文本"),
    "noise": ("a.txt", b"\x9f\xff\x80\xfe\x81" * 300, "不是文本"),
    "pdf": ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "文件已损坏"),
    "pdf-named-docx": ("a.docx", b"%PDF-1.7\n", "文件已损坏"),
    "blank-xlsx": ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "表格是空的"),
    "broken-xlsx": ("a.xlsx", zipped("xl/workbook.xml", words=b"<workbook>"), "找不到工作表"),
    "cut-xlsx": ("a.xlsx", zipped("xl/workbook.xml", words=b"<x/>" * 99)[:90], "已损坏"),
    "xlsx-bomb": ("a.xlsx", zipped("xl/workbook.xml", words=b" " * 5_000_000), "大得反常"),
    "pptx": ("a.pptx", zipped("ppt/presentation.xml"), "演示文稿"),
    "ofd": ("a.ofd", zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
    "odt": ("a.odt", zipped("mimetype", "content.xml"), "OpenDocument"),
    "plain-zip": ("a.docx", zipped("report.txt"), "压缩包"),
    "xls": ("a.xls", compound({"Workbook": b"x"}), "工作表读不出来"),
    "cut-xls": ("a.xls", compound({"Workbook": bytes(9000)})[:-4000], "不完整"),
    "ppt": ("a.ppt", compound({"PowerPoint Document": b"x"}), "演示文稿"),
    "encrypted": ("a.docx", compound({"EncryptedPackage": b"x"}), "密码"),
    "encrypted-doc": ("a.doc", compound({"WordDocument": LOCKED_HEAD}), "密码"),
    "encrypted-odt": ("a.odt", locked_odt(), "密码"),
    "cut-doc": ("a.doc", OLD_WORD[:-4000], "不完整"),
    "cut-early-doc": ("a.doc", OLD_WORD[:1200], "已损坏"),
    "only-the-first-bytes-of-a-doc": ("a.doc", OLD_WORD[:8], "已损坏"),
    "odt-bomb": ("a.odt", odt("content.xml", " " * 5_000_000), "大得反常"),
    "html-without-words": ("a.html", b"<!DOCTYPE html><div id=app></div>", "网页里没有正文"),
    "html-of-pictures": ("a.doc", b"<html><body><img src=1.png>", "网页里没有正文"),
    "saved-nothing": (
        "a.mht",
        b"MIME-Version: 1.0\nContent-Type: multipart/related;",
        "文件里没有网页",
    ),
    "xml": ("a.xml", b'<?xml version="1.0"?><w/>', "XML"),
    "picture": ("a.docx", b"\x89PNG\r\n\x1a\n", "图片"),
    "text-named-docx": ("a.docx", "收入合计100万元。".encode(), "内容却是纯文本"),
    "cut-zip": ("a.docx", zipped("word/document.xml")[:60], "已损坏"),
    "locked-zip": ("a.docx", locked(), "密码"),
    "no-main-part": ("a.docx", zipped("word/styles.xml"), "找不到正文"),
    "broken-xml": (
        "a.docx",
        zipped("word/document.xml", words=b"<w:document>"),
        "正文读不出来",
    ),
    "entities": (
        "a.docx",
        zipped("word/document.xml", words=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "正文读不出来",
    ),
    "late-doctype": (
        "a.docx",
        zipped(
            "word/document.xml", words=b" " * 5000 + b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        ),
        "正文读不出来",
    ),
    "bomb": ("a.docx", zipped("word/document.xml", words=b" " * 5_000_000), "大得反常"),
}


@pytest.mark.parametrize(("name", "data", "what"), BAD.values(), ids=BAD)
def test_says_what_is_wrong_and_what_to_do(name: str, data: bytes, what: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, name)

    assert what in caught.value.what
    for clause in (caught.value.what, caught.value.advice):
        assert re.search("[\u4e00-\u9fff]", clause)
        assert not re.search(r"[\n。；]", clause)


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml")[:140], "Excel 修复后另存为 .xlsx"),
        (zipped("[Content_Types].xml", "word/document.xml")[:140], "Word 修复后另存为 .docx"),
        (zipped("[Content_Types].xml")[:60], "Word 或 Excel 修复"),
        (zipped("决算.docx", "附表xl/.txt")[:90], "重新压缩"),
        (compound({"Workbook": bytes(9000)})[:2000], "Excel 打开后另存为 .xlsx"),
        (OLD_WORD[:2000], "Word 修复后另存为 .docx"),
    ],
)
def test_damaged_file_is_mended_by_the_program_that_made_it(data: bytes, advice: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, "a")

    assert advice in caught.value.advice


def test_word_file_without_words(word_file: WordFile) -> None:
    with pytest.raises(UnreadableDocument, match="没有文字"):
        read_bytes(word_file("<w:p/>"), "a.docx")


def test_damaged_bytes_inside_the_zip(word_file: WordFile) -> None:
    data = bytearray(word_file("<w:p><w:r><w:t>收入合计</w:t></w:r></w:p>"))
    at = data.index(b"word/document.xml") + len("word/document.xml")
    data[at + 4 : at + 20] = bytes(16)

    with pytest.raises(UnreadableDocument, match="正文读不出来"):
        read_bytes(bytes(data), "a.docx")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="找不到文件；请检查文件名"):
        read(tmp_path / "没有.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="这是文件夹"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("error", "what"), [(PermissionError, "没有权限"), (OSError, "文件打不开")]
)
def test_file_that_cannot_be_opened(
    error: type[OSError], what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a")

    def refuse(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(type(path), "read_bytes", refuse)

    with pytest.raises(UnreadableDocument, match=what):
        read(path)


def test_name_that_no_system_can_open(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"文件打不开|找不到文件"):
        read(tmp_path / "a\x00b.txt")


def test_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"1234")
    monkeypatch.setattr(readers, "LARGEST", 3)

    with pytest.raises(UnreadableDocument, match="200 MB"):
        read(path)


def test_content_decides_not_the_suffix(word_file: WordFile) -> None:
    data = word_file("<w:p><w:r><w:t>收入合计</w:t></w:r></w:p>")

    assert read_bytes(data, "报告.txt").format == "docx"


def test_name_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")

    document = read(path, name="folder\\a.txt")

    assert document.name == "folder/a.txt"
    assert document.digest == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert read(path).name == path.as_posix()
