"""The JSON comparison as a type（JSON 格式）: ``gouji.diff/1``, and its JSON Schema.

Other programs rely on it: a change that breaks one needs a new ``schema`` number. The meaning
of each field is told in docs/diff.md.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from validator.comparing.results import ChangeKind
from validator.comparing.totals import Outcome
from validator.facts import ReportKind
from validator.findings import Severity, Status
from validator.published import Part, schema_of
from validator.reporters.schema import Counted, Counts, DecimalText, Offset, Tool

SCHEMA: Literal["gouji.diff/1"] = "gouji.diff/1"


class Version(Part):
    """One of the two versions of a report."""

    path: str
    digest: str | None = Field(pattern="^sha256:[0-9a-f]{64}$")
    format: str | None
    status: Status
    error: str | None
    entity: str | None
    year: int | None
    kind: ReportKind


class Place(Part):
    """Words of a version and where they stand."""

    quote: str
    start: int = Offset
    end: int = Offset
    line: int = Counted
    page: int | None = Field(ge=1)
    table: int | None = Field(ge=1)
    row: int | None = Field(ge=1)
    column: int | None = Field(ge=1)
    cell: str | None
    section: str | None


class Finding(Part):
    """A finding of one version."""

    rule: str
    name: str
    severity: Severity
    message: str
    fingerprint: str
    at: Place


class KeptFinding(Part):
    """A finding of both versions."""

    altered: bool
    old: Finding
    new: Finding


class Findings(Part):
    """Findings by what became of them."""

    new: list[Finding]
    fixed: list[Finding]
    vanished: list[Finding]
    kept: list[KeptFinding]


class Print(Place):
    """A figure as one version prints it."""

    value: str = DecimalText
    unit: str | None


class Figure(Part):
    """A figure that is not what it was."""

    change: ChangeKind
    label: str
    old: Print | None
    new: Print | None


class Pair(Part):
    """Two versions of a report; one is null where there is no other."""

    old: Version | None
    new: Version | None
    findings: Findings
    figures: list[Figure]
    same: int = Offset


class FigureCounts(Part):
    """Figures by what became of them."""

    changed: int = Offset
    restated: int = Offset
    added: int = Offset
    removed: int = Offset
    vanished: int = Offset
    same: int = Offset


class Summary(Part):
    """Totals over all pairs."""

    compared: int = Offset
    added: int = Offset
    removed: int = Offset
    unread: int = Offset
    partial: int = Offset
    new: Counts
    fixed: int = Offset
    vanished: int = Offset
    kept: int = Offset
    altered: int = Offset
    figures: FigureCounts


class DiffFile(Part):
    """What ``gouji diff --format json`` prints."""

    schema_: Literal["gouji.diff/1"] = Field(default=SCHEMA, alias="schema")
    tool: Tool
    verdict: Outcome
    pairs: list[Pair]
    summary: Summary


def render_schema() -> str:
    """The JSON Schema of a comparison, ending in a line feed."""
    return schema_of(DiffFile, SCHEMA, "serialization")
