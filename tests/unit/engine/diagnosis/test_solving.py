"""What the others want a figure to be satisfies the equation, and its window says how far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from validator.claims import Term
from validator.document import Span
from validator.engine.diagnosis.solving import Equation, Wanted
from validator.engine.expr import parse, possible
from validator.facts import Figure, FigureKind
from validator.quantity import MONEY_UNITS, PERCENT, Interval, Quantity, parse_number

if TYPE_CHECKING:
    from validator.engine.explain import Binding

Prints = Mapping[str, str | Sequence[str]]


def figure(number: int, words: str) -> Figure:
    """A figure as printed: 600.00万元 or 62.1%."""
    symbol = words.lstrip("-0123456789.")
    digits, quantum = parse_number(words.removesuffix(symbol))
    unit = PERCENT if symbol == "%" else MONEY_UNITS[symbol]
    kind = FigureKind.PERCENT if symbol == "%" else FigureKind.AMOUNT
    return Figure(number, kind, Quantity(digits, unit, quantum), Span(number, number + 1), 0)


def bound(prints: Prints) -> Binding:
    """Figures by name, numbered in their order."""
    found: Binding = {}
    number = 0
    for name, words in prints.items():
        listed = [words] if isinstance(words, str) else words
        found[name] = tuple(Term(figure(number + at, one)) for at, one in enumerate(listed))
        number += len(listed)
    return found


def solved(assertion: str, prints: Prints, name: str, at: int = 0) -> list[Wanted]:
    binding = bound(prints)
    return Equation(parse(assertion), binding, {}).solved(binding[name][at].figure)


LIST = {"whole": "1043.00万元", "parts": ("600.00万元", "400.00万元")}
CHANGE = {"current": "23.04万元", "prior": "28.75万元", "amount": "5.17万元"}
SHARE = {"part": "61.20万元", "whole": "100.00万元", "share": "62.1%"}
RATE = {"amount": "5.71万元", "current": "23.04万元", "rate": "19.68%"}
DONE = {"actual": "820.00万元", "budget": "1000.00万元", "rate": "0.82%"}
POINTS = [
    ("sum(parts) = whole", LIST, "whole", 0, "10000000", True),
    ("sum(parts) = whole", LIST, "parts", 1, "4430000", False),
    ("prior - current = amount", CHANGE, "amount", 0, "57100", True),
    ("prior - current = amount", CHANGE, "current", 0, "235800", False),
    ("prior - current = amount", CHANGE, "prior", 0, "282100", False),
    ("part / whole = share", SHARE, "share", 0, "0.612", True),
    ("part / whole = share", SHARE, "part", 0, "621000", False),
    ("part / whole = share", SHARE, "whole", 0, "985507.246", False),
    ("amount / (current + amount) = rate", RATE, "rate", 0, "0.198609", True),
    ("amount / (current + amount) = rate", RATE, "current", 0, "233042.276", False),
    ("amount / (current + amount) = rate", RATE, "amount", 0, "56452.191", False),
    ("actual / budget = rate", DONE, "rate", 0, "0.82", True),
    ("actual / budget = rate", DONE, "budget", 0, "1000000000", False),
]


@pytest.mark.parametrize(("assertion", "prints", "name", "at", "point", "stated"), POINTS)
def test_the_value_that_closes_the_gap(
    assertion: str, prints: Prints, name: str, at: int, point: str, stated: bool
) -> None:
    (wanted,) = solved(assertion, prints, name, at)

    assert abs(wanted.point - Decimal(point)) <= abs(Decimal(point)) / 10**5
    assert wanted.window.holds(wanted.point)
    assert wanted.stated is stated
    assert wanted.equal


def test_a_sum_allows_what_the_rounding_of_the_others_allows() -> None:
    (wanted,) = solved("sum(parts) = whole", LIST, "whole")

    assert wanted.window == Interval(Decimal(9_999_900), Decimal(10_000_100))


def test_an_amount_to_the_fen_leaves_one_value() -> None:
    prints = {"whole": "1000.00元", "parts": ("600.50元", "400.50元")}
    (wanted,) = solved("sum(parts) = whole", prints, "whole")

    assert wanted.window == Interval.exact(Decimal(1001))


def test_a_difference_without_a_sign_has_two_answers() -> None:
    prints = {"left": "100.00万元", "right": "60.00万元", "gap": "50.00万元"}
    found = solved("abs(left - right) = gap", prints, "left")

    assert {round(wanted.point) for wanted in found} == {1_100_000, 100_000}


def test_a_limit_is_met_where_both_are_equal() -> None:
    prints = {"part": "120.00万元", "whole": "100.00万元"}
    (wanted,) = solved("part <= whole", prints, "part")

    assert wanted.point == Decimal(1_000_000)
    assert not wanted.equal


def test_nothing_is_wanted_of_a_figure_that_makes_no_difference() -> None:
    assert solved("prior - prior + amount = current - current + amount", CHANGE, "prior") == []


def test_nothing_is_wanted_by_what_compares_nothing() -> None:
    prints = {"part": "120.00万元", "whole": "100.00万元"}

    assert solved("part < whole or part = whole", prints, "part") == []


def _amount(fen: int) -> str:
    return f"{Decimal(fen).scaleb(-2)}万元"


AMOUNTS = st.integers(100, 10**8).map(_amount)
RATES = st.integers(50, 9950).map(lambda n: f"{Decimal(n).scaleb(-2)}%")
CLAIMS = st.one_of(
    st.tuples(
        st.just("sum(parts) = whole"),
        st.fixed_dictionaries(
            {"whole": AMOUNTS, "parts": st.lists(AMOUNTS, min_size=2, max_size=5)}
        ),
    ),
    st.tuples(
        st.just("current - prior = amount"),
        st.fixed_dictionaries({"current": AMOUNTS, "prior": AMOUNTS, "amount": AMOUNTS}),
    ),
    st.tuples(
        st.sampled_from(["part / whole = share", "whole * share = part"]),
        st.fixed_dictionaries({"part": AMOUNTS, "whole": AMOUNTS, "share": RATES}),
    ),
    st.tuples(
        st.sampled_from([
            "amount / (current + amount) = rate", "(current - prior) / prior = rate",
        ]),
        st.fixed_dictionaries({
            "amount": AMOUNTS, "current": AMOUNTS, "prior": AMOUNTS, "rate": RATES,
        }),
    ),
    st.tuples(
        st.just("abs(left - right) = gap"),
        st.fixed_dictionaries({"left": AMOUNTS, "right": AMOUNTS, "gap": AMOUNTS}),
    ),
)  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=250)
@given(CLAIMS)
def test_every_answer_satisfies_the_equation(claim: tuple[str, Prints]) -> None:
    assertion, binding = parse(claim[0]), bound(claim[1])
    used = {n: terms for n, terms in binding.items() if n in assertion.names}
    answers = 0
    for name, terms in used.items():
        for at, term in enumerate(terms):
            for wanted in Equation(assertion, binding, {}).solved(term.figure):
                answers += 1
                assert _holds(claim[0], used, (name, at), wanted.point) is not False
                assert wanted.window.holds(wanted.point)
                if "/" in claim[0] or "*" in claim[0] or "abs" in claim[0]:
                    continue
                # Of sums the window is all there is: nothing beside it satisfies them.
                for beside in (wanted.window.low - 1, wanted.window.high + 1):
                    assert _holds(claim[0], used, (name, at), beside) is False
    assume(answers)


def _holds(
    assertion: str, binding: Binding, place: tuple[str, int], value: Decimal
) -> bool | None:
    env: dict[str, Interval | tuple[Interval, ...]] = {}
    for name, terms in binding.items():
        parts = tuple(
            Interval.exact(value) if (name, at) == place else term.figure.interval
            for at, term in enumerate(terms)
        )
        env[name] = parts if name == "parts" else parts[0]
    return possible(parse(assertion), env)
