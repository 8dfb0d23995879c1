"""Kind ``numbering``: real slips are found, look-alikes are left alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from validator.document import Block, BlockKind, Document, Span
from validator.engine.checks import numbering
from validator.findings import Category, Verdict

if TYPE_CHECKING:
    from validator.engine.outcome import Outcome

KINDS = ("skip", "repeat", "mixed", "separator", "missing_separator", "bracket")


def make_document(*blocks: str, cells: bool = False) -> Document:
    found, at = [], 0
    kind = BlockKind.CELL if cells else BlockKind.PARAGRAPH
    for index, text in enumerate(blocks):
        found.append(Block(index, kind, Span(at, at + len(text)), line=index + 1))
        at += len(text) + 1
    return Document("x", "txt", "", "\n".join(blocks), tuple(found))


def run(each: str, document: Document) -> list[Outcome]:
    rule: Any = SimpleNamespace(id="NUM999", category=Category.NUMBERING, each=each)
    context: Any = SimpleNamespace(document=document)
    return list(numbering.check(rule, context))


def slips(document: Document) -> list[tuple[str, str]]:
    """(kind, quoted label) of everything that any rule of the kind would report."""
    return [
        (each, document.quote(outcome.evaluation.evidence[0].span))
        for each in KINDS
        for outcome in run(each, document)
        if outcome.evaluation.verdict is Verdict.INCONSISTENT
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.甲项\n2.乙项\n6.丙项", [("skip", "6.")]),
        ("一、甲\n二、乙\n四、丁\n五、戊", [("skip", "四、")]),
        ("第一部分 概况\n第二部分 说明\n第四部分 附件", [("skip", "第四部分")]),
        ("14.甲项\n15.乙项\n14.丙项", [("repeat", "14.")]),
        ("（一）甲\n（二）乙\n（二）丙", [("repeat", "（二）")]),
        ("一、甲\n2、乙\n三、丙", [("mixed", "2、")]),
        ("7.甲项\n8.乙项\n9、丙项\n10.丁项", [("separator", "9、")]),
        ("1、甲项\n2.乙项", [("separator", "2.")]),
        ("1、甲项\n2.乙项\n3.丙项\n4.丁项", [("separator", "1、")]),
        ("1、甲项\n2、乙项\n3.丙项\n4.丁项\n5.戊项", [("separator", "3.")]),
        ("1.第一季度\n2当年第二季度\n3.第三季度", [("missing_separator", "2")]),
        ("1确保到位\n2.确保完工", [("missing_separator", "1")]),
        ("（一）甲\n（二)乙\n（三）丙", [("bracket", "（二)")]),
        ("(一)甲\n（二）乙\n（三）丙", [("bracket", "(一)")]),
    ],
)
def test_slips_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert slips(make_document(*text.split("\n"))) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1.甲项\n2.乙项\n76.23万元\n3.丙项", id="amount-at-line-start"),
        pytest.param("1.甲项\n4.94\n2.乙项", id="decimal-alone"),
        pytest.param("6、9、11月各检查一次\n1、甲\n2、乙", id="months"),
        pytest.param("1.2020年完成\n2.2021年完成\n3.2022年完成", id="label-glued-to-year"),
        pytest.param("1.甲项。2.乙项。\n3.丙项", id="number-inside-a-line"),
        pytest.param("一、甲\n1、子\n2、子\n二、乙\n1、子\n2、子\n三、丙", id="nested"),
        pytest.param("（二）工作\n一、学习\n二、宣传\n三、维权\n（三）机构", id="sub-list"),
        pytest.param("一、甲\n二、乙\n附件1\n一、甲\n二、乙", id="attachment-restarts"),
        pytest.param("一、甲\n2、 乙\n三、丙", id="automatic-number"),
        pytest.param("（一）甲\n（2） 乙\n（三）丙", id="automatic-bracket"),
        pytest.param("1.甲项\n2个中心建成\n2.乙项", id="count-at-line-start"),
        pytest.param("1.甲项\n2020年完成\n2.乙项", id="year-at-line-start"),
        pytest.param("1.甲项\n2．乙项\n3.丙项", id="full-width-dot"),
        pytest.param("（一）甲\n(1)子\n(2)子\n（二）乙", id="levels-differ-in-width"),
        pytest.param("第一部分\n第二部分\n第一部分\n一、甲\n第二部分\n一、甲", id="contents"),
        pytest.param("[bookmark: _a]一、甲\n二、乙", id="bookmark"),
        pytest.param("一、甲\n二、乙\n三、丙\n一、收入表\n二、支出表", id="list-of-tables"),
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert slips(make_document(*text.split("\n"))) == []


def test_each_cell_has_its_own_list() -> None:
    assert slips(make_document("1.甲\n2.乙", "1.甲\n2.乙", "2.乙", cells=True)) == []
    assert slips(make_document("1.甲\n3.丙", cells=True)) == [("skip", "3.")]


def test_an_unbroken_list_is_one_passed_evaluation_at_its_last_item() -> None:
    document = make_document("1.甲项", "2.乙项", "3.丙项")

    (outcome,) = run("skip", document)

    assert outcome.evaluation.verdict is Verdict.CONSISTENT
    assert [document.quote(e.span) for e in outcome.evaluation.evidence] == ["3."]


def test_a_broken_list_is_not_passed() -> None:
    outcomes = run("skip", make_document("1.甲项", "2.乙项", "5.丙项"))

    assert [o.evaluation.verdict for o in outcomes] == [Verdict.INCONSISTENT]


@pytest.mark.parametrize(
    ("text", "each", "expected"),
    [
        ("1.甲项\n2.乙项\n6.丙项", "skip", "3."),
        ("（九）甲\n（十）乙\n（十二）丙", "skip", "（十一）"),
        ("二十九、甲\n三十、乙\n三十二、丙", "skip", "三十一、"),
        ("1、甲项\n2.乙项", "separator", "2、"),
        ("（一）甲\n（二)乙", "bracket", "（二）"),
    ],
)
def test_the_repair_is_the_next_number_in_the_same_look(
    text: str, each: str, expected: str
) -> None:
    (outcome,) = run(each, make_document(*text.split("\n")))

    assert [r.replacement for r in outcome.repairs] == [expected]


def test_no_repair_where_later_numbers_follow_the_gap() -> None:
    (outcome,) = run("skip", make_document("1.甲", "3.丙", "4.丁"))

    assert outcome.repairs == ()
