"""The desk（案头）: everything read so far of one document, for the makers of claims."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.claims import Operand, Term
from validator.extract.assessments import lines_of
from validator.extract.labels import same_name, strip_period
from validator.extract.tables import facts_of
from validator.facts import Basis, FundScope

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from validator.document import Document, Span
    from validator.extract.assessments import Lines
    from validator.extract.bearings import Bearing
    from validator.extract.coordinates import Coordinates
    from validator.extract.levels import Levels
    from validator.extract.lexicon import Lexicon
    from validator.extract.sections import Profile
    from validator.extract.story import Story, Value
    from validator.extract.subjects import Identifier, Identity
    from validator.extract.tallies import Chain
    from validator.facts import Fact, Figure, Section
    from validator.statements import Crossing, Statement

MAX_CANDIDATES = 16
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_LAST_YEAR = re.compile("^(?:上年|去年)")
_PLANNED = frozenset({Basis.BUDGET, Basis.ORIGINAL_BUDGET, Basis.FINAL_BUDGET})
# 收、支总计各增加…: the two totals stated one by one are meant as well.
_ALSO = {
    "total_both": ("total_revenue", "total_expenditure"),
    "fiscal_total_both": ("fiscal_total_revenue", "fiscal_total_expenditure"),
}


@dataclass(slots=True)
class Desk:
    """All stories of a document and ways to find a figure by name.

    Attributes:
        document: The report.
        lexicon: Vocabulary.
        profile: Kind, year, entity, unit.
        sections: Section tree.
        stories: One per block that was read, in order.
        figures: Every number.
        coordinates: Gives values their coordinates.
        statements: Tables that were understood.
        crossings: Numbers of the public forms among them.
        facts: Filled by ``gather_facts``.
        misscaled: Tables in another unit than they say, with the pairs of facts that show it;
            None until somebody asks.
    """

    document: Document
    lexicon: Lexicon
    profile: Profile
    sections: Sequence[Section]
    stories: list[Story]
    figures: list[Figure]
    coordinates: Coordinates
    statements: Sequence[Statement] = ()
    crossings: Sequence[Crossing] = ()
    facts: list[Fact] = field(default_factory=list)
    misscaled: dict[int, list[tuple[Fact, Fact]]] | None = None
    _by_item: dict[str, list[tuple[Value, Fact]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _story_at: dict[int, Story] = field(default_factory=dict)
    _fact_of: dict[int, Fact] = field(default_factory=dict)
    _lines: dict[int, Lines] = field(default_factory=dict)

    def lines(self, statement: Statement) -> Lines:
        """Rows of a table with weights or scores, read once."""
        if id(statement) not in self._lines:
            self._lines[id(statement)] = lines_of(statement)
        return self._lines[id(statement)]

    def gather_facts(self) -> None:
        """Give every value its coordinates."""
        self._story_at = {story.block: story for story in self.stories}
        for story in self.stories:
            for value, fact in self.coordinates.facts_of(story):
                self.facts.append(fact)
                if value is not None:
                    self._by_item[fact.key.item].append((value, fact))
                    self._fact_of[value.figure] = fact
        self.facts.extend(facts_of(self.crossings, self.lexicon))
        self.facts.sort(key=lambda f: f.figure.id)

    def add(self, facts: Sequence[Fact], crossings: Sequence[Crossing]) -> None:
        """Put what records state beside what the report says, after the facts are gathered."""
        self.facts += facts
        self.crossings = [*self.crossings, *crossings]

    def is_closed(self, family: str) -> bool:
        """Whether a list of a family is complete in this report."""
        return self.lexicon.is_closed(family, self.profile.kind)

    def is_partial(self, family: str) -> bool:
        """Whether a list of a family names only some of its members in this report."""
        return self.lexicon.is_partial(family, self.profile.kind)

    def sure_of_level(self, fact: Fact) -> bool:
        """Whether it is known which level a fact is of, or the report has only one."""
        if self.levels is None or fact.key.level:
            return True
        return not any(f.key.level for f in self.facts)

    @property
    def levels(self) -> Levels | None:
        """Words for levels of government, in reports of a whole government."""
        return self.coordinates.levels

    @property
    def identifier(self) -> Identifier:
        """Names labels."""
        return self.coordinates.identifier

    def identity(self, value: Value) -> Identity:
        """What a value's label names."""
        return self.coordinates.identity(value)

    def bearing(self, value: Value) -> Bearing:
        """Level, budget and year that the words around a value say."""
        return self.coordinates.bearing(value)

    def year_at(self, story: Story, value: Value | None = None) -> int:
        """Fiscal year that is meant where none is named."""
        return self.coordinates.year_at(story, value)

    def chains_of(self, story: Story) -> Sequence[Chain]:
        """Chains of sums in a block, in reports of a whole government."""
        return self.coordinates.chains_of(story)

    def fact(self, value: Value) -> Fact | None:
        """The fact of a value."""
        return self._fact_of.get(value.figure)

    def story_of(self, value: Value) -> Story:
        """The story that a value stands in."""
        return self._story_at[value.block]

    def with_item(self, item: str) -> list[tuple[Value, Fact]]:
        """Every value of a line item, in document order."""
        return self._by_item.get(item, [])

    def term(self, value: Value) -> Term:
        """The figure of a value as a term."""
        return Term(self.figures[value.figure], value.sign or 1)

    def scalar(self, values: Iterable[tuple[Value, str]]) -> Operand | None:
        """An operand of one figure with its plausible values, best first; None without any."""
        terms: list[tuple[Term, ...]] = []
        why: list[str] = []
        seen: set[int] = set()
        for value, reason in values:
            if value.figure not in seen and len(terms) < MAX_CANDIDATES:
                seen.add(value.figure)
                terms.append((Term(self.figures[value.figure]),))
                why.append(reason)
        return Operand(tuple(terms), tuple(why)) if terms else None

    def only(self, figure: int) -> Operand:
        """An operand that can be nothing else."""
        return Operand(((Term(self.figures[figure]),),), ("句中写明",))

    def cover(self, operands: Collection[Operand | None], story: Story) -> Span:
        """The words from the first to the last operand that stand in a story's block."""
        block = self.document.blocks[story.block].span
        spans = [
            term.figure.span
            for operand in operands
            if operand is not None
            for term in operand.candidates[0]
            if block.start <= term.figure.span.start < block.end
        ]
        if not spans:
            first = next(o for o in operands if o is not None)
            return first.candidates[0][0].figure.span
        result = spans[0]
        for span in spans[1:]:
            result = result.cover(span)
        return result

    def root_section(self, index: int) -> int:
        """The outermost numbered section (level ≤ 2) around a section."""
        section = self.sections[index]
        while section.level > 2 and section.parent > 0:
            section = self.sections[section.parent]
        return section.index

    def named(
        self, label: str, story: Story, before: int | None = None
    ) -> list[tuple[Value, str]]:
        """Values that a label may mean, nearest first: this block, this section, the report.

        Args:
            label: Cleaned words, such as 本年支出合计.
            story: Where it is said.
            before: Only values of this block that end before this place count.
        """
        identity = self.identifier.identify(label)
        found = [
            (value, f"本段的{value.label}")
            for value in reversed(story.values)
            if value.sign == 0
            and (before is None or value.element.end <= before)
            and self._alike(identity, label, value)
        ]
        if identity.known:
            everywhere = [
                (v, f)
                for v, f in self.with_item(identity.item)
                if v.block != story.block and f.key.year == self.year_at(story)
            ]
            home = self.root_section(story.section)
            everywhere.sort(key=lambda pair: self.root_section(pair[1].section) != home)
            found += [(v, f"报告中的{v.label}") for v, f in everywhere if v.measure == "money"]
        return found

    def surely(self, label: str, value: Value, block: int) -> bool:
        """Whether a value is of the fund, year and stage that a name itself says.

        占一般公共预算项目支出, 占2021年项目支出, 占项目支出预算: the 项目支出 of all funds, of
        this year, as carried out may turn out to be meant, but it cannot be held against the
        words. Within one block a name may be the short form of a longer one: 财政拨款支出
        after 一般公共预算财政拨款支出.
        """
        wanted, fact = self.identifier.identify(label), self.fact(value)
        if fact is None:
            return True
        own = fact.key
        short = value.block == block and value.label.endswith(strip_period(label))
        of_fund = short or wanted.scope in (FundScope.UNKNOWN, own.scope)
        planned = {wanted.basis, own.basis} <= _PLANNED
        of_stage = planned or wanted.basis in (Basis.UNKNOWN, own.basis)
        return of_fund and of_stage and self._year_of(label) in (0, own.year)

    def _year_of(self, label: str) -> int:
        """Year that a name says, or 0."""
        if found := _YEAR.search(label):
            return int(found.group(1))
        return self.profile.year - 1 if _LAST_YEAR.search(label) else 0

    def _alike(self, identity: Identity, label: str, value: Value) -> bool:
        other = self.identity(value)
        if identity.item == other.item:
            return True
        if other.item in _ALSO.get(identity.item, ()):
            return True
        return len(strip_period(label)) > 3 and same_name(label, value.label)

    def kin(
        self, found: Sequence[tuple[Value, str]], like: Value | None, label: str = ""
    ) -> list[tuple[Value, str]]:
        """Of values that a name may mean, those of the level and year of another value.

        Args:
            found: Values with reasons.
            like: A value that they are compared with.
            label: The name, which may say the level itself.
        """
        if self.levels is None or like is None:
            return list(found)
        year = fact.key.year if (fact := self.fact(like)) else self.bearing(like).year
        level = self.identifier.identify(label).grade or self.bearing(like).level
        near = [
            (v, why)
            for v, why in found
            if (own := self.fact(v)) is not None
            and year in (0, own.key.year)
            and (own.key.level == level or not level or not own.key.level)
        ]
        basis = fact.key.basis if fact else Basis.UNKNOWN
        same = [(v, why) for v, why in near if (f := self.fact(v)) and f.key.basis is basis]
        return same or near

    def section_heads(self, story: Story) -> list[tuple[Value, str]]:
        """The first amount of each earlier block of the section: its likely totals."""
        home = self.root_section(story.section)
        found = []
        for other in self.stories:
            if other.block >= story.block:
                break
            if self.root_section(other.section) == home and other.values:
                first = other.values[0]
                if first.sign == 0 and first.measure == "money":
                    found.append((first, f"本节前文的{first.label}"))
        return found[::-1]
