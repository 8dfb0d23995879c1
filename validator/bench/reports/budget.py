"""部门预算: a department's budget for the year, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.bench.reports.department import Department
from validator.bench.reports.pen import Amount
from validator.bench.reports.tables import write_budget_tables

if TYPE_CHECKING:
    from collections.abc import Callable

_GLOSSARY = (
    ("一般公共预算拨款收入", "指本级财政当年拨付的资金"),
    ("上年结转", "指以前年度尚未完成、结转到本年继续使用的资金"),
    ("基本支出", "指为保障机构正常运转而发生的人员经费和公用经费"),
    ("项目支出", "指在基本支出之外为完成特定任务发生的支出"),
    ("“三公”经费", "指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费"),
    ("机关运行经费", "指为保障单位运行用于购买货物和服务的各项资金"),
)


class Budget(Department):
    """Writes the budget of one department."""

    @property
    def _vehicle_date(self) -> str:
        return f"{self.year - 1}年12月31日"

    def write(self) -> None:
        """Write the whole report."""
        self.say(f"{self.entity}{self.year}年部门预算编制说明")
        self.part("部门概况")
        self.duties()
        self.part(f"{self.year}年部门预算情况说明")
        for title, section in self._sections():
            self.section(f"{title}{self.pen.style.ending}")
            section()
        self.part("名词解释")
        self.glossary(_GLOSSARY)
        self.part("部门预算表")
        write_budget_tables(self.pen, self.books, self.year)

    def _sections(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("收支预算总体情况", self._totals),
            ("财政拨款收支预算总体情况", self._fiscal),
            ("一般公共预算当年拨款情况", self._general),
            ("一般公共预算基本支出情况", self._basic),
            ("“三公”经费财政拨款预算安排情况", self._three_public),
            ("政府性基金预算支出情况", self._fund),
            ("国有资本经营预算支出情况", self._capital),
            ("其他重要事项的情况", self._other),
        ]

    def _told(self, key: str, subject: str = "") -> list[object]:
        """An amount with its change against last year's budget."""
        b = self.books
        mark = self.pen.money(b(key))
        since = self.pen.rng.choice([f"比{self.year - 1}年预算", "比上年预算"])
        change = self.phrases.compared(mark, b(key), b.last(key), subject, since)
        return [mark, change, self.phrases.reason(b(key), b.last(key)) if change else ""]

    def _totals(self) -> None:
        b, year = self.books, self.year
        self.say("按照综合预算的原则，所有收入和支出均纳入部门预算管理。")
        self.say(f"{year}年收支总预算", self._told("total"), "。")
        self.below("收入预算情况")
        total = b("total")
        parts = [
            b("opening").called("上年结转"),
            b("general_revenue").called("一般公共预算拨款收入"),
            b("fund_revenue").called("政府性基金预算拨款收入"),
            b("other_revenue").called("其他收入"),
        ]
        self.made_up(f"{year}年收入预算", total.called("收入预算"), parts)
        self.below("支出预算情况")
        parts = [b("basic"), b("project")]
        self.made_up(f"{year}年支出预算", total.called("支出预算"), parts)

    def _fiscal(self) -> None:
        pen, b, year = self.pen, self.books, self.year
        self.say(f"{year}年财政拨款收支总预算", self._told("fiscal_total"), "。")
        if pen.style.terse:
            return
        total = b("fiscal_total")
        for side, keys in (
            ("收入", (("general_revenue", "本年一般公共预算拨款收入"),
                     ("fund_revenue", "本年政府性基金预算拨款收入"), ("opening", "上年结转"))),
            ("支出", (("basic", "基本支出"), ("fiscal_project", "项目支出"))),
        ):  # fmt: skip
            name = f"财政拨款{side}总预算"
            parts = [b(key).called(part) for key, part in keys]
            self.made_up(name, total.called(name), parts)

    def _general(self) -> None:
        pen, b, year = self.pen, self.books, self.year
        head = f"{year}年一般公共预算当年拨款"
        self.below("一般公共预算当年拨款规模变化情况")
        self.say(head, self._told("general"), "。")
        self.below("一般公共预算当年拨款结构情况")
        total = b("general")
        parts = [b(f"{cls}:all") for cls in b.classes]
        mark = self.made_up(head, total, parts)
        items = []
        self.below("一般公共预算当年拨款具体使用情况")
        for at, item in enumerate(b.items, 1):
            amount = b(f"{item.code}:all")
            items.append(pen.money(amount))
            line = [f"{self.listed(at)}{item.full}{item.code}：{year}年预算数为", items[-1]]
            if not pen.style.terse and amount.fen:
                self.say(line, f"，主要用于{item.use}。")
            else:
                self.say(line, "。")
        pen.sums(mark, items)

    def _basic(self) -> None:
        b = self.books
        total = b("basic")
        parts = [b("staff"), b("office")]
        name = "一般公共预算基本支出"
        self.made_up(f"{self.year}年{name}", total.called(name), parts)

    def _three_public(self) -> None:
        pen, b, year = self.pen, self.books, self.year
        head = f"{year}年“三公”经费财政拨款预算"
        self.say(head, self._told("three_public"), "。")
        parts = [b("abroad"), b("cars"), b("reception")]
        self.made_up(head, b("three_public"), parts)
        for at, key in enumerate(("abroad", "reception", "cars"), 1):
            self.say(f"{self.listed(at)}{b(key).name}{year}年预算", self._told(key), "。")
        whole = pen.money(b("cars"))
        parts = [b("car_buying"), b("car_running")]
        self.say(
            f"{year}年公务用车购置及运行维护费预算", whole, "，其中：",
            self.phrases.split(whole, parts), "。",
        )  # fmt: skip

    def _fund(self) -> None:
        if not self.books("fund").fen:
            self.say(f"{self.year}年没有使用政府性基金预算拨款安排的支出。")
        else:
            self.say(f"{self.year}年政府性基金预算支出", self._told("fund"), "。")

    def _capital(self) -> None:
        zero = self.pen.money(Amount("", 0, None, "国有资本经营预算支出"))
        self.say(f"{self.year}年国有资本经营预算支出", zero, "。")

    def _other(self) -> None:
        year = self.year
        self.below("机关运行经费")
        self.say(f"{year}年机关运行经费预算", self._told("running"), "。")
        self.below("政府采购情况")
        self.purchases(f"{year}年政府采购预算")
        self.below("国有资产占有使用情况")
        self.vehicles()
        self.say("没有单价100万元以上的设备。")
        self.below("绩效目标设置情况")
        pen, b = self.pen, self.books
        whole = pen.money(b("project"))
        parts = [b("fiscal_project").called("财政拨款"), b("other_spent").called("其他资金")]
        self.say(
            f"{year}年项目支出全部纳入绩效目标管理，涉及预算", whole, "，由",
            self.phrases.split(whole, parts), "组成。",
        )  # fmt: skip
        self.priced("")
