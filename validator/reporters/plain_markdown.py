"""Text that Markdown shows as it is（转义）: words of a document never become markup.

Sites that show Markdown also look through the finished text for names (``@name``), numbers of
requests (``#1``, ``!1``), addresses, emoji (``:name:``) and formulas (``$x$``), where a
backslash does not help: a space of no width comes between what they look for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.reporters.missed import flat

if TYPE_CHECKING:
    from collections.abc import Set

_APART = "&#8203;"
"""A space of no width."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}
_MARKUP = re.compile(r"[\\`*_\[\]~|^]")
_OPENING = re.compile(r"(?:\d+[.)]|[-+])(?=[\s-]|$)|[=#]")
"""What begins a list, a heading or a rule at the start of a line, to its last character."""
_LOOKED_FOR = re.compile(
    r"""@                          # a person
      | [#!~%&](?=[\w"])           # an issue, a request, a label, a milestone, an epic
      | (?<=\w):(?=//)             # an address
      | :(?=[\w+-]+:)              # an emoji
      | (?<![a-z0-9])www(?=\.)     # an address
      | \bGH(?=-\d)                # an issue
      | \bmailto(?=:) | \bxmpp(?=:)
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_COMMIT = re.compile(
    r"(?<![0-9a-z])(?=[0-9]*[a-f])(?:[0-9a-f]{6})(?=[0-9a-f]{1,58}(?![0-9a-z]))",
    re.IGNORECASE | re.ASCII,
)
"""The start of what looks like a commit; figures of account have no letters."""


def plain(text: str) -> str:
    r"""Text in one line that Markdown shows as it is.

    >>> plain("*12.00*｜@张三 <b>")
    '\\*12.00\\*｜@&#8203;张三 &lt;b&gt;'
    """
    text = flat(text)
    marks = {found.start() for found in _MARKUP.finditer(text)}
    if opening := _OPENING.match(text):
        marks.add(opening.end() - 1)
    return _written(text, marks)


def plain_html(text: str) -> str:
    """The same for a line that Markdown takes for HTML, such as a ``<summary>``."""
    return _written(flat(text), set())


def _written(text: str, marks: Set[int]) -> str:
    """Text with a backslash before some characters, and nothing left that sites look for."""
    apart = {found.end() for form in (_LOOKED_FOR, _COMMIT) for found in form.finditer(text)}
    return "".join(
        ("\\" if at in marks else "")
        + _ENTITIES.get(character, character)
        + (_APART if at + 1 in apart else "")
        for at, character in enumerate(text)
    )
