"""The benchmark by planted errors（种错自测）: sample, plant, check, count.

The same reports, seed and limit give the same numbers, however many processes share the work.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from validator.bench.grounds import clean, traits
from validator.bench.marking import marked
from validator.bench.plants import plants
from validator.bench.prints import parsed
from validator.bench.rates import rate
from validator.bench.slips import Slip
from validator.errors import UnreadableDocument
from validator.findings import Severity
from validator.pool import pooled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    from validator.bench.grounds import Clean, Origin
    from validator.bench.marking import Mark
    from validator.bench.plants import Planted
    from validator.bench.rates import Rate
    from validator.engine.packs import RuleSet

    Item = TypeVar("Item")
    Result = TypeVar("Result")

_LOUD = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to plant（种错计划）.

    Attributes:
        kinds: Kinds of error, and honest changes.
        seed: Chooses the places and the digits.
        limit: Plants of a kind in all reports together, at most; 0 for all.
    """

    kinds: tuple[Slip, ...] = tuple(Slip)
    seed: int = 1
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """What can be planted in one report（底稿概况）.

    Attributes:
        name: The report.
        places: How many plants of each kind it takes.
        findings: Findings of error or warning that it has already.
        problem: Why nothing can be planted, one Chinese clause, or "".
        traits: Kinds of report that it belongs to, each with what is told apart.
    """

    name: str
    places: tuple[tuple[Slip, int], ...] = ()
    findings: int = 0
    problem: str = ""
    traits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """How one kind fared（得分）.

    Attributes:
        planted: How many were planted.
        detectable: How many of them contradict the report; None where nothing tells.
        overall: Found, of all.
        detection: Found, of those that should be.
        localisation: The first finding has the place in its evidence, of those found.
        naming: It underlines the place first of all, of those found.
        repair: Its first repair gives the clean report again, of those found.
        among: One of its repairs does, of those found.
        offered: It offers a repair, of those found.
        sound: Its first repair is right, of those offered.
        lone: ``repair`` where one stated relation is broken and nothing else can tell.
        proven: ``repair`` where several are.
        single: One finding tells it all, of those found.
        alarms: False alarms, of those where nothing contradicts itself.
        failed: How often the program itself failed.
    """

    planted: int
    detectable: int | None
    overall: Rate
    detection: Rate
    localisation: Rate
    naming: Rate
    repair: Rate
    among: Rate
    offered: Rate
    sound: Rate
    lone: Rate
    proven: Rate
    single: Rate
    alarms: Rate
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was planted, and how it fared（自测结果）.

    Attributes:
        plan: What was to be planted.
        surveys: Each report, in the order given.
        marks: Each plant, by report, kind and place.
    """

    plan: Plan
    surveys: tuple[Survey, ...]
    marks: tuple[Mark, ...]

    @property
    def scores(self) -> dict[Slip, Score]:
        """How each kind fared that was planted at all."""
        found = {slip: [m for m in self.marks if m.slip is slip] for slip in self.plan.kinds}
        return {slip: score(marks) for slip, marks in found.items() if marks}

    @property
    def by_trait(self) -> dict[str, dict[str, Score]]:
        """How errors fared in reports of each kind, where there are several kinds."""
        marks: dict[str, dict[str, list[Mark]]] = {}
        told = {survey.name: survey.traits for survey in self.surveys}
        for mark in self.marks:
            for trait, value in told[mark.report]:
                marks.setdefault(trait, {}).setdefault(value, []).append(mark)
        return {
            trait: {value: score(groups[value]) for value in sorted(groups)}
            for trait, groups in marks.items()
            if len(groups) > 1
        }

    @property
    def total(self) -> Score:
        """How all errors fared, honest changes left out but for their false alarms."""
        return score(self.marks)


def score(marks: Sequence[Mark]) -> Score:
    """Count marks."""
    errors = [mark for mark in marks if not mark.slip.honest]
    found = [mark for mark in errors if mark.found and mark.expected]
    known = [mark for mark in errors if mark.detectable is not None]
    return Score(
        planted=len(marks),
        detectable=sum(bool(m.detectable) for m in known) if known else None,
        overall=rate(mark.found for mark in errors),
        detection=rate(mark.found for mark in errors if mark.expected),
        localisation=rate(mark.located for mark in found),
        naming=rate(mark.named for mark in found),
        repair=rate(mark.repaired == 1 for mark in found),
        among=rate(mark.repaired > 0 for mark in found),
        offered=rate(mark.offered > 0 for mark in found),
        sound=rate(mark.repaired == 1 for mark in found if mark.offered),
        lone=rate(mark.repaired == 1 for mark in found if mark.violated == 1),
        proven=rate(mark.repaired == 1 for mark in found if mark.violated > 1),
        single=rate(mark.single for mark in found),
        alarms=rate(mark.alarm for mark in marks if mark.silent),
        failed=sum(mark.failed for mark in marks),
    )


def run(origins: Iterable[Origin], plan: Plan, ruleset: RuleSet, *, jobs: int = 1) -> Outcome:
    """Plant in reports and count what is found.

    Args:
        origins: Clean reports, each with a name of its own.
        plan: What to plant.
        ruleset: Rules to check with.
        jobs: Processes at once.
    """
    reports = list(origins)
    spread = partial(_spread, jobs=jobs)
    surveys = list(spread(partial(_survey, plan, ruleset), reports, _unsurveyed))
    chosen = _sample(surveys, plan)
    work = [(report, chosen[at]) for at, report in enumerate(reports) if chosen[at]]
    marks = [
        m for found in spread(partial(_mark, plan, ruleset), work, _unmarked) for m in found
    ]
    return Outcome(plan, tuple(surveys), tuple(marks))


def _spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    lost: Callable[[Item, BaseException], Result],
    *,
    jobs: int,
) -> Iterator[Result]:
    if jobs > 1 and len(items) > 1:
        return pooled(work, items, jobs, lost)
    return map(work, items)


def _survey(plan: Plan, ruleset: RuleSet, origin: Origin) -> Survey:
    try:
        base = clean(origin, ruleset)
    except UnreadableDocument as error:
        return Survey(origin.name, problem=str(error))
    except ValueError as error:
        return Survey(origin.name, problem=f"没有检查成：{error}")
    places = tuple((slip, len(_plants(base, plan, slip))) for slip in plan.kinds)
    loud = sum(finding.severity in _LOUD for finding in base.report.findings)
    return Survey(origin.name, places, loud, traits=traits(origin, base.report))


def _plants(base: Clean, plan: Plan, slip: Slip) -> list[Planted]:
    """Plants of a kind where nothing is wrong; honest changes that certainly are honest.

    A place more, or other digits in another unit, say more than was said: they are honest
    where the ledger finds that true values still satisfy the report.
    """
    loud = [f for f in base.report.findings if f.severity in _LOUD]
    taken = [e.span for f in loud for e in f.evidence]
    found = [
        one
        for one in plants(base.ground, slip, plan.seed)
        if not any(s.overlaps(one.figure) or s.overlaps(one.edit.span) for s in taken)
    ]
    if not slip.honest:
        return found
    if base.ledger is not None:
        return [one for one in found if not base.ledger.detectable([one.edit])]
    return [one for one in found if _no_finer(base, one)]


def _no_finer(base: Clean, planted: Planted) -> bool:
    """Whether the new print leaves room for every true value that the old one does."""
    before = parsed(base.ground.document.quote(planted.edit.span))
    after = parsed(planted.edit.text)
    return before is None or after is None or after.step >= before.step


def _sample(surveys: Sequence[Survey], plan: Plan) -> list[dict[Slip, list[int]]]:
    """Which plants of each report to try: every plant of a kind has the same chance."""
    chosen: list[dict[Slip, list[int]]] = [{} for _ in surveys]
    for slip in plan.kinds:
        every = [
            (at, k) for at, survey in enumerate(surveys) for k in range(_count(survey, slip))
        ]
        if plan.limit and len(every) > plan.limit:
            chance = random.Random(f"{plan.seed}:{slip}")  # noqa: S311 - a sample
            every = sorted(chance.sample(every, plan.limit))
        for at, k in every:
            chosen[at].setdefault(slip, []).append(k)
    return chosen


def _count(survey: Survey, slip: Slip) -> int:
    return dict(survey.places).get(slip, 0)


def _mark(
    plan: Plan, ruleset: RuleSet, work: tuple[Origin, dict[Slip, list[int]]]
) -> list[Mark]:
    origin, chosen = work
    base = clean(origin, ruleset)
    found = []
    for slip, numbers in chosen.items():
        every = _plants(base, plan, slip)
        found += [marked(base, every[k], ruleset) for k in numbers]
    return found


def _unsurveyed(origin: Origin, error: BaseException) -> Survey:
    return Survey(origin.name, problem=f"程序自己出错（{type(error).__name__}）")


def _unmarked(work: tuple[Origin, dict[Slip, list[int]]], error: BaseException) -> list[Mark]:
    """A process that died took the plants of its report along; no number would be right."""
    origin, _ = work
    raise RuntimeError(origin.name) from error
