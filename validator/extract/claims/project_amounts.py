"""Amounts of projects（项目的钱）: budget and outlay of one project, wherever they stand.

A form of self-assessment, a table of projects and a paragraph may all say what a project was
given and what it spent. They are compared only where the project has the same name, and the
stage of the budget is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.document import BlockKind
from validator.extract.assessments import Words, funds_of, named_forms, stages_of
from validator.extract.assessments.words import bare
from validator.facts import Basis
from validator.quantity import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value
    from validator.facts import Figure
    from validator.statements import Statement

_NAMES = {
    Basis.ORIGINAL_BUDGET: "年初预算数",
    Basis.FINAL_BUDGET: "全年预算数",
    Basis.BUDGET: "预算数",
    Basis.ACTUAL: "执行数",
}
_ALIKE = {
    Basis.ORIGINAL_BUDGET: (Basis.ORIGINAL_BUDGET, Basis.BUDGET),
    Basis.FINAL_BUDGET: (Basis.FINAL_BUDGET, Basis.BUDGET),
    Basis.BUDGET: (Basis.BUDGET, Basis.FINAL_BUDGET, Basis.ORIGINAL_BUDGET),
    Basis.ACTUAL: (Basis.ACTUAL,),
}
"""预算数 alone may be that of either stage."""
_STAGE_LABEL = re.compile(r"(?:^|项目)(?:年初|全年|年度|调整后?)?(?:预算|执行)(?:安排)?数?$")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount of a project at a stage, with the place that says it."""

    name: str
    stage: Basis
    figure: Figure
    place: int


def project_amounts(desk: Desk) -> Iterator[Claim]:
    """One claim for each place that says again what a form says of its project."""
    words = Words(desk.lexicon.performance)
    names = {
        form.table: _key(form.names[0])
        for form in named_forms(desk.document, desk.lexicon)
        if len(form.names) == 1
    }
    known = [name for name in names.values() if len(name) >= _SHORTEST]
    if len(set(known)) < len(known):
        return  # two forms about one project: nobody knows which is meant
    found = list(_of_forms(desk, words, names))
    found += _of_cells(desk, names)
    found += _of_rows(desk, words, names, known)
    found += _of_words(desk, known)
    yield from _pairs(found)


def _key(name: str) -> str:
    """A project's name as it is compared: without quotes, blanks and 项目 behind."""
    return re.sub(r"[\s“”\"《》]|项目$|专项$", "", name)


def _of_forms(desk: Desk, words: Words, names: dict[int, str]) -> Iterator[_Amount]:
    """Totals of the forms of self-assessment."""
    for statement in desk.statements:
        totals = list(funds_of(statement, words))
        if statement.table not in names or len(totals) != 1:
            continue
        stages = totals[0].stages
        for column in (stages.initial, stages.budget, stages.executed):
            figure = statement.figure(totals[0].total, column) if column else None
            if figure is not None and column is not None:
                name = names[statement.table]
                yield _Amount(name, column.basis, figure, statement.table)


def _of_cells(desk: Desk, names: dict[int, str]) -> Iterator[_Amount]:
    """预算数： beside 50万元: forms that put each name beside its amount."""
    stories = {story.block: story for story in desk.stories}
    blocks = {(b.table, b.row, b.column): b.index for b in desk.document.blocks if b.table >= 0}
    for table in desk.document.tables:
        for cell in table.cells if table.index in names else ():
            block = blocks.get((table.index, cell.row, cell.column))
            label = bare(stories[block].cleaned.text) if block in stories else ""
            if block is None or not _STAGE_LABEL.match(label):
                continue
            right = ((table.index, cell.row, c) for c in range(cell.column + 1, table.columns))
            beside = next((blocks[place] for place in right if place in blocks), -1)
            values = stories[beside].values if beside in stories else []
            money = [v for v in values if v.measure == "money" and v.sign == 0]
            stage = desk.identifier.identify(label).basis
            if len(money) == 1 and stage in _ALIKE:
                figure = desk.figures[money[0].figure]
                yield _Amount(names[table.index], stage, figure, table.index)


def _of_rows(
    desk: Desk, words: Words, names: dict[int, str], known: Sequence[str]
) -> Iterator[_Amount]:
    """Rows of tables that list projects by name."""
    for statement in desk.statements:
        if statement.table not in names:
            yield from _listed(statement, words, known)


def _listed(statement: Statement, words: Words, known: Sequence[str]) -> Iterator[_Amount]:
    for band in statement.bands:
        for lane in band.lanes:
            stages = stages_of(lane, words)
            columns = [c for c in (stages.initial, stages.budget, stages.executed) if c]
            for row in lane.rows if len(columns) > 1 else ():
                name = _key(row.label)
                for column in columns if name in known else ():
                    figure = statement.figure(row, column)
                    if figure is not None:
                        yield _Amount(name, column.basis, figure, statement.table)


def _of_words(desk: Desk, known: Sequence[str]) -> Iterator[_Amount]:
    """Paragraphs about one project: 项目全年预算数50万元，执行数为48万元."""
    for story in desk.stories:
        if desk.document.blocks[story.block].kind is BlockKind.CELL:
            continue
        money = [v for v in story.values if v.measure == "money" and v.sign == 0]
        staged = [(v, stage) for v in money if (stage := _stage(desk, v)) in _ALIKE]
        name = _meant(story, staged, known) if staged else ""
        stages = [stage for _, stage in staged]
        for value, stage in staged if name else ():
            if stages.count(stage) == 1:
                yield _Amount(name, stage, desk.figures[value.figure], -1 - story.block)


def _stage(desk: Desk, value: Value) -> Basis:
    if not _STAGE_LABEL.search(value.label):
        return Basis.UNKNOWN
    return desk.identity(value).basis


def _meant(story: Story, staged: Sequence[tuple[Value, Basis]], known: Sequence[str]) -> str:
    """The one project that a paragraph is about."""
    text = re.sub(r"[“”\"《》]", "", story.cleaned.text)
    named = [name for name in known if name in text]
    named = [name for name in named if not any(name in other != name for other in named)]
    if len(named) == 1:
        return named[0]
    only = len(known) == 1 and not named and staged[0][0].label.startswith("项目")
    return known[0] if only else ""


def _pairs(found: Sequence[_Amount]) -> Iterator[Claim]:
    """Each amount against what the first place says of the same project and stage."""
    home: dict[str, int] = {}
    for one in found:
        if home.setdefault(one.name, one.place) == one.place:
            continue
        others = [
            x.figure
            for x in found
            if x.name == one.name and x.place == home[one.name] and x.stage in _ALIKE[one.stage]
        ]
        if others and all(_is_money(figure) for figure in (one.figure, *others)):
            slots = {
                "first": Operand(tuple((Term(figure),) for figure in others)),
                "second": Operand(((Term(one.figure),),)),
            }
            yield Claim(
                ClaimKind.PROJECT_AMOUNT, one.figure.span, slots, {}, one.figure.section,
                f"{one.name}{_NAMES[one.stage]}",
            )  # fmt: skip


def _is_money(figure: Figure) -> bool:
    return figure.quantity.unit.dimension is Dimension.MONEY
