"""A comparison → text for a person at a terminal（给人看）: what is new first, in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rich.text import Text

from validator.comparing.places import around, place_of, shown
from validator.comparing.results import ChangeKind
from validator.comparing.verdict import doubts
from validator.reporters.about import subject
from validator.reporters.lines import wrapped
from validator.reporters.passages import passages, shortened
from validator.reporters.places import shown_path
from validator.reporters.terminal import COLOURS, MARKS, coloured
from validator.reporters.told import advice, gap_words, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from validator.comparing.pairing import Pair
    from validator.comparing.results import Comparison, FigureChange
    from validator.comparing.words import DiffWords
    from validator.document import Document
    from validator.facts import Figure
    from validator.findings import Finding, Report

_T = TypeVar("_T")
MOST = 20
"""So many of one sort are listed for each pair, unless all are asked for."""


class DiffTerminal:
    """Prints pairs one by one."""

    def __init__(self, console: Console, words: DiffWords, *, everything: bool) -> None:
        """Print to a console.

        Args:
            console: Where to.
            words: Language.
            everything: Whether to list all, what is unchanged too.
        """
        self._console = console
        self._words = words
        self._all = everything

    def pair(self, pair: Pair) -> None:
        """Print one pair; why a file was not checked is told elsewhere."""
        words, both = self._words, pair.comparison
        if pair.old is None and pair.new is not None:
            self._head(words.added, pair.new)
            self._findings(words.fresh, pair.fresh, pair.new)
        elif pair.new is None and pair.old is not None:
            self._head(words.removed, pair.old)
        elif pair.old is not None and pair.new is not None:
            self._head(words.old, pair.old)
            self._head(words.new, pair.new)
            if both is None:
                self._line(Text(words.failed, "yellow"), 2)
            else:
                self._comparison(both)
        self._line(Text(), 0)

    def _head(self, word: str, report: Report) -> None:
        """A line about a report, and a line for each part of it that was not read."""
        shared = self._words.shared
        head = Text(f"{word}  ").append(shown_path(report.name), "bold underline")
        about = subject(report, shared)
        self._line(head.append(f"  {about}" if about else ""), 0)
        for line in gap_words(report, shared):
            self._line(Text(line, "yellow"), 2)

    def _comparison(self, both: Comparison) -> None:
        words = self._words
        old, new = both.old.reading, both.new.reading
        if old and new and old.entity and new.entity and old.entity != new.entity:
            text = words.other_entity.format(old=old.entity, new=new.entity)
            self._line(Text(text, "yellow"), 2)
        if old and new and old.year and new.year and old.year != new.year:
            text = words.other_year.format(old=old.year, new=new.year)
            self._line(Text(text, "yellow"), 2)
        unsure = doubts(both, words)
        for text in unsure:
            self._line(Text(text, "yellow"), 2)
        if both.alike and not unsure:
            self._line(Text(words.nothing, "green"), 2)
        self._findings(words.fresh, both.fresh, both.new)
        self._findings(words.altered, [one.new for one in both.altered], both.new)
        self._briefly(words.fixed, both.fixed, both.old, words.old_place)
        self._briefly(words.vanished, both.vanished, both.old, words.old_place)
        untouched = [one.new for one in both.kept if not one.altered]
        if self._all:
            self._briefly(words.kept, untouched, both.new, "{place}")
        elif untouched:
            self._title(words.kept, len(untouched))
        for kind in ChangeKind:
            self._figures(kind, both)

    def _title(self, title: str, count: int) -> None:
        self._line(Text(f"{title} {count}", "bold"), 2)

    def _findings(self, title: str, findings: Sequence[Finding], report: Report) -> None:
        """Findings with what is wrong and what to do."""
        document = report.document
        if not findings or document is None:
            return
        self._title(title, len(findings))
        shared = self._words.shared
        for finding in self._some(findings):
            colour = COLOURS[finding.severity]
            head = Text(
                f"{MARKS[finding.severity]} {shared.severity[finding.severity]}", colour
            )
            head.append(f"  {place_of(document, finding.evidence[0].span, shared)}")
            head.append(f"  {self._rule(finding)}", "bold")
            self._line(head, 4)
            self._line(coloured(passages(document, finding)[0]), 6)
            self._line(Text(finding.message), 6)
            for line in advice(document, finding, shared):
                self._line(Text(line, "green"), 6)
        self._more(len(findings))

    def _briefly(
        self, title: str, findings: Sequence[Finding], report: Report, form: str
    ) -> None:
        """Findings in one line each, their places in a form that tells of which version."""
        document = report.document
        if not findings or document is None:
            return
        self._title(title, len(findings))
        for finding in self._some(findings):
            place = place_of(document, finding.evidence[0].span, self._words.shared)
            line = Text(f"{MARKS[finding.severity]} {form.format(place=place)}", "dim")
            quote = shortened(shown(document.quote(finding.evidence[0].span)))
            line.append(f"  {self._rule(finding)}{self._words.labels.colon}{quote}")
            self._line(line, 4)
        self._more(len(findings))

    def _rule(self, finding: Finding) -> str:
        return finding.title + self._words.labels.brackets.format(text=finding.rule)

    def _figures(self, kind: ChangeKind, both: Comparison) -> None:
        changes = both.of_kind(kind)
        if not changes:
            return
        self._title(self._words.figures[kind], len(changes))
        for change in self._some(changes):
            self._figure(change, both)
        self._more(len(changes))

    def _figure(self, change: FigureChange, both: Comparison) -> None:
        """A line with place, name and both prints, and a line with the words around."""
        words = self._words
        old, new = _end(both.old, change.old), _end(both.new, change.new)
        here = new or old
        if here is None:
            return
        document, figure = here
        place = place_of(document, figure.span, words.shared)
        told = words.old_place.format(place=place) if new is None else place
        line = Text(told, "dim")
        line.append(f"  {visible(change.label)}  " if change.label else "  ")
        prints = [shown(d.quote(f.span)) for d, f in filter(None, (old, new))]
        line.append(" → ".join(prints), "bold")
        before = place_of(old[0], old[1].span, words.shared) if old else place
        if new is not None and before != place:
            line.append(f"  {words.old_place.format(place=before)}", "dim")
        self._line(line, 4)
        left, quote, right = around(document, figure.span)
        if left or right:
            self._line(Text(left).append(f"【{quote}】", "bold").append(right), 6)

    def _some(self, these: Sequence[_T]) -> Sequence[_T]:
        return these if self._all else these[:MOST]

    def _more(self, count: int) -> None:
        if count > MOST and not self._all:
            self._line(Text(self._words.more.format(count=count - MOST), "dim"), 4)

    def _line(self, text: Text, indent: int) -> None:
        for line in wrapped(text, self._console.width - indent):
            self._console.print(Text(" " * indent).append(line), soft_wrap=True)


def _end(report: Report, figure: Figure | None) -> tuple[Document, Figure] | None:
    return (report.document, figure) if report.document and figure else None
