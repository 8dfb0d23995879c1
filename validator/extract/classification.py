"""Budget classification by year（政府收支分类科目）: which code had which name when.

Functional codes have three levels: 类 (3 digits), 款 (5) and 项 (7); economic codes have two,
and there are two lists of them, the departments' own (3…) and the government's (5…). The
Ministry of Finance issues the list anew for every budget year, so a name is right *for a
year*: 医疗卫生与计划生育支出 was right until 2018, 卫生健康支出 has been since. Running text
often drops the word 支出, so names are compared without it.

The data know many codes, not all: a code that is not listed is unknown, never wrong, unless
its class（类）does not exist at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST_YEAR = 2007
"""The classification in its present shape began with this budget year."""
LAST_YEAR = 9999
_WIDTHS = str.maketrans("()", "（）", " \u3000\u00a0\t\r\n")
_LENGTHS = (3, 5, 7)
_WHOLE = frozenset({"其他支出", "培训支出", "支出"})
"""Names that are nothing without the word 支出."""
FUNCTIONAL, DEPARTMENTAL, GOVERNMENTAL = "2", "3", "5"
"""First digits of the classifications of expenditure."""


class CodeStatus(StrEnum):
    """Whether a code exists in a year（编码是否有效）."""

    VALID = "valid"
    ENDED = "ended"
    """It existed, and was abolished before that year."""
    NOT_YET = "not_yet"
    """It was introduced after that year."""
    IMPOSSIBLE = "impossible"
    """No class has such a number."""
    UNKNOWN = "unknown"
    """Not listed, or the years are not certain: nothing can be said."""


class Naming(NamedTuple):
    """A name of a code and the budget years in which it was right（名称及年份）.

    Attributes:
        name: As in the official list.
        first: First budget year.
        last: Last budget year; 9999 while in use.
        sure: Whether the years may be used to say that something is wrong.
        named: Whether the name may be used so.
    """

    name: str
    first: int = FIRST_YEAR
    last: int = LAST_YEAR
    sure: bool = True
    named: bool = True

    def covers(self, year: int) -> bool:
        """Whether the name was right in a year; year 0 stands for any."""
        return year == 0 or self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class Stale:
    """A name that was not in use in the year asked for（过期名称）.

    Attributes:
        code: Its code.
        naming: The name with the years in which it was right.
        current: The name of that code in the year asked for, or "" when it had none.
    """

    code: str
    naming: Naming
    current: str


def short_name(name: str) -> str:
    """A name as it is compared: without blanks, half-width brackets and the word 支出.

    >>> short_name("卫生健康 支出")
    '卫生健康'
    """
    plain = name.translate(_WIDTHS)
    return plain if plain in _WHOLE else plain.removesuffix("支出")


@dataclass(frozen=True)
class Classification:
    """Codes of expenditure and revenue with their names by year（政府收支分类）.

    Attributes:
        namings: Code of expenditure, functional or economic → its names, oldest first.
        shorts: Class code → further short forms of its name in running text.
        until: Last budget year of which every class is listed.
        groups: Economic class code → ``staff`` 人员经费 or ``public`` 公用经费.
        revenue: Revenue code → its names.
    """

    namings: Mapping[str, tuple[Naming, ...]]
    shorts: Mapping[str, tuple[str, ...]]
    until: int = LAST_YEAR
    groups: Mapping[str, str] = field(default_factory=dict)
    revenue: Mapping[str, tuple[Naming, ...]] = field(default_factory=dict)

    def names_of(self, code: str, year: int = 0) -> tuple[str, ...]:
        """Names of a code in a year; year 0 gives all of any year."""
        return tuple(n.name for n in self.namings.get(code, ()) if n.covers(year))

    def is_economic(self, code: str) -> bool:
        """Whether a code is in one of the economic classifications."""
        return code[:1] in (DEPARTMENTAL, GOVERNMENTAL) and code[:3] in self.namings

    def code_status(self, code: str, year: int) -> CodeStatus:
        """Whether a code exists in a year; a code under an abolished one is abolished too."""
        if 0 < year < FIRST_YEAR:
            return CodeStatus.UNKNOWN
        if code[:3] not in self.namings:
            return CodeStatus.IMPOSSIBLE if year <= self.until else CodeStatus.UNKNOWN
        for length in _LENGTHS:
            if length > len(code):
                break
            names = self.namings.get(code[:length], ())
            if not names or any(n.covers(year) for n in names):
                continue
            if not all(n.sure for n in names):
                return CodeStatus.UNKNOWN
            ended = all(n.last < year for n in names)
            return CodeStatus.ENDED if ended else CodeStatus.NOT_YET
        return CodeStatus.VALID if code in self.namings else CodeStatus.UNKNOWN

    def codes_named(self, text: str) -> frozenset[str]:
        """Every code, functional or economic, that was ever called so."""
        return self._codes.get(short_name(text), frozenset())

    def bears(self, code: str, text: str) -> bool:
        """Whether a code ever had that name."""
        return code in self.codes_named(text)

    def surely_not(self, code: str, text: str) -> bool:
        """Whether a code never had a name that other codes of its classification have.

        Names that are not certain excuse: one such name of the code, or nothing but such
        codes with the name, leave the question open.
        """
        own = self.namings.get(code, ())
        if not own or not all(n.named for n in own) or self.bears(code, text):
            return False
        plain = short_name(text)
        return any(
            n.named and short_name(n.name) == plain
            for other in self.codes_named(text)
            if other[0] == code[0]
            for n in self.namings[other]
        )

    def class_of_name(self, text: str, year: int = 0) -> str | None:
        """Code of the functional class with that name in a year, or in any year for 0."""
        for code, naming in self._class_names.get(short_name(text), ()):
            if naming.covers(year):
                return code
        return None

    def stale(self, text: str, year: int) -> Stale | None:
        """The class, 款 or 项 that had that name in other years only; None when not sure.

        >>> from pathlib import Path
        >>> from validator.extract.code_lists import load_classification
        >>> folder = Path("rules/lexicon")
        >>> load_classification(folder).stale("医疗卫生与计划生育支出", 2020).current
        '卫生健康支出'
        """
        name = short_name(text)
        held = self._class_names.get(name) or self._lower_names.get(name, ()) if year else ()
        if not held or any(naming.covers(year) for _, naming in held):
            return None
        code, naming = held[0]
        if not all(other.sure for _, other in held):
            return None
        current = self.names_of(code, year)
        return Stale(code, naming, current[-1] if current else "")

    def item_code(self, group: str, item: str, top: str = "") -> str:
        """The one code that 款 and 项 together name, in some class if it is told; or "".

        >>> from pathlib import Path
        >>> from validator.extract.code_lists import load_classification
        >>> load_classification(Path("rules/lexicon")).item_code("统战事务", "行政运行")
        '2013401'
        """
        above = self.class_of_name(top) if top else None
        groups = {
            code
            for code in self.codes_named(group)
            if len(code) == 5 and code[0] == FUNCTIONAL and code.startswith(above or "")
        }
        found = [
            code for code in self.codes_named(item) if len(code) == 7 and code[:5] in groups
        ]
        if len(found) > 1:
            found = [c for c in found if any(n.last == LAST_YEAR for n in self.namings[c])]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def shared(self) -> frozenset[str]:
        """Names that 项 of several 款 have and nothing else: 行政运行 alone says not which."""
        groups: dict[str, str] = {}
        found = set()
        for name, code in self.functional_names:
            first = groups.setdefault(name, code)
            if len(first) == _LENGTHS[-1] and not code.startswith(first[:5]):
                found.add(name)
        return frozenset(found)

    def class_names(self) -> Iterator[tuple[str, str, Naming]]:
        """(name without 支出, code, years) of every class name and short form of any year."""
        for name, held in self._class_names.items():
            for code, naming in held:
                yield name, code, naming

    @cached_property
    def functional_names(self) -> tuple[tuple[str, str], ...]:
        """(name, code) of any year: classes, 款, 项; of each, names in use come first."""
        now: dict[int, list[tuple[str, str]]] = {length: [] for length in _LENGTHS}
        former: dict[int, list[tuple[str, str]]] = {length: [] for length in _LENGTHS}
        for code, names in self.namings.items():
            if code[0] == FUNCTIONAL:
                for naming in reversed(names):
                    into = now if naming.last == LAST_YEAR else former
                    into[len(code)].append((naming.name, code))
                now[len(code)].extend((short, code) for short in self.shorts.get(code, ()))
        return tuple(pair for n in _LENGTHS for pair in (*now[n], *former[n]))

    def economic_names(self) -> Iterator[tuple[str, str]]:
        """(name, code) of the departmental economic classification, names in use first."""
        listed = [(c, n) for c, names in self.namings.items() for n in names]
        own = [(c, n) for c, n in listed if c[0] == DEPARTMENTAL]
        own.sort(key=lambda pair: (pair[1].last != LAST_YEAR, len(pair[0])))
        return ((naming.name, code) for code, naming in own)

    @cached_property
    def _codes(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for code, names in self.namings.items():
            for naming in names:
                found.setdefault(short_name(naming.name), set()).add(code)
        for name, held in self._class_names.items():
            found.setdefault(name, set()).update(code for code, _ in held)
        return {name: frozenset(codes) for name, codes in found.items()}

    @cached_property
    def _class_names(self) -> Mapping[str, tuple[tuple[str, Naming], ...]]:
        found: dict[str, list[tuple[str, Naming]]] = {}
        for code, names in self.namings.items():
            if len(code) != 3 or code[0] != FUNCTIONAL:
                continue
            for naming in names:
                name = short_name(naming.name)
                for form in dict.fromkeys([name, name.removesuffix("等")]):
                    found.setdefault(form, []).append((code, naming))
            for short in self.shorts.get(code, ()):
                found.setdefault(short_name(short), []).append((code, names[-1]))
        return {name: tuple(held) for name, held in found.items()}

    @cached_property
    def _lower_names(self) -> Mapping[str, tuple[tuple[str, Naming], ...]]:
        """Functional name → 款 that have it, or 项 where no 款 has."""
        found: dict[str, list[tuple[str, Naming]]] = {}
        for length in _LENGTHS[1:]:
            level: dict[str, list[tuple[str, Naming]]] = {}
            for code, names in self.namings.items():
                if len(code) == length and code[0] == FUNCTIONAL:
                    for naming in names:
                        level.setdefault(short_name(naming.name), []).append((code, naming))
            found = level | found
        return {name: tuple(held) for name, held in found.items()}
