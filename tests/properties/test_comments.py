"""Comments on any words of any Word paragraphs: just these, or all that they stand in."""

from __future__ import annotations

from commented_files import faults, marked, said
from hypothesis import given
from hypothesis import strategies as st
from word_bodies import bare_file, field, par, run

from validator.annotating import annotator
from validator.annotating.notes import Note
from validator.document import Span
from validator.findings import Severity
from validator.readers import read_bytes

_AROUND = (
    "{}",
    "<w:hyperlink w:anchor='a'>{}</w:hyperlink>",
    "<w:ins w:id='7' w:author='b'>{}</w:ins>",
    "<w:fldSimple w:instr='QUOTE'>{}</w:fldSimple>",
    "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:smartTag w:element='a'><w:hyperlink w:anchor='a'>{}</w:hyperlink></w:smartTag>",
    field("begin") + field("separate") + "{}" + field("end"),
    field("begin") + field("separate") + "{}" + run("甲") + field("end") + run("乙"),
)
_WORDS = st.text("一二三四五", min_size=1, max_size=4)
_RUNS = st.lists(_WORDS, min_size=1, max_size=3)
_PARAGRAPH = st.lists(st.tuples(st.sampled_from(_AROUND), _RUNS), min_size=1, max_size=4)


@given(st.lists(_PARAGRAPH, min_size=1, max_size=3), st.data())
def test_comments_stand_on_their_words(
    paragraphs: list[list[tuple[str, list[str]]]], data: st.DataObject
) -> None:
    body = "".join(
        par("".join(around.format("".join(map(run, runs))) for around, runs in one))
        for one in paragraphs
    )
    original = bare_file(body)
    text = read_bytes(original, "a.docx").text
    ends = st.integers(0, len(text) - 1)
    pairs = data.draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=6))
    spans = sorted(Span(min(pair), max(pair)) for pair in pairs)
    notes = [
        Note(span, Severity.ERROR, "错误", (), "X", str(at)) for at, span in enumerate(spans)
    ]

    result = annotator(original, "a.docx").written(notes)

    assert faults(result.data) == []
    assert read_bytes(result.data, "a.docx").text == text
    assert len(result.placed) + len(result.unplaced) == len(notes)
    placed = {note.fingerprint for note in result.placed}
    words_of = marked(result.data)
    for note, number in zip(notes, said(result.data), strict=True):
        words = words_of[number]
        quote = text[note.span.start : note.span.end].replace("\n", "")
        assert words == quote if note.fingerprint in placed else quote in words
