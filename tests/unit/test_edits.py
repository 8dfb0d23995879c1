"""Edits of a document: the text changes, and every place behind it moves along."""

from __future__ import annotations

from pathlib import Path

import pytest
from charted_file import charted

from validator.document import Span
from validator.edits import Edit, edited
from validator.readers import read, read_bytes

EXAMPLES = Path(__file__).parents[2] / "examples" / "clean"
TEXT = "收入100.00万元。\n支出90.00万元。\n项目\t预算数\t决算数\n办公费\t3.20\t2.80\n"


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize("words", ["100.00", "1.00", "1,000,000.00"])
def test_text_changes_in_one_place(words: str) -> None:
    document = read_bytes(TEXT.encode(), "a.txt")

    changed = edited(document, Edit(at(TEXT, "100.00"), words))

    assert changed.text == TEXT.replace("100.00", words)


@pytest.mark.parametrize("name", ["final_accounts.docx", "execution_report.txt"])
def test_blocks_and_cells_still_hold_their_words(name: str) -> None:
    document = read(EXAMPLES / name)
    first = document.blocks[3]

    changed = edited(document, Edit(Span(first.span.start, first.span.start + 1), "甲乙丙"))

    before = [document.quote(block.span) for block in document.blocks]
    after = [changed.quote(block.span) for block in changed.blocks]
    assert after[3] == "甲乙丙" + before[3][1:]
    assert after[:3] + after[4:] == before[:3] + before[4:]
    for table, moved in zip(document.tables, changed.tables, strict=True):
        assert [changed.quote(c.span) for c in moved.cells] == [
            document.quote(c.span) for c in table.cells
        ]


def test_a_chart_behind_the_edit_moves() -> None:
    document = read_bytes(charted(), "a.docx")
    assert document.charts

    changed = edited(document, Edit(Span(0, 1), "甲乙丙"))

    for chart, moved in zip(document.charts, changed.charts, strict=True):
        for series, other in zip(chart.series, moved.series, strict=True):
            assert changed.quote(other.name_span) == document.quote(series.name_span)
            for point, place in zip(series.points, other.points, strict=True):
                assert changed.quote(place.span) == document.quote(point.span)
                assert changed.quote(place.label_span) == document.quote(point.label_span)


def test_a_record_behind_the_edit_moves() -> None:
    document = read(EXAMPLES / "final_accounts.records.yaml")
    records = [one for r in document.records for one in r.records]

    changed = edited(document, Edit(records[0].span, "123456.00"))

    moved = [one for r in changed.records for one in r.records]
    assert changed.quote(moved[0].span) == "123456.00"
    assert [changed.quote(one.span) for one in moved[1:]] == [
        document.quote(one.span) for one in records[1:]
    ]


def test_lines_are_counted_anew() -> None:
    document = read_bytes(TEXT.encode(), "a.txt")
    line = document.line_of(TEXT.index("支出"))

    changed = edited(document, Edit(at(TEXT, "100.00"), "1"))

    assert changed.line_of(changed.text.index("支出")) == line


def test_undoing_an_edit_gives_the_document_again() -> None:
    document = read(EXAMPLES / "final_accounts.docx")
    edit = Edit(at(document.text, "1573.80万元"), "1537.8元")

    there = edited(document, edit)
    back = edited(there, Edit(edit.moved(edit.span), "1573.80万元"))

    assert back == document


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        (Span(0, 4), Span(0, 4)),
        (Span(4, 10), Span(4, 7)),
        (Span(10, 12), Span(7, 9)),
        (Span(2, 14), Span(2, 11)),
        (Span(6, 12), Span(4, 9)),
        (Span(2, 8), Span(2, 7)),
    ],
    ids=["before", "itself", "behind", "around", "from inside", "into"],
)
def test_spans_move(span: Span, wanted: Span) -> None:
    assert Edit(Span(4, 10), "一二三").moved(span) == wanted


def test_an_edit_stays_within_its_line() -> None:
    document = read_bytes(TEXT.encode(), "a.txt")

    with pytest.raises(ValueError, match="within its line"):
        edited(document, Edit(Span(0, 2), "甲\n乙"))
