"""What is printed is what is read; every figure stands once, every quote is the text."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st
from printing import ANY_STYLES, CODE_LIKE, CODED, FACTORS, WIDE, Style
from strategies import Sketch, report_on, sketches

from validator.engine.pack_sources import rules_folder
from validator.extract.lexicon import load_lexicon
from validator.extract.normalise import clean
from validator.extract.tokens import Scanner
from validator.facts import FigureKind
from validator.reporters import rendered
from validator.reporters.base import Look, Run
from validator.reporters.summary import summarise

if TYPE_CHECKING:
    from validator.findings import Report

SCANNER = Scanner(load_lexicon(rules_folder() / "lexicon"))
BLANKS = st.sampled_from(["", "", " ", "　", "\n", " \n"])


@st.composite
def printed(draw: st.DrawFn) -> tuple[Decimal, str, str]:
    """A number, its unit, and characters that stand for both, broken as in a PDF."""
    unit = draw(st.sampled_from([*FACTORS, "%", "人", "辆"]))
    whole = unit in ("人", "辆")
    number = Decimal(draw(st.integers(0, 10**12))).scaleb(
        0 if whole else -draw(st.integers(0, 4))
    )
    assume(not (unit in CODED and CODE_LIKE.fullmatch(str(number))))
    text = format(number, ",f" if draw(st.booleans()) else "f")
    wide = draw(st.booleans())
    # A blank after a separator keeps no two numbers apart, but a full-width comma with a
    # blank is the comma of a sentence.
    text = text.replace(",", "," + ("" if wide else draw(BLANKS)))
    text += draw(BLANKS) + draw(BLANKS).join(unit)
    return number, unit, text.translate(WIDE) if wide else text


@given(printed(), st.sampled_from(["支出", "共计", "约定", "为", "：", "合 计"]))
def test_printed_quantities_are_read_back(
    figure: tuple[Decimal, str, str], before: str
) -> None:
    number, unit, text = figure
    source = f"{before}{text}。"
    cleaned = clean(source, 0, len(source))
    (read,) = SCANNER.scan(cleaned.text)

    assert not read.ignored
    assert (read.quantity.number, read.quantity.unit.symbol) == (number, unit)
    assert read.quantity.quantum == Decimal(1).scaleb(int(number.as_tuple().exponent))
    span = cleaned.span(read.start, read.end)
    assert source[span.start : span.end] == text


@given(st.lists(printed(), min_size=2, max_size=6))
def test_figures_of_a_list_are_read_one_by_one(figures: list[tuple[Decimal, str, str]]) -> None:
    source = "支出" + "；其他".join(text for _, _, text in figures) + "。"
    cleaned = clean(source, 0, len(source)).text
    read = [(n.quantity.number, n.quantity.unit.symbol) for n in SCANNER.scan(cleaned)]

    assert read == [(number, unit) for number, unit, _ in figures]


def check_places(report: Report) -> None:
    """Figures are in order and apart; what the report quotes is what stands there."""
    document, reading = report.document, report.reading
    assert document is not None
    assert reading is not None
    ends = [0, *(f.span.end for f in reading.figures)]
    assert all(f.span.start >= end for f, end in zip(reading.figures, ends, strict=False))
    assert [f.id for f in reading.figures] == list(range(len(reading.figures)))
    assert all(f.span.end <= len(document.text) for f in reading.figures)
    told = json.loads(
        rendered(
            "json",
            [report],
            Run(summarise([report]), "sha256:0"),
            Look(evaluations=True, numbers=True),
        )
    )["documents"][0]
    evidence = [e for f in (*told["findings"], *told["evaluations"]) for e in f["evidence"]]
    for place in (*evidence, *told["numbers"]):
        assert 0 <= place["start"] <= place["end"] <= len(document.text)
        assert document.text[place["start"] : place["end"]] == place["quote"]
    starts = [n["start"] for n in told["numbers"]]
    assert len(starts) == len(set(starts)) == len(reading.figures)


@given(sketches(), ANY_STYLES)
def test_every_figure_once_and_every_quote_in_place(
    sketch: Sketch, styles: list[Style]
) -> None:
    report = report_on(sketch.text(styles))
    check_places(report)
    assert report.reading is not None
    amounts = [f for f in report.reading.figures if f.kind is FigureKind.AMOUNT]
    money = [f for _, _, f in sketch.figures(styles) if f.unit in FACTORS]

    assert [f.quantity.number for f in amounts] == [f.number for f in money]
