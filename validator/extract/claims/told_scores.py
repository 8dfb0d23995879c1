"""Scores told in words（文字里的得分）: lists of points, totals beside the forms, grades."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.document import BlockKind
from validator.extract.assessments import Words, named_forms
from validator.extract.assessments.grades import Scale
from validator.extract.claims.scores import score_total
from validator.quantity import HUNDRED, ONE, ZERO, Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.extract.assessments import Line
    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value
    from validator.facts import Figure
    from validator.statements import Statement

_POINTS = "分"
_FEWEST = 2


def told_scores(desk: Desk) -> Iterator[Claim]:
    """Claims of every score and grade that stands in words."""
    words = Words(desk.lexicon.performance)
    scale = Scale(desk.document.text, words.grades)
    names = {form.table: form.names for form in named_forms(desk.document, desk.lexicon)}
    totals = [one for s in desk.statements if (one := _total(desk, s, words, names))]
    for one in totals:
        yield from _graded_row(one, scale)
    for story in desk.stories:
        points = [v for v in story.values if v.measure == _POINTS and v.sign == 0]
        if points:
            yield from _Told(desk, words, scale, totals, story, points).read()


@dataclass(frozen=True)
class _Total:
    """The score that a form closes with.

    Attributes:
        statement: The form.
        line: Its last row.
        score: The score in it.
        whole: Whether the form is about all spending of a department.
        names: Names of its projects.
    """

    statement: Statement
    line: Line
    score: Figure
    whole: bool
    names: tuple[str, ...]


def _total(
    desk: Desk, statement: Statement, words: Words, names: Mapping[int, tuple[str, ...]]
) -> _Total | None:
    """The closing score of a form, where there is exactly one."""
    closing = [x for x in desk.lines(statement).lines if x.closes]
    if len(closing) != 1 or closing[0].score is None:
        return None
    whole = words.whole.search(statement.title) is not None
    own = names.get(statement.table, ())
    return _Total(statement, closing[0], closing[0].score, whole, own)


def _graded_row(total: _Total, scale: Scale) -> Iterator[Claim]:
    """总分 100 97.5 优: the grade in the row of the total."""
    row = total.line.row.index
    cells = [text for (r, _), text in sorted(total.statement.words.items()) if r == row]
    grades = {grade for text in cells if (grade := scale.grade(text))}
    if len(grades) == 1:
        yield from _graded(total.score, scale, grades.pop())


def _graded(score: Figure, scale: Scale, grade: str) -> Iterator[Claim]:
    bounds = scale.bounds(grade)
    if bounds is not None:
        low, high = bounds
        words = {"low": low, "high": high}
        slots = {"score": Operand(((Term(score),),))}
        yield Claim(ClaimKind.GRADE, score.span, slots, words, score.section, grade)


@dataclass(frozen=True)
class _Told:
    """Reads the points of one paragraph or cell."""

    desk: Desk
    words: Words
    scale: Scale
    totals: Sequence[_Total]
    story: Story
    points: Sequence[Value]

    def read(self) -> Iterator[Claim]:
        """Its claims."""
        pairs = self._pairs()
        for weight, score in pairs:
            slots = {
                "weight": self.desk.only(weight.figure),
                "score": self.desk.only(score.figure),
            }
            span = self.desk.figures[score.figure].span
            yield Claim(ClaimKind.SCORE, span, slots, {}, self.story.section, weight.label)
        listed = {v.figure for pair in pairs for v in pair}
        free = [v for v in self.points if v.figure not in listed and self._is_ours(v)]
        told = [v for v in free if self._is_score(v)]
        yield from self._sums(pairs, listed, told)
        for value in told:
            figure = self.desk.figures[value.figure]
            yield from self._against_forms(value, figure)
            if grade := self.scale.told(self._behind(value, told)):
                yield from _graded(figure, self.scale, grade)

    def _before(self, value: Value) -> str:
        """Words in front of a number, back to the last mark."""
        number = value.element.number
        start = number.start if number is not None else value.element.start
        head = re.split(r"[，。；：、（）]", self.story.cleaned.text[:start])[-1]
        return re.sub(r"(?:为|是|达到?|共计?|计)+$", "", head)

    def _is_ours(self, value: Value) -> bool:
        """Whether its sentence speaks of an assessment, not of an examination."""
        text = self.story.cleaned.text
        start, end = text.rfind("。", 0, value.element.start) + 1, value.element.end
        stop = text.find("。", end)
        return self.words.is_about_scores(text[start : stop if stop >= 0 else len(text)])

    def _behind(self, value: Value, told: Sequence[Value]) -> str:
        """Words behind a score, up to the next one."""
        later = [v.element.start for v in told if v.element.start > value.element.end]
        return self.story.cleaned.text[value.element.end : min(later, default=None)]

    def _pairs(self) -> list[tuple[Value, Value]]:
        """产出指标50分，得48.50分: a weight and the score behind it."""
        found = []
        for weight, score in zip(self.points, self.points[1:], strict=False):
            if score.sentence != weight.sentence or self.words.is_part_score(
                self._before(weight)
            ):
                continue
            given = self.words.is_part_score(self._before(score)) and not self._is_full(weight)
            if given and self._is_ours(score):
                found.append((weight, score))
        return found

    def _is_full(self, value: Value) -> bool:
        """Whether a number is what all points add up to: 总分100分."""
        return self._before(value).endswith(self.words.told_full)

    def _is_score(self, value: Value) -> bool:
        """Whether a number is the score of all: 自评得分96.5分, not 总分100分，得分96.5分."""
        before = self._before(value)
        if not before.endswith(self.words.told_score):
            return False
        later = [v for v in self.points if v.element.start > value.element.end]
        same = [v for v in later if v.sentence == value.sentence and self._is_told(v)]
        return not (self._is_full(value) and same)

    def _is_told(self, value: Value) -> bool:
        return self._before(value).endswith(self.words.told_score)

    def _sums(
        self, pairs: Sequence[tuple[Value, Value]], listed: set[int], told: Sequence[Value]
    ) -> Iterator[Claim]:
        """The points of a list against their totals, where one of the two shows it complete."""
        if len(pairs) < _FEWEST:
            return
        figures = self.desk.figures
        weights = [figures[w.figure] for w, _ in pairs]
        scores = [figures[s.figure] for _, s in pairs]
        sentences = {pairs[0][0].sentence, pairs[0][0].sentence - 1}
        full = [v for v in self.points if v.sentence in sentences and v.figure not in listed]
        whole = next(
            (figures[v.figure] for v in full if self._is_full(v) and v not in told), None
        )
        total = next((figures[v.figure] for v in told if v.sentence in sentences), None)
        known = whole.interval if whole is not None else Interval.exact(HUNDRED)
        complete = _sum(weights).touches(known)
        adds = total is not None and _sum(scores).touches(total.interval)
        if whole is not None and (complete or adds):
            yield score_total(whole, [weights], weights=True, heading=False)
        if total is not None and (complete or adds):
            yield score_total(total, [scores], weights=False, heading=False)

    def _against_forms(self, value: Value, figure: Figure) -> Iterator[Claim]:
        """A score in words against the form that it is the score of."""
        own = self._own_form()
        if own is not None:
            found, inside = [own], ONE
        else:
            found, inside = self._forms_meant(value), ZERO
        scores = [one.score for one in found if one.score.id != figure.id]
        if scores:
            slots = {
                "told": Operand(((Term(figure),),)),
                "total": Operand(tuple((Term(score),) for score in scores)),
            }
            words = {"inside": inside}
            yield Claim(
                ClaimKind.TOLD_SCORE, figure.span, slots, words, self.story.section, value.label
            )

    def _own_form(self) -> _Total | None:
        """The form that the words stand in."""
        block = self.desk.document.blocks[self.story.block]
        if block.kind is not BlockKind.CELL:
            return None
        own = [one for one in self.totals if one.statement.table == block.table]
        return own[0] if len(own) == 1 else None

    def _forms_meant(self, value: Value) -> list[_Total]:
        """Forms about the same thing, whole or project; none when nobody can tell."""
        if self.desk.document.blocks[self.story.block].kind is BlockKind.CELL:
            return []
        head = self.story.cleaned.text[: value.element.end]
        named = [one for one in self.totals if any(name in head for name in one.names)]
        if named:
            return named
        if not any(word in head for word in self.words.told_whole):
            return []
        wholes = [one for one in self.totals if one.whole]
        # A form that says nothing of itself can confirm a score, but not refute it.
        untold = [x for x in self.totals if not x.statement.title and not x.names]
        said = self.desk.figures[value.figure].interval
        return wholes or [x for x in untold if x.score.interval.touches(said)]


def _sum(figures: Sequence[Figure]) -> Interval:
    total = Interval.exact(ZERO)
    for figure in figures:
        total += figure.interval
    return total
