"""What ``gouji fix`` tells（修改说明）: the changes, what was left, what is mended."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from rich.text import Text

from validator.document import BlockKind
from validator.findings import Evidence, Severity
from validator.fixing import Reason
from validator.reporters.lines import wrapped
from validator.reporters.passages import Mark, passages, shortened
from validator.reporters.places import place_in, shown_path
from validator.reporters.terminal import console_for
from validator.reporters.words import ZH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import Console

    from validator.document import Document, Span
    from validator.findings import Finding, Report
    from validator.fixing import Fixed, Left, Proposal

_BY_LINE = frozenset({"txt", "md"})
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MOST_NEW = 3
_CHANGED = "changed"
"""Role of the words to change, which no rule gives to an operand."""


def console(file: IO[str], *, colour: bool) -> Console:
    """Where to tell it."""
    return console_for(file, colour=colour)


def tell(page: Console, fixed: Fixed) -> None:
    """Print the whole account."""
    document = fixed.before.document
    if document is None:
        return
    _line(page, Text(shown_path(fixed.before.name), "bold underline"), 0)
    if fixed.made:
        _line(page, Text(f"改了{len(fixed.made)}处", "bold"), 0)
    for one in fixed.made:
        _change(page, document, one, "green")
    told = [one for one in fixed.left if one.reason is not Reason.DECLINED]
    if told:
        _line(page, Text(f"没有改{len(told)}处", "bold"), 0)
    for left in told:
        _change(page, document, left.proposal, "yellow")
        _line(page, Text(f"没有改：{_why(left, fixed)}", "yellow"), 4)
    if declined := len(fixed.left) - len(told):
        _line(page, Text(f"另有{declined}处你说不改"), 0)
    if fixed.unasked:
        text = f"另有{fixed.unasked}处要改数字，没有改；gouji fix --money 一处一处地问"
        _line(page, Text(text, "yellow"), 0)
    if fixed.made:
        _after(page, fixed)


def show(page: Console, report: Report, one: Proposal) -> None:
    """Print one change that is asked about, with what is wrong."""
    if report.document is None:
        return
    _quote(page, report.document, one)
    for finding in one.findings:
        _line(page, Text(finding.message), 4)
        told = f"{finding.message}{one.because}"
        if finding.computation and finding.computation not in told:
            _line(page, Text(ZH.computation.format(text=finding.computation)), 4)
    _advise(page, report.document, one, "green")


def verdict(fixed: Fixed, output: Path) -> str:
    """One sentence: what was written, and whether a person must look at something."""
    name = shown_path(output.as_posix())
    open_ = sum(one.reason.needs_person for one in fixed.left)
    rest = f"，有{open_}处没有改成" if open_ else ""
    if not fixed.made:
        what = "没有改，没有写修改稿" if fixed.left or fixed.unasked else "没有要改的"
        return f"结论：{what}{rest}。"
    how = "修订" if fixed.shows_changes else "改动"
    return f"结论：写了“{name}”，{how}{len(fixed.made)}处{rest}；原文件没有动。"


def _change(page: Console, document: Document, one: Proposal, style: str) -> None:
    _quote(page, document, one)
    _advise(page, document, one, style)


def _quote(page: Console, document: Document, one: Proposal) -> None:
    titles = "、".join(dict.fromkeys(f"{f.title}（{f.rule}）" for f in one.findings))
    head = Text(f"{_place(document, one.span)}  ").append(titles, "bold")
    _line(page, head, 2)
    _line(page, _sentence(document, one), 4)


def _advise(page: Console, document: Document, one: Proposal, style: str) -> None:
    old, new = shortened(document.quote(one.span)), shortened(one.replacement)
    form = ZH.replace if old and new else ZH.remove if old else ZH.insert
    because = ZH.reason.format(because=one.because) if one.because else ""
    _line(page, Text(form.format(old=old, new=new) + because, style), 4)


def _why(left: Left, fixed: Fixed) -> str:
    match left.reason:
        case Reason.OVERLAP if left.other is not None:
            document = fixed.before.document
            words = document.quote(left.other.span) if document else ""
            new = left.other.replacement
            return f"与另一处改动“{shortened(words)}”→“{shortened(new)}”碰在一起，请自己定"
        case Reason.NO_PLACE:
            return f"{left.because}，请在文件里自己改"
        case Reason.HARM:
            said = "；".join(
                f"{f.rule} {f.message.rstrip('。')}" for f in left.harm[:_MOST_NEW]
            )
            return f"改了会出现新的问题（{said}），请自己定"
        case _:
            return "别处改了以后，这个问题已经没有了"


def _after(page: Console, fixed: Fixed) -> None:
    """What the copy looks like when it is checked."""
    after, document = fixed.aftermath, fixed.before.document
    gone, left = len(after.gone), _counted((*after.left, *after.fresh))
    _line(page, Text(f"修改稿又查了一遍：解决{gone}个问题，还有{left}", "bold"), 0)
    for finding in after.fresh:
        text = f"新出现：{ZH.severity[finding.severity]}  {finding.rule} {finding.message}"
        _line(page, Text(text, "yellow"), 2)
    still = [one for one in fixed.made if not any(f in after.gone for f in one.findings)]
    for one in still:
        place = _place(document, one.span) if document else ""
        rules = "、".join(f.rule for f in one.findings)
        _line(page, Text(f"改了还在：{place}  {rules}，请看一看", "yellow"), 2)


def _counted(findings: Iterable[Finding]) -> str:
    counts = Counter(one.severity for one in findings)
    return "、".join(f"{ZH.severity[one]} {counts[one]}" for one in Severity)


def _place(document: Document, span: Span) -> str:
    place = place_in(document, span)
    block = document.block_at(span.start)
    if block is not None and block.kind is BlockKind.CELL:
        return ZH.cell.format(table=place.table, row=place.row, column=place.column)
    form = ZH.line if document.format in _BY_LINE else ZH.paragraph
    return form.format(line=place.line)


def _sentence(document: Document, one: Proposal) -> Text:
    """The sentence with the words to change in 【】, as far as what they are judged by."""
    finding = one.findings[0]
    own = tuple(e for e in finding.evidence if not e.document)
    marked = replace(finding, evidence=(Evidence(_CHANGED, one.span), *own), repairs=())
    line = Text()
    for piece in passages(document, marked)[0].pieces:
        words = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", piece.text)
        if piece.mark is Mark.WRONG:
            line.append(f"【{words}】", "bold red")
        else:
            line.append(words)
    return line


def _line(page: Console, text: Text, indent: int) -> None:
    for line in wrapped(text, page.width - indent):
        page.print(Text(" " * indent).append(line), soft_wrap=True)
