"""The JSON report as a type（JSON 格式）: ``gouji.report/1``, and its JSON Schema.

Other programs rely on it: a change that breaks one needs a new ``schema`` number. The
meaning of each field is told in docs/output.md.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from validator.facts import ReportKind
from validator.findings import Category, FigureState, Impact, RepairKind, Severity, Status
from validator.published import Part, schema_of
from validator.reporters.summary import Conclusion
from validator.standing import Standing

DecimalText = Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")
Ratio = Field(pattern=r"^[01]\.[0-9]{4}$")
Offset = Field(ge=0)
Counted = Field(ge=1)


class Tool(Part):
    """What checked."""

    name: Literal["gouji"] = "gouji"
    version: str
    ruleset: str = Field(pattern="^sha256:")


class SectionCoverage(Part):
    """Figures of one section."""

    title: str
    numbers: int = Offset
    checked: int = Offset


class Overall(Part):
    """Figures of the whole document."""

    numbers: int = Offset
    checked: int = Offset


class Coverage(Part):
    """How many figures were checked; ratio is null when there are none."""

    numbers: int = Offset
    checked: int = Offset
    consistent: int = Offset
    inconsistent: int = Offset
    unchecked: int = Offset
    ratio: str | None = Ratio
    sections: list[SectionCoverage]
    overall: Overall


class Evidence(Part):
    """An operand as it stands in the report."""

    role: str
    path: str | None = None
    quote: str
    value: str | None = DecimalText
    unit: str | None
    start: int = Offset
    end: int = Offset
    line: int | None = Counted
    page: int | None = Field(default=None, ge=1)
    table: int | None = Counted
    row: int | None = Counted
    column: int | None = Counted
    cell: str | None = None
    section: str | None


class Repair(Part):
    """An edit that makes the statement true."""

    replace: str
    with_: str = Field(alias="with")
    start: int = Offset
    end: int = Offset
    because: str
    resolves: int = Offset
    rank: int = Counted
    kind: RepairKind


class Suppression(Part):
    """The waiver because of which a finding does not count."""

    reason: str
    owner: str
    expires: date
    place: str


class Finding(Part):
    """A contradiction."""

    rule: str
    name: str
    category: Category
    severity: Severity
    message: str
    computation: str
    evidence: list[Evidence]
    repairs: list[Repair]
    consequences: list[str]
    impacts: list[Impact]
    fingerprint: str
    baseline: Standing | None = None
    suppressed: Suppression | None = None


class Fixed(Part):
    """A finding that the baseline knows and that is no longer there."""

    rule: str
    title: str
    severity: Severity
    quote: str
    fingerprint: str


class Evaluation(Part):
    """A comparison made."""

    rule: str
    category: Category
    verdict: Literal["consistent", "consistent_by_rounding", "inconsistent", "undetermined"]
    computation: str
    evidence: list[Evidence]


class Number(Part):
    """A figure of the document."""

    quote: str
    value: str = DecimalText
    unit: str | None
    start: int = Offset
    end: int = Offset
    state: FigureState
    why: str


class Document(Part):
    """A file and what was found in it."""

    path: str
    digest: str | None = Field(pattern="^sha256:[0-9a-f]{64}$")
    format: str | None
    status: Status
    error: str | None
    entity: str | None
    year: int | None
    kind: ReportKind
    rounding: Literal["nearest", "truncate", "mixed"]
    coverage: Coverage
    findings: list[Finding]
    evaluations: list[Evaluation]
    numbers: list[Number]
    fixed: list[Fixed]


class Counts(Part):
    """Findings by severity."""

    error: int = Offset
    warning: int = Offset
    note: int = Offset


class Summary(Part):
    """Totals of the run."""

    documents: int = Offset
    findings: Counts
    known: int = Offset
    suppressed: int = Offset
    fixed: int = Offset
    coverage: str | None = Ratio


class ReportFile(Part):
    """What ``gouji check --format json`` prints."""

    schema_: Literal["gouji.report/1"] = Field(default="gouji.report/1", alias="schema")
    tool: Tool
    verdict: Conclusion
    documents: list[Document]
    summary: Summary


def render_schema() -> str:
    """The JSON Schema of the report, ending in a line feed."""
    return schema_of(ReportFile, "gouji.report/1", "serialization")
