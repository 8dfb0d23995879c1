"""Coordinates（坐标）: what a value's words and their surroundings make of it as a fact.

Item, year, stage, fund, level: what the label does not say, the list, the paragraph and the
heading do. In a report of a whole government that is most of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from validator.extract.bearings import Bearing
from validator.extract.labels import side_of, stem, strip_period
from validator.extract.tables.crossings import SCOPED
from validator.extract.tallies import TOTALS, ChainReader
from validator.facts import Basis, Fact, FactKey, FundScope, ReportKind, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.bearings import Bearings
    from validator.extract.levels import Levels
    from validator.extract.lexicon import Lexicon
    from validator.extract.sections import Profile
    from validator.extract.story import Story, Value
    from validator.extract.subjects import Identifier, Identity
    from validator.extract.tallies import Chain
    from validator.facts import Figure, Section

_NOWHERE = Bearing()
_LEFT = ("surplus", "surplus_kept")
"""What is left of income over expenditure, of whatever fund was told just before."""
_BARE = 2
"""Characters of a label that names nothing by itself: 收入."""
_COUNTED = re.compile(r"的?([\u4e00-\u9fff]{0,6})")
_WITH_CARRIED = {"revenue": "total_revenue", "fiscal_revenue": "fiscal_total_revenue"}
"""Revenue that becomes a total when what was carried over is among its parts."""
_OF_THE_YEAR = re.compile("[本当]年|合计|^(?!.*预算)")
_SIDES = {"收入": "revenue", "支出": "expenditure"}
_FIRST_YEAR = 1900


@dataclass(slots=True)
class Coordinates:
    """Gives values their coordinates; built once per document.

    Attributes:
        lexicon: Vocabulary.
        profile: Kind, years, entity, unit.
        sections: Section tree.
        figures: Every number.
        identifier: Names labels.
        levels: Words for levels of government, in reports of a whole government.
        bearings: Follows level, budget and year through such a report.
    """

    lexicon: Lexicon
    profile: Profile
    sections: Sequence[Section]
    figures: Sequence[Figure]
    identifier: Identifier
    levels: Levels | None = None
    bearings: Bearings | None = None
    _bearing_of: dict[int, Bearing] = field(default_factory=dict)
    _chains: dict[int, list[Chain]] = field(default_factory=dict)

    def facts_of(self, story: Story) -> Iterator[tuple[Value | None, Fact]]:
        """Facts of a block, in order, with the values that state them."""
        if self.bearings is not None:
            self._bearing_of |= self.bearings.read(story)
            reader = ChainReader(self._named, lambda value: self.bearing(value).level)
            self._chains[story.block] = list(reader.read(story))
        for value in story.values:
            if value.sign == 0:
                yield value, self._fact(story, value)
        for fact in self._measured(story):
            yield None, fact

    def identity(self, value: Value) -> Identity:
        """What a value's label names."""
        return self.identifier.identify(value.label)

    def bearing(self, value: Value) -> Bearing:
        """Level, budget and year that the words around a value say."""
        return self._bearing_of.get(value.figure, _NOWHERE)

    def chains_of(self, story: Story) -> Sequence[Chain]:
        """Chains of sums in a block, in reports of a whole government."""
        return self._chains.get(story.block, ())

    def year_at(self, story: Story, value: Value | None = None) -> int:
        """Fiscal year that is meant where none is named: the heading's, or the report's."""
        if value is not None and (year := self.bearing(value).year):
            return year
        if self.bearings is not None and (year := self.bearings.of_section(story.section).year):
            return year
        return self.profile.year

    def sure_of_year(self, value: Value) -> bool:
        """Whether a year stands with a value or above it, in a report of two years."""
        return not self.profile.draft or bool(value.year or self.bearing(value).year)

    def _measured(self, story: Story) -> Iterator[Fact]:
        """Percentages that are neither shares nor rates: 满意度98%."""
        section = self.sections[story.section]
        for loose in story.measures:
            if not loose.label:
                continue
            name = stem(strip_period(loose.label))
            key = FactKey(name, self.year_at(story), Basis.ACTUAL, section.scope, "ratio")
            element = loose.element
            yield Fact(
                self.figures[loose.figure],
                key,
                loose.label,
                story.cleaned.span(min(element.start, element.label_start), element.end),
                story.section,
                False,
            )

    def _fact(self, story: Story, value: Value) -> Fact:
        identity = self._named(value)
        bearing = self.bearing(value)
        year = value.year if value.year is not None else 0
        year = year if year > _FIRST_YEAR else self.year_at(story, value) + year
        scope = self._scope(story, value, identity)
        tier = self.levels.tier(bearing.level) if self.levels is not None else Tier.UNKNOWN
        key = FactKey(
            self._item(story, value, identity, scope),
            year,
            self._basis(value, identity, year),
            scope,
            value.measure,
            self._parent(story, value, identity),
            bearing.level,
            tier,
        )
        start = value.label_start if value.label else value.element.start
        return Fact(
            self.figures[value.figure],
            key,
            value.label,
            story.cleaned.span(min(start, value.element.start), value.element.end),
            story.section,
            identity.known and not bearing.period,
            "reason" if value.reason else "part" if value.list is not None else "statement",
        )

    def _item(self, story: Story, value: Value, identity: Identity, scope: FundScope) -> str:
        """Line item, or the words themselves; of part of a year only, where they say so."""
        item = identity.item
        if value.measure != "money" and not identity.known:
            # 建档的200户困难职工: what is counted stands behind the number.
            counted = _COUNTED.match(story.cleaned.text, value.element.end)
            item = f"{item}…{counted.group(1) if counted else ''}"
        if not self.profile.of_government:
            return _WITH_CARRIED[item] if self._holds_carried(story, value, item) else item
        if total := self._total(story, value):
            item = total
        elif not value.label.endswith("合计"):
            item = SCOPED.get((item, scope), item)
        period = self.bearing(value).period
        return f"{item}（{period}）" if period else item

    def _holds_carried(self, story: Story, value: Value, item: str) -> bool:
        """收入预算602万元，其中：上年结转33万元: what it opens with is in it."""
        if item not in _WITH_CARRIED or _OF_THE_YEAR.search(value.label):
            return False
        parts = [v for s in story.lists if s.heads[:1] == [value] for v in s.parts]
        return any(self.identity(v).item == "opening" for v in parts)

    def _total(self, story: Story, value: Value) -> str:
        """What a chain of sums ends in is a total, whatever its name is, or ""."""
        ended = next((c for c in self.chains_of(story) if c.total is value), None)
        return TOTALS.get(ended.side, "") if ended and ended.parts[0][1] > 0 else ""

    def _named(self, value: Value) -> Identity:
        """What a value is of; 收入 and 其中：市本级收入 take their name from around."""
        identity = self.identity(value)
        if identity.known or len(identity.item) > _BARE or not self.profile.of_government:
            return identity
        side = side_of(identity.item)
        if value.list is not None:
            whole = self.identity(value.list.heads[0]) if value.list.heads else identity
            fits = (
                side in ("", side_of(value.list.heads[0].label)) if value.list.heads else False
            )
            named = whole.known and bool(identity.grade) and fits
            return replace(whole, grade=identity.grade) if named else identity
        item = SCOPED.get((_SIDES.get(side, ""), self.bearing(value).scope), "")
        return replace(identity, item=item, known=True) if item else identity

    def _scope(self, story: Story, value: Value, identity: Identity) -> FundScope:
        """Fund that the label names, else the one around it."""
        if identity.scope is not FundScope.UNKNOWN:
            return identity.scope
        if self.bearings is not None:
            return self.bearing(value).scope
        return self.sections[story.section].scope

    def _parent(self, story: Story, value: Value, identity: Identity) -> str:
        """Item that a value is a part of; for 结余 the fund that it is left of."""
        if identity.item in _LEFT:
            sides = [v for v in story.values if v.figure < value.figure and side_of(v.label)]
            near = [v for v in sides if v.segment == value.segment]
            far = [v for v in sides if v.list is None and value.list is None]
            return self.identity((near or far[-1:])[0]).item if near or far else ""
        if value.list is not None and value.list.heads:
            return self.identity(value.list.heads[0]).item
        return ""

    def _basis(self, value: Value, identity: Identity, year: int) -> Basis:
        """Stage of the budget: as the words say, else that of the whole, else as usual."""
        budget = self.profile.kind is ReportKind.BUDGET
        basis = identity.basis
        if basis is Basis.UNKNOWN and value.list is not None and value.list.heads:
            basis = self.identity(value.list.heads[0]).basis
        if basis is Basis.UNKNOWN:
            basis = self.bearing(value).basis
        if basis is Basis.UNKNOWN:
            draft = budget or (self.profile.draft and year >= self.profile.draft)
            return Basis.BUDGET if draft else Basis.ACTUAL
        return Basis.BUDGET if budget and basis is not Basis.ACTUAL else basis
