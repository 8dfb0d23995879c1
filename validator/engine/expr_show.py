"""Assertions as sums on paper（算式）: the way a person writes them.

``part / (current - amount)`` with printed numbers is ``5.71 ÷ (23.04 − 5.71)``. Lists are
written out, a factor of 1 or -1 (a direction) turns into the sign in front, and ``abs``
around a difference is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from validator.engine.expr_tree import Binary, Call, Name, Negative, Number, Value

Shown = Mapping[str, str | tuple[str, ...]]

_SUM, _PRODUCT, _ATOM = 1, 2, 3
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a sum: its text without the leading minus, and how tightly it binds."""

    text: str
    binds: int = _ATOM
    negative: bool = False

    def inside(self, binds: int) -> str:
        """The text, in parentheses where it binds less than its surroundings."""
        return f"({self.text})" if self.binds < binds else self.text

    def signed(self, binds: int) -> str:
        """The text with its sign, in parentheses where it needs them."""
        if not self.negative:
            return self.inside(binds)
        text = f"{_MINUS}{self.inside(_PRODUCT)}"
        return f"({text})" if binds > _SUM else text


def render(side: Value | None, shown: Shown) -> str:
    """Write one side of an assertion.

    Args:
        side: The side, or None when the assertion is no comparison.
        shown: What to print for each name; a list has one text an item.
    """
    return "" if side is None else _piece(side, shown).signed(0)


def _piece(node: Value, shown: Shown) -> _Piece:
    match node:
        case Number(_, text):
            return _Piece(text)
        case Name(name):
            printed = shown.get(name, name)
            if isinstance(printed, str):
                return _printed(printed)
            return _Piece("、".join(printed))
        case Negative(value):
            return _negated(_piece(value, shown))
        case Binary(sign, left, right):
            return _joined(sign, _piece(left, shown), _piece(right, shown))
        case Call():
            return _call(node, shown)
        case _:
            assert_never(node)


def _printed(text: str) -> _Piece:
    negative = text[:1] in (_MINUS, "-")
    return _Piece(text[1:] if negative else text, negative=negative)


def _negated(piece: _Piece) -> _Piece:
    return _Piece(piece.text, piece.binds, not piece.negative)


def _joined(sign: str, left: _Piece, right: _Piece) -> _Piece:
    if sign in "+-":
        minus = right.negative != (sign == "-")
        text = right.inside(_PRODUCT if minus else _SUM)
        return _Piece(f"{left.signed(_SUM)} {_MINUS if minus else '+'} {text}", _SUM)
    negative = left.negative != right.negative
    if right.text == "1":
        return _Piece(left.text, left.binds, negative)
    if sign == "*":
        if left.text == "1":
            return _Piece(right.text, right.binds, negative)
        text = f"{left.inside(_PRODUCT)} × {right.inside(_PRODUCT)}"
    else:
        text = f"{left.inside(_PRODUCT)} ÷ {right.inside(_ATOM)}"
    return _Piece(text, _PRODUCT, negative)


def _call(node: Call, shown: Shown) -> _Piece:
    if node.function == "abs":
        inner = _piece(node.arguments[0], shown)
        if inner.binds == _SUM:
            return _Piece(inner.text, _SUM)
        return _Piece(f"|{inner.signed(0)}|")
    items = [item for argument in node.arguments for item in _items(argument, shown)]
    if node.function == "sum":
        total, *rest = items or [_Piece("0")]
        for item in rest:
            total = _joined("+", total, item)
        return total
    listed = "、".join(item.signed(0) for item in items)
    return _Piece(f"{_CALLED[node.function]}（{listed}）")


_CALLED = {
    "count": "个数",
    "fraction": "小数部分",
    "max": "最大",
    "min": "最小",
    "sign": "正负",
}


def _items(node: Value, shown: Shown) -> list[_Piece]:
    """The items of a list, worked out item by item, or the one value."""
    match node:
        case Name(name):
            printed = shown.get(name, name)
            return [_printed(p) for p in ((printed,) if isinstance(printed, str) else printed)]
        case Negative(value):
            return [_negated(item) for item in _items(value, shown)]
        case Binary(sign, left, right):
            lists = [_items(left, shown), _items(right, shown)]
            size = max(map(len, lists))
            full = [items * size if len(items) == 1 else items for items in lists]
            return [_joined(sign, a, b) for a, b in zip(*full, strict=False)]
        case _:
            return [_piece(node, shown)]
