"""Counts of named things（名单）: 内设5个科室：…, against the names that stand there."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind
from validator.facts import FigureKind, SectionRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.desk import Desk
    from validator.extract.story import Story, Value

ONE, ZERO = Decimal(1), Decimal(0)
_NAME = r"(?:“[^”]{2,30}”|[^，。；：、“”（）\d等]{2,20}(?:（[^）]{1,12}）)?)"
_LIST = rf"(?P<names>{_NAME}(?:、{_NAME})+)(?P<open>等)?"
_NOUN = r"(?P<noun>[^，。；：、\d“”（）]{0,16}(?:（[^）]{1,6}）)?)"
_AFTER = re.compile(
    rf"{_NOUN}(?:：|，(?:分别[是为]：?|即：?|包括：?|为：?)?|分别[是为]：?|包括：?){_LIST}(?=[。；，]|$)"
)
_BEFORE = re.compile(
    rf"(?:^|[：，。；]|包括|分别[是为]|内设|设有|下设){_LIST}(?:共计?|合计|这)?$"
)
_QUOTED = re.compile(r"(?P<names>“[^”]{2,30}”(?:、?“[^”]{2,30}”)*)(?P<open>等)?$")
_THINGS = re.compile(
    r"(?:[部科处室股局司厅办委会组站所队院校园馆团社店厂县市区镇乡村]|中心|项目|单位|机构|支队|大队|机关"
    r"|[费金款]|支出|指标|工程|平台|公司|企业|协会|基地|街道)(?:（[^）]*）)?$"
)
_COUNTED = frozenset({"个", "家", "类", "所", "部"})
_NUMBERED = re.compile(r"（?(\d{1,2}|[一二三四五六七八九十]{1,2})[）.、]")
_FEWEST = 2


def listed(desk: Desk) -> Iterator[Claim]:
    """One claim per count whose things are named beside it or listed below it."""
    for position, story in enumerate(desk.stories):
        for value in story.values:
            if value.sign == 0 and _countable(value):
                rest = desk.stories[position + 1 :]
                claim = _below(desk, rest, story, value) or _named(desk, story, value)
                if claim is not None:
                    yield claim


def _countable(value: Value) -> bool:
    number = value.element.number
    if number is None or number.kind is not FigureKind.COUNT or number.quantity.qualifier:
        return False
    return number.quantity.exact and number.quantity.unit.symbol in _COUNTED


def _named(desk: Desk, story: Story, value: Value) -> Claim | None:
    """Names in the same sentence, behind the count or in front of it."""
    text = story.cleaned.text
    found = _AFTER.match(text, value.element.end)
    if found is None or not _are_things(found.group("names")):
        start = value.element.number.start if value.element.number else value.element.start
        head = text[:start]
        found = _QUOTED.search(head) or _BEFORE.search(head)
        if found is None or not (
            found.group("names").startswith("“") or _are_things(found.group("names"))
        ):
            return None
    names = found.group("names")
    least = len(re.findall("、|”(?=“)", names)) + 1
    # 财务科和审计科 may be two names or one.
    most = least + len(re.findall("[和及与]", names))
    return _claim(
        desk, story, value, least, most, partial=bool(found.group("open")), outline=False
    )


def _are_things(names: str) -> bool:
    """Whether the pieces of a list look like names of bodies or projects."""
    pieces = names.split("、")
    fitting = sum(_THINGS.search(piece.strip("“”")) is not None for piece in pieces)
    return fitting * 5 >= len(pieces) * 4


def _below(desk: Desk, rest: Sequence[Story], story: Story, value: Value) -> Claim | None:
    """Projects that are reported one by one in the numbered paragraphs that follow."""
    tail = story.cleaned.text[value.element.end :]
    role = desk.sections[story.section].role
    if not tail.startswith("项目") or "。" in tail.rstrip("。") or role is SectionRole.GLOSSARY:
        return None
    items = 0
    for other in rest:
        mark = _NUMBERED.match(other.cleaned.text)
        if (
            mark is None
            or _value(mark.group(1)) != items + 1
            or "项目" not in other.cleaned.text
        ):
            break
        items += 1
    if items < _FEWEST:
        return None
    return _claim(desk, story, value, items, items, partial=False, outline=True)


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    digits = "一二三四五六七八九"
    units = digits.find(ones) + 1 if ones else 0
    return (digits.find(tens) + 1 if tens else 1) * 10 + units if ten else units


def _claim(
    desk: Desk,
    story: Story,
    value: Value,
    least: int,
    most: int,
    *,
    partial: bool,
    outline: bool,
) -> Claim:
    span = desk.figures[value.figure].span
    words = {
        "least": Decimal(least),
        "most": Decimal(most),
        "partial": ONE if partial else ZERO,
        "outline": ONE if outline else ZERO,
    }
    slots = {"total": desk.only(value.figure)}
    return Claim(ClaimKind.LISTED, span, slots, words, story.section, value.label)
