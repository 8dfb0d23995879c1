"""A true self-assessment is never accused; a point too many in one is found."""

from __future__ import annotations

from decimal import Decimal

from assessments import Assessment, assessments
from hypothesis import assume, given, settings

from validator import check
from validator.findings import Finding, Severity

unhurried = settings(deadline=None)


def grave(text: str) -> list[Finding]:
    """Findings that somebody must look at."""
    report = check(text.encode(), name="自评表.txt")
    return [f for f in report.findings if f.severity is not Severity.NOTE]


@unhurried
@given(assessments())
def test_true_form_is_never_accused(form: Assessment) -> None:
    text = form.text()

    assert [(f.rule, f.message) for f in grave(text)] == [], text


@unhurried
@given(assessments())
def test_a_point_too_many_in_the_total_is_found(form: Assessment) -> None:
    text = form.text()
    assume(len(form.indicators) > 1)
    told = f"{form.total():f} |"
    head, found, tail = text.rpartition(told)
    wrong = f"{head}{form.total() + Decimal(1):f} |{tail}"

    rules = {rule for f in grave(wrong) for rule in (f.rule, *f.consequences)}

    assert found
    assert rules & {"SCR001", "SCR003"}, wrong
