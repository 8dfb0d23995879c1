"""Words in front of a figure（引语）: they say what the figure is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.extract.elements import Base, Element, Role
from validator.facts import Basis, FigureKind

if TYPE_CHECKING:
    from validator.extract.cues import Cues
    from validator.extract.lexicon import Lexicon


class GapReader:
    """Classifies figures by the words before them; built once per lexicon."""

    def __init__(self, lexicon: Lexicon, cues: Cues) -> None:
        self._lexicon = lexicon
        self._cues = cues

    # -- what the figure does ------------------------------------------------------------

    def classify(
        self, element: Element, gap: str, start: int, previous: Element | None
    ) -> None:
        """Set what a figure does, from the words before it in its clause."""
        number = element.number
        assert number is not None  # noqa: S101 - only figures are classified
        kind = number.kind
        if kind in (FigureKind.PERCENT, FigureKind.POINTS, FigureKind.TIMES):
            self._classify_rate(element, gap, start, previous)
        elif kind is FigureKind.PRICE:
            element.role = Role.PRICE
            self.name(element, gap, start)
        else:
            self._classify_amount(element, gap, start)

    def _classify_rate(
        self, element: Element, gap: str, start: int, previous: Element | None
    ) -> None:
        number = element.number
        if number is None:
            return
        if (found := self._cues.complete_end.search(gap)) and number.kind is FigureKind.PERCENT:
            element.role = Role.COMPLETION
            element.cue = found.group("cue") or found.group("cue2")
            element.base_label = found.group("base") or found.group("base2") or ""
            element.base = Base(0, self.basis(element.base_label), start + found.start())
            element.cue_start = start + found.start()
            self.name(element, gap[: found.start()], start)
            return
        if gap == "长":  # 增1.00万元，长9.09%
            element.role, element.sign = Role.RATE, 1
            element.cue, element.cue_start = gap, start
            return
        if found := self._cues.change_end.search(gap):
            element.role = Role.RATE
            self._set_change(element, found, gap, start)
            if found.group("to") in ("到", "至") and number.kind is FigureKind.PERCENT:
                # 由92%提高到96%: the new level, not a rate of change.
                element.role, element.to = Role.MEASURE, True
            return
        if (found := self._cues.share_end.search(gap)) and number.kind is FigureKind.PERCENT:
            element.role = Role.SHARE
            element.cue = found.group("cue")
            element.cue_start = start + found.start()
            element.base_label = found.group("base").strip("的比重例")
            self.name(element, gap[: found.start()], start)
            return
        if (
            previous is not None
            and re.fullmatch(r"的?(?:比例|比重)?(?:为)?", gap)
            and ("base_before" in previous.flags)
        ):
            element.role = Role.SHARE if "share" in previous.flags else Role.COMPLETION
            element.base_number = previous.number
            element.cue_start = start
            return
        element.role = Role.MEASURE
        self.name(element, gap, start)

    def _classify_amount(self, element: Element, gap: str, start: int) -> None:
        # 年初结转和结余 ends like a difference but is a line item: a known name wins.
        self.name(element, gap, start)
        if self._known(element.label):
            return
        if (found := _AGAINST.match(element.label)) and self._known(found.group("item")):
            # 比年初结转和结余80万元减少: the item that it is measured against.
            element.role, element.cue_start = Role.PRIOR, element.label_start
            past = -1 if _PAST.match(found.group("item")) else 0
            element.base = Base(past, Basis.UNKNOWN, element.label_start)
            element.label = ""
            return
        if not (
            self._moved(element, gap, start)
            or self._changed(element, gap, start)
            or self._compared(element, gap, start)
        ):
            self._stated(element, gap, start)

    def _known(self, label: str) -> bool:
        """Whether words name a line item, of all money or of one fund's."""
        name = _YEAR_WORDS.sub("", label)
        item = self._lexicon.find(name)
        if item is not None:
            return not item.difference
        fund = next((word for word, _ in self._lexicon.scopes if word in name), "")
        return bool(fund) and self._lexicon.find(name.replace(fund, "", 1)) is not None

    def _moved(self, element: Element, gap: str, start: int) -> bool:
        """由2,000万元调整为2,400万元: where it came from, and what it became."""
        if found := _FROM.search(gap):
            element.role, element.cue_start = Role.PRIOR, start + found.start()
        elif found := _ADJUSTED.search(gap):
            element.to = True
        else:
            return False
        self.name(element, gap[: found.start()], start)
        return True

    def _changed(self, element: Element, gap: str, start: int) -> bool:
        """增加X, 减少支出X, 减少为X; or 结余X, 相差X."""
        found = self._cues.change_end.search(gap)
        becomes = bool(found and found.group("to"))
        found = found or self._cues.change_object.search(gap)
        if found:
            element.role = Role.VALUE if becomes else Role.DELTA
            element.to = becomes
            self._set_change(element, found, gap, start)
            return True
        if found := self._cues.difference_end.search(gap):
            element.role = Role.DIFFERENCE
            element.cue, element.cue_start = found.group("cue"), start + found.start()
            self.name(element, gap[: found.start()], start)
            return True
        return False

    def _compared(self, element: Element, gap: str, start: int) -> bool:
        """比上年X: the prior value, unless a direction word stands in between."""
        compare = None
        for match in self._cues.compare.finditer(gap):
            compare = match
        if compare is None or compare.group("alone") or _MOVES.search(gap, compare.end()):
            return False
        element.role = Role.PRIOR
        element.base = self.base(compare, start)
        self.name(element, gap[: compare.start()], start)
        element.cue_start = start + compare.start()
        return True

    def _stated(self, element: Element, gap: str, start: int) -> None:
        """A plain value; it may be the base of a percentage to come, or a reason's amount."""
        share = _BASE.search(gap)
        if share and (share.group("cue") == "占" or self._ends_budget(share.group("base"))):
            # 占年初预算数100万元的82%
            if share.group("cue") == "占":
                element.flags.add("share")
            element.flags.add("base_before")
        if inside := self._cues.change_inside.search(gap):
            element.flags.add("maybe_delta")
            element.sign = 1 if inside.group("cue") in self._cues.up else -1
            element.cue, element.cue_start = inside.group("cue"), start + inside.start()
        self.name(element, gap, start)

    def _set_change(self, element: Element, found: re.Match[str], gap: str, start: int) -> None:
        element.cue = found.group("cue")
        element.cue_start = start + found.start()
        element.sign = 1 if element.cue in self._cues.up else -1
        before = gap[: found.start()]
        compare = None
        for match in self._cues.compare.finditer(before):
            compare = match
        if compare:
            element.base = self.base(compare, start)
            before = before[: compare.start()]
        self.name(element, before, start)

    def base(self, match: re.Match[str], start: int) -> Base:
        """What a comparison names: a year, a period or a stage of the budget."""
        year = match.group("year") or match.group("year2")
        period = match.group("period") or match.group("period2")
        words = match.group("stage") or ""
        stage = Basis.ACTUAL if words in self._cues.actual else self.basis(words)
        if year:
            return Base(int(year), stage, start + match.start())
        if period:
            return Base(self._cues.periods[period], stage, start + match.start())
        if match.group("alone"):
            return Base(-1, Basis.UNKNOWN, start + match.start())
        return Base(0, self.basis(match.group("budget") or ""), start + match.start())

    def basis(self, words: str) -> Basis:
        """Stage of the budget that words name, the most exact one."""
        for word in sorted(self._cues.budget, key=len, reverse=True):
            if word in words:
                return self._cues.budget[word]
        return Basis.UNKNOWN

    def _ends_budget(self, words: str) -> bool:
        return any(words.endswith(word) for word in self._cues.budget)

    def name(self, element: Element, words: str, start: int) -> None:
        """Set the label: the words without connectives and function words at the ends."""
        head = self._cues.head.match(words)
        skip = head.end() if head else 0
        body = words[skip:].replace("\0", "")
        body = self._cues.function.sub("", body)
        if (found := _CHAINED.match(body)) and self._known(body[found.end() :]):
            # 加年初结转和结余: a term of a sum that is written out.
            element.flags.add("added" if found.group("added") else "taken")
            skip, body = skip + found.end(), body[found.end() :]
        element.label = body.strip("，。、；：")
        element.label_start = start + skip
        element.start = (
            min(element.start, element.label_start)
            if element.label
            else (element.cue_start or element.start)
        )
        if element.label:
            element.start = element.label_start


_YEAR_WORDS = re.compile(r"^(?:(?:19|20)\d{2}年度?|本年度|本年|当年|全年)+")
_AGAINST = re.compile(r"(?:比|较|与|同)(?P<item>.{2,})$")
_PAST = re.compile(r"年初|上年|去年|期初")
_CHAINED = re.compile(r"(?:再|并)?(?:(?P<added>加(?:上(?![级年解]))?)|减去?|扣除)：?")
_FROM = re.compile(r"(?:由|从)(?:原来的?|原先的?|原)?$")
_ADJUSTED = re.compile(r"(?:调整|变更|变)(?:为|到|至)$")
_MOVES = re.compile("[增减升降]")
_BASE = re.compile(r"(?P<cue>占|为|完成)(?P<base>[^占]{2,30})$")
