"""Zip files: which members are given, in their true names, and what is refused unopened."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile

import pytest
from compound_file import compound

from validator.errors import UnreadableDocument
from validator.readers import archive
from validator.readers.archive import members
from validator.readers.suffixes import FOREIGN, READABLE

TEXT = "本年收入合计100.00万元。\n".encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)


def zipped(files: dict[str, bytes], *, stored: bool = False) -> bytes:
    raw = io.BytesIO()
    packing = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(raw, "w", packing) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return raw.getvalue()


def named_in(encoding: str, name: str) -> bytes:
    """A zip whose name is packed in an encoding that it does not tell."""
    raw = name.encode(encoding)
    placeholder = "x" * len(raw)
    return zipped({placeholder: TEXT}).replace(placeholder.encode(), raw)


def locked(data: bytes, name: str = "") -> bytes:
    """The same zip, its entries (or one) marked as encrypted."""
    marked = bytearray(data)
    at = 0
    for sign, flags, title in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = marked.find(sign)
        while at >= 0:
            if marked[at + title :].startswith(name.encode()):
                marked[at + flags] |= 1
            at = marked.find(sign, at + 4)
    return bytes(marked)


def listed(data: bytes) -> list[str]:
    return [member.name for member in members(data, "报送.zip")]


def told(data: bytes) -> dict[str, str]:
    """What is said of each member; "" of those that are given."""
    return {
        one.name.partition("/")[2]: str(one.data) if isinstance(one.data, Exception) else ""
        for one in members(data, "a.zip")
    }


def test_members_are_given_by_content_in_order() -> None:
    files = {
        "乙/附表.xls": compound({"Workbook": b"x"}),
        "a.txt": TEXT,
        "renamed.bin": zipped({"word/document.xml": b"<x/>"}),
        "乙/page": b"<!DOCTYPE html><p>x",
        "old.dat": compound({"WordDocument": bytes(12)}),
    }

    assert listed(zipped(files)) == [
        "报送.zip/a.txt",
        "报送.zip/old.dat",
        "报送.zip/renamed.bin",
        "报送.zip/乙/page",
        "报送.zip/乙/附表.xls",
    ]
    assert [one.data for one in members(zipped({"a.txt": TEXT}), "a.zip")] == [TEXT]


def test_what_is_no_report_is_passed_over() -> None:
    files = {
        "目录/": b"",
        "__MACOSX/._a.txt": TEXT,
        ".DS_Store": b"x",
        ".git/a.txt": TEXT,
        "~$a.docx": TEXT,
        "Thumbs.db": compound({"x": b"y"}),
        "盖章.PNG": b"no picture at all",
        "扫描件": PNG,
        "empty": b"",
        "setup.ini": b"[a]",
        "a.txt": TEXT,
    }

    assert listed(zipped(files)) == ["报送.zip/a.txt"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_chinese_windows_and_of_macos(encoding: str) -> None:
    assert listed(named_in(encoding, "部门/决算报告.txt")) == ["报送.zip/部门/决算报告.txt"]


def test_names_that_say_how_they_are_packed() -> None:
    assert listed(zipped({"決算№1.txt": TEXT})) == ["报送.zip/決算№1.txt"]


@pytest.mark.parametrize("name", ["../../a.txt", "/etc/a.txt", "..\\a.txt", "./a.txt"])
def test_name_that_leads_out_is_harmless(name: str) -> None:
    (path,) = listed(zipped({name: TEXT}))

    assert path in {"报送.zip/a.txt", "报送.zip/etc/a.txt"}


def test_name_that_would_move_the_cursor_is_shown_without_it() -> None:
    assert listed(zipped({"决算\u3000a\x1b[2J\u202e\n.txt": TEXT})) == [
        "报送.zip/决算\u3000a\ufffd[2J\ufffd\ufffd.txt"
    ]


def test_archives_and_folders_know_the_same_suffixes() -> None:
    assert (READABLE | FOREIGN) - {".zip"} == archive.REPORTS


def test_bad_member_is_told_and_the_others_are_given() -> None:
    data = bytearray(
        zipped({"cut.txt": TEXT, "good.txt": TEXT, "empty.docx": b"", "in.ofd": b"x"})
    )
    at = data.index(b"cut.txt") + len("cut.txt")
    data[at : at + 8] = bytes(8)

    said = told(bytes(data))

    assert said.pop("good.txt") == ""
    assert said.pop("in.ofd") == "", "its own reader tells what is wrong with it"
    assert said.pop("cut.txt").startswith("压缩包里的这个文件已损坏，解不开；")
    assert said == {"empty.docx": "文件是空的；请确认选对了文件，或重新导出一份"}


def test_archive_in_an_archive_is_told_not_opened() -> None:
    said = told(zipped({"in.zip": zipped({"a.txt": TEXT}), "in.rar": b"Rar!\x1a"}))

    assert said["in.zip"] == "这是压缩包里的压缩包；请先解压，再检查里面的文件"
    assert said["in.rar"].startswith("这是压缩包，不是报告；")


def test_locked_member_is_told() -> None:
    said = told(locked(zipped({"a.txt": TEXT, "b.txt": TEXT}), "b.txt"))

    assert said == {"a.txt": "", "b.txt": "压缩包里的这个文件有密码；请用密码解压后再检查"}


def test_bomb_is_told_without_unpacking() -> None:
    data = zipped({"bomb.txt": bytes(150_000_000), "good.txt": TEXT})
    tracemalloc.start()

    said = told(data)

    assert said == {
        "bomb.txt": "解开后大得反常，没有解开；请确认来源可靠，或解压后再检查",
        "good.txt": "",
    }
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


REFUSED = {
    "damaged": (b"PK\x03\x04" + bytes(40), "压缩包已损坏"),
    "locked": (locked(zipped({"a.txt": TEXT, "b.txt": TEXT})), "压缩包有打开密码"),
    "nothing": (zipped({"a.png": PNG, "b/": b""}), "没有能检查的报告"),
    "empty": (zipped({}), "没有能检查的报告"),
    "too-many": (zipped({f"{at}.txt": b"" for at in range(501)}), "超过 500 个"),
    "overfull": (b"PK\x03\x04" + b"PK\x01\x02" * 100_001, "超过 500 个"),
}


@pytest.mark.parametrize(("data", "what"), REFUSED.values(), ids=REFUSED)
def test_archive_is_refused_as_a_whole(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableDocument, match=what):
        listed(data)


def test_too_large_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 2 * len(TEXT))
    data = zipped({f"{at}.txt": TEXT for at in range(3)}, stored=True)

    with pytest.raises(UnreadableDocument, match="超过 200 MB"):
        listed(data)


def test_damage_anywhere_is_told() -> None:
    whole = zipped({"a.txt": TEXT, "附件/b.docx": zipped({"word/document.xml": b"<x/>"})})
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    for _ in range(1500):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            listed(bytes(data))
        except UnreadableDocument:
            continue
