"""预算执行情况报告: how a city's budget was carried out, and the draft of the next."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.bench.ledger import RelationKind
from validator.bench.reports.city import FUNCTIONS, INFLOWS, OUTFLOWS, OWN, TAXES, WHOLE, City
from validator.bench.reports.pen import Amount, Mark, Pen
from validator.bench.reports.phrases import DOWN, UP, between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.bench.reports.phrases import Line

FUNDS = {"general": "一般公共预算", "fund": "政府性基金", "capital": "国有资本经营预算"}
_MEASURES = (
    ("培植财源", "落实减税降费政策，支持企业技术改造"),
    ("管好支出", "坚持过紧日子，“三公”经费只减不增"),
    ("守住底线", "兜牢基层“三保”，防范债务风险"),
)


class ExecutionReport:
    """Writes the report of one city."""

    def __init__(self, pen: Pen, city: City, place: str, year: int) -> None:
        self.pen, self.city, self.place, self.year = pen, city, place, year
        self.say = pen.say
        self._own: dict[tuple[str, str], Mark] = {}

    def write(self) -> None:
        """Write the whole report."""
        year, terse = self.year, self.pen.style.terse
        self.say(f"关于{self.place}{year}年预算执行情况和{year + 1}年预算草案的报告")
        self.say(f"{self.place}财政局")
        self.say("各位代表：")
        self.say(f"现将{self.place}{year}年预算执行情况和{year + 1}年预算草案提请大会审查。")
        self.say(f"一、{year}年预算执行情况")
        self.say("（一）全市预算执行情况")
        self._general("1.一般公共预算。", WHOLE)
        self._fund("2.政府性基金预算。", "fund")
        self._fund("3.国有资本经营预算。", "capital")
        self._social("4.社会保险基金预算。")
        self.say("（二）市本级预算执行情况")
        self._general("", OWN)
        if not terse:
            self.say("（三）地方政府债务情况")
            self._debt()
        self.say(f"二、{year + 1}年预算草案")
        for at, level in zip("一二", (WHOLE, OWN), strict=True):
            self.say(f"（{at}）{level}预算草案")
            self._draft(level)
        self.say(f"三、完成{year + 1}年预算任务的主要措施")
        for at, (head, words) in zip("一二三", _MEASURES, strict=True):
            self.say(f"（{at}）{head}。{words}。")
        if self.pen.style.tables:
            self._table(
                1,
                "收入",
                "预算数",
                "own",
                (("一、税收收入", TAXES, "tax"), ("二、非税收入", (), "nontax")),
            )
            self._table(
                2, "支出", "调整预算数", "spent", tuple((name, (), name) for name in FUNCTIONS)
            )

    def _amount(self, level: str, fund: str, key: str, year: int = 0) -> Mark:
        return self.pen.money(self.city(level, fund, key, year))

    def _against(self, level: str, fund: str, key: str, kind: str) -> Amount:
        """What an amount is compared with: last year's or the budgeted one."""
        value = self.city(level, fund, f"{key}:{kind}")
        return value.called(f"{level}{key}{'上年' if kind == 'last' else '预算'}")

    def _completed(self, now: Mark, level: str, fund: str, key: str, budget: str) -> Line:
        """，为预算X亿元的a%."""
        done = self.city(level, fund, key)
        plan = self._against(level, fund, key, "plan")
        rate = self.pen.rate(Fraction(done.fen, plan.fen), f"{done.name}完成率")
        if self.pen.rng.random() < 0.4:
            return [f"，完成{budget}的", rate]
        mark = self.pen.money(plan)
        self.pen.share(rate, now, mark)
        return [f"，为{budget}", mark, "的", rate]

    def _grown(self, now: Mark, level: str, fund: str, key: str) -> Line:
        """，比上年X亿元增长a% and other ways to say it."""
        pen = self.pen
        value = self.city(level, fund, key)
        before = self._against(level, fund, key, "last")
        more = value.fen > before.fen
        first, second = pen.style.more if more else pen.style.less
        direction = UP if more else DOWN
        rate = pen.rate(Fraction(abs(value.fen - before.fen), before.fen), f"{value.name}增幅")
        word = Mark(second, None, direction, f"{value.name}增减")
        form = pen.rng.choice(["prior", "both", "rate"])
        if form == "rate" or not (rate.quantity and rate.quantity.number):
            return ["，", word, rate]
        if form == "prior":
            prior = pen.money(before)
            pen.state(RelationKind.GREW, rate, word, now, prior)
            return ["，比上年", prior, word, rate]
        moved = pen.money(Amount("", abs(value.fen - before.fen), None, f"{value.name}增减额"))
        other = Mark(first, None, direction, f"{value.name}增减")
        pen.state(RelationKind.AGREE, other, word)
        pen.state(RelationKind.GROWN, rate, word, moved, now)
        return ["，比上年", other, moved, "，", word, rate]

    def _parts(
        self, level: str, fund: str, names: Sequence[str], year: int = 0
    ) -> tuple[list[Mark], Line]:
        marks = [self._amount(level, fund, name, year) for name in names]
        told = [[name, mark] for name, mark in zip(names, marks, strict=True)]
        return marks, between(told, "、")

    def _general(self, lead: str, level: str) -> None:
        pen, fund = self.pen, "general"
        own = self._amount(level, fund, "own")
        self._own[level, "own"] = own
        line: Line = [f"{lead}{self.year}年，{level}一般公共预算收入完成", own]
        line += self._completed(own, level, fund, "own", "预算")
        line += self._grown(own, level, fund, "own")
        if level == OWN:
            whole = self.city(WHOLE, fund, "own").fen
            rate = pen.rate(Fraction(self.city(OWN, fund, "own").fen, whole), "占全市收入")
            pen.share(rate, own, self._own[WHOLE, "own"])
            line += ["，占全市一般公共预算收入的", rate]
        line += ["。", self._taxes(level, own)]
        marks, told = self._parts(level, fund, INFLOWS)
        total = self._amount(level, fund, "total")
        pen.sums(total, [own, *marks])
        self.say(line, "加", told, "，收入总计", total, "。")
        spent = self._amount(level, fund, "spent")
        self._own[level, "spent"] = spent
        line = [f"{level}一般公共预算支出完成", spent]
        line += self._completed(spent, level, fund, "spent", "调整预算")
        line += [*self._grown(spent, level, fund, "spent"), "。"]
        if level == WHOLE and not pen.style.terse:
            line += self._functions(level, spent)
        marks, told = self._parts(level, fund, OUTFLOWS)
        left = self._amount(level, fund, "closing")
        total = self._amount(level, fund, "total")
        pen.sums(total, [spent, *marks, left])
        self.say(line, "加", told, "、结转下年支出", left, "，支出总计", total, "。收支平衡。")

    def _taxes(self, level: str, own: Mark) -> Line:
        """其中：税收收入…，非税收入…."""
        pen, fund = self.pen, "general"
        tax, rest = self._amount(level, fund, "tax"), self._amount(level, fund, "nontax")
        pen.sums(own, [tax, rest])
        line: Line = ["其中：税收收入", tax]
        if pen.rng.random() < 0.6:
            whole = self.city(level, fund, "own").fen
            rate = pen.rate(Fraction(self.city(level, fund, "tax").fen, whole), "税收占比")
            pen.share(rate, tax, own)
            line += ["，占一般公共预算收入的", rate]
        return [*line, "；非税收入", rest, "。"]

    def _functions(self, level: str, spent: Mark) -> Line:
        """Some of the functions, and how much was for people's livelihood."""
        pen = self.pen
        marks, told = self._parts(level, "general", FUNCTIONS[1:-1])
        pen.state(RelationKind.WITHIN, spent, *marks)
        whole = self.city(level, "general", "spent").fen
        amount = self.city(level, "general", "livelihood")
        people = pen.money(amount)
        rate = pen.rate(Fraction(amount.fen, whole), "民生支出占比")
        pen.share(rate, people, spent)
        return ["其中：", told, "。民生支出", people, "，占一般公共预算支出的", rate, "。"]

    def _fund(self, lead: str, fund: str) -> None:
        pen, level, name = self.pen, WHOLE, FUNDS[fund]
        own = self._amount(level, fund, "own")
        line: Line = [f"{lead}{level}{name}收入", own]
        line += self._completed(own, level, fund, "own", "预算")
        line += self._grown(own, level, fund, "own")
        marks, told = self._parts(level, fund, ("上级补助收入", "上年结转"))
        total = self._amount(level, fund, "total")
        pen.sums(total, [own, *marks])
        spent = self._amount(level, fund, "spent")
        out, left = self._amount(level, fund, "调出资金"), self._amount(level, fund, "closing")
        again = self._amount(level, fund, "total")
        pen.sums(again, [spent, out, left])
        self.say(
            line, "，加", told, "，收入总计", total, f"。{level}{name}支出", spent,
            "，加调出资金", out, "、结转下年", left, "，支出总计", again, "。",
        )  # fmt: skip

    def _social(self, lead: str) -> None:
        pen = self.pen
        keys = ("income", "spent", "surplus", "kept")
        income, spent, left, kept = (self._amount(WHOLE, "social", key) for key in keys)
        pen.sums(left, [income, spent], (1, -1))
        self.say(
            f"{lead}{WHOLE}社会保险基金收入", income, "，支出", spent, "，本年收支结余", left,
            "，年末滚存结余", kept, "。",
        )  # fmt: skip

    def _debt(self) -> None:
        pen = self.pen
        found = {}
        for kind in ("limit", "balance"):
            keys = (kind, f"{kind}:general", f"{kind}:special")
            found[kind] = [self._amount(WHOLE, "debt", key) for key in keys]
            pen.sums(found[kind][0], found[kind][1:])
        for above, below in zip(found["limit"], found["balance"], strict=True):
            pen.state(RelationKind.MOST, below, above)
        whole, general, special = found["limit"]
        self.say(
            f"{self.year}年{WHOLE}政府债务限额", whole, "，其中：一般债务限额", general,
            "、专项债务限额", special, "。",
        )  # fmt: skip
        whole, general, special = found["balance"]
        self.say(
            f"{self.year}年末，{WHOLE}政府债务余额", whole, "，其中：一般债务", general,
            "、专项债务", special, "，控制在限额以内。",
        )  # fmt: skip

    def _draft(self, level: str) -> None:
        pen, fund = self.pen, "general"
        own = self._amount(level, fund, "own", 1)
        tax, rest = (self._amount(level, fund, key, 1) for key in ("tax", "nontax"))
        pen.sums(own, [tax, rest])
        line: Line = [f"{self.year + 1}年，{level}一般公共预算收入安排", own]
        line += [
            self._since(level, "own", own),
            "，其中：税收收入",
            tax,
            "、非税收入",
            rest,
            "。",
        ]
        self.say(line)
        spent = self._amount(level, fund, "spent", 1)
        self.say(
            f"{level}一般公共预算支出安排", spent, self._since(level, "spent", spent), "。"
        )

    def _since(self, level: str, key: str, now: Mark) -> Line:
        """，比上年执行数增长a%."""
        pen = self.pen
        after = self.city(level, "general", key, 1)
        before = self.city(level, "general", key)
        rate = pen.rate(Fraction(abs(after.fen - before.fen), before.fen), f"{after.name}增幅")
        if not (rate.quantity and rate.quantity.number):
            return []
        more = after.fen > before.fen
        words = pen.style.more[1] if more else pen.style.less[1]
        word = Mark(words, None, UP if more else DOWN, f"{after.name}增减")
        pen.state(RelationKind.GREW, rate, word, now, self._own[level, key])
        return ["，比上年执行数", word, rate]

    def _table(
        self, number: int, side: str, budget: str, key: str,
        groups: Sequence[tuple[str, Sequence[str], str]],
    ) -> None:  # fmt: skip
        """附表: last year, the budget, what came of it, and both rates."""
        pen, year = self.pen, self.year
        self.say(f"附表{number}　{year}年全市一般公共预算{side}执行情况表")
        self.say(f"单位：{pen.style.unit}")
        pen.row(
            "项目", f"{year - 1}年执行数", f"{year}年{budget}", f"{year}年执行数",
            f"为{'调整' if side == '支出' else ''}预算%", "比上年增长%",
        )  # fmt: skip
        totals: list[list[Mark]] = []
        for name, below, of in groups:
            heading = self._row(name, of)
            totals.append(heading)
            rows = [self._row(one, one) for one in below]
            for at in range(3 if rows else 0):
                pen.sums(heading[at], [row[at] for row in rows])
        whole = self._row(f"一般公共预算{side}合计", key)
        for at in range(3):
            pen.sums(whole[at], [row[at] for row in totals])

    def _row(self, name: str, key: str) -> list[Mark]:
        pen, fund = self.pen, "general"
        last, plan = (self._against(WHOLE, fund, key, kind) for kind in ("last", "plan"))
        now = self.city(WHOLE, fund, key)
        cells = [pen.money(one, bare=True) for one in (last, plan, now)]
        done = pen.rate(Fraction(now.fen, plan.fen), f"{name}完成率", bare=True)
        grown = pen.rate(Fraction(now.fen - last.fen, last.fen), f"{name}增幅", bare=True)
        pen.share(done, cells[2], cells[1])
        pen.state(RelationKind.GREW, grown, None, cells[2], cells[0])
        pen.row(name, *cells, done, grown)
        return cells


def government_pen(pen: Pen) -> Pen:
    """The pen with the unit of a government's report."""
    style = pen.style
    unit, places = style.government_unit, style.government_places
    return Pen(replace(style, unit=unit, places=places), pen.rng)
