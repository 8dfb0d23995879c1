"""True sets of public forms for the properties: made from one set of accounts in 元."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st
from tables import FEN, LEAVES, NAMES, Rows, Sheet

FUNDS = {
    "212": "城乡社区支出", "21208": "国有土地使用权出让收入安排的支出",
    "2120803": "城市建设支出", "2120804": "农村基础设施建设支出",
    "229": "其他支出", "22960": "彩票公益金安排的支出",
    "2296002": "用于社会福利的彩票公益金支出",
}  # fmt: skip
FUND_LEAVES = [code for code in FUNDS if len(code) == 7]
ALL_NAMES = {**NAMES, **FUNDS}
ZERO = Decimal(0)
Leaf = tuple[Decimal, ...]


@dataclass(frozen=True)
class Forms:
    """支出决算表, 一般公共预算表, 政府性基金表 and 财政拨款总表 of one unit."""

    expenditure: Sheet
    general: Sheet
    fund: Sheet
    fiscal: Sheet

    @property
    def sheets(self) -> list[Sheet]:
        """All of them."""
        return [self.expenditure, self.general, self.fund, self.fiscal]


@st.composite
def forms(draw: st.DrawFn, spent_of_funds: Decimal = ZERO) -> Forms:
    """Accounts of a few items, some of them paid by other money too, and their forms.

    Args:
        draw: Chooses.
        spent_of_funds: The least that each fund spends; then there is a fund.
    """
    codes = draw(st.lists(st.sampled_from(LEAVES), min_size=1, max_size=4, unique=True))
    some = 1 if spent_of_funds else 0
    funds = draw(st.lists(st.sampled_from(FUND_LEAVES), min_size=some, max_size=2, unique=True))
    general = {code: (draw(FEN), draw(FEN)) for code in codes}
    flows = {code: (draw(FEN), draw(FEN), spent_of_funds + draw(FEN)) for code in funds}
    spent = {code: (basic, project) for code, (basic, project) in general.items()}
    spent |= {code: (ZERO, flow[2]) for code, flow in flows.items()}
    for code in draw(st.sets(st.sampled_from(LEAVES), max_size=2)):
        basic, project = spent.get(code, (ZERO, ZERO))
        spent[code] = (basic + draw(FEN), project)
    kept = draw(st.booleans())  # whether items without money are printed
    shown = general if kept else {c: v for c, v in general.items() if any(v)}
    heads = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |"
    return Forms(
        Sheet("2023年度支出决算表", [heads.replace("合计", "本年支出合计")], _rows(spent)),
        Sheet("2023年度一般公共预算财政拨款支出决算表", [heads], _rows(shown)),
        _fund(flows),
        _fiscal(general, flows),
    )


def _rows(leaves: dict[str, tuple[Decimal, Decimal]]) -> Rows:
    rows: Rows = []
    for code in ["", *sorted({c[:n] for c in leaves for n in (3, 5, 7)})]:
        parts = [amounts for leaf, amounts in leaves.items() if leaf.startswith(code)]
        basic = sum((part[0] for part in parts), ZERO)
        project = sum((part[1] for part in parts), ZERO)
        rows.append([code, ALL_NAMES.get(code, "合计"), basic + project, basic, project])
    return rows


def _fund(flows: dict[str, tuple[Decimal, Decimal, Decimal]]) -> Sheet:
    """政府性基金表; with no fund it is printed empty."""
    rows: Rows = []
    for code in ["", *sorted({c[:n] for c in flows for n in (3, 5, 7)})] if flows else []:
        parts = [flow for leaf, flow in flows.items() if leaf.startswith(code)]
        closing, income, spent = (sum(column, ZERO) for column in zip(*parts, strict=True))
        opening = closing + spent  # what came in is kept, what was there is spent or kept
        name = ALL_NAMES.get(code, "合计")
        rows.append([code, name, opening, income, spent, ZERO, spent, closing + income])
    if not rows:
        rows = [[""] * 8, ["合计", *[""] * 7]]
    heads = [
        "| 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | | | 年末结转和结余 |",
        "| | | | | 小计 | 基本支出 | 项目支出 | |",
    ]
    return Sheet("2023年度政府性基金预算财政拨款收入支出决算表", heads, rows)


def _fiscal(
    general: dict[str, tuple[Decimal, Decimal]],
    flows: dict[str, tuple[Decimal, Decimal, Decimal]],
) -> Sheet:
    """财政拨款总表, whose right side has a column for each budget."""
    classes: dict[str, list[Decimal]] = {}
    for code, amounts in general.items():
        classes.setdefault(code[:3], [ZERO, ZERO])[0] += sum(amounts, ZERO)
    for code, flow in flows.items():
        classes.setdefault(code[:3], [ZERO, ZERO])[1] += flow[2]
    rows: Rows = [
        ["", "", f"{'一二三四五六七'[number]}、{ALL_NAMES[code]}", sum(paid, ZERO), *paid]
        for number, (code, paid) in enumerate(sorted(classes.items()))
    ]
    totals = [sum((paid[k] for paid in classes.values()), ZERO) for k in (0, 1)]
    rows.append(["", "", "本年支出合计", sum(totals, ZERO), *totals])
    heads = [
        "| 收入 | | 支出 | | | |",
        "| 项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 |",
    ]
    return Sheet("2023年度财政拨款收入支出决算总表", heads, rows)
