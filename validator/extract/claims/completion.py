"""完成率: actual against budget, in figures and in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.elsewhere import actual_elsewhere, budget_elsewhere
from validator.extract.elements import Role
from validator.extract.labels import is_mute, same_name, stem, strip_period
from validator.facts import Basis
from validator.quantity import HUNDRED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Span
    from validator.extract.desk import Desk
    from validator.extract.story import Completion, Story, Value
    from validator.facts import Fact

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
    yield from _splits(desk, made)


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
    words["elsewhere"] = ZERO
    if actual := desk.scalar(actuals):
        slots["actual"] = actual
    elif completion.base is not None and (
        actual := actual_elsewhere(desk, desk.fact(completion.base))
    ):
        slots["actual"] = actual
        words["elsewhere"] = ONE
    if budget := desk.scalar(budgets):
        slots["budget"] = budget
    elif budget := _far(desk, completion, actuals):
        slots["budget"] = budget
        words["elsewhere"] = ONE
    if not slots:
        return None
    words["measured"] = ONE if {"actual", "budget"} <= set(slots) else ZERO
    words["rated"] = ONE if "rate" in slots else ZERO
    words["empty"] = ONE if _all_zero(slots.get("budget")) else ZERO
    words["none"] = ONE if _all_zero(slots.get("rate")) else ZERO
    words["unbudgeted"] = ONE if _unbudgeted(desk, story, completion) else ZERO
    if completion.rate is not None and completion.rate[0].number is not None:
        # 完成预算100% is said of equality, so the printed digits are taken at their word.
        stated = completion.rate[0].number.quantity.number
        words["rate_side"] = Decimal((stated > HUNDRED) - (stated < HUNDRED))
    span = spans[0]
    for other in spans[1:]:
        span = span.cover(other)
    subject = actuals[0][0].label if actuals else completion.label
    return Claim(ClaimKind.COMPLETION, span, slots, words, story.section, subject, "", places)


def _far(
    desk: Desk, completion: Completion, actuals: list[tuple[Value, str]]
) -> Operand | None:
    """The budget told elsewhere, where the sentence gives only the rate."""
    base = completion.rate[0].base if completion.rate is not None else None
    if base is None or len(actuals) != 1:
        return None
    return budget_elsewhere(desk, desk.fact(actuals[0][0]), base.basis)


def _unbudgeted(desk: Desk, story: Story, completion: Completion) -> bool:
    """年初无预算，…完成年初预算的95%: the sentence itself says that there was none."""
    if completion.rate is None or completion.rate[0].base is None:
        return False
    if completion.rate[0].base.basis is not Basis.ORIGINAL_BUDGET:
        return False
    at = completion.rate[0].start
    text = story.cleaned.text
    sentence = text[text.rfind("。", 0, at) + 1 : at]
    return any(words in sentence for words in desk.lexicon.cues["unbudgeted"])


def _elsewhere(
    desk: Desk, story: Story, actual: Value, wanted: Basis
) -> Iterator[tuple[Value, str]]:
    """完成调整后预算的96.75%: the one amount of the section that is called 调整后预算."""
    home = desk.root_section(story.section)
    found = [
        v
        for other in desk.stories
        if desk.root_section(other.section) == home
        for v in other.values
        if v.measure == "money"
        and v.sign == 0
        and desk.identity(v).basis is wanted
        and _same_topic(desk, v, actual)
    ]
    if len({desk.figures[v.figure].quantity for v in found}) == 1:
        yield found[0], "本节写明的预算数"


def _same_topic(desk: Desk, budget: Value, actual: Value) -> bool:
    """Whether two stages are of one item and fund: the whole's budget is not that of a part."""
    funds = {desk.identity(v).scope for v in (budget, actual) if not is_mute(v.label)}
    if len(funds) > 1:
        return False
    a, b = strip_period(stem(budget.label)), strip_period(stem(actual.label))
    return is_mute(a) or is_mute(b) or same_name(a, b) or same_name(b, a)


def _all_zero(operand: Operand | None) -> bool:
    """Whether every candidate is printed as zero."""
    return operand is not None and all(
        c[0].figure.quantity.number == ZERO for c in operand.candidates
    )


def _actuals(desk: Desk, story: Story, completion: Completion) -> Iterator[tuple[Value, str]]:
    at = _start(completion)
    near = [
        v
        for v in story.values
        if v.sign == 0
        and v.measure == "money"
        and v.sentence == completion.sentence
        and v.element.end <= at
        # 执行数45万元，结余5万元，执行率90%: what is left over was not carried out.
        and v.element.role is not Role.DIFFERENCE
        and not _is_budget(desk, v)
    ]
    if completion.subject is not None and completion.subject in near:
        yield completion.subject, "句中的决算数"
        return
    if near:
        yield near[-1], "句中的决算数"
    elif completion.base is not None:
        # 为调整预算数2,000万元的95.5%，支出1,910万元: the actual amount comes after.
        after = [
            v
            for v in story.values
            if v.sign == 0
            and v.measure == "money"
            and v.sentence == completion.sentence
            and v.element.start >= at
            and not _is_budget(desk, v)
        ]
        yield from ((v, "句中后面的决算数") for v in after[:1])


def _budgets(
    desk: Desk, story: Story, completion: Completion, actuals: list[Value]
) -> Iterator[tuple[Value, str]]:
    if completion.base is not None:
        yield completion.base, "句中写明的预算数"
        return
    at = _start(completion)
    stated = completion.rate[0] if completion.rate else completion.relation
    wanted = stated.base.basis if stated is not None and stated.base else None
    found = [
        v
        for v in story.values
        if v.sign == 0
        and v.measure == "money"
        and v.element.end <= at
        and _is_budget(desk, v)
        and v.sentence in (completion.sentence, completion.sentence - 1)
        and v not in actuals
    ]
    # The budget of an earlier sentence counts only when the actual value has no own one.
    found = [v for v in found if not actuals or _same_topic(desk, v, actuals[0])]
    own = [v for v in found if v.sentence == completion.sentence] or found
    if actuals and actuals[0].element.start:
        after = [v for v in own if v.element.end <= actuals[0].element.start]
        own = after[-2:] or own
    if (
        not own
        and completion.rate is not None
        and completion.rate[0].cue.endswith(("率", "进度"))
    ):
        # 下达9,600万元，支出9,360万元，支出进度97.5%: what was given out is the budget.
        outer = [
            v
            for v in story.values
            if v.sign == 0
            and v.measure == "money"
            and v.list is None
            and v.element.end <= at
            and v.sentence == completion.sentence
            and v not in actuals
        ]
        if len(outer) == 1 and actuals:
            yield outer[0], "句中下达的数"
    if not own and actuals and wanted in (Basis.FINAL_BUDGET, Basis.ORIGINAL_BUDGET):
        yield from _elsewhere(desk, story, actuals[0], wanted)
        return
    named = [
        v for v in own if wanted and _basis(desk, v) is wanted and wanted is not Basis.BUDGET
    ]
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


def _splits(desk: Desk, made: dict[int, Claim]) -> Iterator[Claim]:
    """A total's completion must follow from the completions of all its parts."""
    for family, whole in desk.lexicon.wholes.items():
        members = desk.lexicon.members(family)
        totals = [v for v, f in desk.with_item(whole) if _stands(desk, f)]
        judged = [_judged(desk, item, made) for item in members]
        missing = any(
            p is None and any(_spent(desk, v) for v, _ in desk.with_item(i))
            for i, p in zip(members, judged, strict=True)
        )
        if not missing:
            yield from _split(desk, totals, [p for p in judged if p], made, family)
    for story in desk.stories:
        for scope in story.lists:
            if scope.outline and scope.heads and len(scope.parts) > 1:
                parts = [(v, made[v.figure]) for v in scope.parts if v.figure in made]
                if len(parts) == len(scope.parts):
                    yield from _split(desk, scope.heads[:1], parts, made, "outline")


def _split(
    desk: Desk, totals: list[Value], parts: list[tuple[Value, Claim]], made: dict[int, Claim],
    dimension: str,
) -> Iterator[Claim]:  # fmt: skip
    rated: list[tuple[Term, Term]] = []
    level: list[Term] = []
    for value, claim in parts:
        if not _spent(desk, value):
            continue
        if "rate" in claim.slots:
            rated.append((desk.term(value), claim.slots["rate"].candidates[0][0]))
        elif claim.words.get("relation") == ZERO:
            level.append(desk.term(value))
        else:
            return
    total = next(
        (t for t in totals if t.figure in made and "rate" in made[t.figure].slots), None
    )
    if total is None or len(rated) + len(level) < 2 or not rated:
        return
    claim = made[total.figure]
    slots = {
        "actual": desk.only(total.figure),
        "rate": claim.slots["rate"],
        "part_actuals": Operand((tuple(a for a, _ in rated),)),
        "part_rates": Operand((tuple(r for _, r in rated),)),
        "level_actuals": Operand((tuple(level),)),
    }
    names = ("stated", "measured", "empty", "none", "unbudgeted", "elsewhere")
    words = dict.fromkeys(names, ZERO)
    yield Claim(
        ClaimKind.COMPLETION,
        claim.span,
        slots,
        {**words, "split": ONE, "rated": ONE},
        claim.section,
        total.label,
        dimension,
    )


def _judged(desk: Desk, item: str, made: dict[int, Claim]) -> tuple[Value, Claim] | None:
    for value, fact in desk.with_item(item):
        if value.figure in made and _stands(desk, fact):
            return value, made[value.figure]
    return None


def _stands(desk: Desk, fact: Fact) -> bool:
    return fact.key.year == desk.profile.year and fact.key.measure == "money"


def _spent(desk: Desk, value: Value) -> bool:
    return desk.figures[value.figure].quantity.number != ZERO
