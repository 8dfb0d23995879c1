"""Sentences of rules（提示语）: named fields filled in, and nothing else.

``str.format`` would reach into attributes; here ``{name}`` is a name and no more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELD = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")
_ABSENT = "—"


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values into a message; a field without a value shows a dash.

    >>> fill("按金额计算为 {left}，文中写 {share}。", {"left": "85.0%", "share": "86.0%"})
    '按金额计算为 85.0%，文中写 86.0%。'
    """
    return _FIELD.sub(lambda found: values.get(found[1], _ABSENT), template)


def fields(template: str) -> list[tuple[str, int]]:
    """Every field of a message, with the 1-based column of its name."""
    return [(found[1], found.start(1) + 1) for found in _FIELD.finditer(template)]


def renamed(template: str, prefix: str) -> str:
    """The message with ``{prefix.left}`` written ``{left}``."""
    return _FIELD.sub(lambda found: f"{{{found[1].removeprefix(f'{prefix}.')}}}", template)
