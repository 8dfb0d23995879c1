"""The run as a whole: samples, seeds, processes, and reports that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.bench.marking import Mark
from validator.bench.mutation import Outcome, Plan, Survey, run
from validator.bench.mutation_page import page
from validator.bench.page import render
from validator.bench.reports import reports
from validator.bench.slips import Slip
from validator.document import Span
from validator.readers.sources import Source
from validator.run import check, shipped_rules

EXAMPLES = Path(__file__).parents[3] / "examples"
FEW = (Slip.DIRECTION, Slip.RATIO, Slip.SEPARATORS)


def on_files(*names: str, plan: Plan) -> Outcome:
    paths = [EXAMPLES / name for name in names]
    return run([Source(p.name, p) for p in paths], plan, shipped_rules())


def test_the_same_seed_gives_the_same_page() -> None:
    plan = Plan(FEW, seed=3, limit=2)

    pages = [
        render(page(on_files("clean/budget.txt", plan=plan), "gouji bench", "sha256:0"), "json")
        for _ in range(2)
    ]

    assert pages[0] == pages[1]


def test_another_seed_takes_other_places() -> None:
    starts = {
        tuple(m.start for m in on_files("clean/budget.txt", plan=Plan(FEW, seed, 2)).marks)
        for seed in range(4)
    }

    assert len(starts) > 1


def test_processes_change_nothing() -> None:
    made = list(reports(5, 2))
    plan = Plan((Slip.RATIO,), limit=3)

    assert run(made, plan, shipped_rules(), jobs=2) == run(made, plan, shipped_rules())


def test_the_limit_is_for_all_reports_together() -> None:
    outcome = on_files("clean/budget.txt", "clean/performance.txt", plan=Plan(FEW, limit=2))

    assert {slip: score.planted for slip, score in outcome.scores.items()} == dict.fromkeys(
        FEW, 2
    )


def test_without_a_limit_every_place_is_tried() -> None:
    outcome = on_files("clean/performance.txt", plan=Plan((Slip.COMPARISON, Slip.RATIO)))

    assert len(outcome.marks) == sum(count for _, count in outcome.surveys[0].places)


def test_without_a_ledger_no_honest_change_says_more_than_was_said() -> None:
    honest = (Slip.OTHER_UNIT, Slip.TRAILING_ZERO)

    outcome = on_files("clean/final_accounts.txt", plan=Plan(honest, limit=8))

    assert {mark.slip for mark in outcome.marks} == {Slip.OTHER_UNIT}
    assert all(mark.after.endswith("亿元") for mark in outcome.marks)


def test_generated_reports_know_what_can_be_found() -> None:
    outcome = run(list(reports(5, 1)), Plan((Slip.DIGIT,), limit=10), shipped_rules())

    assert outcome.total.detectable is not None
    assert "底账" in page(outcome, "gouji bench", "sha256:0").lines[1]


def test_findings_that_were_there_are_the_base_line() -> None:
    outcome = on_files("broken/budget.txt", plan=Plan((Slip.SEPARATORS,)))
    shown = render(page(outcome, "gouji bench", "sha256:0"), "table")

    assert outcome.surveys[0].findings > 0
    assert "作为底数" in shown
    assert outcome.total.alarms.hits == 0


def test_nothing_is_planted_where_something_is_wrong_already() -> None:
    outcome = on_files("broken/performance.txt", plan=Plan((Slip.RATIO,)))
    report = check(EXAMPLES / "broken" / "performance.txt")
    taken = [e.span for f in report.findings for e in f.evidence]

    assert outcome.marks
    starts = {Span(mark.start, mark.start + len(mark.before)) for mark in outcome.marks}
    assert not [span for span in taken for other in starts if span.overlaps(other)]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04no")

    outcome = run([Source("坏.docx", broken)], Plan(FEW), shipped_rules())

    assert outcome.surveys[0].problem
    assert outcome.marks == ()


def test_lists_take_kinds_in_turn() -> None:
    marks = [
        Mark("a", slip, 0, "1", "2", words, detectable=True, compared=True)
        for slip, words in (
            (Slip.UNIT, "一"), (Slip.DIGIT, "二"), (Slip.DIGIT, "三"), (Slip.DIGIT, "四"),
        )
    ]  # fmt: skip
    outcome = Outcome(Plan(), (Survey("a"),), tuple(marks))

    (lines,) = page(outcome, "gouji bench", "sha256:0", listed=3).details.values()

    assert [line.split("：")[1][0] for line in lines[:3]] == ["二", "一", "三"]
    assert lines[3] == "另有 1 处"


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_every_form_shows_the_rates(form: str) -> None:
    outcome = on_files("clean/performance.txt", plan=Plan((Slip.RATIO,), limit=4))
    shown = render(page(outcome, "gouji bench", "sha256:0", listed=3), form)

    hits = outcome.total.detection
    assert f"{hits.hits}/{hits.of}" in shown or f'"hits": {hits.hits}' in shown
    assert shown.endswith("\n")
