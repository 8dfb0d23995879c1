"""Levels of government（级次）: 全市, 市本级, 县区级, seen from the reporting government.

A report of a whole government states each item several times: for the area as a whole, for
the government itself, for those below it. The word that says which one stands in front of
the item, in the heading, or further up in the paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from validator.facts import Tier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_NAMED = re.compile(r"关于([\u4e00-\u9fff]{2,16}?)(?:19|20)\d{2}年")
_BRACKET = re.compile(r"（[^（）]*）")
_AND = re.compile("[及和与、]")
# 省财政厅核定我市政府债务限额 is our limit; 转贷县区一般债券支出 is not what they spent.
_GRANTED = re.compile(
    r"(?:.{0,16}(?:核定|下达|批准|批复|核准)(?:的|给)?)?"
    r"(?:其中|预计|当年|全年|年末|年底|截至|目前|同期)*"
)
_TITLE_BLOCKS = 3
_JOINED = 2
"""Characters of a name that means a level without 级: 县区, 各县（市、区）."""


class Levels:
    """Finds words for levels; built once per document.

    Attributes:
        title: What the report begins with.
        area: Kind of the area that it is about, such as 市, or "".
    """

    def __init__(self, words: Mapping[str, Any], texts: Sequence[str]) -> None:
        """Learn which area the report is about.

        Args:
            words: ``levels`` of ``rules/lexicon/items.yaml``.
            texts: Cleaned text of each block.
        """
        self.title = "".join(texts[:_TITLE_BLOCKS])
        self._orders = [[str(name) for name in names] for names in words["orders"]]
        self.area, place = self._area(texts)
        grades = "|".join(words["grades"])
        names = sorted((n for names in self._orders for n in names), key=len, reverse=True)
        plain, joined = "|".join(names), "|".join(n for n in names if len(n) >= _JOINED)
        ours = rf"|{re.escape(place)}(?!财政|人民|委|人大|第)" if place else ""
        self._pattern = re.compile(
            rf"(?P<whole>(?:全|我)(?:{plain})(?!{grades}|{words['not_whole']}){ours})"
            rf"|各?(?P<name>{plain})(?:{grades})|各?(?P<joined>{joined})"
        )

    def _area(self, texts: Sequence[str]) -> tuple[str, str]:
        """Kind of the area, such as 市, and its full name where the title tells."""
        found = _NAMED.search(self.title)
        place = found.group(1) if found else ""
        names = sorted((n for names in self._orders for n in names), key=len, reverse=True)
        if kind := next((name for name in names if place.endswith(name)), ""):
            return kind, place
        votes: Counter[str] = Counter()
        for text in texts:
            votes.update(re.findall(rf"全({'|'.join(names)})", text))
        return (votes.most_common(1)[0][0] if votes else ""), ""

    def only(self, text: str) -> str:
        """The one level that a heading names, "" where it names none or several."""
        found = {word for word, _ in self._named(text)}
        return found.pop() if len(found) == 1 else ""

    def last(self, text: str) -> str:
        """The last level of this government or one below it that words name, or "".

        What stands in brackets says something of its own; 全市和市本级 are two at once.
        """
        found = list(self._named(text))
        if len(found) > 1 and _AND.fullmatch(_BRACKET.sub("", text)[found[-2][1] :][:1]):
            return ""
        return found[-1][0] if found else ""

    def _named(self, text: str) -> Iterator[tuple[str, int]]:
        """Levels that words name, with the place behind each, brackets left out."""
        for match in self._pattern.finditer(_BRACKET.sub("", text)):
            word = self._word(match)
            if self.tier(word) is not Tier.UNKNOWN:
                yield word, match.end()

    def split(self, label: str, known: Callable[[str], bool]) -> tuple[str, str]:
        """Level and rest of a label: 全市一般公共预算收入 → 全市, 一般公共预算收入.

        Args:
            label: Cleaned words without a year.
            known: Whether words name a line item.
        """
        matches = list(self._pattern.finditer(label))
        for match in reversed(matches):
            rest = label[match.end() :].lstrip("的")
            if rest and known(rest) and _GRANTED.fullmatch(label, 0, match.start()):
                return self._word(match), rest
        if matches and matches[0].start() == 0:
            return self._word(matches[0]), label[matches[0].end() :].lstrip("的")
        return "", label

    def tier(self, word: str) -> Tier:
        """What a level is to the reporting government; a higher one is none of its business."""
        if not word:
            return Tier.UNKNOWN
        if word.startswith("全"):
            return Tier.WHOLE if word[1:] in (self.area, self.area[-1:]) else Tier.UNKNOWN
        match = self._pattern.fullmatch(word)
        if match is None or not self.area:
            return Tier.UNKNOWN
        name = match.group("name") or match.group("joined") or ""
        if name in (self.area, self.area[-1:]):
            return Tier.OWN
        return Tier.BELOW if self._order(name) > self._order(self.area) else Tier.UNKNOWN

    def _order(self, name: str) -> int:
        return next((i for i, names in enumerate(self._orders) if name in names), -1)

    def _word(self, match: re.Match[str]) -> str:
        """The word itself; 我市 and the name of the city mean 全市."""
        word = match.group()
        if not match.group("whole"):
            return word.removeprefix("各")
        return f"全{word[1:]}" if word[0] in "全我" else f"全{self.area}"
