"""Draws docs/terminal.svg, the picture in docs/clerk.md: `python docs/picture.py`.

The broken example is checked and printed as `gouji check` prints it; the picture shows the
file's heading, the passages from the sentence that started it, and the totals.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Span, Text

from validator.reporters.summary import summarise
from validator.reporters.terminal import Terminal
from validator.reporters.words import LANGUAGES
from validator.run import check

ROOT = Path(__file__).parents[1]
EXAMPLE = Path("examples/broken/final_accounts.txt")
FIRST, LAST = "CHG001", "XRF001"
"""Rules of the first and the last finding shown."""
WIDTH = 94
LEFT_OUT = Text("  ⋯", "dim")
FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
  font-size: {char_height}px;
}}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; font-weight: bold; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})"
 clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own, without the fonts that it would fetch from the network."""


def printed() -> list[Text]:
    """What the terminal shows for the broken example, line by line."""
    report = check(EXAMPLE)
    stream = io.StringIO()
    console = Console(
        file=stream, width=WIDTH, force_terminal=True, color_system="standard",
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    terminal = Terminal(console, LANGUAGES["zh"])
    terminal.report(report)
    terminal.summary(summarise([report]))
    return [Text.from_ansi(line) for line in stream.getvalue().splitlines()]


def excerpt(lines: list[Text]) -> list[Text]:
    """The heading, the findings from FIRST to LAST with their sections, and the totals."""
    plain = [line.plain for line in lines]
    last = next(i for i, line in enumerate(plain) if line.strip().startswith(LAST))
    end = next(i for i, line in enumerate(plain) if line.strip().startswith(FIRST))
    start = max(i for i in range(1, end) if plain[i] and not plain[i].startswith(" "))
    gap = [Text(), LEFT_OUT, Text()]
    return [lines[0], *gap, *lines[start : last + 1], *gap, lines[-1]]


def with_places(line: Text) -> Text:
    """The line cut at every blank and wide glyph, so that each is drawn in its own cells.

    A picture names the place of each piece; inside a piece the font decides, and few fonts
    have Chinese glyphs of exactly two cells.
    """
    cuts = (i for i, glyph in enumerate(line.plain) if glyph == " " or cell_len(glyph) > 1)
    line.spans.extend(Span(i, i + 1, "") for i in cuts)
    return line


def main() -> None:
    """Check, choose and draw."""
    os.chdir(ROOT)
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), highlight=False, markup=False, emoji=False
    )
    for line in excerpt(printed()):
        console.print(with_places(line), soft_wrap=True)
    picture = console.export_svg(
        title=f"gouji check {EXAMPLE.as_posix()}", code_format=FORMAT, unique_id="gouji"
    )
    tidy = "".join(f"{line.strip()}\n" for line in picture.splitlines() if line.strip())
    (ROOT / "docs" / "terminal.svg").write_text(tidy, encoding="utf-8")


if __name__ == "__main__":
    main()
