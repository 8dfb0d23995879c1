"""Words of self-assessments（自评用词）, ready to look up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from validator.extract.tables.vocabulary import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BRACKET = re.compile(r"（[^）]*）|\([^)]*\)")
_POINTS = re.compile(r"\d+(?:\.\d+)?分$")
_EDGES = re.compile(r"^其中[-—：]?|[-—：:。；;]+$")
_NOTHING = re.compile(r"(?:无|没有|[-—/]+|未偏离|无偏差|不存在偏差|不适用)?")
_ASKED = re.compile(r"需(?:要)?说明|应(?:当)?(?:单独)?说明|请(?:单独)?说明|字以内")
_LONGEST_SOURCE = 14
_REACHED, _PARTLY, _MISSED = 3, 2, 1


@dataclass(frozen=True)
class Words:
    """``rules/lexicon/performance.yaml``.

    Attributes:
        data: The file.
    """

    data: Mapping[str, Any]

    @cached_property
    def names(self) -> frozenset[str]:
        """Cells beside which the name of a project stands."""
        return frozenset(self.data["names"])

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """Words of the titles of forms about all spending of a department."""
        return _any_of(self.data["whole"])

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """Grades from the best."""
        return tuple(self.data["grades"])

    @cached_property
    def told_full(self) -> tuple[str, ...]:
        """Words before what all points add up to: 总分100分."""
        return tuple(self.data["told"]["full"])

    @cached_property
    def told_score(self) -> tuple[str, ...]:
        """Words before the score of all: 自评得分96分."""
        return tuple(self.data["told"]["score"])

    @cached_property
    def told_whole(self) -> tuple[str, ...]:
        """Words that say a score is of all spending of a department."""
        return tuple(self.data["told"]["whole"])

    @cached_property
    def money(self) -> tuple[str, ...]:
        """Words before the money of some projects: 涉及资金."""
        return tuple(self.data["money"])

    @cached_property
    def spent(self) -> tuple[str, ...]:
        """Words before what was spent: 使用资金."""
        return tuple(self.data["spent"])

    @cached_property
    def achieved(self) -> re.Pattern[str]:
        """Words that say that all was reached: 绩效目标全部实现."""
        who, said = (_any_of(self.data["achieved"][key]).pattern for key in ("who", "said"))
        return re.compile(rf"(?:\d{{1,3}}|[一二三四五六七八九十]{{1,2}})?(?:{who})(?:{said})")

    def plans(self, text: str) -> bool:
        """Whether words are about what is to come."""
        return any(word in text for word in self.data["planned"])

    def counted(self, text: str) -> str:
        """What words say of a number of projects: ``goals``, ``assessed`` …; "" for nothing."""
        found = [
            (len(word), about)
            for about, known in self.data["counts"].items()
            for word in known
            if word in text
        ]
        return max(found)[1] if found else ""

    def counts_aside(self, text: str) -> bool:
        """Whether a number of projects is of another year, or of something else."""
        return any(word in text for word in self.data["counts_aside"])

    def counts_of(self, text: str) -> frozenset[str]:
        """Which projects are counted, where words tell them apart: 政府性基金, 重点."""
        unquoted = re.sub("“[^”]*”", "", text)
        return frozenset(word for word in self.data["counts_of"] if word in unquoted)

    def attached(self, text: str) -> bool:
        """Whether words say that the forms are part of the report."""
        return any(word in text for word in self.data["attached"])

    def is_about_scores(self, text: str) -> bool:
        """Whether points are those of an assessment, not of an examination."""
        told = self.data["told"]
        own = any(word in text for word in told["of"])
        return own and not any(word in text for word in told["aside"])

    def is_part_score(self, label: str) -> bool:
        """Whether words say only that points were given: 得, 得分."""
        return label in self.data["told"]["part"]

    def is_fund_total(self, label: str) -> bool:
        """Whether a row holds all funds of the year: 年度资金总额."""
        return bare(label) in self._funds["totals"]

    def is_rest(self, label: str) -> bool:
        """Whether a row holds whatever other funds there are: 其他资金."""
        return bare(label) in self._funds["rest"]

    def is_source(self, label: str) -> bool:
        """Whether a row may hold funds even where it holds no number."""
        named = len(bare(label)) <= _LONGEST_SOURCE and not re.search("[，。；]", label)
        return named and self._source.search(label) is not None

    def is_division(self, label: str) -> bool:
        """Whether a row begins another division of the funds: 按支出性质分."""
        return bare(label) in self._funds["divisions"]

    def is_whole(self, head: str) -> bool:
        """Whether a column holds the whole of its neighbours: 总额."""
        return bare(head) in self._funds["wholes"]

    def class_of(self, names: Iterable[str]) -> str:
        """Class of an indicator by the words of its levels from the first; "" when unknown."""
        for name in names:
            words = bare(name)
            for kind, known in self._classes.items():
                if words in known:
                    return kind
        return ""

    def is_total_cost(self, name: str) -> bool:
        """Whether an indicator measures the whole cost, not that of a unit."""
        return bare(name) in self._total_cost

    def stage(self, text: str) -> int:
        """3 for 达成预期指标, 2 for 部分达成, 1 for 未达成, 0 for other words."""
        words = re.sub(r"[\s，,。；;]", "", text)
        for value, known in self._stages.items():
            if words in known:
                return value
        return 0

    def unmet(self, text: str) -> bool:
        """Whether words say that something was not done, or only in part."""
        return self._unmet.match(re.sub(r"\s", "", text)) is not None

    def explains(self, text: str) -> bool:
        """Whether a cell says why money was not spent."""
        return self._reasons.search(text) is not None and tells(text)

    @cached_property
    def _reasons(self) -> re.Pattern[str]:
        return _any_of(self.data["reasons"])

    @cached_property
    def _funds(self) -> Mapping[str, frozenset[str]]:
        return {key: frozenset(words) for key, words in self.data["funds"].items()}

    @cached_property
    def _classes(self) -> Mapping[str, frozenset[str]]:
        return {key: frozenset(words) for key, words in self.data["classes"].items()}

    @cached_property
    def _total_cost(self) -> frozenset[str]:
        return frozenset(self.data["total_cost"])

    @cached_property
    def _stages(self) -> Mapping[int, frozenset[str]]:
        stages = self.data["stages"]
        keys = {_REACHED: "reached", _PARTLY: "partly", _MISSED: "missed"}
        return {
            value: frozenset(re.sub("，", "", word) for word in stages[key])
            for value, key in keys.items()
        }

    @cached_property
    def _source(self) -> re.Pattern[str]:
        return _any_of(self.data["funds"]["sources"])

    @cached_property
    def _unmet(self) -> re.Pattern[str]:
        return _any_of(self.data["unmet"])


@lru_cache(maxsize=4096)
def bare(words: str) -> str:
    """Words of a cell without blanks, numbers, brackets, points and 其中.

    >>> bare("其中： 产出指标（50分）")
    '产出指标'
    """
    text = _EDGES.sub("", plain(re.sub(r"\s", "", words)))
    return _EDGES.sub("", _POINTS.sub("", _BRACKET.sub("", text)))


def tells(reason: str) -> bool:
    """Whether a cell for reasons gives one, not the form's own demand for it.

    >>> tells("预算执行率未达到90%的需说明原因（100字以内）"), tells("招标推迟")
    (False, True)
    """
    words = re.sub(r"\s", "", reason)
    return not (_NOTHING.fullmatch(words) or _ASKED.search(words))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
