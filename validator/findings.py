"""Evaluations, findings and the report（核对、问题、检查结果）: what is read in the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from validator.document import Document, Span
    from validator.reading import Reading
    from validator.sides import Sides
    from validator.standing import Standing, Waiver


class Severity(StrEnum):
    """How sure and how grave（严重程度）."""

    ERROR = "error"
    """Arithmetically impossible, or two statements that cannot both be true."""
    WARNING = "warning"
    """Very likely wrong; a person must look."""
    NOTE = "note"
    """Residue of the template, numbering, punctuation."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return tuple(Severity).index(self)


class Verdict(StrEnum):
    """Outcome of one comparison（判定）."""

    CONSISTENT = "consistent"
    CONSISTENT_BY_ROUNDING = "consistent_by_rounding"
    """Printed values differ, but one set of true values prints as all of them."""
    INCONSISTENT = "inconsistent"
    UNDETERMINED = "undetermined"
    """An operand is missing, ambiguous or may be zero where it divides."""
    INAPPLICABLE = "inapplicable"


class Category(StrEnum):
    """Closed list of what can be wrong（问题类别）."""

    CHANGE_DIRECTION = "change_direction"
    CHANGE_PERCENT = "change_percent"
    CHANGE_AMOUNT = "change_amount"
    SHARE_PERCENT = "share_percent"
    SHARE_SUM = "share_sum"
    COMPLETION_PERCENT = "completion_percent"
    SUM_MISMATCH = "sum_mismatch"
    BALANCE = "balance"
    DIFFERENCE = "difference"
    CROSS_REFERENCE = "cross_reference"
    TABLE_MISMATCH = "table_mismatch"
    TABLE_SUM = "table_sum"
    CHART_MISMATCH = "chart_mismatch"
    QUANTITY_PRICE = "quantity_price"
    COUNT_SUM = "count_sum"
    YEAR_ERROR = "year_error"
    UNIT_ERROR = "unit_error"
    NUMBER_FORMAT = "number_format"
    CODE_NAME = "code_name"
    SCORE_ERROR = "score_error"
    TEMPLATE_RESIDUE = "template_residue"
    NUMBERING = "numbering"
    MISSING_CONTENT = "missing_content"
    OTHER = "other"


WAIVERS = "waivers"
"""Format of the file of waivers, which is no report but may hold findings."""


class Status(StrEnum):
    """What became of a file."""

    CHECKED = "checked"
    UNREADABLE = "unreadable"
    QUARANTINED = "quarantined"
    """The tool itself failed on it; nothing is claimed about it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An operand as it stands in the report（依据）.

    Attributes:
        role: Its name in the rule (``whole``, ``parts``, ``rate`` …) or ``text``.
        span: Where it stands.
        value: Printed number without separators, or None for words.
        unit: Printed or implied unit, or None.
        document: Name of the file, when it is another one of the same set, else "".
    """

    role: str
    span: Span
    value: Decimal | None = None
    unit: str | None = None
    document: str = ""


class RepairGroup(StrEnum):
    """What a repair touches（修改类别）: ``gouji fix`` makes the repairs of chosen groups."""

    WORDING = "wording"
    """Words: directions, names, numbering. No figure changes."""
    YEARS = "years"
    """A year."""
    MONEY = "money"
    """A figure or its unit: never changed without being asked for, one by one."""


class RepairKind(StrEnum):
    """The slip that a repair undoes（错法）, the likeliest first."""

    WORDING = "wording"
    """A name, a number of the outline, a phrase."""
    DIRECTION = "direction"
    """增加 for 减少, 增长 for 下降."""
    YEAR = "year"
    """Last year's year left standing."""
    PERCENT = "percent"
    """A ratio printed as a percentage, or the sign % lost or too many: 0.82% for 82%."""
    POINTS = "points"
    """% for 个百分点, or the other way round."""
    UNIT = "unit"
    """元 for 万元."""
    SIGN = "sign"
    """A minus lost or too many."""
    TRANSPOSITION = "transposition"
    """Two neighbouring digits changed places."""
    DOUBLED = "doubled"
    """A digit typed twice."""
    POINT = "point"
    """The decimal point in another place."""
    DIGIT = "digit"
    """One digit is another."""
    DROPPED = "dropped"
    """A digit left out."""
    COPIED = "copied"
    """Last year's figure or a neighbour's, or another print of the same fact."""
    COMPUTED = "computed"
    """None of these; the other figures prove what must stand here."""

    @property
    def group(self) -> RepairGroup:
        """What it touches."""
        if self in (RepairKind.WORDING, RepairKind.DIRECTION):
            return RepairGroup.WORDING
        return RepairGroup.YEARS if self is RepairKind.YEAR else RepairGroup.MONEY


class Impact(StrEnum):
    """What a reader would believe wrongly because of an error（影响结论）."""

    DIRECTION = "direction"
    """增 or 减."""
    LIMIT = "limit"
    """Within a budget or limit, or above it."""
    RANKING = "ranking"
    """Which item is the larger."""
    TARGET = "target"
    """A target reached or missed."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The smallest edit that makes the statement true（修改建议）.

    Attributes:
        span: What to replace.
        replacement: What to put there.
        because: The arithmetic that then holds.
        resolves: How many violated evaluations it mends.
        kind: The slip that it undoes.
    """

    span: Span
    replacement: str
    because: str
    resolves: int = 1
    kind: RepairKind = RepairKind.WORDING


class PercentFit(StrEnum):
    """How a percentage must have been made of the figures beside it（取位）."""

    NEAREST = "nearest"
    """四舍五入: cut off, another digit would stand there."""
    TRUNCATED = "truncated"
    """去尾: rounded, another digit would stand there."""
    EITHER = "either"
    """Both print the same, or the other figures are too coarse to tell."""


@dataclass(frozen=True, slots=True)
class RoundingProfile:
    """How the percentages of a document were made（取位习惯）.

    Attributes:
        nearest: How many can only have been rounded.
        truncated: How many can only have been cut off.
        either: How many were judged but do not tell.
    """

    nearest: int = 0
    truncated: int = 0
    either: int = 0

    @property
    def habit(self) -> str:
        """``nearest``, ``truncate`` or ``mixed``, as ``Report.rounding`` has it."""
        if not self.truncated:
            return "nearest"
        return "mixed" if self.nearest else "truncate"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One comparison made（核对）, passed or not: the auditor's workpaper.

    Attributes:
        rule: Rule id.
        assertion: Name of the assertion within the rule.
        category: Category of the rule.
        verdict: Outcome.
        computation: The sum written out with printed numbers.
        evidence: Operands that took part, the one to underline first.
        figures: Ids of the figures that took part.
        truncated: It holds only if percentages were cut off, not rounded.
        fit: Which ways of making its percentages it allows; None where it has none, or where
            it does not hold.
        sides: What its two sides come to; None where they are no numbers of one measure.
    """

    rule: str
    assertion: str
    category: Category
    verdict: Verdict
    computation: str
    evidence: tuple[Evidence, ...]
    figures: tuple[int, ...] = ()
    truncated: bool = False
    fit: PercentFit | None = None
    sides: Sides | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person reads（问题）.

    Attributes:
        rule: Rule id.
        name: Readable rule name.
        title: Short Chinese title of the rule.
        category: What kind of problem.
        severity: How grave.
        message: One Chinese sentence with the arithmetic.
        computation: The sum written out.
        evidence: Places, the one to underline first.
        repairs: At most three, best first.
        consequences: Ids of other rules that the same root cause breaks.
        fingerprint: Stable across runs and unrelated edits.
        impacts: What a reader would believe wrongly because of it.
        standing: Whether a baseline knows it; None where there is no baseline.
        waiver: Why it does not count, or None.
        sides: What the two sides of its comparison come to, where they are numbers.
    """

    rule: str
    name: str
    title: str
    category: Category
    severity: Severity
    message: str
    computation: str
    evidence: tuple[Evidence, ...]
    repairs: tuple[Repair, ...] = ()
    consequences: tuple[str, ...] = ()
    fingerprint: str = ""
    impacts: tuple[Impact, ...] = ()
    standing: Standing | None = None
    waiver: Waiver | None = None
    sides: Sides | None = None

    @property
    def counts(self) -> bool:
        """Whether it may fail a run: it is neither waived nor known before."""
        return self.waiver is None and self.standing != "known"


@dataclass(frozen=True, slots=True)
class Gone:
    """A finding that a baseline knows and that is no longer there（已改）.

    Attributes:
        rule: Rule id.
        title: Short Chinese title of the rule.
        severity: How grave it was.
        quote: The words that it was about.
        fingerprint: Its fingerprint.
    """

    rule: str
    title: str
    severity: Severity
    quote: str
    fingerprint: str


class FigureState(StrEnum):
    """What became of a figure（核对状态）."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    UNCHECKED = "unchecked"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """Figures of one section and how many were checked."""

    title: str
    numbers: int
    checked: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the figures of account took part in a comparison（核对率）."""

    numbers: int = 0
    checked: int = 0
    consistent: int = 0
    inconsistent: int = 0
    sections: tuple[SectionCoverage, ...] = ()
    all_numbers: int = 0
    all_checked: int = 0

    @property
    def unchecked(self) -> int:
        """Figures of account that no comparison judged."""
        return self.numbers - self.checked


@dataclass(frozen=True, slots=True)
class Report:
    """Result for one file（检查结果）; reporters render it.

    Attributes:
        name: File as the user named it.
        format: Reader that took it, or "".
        digest: ``sha256:…`` of the bytes, or "".
        status: Checked, unreadable or quarantined.
        error: Why it was not checked, one Chinese line, else None.
        document: The text with places, None when unreadable.
        reading: What was understood, None when unreadable.
        rounding: ``nearest``, ``truncate`` or ``mixed``.
        coverage: What was checked.
        findings: In order of their place, then rule id.
        evaluations: In order of their place, then rule id.
        states: State of every figure, by figure id.
        trace: Traceback of an internal failure, else None.
        lead: Name of the file by whose path it was checked: the first of its set; "" for its
            own.
        others: The other files of its set, by name.
        profile: How many percentages were rounded and how many cut off; None where nobody
            counted.
        gone: Findings that a baseline knows and that are no longer there.
        findings_abroad: Those of other files of its set that words of this one take part in.
        evaluations_abroad: The same of comparisons; both count in those files only.
    """

    name: str
    status: Status
    format: str = ""
    digest: str = ""
    error: str | None = None
    document: Document | None = None
    reading: Reading | None = None
    rounding: str = "nearest"
    coverage: Coverage = field(default_factory=Coverage)
    findings: tuple[Finding, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    states: tuple[FigureState, ...] = ()
    trace: str | None = None
    lead: str = ""
    others: Mapping[str, Document] = field(default_factory=dict)
    profile: RoundingProfile | None = None
    gone: tuple[Gone, ...] = ()
    findings_abroad: tuple[Finding, ...] = ()
    evaluations_abroad: tuple[Evaluation, ...] = ()
