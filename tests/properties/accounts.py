"""The books of an invented county office: true values that satisfy every identity."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

CLASSES = (
    "一般公共服务支出",
    "社会保障和就业支出",
    "卫生健康支出",
    "农林水支出",
    "住房保障支出",
)


@dataclass(frozen=True, slots=True)
class Year:
    """Amounts of one year, or of its budget, in 分.

    Attributes:
        staff: 人员经费, all from the general budget.
        public: 公用经费, likewise.
        project: 项目支出 from the general budget.
        fund: 项目支出 from government funds.
        other: 项目支出 from other sources.
        opening: 年初结转和结余.
        closing: 年末结转和结余.
        abroad: 因公出国（境）费.
        buying: 公务用车购置费.
        running: 公务用车运行维护费.
        reception: 公务接待费.
    """

    staff: int
    public: int
    project: int
    fund: int
    other: int
    opening: int
    closing: int
    abroad: int
    buying: int
    running: int
    reception: int

    @property
    def basic(self) -> int:
        return self.staff + self.public

    @property
    def general(self) -> int:
        return self.basic + self.project

    @property
    def projects(self) -> int:
        return self.project + self.fund + self.other

    @property
    def expenditure(self) -> int:
        return self.basic + self.projects

    @property
    def total(self) -> int:
        return self.expenditure + self.closing

    @property
    def revenue(self) -> int:
        return self.total - self.opening

    @property
    def cars(self) -> int:
        return self.buying + self.running

    @property
    def three_public(self) -> int:
        return self.abroad + self.cars + self.reception


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that a report can tell.

    Attributes:
        now: This year's accounts.
        before: Last year's.
        budget: This year's budget.
        classes: 功能分类 of the general budget's expenditure; their sum is ``now.general``.
        revenue: General, fund and other revenue; their sum is ``now.revenue``.
        purchases: 货物、工程、服务.
        posts: 行政、事业、工勤编制.
        vehicles: 轿车、越野车、载客汽车.
        wardens: How many people are paid a subsidy.
        subsidy: What each gets, in 元.
    """

    now: Year
    before: Year
    budget: Year
    classes: tuple[int, ...]
    revenue: tuple[int, int, int]
    purchases: tuple[int, int, int]
    posts: tuple[int, int, int]
    vehicles: tuple[int, int, int]
    wardens: int
    subsidy: int


AMOUNTS = st.one_of(
    st.integers(100_000, 10**11),
    st.integers(100_000, 10**9),
    st.integers(1, 10**6),
    st.just(0),
)
LARGE = st.integers(10**7, 10**11)


@st.composite
def years(draw: st.DrawFn, amounts: st.SearchStrategy[int]) -> Year:
    """One year's accounts."""
    staff, public, project = draw(LARGE), draw(LARGE), draw(amounts)
    fund, other, closing = draw(amounts), draw(amounts), draw(amounts)
    total = staff + public + project + fund + other + closing
    opening = min(draw(amounts), total // 2)
    # What is spent on travel, cars and guests is part of what the general budget pays.
    room = (staff + public + project) // 8
    parts = [min(draw(amounts), room) for _ in range(4)]
    return Year(staff, public, project, fund, other, opening, closing, *parts)


def split(draw: st.DrawFn, whole: int, parts: int) -> list[int]:
    """Cut a whole into parts that add up to it."""
    cuts = sorted(draw(st.integers(0, whole)) for _ in range(parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]


@st.composite
def books(draw: st.DrawFn, amounts: st.SearchStrategy[int] = AMOUNTS) -> Books:
    """A set of books; ``amounts`` draws the amounts, in 分."""
    now = draw(years(amounts))
    general, fund, other = split(draw, now.revenue, 3)
    goods, works, services = (draw(amounts) for _ in range(3))
    counts = st.tuples(*[st.integers(0, 60)] * 3)
    return Books(
        now,
        draw(st.one_of(years(amounts), st.just(now))),
        draw(st.one_of(years(amounts), st.just(now))),
        tuple(split(draw, now.general, draw(st.integers(2, len(CLASSES))))),
        (general, fund, other),
        (goods, works, services),
        draw(counts),
        draw(counts),
        draw(st.integers(2, 400)),
        draw(st.integers(1, 90)) * 100,
    )
