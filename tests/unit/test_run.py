"""Checking one file and many: order, bad files, folders, processes that die."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from validator import run
from validator.findings import Report, Severity, Status
from validator.pool import pooled
from validator.readers.sources import Source

GOOD = (
    "某局2023年度部门决算\n一、收入决算情况说明\n"
    "本年收入合计100.00万元，其中：财政拨款收入80.00万元，占80%。\n"
)


def note(folder: Path, name: str, text: str = GOOD) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(found: tuple[Path, ...], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in found]


def test_check_reads_understands_and_evaluates(tmp_path: Path) -> None:
    path = note(tmp_path, "a.txt", GOOD.replace("占80%", "占90%"))

    report = run.check(path)

    assert report.status is Status.CHECKED
    assert [f.severity for f in report.findings] == [Severity.ERROR]
    assert report.coverage.checked >= 3
    assert len(report.digest) == len("sha256:") + 64


def test_check_takes_bytes_and_a_name() -> None:
    report = run.check(GOOD.encode("gb18030"), name="甲.txt")

    assert (report.status, report.name) == (Status.CHECKED, "甲.txt")


def test_year_of_the_caller_wins(tmp_path: Path) -> None:
    report = run.check(note(tmp_path, "a.txt"), year=2019)

    assert report.reading is not None
    assert report.reading.year == 2019


@pytest.mark.parametrize(
    ("name", "said"),
    [("missing.txt", "找不到文件"), ("empty.txt", "空的"), (".", "没有能检查的报告")],
)
def test_bad_file_is_a_report(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "inner").mkdir()
    if name == "empty.txt":
        note(tmp_path, name, "")

    report = run.check(tmp_path / "inner" if name == "." else tmp_path / name)

    assert report.status is Status.UNREADABLE
    assert report.error is not None
    assert said in report.error
    assert "；" in report.error, "says what to do"


def broken(*_: object, **__: object) -> Report:
    raise KeyError("boom")


@pytest.mark.parametrize("part", ["read_source", "understand", "evaluate"])
def test_crash_is_quarantined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(run, part, broken)

    report = run.check(note(tmp_path, "a.txt"))

    assert report.status is Status.QUARANTINED
    assert report.error is not None
    assert "KeyError" in report.error
    assert report.trace is not None
    assert "boom" in report.trace
    assert str(Path(run.__file__).parents[1]) not in report.trace
    assert "validator/run.py:" in report.trace


def test_folder_is_searched_in_order(tmp_path: Path) -> None:
    for name in (
        "乙.docx",
        "b/c.md",
        "a.txt",
        ".hidden.txt",
        "~$乙.docx",
        ".git/x.txt",
        "x.yaml",
    ):
        note(tmp_path, name)
    note(tmp_path, "b/旧.OFD")

    found = run.expand([tmp_path, tmp_path / "a.txt"])

    assert names(found.files, tmp_path) == ["a.txt", "乙.docx", "b/c.md"]
    assert names(found.skipped, tmp_path) == ["b/旧.OFD"]


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (["2023/决算表.xlsx"], ["2023/决算.docx", "2023/决算表.xlsx"]),
        (["2023/决算.docx"], ["2023/决算.docx", "2023/决算表.xlsx"]),
        (
            ["两份/云岭县水务局公开表.xlsx"],
            ["两份/云岭县水务局.docx", "两份/云岭县水务局公开表.xlsx"],
        ),
        (["两份/云岭县林业局.docx"], ["两份/云岭县林业局.docx"]),
        (["孤表/表.xlsx"], ["孤表/表.xlsx"]),
        (["没有/没有.xlsx"], ["没有/没有.xlsx"]),
    ],
)
def test_companions_of_a_file_are_taken_from_its_folder(
    tmp_path: Path, given: list[str], taken: list[str]
) -> None:
    for name in (
        "2023/决算.docx",
        "2023/决算表.xlsx",
        "2023/~$决算.docx",
        "2023/.决算.docx",
        "两份/云岭县水务局.docx",
        "两份/云岭县林业局.docx",
        "两份/云岭县水务局公开表.xlsx",
        "孤表/表.xlsx",
    ):
        note(tmp_path, name)

    paths = [tmp_path / name for name in given]

    assert names(run.expand(paths).files, tmp_path) == given
    found = names(run.expand(paths, companions=True).files, tmp_path)
    assert sorted(found) == taken
    assert found[: len(given)] == given


def test_missing_file_and_empty_folder_are_kept(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    paths = [tmp_path / "missing.txt", tmp_path / "inner"]

    assert list(run.expand(paths).files) == paths


def test_many_keep_their_order_past_a_bad_one(tmp_path: Path) -> None:
    paths = [note(tmp_path, "b.txt"), tmp_path / "no.txt", note(tmp_path, "a.txt")]

    reports = list(run.check_many(paths))

    assert [r.name for r in reports] == [p.as_posix() for p in paths]
    assert [r.status.value for r in reports] == ["checked", "unreadable", "checked"]


def fatal(source: Source) -> Report:
    if source.name.startswith("bad"):
        os._exit(7)
    return Report(source.name, Status.CHECKED)


def lost(source: Source, _: BaseException) -> Report:
    return Report(source.name, Status.QUARANTINED)


def test_dead_process_costs_one_file() -> None:
    files = [Source(f"{at}.txt") for at in range(18)]
    files[3], files[17] = Source("bad1.txt"), Source("bad2.txt")

    reports = list(pooled(fatal, files, 2, lost))

    assert [r.name for r in reports] == [one.name for one in files]
    assert [r.name for r in reports if r.status is Status.QUARANTINED] == [
        "bad1.txt",
        "bad2.txt",
    ]


def test_processes_give_the_same_reports(tmp_path: Path) -> None:
    paths = [note(tmp_path, f"{at}.txt", GOOD.replace("80%", f"8{at}%")) for at in range(9)]

    one, two = list(run.check_many(paths)), list(run.check_many(paths, jobs=2))

    assert two == one


def test_files_that_are_left_out_still_say_what_belongs_together(tmp_path: Path) -> None:
    one, other = note(tmp_path, "甲.txt"), note(tmp_path, "乙.txt")
    workbook = note(tmp_path, "附表.csv")

    among_all = [len(found) for found in run._sets([one, workbook], [one, other, workbook])]
    alone = [len(found) for found in run._sets([one, workbook], [one, workbook])]

    assert (among_all, alone) == ([1, 1], [2])
