"""True self-assessments for the properties: forms whose money, rates and scores are right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

FEN = Decimal("0.01")
WAN = Decimal(10_000)
FULL_FROM = Decimal("0.95")
CLASSES = ("产出指标", "效益指标", "满意度指标")
NAMES = (
    "建成里程",
    "检修设备",
    "服务人次",
    "达标率",
    "及时率",
    "受益户数",
    "知晓率",
    "办结件数",
)
UNITS = ("公里", "台", "人次", "%", "%", "户", "%", "件")
LAYOUTS = ("central", "sichuan", "yunnan")


@dataclass(frozen=True)
class Indicator:
    """An indicator with what was done and the score that follows from it."""

    kind: str
    name: str
    unit: str
    target: int
    done: int
    weight: Decimal
    reason: str

    def score(self, places: int) -> Decimal:
        """All of the weight, or as much of it as was done of the target."""
        share = min(Decimal(self.done) / self.target, Decimal(1))
        return rounded(self.weight * share, places)


@dataclass(frozen=True)
class Assessment:
    """A true form and how it is printed.

    Attributes:
        sources: Amounts in 元 of each source, stage by stage.
        indicators: In the order of their classes.
        places: Decimals of amounts in 万元, of rates and of scores.
        full: Whether a rate of 95% earns all points.
        layout: Which form.
        points: Whether classes print their points.
    """

    sources: tuple[tuple[Decimal, Decimal, Decimal], ...]
    indicators: tuple[Indicator, ...]
    places: tuple[int, int, int]
    full: bool
    layout: str
    points: bool

    def text(self) -> str:
        """The form as text between pipes."""
        rows = {"central": self._central, "sichuan": self._sichuan, "yunnan": self._yunnan}
        lines = [f"| {' | '.join(row)} |" for row in rows[self.layout]()]
        return "\n".join(["青溪县水务局2023年度部门决算", "项目支出绩效自评表", *lines])

    def _amount(self, value: Decimal) -> str:
        return f"{rounded(value / WAN, self.places[0]):f}"

    def _stages(self, at: int | None) -> list[str]:
        if at is not None:
            return [self._amount(value) for value in self.sources[at]]
        return [self._amount(sum((s[i] for s in self.sources), Decimal(0))) for i in range(3)]

    def _rate(self, at: int | None) -> str:
        planned, spent = self._money(at)
        if not planned:
            return ""
        return f"{rounded(spent / planned * 100, self.places[1]):f}%"

    def _money(self, at: int | None) -> tuple[Decimal, Decimal]:
        some = self.sources if at is None else self.sources[at : at + 1]
        return sum((s[1] for s in some), Decimal(0)), sum((s[2] for s in some), Decimal(0))

    def execution_score(self) -> Decimal:
        """Points for carrying out the budget, out of ten."""
        planned, spent = self._money(None)
        rate = spent / planned
        if self.full and rate >= FULL_FROM:
            return Decimal(10)
        return rounded(min(rate, Decimal(1)) * 10, self.places[2])

    def total(self) -> Decimal:
        """Sum of the printed scores."""
        scores = (one.score(self.places[2]) for one in self.indicators)
        return sum(scores, self.execution_score())

    def _class(self, kind: str) -> str:
        weight = sum((o.weight for o in self.indicators if o.kind == kind), Decimal(0))
        return f"{kind}（{weight:f}分）" if self.points else kind

    def _classed(self) -> list[tuple[str, Indicator]]:
        """Indicators with the name of their class where it begins."""
        found, last = [], ""
        for one in self.indicators:
            found.append((self._class(one.kind) if one.kind != last else "", one))
            last = one.kind
        return found

    def _central(self) -> list[list[str]]:
        score = f"{self.execution_score():f}"
        heads = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
        labels = ["其中：当年财政拨款", "上年结转资金", "其他资金"]
        rows = [
            ["项目资金（万元）", "", "", *heads],
            ["", "年度资金总额", "", *self._stages(None), "10", self._rate(None), score],
        ]
        for at, label in enumerate(labels):
            rows.append(["", label, "", *self._stages(at), "—", self._rate(at), "—"])
        rows.append(
            ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值",
             "得分", "偏差原因分析及改进措施"]
        )  # fmt: skip
        for kind, one in self._classed():
            values = [f"≥{one.target}{one.unit}", f"{one.done}{one.unit}"]
            given = f"{one.score(self.places[2]):f}"
            rows.append(["", kind, "", one.name, *values, f"{one.weight:f}", given, one.reason])
        rows.append(["总分", "", "", "", "", "", "100", f"{self.total():f}", ""])
        return rows

    def _sichuan(self) -> list[list[str]]:
        score = f"{self.execution_score():f}"
        heads = ["年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"]
        labels = ["其中：财政资金", "单位资金", "其他资金"]
        rows = [
            ["预算执行情况（10分）", "年度预算数（万元）", "", "", *heads],
            [
                "",
                "总额",
                "",
                "",
                *self._stages(None),
                self._rate(None),
                "10",
                score,
                "年中调整",
            ],
        ]
        for at, label in enumerate(labels):
            rows.append(["", label, "", "", *self._stages(at), self._rate(at), "/", "/", ""])
        return [*rows, *self._signed(), self._closing("合计", "")]

    def _yunnan(self) -> list[list[str]]:
        score = f"{self.execution_score():f}"
        heads = ["年初预算数", "全年预算数", "全年执行数", "", "", "分值", "执行率", "得分"]
        labels = ["其中：当年财政拨款", "上年结转资金", "其他资金"]
        rows = [["项目资金（万元）", "", "", *heads]]
        total = [
            "",
            "",
            "年度资金总额",
            *self._stages(None),
            "",
            "",
            "10",
            self._rate(None),
            score,
        ]
        rows.append(total)
        for at, label in enumerate(labels):
            rows.append(["", "", label, *self._stages(at), "", "", "", self._rate(at), ""])
        return [*rows, *self._signed(), self._closing("总分", "")]

    def _signed(self) -> list[list[str]]:
        """Indicators with a column for ≥ and one for the unit."""
        rows = [
            ["绩效指标（90分）", "一级指标", "二级指标", "三级指标", "指标性质", "指标值",
             "度量单位", "完成值", "权重", "得分", "未完成原因分析"]
        ]  # fmt: skip
        for kind, one in self._classed():
            values = ["≥", str(one.target), one.unit, str(one.done), f"{one.weight:f}"]
            given = f"{one.score(self.places[2]):f}"
            rows.append(["", kind, "", one.name, *values, given, one.reason])
        return rows

    def _closing(self, label: str, after: str) -> list[str]:
        return [label, "", "", "", "", "", "", "", "100", f"{self.total():f}", after]


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up, as offices round."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """True forms of any layout."""
    fen = st.integers(0, 10**9).map(lambda n: n * FEN)
    sources = []
    for at in range(3):
        planned = draw(fen) + (WAN if at == 0 else Decimal(0))
        spent = rounded(planned * draw(st.integers(0, 100)) / 100, 2)
        sources.append((draw(fen), planned, spent))
    weights = draw(st.sampled_from([(50, 30, 10), (40, 40, 10), (60, 20, 10)]))
    indicators = []
    for kind, weight in zip(CLASSES, weights, strict=True):
        first = draw(st.integers(1, weight - 1))
        for points in draw(st.sampled_from([(weight,), (first, weight - first)])):
            at = draw(st.integers(0, len(NAMES) - 1))
            target = draw(st.integers(1, 100))
            done = draw(st.integers(0, target)) if draw(st.booleans()) else target
            reason = "" if done >= target else "部分工作推迟"
            name = "群众满意度" if kind == "满意度指标" else NAMES[at]
            unit = "%" if kind == "满意度指标" else UNITS[at]
            weighed = Decimal(points)
            indicators.append(Indicator(kind, name, unit, target, done, weighed, reason))
    return Assessment(
        tuple(sources),
        tuple(indicators),
        (draw(st.integers(0, 6)), draw(st.integers(0, 2)), draw(st.integers(0, 2))),
        draw(st.booleans()),
        draw(st.sampled_from(LAYOUTS)),
        draw(st.booleans()),
    )
