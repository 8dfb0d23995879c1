"""How a planted error is marked: what counts as new, as located, as mended, as a false alarm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from validator.bench.grounds import Clean, clean
from validator.bench.marking import Mark, marked, new_findings, same_figures
from validator.bench.mutation import score
from validator.bench.plants import Planted, plants
from validator.bench.rates import Rate
from validator.bench.reports import reports
from validator.bench.slips import Slip
from validator.document import Span
from validator.edits import Edit
from validator.findings import Category, Evidence, Finding, Report, Severity, Status
from validator.readers.sources import Source
from validator.run import shipped_rules

TEXT = (
    "云岭县水务局2023年度部门决算\n第二部分 2023年度部门决算情况说明\n一、支出决算情况说明\n"
    "2023年度本年支出合计100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元，占40.00%。\n"
)


def ground() -> Clean:
    return clean(Source("a.txt", data=TEXT.encode()), shipped_rules())


def plant(old: str, new: str, slip: Slip = Slip.DIGIT) -> Planted:
    start = TEXT.index(old)
    span = Span(start, start + len(old))
    return Planted(slip, Edit(span, new), span)


def finding(
    *places: tuple[int, int],
    severity: Severity = Severity.ERROR,
    print_: str = "",
    rule: str = "SUM001",
) -> Finding:
    evidence = tuple(Evidence("part", Span(*place)) for place in places)
    return Finding(
        rule, "", "", Category.SUM_MISMATCH, severity, "", "", evidence, fingerprint=print_
    )


def report(*findings: Finding) -> Report:
    return Report("a.txt", Status.CHECKED, findings=findings)


def test_an_error_is_found_where_it_is_and_mended() -> None:
    mark = marked(ground(), plant("占60.00%", "占0.60%", Slip.RATIO), shipped_rules())

    assert mark.found
    assert mark.located
    assert mark.repaired == 1
    assert mark.advice == "“0.60%”改为“60%”"
    assert mark.compared
    assert mark.detectable is None
    assert mark.expected
    assert "【占0.60%】" in mark.passage


def test_a_cell_is_shown_in_its_row() -> None:
    row = "办公费与其他各项日常公用支出以及零星采购和维修维护\t3.20\t2.80"
    text = f"项目\t预算数\t决算数\n{row}\n差旅费\t5.10\t5.10\n"
    base = clean(Source("a.txt", data=text.encode()), shipped_rules())
    span = Span(text.index("2.80"), text.index("2.80") + 4)

    mark = marked(base, Planted(Slip.DIGIT, Edit(span, "2.90"), span), shipped_rules())

    assert mark.passage == "办公费与其他各项日常公用支出以及零星采购和维修维… | 3.20 | 【2.90】"


def test_an_honest_change_is_silent() -> None:
    mark = marked(
        ground(), plant("100.00万元", "1000000.00元", Slip.OTHER_UNIT), shipped_rules()
    )

    assert not mark.found
    assert not mark.alarm
    assert mark.silent


def test_the_ledger_tells_only_of_what_it_keeps() -> None:
    (made,) = reports(1, 1)
    base = clean(made, shipped_rules())
    year = plants(base.ground, Slip.YEAR, 1)[0]
    digit = plants(base.ground, Slip.DIGIT, 1)[0]

    assert marked(base, year, shipped_rules()).detectable is None
    assert marked(base, digit, shipped_rules()).detectable is not None


def test_what_was_there_before_is_not_new() -> None:
    before = report(finding((0, 2), print_="a"), finding((20, 25), print_="b"))
    edit = Edit(Span(10, 12), "一二三")
    after = report(finding((0, 2), print_="a"), finding((21, 26), print_="c"))

    assert new_findings(before, after, edit) == []


def test_new_findings_come_gravest_first_and_without_notes() -> None:
    edit = Edit(Span(10, 12), "一二")
    after = report(
        finding((0, 2), severity=Severity.NOTE, print_="a"),
        finding((2, 4), severity=Severity.WARNING, print_="b"),
        finding((4, 6), print_="c"),
        finding((6, 8), print_="d"),
    )

    assert [f.fingerprint for f in new_findings(report(), after, edit)] == ["c", "d", "b"]


MARK = Mark("a", Slip.DIGIT, 0, "1", "2", "【2】", detectable=True, compared=True)
HIT = replace(MARK, rules=("SUM001",), located=True, named=True, offered=1, repaired=1)


@pytest.mark.parametrize(
    ("mark", "alarm"),
    [
        (MARK, False),
        (HIT, False),
        (replace(HIT, elsewhere=1), False),
        (replace(HIT, detectable=False), False),
        (replace(HIT, detectable=False, elsewhere=1), True),
        (replace(HIT, slip=Slip.COARSER, detectable=False), True),
        (replace(MARK, slip=Slip.COARSER, detectable=False), False),
        (replace(HIT, detectable=None, elsewhere=1), False),
    ],
    ids=[
        "missed", "hit", "hit and elsewhere", "points at what contradicts nothing",
        "accuses others", "after an honest change", "silent", "nothing tells",
    ],
)  # fmt: skip
def test_false_alarms(mark: Mark, alarm: bool) -> None:
    assert mark.alarm is alarm


def test_marks_are_counted() -> None:
    marks = [
        HIT,
        replace(HIT, rules=("SUM001", "XRF001"), repaired=0),
        MARK,
        replace(HIT, detectable=False, elsewhere=1),
        replace(MARK, detectable=False),
        replace(MARK, slip=Slip.COARSER, detectable=None),
    ]

    found = score(marks)

    assert found.planted == 6
    assert found.detectable == 3
    assert found.overall == Rate(3, 5)
    assert found.detection == Rate(2, 3)
    assert found.localisation == Rate(2, 2)
    assert found.repair == Rate(1, 2)
    assert found.offered == Rate(2, 2)
    assert found.sound == Rate(1, 2)
    assert found.single == Rate(1, 2)
    assert found.alarms == Rate(1, 3)


def test_without_a_ledger_what_was_compared_counts() -> None:
    marks = [
        replace(HIT, detectable=None),
        replace(HIT, detectable=None, compared=False),
        replace(MARK, detectable=None),
    ]

    found = score(marks)

    assert found.detectable is None
    assert found.overall == Rate(2, 3)
    assert found.detection == Rate(1, 2)
    assert found.alarms == Rate(0, 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("支出1,234.50万元", "支出1234.5万元", True),
        ("支出12345000元", "支出1234.5万元", True),
        ("占１２．３％", "占12.30%", True),
        ("支出1234.5万元", "支出1234.6万元", False),
        ("支出1234.5元", "支出1234.5万元", False),
        ("增加1.2万元", "减少1.2万元", False),
    ],
)
def test_equal_figures(one: str, other: str, same: bool) -> None:
    assert same_figures(one, other) is same
