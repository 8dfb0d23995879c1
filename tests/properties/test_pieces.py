"""A piece of a report is never accused of what stands in the rest of it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from strategies import report_on

EXAMPLES = Path(__file__).parents[2] / "examples" / "clean"
ABOUT_THE_WHOLE = ("CON", "GLO", "ENT")
LINES = {
    path.stem: path.read_text(encoding="utf-8").splitlines() for path in EXAMPLES.glob("*.txt")
}


def told(lines: list[str]) -> list[str]:
    findings = report_on("\n".join(lines)).findings
    return [f.message for f in findings if f.rule[:3] in ABOUT_THE_WHOLE]


@given(st.data())
def test_a_piece_that_lacks_its_end_or_its_beginning_is_left_alone(data: st.DataObject) -> None:
    lines = LINES[data.draw(st.sampled_from(["final_accounts", "budget"]))]
    opening = max(at for at, line in enumerate(lines) if line.startswith("第一部分"))
    closing = max(at for at, line in enumerate(lines) if line.startswith("第三部分"))
    start = data.draw(st.integers(0, closing - 1))
    end = data.draw(st.integers(start + 1, len(lines)))
    last = closing if start <= opening else end

    assert told([*lines[start : min(end, last)], "（节选）"]) == []


@given(st.data())
def test_more_text_under_a_heading_adds_no_finding(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(LINES)))
    lines = LINES[name]
    at = data.draw(st.integers(1, len(lines) - 1))
    more = data.draw(
        st.sampled_from(["以上情况已经审核。", "本年没有其他事项。", "数据以批复为准。"])
    )

    assert told([*lines[:at], more, *lines[at:]]) == []
