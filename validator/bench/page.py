"""Results to show（结果页）: the same tables for a terminal, as Markdown, and as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.bench.rates import Rate

_WIDTH = 130
_HUNDRED = 100
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table（表）.

    Attributes:
        title: What it shows.
        header: Names of the columns.
        rows: Words and rates, as many in each row as there are columns.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | Rate, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What a benchmark shows（结果页）.

    Attributes:
        title: What was measured.
        command: The command that repeats it.
        lines: What must be known to read the numbers, a sentence or two each.
        sheets: The numbers.
        data: The same for programs.
        details: Passages, one line each, under a heading each.
    """

    title: str
    command: str
    lines: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    data: Mapping[str, Any]
    details: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def shown(rate: Rate) -> str:
    """A rate in one line: ``33/34 97.1%（85.1–99.5%）``; – of nothing."""
    if rate.value is None or rate.interval is None:
        return "–"
    low, high = rate.interval
    return f"{rate.hits}/{rate.of} {_percent(rate.value)}%（{_percent(low)}–{_percent(high)}%）"


def _percent(value: Any) -> str:
    return f"{value * _HUNDRED:.1f}"


def render(page: Page, form: str) -> str:
    """The page as ``table``, ``markdown`` or ``json``, ending in a line feed."""
    if form == "json":
        return json.dumps(page.data, ensure_ascii=False, indent=1) + "\n"
    return _markdown(page) if form == "markdown" else _table(page)


def _markdown(page: Page) -> str:
    parts = [f"# {page.title}", f"由这条命令生成：`{page.command}`", *page.lines]
    for sheet in page.sheets:
        parts.append(f"## {sheet.title}")
        rows = [[c if isinstance(c, str) else shown(c) for c in row] for row in sheet.rows]
        body = [list(sheet.header), ["---"] + ["---:"] * (len(sheet.header) - 1), *rows]
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in body))
    for heading, lines in page.details.items():
        parts += [f"## {heading}", "\n".join(f"- {line}" for line in lines)]
    return "\n\n".join(parts) + "\n"


def _table(page: Page) -> str:
    from rich.console import Console  # noqa: PLC0415 - the other forms need none
    from rich.table import Table  # noqa: PLC0415 - the other forms need none

    stream = io.StringIO()
    console = Console(file=stream, width=_WIDTH, highlight=False, markup=False, emoji=False)
    stream.write(f"{page.title}：{page.command}\n")
    for sheet in page.sheets:
        table = Table(title=sheet.title, title_justify="left", title_style="bold")
        for at, name in enumerate(sheet.header):
            table.add_column(name, justify="right" if at else "left", no_wrap=at > 0)
        for row in sheet.rows:
            table.add_row(*(c if isinstance(c, str) else _cell(c) for c in row))
        console.print(table)
    for line in page.lines:
        console.print(line)
    for heading, lines in page.details.items():
        console.print(f"\n{heading}")
        stream.writelines(f"  {line}\n" for line in lines)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _cell(rate: Rate) -> str:
    """A rate in two lines of a narrow column."""
    if rate.value is None or rate.interval is None:
        return "–"
    low, high = rate.interval
    return f"{_percent(rate.value)}% {rate.hits}/{rate.of}\n{_percent(low)}–{_percent(high)}%"


def rules_told(fingerprint: str) -> str:
    """Which program and rules were measured."""
    short = fingerprint.removeprefix("sha256:")[:_SHORT]
    return f"gouji {__version__}，规则集 {short}。"


def rate_data(rate: Rate) -> dict[str, Any]:
    """A rate for programs; shares as decimal strings."""
    low, high = rate.interval or (None, None)
    return {
        "hits": rate.hits,
        "of": rate.of,
        "value": None if rate.value is None else str(rate.value),
        "low": None if low is None else str(low),
        "high": None if high is None else str(high),
    }
