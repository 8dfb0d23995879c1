"""Which report of a folder goes with which of another."""

from __future__ import annotations

from validator.comparing.pairing import pairs
from validator.findings import Report, Status
from validator.run import check

UNITS = {"甲": "云岭县水务局", "乙": "岚川市财政局", "丙": "青禾县档案局"}


def report(name: str, unit: str = "") -> Report:
    if not unit:
        return Report(name, Status.UNREADABLE, error="读不了")
    return check(f"{UNITS[unit]}2020年度部门决算\n收入总计1.00万元。\n".encode(), name=name)


def paired(old: list[Report], new: list[Report]) -> list[tuple[str, str]]:
    found = pairs(old, new, ("旧", "新"))
    return [(p.old.name if p.old else "", p.new.name if p.new else "") for p in found]


def test_two_files_whatever_their_names() -> None:
    assert paired([report("a.txt", "甲")], [report("b.pdf", "乙")]) == [("a.txt", "b.pdf")]


def test_by_path_then_by_path_without_suffix_then_by_name() -> None:
    old = [report("旧/a/报告.txt"), report("旧/b/报告.txt"), report("旧/c/总结.txt")]
    new = [report("新/b/报告.txt"), report("新/a/报告.pdf"), report("新/d/总结.txt")]

    assert paired(old, new) == [
        ("旧/b/报告.txt", "新/b/报告.txt"),
        ("旧/a/报告.txt", "新/a/报告.pdf"),
        ("旧/c/总结.txt", "新/d/总结.txt"),
    ]


def test_by_entity_and_kind() -> None:
    old = [report("旧/初稿1.txt", "甲"), report("旧/初稿2.txt", "乙")]
    new = [report("新/定稿.txt", "乙"), report("新/终稿.txt", "甲")]

    assert paired(old, new) == [
        ("旧/初稿2.txt", "新/定稿.txt"),
        ("旧/初稿1.txt", "新/终稿.txt"),
    ]


def test_text_never_goes_with_tables() -> None:
    old = [report("旧/水务局.txt"), report("旧/水务局.xlsx")]
    new = [report("新/水务局.pdf"), report("新/水务局.xls")]

    assert paired(old, new) == [
        ("旧/水务局.txt", "新/水务局.pdf"),
        ("旧/水务局.xlsx", "新/水务局.xls"),
    ]


def test_what_has_no_other() -> None:
    old = [report("旧/a.txt", "甲"), report("旧/b.txt", "乙")]
    new = [report("新/a.txt", "甲"), report("新/c.txt", "丙")]

    assert paired(old, new) == [
        ("旧/a.txt", "新/a.txt"),
        ("", "新/c.txt"),
        ("旧/b.txt", ""),
    ]


def test_one_name_twice_is_nobodys() -> None:
    old = [report("旧/a/x.txt"), report("旧/b/x.txt")]
    new = [report("新/c/x.txt"), report("新/d/y.txt")]

    assert ("", "新/c/x.txt") in paired(old, new)


def test_unreadable_file_is_not_compared() -> None:
    (pair,) = pairs([report("a.txt")], [report("b.txt", "甲")], ("a.txt", "b.txt"))

    assert pair.comparison is None
    assert [one.name for one in pair.unread] == ["a.txt"]
    assert pair.fresh == ()
