"""Words of tables（表格用词）: what a header cell says its column holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from validator.facts import Basis, FundScope
from validator.quantity import MONEY_UNITS, PERCENT, count_unit
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.quantity import Unit

_BRACKET = re.compile(
    r"[（(](?:单位：?)?(?:人民币)?(?:[百千]?万?亿?元|%|[A-Z/÷×]+|\d+分?)[）)]"
)
# 一般公共预算 names a fund, not a stage.
_FUNDS = re.compile(r"(?:公共|基金|经营)预算|预算(?:单位|科目|部门|代码)")
_ANY_BRACKET = re.compile(r"（[^）]*）|\([^)]*\)")
_LEAD = re.compile(r"^(?:\d{1,2}[.、]|[（(]\d{1,2}[）)])")
_YEAR = re.compile(r"((?:19|20)\d{2})年?度?")
_LOOSE = re.compile(r"[\s：:*]|本年度?(?=决算|预算|数)")
_PARTIAL = re.compile(r"^其中：?")
_STAGE = r"(?:预算|决算|执行|年初|调整|完成)*数?"
_PERIOD = r"(?:上一?年度?|去年|本年度?|当年|(?:19|20)\d{2}年?度?)"
_COMPARED = re.compile(rf"^(?:{_PERIOD}{_STAGE})?[比较与]{_PERIOD}{_STAGE}(?:相比|的)?")
_CHANGES = (ColumnKind.CHANGE, ColumnKind.GROWTH)


@dataclass(frozen=True)
class Vocabulary:
    """``rules/lexicon/tables.yaml``, ready to look up.

    Attributes:
        data: The file.
        government: Whether the report is about a whole government, which has forms of its own.
    """

    data: Mapping[str, Any]
    government: bool = False

    @cached_property
    def kinds(self) -> Mapping[str, ColumnKind]:
        """Header words → what the column holds."""
        return {
            plain(word): ColumnKind(kind)
            for kind, words in reversed(self.data["columns"].items())
            for word in words
        }

    @cached_property
    def totals(self) -> frozenset[str]:
        """Words for a total that names nothing else."""
        return frozenset(self.data["totals"])

    @cached_property
    def named(self) -> frozenset[str]:
        """Header words of the column that tells one row from another: 项目名称."""
        return frozenset(self.data["named"])

    @cached_property
    def yearly(self) -> frozenset[str]:
        """Words beside the amount of one year, in a form about one project."""
        return frozenset(self.data["yearly"])

    def by_name(self, form: str) -> bool:
        """Whether the rows of a form are known by names of their own, not as line items."""
        entry = self.data["forms"].get(form, {})
        return bool(entry.get("rows") == "named")

    @cached_property
    def measures(self) -> Mapping[str, Unit]:
        """Units of measure that say what a number is worth, or that it was counted."""
        counted = {word: count_unit(word) for word in self.data["counted"]}
        return {**counted, "%": PERCENT, "百分比": PERCENT, **MONEY_UNITS}

    @cached_property
    def forms(self) -> Sequence[tuple[str, str, FundScope]]:
        """Title, form and scope; longest titles first."""
        found = []
        for form, entry in self.data["forms"].items():
            if (entry.get("government") == "true") is not self.government:
                continue
            scope = FundScope(entry["scope"])
            for title in entry["titles"]:
                # 决算表 and 预算表 are one form at two stages.
                stages = (title, title.replace("决算", "预算"), title.replace("决算", ""))
                found += [(plain(stage), form, scope) for stage in stages]
        return sorted(dict.fromkeys(found), key=lambda one: -len(one[0]))

    @cached_property
    def _stages(self) -> Sequence[tuple[str, Basis]]:
        return [(w, Basis(k)) for k, words in self.data["stages"].items() for w in words]

    def kind(self, head: str) -> ColumnKind | None:
        """What a header cell says its column holds, None when the words are not known."""
        words = plain(head)
        if _YEAR.fullmatch(words) and "年" in words:
            return ColumnKind.MONEY
        for form in (words, _YEAR.sub("", words), _ANY_BRACKET.sub("", words)):
            if kind := self.kinds.get(form):
                return _in_unit(kind, head)
        # 2024年预算数比2023年执行数增减额 is a change, whatever it is compared with.
        kind = self.kinds.get(_ANY_BRACKET.sub("", _COMPARED.sub("", words)))
        return _in_unit(kind, head) if kind in _CHANGES else self._by_ending(words)

    def _by_ending(self, words: str) -> ColumnKind | None:
        """What the last characters of header words say: 会议名称, 培训人数."""
        endings = self.data["endings"].items()
        return next(
            (ColumnKind(kind) for kind, ends in endings if words.endswith(tuple(ends))), None
        )

    def stage(self, head: str) -> bool:
        """Whether header words only say which amount of an item stands below: 决算数, 金额."""
        return self.kind(head) is not None or self.basis([head]) is not Basis.UNKNOWN

    def variant(self, title: str) -> str:
        """What a title adds to the id of its form: another table of the same name.

        政府预算支出经济分类 and 分单位 stand in brackets behind the name of the form.
        """
        words = self.data["government"]
        both = any(word.replace("政府", "部门") in title for word in words)
        if not both and any(word in title for word in words):
            return "_government"
        return "_units" if any(word in title for word in self.data["units"]) else ""

    def rate(self, head: str) -> bool:
        """Whether header words call their column a rate: 完成年初预算比例（%）."""
        return unit_in(head) == "%" or plain(head).endswith(tuple(self.data["rates"]))

    def _carried(self, text: str) -> bool:
        return any(word in text for word in self.data["carried"])

    def basis(self, heads: Iterable[str]) -> Basis:
        """Budget stage that header words or a title name."""
        for text in heads:
            words = _FUNDS.sub("", text)
            for word, basis in self._stages:
                if word in words:
                    return basis
        return Basis.UNKNOWN

    def year(self, heads: Iterable[str]) -> int:
        """Calendar year that header words name, -1 for the period before, else 0."""
        for text in heads:
            if found := _YEAR.search(text):
                return int(found.group(1))
            # 上年结转 is money of this year.
            if any(word in text for word in self.data["prior"]) and not self._carried(text):
                return -1
        return 0


def _in_unit(kind: ColumnKind, head: str) -> ColumnKind:
    """增减（%） is a rate, 增减（万元） an amount."""
    return ColumnKind.GROWTH if kind in _CHANGES and unit_in(head) == "%" else kind


def plain(words: str) -> str:
    """Header words without blanks, list numbers, units and letters in brackets.

    >>> plain("年度 预算数（万元）：")
    '年度预算数'
    """
    return _LOOSE.sub("", _LEAD.sub("", _BRACKET.sub("", words)))


def partial(words: str) -> bool:
    """Whether header or row words begin with 其中."""
    return _PARTIAL.match(words) is not None


def unit_in(words: str) -> str:
    """Money unit or % in the brackets of header words, or ""."""
    found = re.search(r"[（(](?:单位：?)?(?:人民币)?([百千]?万?亿?元|%)[）)]", words)
    return found.group(1) if found else ""
