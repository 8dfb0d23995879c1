"""Charts（图表）: the data behind a picture against the text it illustrates."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.facts import Figure, FigureKind
from validator.quantity import MONEY_UNITS, ONE, Dimension, Quantity, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import ChartPoint, ChartSeries
    from validator.extract.desk import Desk

ZERO = Decimal(0)
_RATIO = Unit("", Dimension.RATIO, ONE)
_YEAR = re.compile(r"^((?:19|20)\d{2})年?度?$")
_GENERIC = {
    "收入": (
        "total_revenue", "fiscal_total_revenue", "revenue", "fiscal_revenue", "total_both"),
    "支出": (
        "total_expenditure", "fiscal_total_expenditure", "expenditure", "general_expenditure",
            "fiscal_expenditure", "total_both"),
}  # fmt: skip


def chart_figures(desk: Desk, section_at: dict[int, int]) -> dict[int, list[Figure]]:
    """Make figures of all chart values → chart index to figures in reading order.

    Args:
        desk: Receives the figures.
        section_at: Section of each chart, by chart index.
    """
    made: dict[int, list[Figure]] = {}
    for chart in desk.document.charts:
        ratio = _is_ratio(chart.series)
        unit = MONEY_UNITS.get(desk.profile.unit, Unit("", Dimension.NUMBER, ONE))
        for series in chart.series:
            for point in series.points:
                exponent = int(point.value.as_tuple().exponent)
                quantum = ONE.scaleb(min(exponent, 0))
                kind = FigureKind.PERCENT if ratio else FigureKind.AMOUNT
                quantity = Quantity(point.value, _RATIO if ratio else unit, quantum)
                figure = Figure(
                    len(desk.figures), kind, quantity, point.span, section_at[chart.index]
                )
                desk.figures.append(figure)
                made.setdefault(chart.index, []).append(figure)
    return made


def _is_ratio(series: tuple[ChartSeries, ...]) -> bool:
    """Whether all values of a chart are shares of one."""
    values = [p.value for s in series for p in s.points]
    return (
        bool(values) and all(ZERO <= v <= ONE for v in values) and any(v < ONE for v in values)
    )


def chart_claims(
    desk: Desk, shares: list[Claim], figures: dict[int, list[Figure]]
) -> Iterator[Claim]:
    """Each chart value against the share or amount of that name in the text."""
    for chart in desk.document.charts:
        queue = iter(figures.get(chart.index, []))
        for series in chart.series:
            for point in series.points:
                figure = next(queue)
                if figure.quantity.unit.dimension is Dimension.RATIO:
                    yield from _share(desk, shares, point, figure)
                else:
                    yield from _amount(desk, shares, series, point, figure)


def _share(
    desk: Desk, shares: list[Claim], point: ChartPoint, figure: Figure
) -> Iterator[Claim]:
    item = desk.identifier.identify(point.label).item
    found = []
    for claim in shares:
        if claim.kind is not ClaimKind.SHARE or not claim.subject:
            continue
        other = desk.identifier.identify(claim.subject).item
        if other == item or _inside(point.label, claim.subject):
            found.append(claim.slots["share"].candidates[0])
    if found:
        yield _same(figure, tuple(dict.fromkeys(found)), point.label)


def _inside(label: str, other: str) -> bool:
    a, b = (re.sub(r"（类）|支出|及|费|经费|决算", "", x) for x in (label, other))
    return len(a) >= 4 and len(b) >= 4 and (a in b or b in a)


def _amount(
    desk: Desk, claims: list[Claim], series: ChartSeries, point: ChartPoint, figure: Figure
) -> Iterator[Claim]:
    year, name = desk.profile.year, point.label
    if found := _YEAR.match(point.label.strip()):
        year, name = int(found.group(1)), series.name.strip()
    elif found := _YEAR.match(series.name.strip()):
        year = int(found.group(1))
    items = _GENERIC.get(name.strip(), (desk.identifier.identify(name).item,))
    if year == desk.profile.year:
        values = [
            f
            for item in items
            for _, f in desk.with_item(item)
            if f.key.year == year and f.key.measure == "money"
        ]
        if values:
            unique = list({f.figure.quantity: (Term(f.figure),) for f in values}.values())
            yield _same(figure, tuple(unique[:16]), name)
    elif year == desk.profile.year - 1:
        yield from _implied(desk, claims, items, figure, name)


def _implied(
    desk: Desk, claims: list[Claim], items: tuple[str, ...], figure: Figure, name: str
) -> Iterator[Claim]:
    """Last year's bar against this year's amount and its change."""
    wanted = {f.figure.id for item in items for _, f in desk.with_item(item)}
    for direction in (1, -1):
        pairs = [
            c
            for c in claims
            if c.kind is ClaimKind.CHANGE
            and "amount" in c.slots
            and "current" in c.slots
            and c.words.get("amount_direction") == direction
            and not c.words.get("budget")
            and c.slots["current"].candidates[0][0].figure.id in wanted
        ]
        if pairs:
            slots = {
                "prior": Operand(((Term(figure),),)),
                "first_current": Operand(
                    tuple(dict.fromkeys(c.slots["current"].candidates[0] for c in pairs))
                ),
                "first_amount": Operand(
                    tuple(dict.fromkeys(c.slots["amount"].candidates[0] for c in pairs))
                ),
            }
            yield Claim(
                ClaimKind.PRIOR,
                figure.span,
                slots,
                {"first_direction": Decimal(direction), "chart": ONE},
                figure.section,
                name,
            )


def _same(figure: Figure, others: tuple[tuple[Term, ...], ...], label: str) -> Claim:
    slots = {"first": Operand(((Term(figure),),)), "second": Operand(others)}
    words = {"certain": ONE, "slip": ZERO, "chart": ONE, "coded": ZERO, "cells": ZERO}
    return Claim(ClaimKind.SAME, figure.span, slots, words, figure.section, label)
