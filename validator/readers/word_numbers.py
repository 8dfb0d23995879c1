"""Automatic numbers of a Word file（自动编号）: what Word prints before a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.readers.word_package import W

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number in Chinese words: 十一, 二十, 一百零三.

    >>> chinese(12), chinese(103)
    ('十二', '一百零三')
    """
    if not 0 < number < 10_000:
        return str(number)
    words = ""
    gap = False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            words += digits[0] if gap else ""
            words += digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = bool(words)
    return words[1:] if number < 20 and words.startswith("一十") else words


def _roman(number: int) -> str:
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
    return words


def _letter(number: int) -> str:
    """A … Z, AA, BB …: Word repeats the letter."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _from(first: str, last: int) -> Callable[[int], str]:
    """Signs that stand in a row in the character set, plain digits beyond the last."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


def _circled(number: int) -> str:
    for first, low, high in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if low <= number <= high:
            return chr(ord(first) + number - low)
    return str(number)


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "lowerLetter": lambda number: _letter(number).lower(),
    "upperLetter": _letter,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda number: chinese(number, _LEGAL, "拾佰仟"),
    "ideographDigital": lambda number: "".join(
        "〇一二三四五六七八九"[int(d)] for d in str(number)
    ),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
}
"""Word's name of a numbering format → how a number looks in it; all others are plain digits."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    glued: bool = False
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """A w:num: its own look over the counters of its abstract list."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    used: set[int] = field(default_factory=set)


class Numbering:
    """Counts the lists of one document; ask for each paragraph once, in reading order."""

    def __init__(self, root: _Element | None, style_lists: Mapping[str, str]) -> None:
        """Read the numbering part.

        Args:
            root: Root of ``numbering.xml``, or None when there is none.
            style_lists: List id that each style names, for lists defined through a style.
        """
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstracts = {
            one.get(f"{W}abstractNumId", ""): one for one in root.iter(f"{W}abstractNum")
        }
        nums = list(root.iter(f"{W}num"))
        owners = {one.get(f"{W}numId", ""): _value(one, "abstractNumId") for one in nums}
        for num in nums:
            number = num.get(f"{W}numId", "")
            abstract = owners[number]
            linked = abstracts.get(abstract)
            style = _value(linked, "numStyleLink") if linked is not None else ""
            if style:
                abstract = owners.get(style_lists.get(style, ""), abstract)
                linked = abstracts.get(abstract)
            self._lists[number] = _list(abstract, linked, num)

    def level_of_style(self, number: str, style: str) -> int:
        """The level of a list that is tied to a paragraph style; 0 when none is."""
        found = self._lists.get(number)
        if found is None:
            return 0
        return next((at for at, level in found.levels.items() if level.style == style), 0)

    def next(self, number: str, at: int) -> str:
        """Count one paragraph of a list → what Word prints before it, "" for a bullet.

        Args:
            number: List id (w:numId).
            at: Level from 0.
        """
        found = self._lists.get(number)
        if found is None or at not in found.levels:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        level = found.levels[at]
        if at in found.starts and at not in found.used:
            counts[at] = found.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else found.starts.get(at, level.start)
        found.used.add(at)
        for deeper in [one for one in counts if one > at]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart and at < restart):
                del counts[deeper]
        if level.form == "bullet":
            return ""
        return _printed(found.levels, counts, level)


def _printed(levels: Mapping[int, _Level], counts: Mapping[int, int], level: _Level) -> str:
    def one(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        upper = levels.get(at, _Level())
        count = counts.get(at, upper.start)
        if upper.form == "none":
            return ""
        return str(count) if level.legal else FORMATS.get(upper.form, str)(count)

    words = _PLACE.sub(one, level.pattern)
    # "1." must not run into the year that follows it; 一、 and （一） part by themselves.
    latin = words[-1:].isascii() and words[-1:] not in ("", ")")
    return f"{words} " if latin and not level.glued else words


def _list(abstract: str, linked: _Element | None, num: _Element) -> _List:
    levels = {}
    if linked is not None:
        levels = {_index(level): _level(level) for level in linked.iter(f"{W}lvl")}
    starts = {}
    for override in num.iter(f"{W}lvlOverride"):
        at = _index(override)
        own = override.find(f"{W}lvl")
        if own is not None:
            levels[at] = _level(own)
        start = override.find(f"{W}startOverride")
        if start is not None:
            starts[at] = _integer(start.get(f"{W}val"), 1)
    return _List(abstract, levels, starts)


def _level(element: _Element) -> _Level:
    restart = element.find(f"{W}lvlRestart")
    return _Level(
        start=_integer(_value(element, "start"), 1),
        form=_value(element, "numFmt") or "decimal",
        pattern=_value(element, "lvlText"),
        glued=_value(element, "suff") == "nothing",
        restart=None if restart is None else _integer(restart.get(f"{W}val"), 0),
        legal=element.find(f"{W}isLgl") is not None,
        style=_value(element, "pStyle"),
    )


def _index(element: _Element) -> int:
    return _integer(element.get(f"{W}ilvl"), 0)


def _value(element: _Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _integer(text: str | None, fallback: int) -> int:
    return (
        int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else fallback
    )
