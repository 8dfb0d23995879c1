"""A report as rows of a workpaper（底稿的行）: findings, comparisons, figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.facts import FigureKind, SectionRole
from validator.findings import FigureState, Verdict
from validator.reporters.places import Places, place_in, shown_path
from validator.reporters.told import aside, edits, place_words, told, waiver_words
from validator.reporters.xlsx.cells import Year, exact
from validator.reporters.xlsx.crossings import key_of
from validator.reporters.xlsx.owners import owners
from validator.reporters.xlsx.stated import stated_there

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from validator.document import Document, Span
    from validator.facts import Figure
    from validator.findings import Evidence, Finding, Report
    from validator.reporters.labels import Labels
    from validator.reporters.places import Place
    from validator.reporters.told import Told
    from validator.reporters.words import Words
    from validator.reporters.xlsx.cells import Value
    from validator.reporters.xlsx.words import PaperWords

UNJUDGED = (Verdict.UNDETERMINED, Verdict.INAPPLICABLE)
_NO_AMOUNT = (FigureKind.CODE, FigureKind.LABEL)
"""Figures whose number says nothing: 0201 is no 201."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words of a language（用语）: of all outputs for people, of tables, of workpapers."""

    words: Words
    labels: Labels
    paper: PaperWords


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person made of a finding（核实）.

    Attributes:
        choice: The word chosen, such as 确认.
        note: Remark.
        day: When it was verified, or None.
        who: Who verified it.
    """

    choice: str = ""
    note: str = ""
    day: date | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of the rows that a workpaper has already（序号）, before this report."""

    findings: int = 0
    comparisons: int = 0
    figures: int = 0


@dataclass(slots=True)
class Rows:
    """The rows of one report, numbered from where the last one ended."""

    report: Report
    document: Document
    tongue: Tongue
    before: Numbers
    owned: dict[int, Finding] = field(init=False)
    _places: Places = field(init=False)
    _known: dict[int, Place] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._places = Places(self.report)
        self.owned = owners(self.report)

    def findings(self, decisions: Mapping[str, Decision]) -> Iterator[list[Value]]:
        """A row for each finding.

        Its basis is filled in when the rules are known, the number of its comparison when all
        reports are: its key stands there.
        """
        for index, one in enumerate(told(self.report, self.tongue.words)):
            yield self._finding(index, one, decisions)

    def _finding(self, index: int, one: Told, decisions: Mapping[str, Decision]) -> list[Value]:
        finding, words = one.finding, self.tongue.words
        sides = finding.sides
        stated = computed = gap = None
        if sides is not None:
            stated, computed = map(exact, stated_there(sides, self._standing(one)))
            both = stated is not None and computed is not None
            gap = stated - computed if both else abs(sides.gap)  # type: ignore[operator]
        state = self.tongue.labels.states[aside(finding)]
        if finding.waiver is not None:
            state = waiver_words(finding.waiver, words)
        done = decisions.get(finding.fingerprint, Decision())
        return [
            self.before.findings + index + 1,
            words.severity[finding.severity],
            one.path,
            one.place,
            one.section,
            one.message,
            "\n".join([one.quote, *one.also]),
            stated,
            computed,
            exact(gap),
            sides.unit if sides else "",
            finding.computation,
            finding.title,
            "\n".join(edits(self.document, finding, words)),
            state,
            done.choice,
            done.note,
            done.who,
            done.day,
            finding.rule,
            key_of(self.report, finding),
            finding.fingerprint,
        ]

    def comparisons(self) -> Iterator[list[Value]]:
        """A row for each comparison, passed or not.

        The title of its rule and the number of its finding come later: the finding's key
        stands there.
        """
        paper = self.tongue.paper
        for index, one in enumerate(self.report.evaluations):
            place = self._place(one.evidence[0].span) if one.evidence else None
            sides = one.sides
            verdict = paper.verdicts[one.verdict]
            owner = self.owned.get(index)
            yield [
                self.before.comparisons + index + 1,
                shown_path(self.report.name),
                "" if place is None else place_words(place, self.document, self.tongue.words),
                (place.section if place else "") or "",
                one.rule,
                "",
                paper.cut_off if one.truncated else verdict,
                one.computation,
                exact(sides.left) if sides else None,
                exact(sides.right) if sides else None,
                exact(sides.gap) if sides else None,
                sides.unit if sides else "",
                self._used(one.evidence),
                None if owner is None else key_of(self.report, owner),
            ]

    def _standing(self, one: Told) -> list[Evidence]:
        """The operands of a finding that stand at the place where it is told."""
        words = self.tongue.words
        return [
            evidence
            for evidence in one.finding.evidence
            if not evidence.document
            and place_words(self._place(evidence.span), self.document, words) == one.place
        ]

    def _used(self, evidence: Sequence[Evidence]) -> str:
        """Words of the operands, those of one place together."""
        listed, brackets = self.tongue.labels.listed, self.tongue.labels.brackets
        at: dict[str, dict[str, None]] = {}
        for one in evidence:
            document = self.report.others[one.document] if one.document else self.document
            place = place_in(document, one.span) if one.document else self._place(one.span)
            where = place_words(place, document, self.tongue.words)
            path = f"{shown_path(one.document)} " if one.document else ""
            at.setdefault(path + where, {})[document.quote(one.span)] = None
        return "\n".join(
            listed.join(quotes) + brackets.format(text=where) for where, quotes in at.items()
        )

    def figures(self) -> Iterator[list[Value]]:
        """A row for each printed number of the report."""
        reading = self.report.reading
        if reading is None:
            return
        used: Counter[int] = Counter()
        lonely: set[int] = set()
        waiting: set[Span] = set()
        for one in (*self.report.evaluations, *self.report.evaluations_abroad):
            far = any(e.document for e in one.evidence)
            if one.verdict in UNJUDGED:
                waiting.update(e.span for e in one.evidence if not e.document)
            elif far or len(one.figures) > 1 or one.verdict is Verdict.INCONSISTENT:
                used.update(one.figures)
            else:
                lonely.update(one.figures)
        paper, path = self.tongue.paper, shown_path(self.report.name)
        for index, (figure, state) in enumerate(
            zip(reading.figures, self.report.states, strict=True)
        ):
            section = reading.sections[figure.section]
            why = figure.ignored
            if state is FigureState.UNCHECKED:
                why = paper.no_operand if figure.span in waiting else paper.unused
                why = paper.alone if figure.id in lonely else why
            counts = not figure.ignored and section.role is SectionRole.ACCOUNTS
            place = place_in(self.document, figure.span)
            yield [
                self.before.figures + index + 1,
                path,
                place_words(place, self.document, self.tongue.words),
                self._places.title(section) or "",
                self.document.quote(figure.span),
                _number(figure),
                "" if figure.ignored else figure.quantity.unit.symbol,
                paper.states[state],
                why,
                used[figure.id],
                paper.counts[0 if counts else 1],
            ]

    def _place(self, span: Span) -> Place:
        if span.start not in self._known:
            self._known[span.start] = self._places.of(span)
        return self._known[span.start]


def _number(figure: Figure) -> Value:
    """The number of a figure; nothing where it is no number but a name."""
    if figure.kind in _NO_AMOUNT:
        return None
    number = figure.quantity.number
    if figure.kind is FigureKind.YEAR and number == number.to_integral_value():
        return Year(int(number))
    return exact(number)
