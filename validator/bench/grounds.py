"""What to plant in（种错的底稿）: generated reports with a ledger, or reports of the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from validator.bench.places import places_at, places_of
from validator.bench.plants import Ground
from validator.bench.prints import parsed
from validator.facts import ReportKind
from validator.readers import read_bytes
from validator.readers.sources import Source, read_source
from validator.reporters.words import ZH
from validator.run import check_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.document import Document, Span
    from validator.edits import Edit
    from validator.engine.packs import RuleSet
    from validator.findings import Report


class Slot(Protocol):
    """A figure or a direction word of a generated report."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    @property
    def quantity(self) -> object | None:
        """What it states; None for a word."""

    @property
    def last_year(self) -> str:
        """How last year's value would print, or ""."""


class Ledger(Protocol):
    """A generated report that knows which edits make it contradict itself（底账）."""

    @property
    def name(self) -> str:
        """File name."""

    @property
    def kind(self) -> ReportKind:
        """Which report it is."""

    @property
    def style(self) -> str:
        """How it is written."""

    @property
    def text(self) -> str:
        """The whole report."""

    @property
    def slots(self) -> Sequence[Slot]:
        """Its figures and direction words, in order."""

    def detectable(self, edits: Sequence[Edit]) -> bool:
        """Whether no true values satisfy what the edited report states."""

    def culpable(self, edits: Sequence[Edit]) -> int:
        """How many stated relations the edits violate."""


Origin = Source | Ledger
"""Where a clean report comes from: a file, or the generator."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A report before anything is planted in it（底稿）.

    Attributes:
        ground: Its text, figures and words.
        report: What is found in it as it stands.
        ledger: What knows which edits can be detected; None for a file.
    """

    ground: Ground
    report: Report
    ledger: Ledger | None


def traits(origin: Origin, report: Report) -> tuple[tuple[str, str], ...]:
    """What kinds of report may fare differently: each trait with its Chinese name."""
    kind = report.reading.kind if report.reading else ReportKind.UNKNOWN
    if isinstance(origin, Source):
        return (("报告类型", ZH.kind[kind]), ("格式", report.format))
    return (("报告类型", ZH.kind[origin.kind]), ("文风", origin.style))


def clean(origin: Origin, ruleset: RuleSet) -> Clean:
    """Read and check a report as it stands.

    Raises:
        UnreadableDocument: The file cannot be read as a report.
        ValueError: It could not be checked.
    """
    if isinstance(origin, Source):
        document, ledger = read_source(origin), None
    else:
        document, ledger = _generated(origin), origin
    report = check_document(document, ruleset)
    if report.reading is None:
        raise ValueError(report.error)
    if ledger is None:
        places = places_of(document, report.reading)
    else:
        told = [(s.span, _digits(s.last_year)) for s in ledger.slots if s.quantity is not None]
        places = list(places_at(document, told))
    ground = Ground(
        document.name, document, places, report.reading.year, ruleset.lexicon.opposites
    )
    return Clean(ground, report, ledger)


def _generated(report: Ledger) -> Document:
    return read_bytes(report.text.encode(), report.name)


def _digits(words: str) -> str:
    print_ = parsed(words) if words else None
    return print_.digits if print_ is not None and not print_.sign else ""
