"""True codes and names of a year are never accused; a name beside another's code is found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import UNITS

from validator.extract.classification import CodeStatus
from validator.extract.code_lists import load_classification
from validator.run import check, shipped_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

LISTS = load_classification(Path(__file__).parents[2] / "rules" / "lexicon")
YEARS = range(2015, 2027)
RULES = shipped_rules()
CODES = RULES.only(*(rule.id for rule in RULES.rules if rule.id.startswith("COD")))
CERTAIN = {"COD004", "COD011"}


@dataclass(frozen=True)
class Row:
    """A code with a name that it has in a year（一行）."""

    code: str
    name: str


def in_use(year: int, family: str) -> dict[str, list[str]]:
    """Codes of a year with their names."""
    return {
        code: names
        for code in LISTS.namings
        if code[0] == family and (names := list(LISTS.names_of(code, year)))
        if LISTS.code_status(code, year) is CodeStatus.VALID
    }


IN_USE = {(year, family): in_use(year, family) for year in YEARS for family in "235"}


@st.composite
def rows(draw: st.DrawFn, year: int, family: str) -> list[Row]:
    """Some codes of the lowest level with all codes above them, in order."""
    known = IN_USE[year, family]
    depth = 7 if family == "2" else 5
    lowest = [c for c in known if len(c) == depth and all(c[:n] in known for n in (3, 5))]
    chosen = draw(st.lists(st.sampled_from(lowest), min_size=3, max_size=9, unique=True))
    codes = sorted({code[:n] for code in chosen for n in range(3, depth + 1, 2)})
    return [Row(code, draw(st.sampled_from(known[code]))) for code in codes]


def form(title: str, lines: Sequence[Row], *, split: bool) -> list[str]:
    """A form with a row for each code; ``split`` prints 类, 款 and 项 in cells of their own."""
    head = "| 类 | 款 | 项 |" if split else "| 科目编码 |"
    text = [title, "单位：万元", f"{head} 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |"]
    for row in lines:
        cells = (row.code[:3], row.code[3:5], row.code[5:7]) if split else (row.code,)
        text.append(f"| {' | '.join(cells)} | {row.name} | 1.00 | 1.00 | |")
    return text


def chain(lines: Sequence[Row], row: Row) -> str:
    """类（类）款（款）项（项）（编码）in a sentence."""
    names = {line.code: line.name for line in lines}
    return (
        f"{names[row.code[:3]]}（类）{names[row.code[:5]]}（款）{row.name}（项）"
        f"（{row.code}）：支出决算为1.00万元。"
    )


def report(year: int, *parts: Sequence[str]) -> str:
    """A report of the year with the parts in it."""
    return "\n".join([f"云岭县{UNITS[0]}{year}年度部门决算", *(x for p in parts for x in p)])


def accused(text: str) -> list[tuple[str, str]]:
    """Rule and message of every finding about codes."""
    checked = check(text.encode(), name="report.txt", ruleset=CODES)
    return [(finding.rule, finding.message) for finding in checked.findings]


@settings(max_examples=80)
@given(st.data(), st.sampled_from(YEARS), st.booleans())
def test_true_functional_codes_are_never_accused(
    data: st.DataObject, year: int, split: bool
) -> None:
    """The two names of a code that was renamed, years unknown, are one name here."""
    lines = data.draw(rows(year, "2"))
    told = [chain(lines, row) for row in lines if len(row.code) == 7]
    text = report(year, form("支出决算表", lines, split=split), told)

    assert accused(text) == [], text


@settings(max_examples=60)
@given(st.data(), st.sampled_from(YEARS), st.sampled_from("35"))
def test_true_economic_codes_are_never_accused(
    data: st.DataObject, year: int, family: str
) -> None:
    lines = data.draw(rows(year, family))
    title = "一般公共预算财政拨款基本支出决算表"
    text = report(year, form(title, lines, split=False))

    assert accused(text) == [], text


@settings(max_examples=80)
@given(st.data(), st.sampled_from(YEARS), st.sampled_from("23"))
def test_exchanged_names_are_found(data: st.DataObject, year: int, family: str) -> None:
    lines = data.draw(rows(year, family))
    first = data.draw(st.sampled_from(lines))
    second = data.draw(st.sampled_from(lines))
    assume(LISTS.surely_not(first.code, second.name))
    assume(LISTS.surely_not(second.code, first.name))
    swapped = {first.code: second.name, second.code: first.name}
    text = report(
        year,
        form(
            "支出决算表",
            [Row(row.code, swapped.get(row.code, row.name)) for row in lines],
            split=False,
        ),
    )

    assert CERTAIN & {rule for rule, _ in accused(text)}, text


@settings(max_examples=40)
@given(st.data(), st.sampled_from(YEARS))
def test_a_code_of_another_group_in_a_chain_is_found(data: st.DataObject, year: int) -> None:
    lines = data.draw(rows(year, "2"))
    items = [row for row in lines if len(row.code) == 7]
    first, second = data.draw(st.permutations(items))[:2]
    names = {line.code: line.name for line in lines}
    assume(first.code[:3] != second.code[:3])
    assume(LISTS.class_of_name(names[first.code[:3]]) == first.code[:3])
    text = report(year, [chain(lines, first).replace(first.code, second.code)])

    assert "COD009" in {rule for rule, _ in accused(text)}, text
