"""True tables are never accused; a wrong digit in one is found."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tables import (
    PRINTS,
    TABLES,
    Print,
    Sheet,
    expenditures,
    grave,
    judged,
    score_form,
    scores,
)

if TYPE_CHECKING:
    from validator.findings import Finding

Scores = tuple[list[int], list[Decimal]]
unhurried = settings(deadline=None)
"""Three reports are checked in one example."""


@unhurried
@given(TABLES, PRINTS)
def test_true_table_is_never_accused(sheet: Sheet, how: Print) -> None:
    text = sheet.text(how)

    assert [finding.message for finding in grave(text)] == [], text


@unhurried
@given(TABLES, TABLES, PRINTS)
def test_true_tables_in_one_report_are_never_accused_of_sums(
    first: Sheet, second: Sheet, how: Print
) -> None:
    text = f"{first.text(how)}\n\n{second.text(how)}"

    sums = [f.message for f in grave(text) if f.rule.startswith(("TBL00", "STM001"))]
    assert sums == [], text


@unhurried
@given(TABLES, st.data(), PRINTS)
def test_coarser_printing_adds_nothing(sheet: Sheet, data: st.DataObject, how: Print) -> None:
    place = data.draw(st.sampled_from(sheet.amounts()))
    broken = sheet.with_amount(place, data.draw(st.integers(0, 10**9)) / Decimal(100))
    finer = replace(how, places=how.places + 2)
    assume(not grave(broken.text(finer)))

    assert [f.message for f in grave(broken.text(how))] == []


@unhurried
@given(TABLES, st.data(), st.booleans())
def test_restated_unit_keeps_the_verdicts(
    sheet: Sheet, data: st.DataObject, wrong: bool
) -> None:
    if wrong:
        place = data.draw(st.sampled_from(sheet.amounts()))
        # More than 元 printed to the 分 is exact by, which 万元 and 亿元 are not.
        sheet = sheet.with_amount(place, data.draw(st.integers(1, 10**7)) + _at(sheet, place))
    prints = [Print("元", 2), Print("万元", 6), Print("亿元", 10)]
    verdicts = [[f.rule for f in grave(sheet.text(how))] for how in prints]

    assert verdicts[1:] == verdicts[:1] * 2


@unhurried
@given(expenditures(), st.data(), PRINTS)
def test_wrong_digit_is_found_with_its_cell(
    sheet: Sheet, data: st.DataObject, how: Print
) -> None:
    how = replace(how, blanks=frozenset())
    totals = [place for place in sheet.amounts() if place[1] == 2]
    row, column = data.draw(st.sampled_from(totals))
    wrong = _at(sheet, (row, column)) + data.draw(st.integers(3, 900)) * how.step
    text = sheet.with_amount((row, column), wrong).text(how)
    report = judged(text)
    assert report.document is not None

    blocks = [report.document.block_at(e.span.start) for f in grave(text) for e in f.evidence]
    cells = {(b.row, b.column) for b in blocks if b is not None}
    assert (row + len(sheet.heads), column) in cells, text


@unhurried
@given(scores())
def test_true_scores_are_never_accused(made: Scores) -> None:
    weights, got = made
    text = score_form(weights, got, sum(got, Decimal(0)))

    assert [finding.message for finding in grave(text)] == [], text


@unhurried
@given(scores(), st.integers(10, 90))
def test_wrong_total_score_is_found(made: Scores, tenths: int) -> None:
    weights, got = made
    total = sum(got, Decimal(0)) + Decimal(tenths) / 10
    found = {rule for f in grave(score_form(weights, got, total)) for rule in _rules(f)}

    assert "SCR003" in found


def _rules(finding: Finding) -> list[str]:
    return [finding.rule, *finding.consequences]


def _at(sheet: Sheet, place: tuple[int, int]) -> Decimal:
    cell = sheet.rows[place[0]][place[1]]
    assert isinstance(cell, Decimal)
    return cell
