"""Numbers of list items（编号）: gaps, repeats, and looks that change within one list.

Labels at the head of lines are put into runs of siblings. A label continues the innermost
open run of its style whose next number it is; 1 opens a run; anything else is out of order.
Each table cell has its own runs, and 附件 or 第二部分 closes all. A number that stands in the
middle of a line（1.…2.…）counts as present. 1、 or （1） followed by a blank is most likely a
Word number whose look was lost when the text was taken out, so its look is not judged.

A rule's ``each`` says which slip it reports: ``skip``, ``repeat``, ``mixed``, ``separator``,
``missing_separator`` or ``bracket``; ``nested`` is in ``nesting``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.engine.checks.labels import Label, labels
from validator.engine.checks.memo import PerDocument
from validator.engine.checks.nesting import nested
from validator.engine.outcome import Outcome
from validator.findings import Evaluation, Evidence, Repair, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Document
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule

_LOOKS_ALIKE = {"comma": "chinese", "inner": "bracket"}
"""An automatic number of the first style is most likely one of the second."""
_SIBLINGS = {"dot": "comma", "comma": "dot"}
_FARTHEST = 12
"""A jump over more numbers than this is another list, not a gap."""
_LONG_ENOUGH = 3
_DIGITS = "零一二三四五六七八九"


@dataclass(slots=True)
class _Run:
    """Open list of siblings."""

    style: str
    items: list[Label] = field(default_factory=list)
    broken: bool = False

    @property
    def last(self) -> int:
        return self.items[-1].value


@dataclass(frozen=True, slots=True)
class _Slip:
    what: str
    label: Label
    before: Label
    expected: str
    mendable: bool = True


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Yield the slips of one kind, and for gaps also the lists that have none."""
    document = context.document
    if rule.each == "nested":
        yield from nested(rule, document)
        return
    slips, runs = _ANALYSIS.of(document)
    for slip in slips:
        if slip.what == rule.each:
            yield _slipped(rule, document, slip)
    if rule.each == "skip":
        yield from (_in_order(rule, document, run) for run in runs)


def _slipped(rule: Rule, document: Document, slip: _Slip) -> Outcome:
    quote, before = document.quote(slip.label.span), document.quote(slip.before.span)
    order = "之后" if slip.before.span < slip.label.span else "之前"
    text = f"{before} {order}是 {quote}"
    evidence = (Evidence("label", slip.label.span), Evidence("before", slip.before.span))
    evaluation = Evaluation(
        rule.id, slip.what, rule.category, Verdict.INCONSISTENT, text, evidence
    )
    values = {"label": quote, "before": before, "expected": slip.expected}
    repair = Repair(slip.label.span, slip.expected, f"与 {before} 相接")
    return Outcome(evaluation, values, (repair,) if slip.mendable else ())


def _in_order(rule: Rule, document: Document, run: _Run) -> Outcome:
    last = run.items[-1].span
    text = f"编号 1 至 {run.last} 连续"
    evidence = (Evidence("label", last),)
    evaluation = Evaluation(rule.id, "skip", rule.category, Verdict.CONSISTENT, text, evidence)
    return Outcome(evaluation, {"label": document.quote(last)})


def _analyse(document: Document) -> tuple[list[_Slip], list[_Run]]:
    found = labels(document)
    slips: list[_Slip] = []
    whole: list[_Run] = []
    prose: list[_Run] = []
    cell: list[_Run] = []
    in_cell = -1
    for position, label in enumerate(found):
        if label.cell >= 0:
            if label.cell != in_cell:
                _close(cell, 0, whole)
                in_cell = label.cell
            stack = cell
        else:
            stack = prose
        if label.breaks:
            parts = sum(run.style == "part" for run in stack)
            _close(stack, parts if label.style == "part" else 0, whole)
        if label.style:
            slips.extend(_place(document, found, position, stack, whole))
    for stack in (prose, cell):
        _close(stack, 0, whole)
    return slips, whole


_ANALYSIS = PerDocument(_analyse)


def _close(stack: list[_Run], keep: int, whole: list[_Run]) -> None:
    for run in stack[keep:]:
        ordered = run.items[0].value == 1 and not run.broken
        if ordered and len(run.items) >= _LONG_ENOUGH:
            whole.append(run)
    del stack[keep:]


def _place(
    document: Document,
    found: Sequence[Label],
    position: int,
    stack: list[_Run],
    whole: list[_Run],
) -> Iterator[_Slip]:
    """Put a label into its run; yield what is wrong with it."""
    label = found[position]
    following = found[position + 1] if position + 1 < len(found) else None
    style = label.style
    if label.automatic and any(run.style == _LOOKS_ALIKE[style] for run in stack):
        style = _LOOKS_ALIKE[style]
    if (at := _continues(stack, style, label.value)) is not None:
        yield from _join(document, stack, at, label, whole)
        return
    if (strange := _stranger(document, stack, label, following)) is not None:
        at, found_slip = strange
        yield found_slip
        _close(stack, at + 1, whole)
        stack[at].items.append(label)
        if _leads(label, following):
            stack[at].style = label.style  # the list goes on in the new look
        return
    if style == "bare":
        yield from _first_without_separator(document, label, following, stack)
        return
    at = next((n for n in reversed(range(len(stack))) if stack[n].style == style), -1)
    if label.value == 1 or at < 0:
        stack.append(_Run(style, [label]))
        return
    run = stack[at]
    slip = _out_of_order(document, run, label, following)
    _close(stack, at + 1, whole)
    if slip is None:
        run.items.append(label)
        return
    run.broken = True
    yield slip
    run.items.append(label)


def _continues(stack: list[_Run], style: str, value: int) -> int | None:
    for at in reversed(range(len(stack))):
        if stack[at].style == style and stack[at].last + 1 == value:
            return at
    return None


def _join(
    document: Document, stack: list[_Run], at: int, label: Label, whole: list[_Run]
) -> Iterator[_Slip]:
    _close(stack, at + 1, whole)
    before = stack[at].items[-1]
    stack[at].items.append(label)
    if label.half != before.half and not label.automatic and not before.automatic:
        odd, other = (label, before) if label.half else (before, label)
        siblings = stack[at].items
        if odd is before and len(siblings) > 2 and siblings[-3].half != before.half:
            return  # said when it was found to differ from the one before it
        inner = document.quote(odd.span).strip("（）()")
        yield _Slip("bracket", odd, other, f"（{inner}）")


def _stranger(
    document: Document, stack: list[_Run], label: Label, following: Label | None
) -> tuple[int, _Slip] | None:
    """A label that has the next number of a list but another look than its siblings."""
    for at in reversed(range(len(stack))):
        run = stack[at]
        if run.last + 1 != label.value:
            continue
        continued = (
            following is not None
            and following.style == run.style
            and following.value == label.value + 1
        )
        before = run.items[-1]
        mark = document.quote(run.items[0].span)[-1]
        if label.style == "bare" and run.style in {"dot", "comma"} and not before.automatic:
            return at, _Slip("missing_separator", label, before, f"{label.value}{mark}")
        if label.automatic or before.automatic:
            continue
        near = at == len(stack) - 1 and label.value > 1
        if _SIBLINGS.get(label.style) == run.style and (
            continued or near or len(run.items) > 1
        ):
            if len(run.items) == 1 and _leads(label, following):
                own = f"{before.value}{document.quote(label.span)[-1]}"
                return at, _Slip("separator", before, label, own)
            return at, _Slip("separator", label, before, f"{label.value}{mark}")
        if _LOOKS_ALIKE.get(label.style) == run.style and continued:
            numeral = _numeral(label.value)
            expected = f"{numeral}、" if run.style == "chinese" else f"（{numeral}）"
            return at, _Slip("mixed", label, before, expected)
    return None


def _first_without_separator(
    document: Document, label: Label, following: Label | None, stack: list[_Run]
) -> Iterator[_Slip]:
    """1做好… before 2.…: the first item of a list lost its dot."""
    if following is None or label.value != 1 or following.cell != label.cell:
        return
    if following.style in {"dot", "comma"} and following.value in {2, 3}:
        mark = document.quote(following.span)[-1]
        yield _Slip("missing_separator", label, following, f"1{mark}")
        stack.append(_Run(following.style, [label]))


def _out_of_order(
    document: Document, run: _Run, label: Label, following: Label | None
) -> _Slip | None:
    before = run.items[-1]
    leads = _leads(label, following)
    expected = document.quote(label.span).replace(
        _printed(document, label), _like(document, label, before.value + 1), 1
    )
    if label.value <= before.value:
        return _Slip(
            "repeat", label, before, expected, label.value == before.value and not leads
        )
    between = document.text[before.span.end : label.span.start]
    missing = range(before.value + 1, label.value)
    if len(missing) > _FARTHEST or all(_inline(between, number) for number in missing):
        return None
    return _Slip("skip", label, before, expected, not leads)


def _leads(label: Label, following: Label | None) -> bool:
    """Whether the next label goes on in the same look."""
    if following is None:
        return False
    return following.style == label.style and following.value == label.value + 1


def _inline(text: str, number: int) -> bool:
    """Whether a list number stands in the middle of a line."""
    numeral = _numeral(number)
    arabic = rf"(?<![\d.]){number}\s*(?:[.．、)）]|[\u4e00-\u9fff])"
    chinese = rf"[（(]{numeral}[）)]|{numeral}[、是]"
    return re.search(f"{arabic}|{chinese}", text) is not None


def _printed(document: Document, label: Label) -> str:
    return document.quote(label.span).strip("（）()、.．第部分章")


def _like(document: Document, label: Label, number: int) -> str:
    return str(number) if _printed(document, label).isdecimal() else _numeral(number)


def _numeral(number: int) -> str:
    """Chinese numeral up to 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens % 10]}十")
    return head + (_DIGITS[ones] if ones else "")
