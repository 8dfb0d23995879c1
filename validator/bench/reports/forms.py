"""自评表: the form on which a project assesses itself, as tab-separated rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.bench.ledger import RelationKind
from validator.quantity import count_unit, divide, rounded

if TYPE_CHECKING:
    from random import Random

    from validator.bench.reports.books import Books, Item
    from validator.bench.reports.pen import Amount, Mark, Pen

POINTS = count_unit("分")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of indicator with what can be measured of it."""

    name: str
    second: str
    third: tuple[str, ...]
    unit: str


_KINDS = (
    _Kind("产出指标", "数量指标", ("检修设备数量", "培训场次", "服务人数"), "次"),
    _Kind("产出指标", "质量指标", ("验收合格率", "检测达标率"), "%"),
    _Kind("效益指标", "社会效益指标", ("政策知晓率", "受益覆盖率"), "%"),
    _Kind("满意度指标", "服务对象满意度指标", ("服务对象满意度",), "%"),
)


def write_form(pen: Pen, books: Books, item: Item, year: int) -> None:
    """Write the form of one project: its money, its indicators, its points."""
    unit = pen.style.table_unit
    pen.say(f"{year}年度项目支出绩效自评表")
    pen.row("项目名称", f"{item.name}项目", "", "", "", "", "", "", "")
    heads = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    pen.row(f"项目资金（{unit}）", "", "", *heads)
    plan, done = books.plan(f"{item.code}:project"), books(f"{item.code}:project")
    whole = [_cell(pen, one) for one in (plan, plan, done)]
    rate = pen.rate(Fraction(done.fen, plan.fen), "执行率")
    pen.share(rate, whole[2], whole[1])
    weights, scores = [_weight(pen, 10)], [_execution(pen, done, plan)]
    pen.row("", "年度资金总额", "", *whole, weights[0], rate, scores[0])
    # What 当年财政拨款 is here, the words do not say to be all of it.
    parts = [_cell(pen, replace(one, fact="")) for one in (plan, plan, done)]
    again = pen.rate(Fraction(done.fen, plan.fen), "执行率")
    pen.share(again, parts[2], parts[1])
    pen.row("", "其中：当年财政拨款", "", *parts, "—", again, "—")
    for one, other in zip(whole, parts, strict=True):
        pen.state(RelationKind.MOST, other, one)
    pen.row(
        "绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值",
        "分值", "得分", "偏差原因分析及改进措施",
    )  # fmt: skip
    for kind, weight in zip(_KINDS, _shared(pen.rng, 90, len(_KINDS)), strict=True):
        weights.append(_weight(pen, weight))
        scores.append(pen.number(Decimal(weight), POINTS, "得分", bare=True))
        target = pen.rng.randint(80, 95)
        reached = pen.rng.randint(target, 99)
        pen.row(
            "", kind.name, kind.second, pen.rng.choice(kind.third), f"≥{target}{kind.unit}",
            f"{reached}{kind.unit}", weights[-1], scores[-1], "无",
        )  # fmt: skip
    given = [mark.quantity.number for mark in scores if mark.quantity is not None]
    most, total = (
        _weight(pen, 100),
        pen.number(sum(given, Decimal(0)), POINTS, "总分", bare=True),
    )
    pen.row("总分", "", "", "", "", "", most, total, "")
    pen.sums(most, weights)
    pen.sums(total, scores)
    for weight_mark, score in zip(weights, scores, strict=True):
        pen.state(RelationKind.MOST, score, weight_mark)


def _cell(pen: Pen, amount: Amount) -> Mark:
    style = pen.style
    places = 2 if style.table_unit == "元" else style.table_places
    return pen.money(amount, style.table_unit, places, bare=True)


def _weight(pen: Pen, points: int) -> Mark:
    return pen.number(Decimal(points), POINTS, "分值", bare=True)


def _execution(pen: Pen, done: Amount, plan: Amount) -> Mark:
    """Ten points, as much of them as was spent of the budget."""
    share = min(divide(Decimal(done.fen), Decimal(plan.fen)), Decimal(1))
    return pen.number(rounded(share * 10, _CENT), POINTS, "预算执行得分", bare=True)


def _shared(rng: Random, whole: int, parts: int) -> list[int]:
    """Points shared out in fives."""
    cuts = sorted(rng.sample(range(1, whole // 5), parts - 1))
    edges = [0, *cuts, whole // 5]
    return [5 * (b - a) for a, b in pairwise(edges)]
