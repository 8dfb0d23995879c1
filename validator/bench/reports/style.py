"""How a province writes its reports（文风）: units, precision, lists, comparisons, order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """What is the same all through the reports of one province（文风）.

    Attributes:
        id: Short name.
        unit: Unit of amounts in the text.
        places: Decimals of amounts in the text.
        percent_places: Decimals of percentages.
        grouped: Whether thousands are separated.
        bare_zero: Whether nothing is printed as 0 instead of 0.00.
        bare_hundred: Whether all is printed as 100% instead of 100.00%.
        table_unit: Unit of amounts in the attached tables.
        table_places: Their decimals.
        government_unit: Unit of the report on a government's budget.
        government_places: Its decimals.
        lists: Forms of a list of parts: ``plain``, ``shares``, ``respective``,
            ``respective shares``, ``composed``, ``numbered``.
        since: Words before a comparison with last year; {year} is last year.
        more: Words for growth: of the amount, of the rate.
        less: Words for decline.
        forms: Forms of a comparison: ``both``, ``prior``, ``amount``, ``rate``, ``from``.
        flat: Words for no change.
        tables: Attached tables.
        terse: Whether the report leaves out the details.
        levels: Numbers of parts, sections and what is under them.
        tables_first: Whether the attached tables stand before the text.
        ending: Last word of the titles of sections: …情况说明 or …情况.
    """

    id: str
    unit: str = "万元"
    places: int = 2
    percent_places: int = 2
    grouped: bool = False
    bare_zero: bool = True
    bare_hundred: bool = True
    table_unit: str = "万元"
    table_places: int = 2
    government_unit: str = "亿元"
    government_places: int = 2
    lists: tuple[str, ...] = ("plain", "shares")
    since: tuple[str, ...] = ("比{year}年度",)
    more: tuple[str, str] = ("增加", "增长")
    less: tuple[str, str] = ("减少", "下降")
    forms: tuple[str, ...] = ("both",)
    flat: tuple[str, ...] = ("与{year}年度持平",)
    tables: tuple[str, ...] = ()
    terse: bool = False
    levels: tuple[str, str, str] = ("第{han}部分 ", "{han}、", "（{han}）")
    tables_first: bool = False
    ending: str = "说明"


_ALL = ("summary", "revenue", "expenditure", "fiscal_summary", "general", "three_public")

_STYLES = (
    Style(
        "sichuan",
        lists=("shares",),
        since=("与{year}年度相比，", "比{year}年度"),
        forms=("both",),
        flat=("与{year}年度持平", "与{year}年度相比无变化"),
    ),
    Style(
        "guangdong",
        grouped=True,
        bare_zero=False,
        percent_places=1,
        lists=("plain", "respective shares", "shares"),
        since=("比上年决算数", "比上年"),
        forms=("both", "prior"),
        flat=("与上年持平",),
        tables=_ALL,
        tables_first=True,
    ),
    Style(
        "shaanxi",
        lists=("plain", "composed", "numbered"),
        since=("较上年", "较{year}年度"),
        forms=("both", "amount", "prior"),
        flat=("较上年无变化", "与上年持平"),
        tables=("summary", "fiscal_summary", "three_public"),
        tables_first=True,
        ending="",
    ),
    Style(
        "zhejiang",
        places=4,
        table_places=4,
        bare_zero=False,
        bare_hundred=False,
        lists=("shares", "respective"),
        since=("与{year}年度相比，", "与上年相比，"),
        forms=("both", "rate"),
        flat=("与{year}年度持平",),
        tables=("revenue", "expenditure"),
        levels=("{han}、", "（{han}）", "{arabic}."),
    ),
    Style(
        "yunnan",
        unit="元",
        government_unit="万元",
        government_places=0,
        table_unit="元",
        grouped=True,
        lists=("shares", "composed"),
        since=("与上年对比", "比上年"),
        more=("增加", "增长"),
        less=("减少", "下降"),
        forms=("both", "prior"),
        flat=("与上年持平",),
        tables=_ALL,
    ),
    Style(
        "city",
        places=0,
        percent_places=0,
        table_places=0,
        government_places=1,
        lists=("plain", "respective"),
        since=("比上年", "较上年"),
        more=("增加", "上升"),
        less=("减少", "降低"),
        forms=("both", "rate", "amount"),
        flat=("与上年持平",),
        terse=True,
    ),
)
STYLES_BY_ID = {style.id: style for style in _STYLES}
