"""What could be changed（拟改）: the first repair of each finding as the smallest edit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.document import Span
from validator.edits import Edit
from validator.findings import Category, RepairGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.document import Document
    from validator.findings import Finding, Repair, Report

_FIGURE = re.compile(
    r"[\d,，.．]*\d[\d,，.．]*|[%％‰]|百分点"
    r"|[〇零一二三四五六七八九十百千万亿两]+(?=[元个人名辆台批次户套项倍成])|元"
)
_UNIT = re.compile(r"[%％‰元]|百分点")
_WHOLE = re.compile(r"[\d.．,，〇零一二三四五六七八九十]")
"""Characters of a number, which is changed as a whole: 9.85 for 8.95, not 8 and 9."""
_LABELS = (Category.NUMBERING, Category.CODE_NAME)
"""What is wrong there is the number of a heading or a code, not a figure."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that could be made（拟改）.

    Attributes:
        span: The words that the repair replaces.
        replacement: What stands there then.
        edit: The same without the words at both ends that stay.
        group: What it touches.
        because: The arithmetic that then holds.
        resolves: How many violated comparisons it mends.
        findings: What it mends, one or more.
    """

    span: Span
    replacement: str
    edit: Edit
    group: RepairGroup
    because: str
    resolves: int
    findings: tuple[Finding, ...]

    def clashes(self, other: Proposal) -> bool:
        """Whether only one of the two can be made."""
        mine, its = self.edit.span, other.edit.span
        same_place = mine.start <= its.end and its.start <= mine.end
        return same_place or self.span.overlaps(other.span)


def proposals(report: Report, findings: Iterable[Finding]) -> list[Proposal]:
    """The changes that the first repairs of findings ask for, the most pressing first.

    Two findings that ask for the same change share it. A finding of another file of a set
    asks for nothing here.

    Args:
        report: Result for the file that is to be changed.
        findings: Those of it that are to be mended.
    """
    document = report.document
    if document is None:
        return []
    found: dict[Edit, Proposal] = {}
    for finding in findings:
        if not finding.repairs or finding.evidence[0].document:
            continue
        for one in _proposed(document, finding, finding.repairs[0]):
            same = found.get(one.edit)
            found[one.edit] = (
                one if same is None else replace(same, findings=(*same.findings, finding))
            )
    return sorted(found.values(), key=_urgency)


def _urgency(one: Proposal) -> tuple[int, int, Span]:
    return min(f.severity.rank for f in one.findings), -one.resolves, one.span


def _proposed(document: Document, finding: Finding, repair: Repair) -> Iterator[Proposal]:
    group = _group(document, finding, repair)
    for span in _places(document, finding, repair, group):
        edit = smallest(span, document.quote(span), repair.replacement)
        if edit.text or edit.span.start < edit.span.end:
            yield Proposal(
                span, repair.replacement, edit, group, repair.because, repair.resolves,
                (finding,),
            )  # fmt: skip


def _group(document: Document, finding: Finding, repair: Repair) -> RepairGroup:
    """What a repair touches; whatever it is called, one that changes a figure is of money."""
    old, new = document.quote(repair.span), repair.replacement
    group = repair.kind.group
    if group is RepairGroup.YEARS:
        return RepairGroup.MONEY if _UNIT.search(old + new) else group
    changes = _FIGURE.findall(old) != _FIGURE.findall(new)
    if changes and finding.category not in _LABELS:
        return RepairGroup.MONEY
    return group


def _places(
    document: Document, finding: Finding, repair: Repair, group: RepairGroup
) -> list[Span]:
    """Where a repair applies: a name that is out of use is so wherever the finding shows it."""
    if group is not RepairGroup.WORDING:
        return [repair.span]
    words = document.quote(repair.span)
    role = next((e.role for e in finding.evidence if e.span == repair.span), None)
    alike = [
        e.span
        for e in finding.evidence
        if role and e.role == role and not e.document and document.quote(e.span) == words
    ]
    return list(dict.fromkeys([repair.span, *alike]))


def smallest(span: Span, old: str, new: str) -> Edit:
    """The edit without the words at both ends that stay; a number is changed as a whole.

    >>> smallest(Span(10, 18), "增加5.71万元", "减少5.71万元")
    Edit(span=Span(start=10, end=12), text='减少')
    """
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    while head and _inside_number(old, new, head, head):
        head -= 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    while tail and _inside_number(old, new, len(old) - tail, len(new) - tail):
        tail -= 1
    return Edit(Span(span.start + head, span.end - tail), new[head : len(new) - tail])


def _inside_number(old: str, new: str, at: int, there: int) -> bool:
    """Whether a cut would part a number in the old words or in the new ones."""
    return any(
        0 < place < len(words)
        and _WHOLE.match(words[place - 1]) is not None
        and _WHOLE.match(words[place]) is not None
        for words, place in ((old, at), (new, there))
    )
