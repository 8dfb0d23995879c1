"""附表: the attached tables as tab-separated rows, or their names alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.bench.ledger import RelationKind

if TYPE_CHECKING:
    from validator.bench.reports.books import Books
    from validator.bench.reports.pen import Amount, Mark, Pen

TITLES = {
    "summary": "收入支出决算总表",
    "revenue": "收入决算表",
    "expenditure": "支出决算表",
    "fiscal_summary": "财政拨款收入支出决算总表",
    "general": "一般公共预算财政拨款支出决算表",
    "general_basic": "一般公共预算财政拨款基本支出决算表",
    "three_public": "财政拨款“三公”经费支出决算表",
    "fund": "政府性基金预算财政拨款收入支出决算表",
    "capital": "国有资本经营预算财政拨款支出决算表",
}


BUDGET_TITLES = {
    "summary": "部门收支总表",
    "revenue": "部门收入总表",
    "expenditure": "部门支出总表",
    "fiscal_summary": "财政拨款收支预算总表",
    "general": "一般公共预算支出预算表",
    "general_basic": "一般公共预算基本支出预算表",
    "three_public": "一般公共预算“三公”经费支出预算表",
    "fund": "政府性基金预算支出表",
    "capital": "国有资本经营预算支出表",
}


def write_budget_tables(pen: Pen, books: Books, year: int) -> None:
    """Write the tables of a budget after the list of all of them."""
    for at, title in enumerate(BUDGET_TITLES.values(), 1):
        pen.say(f"表{at} {title}")
    for name in pen.style.tables:
        writer = _BUDGET_WRITERS.get(name)
        if writer is not None:
            pen.say(f"{year}年{BUDGET_TITLES[name]}")
            pen.say(f"单位：{pen.style.table_unit}")
            writer(pen, books)


def write_tables(pen: Pen, books: Books, year: int) -> None:
    """Write the style's tables after the list of all of them."""
    for at, title in enumerate(TITLES.values(), 1):
        pen.say(f"表{at} {title}")
    for name in pen.style.tables:
        pen.say(f"{year}年度{TITLES[name]}")
        pen.say(f"单位：{pen.style.table_unit}")
        _WRITERS[name](pen, books)


def _cell(pen: Pen, amount: Amount) -> Mark:
    style = pen.style
    places = 2 if style.table_unit == "元" else style.table_places
    return pen.money(amount, style.table_unit, places, bare=True)


def _summary(pen: Pen, b: Books) -> None:
    def cell(key: str) -> Mark:
        return _cell(pen, b(key))

    left = ("general_revenue", "fund_revenue", "other_revenue")
    names = ("一、一般公共预算财政拨款收入", "二、政府性基金预算财政拨款收入", "三、其他收入")
    right = ("basic", "project")
    pen.row("项目", "决算数", "项目", "决算数")
    income = [cell(key) for key in left]
    spent = [cell(key) for key in right]
    pen.row(names[0], income[0], "一、基本支出", spent[0])
    pen.row(names[1], income[1], "二、项目支出", spent[1])
    pen.row(names[2], income[2], "", "")
    revenue, expenditure = cell("revenue"), cell("expenditure")
    pen.row("本年收入合计", revenue, "本年支出合计", expenditure)
    opening, closing = cell("opening"), cell("closing")
    pen.row("年初结转和结余", opening, "年末结转和结余", closing)
    totals = cell("total"), cell("total")
    pen.row("总计", totals[0], "总计", totals[1])
    pen.sums(revenue, income)
    pen.sums(expenditure, spent)
    pen.sums(totals[0], [revenue, opening])
    pen.sums(totals[1], [expenditure, closing])


def _coded(pen: Pen, b: Books, heads: tuple[str, ...], parts: tuple[str, ...]) -> None:
    """A table of the general budget's expenditure by code."""
    pen.row("科目编码", "科目名称", *heads)
    keys = {"all": "general", "basic": "basic", "project": "general_project"}
    whole = [_cell(pen, b(keys[part])) for part in parts]
    pen.row("", "合计", *whole)
    pen.sums(whole[0], whole[1:])
    columns: list[list[Mark]] = [[] for _ in parts]
    for cls in b.classes:
        items = [item for item in b.items if item.cls == cls]
        heading = [_cell(pen, b(f"{cls}:{part}")) for part in parts]
        pen.row(items[0].code[:3], cls, *heading)
        pen.sums(heading[0], heading[1:])
        below: list[list[Mark]] = [[] for _ in parts]
        group = [_cell(pen, b(f"{cls}:{part}")) for part in parts]
        pen.row(items[0].code[:5], items[0].group, *group)
        pen.sums(group[0], group[1:])
        for item in items:
            row = [_cell(pen, b(f"{item.code}:{part}")) for part in parts]
            pen.row(item.code, item.name, *row)
            pen.sums(row[0], row[1:])
            for at, mark in enumerate(row):
                below[at].append(mark)
        for at, marks in enumerate(below):
            pen.sums(group[at], marks)
            columns[at].append(heading[at])
    for at, marks in enumerate(columns):
        pen.sums(whole[at], marks)


def _general(pen: Pen, b: Books) -> None:
    _coded(pen, b, ("本年支出", "基本支出", "项目支出"), ("all", "basic", "project"))


def _budget_general(pen: Pen, b: Books) -> None:
    _coded(pen, b, ("合计", "基本支出", "项目支出"), ("all", "basic", "project"))


def _revenue(pen: Pen, b: Books) -> None:
    """Each source of revenue in its column, in total."""
    pen.row("科目编码", "科目名称", "本年收入合计", "财政拨款收入", "其他收入")
    cells = [_cell(pen, b(key)) for key in ("revenue", "fiscal_revenue", "other_revenue")]
    pen.sums(cells[0], cells[1:])
    pen.row("", "合计", *cells)


def _expenditure(pen: Pen, b: Books) -> None:
    """Expenditure of every source, in total."""
    pen.row("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
    cells = [_cell(pen, b(key)) for key in ("expenditure", "basic", "project")]
    pen.sums(cells[0], cells[1:])
    pen.row("", "合计", *cells)


def _fiscal_summary(pen: Pen, b: Books) -> None:
    """Both sides of the money from the treasury."""
    pen.row("项目", "决算数", "项目", "决算数")
    income = [_cell(pen, b(key)) for key in ("general_revenue", "fund_revenue")]
    spent = [_cell(pen, b(key)) for key in ("general", "fund")]
    pen.row("一、一般公共预算财政拨款", income[0], "一、一般公共预算支出", spent[0])
    pen.row("二、政府性基金预算财政拨款", income[1], "二、政府性基金预算支出", spent[1])
    keys = ("fiscal_revenue", "fiscal", "opening", "closing", "fiscal_total", "fiscal_total")
    left, right, opening, closing, one, two = (_cell(pen, b(key)) for key in keys)
    pen.row("本年收入合计", left, "本年支出合计", right)
    pen.row("年初财政拨款结转和结余", opening, "年末财政拨款结转和结余", closing)
    pen.row("总计", one, "总计", two)
    pen.sums(left, income)
    pen.sums(right, spent)
    pen.sums(one, [left, opening])
    pen.sums(two, [right, closing])


def _budget_summary(pen: Pen, b: Books) -> None:
    """Both sides of a budget, which spends all that there is."""
    pen.row("项目", "预算数", "项目", "预算数")
    keys = ("general_revenue", "fund_revenue", "other_revenue")
    income = [_cell(pen, b(key)) for key in keys]
    spent = [_cell(pen, b(key)) for key in ("basic", "project")]
    pen.row("一、一般公共预算拨款收入", income[0], "一、基本支出", spent[0])
    pen.row("二、政府性基金预算拨款收入", income[1], "二、项目支出", spent[1])
    pen.row("三、其他收入", income[2], "", "")
    left, opening = _cell(pen, b("revenue")), _cell(pen, b("opening"))
    pen.row("本年收入合计", left, "本年支出合计", right := _cell(pen, b("expenditure")))
    pen.row("上年结转", opening, "", "")
    one, two = _cell(pen, b("total")), _cell(pen, b("total"))
    pen.row("收入总计", one, "支出总计", two)
    pen.sums(left, income)
    pen.sums(right, spent)
    pen.sums(one, [left, opening])


def _budget_three_public(pen: Pen, b: Books) -> None:
    keys = ("three_public", "abroad", "cars", "car_buying", "car_running", "reception")
    pen.row("合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费")
    pen.row("", "", "小计", "公务用车购置费", "公务用车运行维护费", "")
    cells = [_cell(pen, b(key)) for key in keys]
    pen.row(*cells)
    pen.sums(cells[0], [cells[1], cells[2], cells[5]])
    pen.sums(cells[2], cells[3:5])


def _three_public(pen: Pen, b: Books) -> None:
    keys = ("three_public", "abroad", "cars", "car_buying", "car_running", "reception")
    blank = [""] * 5
    pen.row("预算数", *blank, "决算数", *blank)
    heads = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费")
    pen.row(*heads, *heads)
    parts = ("", "", "小计", "公务用车购置费", "公务用车运行维护费", "")
    pen.row(*parts, *parts)
    plan = [_cell(pen, b.plan(key)) for key in keys]
    now = [_cell(pen, b(key)) for key in keys]
    pen.row(*plan, *now)
    for half in (plan, now):
        pen.sums(half[0], [half[1], half[2], half[5]])
        pen.sums(half[2], half[3:5])
    pen.state(RelationKind.MOST, now[0], plan[0])


_WRITERS = {
    "summary": _summary,
    "revenue": _revenue,
    "expenditure": _expenditure,
    "fiscal_summary": _fiscal_summary,
    "general": _general,
    "three_public": _three_public,
}
_BUDGET_WRITERS = {
    "summary": _budget_summary,
    "expenditure": _expenditure,
    "general": _budget_general,
    "three_public": _budget_three_public,
}
