"""部门决算: a department's final accounts, section by section."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.bench.ledger import RelationKind
from validator.bench.reports.books import OFFICE, STAFF, Books, Profile
from validator.bench.reports.pen import Amount, Mark, Pen
from validator.bench.reports.phrases import Phrases, between, cut
from validator.bench.reports.tables import write_tables

if TYPE_CHECKING:
    from collections.abc import Callable

NUMERALS = "一二三四五六七八九十"
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
PRICED = (
    ("村级管护员", "名", "聘用", "每人每年补助"),
    ("困难群众", "户", "补助", "每户"),
    ("水质样品", "份", "检测", "每份"),
)
"""Things that are paid for by number and price, their classifier, and the words for it."""


class FinalAccounts:
    """Writes the final accounts of one department."""

    def __init__(self, pen: Pen, books: Books, profile: Profile, place: str, year: int) -> None:
        self.pen, self.books, self.profile = pen, books, profile
        self.year = year
        self.entity = f"{place}{profile.office}"
        self.say = pen.say
        self.phrases = Phrases(pen, year)

    def write(self) -> None:
        """Write the whole report."""
        self.say(f"{self.entity}{self.year}年度部门决算")
        self.say("第一部分 部门概况")
        self._overview()
        self.say(f"第二部分 {self.year}年度部门决算情况说明")
        for number, (title, section) in zip(NUMERALS, self._sections(), strict=False):
            self.say(f"{number}、{title}")
            section()
        self.say("第三部分 名词解释")
        for at, (term, words) in enumerate(_GLOSSARY, 1):
            self.say(f"{at}.{term}：{words}。")
        self.say("第四部分 附表")
        write_tables(self.pen, self.books, self.year)

    def _sections(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("收入支出决算总体情况说明", self._totals),
            ("收入决算情况说明", self._revenue),
            ("支出决算情况说明", self._expenditure),
            ("财政拨款收入支出决算总体情况说明", self._fiscal),
            ("一般公共预算财政拨款支出决算情况说明", self._general),
            ("一般公共预算财政拨款基本支出决算情况说明", self._basic),
            ("“三公”经费财政拨款支出决算情况说明", self._three_public),
            ("政府性基金预算财政拨款支出决算情况说明", self._fund),
            ("国有资本经营预算财政拨款支出决算情况说明", self._capital),
            ("其他重要事项的情况说明", self._other),
        ]

    def _overview(self) -> None:
        rng, pen = self.pen.rng, self.pen
        self.say("一、主要职能")
        self.say(f"{self.entity}{self.profile.duty}。")
        self.say("二、机构设置和人员情况")
        posts = [rng.randint(5, 60), rng.randint(5, 90), rng.randint(0, 6)]
        whole = pen.count(sum(posts), "名", "编制")
        names = ("行政编制", "事业编制", "工勤编制")
        marks = [pen.count(n, "名", name) for n, name in zip(posts, names, strict=True)]
        pen.sums(whole, marks)
        told = [[name, mark] for name, mark in zip(names, marks, strict=True)]
        self.say(f"{self.year}年末核定编制", whole, "，其中：", between(told, "、"), "。")

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
        if self.pen.style.terse and form == "each":
            return
        one, two = (pen.money(total.called(n)) for n in ("收入总计", "支出总计"))
        parts = [pen.money(b(k)) for k in ("revenue", "opening", "expenditure", "closing")]
        pen.sums(one, parts[:2])
        pen.sums(two, parts[2:])
        self.say(
            "收入总计", one, "，包括本年收入合计", parts[0], "、年初结转和结余", parts[1],
            "；支出总计", two, "，包括本年支出合计", parts[2], "、年末结转和结余", parts[3], "。",
        )  # fmt: skip

    def _revenue(self) -> None:
        total = self.books("revenue")
        head = self.pen.money(total)
        parts = [self.books(k) for k in ("general_revenue", "fund_revenue", "other_revenue")]
        self.say(
            f"{self.year}年度本年收入合计", head, self.phrases.listed(head, total, parts)
        )  # fmt: skip

    def _expenditure(self) -> None:
        b = self.books
        total = b("expenditure")
        head = self.pen.money(total)
        listed = self.phrases.listed(head, total, [b("basic"), b("project")])
        self.say(f"{self.year}年度本年支出合计", head, listed)
        if not self.pen.style.terse:
            again = self.pen.money(total)
            change = self.phrases.compared(again, total, b.last("expenditure"))
            if change:
                reason = self.phrases.reason(total, b.last("expenditure"))
                self.say(f"{self.year}年度本年支出合计", again, change, reason, "。")

    def _fiscal(self) -> None:
        pen, b = self.pen, self.books
        total = b("fiscal_total")
        head = pen.money(total)
        change = self.phrases.compared(
            head, total, b.last("fiscal_total"), "财政拨款收、支总计各"
        )
        self.say(f"{self.year}年度财政拨款收、支总计均为", head, change, "。")
        if self.pen.style.terse:
            return
        # The whole stands once more, so that both sums have it beside them.
        income, spent = (pen.money(total.called(f"财政拨款{w}总计")) for w in ("收入", "支出"))
        parts = [
            pen.money(b("fiscal_revenue")),
            pen.money(b("opening").called("年初财政拨款结转和结余")),
            pen.money(b("fiscal")),
            pen.money(b("closing").called("年末财政拨款结转和结余")),
        ]
        pen.sums(income, parts[:2])
        pen.sums(spent, parts[2:])
        self.say(
            "财政拨款收入总计", income, "，包括本年财政拨款收入", parts[0], "、年初财政拨款结转和结余",
            parts[1], "；财政拨款支出总计", spent, "，包括本年财政拨款支出", parts[2],
            "、年末财政拨款结转和结余", parts[3], "。",
        )  # fmt: skip

    def _general(self) -> None:
        pen, b, phrases = self.pen, self.books, self.phrases
        total, head = b("general"), f"{self.year}年度一般公共预算财政拨款支出"
        self.say("（一）一般公共预算财政拨款支出决算总体情况")
        now, whole = pen.money(total), pen.money(b("expenditure"))
        ratio = Fraction(total.fen, b("expenditure").fen)
        rate = phrases.rate_of(now, whole, ratio, "占本年支出合计")
        self.say(head, now, "，占本年支出合计", whole, "的", rate, "。")
        again = pen.money(total)
        change = phrases.compared(again, total, b.last("general"))
        if change:
            self.say(head, again, change, phrases.reason(total, b.last("general")), "。")
        self.say("（二）一般公共预算财政拨款支出决算结构情况")
        mark = pen.money(total)
        parts = [b(f"{cls}:all") for cls in b.classes]
        self.say(head, mark, phrases.listed(mark, total, parts, "，主要用于以下方面："))
        self.say("（三）一般公共预算财政拨款支出决算具体情况")
        self.say(
            phrases.completed(
                f"{self.year}年度一般公共预算财政拨款支出", total, b.plan("general")
            )
        )
        if pen.style.terse:
            return
        for at, item in enumerate(b.items, 1):
            self._item(at, item.code, f"{item.full}")

    def _item(self, at: int, code: str, name: str) -> None:
        pen, b = self.pen, self.books
        actual, budget = b(f"{code}:all"), b.plan(f"{code}:all")
        if pen.rng.random() < 0.5:
            plan, spent = pen.money(budget), pen.money(actual)
            line = [f"年初预算为", plan, "，支出决算为", spent]
            rest = self.phrases.rest_of_completion(
                spent, plan, actual, budget, "，完成年初预算的"
            )
        else:
            spent, plan = pen.money(actual), pen.money(budget)
            line = ["支出决算为", spent, "，预算为", plan]
            rest = self.phrases.rest_of_completion(spent, plan, actual, budget)
        self.say(f"{at}.{name}{code}：", line, rest, "。")

    def _basic(self) -> None:
        pen, b, phrases = self.pen, self.books, self.phrases
        total = b("basic")
        head = pen.money(total.called("一般公共预算财政拨款基本支出"))
        parts = [b("staff"), b("office")]
        self.say(
            f"{self.year}年度一般公共预算财政拨款基本支出",
            head,
            phrases.listed(head, total, parts),
        )
        if pen.style.terse:
            return
        for part, names in ((b("staff"), STAFF), (b("office"), OFFICE)):
            whole = pen.money(part)
            details = cut(pen.rng, part.fen, len(names))
            marks = [
                pen.money(Amount("", fen, None, n))
                for fen, n in zip(details, names, strict=True)
            ]
            pen.sums(whole, marks)
            told = [[n, m] for n, m in zip(names, marks, strict=True)]
            self.say(part.name, whole, "，包括：", between(told, "、"), "。")

    def _three_public(self) -> None:
        pen, b, phrases = self.pen, self.books, self.phrases
        total = b("three_public")
        self.say("（一）“三公”经费财政拨款支出决算总体情况")
        self.say(
            phrases.completed(
                f"{self.year}年度“三公”经费财政拨款支出", total, b.plan("three_public")
            )
        )
        head = pen.money(total)
        change = phrases.compared(head, total, b.last("three_public"))
        if change:
            why = phrases.reason(total, b.last("three_public"))
            self.say(f"{self.year}年度“三公”经费支出决算", head, change, why, "。")
        self.say("（二）“三公”经费财政拨款支出决算具体情况")
        mark = pen.money(total)
        parts = [b("abroad"), b("cars"), b("reception")]
        self.say(
            f"{self.year}年度“三公”经费财政拨款支出决算",
            mark,
            phrases.listed(mark, total, parts),
        )
        self._trips()
        self._cars()
        self._guests()

    def _trips(self) -> None:
        pen, b = self.pen, self.books
        now = b("abroad")
        mark = pen.money(now)
        if not now.fen:
            self.say("1.因公出国（境）费支出", mark, "。全年没有安排因公出国（境）团组。")
            return
        groups = pen.rng.randint(1, 3)
        people = pen.count(groups * pen.rng.randint(2, 4), "人次", "因公出国（境）人次")
        change = self.phrases.compared(mark, now, b.last("abroad"))
        why = self.phrases.reason(now, b.last("abroad")) if change else ""
        self.say(
            "1.因公出国（境）费支出", mark, change, why, "。全年安排因公出国（境）团组",
            pen.count(groups, "个", "因公出国（境）团组"), "，累计", people, "。",
        )  # fmt: skip

    def _cars(self) -> None:
        pen, b, rng = self.pen, self.books, self.pen.rng
        now = b("cars")
        mark = pen.money(now)
        change = self.phrases.compared(mark, now, b.last("cars"))
        why = self.phrases.reason(now, b.last("cars")) if change else ""
        self.say("2.公务用车购置及运行维护费支出", mark, change, why, "。")
        bought, run = pen.money(b("car_buying")), pen.money(b("car_running"))
        pen.sums(mark, [bought, run])
        count = rng.randint(1, 2) if b("car_buying").fen else 0
        kinds = ("轿车", "越野车", "载客汽车")
        fleet = [rng.randint(1, 4) for _ in kinds]
        whole = pen.count(sum(fleet), "辆", "公务用车保有量", fact="fleet")
        cars = [pen.count(n, "辆", kind) for n, kind in zip(fleet, kinds, strict=True)]
        pen.sums(whole, cars)
        told = [[n, m] for n, m in zip(kinds, cars, strict=True)]
        self.say(
            "其中：公务用车购置费支出", bought, "，全年购置公务用车", pen.count(count, "辆", "购置公务用车"),
            "；公务用车运行维护费支出", run, f"。截至{self.year}年12月31日，公务用车保有量", whole,
            "，其中：", between(told, "、"), "。",
        )  # fmt: skip
        self.fleet = sum(fleet)

    def _guests(self) -> None:
        pen, b, rng = self.pen, self.books, self.pen.rng
        now = b("reception")
        mark = pen.money(now)
        if not now.fen:
            self.say("3.公务接待费支出", mark, "。全年没有发生公务接待。")
            return
        change = self.phrases.compared(mark, now, b.last("reception"))
        why = self.phrases.reason(now, b.last("reception")) if change else ""
        groups = rng.randint(8, 90)
        self.say(
            "3.公务接待费支出", mark, change, why, "。全年国内公务接待",
            pen.count(groups, "批次", "公务接待批次"), "、",
            pen.count(groups * rng.randint(4, 9), "人次", "公务接待人次"), "。",
        )  # fmt: skip

    def _fund(self) -> None:
        pen, b = self.pen, self.books
        now = b("fund")
        mark = pen.money(now)
        head = f"{self.year}年度政府性基金预算财政拨款支出"
        if not now.fen and not b.last("fund").fen:
            self.say(head, mark, "。")
            return
        change = self.phrases.compared(mark, now, b.last("fund"))
        self.say(head, mark, change, "。")

    def _capital(self) -> None:
        zero = self.pen.money(Amount("", 0, None, "国有资本经营预算财政拨款支出"))
        self.say(f"{self.year}年度国有资本经营预算财政拨款支出", zero, "。")

    def _other(self) -> None:
        pen, b, phrases = self.pen, self.books, self.phrases
        self.say("（一）机关运行经费支出情况")
        running = b("running")
        mark = pen.money(running)
        change = phrases.compared(mark, running, b.last("running"))
        why = phrases.reason(running, b.last("running")) if change else ""
        self.say(f"{self.year}年度机关运行经费支出", mark, change, why, "。")
        self.say("（二）政府采购支出情况")
        whole, total = pen.money(b("purchase")), b("purchase")
        parts = [b("goods"), b("works"), b("services")]
        self.say(f"{self.year}年度政府采购支出总额", whole, phrases.listed(whole, total, parts))
        if total.fen:
            self._small_firms(total)
        self.say("（三）国有资产占有使用情况")
        self._assets()
        self.say("（四）预算绩效管理情况")
        self._projects()

    def _small_firms(self, total: Amount) -> None:
        pen = self.pen
        medium = int(total.fen * pen.rng.uniform(0.5, 0.95))
        small = int(medium * pen.rng.uniform(0.3, 0.9))
        whole = pen.money(total)
        one = pen.money(Amount("", medium, None, "授予中小企业合同金额"))
        two = pen.money(Amount("", small, None, "授予小微企业合同金额"))
        rate = self.phrases.rate_of(one, whole, Fraction(medium, total.fen), "中小企业占比")
        part = self.phrases.rate_of(two, one, Fraction(small, medium), "小微企业占比")
        pen.state(RelationKind.MOST, two, one)
        self.say(
            f"{self.year}年度政府采购支出总额", whole, "，其中：授予中小企业合同金额", one,
            "，占政府采购支出总额的", rate, "；授予小微企业合同金额", two,
            "，占授予中小企业合同金额的", part, "。",
        )  # fmt: skip

    def _assets(self) -> None:
        pen, b, rng = self.pen, self.books, self.pen.rng
        names = ("机要通信用车", "应急保障用车", "其他用车")
        counts = cut(rng, self.fleet, 3, least=0)
        whole = pen.count(self.fleet, "辆", "车辆", fact="fleet")
        marks = [pen.count(n, "辆", name) for n, name in zip(counts, names, strict=True)]
        pen.sums(whole, marks)
        told = [[n, m] for n, m in zip(names, marks, strict=True)]
        self.say(
            f"截至{self.year}年12月31日，共有车辆", whole, "，其中：", between(told, "、"), "。"
        )
        assets = pen.money(b("assets"))
        owed, net = pen.money(b("liabilities")), pen.money(b("net_assets"))
        change = self.phrases.compared(assets, b("assets"), b.last("assets"), since="比上年末")
        pen.sums(net, [assets, owed], (1, -1))
        self.say("资产总额", assets, change, "；负债总额", owed, "，净资产", net, "。")
        self.say("没有单价100万元以上的设备。")

    def _projects(self) -> None:
        """One project in detail: so many at so much each."""
        pen, rng = self.pen, self.pen.rng
        self.say(f"本部门对{self.year}年度项目支出开展了绩效自评，结果用于改进管理。")
        thing, classifier, verb, each_of = rng.choice(PRICED)
        room = self.books("general_project").fen
        price = rng.randint(6, 40) * 100
        number = min(rng.randint(40, 900), room // (price * 100))
        if number < 5:
            return
        many = pen.count(number, classifier, thing)
        each = pen.money(Amount("", price * 100, None, f"{thing}{each_of}"), "元", 0)
        total = pen.money(Amount("", number * price * 100, None, f"{verb}{thing}支出"))
        pen.state(RelationKind.PRODUCT, total, many, each)
        self.say(f"其中：{verb}{thing}", many, f"，{each_of}", each, "，共支出", total, "。")
