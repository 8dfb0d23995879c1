"""The desk（案头）: everything read so far of one document, for the makers of claims."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.claims import Operand, Term
from validator.extract.assessments import lines_of
from validator.extract.labels import same_name, stem, strip_period
from validator.extract.tables import facts_of
from validator.facts import Basis, Fact, FactKey, FundScope, ReportKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from validator.document import Document, Span
    from validator.extract.assessments import Lines
    from validator.extract.lexicon import Lexicon
    from validator.extract.sections import Profile
    from validator.extract.story import Story, Value
    from validator.extract.subjects import Identifier, Identity
    from validator.facts import Figure, Section
    from validator.statements import Crossing, Statement

MAX_CANDIDATES = 16
_COUNTED = re.compile(r"的?([\u4e00-\u9fff]{0,6})")
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
        identifier: Names labels.
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
    identifier: Identifier
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
            for value in story.values:
                if value.sign == 0:
                    fact = self._fact(story, value)
                    self.facts.append(fact)
                    self._by_item[fact.key.item].append((value, fact))
                    self._fact_of[value.figure] = fact
            self.facts.extend(self._measured(story))
        self.facts.extend(facts_of(self.crossings, self.lexicon))
        self.facts.sort(key=lambda f: f.figure.id)

    def add(self, facts: Sequence[Fact], crossings: Sequence[Crossing]) -> None:
        """Put what records state beside what the report says, after the facts are gathered."""
        self.facts += facts
        self.crossings = [*self.crossings, *crossings]

    def _measured(self, story: Story) -> Iterator[Fact]:
        """Percentages that are neither shares nor rates: 满意度98%."""
        section = self.sections[story.section]
        for loose in story.measures:
            if not loose.label:
                continue
            name = stem(strip_period(loose.label))
            key = FactKey(name, self.profile.year, Basis.ACTUAL, section.scope, "ratio")
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
        identity = self.identity(value)
        item = identity.item
        if value.measure != "money" and not identity.known:
            # 建档的200户困难职工: what is counted stands behind the number.
            counted = _COUNTED.match(story.cleaned.text, value.element.end)
            item = f"{item}…{counted.group(1) if counted else ''}"
        section = self.sections[story.section]
        year = value.year if value.year is not None else 0
        year = year if year > 1900 else self.profile.year + year
        basis = identity.basis
        if basis is Basis.UNKNOWN and value.list is not None and value.list.heads:
            basis = self.identity(value.list.heads[0]).basis
        if basis is Basis.UNKNOWN:
            basis = Basis.BUDGET if self.profile.kind is ReportKind.BUDGET else Basis.ACTUAL
        elif self.profile.kind is ReportKind.BUDGET and basis is not Basis.ACTUAL:
            basis = Basis.BUDGET
        scope = identity.scope if identity.scope is not FundScope.UNKNOWN else section.scope
        parent = ""
        if value.list is not None and value.list.heads:
            parent = self.identity(value.list.heads[0]).item
        key = FactKey(item, year, basis, scope, value.measure, parent)
        start = value.label_start if value.label else value.element.start
        return Fact(
            self.figures[value.figure],
            key,
            value.label,
            story.cleaned.span(min(start, value.element.start), value.element.end),
            story.section,
            identity.known,
            "reason" if value.reason else "part" if value.list is not None else "statement",
        )

    def identity(self, value: Value) -> Identity:
        """What a value's label names."""
        return self.identifier.identify(value.label)

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
                if v.block != story.block and f.key.year == self.profile.year
            ]
            home = self.root_section(story.section)
            everywhere.sort(key=lambda pair: self.root_section(pair[1].section) != home)
            found += [(v, f"报告中的{v.label}") for v, f in everywhere if v.measure == "money"]
        return found

    def _alike(self, identity: Identity, label: str, value: Value) -> bool:
        other = self.identity(value)
        if identity.item == other.item:
            return True
        if other.item in _ALSO.get(identity.item, ()):
            return True
        return len(strip_period(label)) > 3 and same_name(label, value.label)

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
