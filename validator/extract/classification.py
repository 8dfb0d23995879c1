"""Budget classification by year（政府收支分类科目）: which code had which name when.

Functional codes have three levels: 类 (3 digits), 款 (5) and 项 (7); economic codes have two.
The Ministry of Finance issues the list anew for every budget year, so a name is right *for a
year*: 医疗卫生与计划生育支出 was right until 2018, 卫生健康支出 has been since. Running text
often drops the word 支出, so names are compared without it.

The data know many codes, not all: a code that is not listed is unknown, never wrong, unless
its class（类）does not exist at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

import yaml

from validator.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FIRST_YEAR = 2007
"""The classification in its present shape began with this budget year."""
LAST_YEAR = 9999
_LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WIDTHS = str.maketrans("()", "（）", " \u3000\t\n")
_LENGTHS = (3, 5, 7)
_WHOLE = frozenset({"其他支出", "培训支出", "支出"})
"""Names that are nothing without the word 支出."""


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


@dataclass(frozen=True, slots=True)
class Naming:
    """A name of a code and the budget years in which it was right（名称及年份）.

    Attributes:
        name: As in the official list.
        first: First budget year.
        last: Last budget year; 9999 while in use.
        sure: Whether the years may be used to say that something is wrong.
    """

    name: str
    first: int = FIRST_YEAR
    last: int = LAST_YEAR
    sure: bool = True

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


@dataclass(frozen=True, slots=True)
class EconomicClass:
    """A class of the economic classification（经济分类类级）.

    Attributes:
        name: 工资福利支出 and so on.
        group: ``staff`` 人员经费, ``public`` 公用经费 or ``other``.
        items: Two-digit 款 → name.
    """

    name: str
    group: str
    items: Mapping[str, str]


def short_name(name: str) -> str:
    """A name as it is compared: without blanks, half-width brackets and the word 支出.

    >>> short_name("卫生健康 支出")
    '卫生健康'
    """
    plain = name.translate(_WIDTHS)
    return plain if plain in _WHOLE else plain.removesuffix("支出")


@dataclass(frozen=True)
class Classification:
    """Functional and economic codes with their names by year（政府收支分类）.

    Attributes:
        namings: Functional code → its names, oldest first.
        shorts: Class code → further short forms of its name in running text.
        economic: Economic class code → class.
    """

    namings: Mapping[str, tuple[Naming, ...]]
    shorts: Mapping[str, tuple[str, ...]]
    economic: Mapping[str, EconomicClass]

    @cached_property
    def classes(self) -> Mapping[str, tuple[Naming, ...]]:
        """Functional classes only: 3-digit code → its names."""
        return {code: names for code, names in self.namings.items() if len(code) == 3}

    def names_of(self, code: str, year: int = 0) -> tuple[str, ...]:
        """Names of a functional or economic code in a year; year 0 gives all of any year."""
        if code[:3] in self.economic:
            return self._economic_name(code)
        return tuple(n.name for n in self.namings.get(code, ()) if n.covers(year))

    def code_status(self, code: str, year: int) -> CodeStatus:
        """Whether a code exists in a year; a code under an abolished one is abolished too."""
        if code[:3] in self.economic:
            return CodeStatus.VALID if self._economic_name(code) else CodeStatus.UNKNOWN
        if code[:3] not in self.namings:
            return CodeStatus.IMPOSSIBLE
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

    def class_of_name(self, text: str, year: int = 0) -> str | None:
        """Code of the functional class with that name in a year, or in any year for 0."""
        for code, naming in self._class_names.get(short_name(text), ()):
            if naming.covers(year):
                return code
        return None

    def stale(self, text: str, year: int) -> Stale | None:
        """The class or 款 that had that name in other years only; None when nothing is sure.

        >>> from pathlib import Path
        >>> folder = Path("rules/lexicon")
        >>> load_classification(folder).stale("医疗卫生与计划生育支出", 2020).current
        '卫生健康支出'
        """
        if not year:
            return None
        held = self._class_names.get(short_name(text)) or self._group_names.get(
            short_name(text)
        )
        if not held or any(naming.covers(year) for _, naming in held):
            return None
        code, naming = held[0]
        if not all(other.sure for _, other in held):
            return None
        current = self.names_of(code, year)
        return Stale(code, naming, current[-1] if current else "")

    def class_names(self) -> Iterator[tuple[str, str, Naming]]:
        """(name without 支出, code, years) of every class name and short form of any year."""
        for name, held in self._class_names.items():
            for code, naming in held:
                yield name, code, naming

    def functional_names(self) -> Iterator[tuple[str, str]]:
        """(name, code) of any year, classes first, current names before former ones."""
        for length in _LENGTHS:
            for code, names in self.namings.items():
                if len(code) == length:
                    yield from ((naming.name, code) for naming in reversed(names))
                    yield from ((short, code) for short in self.shorts.get(code, ()))

    def economic_names(self) -> Iterator[tuple[str, str]]:
        """(name, code) of the departmental economic classification, classes first."""
        departmental = {k: v for k, v in self.economic.items() if k < "500"}
        yield from ((group.name, code) for code, group in departmental.items())
        for code, group in departmental.items():
            yield from ((name, code + number) for number, name in group.items.items())

    def _economic_name(self, code: str) -> tuple[str, ...]:
        group = self.economic[code[:3]]
        if len(code) == 3:
            return (group.name,)
        name = group.items.get(code[3:])
        return (name,) if name else ()

    @cached_property
    def _codes(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for code, names in self.namings.items():
            for naming in names:
                found.setdefault(short_name(naming.name), set()).add(code)
        for name, held in self._class_names.items():
            found.setdefault(name, set()).update(code for code, _ in held)
        for code, group in self.economic.items():
            found.setdefault(short_name(group.name), set()).add(code)
            for number, name in group.items.items():
                found.setdefault(short_name(name), set()).add(code + number)
        return {name: frozenset(codes) for name, codes in found.items()}

    @cached_property
    def _class_names(self) -> Mapping[str, tuple[tuple[str, Naming], ...]]:
        found: dict[str, list[tuple[str, Naming]]] = {}
        for code, names in self.classes.items():
            for naming in names:
                name = short_name(naming.name)
                for form in dict.fromkeys([name, name.removesuffix("等")]):
                    found.setdefault(form, []).append((code, naming))
            for short in self.shorts.get(code, ()):
                found.setdefault(short_name(short), []).append((code, names[-1]))
        return {name: tuple(held) for name, held in found.items()}

    @cached_property
    def _group_names(self) -> Mapping[str, tuple[tuple[str, Naming], ...]]:
        found: dict[str, list[tuple[str, Naming]]] = {}
        for code, names in self.namings.items():
            if len(code) == 5:
                for naming in names:
                    found.setdefault(short_name(naming.name), []).append((code, naming))
        return {name: tuple(held) for name, held in found.items()}


def load_classification(folder: Path) -> Classification:
    """Read ``functions.yaml`` and ``economy.yaml`` of a lexicon folder.

    Raises:
        RuleError: A file is missing or malformed; the message says where.
    """
    functions = _File(folder / "functions.yaml")
    top = functions.mapping(functions.root, "source classes recurring codes")
    namings: dict[str, tuple[Naming, ...]] = {}
    shorts: dict[str, tuple[str, ...]] = {}
    for code, node in functions.mapping(top["classes"]).items():
        parts = functions.mapping(node, "names", optional="short")
        namings[code] = functions.namings(parts["names"])
        if "short" in parts:
            shorts[code] = tuple(functions.words(parts["short"]))
    for entry in functions.items(top["recurring"]):
        parts = functions.mapping(entry, "names under")
        for suffix, name in functions.mapping(parts["names"]).items():
            for group in functions.words(parts["under"]):
                namings[group + suffix] = (Naming(functions.word(name)),)
    for code, node in functions.mapping(top["codes"]).items():
        if len(code) not in _LENGTHS or not code.isdecimal() or code[:3] not in namings:
            functions.refuse(node, f"编码 {code} 应为已列出的类下 5 位或 7 位数字")
        namings[code] = functions.namings(node)
    economy = _File(folder / "economy.yaml")
    top = economy.mapping(economy.root, "source classes")
    economic: dict[str, EconomicClass] = {}
    for code, node in economy.mapping(top["classes"]).items():
        parts = economy.mapping(node, "name group", optional="items")
        names = economy.mapping(parts["items"]) if "items" in parts else {}
        economic[code] = EconomicClass(
            economy.word(parts["name"]),
            economy.word(parts["group"]),
            {number: economy.word(name) for number, name in names.items()},
        )
    return Classification(dict(sorted(namings.items())), shorts, economic)


class _File:
    """A YAML file as located nodes: every scalar a string, no key twice, no unknown key."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        except OSError as error:
            raise RuleError(f"{path}：读不到词汇文件（{error.strerror}）") from error
        except yaml.YAMLError as error:
            raise RuleError(f"{path}：YAML 格式不对（{error}）") from error
        if root is None:
            raise RuleError(f"{path}：文件是空的")
        self.root: yaml.Node = root

    def refuse(self, node: yaml.Node, what: str) -> NoReturn:
        mark = node.start_mark
        raise RuleError(f"{self._path}:{mark.line + 1}:{mark.column + 1}：{what}")

    def mapping(
        self, node: yaml.Node, known: str = "", *, optional: str = ""
    ) -> dict[str, yaml.Node]:
        allowed = [*known.split(), *optional.split()]
        if not isinstance(node, yaml.MappingNode):
            self.refuse(node, "这里应为“名称: 内容”")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                self.refuse(key, f"“{name}”写了两次")
            if allowed and name not in allowed:
                self.refuse(key, f"不认识“{name}”；可用：{'、'.join(allowed)}")
            found[name] = value
        for name in known.split():
            if name not in found:
                self.refuse(node, f"缺少 {name}")
        return found

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(node, "这里应为一列")
        return list(node.value)

    def word(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self.refuse(node, "这里应为文字")
        return str(node.value)

    def words(self, node: yaml.Node) -> list[str]:
        return [self.word(item) for item in self.items(node)]

    def namings(self, node: yaml.Node) -> tuple[Naming, ...]:
        if isinstance(node, yaml.ScalarNode):
            return (Naming(self.word(node)),)
        return tuple(self._naming(item) for item in self.items(node))

    def _naming(self, node: yaml.Node) -> Naming:
        if isinstance(node, yaml.ScalarNode):
            return Naming(self.word(node))
        parts = self.mapping(node, "name", optional="from to likely")
        first = self._year(parts.get("from"), FIRST_YEAR)
        last = self._year(parts.get("to"), LAST_YEAR)
        if first > last:
            self.refuse(node, f"from {first} 晚于 to {last}")
        return Naming(self.word(parts["name"]), first, last, sure="likely" not in parts)

    def _year(self, node: yaml.Node | None, default: int) -> int:
        if node is None:
            return default
        text = self.word(node)
        if not (len(text) == 4 and text.isdecimal()):
            self.refuse(node, f"年份应为四位数字，现为“{text}”")
        return int(text)
