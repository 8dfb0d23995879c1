"""Numbers of projects（项目个数）: told twice, told beside the forms, told with their money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.document import BlockKind
from validator.extract.assessments import Words, funds_of, named_forms
from validator.facts import FigureKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Span
    from validator.extract.assessments import Named
    from validator.extract.desk import Desk
    from validator.extract.story import Story
    from validator.facts import Figure

_NUMERALS = "一二三四五六七八九十"
_COUNT = re.compile(
    rf"(\d{{1,4}}|[{_NUMERALS}]{{1,3}})个[^，。；：、\d]{{0,10}}?项目|项目(\d{{1,4}}|[{_NUMERALS}]{{1,3}})个"
)
_FULL_STOP = r"。|(?<=[^\d])\.(?=[^\d])"
_MARKS = re.compile(rf"[，；：]|,(?!\d)|(?<!\d),|{_FULL_STOP}")
_STOP = re.compile(_FULL_STOP)


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of projects, and what was done with them.

    Attributes:
        value: The number.
        span: Where it stands.
        figure: Its figure, where it is in digits.
        about: Which of the ``counts`` of the vocabulary.
        story: The paragraph.
        of: Words that tell which projects are meant.
        sentence: Words of its sentence.
        end: Where it ends in the paragraph.
    """

    value: Decimal
    span: Span
    figure: Figure | None
    about: str
    of: frozenset[str]
    story: Story
    sentence: str
    end: int


def project_counts(desk: Desk) -> Iterator[Claim]:
    """Claims of every number of projects that can be compared."""
    words = Words(desk.lexicon.performance)
    found = [one for story in desk.stories for one in _counts(desk, words, story)]
    forms = list(named_forms(desk.document, desk.lexicon))
    yield from _told_twice(found)
    for one in found:
        if one.about == "assessed":
            if not _is_listed(one, found):
                yield from _beside_forms(desk, words, one, forms)
            yield from _with_money(desk, words, one, forms)


def _counts(desk: Desk, words: Words, story: Story) -> Iterator[_Count]:
    text = story.cleaned.text
    if "项目" not in text or desk.document.blocks[story.block].kind is BlockKind.CELL:
        return
    figures = {
        v.element.number.start: desk.figures[v.figure]
        for v in story.values
        if v.element.number is not None
    }
    for match in _COUNT.finditer(text):
        group = 1 if match[1] else 2
        start, end = match.span(group)
        about = _about(words, text, match.start(), match.end())
        if about:
            left = max((m.end() for m in _STOP.finditer(text, 0, start)), default=0)
            stop = _STOP.search(text, end)
            sentence = text[left : stop.start() if stop else len(text)]
            of = words.counts_of(text[left : match.end()])
            yield _Count(
                _value(match[group]), story.cleaned.span(start, end + (group == 1)),
                figures.get(start), about, of, story, sentence, end,
            )  # fmt: skip


def _about(words: Words, text: str, start: int, end: int) -> str:
    """What is said of the projects: in the clause of the number, or in the one before."""
    cuts = [m.end() for m in _MARKS.finditer(text, 0, start)]
    first = cuts[-1] if cuts else 0
    stop = _MARKS.search(text, end)
    own = text[first : stop.start() if stop else len(text)]
    if words.counts_aside(own):
        return ""
    if about := words.counted(text[end : first + len(own)]) or words.counted(own):
        return about
    begins = text[first:start].lstrip("共计包含括为有约：") == ""
    if not cuts or _STOP.match(text, first - 1) or not begins:
        return ""
    before = text[cuts[-2] if len(cuts) > 1 else 0 : first]
    return "" if words.counts_aside(before) else words.counted(before)


def _value(numeral: str) -> Decimal:
    if numeral.isdecimal():
        return Decimal(numeral)
    tens, ten, ones = numeral.rpartition("十")
    units = _NUMERALS.find(ones) + 1 if ones else 0
    return Decimal((_NUMERALS.find(tens) + 1 if tens else 1) * 10 + units if ten else units)


def _told_twice(counts: Sequence[_Count]) -> Iterator[Claim]:
    """The first number of a kind against each later one, and against that of another kind."""
    first: dict[str, _Count] = {}
    for one in counts:
        if _is_listed(one, counts) or one.of:
            continue  # 一般公共预算5个、政府性基金2个
        if one.about in first:
            yield _pair(first[one.about], one, "same")
        else:
            first[one.about] = one
    for part, whole in (("monitored", "goals"), ("reported", "assessed")):
        if part in first and whole in first:
            yield _pair(first[whole], first[part], "within")


def _is_listed(one: _Count, counts: Sequence[_Count]) -> bool:
    """Whether its sentence counts other projects for the same purpose too."""
    return any(
        x is not one and x.story is one.story and x.about == one.about
        and x.sentence == one.sentence and x.value != one.value
        for x in counts
    )  # fmt: skip


def _pair(first: _Count, second: _Count, relation: str) -> Claim:
    """Two numbers of projects; those in Chinese numerals are words, not figures."""
    slots = {
        name: Operand(((Term(one.figure),),))
        for name, one in (("first", first), ("second", second))
        if one.figure is not None
    }
    words = {
        "before": first.value,
        "after": second.value,
        "within": Decimal(relation == "within"),
        "digits": Decimal({"first", "second"} == set(slots)),
    }
    places = {"before": first.span, "after": second.span}
    return Claim(
        ClaimKind.PROJECT_COUNT, second.span, slots, words, second.story.section, "",
        word_spans=places,
    )  # fmt: skip


def _beside_forms(
    desk: Desk, words: Words, count: _Count, forms: Sequence[Named]
) -> Iterator[Claim]:
    """对6个项目开展绩效自评，自评表见附件: as many forms must be there."""
    chosen = words.counts_of(count.sentence) or re.search("部分|选取|选择", count.sentence)
    if not forms or count.figure is None or chosen or not words.attached(count.sentence):
        return
    number = sum(len(form.names) for form in forms)
    slots = {"told": Operand(((Term(count.figure),),))}
    yield Claim(
        ClaimKind.PROJECT_FORMS, count.span, slots, {"forms": Decimal(number)},
        count.story.section,
    )  # fmt: skip


def _with_money(
    desk: Desk, words: Words, count: _Count, forms: Sequence[Named]
) -> Iterator[Claim]:
    """共涉及项目6个，涉及资金613.16万元: the sum of the budgets, or of what was spent."""
    tables = {form.table for form in forms if len(form.names) == 1}
    statements = [s for s in desk.statements if s.table in tables]
    totals = [list(funds_of(s, words)) for s in statements]
    if len(statements) != count.value or any(len(one) != 1 for one in totals):
        return
    money = [
        desk.figures[v.figure]
        for v in count.story.values
        if v.measure == "money" and v.sign == 0 and v.label.endswith(words.money)
        and v.element.start >= count.end
    ]  # fmt: skip
    if not money or money[0].kind is not FigureKind.AMOUNT:
        return
    options: list[tuple[Term, ...]] = []
    for stage in ("executed", "budget", "initial"):
        figures = [
            s.figure(funds.total, column)
            for s, (funds,) in zip(statements, totals, strict=True)
            if (column := getattr(funds.stages, stage)) is not None
        ]
        found = [figure for figure in figures if figure is not None]
        if len(found) == len(statements):
            options.append(tuple(Term(figure) for figure in found))
    if options:
        slots = {"whole": Operand(((Term(money[0]),),)), "parts": Operand(tuple(options))}
        yield Claim(ClaimKind.PROJECT_FUNDS, money[0].span, slots, {}, count.story.section)
