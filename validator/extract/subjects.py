"""Subjects（科目识别）: which line item, scope, basis and period a label names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.extract.lexicon import Item
from validator.facts import Basis, FundScope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.levels import Levels
    from validator.extract.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Identity:
    """What a label names（所指）.

    Attributes:
        item: Lexicon id, functional code, or the cleaned label itself.
        known: Whether the lexicon or a code settles it.
        scope: Fund scope that the words declare.
        basis: Budget stage that the words declare.
        family: Partition that the item belongs to, or "".
        level: Functional level 1–3, or 0.
        grade: Level of government that the words declare: 全市, 市本级, or "".
    """

    item: str
    known: bool
    scope: FundScope
    basis: Basis
    family: str = ""
    level: int = 0
    grade: str = ""


_CODE = re.compile(
    r"(?P<class>[12]\d{2})（类）(?:(?P<division>\d{2})（款）(?:(?P<section>\d{2})（?项）)?)?"
    r"|(?<!\d)(?P<glued>2\d{6}|2\d{4})(?!\d)|（(?P<bracket>2\d{2})）"
)
_YEARS = re.compile(
    r"(?:19|20)\d{2}年(?:度|末|底|初)?|^本年度?(?=[^收支])|^当年(?!收支结|结余|收入|支出)|^全年|^年度"
)
_BASIS_WORDS = (
    (re.compile(r"年初(?:部门)?预算|初始预算"), Basis.ORIGINAL_BUDGET),
    (re.compile(r"调整后?预算|全年预算"), Basis.FINAL_BUDGET),
    (re.compile(r"决算|执行数|实际(?:支出|完成)|预算执行"), Basis.ACTUAL),
    (
        re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算(?!财政拨款|拨款|收入|支出|内|外|稳定)"),
        Basis.BUDGET,
    ),
    (re.compile(r"(?:收入|支出|收支|支)(?:总)?预算"), Basis.BUDGET),
)
_SUM_WORD = re.compile(r"再?(?:加上?(?!级|年|解|划)|减去?|扣除)")
_BASIS_STRIP = re.compile(
    r"^(?:年初|全年|调整后?)预算数?|(?:年初|全年|调整后?)预算数?$|(?:支出|收入)?(?:决算数?|执行数)$|预算数$"
    r"|(?:完成|占|为)(?:年初|全年|年度|调整后?)?预算(?:安排)?数?$"
)


class Identifier:
    """Names facts; built once per document, remembers labels."""

    def __init__(self, lexicon: Lexicon, entity: str, levels: Levels | None = None) -> None:
        """Prepare for one document.

        Args:
            lexicon: Vocabulary.
            entity: Reporting entity, or "".
            levels: Words for levels of government, in reports of a whole government.
        """
        self._lexicon = lexicon
        self._entity = entity
        self._levels = levels
        self._seen: dict[str, Identity] = {}

    def identify(self, label: str) -> Identity:
        """Identity of a cleaned label."""
        if label not in self._seen:
            self._seen[label] = self._identify(label)
        return self._seen[label]

    def fund(self, words: str) -> FundScope:
        """The fund that words are the bare name of: 一般公共预算, 政府性基金."""
        return next((s for word, s in self._lexicon.scopes if word == words), FundScope.UNKNOWN)

    def names(self, words: str) -> bool:
        """Whether the words of a cell name a line item or a fund."""
        return self.identify(words).known or self.fund(words) is not FundScope.UNKNOWN

    def _identify(self, label: str) -> Identity:
        basis = next((b for pattern, b in _BASIS_WORDS if pattern.search(label)), Basis.UNKNOWN)
        body = _YEARS.sub("", label)
        if code := _code(body):
            level = {3: 1, 5: 2, 7: 3}[len(code)]
            family = "function" if level == 1 else ""
            return Identity(code, True, FundScope.UNKNOWN, basis, family, level)
        body = self._without_entity(body)
        grade = ""
        if self._levels is not None:
            body = self._without_sum(body)
            # 县（市、区）上解收入: a level in the name of an item is not the item's own.
            if not self._names(body):
                grade, body = self._levels.split(body, self._names)
        body = self._strip_heads(self._without_sum(body))
        if "（类）" in body and "（款）" not in body:
            # Printed as a class: it is one, whether or not such a class exists.
            item = self._lexicon.find(body)
            name = item.id if item is not None and item.level == 1 else body
            return Identity(name, name != body, FundScope.UNKNOWN, basis, "function", 1)
        stripped = _BASIS_STRIP.sub("", body)
        for item, scope in self._readings(body, stripped):
            # Of a whole government, 保险基金收入 is not what is spent under that name.
            taken_in = self._levels is not None and stripped.endswith("收入")
            if item is not None and not (taken_in and item.level):
                scope = item.scope or scope  # noqa: PLW2901 - its own scope goes first
                return Identity(item.id, True, scope, basis, item.family, item.level, grade)
        name = stripped or body or label
        return Identity(name, False, FundScope.UNKNOWN, basis, grade=grade)

    def _names(self, words: str) -> bool:
        """Whether words name a line item."""
        body = self._strip_heads(self._without_sum(words))
        stripped = _BASIS_STRIP.sub("", body)
        return any(item is not None for item, _ in self._readings(body, stripped))

    def _without_sum(self, body: str) -> str:
        """A label without 加, 加上, 减 in front, where what is left names something."""
        found = _SUM_WORD.match(body)
        rest = body[found.end() :] if found else ""
        return rest if rest and self._lexicon.find(rest) else body

    def _readings(self, body: str, stripped: str) -> Iterator[tuple[Item | None, FundScope]]:
        """Line items that the words may name, the plainest reading first."""
        find = self._lexicon.find
        yield find(body), FundScope.UNKNOWN
        if stripped and stripped != body:
            yield find(stripped), FundScope.UNKNOWN
        for word, scope in self._lexicon.scopes:
            if stripped.startswith(word) and len(stripped) > len(word):
                yield find(stripped[len(word) :].removeprefix("安排").lstrip("的")), scope
        # Scope words in the middle of a name: “三公”经费财政拨款支出.
        for word, scope in self._lexicon.scopes:
            if word in stripped:
                yield find(stripped.replace(word, "", 1)), scope
        yield self._functional(stripped), FundScope.UNKNOWN
        # 项目支出中办公费: the item, of money that these words only describe.
        before, found, rest = stripped.rpartition("中")
        if found and len(before) > 1:
            yield find(rest), FundScope.UNKNOWN

    def _without_entity(self, body: str) -> str:
        """A label without the entity's name, full or short (州总工会, 市水务局), in front."""
        if self._entity and self._entity in body:
            return body.rsplit(self._entity, maxsplit=1)[-1]
        for start in range(1, len(self._entity) - 2):
            short = self._entity[start:]
            if body.startswith(short) and len(body) > len(short):
                return body[len(short) :]
        return body

    def _functional(self, body: str) -> Item | None:
        """类款项 names run together: the most specific one, of the 款 that it stands under."""
        if "（款）" not in body and "（项）" not in body and "（项目）" not in body:
            return None
        chain = re.sub(r"（项目?）.*$", "", body)
        above, _, name = chain.rpartition("（款）")
        top, _, group = above.rpartition("（类）")
        if code := self._lexicon.classification.item_code(group, name, top):
            return Item(code, name, level=3)
        name = name.rpartition("（类）")[2]
        return self._lexicon.find(f"{name}（项）" if chain != body else name)

    def _strip_heads(self, body: str) -> str:
        changed = True
        while changed:
            changed = False
            for head in self._lexicon.heads:
                if (
                    body.startswith(head)
                    and len(body) > len(head)
                    and not self._lexicon.find(body)
                ):
                    body = body[len(head) :]
                    changed = True
        return body


def _code(body: str) -> str:
    """The most specific functional code printed in a label, or ""."""
    best = ""
    for match in _CODE.finditer(body):
        code = (
            match.group("glued")
            or match.group("bracket")
            or "".join(match.group(name) or "" for name in ("class", "division", "section"))
        )
        if len(code) > len(best):
            best = code
    return best
