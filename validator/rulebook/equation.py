"""An identity in the words of a table（用行名写的等式）: 餐费收入 + 食堂补助 = 收入小计."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from validator.errors import UsageError

_RELATIONS = {"＝": "=", "≤": "<=", "≥": ">=", "＜＝": "<=", "＞＝": ">="}
_RELATION = re.compile(r"<=|>=|=")
_TERM = re.compile(r"([+-])([^+-]+)")
_FIRST = Decimal("120.00")
_STEP = Decimal("35.50")
_ROOM = 20


@dataclass(frozen=True, slots=True)
class Equation:
    """Row names and how they must fit together（等式）.

    Attributes:
        left: Sign and row name of each term on the left.
        relation: ``=``, ``<=`` or ``>=``.
        right: The same on the right.
    """

    left: tuple[tuple[int, str], ...]
    relation: str
    right: tuple[tuple[int, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Row names, each once, in the order of writing."""
        return tuple(dict.fromkeys(name for _, name in (*self.left, *self.right)))

    def written(self, short: dict[str, str]) -> str:
        """The assertion, with a short name for each row."""
        sides = (_side(side, short) for side in (self.left, self.right))
        return f" {self.relation} ".join(sides)

    def figures(self) -> dict[str, Decimal]:
        """Amounts for all rows that satisfy it exactly; all are above zero.

        Raises:
            UsageError: No such amounts are found: a row would have to be on both sides.
        """
        *given, last = self.names
        weights = self._weights()
        if not weights[last]:
            raise UsageError(f"等式里“{last}”在两边抵消了；请检查写法")
        for lead in given or [last]:
            values = {name: _FIRST + _STEP * at for at, name in enumerate(given)}
            values[lead] *= _ROOM if lead in values else 1
            rest = sum((weights[name] * values[name] for name in given), Decimal(0))
            values[last] = -rest / weights[last]
            if values[last] > 0:
                return values
        raise UsageError("等式两边凑不出都大于0的数；请检查加减号")

    def _weights(self) -> dict[str, int]:
        weights = dict.fromkeys(self.names, 0)
        for sign, name in self.left:
            weights[name] += sign
        for sign, name in self.right:
            weights[name] -= sign
        return weights


def read_equation(text: str) -> Equation:
    """The equation that is written.

    Raises:
        UsageError: It is not one; says how to write it.
    """
    for wide, narrow in _RELATIONS.items():
        text = text.replace(wide, narrow)
    text = text.replace("＋", "+").replace("－", "-").replace("−", "-")
    sides = _RELATION.split(text)
    if len(sides) != 2:
        raise UsageError(f"“{text}”不是等式；请这样写：甲 + 乙 = 丙，或 甲 <= 乙")
    left, right = (_terms(side) for side in sides)
    relation = _RELATION.search(text)
    return Equation(left, relation[0] if relation else "=", right)


def _terms(side: str) -> tuple[tuple[int, str], ...]:
    written = side.strip()
    if not written.startswith(("+", "-")):
        written = f"+{written}"
    pieces = _TERM.findall(written)
    terms = tuple((-1 if sign == "-" else 1, name.strip()) for sign, name in pieces)
    if "".join(map("".join, pieces)) != written or not all(name for _, name in terms):
        raise UsageError(f"等式的这一边“{side.strip()}”不完整；请这样写：甲 + 乙 = 丙")
    return terms


def _side(terms: tuple[tuple[int, str], ...], short: dict[str, str]) -> str:
    written = "".join(f" {'+' if sign > 0 else '-'} {short[name]}" for sign, name in terms)
    return written.removeprefix(" + ").strip()
