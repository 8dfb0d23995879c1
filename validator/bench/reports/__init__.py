"""Consistent reports of every kind in the manner of several provinces（范文生成）."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING

from validator.bench.reports.books import PLACES, PROFILES, open_books
from validator.bench.reports.budget import Budget
from validator.bench.reports.city import CITIES, City
from validator.bench.reports.execution_report import ExecutionReport, government_pen
from validator.bench.reports.final_accounts import FinalAccounts
from validator.bench.reports.pen import Pen
from validator.bench.reports.performance import Performance
from validator.bench.reports.style import STYLES_BY_ID
from validator.facts import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.bench.ledger import CleanReport

__all__ = ["KINDS", "STYLES", "generate", "reports"]

STYLES: tuple[str, ...] = tuple(STYLES_BY_ID)
_DEPARTMENTS = {
    ReportKind.FINAL_ACCOUNTS: FinalAccounts,
    ReportKind.BUDGET: Budget,
    ReportKind.PERFORMANCE: Performance,
}
KINDS: tuple[ReportKind, ...] = (*_DEPARTMENTS, ReportKind.EXECUTION_REPORT)


def generate(seed: int, kind: ReportKind, style: str) -> CleanReport:
    """A report that contradicts itself nowhere; the same for the same arguments.

    Args:
        seed: Which report.
        kind: One of ``KINDS``.
        style: One of ``STYLES``.

    Raises:
        KeyError: No such kind or style.
    """
    rng = Random(f"{seed}/{kind}/{style}")  # noqa: S311 - reports, not secrets
    pen = Pen(STYLES_BY_ID[style], rng)
    year = rng.randint(2020, 2024)
    if kind == ReportKind.EXECUTION_REPORT:
        pen = government_pen(pen)
        ExecutionReport(pen, City(rng), rng.choice(CITIES), year).write()
    else:
        place, profile = rng.choice(PLACES), rng.choice(PROFILES)
        books = open_books(rng, profile, drafted=kind == ReportKind.BUDGET)
        _DEPARTMENTS[kind](pen, books, profile, place, year).write()
    return pen.finish(f"{kind}-{style}-{seed:04}.txt", kind)


def reports(
    seed: int,
    count: int,
    kinds: Sequence[ReportKind] = KINDS,
    styles: Sequence[str] = STYLES,
) -> Iterator[CleanReport]:
    """Reports that take turns through kinds and styles.

    Args:
        seed: Seed of the first; each next report has the next one.
        count: How many.
        kinds: Kinds to take turns.
        styles: Styles to take turns.
    """
    turns = list(product(styles, kinds))
    for at in range(count):
        style, kind = turns[at % len(turns)]
        yield generate(seed + at, kind, style)
