"""Kind ``figure``（数字类规则）: how single numbers are printed, and which year they name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.claims import ClaimKind
from validator.engine.checks.titles import title_year
from validator.engine.outcome import Outcome
from validator.facts import FigureKind, ReportKind, SectionRole
from validator.findings import Evaluation, Evidence, Repair, RepairKind, Verdict
from validator.quantity import MONEY_UNITS, YUAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.engine.outcome import Context
    from validator.engine.schema import Rule
    from validator.facts import Fact, Figure


_MONEY = re.compile(r"(?:资金|经费|投入|金额|补助|补贴|奖金|款项?)(?:共计?|约|达|计|为|合计)?$")
_BEFORE = 6
_UNIT = RepairKind.UNIT
_SLIP = {"comma": RepairKind.POINT}
"""What a test of figures mends, where it is not a unit."""


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Run one of the figure tests by name."""
    yield from _TESTS[rule.each](rule, context)


def _found(
    rule: Rule, context: Context, figure: Figure, values: dict[str, str], repair: str | None,
    because: str = "",
) -> Outcome:  # fmt: skip
    quote = context.document.quote(figure.span)
    evidence = Evidence(
        "figure", figure.span, figure.quantity.number, str(figure.quantity.unit) or None
    )
    evaluation = Evaluation(
        rule.id, rule.each, rule.category, Verdict.INCONSISTENT, "", (evidence,), (figure.id,)
    )
    kind = RepairKind.YEAR if figure.kind is FigureKind.YEAR else _SLIP.get(rule.each, _UNIT)
    useful = repair is not None and repair != quote
    repairs = (Repair(figure.span, repair or "", because, kind=kind),) if useful else ()
    return Outcome(evaluation, {"figure": quote} | values, repairs)


def _comma(rule: Rule, context: Context) -> Iterator[Outcome]:
    """69,07万元: a comma where the decimal point must be."""
    for figure in context.reading.figures:
        if figure.flaw == "comma":
            quote = context.document.quote(figure.span)
            fixed = re.sub(r"[,，](?=\d{1,2}\D)", ".", quote)
            yield _found(rule, context, figure, {"fixed": fixed}, fixed, "小数点误写为逗号")


def _no_unit(rule: Rule, context: Context) -> Iterator[Outcome]:
    """决算数为842.14，: an amount without its unit, where others have theirs."""
    unit = context.reading.default_unit
    if not unit:
        return
    for figure in context.reading.figures:
        if figure.flaw == "no_unit" and _in_accounts(context, figure):
            quote = context.document.quote(figure.span)
            yield _found(
                rule, context, figure, {"unit": unit}, quote + unit, f"其他金额的单位是{unit}"
            )


def _wan(rule: Rule, context: Context) -> Iterator[Outcome]:
    """12.5万: 万 without 元, where accounts stand or the words before it name money."""
    text = context.document.text
    for figure in context.reading.figures:
        start = figure.span.start
        money = _MONEY.search(text[max(0, start - _BEFORE) : start])
        if figure.flaw == "wan" and (money or _in_accounts(context, figure)):
            quote = context.document.quote(figure.span)
            yield _found(rule, context, figure, {}, quote + "元", "金额单位不完整")


def _damaged_year(rule: Rule, context: Context) -> Iterator[Outcome]:
    """截至202020年12月底: not a year."""
    for figure in context.reading.figures:
        if figure.flaw == "damaged_year":
            quote = context.document.quote(figure.span)
            year = str(context.reading.year or "")
            fits = bool(year) and (quote.startswith(year[:3]) or year[-2:] in quote)
            yield _found(
                rule, context, figure, {"year": year}, year if fits else None, "报告年度"
            )


def _stale_year(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Last year's number in front of this year's figure.

    Only where the very same figure stands elsewhere for the report year: that proves that
    the year, not the figure, is out of date.
    """
    reading = context.reading
    this_year: dict[tuple[str, str], list[Fact]] = {}
    for fact in reading.facts:
        if fact.key.year == reading.year:
            this_year.setdefault((fact.key.item, fact.key.measure), []).append(fact)
    for fact in reading.facts:
        if not fact.known or fact.key.year != reading.year - 1 or not reading.year:
            continue
        named = str(fact.key.year)
        year = next(
            (
                f
                for f in reading.figures
                if f.flaw == ""
                and f.span.start >= fact.span.start
                and f.span.end <= fact.figure.span.start
                and context.document.quote(f.span) == named
            ),
            None,
        )
        if year is None or fact.figure.quantity.number == 0:
            continue
        if _alone_among_siblings(context, fact):
            yield _found(
                rule,
                context,
                year,
                {
                    "year": named,
                    "this": str(reading.year),
                    "amount": context.document.quote(fact.figure.span),
                },
                str(reading.year),
                "同列各项都是本年度",
            )
            continue
        others = this_year.get((fact.key.item, fact.key.measure), [])
        same = [f for f in others if f.figure.interval.touches(fact.figure.interval)]
        if not same or any(_side_by_side(context, fact, other) for other in same):
            continue
        outcome = _found(
            rule,
            context,
            year,
            {
                "year": named,
                "this": str(reading.year),
                "amount": context.document.quote(fact.figure.span),
            },
            str(reading.year),
            "同一数字在报告其他地方属于本年度",
        )
        first = outcome.evaluation
        places = (
            *first.evidence,
            Evidence(
                "fact",
                fact.figure.span,
                fact.figure.quantity.number,
                str(fact.figure.quantity.unit),
            ),
            Evidence(
                "same",
                same[0].figure.span,
                same[0].figure.quantity.number,
                str(same[0].figure.quantity.unit),
            ),
        )
        yield Outcome(
            Evaluation(
                first.rule, first.assertion, first.category, first.verdict, "", places, ()
            ),
            outcome.values,
            outcome.repairs,
        )


def _side_by_side(context: Context, fact: Fact, other: Fact) -> bool:
    """2023年X，2022年为X，持平: two years in one paragraph are told apart on purpose."""
    return context.document.block_at(fact.span.start) == context.document.block_at(
        other.span.start
    )


_STAGE = re.compile(
    r"(?P<year>(?:19|20)\d{2})年度?(?P<stage>预算数|决算数|年初预算数?|支出决算)$"
)


def _alone_among_siblings(context: Context, fact: Fact) -> bool:
    """An item of a list that names another year than all the items around it."""
    own = _STAGE.search(fact.label)
    if own is None:
        return False
    years = [
        found.group("year")
        for other in context.reading.facts
        if other.section == fact.section
        and other is not fact
        and (found := _STAGE.search(other.label))
        and found.group("stage") == own.group("stage")
    ]
    return len(years) > 1 and set(years) == {str(context.reading.year)}


def _odd_unit(rule: Rule, context: Context) -> Iterator[Outcome]:
    """减少支出9.84元 where the amount it changes is 226.73万元."""
    for claim in context.reading.claims:
        if claim.kind is not ClaimKind.CHANGE or not {"amount", "current"} <= set(claim.slots):
            continue
        amount = claim.slots["amount"].candidates[0][0].figure
        currents = [c[0].figure for c in claim.slots["current"].candidates]
        large = MONEY_UNITS["万元"]
        if amount.quantity.unit != YUAN or amount.quantity.number == 0:
            continue
        # Under 1000 元 nobody speaks of a change of a sum in 万元.
        if any(f.quantity.unit != large for f in currents) or amount.quantity.number >= 1000:
            continue
        if any(f.quantity.number == 0 for f in currents):
            continue  # nothing has no order of magnitude
        quote = context.document.quote(amount.span)
        fixed = quote.replace("元", "万元")
        other = context.document.quote(currents[0].span)
        yield _found(
            rule, context, amount, {"other": other, "fixed": fixed}, fixed, f"同句金额 {other}"
        )


def _in_accounts(context: Context, figure: Figure) -> bool:
    return context.reading.sections[figure.section].role is SectionRole.ACCOUNTS


_AS_OF = re.compile(r"截[至止]$")
_YEAR_END = re.compile(r"年?(?:12月(?:31日|底|末)?|底|末|终)")


def _as_of(rule: Rule, context: Context) -> Iterator[Outcome]:
    """截至2020年12月31日: the end of the year reported, or of the one before a budget."""
    reading, text = context.reading, context.document.text
    if not reading.year:
        return
    budget = reading.kind is ReportKind.BUDGET
    allowed = {reading.year, reading.year - 1} if budget else {reading.year}
    for figure in reading.figures:
        if (
            figure.kind is not FigureKind.YEAR
            or figure.flaw
            or not _in_accounts(context, figure)
        ):
            continue
        start, end = figure.span.start, figure.span.end
        if not (_AS_OF.search(text[max(0, start - 2) : start]) and _YEAR_END.match(text, end)):
            continue
        year = int(figure.quantity.number)
        values = {"year": str(year), "this": str(reading.year)}
        outcome = _found(rule, context, figure, values, str(reading.year), "报告年度")
        if year in allowed:
            held = replace(outcome.evaluation, verdict=Verdict.CONSISTENT)
            yield Outcome(held, outcome.values)
        else:
            yield outcome


_TESTS: dict[str, Callable[[Rule, Context], Iterator[Outcome]]] = {
    "comma": _comma,
    "no_unit": _no_unit,
    "wan": _wan,
    "damaged_year": _damaged_year,
    "stale_year": _stale_year,
    "odd_unit": _odd_unit,
    "as_of": _as_of,
    "title_year": title_year,
}
FIGURE_TESTS = tuple(_TESTS)
