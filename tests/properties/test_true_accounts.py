"""True accounts are never accused, whatever their unit and precision."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from printing import ANY_STYLES, CODE_LIKE, FACTORS, Fixed, Style, one_unit
from strategies import (
    Paper,
    Sketch,
    figures_on,
    report_on,
    sketches,
    text_of,
    with_figures,
)

from validator.findings import Report, Severity, Verdict
from validator.run import shipped_rules

RULES = {rule.id: rule for rule in shipped_rules().rules}
ERRORS = {rule.id for rule in RULES.values() if rule.severity is Severity.ERROR}
ARITHMETIC = {rule.id for rule in RULES.values() if rule.kind in ("claim", "identity")}
Comparison = tuple[str, str, str, tuple[int, ...]]


@given(sketches(), ANY_STYLES)
def test_true_values_are_never_accused(sketch: Sketch, styles: list[Style]) -> None:
    text = sketch.text(styles)
    report = report_on(text)

    accused = [f.message for f in report.findings if f.severity is not Severity.NOTE]
    assert accused == [], text


@given(sketches(most=9), one_unit())
def test_a_whole_true_report_is_never_accused(sketch: Sketch, styles: list[Style]) -> None:
    report = report_on(sketch.text(styles))

    accused = [f.message for f in report.findings if f.severity is not Severity.NOTE]
    assert accused == [], report.document


def broken(draw: st.DrawFn, paper: Paper) -> Paper:
    """Put one other number into a report, so that something may be wrong with it."""
    figures = figures_on(paper)
    i, j, figure = draw(st.sampled_from(figures))
    steps = draw(st.integers(-2000, 2000))
    number = max(figure.number + steps * _step(figure), _step(figure))
    other = Fixed(number, figure.unit, figure.grouped, figure.wide)
    return with_figures(paper, {(i, j): other})


def _step(figure: Fixed) -> Decimal:
    return Decimal(1).scaleb(int(figure.number.as_tuple().exponent))


@st.composite
def broken_papers(draw: st.DrawFn, styles: st.SearchStrategy[list[Style]]) -> Paper:
    """A report on paper with one number that may be wrong."""
    paper = draw(sketches()).on_paper(draw(styles))
    assume(figures_on(paper))
    return broken(draw, paper)


def comparisons(report: Report) -> list[Comparison]:
    """Every comparison that the rules of arithmetic made."""
    return [
        (e.rule, e.assertion, e.verdict.value, e.figures)
        for e in report.evaluations
        if e.rule in ARITHMETIC
    ]


def coarser(figure: Fixed, decimals: int) -> Fixed | None:
    """The figure with fewer decimals, or None where it would say anything else.

    Rounding twice can name a range that leaves out part of the finer one; that is another
    statement, not a coarser one.
    """
    step = _step(figure)
    wide = Decimal(1).scaleb(-decimals)
    if figure.unit not in (*FACTORS, "%") or wide <= step:
        return None
    number = figure.number.quantize(wide, rounding=ROUND_HALF_UP)
    exact = figure.unit == "元" and step <= Decimal("0.01")
    fine = Decimal(0) if exact else step / 2
    if abs(number - figure.number) + fine > wide / 2 or (decimals == 0 and number == 0):
        return None
    if CODE_LIKE.fullmatch(str(number)):
        return None
    return Fixed(number, figure.unit, figure.grouped, figure.wide)


@given(broken_papers(ANY_STYLES), st.data())
def test_coarser_print_never_adds_an_error(paper: Paper, data: st.DataObject) -> None:
    options = {
        (i, j, decimals): coarse
        for i, j, figure in figures_on(paper)
        for decimals in (0, 1, 2)
        if (coarse := coarser(figure, decimals)) is not None
    }
    assume(options)
    (i, j, decimals) = data.draw(st.sampled_from(sorted(options)))
    rough = with_figures(paper, {(i, j): options[i, j, decimals]})

    def errors(report: Report) -> set[frozenset[int]]:
        """Figures that contradict each other, whichever rule says so."""
        return {
            frozenset(figures)
            for rule, _, verdict, figures in comparisons(report)
            if rule in ERRORS and verdict == "inconsistent"
        }

    # Of three prints that differ, another pair may be the one accused; no new place may be.
    before = errors(report_on(text_of(paper)))
    for error in errors(report_on(text_of(rough))):
        assert any(error & known for known in before)


SHIFTS = {("万元", "百万元"): 2, ("万元", "亿元"): 4, ("千元", "万元"): 1, ("千元", "亿元"): 5}
UNIFORM = one_unit().filter(lambda styles: styles[0].unit in ("万元", "千元"))


@given(broken_papers(UNIFORM), st.sampled_from(sorted(SHIFTS)))
def test_same_values_in_another_unit_keep_every_verdict(
    paper: Paper, units: tuple[str, str]
) -> None:
    before, after = units
    shifted = {
        (i, j): Fixed(
            f.number
            if f.number.as_tuple() == (0, (0,), 0)
            else f.number.scaleb(-SHIFTS[units]),
            after,
        )
        for i, j, f in figures_on(paper)
        if f.unit == before
    }
    assume(shifted)

    expected = comparisons(report_on(text_of(paper)))
    assert comparisons(report_on(text_of(with_figures(paper, shifted)))) == expected


@given(broken_papers(UNIFORM), st.sampled_from(["万元", "百万元", "亿元"]))
def test_a_factor_on_every_amount_keeps_every_verdict(paper: Paper, unit: str) -> None:
    assume(not any("每人补助" in piece for p in paper for piece in p if isinstance(piece, str)))
    multiplied = {
        (i, j): Fixed(f.number, unit, f.grouped, f.wide)
        for i, j, f in figures_on(paper)
        if f.unit in FACTORS
    }
    assume(multiplied)

    expected = comparisons(report_on(text_of(paper)))
    assert comparisons(report_on(text_of(with_figures(paper, multiplied)))) == expected


def test_the_broken_reports_are_really_broken() -> None:
    """The three laws above would hold for a checker that never looks."""
    wrong = Fixed(Decimal("61.50"), "%")
    whole, part, rest = (Fixed(Decimal(n), "万元") for n in ("300.00", "100.00", "200.00"))
    paper: Paper = (
        ("三、支出决算情况说明",),
        ("2020年度本年支出合计", whole, "，其中：基本支出", part, "，占", wrong, "；项目支出", rest, "。"),
    )  # fmt: skip

    verdicts = [c[2] for c in comparisons(report_on(text_of(paper)))]
    assert Verdict.INCONSISTENT.value in verdicts
