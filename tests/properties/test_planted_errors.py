"""An error that no true values can explain is found, and the finding shows its place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from printing import (
    Count,
    Figure,
    Fixed,
    Money,
    Pieces,
    Ratio,
    Style,
    fix,
    place_of,
    print_pieces,
)
from strategies import report_on

from validator.findings import Severity

HEAD = "云岭县水务局2020年度部门决算\n"
AMOUNTS = st.integers(5 * 10**9, 5 * 10**11)
"""From 五千万 up, so that a hundredth of a percent is more than all rounding together."""
STYLES = st.builds(
    Style,
    unit=st.sampled_from(["万元", "元", "千元"]),
    decimals=st.sampled_from([2, 3]),
    places=st.sampled_from([2, 1]),
    grouped=st.booleans(),
    wide=st.booleans(),
)
STEPS = st.integers(4, 400)
FINE_STYLES = STYLES.filter(lambda style: style.unit != "元")


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with one wrong piece（埋下的错误）.

    Attributes:
        heading: Heading of the section it stands in.
        pieces: The sentence.
        at: Index of the wrong piece.
        rules: Rules, one of which must say so.
    """

    heading: str
    pieces: Pieces
    at: int
    rules: frozenset[str]


def off(figure: Figure, style: Style, steps: int) -> Fixed:
    """The printed figure, moved by so many units of its last place."""
    fixed = fix(figure, style)
    step = Decimal(1).scaleb(int(fixed.number.as_tuple().exponent))
    number = fixed.number + steps * step
    if number < 0:
        number = fixed.number - steps * step
    return Fixed(number, fixed.unit, fixed.grouped, fixed.wide)


def found(planted: Planted, style: Style) -> bool:
    """Whether a finding of the right rule covers the planted place."""
    above = f"{HEAD}一、{planted.heading}\n"
    start, end = place_of(planted.pieces, [style], planted.at)
    start, end = start + len(above), end + len(above)
    report = report_on(f"{above}{print_pieces(planted.pieces, [style])}\n")
    return any(
        e.span.start < end and start < e.span.end
        for finding in report.findings
        if finding.severity is Severity.ERROR
        and planted.rules & {finding.rule, *finding.consequences}
        for e in finding.evidence
    )


def shown(planted: Planted, style: Style) -> str:
    """The sentence, for the message of a failing test."""
    return f"{planted.heading}：{print_pieces(planted.pieces, [style])}"


SIGNED = STEPS.flatmap(lambda n: st.sampled_from([n, -n]))
BASIC, PROJECT = "基本支出", "项目支出"
EXPENDITURE = "2020年度本年支出合计"


@given(AMOUNTS, AMOUNTS, STYLES, SIGNED, st.booleans())
def test_wrong_share(a: int, b: int, style: Style, steps: int, second: bool) -> None:
    part, other = Ratio(Fraction(a, a + b)), Ratio(Fraction(b, a + b))
    right: Pieces = (
        EXPENDITURE, Money(a + b), f"，其中：{BASIC}", Money(a), "，占", part,
        f"；{PROJECT}", Money(b), "，占", other, "。",
    )  # fmt: skip
    at = 9 if second else 5
    wrong = off(other if second else part, style, steps)
    planted = Planted(
        "支出决算情况说明", (*right[:at], wrong, *right[at + 1 :]), at, frozenset({"SHR001"})
    )

    assert found(planted, style), shown(planted, style)


@given(AMOUNTS, AMOUNTS, AMOUNTS, STYLES, SIGNED, st.sampled_from([1, 3, 5, 7]))
def test_wrong_sum(a: int, b: int, c: int, style: Style, steps: int, at: int) -> None:
    right: Pieces = (
        "2020年度“三公”经费财政拨款支出决算为", Money(a + b + c), "，其中：因公出国（境）费", Money(a),
        "，公务用车购置及运行维护费", Money(b), "，公务接待费", Money(c), "。",
    )  # fmt: skip
    wrong = off(Money({1: a + b + c, 3: a, 5: b, 7: c}[at]), style, steps)
    planted = Planted(
        "“三公”经费财政拨款支出决算情况说明",
        (*right[:at], wrong, *right[at + 1 :]),
        at,
        frozenset({"SUM001", "SUM005"}),
    )

    assert found(planted, style), shown(planted, style)


def moved(now: int, before: int) -> tuple[str, str, Money, Ratio]:
    """Words, amount and rate of a change."""
    up = now > before
    amount = abs(now - before)
    return (
        "增加" if up else "减少",
        "增长" if up else "下降",
        Money(amount),
        Ratio(Fraction(amount, before)),
    )


@st.composite
def two_years(draw: st.DrawFn) -> tuple[int, int]:
    """This year's and last year's amount, a visible change apart."""
    before = draw(AMOUNTS)
    change = draw(st.integers(before // 50, before // 2))
    return before + draw(st.sampled_from([1, -1])) * change, before


RUNNING = "2020年度机关运行经费支出"


@given(two_years(), STYLES, st.sampled_from([2, 4]))
def test_flipped_direction(values: tuple[int, int], style: Style, at: int) -> None:
    amount_word, rate_word, amount, rate = moved(*values)
    opposite = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
    words = {2: amount_word, 4: rate_word}
    words[at] = opposite[words[at]]
    pieces: Pieces = (
        RUNNING, Money(values[0]), f"，比2019年度{words[2]}", amount, f"，{words[4]}", rate, "。",
    )  # fmt: skip
    planted = Planted("机关运行经费支出情况", pieces, at, frozenset({"CHG001"}))

    assert found(planted, style), shown(planted, style)


@given(two_years(), STYLES, SIGNED)
def test_wrong_rate(values: tuple[int, int], style: Style, steps: int) -> None:
    amount_word, rate_word, amount, rate = moved(*values)
    wrong = off(rate, style, steps)
    pieces: Pieces = (
        RUNNING, Money(values[0]), f"，比上年{amount_word}", amount, f"，{rate_word}", wrong, "。",
    )  # fmt: skip
    planted = Planted("机关运行经费支出情况", pieces, 5, frozenset({"CHG002"}))

    assert found(planted, style), shown(planted, style)


@given(two_years(), STYLES, SIGNED, st.booleans())
def test_wrong_difference(
    values: tuple[int, int], style: Style, steps: int, rated: bool
) -> None:
    amount_word, rate_word, amount, rate = moved(*values)
    wrong = off(amount, style, steps)
    pieces: Pieces = (
        RUNNING, Money(values[0]), "，比上年的", Money(values[1]), amount_word, wrong,
        *(("，", rate_word, rate) if rated else ()), "。",
    )  # fmt: skip
    planted = Planted("机关运行经费支出情况", pieces, 5, frozenset({"CHG003"}))

    assert found(planted, style), shown(planted, style)


@given(AMOUNTS, AMOUNTS, STYLES, SIGNED)
def test_wrong_completion(actual: int, budget: int, style: Style, steps: int) -> None:
    assume(budget / 20 < actual < budget * 2)
    rate = Ratio(Fraction(actual, budget))
    pieces: Pieces = (
        "一般公共预算财政拨款支出年初预算为", Money(budget), "，支出决算为", Money(actual),
        "，完成年初预算的", off(rate, style, steps), "。",
    )  # fmt: skip
    planted = Planted("一般公共预算财政拨款支出决算情况说明", pieces, 5, frozenset({"CMP001"}))

    assert found(planted, style), shown(planted, style)


@given(two_years(), STYLES)
def test_wrong_relation(values: tuple[int, int], style: Style) -> None:
    actual, budget = values
    word = "小于" if actual > budget else "大于"
    pieces: Pieces = (
        "一般公共预算财政拨款支出年初预算为", Money(budget), "，支出决算为", Money(actual),
        "，", f"决算数{word}预算数的主要原因是工程进度有变。",
    )  # fmt: skip
    planted = Planted("一般公共预算财政拨款支出决算情况说明", pieces, 3, frozenset({"CMP002"}))

    assert found(planted, style), shown(planted, style)


@given(AMOUNTS, STYLES, SIGNED)
def test_unequal_totals(total: int, style: Style, steps: int) -> None:
    wrong = off(Money(total), style, steps)
    pieces: Pieces = ("2020年度收入总计", Money(total), "，支出总计", wrong, "。")
    planted = Planted("收入支出决算总体情况说明", pieces, 3, frozenset({"BAL001"}))

    assert found(planted, style), shown(planted, style)


POSTS = st.integers(1, 80)


@given(POSTS, POSTS, POSTS, st.integers(1, 9), st.sampled_from([1, 3, 5, 7]))
def test_wrong_headcount(a: int, b: int, c: int, more: int, at: int) -> None:
    numbers = {1: a + b + c, 3: a, 5: b, 7: c}
    numbers[at] += more
    n = {k: Count(v, "名") for k, v in numbers.items()}
    pieces: Pieces = (
        "年末核定编制", n[1], "，其中：行政编制", n[3], "、事业编制", n[5], "、工勤编制", n[7], "。",
    )  # fmt: skip
    planted = Planted("机构和人员情况", pieces, at, frozenset({"CNT001"}))

    assert found(planted, Style()), shown(planted, Style())


@given(st.integers(2, 400), st.integers(1, 90), FINE_STYLES, STEPS)
def test_wrong_product(people: int, hundreds: int, style: Style, steps: int) -> None:
    total = Money(people * hundreds * 100 * 100)
    # A price in whole 元 may be half a 元 more or less; to the 分 it is exact.
    price = Fixed(Decimal(f"{hundreds * 100}.00"), "元")
    pieces: Pieces = (
        "聘用护渠员", Count(people, "名"), "，每人补助", price, "，共支出",
        off(total, style, steps), "。",
    )  # fmt: skip
    planted = Planted("项目支出情况", pieces, 5, frozenset({"PRD001"}))

    assert found(planted, style), shown(planted, style)


@given(AMOUNTS, STYLES, SIGNED)
def test_same_fact_twice(amount: int, style: Style, steps: int) -> None:
    pieces: Pieces = (
        "“三公”经费财政拨款支出决算中，公务接待费支出决算", Money(amount),
        "。\n1.公务接待费支出", off(Money(amount), style, steps), "。",
    )  # fmt: skip
    planted = Planted("“三公”经费财政拨款支出决算情况说明", pieces, 3, frozenset({"XRF001"}))

    assert found(planted, style), shown(planted, style)
