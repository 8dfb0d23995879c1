"""Typed numbers（数字记号）: one scan over cleaned text finds every number and what it is.

Years, document numbers, codes and list numbers are found first, so that what is left is a
figure of account: an amount, a percentage, a count, a price.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.facts import FigureKind
from validator.quantity import (
    MONEY_UNITS,
    ONE,
    PERCENT,
    PLAIN,
    POINT,
    TIMES,
    Dimension,
    Qualifier,
    Quantity,
    Unit,
    count_unit,
    parse_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Number:
    """A number in cleaned text.

    Attributes:
        kind: What it is.
        quantity: Value as printed; a year or label has unit ``""``.
        start: First character, qualifier words included.
        end: One past the last character of number and unit.
        digits: Where the digits begin.
        ignored: Why it is not a figure of account, else "".
        flaw: ``comma``, ``no_unit``, ``wan``, ``damaged_year`` or "".
        year: The year it states, for years, else 0.
        spread: Whether it is the lower end of a range, and the next number the upper one.
    """

    kind: FigureKind
    quantity: Quantity
    start: int
    end: int
    digits: int
    ignored: str = ""
    flaw: str = ""
    year: int = 0
    spread: bool = False


_NUM = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "": ONE}

_BEFORE = {
    "about_before": Qualifier.ABOUT,
    "above_before": Qualifier.ABOVE,
    "below_before": Qualifier.BELOW,
}
_AFTER = {
    "about_after": Qualifier.ABOUT,
    "above_after": Qualifier.ABOVE,
    "below_after": Qualifier.BELOW,
}


class Scanner:
    """Finds the numbers of a cleaned text; built once per lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        # 分 counts scores, but 分别 and 分为 do not.
        classifiers = lexicon.words("classifiers") + "|分(?![别为项配类成批钟])"
        # 约 and 近 are also the ends of other words: 节约, 预约, 最近.
        before = lexicon.words(*_BEFORE).replace("|约|", "|(?<![节签预制合契])约|")
        before = before.replace("|近|", "|(?<![最附接临])近|")
        after = lexicon.words(*_AFTER)
        self._qualifiers = {
            word: qualifier
            for table in (_BEFORE, _AFTER)
            for name, qualifier in table.items()
            for word in lexicon.cues[name]
        }
        per = rf"{classifiers}|课时|学期|平方公里|平方米|公里|季度|年|月|日|天|周"
        money = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
        unit = (
            rf"(?:(?:{money})(?:/(?:{per}|[\u4e00-\u9fff]))*|%|个?百分点|倍"
            rf"|[万亿]?(?:{classifiers}))"
        )
        starts = "".join(sorted({w[0] for name in _BEFORE for w in lexicon.cues[name]}))
        self._pattern = re.compile(
            rf"""(?=[-0-9〔\[【（第百{starts}])(?:
            (?P<docnumber>[〔\[【（]\s?(?:19|20)\d{{2}}\s?[〕\]】）]\s?(?:第\s?)?\d*\s?号?)
          | (?P<ordinal>第\d+(?:号|条|款|次|届|期|批|季度|部分|章|页|名)|\d+月\d+日|\d+号(?!文)
              |(?<![\d.])\d{{1,2}}(?:-\d{{1,2}})?表|(?<=附表)\d+|[12]?\d时|\d+[Xx×]\d+\b)
          | (?P<range>(?:{before})?(?P<low>{_NUM})(?P<lowunit>{unit})?[-—–―~～至]{{1,2}}
              (?P<high>{_NUM})(?:年度?|月|日|(?P<highunit>{unit}))?)
          | (?P<damaged>(?<!\d)
              (?:(?:19|20)\d{{3,4}}|(?:20){{2}}\d{{2,4}}|[12]\d{{2}}(?=年度))(?=年))
          | (?P<year>(?<![\d.,])(?P<yyyy>(?:19|20)\d{{2}})
              (?=年|[/.-]\d{{1,2}}[/.-]\d|至|[、和及与](?:19|20)\d{{2}}年))
          | (?P<month>\d{{1,2}}月(?:底|末|初|份)?|\d{{1,2}}日)
          | (?P<code>(?<![\d.])(?:\d{{3}}（类）(?:\d{{2}}（款）(?:\d{{2}}（?项）)?)?
              |2\d{{6}}(?!\d|\.\d|[十百千]?[万亿]?元|{classifiers})
              |2\d{{4}}(?=[）（\u4e00-\u9fff])(?!\.\d|[十百千万亿多余]|元|{classifiers})|（[23]\d{{2}}）))
          | (?P<mark>(?:^|(?<=[：；。;]))
              (?:\d{{1,2}}[.、](?=[^\d]|(?:19|20)\d{{2}}年|2\d{{6}}|100%)|（\d{{1,2}}）))
          | (?P<threshold>(?<=单价)(?:[大高超][于过]{_NUM}[万亿]?元
              |{_NUM}[万亿]?元(?=（|[及或]?以[上下])))
          | (?P<before>{before})?(?P<number>(?<![\d.])-?{_NUM})
            (?:
              (?P<percent>%|‰)
            | (?P<point>个?百分点)
            | (?P<times>倍)
            | (?P<more>[余多])?(?:(?P<money>{money})(?P<per>(?:/(?:{per}|[\u4e00-\u9fff]))+)?
              | (?P<scale>[万亿])?(?P<more2>[余多])?
                (?:(?P<money2>元)|(?P<class>{classifiers})|(?P<wan>(?<=[万亿]))))
            )?(?P<after>{after})?
          | 百分之(?P<hundredth>\d+(?:\.\d+)?|百)
            )""",
            re.VERBOSE | re.MULTILINE,
        )

    def scan(self, text: str, *, money_nearby: bool = True) -> list[Number]:
        """Every number of a cleaned text in order.

        Args:
            text: Cleaned text of one block.
            money_nearby: Whether a bare decimal may be an amount whose unit was left out.
        """
        found = list(self._read(text))
        return _share_units(text, found, money_nearby=money_nearby)

    def _read(self, text: str) -> Iterator[Number]:
        at = 0
        for match in self._pattern.finditer(text):
            if match.start() < at:
                continue
            for number in self._make(text, match):
                at = number.end
                yield number

    def _make(self, text: str, match: re.Match[str]) -> Iterator[Number]:
        if match.group("highunit"):
            yield from self._ends(text, match)
        elif (number := self._one(text, match)) is not None:
            yield number

    def _ends(self, text: str, match: re.Match[str]) -> Iterator[Number]:
        """Both figures of 100-200名; the lower one takes the unit of the upper one."""
        own, unit = match.group("lowunit") or "", match.group("highunit")
        high = self._read_alone(match.group("high") + unit)
        low = self._read_alone(match.group("low") + (own or unit))
        small = high.quantity.unit.factor > ONE and high.quantity.unit.dimension is not _RATIO
        if not own and small and low.quantity.number > high.quantity.number:
            # 5000-1万元: what is left out is 元, not 万元.
            low = self._read_alone(match.group("low") + unit.lstrip("十百千万亿"))
        cut = match.start("high")
        start, first = match.start(), match.start("low")
        after = match.end("lowunit") if own else match.end("low")
        yield replace(low, start=start, end=after, digits=first, ignored=_SPREAD, spread=True)
        yield replace(high, start=cut, end=match.end(), digits=cut, ignored=_SPREAD)

    def _read_alone(self, words: str) -> Number:
        """A number that stands for itself, with its unit."""
        match = self._pattern.match(words)
        assert match is not None  # noqa: S101 - the words are a number and its unit
        return self._figure(words, match)

    def _one(self, text: str, match: re.Match[str]) -> Number | None:
        for name, why in _LABELS.items():
            if match.group(name):
                return _label(match, why, FigureKind.LABEL)
        if match.group("year"):
            return _label(match, "年份", FigureKind.YEAR, year=int(match.group("yyyy")))
        if match.group("damaged"):
            return _label(match, "年份", FigureKind.YEAR, flaw="damaged_year")
        if match.group("code"):
            return _label(match, "科目编码", FigureKind.CODE)
        if match.group("hundredth"):
            digits = match.group("hundredth").replace("百", "100")
            number, quantum = parse_number(digits)
            return Number(
                FigureKind.PERCENT,
                Quantity(number, PERCENT, quantum),
                match.start(),
                match.end(),
                match.start("hundredth"),
            )
        if match.group("number") is None:
            return None
        return self._figure(text, match)

    def _figure(self, text: str, match: re.Match[str]) -> Number:
        digits = match.group("number")
        start, end = match.start(), match.end()
        flaw = ""
        comma = _COMMA_FOR_POINT.match(text, match.start("number"))
        if comma:
            digits, flaw, end = comma.group(1).replace(",", "."), "comma", comma.end()
            kind, unit = FigureKind.AMOUNT, MONEY_UNITS[comma.group(2)]
        else:
            kind, unit, flaw = _kind_and_unit(match)
        number, quantum = parse_number(digits.replace(",", ""))
        words = (
            match.group("before"),
            match.group("more") or match.group("more2"),
            match.group("after"),
        )
        qualifier = next((self._qualifiers[w] for w in words if w), Qualifier.NONE)
        return Number(
            kind,
            Quantity(number, unit, quantum, qualifier),
            start,
            end,
            match.start("number"),
            flaw=flaw,
        )


_SPREAD = "数字范围"
_LABELS = {
    "docnumber": "文号", "ordinal": "序数", "range": _SPREAD, "month": "日期",
    "mark": "编号",
    "threshold": "标准线",
}  # fmt: skip
_RATIO = Dimension.RATIO
_COMMA_FOR_POINT = re.compile(r"(\d{1,4},\d{1,2})(亿元|万元|元)")


def _label(
    match: re.Match[str], why: str, kind: FigureKind, *, year: int = 0, flaw: str = ""
) -> Number:
    first = re.search(r"\d+", match.group())
    value = Decimal(first.group()) if first else Decimal(0)
    at = match.start() + (first.start() if first else 0)
    return Number(
        kind, Quantity(value, PLAIN, ONE), match.start(), match.end(), at, why, flaw, year
    )


def _kind_and_unit(match: re.Match[str]) -> tuple[FigureKind, Unit, str]:
    """What the unit says the number is."""
    if match.group("percent"):
        unit = (
            PERCENT
            if match.group("percent") == "%"
            else Unit("‰", Dimension.RATIO, Decimal("0.001"))
        )
        return FigureKind.PERCENT, unit, ""
    if match.group("point"):
        return FigureKind.POINTS, POINT, ""
    if match.group("times"):
        return FigureKind.TIMES, TIMES, ""
    scale = match.group("scale") or ""
    money = match.group("money") or (scale + "元" if match.group("money2") else "")
    if money:
        if match.group("per"):
            unit = Unit(money + match.group("per"), Dimension.PRICE, MONEY_UNITS[money].factor)
            return FigureKind.PRICE, unit, ""
        return FigureKind.AMOUNT, MONEY_UNITS[money], ""
    if match.group("class"):
        unit = count_unit(match.group("class"))
        return (
            FigureKind.COUNT,
            replace(unit, symbol=scale + unit.symbol, factor=_SCALE[scale]),
            "",
        )
    if scale:
        return FigureKind.AMOUNT, MONEY_UNITS[scale + "元"], "wan"
    return FigureKind.BARE, PLAIN, ""


_BETWEEN = re.compile(r"[、和与及]|以及")


def _share_units(text: str, found: list[Number], *, money_nearby: bool) -> list[Number]:
    """Give bare numbers the unit that stands once, at the end of their list.

    ``分别为1.2、3.4和5.6万元`` are three amounts. A bare decimal beside amounts is an amount
    whose unit was forgotten; that is a flaw, reported as such.
    """
    result = found[:]
    for i in range(len(found) - 2, -1, -1):
        number, following = result[i], result[i + 1]
        if number.kind is not FigureKind.BARE or following.ignored:
            continue
        gap = text[number.end : following.start]
        if following.kind in (FigureKind.AMOUNT, FigureKind.PERCENT, FigureKind.COUNT) and (
            _BETWEEN.fullmatch(gap)
        ):
            result[i] = replace(
                number,
                kind=following.kind,
                quantity=replace(number.quantity, unit=following.quantity.unit),
            )
    if not money_nearby:
        return result
    return [_maybe_amount(text, n) for n in result]


_NOTHING = re.compile(r"(?:[预决]算|支出|收入|经费|金额|结余|结转)(?:数|额)?(?:均|分别)?为$")


def _maybe_amount(text: str, number: Number) -> Number:
    if _is_nothing(text, number):
        # 年初预算为0，: nothing needs no unit.
        return replace(
            number,
            kind=FigureKind.AMOUNT,
            quantity=replace(number.quantity, unit=MONEY_UNITS["万元"]),
        )
    if number.kind is not FigureKind.BARE or number.quantity.quantum >= ONE:
        return number
    # A version, a clock time or a list number has no two decimals after a word of account.
    before = text[max(0, number.start - 1) : number.start]
    if number.quantity.quantum == Decimal("0.01") and (
        before == "：" or "\u4e00" <= before <= "\u9fff"
    ):
        return replace(number, kind=FigureKind.AMOUNT, flaw="no_unit")
    return number


def _is_nothing(text: str, number: Number) -> bool:
    """A bare 0 that the words before it call an amount."""
    if number.kind is not FigureKind.BARE or number.quantity.number or number.ignored:
        return False
    ends = text[number.end : number.end + 1] in ("", "，", "。", "；", "、", "）")
    return ends and _NOTHING.search(text, max(0, number.start - 12), number.start) is not None
