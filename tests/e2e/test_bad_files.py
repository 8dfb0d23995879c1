"""Bad input through the real command: one clear line, the right code, the rest is checked."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
GOOD = (
    "清河县档案馆2022年度部门决算\n一、收入决算情况说明\n"
    "本年收入合计100.00万元，其中：财政拨款收入80.00万元，占90%。\n"
)
FOUND = "占【90%】"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
GARBAGE = bytes(range(256)) * 40


def gouji(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "validator", *args],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "SYSTEMROOT": "C:\\Windows"},
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
    ("cut.xlsx", cut_xlsx, "损坏"),
    ("bomb.xlsx", xlsx_bomb, "大得反常"),
    ("script.html", holding(b"<!DOCTYPE html><script>show()</script>"), "没有正文"),
    ("locked.docx", holding(OLE + "EncryptedPackage".encode("utf-16-le")), "密码"),
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
    assert verdict == "结论：没有查完，1个文件读不了，错误1处。"
    assert FOUND in done.stdout
    assert done.returncode == 2


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

    done = gouji(tmp_path, "check", "good.txt", "--format", "xml")

    told, verdict = done.stderr.splitlines()
    assert told == "选项 --format 的值“xml”不对；可用：terminal、json；这次按 terminal 处理"
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
