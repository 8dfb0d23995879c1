"""Numbers of a lower level that look like their own heading's（上下级编号相同）.

（一） right under the heading （二）, or 一、 under （二）: nobody can say which one is meant.
It is certain only where the heading is short and the list starts at once, or behind one
paragraph that ends with a colon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.engine.checks.labels import labels
from validator.engine.checks.wording import words_of
from validator.engine.outcome import Outcome
from validator.findings import Evaluation, Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.document import Document
    from validator.engine.checks.labels import Label
    from validator.engine.schema import Rule

_UNDER = {
    "chinese": ("chinese", "bracket", "dot", "comma", "inner"),
    "bracket": ("bracket", "dot", "comma", "inner"),
}
"""Under headings of which looks a list of a look has no place."""
_LONGEST = 30


def nested(rule: Rule, document: Document) -> Iterator[Outcome]:
    """Yield every list that begins with the look of its own heading, or of a level above."""
    found = [one for one in labels(document) if one.cell < 0]
    for above, first, second in zip(found, found[1:], found[2:], strict=False):
        begins = first.value == 1 and second.style == first.style and second.value > 1
        outward = above.style in _UNDER.get(first.style, ())
        lost = above.automatic or first.automatic
        if begins and outward and not lost and _follows(document, above, first):
            yield _outcome(rule, document, above, first)


def _follows(document: Document, above: Label, first: Label) -> bool:
    """Whether the list stands right under the heading."""
    head = document.block_at(above.span.start)
    item = document.block_at(first.span.start)
    if head is None or item is None or head.index == item.index:
        return False
    heading = words_of(document, head.index).rstrip("。：")
    if len(heading) > _LONGEST or any(mark in heading for mark in "，。；"):
        return False
    between = [
        words
        for index in range(head.index + 1, item.index)
        if (words := words_of(document, index))
    ]
    plain = all(
        document.blocks[index].kind is not BlockKind.CELL
        for index in range(head.index, item.index)
    )
    return plain and (not between or (len(between) == 1 and between[0].endswith("：")))


def _outcome(rule: Rule, document: Document, above: Label, first: Label) -> Outcome:
    label, before = document.quote(first.span), document.quote(above.span)
    evidence = (Evidence("label", first.span), Evidence("before", above.span))
    evaluation = Evaluation(
        rule.id,
        "nested",
        rule.category,
        Verdict.INCONSISTENT,
        f"{before} 下面是 {label}",
        evidence,
    )
    return Outcome(evaluation, {"label": label, "before": before})
