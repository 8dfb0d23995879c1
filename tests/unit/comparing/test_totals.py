"""What a comparison comes to: what was not read of a version, and the demands of each path."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from validator.comparing import Comparison, compare
from validator.comparing.markdown import render
from validator.comparing.pairing import Pair
from validator.comparing.terminal import DiffTerminal
from validator.comparing.totals import Outcome, Totals, totals
from validator.comparing.verdict import sentence
from validator.comparing.words import LANGUAGES
from validator.reporters.summary import Demands, FailOn
from validator.reporters.terminal import console_for
from validator.run import check

if TYPE_CHECKING:
    from validator.findings import Report

HEAD = "云岭县水务局2020年度部门决算\n一、“三公”经费支出决算情况说明\n"
GOOD = "公务接待费支出3.00万元，比2019年减少0.80万元，下降21.05%。\n"
RATE = "公务用车运行维护费支出3.00万元，比2019年减少1.00万元，下降52%。\n"


def report(text: str, *, lost: str = "", unclear: str = "", name: str = "报告.txt") -> Report:
    found = check((HEAD + text).encode(), name=name)
    assert found.document is not None
    assert found.reading is not None
    return replace(
        found,
        document=replace(found.document, unread=(lost,) if lost else ()),
        reading=replace(found.reading, unread=(unclear,) if unclear else ()),
    )


def total(old: Report, new: Report, demands: Demands | None = None) -> Totals:
    return totals([Pair(old, new, compare(old, new))], lambda _: demands or Demands())


def counts(both: Comparison) -> tuple[int, int, list[str]]:
    """Findings fixed and vanished, and what became of figures."""
    return len(both.fixed), len(both.vanished), [one.kind.value for one in both.figures]


def test_nothing_is_fixed_or_removed_where_a_part_was_not_read() -> None:
    old = report(GOOD + RATE)

    assert counts(compare(old, report(GOOD))) == (1, 0, ["removed"] * 3)
    assert counts(compare(old, report(GOOD, lost="第 3 页没有读出"))) == (
        0,
        1,
        ["vanished"] * 3,
    )


def test_nor_where_a_part_of_its_tables_was_not_read() -> None:
    old, new, tables = report(GOOD + RATE), report(GOOD), report("", lost="工作表没有读出")
    assert tables.document is not None

    both = compare(old, replace(new, others={"附表.xlsx": tables.document}))

    assert counts(both) == (0, 1, ["vanished"] * 3)


@pytest.mark.parametrize("side", [0, 1])
def test_lost_parts_of_either_version_do_not_pass(side: int) -> None:
    versions = [report(GOOD), report(GOOD)]
    versions[side] = report(GOOD, lost="第 3 页没有读出")
    old, new = versions

    refused = total(old, new)
    allowed = total(old, new, Demands(allow_unread=True))

    assert (refused.outcome, refused.exit_code) == (Outcome.INCOMPLETE, 2)
    assert sentence(refused, LANGUAGES["zh"]) == (
        "结论：没有比完，1个文件有一部分没有读出，没有新问题。"
    )
    assert (allowed.outcome, allowed.exit_code) == (Outcome.INCOMPLETE, 0)
    assert sentence(allowed, LANGUAGES["zh"]) == (
        "结论：通过，没有新问题，1个文件有一部分没有读出或看懂。"
    )


def test_what_was_read_but_not_understood_refuses_nothing() -> None:
    old, new = report(GOOD + RATE), report(GOOD, unclear="第 2 个表没有看懂")

    found = total(old, new)

    assert (found.outcome, found.exit_code) == (Outcome.INCOMPLETE, 0)
    assert (found.fixed, found.vanished) == (1, 0)
    assert sentence(found, LANGUAGES["zh"]) == (
        "结论：通过，没有新问题，解决1处，1个文件有一部分没有读出或看懂。"
    )


def test_what_was_not_understood_is_named_with_its_version() -> None:
    old, new = report(GOOD), report(GOOD, unclear="第 2 个表的栏目不清楚", name="新.txt")
    pair = Pair(old, new, compare(old, new))
    page = StringIO()

    DiffTerminal(console_for(page), LANGUAGES["zh"], everything=False).pair(pair)
    markdown = render([pair], total(old, new), LANGUAGES["zh"], everything=False)

    assert (
        "部门决算\n  没有看懂：第 2 个表的栏目不清楚\n  问题和数字都没有变化\n"
        in page.getvalue()
    )
    assert "\n- 新.txt **没有看懂**：第 2 个表的栏目不清楚\n" in markdown


def test_new_findings_fail_by_the_demands_of_their_own_report() -> None:
    good, wrong = report(GOOD), report(GOOD + RATE, name="试点/报告.txt")
    demands = {"试点/报告.txt": Demands(FailOn.NEVER), "报告.txt": Demands()}

    def failing(new: Report) -> int:
        pair = Pair(good, new, compare(good, new))
        return totals([pair], lambda one: demands[one.name]).failing

    assert failing(wrong) == 0
    assert failing(replace(wrong, name="报告.txt")) == 1
