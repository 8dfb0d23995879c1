"""Ranges（数字范围）: the least is not above the most, and one goal has one range.

A goal is often printed twice in a row of a form: as 三级指标 and as 指标值, each a numbered
list in one cell. Entries of one number that both plan, count the same thing and share words
speak of one goal. Ranges with the same words in two sentences may be of two years or two
places, so that is only worth a look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind
from validator.extract.labels import strip_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Table
    from validator.extract.desk import Desk
    from validator.extract.story import Spread, Story

ZERO, ONE = Decimal(0), Decimal(1)
Placed = tuple["Story", "Spread"]
# 表2-1名称, 第3-1项 are numbers of things; 由5%至3% is a movement; 100-80=20人 is a sum.
_NUMBERED = re.compile(r"(?:[表图件号页第条款栏行列项例章节A-Za-z\d.＋+×÷*/=＝-])$")
_MOVED = re.compile(r"[由从自降减跌]|截$")
_SUM = re.compile(r"[=＝×÷]")
# 3-1人员情况: the classifier begins another word.
_WORD = re.compile(
    r"名[称单录额义]|人[员民才大社均力口物工]|户[籍口均外]|个[人性体别]|项目|家[庭具电属]|期[间末初限]"
    r"|位[于置]|次[年日月序]|处[室理]|所[有得属]|间[接隔]|批[准复]|件数|条件|公里数"
)
_TIMES = re.compile(r"全年|当年|本年|年度|每年|今年|计|约|共|的|为|在|达到|其中|人次|人数|数量")
# Goals of two terms or two versions side by side may lawfully differ.
_TERMS = re.compile(
    r"中期|实施期|长期|规划期|周期|执行期|上年|去年|(?:调整|修订|变更).{0,4}[目指]标|[目指]标值?.{0,3}(?:调整|修订|变更)"
)
_HEADS = frozenset({"三级指标", "指标值", "绩效指标", "年度目标"})
_HEAD = 14
_NAMING = 4


def ranges(desk: Desk) -> Iterator[Claim]:
    """One claim per range, and one per pair of ranges that speak of one goal."""
    for story in desk.stories:
        for spread in story.spreads:
            yield _range(desk, story, spread)
    yield from _in_rows(desk)
    yield from _in_sentences(desk)


def _range(desk: Desk, story: Story, spread: Spread) -> Claim:
    slots = {"low": desk.only(spread.low), "high": desk.only(spread.high)}
    text = story.cleaned.text
    unclear = (
        _NUMBERED.search(spread.before)
        or _MOVED.search(spread.before)
        or _SUM.search(spread.before + spread.after)
        or _WORD.match(text, spread.end - 1)
        or spread.start == 0
    )
    return Claim(
        ClaimKind.RANGE,
        story.cleaned.span(spread.start, spread.end),
        slots,
        {"clear": ZERO if unclear else ONE},
        story.section,
        spread.before,
    )


def _in_rows(desk: Desk) -> Iterator[Claim]:
    """Numbered entries of two cells of one row."""
    blocks = desk.document.blocks
    rows: dict[tuple[int, int], dict[int, list[Placed]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for story in desk.stories:
        block = blocks[story.block]
        if block.table >= 0:
            for spread in story.spreads:
                rows[(block.table, block.row)][block.column].append((story, spread))
    with_ranges = {table for table, _ in rows}
    doubled = {
        table.index
        for table in desk.document.tables
        if table.index in with_ranges and _two_terms(desk, table)
    }
    for (table, _), row in rows.items():
        if table in doubled:
            continue
        for left, right in combinations(sorted(row), 2):
            yield from _pairs(desk, row[left], row[right])


def _two_terms(desk: Desk, table: Table) -> bool:
    """Whether a form holds the goals of two terms or versions side by side."""
    heads: set[tuple[int, str]] = set()
    for block in desk.document.blocks:
        if block.table != table.index:
            continue
        words = re.sub(r"\s", "", desk.document.quote(block.span))
        if len(words) > _HEAD:
            continue
        place = (block.row, words)
        if _TERMS.search(words) or (words in _HEADS and place in heads):
            return True
        heads.add(place)
    return False


def _pairs(desk: Desk, left: Sequence[Placed], right: Sequence[Placed]) -> Iterator[Claim]:
    """Entries of two lists with one number and one measure, each with one such range."""
    for first in left:
        other = [pair for pair in right if _entry(pair) == _entry(first)]
        alone = [pair for pair in left if _entry(pair) == _entry(first)]
        if len(other) == len(alone) == 1 and _one_goal(desk, first[1], other[0][1]):
            yield _claim(desk, other[0], first, certain=bool(first[1].item))


def _entry(pair: Placed) -> tuple[str, str]:
    return (pair[1].item, pair[1].measure)


def _one_goal(desk: Desk, first: Spread, second: Spread) -> bool:
    """Whether both plan, neither reports what was done, and they share words of the matter."""
    planned, done = desk.lexicon.cues["planned"], desk.lexicon.cues["carried_out"]
    for spread in (first, second):
        if not any(word in spread.before for word in planned):
            return False
        if any(word in spread.before for word in done):
            return False
    return bool(_matter(desk, first) & _matter(desk, second))


def _matter(desk: Desk, spread: Spread) -> set[str]:
    """Pairs of characters of the words around a range that say what it is about."""
    plain = re.compile("|".join(map(re.escape, desk.lexicon.cues["planned"])))
    words = _TIMES.sub("\0", plain.sub("\0", f"{spread.before}\0{spread.after}"))
    return {a + b for a, b in pairwise(words) if "\0" not in (a, b)}


def _in_sentences(desk: Desk) -> Iterator[Claim]:
    """Ranges of running text with the same words in front."""
    named: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for story in desk.stories:
        if desk.document.blocks[story.block].table < 0:
            for spread in story.spreads:
                words = strip_period(spread.before)
                if len(words) >= _NAMING:
                    named[(words, spread.measure)].append((story, spread))
    for group in named.values():
        for other in group[1:]:
            yield _claim(desk, other, group[0], certain=False)


def _claim(desk: Desk, here: Placed, there: Placed, *, certain: bool) -> Claim:
    story, spread = here
    slots = {
        "first_low": desk.only(spread.low),
        "first_high": desk.only(spread.high),
        "second_low": desk.only(there[1].low),
        "second_high": desk.only(there[1].high),
    }
    return Claim(
        ClaimKind.GOAL,
        story.cleaned.span(spread.start, spread.end),
        slots,
        {"certain": ONE if certain else ZERO},
        story.section,
        spread.before,
    )
