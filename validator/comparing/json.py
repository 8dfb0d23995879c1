"""A comparison → JSON（给程序看）: the same input gives the same bytes everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.comparing import schema
from validator.comparing.results import ChangeKind
from validator.findings import Severity
from validator.quantity import plain
from validator.reporters.json import identity
from validator.reporters.places import Places, as_json
from validator.reporters.schema import Counts, Tool
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.comparing.pairing import Pair
    from validator.comparing.results import FigureChange
    from validator.comparing.totals import Totals
    from validator.document import Span
    from validator.facts import Figure
    from validator.findings import Finding, Report


def render(found: Sequence[Pair], total: Totals, ruleset: str) -> str:
    """The JSON comparison, ending in a line feed.

    Args:
        found: Reports in pairs.
        total: What they come to.
        ruleset: Fingerprint of the rules.
    """
    file = schema.DiffFile(
        tool=Tool(version=__version__, ruleset=ruleset),
        verdict=total.outcome,
        pairs=[_pair(one) for one in found],
        summary=schema.Summary(
            compared=total.compared,
            added=total.added,
            removed=total.removed,
            unread=total.unread + total.failed,
            partial=total.partial,
            new=Counts(**{s.value: total.fresh[s] for s in Severity}),
            fixed=total.fixed,
            vanished=total.vanished,
            kept=total.kept,
            altered=total.altered,
            figures=schema.FigureCounts(
                **{kind.value: total.figures[kind] for kind in ChangeKind}, same=total.same
            ),
        ),
    )
    return file.model_dump_json(by_alias=True, indent=2) + "\n"


def _pair(pair: Pair) -> schema.Pair:
    old, new = (_Shown(one) if one else None for one in (pair.old, pair.new))
    both = pair.comparison
    return schema.Pair(
        old=old.version() if old else None,
        new=new.version() if new else None,
        findings=schema.Findings(
            new=[new.finding(one) for one in pair.fresh] if new else [],
            fixed=[old.finding(one) for one in both.fixed] if both and old else [],
            vanished=[old.finding(one) for one in both.vanished] if both and old else [],
            kept=[
                schema.KeptFinding(
                    altered=one.altered, old=old.finding(one.old), new=new.finding(one.new)
                )
                for one in both.kept
            ]
            if both and old and new
            else [],
        ),
        figures=[_change(one, old, new) for one in both.figures] if both else [],
        same=both.same if both else 0,
    )


def _change(change: FigureChange, old: _Shown | None, new: _Shown | None) -> schema.Figure:
    return schema.Figure(
        change=change.kind,
        label=change.label,
        old=old.print(change.old) if old and change.old else None,
        new=new.print(change.new) if new and change.new else None,
    )


class _Shown:
    """Parts of one version with their quotes and places."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._places = Places(report)

    def version(self) -> schema.Version:
        return schema.Version(**identity(self._report))

    def finding(self, finding: Finding) -> schema.Finding:
        return schema.Finding(
            rule=finding.rule,
            name=finding.name,
            severity=finding.severity,
            message=finding.message,
            fingerprint=finding.fingerprint,
            at=schema.Place(**self._at(finding.evidence[0].span)),
        )

    def print(self, figure: Figure) -> schema.Print:
        quantity = figure.quantity
        return schema.Print(
            **self._at(figure.span),
            value=plain(quantity.number),
            unit=quantity.unit.symbol or None,
        )

    def _at(self, span: Span) -> dict[str, Any]:
        document = self._report.document
        return as_json(document, span, self._places.of(span)) if document else {}
