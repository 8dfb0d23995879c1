"""What could be changed: the smallest edit of each first repair, and what it touches."""

from __future__ import annotations

import pytest

from validator.document import Document, Span
from validator.findings import (
    Category,
    Evidence,
    Finding,
    Repair,
    RepairGroup,
    RepairKind,
    Report,
    Severity,
    Status,
)
from validator.fixing.proposals import Proposal, proposals, smallest
from validator.readers import read_bytes

TEXT = "2019年度支出86,05万元，比上年增加5.71万元，下降20%。教育费（三）教育费。\n"


def finding(*repairs: Repair, places: tuple[Evidence, ...] = (), **said: object) -> Finding:
    evidence = places or (Evidence("text", repairs[0].span),)
    settings: dict[str, object] = {
        "category": Category.OTHER, "severity": Severity.ERROR, **said,
    }  # fmt: skip
    return Finding(
        "TST001", "test", "试", message="试。", computation="", evidence=evidence,
        repairs=repairs, **settings,  # type: ignore[arg-type]
    )  # fmt: skip


def repair(
    old: str, new: str, kind: RepairKind = RepairKind.WORDING, resolves: int = 1
) -> Repair:
    start = TEXT.index(old)
    return Repair(Span(start, start + len(old)), new, "算式", resolves, kind)


def document() -> Document:
    return read_bytes(TEXT.encode(), "a.txt")


def proposed(*findings: Finding) -> list[Proposal]:
    return proposals(Report("a.txt", Status.CHECKED, document=document()), findings)


@pytest.mark.parametrize(
    ("old", "new", "taken", "put"),
    [
        ("增加5.71万元", "减少5.71万元", "增加", "减少"),
        ("增长8.93%", "下降8.93%", "增长", "下降"),
        ("9.85%", "8.95%", "9.85", "8.95"),
        ("986.42万元", "968.42万元", "986.42", "968.42"),
        ("2019年度", "2020年度", "2019", "2020"),
        ("二〇一九年", "二〇二〇年", "二〇一九", "二〇二〇"),
        ("143.37元", "143.37万元", "", "万"),
        ("文化体育与传媒支出", "文化旅游体育与传媒支出", "", "旅游"),
        ("减少减少", "减少", "减少", ""),
        ("0.82%", "82%", "0.82", "82"),
        ("甲", "甲", "", ""),
    ],
)
def test_smallest_edit(old: str, new: str, taken: str, put: str) -> None:
    edit = smallest(Span(100, 100 + len(old)), old, new)

    start = edit.span.start - 100
    assert old[start : edit.span.end - 100] == taken
    assert edit.text == put
    assert old[:start] + put + old[edit.span.end - 100 :] == new


@pytest.mark.parametrize(
    ("one", "category", "group"),
    [
        (repair("增加5.71万元", "减少5.71万元", RepairKind.DIRECTION), Category.CHANGE_DIRECTION, "wording"),
        (repair("2019", "2020", RepairKind.YEAR), Category.YEAR_ERROR, "years"),
        (repair("5.71", "5.17", RepairKind.TRANSPOSITION), Category.DIFFERENCE, "money"),
        # Whatever a rule calls it, a figure or its unit is not a word.
        (repair("5.71", "5.17"), Category.DIFFERENCE, "money"),
        (repair("86,05万元", "86.05万元"), Category.NUMBER_FORMAT, "money"),
        (repair("5.71万元", "5.71亿元"), Category.UNIT_ERROR, "money"),
        (repair("5.71万元", "５.71万元"), Category.OTHER, "money"),
        (repair("20%", "20个百分点"), Category.OTHER, "money"),
        (repair("下降20%", "下降", RepairKind.YEAR), Category.OTHER, "money"),
        (repair("教育费", "教育2费"), Category.OTHER, "money"),
        (repair("教育费", "教育三元"), Category.OTHER, "money"),
        (repair("教育费", "第一教育费"), Category.OTHER, "wording"),
        (repair("（三）", "（四）"), Category.NUMBERING, "wording"),
    ],
)  # fmt: skip
def test_groups(one: Repair, category: Category, group: str) -> None:
    (found,) = proposed(finding(one, category=category))

    assert found.group is RepairGroup(group)


def test_only_the_first_repair_counts() -> None:
    (found,) = proposed(finding(repair("增加", "减少"), repair("下降", "增长")))

    assert found.replacement == "减少"


def test_findings_that_ask_for_the_same_share_it() -> None:
    first, second = finding(repair("增加5.71", "减少5.71")), finding(repair("增加", "减少"))

    (found,) = proposed(first, second)

    assert found.findings == (first, second)


def test_the_same_words_of_one_finding_are_all_changed() -> None:
    name = "教育费"
    places = [at for at in range(len(TEXT)) if TEXT.startswith(name, at)]
    evidence = tuple(Evidence("name", Span(at, at + len(name))) for at in places)

    found = proposed(finding(repair(name, "教育支出"), places=evidence))

    assert [one.span.start for one in found] == places


def test_a_finding_of_another_file_asks_for_nothing() -> None:
    elsewhere = (Evidence("text", Span(0, 4), document="附表.xlsx"),)

    assert proposed(finding(repair("增加", "减少"), places=elsewhere)) == []


def test_a_repair_that_changes_nothing_asks_for_nothing() -> None:
    assert proposed(finding(repair("增加", "增加"))) == []


def test_the_most_pressing_come_first() -> None:
    note = finding(repair("2019", "2020", RepairKind.YEAR), severity=Severity.NOTE)
    one = finding(repair("增加", "减少", resolves=1))
    two = finding(repair("下降", "增长", resolves=2))

    assert [p.findings[0] for p in proposed(note, one, two)] == [two, one, note]
