"""The bundled examples: clean reports stay silent, planted contradictions are found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from validator.findings import Evidence, Finding, Report, Severity, Status
from validator.run import check

EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS = ("final_accounts", "budget", "performance", "execution_report")
FORMATS = ("txt", "docx")

# One slip can be seen from two sides: a wrong part breaks the sum and its own share; a
# dropped 万 breaks whatever the figure enters. Any category of the family tells the reader
# the same thing about the same words.
FAMILIES = (
    {"sum_mismatch", "balance", "cross_reference", "difference"},
    {"sum_mismatch", "share_percent", "share_sum"},
    {"change_percent", "change_amount"},
    {"unit_error", "quantity_price"},
    {"completion_percent", "unit_error"},
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A contradiction that we wrote into a broken example."""

    quote: str
    category: str
    severity: str
    why: str
    repair: tuple[str, str] | None


def planted(kind: str) -> list[Planted]:
    text = (EXAMPLES / "broken" / f"{kind}.expected.yaml").read_text(encoding="utf-8")
    return [
        Planted(
            row["quote"],
            row["category"],
            row["severity"],
            row["why"],
            (row["repair"]["replace"], row["repair"]["with"]) if "repair" in row else None,
        )
        for row in yaml.safe_load(text)
    ]


@cache
def report(folder: str, kind: str, form: str) -> Report:
    return check(EXAMPLES / folder / f"{kind}.{form}")


def text_of(result: Report) -> str:
    assert result.status is Status.CHECKED, result.error
    assert result.document is not None
    return result.document.text


def grave(result: Report) -> list[Finding]:
    return [one for one in result.findings if one.severity is not Severity.NOTE]


def inside(evidence: Evidence, start: int, end: int) -> bool:
    return evidence.span.start < end and start < evidence.span.end


def touching(findings: list[Finding], text: str, quote: str) -> list[Finding]:
    """Findings with an operand inside the quote."""
    start = text.index(quote)
    end = start + len(quote)
    return [one for one in findings if any(inside(e, start, end) for e in one.evidence)]


def related(category: str) -> set[str]:
    return {category}.union(*(family for family in FAMILIES if category in family))


def shown(result: Report, findings: list[Finding]) -> list[str]:
    text = text_of(result)
    return [
        f"{one.rule} {one.severity} {one.message} "
        f"{[text[e.span.start : e.span.end] for e in one.evidence]}"
        for one in findings
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_clean_report_has_no_finding(kind: str, form: str) -> None:
    result = report("clean", kind, form)

    assert shown(result, grave(result)) == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_report_kind_is_recognised(kind: str, form: str) -> None:
    reading = report("clean", kind, form).reading

    assert reading is not None
    assert reading.kind == kind


CASES = [(kind, case) for kind in KINDS for case in planted(kind)]
IDS = [f"{kind}-{case.category}-{at}" for at, (kind, case) in enumerate(CASES)]


@pytest.mark.parametrize(("kind", "case"), CASES, ids=IDS)
def test_planted_contradiction_is_found(kind: str, case: Planted) -> None:
    result = report("broken", kind, "txt")

    found = touching(grave(result), text_of(result), case.quote)

    matching = [
        one
        for one in found
        if one.category in related(case.category) and one.severity == case.severity
    ]
    assert matching, (case.why, shown(result, found))


@pytest.mark.parametrize(
    ("kind", "case"),
    [pair for pair in CASES if pair[1].repair],
    ids=[one for one, pair in zip(IDS, CASES, strict=True) if pair[1].repair],
)
def test_planted_contradiction_is_mended(kind: str, case: Planted) -> None:
    """Applying one of the offered repairs gives the words that the clean report has."""
    assert case.repair is not None
    result = report("broken", kind, "txt")
    text = text_of(result)
    wanted = text.replace(case.quote, case.quote.replace(*case.repair))

    offered = {
        text[: repair.span.start] + repair.replacement + text[repair.span.end :]
        for one in touching(grave(result), text, case.quote)
        for repair in one.repairs
    }

    assert wanted in offered


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_else_is_accused(kind: str, form: str) -> None:
    result = report("broken", kind, form)
    text = text_of(result)
    findings = grave(result)

    known = [
        one.fingerprint
        for case in planted(kind)
        for one in touching(findings, text, case.quote)
    ]

    assert shown(result, [one for one in findings if one.fingerprint not in known]) == []


@pytest.mark.parametrize("folder", ["clean", "broken"])
@pytest.mark.parametrize("kind", KINDS)
def test_text_and_word_give_the_same_findings(kind: str, folder: str) -> None:
    def found(form: str) -> list[tuple[str, list[str]]]:
        result = report(folder, kind, form)
        text = text_of(result)
        return [
            (one.rule, [text[e.span.start : e.span.end] for e in one.evidence])
            for one in result.findings
        ]

    assert found("docx") == found("txt")


@pytest.mark.parametrize("folder", ["clean", "broken"])
@pytest.mark.parametrize("kind", KINDS)
def test_word_file_is_in_step_with_its_text(kind: str, folder: str) -> None:
    """``examples/make_docx.py`` was run after the last edit of the text."""

    def words(form: str) -> list[str]:
        lines = text_of(report(folder, kind, form)).replace("\t", "\n").splitlines()
        return [line for line in lines if line.strip()]

    assert words("docx") == words("txt")


@pytest.mark.parametrize("kind", KINDS)
def test_planted_quotes_stand_once(kind: str) -> None:
    text = (EXAMPLES / "broken" / f"{kind}.txt").read_text(encoding="utf-8")

    assert {case.quote: text.count(case.quote) for case in planted(kind)} == {
        case.quote: 1 for case in planted(kind)
    }
