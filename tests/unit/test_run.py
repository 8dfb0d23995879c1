"""Checking one file and many: order, bad files, folders, processes that die."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from validator import run
from validator.findings import Report, Severity, Status
from validator.pool import pooled
from validator.readers.sources import Source

BOOK = Path(__file__).parents[2] / "examples" / "clean" / "final_accounts_tables.xlsx"
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

    assert names(found.files, tmp_path) == ["a.txt", "乙.docx", "b/c.md", "b/旧.OFD"]
    assert found.skipped == ()


@pytest.mark.parametrize(
    ("name", "data", "taken"),
    [
        ("决算.docx ", b"", True),
        ("决算.mhtml", b"", True),
        ("决算.xlsb", b"", True),
        ("决算.tar.gz", b"", True),
        ("决算", b"%PDF-1.7\n", True),
        ("1.水务局决算", b"PK\x03\x04\x14\x00\x00\x00", True),
        ("决算v1.0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", True),
        ("LICENSE", b"Copyright", False),
        ("决算.yaml", b"%PDF-1.7\n", False),
        ("程序.jar", b"PK\x03\x04", False),
        (".决算", b"%PDF-1.7\n", False),
        ("~$决算", b"%PDF-1.7\n", False),
        ("决算.htm", b"", True),
        ("照片.png", b"", False),
    ],
)
def test_what_is_taken_from_a_folder(
    tmp_path: Path, name: str, data: bytes, taken: bool
) -> None:
    (tmp_path / name).write_bytes(data)

    assert names(run.expand([tmp_path]).files, tmp_path) == [name if taken else "."]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "解压"),
        ("a.tar", b"a.txt".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0"), "解压"),
        ("a.tar.gz", b"\x1f\x8b\x08\x00", "解压"),
        ("a.xz", b"\xfd7zXZ\x00", "解压"),
        ("a.ceb", bytes(range(256)) * 9, ".ceb"),
        ("a.uof", bytes(range(256)) * 9, ".uof"),
        ("a.numbers", bytes(range(256)) * 9, ".xlsx"),
        ("a.dps", bytes(range(256)) * 9, "演示文稿"),
        ("a.p7m", b"0\x82\x12\x34\x06\x09*\x86H\x86\xf7\r" * 9, "签名"),
        ("a.ofd", GOOD.encode(), "纯文本"),
        ("a.docx ", GOOD.encode(), "纯文本"),
    ],
)
def test_foreign_files_say_what_to_do(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)

    (report,) = run.check_many(run.expand([tmp_path]).files)

    assert report.status is Status.UNREADABLE
    assert said in str(report.error)


def test_pictures_and_links_of_a_folder_are_skipped(tmp_path: Path) -> None:
    for name in (
        "查/a.txt",
        "查/b/扫描.TIFF",
        "查/网页.files/图.png",
        "查/.图.png",
        "外/c.txt",
    ):
        note(tmp_path, name)
    (tmp_path / "查" / "链接").symlink_to(tmp_path / "外")

    found = run.expand([tmp_path / "查"])

    assert names(found.files, tmp_path) == ["查/a.txt"]
    assert names(found.skipped, tmp_path) == ["查/链接", "查/b/扫描.TIFF"]


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
@pytest.mark.parametrize("given", ["", "报告.txt", "报告.docx"])
def test_pipe_that_nobody_writes_to_is_told(tmp_path: Path, given: str) -> None:
    for name in ("报告.txt", "报告.docx", "无后缀"):
        os.mkfifo(tmp_path / name)

    reports = list(run.check_many(run.expand([tmp_path / given]).files))

    assert len(reports) == (1 if given else 2)
    for report in reports:
        assert report.status is Status.UNREADABLE
        assert "不是普通文件" in str(report.error)


def test_folder_inside_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(tmp_path, "a.txt")
    shut = tmp_path / "b"
    shut.mkdir()
    whole = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path) == shut:
            raise PermissionError(13, "shut", str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", scandir)
    good, bad = run.check_many(run.expand([tmp_path]).files)

    assert good.status is Status.CHECKED
    assert bad.status is Status.UNREADABLE
    assert "没有权限" in str(bad.error)


def aside(reports: list[Report]) -> dict[str, bool]:
    return {
        Path(one.name).name: any("看不出" in line for line in one.reading.unread)
        for one in reports
        if one.reading
    }


@pytest.mark.parametrize(
    ("files", "lonely", "leads"),
    [
        (["甲局.txt", "乙局.txt", "附表.xlsx"], True, "附表.xlsx"),
        (["甲/甲局.txt", "乙/乙局.txt", "附表.xlsx"], False, "附表.xlsx"),
        (["甲局.txt", "云岭县水务局.txt", "附表.xlsx"], False, "云岭县水务局.txt"),
        (["甲局.txt", "水务局.txt", "附表.xlsx"], False, "水务局.txt"),
        (["云岭县水务局/甲.txt", "乙/乙局.txt", "表/附表.xlsx"], False, "甲.txt"),
        (["水务局.txt", "水务局旧稿.txt", "附表.xlsx"], True, "附表.xlsx"),
        (["水务局决算.txt", "林业局决算.txt", "水务局附表.xlsx"], False, "水务局决算.txt"),
        (["决算.txt", "决算.pdf", "附表.xlsx"], False, "决算.txt"),
        (["决算.txt", "决算.ofd", "附表.xlsx"], False, "决算.txt"),
    ],
)
def test_workbook_goes_with_its_unit_or_says_that_it_was_not_compared(
    tmp_path: Path, files: list[str], lonely: bool, leads: str
) -> None:
    paths = [note(tmp_path, name, f"{GOOD}云岭县水务局2020年") for name in files]
    paths[-1].write_bytes(BOOK.read_bytes())

    reports = list(run.check_many(paths))

    workbook = next(one for one in reports if one.name.endswith("附表.xlsx"))
    assert workbook.status is Status.CHECKED, workbook.error
    assert aside([workbook]) == {Path(workbook.name).name: lonely}
    assert Path(workbook.lead or workbook.name).name == leads
    assert not any(aside(list(run.check_many(paths, together=False))).values())
    assert not any(aside([one for one in reports if one is not workbook]).values())


@pytest.mark.parametrize(("name", "lonely"), [("水务局.txt", False), ("水文站.txt", True)])
def test_workbook_in_an_archive_goes_with_its_unit(
    tmp_path: Path, name: str, lonely: bool
) -> None:
    path = tmp_path / "报送.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in (name, "林业局.txt"):
            archive.writestr(one, f"{GOOD}云岭县水务局2020年")
        archive.write(BOOK, "附表.xlsx")

    reports = list(run.check_many([path]))

    assert aside(reports)["附表.xlsx"] is lonely


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
