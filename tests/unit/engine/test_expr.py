"""Assertions: grammar, units, what is possible and what is certain, sums on paper."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.engine.expr import (
    Env,
    ExprError,
    certain,
    compute,
    parse,
    possible,
    render,
)
from validator.engine.expr_units import Kind, Measure, check_units
from validator.quantity import Interval


def span(low: str, high: str | None = None) -> Interval:
    return Interval(Decimal(low), Decimal(high or low))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("part / whole = share", ("part", "whole", "share")),
        ("not a = 1 and (b > 2 or c<=3)", ("a", "b", "c")),
        ("sum(parts) = whole * 98.5%", ("parts", "whole")),
        ("-(a - b) = min(a, c)", ("a", "b", "c")),
        ("a=-1", ("a",)),
    ],
)
def test_names_stand_in_order(text: str, names: tuple[str, ...]) -> None:
    assert parse(text).names == names


def test_sides_of_a_comparison() -> None:
    expression = parse("sum(parts) = whole")

    assert (expression.operator, expression.left_name, expression.right_name) == (
        "=",
        "",
        "whole",
    )
    assert parse("a = 1 or b = 1").left is None


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "名称、数字或括号"),
        ("a", 1, "比较"),
        ("a =", 4, "名称、数字或括号"),
        ("a = b = c", 7, "and"),
        ("a == b", 4, "这里是“=”"),
        ("(a = b", 7, "“)”"),
        ("a = b)", 6, "多余"),
        ("(a = b) + 1 = c", 4, "不能参与计算"),
        ("not a", 5, "比较"),
        ("a and b = 1", 1, "比较"),
        ("a.b = 1", 2, "“.”"),
        ("a[0] = 1", 2, "“[”"),
        ("a = 'x'", 5, "“'”"),
        ("round(a) = 1", 1, "没有函数“round”"),
        ("abs(a, b) = 1", 1, "一个参数"),
        ("sum = 1", 5, "“(”"),
        ("a = 5x", 5, "“5”"),
        ("a = 1 and", 10, "名称"),
        ("a = and", 5, "名称"),
        ("(" * 40 + "a" + ")" * 40 + " = 1", 34, "32"),
        ("not " * 40 + "a = 1", 133, "32"),
        ("a" + " + a" * 120 + " = 1", 400, "200"),
    ],
)
def test_what_the_grammar_refuses(text: str, column: int, words: str) -> None:
    with pytest.raises(ExprError) as refused:
        parse(text)

    assert words in refused.value.what
    assert refused.value.column == column


@given(st.text(alphabet="ab1. +-*/=!<>()%,\nandotsum&é", max_size=40))
def test_parser_raises_nothing_but_its_own_error(text: str) -> None:
    column, again = 1, None
    try:
        again = parse(parse(text).text)
    except ExprError as error:
        column = error.column

    assert 1 <= column <= len(text) + 1
    assert again is None or again.text == text


KINDS = {
    "amount": Kind(Measure.QUANTITY),
    "whole": Kind(Measure.QUANTITY),
    "parts": Kind(Measure.QUANTITY, many=True),
    "rates": Kind(Measure.RATIO, many=True),
    "rate": Kind(Measure.RATIO),
    "price": Kind(Measure.PRICE),
    "direction": Kind(Measure.NUMBER),
}


@pytest.mark.parametrize(
    "text",
    [
        "amount / whole = rate",
        "amount / rate = whole",
        "rate * whole = amount",
        "price * amount = whole",
        "whole / price = amount",
        "amount * direction = whole",
        "sum(parts) = whole * 90%",
        "sum(parts / rates) = whole",
        "sum(amount, whole) = max(parts)",
        "rate = 100%",
        "1 - rate = 5%",
        "rate != 0 and amount > 0 and sum(parts) > 0",
        "sign(amount - whole) = direction",
        "count(parts) >= 2",
        "price / price = rate",
        "amount / 2 = whole - 0",
        "min(parts) = -amount",
        "not direction = 1",
        "fraction(whole / price) = 0",
        "fraction(whole * rate) = 0",
        "fraction(whole) < 0.5",
    ],
)
def test_like_measures_go_together(text: str) -> None:
    check_units(parse(text), KINDS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("amount + rate = whole", r"“\+”"),
        ("amount = rate", "“=”"),
        ("amount = 100", "写出的数"),
        ("amount * whole = whole", "不能相乘"),
        ("rate / amount = rate", "不能相除"),
        ("direction = rate", "“=”"),
        ("parts = whole", "sum"),
        ("abs(parts) = whole", "abs"),
        ("count(whole) = 1", "count"),
        ("fraction(parts) = 0", "fraction"),
        ("fraction(amount / whole) = 0", "比率"),
        ("fraction(price) = 0", "单价"),
        ("fraction(amount) = whole", "“=”"),
        ("sum(parts, rate) = whole", "“sum”"),
        ("amount = whole or price = whole", "“=”"),
    ],
)
def test_unlike_measures_are_refused(text: str, words: str) -> None:
    with pytest.raises(ExprError, match=words):
        check_units(parse(text), KINDS)


ENV: Env = {
    "one": span("1"),
    "wide": span("0.5", "1.5"),
    "next": span("1.5", "2.5"),
    "far": span("3", "4"),
    "zero": span("0"),
    "around": span("-1", "1"),
    "between": span("3.4", "3.8"),
    "below": span("-0.3", "-0.2"),
    "parts": (span("1"), span("2", "3")),
    "halves": (span("0.5"), span("0.5")),
    "three": (span("1"), span("1"), span("1")),
    "empty": (),
    "gone": None,
}


@pytest.mark.parametrize(
    ("text", "may", "must"),
    [
        ("one = 1", True, True),
        ("wide = next", True, False),
        ("wide = far", False, False),
        ("wide != far", True, True),
        ("wide != next", True, False),
        ("one != 1", False, False),
        ("wide < far", True, True),
        ("wide < next", True, False),
        ("wide <= next", True, True),
        ("next < wide", False, False),
        ("next <= wide", True, False),
        ("far > one", True, True),
        ("one >= 1", True, True),
        ("one > 1", False, False),
        ("gone = 1", None, None),
        ("absent = 1", None, None),
        ("one / zero = 1", None, None),
        ("one / around = 1", None, None),
        ("gone = 1 and one = 2", False, False),
        ("gone = 1 or one = 1", True, True),
        ("gone = 1 and one = 1", None, None),
        ("gone = 1 or one = 2", None, None),
        ("not wide = next", True, False),
        ("not one = 1", False, False),
        ("not gone = 1", None, None),
        ("not (wide = far or wide = next)", True, False),
        ("sum(parts) = far", True, False),
        ("sum(parts / halves) = 6", True, False),
        ("sum(parts / three) = 6", None, None),
        ("sum(parts * 2) > 9", False, False),
        ("sum(-parts) <= -3", True, True),
        ("sum(empty) = 0", True, True),
        ("min(empty) = 0", None, None),
        ("count(parts) = 2", True, True),
        ("min(parts, zero) = 0", True, True),
        ("max(parts) = 3", True, False),
        ("abs(-one) = 1", True, True),
        ("abs(around) = 0", True, False),
        ("sign(far) = 1", True, True),
        ("sign(-far) = -1", True, True),
        ("sign(zero) = 0", True, True),
        ("sign(around) = 1", True, False),
        ("sign(next - wide) = -1", False, False),
        ("fraction(far) = 0", True, False),
        ("fraction(one) = 0", True, True),
        ("fraction(zero) = 0", True, True),
        ("fraction(between) = 0", False, False),
        ("fraction(between) >= 0.2", True, True),
        ("fraction(between) = 0.5", True, False),
        ("fraction(below) = 0.25", True, False),
        ("fraction(below) > 0.3", False, False),
        ("fraction(far / wide) = 0", True, False),
        ("fraction(one / zero) = 0", None, None),
        ("fraction(gone) = 0", None, None),
        ("not fraction(between) = 0", True, True),
        ("parts = 1", None, None),
        ("abs(parts) = 1", None, None),
        ("(far - one) / one = 200%", True, False),
    ],
)
def test_possible_and_certain(text: str, may: bool | None, must: bool | None) -> None:
    expression = parse(text)

    assert possible(expression, ENV) is may
    assert certain(expression, ENV) is must


VALUES = st.decimals(-1000, 1000, places=2)
WIDTHS = st.decimals(0, 5, places=2)
TEXTS = (
    "a / b = c",
    "a / (b - a) = c",
    "abs(a - b) < c",
    "sum(a, b) != c",
    "not a * b >= c",
    "sign(a - b) = sign(c) or a = b",
    "fraction(a / b) = 0",
    "fraction(a * b) >= c",
)


@given(st.sampled_from(TEXTS), st.lists(st.tuples(VALUES, WIDTHS), min_size=3, max_size=3))
def test_wider_figures_never_make_possible_impossible(
    text: str, figures: list[tuple[Decimal, Decimal]]
) -> None:
    """What holds for the true values is possible for every interval around them."""
    expression = parse(text)
    names = ("a", "b", "c")
    true = {n: Interval.exact(v) for n, (v, _) in zip(names, figures, strict=True)}
    printed = {n: Interval(v - w, v + w) for n, (v, w) in zip(names, figures, strict=True)}

    if possible(expression, true):
        assert possible(expression, printed) is not False
    if certain(expression, printed):
        assert certain(expression, true) is True


def test_compute_gives_both_sides() -> None:
    computed = compute(
        parse("amount / (current - amount) = rate"),
        {"amount": span("5.71"), "current": span("28.75"), "rate": span("0.2")},
    )

    assert computed is not None
    assert computed.operator == "="
    assert computed.right == Decimal("0.2")
    assert str(computed.left)[:8] == "0.247829"


def test_compute_has_no_answer_without_operands_or_comparison() -> None:
    missing = compute(parse("a / b = 1"), {"a": span("1"), "b": span("0")})

    assert missing is not None
    assert missing.left is None
    assert compute(parse("a = 1 and a = 2"), {"a": span("1")}) is None


SHOWN: dict[str, str | tuple[str, ...]] = {
    "whole": "2378.33",
    "part": "44.61",
    "other": "0.6",
    "parts": ("2277.22", "0.6", "44.61"),
    "signed": ("−25.00", "5.00", "−1.00"),
    "rates": ("80%", "50%", "100%"),
    "up": "1",
    "down": "-1",
    "loss": "−3.00",
}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("part", "44.61"),
        ("sum(parts)", "2277.22 + 0.6 + 44.61"),
        ("sum(parts) / whole", "(2277.22 + 0.6 + 44.61) ÷ 2378.33"),
        ("part / (whole - part)", "44.61 ÷ (2378.33 − 44.61)"),
        ("(whole - part) / part", "(2378.33 − 44.61) ÷ 44.61"),
        ("whole - (part + other)", "2378.33 − (44.61 + 0.6)"),
        ("whole + (part - other)", "2378.33 + 44.61 − 0.6"),
        ("abs(whole - part)", "2378.33 − 44.61"),
        ("abs(whole - part) / whole", "(2378.33 − 44.61) ÷ 2378.33"),
        ("abs(part)", "|44.61|"),
        ("sum(signed)", "−25.00 + 5.00 − 1.00"),
        ("part * up", "44.61"),
        ("part * down", "−44.61"),
        ("whole - part * up", "2378.33 − 44.61"),
        ("whole - part * down", "2378.33 + 44.61"),
        ("whole * 90%", "2378.33 × 90%"),
        ("whole / (part * other)", "2378.33 ÷ (44.61 × 0.6)"),
        ("sum(parts / rates)", "2277.22 ÷ 80% + 0.6 ÷ 50% + 44.61 ÷ 100%"),
        ("part / sum(parts / rates)", "44.61 ÷ (2277.22 ÷ 80% + 0.6 ÷ 50% + 44.61 ÷ 100%)"),
        ("whole - loss", "2378.33 + 3.00"),
        ("-(part - other)", "−(44.61 − 0.6)"),
        ("whole * -(part - other)", "−2378.33 × (44.61 − 0.6)"),
        ("up * part", "44.61"),
        ("parts", "2277.22、0.6、44.61"),
        ("max(parts)", "最大（2277.22、0.6、44.61）"),
        ("sum(-parts)", "−2277.22 − 0.6 − 44.61"),
        ("sum(parts * 2)", "2277.22 × 2 + 0.6 × 2 + 44.61 × 2"),
    ],
)
def test_sums_are_written_as_a_person_would(text: str, written: str) -> None:
    assert render(parse(f"{text} = whole").left, SHOWN) == written


def test_no_comparison_is_written_as_nothing() -> None:
    assert render(parse("whole = 1 or part = 1").left, SHOWN) == ""
