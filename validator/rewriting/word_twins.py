"""The second copy of a text box（文本框的备份）: older programs show it instead of the first.

Word writes a drawing twice, as a new shape and as its fallback; whoever changes only one
gives two files in one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.word_package import W
from validator.readers.word_runs import MC
from validator.rewriting.word_places import Anchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

_BOX = f"{W}txbxContent"


def twins(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The same places in the fallback; none where there is none or it says something else."""
    paragraph = next(anchors[0].element.iterancestors(f"{W}p"), None)
    other = None if paragraph is None else _twin(paragraph)
    if paragraph is None or other is None:
        return []
    here, there = list(paragraph.iter()), list(other.iter())
    if [(one.tag, one.text) for one in here] != [(one.tag, one.text) for one in there]:
        return []
    return [Anchor(there[here.index(one.element)], one.start, one.end) for one in anchors]


def _twin(paragraph: _Element) -> _Element | None:
    """The paragraph of the fallback that stands where this one stands in its choice."""
    box = next(paragraph.iterancestors(_BOX), None)
    chosen = next(paragraph.iterancestors(f"{MC}Choice"), None)
    both = None if chosen is None else chosen.getparent()
    spare = None if both is None else both.find(f"{MC}Fallback")
    if box is None or chosen is None or spare is None:
        return None
    boxes, spares = list(chosen.iter(_BOX)), list(spare.iter(_BOX))
    if box not in boxes or len(boxes) != len(spares):
        return None
    inside = list(box.iter(f"{W}p"))
    others = list(spares[boxes.index(box)].iter(f"{W}p"))
    return others[inside.index(paragraph)] if len(inside) == len(others) else None
