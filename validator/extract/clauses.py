"""Clauses and their elements（分句与成分）: what each figure does in its clause.

A report sentence is a chain of short clauses. In each, the words before a figure（引语）say
what the figure is: a value of a line item, an increase, a share, a rate of completion, last
year's value. This module reads one clause at a time and knows nothing of its neighbours;
`scopes` puts the elements together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.extract.cues import Cues
from validator.extract.elements import Base, Element, Role
from validator.extract.gaps import GapReader
from validator.extract.respective import mark_respective
from validator.facts import Basis, FigureKind

if TYPE_CHECKING:
    from validator.extract.lexicon import Lexicon
    from validator.extract.tokens import Number

_STOPS = re.compile(r"[，,；;。！？、：（）\n]|\.(?=$)")
_ASIDE = re.compile(r"（[^（）]{1,8}）")


class ClauseReader:
    """Reads the elements of a cleaned block; built once per lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._cues = Cues(lexicon)
        self._gaps = GapReader(lexicon, self._cues)

    def tells(self, text: str) -> bool:
        """Whether a block without figures may say something: 其中：, 无, 持平, 大于预算数."""
        return self._cues.telling.search(text) is not None

    # -- public ------------------------------------------------------------------------

    def read(self, text: str, numbers: list[Number]) -> list[Element]:
        """The elements of a cleaned block, delimiters included, in order."""
        stops = self._stops(text, numbers)
        made = self._made_up(text, numbers)
        out: list[Element] = []
        start = 0
        index = 0
        for stop in [*stops, len(text)]:
            inside: list[Number] = []
            while index < len(numbers) and numbers[index].start < stop:
                inside.append(numbers[index])
                index += 1
            if start < stop:
                out.extend(self._clause(text, start, stop, inside, made))
            if stop < len(text):
                out.append(
                    Element(Role.STOP, stop, stop + 1, stop=_STOP_KIND.get(text[stop], "，"))
                )
            start = stop + 1
        mark_respective(text, out)
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
        figures = [n for n in numbers if not n.ignored and n.kind is not FigureKind.BARE]
        for match in _ASIDE.finditer(text):
            holds = any(match.start() <= n.start < match.end() for n in figures)
            if not holds and not self._cues.open.search(match.group()):
                for i in range(match.start(), match.end()):
                    inside[i] = 1
        return [m.start() for m in _STOPS.finditer(text) if not inside[m.start()]]

    def _made_up(self, text: str, numbers: list[Number]) -> list[re.Match[str]]:
        """Openers of lists that end with 组成 behind an amount."""
        return [
            found
            for found in self._cues.made_up.finditer(text)
            if any(
                found.end() < number.start
                and self._cues.made_up_end.match(text, number.end, found.end("list") + 2)
                for number in numbers
            )
        ]

    def _clause(
        self, text: str, start: int, end: int, numbers: list[Number], made: list[re.Match[str]]
    ) -> list[Element]:
        figures = [n for n in numbers if not n.ignored]
        if not figures:
            return self._wordy(text, start, end)
        out: list[Element] = []
        at = start
        previous: Element | None = None
        for number in figures:
            elements = self._figure(text, at, number, previous, made)
            out.extend(elements)
            previous = elements[-1]
            at = number.end
        if at < end:
            out.extend(self._tail(text, at, end))
        return out

    def _figure(
        self,
        text: str,
        start: int,
        number: Number,
        previous: Element | None,
        made: list[re.Match[str]],
    ) -> list[Element]:
        """Elements for the words between ``start`` and a figure, and the figure itself."""
        out: list[Element] = []
        for composed in made:
            if start <= composed.start() and composed.end() < number.start:
                if composed.start() > start:
                    out.append(self._label(text, start, composed.start()))
                out.append(_composed(composed))
                start, previous = composed.end(), None
        gap = text[start : number.start]
        if opened := self._last_open(gap):
            if opened.start() > 0:
                out.append(self._label(text, start, start + opened.start()))
            out.append(self._opener(opened, start))
            start += opened.end()
            gap = text[start : number.start]
            previous = None
        if found := self._cues.reasons.search(gap):
            out.extend(self._state(gap[: found.start()], start))
            out.append(_reasons(found, start, start + found.end()))
            start += found.end()
            gap = text[start : number.start]
        element = Element(Role.VALUE, start, number.end, number, label_start=start)
        if self._cues.respective.search(gap):
            element.flags.add("respective")
            gap_clean = self._cues.respective.sub(_blank, gap)
            gap_clean = gap_clean.rstrip("\0")
        else:
            gap_clean = gap
        self._gaps.classify(element, gap_clean, start, previous)
        if self._cues.average.search(element.label):
            element.flags.add("average")
        out.append(element)
        return out

    def _last_open(self, gap: str) -> re.Match[str] | None:
        last = None
        for match in self._cues.open.finditer(gap):
            last = match
        return last

    def _opener(self, found: re.Match[str], start: int) -> Element:
        element = Element(
            Role.OPEN,
            start + found.start(),
            start + found.end(),
            partial=bool(found.group("partial")),
            cue=found.group(),
        )
        if element.cue in self._cues.whole:
            element.flags.add("whole")
        if element.cue.startswith("按"):
            element.flags.add("split")
        return element

    # -- clauses without figures -----------------------------------------------------------

    def _wordy(self, text: str, start: int, end: int) -> list[Element]:
        words = text[start:end]
        out: list[Element] = []
        if found := self._cues.reasons.search(words):
            before = words[: found.start()]
            out.extend(self._state(before, start))
            out.append(_reasons(found, start, end))
            return out
        if (
            words.endswith(("分别是", "分别为", "如下"))
            and end < len(text)
            and text[end] == "："
        ):
            at = start + len(words) - (2 if words.endswith("如下") else 3)
            named = [self._label(text, start, at)] if at > start else []
            return [*named, Element(Role.OPEN, at, end, cue=text[at:end])]
        if divided := self._cues.split.search(words):
            before = words[: divided.start()].removesuffix("其中")
            named = [self._label(text, start, start + len(before))] if before else []
            return [*named, _division(divided, start)]
        if opened := self._last_open(words):
            after = words[opened.end() :]
            if opened.start() > 0:
                out.append(self._label(text, start, start + opened.start()))
            out.append(self._opener(opened, start))
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
            return [self._opener(opened, start)]
        if words.startswith(("相比", "比较")):
            return []
        tail = self._label(text, start, end)
        tail.flags.add("tail")
        if self._cues.made_up_end.match(words):
            tail.flags.add("made_up")
        return [tail]

    def _state(self, words: str, start: int) -> list[Element]:
        """Comparisons and relations stated in words alone."""
        if found := self._cues.relation.search(words):
            cue = found.group("cue") or found.group("even") or found.group("even2")
            element = Element(
                Role.RELATION,
                start,
                start + found.end(),
                cue=cue,
                cue_start=start + found.start(),
                sign=_RELATIONS[cue],
                base=Base(0, self._gaps.basis(found.group()), start + found.start()),
            )
            self._gaps.name(element, words[: found.start()], start)
            element.start = start + found.start()
            return [element]
        compare = None
        for match in self._cues.compare.finditer(words):
            compare = match
        if found := self._cues.flat.search(words):
            element = Element(
                Role.FLAT,
                start,
                start + found.end(),
                cue=found.group(),
                cue_start=start + found.start(),
                base=self._gaps.base(compare, start) if compare else None,
            )
            if found.group() in self._cues.vague:
                element.flags.add("vague")
            self._gaps.name(
                element, words[: compare.start() if compare else found.start()], start
            )
            return [element]
        if compare:
            element = Element(
                Role.COMPARE,
                start + compare.start(),
                start + compare.end(),
                base=self._gaps.base(compare, start),
                label_start=start,
            )
            self._gaps.name(element, words[: compare.start()], start)
            rest = self._cues.change_end.search(words)
            if rest and rest.start() >= compare.end():
                element.sign = 1 if rest.group("cue") in self._cues.up else -1
            return [element]
        if found := self._cues.nil.search(words):
            element = Element(
                Role.NIL,
                start,
                start + len(words),
                cue=found.group("nil"),
                cue_start=start + found.start("nil"),
            )
            self._gaps.name(element, found.group("label"), start + found.start("label"))
            return [element]
        return self._nil_first(words, start)

    def _nil_first(self, words: str, start: int) -> list[Element]:
        """本部门2024年度无因公出国（境）费: none of this, of ours and of this year."""
        found = self._cues.nil_first.search(words)
        if found is None or _NOT_OURS.search(found.group("when")):
            return []
        element = Element(
            Role.NIL,
            start,
            start + len(words),
            cue=found.group("nil"),
            cue_start=start + found.start("nil"),
        )
        label, at = found.group("label"), start + found.start("label")
        if period := _BALANCE_DAY.search(found.group("when")):
            # 年末无结转和结余: at the end of the year, not at its beginning.
            label, at = period.group() + label, start + period.start()
        self._gaps.name(element, label, at)
        if year := _YEAR.search(found.group("when")):
            element.base = Base(int(year.group(1)), Basis.UNKNOWN, start)
        return [element]

    def _label(self, text: str, start: int, end: int) -> Element:
        element = Element(Role.LABEL, start, end, label_start=start)
        if found := self._cues.leading.match(text, start, end):
            # 追减养老保险、医疗保险0.59万元: the word counts for the whole enumeration.
            element.sign = 1 if found.group("cue") in self._cues.up else -1
        self._gaps.name(element, text[start:end], start)
        return element


def _division(found: re.Match[str], start: int) -> Element:
    at, end = start + found.start(), start + found.end()
    partial = bool(found.group("partial"))
    return Element(Role.OPEN, at, end, cue=found.group(), partial=partial, flags={"split"})


def _reasons(found: re.Match[str], start: int, end: int) -> Element:
    at = start + found.start()
    return Element(Role.REASONS, at, end, cue=found.group(), cue_start=at)


def _composed(found: re.Match[str]) -> Element:
    mainly = bool(found.group("mainly"))
    element = Element(Role.OPEN, found.start(), found.end(), partial=mainly, cue=found.group())
    if not mainly:
        element.flags.add("whole")
    return element


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match.group())


_NOT_OURS = re.compile(
    r"[如若除凡因但]|是否|下属|所属|下级|其[他余它]|部分|个别|[甲乙丙丁]|上年|去年|年初(?!$)|预算|尚|并"
)
_BALANCE_DAY = re.compile(r"年[初末终]")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_STOP_KIND = {",": "，", ";": "；", "！": "。", "？": "。", "\n": "。", ".": "。"}
_STOP_KIND |= {c: c for c in "，；。、：（）"}
_RELATIONS = {
    "大于": 1, "高于": 1, "超过": 1, "超": 1, "多于": 1, "小于": -1, "低于": -1, "少于": -1,
    "等于": 0, "持平": 0, "一致": 0, "相等": 0, "基本持平": 0, "持平于": 0,
}  # fmt: skip
