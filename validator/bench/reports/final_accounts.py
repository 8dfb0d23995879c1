"""部门决算: a department's final accounts, section by section."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.bench.ledger import RelationKind
from validator.bench.reports.books import OFFICE, STAFF
from validator.bench.reports.department import Department
from validator.bench.reports.pen import Amount, Mark
from validator.bench.reports.phrases import between, cut
from validator.bench.reports.tables import write_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.bench.reports.books import Item

_GLOSSARY = (
    ("财政拨款收入", "指本级财政当年拨付的资金"),
    ("其他收入", "指除财政拨款收入以外的各项收入"),
    ("年初结转和结余", "指以前年度尚未完成、结转到本年继续使用的资金"),
    ("年末结转和结余", "指本年度没有用完、结转到以后年度继续使用的资金"),
    ("基本支出", "指为保障机构正常运转而发生的人员经费和公用经费"),
    ("项目支出", "指在基本支出之外为完成特定任务发生的支出"),
    ("“三公”经费", "指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费"),
    ("机关运行经费", "指为保障单位运行用于购买货物和服务的各项资金"),
)


class FinalAccounts(Department):
    """Writes the final accounts of one department."""

    def write(self) -> None:
        """Write the whole report."""
        self.say(f"{self.entity}{self.year}年度部门决算")
        self.part("部门概况")
        self.duties()
        if self.pen.style.tables_first:
            self.part(f"{self.year}年度部门决算表")
            write_tables(self.pen, self.books, self.year)
        self.part(f"{self.year}年度部门决算情况说明")
        for title, section in self._sections():
            self.section(f"{title}{self.pen.style.ending}")
            section()
        self.part("名词解释")
        self.glossary(_GLOSSARY)
        if not self.pen.style.tables_first:
            self.part("附表")
            write_tables(self.pen, self.books, self.year)

    def _sections(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("收入支出决算总体情况", self._totals),
            ("收入决算情况", self._revenue),
            ("支出决算情况", self._expenditure),
            ("财政拨款收入支出决算总体情况", self._fiscal),
            ("一般公共预算财政拨款支出决算情况", self._general),
            ("一般公共预算财政拨款基本支出决算情况", self._basic),
            ("“三公”经费财政拨款支出决算情况", self._three_public),
            ("政府性基金预算财政拨款支出决算情况", self._fund),
            ("国有资本经营预算财政拨款支出决算情况", self._capital),
            ("其他重要事项的情况", self._other),
        ]

    def _changed(self, head: str, key: str) -> None:
        """A line on what changed since last year, where it can be told."""
        pen, b = self.pen, self.books
        mark = pen.money(b(key))
        change = self.phrases.compared(mark, b(key), b.last(key))
        if change:
            self.say(head, mark, change, self.phrases.reason(b(key), b.last(key)), "。")

    def _totals(self) -> None:
        pen, b, rng = self.pen, self.books, self.pen.rng
        total = b("total")
        form = rng.choice(["both", "each"])
        if form == "both":
            head = pen.money(total.called("收、支总计"))
            change = self.phrases.compared(head, total, b.last("total"), "收、支总计各")
            self.say(f"{self.year}年度收、支总计均为", head, change, "。")
        else:
            one, two = (pen.money(total.called(n)) for n in ("收入总计", "支出总计"))
            self.say(f"{self.year}年度收入总计", one, "，支出总计", two, "。")
        if not (pen.style.terse and form == "each"):
            self._both_sides(total, ("revenue", "opening", "expenditure", "closing"), "")

    def _both_sides(self, total: Amount, keys: tuple[str, str, str, str], scope: str) -> None:
        """Both totals with what they are made of."""
        pen, b = self.pen, self.books
        one, two = (pen.money(total.called(f"{scope}{n}总计")) for n in ("收入", "支出"))
        parts = [pen.money(b(key)) for key in keys]
        pen.sums(one, parts[:2])
        pen.sums(two, parts[2:])
        names = (
            ("本年财政拨款收入", "年初财政拨款结转和结余",
             "本年财政拨款支出", "年末财政拨款结转和结余")
            if scope
            else ("本年收入合计", "年初结转和结余", "本年支出合计", "年末结转和结余")
        )  # fmt: skip
        self.say(
            f"{scope}收入总计", one, f"，包括{names[0]}", parts[0], f"、{names[1]}", parts[1],
            f"；{scope}支出总计", two, f"，包括{names[2]}", parts[2],
            f"、{names[3]}", parts[3], "。",
        )  # fmt: skip

    def _revenue(self) -> None:
        total = self.books("revenue")
        parts = [self.books(k) for k in ("general_revenue", "fund_revenue", "other_revenue")]
        self.made_up(f"{self.year}年度本年收入合计", total, parts)

    def _expenditure(self) -> None:
        b = self.books
        kinds = [b("basic"), b("project")]
        self.made_up(f"{self.year}年度本年支出合计", b("expenditure"), kinds)
        if self.pen.style.terse:
            return
        self._changed(f"{self.year}年度本年支出合计", "expenditure")
        if self.pen.rng.random() < 0.5:
            parts = [(b(key), b.last(key)) for key in ("basic", "project")]
            total = b("expenditure")
            changes = self.phrases.parts_of_change(total, b.last("expenditure"), parts)
            if changes:
                self.say(f"与{self.year - 1}年度相比，本年支出", changes, "。")

    def _fiscal(self) -> None:
        pen, b = self.pen, self.books
        total = b("fiscal_total")
        head = pen.money(total)
        change = self.phrases.compared(
            head, total, b.last("fiscal_total"), "财政拨款收、支总计各"
        )
        self.say(f"{self.year}年度财政拨款收、支总计均为", head, change, "。")
        if not self.pen.style.terse:
            keys = ("fiscal_revenue", "opening", "fiscal", "closing")
            self._both_sides(total, keys, "财政拨款")

    def _general(self) -> None:
        pen, b, phrases = self.pen, self.books, self.phrases
        total, head = b("general"), f"{self.year}年度一般公共预算财政拨款支出"
        self.below("一般公共预算财政拨款支出决算总体情况")
        now, whole = pen.money(total), pen.money(b("expenditure"))
        ratio = Fraction(total.fen, b("expenditure").fen)
        rate = phrases.rate_of(now, whole, ratio, "占本年支出合计")
        self.say(head, now, "，占本年支出合计", whole, "的", rate, "。")
        self._changed(head, "general")
        self.below("一般公共预算财政拨款支出决算结构情况")
        parts = [b(f"{cls}:all") for cls in b.classes]
        mark = self.made_up(head, total, parts, "，主要用于以下方面：")
        self.below("一般公共预算财政拨款支出决算具体情况")
        self.say(phrases.completed(head, total, b.plan("general")))
        if not pen.style.terse:
            pen.sums(mark, [self._item(at, item) for at, item in enumerate(b.items, 1)])

    def _item(self, at: int, item: Item) -> Mark:
        """What an item was budgeted at and what was spent → where the latter stands."""
        pen, b = self.pen, self.books
        actual, budget = b(f"{item.code}:all"), b.plan(f"{item.code}:all")
        plan, spent = pen.money(budget), pen.money(actual)
        if pen.rng.random() < 0.5:
            line: list[str | Mark] = ["年初预算为", plan, "，支出决算为", spent]
            words = "，完成年初预算的"
        else:
            line = ["支出决算为", spent, "，预算为", plan]
            words = "，完成预算的"
        rest = self.phrases.rest_of_completion(spent, plan, actual, budget, words)
        self.say(f"{self.listed(at)}{item.full}{item.code}：", line, rest, "。")
        return spent

    def _basic(self) -> None:
        pen, b = self.pen, self.books
        total = b("basic").called("一般公共预算财政拨款基本支出")
        self.made_up(f"{self.year}年度{total.name}", total, [b("staff"), b("office")])
        if pen.style.terse:
            return
        for part, names in ((b("staff"), STAFF), (b("office"), OFFICE)):
            whole = pen.money(part)
            details = cut(pen.rng, part.fen, len(names))
            amounts = [
                Amount("", n, None, name) for n, name in zip(details, names, strict=True)
            ]
            marks = [pen.money(amount) for amount in amounts]
            # 包括 does not say that the list is complete.
            pen.state(RelationKind.WITHIN, whole, *marks)
            told = [[n, m] for n, m in zip(names, marks, strict=True)]
            self.say(part.name, whole, "，包括：", between(told, "、"), "。")

    def _three_public(self) -> None:
        b, phrases = self.books, self.phrases
        total, name = b("three_public"), f"{self.year}年度“三公”经费财政拨款支出"
        self.below("“三公”经费财政拨款支出决算总体情况")
        self.say(phrases.completed(name, total, b.plan("three_public")))
        self._changed(f"{self.year}年度“三公”经费支出决算", "three_public")
        self.below("“三公”经费财政拨款支出决算具体情况")
        self.made_up(f"{name}决算", total, [b("abroad"), b("cars"), b("reception")])
        self._trips()
        self._cars()
        self._guests()

    def _trips(self) -> None:
        pen, b = self.pen, self.books
        head = f"{self.listed(1)}因公出国（境）费支出"
        if not b("abroad").fen:
            self.say(head, pen.money(b("abroad")), "。全年没有安排因公出国（境）团组。")
            return
        groups = pen.rng.randint(1, 3)
        people = pen.count(groups * pen.rng.randint(2, 4), "人次", "因公出国（境）人次")
        self.say(
            head, self.phrases.told(b("abroad"), b.last("abroad")),
            "。全年安排因公出国（境）团组", pen.count(groups, "个", "因公出国（境）团组"),
            "，累计", people, "。",
        )  # fmt: skip

    def _cars(self) -> None:
        pen, b = self.pen, self.books
        mark = pen.money(b("cars"))
        change = self.phrases.compared(mark, b("cars"), b.last("cars"))
        why = self.phrases.reason(b("cars"), b.last("cars")) if change else ""
        self.say(f"{self.listed(2)}公务用车购置及运行维护费支出", mark, change, why, "。")
        bought, run = pen.money(b("car_buying")), pen.money(b("car_running"))
        pen.sums(mark, [bought, run])
        number = pen.rng.randint(1, 2) if b("car_buying").fen else 0
        count = pen.count(number, "辆", "购置公务用车")
        pen.state(RelationKind.NIL, bought, count)
        kinds = ("轿车", "越野车", "载客汽车")
        fleet = self.phrases.heads("公务用车保有量", kinds, self.fleet, "辆", fact="fleet")
        self.say(
            "其中：公务用车购置费支出", bought, "，全年购置公务用车", count,
            "；公务用车运行维护费支出", run,
            self._per_car(run), f"。截至{self.year}年12月31日，公务用车保有量", fleet, "。",
        )  # fmt: skip

    def _per_car(self, run: Mark) -> list[str | Mark]:
        """，平均每辆X万元."""
        cars = sum(self.fleet)
        each = Amount(
            "",
            (2 * self.books("car_running").fen + cars) // (2 * cars),
            None,
            "平均每辆运行维护费",
        )
        mark = self.pen.money(each)
        if self.pen.style.terse or mark.quantity is None or mark.quantity.number < 1:
            return []
        number = self.pen.count(cars, "辆", "公务用车", fact="fleet")
        self.pen.state(RelationKind.AVERAGE, mark, run, number)
        return ["，共有公务用车", number, "，平均每辆", mark]

    def _guests(self) -> None:
        pen, b = self.pen, self.books
        head = f"{self.listed(3)}公务接待费支出"
        if not b("reception").fen:
            self.say(head, pen.money(b("reception")), "。全年没有发生公务接待。")
            return
        groups = pen.rng.randint(8, 90)
        people = groups * pen.rng.randint(4, 9)
        self.say(
            head, self.phrases.told(b("reception"), b.last("reception")), "。全年国内公务接待",
            pen.count(groups, "批次", "公务接待批次"), "、",
            pen.count(people, "人次", "公务接待人次"), "。",
        )  # fmt: skip

    def _fund(self) -> None:
        pen, b = self.pen, self.books
        head = f"{self.year}年度政府性基金预算财政拨款支出"
        if b("fund").fen or b.last("fund").fen:
            self.say(head, self.phrases.told(b("fund"), b.last("fund")), "。")
        else:
            self.say(head, pen.money(b("fund")), "。")

    def _capital(self) -> None:
        zero = self.pen.money(Amount("", 0, None, "国有资本经营预算财政拨款支出"))
        self.say(f"{self.year}年度国有资本经营预算财政拨款支出", zero, "。")

    def _other(self) -> None:
        b = self.books
        self.below("机关运行经费支出情况")
        told = self.phrases.told(b("running"), b.last("running"))
        self.say(f"{self.year}年度机关运行经费支出", told, "。")
        self.below("政府采购支出情况")
        self.purchases(f"{self.year}年度政府采购支出总额")
        self.small_firms(f"{self.year}年度政府采购支出总额")
        self.below("国有资产占有使用情况")
        self.vehicles()
        self.assets()
        self.say("没有单价100万元以上的设备。")
        self.below("预算绩效管理情况")
        self.say(f"本部门对{self.year}年度项目支出开展了绩效自评，结果用于改进管理。")
        self.priced("其中：")
