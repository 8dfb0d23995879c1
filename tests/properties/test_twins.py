"""The same paragraphs as text and as a Word file give the same findings."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from hypothesis import given, settings
from printing import ANY_STYLES, Style, print_pieces
from strategies import Paper, text_of
from test_true_accounts import broken_papers

from validator.run import check

if TYPE_CHECKING:
    from validator.findings import Report


def word_file(paper: Paper) -> bytes:
    word = docx.Document()
    for pieces in paper:
        word.add_paragraph(print_pieces(pieces, [Style()]))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def told(report: Report) -> list[tuple[str, str, list[str]]]:
    assert report.document is not None, report.error
    return [
        (f.rule, f.message, [report.document.quote(e.span) for e in f.evidence])
        for f in report.findings
    ]


@settings(max_examples=50)
@given(broken_papers(ANY_STYLES))
def test_text_and_word_give_the_same_findings(paper: Paper) -> None:
    as_text = check(text_of(paper).encode(), name="t.txt")
    as_word = check(word_file(paper), name="t.docx")

    assert told(as_word) == told(as_text)
