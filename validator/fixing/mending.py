"""Make the repairs of a report in a copy（修改稿）, and check that copy again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import UsageError
from validator.findings import Finding, RepairGroup, Report, Status
from validator.fixing.proposals import proposals
from validator.fixing.workbench import Workbench
from validator.readers import load, read_bytes
from validator.rewriting import rewriter
from validator.run import check_document, shipped_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from validator.engine.packs import RuleSet
    from validator.facts import ReportKind
    from validator.fixing.results import Ask, Fixed

AUTOMATIC = frozenset({RepairGroup.WORDING, RepairGroup.YEARS})
"""Groups whose repairs are made without asking."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to change（修改要求）.

    Attributes:
        groups: Of which groups repairs are made without asking; never money.
        ask: Decides about each change of a figure; None changes no figure.
        wanted: Which findings to mend; all when None.
        date: Day of the tracked changes as ``2024-05-10``; "" for none, so that the same
            file gives the same copy on every day.

    Raises:
        ValueError: Money is among the groups.
    """

    groups: Collection[RepairGroup] = AUTOMATIC
    ask: Ask | None = None
    wanted: Callable[[Finding], bool] | None = None
    date: str = ""

    def __post_init__(self) -> None:
        if RepairGroup.MONEY in self.groups:
            msg = "no figure is changed unless somebody is asked: give ask"
            raise ValueError(msg)


def fix(
    source: Path | str | bytes,
    wishes: Wishes | None = None,
    *,
    name: str | None = None,
    ruleset: RuleSet | None = None,
    rounding: str = "nearest",
    year: int | None = None,
    kind: ReportKind | None = None,
) -> Fixed:
    """Make the first repair of each finding in a copy; the report itself is not touched.

    A change that would bring a new error or warning is not made. Figures are changed one by
    one, and only when somebody who is asked says so.

    Args:
        source: A path, or the bytes of a file.
        wishes: What to change; words and years when None.
        name: What to call it; the path as given when None.
        ruleset: Rules; the shipped ones when None.
        rounding: See ``check``.
        year: See ``check``.
        kind: See ``check``.

    Raises:
        UnreadableDocument: The file cannot be read as a report.
        UsageError: Files of this kind cannot be changed.
        RuleError: The shipped rules cannot be used.
    """
    wish = wishes or Wishes()
    data = source if isinstance(source, bytes) else load(Path(source))
    called = name or ("未命名" if isinstance(source, bytes) else Path(source).as_posix())
    tool = rewriter(data, called, wish.date)
    judge = partial(
        check_document,
        ruleset=ruleset if ruleset is not None else shipped_rules(),
        rounding=rounding,
        year=year,
        kind=kind,
    )

    def checked(copy: bytes) -> Report:
        report = judge(read_bytes(copy, called))
        if report.status is not Status.CHECKED:
            raise UsageError(report.error or "")
        return report

    before = checked(data)
    chosen = [f for f in before.findings if wish.wanted is None or wish.wanted(f)]
    bench = Workbench(data, before, tool, checked)
    possible = proposals(before, chosen)
    bench.make([one for one in possible if one.group in wish.groups])
    figures = [one for one in possible if one.group is RepairGroup.MONEY]
    if wish.ask is not None:
        bench.make_asking(figures, wish.ask)
    return bench.result(0 if wish.ask is not None else len(figures))
