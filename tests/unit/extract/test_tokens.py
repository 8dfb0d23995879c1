"""Every number is found once, with its kind, unit and flaw."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.engine.pack_sources import rules_folder
from validator.extract.lexicon import load_lexicon
from validator.extract.normalise import clean
from validator.extract.tokens import Scanner
from validator.quantity import Qualifier

SCANNER = Scanner(load_lexicon(rules_folder() / "lexicon"))


def scan(text: str) -> list[tuple[str, str]]:
    """Kind and words of each figure of account in a text."""
    cleaned = clean(text, 0, len(text)).text
    return [
        (n.kind.value, cleaned[n.start : n.end]) for n in SCANNER.scan(cleaned) if not n.ignored
    ]


FIGURES = [
    ("收入总计1,234.56万元", [("amount", "1,234.56万元")]),
    ("收入总计１，２３４．５６万元", [("amount", "1,234.56万元")]),
    ("共计1, 537.4 万元", [("amount", "1,537.4万元")]),
    ("支\n出决算为23.\n88万元", [("amount", "23.88万元")]),
    ("投入3.54亿元、35423万元和89元", [("amount", "3.54亿元"), ("amount", "35423万元"), ("amount", "89元")]),
    ("分别为1.20、3.40和5.60万元", [("amount", "1.20"), ("amount", "3.40"), ("amount", "5.60万元")]),
    ("占18.82%，提高4个百分点", [("percent", "18.82%"), ("points", "4个百分点")]),
    ("增长1.2倍", [("times", "1.2倍")]),
    ("百分之八十不读，百分之35读", [("percent", "百分之35")]),
    ("标准2100元/人，295人", [("price", "2100元/人"), ("count", "295人")]),
    ("帮扶1920户（次）、3412万人次", [("count", "1920户（次）"), ("count", "3412万人次")]),
    ("得分9.52分，分别为", [("count", "9.52分")]),
    ("节约20万元", [("amount", "20万元")]),
    ("12.5万，", [("amount", "12.5万")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[t for t, _ in FIGURES])
def test_figures_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert scan(text) == expected


NOT_FIGURES = [
    "根据财预〔2016〕143号文件",
    "（阿府阅〔2016〕1号）",
    "2020年12月31日",
    "第25号公告第三条",
    "2012901",
    "208（类）05（款）06项）",
    "1.收入情况",
    "（2）支出情况",
    "单价50万元以上通用设备无",
    "8小时工作制、24小时值班",
]


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_labels_years_and_codes_are_no_figures(text: str) -> None:
    found = [pair for pair in scan(text) if pair[0] != "bare"]

    assert found == []


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("决算数为69,07万元", "comma"),
        ("投入12.5万，", "wan"),
        ("支出总计：892.12。", "no_unit"),
        ("截至202020年12月底", "damaged_year"),
        ("收入1,234.50万元", ""),
    ],
)
def test_flaws_are_marked(text: str, flaw: str) -> None:
    cleaned = clean(text, 0, len(text)).text

    assert next(n.flaw for n in SCANNER.scan(cleaned)) == flaw


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("约50万元", Qualifier.ABOUT, "395000", "605000"),
        ("59万余元", Qualifier.ABOVE, "585000", "605000"),
        ("近50万元", Qualifier.BELOW, "395000", "505000"),
        ("超过300人", Qualifier.ABOVE, "299.5", "400.5"),
    ],
)
def test_vague_words_widen_the_interval(
    text: str, qualifier: Qualifier, low: str, high: str
) -> None:
    quantity = SCANNER.scan(text)[0].quantity

    assert quantity.qualifier is qualifier
    assert (quantity.interval.low, quantity.interval.high) == (Decimal(low), Decimal(high))


def test_places_survive_cleaning() -> None:
    text = "收入 总计：１,２００ .50 万\n元。"
    cleaned = clean(text, 0, len(text))
    number = SCANNER.scan(cleaned.text)[0]
    span = cleaned.span(number.start, number.end)

    assert text[span.start : span.end] == "１,２００ .50 万\n元"


RANGES = [
    ("预计培训100-200名职工", ("100名", "200名")),
    ("约300—400人次", ("300人次", "400人次")),
    ("按5000-10000元/人/年标准", ("5000元/人/年", "10000元/人/年")),
    ("占5%至8%之间", ("5%", "8%")),
    ("增长5-8个百分点", ("5个百分点", "8个百分点")),
    ("每户5000-1万元", ("5000元", "1万元")),
    ("每户0.5万元-1万元", ("0.5万元", "1万元")),
    ("投入1,000～2,000万元", ("1000万元", "2000万元")),
]


@pytest.mark.parametrize(("text", "ends"), RANGES, ids=[t for t, _ in RANGES])
def test_a_range_is_two_figures_and_no_figure_of_account(
    text: str, ends: tuple[str, str]
) -> None:
    numbers = SCANNER.scan(clean(text, 0, len(text)).text)

    assert tuple(str(n.quantity) for n in numbers) == ends
    assert [(n.spread, n.ignored) for n in numbers] == [(True, "数字范围"), (False, "数字范围")]


@pytest.mark.parametrize("text", ["2019-2021年", "1-8月", "2-3年", "表1-2"])
def test_a_range_of_time_or_of_numbers_is_a_label(text: str) -> None:
    numbers = SCANNER.scan(text)

    assert not any(n.spread for n in numbers)
