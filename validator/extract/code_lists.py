"""Lists of codes（科目清单）: reads the lexicon files that say which code is what.

A list is one text block, one line for each name of a code: code, name and the budget years of
the name. The block is a single YAML scalar, because a mapping of two thousand entries would
take as long to read as all other vocabulary together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

import yaml

from validator.errors import RuleError
from validator.extract.classification import (
    FIRST_YEAR,
    LAST_YEAR,
    Classification,
    Naming,
)

if TYPE_CHECKING:
    from pathlib import Path

_LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE = re.compile(r"^([1235]\d\d(?:\d\d){0,2}) (\S+)(?: (\S+))?$", re.MULTILINE)
_YEARS = re.compile(r"(?P<first>\d{4})?-(?P<last>\d{4})?(?P<doubt>\?)?")
Namings = dict[str, tuple[Naming, ...]]


def load_classification(folder: Path) -> Classification:
    """Read ``functions.yaml``, ``economy.yaml`` and ``revenue.yaml`` of a lexicon folder.

    Raises:
        RuleError: A file is missing or malformed; the message says where.
    """
    functions = _File(folder / "functions.yaml")
    top = functions.mapping(functions.root, "source until short recurring codes")
    namings = functions.codes(top["codes"], "2")
    until = functions.year(top["until"])
    shorts = {
        code: tuple(functions.words(node))
        for code, node in functions.mapping(top["short"]).items()
    }
    for entry in functions.items(top["recurring"]):
        parts = functions.mapping(entry, "names under")
        groups = functions.word(parts["under"]).split()
        for suffix, node in functions.mapping(parts["names"]).items():
            same = (Naming(functions.word(node)),)
            for group in groups:
                if group not in namings:
                    functions.refuse(parts["under"], f"没有列出的款 {group}")
                namings[group + suffix] = same
    economy = _File(folder / "economy.yaml")
    top = economy.mapping(economy.root, "source groups codes")
    namings |= economy.codes(top["codes"], "35")
    kinds = {
        code: kind
        for kind, node in economy.mapping(top["groups"], "staff public").items()
        for code in economy.words(node)
    }
    revenue = _File(folder / "revenue.yaml")
    top = revenue.mapping(revenue.root, "source codes")
    ordered = dict(sorted(namings.items()))
    return Classification(ordered, shorts, until, kinds, revenue.codes(top["codes"], "1"))


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

    def mapping(self, node: yaml.Node, known: str = "") -> dict[str, yaml.Node]:
        allowed = known.split()
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
        for name in allowed:
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

    def year(self, node: yaml.Node) -> int:
        text = self.word(node)
        if not (len(text) == 4 and text.isdecimal()):
            self.refuse(node, f"年份应为四位数字，现为“{text}”")
        return int(text)

    def codes(self, node: yaml.Node, families: str) -> Namings:
        """The names of every code of a list; the first digit is one of ``families``."""
        text = self.word(node)
        found: Namings = {}
        years: dict[str, tuple[int, int, bool, bool]] = {"": Naming("")[1:]}
        lines = [line for line in text.split("\n") if line]
        entries = _LINE.findall(text)
        if len(entries) < len(lines):
            at = next(at for at, line in enumerate(lines) if not _LINE.fullmatch(line))
            self._refuse(node, at, f"这里应为“编码 名称 年度”，现为“{lines[at]}”")
        for at, (code, name, printed) in enumerate(entries):
            held = found.get(code, ())
            if printed not in years:
                years[printed] = _years(printed) or self._refuse(
                    node, at, f"年度应写成 -2018、2019- 或 2014-2018，现为“{printed}”"
                )
            if code[0] not in families:
                what = f"编码 {code} 应以 {'、'.join(families)} 开头"
                self._refuse(node, at, what)
            if len(code) > 3 and code[:-2] not in found:
                self._refuse(node, at, f"{code} 的上级 {code[:-2]} 应列在它前面")
            if held and any(other.name == name for other in held):
                self._refuse(node, at, f"{code} 的“{name}”写了两次")
            found[code] = (*held, Naming(name, *years[printed]))
        return found

    def _refuse(self, node: yaml.Node, at: int, what: str) -> NoReturn:
        """Refuse a line of a text block, counted from 0 without the blank ones."""
        filled = [n for n, line in enumerate(str(node.value).split("\n")) if line]
        raise RuleError(f"{self._path}:{node.start_mark.line + 2 + filled[at]}：{what}")


def _years(printed: str) -> tuple[int, int, bool, bool] | None:
    """What ``-2018?`` says of a name, None when it is not written so."""
    if printed == "?":
        return FIRST_YEAR, LAST_YEAR, False, False
    years = _YEARS.fullmatch(printed)
    if years is None or not (years["first"] or years["last"]):
        return None
    first = int(years["first"] or FIRST_YEAR)
    last = int(years["last"] or LAST_YEAR)
    return (first, last, years["doubt"] is None, True) if first <= last else None
