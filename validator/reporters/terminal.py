"""Reports → text for a person at a terminal（给人看）: grouped by file and section."""

from __future__ import annotations

import sys
from collections import Counter
from io import StringIO
from itertools import groupby
from typing import IO, TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from validator.findings import WAIVERS, Severity
from validator.reporters.about import rounding_words, subject
from validator.reporters.lines import wrapped
from validator.reporters.passages import Mark, passages, shortened
from validator.reporters.places import Places, place_in, shown_path
from validator.reporters.summary import percent, unread
from validator.reporters.told import (
    MOST_PLACES,
    advice,
    aside,
    computation_words,
    consequence_words,
    gap_words,
    impact_words,
    place_words,
    visible,
    waiver_words,
)
from validator.reporters.verdict import sentence
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.document import Document
    from validator.findings import Finding, Gone, Report
    from validator.reporters.base import Look, Run
    from validator.reporters.passages import Passage
    from validator.reporters.summary import Summary
    from validator.reporters.words import Words

NOTES_OF_A_RULE = 5
"""Notes of one rule that are shown for each file, unless all are asked for."""
_SHORT = 12
"""So many digits of a fingerprint tell one rule set from another."""
_WIDTH = 100
MARKS = {Severity.ERROR: "×", Severity.WARNING: "▲", Severity.NOTE: "·"}
COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "cyan"}


def console_for(file: IO[str], *, colour: bool = True) -> Console:
    """A console for a stream: its own width at a terminal, always the same elsewhere."""
    console = Console(
        file=file,
        color_system="auto" if colour else None,
        width=None if file.isatty() else _WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.width = max(40, min(console.width, _WIDTH))
    return console


class TerminalPage:
    """The terminal report as an output: printed at once, or a text in the end."""

    def __init__(self, look: Look, stream: IO[str] | None = None) -> None:
        """Print.

        Args:
            look: Language, colours, how much.
            stream: Where to print at once; without one the text is given in the end.
        """
        self._quiet = look.quiet
        self._page = None if stream is not None else StringIO()
        console = console_for(stream or self._page or sys.stdout, colour=look.colour)
        self._terminal = Terminal(console, LANGUAGES[look.lang], all_notes=look.all_notes)

    def add(self, report: Report) -> None:
        """Take the next report."""
        if not self._quiet:
            self._terminal.report(report)

    def finish(self, run: Run) -> Iterator[str]:
        """The totals, and all before them where nothing was printed."""
        self._terminal.summary(run.total)
        if not self._quiet:
            self._terminal.rules(run.rules, run.fingerprint, run.config)
        if self._page is not None:
            self._terminal.verdict(run.total)
            yield self._page.getvalue()


class Terminal:
    """Prints reports as they come in, then the totals."""

    def __init__(self, console: Console, words: Words, *, all_notes: bool = False) -> None:
        """Print to a console.

        Args:
            console: Where to.
            words: Language.
            all_notes: Whether to list every note of a rule.
        """
        self._console = console
        self._words = words
        self._all = all_notes

    def report(self, report: Report) -> None:
        """Print one file; one that was not checked is told elsewhere."""
        document = report.document
        if document is None or report.reading is None:
            return
        heading = self._heading(report)
        if self._is_silent(report):
            heading.append(self._words.silent, "green not bold not underline")
            self._print(heading)
            return
        self._print(heading)
        for line in gap_words(report, self._words):
            self._lines(Text(line, "yellow"), 2)
        if not report.coverage.numbers and report.format != WAIVERS:
            self._lines(Text(self._words.no_figures, "yellow"), 2)
        if not report.findings and report.coverage.numbers:
            self._lines(Text(self._words.nothing, "green"), 2)
        places = Places(report)
        shown, left_out = self._chosen(report.findings)
        for title, group in groupby(shown, lambda f: places.of(f.evidence[0].span).section):
            if report.format != WAIVERS:
                self._print(Text())
                self._lines(Text(title or self._words.opening, "bold"), 0)
            for finding in group:
                self._finding(document, finding, places, report.others)
        for (rule, name), count in left_out.items():
            self._print(Text())
            more = self._words.more_alike.format(rule=f"{rule} {name}", count=count)
            self._lines(Text(more, "dim"), 2)
        self._gone(report.gone)
        if line := rounding_words(report, self._words):
            self._print(Text())
            self._lines(Text(line, "dim"), 2)
        self._print(Text())

    def _is_silent(self, report: Report) -> bool:
        """Whether one line says all that there is to say."""
        said = (
            report.findings,
            report.gone,
            unread(report),
            rounding_words(report, self._words),
        )
        return bool(report.coverage.numbers) and not any(said)

    def _gone(self, gone: Sequence[Gone]) -> None:
        """Print known findings that are no longer there."""
        if not gone:
            return
        self._print(Text())
        self._lines(Text(self._words.gone.format(count=len(gone)), "green"), 2)
        for one in gone:
            rule, quote = f"{one.rule} {one.title}", shortened(one.quote)
            self._lines(Text(self._words.gone_one.format(rule=rule, quote=quote)), 4)

    def summary(self, total: Summary) -> None:
        """Print the totals in one line."""
        words = self._words
        line = words.summary.format(
            documents=total.documents,
            errors=total.errors,
            warnings=total.warnings,
            notes=total.notes,
        )
        for name, count in (
            ("known", total.known),
            ("waived", total.waived),
            ("gone", total.gone),
        ):
            line += words.aside[name].format(count=count) if count else ""
        if missed := total.unreadable + total.quarantined:
            line += words.bad_files.format(count=missed)
        if total.numbers:
            line += self._coverage(total.checked, total.numbers)
        self._print(Text(line, "bold"))

    def verdict(self, total: Summary) -> None:
        """Print the verdict, which a screen gets on standard error."""
        self._print(Text(sentence(total, self._words)))

    def rules(self, count: int, fingerprint: str, config: str = "") -> None:
        """Print which rules the files were checked with.

        Args:
            count: How many.
            fingerprint: ``sha256:…`` of the set.
            config: The configuration file, or "".
        """
        short = fingerprint.removeprefix("sha256:")[:_SHORT]
        line = self._words.rules.format(count=count, fingerprint=short)
        line += self._words.config.format(name=visible(config)) if config else ""
        self._print(Text(line, "dim"))

    def _heading(self, report: Report) -> Text:
        line = Text(shown_path(report.name), "bold underline")
        about = subject(report, self._words)
        line.append(f"  {about}" if about else "", "not bold not underline")
        if report.coverage.numbers:
            part = self._coverage(report.coverage.checked, report.coverage.numbers)
            line.append(part, "not bold not underline dim")
        return line

    def _coverage(self, checked: int, numbers: int) -> str:
        return self._words.coverage.format(
            checked=checked, numbers=numbers, percent=percent(checked, numbers)
        )

    def _chosen(
        self, findings: Iterable[Finding]
    ) -> tuple[list[Finding], Counter[tuple[str, str]]]:
        """Findings to show, and how many notes of each rule are left out."""
        seen: Counter[str] = Counter()
        left_out: Counter[tuple[str, str]] = Counter()
        shown = []
        for finding in findings:
            if finding.severity is Severity.NOTE and not self._all:
                seen[finding.rule] += 1
                if seen[finding.rule] > NOTES_OF_A_RULE:
                    left_out[(finding.rule, finding.title)] += 1
                    continue
            shown.append(finding)
        return shown, left_out

    def _finding(
        self,
        document: Document,
        finding: Finding,
        places: Places,
        files: Mapping[str, Document],
    ) -> None:
        words = self._words
        first, *others = passages(document, finding)
        colour = COLOURS[finding.severity]
        head = Text("  ")
        head.append(f"{MARKS[finding.severity]} {words.severity[finding.severity]}", colour)
        if apart := aside(finding):
            head.append(f"  {words.asides[apart]}", "bold")
        head.append(f"  {place_words(places.of(first.span), document, words)}")
        head.append(f"  {finding.title}", "bold")
        self._print(Text())
        self._lines(head, 0)
        self._lines(coloured(first), 4)
        if finding.waiver is not None:
            self._lines(Text(waiver_words(finding.waiver, words)), 4)
        if not finding.counts:
            self._lines(Text(f"{finding.rule} {finding.name}", "bright_black"), 4)
            return
        for other in others[:MOST_PLACES]:
            place = place_words(places.of(other.span), document, words)
            self._lines(Text(words.also.format(place=place), "dim").append(coloured(other)), 4)
        if len(others) > MOST_PLACES:
            more = words.more_places.format(count=len(others) - MOST_PLACES)
            self._lines(Text(more, "dim"), 4)
        self._elsewhere(finding, files)
        self._lines(Text(finding.message), 4)
        if computation := computation_words(finding, words):
            self._lines(Text(computation), 4)
        if impact := impact_words(finding, words):
            self._lines(Text(impact), 4)
        for line in advice(document, finding, words):
            self._lines(Text(line, "green"), 4)
        if consequences := consequence_words(finding, words):
            self._lines(Text(consequences, "dim"), 4)
        self._lines(Text(f"{finding.rule} {finding.name}", "bright_black"), 4)

    def _elsewhere(self, finding: Finding, files: Mapping[str, Document]) -> None:
        """Quotations from the other files of the set."""
        for name in dict.fromkeys(e.document for e in finding.evidence if e.document):
            document = files[name]
            for passage in passages(document, finding, name)[:MOST_PLACES]:
                place = place_words(place_in(document, passage.span), document, self._words)
                also = self._words.also.format(place=f"{shown_path(name)} {place}")
                self._lines(Text(also, "dim").append(coloured(passage)), 4)

    def _lines(self, text: Text, indent: int) -> None:
        """Print a text in lines, all of them indented."""
        for line in wrapped(text, self._console.width - indent):
            self._print(Text(" " * indent).append(line))

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)


def coloured(passage: Passage) -> Text:
    """A passage with the wrong words in 【】, red where there is colour.

    Where a passage only shows what the wrong words are compared with, that is in 【】.
    """
    line = Text()
    compared = all(piece.mark is not Mark.WRONG for piece in passage.pieces)
    for piece in passage.pieces:
        text = visible(piece.text)
        if piece.mark is Mark.WRONG:
            line.append(f"【{text}】", "bold red")
        elif piece.mark is Mark.OPERAND and compared:
            line.append(f"【{text}】", "bold")
        elif piece.mark is Mark.OPERAND:
            line.append(text, "underline")
        else:
            line.append(text)
    return line
