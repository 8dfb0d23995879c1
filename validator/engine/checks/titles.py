"""Years in titles（标题里的年份）: the year that a report or an annex says it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.engine.outcome import Outcome
from validator.facts import FigureKind, ReportKind
from validator.findings import Evaluation, Evidence, Repair, RepairKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.outcome import Context
    from validator.engine.schema import Rule
    from validator.facts import Figure

_ABOUT = re.compile(
    r"年度?[^，。；：“”（）《》\d]{0,24}?(?:整体支出|绩效(?:评价|自评)|部门决算|单位决算)"
)
_LONGEST = 40
"""Characters of the longest paragraph that is a title."""
_BODY = 4000
"""Characters below a title that show which year it is about."""
_FEWEST = 3
_REPORTING = (ReportKind.FINAL_ACCOUNTS, ReportKind.PERFORMANCE)


def title_year(rule: Rule, context: Context) -> Iterator[Outcome]:
    """A title with another year than the report, over text that is about the report's year."""
    reading, text = context.reading, context.document.text
    if not reading.year or reading.kind not in _REPORTING:
        return
    for figure in reading.figures:
        if figure.kind is not FigureKind.YEAR or figure.flaw:
            continue
        if not _ABOUT.match(text, figure.span.end):
            continue
        year = int(figure.quantity.number)
        if year == reading.year:
            yield _outcome(rule, context, figure, Verdict.CONSISTENT)
        elif _is_title(context, figure) and _body_says(context, figure, year):
            yield _outcome(rule, context, figure, Verdict.INCONSISTENT)


def _is_title(context: Context, figure: Figure) -> bool:
    """Whether the year begins a paragraph that is short and says nothing."""
    block = context.document.block_at(figure.span.start)
    if block is None or block.span.end - block.span.start > _LONGEST:
        return False
    words = context.document.quote(block.span)
    return figure.span.start == block.span.start and not words.endswith(("。", "；", "，"))


def _body_says(context: Context, figure: Figure, year: int) -> bool:
    """Whether the text below names the report's year again and again, and this one hardly."""
    body = context.document.text[figure.span.end : figure.span.end + _BODY]
    own = len(re.findall(rf"(?<!\d){context.reading.year}\s*年", body))
    other = len(re.findall(rf"(?<!\d){year}\s*年", body))
    return own >= _FEWEST and own > 2 * other


def _outcome(rule: Rule, context: Context, figure: Figure, verdict: Verdict) -> Outcome:
    this = str(context.reading.year)
    evidence = Evidence("figure", figure.span, figure.quantity.number)
    evaluation = Evaluation(
        rule.id, rule.each, rule.category, verdict, "", (evidence,), (figure.id,)
    )
    values = {"year": context.document.quote(figure.span), "this": this}
    repair = Repair(figure.span, this, "报告年度", kind=RepairKind.YEAR)
    return Outcome(evaluation, values, (repair,) if verdict is Verdict.INCONSISTENT else ())
