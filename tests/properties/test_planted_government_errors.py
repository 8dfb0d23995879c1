"""An error in the budgets of a government is found, whatever its size and the print."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from printing import Money, Pieces, Ratio, Style, place_of, print_pieces
from strategies import report_on
from test_planted_errors import SIGNED, off

from validator.findings import Severity

HEAD = (
    "关于岚川市2023年预算执行情况和2024年预算草案的报告\n"
    "一、2023年预算执行情况\n全市一般公共预算支出完成1.00亿元。\n"
)
AMOUNTS = st.integers(5 * 10**11, 5 * 10**13)
STYLES = st.builds(
    Style,
    unit=st.sampled_from(["万元", "亿元"]),
    decimals=st.sampled_from([2, 3]),
    places=st.sampled_from([2, 1]),
    grouped=st.booleans(),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A paragraph with one wrong piece（埋下的错误）; one of the rules must say so."""

    pieces: Pieces
    at: int
    rules: frozenset[str]

    def found(self, style: Style) -> bool:
        """Whether a finding of the right rule covers the planted place."""
        start, end = (len(HEAD) + place for place in place_of(self.pieces, [style], self.at))
        report = report_on(f"{HEAD}{print_pieces(self.pieces, [style])}\n")
        return any(
            e.span.start < end and start < e.span.end
            for finding in report.findings
            if finding.severity is not Severity.NOTE
            and self.rules & {finding.rule, *finding.consequences}
            for e in finding.evidence
        )


def planted(right: Pieces, at: int, style: Style, steps: int, *rules: str) -> Planted:
    """The paragraph with the figure at a place off by so many units of its last digit."""
    figure = right[at]
    assert not isinstance(figure, str)
    wrong = off(figure, style, steps)
    return Planted((*right[:at], wrong, *right[at + 1 :]), at, frozenset(rules))


@given(AMOUNTS, AMOUNTS, AMOUNTS, STYLES, SIGNED, st.sampled_from([1, 3, 5, 7]))
def test_wrong_total(a: int, b: int, c: int, style: Style, steps: int, at: int) -> None:
    right: Pieces = (
        "全市政府性基金收入", Money(a), "，加上级补助收入", Money(b), "、上年结转", Money(c),
        "，收入总计", Money(a + b + c), "。",
    )  # fmt: skip
    one = planted(right, at, style, steps, "EXE001")

    assert one.found(style), print_pieces(one.pieces, [style])


@given(AMOUNTS, AMOUNTS, STYLES, SIGNED, st.sampled_from([1, 3, 5]))
def test_wrong_carry_over(a: int, b: int, style: Style, steps: int, at: int) -> None:
    right: Pieces = (
        "市本级政府性基金收入总计", Money(a + b), "，支出总计", Money(a),
        "。收支相抵，结转下年", Money(b), "。",
    )  # fmt: skip
    one = planted(right, at, style, steps, "EXE002", "BAL001")

    assert one.found(style), print_pieces(one.pieces, [style])


@given(AMOUNTS, AMOUNTS, STYLES, SIGNED, st.sampled_from([1, 3, 5]))
def test_wrong_debt(a: int, b: int, style: Style, steps: int, at: int) -> None:
    right: Pieces = (
        "2023年末，全市政府债务余额", Money(a + b), "（一般债务", Money(a), "、专项债务", Money(b),
        "）。",
    )  # fmt: skip
    one = planted(right, at, style, steps, "SUM001")

    assert one.found(style), print_pieces(one.pieces, [style])


@given(AMOUNTS, AMOUNTS, STYLES, SIGNED, st.sampled_from([1, 3, 5]))
def test_wrong_surplus(a: int, b: int, style: Style, steps: int, at: int) -> None:
    right: Pieces = (
        "全市社会保险基金收入", Money(a + b), "，支出", Money(a), "，本年收支结余", Money(b), "。",
    )  # fmt: skip
    one = planted(right, at, style, steps, "DIF001", "EXE009")

    assert one.found(style), print_pieces(one.pieces, [style])


@given(AMOUNTS, st.integers(11, 40), STYLES, SIGNED)
def test_wrong_growth_of_the_draft(a: int, tenths: int, style: Style, steps: int) -> None:
    now = a + a * tenths // 1000
    right: Pieces = (
        "全市一般公共预算收入完成", Money(a), "。\n二、2024年预算草案\n全市一般公共预算收入安排",
        Money(now), "，比上年执行数增长", Ratio(Fraction(now - a, a)), "。",
    )  # fmt: skip
    one = planted(right, 5, style, steps, "EXE013")

    assert one.found(style), print_pieces(one.pieces, [style])
