"""A small place for gates to be tried: ``gouji`` as a command, a report, its workbook."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]
CLEAN = ROOT / "examples" / "clean"
SHEET = "公开07表"
WRONG = "“公务接待费支出决算”正文是 3.86万元，表中是 3.68"
"""What is said of ``report`` and a workbook that differs from it."""


def commands(folder: Path) -> Path:
    """A folder with ``gouji`` and ``python`` in it, as an installation leaves them."""
    folder.mkdir(parents=True)
    for name, words in (("gouji", "-m validator"), ("python", "")):
        script = folder / name
        script.write_text(
            f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" {words} "$@"\n',
            encoding="utf-8",
        )
        script.chmod(0o755)
    return folder


def surroundings(place: Path, **more: str) -> dict[str, str]:
    """Variables for a program: a home of its own, and nothing of the git that runs the tests.

    Args:
        place: A folder for what it writes.
        more: Variables to add.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    home = place / "home"
    home.mkdir(exist_ok=True)
    # The rules are kept where they are: each test would read them anew.
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return own | {
        "HOME": str(home),
        "XDG_CACHE_HOME": cache,
        "PYTHONUTF8": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "财务",
        "GIT_AUTHOR_EMAIL": "finance@example.cn",
        "GIT_COMMITTER_NAME": "财务",
        "GIT_COMMITTER_EMAIL": "finance@example.cn",
        **more,
    }


def report(path: Path, *, share: str = "85.65%", entertaining: str = "3.86") -> Path:
    """Write a short report; it contradicts itself with another share or amount."""
    lines = (CLEAN / "final_accounts.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join([lines[0], *lines[51:56], ""])
    assert "占85.65%" in text
    text = text.replace("85.65%", share).replace("3.86万元", f"{entertaining}万元")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def workbook(path: Path, *, differs: bool = False) -> Path:
    """Write the table to it; by itself it holds, also where it differs from the report."""
    book = load_workbook(CLEAN / "final_accounts_tables.xlsx")
    for name in book.sheetnames:
        if name != SHEET:
            del book[name]
    if differs:
        book[SHEET]["L7"], book[SHEET]["G7"] = 3.68, 26.72
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def committed(folder: Path, env: dict[str, str]) -> str:
    """Commit all that a folder holds, the first time too → the name of the commit."""

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=folder, env=env, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "报送")
    return git("rev-parse", "HEAD")
