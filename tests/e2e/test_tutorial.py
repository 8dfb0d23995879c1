"""The tutorial is true: its files are saved, its commands run, their output is what it prints.

A fence after “存为 `NAME`” or “文件存成这样” is a file; ``sh`` is run, and the ``console``
fence after it is what it must print on standard output.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "rule-tutorial.md"
_FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_SAVE = re.compile(r"(?:存为|打开) `([^`]+)`")


def steps() -> Iterator[tuple[str, str, str]]:
    """Kind of fence, its text, and the file named in the words before it."""
    text = TUTORIAL.read_text(encoding="utf-8")
    end = 0
    for fence in _FENCE.finditer(text):
        names = _SAVE.findall(text[end : fence.start()])
        yield fence[1], fence[2], names[-1] if names else ""
        end = fence.end()


def same(text: str) -> str:
    """Output without what changes with each rule that is added."""
    return re.sub(r"规则\d+条，规则集 [0-9a-f]{12}", "规则…条，规则集 …", text.strip())


def run(commands: str, folder: Path) -> str:
    """What the commands print, as in a terminal where ``gouji`` is installed."""
    scripts = Path(sys.executable).parent
    path = os.pathsep.join([str(scripts), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-c", commands],
        cwd=folder,
        env={**os.environ, "PATH": path, "COLUMNS": "100", "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    printed, compared = "", 0
    for kind, text, name in steps():
        if kind == "sh":
            printed = run(text, tmp_path)
        elif kind == "console":
            assert same(printed) == same(text)
            compared += 1
        else:
            assert name, f"the tutorial does not say where to save:\n{text}"
            (tmp_path / name).write_text(text, encoding="utf-8")

    assert compared >= 5
    assert (tmp_path / "本局规则" / "ORG001-canteen-balance-differs.yaml").is_file()
