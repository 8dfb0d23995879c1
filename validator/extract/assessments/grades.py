"""Grades（等级）: 优、良、中、差, and the scale that a report prints for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from validator.quantity import HUNDRED, ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_USUAL = (Decimal(90), Decimal(80), Decimal(60), ZERO)
"""Least score of each grade, as the Ministry of Finance has it（财预〔2020〕10号）."""
_ASIDE = r"(?:（[^）]{1,4}）|\([^)]{1,4}\))?"
_NUMBER = rf"(\d{{1,3}}){_ASIDE}分?{_ASIDE}"
_WORDS = "优秀?|良好?|中等?|较?差"
_END = r"(?=[”\"’'，。；、）)\s]|等次|等级|级|$)"
_TOLD = re.compile(
    rf"(?:等级|评级|级别|档次|等次|结论|结果|评定)[^。；，\d]{{0,8}}?(?:为|是|：|属于?)[“\"'‘]?({_WORDS}){_END}"
)
_CELL = re.compile(rf"(?:[自评价]*等级)?[：（(]?({_WORDS})(?:等|级)?[）)]?")


@dataclass(frozen=True)
class Scale:
    """What score each grade begins and ends with（等级划分）.

    Attributes:
        text: The whole report.
        grades: From the best.
    """

    text: str
    grades: Sequence[str]

    @cached_property
    def printed(self) -> Mapping[str, tuple[Decimal, Decimal]]:
        """Bounds that the report prints: 90（含）—100分为优，80（含）—90分为良."""
        words = re.sub(r"[ \t\u3000]", "", self.text)
        link = rf"[^\d。；\n，]{{0,6}}?(?:为|是|：|得|[“\"])({_WORDS}){_END}"
        between = re.findall(rf"{_NUMBER}[-—–~～至到]+{_NUMBER}{link}", words)
        above = re.findall(rf"{_NUMBER}(?:及?以上){link}", words)
        below = re.findall(rf"{_NUMBER}(?:及?以下){link}", words)
        found: dict[str, tuple[Decimal, Decimal]] = {}
        for one, other, grade in (
            *between,
            *((low, "100", grade) for low, grade in above),
            *(("0", high, grade) for high, grade in below),
        ):
            low, high = sorted((Decimal(one), Decimal(other)))
            found.setdefault(_known(grade, self.grades), (low, high))
        return found

    def grade(self, text: str) -> str:
        """The grade that a cell holds and nothing else, or ""."""
        found = _CELL.fullmatch(re.sub(r"\s", "", text))
        return _known(found[1], self.grades) if found else ""

    def told(self, text: str) -> str:
        """The grade that a stretch of words tells first: 自评等级为“优”."""
        found = _TOLD.search(text)
        return _known(found[1], self.grades) if found else ""

    def bounds(self, grade: str) -> tuple[Decimal, Decimal] | None:
        """Least and greatest score of a grade; None where the report's scale leaves it open."""
        if self.printed:
            return self.printed.get(grade)
        at = self.grades.index(grade)
        return _USUAL[at], HUNDRED if at == 0 else _USUAL[at - 1]


def _known(words: str, grades: Sequence[str]) -> str:
    return next((grade for grade in grades if grade in words), "")
