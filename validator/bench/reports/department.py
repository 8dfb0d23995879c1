"""What every report of a department has（部门的报告）: who it is, its cars, its purchases."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from validator.bench.ledger import RelationKind
from validator.bench.reports.pen import Amount
from validator.bench.reports.phrases import Phrases, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.bench.reports.books import Books, Profile
    from validator.bench.reports.pen import Mark, Pen

NUMERALS = "一二三四五六七八九十"
YI = 10_000_000_000
"""A hundred million 元 in 分."""
PRICED = (
    ("村级管护员", "名", "聘用", "每人每年补助"),
    ("困难群众", "户", "补助", "每户"),
    ("水质样品", "份", "检测", "每份"),
    ("技术骨干", "人", "培训", "每人"),
)
"""Things that are paid for by number and price, their classifier, and the words for it."""


class Department:
    """Writes about one department in one year."""

    def __init__(self, pen: Pen, books: Books, profile: Profile, place: str, year: int) -> None:
        self.pen, self.books, self.profile, self.year = pen, books, profile, year
        self.entity = f"{place}{profile.office}"
        self.say = pen.say
        self.phrases = Phrases(pen, year)
        self._counts = [0, 0, 0]
        self.fleet = [pen.rng.randint(1, 4) for _ in range(3)]

    def part(self, title: str) -> None:
        """Begin a part of the report."""
        self._head(0, title)

    def section(self, title: str) -> None:
        """Begin a section of a part."""
        self._head(1, title)

    def below(self, title: str) -> None:
        """Begin what stands under a section."""
        self._head(2, title)

    def listed(self, at: int) -> str:
        """Number of a line in a list under all headings."""
        return f"（{at}）" if self.pen.style.levels[2].startswith("{arabic}") else f"{at}."

    def made_up(
        self, head: str, total: Amount, parts: Sequence[Amount], lead: str = "，其中："
    ) -> Mark:
        """Write a whole with its parts, in a sentence or in numbered lines → the whole."""
        mark = self.pen.money(total)
        if "numbered" not in self.pen.style.lists or self.pen.rng.random() < 0.5:
            self.say(head, mark, self.phrases.listed(mark, total, parts, lead))
            return mark
        self.say(head, mark, lead)
        marks = [self.pen.money(part) for part in parts]
        self.pen.sums(mark, marks)
        rates = self.phrases.shares(mark, total, parts, marks) if total.fen else []
        for at, (part, one) in enumerate(zip(parts, marks, strict=True), 1):
            told = ["，占", rates[at - 1]] if rates else []
            self.say(f"{self.listed(at)}{part.name}", one, told, "。")
        return mark

    def _head(self, level: int, title: str) -> None:
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (2 - level)
        number = self._counts[level]
        form = self.pen.style.levels[level]
        self.say(form.format(han=NUMERALS[number - 1], arabic=number) + title)

    def write(self) -> None:
        """Write the whole report."""
        raise NotImplementedError

    def duties(self) -> None:
        """What the department does and how many people it has."""
        rng = self.pen.rng
        self.section("主要职能")
        self.say(f"{self.entity}{self.profile.duty}。")
        self.section("机构设置和人员情况")
        posts = [rng.randint(5, 60), rng.randint(5, 90), rng.randint(0, 6)]
        names = ("行政编制", "事业编制", "工勤编制")
        self.say(f"{self.entity}核定编制", self.phrases.heads("编制", names, posts, "名"), "。")
        staff = [max(n - rng.randint(0, 3), 0) for n in posts]
        names = ("行政人员", "事业人员", "工勤人员")
        told = self.phrases.heads("在职人员", names, staff, "人")
        self.say("现有在职人员", told, "。")

    def glossary(self, terms: Sequence[tuple[str, str]]) -> None:
        """名词解释, numbered."""
        for at, (term, words) in enumerate(terms, 1):
            self.say(f"{at}.{term}：{words}。")

    def purchases(self, head: str) -> None:
        """政府采购 by kind."""
        b = self.books
        self.made_up(head, b("purchase"), [b("goods"), b("works"), b("services")])

    def small_firms(self, head: str) -> None:
        """How much of the purchases went to small firms."""
        pen, total = self.pen, self.books("purchase")
        if not total.fen:
            return
        medium = int(total.fen * pen.rng.uniform(0.5, 0.95))
        small = int(medium * pen.rng.uniform(0.3, 0.9))
        whole = pen.money(total)
        one = pen.money(Amount("", medium, None, "授予中小企业合同金额"))
        two = pen.money(Amount("", small, None, "授予小微企业合同金额"))
        rate = self.phrases.rate_of(one, whole, Fraction(medium, total.fen), "中小企业占比")
        part = self.phrases.rate_of(two, one, Fraction(small, medium), "小微企业占比")
        pen.state(RelationKind.MOST, one, whole)
        pen.state(RelationKind.MOST, two, one)
        self.say(
            head, whole, "，其中：授予中小企业合同金额", one, "，占政府采购支出总额的", rate,
            "；授予小微企业合同金额", two, "，占授予中小企业合同金额的", part, "。",
        )  # fmt: skip

    def vehicles(self) -> None:
        """The fleet by use."""
        names = ("机要通信用车", "应急保障用车", "其他用车")
        counts = cut(self.pen.rng, sum(self.fleet), 3, least=0)
        told = self.phrases.heads("车辆", names, counts, "辆", fact="fleet")
        self.say(f"截至{self._vehicle_date}，共有车辆", told, "。")

    @property
    def _vehicle_date(self) -> str:
        return f"{self.year}年12月31日"

    def assets(self) -> None:
        """Assets, debts and what is left."""
        pen, b = self.pen, self.books
        assets = pen.money(b("assets"))
        owed, net = pen.money(b("liabilities")), pen.money(b("net_assets"))
        change = self.phrases.compared(assets, b("assets"), b.last("assets"), since="比上年末")
        pen.sums(net, [assets, owed], (1, -1))
        told = []
        if b("assets").fen >= YI and pen.style.unit != "亿元" and pen.rng.random() < 0.5:
            told = ["（即", pen.money(b("assets"), "亿元", 2), "）"]
        self.say("资产总额", assets, told, change, "；负债总额", owed, "，净资产", net, "。")

    def priced(self, lead: str) -> None:
        """One thing in detail: so many at so much each."""
        pen, rng = self.pen, self.pen.rng
        thing, classifier, verb, each_of = rng.choice(PRICED)
        price = rng.randint(6, 40) * 100
        number = min(rng.randint(40, 900), self.books("general_project").fen // (price * 100))
        if number < 5:
            return
        many = pen.count(number, classifier, thing)
        each = pen.money(Amount("", price * 100, None, f"{thing}{each_of}"), "元", 0)
        total = pen.money(Amount("", number * price * 100, None, f"{verb}{thing}支出"))
        pen.state(RelationKind.PRODUCT, total, many, each)
        self.say(f"{lead}{verb}{thing}", many, f"，{each_of}", each, "，共支出", total, "。")
