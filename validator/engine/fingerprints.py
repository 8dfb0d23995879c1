"""Fingerprints of findings（指纹）: by what they are known again in the next copy of a report.

A baseline and a waiver name findings by fingerprint, so it is made of what a finding is about
and of nothing that moves when the rest of the report is edited or printed otherwise.

What goes in, and why:

- the report's **entity and year**: next year's report, and the neighbour's, repeat its
  sentences;
- the **rule and its assertion**: the same figures may break two rules;
- the **comparison that is told**, not those merged with it: how many others could be made
  differs between a Word file and its print;
- each figure of it with its **concept** (line item, year) and its **quote**; another
  digit or unit is another finding. They are a set: which stands first is layout;
- where no figure of it has a concept, the concepts of the figures that the sentence relates
  it to, else the **sentence**, figures and list numbers left out: what stands beside it may
  change, but 无 here is not 无 there;
- of words, the words and their sentence; the words alone where one finding tells all places.

What stays out: places, lines, headings, roles, the culprit, and the file's name and format. A
heading goes in only where it is itself what is wrong. Two findings alike in all this are twins
and are counted.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.document import Block, Document, Span
    from validator.engine.outcome import Outcome
    from validator.engine.schema import Rule
    from validator.facts import Fact, Figure
    from validator.findings import Evidence, Finding
    from validator.reading import Reading

_LENGTH = 16
_SEPARATOR, _WITHIN = "\x1f", "\x1e"
_MARK = re.compile(r"\[bookmark[:：][^\]\n]*\]")
_BLANK = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ALIKE = str.maketrans({
    **dict.fromkeys("“”„‟«»「」『』", '"'), **dict.fromkeys("‘’‚‛`", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"), "〔": "(", "〕": ")", "【": "[", "】": "]",
})  # fmt: skip
_NUMERAL = "零一二三四五六七八九十百"
_NUMBERING = re.compile(
    rf"(?:第(?:[{_NUMERAL}]+|\d+)(?:部分|[章节条])[、:]?|[{_NUMERAL}]{{1,4}}[、.]"
    rf"|\((?:[{_NUMERAL}]{{1,4}}|\d{{1,2}})\)、?|\d{{1,2}}(?:[、)]|\.(?!\d)))+"
)
_CIRCLED = re.compile("^[\u2460-\u2473\u2776-\u277f]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STOPS = "。；！？;!?"


@dataclass(frozen=True, slots=True)
class Concepts:
    """What a report's figures are about（科目）, by the place of each.

    Attributes:
        report: Entity and fiscal year of the report, as far as it tells them.
        starts: Where each figure that has a concept begins, in order.
        facts: Its facts, in the same order.
        figures: Every figure, by id.
        heads: Blocks that are headings of sections.
    """

    report: tuple[str, str]
    starts: tuple[int, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    heads: frozenset[int]

    def within(self, span: Span) -> Iterator[str]:
        """Concepts of the figures inside a span."""
        first, last = (bisect_left(self.starts, at) for at in (span.start, span.end))
        for fact in self.facts[first:last]:
            if fact.figure.span.end <= span.end:
                yield concept(fact)


def concepts_of(document: Document, reading: Reading) -> Concepts:
    """The concepts of a report, ready to be looked up."""
    facts = sorted(
        (fact for fact in reading.facts if fact.key.item), key=lambda fact: fact.figure.span
    )
    starts = (section.span.start for section in reading.sections if section.level)
    blocks = (document.block_at(start) for start in starts)
    return Concepts(
        (normalised(reading.entity), str(reading.year)),
        tuple(fact.figure.span.start for fact in facts),
        tuple(facts),
        reading.figures,
        frozenset(block.index for block in blocks if block is not None),
    )


def concept(fact: Fact) -> str:
    """Line item and year.

    The other coordinates stay out: a heading may declare the fund scope, and the basis of a
    bare amount is that of the kind of report, which a short excerpt does not tell surely.
    """
    return f"{normalised(fact.key.item)}@{fact.key.year}"


def normalised(text: str) -> str:
    """Words as every format prints them.

    NFKC, no blanks, no thousands separators, one kind of quotation mark and dash. Digits, units
    and trailing zeros stay: 31万元 and 31.00万元 are different statements.
    """
    text = unicodedata.normalize("NFKC", _MARK.sub("", text)).translate(_ALIKE)
    return _THOUSANDS.sub("", _BLANK.sub("", text))


def unnumbered(text: str) -> str:
    """Normalised words without the list numbers at the head of their lines（编号）."""
    return "".join(map(_unnumbered, text.split("\n")))


def _unnumbered(line: str) -> str:
    line = normalised(_CIRCLED.sub("", line.strip()))
    return line[numbered.end() :] if (numbered := _NUMBERING.match(line)) else line


def sentence(document: Document, span: Span) -> str:
    """The sentence around a place, without its list number and with # for every figure.

    In a table the words at the head of the row come before what the cell says.
    """
    block = document.block_at(span.start)
    bounds = block.span if block is not None else span
    text, end = document.text, min(span.end, bounds.end)
    before = max(text.rfind(stop, bounds.start, span.start) for stop in _STOPS) + 1
    start = max(before, bounds.start)
    if text[end - 1 : end] not in _STOPS:
        after = [text.find(stop, end, bounds.end) for stop in _STOPS]
        end = min((at for at in after if at >= 0), default=bounds.end)
    row = _row_head(document, block) if block is not None else ""
    return _masked(row, text[start:end])


@lru_cache(maxsize=64)
def _masked(row: str, words: str) -> str:
    """A sentence with # for every figure; many findings of a long one ask for it."""
    return _FIGURE.sub("#", row + unnumbered(words))


def _row_head(document: Document, block: Block) -> str:
    """The first words in the row of a cell, "" where the cell itself holds them."""
    if block.table < 0:
        return ""
    table = document.tables[block.table]
    for at in dict.fromkeys(table.grid[block.row]):
        if at >= 0 and _HAN.search(words := document.quote(table.cells[at].span)):
            own = table.cells[at].span.overlaps(block.span)
            return "" if own else f"{unnumbered(words)}|"
    return ""


def identity(document: Document, concepts: Concepts, rule: Rule, outcome: Outcome) -> str:
    """What a failed comparison is known by, as 16 hexadecimal digits.

    Args:
        document: Text with places.
        concepts: What its figures are about.
        rule: The rule that it breaks.
        outcome: The comparison.
    """
    evaluation = outcome.evaluation
    # Which number stands before a wrong one changes when headings are renumbered.
    places = evaluation.evidence[:1] if rule.kind == "numbering" else evaluation.evidence
    figures = [(one.span, one.unit or "") for one in places if one.value is not None]
    figures += _unshown(concepts, rule, outcome)
    about = [sorted({*concepts.within(span)}) for span, _ in figures]
    quotes = [_quote(document, span, unit) for span, unit in figures]
    context = {*_words(document, concepts, rule, places)}
    if figures and not any(about):
        context |= {*_related(concepts, outcome)} or {sentence(document, places[0].span)}
    parts = sorted(map(_WITHIN.join, zip(quotes, map(_WITHIN.join, about), strict=True)))
    return _digest(
        [*concepts.report, rule.id, evaluation.assertion, *parts, "", *sorted(context)]
    )


def _unshown(concepts: Concepts, rule: Rule, outcome: Outcome) -> Iterator[tuple[Span, str]]:
    """Figures that took part but are not underlined: 100% beside 决算数大于预算数."""
    evaluation, claim = outcome.evaluation, outcome.claim
    figures = {concepts.figures[at] for at in evaluation.figures}
    assertion = rule.assertions.get(evaluation.assertion)
    if claim is not None and assertion is not None:
        sides = {f"{slot}_side": operand.candidates[0] for slot, operand in claim.slots.items()}
        weighed = sides.keys() & set(assertion.names)
        figures |= {term.figure for side in weighed for term in sides[side]}
    for figure in figures:
        if not any(one.span.overlaps(figure.span) for one in evaluation.evidence):
            yield figure.span, str(figure.quantity.unit)


def _quote(document: Document, span: Span, unit: str) -> str:
    """A figure with its unit, which a table prints above it."""
    quote, unit = normalised(document.quote(span)), normalised(unit)
    return quote if quote.endswith(unit) else f"{quote}{unit}"


def _words(
    document: Document, concepts: Concepts, rule: Rule, places: Iterable[Evidence]
) -> Iterator[str]:
    """Words that are wrong, each with its sentence.

    Where a rule tells all places of some words at once, the words alone: the finding stays
    while its places are mended one by one. What is missing is named by the assertion; the
    heading below which it should stand is only the place to show.
    """
    at_once = "once" in rule.params or any("{count}" in m for m in rule.messages.values())
    for one in places:
        block = document.block_at(one.span.start)
        heading = block is not None and block.index in concepts.heads
        if one.value is None and not (heading and rule.kind == "presence"):
            words = unnumbered(document.quote(one.span))
            around = "" if at_once else sentence(document, one.span)
            yield f"{words}{_WITHIN}{around}"


def _related(concepts: Concepts, outcome: Outcome) -> Iterator[str]:
    """Concepts of the figures that a claim relates to the ones compared."""
    slots = outcome.claim.slots.values() if outcome.claim is not None else ()
    for term in (term for operand in slots for term in operand.candidates[0]):
        yield from concepts.within(term.figure.span)


def merged(fingerprints: Iterable[str]) -> str:
    """The fingerprint of findings told as one: another one among them is another finding."""
    return _digest(sorted(fingerprints))


def counted(findings: Sequence[Finding]) -> list[Finding]:
    """Findings in their order, twins told apart by how many came before."""
    seen: Counter[str] = Counter()
    out = []
    for finding in findings:
        print_ = finding.fingerprint
        seen[print_] += 1
        if seen[print_] > 1:
            print_ = _digest([print_, str(seen[print_])])
        out.append(replace(finding, fingerprint=print_))
    return out


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()[:_LENGTH]
