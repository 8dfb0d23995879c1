"""True tables for the properties: forms made from true amounts, printed as offices print."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from validator import check
from validator.findings import Finding, Report, Severity

NAMES = {
    "201": "一般公共服务支出", "20126": "档案事务", "2012601": "行政运行", "2012604": "档案馆",
    "208": "社会保障和就业支出", "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休", "2080505": "机关事业单位基本养老保险缴费支出",
    "20808": "抚恤", "2080801": "死亡抚恤",
    "210": "卫生健康支出", "21011": "行政事业单位医疗", "2101101": "行政单位医疗",
    "213": "农林水支出", "21303": "水利", "2130301": "行政运行", "2130314": "防汛",
    "221": "住房保障支出", "22102": "住房改革支出", "2210201": "住房公积金",
}  # fmt: skip
LEAVES = sorted(code for code in NAMES if len(code) == 7)
FACTORS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
Amounts = list[Decimal]
Rows = list[list[str | Decimal]]


@dataclass(frozen=True)
class Print:
    """How a table is printed: unit, decimals, and the places where zero is left blank."""

    unit: str = "万元"
    places: int = 2
    blanks: frozenset[int] = frozenset()
    grouped: bool = False

    def cell(self, amount: Decimal, at: int = 0) -> str:
        """One amount in 元, rounded by itself."""
        step = Decimal(1).scaleb(-self.places)
        number = (amount / FACTORS[self.unit]).quantize(step, ROUND_HALF_UP)
        if not amount and at % 7 in self.blanks:
            return ""
        return f"{number:,f}" if self.grouped else f"{number:f}"

    @property
    def step(self) -> Decimal:
        """The last printed digit in 元."""
        return Decimal(1).scaleb(-self.places) * FACTORS[self.unit]


@dataclass(frozen=True)
class Sheet:
    """A true table: title, heads, rows of words and amounts in 元."""

    title: str
    heads: list[str]
    rows: Rows

    def text(self, how: Print) -> str:
        """The table between pipes, under its title and unit."""
        lines = [self.title, f"单位：{how.unit}", *self.heads]
        for i, row in enumerate(self.rows):
            cells = [
                how.cell(c, 3 * i + j) if isinstance(c, Decimal) else c
                for j, c in enumerate(row)
            ]
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join(lines)

    def amounts(self) -> list[tuple[int, int]]:
        """Places of its amounts."""
        return [
            (i, j)
            for i, row in enumerate(self.rows)
            for j, cell in enumerate(row)
            if isinstance(cell, Decimal)
        ]

    def with_amount(self, place: tuple[int, int], amount: Decimal) -> Sheet:
        """The same table with another amount in one place."""
        rows = [list(row) for row in self.rows]
        rows[place[0]][place[1]] = amount
        return Sheet(self.title, self.heads, rows)


FEN = st.integers(0, 9_000_000_00).map(lambda n: Decimal(n) / 100) | st.just(Decimal(0))
PRINTS = st.builds(
    Print,
    st.sampled_from(["元", "万元", "亿元"]),
    st.integers(0, 2),
    st.frozensets(st.integers(0, 6)),
    st.booleans(),
)


@st.composite
def expenditures(draw: st.DrawFn) -> Sheet:
    """支出决算表 with a random hierarchy of codes."""
    codes = draw(st.lists(st.sampled_from(LEAVES), min_size=2, max_size=6, unique=True))
    leaves = {code: (draw(FEN), draw(FEN)) for code in codes}
    rows: Rows = []
    for code in ["", *sorted({c[:n] for c in codes for n in (3, 5, 7)})]:
        parts = [amounts for leaf, amounts in leaves.items() if leaf.startswith(code)]
        basic, project = (sum(column, Decimal(0)) for column in zip(*parts, strict=True))
        rows.append([code, NAMES.get(code, "合计"), basic + project, basic, project])
    if draw(st.booleans()):
        rows.append(rows.pop(0))
    heads = ["| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |"]
    return Sheet("2023年度支出决算表", heads, rows)


@st.composite
def summaries(draw: st.DrawFn) -> Sheet:
    """收入支出决算总表 with its two lanes."""
    paid, closing = [draw(FEN) for _ in range(3)], draw(FEN)
    spent = sum(paid, Decimal(0))
    grand = spent + closing
    opening = min(draw(FEN), grand)
    other = min(draw(FEN), grand - opening)
    rows: Rows = [
        [
            "一、一般公共预算财政拨款收入",
            grand - opening - other,
            "一、一般公共服务支出",
            paid[0],
        ],
        ["二、政府性基金预算财政拨款收入", Decimal(0), "二、教育支出", paid[1]],
        ["三、其他收入", other, "三、农林水支出", paid[2]],
        ["本年收入合计", grand - opening, "本年支出合计", spent],
        ["年初结转和结余", opening, "年末结转和结余", closing],
        ["总计", grand, "总计", grand],
    ]
    return Sheet("2023年度收入支出决算总表", ["| 项目 | 决算数 | 项目 | 决算数 |"], rows)


@st.composite
def three_publics(draw: st.DrawFn) -> Sheet:
    """“三公”经费支出决算表 in twelve columns."""
    row: list[str | Decimal] = []
    planned = [draw(FEN) for _ in range(4)]
    spent = [min(draw(FEN), most) for most in planned]  # no more than was planned
    for abroad, bought, running, hosted in (planned, spent):
        cars = bought + running
        row += [abroad + cars + hosted, abroad, cars, bought, running, hosted]
    heads = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费"]
    parts = ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""]
    lines = [["预算数", *[""] * 5, "决算数", *[""] * 5], heads * 2, parts * 2]
    return Sheet(
        "2023年度财政拨款“三公”经费支出决算表",
        [f"| {' | '.join(line)} |" for line in lines],
        [row],
    )


TABLES = expenditures() | summaries() | three_publics()


def shares() -> st.SearchStrategy[list[Amounts]]:
    """Amounts of a few groups, each of one part or more."""
    return st.lists(st.lists(FEN, min_size=1, max_size=3), min_size=2, max_size=5)


@st.composite
def scores(draw: st.DrawFn) -> tuple[list[int], list[Decimal]]:
    """Weights that make 100 and a score for each."""
    cuts = sorted(draw(st.sets(st.integers(5, 95), min_size=2, max_size=6)))
    weights = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    lost = [draw(st.integers(0, 10 * weight)) for weight in weights]
    return weights, [Decimal(10 * w - n) / 10 for w, n in zip(weights, lost, strict=True)]


def score_form(weights: list[int], got: list[Decimal], total: Decimal) -> str:
    """项目支出绩效自评表 with a total row."""
    lines = ["2023年度项目支出绩效自评表", "| 一级指标 | 三级指标 | 指标值 | 分值 | 得分 |"]
    for number, (weight, score) in enumerate(zip(weights, got, strict=True), 1):
        lines.append(
            f"| 产出指标 | 第{'甲乙丙丁戊己庚'[number - 1]}项工作 | 完成 | {weight} | {score} |"
        )
    lines.append(f"| 总分 |  |  | 100 | {total} |")
    return "\n".join(lines)


def judged(text: str) -> Report:
    """The report on a text file."""
    return check(text.encode(), name="表.txt")


def grave(text: str) -> list[Finding]:
    """Errors and warnings on a text."""
    return [f for f in judged(text).findings if f.severity is not Severity.NOTE]
