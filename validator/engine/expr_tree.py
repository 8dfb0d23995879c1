"""Assertions as trees（断言树）: what the parser makes and the engine evaluates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the rule; ``text`` is how."""

    value: Decimal
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    """A slot or word of a claim, an entry of ``let``, or a parameter."""

    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Negative:
    """A value with its sign turned."""

    value: Value
    column: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values joined by ``+ - * /``."""

    sign: str
    left: Value
    right: Value
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of values."""

    function: str
    arguments: tuple[Value, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared."""

    sign: str
    left: Value
    right: Value
    column: int


@dataclass(frozen=True, slots=True)
class Logic:
    """Truths joined by ``and``, ``or``, or one truth denied by ``not``."""

    word: str
    parts: tuple[Truth, ...]
    column: int


Value = Number | Name | Negative | Binary | Call
Truth = Comparison | Logic


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed assertion or guard.

    Attributes:
        text: As written in the rule.
        root: The tree.
        names: Every name in it, in the order they first stand.
    """

    text: str
    root: Truth
    names: tuple[str, ...]

    @property
    def operator(self) -> str:
        """The comparison at the top, or "" for and, or, not."""
        return self.root.sign if isinstance(self.root, Comparison) else ""

    @property
    def left(self) -> Value | None:
        """Left side of the comparison at the top, if there is one."""
        return self.root.left if isinstance(self.root, Comparison) else None

    @property
    def right(self) -> Value | None:
        """Right side of the comparison at the top, if there is one."""
        return self.root.right if isinstance(self.root, Comparison) else None

    @property
    def left_name(self) -> str:
        """The name that stands alone on the left, or ""."""
        return self.left.name if isinstance(self.left, Name) else ""

    @property
    def right_name(self) -> str:
        """The name that stands alone on the right, or ""."""
        return self.right.name if isinstance(self.right, Name) else ""


def walk(node: Truth | Value) -> Iterator[Truth | Value]:
    """The node and everything below it, left to right."""
    yield node
    match node:
        case Binary(_, left, right) | Comparison(_, left, right):
            below: tuple[Truth | Value, ...] = (left, right)
        case Call(_, parts) | Logic(_, parts):
            below = parts
        case Negative(value):
            below = (value,)
        case _:
            below = ()
    for part in below:
        yield from walk(part)
