"""Every slip of the pen is undone, by its name; nothing out of reach is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from validator.engine.diagnosis.slips import meant
from validator.findings import RepairKind
from validator.quantity import plain

SLIPS = [
    ("5.17", RepairKind.TRANSPOSITION, "5.71"),
    ("51.7", RepairKind.TRANSPOSITION, "15.7"),
    ("1.50", RepairKind.TRANSPOSITION, "5.10"),
    ("23.04", RepairKind.DOUBLED, "23.044"),
    ("23.04", RepairKind.DOUBLED, "233.04"),
    ("23.04", RepairKind.DROPPED, "2.04"),
    ("23.04", RepairKind.DROPPED, "23.4"),
    ("123.04", RepairKind.DROPPED, "23.04"),
    ("23.5", RepairKind.DROPPED, "23"),
    ("23.04", RepairKind.POINT, "230.4"),
    ("23.04", RepairKind.POINT, "2.304"),
    ("0.82", RepairKind.POINT, "82"),
    ("23.04", RepairKind.DIGIT, "23.94"),
    ("23.04", RepairKind.DIGIT, "83.04"),
    ("0.40", RepairKind.DIGIT, "7.40"),
    ("-6.30", RepairKind.SIGN, "6.30"),
    ("6.30", RepairKind.SIGN, "-6.30"),
    ("-5.17", RepairKind.TRANSPOSITION, "-5.71"),
]


@pytest.mark.parametrize(("true", "kind", "printed"), SLIPS)
def test_a_slip_is_undone(true: str, kind: RepairKind, printed: str) -> None:
    wanted = Decimal(true)

    assert (kind, true) in set(meant(Decimal(printed), wanted, wanted))


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("5.71", "9.99", "9.99"),
        ("5.71", "-3.33", "-3.33"),
        ("120", "777", "780"),
        ("1234567.89", "1", "2"),
    ],
)
def test_nothing_is_meant_that_is_two_slips_away(printed: str, low: str, high: str) -> None:
    assert [*meant(Decimal(printed), Decimal(low), Decimal(high))] == []


def test_no_number_begins_with_a_zero_that_was_not_there() -> None:
    found = {text for _, text in meant(Decimal(1023), Decimal(-99999), Decimal(99999))}

    assert "0123" not in found
    assert "123" not in found
    assert {"1032", "1203", "10.23"} <= found


def _slipped(kind: RepairKind, digits: str, places: int, at: int, other: int) -> str:
    """Digits as one slip leaves them, with the point; "" where it makes no other number."""
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    if kind is RepairKind.POINT:
        places += other % 9 - 4
        digits = digits.rjust(places + 1, "0")
        whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
        if places < 0:
            return ""
        return f"{whole.lstrip('0') or '0'}.{fraction}" if fraction else whole
    at %= len(digits)
    if kind is RepairKind.TRANSPOSITION:
        at = min(at, len(digits) - 2)
        changed = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        gained = 0
    elif kind is RepairKind.DOUBLED:
        changed = digits[:at] + digits[at] + digits[at:]
        gained = 1
    elif kind is RepairKind.DROPPED:
        changed = digits[:at] + digits[at + 1 :]
        gained = -1
    else:
        changed = digits[:at] + str(other % 10) + digits[at + 1 :]
        gained = 0
    first = len(whole) + (gained if at < len(whole) else 0)
    whole, fraction = changed[:first], changed[first:]
    if not whole or (whole[0] == "0" and len(whole) > 1):
        return ""
    return f"{whole}.{fraction}" if fraction else whole


KINDS = (
    RepairKind.TRANSPOSITION,
    RepairKind.DOUBLED,
    RepairKind.DROPPED,
    RepairKind.POINT,
    RepairKind.DIGIT,
)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(
    st.integers(10, 10**9), st.integers(0, 4), st.sampled_from(KINDS), st.integers(0, 12),
    st.integers(0, 89), st.booleans(),
)  # fmt: skip
def test_any_slip_is_undone(
    whole: int, places: int, kind: RepairKind, at: int, other: int, negative: bool
) -> None:
    true = Decimal(whole).scaleb(-places)
    digits = str(whole).rjust(places + 1, "0")
    printed = _slipped(kind, digits, places, at, other)
    assume(printed and Decimal(printed) != true)
    turn = -1 if negative else 1
    found = set(meant(turn * Decimal(printed), turn * true, turn * true))

    assert (kind, plain(turn * true)) in found, printed


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.integers(0, 10**7), st.integers(0, 3), st.integers(-(10**6), 10**6))
def test_all_that_is_meant_is_within_reach(whole: int, places: int, low: int) -> None:
    number, least, most = Decimal(whole).scaleb(-places), Decimal(low), Decimal(low + 5000)
    for kind, text in meant(number, least, most):
        value = Decimal(text)
        step = 2 * Decimal(1).scaleb(value.as_tuple().exponent)  # type: ignore[arg-type]
        assert least - step <= value <= most + step
        assert plain(value) == text
        assert kind in {*KINDS, RepairKind.SIGN}
