"""What forms say was reached（完成情况）: money told in words, and goals that were all met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.document import BlockKind
from validator.extract.assessments import Words, funds_of
from validator.facts import Basis
from validator.quantity import ONE, ZERO, Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.document import Span
    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value
    from validator.facts import Figure

_BUDGETS = (Basis.FINAL_BUDGET, Basis.BUDGET)
_DONE = re.compile("完成|实现")
_OF_PROJECT = re.compile(r"[）.、\d]*([^，。；：（）]{2,24}?项目)")
_FEWEST = 2


def outcomes(desk: Desk) -> Iterator[Claim]:
    """Claims of money told in the goals, and of goals said to be met without any."""
    words = Words(desk.lexicon.performance)
    yield from _outlays(desk, words)
    idle = [*_idle_forms(desk, words), *_idle_paragraphs(desk)]
    for story in desk.stories if idle else ():
        for span in _achieved(desk, words, story):
            for one in idle:
                slots = {
                    "executed": Operand(((Term(one.executed),),)),
                    "budget": Operand(((Term(one.budget),),)),
                }
                yield Claim(
                    ClaimKind.ACHIEVED, span, slots, {"said": ONE}, story.section, one.name,
                    word_spans={"said": span},
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Idle:
    """A project that had a budget and spent nothing."""

    name: str
    budget: Figure
    executed: Figure


def _outlays(desk: Desk, words: Words) -> Iterator[Claim]:
    """使用资金26.7万元；…使用资金73.3万元 under 完成情况: not more than was spent in all."""
    cells = [(story, desk.document.blocks[story.block]) for story in desk.stories]
    for statement in desk.statements:
        totals = list(funds_of(statement, words))
        column = totals[0].stages.executed if len(totals) == 1 else None
        whole = statement.figure(totals[0].total, column) if column else None
        if whole is None:
            continue
        for story, block in cells:
            if block.table != statement.table or block.kind is not BlockKind.CELL:
                continue
            spent = [v for v in story.values if _is_outlay(words, v, story.cleaned.text)]
            place = (block.row, block.column)
            if len(spent) >= _FEWEST and _tells_result(statement.words, place):
                yield _outlay(desk, whole, spent)


def _tells_result(words: Mapping[tuple[int, int], str], place: tuple[int, int]) -> bool:
    """Whether the cell above says that results stand here."""
    row, column = place
    own = words.get(place, "")
    above = (words[r, column] for r in range(row - 1, -1, -1) if (r, column) in words)
    head = next((text for text in above if text != own), "")
    return _DONE.search(head) is not None and len(head) < len(own)


def _is_outlay(words: Words, value: Value, text: str) -> bool:
    plain = value.sign == 0 and value.measure == "money"
    return plain and value.label.endswith(words.spent) and not words.plans(text)


def _outlay(desk: Desk, whole: Figure, spent: Sequence[Value]) -> Claim:
    """All of them, or all but the greatest, which may be their sum."""
    terms = tuple(desk.term(v) for v in spent)
    greatest = max(terms, key=lambda term: term.figure.quantity.base)
    options = [terms]
    if len(terms) > _FEWEST:
        options.append(tuple(term for term in terms if term is not greatest))
    slots = {"whole": Operand(((Term(whole),),)), "parts": Operand(tuple(options))}
    first = terms[0].figure
    return Claim(ClaimKind.OUTLAY, first.span, slots, {}, first.section)


def _idle_forms(desk: Desk, words: Words) -> Iterator[_Idle]:
    for statement in desk.statements:
        for funds in funds_of(statement, words):
            budget, executed = (
                statement.figure(funds.total, column) if column else None
                for column in (funds.stages.budget, funds.stages.executed)
            )
            if budget is not None and executed is not None and _is_idle(budget, executed):
                yield _Idle(statement.title, budget, executed)


def _idle_paragraphs(desk: Desk) -> Iterator[_Idle]:
    """（1）…项目。全年预算数30万元，执行数为0万元."""
    for story in desk.stories:
        if desk.document.blocks[story.block].kind is BlockKind.CELL:
            continue
        found = _OF_PROJECT.search(story.cleaned.text)
        money = [v for v in story.values if v.measure == "money" and v.sign == 0]
        budgets = [v for v in money if desk.identity(v).basis in _BUDGETS]
        spent = [v for v in money if v.label.endswith("执行数")]
        if found and len(budgets) == len(spent) == 1:
            budget, executed = (desk.figures[v.figure] for v in (budgets[0], spent[0]))
            if _is_idle(budget, executed):
                yield _Idle(found[1], budget, executed)


def _is_idle(budget: Figure, executed: Figure) -> bool:
    money = {budget.quantity.unit.dimension, executed.quantity.unit.dimension}
    nothing = executed.interval.low == executed.interval.high == ZERO
    return money == {Dimension.MONEY} and nothing and budget.interval.low > ZERO


def _achieved(desk: Desk, words: Words, story: Story) -> Iterator[Span]:
    """Places that say that all goals were met, or all projects carried out."""
    text = story.cleaned.text
    year = str(desk.profile.year)
    for match in words.achieved.finditer(text):
        left = max(text.rfind("。", 0, match.start()), 0)
        head = text[left : match.start()]
        others = [found for found in re.findall(r"(?:19|20)\d{2}(?=年)", head) if found != year]
        if not others and not words.counts_aside(head) and not words.plans(match[0]):
            yield story.cleaned.span(*match.span())
