"""Reports → JSON（给程序看）: the same input gives the same bytes everywhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from validator.findings import FigureState, Status, Verdict
from validator.quantity import plain
from validator.reporters import schema
from validator.reporters.base import Spool
from validator.reporters.places import Places, as_json, coverage_titles, place_in, shown_path
from validator.reporters.summary import ratio, unread
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.document import Document
    from validator.findings import Evaluation, Evidence, Finding, Report
    from validator.reporters.base import Look, Run
    from validator.standing import Waiver

_UNCHECKED = "没有一次核对用到它"


class Json:
    """The JSON report, version 1; see docs/output.md."""

    def __init__(self, look: Look) -> None:
        """List comparisons and figures as wanted."""
        self._look = look
        self._documents = Spool()

    def add(self, report: Report) -> None:
        """Take the next report."""
        page = _document(report, self._look).model_dump_json(by_alias=True, indent=2)
        self._documents.write(",\n" if self._documents else "\n")
        # No string of JSON holds a line feed, so every one of them ends a line of the layout.
        self._documents.write(f"    {page}".replace("\n", "\n    "))

    def finish(self, run: Run) -> Iterator[str]:
        """The whole report, ending in a line feed."""
        total = run.total
        frame = schema.ReportFile(
            tool=schema.Tool(version=__version__, ruleset=run.fingerprint),
            verdict=total.conclusion,
            documents=[],
            summary=schema.Summary(
                documents=total.documents,
                findings=schema.Counts(
                    error=total.errors, warning=total.warnings, note=total.notes
                ),
                known=total.known,
                suppressed=total.waived,
                fixed=total.gone,
                coverage=ratio(total.checked, total.numbers),
            ),
        )
        opening, mark, closing = frame.model_dump_json(by_alias=True, indent=2).partition(
            '\n  "documents": ['
        )
        yield opening + mark
        if self._documents:
            yield from self._documents.pieces()
            yield "\n  "
        yield closing + "\n"


def identity(report: Report) -> dict[str, Any]:
    """What a file is and what became of it, named as in all of our JSON."""
    reading = report.reading
    return {
        "path": shown_path(report.name),
        "digest": report.digest or None,
        "format": report.format or None,
        "status": report.status,
        "error": error_of(report),
        "entity": (reading.entity or None) if reading else None,
        "year": (reading.year or None) if reading else None,
        "kind": reading.kind if reading else "unknown",
    }


def _document(report: Report, wanted: Look) -> schema.Document:
    document = report.document
    shown = _Shown(document, Places(report), report.others) if document else None
    return schema.Document(
        **identity(report),
        rounding=report.rounding,
        coverage=_coverage(report),
        findings=[shown.finding(f) for f in report.findings] if shown else [],
        evaluations=[
            shown.evaluation(e)
            for e in report.evaluations
            if wanted.evaluations and e.verdict is not Verdict.INAPPLICABLE
        ]
        if shown
        else [],
        numbers=_numbers(report) if wanted.numbers else [],
        fixed=[
            schema.Fixed(
                rule=gone.rule,
                title=gone.title,
                severity=gone.severity,
                quote=gone.quote,
                fingerprint=gone.fingerprint,
            )
            for gone in report.gone
        ],
    )


def _suppression(waiver: Waiver | None) -> schema.Suppression | None:
    if waiver is None:
        return None
    return schema.Suppression(
        reason=waiver.reason,
        owner=waiver.owner,
        expires=waiver.expires,
        place=waiver.place,
    )


def error_of(report: Report) -> str | None:
    """Why the file, or a part of it, was not checked; of an internal failure its place too."""
    if report.status is Status.CHECKED:
        return "；".join(unread(report)) or None
    lines = [line for line in (report.error, report.trace) if line]
    return "\n".join(lines) or None


def _coverage(report: Report) -> schema.Coverage:
    coverage = report.coverage
    titles = coverage_titles(report, Places(report))
    return schema.Coverage(
        numbers=coverage.numbers,
        checked=coverage.checked,
        consistent=coverage.consistent,
        inconsistent=coverage.inconsistent,
        unchecked=coverage.unchecked,
        ratio=ratio(coverage.checked, coverage.numbers),
        sections=[
            schema.SectionCoverage(title=title, numbers=s.numbers, checked=s.checked)
            for title, s in zip(titles, coverage.sections, strict=True)
        ],
        overall=schema.Overall(numbers=coverage.all_numbers, checked=coverage.all_checked),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """Parts of one report with their quotes and places."""

    document: Document
    places: Places
    others: Mapping[str, Document]

    def finding(self, finding: Finding) -> schema.Finding:
        return schema.Finding(
            rule=finding.rule,
            name=finding.name,
            category=finding.category,
            severity=finding.severity,
            message=finding.message,
            computation=finding.computation,
            evidence=self.evidence(finding.evidence),
            repairs=[
                schema.Repair(
                    replace=self.document.quote(repair.span),
                    with_=repair.replacement,
                    start=repair.span.start,
                    end=repair.span.end,
                    because=repair.because,
                    resolves=repair.resolves,
                    rank=rank,
                    kind=repair.kind,
                )
                for rank, repair in enumerate(finding.repairs, start=1)
            ],
            consequences=list(finding.consequences),
            impacts=list(finding.impacts),
            fingerprint=finding.fingerprint,
            baseline=finding.standing,
            suppressed=_suppression(finding.waiver),
        )

    def evaluation(self, evaluation: Evaluation) -> schema.Evaluation:
        return schema.Evaluation.model_validate(
            {
                "rule": evaluation.rule,
                "category": evaluation.category,
                "verdict": evaluation.verdict.value,
                "computation": evaluation.computation,
                "evidence": self.evidence(evaluation.evidence),
            }
        )

    def evidence(self, evidence: Iterable[Evidence]) -> list[schema.Evidence]:
        return [self._operand(one) for one in evidence]

    def _operand(self, evidence: Evidence) -> schema.Evidence:
        document, path = self.document, None
        place = self.places.of(evidence.span)
        if evidence.document:
            document, path = self.others[evidence.document], shown_path(evidence.document)
            place = place_in(document, evidence.span)
        return schema.Evidence(
            role=evidence.role,
            path=path,
            value=None if evidence.value is None else plain(evidence.value),
            unit=evidence.unit,
            **as_json(document, evidence.span, place),
        )


def _numbers(report: Report) -> list[schema.Number]:
    if report.reading is None or report.document is None:
        return []
    judges: dict[int, dict[str, None]] = defaultdict(dict)
    for evaluation in report.evaluations:
        if evaluation.verdict not in (Verdict.UNDETERMINED, Verdict.INAPPLICABLE):
            for figure in evaluation.figures:
                judges[figure][evaluation.rule] = None
    return [
        schema.Number(
            quote=report.document.quote(figure.span),
            value=plain(figure.quantity.number),
            unit=figure.quantity.unit.symbol or None,
            start=figure.span.start,
            end=figure.span.end,
            state=state,
            why=_why(state, figure.ignored, judges[figure.id]),
        )
        for figure, state in zip(report.reading.figures, report.states, strict=True)
    ]


def _why(state: FigureState, ignored: str, judges: Iterable[str]) -> str:
    match state:
        case FigureState.IGNORED:
            return ignored
        case FigureState.UNCHECKED:
            return _UNCHECKED
        case _:
            return "、".join(judges)
