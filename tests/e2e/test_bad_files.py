"""Bad input through the real command: one clear line, the right code, the rest is checked."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from compound_file import compound
from pdf_drawing import Drawing

from validator.reporters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
GOOD = (
    "清河县档案馆2022年度部门决算\n一、收入决算情况说明\n"
    "本年收入合计100.00万元，其中：财政拨款收入80.00万元，占90%。\n"
)
FOUND = "占【90%】"
WORD_HEAD = bytes.fromhex("eca501014d2009040000f012")
LOCKED_HEAD = bytes.fromhex("eca501014d20090400000113")
OLD_WORD = compound({"WordDocument": WORD_HEAD, "1Table": bytes(9000)})
RTF = b"{\\rtf1 a}"
MEGABYTE = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
GARBAGE = bytes(range(256)) * 40


def gouji(
    folder: Path, *args: str, soffice: str = "/no/such/program"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "validator", *args],
        cwd=folder,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "",
            "SYSTEMROOT": "C:\\Windows",
            "GOUJI_SOFFICE": soffice,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def cut_docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>" * 500)
    path.write_bytes(path.read_bytes()[:900])


def broken_docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document><w:bo")


def zipped(files: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in files.items():
            archive.writestr(name, words)
    return raw.getvalue()


def word(body: bytes) -> bytes:
    return zipped({"word/document.xml": body})


def entities() -> bytes:
    """Ten entities, each ten times the one before: a billion letters once they are resolved."""
    rows = "".join(f'<!ENTITY e{at + 1} "{f"&e{at};" * 10}">' for at in range(9))
    return f'<!DOCTYPE a [<!ENTITY e0 "e">{rows}]><a>&e9;</a>'.encode()


def swollen_zip() -> bytes:
    """A zip whose list says that it unpacks to more than it may."""
    data = bytearray(zipped({"a.txt": GOOD.encode()}))
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 28] = (300 * MEGABYTE).to_bytes(4, "little") * 2
    return bytes(data)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * MEGABYTE + 1)


def printed(password: str = "") -> bytes:
    """A page of words, locked when a password is given."""
    drawing = Drawing(encrypt=password or None)
    drawing.prose(GOOD)
    return drawing.data()


def cut_xlsx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>" * 500)
    path.write_bytes(path.read_bytes()[:900])


def xlsx_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 50_000_000)


def holding(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("missing.txt", lambda _: None, "找不到文件"),
    ("folder", lambda path: path.mkdir(), "没有能检查的报告"),
    ("cut.docx", cut_docx, "损坏"),
    ("broken.docx", broken_docx, "损坏"),
    ("entities.docx", holding(word(entities())), "正文读不出来"),
    ("bomb.docx", holding(word(bytes(5 * MEGABYTE))), "大得反常"),
    ("locked.docx", holding(compound({"EncryptedPackage": b"x"})), "密码"),
    ("cut.doc", holding(OLD_WORD[:-4000]), "不完整"),
    ("head.doc", holding(OLD_WORD[:600]), "损坏"),
    ("locked.doc", holding(compound({"WordDocument": LOCKED_HEAD})), "密码"),
    ("words.doc", holding(GOOD.encode()), "纯文本"),
    ("old.doc", holding(OLD_WORD), "LibreOffice"),
    ("old.rtf", holding(RTF), "LibreOffice"),
    ("cut.zip", holding(zipped({"a.txt": GOOD.encode()})[:200]), "损坏"),
    ("swollen.zip", holding(swollen_zip()), "超过 200 MB"),
    ("pictures.zip", holding(zipped({"a.png": PNG})), "没有能检查的报告"),
    ("huge.txt", sparse, "超过 200 MB"),
    ("cut.pdf", holding(printed()[:700]), "损坏"),
    ("locked.pdf", holding(printed("1234")), "密码"),
    ("words.pdf", holding(GOOD.encode()), "纯文本"),
    ("cut.xlsx", cut_xlsx, "损坏"),
    ("bomb.xlsx", xlsx_bomb, "大得反常"),
    ("script.html", holding(b"<!DOCTYPE html><script>show()</script>"), "没有正文"),
    ("picture.docx", holding(PNG), "图片"),
    ("words.docx", holding(GOOD.encode()), "纯文本"),
    ("empty.txt", holding(b""), "空的"),
    ("blank.docx", holding(b""), "空的"),
    ("garbage.txt", holding(GARBAGE), "不是文本"),
]


@pytest.mark.parametrize(("name", "make", "said"), BAD, ids=[one[0] for one in BAD])
def test_bad_file_is_told_and_the_good_one_is_checked(
    tmp_path: Path, name: str, make: Callable[[Path], object], said: str
) -> None:
    make(tmp_path / name)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")

    done = gouji(tmp_path, "check", name, "good.txt")

    told, verdict = done.stderr.splitlines()
    assert told.startswith(f"{name}: ")
    assert said in told
    assert "；" in told, "says what to do"
    # A workbook belongs to the report beside it, which then was not read with all of its set.
    part = "，1个文件有一部分没有读出" if name.endswith(".xlsx") else ""
    assert verdict == f"结论：没有查完，1个文件读不了{part}，错误1处。"
    assert FOUND in done.stdout
    assert done.returncode == 2


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="needs a user whom permissions bind",
)
def test_file_without_permission_is_told(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "shut.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "shut.txt").chmod(0)

    done = gouji(tmp_path, "check", "shut.txt", "good.txt")

    assert done.stderr.startswith("shut.txt: 没有权限打开；")
    assert FOUND in done.stdout
    assert done.returncode == 2


def test_bad_members_of_an_archive_are_told_and_the_others_checked(tmp_path: Path) -> None:
    files = {
        "部门决算.txt": GOOD.encode(),
        "bomb.txt": bytes(9 * MEGABYTE),
        "inner.zip": zipped({"a.txt": GOOD.encode()}),
        "locked.doc": compound({"WordDocument": LOCKED_HEAD}),
        "印章.png": PNG,
    }
    (tmp_path / "报送.zip").write_bytes(zipped(files))

    done = gouji(tmp_path, "check", "报送.zip")

    *told, verdict = done.stderr.splitlines()
    assert [line.partition("；")[0] for line in told] == [
        "报送.zip/bomb.txt: 解开后大得反常，没有解开",
        "报送.zip/inner.zip: 这是压缩包里的压缩包",
        "报送.zip/locked.doc: 文件有打开密码",
    ]
    assert verdict == "结论：没有查完，3个文件读不了，错误1处。"
    assert "报送.zip/部门决算.txt" in done.stdout
    assert FOUND in done.stdout
    assert done.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="the fake program is a script")
def test_crashing_libreoffice_is_told_and_the_good_file_checked(tmp_path: Path) -> None:
    fake = tmp_path / "soffice"
    fake.write_text(f"#!{sys.executable}\nimport os\nos.abort()\n", encoding="utf-8")
    fake.chmod(0o755)
    for name in ("a.doc", "b.doc"):
        (tmp_path / name).write_bytes(OLD_WORD)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")

    done = gouji(tmp_path, "check", "a.doc", "good.txt", "b.doc", soffice=str(fake))

    first, second, verdict = done.stderr.splitlines()
    assert first.startswith("a.doc: LibreOffice 没能转换这个文件；")
    assert second.startswith("b.doc: LibreOffice 没能转换这个文件；")
    assert verdict == "结论：没有查完，2个文件读不了，错误1处。"
    assert FOUND in done.stdout


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "other.txt").write_bytes(GOOD.encode(encoding))

    done = gouji(tmp_path, "check", "other.txt")

    assert FOUND in done.stdout
    assert done.returncode == 1


def test_broken_rule_file_is_told_and_files_are_checked(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "USR001-x.yaml").write_text("id: USR001\nnmae: x\n", encoding="utf-8")

    done = gouji(tmp_path, "check", "good.txt", "--rules", "own")

    told, verdict = done.stderr.splitlines()
    assert told.startswith("own/USR001-x.yaml:")
    assert "name" in told
    assert "没有查完" in verdict
    assert FOUND in done.stdout
    assert done.returncode == 2


def test_unknown_option_value_is_told_and_files_are_checked(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")

    done = gouji(tmp_path, "check", "good.txt", "--format", "ppt")

    told, verdict = done.stderr.splitlines()
    assert (
        told == f"选项 --format 的值“ppt”不对；可用：{'、'.join(FORMATS)}；这次按 terminal 处理"
    )
    assert "没有查完" in verdict
    assert FOUND in done.stdout
    assert done.returncode == 2


def test_many_files_in_processes_survive_bad_ones(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "05.txt").write_bytes(GARBAGE)

    one = gouji(tmp_path, "check", ".", "--format", "json")
    two = gouji(tmp_path, "check", ".", "--format", "json", "--jobs", "2")

    assert two.stdout == one.stdout
    assert two.returncode == 2
    assert two.stderr.splitlines()[-1] == "结论：没有查完，1个文件读不了，错误11处。"


def test_members_of_an_archive_in_processes(tmp_path: Path) -> None:
    files = {f"{number:02}.txt": GOOD.encode() for number in range(12)}
    (tmp_path / "报送.zip").write_bytes(zipped(files | {"05.txt": GARBAGE, "06.zip": RTF}))
    (tmp_path / "旧.rtf").write_bytes(RTF)

    one = gouji(tmp_path, "check", ".", "--format", "json")
    two = gouji(tmp_path, "check", ".", "--format", "json", "--jobs", "2")

    assert two.stdout == one.stdout
    assert two.stderr == one.stderr
    assert two.stderr.splitlines()[-1] == "结论：没有查完，3个文件读不了，错误11处。"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes differ")
def test_closed_pipe_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD * 3000, encoding="utf-8")
    command = f"{sys.executable} -m validator text good.txt | head -n 1"

    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stdout.startswith("清河县档案馆")
    assert done.stderr == ""
