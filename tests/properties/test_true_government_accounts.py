"""True budgets of a government are never accused, whatever their wording and precision."""

from __future__ import annotations

from dataclasses import replace

from government import (
    LEVELS,
    YEARS,
    Social,
    by_level,
    cities,
    debts,
    functions,
    income,
    insurance,
    outgo,
    planned,
    table,
)
from hypothesis import given
from hypothesis import strategies as st
from printing import Pieces, Style, fix_pieces, print_pieces
from strategies import report_on

from validator.findings import Severity

TITLE = "关于岚川市2023年预算执行情况和2024年预算草案的报告"
HALVES = {2023: "一、2023年预算执行情况", 2024: "二、2024年预算草案"}
NAMES = {"general": "一般公共预算", "fund": "政府性基金预算", "capital": "国有资本经营预算"}
STYLES = st.builds(
    Style,
    unit=st.just("亿元"),
    decimals=st.sampled_from([2, 1, 0, 3, 4]),
    places=st.sampled_from([1, 2, 0]),
    grouped=st.booleans(),
)


@st.composite
def styles(draw: st.DrawFn) -> list[Style]:
    """亿元 or 万元 throughout, of changing precision."""
    unit = draw(st.sampled_from(["亿元", "万元"]))
    return [replace(one, unit=unit) for one in draw(st.lists(STYLES, min_size=1, max_size=4))]


@st.composite
def reports(draw: st.DrawFn) -> list[Pieces]:
    """Lines of a report on two years, several levels and some of the budgets."""
    city = draw(cities())
    headed = draw(st.booleans())
    levels = draw(
        st.sampled_from([["全市"], ["全市", "市本级"], ["市本级"], ["全市", "县区级"]])
    )
    kept = draw(st.integers(10**10, 10**13))
    lines: list[Pieces] = [(TITLE,)]
    for year in YEARS:
        lines.append((HALVES[year],))
        for level in levels:
            if headed:
                lines.append((f"（{'一二三'[levels.index(level)]}）{level}预算",))
            for number, (fund, name) in enumerate(NAMES.items(), start=1):
                one = city[fund, level, year]
                head = f"{number}.{name}。" if draw(st.booleans()) else ""
                texts = [
                    income(draw, fund, level, year, one),
                    outgo(draw, fund, level, year, one),
                ]
                if draw(st.booleans()):
                    lines.append((head, *texts[0], *texts[1]))
                else:
                    lines += [(head, *texts[0]), texts[1]]
        earned = draw(st.integers(10**10, 10**13))
        social = Social(earned, draw(st.integers(10**9, earned)), kept)
        kept = social.kept
        if levels[0] == "全市":
            lines.append(insurance(draw, "全市", year, social))
    extra: list[Pieces] = []
    whole, own, below = (city["general", level, 2023] for level in LEVELS)
    if draw(st.booleans()):
        extra.append(debts(draw, levels[0], levels[0] == "全市")[0])
    if "全市" in levels and draw(st.booleans()):
        extra.append(by_level(draw, whole, own, below))
    if draw(st.booleans()):
        extra.append(planned(draw, levels[0], city["general", levels[0], 2023]))
    if draw(st.booleans()):
        extra.append(functions(draw, levels[0], city["general", levels[0], 2023]))
    lines[2:2] = extra
    return lines + (table("全市", 2023, whole) if draw(st.booleans()) else [])


@given(reports(), styles())
def test_true_budgets_are_never_accused(lines: list[Pieces], prints: list[Style]) -> None:
    n = len(prints)
    paper = [fix_pieces(p, [*prints[i % n :], *prints[: i % n]]) for i, p in enumerate(lines)]
    text = "".join(f"{print_pieces(pieces, [Style()])}\n" for pieces in paper)
    report = report_on(text)

    accused = [f.message for f in report.findings if f.severity is not Severity.NOTE]
    assert accused == [], text
