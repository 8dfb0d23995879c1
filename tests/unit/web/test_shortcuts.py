"""Files to double-click: they start this Python with the files dropped on them."""

from __future__ import annotations

import configparser
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from validator.cli import main
from validator.errors import UsageError
from validator.web.shortcuts import batch_file, desktop_entry, install, shortcut


def exec_line(data: bytes) -> list[str]:
    """The arguments of a desktop entry, as launchers split them."""
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(data.decode())
    line = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    told = subprocess.run(  # within quotes a shell reads as launchers do
        ["sh", "-c", f"printf '%s\\n' {line}"], capture_output=True, text=True, check=True
    )
    return [word.replace("%%", "%") for word in told.stdout.splitlines()]


def test_a_desktop_entry_starts_this_python_with_the_dropped_files() -> None:
    python, *rest = exec_line(desktop_entry(sys.executable))

    assert python == sys.executable
    assert rest == ["-P", "-m", "validator", "serve", "--open", "%F"]


@pytest.mark.parametrize(
    "python",
    ["/opt/a b/python", "/家/张三/python3", "/a$b/`c`/py", '/a"b/py', "/50%/py", r"/a\b"],
)
def test_a_desktop_entry_quotes_any_path(python: str) -> None:
    assert exec_line(desktop_entry(python))[0] == python


def test_a_desktop_entry_runs(tmp_path: Path) -> None:
    """What launchers would start is there, even among files that look like gouji."""
    (tmp_path / "validator.py").write_text(
        "raise SystemExit('the wrong one')", encoding="utf-8"
    )
    python, safe, module, name, *_ = exec_line(desktop_entry(sys.executable))
    root = str(Path(__file__).parents[3])

    done = subprocess.run(
        [python, safe, module, name, "--version"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip

    assert done.stdout.startswith("gouji ")
    assert done.returncode == 0


def test_a_batch_file_is_what_windows_reads() -> None:
    data = batch_file(r"C:\用户\张 三\50%\python.exe")
    lines = data.decode().split("\r\n")

    assert b"\n" not in data.replace(b"\r\n", b"")
    assert lines[:2] == ["@echo off", "chcp 65001 >nul"]
    assert r'"C:\用户\张 三\50%%\python.exe" -P -m validator serve --open %*' in lines


def test_written_files_may_be_started_and_written_again(tmp_path: Path) -> None:
    made = shortcut("linux")

    for _ in range(2):
        (file,) = install(made, [tmp_path / "桌面 一"])

    assert file.read_bytes() == made.data
    assert stat.S_IMODE(file.stat().st_mode) & 0o111


def test_nobody_elses_file_is_written_over(tmp_path: Path) -> None:
    other = tmp_path / "gouji.desktop"
    other.write_text("[Desktop Entry]\nName=another\n", encoding="utf-8")

    with pytest.raises(UsageError, match="不是 gouji 写的"):
        install(shortcut("linux"), [tmp_path])

    assert "another" in other.read_text(encoding="utf-8")


def test_the_command_says_where_it_wrote(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["install-shortcut", "--system", "windows", "--to", str(tmp_path)]
    )

    assert done.exit_code == 0
    assert (tmp_path / "勾稽.bat").exists()
    assert "勾稽.bat" in done.output


def test_a_file_in_the_place_of_a_command_is_checked(tmp_path: Path) -> None:
    report = tmp_path / "我的 报告（终稿）.txt"
    report.write_text("本年收入合计10.00万元。\n", encoding="utf-8")

    done = CliRunner().invoke(main, [str(report)])

    assert done.exit_code == 0
    assert "我的 报告（终稿）" in done.output or "1个文件" in done.output


def test_a_word_that_is_neither_command_nor_file_is_refused() -> None:
    done = CliRunner().invoke(main, ["没有这个.docx"])

    assert done.exit_code == 2
