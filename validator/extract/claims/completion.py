"""完成率: actual against budget, in figures and in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.facts import Basis, Claim, ClaimKind, Operand, Term

from validator.quantity import HUNDRED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Span
    from validator.extract.desk import Desk
    from validator.extract.scopes import Completion, Story, Value

ZERO, ONE = Decimal(0), Decimal(1)


def completions(desk: Desk) -> Iterator[Claim]:
    """One claim per completion rate or relation to the budget, and one per split total."""
    made: dict[int, Claim] = {}
    for story in desk.stories:
        for completion in story.completions:
            claim = _completion(desk, story, completion)
            if claim is not None:
                if completion.subject is not None:
                    made[completion.subject.figure] = claim
                yield claim
    yield from _of_families(desk, made)


def _completion(desk: Desk, story: Story, completion: Completion) -> Claim | None:
    slots: dict[str, Operand] = {}
    words: dict[str, Decimal] = {"stated": ZERO, "split": ZERO}
    places: dict[str, Span] = {}
    spans: list[Span] = []
    if completion.rate is not None:
        element, figure = completion.rate
        slots["rate"] = desk.only(figure)
        spans.append(story.cleaned.span(element.cue_start or element.start, element.end))
    if completion.relation is not None:
        words |= {"relation": Decimal(completion.relation.sign), "stated": ONE}
        place = story.cleaned.span(completion.relation.cue_start, completion.relation.end)
        places["relation"] = place
        spans.append(place)
    actuals = list(_actuals(desk, story, completion))
    budgets = list(_budgets(desk, story, completion, [v for v, _ in actuals]))
    if actual := desk.scalar(actuals):
        slots["actual"] = actual
    if budget := desk.scalar(budgets):
        slots["budget"] = budget
    if not slots:
        return None
    words["measured"] = ONE if {"actual", "budget"} <= set(slots) else ZERO
    words["rated"] = ONE if "rate" in slots else ZERO
    if completion.rate is not None and completion.rate[0].number is not None:
        # 完成预算100% is said of equality, so the printed digits are taken at their word.
        stated = completion.rate[0].number.quantity.number
        words["rate_side"] = Decimal((stated > HUNDRED) - (stated < HUNDRED))
    span = spans[0]
    for other in spans[1:]:
        span = span.cover(other)
    subject = actuals[0][0].label if actuals else completion.label
    return Claim(ClaimKind.COMPLETION, span, slots, words, story.section, subject, "", places)


def _actuals(desk: Desk, story: Story, completion: Completion) -> Iterator[tuple[Value, str]]:
    at = _start(completion)
    near = [
        v for v in story.values
        if v.sign == 0 and v.measure == "money" and v.sentence == completion.sentence
        and v.element.end <= at and not _is_budget(desk, v)
    ]
    if completion.subject is not None and completion.subject in near:
        yield completion.subject, "句中的决算数"
        return
    if near:
        yield near[-1], "句中的决算数"


def _budgets(
    desk: Desk, story: Story, completion: Completion, actuals: list[Value]
) -> Iterator[tuple[Value, str]]:
    if completion.base is not None:
        yield completion.base, "句中写明的预算数"
        return
    at = _start(completion)
    wanted = completion.rate[0].base.basis if completion.rate and completion.rate[0].base else None
    found = [
        v for v in story.values
        if v.sign == 0 and v.measure == "money" and v.element.end <= at and _is_budget(desk, v)
        and v.sentence in (completion.sentence, completion.sentence - 1) and v not in actuals
    ]
    # The budget of an earlier sentence counts only when the actual value has no own one.
    own = [v for v in found if v.sentence == completion.sentence] or found
    if actuals and actuals[0].element.start:
        after = [v for v in own if v.element.end <= actuals[0].element.start]
        own = after[-2:] or own
    named = [v for v in own if wanted and _basis(desk, v) is wanted and wanted is not Basis.BUDGET]
    for value in named or own[::-1]:
        yield value, "句中的预算数"


def _is_budget(desk: Desk, value: Value) -> bool:
    return _basis(desk, value) not in (Basis.ACTUAL, Basis.UNKNOWN)


def _basis(desk: Desk, value: Value) -> Basis:
    return desk.identity(value).basis


def _start(completion: Completion) -> int:
    if completion.rate is not None:
        return completion.rate[0].end
    return completion.relation.end if completion.relation is not None else 1 << 30


def _of_families(desk: Desk, made: dict[int, Claim]) -> Iterator[Claim]:
    """A total's completion must follow from the completions of all its parts."""
    for family, whole in desk.lexicon.wholes.items():
        totals = _rated(desk, whole, made)
        members = desk.lexicon.members(family)
        parts = [_rated(desk, item, made) for item in members]
        stated = [p[0] for p in parts if p]
        if not totals or len(stated) < 2:
            continue
        missing = [i for i, p in zip(members, parts, strict=True) if not p and _nonzero(desk, i)]
        if missing:
            continue
        total, claim = totals[0]
        rates = [_rate(claim_) for _, claim_ in stated]
        if any(r is None for r in rates):
            continue
        slots = {
            "actual": desk.only(total.figure), "rate": claim.slots["rate"],
            "part_actuals": Operand((tuple(desk.term(v) for v, _ in stated if _spent(desk, v)),)),
            "part_rates": Operand(
                (tuple(r for (v, _), r in zip(stated, rates, strict=True) if r and _spent(desk, v)),)
            ),
        }
        if len(slots["part_actuals"].candidates[0]) < 2:
            continue
        yield Claim(
            ClaimKind.COMPLETION, claim.span, slots, {"stated": ZERO, "split": ONE, "measured": ZERO, "rated": ONE},
            claim.section, total.label, family,
        )


def _rated(desk: Desk, item: str, made: dict[int, Claim]) -> list[tuple[Value, Claim]]:
    return [
        (value, made[value.figure])
        for value, fact in desk.with_item(item)
        if value.figure in made and fact.key.year == desk.profile.year
        and "rate" in made[value.figure].slots
    ]


def _rate(claim: Claim) -> Term | None:
    return claim.slots["rate"].candidates[0][0] if "rate" in claim.slots else None


def _spent(desk: Desk, value: Value) -> bool:
    return desk.figures[value.figure].quantity.number != ZERO


def _nonzero(desk: Desk, item: str) -> bool:
    return any(_spent(desk, value) for value, _ in desk.with_item(item))
