"""绩效自评: a department's assessment of its own spending, with forms and scores."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.bench.ledger import RelationKind
from validator.bench.reports.department import Department
from validator.bench.reports.forms import POINTS, write_form
from validator.bench.reports.pen import Amount, Mark
from validator.bench.reports.phrases import between
from validator.quantity import rounded

if TYPE_CHECKING:
    from validator.bench.reports.books import Item

_INDICATORS = (("预算执行指标", 10), ("产出指标", 50), ("效益指标", 30), ("满意度指标", 10))


class Performance(Department):
    """Writes the assessment of one department."""

    def write(self) -> None:
        """Write the whole report."""
        year = self.year
        self.say(f"{self.entity}{year}年度部门整体支出绩效自评报告")
        self.say("一、部门概况")
        self.say("（一）主要职能")
        self.say(f"{self.entity}{self.profile.duty}。")
        self.say("（二）机构和人员情况")
        posts = [self.pen.rng.randint(5, 60) for _ in range(2)]
        told = self.phrases.heads("编制", ("行政编制", "事业编制"), posts, "名")
        self.say("核定编制", told, "。")
        self.say("二、部门资金收支情况")
        self._money()
        self.say("三、项目支出绩效情况")
        self._projects()
        self.say("四、自评结论")
        self._scores()
        self.say("五、存在的问题")
        self.say("部分项目支付进度偏慢，绩效指标还不够细。")
        self.say("六、改进措施")
        self.say("加快项目实施，把可以量化的指标写进预算。")
        if self.pen.style.tables:
            self.say("七、附表")
            write_form(self.pen, self.books, self._items()[-1], self.year)

    def _money(self) -> None:
        pen, b, year = self.pen, self.books, self.year
        self.say("（一）预算安排情况")
        spent = b("expenditure")
        final = spent.fen + b("closing").fen
        added = max(int(final * pen.rng.uniform(0.03, 0.2)), 2_000_000)
        first = pen.money(Amount("first@budget", final - added, final, "年初预算"))
        more = pen.money(Amount("", added, None, "年中追加"))
        whole = Amount("final@budget", final, final - added, "调整后预算")
        mark = pen.money(whole)
        pen.sums(mark, [first, more])
        self.say(f"{year}年初预算", first, "，年中追加", more, "，调整后预算", mark, "。")
        self.say("（二）预算执行情况")
        done, plan = pen.money(spent), pen.money(whole)
        rate = self.phrases.rate_of(done, plan, Fraction(spent.fen, final), "预算执行率")
        left = pen.money(b("closing"))
        pen.sums(left, [plan, done], (1, -1))
        self.say(
            f"{year}年度支出决算", done, "，完成调整后预算", plan, "的", rate,
            "，剩余", left, "结转下年使用。",
        )  # fmt: skip
        self.say("（三）支出结构情况")
        self.made_up(f"{year}年度支出决算", spent, [b("basic"), b("project")])
        self.made_up("基本支出", b("basic"), [b("staff"), b("office")])
        self.say("（四）“三公”经费情况")
        name = f"{year}年度“三公”经费财政拨款支出"
        self.say(self.phrases.completed(name, b("three_public"), b.plan("three_public")))
        parts = [b("abroad"), b("cars"), b("reception")]
        self.made_up(f"{name}决算", b("three_public"), parts)
        self.say("（五）政府采购情况")
        self.purchases(f"{year}年度政府采购支出总额")
        self.small_firms(f"{year}年度政府采购支出总额")
        self.say("（六）资产情况")
        self.assets()

    def _items(self) -> list[Item]:
        return [item for item in self.books.items if self.books(f"{item.code}:project").fen]

    def _projects(self) -> None:
        pen, b = self.pen, self.books
        total = b("general_project").called("一般公共预算项目支出")
        self.say("各项目执行情况见下表：")
        self.say(f"项目支出预算执行情况表（单位：{pen.style.unit}）")
        pen.row("序号", "项目名称", "全年预算数", "全年执行数", "执行率")
        rows = []
        for at, item in enumerate(self._items(), 1):
            name = f"{item.name}项目"
            rows.append(self._row(f"{at}", name, f"{item.code}:project"))
        whole = self._row("", "合计", "general_project")
        for at in range(2):
            pen.sums(whole[at], [row[at] for row in rows])
        for number, item in zip("一二三四五六", self._items(), strict=False):
            now, plan = (one(f"{item.code}:project") for one in (b, b.plan))
            budget, done = pen.money(plan), pen.money(now)
            rate = self.phrases.rate_of(done, budget, Fraction(now.fen, plan.fen), "执行率")
            self.say(
                f"（{number}）{item.name}项目。全年预算数", budget, "，执行数为", done,
                "，完成预算的", rate, "。",
            )  # fmt: skip
        mark = pen.money(total)
        names = [b(f"{item.code}:project").called(f"{item.name}项目") for item in self._items()]
        if len(names) > 1:
            self.say(
                f"{self.year}年度一般公共预算项目支出", mark, "，由",
                self.phrases.split(mark, names), "组成。",
            )  # fmt: skip

    def _row(self, number: str, name: str, key: str) -> list[Mark]:
        pen, b = self.pen, self.books
        plan, now = b.plan(key), b(key)
        cells = [pen.money(one.called(name), bare=True) for one in (plan, now)]
        rate = self.phrases.rate_of(cells[1], cells[0], Fraction(now.fen, plan.fen), "执行率")
        pen.row(number, name, *cells, rate)
        return cells

    def _scores(self) -> None:
        """What was given for each kind of indicator, then the form itself."""
        pen, rng = self.pen, self.pen.rng
        full = 100
        given = [
            rounded(Decimal(weight) * Decimal(rng.randint(80, 100)) / 100, Decimal("0.01"))
            for _, weight in _INDICATORS
        ]
        whole = pen.number(sum(given, Decimal(0)), POINTS, "自评得分", "score")
        most = pen.count(full, "分", "总分")
        weights, scores, told = [], [], []
        for (name, weight), score in zip(_INDICATORS, given, strict=True):
            weights.append(pen.count(weight, "分", f"{name}分值"))
            scores.append(pen.number(score, POINTS, f"{name}得分"))
            pen.state(RelationKind.MOST, scores[-1], weights[-1])
            told.append([name, weights[-1], "，得", scores[-1]])
        pen.sums(most, weights)
        pen.sums(whole, scores)
        self.say(
            f"{self.year}年度部门整体支出绩效自评总分", most, "，自评得分", whole, "，其中：",
            between(told, "；"), "。",
        )  # fmt: skip
