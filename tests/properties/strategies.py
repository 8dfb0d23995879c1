"""Small reports about invented books, in our own words, as pieces that can be printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from accounts import AMOUNTS, CLASSES, Books, books
from hypothesis import strategies as st
from printing import Count, Fixed, Money, Piece, Pieces, Ratio, Style, fix_pieces, print_pieces

from validator.findings import Report, Status
from validator.readers import read_bytes
from validator.run import check_document, shipped_rules

if TYPE_CHECKING:
    from validator.document import Document

Paper = tuple[Pieces, ...]
UNITS = ("水务局", "林业局", "档案局", "气象服务局")
MORE = (("增加", "增长"), ("增加", "上升"), ("提高", "提高"))
LESS = (("减少", "下降"), ("减少", "降低"), ("减少", "减少"))


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report before it is printed（草稿）: sections of (title, paragraphs)."""

    unit: str
    sections: tuple[tuple[str, tuple[Pieces, ...]], ...]

    @property
    def paragraphs(self) -> list[Pieces]:
        """Every paragraph, headings too."""
        lines: list[Pieces] = [(f"云岭县{self.unit}2020年度部门决算",)]
        for number, (title, paragraphs) in zip(
            "一二三四五六七八九", self.sections, strict=False
        ):
            lines += [(f"{number}、{title}",), *paragraphs]
        return lines

    def on_paper(self, styles: Sequence[Style]) -> Paper:
        """The report as printed; each paragraph begins with another of the styles."""
        n = len(styles)
        return tuple(
            fix_pieces(pieces, [*styles[i % n :], *styles[: i % n]])
            for i, pieces in enumerate(self.paragraphs)
        )

    def figures(self, styles: Sequence[Style]) -> list[tuple[int, int, Fixed]]:
        """The printed figures; see ``figures_on``."""
        return figures_on(self.on_paper(styles))

    def text(self, styles: Sequence[Style]) -> str:
        """The characters of the printed report."""
        return text_of(self.on_paper(styles))


def text_of(paper: Paper) -> str:
    """The characters of a report on paper."""
    return "".join(f"{print_pieces(pieces, [Style()])}\n" for pieces in paper)


def figures_on(paper: Paper) -> list[tuple[int, int, Fixed]]:
    """Figures with the index of their paragraph and of their piece."""
    return [
        (i, j, piece)
        for i, pieces in enumerate(paper)
        for j, piece in enumerate(pieces)
        if isinstance(piece, Fixed)
    ]


def with_figures(paper: Paper, change: Mapping[tuple[int, int], Fixed]) -> Paper:
    """The same report with other figures in some places."""
    return tuple(
        tuple(change.get((i, j), piece) for j, piece in enumerate(pieces))
        for i, pieces in enumerate(paper)
    )


def report_of(document: Document) -> Report:
    """Check a document with every rule that ships."""
    report = check_document(document, shipped_rules())
    assert report.status is Status.CHECKED, report.trace
    return report


def report_on(text: str) -> Report:
    """Check a text with every rule that ships."""
    return report_of(read_bytes(text.encode(), "t.txt"))


def share(part: int, whole: int, words: str) -> Pieces:
    """，占X%; nothing where there is no whole."""
    return (words, Ratio(Fraction(part, whole))) if whole else ()


def change(draw: st.DrawFn, now: int, before: int, subject: str = "") -> Pieces:
    """A comparison with last year, in one of several forms."""
    if now == before:
        return (draw(st.sampled_from(["与2019年度持平", "与上年相比无变化"])),)
    named = ("与2019年度相比，", "与上年相比，")
    plain = ("比2019年度", "比上年", "较上年度")
    since = draw(st.sampled_from(named if subject else (*plain, *named)))
    amount, rate = draw(st.sampled_from(MORE if now > before else LESS))
    difference = Money(abs(now - before))
    ratio = Ratio(Fraction(abs(now - before), before)) if before else None
    form = draw(st.sampled_from(["both", "amount", "rate", "prior"]))
    pieces: list[Piece] = [since, subject]
    if form == "prior" and not since.startswith("与"):
        pieces = [f"{since}的" if draw(st.booleans()) else since, Money(before)]
    if form != "rate" or ratio is None:
        pieces += [amount, difference]
    if form == "amount" or ratio is None:
        return tuple(pieces)
    return (*pieces, rate if form == "rate" else f"，{rate}", ratio)


def completion(draw: st.DrawFn, actual: int, budget: int, name: str) -> Pieces:
    """Budget, actual, rate, and now and then the reason why they differ."""
    word = draw(st.sampled_from(["年初预算", "预算"]))
    # Less than a hundredth is told in words.
    rated = budget > 0 and (actual == 0 or actual * 100 >= budget)
    if draw(st.booleans()) or not rated:
        pieces: list[Piece] = [f"{name}{word}为", Money(budget), "，支出决算为", Money(actual)]
        if rated:
            pieces += [f"，完成{word}的", Ratio(Fraction(actual, budget))]
    else:
        pieces = [f"{name}支出决算为", Money(actual), f"，完成{word}", Money(budget), "的"]
        pieces.append(Ratio(Fraction(actual, budget)))
    if draw(st.booleans()):
        relation = "大于" if actual > budget else "小于" if actual < budget else "等于"
        why = "" if actual == budget else "的主要原因是工作安排有变"
        pieces.append(f"，决算数{relation}预算数{why}")
    return (*pieces, "。")


FORMS = ("plain", "shares", "respective", "respective shares")


def listed(
    draw: st.DrawFn,
    names: Sequence[str],
    parts: Sequence[int],
    whole: int,
    forms: Sequence[str] = FORMS,
) -> Pieces:
    """其中：A…，占a%；B…，占b%。or A、B分别为…，占比分别为…。"""
    form = draw(st.sampled_from(forms))
    if not whole and "shares" in form:
        form = "plain"
    pieces: list[Piece] = ["，其中："]
    if form.startswith("respective"):
        pieces.append("、".join(names) + "分别为")
        pieces += _joined([Money(part) for part in parts])
        if form.endswith("shares"):
            pieces += ["，占比分别为", *_joined([Ratio(Fraction(p, whole)) for p in parts])]
        return (*pieces, "。")
    words = draw(st.sampled_from(["，占", "，占比", "、占"]))
    mark = draw(st.sampled_from(["；", "，"])) if form == "plain" else "；"
    for i, (name, part) in enumerate(zip(names, parts, strict=True)):
        pieces += [mark if i else "", name, Money(part)]
        if form == "shares":
            pieces += share(part, whole, words)
    return (*pieces, "。")


def _joined(figures: Sequence[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for i, figure in enumerate(figures):
        joined += ["、" if i else "", figure]
    return joined


def totals(draw: st.DrawFn, b: Books) -> list[Pieces]:
    now = b.now
    balance: list[Pieces] = [
        ("2020年度收入总计", Money(now.total), "，支出总计", Money(now.total), "。"),
        ("2020年度收、支总计均为", Money(now.total), "。", *change(draw, now.total, b.before.total, "收、支总计各"), "。"),
        (
            "收入总计", Money(now.total), "，包括本年收入合计", Money(now.revenue), "、年初结转和结余", Money(now.opening),
            "；支出总计", Money(now.total), "，包括本年支出合计", Money(now.expenditure), "、年末结转和结余", Money(now.closing), "。",
        ),
    ]  # fmt: skip
    return [balance[i] for i in sorted(draw(st.sets(st.integers(0, 2), min_size=1)))]


def revenue(draw: st.DrawFn, b: Books) -> list[Pieces]:
    names = ("一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "其他收入")
    return [
        (
            "2020年度本年收入合计",
            Money(b.now.revenue),
            *listed(draw, names, b.revenue, b.now.revenue),
        )
    ]


def expenditure(draw: st.DrawFn, b: Books) -> list[Pieces]:
    names, parts = ("基本支出", "项目支出"), (b.now.basic, b.now.projects)
    head = ("2020年度本年支出合计", Money(b.now.expenditure))
    paragraphs = [(*head, *listed(draw, names, parts, b.now.expenditure))]
    if draw(st.booleans()):
        paragraphs.append(
            (
                "2020年度本年支出合计",
                Money(b.now.expenditure),
                "，",
                *change(draw, b.now.expenditure, b.before.expenditure),
                "。",
            )
        )
    return paragraphs


def general(draw: st.DrawFn, b: Books) -> list[Pieces]:
    now, head = b.now, "2020年度一般公共预算财政拨款支出"
    names = CLASSES[: len(b.classes)]
    forms: list[Pieces] = [
        (head, Money(now.general), "，占本年支出合计", Money(now.expenditure), "的", Ratio(Fraction(now.general, now.expenditure)), "。", *change(draw, now.general, b.before.general, "一般公共预算财政拨款支出"), "。"),
        (head, Money(now.general), *listed(draw, names, b.classes, now.general)),
        completion(draw, now.general, b.budget.general, "2020年度一般公共预算财政拨款"),
    ]  # fmt: skip
    return [forms[i] for i in sorted(draw(st.sets(st.integers(0, 2), min_size=1)))]


def basic(draw: st.DrawFn, b: Books) -> list[Pieces]:
    names, parts = ("人员经费", "公用经费"), (b.now.staff, b.now.public)
    head = ("2020年度一般公共预算财政拨款基本支出", Money(b.now.basic))
    return [(*head, *listed(draw, names, parts, b.now.basic))]


def three_public(draw: st.DrawFn, b: Books) -> list[Pieces]:
    now, was, plan = b.now, b.before, b.budget
    names = ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")
    values = [(now.abroad, was.abroad), (now.cars, was.cars), (now.reception, was.reception)]
    head = "2020年度“三公”经费财政拨款支出决算为"
    forms: list[Pieces] = [
        (head, Money(now.three_public), *listed(draw, names, [v for v, _ in values], now.three_public, FORMS[:2])),
        completion(draw, now.three_public, plan.three_public, "2020年度“三公”经费财政拨款"),
        ("“三公”经费支出决算", Money(now.three_public), "，", *change(draw, now.three_public, was.three_public), "。"),
    ]  # fmt: skip
    paragraphs = [forms[i] for i in sorted(draw(st.sets(st.integers(0, 2), min_size=1)))]
    if draw(st.booleans()):
        for number, name, (value, earlier) in zip("123", names, values, strict=True):
            paragraphs.append(
                (
                    f"{number}.{name}支出",
                    Money(value),
                    "，",
                    *change(draw, value, earlier),
                    "。",
                )
            )
        if now.cars and draw(st.booleans()):
            paragraphs.insert(
                -1,
                (
                    "其中：公务用车购置费支出",
                    Money(now.buying),
                    "，公务用车运行维护费支出",
                    Money(now.running),
                    "。",
                ),
            )
    return paragraphs


def running(draw: st.DrawFn, b: Books) -> list[Pieces]:
    head: Pieces = ("2020年度机关运行经费支出", Money(b.now.public), "，")
    return [(*head, *change(draw, b.now.public, b.before.public), "，主要原因是办公用房调整。")]


def purchases(draw: st.DrawFn, b: Books) -> list[Pieces]:
    whole = sum(b.purchases)
    names = ("货物支出", "工程支出", "服务支出")
    return [
        ("2020年度政府采购支出总额", Money(whole), *listed(draw, names, b.purchases, whole))
    ]


def people(draw: st.DrawFn, b: Books) -> list[Pieces]:
    def parts(names: str, counts: Sequence[int], one: str) -> list[Piece]:
        pieces: list[Piece] = []
        for name, number in zip(names.split(), counts, strict=True):
            pieces += ["、" if pieces else "", name, Count(number, one)]
        return pieces

    forms: list[Pieces] = [
        ("年末核定编制", Count(sum(b.posts), "名"), "，其中：", *parts("行政编制 事业编制 工勤编制", b.posts, "名"), "。"),
        ("年末共有车辆", Count(sum(b.vehicles), "辆"), "，其中：", *parts("轿车 越野车 载客汽车", b.vehicles, "辆"), "。"),
        ("聘用护渠员", Count(b.wardens, "名"), "，每人补助", Count(b.subsidy, "元"), "，共支出", Money(b.wardens * b.subsidy * 100), "。"),
    ]  # fmt: skip
    return [forms[i] for i in sorted(draw(st.sets(st.integers(0, 2), min_size=1)))]


Section = Callable[[st.DrawFn, Books], list[Pieces]]
SECTIONS: tuple[tuple[str, Section], ...] = (
    ("收入支出决算总体情况说明", totals),
    ("收入决算情况说明", revenue),
    ("支出决算情况说明", expenditure),
    ("一般公共预算财政拨款支出决算情况说明", general),
    ("一般公共预算财政拨款基本支出决算情况说明", basic),
    ("“三公”经费财政拨款支出决算情况说明", three_public),
    ("机关运行经费支出情况", running),
    ("政府采购支出情况", purchases),
    ("人员和资产情况", people),
)


@st.composite
def sketches(
    draw: st.DrawFn, amounts: st.SearchStrategy[int] = AMOUNTS, most: int = 4
) -> Sketch:
    """A report of a few sections whose true values satisfy every identity."""
    told = draw(books(amounts))
    chosen = draw(st.sets(st.integers(0, len(SECTIONS) - 1), min_size=1, max_size=most))
    return Sketch(
        draw(st.sampled_from(UNITS)),
        tuple((SECTIONS[i][0], tuple(SECTIONS[i][1](draw, told))) for i in sorted(chosen)),
    )
