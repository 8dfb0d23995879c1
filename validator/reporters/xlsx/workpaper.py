"""The workpaper（底稿）: takes reports one by one, writes the workbook in the end."""

from __future__ import annotations

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
from validator.reporters.xlsx.rows import UNJUDGED, Decision, Numbers, Rows, Tongue
from validator.reporters.xlsx.words import PAPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.findings import Report
    from validator.reporters.base import Look, RuleCard, Run
    from validator.reporters.xlsx.cells import Value

__all__ = ["Decision", "Workpaper"]

_FINDINGS = Layout(
    (5, 6, 12, 11, 13, 28, 32, 12, 13, 11, 6, 22, 24, 26, 7, 8, 14, 8, 10, 8, 8, 18), 19, 2
)
_COMPARISONS = Layout((6, 14, 13, 18, 8, 20, 10, 34, 13, 13, 13, 7, 44, 8), 0, 1)
_FIGURES = Layout((6, 16, 14, 26, 18, 16, 9, 13, 30, 9, 10))
_RULES = Layout((8, 26, 14, 7, 9, 8, 8, 9, 7, 60, 40))
_LEVEL, _TITLE, _CHOICE, _RULE, _COMPARISON = 1, 12, 15, 19, 20
"""Columns of a finding."""
_OUTCOME = 6
_TITLE_OF, _RULE_OF, _FINDING_OF = 5, 4, 13
"""Columns of a comparison."""
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
        self._judged: Counter[tuple[str, Verdict]] = Counter()
        self._broken: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """Take the next report."""
        self._cover.add(report)
        if report.document is None:
            return
        rows = Rows(report, report.document, self._tongue, self._numbers)
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
            if isinstance(number := row[_COMPARISON], int):
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
            if isinstance(number := row[_FINDING_OF], int):
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
                self._broken[rule], " ".join(card.why.split()) if card else "",
                "\n".join(card.references) if card else "",
            ])  # fmt: skip
            if place := sheet.place(number):
                at[rule] = place
        return at


def _basis(rule: str, title: str, card: RuleCard | None) -> str:
    """The rule, why it holds and the law behind it."""
    lines = [f"{rule} {title}"]
    if card is not None:
        lines += [" ".join(card.why.split()), *card.references]
    return "\n".join(filter(None, lines))


def _link(column: int, place: str | None) -> dict[int, str]:
    return {} if place is None else {column: place}
