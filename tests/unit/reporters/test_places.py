"""Names of files and places, without this machine's folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.reporters.places import Places, shown_path
from validator.run import check

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a/b.txt", "a/b.txt"),
        ("../b.txt", "../b.txt"),
        ("a\\b.txt", "a/b.txt"),
        ("/elsewhere/secret/b.txt", "b.txt"),
        ("a\udcff.txt", "a?.txt"),
    ],
    ids=["relative", "above", "backslash", "absolute", "undecodable"],
)
def test_shown_path(name: str, shown: str) -> None:
    assert shown_path(name) == shown


def test_path_below_here_is_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert shown_path((tmp_path / "in" / "b.txt").as_posix()) == "in/b.txt"


TEXT = """清河县档案馆2022年度部门决算
一、收入决算情况说明
本年收入合计100.00万元，其中：财政拨款收入80.00万元，占90%。
二、收入表
| 项目 | 金额 |
| --- | --- |
| 合计 | 100.00 |
"""


def test_places_in_text_and_table() -> None:
    report = check(TEXT.encode(), name="a.md")
    places = Places(report)
    assert report.document is not None

    (finding,) = [f for f in report.findings if f.rule == "SHR001"]
    line = places.of(finding.evidence[0].span)
    cell = places.of(report.document.blocks[-1].span)

    assert (line.line, line.table, line.section) == (3, None, "一、收入决算情况说明")
    assert (cell.line, cell.table, cell.row, cell.column) == (7, 1, 2, 2)
