"""The workpaper（底稿）: takes reports one by one, writes the workbook in the end."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.findings import Verdict
from validator.reporters.base import Spool
from validator.reporters.labels import LABELS
from validator.reporters.words import LANGUAGES
from validator.reporters.xlsx.book import Book, Layout, Sheet
from validator.reporters.xlsx.cells import keep, kept
from validator.reporters.xlsx.cover import Cover
from validator.reporters.xlsx.crossings import Crossings
from validator.reporters.xlsx.rows import UNJUDGED, Decision, Numbers, Rows, Tongue
from validator.reporters.xlsx.words import PAPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.findings import Report
    from validator.reporters.base import Look, RuleCard, Run
    from validator.reporters.xlsx.cells import Value

__all__ = ["Decision", "Workpaper"]

_FINDINGS = Layout(
    (5, 6, 14, 9, 12, 22, 28, 11, 11, 10, 6, 20, 24, 22, 6, 8, 12, 8, 11, 9, 9, 18),
    printed=19,
    fixed=2,
    file=2,
)
_COMPARISONS = Layout((6, 20, 10, 20, 9, 18, 10, 34, 12, 12, 12, 7, 34, 8), file=1)
_FIGURES = Layout((6, 20, 12, 30, 18, 15, 9, 14, 24, 9, 10), file=1)
_RULES = Layout((9, 24, 13, 6, 9, 7, 7, 9, 7, 52, 32))
_LEVEL, _TITLE, _CHOICE, _RULE, _COMPARISON = 1, 12, 15, 19, 20
"""Columns of a finding."""
_OUTCOME = 6
_TITLE_OF, _RULE_OF, _FINDING_OF = 5, 4, 13
"""Columns of a comparison."""
_GAP = re.compile(r"(?<=[^\x00-\u2000]) (?=[^\x00-\u2000])")
_NONE: Mapping[str, Decision] = MappingProxyType({})


class Workpaper:
    """The workbook for auditors; see docs/workpaper.md."""

    def __init__(self, look: Look, decisions: Mapping[str, Decision] = _NONE) -> None:
        """Speak the language that is wanted.

        Args:
            look: How the output is wanted.
            decisions: What people made of findings already, by fingerprint.
        """
        self._tongue = Tongue(LANGUAGES[look.lang], LABELS[look.lang], PAPER[look.lang])
        self._decisions = decisions
        self._cover = Cover(self._tongue)
        self._findings, self._comparisons, self._figures = Spool(), Spool(), Spool()
        self._numbers = Numbers()
        self._crossings = Crossings()
        self._judged: Counter[tuple[str, Verdict]] = Counter()
        self._broken: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """Take the next report."""
        self._cover.add(report)
        if report.document is None:
            return
        rows = Rows(report, report.document, self._tongue, self._numbers)
        self._crossings.add(report, rows.owned, self._numbers)
        for row in rows.findings(self._decisions):
            keep(self._findings, row)
        for row in rows.comparisons():
            keep(self._comparisons, row)
        figures = 0
        for figures, row in enumerate(rows.figures(), start=1):  # noqa: B007 - counts them
            keep(self._figures, row)
        self._judged.update((one.rule, one.verdict) for one in report.evaluations)
        self._broken.update(one.rule for one in report.findings)
        self._numbers = Numbers(
            self._numbers.findings + len(report.findings),
            self._numbers.comparisons + len(report.evaluations),
            self._numbers.figures + figures,
        )

    def finish(self, run: Run) -> Iterator[bytes]:
        """The whole workbook.

        Raises:
            OSError: There is no room on disk to write it.
        """
        paper = self._tongue.paper
        with Book(paper, self._cover.about) as book:
            _, findings, comparisons, figures, rules = paper.sheets
            listed = book.sheet(findings, paper.findings, _FINDINGS)
            made = book.sheet(comparisons, paper.comparisons, _COMPARISONS)
            numbers = book.sheet(figures, paper.figures, _FIGURES)
            known = book.sheet(rules, paper.rules, _RULES)
            at = self._rules(run, known)
            self._list(run, listed, made, at)
            self._compare(run, listed, made, at)
            for row in kept(self._figures):
                numbers.add(row)
            for sheet in book.sheets:
                sheet.finish()
            full = [
                paper.full.format(sheet=sheet.name, count=sheet.left_out)
                for sheet in book.sheets
                if sheet.left_out
            ]
            self._cover.write(book, run, full)
            yield from book.pieces()

    def _list(self, run: Run, sheet: Sheet, comparisons: Sheet, at: Mapping[str, str]) -> None:
        """The list of findings."""
        words, paper = self._tongue.words, self._tongue.paper
        severities = {name: severity.value for severity, name in words.severity.items()}
        for row in kept(self._findings):
            rule = str(row[_RULE])
            row[_TITLE] = _basis(rule, str(row[_TITLE]), run.cards.get(rule))
            links = {_RULE: at[rule]} if rule in at else {}
            row[_COMPARISON] = number = self._crossings.comparison(row[_COMPARISON])
            if number is not None:
                links |= _link(_COMPARISON, comparisons.place(number))
            sheet.add(row, fills={_LEVEL: severities[str(row[_LEVEL])]}, links=links)
        sheet.choices(_CHOICE, paper.choices, paper.choice_error)

    def _compare(self, run: Run, findings: Sheet, sheet: Sheet, at: Mapping[str, str]) -> None:
        """The comparisons."""
        wrong = self._tongue.paper.verdicts[Verdict.INCONSISTENT]
        for row in kept(self._comparisons):
            rule = str(row[_RULE_OF])
            card = run.cards.get(rule)
            row[_TITLE_OF] = card.title if card else ""
            links = {_RULE_OF: at[rule]} if rule in at else {}
            row[_FINDING_OF] = number = self._crossings.finding(row[_FINDING_OF])
            if number is not None:
                links |= _link(_FINDING_OF, findings.place(number))
            fills = {_OUTCOME: "error"} if row[_OUTCOME] == wrong else {}
            sheet.add(row, fills=fills, links=links)

    def _rules(self, run: Run, sheet: Sheet) -> dict[str, str]:
        """The rules; where each of them stands."""
        words, paper = self._tongue.words, self._tongue.paper
        at: dict[str, str] = {}
        others = sorted({rule for rule, _ in self._judged} | set(self._broken))
        for number, rule in enumerate(dict.fromkeys([*run.cards, *others]), start=1):
            card = run.cards.get(rule)
            about: list[Value] = ["", "", ""]
            if card is not None:
                about = [
                    card.title,
                    paper.category[card.category],
                    words.severity[card.severity],
                ]
            counts = {one: self._judged[rule, one] for one in Verdict}
            unjudged = sum(counts[one] for one in UNJUDGED)
            wrong = counts[Verdict.INCONSISTENT]
            every = sum(counts.values())
            sheet.add([
                rule, *about, every, every - unjudged - wrong, wrong, unjudged,
                self._broken[rule], _in_one(card.why) if card else "",
                "\n".join(card.references) if card else "",
            ])  # fmt: skip
            if place := sheet.place(number):
                at[rule] = place
        return at


def _basis(rule: str, title: str, card: RuleCard | None) -> str:
    """The rule, why it holds and the law behind it."""
    lines = [f"{rule} {title}"]
    if card is not None:
        lines += [_in_one(card.why), *card.references]
    return "\n".join(filter(None, lines))


def _in_one(text: str) -> str:
    """Text in one line, without a gap between Chinese words where a line ended."""
    return _GAP.sub("", " ".join(text.split()))


def _link(column: int, place: str | None) -> dict[int, str]:
    return {} if place is None else {column: place}
