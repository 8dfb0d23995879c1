"""Outcomes of the checks of codes（科目核对的结果）: a verdict with its places, no figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.outcome import Outcome
from validator.findings import Evaluation, Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.document import Span
    from validator.engine.schema import Rule
    from validator.findings import Repair

Places = list[tuple[str, "Span"]]
"""What stands where: role and span."""


def holds(rule: Rule, computation: str, places: Places) -> Outcome:
    """A code or name that is right."""
    return _outcome(rule, Verdict.CONSISTENT, computation, places, {}, ())


def fails(
    rule: Rule,
    computation: str,
    places: Places,
    values: Mapping[str, str],
    repairs: Sequence[Repair] = (),
) -> Outcome:
    """A code or name that is wrong; ``values`` are what the message names."""
    return _outcome(rule, Verdict.INCONSISTENT, computation, places, values, repairs)


def _outcome(
    rule: Rule,
    verdict: Verdict,
    computation: str,
    places: Places,
    values: Mapping[str, str],
    repairs: Sequence[Repair],
) -> Outcome:
    evidence = tuple(Evidence(role, span) for role, span in places)
    evaluation = Evaluation(rule.id, rule.each, rule.category, verdict, computation, evidence)
    return Outcome(evaluation, values, tuple(repairs))
