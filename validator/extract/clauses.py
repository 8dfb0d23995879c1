"""Clauses and their elements（分句与成分）: what each figure does in its clause.

A report sentence is a chain of short clauses. In each, the words before a figure（引语）say
what the figure is: a value of a line item, an increase, a share, a rate of completion, last
year's value. This module reads one clause at a time and knows nothing of its neighbours;
`scopes` puts the elements together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.facts import Basis, FigureKind

if TYPE_CHECKING:
    from validator.extract.lexicon import Lexicon
    from validator.extract.tokens import Number


class Role(StrEnum):
    """What an element does."""

    VALUE = "value"
    """A line item has this amount or count."""
    DELTA = "delta"
    """增加X万元."""
    RATE = "rate"
    """增长X%."""
    SHARE = "share"
    """占X%."""
    COMPLETION = "completion"
    """完成预算的X%."""
    PRIOR = "prior"
    """比上年X万元: last year's value inside a comparison."""
    DIFFERENCE = "difference"
    """结余X万元."""
    PRICE = "price"
    MEASURE = "measure"
    """A percentage of some other kind: 满意度98%."""
    COMPARE = "compare"
    """与2019年相比: opens a comparison."""
    FLAT = "flat"
    """与上年持平."""
    RELATION = "relation"
    """决算数大于预算数."""
    OPEN = "open"
    """其中: opens a list."""
    REASONS = "reasons"
    """主要原因是."""
    NIL = "nil"
    """政府采购支出无."""
    LABEL = "label"
    """Words alone; they may name what follows a colon."""
    STOP = "stop"
    """A delimiter."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a change or completion is measured against（比较对象）.

    Attributes:
        year: Offset from the report year (-1 last year), or a calendar year above 1900; 0
            when no period is named.
        basis: Budget stage, when measured against a budget.
        start: Where the words begin in cleaned text.
    """

    year: int
    basis: Basis
    start: int


@dataclass(slots=True)
class Element:
    """One element of a clause; positions are those of the cleaned block.

    Attributes:
        role: What it does.
        start: Where its words begin (label or cue).
        end: Where it ends.
        number: Its figure, if any.
        label: Words that name its line item, cleaned; "" when carried from before.
        label_start: Where the label begins.
        sign: Direction: -1, 0 or 1.
        base: Comparison, when the clause states one.
        base_label: Named base of a share or completion.
        cue: Cue word as printed.
        cue_start: Where the cue begins.
        to: 减少为X: the figure is the new value, not the difference.
        partial: The list that opens need not be complete.
        respective: (position, count) in a 分别 list.
        stop: The delimiter, for STOP.
    """

    role: Role
    start: int
    end: int
    number: Number | None = None
    label: str = ""
    label_start: int = 0
    sign: int = 0
    base: Base | None = None
    base_label: str = ""
    base_number: Number | None = None
    cue: str = ""
    cue_start: int = 0
    to: bool = False
    partial: bool = False
    respective: tuple[int, int] | None = None
    stop: str = ""
    flags: set[str] = field(default_factory=set)


_STOPS = re.compile(r"[，,；;。！？、：（）\n]|\.(?=$)")
_ASIDE = re.compile(r"（[^（）]{1,8}）")


class ClauseReader:
    """Reads the elements of a cleaned block; built once per lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words
        self._lexicon = lexicon
        up, down = words("up"), words("down")
        self._up = frozenset(lexicon.cues["up"])
        budget = {
            **dict.fromkeys(lexicon.cues["budget"], Basis.BUDGET),
            **dict.fromkeys(lexicon.cues["budget_original"], Basis.ORIGINAL_BUDGET),
            **dict.fromkeys(lexicon.cues["budget_final"], Basis.FINAL_BUDGET),
        }
        self._budget = budget
        bases = words("budget", "budget_original", "budget_final")
        self._periods = (
            {w: -1 for w in lexicon.cues["prior_year"]}
            | {w: 0 for w in lexicon.cues["this_year"]}
            | {w: 1 for w in lexicon.cues["next_year"]}
            | {"年初": -1}
        )
        period = rf"(?:(?P<year>(?:19|20)\d{{2}})年?度?(?:末|底|同期|初)?|(?P<period>{words('prior_year')}|年初(?!预算|部门|结)))"
        self._compare = re.compile(
            rf"(?P<word>{words('compare', 'from')})(?P<object>{period}(?:度)?|(?P<budget>{bases}))"
            rf"|(?P<alone>同比|环比)|(?P<object2>{period.replace('P<year>', 'P<year2>').replace('P<period>', 'P<period2>')})相比"
        )
        filler = r"(?:了|幅度|比例|比率|率|约|近|共计|共|大约|金额|数额|额)*(?:为|达到|达|是|：)?"
        self._change_end = re.compile(rf"(?P<cue>{up}|{down})(?P<to>为|到|至|成)?{filler}$")
        self._change_object = re.compile(
            rf"(?P<cue>{up}|{down})(?:了)?(?P<object>支出|收入|拨付|预算|经费|资金|安排|拨款|投入|指标|经费支出|预算资金)"
            rf"(?:约|共计|共)?(?:为|：)?$"
        )
        self._change_inside = re.compile(rf"(?P<cue>{up}|{down})(?P<object>[^，。；]{{2,20}})$")
        self._leading = re.compile(rf"(?P<cue>{up}|{down})")
        self._share_end = re.compile(
            rf"(?P<cue>{words('share')})(?P<base>[^占]{{0,40}}?)(?:的)?(?:比例|比重|百分比)?(?:约|近)?(?:为|达到|达|是|：)?$"
        )
        self._complete_end = re.compile(
            rf"(?:(?P<cue>完成|达到|达|占|为)(?:了)?(?P<base>(?:本年|当年|全年|年度|调整|年初)?[^完成]{{0,8}}?(?:{bases}))(?:数|安排)?(?:的)?(?:比例)?(?:约)?(?:为|：)?"
            rf"|(?P<base2>{bases})?(?:的)?(?P<cue2>完成率|执行率|完成比例|执行进度|支出进度)(?:约)?(?:为|达到|达|是|：)?)$"
        )
        self._difference_end = re.compile(
            rf"(?P<cue>{words('difference')})(?:资金|金额|数|额|经费)?(?:约|共计|共)?(?:为|达|：)?$"
        )
        self._open = re.compile(
            rf"(?P<open>{words('of_which')})|(?P<partial>{words('of_which_partial')})"
        )
        self._reasons = re.compile(words("reasons"))
        self._flat = re.compile(words("flat"))
        self._vague = frozenset(lexicon.cues["flat_vague"])
        self._respective = re.compile(words("respective"))
        actual = words("actual")
        self._relation = re.compile(
            rf"(?:(?:{actual})?(?:比|较|与)?(?P<cue>大于|小于|等于|高于|低于|超过|超|多于|少于|持平于)(?:了)?(?:{bases})"
            rf"|(?:{actual})(?:与|和|同)(?:{bases})(?P<even>持平|一致|相等|基本持平)"
            rf"|(?:与|和|同)(?:{bases})(?:数)?(?P<even2>持平|一致|相等))"
        )
        self._nil = re.compile(
            r"(?P<label>[^，。；：]{2,40}?(?:支出|费|收入|经费|资金|决算|结转和结余|结转结余))(?:均)?(?:为)?(?P<nil>无|为零)$"
        )
        self._function = re.compile(
            r"(?:共计|共|约|近|均|各|为|是|达到|达|有|了|：|累计|总共|大约|仅|只有|已|安排|发放|下达|拨付|使用|投入|完成|实现|的)+$"
        )
        self._head = re.compile(
            r"^(?:\d{1,2}[.、]|（\d{1,2}）|（[一二三四五六七八九十]{1,3}）|和|及|与|以及|并|而|另外|此外|同时|其次|再次|主要|具体|即|则|也|又|还|[一二三四五六七八九十]+是|[一二三四五六七八九十]+、|①|②|③|④|⑤)+"
        )

    # -- public ------------------------------------------------------------------------

    def read(self, text: str, numbers: list[Number]) -> list[Element]:
        """The elements of a cleaned block, delimiters included, in order."""
        stops = self._stops(text, numbers)
        out: list[Element] = []
        start = 0
        index = 0
        for stop in [*stops, len(text)]:
            inside: list[Number] = []
            while index < len(numbers) and numbers[index].start < stop:
                inside.append(numbers[index])
                index += 1
            if start < stop:
                out.extend(self._clause(text, start, stop, inside))
            if stop < len(text):
                out.append(Element(Role.STOP, stop, stop + 1, stop=_STOP_KIND.get(text[stop], "，")))
            start = stop + 1
        self._mark_respective(text, out)
        return out

    # -- clauses -----------------------------------------------------------------------

    def _stops(self, text: str, numbers: list[Number]) -> list[int]:
        """Delimiters that end a clause: not those inside a number, a name or an aside."""
        inside = bytearray(len(text) + 1)
        for number in numbers:
            for i in range(number.start, number.end):
                inside[i] = 1
        for match in self._lexicon.protected.finditer(text):
            for i in range(match.start(), match.end()):
                inside[i] = 1
        figures = [n for n in numbers if not n.ignored]
        for match in _ASIDE.finditer(text):
            holds = any(match.start() <= n.start < match.end() for n in figures)
            if not holds and not self._open.search(match.group()):
                for i in range(match.start(), match.end()):
                    inside[i] = 1
        return [m.start() for m in _STOPS.finditer(text) if not inside[m.start()]]

    def _clause(self, text: str, start: int, end: int, numbers: list[Number]) -> list[Element]:
        figures = [n for n in numbers if not n.ignored or n.ignored == "汉字数"]
        figures = [n for n in figures if n.ignored != "汉字数"]
        if not figures:
            return self._wordy(text, start, end)
        out: list[Element] = []
        at = start
        previous: Element | None = None
        for number in figures:
            elements = self._figure(text, at, number, previous)
            out.extend(elements)
            previous = elements[-1]
            at = number.end
        if at < end:
            out.extend(self._tail(text, at, end))
        return out

    def _figure(
        self, text: str, start: int, number: Number, previous: Element | None
    ) -> list[Element]:
        """Elements for the words between ``start`` and a figure, and the figure itself."""
        out: list[Element] = []
        gap = text[start : number.start]
        if opened := self._last_open(gap):
            if opened.start() > 0:
                out.append(self._label(text, start, start + opened.start()))
            out.append(
                Element(
                    Role.OPEN, start + opened.start(), start + opened.end(),
                    partial=bool(opened.group("partial")), cue=opened.group(),
                )
            )
            start += opened.end()
            gap = text[start : number.start]
            previous = None
        if found := self._reasons.search(gap):
            out.append(Element(Role.REASONS, start, start + found.end(), cue=found.group()))
            start += found.end()
            gap = text[start : number.start]
        element = Element(Role.VALUE, start, number.end, number, label_start=start)
        if self._respective.search(gap):
            element.flags.add("respective")
            gap_clean = self._respective.sub(_blank, gap)
            gap_clean = gap_clean.rstrip("\0")
        else:
            gap_clean = gap
        self._classify(element, gap_clean, start, previous)
        if previous is not None and element.role is Role.VALUE and not element.label and not gap:
            element.flags.add("bare_repeat")
        out.append(element)
        return out

    def _last_open(self, gap: str) -> re.Match[str] | None:
        last = None
        for match in self._open.finditer(gap):
            # 含 inside a word (包含, 含义) is not an opener; a cue right before the figure
            # with nothing between is a verb (主要用于100万元): still opens nothing useful.
            last = match
        return last

    # -- what the figure does ------------------------------------------------------------

    def _classify(
        self, element: Element, gap: str, start: int, previous: Element | None
    ) -> None:
        number = element.number
        assert number is not None  # noqa: S101 - only figures are classified
        kind = number.kind
        if kind in (FigureKind.PERCENT, FigureKind.POINTS, FigureKind.TIMES):
            self._classify_rate(element, gap, start, previous)
        elif kind is FigureKind.PRICE:
            element.role = Role.PRICE
            self._name(element, gap, start)
        else:
            self._classify_amount(element, gap, start)

    def _classify_rate(
        self, element: Element, gap: str, start: int, previous: Element | None
    ) -> None:
        number = element.number
        if number is None:
            return
        if (found := self._complete_end.search(gap)) and number.kind is FigureKind.PERCENT:
            element.role = Role.COMPLETION
            element.cue = found.group("cue") or found.group("cue2")
            element.base_label = found.group("base") or found.group("base2") or ""
            element.base = Base(0, self._basis(element.base_label), start + found.start())
            element.cue_start = start + found.start()
            self._name(element, gap[: found.start()], start)
            return
        if found := self._change_end.search(gap):
            element.role = Role.RATE
            self._set_change(element, found, gap, start)
            return
        if (found := self._share_end.search(gap)) and number.kind is FigureKind.PERCENT:
            element.role = Role.SHARE
            element.cue = found.group("cue")
            element.cue_start = start + found.start()
            element.base_label = found.group("base").strip("的比重例")
            self._name(element, gap[: found.start()], start)
            return
        if previous is not None and re.fullmatch(r"的?(?:比例|比重)?(?:为)?", gap) and (
            "base_before" in previous.flags
        ):
            element.role = Role.SHARE if "share" in previous.flags else Role.COMPLETION
            element.base_number = previous.number
            element.cue_start = start
            return
        element.role = Role.MEASURE
        self._name(element, gap, start)

    def _classify_amount(self, element: Element, gap: str, start: int) -> None:
        # 年初结转和结余 ends like a difference but is a line item: a known name wins.
        self._name(element, gap, start)
        if self._lexicon.find(_YEAR_WORDS.sub("", element.label)):
            return
        if found := self._change_end.search(gap):
            element.role = Role.DELTA
            self._set_change(element, found, gap, start)
            if found.group("to"):
                element.role, element.to = Role.VALUE, True
            return
        if found := self._change_object.search(gap):
            element.role = Role.DELTA
            self._set_change(element, found, gap, start)
            return
        if found := self._difference_end.search(gap):
            element.role = Role.DIFFERENCE
            element.cue, element.cue_start = found.group("cue"), start + found.start()
            self._name(element, gap[: found.start()], start)
            return
        compare = None
        for match in self._compare.finditer(gap):
            compare = match
        if compare and not compare.group("alone"):
            after = gap[compare.end() :]
            if not re.search(rf"{'|'.join(['增', '减', '升', '降'])}", after):
                element.role = Role.PRIOR
                element.base = self._base(compare, start)
                self._name(element, gap[: compare.start()], start)
                element.cue_start = start + compare.start()
                return
        share = re.search(r"(?P<cue>占|为|完成)(?P<base>[^占]{2,30})$", gap)
        if share and (share.group("cue") == "占" or self._ends_budget(share.group("base"))):
            # 占年初预算数100万元的82%: the amount is the base of the percentage to come.
            if share.group("cue") == "占":
                element.flags.add("share")
            if share.group("cue") in ("占", "完成"):
                element.flags.add("base_before")
        inside = self._change_inside.search(gap)
        if inside:
            element.flags.add("maybe_delta")
            element.sign = 1 if inside.group("cue") in self._up else -1
            element.cue, element.cue_start = inside.group("cue"), start + inside.start()
        self._name(element, gap, start)

    def _set_change(
        self, element: Element, found: re.Match[str], gap: str, start: int
    ) -> None:
        element.cue = found.group("cue")
        element.cue_start = start + found.start()
        element.sign = 1 if element.cue in self._up else -1
        before = gap[: found.start()]
        compare = None
        for match in self._compare.finditer(before):
            compare = match
        if compare:
            element.base = self._base(compare, start)
            before = before[: compare.start()]
        self._name(element, before, start)

    def _base(self, match: re.Match[str], start: int) -> Base:
        year = match.group("year") or match.group("year2")
        period = match.group("period") or match.group("period2")
        if year:
            return Base(int(year), Basis.UNKNOWN, start + match.start())
        if period:
            return Base(self._periods[period], Basis.UNKNOWN, start + match.start())
        if match.group("alone"):
            return Base(-1, Basis.UNKNOWN, start + match.start())
        return Base(0, self._basis(match.group("budget") or ""), start + match.start())

    def _basis(self, words: str) -> Basis:
        for word in sorted(self._budget, key=len, reverse=True):
            if word in words:
                return self._budget[word]
        return Basis.UNKNOWN

    def _ends_budget(self, words: str) -> bool:
        return any(words.endswith(word) for word in self._budget)

    def _name(self, element: Element, words: str, start: int) -> None:
        """Set the label: the words without connectives and function words at the ends."""
        head = self._head.match(words)
        skip = head.end() if head else 0
        body = words[skip:]
        body = self._function.sub("", body)
        element.label = body.strip("，。、；：")
        element.label_start = start + skip
        element.start = min(element.start, element.label_start) if element.label else (
            element.cue_start or element.start
        )
        if element.label:
            element.start = element.label_start

    # -- clauses without figures -----------------------------------------------------------

    def _wordy(self, text: str, start: int, end: int) -> list[Element]:
        words = text[start:end]
        out: list[Element] = []
        if found := self._reasons.search(words):
            before = words[: found.start()]
            out.extend(self._state(before, start))
            out.append(Element(Role.REASONS, start + found.start(), end, cue=found.group()))
            return out
        if opened := self._last_open(words):
            after = words[opened.end() :]
            if opened.start() > 0:
                out.append(self._label(text, start, start + opened.start()))
            out.append(
                Element(
                    Role.OPEN, start + opened.start(), start + opened.end(),
                    partial=bool(opened.group("partial")), cue=opened.group(),
                )
            )
            if after:
                out.append(self._label(text, start + opened.end(), end))
            return out
        stated = self._state(words, start)
        return stated or [self._label(text, start, end)]

    def _tail(self, text: str, start: int, end: int) -> list[Element]:
        """Words after the last figure of a clause."""
        words = text[start:end]
        stated = self._state(words, start)
        if stated:
            return stated
        if opened := self._last_open(words):
            return [
                Element(
                    Role.OPEN, start + opened.start(), start + opened.end(),
                    partial=bool(opened.group("partial")), cue=opened.group(),
                )
            ]
        if words.startswith("相比") or words.startswith("比较"):
            return []
        tail = self._label(text, start, end)
        tail.flags.add("tail")
        return [tail]

    def _state(self, words: str, start: int) -> list[Element]:
        """Comparisons and relations stated in words alone."""
        if found := self._relation.search(words):
            cue = found.group("cue") or found.group("even") or found.group("even2")
            element = Element(
                Role.RELATION, start, start + found.end(), cue=cue,
                cue_start=start + found.start(), sign=_RELATIONS[cue],
            )
            self._name(element, words[: found.start()], start)
            element.start = start + found.start()
            return [element]
        compare = None
        for match in self._compare.finditer(words):
            compare = match
        if found := self._flat.search(words):
            element = Element(
                Role.FLAT, start, start + found.end(), cue=found.group(),
                cue_start=start + found.start(),
                base=self._base(compare, start) if compare else None,
            )
            if found.group() in self._vague:
                element.flags.add("vague")
            self._name(element, words[: compare.start() if compare else found.start()], start)
            return [element]
        if compare:
            element = Element(
                Role.COMPARE, start + compare.start(), start + compare.end(),
                base=self._base(compare, start), label_start=start,
            )
            self._name(element, words[: compare.start()], start)
            rest = self._change_end.search(words)
            if rest and rest.start() >= compare.end():
                element.sign = 1 if rest.group("cue") in self._up else -1
            return [element]
        if found := self._nil.search(words):
            element = Element(
                Role.NIL, start, start + len(words), cue=found.group("nil"),
                cue_start=start + found.start("nil"),
            )
            self._name(element, found.group("label"), start + found.start("label"))
            return [element]
        return []

    def _label(self, text: str, start: int, end: int) -> Element:
        element = Element(Role.LABEL, start, end, label_start=start)
        if found := self._leading.match(text, start, end):
            # 追减养老保险、医疗保险0.59万元: the word counts for the whole enumeration.
            element.sign = 1 if found.group("cue") in self._up else -1
        self._name(element, text[start:end], start)
        return element

    # -- 分别 ------------------------------------------------------------------------------

    def _mark_respective(self, text: str, elements: list[Element]) -> None:
        """Number the figures of a 分别 list, and hand the names before it to its values."""
        i = 0
        while i < len(elements):
            if "respective" not in elements[i].flags:
                i += 1
                continue
            run = self._run(text, elements, i)
            names = self._names_before(elements, i)
            for k, at in enumerate(run):
                element = elements[at]
                element.respective = (k, len(run))
                first = elements[run[0]]
                if k and element.role is not first.role:
                    element.role = first.role
                    element.sign, element.cue = first.sign, first.cue
                    element.base, element.base_label = first.base, first.base_label
                if len(names) == len(run) > 1 and element.role is Role.VALUE:
                    element.label, element.label_start = names[k]
            i = run[-1] + 1

    def _run(self, text: str, elements: list[Element], first: int) -> list[int]:
        head = elements[first].number
        run = [first]
        for j in range(first + 1, len(elements)):
            element = elements[j]
            if element.role is Role.STOP and element.stop in ("、", "，"):
                continue
            number = element.number
            if number is None or head is None or number.kind is not head.kind:
                break
            between = text[elements[run[-1]].end : number.start]
            if not re.fullmatch(r"[、，和与及]*(?:以及)?", between):
                break
            run.append(j)
        return run

    def _names_before(self, elements: list[Element], first: int) -> list[tuple[str, int]]:
        """Names joined by 、 and 和 in front of 分别."""
        names: list[tuple[str, int]] = []
        pieces = [(elements[first].label, elements[first].label_start)]
        j = first - 1
        while j >= 1 and elements[j].role is Role.STOP and elements[j].stop == "、":
            before = elements[j - 1]
            if before.role is not Role.LABEL:
                break
            pieces.insert(0, (before.label, before.label_start))
            j -= 2
        for label, start in pieces:
            at = 0
            for part in re.split(r"(?<=[^、])[和及与](?=[^、])", label):
                if part:
                    where = label.find(part, at)
                    names.append((part, start + where))
                    at = where + len(part)
        return names


_YEAR_WORDS = re.compile(r"^(?:(?:19|20)\d{2}年度?|本年度|本年|当年|全年)+")
_STOP_KIND = {",": "，", ";": "；", "！": "。", "？": "。", "\n": "。", ".": "。"}
_STOP_KIND |= {c: c for c in "，；。、：（）"}
_RELATIONS = {
    "大于": 1, "高于": 1, "超过": 1, "超": 1, "多于": 1, "小于": -1, "低于": -1, "少于": -1,
    "等于": 0, "持平": 0, "一致": 0, "相等": 0, "基本持平": 0, "持平于": 0,
}  # fmt: skip


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match.group())
