"""A ``gouji.toml``（配置文件）→ what in it cannot be used; it is read as it was saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.document import Span
from validator.findings import Severity
from validator.lsp.places import located, problem
from validator.lsp.problems import Checked, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from validator.lsp.settings import Chosen

_QUOTED = re.compile("“([^”\n]+)”")


def check_config(path: Path, chosen: Chosen) -> Checked:
    """Say what cannot be used, where it stands.

    Args:
        path: The file.
        chosen: What was made of it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    if chosen.path is None or chosen.path.resolve() != path.resolve():
        return Checked(text)
    problems = tuple(_problem(text, path, line) for line in chosen.faults)
    return Checked(text, problems, told=chosen.faults)


def _problem(text: str, path: Path, line: str) -> Problem:
    """A fault of the file where it stands; of what it names, at the name."""
    place = located(line)
    if place.is_in(path):
        return problem(text, place)
    for word in _QUOTED.findall(line):
        if (at := text.find(f'"{word}"')) >= 0:
            return Problem(Span(at + 1, at + 1 + len(word)), Severity.ERROR, line)
    return Problem(Span(0, len(text.partition("\n")[0])), Severity.ERROR, line)
