"""Comparing two versions finds the figures that were changed, all of them and no others."""

from __future__ import annotations

import io
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.bench.reports import KINDS, STYLES, generate
from validator.comparing import ChangeKind, compare
from validator.extract import understand
from validator.findings import Report, Status
from validator.readers import read_bytes
from validator.run import shipped_rules

if TYPE_CHECKING:
    from validator.bench.ledger import CleanReport, Slot

REPORTS = st.builds(
    generate, st.integers(0, 9999), st.sampled_from(KINDS), st.sampled_from(STYLES)
)
INSERTED = "云岭县应急物资储备库建设补助资金77.31万元，涉及13个乡镇，占全部补助的3.33%。"


@cache
def read(data: bytes, name: str = "报告.txt") -> Report:
    """A report as it is understood; comparing figures needs no rules."""
    document = read_bytes(data, name)
    reading = understand(document, shipped_rules().lexicon)
    return Report(name, Status.CHECKED, document=document, reading=reading)


def word_file(text: str) -> bytes:
    """The same report as a Word file, its rows as tables."""
    word = docx.Document()
    for in_table, lines in groupby(text.splitlines(), key=lambda line: "\t" in line):
        rows = [line.split("\t") for line in lines]
        if not in_table:
            for (line,) in rows:
                word.add_paragraph(line)
            continue
        table = word.add_table(len(rows), max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=False):
                cell.text = words
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def with_other_digits(
    clean: CleanReport, data: st.DataObject, most: int
) -> tuple[str, list[Slot]]:  # fmt: skip
    """The report with one digit changed in each of some figures, and these."""
    slots = [slot for slot in clean.slots if slot.quantity is not None]
    chosen = data.draw(st.lists(st.sampled_from(slots), min_size=1, max_size=most, unique=True))
    chosen.sort(key=lambda slot: slot.span)
    text = clean.text
    for slot in reversed(chosen):
        words = clean.quote(slot)
        at = data.draw(st.sampled_from([k for k, c in enumerate(words) if c.isdigit()]))
        digit = data.draw(st.sampled_from([c for c in "123456789" if c != words[at]]))
        start = slot.span.start + at
        text = f"{text[:start]}{digit}{text[start + 1 :]}"
    return text, chosen


@settings(max_examples=30)
@given(REPORTS)
def test_a_report_against_itself(clean: CleanReport) -> None:
    one = read(clean.text.encode())
    both = compare(one, one)

    assert both.figures == ()
    assert both.same >= sum(slot.quantity is not None for slot in clean.slots)


@settings(max_examples=25)
@given(REPORTS)
def test_a_report_against_its_twin_in_word(clean: CleanReport) -> None:
    both = compare(read(clean.text.encode()), read(word_file(clean.text), "报告.docx"))

    assert both.figures == ()


@settings(max_examples=40)
@given(st.data(), REPORTS)
def test_changed_digits_and_no_others(data: st.DataObject, clean: CleanReport) -> None:
    text, chosen = with_other_digits(clean, data, 12)

    both = compare(read(clean.text.encode()), read(text.encode()))

    assert {change.kind for change in both.figures} == {ChangeKind.CHANGED}
    spans = [change.old.span for change in both.figures if change.old]
    assert len(spans) == len(chosen)
    assert all(slot.span.overlaps(span) for slot, span in zip(chosen, spans, strict=True))


@settings(max_examples=25)
@given(st.data(), REPORTS)
def test_changed_digits_behind_an_inserted_paragraph(
    data: st.DataObject, clean: CleanReport
) -> None:
    text, chosen = with_other_digits(clean, data, 4)
    lines = text.splitlines(keepends=True)
    # Not into a table, which would cut it in two.
    free = [at for at, line in enumerate(lines) if "\t" not in line]
    at = data.draw(st.sampled_from(free))
    longer = "".join([*lines[:at], INSERTED, "\n", *lines[at:]])

    both = compare(read(clean.text.encode()), read(longer.encode()))

    assert len(both.of_kind(ChangeKind.CHANGED)) == len(chosen)
    assert len(both.of_kind(ChangeKind.ADDED)) == 3
    assert len(both.figures) == len(chosen) + 3
