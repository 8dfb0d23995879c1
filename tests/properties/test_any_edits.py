"""However the words of a Word file are cut into runs, an edit changes its own words only."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from word_bodies import accepted, bare_file, par, rejected, run

from validator.document import Span
from validator.edits import Edit
from validator.readers import read_bytes
from validator.rewriting import rewriter

WORDS = st.text("增减收入支出预算0123456789.%，。万元", min_size=1, max_size=6)
OTHERS = 'w:id="{}" w:author="李四"'


@st.composite
def contents_of_a_paragraph(draw: st.DrawFn) -> str:
    """Runs, some of them inserted, linked or marked by somebody, deleted words between."""
    pieces = []
    for number, words in enumerate(draw(st.lists(WORDS, min_size=1, max_size=8))):
        look = draw(st.sampled_from(["", "<w:b/>", "<w:i/>"]))
        mark = OTHERS.format(number)
        kinds = {
            "plain": run(words, look),
            "inserted": f"<w:ins {mark}>{run(words)}{run('又', look)}</w:ins>",
            "linked": f'<w:hyperlink w:anchor="a">{run(words, look)}</w:hyperlink>',
            "bookmarked": f'<w:bookmarkStart w:id="{number}" w:name="a"/>{run(words, look)}',
            "beside-deleted": run(words)
            + f"<w:del {mark}><w:r><w:delText>废</w:delText></w:r></w:del>",
            "beside-hidden": run(words) + run("密", "<w:vanish/>"),
            "tabbed": f"<w:r><w:t>甲</w:t><w:tab/><w:t>{words}</w:t></w:r>",
        }
        pieces.append(kinds[draw(st.sampled_from(sorted(kinds)))])
    return "".join(pieces)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_an_edit_changes_its_own_words(data: st.DataObject) -> None:
    body = par(run("首")) + par(run("始") + data.draw(contents_of_a_paragraph()) + run("终"))
    file = bare_file(body)
    text = read_bytes(file, "a.docx").text
    first, last = text.index("始") + 1, text.index("终")
    cuts = data.draw(
        st.lists(st.integers(first, last), min_size=2, max_size=6, unique=True).map(sorted)
    )
    # Every second stretch between the cuts is changed, so no two edits touch.
    edits = [
        Edit(Span(low, high), data.draw(st.sampled_from(["减少", "", "2020"])))
        for low, high in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    wanted = text
    for one in reversed(edits):
        wanted = wanted[: one.span.start] + one.text + wanted[one.span.end :]

    tool = rewriter(file, "a.docx")
    assert [tool.unable(one) for one in edits] == [""] * len(edits)
    copy = tool.written(edits)

    assert read_bytes(copy, "a.docx").text == wanted
    assert read_bytes(accepted(copy), "a.docx").text == wanted
    assert read_bytes(rejected(copy), "a.docx").text == text
