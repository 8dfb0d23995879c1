"""Data with places（带位置的数据）: strings, lists and mappings of a records file.

Every scalar stays the characters that it was, so that 1503.50 keeps its last zero.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.document import Span

MAX_DEPTH = 8
"""Lists and mappings inside one another."""


class Kind(StrEnum):
    """What a scalar is."""

    WORDS = "words"
    NUMBER = "number"
    NOTHING = "nothing"
    """Null, or a blank cell."""
    TRUTH = "truth"
    """true or false."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or a number（标量）.

    Attributes:
        text: What it says, quotes and escapes undone; of a number its digits.
        span: Its characters in the file, without quotes.
        kind: What it is.
    """

    text: str
    span: Span
    kind: Kind = Kind.WORDS


@dataclass(frozen=True, slots=True)
class Items:
    """A list（列表）."""

    items: list[Node]
    span: Span


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping（映射）; each key once.

    Attributes:
        values: Value of each key.
        keys: Where each key stands.
        span: From its first character to its last.
    """

    values: dict[str, Node]
    span: Span
    keys: dict[str, Span] = field(default_factory=dict)


Node = Scalar | Items | Entries


def refusal(text: str, at: int, what: str, advice: str) -> UnreadableDocument:
    """An error with its place, to be raised.

    Args:
        text: The whole file.
        at: Offset of what is wrong.
        what: What is wrong.
        advice: What to do about it.
    """
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return UnreadableDocument(f"第{line}行第{column}列：{what}", advice)


def written_twice(text: str, at: int, key: str) -> UnreadableDocument:
    """A key that stands twice in one mapping."""
    return refusal(text, at, f"“{shown(key)}”写了两次", "请留一个")


def too_deep(text: str, at: int) -> UnreadableDocument:
    """Lists and mappings that go on inside one another."""
    return refusal(text, at, f"套得太深，最多 {MAX_DEPTH} 层", "请按 gouji.records/1 的格式写")


def meant(word: str, allowed: Iterable[str]) -> str:
    """A hint at the allowed word that was probably meant, or ""."""
    found = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f"（是否指 {found[0]}？）" if found else ""


def shown(words: str) -> str:
    """Words of the file in a message: on one line, and not too long."""
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"


_SHOWN = 40
