"""分别（分别为甲、乙、丙）: the k-th figure belongs to the k-th name."""

from __future__ import annotations

import re

from validator.extract.elements import Element, Role


def mark_respective(text: str, elements: list[Element]) -> None:
    """Number the figures of a 分别 list, and hand the names before it to its values."""
    i = 0
    while i < len(elements):
        if "respective" not in elements[i].flags:
            i += 1
            continue
        run = _run(text, elements, i)
        names = _names_before(elements, i, len(run))
        for k, at in enumerate(run):
            element = elements[at]
            element.respective = (k, len(run))
            first = elements[run[0]]
            if k and element.role is not first.role:
                element.role = first.role
                element.sign, element.cue = first.sign, first.cue
                element.base, element.base_label = first.base, first.base_label
            if len(names) == len(run) > 1 and element.role is Role.VALUE:
                element.label, element.label_start = names[k]
        i = run[-1] + 1


def _run(text: str, elements: list[Element], first: int) -> list[int]:
    head = elements[first].number
    run = [first]
    for j in range(first + 1, len(elements)):
        element = elements[j]
        if element.role is Role.STOP and element.stop in ("、", "，"):
            continue
        number = element.number
        if number is None or head is None or number.kind is not head.kind:
            break
        between = text[elements[run[-1]].end : number.start]
        if not re.fullmatch(r"[、，和与及]*(?:以及)?", between):
            break
        run.append(j)
    return run


def _names_before(elements: list[Element], first: int, count: int) -> list[tuple[str, int]]:
    """Names in front of 分别, joined by 、 alone or by 、 and 和 as their ``count`` tells.

    公务用车购置及运行维护费 is one name: 及 divides only where 、 leaves too few.
    """
    pieces = [(elements[first].label, elements[first].label_start)]
    j = first - 1
    while j >= 1 and elements[j].role is Role.STOP and elements[j].stop == "、":
        before = elements[j - 1]
        if before.role is not Role.LABEL:
            break
        pieces.insert(0, (before.label, before.label_start))
        j -= 2
    if len(pieces) == count:
        return pieces
    names: list[tuple[str, int]] = []
    for label, start in pieces:
        at = 0
        for part in re.split(r"(?<=[^、])[和及与](?=[^、])", label):
            if part:
                where = label.find(part, at)
                names.append((part, start + where))
                at = where + len(part)
    return names
