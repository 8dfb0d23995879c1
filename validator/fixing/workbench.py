"""Changes tried on copies（试改）: each copy is read and checked like any other report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.fixing.aftermath import Aftermath, aftermath
from validator.fixing.results import Answer, Fixed, Left, Question, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.findings import Report
    from validator.fixing.proposals import Proposal
    from validator.fixing.results import Ask
    from validator.rewriting import Rewriter

_SAID_OTHERWISE = "写进去以后读出来的不一样"


@dataclass(frozen=True, slots=True)
class Trial:
    """A copy, and what it does to the findings."""

    data: bytes
    report: Report
    aftermath: Aftermath
    faithful: bool = True

    @property
    def is_good(self) -> bool:
        """Whether it says what was asked for, and brings no new error or warning."""
        return self.faithful and not self.aftermath.harm


class Workbench:
    """Tries changes on copies of one report and keeps those that do no harm."""

    def __init__(
        self, data: bytes, before: Report, tool: Rewriter, checked: Callable[[bytes], Report]
    ) -> None:
        """Begin with the report as it is.

        Args:
            data: Its bytes.
            before: Result for it.
            tool: Makes copies of it.
            checked: Gives the result for a copy.
        """
        self._before = before
        self._tool = tool
        self._checked = checked
        self._made: list[Proposal] = []
        self._left: list[Left] = []
        self._now = Trial(data, before, Aftermath(left=before.findings))

    def make(self, wanted: Sequence[Proposal]) -> None:
        """Make changes, all at once if that does no harm, else one after the other."""
        able: list[Proposal] = []
        for one in wanted:
            if self._may(one, able):
                able.append(one)
        able.sort(key=lambda one: one.span)
        if able and not self._keep(able, self._trial(able)):
            for one in able:
                trial = self._trial([one])
                if not self._keep([one], trial):
                    self._left.append(_refused(one, trial))

    def make_asking(self, wanted: Sequence[Proposal], ask: Ask) -> None:
        """Make changes one after the other that do no harm and a person agrees to."""
        answer = Answer.LEAVE
        asked = 0
        ordered = sorted(wanted, key=lambda one: one.span)
        for at, one in enumerate(ordered):
            if answer is Answer.STOP:
                self._left.append(Left(one, Reason.DECLINED))
            elif all(f in self._now.aftermath.gone for f in one.findings):
                self._left.append(Left(one, Reason.SETTLED))
            elif self._may(one, self._made):
                trial = self._trial([one])
                if not trial.is_good:
                    self._left.append(_refused(one, trial))
                    continue
                asked += 1
                answer = ask(Question(one, self._before, asked, asked + len(ordered) - at - 1))
                if answer is Answer.CHANGE:
                    self._keep([one], trial)
                else:
                    self._left.append(Left(one, Reason.DECLINED))

    def result(self, unasked: int) -> Fixed:
        """All that was done."""
        return Fixed(
            self._now.data,
            self._before,
            self._now.report,
            tuple(sorted(self._made, key=lambda one: one.span)),
            tuple(sorted(self._left, key=lambda one: one.proposal.span)),
            unasked,
            self._now.aftermath,
            self._tool.shows_changes,
        )

    def _may(self, one: Proposal, made: Sequence[Proposal]) -> bool:
        """Whether a change can be made beside others; told when not."""
        other = next((other for other in made if other.clashes(one)), None)
        if other is not None:
            self._left.append(Left(one, Reason.OVERLAP, other=other))
            return False
        why = self._tool.unable(one.edit)
        if why:
            self._left.append(Left(one, Reason.NO_PLACE, why))
        return not why

    def _trial(self, more: Sequence[Proposal]) -> Trial:
        """The copy with more changes than now."""
        edits = [one.edit for one in (*self._made, *more)]
        data = self._tool.written(edits)
        report = self._checked(data)
        wanted, document = self._before.document, report.document
        text = wanted.text if wanted else ""
        for edit in sorted(edits, key=lambda one: one.span, reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        faithful = document is not None and document.text == text
        return Trial(data, report, aftermath(self._before, report, edits), faithful)

    def _keep(self, more: Sequence[Proposal], trial: Trial) -> bool:
        if trial.is_good:
            self._made += more
            self._now = trial
        return trial.is_good


def _refused(one: Proposal, trial: Trial) -> Left:
    if not trial.faithful:
        return Left(one, Reason.NO_PLACE, _SAID_OTHERWISE)
    return Left(one, Reason.HARM, harm=trial.aftermath.harm)
