"""增减: current against prior, with direction, amount and rate; and what they imply."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.claims.elsewhere import last_year_of, like_for_like
from validator.extract.claims.explained import unexplained
from validator.extract.labels import strip_period
from validator.facts import Basis, FigureKind, ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Span
    from validator.extract.desk import Desk
    from validator.extract.elements import Element
    from validator.extract.story import Change, Story, Value

ZERO, ONE = Decimal(0), Decimal(1)


def changes(desk: Desk) -> Iterator[Claim]:
    """One claim per change, and one per bridge of reasons."""
    for story in desk.stories:
        for change in story.changes:
            claim = _change(desk, story, change)
            if claim is not None:
                yield claim
            if len(change.reasons) > 1 and change.delta is not None:
                yield _bridge(desk, story, change)
        yield from _bridges_of_differences(desk, story)


@dataclass(slots=True)
class _Draft:
    """A change claim in the making: operands, words and where they stand."""

    slots: dict[str, Operand] = field(default_factory=dict)
    words: dict[str, Decimal] = field(default_factory=dict)
    places: dict[str, Span] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)

    def says(self, story: Story, element: Element, name: str, sign: int) -> None:
        """A direction word and its figure."""
        cleaned = story.cleaned
        self.words[name] = Decimal(sign)
        self.spans.append(cleaned.span(element.cue_start, element.end))
        self.places[name] = cleaned.span(
            element.cue_start, element.cue_start + len(element.cue)
        )


def _change(desk: Desk, story: Story, change: Change) -> Claim | None:
    draft = _Draft()
    current = _currents(desk, story, change)
    if change.level is not None:
        draft.slots["current"] = desk.only(change.level)
    elif operand := desk.scalar(current):
        draft.slots["current"] = operand
    _stated(desk, story, change, draft)
    if not draft.spans:
        return None
    draft.words["elsewhere"] = ZERO
    if like_for_like(desk, story, change):
        draft.slots.pop("current", None)
    elif operand := desk.scalar(_priors(desk, story, change, [v for v, _ in current])):
        draft.slots["prior"] = operand
    elif change.prior is not None:
        draft.slots["prior"] = desk.only(change.prior[1])
    elif operand := last_year_of(desk, change, [value for value, _ in current]):
        draft.slots["prior"] = operand
        draft.words["elsewhere"] = ONE
    against_budget = _against_budget(change)
    draft.words["budget"] = ONE if against_budget else ZERO
    draft.words["zero_base"] = _zero_base(desk, change, current)
    draft.words["from_zero"] = _from_zero(draft.slots)
    draft.words["base_year"], draft.words["own_year"] = _years(desk, change, current)
    first = current[0][0] if current else None
    draft.words["unexplained"] = ONE if unexplained(desk, story, change, first) else ZERO
    if (place := _year_place(story, change)) is not None:
        draft.places["base_year"] = place
    return Claim(
        ClaimKind.CHANGE,
        _whole_span(story, change, draft.spans),
        draft.slots,
        draft.words,
        story.section,
        current[0][0].label if current else change.label,
        "",
        draft.places,
    )


def _stated(desk: Desk, story: Story, change: Change, draft: _Draft) -> None:
    """What the sentence itself says: amount, rate, the new value, no change."""
    if change.delta is not None:
        draft.slots["amount"] = desk.only(change.delta.figure)
        draft.says(story, change.delta.element, "amount_direction", change.delta.sign)
    if change.rate is not None:
        element, figure = change.rate
        quantity = desk.figures[figure].quantity
        points = desk.figures[figure].kind is FigureKind.POINTS
        draft.slots["points" if points else "rate"] = desk.only(figure)
        # 下降-81.75% is a double negative: the words do not tell the direction.
        draft.says(
            story, element, "rate_direction", 0 if quantity.number < ZERO else element.sign
        )
    if change.to is not None:
        element = change.to.element
        draft.words["amount_direction"] = Decimal(element.sign)
        draft.spans.append(story.cleaned.span(element.start, element.end))
    if change.flat is not None:
        vague = "vague" in change.flat.flags
        draft.words["flat"], draft.words["vague"] = (ZERO, ONE) if vague else (ONE, ZERO)
        draft.spans.append(story.cleaned.span(change.flat.cue_start, change.flat.end))


def _whole_span(story: Story, change: Change, spans: list[Span]) -> Span:
    """From 比2019年 to the last figure, when the comparison stands in the same sentence."""
    span = spans[0]
    for other in spans[1:]:
        span = span.cover(other)
    if change.base is None or not change.base.start:
        return span
    base = story.cleaned.span(change.base.start, change.base.start + 1)
    between = story.cleaned.text.find("。", change.base.start)
    ends = story.cleaned.places[between] if between >= 0 else span.end
    return span.cover(base) if base.start < span.start <= ends else span


def _zero_base(desk: Desk, change: Change, current: list[tuple[Value, str]]) -> Decimal:
    """1 when an increase is printed as large as the amount itself: the prior value is nil."""
    if change.delta is None or change.delta.sign < 0:
        return ZERO
    rise = desk.figures[change.delta.figure].quantity.base
    same = [v for v, _ in current if desk.figures[v.figure].quantity.base == rise]
    return ONE if same and rise else ZERO


def _from_zero(slots: dict[str, Operand]) -> Decimal:
    """1 when all plausible prior values are zeros of the same measure."""
    if not {"current", "prior"} <= slots.keys():
        return ZERO
    now = slots["current"].candidates[0][0].figure.quantity
    before = [c[0].figure.quantity for c in slots["prior"].candidates]
    alike = all(q.unit.dimension is now.unit.dimension for q in before)
    return ONE if alike and all(q.number == ZERO for q in before) else ZERO


def _years(
    desk: Desk, change: Change, current: list[tuple[Value, str]]
) -> tuple[Decimal, Decimal]:
    """Year that a comparison names, and year of what is compared; 0 when not named."""
    base = change.base.year if change.base is not None else 0
    fact = desk.fact(current[0][0]) if current else None
    if base < _FIRST_YEAR or fact is None or not desk.coordinates.sure_of_year(current[0][0]):
        return ZERO, ZERO
    return Decimal(base), Decimal(fact.key.year)


def _year_place(story: Story, change: Change) -> Span | None:
    """Where the year that is compared with is printed."""
    if change.base is None or change.base.year < _FIRST_YEAR:
        return None
    found = story.cleaned.text.find(f"{change.base.year}年", change.base.start)
    return story.cleaned.span(found, found + _YEAR_WORD) if found >= 0 else None


_FIRST_YEAR = 1900
_YEAR_WORD = 5


def _currents(desk: Desk, story: Story, change: Change) -> list[tuple[Value, str]]:
    """Plausible current values: what the words name, else the amount before, else the whole.

    A comparison at the end of a list may be about the last item, the list's whole or the
    paragraph's subject; all three are offered.
    """
    if change.to is not None:
        return [(change.to, "减少为、增加到的数")]
    at = _start(change)
    generic = strip_period(change.label).strip("年度") in _GENERIC
    if change.label and not generic:
        found = _named(desk, story, change, at)
        if found or len(change.label) > 3:
            return _spent_first(desk, found)
    offered = [(change.subject, "句中前面的数")] if change.subject is not None else []
    if nearer := _before_last_year(desk, story, change):
        offered.insert(0, (nearer, "上年数前面的数"))
    offered += [(v, "所在分项的整体") for v in change.heads]
    plain = [v for v in story.values if v.sign == 0 and v.element.end <= at]
    offered += [(v, "句首的数") for v in plain if v.sentence == change.sentence][:1]
    if plain and (plain[0].list is None or generic):
        offered.append((plain[0], "段首的数"))
    measure = change.delta.measure if change.delta is not None else "money"
    alike = [(v, why) for v, why in offered if v.sign == 0 and v.measure == measure]
    found = [(v, why) for v, why in alike if _current(desk, v)]
    # 2021年度X，比2021年度增加: the year is wrong, but nothing else can be meant.
    found = found or [(v, why) for v, why in alike if _against(change, v)]
    return _spent_first(desk, found)


def _before_last_year(desk: Desk, story: Story, change: Change) -> Value | None:
    """X万元，上年Y万元，增加: what is compared stands in front of last year's amount."""
    subject = change.subject
    if subject is None or subject.sign or _current(desk, subject):
        return None
    before = [
        v
        for v in story.values
        if v.sentence == subject.sentence
        and v.element.end <= subject.element.start
        and v.measure == subject.measure
        and not v.sign
        and _current(desk, v)
    ]
    return before[-1] if before else None


def _spent_first(desk: Desk, found: list[tuple[Value, str]]) -> list[tuple[Value, str]]:
    """决算80万元，完成预算100万元的80%，比上年增加: what was spent changed, not the budget."""
    if desk.profile.kind is ReportKind.BUDGET:
        return found
    spent = [
        (v, w) for v, w in found if desk.identity(v).basis in (Basis.ACTUAL, Basis.UNKNOWN)
    ]
    return spent or found


_GENERIC = frozenset(
    {"", "收入", "支出", "总额", "合计", "总计", "收支", "资金", "经费", "总收入", "总支出"}
)


def _named(desk: Desk, story: Story, change: Change, at: int) -> list[tuple[Value, str]]:
    """Values that the words before the change name, nearest circle first."""
    named = [
        (v, w)
        for v, w in desk.named(change.label, story, at)
        if _current(desk, v)
        and (v is change.subject or desk.surely(change.label, v, story.block))
    ]
    named = desk.kin(named, change.subject, change.label)
    own = [(v, w) for v, w in named if v.block == story.block]
    if own:
        return own
    home = desk.root_section(story.section)
    section = [(v, w) for v, w in named if desk.root_section(desk.story_of(v).section) == home]
    if section:
        return section
    # Farther away only a value that is the same everywhere can be meant.
    prints = {desk.figures[v.figure].quantity for v, _ in named}
    known = desk.identifier.identify(change.label).known
    return named[:1] if known and len(prints) == 1 else []


def _start(change: Change) -> int:
    for element in (
        change.delta.element if change.delta else None,
        change.rate[0] if change.rate else None,
        change.flat,
    ):
        if element is not None:
            return element.start
    return 1 << 30


def _against(change: Change, value: Value) -> bool:
    """2021年度X，比2021年度增加: the year is wrong, but this is what is compared."""
    named = change.base.year if change.base is not None else 0
    return named > _FIRST_YEAR and named == value.year


def _current(desk: Desk, value: Value) -> bool:
    fact = desk.fact(value)
    return fact is not None and fact.key.year in desk.profile.years


def _priors(
    desk: Desk, story: Story, change: Change, currents: list[Value]
) -> Iterator[tuple[Value, str]]:
    """Prior values of the sentence: 上年末7.5万元; the budget, when that is the base."""
    if change.prior is not None:
        return
    against_budget = _against_budget(change)
    stage = change.base.basis if change.base is not None else Basis.UNKNOWN
    own_year = desk.year_at(desk.story_of(currents[0]), currents[0]) if currents else 0
    own_year = own_year or desk.profile.year
    wanted = own_year - 1
    if change.base is not None and change.base.year:
        wanted = change.base.year if change.base.year > 1900 else own_year + change.base.year
    items = {desk.identity(v).item for v in currents}
    # 比2024年预算数: the budget of that year; 比预算数 may be any.
    named_year = change.base is not None and change.base.year
    years = {wanted} if named_year else {wanted, own_year}
    own = {own_year, *(f.key.year for v in currents if (f := desk.fact(v)))}
    for value in story.values:
        if (
            value.sign
            or value.sentence != change.sentence
            or value.element.end > _start(change)
        ):
            continue
        fact = desk.fact(value)
        if fact is None or value in currents:
            continue
        named = fact.key.item in items or not fact.known
        if not fact.known and _parted(story, value, currents):
            continue  # …，上年10万元，增加8万元；B 3万元，比上年减少: that was of another item
        if stage is Basis.ACTUAL and fact.key.basis is not Basis.ACTUAL:
            continue  # 比上年执行数: 上年预算数 beside it is not meant
        budget = fact.key.basis not in (Basis.ACTUAL, Basis.UNKNOWN)
        if against_budget and budget and named and fact.key.year in years:
            yield value, "句中的预算数"
        elif not against_budget and named and fact.key.year == wanted not in own:
            yield value, "句中的上年数"


def _parted(story: Story, prior: Value, currents: list[Value]) -> bool:
    """Whether ； stands between a prior value and what is compared behind it."""
    if not currents or currents[0].element.start < prior.element.end:
        return False
    return "；" in story.cleaned.text[prior.element.end : currents[0].element.start]


def _against_budget(change: Change) -> bool:
    """Whether a change is measured against a budget, not against what was spent."""
    return change.base is not None and change.base.basis not in (Basis.UNKNOWN, Basis.ACTUAL)


def _bridge(desk: Desk, story: Story, change: Change) -> Claim:
    assert change.delta is not None  # noqa: S101 - the caller looked
    whole = desk.only(change.delta.figure)
    reasons = Operand(
        (tuple(Term(desk.figures[v.figure], v.sign or 1) for v in change.reasons),)
    )
    return Claim(
        ClaimKind.BRIDGE,
        desk.cover([whole, reasons], story),
        {"change": whole, "reasons": reasons},
        {"direction": Decimal(change.delta.sign), "items": Decimal(len(change.reasons))},
        story.section,
        change.label,
    )


def _bridges_of_differences(desk: Desk, story: Story) -> Iterator[Claim]:
    """决算与预算相差6.83万元，主要原因：…追加3.9万元…追减0.59万元."""
    for loose in story.differences:
        if loose.element.cue not in ("相差", "差额", "差额为"):
            continue
        after = [v for v in story.values if v.element.start > loose.element.end]
        reasons = [v for v in after if v.measure == "money"] + [
            c.delta
            for c in story.changes
            if c.delta
            and c.delta.measure == "money"
            and c.delta.element.start > loose.element.end
        ]
        unique = sorted({v.figure: v for v in reasons}.values(), key=lambda v: v.figure)
        if len(unique) > 1:
            whole = desk.only(loose.figure)
            terms = Operand((tuple(Term(desk.figures[v.figure], v.sign or 1) for v in unique),))
            yield Claim(
                ClaimKind.BRIDGE,
                desk.cover([whole, terms], story),
                {"change": whole, "reasons": terms},
                {"direction": ONE, "items": Decimal(len(unique))},
                story.section,
                loose.label,
            )
