"""True forms of one unit are never accused of each other; an item in the wrong place is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from forms import Forms, forms
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tables import PRINTS, Print, grave, shares

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
@given(shares(), PRINTS, st.integers(0, 2), st.booleans(), st.booleans())
def test_true_shares_are_never_accused(
    made: list[list[Decimal]], how: Print, places: int, numbered: bool, own: bool
) -> None:
    text = ShareTable(made, how, places, numbered, own).text()

    assert [finding.message for finding in grave(text)] == [], text


@unhurried
@given(shares(), st.data(), st.integers(3, 40))
def test_wrong_share_is_found(made: list[list[Decimal]], data: st.DataObject, off: int) -> None:
    assume(len(made) > 3 and sum(map(sum, made)) > 100_000)
    wrong = data.draw(st.integers(0, len(made) - 1)), off
    groups = [[sum(group, Decimal(0))] for group in made]
    text = ShareTable(groups, Print(), 2, numbered=True, wrong=wrong).text()

    assert {"TBL013", "TBL014"} & {f.rule for f in grave(text)}, text


@dataclass(frozen=True)
class ShareTable:
    """支出结构表: groups with their parts, each with its share, printed true.

    Attributes:
        groups: Amounts of each group's parts.
        how: How amounts are printed.
        places: Decimals of shares.
        numbered: Whether numbers tell groups from parts.
        own: Whether a part's share is of its group, not of the total.
        wrong: Group whose share is printed wrong, and by how many points.
    """

    groups: list[list[Decimal]]
    how: Print
    places: int
    numbered: bool
    own: bool = False
    wrong: tuple[int, int] = (-1, 0)

    def text(self) -> str:
        """The table between pipes, with a total below."""
        total = sum((sum(group, Decimal(0)) for group in self.groups), Decimal(0))
        lines = ["2023年度支出结构表", f"单位：{self.how.unit}", "| 项目 | 金额 | 占比 |"]
        for number, group in enumerate(self.groups):
            whole = sum(group, Decimal(0))
            off = self.wrong[1] if self.wrong[0] == number else 0
            lines.append(self._line("一二三四五"[number] + "、", whole, total, off))
            if len(group) > 1:
                base = whole if self.own else total
                lines += [
                    self._line(f"（{'一二三'[k]}）", part, base) for k, part in enumerate(group)
                ]
        return "\n".join([*lines, f"| 合计 | {self.how.cell(total)} | 100% |"])

    def _line(self, mark: str, amount: Decimal, base: Decimal, off: int = 0) -> str:
        share = f"{100 * amount / base + off:.{self.places}f}%" if base else ""
        label = f"{mark if self.numbered else ''}事项{'甲乙丙丁戊'['一二三四五'.index(mark.strip('、（）'))]}"
        return f"| {label} | {self.how.cell(amount)} | {share} |"
