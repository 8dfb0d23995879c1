"""Bearings（所指级次、年度、预算）: what a report of a whole government leaves unsaid.

Such a report states the same items of several levels of government, of four budgets and of
two years: the budget carried out and the draft of the next one. A sentence names them once;
what follows means the same until something else is named. The heading above says the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from validator.extract.tallies import MAIN
from validator.facts import Basis, FundScope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.extract.levels import Levels
    from validator.extract.sections import Profile
    from validator.extract.story import Story, Value
    from validator.extract.subjects import Identifier
    from validator.facts import Section

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_NAMED_YEAR = re.compile(r"(?<![\d比较与占])((?:19|20)\d{2})年")
_MARK = re.compile(
    r"（?[一二三四五六七八九十\d]{1,3}(?:）|[、.．])|[①-⑩]|—|[一二三四五六七八九十]是"
)
_OPENING = re.compile(r"[^。：，；]{2,30}(?=[。：，；])")
_PERIOD = re.compile(
    r"\d{1,2}月?[-—至到](?!12月)\d{1,2}月|[一二三四两]季度|[上下]半年|前(?!12)\d{1,2}个?月"
    r"|截[至止](?!12)\d{1,2}月|(?<![年至到—-])(?<!\d)\d{1,2}月份"
)
BUDGETS = frozenset({FundScope.GENERAL, FundScope.FUND, FundScope.CAPITAL, FundScope.SOCIAL})
"""The four budgets of a government."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """Level, budget and year that a figure is of, as far as the words around it say.

    Attributes:
        level: Level of government in words, or "".
        scope: Budget, or unknown.
        year: Fiscal year, or 0.
        period: Part of a year, such as 1-4月, or "".
        basis: Stage of the budget, or unknown where what was carried out is meant.
    """

    level: str = ""
    scope: FundScope = FundScope.UNKNOWN
    year: int = 0
    period: str = ""
    basis: Basis = Basis.UNKNOWN


class Bearings:
    """Follows level, budget and year through a report; built once per document."""

    def __init__(
        self,
        about: Profile,
        sections: Sequence[Section],
        levels: Levels,
        identifier: Identifier,
        titles: Mapping[str, Any],
    ) -> None:
        """Read the headings.

        Args:
            about: Years of the report.
            sections: Section tree.
            levels: Words for levels.
            identifier: Names line items.
            titles: Words of titles, as in ``sections.yaml``.
        """
        self._about = about
        self._levels = levels
        self._identifier = identifier
        self._scopes = {
            FundScope(name): words
            for name, words in titles["scopes"].items()
            if FundScope(name) in BUDGETS
        }
        # Where the title names a part of a year, all is of that part.
        self._whole_year = not _PERIOD.search(levels.title.partition("报告")[0])
        self._of_section: dict[int, Bearing] = {}
        for section in sections:
            self._of_section[section.index] = self._heading(section)
        self._last = (-1, 0)
        self._item: tuple[int, Bearing] = (-1, Bearing())

    def _heading(self, section: Section) -> Bearing:
        above = self._of_section.get(section.parent, Bearing())
        years = {int(y) for y in _YEAR.findall(section.title)} & set(self._about.years)
        return Bearing(
            self._levels.only(section.title) or above.level,
            self._scope(section.title) or above.scope,
            years.pop() if len(years) == 1 else above.year,
            basis=_stage(section.title) or above.basis,
        )

    def _numbered(self, story: Story) -> Bearing:
        """What the heading says, or the numbered paragraph that this one goes on with."""
        above = self._of_section[story.section]
        section, around = self._item
        text = story.cleaned.text
        if section == story.section and not _MARK.match(text):
            return around
        found = _OPENING.match(text)
        words = found.group() if found and _MARK.match(text) else ""
        level = self._levels.only(words) or above.level
        here = replace(above, level=level, scope=self._scope(words) or above.scope)
        self._item = (story.section, here)
        return here

    def _scope(self, words: str) -> FundScope:
        """The one budget that words name, unknown where they name none or several."""
        named = [s for s, cues in self._scopes.items() if any(cue in words for cue in cues)]
        return named[0] if len(named) == 1 else FundScope.UNKNOWN

    def of_section(self, index: int) -> Bearing:
        """What the headings above say."""
        return self._of_section[index]

    def read(self, story: Story) -> dict[int, Bearing]:
        """Bearing of each value of a block, by figure id.

        A value in a list is of its whole's level, budget and year unless its own words say
        otherwise; what a list says does not go on behind it.
        """
        found: dict[int, Bearing] = {}
        here = self._opening(story)
        at = 0
        for value in story.values:
            number = value.element.number
            if number is None:
                continue
            own = self._own(story, value, at)
            at = number.end
            whole = value.list.heads[0] if value.list is not None and value.list.heads else None
            around = found.get(whole.figure, here) if whole is not None else here
            found[value.figure] = Bearing(
                own.level or around.level,
                own.scope if own.scope is not FundScope.UNKNOWN else around.scope,
                own.year or around.year,
                own.period or (around.period if whole is not None else ""),
                own.basis or around.basis,
            )
            if value.list is None and value.sign == 0 and self._names(value):
                here = replace(found[value.figure], year=here.year, period="")
                if not self._main(value):
                    here = replace(here, basis=around.basis)
        self._last = (story.section, here.year)
        return found

    def _names(self, value: Value) -> bool:
        """Whether a value says what it is of: 市本级62.85亿元 is an aside."""
        identity = self._identifier.identify(value.label)
        return identity.known or not identity.grade

    def _own(self, story: Story, value: Value, at: int) -> Bearing:
        """What the words since the value before say."""
        number = value.element.number
        text = story.cleaned.text[at : number.start] if number is not None else ""
        *before, own = _CLAUSE.split(text[text.rfind("。") + 1 :])
        identity = self._identifier.identify(value.label)
        year = value.year or 0
        done = bool(_DONE.search(own)) and "base_before" not in value.element.flags
        # 分级次看，市本级，收入62亿元: words alone name the level; 占全市的46.5% does not.
        named = (self._levels.last(c) for c in reversed(before) if not _MEASURED.search(c))
        return Bearing(
            identity.grade or next(filter(None, named), ""),
            identity.scope if identity.scope in BUDGETS else FundScope.UNKNOWN,
            year if year > _FIRST_YEAR else 0,
            self._period(story, value),
            Basis.ACTUAL if done else identity.basis,
        )

    def _main(self, value: Value) -> bool:
        """Whether a value is the revenue or expenditure of a budget: what follows is of it."""
        identity = self._identifier.identify(value.label)
        main = any(identity.item in items for items in MAIN.values()) or (
            identity.item in ("revenue", "expenditure") and identity.scope in BUDGETS
        )
        return main and "base_before" not in value.element.flags

    def _period(self, story: Story, value: Value) -> str:
        """Part of a year that the sentence names in front of a value: 1-4月, 上半年."""
        number = value.element.number
        if number is None or not self._whole_year or value.list is not None:
            return ""
        text = story.cleaned.text
        start = text.rfind("。", 0, number.start) + 1
        found = None
        for match in _PERIOD.finditer(text, start, number.start):
            found = match
        return found.group() if found else ""

    def _opening(self, story: Story) -> Bearing:
        """What a paragraph begins with: 2.政府性基金预算。, else what the heading says."""
        above = self._numbered(story)
        section, last = self._last
        last = last if section == story.section else 0
        text = story.cleaned.text
        found = _OPENING.match(text)
        words = found.group() if found else ""
        year = int(told.group(1)) if (told := _NAMED_YEAR.search(text)) else 0
        return Bearing(
            self._levels.last(words) or above.level,
            self._scope(words) or above.scope,
            above.year or (year if year in self._about.years else last),
            basis=_stage(words) or above.basis,
        )


def _stage(words: str) -> Basis:
    """Stage of the budget that a heading or the beginning of a paragraph is about."""
    if _CARRIED_OUT.search(words):
        return Basis.UNKNOWN
    return next((basis for cue, basis in _STAGES if cue.search(words)), Basis.UNKNOWN)


_CARRIED_OUT = re.compile("执行|完成|决算|草案")
_STAGES = (
    (re.compile("年初预算|年初安排"), Basis.ORIGINAL_BUDGET),
    (re.compile("调整后?预算|预算调整|预算变动"), Basis.FINAL_BUDGET),
    (re.compile("预算安排|批准的?[^，。]{0,12}预算|预算批准"), Basis.BUDGET),
)
_CLAUSE = re.compile("[，；：、]")
_MEASURED = re.compile(r"^(?:占|比|较|高于|低于|快于|慢于)|\d(?!\d*年)")
_DONE = re.compile(r"(?<![可])完成(?![^，。]*预算)|实现|执行数")
_FIRST_YEAR = 1900
