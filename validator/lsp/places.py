"""Lines of text that name a place（带位置的一行）→ what to underline, and the likely word.

Errors of rule files and configurations begin with ``file:line:column``. What they quote is
underlined where it stands; a hint at the nearest known word becomes an edit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from validator.document import Span
from validator.engine.pack_sources import rules_folder
from validator.engine.yaml_load import suggested
from validator.findings import Severity
from validator.lsp.positions import yaml_offset
from validator.lsp.problems import Fix, Problem

_LOCATED = re.compile(
    r"(?P<name>.+?):(?P<line>\d+)(?::(?P<column>\d+))?  (?P<what>.*)", re.DOTALL
)
_QUOTED = re.compile("“([^”\n]+)”")
_WORD = re.compile(r"[A-Za-z0-9_.-]+")
_SHIPPED = "rules/"


@dataclass(frozen=True, slots=True)
class Located:
    """An error line taken apart; line and column are counted from 1.

    Attributes:
        name: File, as the error calls it; "" for none.
        line: Its line.
        column: Its column.
        what: What is wrong and what to do.
    """

    name: str
    line: int
    column: int
    what: str

    def is_in(self, path: Path) -> bool:
        """Whether it is about a file."""
        if not self.name:
            return False
        shipped = rules_folder() / self.name.removeprefix(_SHIPPED)
        return path.resolve() in (Path(self.name).resolve(), shipped.resolve())


def located(message: str) -> Located:
    """Take an error line apart."""
    found = _LOCATED.fullmatch(message)
    if found is None:
        return Located("", 1, 1, message)
    column = int(found["column"] or 1)
    return Located(found["name"], int(found["line"]), column, found["what"])


def problem(text: str, place: Located, severity: Severity = Severity.ERROR) -> Problem:
    """Something wrong at a place of a buffer, with the edit that its message hints at."""
    start = yaml_offset(text, place.line, place.column)
    span = _named(text, start, place.what)
    if span is None:
        return Problem(rest_of_line(text, start), severity, place.what)
    word, old = suggested(place.what), text[span.start : span.end]
    fix = Fix(span, word, f"把“{old}”改为“{word}”", preferred=True)
    return Problem(span, severity, place.what, fixes=(fix,) if word else ())


def _named(text: str, start: int, what: str) -> Span | None:
    """What the message names, if it stands there; a quotation mark may come first."""
    named = [word.strip("{}") for word in _QUOTED.findall(what)]
    plain = _WORD.match(text, start)
    if plain and plain[0] in _WORD.findall(what.partition("；")[0]):
        named.append(plain[0])
    for word in named:
        for at in (start, start + 1):
            if text.startswith(word, at):
                return Span(at, at + len(word))
    return None


def rest_of_line(text: str, start: int) -> Span:
    """From a character to the end of its line; of an empty rest, the whole line."""
    end = len(text) if (at := text.find("\n", start)) < 0 else at
    end = start + len(text[start:end].rstrip())
    if end == start:
        begin = text.rfind("\n", 0, start) + 1
        return Span(begin + len(text[begin:start]) - len(text[begin:start].lstrip()), start)
    return Span(start, end)
