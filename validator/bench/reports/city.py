"""The true budgets of an invented city（账簿）: every budget balances, levels add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.bench.reports.pen import Amount

if TYPE_CHECKING:
    from random import Random

YI = 10_000_000_000
"""A hundred million 元 in 分."""

TAXES = ("增值税", "企业所得税", "契税", "其他税收收入")
FUNCTIONS = (
    "一般公共服务支出", "教育支出", "社会保障和就业支出", "卫生健康支出", "农林水支出",
    "其他各项支出",
)  # fmt: skip
INFLOWS = ("上级补助收入", "债务转贷收入", "上年结转", "调入资金", "动用预算稳定调节基金")
OUTFLOWS = ("上解上级支出", "债务还本支出", "安排预算稳定调节基金")
CITIES = ("岚川市", "临溪市", "栖霞市", "云岭市")
WHOLE, OWN = "全市", "市本级"

Figures = dict[str, int]


class City:
    """Budgets of a city by fund, level and year.

    ``city("全市", "general", "own", 0)`` is this year's, year 1 is the draft for the next
    one; ``last`` and ``plan`` are what it is compared with.
    """

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._figures: dict[tuple[str, str, int], Figures] = {}
        scale = 10 ** rng.uniform(1.2, 2.4)
        fund, capital = self._other(scale * 0.5), self._other(max(scale * 0.03, 1.0))
        self._moved_in = fund["调出资金"] + capital["调出资金"]
        whole = self._general(scale, None, None)
        own = self._general(scale, whole, None)
        self._figures[WHOLE, "general", 0], self._figures[OWN, "general", 0] = whole, own
        self._figures[WHOLE, "general", 1] = self._general(scale, None, whole)
        self._figures[OWN, "general", 1] = self._general(
            scale, self._figures[WHOLE, "general", 1], own
        )
        self._figures[WHOLE, "fund", 0], self._figures[WHOLE, "capital", 0] = fund, capital
        self._figures[WHOLE, "social", 0] = self._social(scale * 0.4)
        self._figures[WHOLE, "debt", 0] = self._debt(scale)

    def __call__(
        self, level: str, fund: str, key: str, year: int = 0, name: str = ""
    ) -> Amount:
        """An amount of a level, fund and year; 0 is the year reported on."""
        figures = self._figures[level, fund, year]
        fact = f"{level}:{fund}:{key}:{year}"
        if year and key == "上年结转":
            fact = f"{level}:{fund}:closing:0"
        last = figures.get(f"{key}:last")
        return Amount(fact, figures[key], last, f"{level}{name or key}")

    def _some(self, scale: float, low: float, high: float) -> int:
        return max(int(YI * scale * self._rng.uniform(low, high)), YI // 2)

    def _moved(self, value: int, low: float = 0.8, high: float = 1.25) -> int:
        change = self._rng.choice(
            [self._rng.uniform(low, 0.965), self._rng.uniform(1.035, high)]
        )
        return int(value / change)

    def _general(self, scale: float, whole: Figures | None, last: Figures | None) -> Figures:
        """The general budget of a level; a part of ``whole`` when that is given."""
        rng = self._rng
        one: Figures = {}

        def leaf(key: str, low: float, high: float) -> None:
            if whole is not None:
                one[key] = int(whole[key] * rng.uniform(0.25, 0.6))
            elif last is not None:
                one[key] = int(last[key] * rng.uniform(1.035, 1.09))
            else:
                one[key] = self._some(scale, low, high)

        for tax in TAXES:
            leaf(tax, 0.15, 0.5)
        leaf("nontax", 0.2, 0.6)
        for function in FUNCTIONS:
            leaf(function, 0.3, 0.9)
        for name in (*INFLOWS[1:], *OUTFLOWS):
            leaf(name, 0.03, 0.2)
        leaf("closing", 0.05, 0.15)
        if whole is None:
            # What the other budgets give out comes in here.
            one["调入资金"] += self._moved_in
        if last is not None:
            one["上年结转"] = last["closing"]
        one["tax"] = sum(one[tax] for tax in TAXES)
        one["own"] = one["tax"] + one["nontax"]
        one["spent"] = sum(one[function] for function in FUNCTIONS)
        one["livelihood"] = int(one["spent"] * rng.uniform(0.65, 0.85))
        self._balance(one, INFLOWS, OUTFLOWS)
        for key in (*TAXES, "nontax", *FUNCTIONS):
            one[f"{key}:last"] = self._moved(one[key]) if last is None else last[key]
            one[f"{key}:plan"] = self._moved(one[key], 0.9, 1.1)
        for ending in ("last", "plan"):
            one[f"tax:{ending}"] = sum(one[f"{tax}:{ending}"] for tax in TAXES)
            one[f"own:{ending}"] = one[f"tax:{ending}"] + one[f"nontax:{ending}"]
            one[f"spent:{ending}"] = sum(one[f"{name}:{ending}"] for name in FUNCTIONS)
        return one

    def _balance(
        self, one: Figures, inflows: tuple[str, ...], outflows: tuple[str, ...]
    ) -> None:
        """Close the gap with the subsidy from above; what is too much is carried on."""
        paid = one["spent"] + sum(one[name] for name in outflows) + one["closing"]
        gap = paid - one["own"] - sum(one[name] for name in inflows[1:])
        one[inflows[0]] = max(YI, gap)
        one["closing"] += max(YI - gap, 0) if gap <= YI else 0
        one["total"] = one["own"] + sum(one[name] for name in inflows)

    def _other(self, scale: float) -> Figures:
        """Government funds, or state capital."""
        one = {
            "own": self._some(scale, 0.5, 1.2),
            "spent": self._some(scale, 0.5, 1.2),
            "上年结转": self._some(scale, 0.05, 0.1),
            "调出资金": self._some(scale, 0.05, 0.2),
            "closing": self._some(scale, 0.02, 0.1),
        }
        self._balance(one, ("上级补助收入", "上年结转"), ("调出资金",))
        for key in ("own", "spent"):
            one[f"{key}:last"], one[f"{key}:plan"] = (
                self._moved(one[key]),
                self._moved(one[key]),
            )
        return one

    def _social(self, scale: float) -> Figures:
        income = self._some(scale, 0.8, 1.2)
        spent = int(income * self._rng.uniform(0.75, 0.95))
        kept = self._some(scale, 1, 2)
        return {"income": income, "spent": spent, "surplus": income - spent, "kept": kept}

    def _debt(self, scale: float) -> Figures:
        general, special = self._some(scale, 0.6, 1.2), self._some(scale, 0.8, 2)
        room = [self._some(scale, 0.01, 0.05) for _ in range(2)]
        limits = {"limit:general": general + room[0], "limit:special": special + room[1]}
        return {
            **limits, "limit": sum(limits.values()), "balance": general + special,
            "balance:general": general, "balance:special": special,
        }  # fmt: skip
