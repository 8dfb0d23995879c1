"""Bearings（所指级次、年度、预算）: what a report of a whole government leaves unsaid.

Such a report states the same items of several levels of government, of four budgets and of
two years: the budget carried out and the draft of the next one. A sentence names them once;
what follows means the same until something else is named. The heading above says the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from validator.facts import FundScope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.extract.levels import Levels
    from validator.extract.sections import Profile
    from validator.extract.story import Story, Value
    from validator.extract.subjects import Identifier
    from validator.facts import Section

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
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
    """

    level: str = ""
    scope: FundScope = FundScope.UNKNOWN
    year: int = 0
    period: str = ""


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
        self._whole_year = not _PERIOD.search(levels.title)
        self._of_section: dict[int, Bearing] = {}
        for section in sections:
            self._of_section[section.index] = self._heading(section)
        self._last: tuple[int, Bearing] = (-1, Bearing())

    def _heading(self, section: Section) -> Bearing:
        above = self._of_section.get(section.parent, Bearing())
        years = {int(y) for y in _YEAR.findall(section.title)} & set(self._about.years)
        return Bearing(
            self._levels.last(section.title) or above.level,
            section.scope if section.scope in BUDGETS else above.scope,
            years.pop() if len(years) == 1 else above.year,
        )

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
            )
            if value.list is None and value.sign == 0:
                here = replace(found[value.figure], year=here.year, period="")
        self._last = (story.section, here)
        return found

    def _own(self, story: Story, value: Value, at: int) -> Bearing:
        """What the words since the value before say."""
        number = value.element.number
        gap = story.cleaned.text[at : number.start] if number is not None else ""
        identity = self._identifier.identify(value.label)
        year = value.year or 0
        return Bearing(
            identity.grade or self._levels.last(gap),
            identity.scope if identity.scope in BUDGETS else FundScope.UNKNOWN,
            year if year > _FIRST_YEAR else 0,
            self._period(story, value),
        )

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
        """What a paragraph begins with: 2.政府性基金预算。, else the heading, else the last."""
        around = self._of_section[story.section]
        section, last = self._last
        if section == story.section:
            around = Bearing(around.level or last.level, around.scope or last.scope, around.year)
        found = _OPENING.match(story.cleaned.text)
        words = found.group() if found else ""
        named = [s for s, cues in self._scopes.items() if any(cue in words for cue in cues)]
        year = 0
        if not around.year and (years := _YEAR.findall(story.cleaned.text)):
            year = int(years[0]) if int(years[0]) in self._about.years else 0
        return Bearing(
            self._levels.last(words) or around.level,
            named[0] if len(named) == 1 else around.scope,
            around.year or year,
        )


_FIRST_YEAR = 1900
