"""True forms of one unit are never accused of each other; an item in the wrong place is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from forms import Forms, forms
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tables import PRINTS, Print, grave, shares

if TYPE_CHECKING:
    from collections.abc import Iterable

unhurried = settings(deadline=None)


def text_of(made: Forms, how: Print) -> str:
    return "\n\n".join(sheet.text(how) for sheet in made.sheets)


@unhurried
@given(forms(), PRINTS)
def test_true_forms_are_never_accused(made: Forms, how: Print) -> None:
    text = text_of(made, how)

    assert [finding.message for finding in grave(text)] == [], text


@unhurried
@given(forms(), PRINTS)
def test_forms_that_end_in_the_middle_are_not_accused_of_missing_items(
    made: Forms, how: Print
) -> None:
    """A page that was lost takes rows along; what is not read is not absent."""
    half = replace(
        made.expenditure, rows=made.expenditure.rows[: len(made.expenditure.rows) // 2]
    )
    found = grave(text_of(replace(made, expenditure=half), how))

    assert [f.message for f in found if f.rule in ("STM021", "STM022", "STM023")] == []


@unhurried
@given(forms(Decimal(10) ** 10), PRINTS)
def test_emptied_fund_table_is_found(made: Forms, how: Print) -> None:
    empty = replace(made.fund, rows=[[""] * 8, ["合计", *[""] * 7]])
    found = grave(text_of(replace(made, fund=empty), how))

    assert "STM023" in {rule for one in found for rule in (one.rule, *one.consequences)}


@unhurried
@given(shares(), PRINTS, st.integers(0, 2))
def test_true_shares_are_never_accused(
    made: list[list[Decimal]], how: Print, places: int
) -> None:
    text = share_table(made, how, places)

    assert [finding.message for finding in grave(text)] == [], text


@unhurried
@given(shares(), st.data(), st.integers(3, 40))
def test_wrong_share_is_found(made: list[list[Decimal]], data: st.DataObject, off: int) -> None:
    assume(len(made) > 3 and _total(map(_total, made)) > 100_000)
    at = data.draw(st.integers(0, len(made) - 1))
    text = share_table([[_total(group)] for group in made], Print(), 0, {at: off})

    assert {"TBL013", "TBL014"} & {f.rule for f in grave(text)}, text


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def share_table(
    groups: list[list[Decimal]], how: Print, places: int, off: dict[int, int] | None = None
) -> str:
    """支出结构表: groups with their parts, each with its share of the total, printed true.

    Args:
        groups: Amounts of each group's parts.
        how: How amounts are printed.
        places: Decimals of shares.
        off: Points by which the share of a group is printed wrong.
    """
    total = _total(map(_total, groups))
    lines = ["2023年度支出结构表", f"单位：{how.unit}", "| 项目 | 金额 | 占比 |"]
    for number, group in enumerate(groups):
        mark = "一二三四五六"[number]
        wrong = (off or {}).get(number, 0)
        lines.append(_line(f"{mark}、第{mark}类项目", _total(group), total, how, places, wrong))
        if len(group) > 1:
            lines += [
                _line(
                    f"（{'一二三四五六'[k]}）分项{'甲乙丙丁戊己'[k]}", part, total, how, places
                )
                for k, part in enumerate(group)
            ]
    lines.append(f"| 合计 | {how.cell(total)} | 100% |")
    return "\n".join(lines)


def _line(
    name: str, amount: Decimal, total: Decimal, how: Print, places: int, wrong: int = 0
) -> str:
    share = f"{100 * amount / total + wrong:.{places}f}%" if total else ""
    return f"| {name} | {how.cell(amount)} | {share} |"
