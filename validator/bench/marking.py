"""Marking（判卷）: what is found in a report with a planted error, against the clean one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.edits import Edit, edited
from validator.findings import FigureState, Severity, Status, Verdict
from validator.run import check_document

if TYPE_CHECKING:
    from validator.bench.grounds import Clean
    from validator.bench.plants import Planted
    from validator.bench.slips import Slip
    from validator.document import Document, Span
    from validator.engine.packs import RuleSet
    from validator.findings import Finding, Report

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1}
_AROUND = 24
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万元|亿元|元)?")
_NARROW = str.maketrans("０１２３４５６７８９．，％－−", "0123456789.,%--")
_FACTORS = {"万元": Decimal(10_000), "亿元": Decimal(100_000_000), "元": Decimal(1)}
_HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)


@dataclass(frozen=True, slots=True)
class Mark:
    """How one planted error fared（判卷结果）.

    Attributes:
        report: Name of the report.
        slip: Which kind.
        start: Where it stands in the clean text.
        before: What stood there.
        after: What was put there.
        passage: The words around it, with the error.
        detectable: Whether no true values satisfy the report; None where nothing tells.
        compared: Whether a comparison that holds in the clean report uses the figure.
        violated: How many stated relations the error breaks; 0 where nothing tells.
        rules: Rules of the new findings of error or warning, first findings first.
        located: Whether the first of them has the place in its evidence.
        named: Whether it underlines the place first of all.
        offered: How many repairs it offers.
        advice: What its first repair replaces, and by what; "" for none.
        repaired: Which of them gives the clean report again, from 1; 0 for none.
        elsewhere: How many of them do not touch the place.
        failed: Whether the program itself failed.
    """

    report: str
    slip: Slip
    start: int
    before: str
    after: str
    passage: str
    detectable: bool | None
    compared: bool
    violated: int = 0
    rules: tuple[str, ...] = ()
    located: bool = False
    named: bool = False
    offered: int = 0
    advice: str = ""
    repaired: int = 0
    elsewhere: int = 0
    failed: bool = False

    @property
    def found(self) -> bool:
        """Whether something was found that was not there before."""
        return bool(self.rules)

    @property
    def single(self) -> bool:
        """Whether one finding tells it all."""
        return len(self.rules) == 1

    @property
    def expected(self) -> bool:
        """Whether it should be found, as far as is known."""
        if self.slip.honest:
            return False
        return self.compared if self.detectable is None else self.detectable

    @property
    def silent(self) -> bool:
        """Whether nothing may be found elsewhere, as nothing contradicts itself."""
        return self.slip.honest or self.detectable is False

    @property
    def alarm(self) -> bool:
        """Whether something was found where nothing contradicts itself（误报）.

        After an honest change every new finding is one. An error that contradicts nothing
        is an error all the same: what points at it is none.
        """
        return self.found if self.slip.honest else self.silent and self.elsewhere > 0


def marked(clean: Clean, planted: Planted, ruleset: RuleSet) -> Mark:
    """Plant, check, compare."""
    document, edit = clean.ground.document, planted.edit
    wrong = edited(document, edit)
    report = check_document(wrong, ruleset)
    place = edit.moved(edit.span)
    detectable = _detectable(clean, planted)
    found = new_findings(clean.report, report, edit)
    first = found[0] if found else None
    return Mark(
        report=clean.ground.name,
        slip=planted.slip,
        start=edit.span.start,
        before=document.quote(edit.span),
        after=edit.text,
        passage=_passage(wrong, place),
        detectable=detectable,
        compared=_compared(clean.report, planted),
        violated=clean.ledger.culpable([edit]) if clean.ledger and detectable else 0,
        rules=tuple(finding.rule for finding in found),
        located=first is not None and touches(first, place),
        named=first is not None and first.evidence[0].span.overlaps(place),
        offered=len(first.repairs) if first is not None else 0,
        advice=_advice(wrong, first),
        repaired=_repaired(report, first, place, document.text) if first is not None else 0,
        elsewhere=sum(not touches(finding, place) for finding in found),
        failed=report.status is not Status.CHECKED,
    )


def new_findings(before: Report, after: Report, edit: Edit) -> list[Finding]:
    """Findings of error or warning that an edit brought, the gravest first.

    A finding was there before when its fingerprint was, or the same rule at the same places.
    """
    prints = {finding.fingerprint for finding in before.findings}
    places = {(f.rule, tuple(edit.moved(e.span) for e in f.evidence)) for f in before.findings}
    found = [
        f
        for f in after.findings
        if f.severity in _RANK
        and f.fingerprint not in prints
        and (f.rule, tuple(e.span for e in f.evidence)) not in places
    ]
    return sorted(found, key=lambda f: _RANK[f.severity])


def touches(finding: Finding, place: Span) -> bool:
    """Whether a finding has a place among its evidence."""
    return any(evidence.span.overlaps(place) for evidence in finding.evidence)


def _detectable(clean: Clean, planted: Planted) -> bool | None:
    """What the ledger says; None of words that it does not keep, as years and 追加."""
    edit, ledger = planted.edit, clean.ledger
    if ledger is None or not any(slot.span.overlaps(edit.span) for slot in ledger.slots):
        return None
    return ledger.detectable([edit])


def _compared(clean: Report, planted: Planted) -> bool:
    """Whether a comparison that holds uses the figure, or a year stands in one."""
    if clean.reading is None:
        return False
    figures = {f.id for f in clean.reading.figures if f.span.overlaps(planted.figure)}
    if any(clean.states[one] is FigureState.CONSISTENT for one in figures):
        return True
    return any(
        e.span.overlaps(planted.edit.span)
        for evaluation in clean.evaluations
        if evaluation.verdict in _HOLDS and len(evaluation.evidence) > 1
        for e in evaluation.evidence
    )


def _advice(document: Document, finding: Finding | None) -> str:
    if finding is None or not finding.repairs:
        return ""
    repair = finding.repairs[0]
    return f"“{document.quote(repair.span)}”改为“{repair.replacement}”"


def _repaired(report: Report, finding: Finding, place: Span, clean_text: str) -> int:
    """Which repair of a finding gives the clean text, or one of equal figures; 0 for none."""
    if report.document is None or not touches(finding, place):
        return 0
    for number, repair in enumerate(finding.repairs, start=1):
        text = edited(report.document, Edit(repair.span, repair.replacement)).text
        if text == clean_text or same_figures(text, clean_text):
            return number
    return 0


def same_figures(one: str, other: str) -> bool:
    """Whether two texts are the same but for how equal figures are printed.

    >>> same_figures("共1,234.50万元", "共12345000元")
    True
    """
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return _NUMBER.sub(_number, text.translate(_NARROW))


def _number(match: re.Match[str]) -> str:
    value = Decimal(match[1].replace(",", ""))
    if match[2]:
        value *= _FACTORS[match[2]]
    return f"{format(value.normalize(), 'f')}{'元' if match[2] else ''}"


def _short(cell: str) -> str:
    """The words of a cell in one line, cut where they go on for long."""
    words = " ".join(cell.split())
    return words if len(words) <= _AROUND else f"{words[:_AROUND]}…"


def _passage(document: Document, place: Span) -> str:
    """The words around a place, within its line or table row, the place in brackets."""
    text, block = document.text, document.block_at(place.start)
    inside = f"【{text[place.start : place.end]}】"
    if block is not None and block.table >= 0:
        row = [b for b in document.blocks if (b.table, b.row) == (block.table, block.row)]
        cells = (inside if b is block else _short(document.quote(b.span)) for b in row)
        return " | ".join(cells)
    low = max(text.rfind("\n", 0, place.start) + 1, place.start - _AROUND)
    end = text.find("\n", place.end)
    high = min(len(text) if end < 0 else end, place.end + _AROUND)
    return f"{text[low : place.start]}{inside}{text[place.end : high]}"
