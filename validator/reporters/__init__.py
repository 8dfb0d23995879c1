"""What a report becomes for its reader（报告输出）: the table of formats.

A format is one file with one class that keeps to ``base.Reporter``, and one row here.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from validator.findings import Report
    from validator.reporters.base import Look, Reporter, Run

SCREEN = "terminal"
"""The format that is printed as reports come in."""
FORMATS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        SCREEN: ("terminal", "TerminalPage"),
        "json": ("json", "Json"),
        "sarif": ("sarif", "Sarif"),
        "junit": ("junit", "JUnit"),
        "github": ("github", "GitHub"),
        "gitlab": ("gitlab", "GitLab"),
        "csv": ("csv", "Csv"),
        "markdown": ("markdown", "Markdown"),
        "xlsx": ("xlsx", "Workpaper"),
        "html": ("html", "Html"),
    }
)
"""Module and class of each format, by the name that ``--format`` knows."""
BINARY = frozenset({"xlsx"})
"""Formats that are bytes and no text: they go to a file, never to the screen."""


def reporter(form: str, look: Look, stream: IO[str] | None = None) -> Reporter:
    """The reporter of a format.

    Args:
        form: A key of ``FORMATS``.
        look: How the output is wanted.
        stream: Where the terminal format prints at once; others write when they finish.
    """
    module, name = FORMATS[form]
    made = cast("Callable[..., Reporter]", getattr(import_module(f"{__name__}.{module}"), name))
    return made(look, stream) if form == SCREEN else made(look)


def rendered(form: str, reports: Iterable[Report], run: Run, look: Look) -> str:
    """Reports in one format that is text, as one text.

    Args:
        form: A key of ``FORMATS``, none of ``BINARY``.
        reports: Results in the order of the files.
        run: What they came to.
        look: How the output is wanted.
    """
    pieces = _finished(form, reports, run, look)
    return "".join(piece for piece in pieces if isinstance(piece, str))


def rendered_bytes(form: str, reports: Iterable[Report], run: Run, look: Look) -> bytes:
    """Reports in one format as the bytes of its file.

    Args:
        form: A key of ``FORMATS``.
        reports: Results in the order of the files.
        run: What they came to.
        look: How the output is wanted.
    """
    return b"".join(map(encoded, _finished(form, reports, run, look)))


def encoded(piece: str | bytes) -> bytes:
    """A piece of an output as it is written to a file."""
    return piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace")


def _finished(
    form: str, reports: Iterable[Report], run: Run, look: Look
) -> Iterator[str] | Iterator[bytes]:
    made = reporter(form, look)
    for report in reports:
        made.add(report)
    return made.finish(run)
