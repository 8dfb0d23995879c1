"""Waivers: what they cover, what is missing in them, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from reports import finding, report, unreadable

from validator.document import Span
from validator.errors import RuleError, UsageError
from validator.findings import Evidence
from validator.gate.waiver_checks import waiver_report
from validator.gate.waivers import Waivers

if TYPE_CHECKING:
    from pathlib import Path

    from validator.findings import Finding, Report

TEXT = "公务用车增加1万元，\n下降2%。会议费增加1万元，下降2%。差旅费占3%。"
CAR = finding(TEXT, "增加1万元", "CHG001", "f1")
SHARE = finding(TEXT, "占3%", "SHR001", "f2")
RULES = ("CHG001", "SHR001")
TODAY = date(2026, 6, 30)
ENTRY = """
  - rule: CHG001
    quote: 公务用车增加1万元
    reason: 已与账表核对
    owner: 李四
    expires: 2026-12-31
"""


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def later(one: Finding) -> Finding:
    """The same finding where its words stand again."""
    start = TEXT.rindex("增加1万元")
    again = Evidence("text", Span(start, start + len("增加1万元")))
    return replace(one, evidence=(again,), fingerprint="f3")


def waivers(folder: Path, entries: str = ENTRY, today: date = TODAY) -> Waivers:
    path = folder / "gouji-waivers.yaml"
    path.write_text(f"waivers:{entries}", encoding="utf-8")
    return Waivers(path, today)


def checks(one: Waivers, *reports: Report, partly: bool = False) -> list[tuple[str, str]]:
    """Rule and first line of what is wrong with waivers after they were used."""
    for each in reports:
        one.note(each, RULES)
    wrong = waiver_report(one, partly=partly)
    if wrong is None or wrong.document is None:
        return []
    return [(f.rule, wrong.document.quote(f.evidence[0].span)) for f in wrong.findings]


def test_a_waiver_covers_the_finding_at_its_words(tmp_path: Path) -> None:
    marked = waivers(tmp_path).mark(report("a.txt", TEXT, CAR, SHARE), RULES)

    car, share = marked.findings
    assert car.waiver is not None
    assert (car.waiver.owner, car.waiver.place) == ("李四", f"{tmp_path}/gouji-waivers.yaml:2")
    assert (car.counts, share.counts) == (False, True)
    assert checks(waivers(tmp_path), report("a.txt", TEXT, CAR, SHARE)) == []


@pytest.mark.parametrize("words", ["增加1万元，下降2%", "公务 用车增加1 万元", "quote"])
def test_blanks_and_line_feeds_of_the_words_do_not_matter(tmp_path: Path, words: str) -> None:
    entry = ENTRY.replace("公务用车增加1万元", words)

    marked = waivers(tmp_path, entry).mark(report("a.txt", TEXT, CAR), RULES)

    assert (marked.findings[0].waiver is not None) == (words != "quote")


def test_a_waiver_by_fingerprint(tmp_path: Path) -> None:
    entry = ENTRY.replace("quote: 公务用车增加1万元", "fingerprint: f1")

    marked = waivers(tmp_path, entry).mark(report("a.txt", TEXT, CAR, SHARE), RULES)

    assert [f.waiver is not None for f in marked.findings] == [True, False]


def test_a_waiver_of_some_files(tmp_path: Path) -> None:
    entry = f"{ENTRY}    files: [街道/**]\n"
    one = waivers(tmp_path, entry)

    inside = one.mark(report("街道/a.txt", TEXT, CAR), RULES)
    outside = one.mark(report("a.txt", TEXT, CAR), RULES)

    assert [r.findings[0].waiver is not None for r in (inside, outside)] == [True, False]


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1)])
def test_a_waiver_holds_to_the_end_of_its_last_day(tmp_path: Path, day: date) -> None:
    marked = waivers(tmp_path, today=day).mark(report("a.txt", TEXT, CAR), RULES)

    assert (marked.findings[0].waiver is not None) == (day.year == 2026)


def test_an_expired_waiver_is_a_finding_of_its_own(tmp_path: Path) -> None:
    one = waivers(tmp_path, today=date(2027, 1, 1))

    assert checks(one, report("a.txt", TEXT, CAR)) == [("WAV001", "rule: CHG001")]


def test_an_unused_waiver_is_a_finding(tmp_path: Path) -> None:
    assert checks(waivers(tmp_path), report("a.txt", TEXT, SHARE)) == [
        ("WAV002", "rule: CHG001")
    ]


def test_a_waiver_that_could_not_be_used_is_not_unused(tmp_path: Path) -> None:
    elsewhere = f"{ENTRY}    files: [街道/**]\n"
    of_another_rule = ENTRY.replace("CHG001", "SUM001")

    assert checks(waivers(tmp_path), report("a.txt", TEXT, SHARE), partly=True) == []
    assert checks(waivers(tmp_path, elsewhere), report("a.txt", TEXT, CAR)) == []
    assert checks(waivers(tmp_path, of_another_rule), report("a.txt", TEXT, CAR)) == []
    assert checks(waivers(tmp_path), unreadable("a.txt")) == []


def test_of_some_files_nobody_says_that_a_waiver_is_unused(tmp_path: Path) -> None:
    entry = f"{ENTRY}    files: ['*.txt']\n"
    later = date(2027, 1, 1)

    assert checks(waivers(tmp_path, entry), report("b.txt", TEXT), partly=True) == []
    assert checks(waivers(tmp_path, today=later), report("b.txt", TEXT), partly=True) == []
    assert checks(waivers(tmp_path, entry), report("b.txt", TEXT)) == [
        ("WAV002", "rule: CHG001")
    ]


def test_a_waiver_is_not_passed_on_to_a_neighbour(tmp_path: Path) -> None:
    start = TEXT.index("公务用车")
    beside = Evidence("amount", Span(start, start + 9))
    marked_there = TEXT.index("会议费")
    there = Evidence("rate", Span(marked_there, marked_there + 3))
    other = replace(CAR, evidence=(there, beside))

    marked = waivers(tmp_path).mark(report("a.txt", TEXT, other), RULES)

    assert marked.findings[0].waiver is None
    assert checks(waivers(tmp_path), report("a.txt", TEXT, other)) == [
        ("WAV002", "rule: CHG001")
    ]


def test_a_fragment_of_the_words_is_not_enough(tmp_path: Path) -> None:
    figure = replace(CAR, evidence=(replace(CAR.evidence[0], value=Decimal(1)),))
    entry = ENTRY.replace("公务用车增加1万元", "万元，下降2%")

    assert checks(waivers(tmp_path, entry), report("a.txt", TEXT, figure)) == [
        ("WAV002", "rule: CHG001")
    ]


def test_an_unused_waiver_says_what_its_rule_says_instead(tmp_path: Path) -> None:
    entry = ENTRY.replace("公务用车增加1万元", "没有这样一句话")
    one = waivers(tmp_path, entry)
    one.note(report("a.txt", TEXT, CAR), RULES)

    wrong = waiver_report(one, partly=False)

    assert wrong is not None
    assert wrong.findings[0].message.endswith("这条规则说的是：增加1万元不对。")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_lines_end_as_yaml_has_them(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "w.yaml"
    path.write_bytes(f"# 说明{ends}waivers:{ENTRY}".replace("\n", ends).encode())
    one = Waivers(path, TODAY)

    assert checks(one, report("a.txt", TEXT)) == [("WAV002", "rule: CHG001")]


def test_a_rule_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(f"waivers:{ENTRY.replace('CHG001', 'CHG999')}", encoding="utf-8")

    faults = Waivers(path, TODAY, {"CHG009"}).faults

    assert ["没有规则 CHG999（是否指 CHG009？）" in fault for fault in faults] == [True]


def test_a_waiver_of_several_findings_is_too_broad(tmp_path: Path) -> None:
    both = "公务用车增加1万元，\n下降2%。会议费增加1万元，下降2%。"
    twice = later(CAR)
    entry = ENTRY.replace("公务用车增加1万元", "增加1万元，下降2%")

    assert both in TEXT
    assert checks(waivers(tmp_path, entry), report("a.txt", TEXT, CAR, twice)) == [
        ("WAV003", "rule: CHG001")
    ]


def test_a_waiver_that_is_too_broad_waives_nothing(tmp_path: Path) -> None:
    twice = later(CAR)
    both = ENTRY.replace("公务用车增加1万元", "增加1万元，下降2%")
    short = ENTRY.replace("公务用车增加1万元", "增加1")

    for entry in (both, short):
        marked = waivers(tmp_path, entry).mark(report("a.txt", TEXT, CAR, twice), RULES)
        assert [f.waiver for f in marked.findings] == [None, None]


def test_a_waiver_that_names_no_files_is_used_up_by_the_first(tmp_path: Path) -> None:
    one = waivers(tmp_path)
    used = []
    for name in ("a.txt", "b.txt"):
        each = report(name, TEXT, CAR)
        used.append(one.mark(each, RULES).findings[0].waiver is not None)
        one.note(each, RULES)

    assert used == [True, False]


def test_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    entry = f"{ENTRY}    files: [报送/没有.txt]\n"

    assert checks(waivers(tmp_path, entry), report("a.txt", TEXT, CAR)) == [
        ("WAV002", "rule: CHG001")
    ]


def test_a_waiver_of_several_files_must_name_them(tmp_path: Path) -> None:
    reports = [report(name, TEXT, CAR) for name in ("a.txt", "b.txt")]

    assert checks(waivers(tmp_path), *reports) == [("WAV003", "rule: CHG001")]
    assert checks(waivers(tmp_path, f"{ENTRY}    files: [a.txt, b.txt]\n"), *reports) == []


def test_a_waiver_of_few_words_is_too_broad(tmp_path: Path) -> None:
    entry = ENTRY.replace("公务用车增加1万元", "增加1")

    assert checks(waivers(tmp_path, entry), report("a.txt", TEXT, CAR)) == [
        ("WAV003", "rule: CHG001")
    ]


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("rule: CHG001\n    ", "缺少“rule”"),
        ("quote: 公务用车增加1万元\n    ", "要写一个"),
        ("reason: 已与账表核对\n    ", "缺少“reason”"),
        ("owner: 李四\n    ", "缺少“owner”"),
        ("    expires: 2026-12-31\n", "缺少“expires”"),
    ],
)
def test_every_part_is_required_and_the_others_hold(
    tmp_path: Path, left_out: str, told: str
) -> None:
    one = waivers(tmp_path, ENTRY.replace(left_out, "") + ENTRY)

    assert len(one.entries) == 1
    assert len(one.faults) == 1
    assert told in one.faults[0]
    assert "gouji-waivers.yaml:2:" in one.faults[0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2026-12-31", "明年", "应是日期"),
        ("2026-12-31", "2026-02-30", "不是有的日子"),
        ("CHG001", "CHG", "应是三个大写字母加三位数字"),
        ("owner", "ower", "是否指 owner"),
        ("李四", "''", "不能是空的"),
        ("李四", "' '", "不能是空的"),
        ("公务用车增加1万元", "'　'", "不能是空的"),
        ("owner: 李四", "owner: 李四\n    fingerprint: f1", "只写一个"),
    ],
)
def test_a_wrong_entry_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    faults = waivers(tmp_path, ENTRY.replace(old, new)).faults

    assert [told in fault for fault in faults] == [True]


def test_a_bad_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有豁免文件"):
        Waivers(tmp_path / "x.yaml", TODAY)
    (tmp_path / "x.yaml").write_text("waiver: []", encoding="utf-8")
    with pytest.raises(RuleError, match="是否指 waivers"):
        Waivers(tmp_path / "x.yaml", TODAY)
