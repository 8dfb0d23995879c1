"""Totals, verdict and exit code of a run."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.document import Document
from validator.findings import Category, Coverage, Finding, Report, Severity, Status
from validator.reporters.summary import Demands, FailOn, add, percent, ratio, start, summarise
from validator.reporters.verdict import sentence
from validator.reporters.words import EN, ZH


def checked(*severities: str, numbers: int = 10, done: int = 8, unread: str = "") -> Report:
    findings = tuple(
        Finding("X", "x", "", Category.OTHER, Severity(s), "", "", ()) for s in severities
    )
    document = Document("a", "txt", "", "", (), unread=(unread,) if unread else ())
    return Report(
        "a",
        Status.CHECKED,
        document=document,
        findings=findings,
        coverage=Coverage(numbers, done),
    )


UNREADABLE = Report("b", Status.UNREADABLE, error="文件是空的；请重新导出")
FAILED = Report("c", Status.QUARANTINED, error="程序自己出错")


@pytest.mark.parametrize(
    ("reports", "demands", "conclusion", "code", "said"),
    [
        ([checked()], Demands(), "clean", 0, "结论：没有发现问题。"),
        ([checked("warning", "note")], Demands(), "clean", 0, "结论：通过，存疑1处，提示1处。"),
        ([checked("error")], Demands(), "findings", 1, "结论：没有通过，错误1处。"),
        ([checked("warning")], Demands(FailOn.WARNING), "findings", 1, "没有通过"),
        ([checked("note")], Demands(FailOn.NOTE), "findings", 1, "没有通过"),
        (
            [checked("error")],
            Demands(FailOn.NEVER),
            "clean",
            0,
            "按 fail_on = never，有问题也不拦，错误1处",
        ),
        ([checked("error"), UNREADABLE], Demands(), "incomplete", 2, "1个文件读不了，错误1处"),
        ([UNREADABLE, FAILED], Demands(), "failed", 3, "程序自己出错，1个文件没有查完"),
        ([checked()], Demands(min_coverage=Decimal("0.8")), "clean", 0, "没有发现问题"),
        ([checked()], Demands(min_coverage=Decimal("0.81")), "incomplete", 2, "核对率低于要求"),
        ([checked(numbers=0, done=0)], Demands(), "clean", 0, "没有找到要核对的数字"),
        (
            [checked(numbers=0, done=0)],
            Demands(min_coverage=Decimal("0.1")),
            "incomplete",
            2,
            "核对率低于要求",
        ),
        ([checked(unread="有图形")], Demands(), "incomplete", 2, "没有查完，1个文件有一部分没"),
        ([checked("error", unread="有图形")], Demands(), "incomplete", 2, "没有查完"),
        (
            [checked(unread="有图形")],
            Demands(allow_unread=True),
            "incomplete",
            0,
            "没有发现问题，1个文件有一部分没有读出或看懂",
        ),
        (
            [checked("error", unread="有图形")],
            Demands(allow_unread=True),
            "incomplete",
            1,
            "没有通过",
        ),
    ],
)
def test_verdict(
    reports: list[Report], demands: Demands, conclusion: str, code: int, said: str
) -> None:
    total = summarise(reports, demands)

    assert (total.conclusion, total.exit_code) == (conclusion, code)
    assert said in sentence(total, ZH)


def test_what_is_demanded_of_one_file_holds_where_nothing_is_demanded_of_the_rest() -> None:
    total = start(Demands(FailOn.NEVER))
    total = add(total, checked("error"), Demands(FailOn.NEVER))
    assert total.exit_code == 0

    total = add(total, checked("error"), Demands(FailOn.ERROR))

    assert (total.conclusion, total.exit_code, total.failing) == ("findings", 1, 1)


def test_refused_option_is_no_pass() -> None:
    total = summarise([checked()], refused=1)

    assert (total.conclusion, total.exit_code) == ("incomplete", 2)
    assert sentence(total, EN) == "Verdict: incomplete, options, rules or settings not used 1."


@pytest.mark.parametrize(
    ("done", "numbers", "four", "whole"),
    [
        (287, 312, "0.9199", "92%"),
        (0, 5, "0.0000", "0%"),
        (5, 5, "1.0000", "100%"),
        (999, 1000, "0.9990", "99%"),
        (0, 0, None, "0%"),
    ],
)
def test_share_checked(done: int, numbers: int, four: str | None, whole: str) -> None:
    assert ratio(done, numbers) == four
    assert percent(done, numbers) == whole
