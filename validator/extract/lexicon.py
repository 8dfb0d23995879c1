"""Line items and cue words as data（词汇）: what the grammar knows by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from validator.errors import RuleError
from validator.extract.classification import FUNCTIONAL, Classification
from validator.extract.code_lists import load_classification
from validator.extract.tables.vocabulary import Vocabulary
from validator.extract.word_lists import read_words
from validator.facts import FundScope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from validator.extract.additions import Addition
    from validator.facts import ReportKind


@dataclass(frozen=True, slots=True)
class Item:
    """A line item（科目）that the lexicon knows.

    Attributes:
        id: Machine name; functional classes use their code.
        name: Standard Chinese name.
        family: Closed or open partition that it belongs to, or "".
        scope: Fund scope that the name itself implies.
        level: Functional level 1 (类), 2 (款), 3 (项), or 0.
        difference: It is what is left of income over expenditure（收支结余）.
        relative: Its name says nothing without the whole that it is part of: 一般债务.
    """

    id: str
    name: str
    family: str = ""
    scope: FundScope = FundScope.UNKNOWN
    level: int = 0
    difference: bool = False
    relative: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All vocabulary（词汇表）.

    Attributes:
        cues: Cue words by class, longest first.
        items: Every alias → line item.
        closed: Families whose members make up the whole.
        scopes: Words that limit the fund scope, longest first.
        heads: Words to strip from the front of a label.
        tails: Words to strip from the end of a label, shortest first.
        classification: Functional and economic codes by year.
        wholes: Family → line item that its members make up.
        partial: Family → report kinds in which a list of it names only some.
        bases: Family → line item that a share is of where no base is named.
        levels: Words for levels of government, as in ``items.yaml``.
        sections: Words of section titles, as in ``sections.yaml``.
        tables: Titles of forms and words of headers, as in ``tables.yaml``.
        performance: Words of self-assessments, as in ``performance.yaml``.
        reports: Parts of a whole report of each kind, as in ``reports.yaml``.
    """

    cues: Mapping[str, tuple[str, ...]]
    items: Mapping[str, Item]
    closed: frozenset[str]
    scopes: tuple[tuple[str, FundScope], ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    classification: Classification
    wholes: Mapping[str, str] = field(default_factory=dict)
    partial: Mapping[str, frozenset[str]] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Any] = field(default_factory=dict)
    sections: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Any] = field(default_factory=dict)
    performance: Mapping[str, Any] = field(default_factory=dict)
    reports: Mapping[str, Any] = field(default_factory=dict)
    _found: dict[str, Item | None] = field(default_factory=dict, repr=False, compare=False)

    def words(self, *classes: str) -> str:
        """One regular-expression alternative of all cue words of the classes."""
        words = {word for name in classes for word in self.cues[name]}
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))

    @cached_property
    def protected(self) -> re.Pattern[str]:
        """Names that contain a delimiter, so that clauses are not cut inside them."""
        names = {name for name in self.items if re.search("[、，（）]", name)}
        ordered = sorted(names, key=lambda w: (-len(w), w))
        return re.compile("|".join([*map(re.escape, ordered), "收、支", "收入、支出"]))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """``tables``, ready to look up."""
        return Vocabulary(self.tables)

    @cached_property
    def vocabulary_of_government(self) -> Vocabulary:
        """The same for reports of a whole government, which has forms of its own."""
        return Vocabulary(self.tables, government=True)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Line item of each id, every functional code among them."""
        coded = {
            code: Item(code, names[-1].name, level=len(code) // 2)
            for code, names in self.classification.namings.items()
            if code[0] == FUNCTIONAL
        }
        return coded | {item.id: item for item in self.items.values()}

    @cached_property
    def opposites(self) -> Mapping[str, str]:
        """Direction words and their opposites: 增加 ↔ 减少."""
        pairs = [entry.split() for entry in self.cues["opposites"]]
        back = {b: a for a, b in reversed(pairs)}
        return back | dict(reversed([(a, b) for a, b in pairs]))

    def is_closed(self, family: str, kind: ReportKind) -> bool:
        """Whether a list of a family is complete in such a report."""
        return family in self.closed and not self.is_partial(family, kind)

    def is_partial(self, family: str, kind: ReportKind) -> bool:
        """Whether a list of a family names only some of its members in such a report."""
        return kind.value in self.partial.get(family, frozenset())

    def members(self, family: str) -> list[str]:
        """Ids of the items of a family."""
        return list(dict.fromkeys(i.id for i in self.items.values() if i.family == family))

    @cached_property
    def marked(self) -> Mapping[str, Item]:
        """Names of 项 that are line items only where their level is printed: 防汛（项）."""
        found: dict[str, Item] = {}
        for name, code in self.classification.functional_names:
            if name not in self.items and name not in self.shared:
                found.setdefault(name, self.by_id[code])
        return found

    @property
    def shared(self) -> frozenset[str]:
        """Names of 项 that stand under several 款: 行政运行 alone says not which it is."""
        return self.classification.shared

    def find(self, label: str) -> Item | None:
        """The line item that a cleaned label names exactly, tails and levels aside."""
        if label not in self._found:
            self._found[label] = self._look_up(label)
        return self._found[label]

    def _look_up(self, label: str) -> Item | None:
        for candidate in self._forms(label):
            if item := self.items.get(candidate):
                return item
        if "（项" in label and (item := self.marked.get(_LEVEL_MARK.sub("", label))):
            return item
        # 一般公共服务（类）, 教育收入: running text drops 支出 or writes 收入 in its place.
        plain = _LEVEL_MARK.sub("", label).removesuffix("收入")
        item = self.items.get(f"{plain}支出")
        return item if item is not None and item.level else None

    def _forms(self, label: str) -> Iterable[str]:
        plain = _LEVEL_MARK.sub("", label)
        yield from dict.fromkeys([label, plain])
        for tail in self.tails:
            if plain.endswith(tail) and len(plain) > len(tail):
                yield plain[: -len(tail)]


_CLASS, _ITEM = 3, 7
"""Digits of a 类 and of a 项."""
_DISTINCT = 8


def _speaks_for_itself(name: str) -> bool:
    """Whether a name of a 项 is no word of common talk, as 消防 and 乡镇卫生院 are."""
    return len(name) >= _DISTINCT or name.endswith("支出")


_LEVEL_MARK = re.compile(r"（(?:类|款|项|项目|\d{3,7})）")


def load_lexicon(folder: Path, additions: Sequence[Addition] = ()) -> Lexicon:
    """Read ``rules/lexicon/``.

    Args:
        folder: Where it is.
        additions: Words that packs bring.

    Raises:
        RuleError: A file is missing or malformed, or an addition does not fit.
    """
    cues = read_words(folder / "cues.yaml")
    names = read_words(folder / "items.yaml")
    tables = read_words(folder / "tables.yaml")
    for addition in additions:
        addition.add_to(cues, names, tables)
    classification = load_classification(folder)
    items: dict[str, Item] = {}
    for name, code in classification.economic_names():
        items.setdefault(name, Item(f"e{code}", name, "economy_item"))
    for name, code in classification.functional_names:
        if len(code) < _ITEM:
            family, level = ("function", 1) if len(code) == _CLASS else ("", 2)
            if level == 1 or classification.class_of_name(name) is None:
                items.setdefault(name, Item(code, name, family, level=level))
        elif name in classification.shared:
            items.setdefault(name, Item(name, name, level=3))
        elif _speaks_for_itself(name):
            items.setdefault(name, Item(code, name, level=3))
    try:
        for entry in names["items"]:
            item = Item(
                entry["id"],
                entry["name"],
                entry.get("family", ""),
                FundScope(entry.get("scope", "")),
                int(entry.get("level", "0")),
                entry.get("difference") == "true",
                entry.get("relative") == "true",
            )
            for alias in [entry["name"], *entry.get("aliases", [])]:
                items[alias] = item
        closed = frozenset(k for k, v in names["families"].items() if v["closed"] == "true")
        scopes = [(w, FundScope(k)) for k, words in names["scopes"].items() for w in words]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RuleError(f"{folder / 'items.yaml'}：格式不对（{error}）") from error
    return Lexicon(
        cues={k: tuple(sorted(map(str, v), key=len, reverse=True)) for k, v in cues.items()},
        items=items,
        closed=closed,
        scopes=tuple(sorted(scopes, key=lambda pair: -len(pair[0]))),
        heads=tuple(sorted(names["heads"], key=len, reverse=True)),
        tails=tuple(sorted(names["tails"], key=len)),
        classification=classification,
        wholes={k: v["whole"] for k, v in names["families"].items() if "whole" in v},
        partial={k: frozenset(v.get("partial", ())) for k, v in names["families"].items()},
        bases={k: v["of"] for k, v in names["families"].items() if "of" in v},
        levels=names["levels"],
        sections=read_words(folder / "sections.yaml"),
        tables=tables,
        performance=read_words(folder / "performance.yaml"),
        reports=read_words(folder / "reports.yaml"),
    )
