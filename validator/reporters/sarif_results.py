"""Findings → results of SARIF（结果）: message, places, edits, baseline and waiver."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.reporters.passages import shortened
from validator.reporters.places import shown_path
from validator.reporters.sarif_model import (
    ArtifactChange,
    ArtifactContent,
    Fix,
    Message,
    Replacement,
    Result,
    Suppression,
)
from validator.reporters.sarif_places import (
    Locator,
    archive_of,
    line_of_file,
    region,
    whole_file,
)
from validator.reporters.sarif_rules import LEVELS
from validator.reporters.told import advice, told, visible, waiver_words
from validator.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from validator.document import Document
    from validator.findings import Finding, Gone, Repair, Report
    from validator.reporters.sarif_model import BaselineState, PropertyBag
    from validator.reporters.told import Told
    from validator.reporters.words import Words
    from validator.standing import Waiver

    Numbered = Callable[[Finding | Gone], int]

FINGERPRINT = "gouji/v1"
"""Name of the fingerprint, with the version of the way it is made."""
GITHUB_FINGERPRINT = "primaryLocationLineHash"
"""The only name that GitHub goes by; it makes one of its own where a result has a line."""
_STATES: Mapping[Standing, BaselineState] = MappingProxyType(
    {Standing.NEW: "new", Standing.KNOWN: "unchanged"}
)
_EDITABLE = frozenset({"txt", "md"})
"""Formats whose text may be edited where it stands."""


def results(report: Report, index: int, rule_index: Numbered, words: Words) -> Iterator[Result]:
    """The results of a report: its findings, then those of the baseline that are gone.

    Args:
        report: Result for one file.
        index: Its number among the artifacts.
        rule_index: Number of a finding's rule.
        words: Language.
    """
    locator = Locator.of(report, index, words)
    if locator is not None:
        for one in told(report, words):
            yield _result(one, locator, rule_index(one.finding))
    for gone in report.gone:
        yield _absent(gone, report.name, index, rule_index(gone), words)


def _result(one: Told, locator: Locator, rule_index: int) -> Result:
    finding = one.finding
    first, *others = finding.evidence
    fixes = list(_fixes(finding, locator))
    related = [locator.location(other, at) for at, other in enumerate(others, start=1)]
    waiver = finding.waiver
    return Result(
        rule_id=finding.rule,
        rule_index=rule_index,
        level=LEVELS[finding.severity],
        message=Message(text="\n".join(_said(one))),
        locations=[locator.location(first)],
        related_locations=related or None,
        partial_fingerprints=_fingerprints(finding.fingerprint, one.in_file),
        baseline_state=_STATES[finding.standing] if finding.standing else None,
        suppressions=[_suppression(waiver, locator.words)] if waiver else [],
        fixes=fixes or None,
        properties=_properties(finding, None if fixes else locator.document),
    )


def _said(one: Told) -> Iterator[str]:
    """The message; where no line can be shown, place and quotations belong to it."""
    yield one.message
    if not one.in_file:
        yield f"{one.section} {one.place}：{one.quote}".lstrip()
        yield from one.also
    yield from filter(None, (one.computation, one.impact, *one.advice, one.consequences))


def _fingerprints(fingerprint: str, in_file: bool) -> dict[str, str] | None:
    if not fingerprint:
        return None
    named = {FINGERPRINT: fingerprint}
    return named if in_file else named | {GITHUB_FINGERPRINT: fingerprint}


def _properties(finding: Finding, document: Document | None) -> PropertyBag:
    """What is left; the edits where they are told nowhere else."""
    bag: PropertyBag = {
        "name": finding.name,
        "category": finding.category.value,
        "computation": visible(finding.computation),
        "impacts": [impact.value for impact in finding.impacts],
        "consequences": list(finding.consequences),
    }
    if document is not None:
        bag["repairs"] = [_repair(repair, document) for repair in finding.repairs]
    return {key: value for key, value in bag.items() if value}


def _repair(repair: Repair, document: Document) -> PropertyBag:
    return {
        "replace": document.quote(repair.span),
        "with": repair.replacement,
        "start": repair.span.start,
        "end": repair.span.end,
        "because": visible(repair.because),
        "resolves": repair.resolves,
        "kind": repair.kind.value,
    }


def _fixes(finding: Finding, locator: Locator) -> Iterator[Fix]:
    """The edits that can be made in the file as it is."""
    document = locator.document
    if document.format not in _EDITABLE or archive_of(locator.name):
        return
    said = advice(document, finding, locator.words)
    for repair, line in zip(finding.repairs, said, strict=False):
        edit = Replacement(
            deleted_region=region(document, repair.span),
            inserted_content=ArtifactContent(text=repair.replacement),
        )
        yield Fix(
            description=Message(text=visible(line)),
            artifact_changes=[
                ArtifactChange(artifact_location=locator.file(), replacements=[edit])
            ],
            properties={"kind": repair.kind.value, "resolves": repair.resolves},
        )


def _suppression(waiver: Waiver, words: Words) -> Suppression:
    shown = replace(waiver, place=shown_path(waiver.place))
    return Suppression(
        justification=visible(waiver_words(shown, words)),
        location=line_of_file(waiver.place),
        properties={
            "reason": waiver.reason,
            "owner": waiver.owner,
            "expires": waiver.expires.isoformat(),
        },
    )


def _absent(gone: Gone, name: str, index: int, rule_index: int, words: Words) -> Result:
    """A problem that is no longer there: whoever overlooks its state must not count it."""
    quoted = shortened(visible(gone.quote))
    said = [words.gone.format(count=1), words.gone_one.format(rule=gone.title, quote=quoted)]
    return Result(
        rule_id=gone.rule,
        rule_index=rule_index,
        kind="informational",
        level="none",
        message=Message(text="\n".join(said)),
        locations=[whole_file(name, index)],
        partial_fingerprints=_fingerprints(gone.fingerprint, in_file=False),
        baseline_state="absent",
        properties={"severity": gone.severity.value, "quote": gone.quote},
    )
