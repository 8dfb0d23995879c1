"""An invented city's four budgets, and the ways that a report on them can be worded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st
from printing import Money, Piece, Pieces, Ratio

YEARS = (2023, 2024)
LEVELS = ("全市", "市本级", "县区级")
FUND_NAMES = {"general": "一般公共预算", "fund": "政府性基金", "capital": "国有资本经营预算"}
LARGE = st.integers(10**10, 10**13)
SMALL = st.one_of(st.integers(10**9, 10**12), st.integers(10**7, 10**10))
INFLOWS = ("上级补助收入", "债务转贷收入", "上年结转", "调入资金", "动用预算稳定调节基金")
OUTFLOWS = ("上解上级支出", "债务还本支出", "安排预算稳定调节基金")


@dataclass(frozen=True, slots=True)
class Budget:
    """One of the budgets of one level and year, in 分; both totals are equal.

    Attributes:
        own: Revenue of the year.
        tax: Tax revenue, part of ``own``.
        before: Revenue of the year before.
        planned: Revenue as budgeted.
        inflows: What is added to revenue.
        spent: Expenditure of the year.
        spent_before: Expenditure of the year before.
        outflows: What is added to expenditure.
        out: 调出资金.
        closing: 结转下年.
    """

    own: int
    tax: int
    before: int
    planned: int
    inflows: tuple[int, ...]
    spent: int
    spent_before: int
    outflows: tuple[int, ...]
    out: int
    closing: int

    @property
    def total(self) -> int:
        return self.own + sum(self.inflows)

    @property
    def spent_total(self) -> int:
        """Total of expenditure without what is carried over."""
        return self.total - self.closing


@dataclass(frozen=True, slots=True)
class Social:
    """Social insurance of one level and year, in 分."""

    income: int
    spent: int
    kept_before: int

    @property
    def surplus(self) -> int:
        return self.income - self.spent

    @property
    def kept(self) -> int:
        return self.kept_before + self.surplus


@dataclass(frozen=True, slots=True)
class _Core:
    """What the levels of one budget share out: revenue, its tax part, expenditure."""

    own: int
    tax: int
    spent: int

    def less(self, other: _Core) -> _Core:
        return _Core(self.own - other.own, self.tax - other.tax, self.spent - other.spent)


def _budget(draw: st.DrawFn, core: _Core, before: tuple[int, int], room: int) -> Budget:
    """A budget around its core; what is left over is carried on, ``room`` at most taken out."""
    inflows = [draw(SMALL) for _ in INFLOWS]
    outflows = [draw(SMALL) for _ in OUTFLOWS]
    out, closing = draw(st.integers(0, room)), draw(SMALL)
    needed = core.spent + sum(outflows) + out + closing
    # The subsidy of the government above closes the gap, and what is too much is carried on.
    gap = needed - core.own - sum(inflows[1:])
    if gap > 0:
        inflows[0] = gap
    else:
        closing += inflows[0] - gap
    return Budget(
        core.own, core.tax, before[0], core.own * 9 // 8 - 1, tuple(inflows), core.spent, before[1],
        tuple(outflows), out, closing,
    )  # fmt: skip


@st.composite
def cities(draw: st.DrawFn) -> dict[tuple[str, str, int], Budget]:
    """Budgets by fund, level and year; those below make up the rest of the whole."""
    found: dict[tuple[str, str, int], Budget] = {}
    for fund in FUND_NAMES:
        before = (draw(LARGE), draw(LARGE))
        for year in YEARS:
            own = draw(LARGE)
            whole = _Core(own, draw(st.integers(own // 3, own)), draw(LARGE))
            part = _Core(*(draw(st.integers(x // 9, x - x // 9)) for x in _parts(whole)))
            part = _Core(part.tax + part.own, part.tax, part.spent)
            for level, core in zip(LEVELS, (whole, part, whole.less(part)), strict=True):
                room = found["general", level, year].inflows[3] // 3 if fund != "general" else 0
                one = _budget(draw, core, before if level == "全市" else (0, 0), room)
                found[fund, level, year] = one
            before = (whole.own, whole.spent)
    return found


def _parts(core: _Core) -> tuple[int, int, int]:
    """Revenue other than tax, tax, expenditure: each is shared out for itself."""
    return core.own - core.tax, core.tax, core.spent


def rate(words: str, now: int, before: int) -> Pieces:
    """，增长X%; nothing where there is nothing to compare with."""
    if not before or now == before:
        return ()
    verb = "增长" if now > before else "下降"
    return (f"{words}{verb}", Ratio(Fraction(abs(now - before), before)))


def listed(names: tuple[str, ...], amounts: tuple[int, ...], stop: str) -> list[Piece]:
    """甲X、乙Y."""
    pieces: list[Piece] = []
    for name, amount in zip(names, amounts, strict=True):
        pieces += [name, Money(amount), stop]
    return pieces[:-1]


def income(draw: st.DrawFn, fund: str, level: str, year: int, one: Budget) -> Pieces:
    """A paragraph on revenue, from the year's own to the total."""
    drafted = year == YEARS[1]
    verb = draw(st.sampled_from(["安排", "预期"] if drafted else ["完成", "", "预计完成"]))
    lead = draw(st.sampled_from([f"{year}年，", f"{year}年", "", ""]))
    pieces: list[Piece] = [f"{lead}{level}{FUND_NAMES[fund]}收入{verb}"]
    pieces.append(Money(one.own))
    if not drafted and draw(st.booleans()):
        pieces += ["，为预算", Money(one.planned), "的", Ratio(Fraction(one.own, one.planned))]
    since = ["，比上年执行数", "，"] if drafted else ["，比上年", "，同比", "，"]
    pieces += rate(draw(st.sampled_from(since)), one.own, one.before)
    if draw(st.booleans()):
        pieces += ["（同口径增长", Ratio(Fraction(draw(st.integers(1, 300)), 1000)), "）"]
    pieces.append("。")
    if fund == "general" and draw(st.booleans()):
        pieces += _kinds(draw, one)
    form = draw(st.sampled_from(["each", "sum", "many", "of_which", "none"]))
    if form == "each":
        pieces += [draw(st.sampled_from(["加", "加上"])), *listed(INFLOWS, one.inflows, "、")]
    elif form == "sum":
        pieces += ["加上转移性收入", Money(sum(one.inflows))]
    elif form == "many":
        pieces += ["加上上级补助收入、上年结转、调入资金等", Money(sum(one.inflows))]
    if form in ("each", "sum", "many"):
        ends = ["收入总计", "收入总量"] if form == "each" else ["收入合计", "收入总计"]
        pieces += [f"，{draw(st.sampled_from(ends))}", Money(one.total), "。"]
    elif form == "of_which":
        names = (f"{FUND_NAMES[fund]}收入", *INFLOWS)
        amounts = (one.own, *one.inflows)
        pieces += [
            "收入总计",
            Money(one.total),
            "，其中：",
            *listed(names, amounts, "，"),
            "。",
        ]
    return tuple(pieces)


def _kinds(draw: st.DrawFn, one: Budget) -> Pieces:
    """Tax and other revenue, with or without their shares."""
    taxes, rest = (Money(one.tax), Money(one.own - one.tax))
    share = Ratio(Fraction(one.tax, one.own))
    return draw(
        st.sampled_from(
            [
                (
                    "其中：税收收入",
                    taxes,
                    "，占一般公共预算收入的比重为",
                    share,
                    "；非税收入",
                    rest,
                    "。",
                ),
                ("其中税收收入", taxes, "、非税收入", rest, "。"),
                ("税收收入完成", taxes, "，税收占比", share, "。非税收入完成", rest, "。"),
                ("其中：税收收入", taxes, "，占", share, "。"),
            ]
        )
    )


def outgo(draw: st.DrawFn, fund: str, level: str, year: int, one: Budget) -> Pieces:
    """A paragraph on expenditure, up to what is carried over."""
    verb = draw(st.sampled_from(["安排", ""] if year == YEARS[1] else ["完成", ""]))
    pieces: list[Piece] = [
        f"{level}{FUND_NAMES[fund]}支出{verb}",
        Money(one.spent),
    ]
    pieces += rate("，", one.spent, one.spent_before)
    if draw(st.booleans()):
        livelihood = draw(st.integers(1, one.spent))
        share = Ratio(Fraction(livelihood, one.spent))
        pieces += [
            "。民生支出",
            Money(livelihood),
            f"，占{level}{FUND_NAMES[fund]}支出的",
            share,
        ]
    pieces.append("。")
    names, amounts = (*OUTFLOWS, "调出资金"), (*one.outflows, one.out)
    form = draw(st.sampled_from(["inside", "left", "between", "none"]))
    if form == "inside":
        parts = listed((*names, "结转下年支出"), (*amounts, one.closing), "、")
        pieces += ["加", *parts, "，支出总计", Money(one.total), "，收支平衡。"]
    elif form == "left":
        pieces += ["加上", *listed(names, amounts, "、"), "，支出总计", Money(one.spent_total)]
        pieces += ["。收支相抵，结转下年", Money(one.closing), "。"]
    elif form == "between":
        pieces += ["支出总计", Money(one.total), "，其中结转下年", Money(one.closing), "。"]
    return tuple(pieces)


def by_level(draw: st.DrawFn, whole: Budget, own: Budget, below: Budget) -> Pieces:
    """How one budget is divided between levels, in one of several forms."""
    part, rest = Money(own.own), Money(below.own)
    share = Ratio(Fraction(own.own, whole.own))
    return draw(
        st.sampled_from(
            [
                ("分级次看，市本级收入", part, "，占全市的", share, "；县区级收入", rest, "。"),
                (
                    "全市一般公共预算收入", Money(whole.own), "，其中：市本级收入", part,
                    "，县区级收入", rest, "。税收收入", Money(whole.tax), "。",
                ),
                (
                    "市本级一般公共预算收入", part, "，占全市一般公共预算收入的", share,
                    "。县区级一般公共预算收入", rest, "，其中：税收收入", Money(below.tax), "。",
                ),
                (
                    "全市一般公共预算支出", Money(whole.spent), "，市本级", Money(own.spent),
                    "。“三公”经费只减不增。",
                ),
            ]
        )
    )  # fmt: skip


def planned(draw: st.DrawFn, level: str, one: Budget) -> Pieces:
    """What was budgeted at first, before what came of it."""
    added = draw(SMALL)
    lead = draw(st.sampled_from(["年初预算安排，", "经人代会批准，2023年", "按照年初预算，"]))
    return (
        f"{lead}{level}一般公共预算收入预算为", Money(one.planned), "，加上级补助收入",
        Money(added), "，收入总计", Money(one.planned + added), "。",
    )  # fmt: skip


def functions(draw: st.DrawFn, level: str, one: Budget) -> Pieces:
    """Some of the functions, beside shares and amounts that overlap them."""
    first, second = draw(st.integers(1, one.spent // 3)), draw(st.integers(1, one.spent // 3))
    share = Ratio(Fraction(first + second, one.spent))
    return (
        f"{level}一般公共预算支出", Money(one.spent), "，其中：教育支出", Money(first),
        "，农林水支出", Money(second), "。上述两项合计", Money(first + second),
        f"，占{level}一般公共预算支出的", share, "。",
    )  # fmt: skip


def table(level: str, year: int, one: Budget) -> list[Pieces]:
    """The revenue of a level in a table: last year, the budget, what came of it."""
    before = (one.before // 3, one.before - one.before // 3)
    plan = (one.planned // 2, one.planned - one.planned // 2)
    done = (one.tax, one.own - one.tax)
    lines: list[Pieces] = [
        (f"附表　{year}年{level}一般公共预算收入执行情况表",),
        (f"项目\t{year - 1}年执行数\t{year}年预算数\t{year}年执行数\t为预算%\t比上年增长%",),
    ]
    names = ("一、税收收入", "二、非税收入", "一般公共预算收入合计")
    rows = zip(
        names, (*before, one.before), (*plan, one.planned), (*done, one.own), strict=True
    )
    for name, was, wanted, now in rows:
        pieces: list[Piece] = [f"{name}\t", Money(was), "\t", Money(wanted), "\t", Money(now)]
        pieces += ["\t", Ratio(Fraction(now, wanted))] if wanted else ["\t"]
        change = Ratio(Fraction(abs(now - was), was)) if was else ""
        pieces += ["\t-" if now < was else "\t", change]
        lines.append(tuple(pieces))
    return lines


def insurance(draw: st.DrawFn, level: str, year: int, one: Social) -> Pieces:
    """A paragraph on social insurance with one of its funds."""
    part = [Money(share) for share in (one.income // 3, one.spent // 3)]
    left = Money(one.income // 3 - one.spent // 3)
    now = draw(st.sampled_from(["本年收支结余", "当年收支结余", "当年结余"]))
    kept = draw(st.sampled_from(["年末滚存结余", "累计结余", "滚存结余"]))
    pieces: list[Piece] = [
        f"{year}年，{level}社会保险基金收入",
        Money(one.income),
    ]
    pieces += ["，支出", Money(one.spent), f"，{now}", Money(one.surplus), f"，{kept}"]
    pieces += [Money(one.kept), "。"]
    if draw(st.booleans()):
        pieces += ["其中：工伤保险基金收入", part[0], "，支出", part[1], f"，{now}", left, "。"]
    return tuple(pieces)


def debts(draw: st.DrawFn, level: str, whole: bool) -> tuple[Pieces, tuple[int, int]]:
    """A paragraph on debt; the limit is never below the balance."""
    general, special = draw(LARGE), draw(LARGE)
    room = (draw(SMALL), draw(SMALL))
    limit = general + special + sum(room)
    lead = draw(st.sampled_from(["省财政厅核定我市", f"2023年{level}"])) if whole else level
    pieces: list[Piece] = [f"{lead}政府债务限额", Money(limit)]
    if draw(st.booleans()):
        pieces += ["，其中：一般债务限额", Money(general + room[0])]
        pieces += ["、专项债务限额", Money(special + room[1])]
    pieces += [f"。2023年末，{level}政府债务余额", Money(general + special)]
    brackets = draw(st.sampled_from([("（", "）"), ("，其中：", "")]))
    pieces += [f"{brackets[0]}一般债务", Money(general), "、专项债务", Money(special)]
    pieces += [f"{brackets[1]}，控制在限额以内。"]
    new = [draw(SMALL), draw(SMALL)]
    pieces += [f"2023年{level}新增政府债券", Money(sum(new)), "，其中：一般债券", Money(new[0])]
    pieces += ["，专项债券", Money(new[1]), "。"]
    return tuple(pieces), (limit, general + special)
