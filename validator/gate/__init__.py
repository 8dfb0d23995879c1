"""The gate（关口）: from files to a verdict, with what was known before and what is waived."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from validator.errors import RuleError, UsageError
from validator.findings import Status
from validator.gate.baseline import Baseline
from validator.gate.waiver_checks import CARDS, waiver_report
from validator.gate.waivers import Waivers
from validator.reporters.base import RuleCard, Run
from validator.reporters.summary import add, start
from validator.run import check_treated
from validator.treatments import Treatments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from validator.findings import Report
    from validator.reporters.summary import Demands, Summary
    from validator.settings import Settings
    from validator.treatments import Treatment


class Gate:
    """A run over files（一次检查）.

    Attributes:
        settings: What it goes by.
        treatments: How each file is checked.
        total: Counts and verdict of the reports given so far.
        faults: Settings, rules and waivers that could not be used, one Chinese line each.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        today: date | None = None,
        refused: Sequence[str] = (),
        partly: bool = False,
    ) -> None:
        """Read rules, baseline and waivers.

        Args:
            settings: From ``Settings.of``.
            today: The day by which waivers expire; today when None.
            refused: What of the settings could not be used; with it no run passes.
            partly: Whether only some of the reports are checked.
        """
        self.settings = settings
        self.treatments = Treatments(settings)
        self.faults = [*refused, *self.treatments.faults]
        self._partly = partly
        self._baseline = self._known()
        self._waivers = self._waived(today or date.today())  # noqa: DTZ011 - the user's own day
        self._exceptions: dict[str, Demands] = {}
        self.total: Summary = start(settings.demands, refused=len(self.faults))

    def _known(self) -> Baseline | None:
        if self.settings.baseline is None:
            return None
        try:
            return Baseline.load(self.settings.baseline)
        except UsageError as error:
            self.faults.append(f"{error}；这次没有用基线")
            return None

    def _waived(self, today: date) -> Waivers | None:
        if self.settings.waivers is None:
            return None
        try:
            waivers = Waivers(self.settings.waivers, today, self.treatments.known)
        except (RuleError, UsageError) as error:
            self.faults.append(f"{error}；这次没有用豁免")
            return None
        self.faults += waivers.faults
        return waivers

    def check(
        self, files: Sequence[Path | str], among: Sequence[Path | str] = ()
    ) -> Iterator[Report]:
        """Check files, in the order given; what is wrong with waivers comes last.

        Args:
            files: Files, as ``expand`` lists them.
            among: All files that there are, when these are only some of them.
        """
        settings = self.settings
        found = check_treated(
            files,
            self.treatments,
            jobs=settings.jobs,
            together=not settings.separate,
            among=among,
        )
        yield from self.judge(found)

    def judge(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Tell known and waived findings of reports, and count them."""
        for report in reports:
            self._partly = self._partly or report.status is not Status.CHECKED
            marked = self.marked(report)
            if self._waivers:
                self._waivers.note(report, self.ran(report))
            demands = self._treatment(report).demands
            if demands != self.settings.demands:
                self._exceptions[report.name] = demands
            self.total = add(self.total, marked, demands)
            yield marked
        wrong = waiver_report(self._waivers, partly=self._partly) if self._waivers else None
        if wrong is not None:
            wrong = self._baseline.mark(wrong, CARDS) if self._baseline else wrong
            self.total = add(self.total, wrong, self.settings.demands)
            yield wrong

    def marked(self, report: Report) -> Report:
        """The report with its known and waived findings told; nothing is counted."""
        ran = self.ran(report)
        marked = self._baseline.mark(report, ran) if self._baseline else report
        return self._waivers.mark(marked, ran) if self._waivers else marked

    def ran(self, report: Report) -> frozenset[str]:
        """Ids of the rules that ran on a report."""
        return frozenset(rule.id for rule in self._treatment(report).ruleset.rules)

    def _treatment(self, report: Report) -> Treatment:
        return self.treatments.of(report.lead or report.name)

    def missing(self) -> list[str]:
        """Files of the baseline that are no longer there, after all reports were judged."""
        return self._baseline.missing() if self._baseline else []

    def run(self) -> Run:
        """The run as a whole, for outputs."""
        rules = self.treatments.rules
        cards = {rule_id: RuleCard.of(rule) for rule_id, rule in rules.items()}
        return Run(
            self.total,
            self.treatments.fingerprint,
            len(rules),
            {**cards, **CARDS},
            self.settings.demands,
            tuple(self.faults),
            self.settings.config.name,
            self._exceptions,
        )
