"""The true books of an invented department（账簿）: every identity holds to the 分."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.bench.reports.pen import Amount

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

WAN = 1_000_000
"""10 000 元 in 分."""

PLACES = ("云岭县", "青溪县", "岚川市", "栖霞岭区", "松溪县", "白鹿塬区", "临溪市")


@dataclass(frozen=True, slots=True)
class Item:
    """A functional item（功能分类项级科目）."""

    code: str
    cls: str
    group: str
    name: str
    use: str

    @property
    def full(self) -> str:
        """Its three names with their levels."""
        return f"{self.cls}（类）{self.group}（款）{self.name}（项）"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a department is called and what it spends on."""

    office: str
    duty: str
    own: tuple[Item, ...]


def _items(cls: str, group: str, rows: str) -> tuple[Item, ...]:
    found = []
    for row in rows.split("；"):
        code, name, use = row.split()
        found.append(Item(code, cls, group, name, use))
    return tuple(found)


PROFILES = (
    Profile("水务局", "负责水资源统一管理、水旱灾害防御和农村供水保障", _items(
        "农林水支出", "水利",
        "2130301 行政运行 机关日常运转；2130306 水利工程运行与维护 渠道和水库养护；"
        "2130310 水土保持 坡耕地治理；2130314 防汛 防汛物资购置和值守",
    )),
    Profile("文化和旅游局", "负责公共文化服务、文化遗产保护和文旅市场监管", _items(
        "文化旅游体育与传媒支出", "文化和旅游",
        "2070101 行政运行 机关日常运转；2070104 图书馆 图书购置和借阅服务；"
        "2070109 群众文化 送戏下乡和文化站开放；2070112 文化和旅游市场管理 市场巡查",
    )),
    Profile("农业农村局", "负责种植业、畜牧业和农产品质量安全", _items(
        "农林水支出", "农业农村",
        "2130101 行政运行 机关日常运转；2130108 病虫害控制 动物防疫；"
        "2130109 农产品质量安全 抽样检测；2130122 农业生产发展 产业扶持",
    )),
    Profile("档案馆", "负责档案接收、保管和利用", _items(
        "一般公共服务支出", "档案事务",
        "2012601 行政运行 机关日常运转；2012604 档案馆 档案数字化和库房维护",
    )),
    Profile("教育局", "负责学前教育、义务教育和教师队伍建设", _items(
        "教育支出", "普通教育",
        "2050201 学前教育 公办园补助；2050202 小学教育 学校运转；2050203 初中教育 学校运转",
    )),
)  # fmt: skip

_PENSION = _items(
    "社会保障和就业支出", "行政事业单位养老支出",
    "2080501 行政单位离退休 退休人员补助；"
    "2080505 机关事业单位基本养老保险缴费支出 缴纳养老保险；"
    "2080506 机关事业单位职业年金缴费支出 缴纳职业年金",
)  # fmt: skip
_HEALTH = _items(
    "卫生健康支出", "行政事业单位医疗",
    "2101101 行政单位医疗 缴纳医疗保险；2101103 公务员医疗补助 医疗补助缴费",
)  # fmt: skip
_HOUSING = _items("住房保障支出", "住房改革支出", "2210201 住房公积金 缴存住房公积金")

STAFF = ("基本工资", "津贴补贴", "奖金", "绩效工资", "住房公积金")
OFFICE = ("办公费", "水费", "电费", "邮电费", "差旅费", "工会经费")
"""Economic items of 人员经费 and of 公用经费 that overlap no other account."""

Year = dict[str, int]


class Books:
    """Amounts of this year, of last year and of this year's budget.

    ``books("expenditure")`` is this year's with last year's beside it;
    ``books.last(…)`` and ``books.plan(…)`` are the other two.
    """

    def __init__(
        self, years: tuple[Year, Year, Year], names: Mapping[str, str], items: Sequence[Item]
    ) -> None:
        self._now, self._last, self._plan = years
        self._names = names
        self.items = tuple(items)

    def __call__(self, key: str) -> Amount:
        """This year's amount."""
        return Amount(f"{key}@now", self._now[key], self._last.get(key), self._names[key])

    def last(self, key: str) -> Amount:
        """Last year's amount."""
        return Amount(f"{key}@last", self._last[key], self._now[key], self._names[key])

    def plan(self, key: str) -> Amount:
        """The budget for this year."""
        return Amount(f"{key}@plan", self._plan[key], self._now[key], self._names[key])

    @property
    def classes(self) -> list[str]:
        """Functional classes in the order of their codes."""
        return list(dict.fromkeys(item.cls for item in self.items))


def open_books(rng: Random, profile: Profile, *, drafted: bool = False) -> Books:
    """Books of a department with plausible amounts.

    Args:
        rng: Where they come from.
        profile: What the department is.
        drafted: Whether this is a budget, which spends all that there is.
    """
    items = sorted(_chosen(rng, profile), key=lambda item: item.code)
    scale = 10 ** rng.uniform(1.8, 4.6)  # 万元
    now = _leaves(rng, items, scale)
    last = {key: _moved(rng, value) for key, value in now.items()}
    plan = {key: _planned(rng, value) for key, value in now.items()}
    for key in ("abroad", "car_buying", "car_running", "reception"):
        # Nobody may spend more on these than was budgeted.
        plan[key] = max(plan[key], now[key])
    last["closing"] = now["opening"]
    for one in (now, last, plan):
        if drafted:
            one["closing"] = 0
        _close(one, items, one["opening"] if drafted else 0)
    return Books((now, last, plan), _names(items), items)


def _chosen(rng: Random, profile: Profile) -> tuple[Item, ...]:
    own = profile.own[: rng.randint(2, len(profile.own))]
    pension = _PENSION[: rng.randint(1, len(_PENSION))]
    return (*own, *pension, *_HEALTH[: rng.randint(1, 2)], *_HOUSING)


def _amount(rng: Random, scale: float, low: float, high: float) -> int:
    """Some 分, never too few to print."""
    fen = int(WAN * scale * rng.uniform(low, high))
    return max(fen, 3 * WAN + rng.randint(0, WAN))


def _leaves(rng: Random, items: Sequence[Item], scale: float) -> Year:
    """Amounts that all others are made of."""
    year: Year = {}
    for at, item in enumerate(items):
        own = at == 0 or item.name in ("行政运行", "小学教育", "档案馆")
        welfare = item.cls in ("社会保障和就业支出", "卫生健康支出", "住房保障支出")
        year[f"{item.code}:staff"] = (
            _amount(rng, scale, 0.03, 0.12)
            if welfare
            else _amount(rng, scale, 0.3, 0.9)
            if own
            else 0
        )
        year[f"{item.code}:office"] = (
            _amount(rng, scale, 0.06, 0.2) if own and not welfare else 0
        )
        year[f"{item.code}:project"] = 0 if welfare else _amount(rng, scale, 0.05, 0.8)
    year["fund"] = _amount(rng, scale, 0.05, 0.3) if rng.random() < 0.4 else 0
    year["other_spent"] = _amount(rng, scale, 0.05, 0.2) if rng.random() < 0.6 else 0
    year["opening"] = _amount(rng, scale, 0.02, 0.08) if rng.random() < 0.8 else 0
    year["closing"] = _amount(rng, scale, 0.02, 0.08) if rng.random() < 0.8 else 0
    year["abroad"] = _amount(rng, scale, 0.003, 0.01) if rng.random() < 0.15 else 0
    year["car_buying"] = _amount(rng, scale, 0.01, 0.02) if rng.random() < 0.2 else 0
    year["car_running"] = _amount(rng, scale, 0.003, 0.02)
    year["reception"] = _amount(rng, scale, 0.002, 0.01) if rng.random() < 0.8 else 0
    for name in ("goods", "works", "services"):
        year[name] = _amount(rng, scale, 0.02, 0.2) if rng.random() < 0.8 else 0
    year["liabilities"] = _amount(rng, scale, 0.1, 0.5)
    year["net_assets"] = _amount(rng, scale, 1, 6)
    return year


def _moved(rng: Random, value: int) -> int:
    """Last year's value of a thing."""
    if not value or rng.random() < 0.08:
        return value
    return int(value * rng.choice([rng.uniform(0.7, 0.96), rng.uniform(1.04, 1.35)]))


def _planned(rng: Random, value: int) -> int:
    """The budget for what was spent: all of it, more, now and then less."""
    if not value or rng.random() < 0.4:
        return value
    return int(
        value
        / rng.choice([rng.uniform(0.7, 0.98), rng.uniform(0.8, 0.98), rng.uniform(1.02, 1.3)])
    )


def _close(year: Year, items: Sequence[Item], carried: int) -> None:
    """Derive every other amount from the leaves; ``carried`` is spent beside them."""
    for item in items:
        basic = year[f"{item.code}:staff"] + year[f"{item.code}:office"]
        year[f"{item.code}:basic"] = basic
        year[f"{item.code}:all"] = basic + year[f"{item.code}:project"]
    for cls in dict.fromkeys(item.cls for item in items):
        codes = [item.code for item in items if item.cls == cls]
        for part in ("basic", "project", "all"):
            year[f"{cls}:{part}"] = sum(year[f"{code}:{part}"] for code in codes)
    for part, name in (
        ("staff", "staff"),
        ("office", "office"),
        ("project", "general_project"),
    ):
        year[name] = sum(year[f"{item.code}:{part}"] for item in items)
    year["basic"] = year["staff"] + year["office"]
    year["general"] = year["basic"] + year["general_project"]
    year["fiscal"] = year["general"] + year["fund"] + carried
    year["fiscal_project"] = year["general_project"] + year["fund"] + carried
    year["project"] = year["fiscal_project"] + year["other_spent"]
    year["expenditure"] = year["basic"] + year["project"]
    year["total"] = year["expenditure"] + year["closing"]
    year["revenue"] = year["total"] - year["opening"]
    # What was brought forward and is carried on is general money.
    year["general_revenue"] = year["general"] + year["closing"] - year["opening"] + carried
    year["fund_revenue"], year["other_revenue"] = year["fund"], year["other_spent"]
    year["fiscal_revenue"] = year["general_revenue"] + year["fund_revenue"]
    year["fiscal_total"] = year["fiscal"] + year["closing"]
    year["cars"] = year["car_buying"] + year["car_running"]
    year["three_public"] = year["abroad"] + year["cars"] + year["reception"]
    year["purchase"] = year["goods"] + year["works"] + year["services"]
    year["running"] = year["office"]
    year["assets"] = year["liabilities"] + year["net_assets"]


def _names(items: Sequence[Item]) -> dict[str, str]:
    names = {
        "staff": "人员经费", "office": "公用经费", "general_project": "项目支出",
        "basic": "基本支出", "general": "一般公共预算财政拨款支出",
        "fund": "政府性基金预算财政拨款支出",
        "fiscal": "财政拨款支出", "fiscal_project": "项目支出",
        "project": "项目支出", "expenditure": "本年支出合计",
        "total": "总计", "revenue": "本年收入合计", "opening": "年初结转和结余",
        "closing": "年末结转和结余", "general_revenue": "一般公共预算财政拨款收入",
        "fund_revenue": "政府性基金预算财政拨款收入", "other_revenue": "其他收入",
        "other_spent": "其他资金支出", "fiscal_revenue": "财政拨款收入",
        "fiscal_total": "财政拨款总计",
        "cars": "公务用车购置及运行维护费", "car_buying": "公务用车购置费",
        "car_running": "公务用车运行维护费", "abroad": "因公出国（境）费",
        "reception": "公务接待费",
        "three_public": "“三公”经费支出", "purchase": "政府采购支出总额", "goods": "货物支出",
        "works": "工程支出", "services": "服务支出", "assets": "资产总额",
        "liabilities": "负债总额", "net_assets": "净资产",
        "running": "机关运行经费",
    }  # fmt: skip
    for item in items:
        for part in ("staff", "office", "basic", "project", "all"):
            names[f"{item.code}:{part}"] = item.name
            names[f"{item.cls}:{part}"] = item.cls
    return names
