"""Baselines: new, known and gone findings; files saved anew, moved, unread, or left out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from reports import finding, report, unreadable

from validator.errors import UsageError
from validator.gate.baseline import Baseline
from validator.gate.recording import record
from validator.standing import Standing

if TYPE_CHECKING:
    from pathlib import Path

    from validator.findings import Report

TEXT = "增加1万元，下降2%；占3%；共4万元。"
OLD = finding(TEXT, "增加1万元", "CHG001")
SHARE = finding(TEXT, "占3%", "SHR001")
SUM = finding(TEXT, "共4万元", "SUM001")
ALL = {"CHG001", "SHR001", "SUM001"}


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def touched(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def known(folder: Path, *reports: Report) -> Baseline:
    """A baseline of these reports, written and read again."""
    path = folder / "gouji-baseline.json"
    made = Baseline(path)
    for one in reports:
        touched(folder / one.name)
    record(made, reports, lambda _: ALL, add=True)
    path.write_text(made.text(), encoding="utf-8")
    return Baseline.load(path)


def standings(one: Report) -> list[Standing | None]:
    return [f.standing for f in one.findings]


def test_new_findings_count_and_known_ones_do_not(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD))

    marked = baseline.mark(report("a.txt", TEXT, OLD, SHARE), ALL)

    assert standings(marked) == [Standing.KNOWN, Standing.NEW]
    assert [f.counts for f in marked.findings] == [False, True]
    assert marked.gone == ()


def test_a_known_finding_that_is_gone_is_told(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD, SHARE))

    marked = baseline.mark(report("a.txt", TEXT, SHARE), ALL)

    assert [(one.rule, one.quote) for one in marked.gone] == [("CHG001", "增加1万元")]


def test_a_finding_twice_as_often_is_new_once(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD))

    marked = baseline.mark(report("a.txt", TEXT, OLD, OLD), ALL)

    assert standings(marked) == [Standing.KNOWN, Standing.NEW]


def test_what_a_rule_that_did_not_run_found_is_not_gone(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD, SHARE))

    assert baseline.mark(report("a.txt", TEXT), {"SHR001"}).gone[0].rule == "SHR001"
    assert len(baseline.mark(report("a.txt", TEXT), {"SHR001"}).gone) == 1


def test_an_unreadable_file_has_nothing_gone(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD))

    assert baseline.mark(unreadable("a.txt"), ALL).gone == ()


def test_another_file_shares_nothing_while_the_first_is_there(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD))

    assert standings(baseline.mark(report("b.txt", TEXT, OLD), ALL)) == [Standing.NEW]


@pytest.mark.parametrize("now", ["a.pdf", "已归档/a.txt", "别的名字.txt"])
def test_a_file_saved_anew_or_moved_is_found_again(tmp_path: Path, now: str) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD, SHARE, SUM))
    (tmp_path / "a.txt").unlink()
    touched(tmp_path / now)

    marked = baseline.mark(report(now, TEXT, OLD, SUM), ALL)

    assert standings(marked) == [Standing.KNOWN, Standing.KNOWN]
    assert [one.rule for one in marked.gone] == ["SHR001"]


def test_one_finding_in_common_makes_no_renamed_file(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD))
    (tmp_path / "a.txt").unlink()
    touched(tmp_path / "b.txt")

    assert standings(baseline.mark(report("b.txt", TEXT, OLD), ALL)) == [Standing.NEW]


def test_a_file_that_moved_excuses_one_file_only(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("旧/a.txt", TEXT, OLD, SHARE, SUM))
    (tmp_path / "旧" / "a.txt").unlink()
    reports = [report(name, TEXT, OLD, SHARE, SUM) for name in ("新/a.txt", "又/a.txt")]
    for one in reports:
        touched(tmp_path / one.name)

    first, second = (baseline.mark(one, ALL) for one in reports)

    assert standings(first) == [Standing.KNOWN] * 3
    assert standings(second) == [Standing.NEW] * 3
    assert standings(baseline.mark(reports[0], ALL)) == [Standing.KNOWN] * 3


def test_what_stood_in_a_part_that_was_not_read_is_not_gone(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD, SHARE))
    now = report("a.txt", TEXT, SHARE)
    assert now.document is not None
    lost = replace(now, document=replace(now.document, unread=("第3页是扫描图片",)))

    assert baseline.mark(lost, ALL).gone == ()
    for add in (True, False):
        result = record(baseline, [lost], lambda _: ALL, add=add)
        assert (result.removed, result.kept) == (0, 2)


def test_a_set_keeps_report_and_workbook_apart(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.docx", TEXT, OLD), report("a.xlsx", TEXT, SHARE))

    assert standings(baseline.mark(report("a.xlsx", TEXT, OLD), ALL)) == [Standing.NEW]


def test_a_file_that_is_gone_is_told_unless_it_moved(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD), report("旧/b.txt", TEXT, SUM))
    (tmp_path / "a.txt").unlink()
    (tmp_path / "旧" / "b.txt").unlink()
    touched(tmp_path / "新" / "b.txt")

    baseline.mark(report("新/b.txt", TEXT, SUM), ALL)

    assert baseline.missing() == ["a.txt"]


def test_update_adds_and_drops_and_leaves_other_files_alone(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD), report("b.txt", TEXT, SUM))

    result = record(baseline, [report("a.txt", TEXT, SHARE)], lambda _: ALL, add=True)

    assert (result.added, result.removed, result.kept) == (1, 1, 2)
    assert [k.rule for k in baseline.documents["a.txt"]] == ["SHR001"]
    assert [k.rule for k in baseline.documents["b.txt"]] == ["SUM001"]


def test_prune_only_drops(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD, SUM), report("b.txt", TEXT, SUM))
    (tmp_path / "b.txt").unlink()

    result = record(baseline, [report("a.txt", TEXT, SUM, SHARE)], lambda _: ALL, add=False)

    assert (result.added, result.removed, result.missing) == (0, 1, ("b.txt",))
    assert [k.rule for k in baseline.documents["a.txt"]] == ["SUM001"]


@pytest.mark.parametrize("add", [True, False])
def test_what_was_not_looked_for_stays_known(tmp_path: Path, add: bool) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD, SHARE))

    record(baseline, [report("a.txt", TEXT)], lambda _: {"SHR001"}, add=add)

    assert [k.rule for k in baseline.documents["a.txt"]] == ["CHG001"]


def test_an_unreadable_file_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    baseline = known(tmp_path, report("a.txt", TEXT, OLD))

    result = record(baseline, [unreadable("a.txt")], lambda _: ALL, add=True)

    assert (result.unread, result.kept) == (1, 1)


def test_paths_start_at_the_folder_of_the_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched(tmp_path / "报送" / "a.txt")
    monkeypatch.chdir(tmp_path / "报送")
    baseline = Baseline(tmp_path / "gouji-baseline.json")
    record(baseline, [report("a.txt", TEXT, OLD)], lambda _: ALL, add=True)

    assert list(baseline.documents) == ["报送/a.txt"]
    assert standings(baseline.mark(report("a.txt", TEXT, OLD), ALL)) == [Standing.KNOWN]


def test_the_same_findings_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = report("a.txt", TEXT, OLD), report("b.txt", TEXT, SHARE)
    first, second = Baseline(tmp_path / "x.json"), Baseline(tmp_path / "x.json")
    for name in ("a.txt", "b.txt"):
        touched(tmp_path / name)

    record(first, [one, other], lambda _: ALL, add=True)
    record(second, [other, one], lambda _: ALL, add=True)

    assert first.text() == second.text()
    assert json.loads(first.text())["schema"] == "gouji.baseline/1"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "没有基线文件"),
        ("{", "第1行内容不对"),
        ('{"schema": "gouji.baseline/9"}', "应是 gouji.baseline/1"),
        ('{"schema": "gouji.baseline/1", "documents": [{"path": 1}]}', "内容不对"),
    ],
)
def test_a_bad_file_is_told(tmp_path: Path, content: str | None, told: str) -> None:
    path = tmp_path / "b.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(UsageError, match=told):
        Baseline.load(path)
