"""Kind ``pattern``: marks, excuses, pairs, and one finding for repeated words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from validator.document import Block, BlockKind, Document, Span
from validator.engine.checks import pattern
from validator.findings import Category, Verdict


def make_document(*lines: tuple[BlockKind, str] | str) -> Document:
    blocks, parts, at = [], [], 0
    for index, line in enumerate(lines):
        kind, text = line if isinstance(line, tuple) else (BlockKind.PARAGRAPH, line)
        blocks.append(Block(index, kind, Span(at, at + len(text)), line=index + 1))
        parts.append(text)
        at += len(text) + 1
    return Document("x", "txt", "", "\n".join(parts), tuple(blocks))


def found(document: Document, **rule: Any) -> list[tuple[str, list[str], dict[str, str]]]:
    defaults: dict[str, Any] = {"each": "text", "match": {}, "unless": {}, "params": {}}
    fake: Any = SimpleNamespace(
        id="TPL999", category=Category.TEMPLATE_RESIDUE, **(defaults | rule)
    )
    context: Any = SimpleNamespace(document=document)
    outcomes = list(pattern.check(fake, context))
    assert all(o.evaluation.verdict is Verdict.INCONSISTENT for o in outcomes)
    return [
        (
            o.evaluation.assertion,
            [document.quote(e.span) for e in o.evaluation.evidence],
            dict(o.values),
        )
        for o in outcomes
    ]


def quotes(document: Document, **rule: Any) -> list[list[str]]:
    return [places for _, places, _ in found(document, **rule)]


def test_match_sees_through_blanks_and_widths_and_quotes_the_file() -> None:
    document = make_document("收入共 Ｘ Ｘ 万\u3000元，支出:２０ＸＸ年")

    result = quotes(document, match={"amount": "[XＸ]{2}万元", "year": "20[XＸ]{2}年"})

    assert result == [["Ｘ Ｘ 万\u3000元"], ["２０ＸＸ年"]]


def test_a_half_width_comma_is_punctuation_outside_numbers() -> None:
    document = make_document("1,234.56万元,占5%")

    assert quotes(document, match={"a": "元，占", "b": "1,234"}) == [["1,234"], ["元,占"]]


def test_a_mark_group_narrows_what_is_underlined() -> None:
    assert quotes(make_document("决算数大小于预算数"), match={"a": "数(?P<mark>大小于)预"}) == [
        ["大小于"]
    ]


def test_unless_excuses_what_it_covers_and_nothing_else() -> None:
    document = make_document("附件（如有）另送，补贴（如有）照发")

    assert quotes(document, match={"a": "（如有）"}, unless={"b": "附件（如有）"}) == [
        ["（如有）"]
    ]


def test_a_pattern_never_crosses_a_block() -> None:
    assert quotes(make_document("主要", "是……"), match={"a": "主要.{0,2}是"}) == []


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ("prose", ["甲段", "甲题"]),
        ("heading", ["甲题"]),
        ("cell", ["甲格"]),
        ("text", ["甲段", "甲题", "甲格"]),
        ("chart", ["甲图"]),
        ("any", ["甲段", "甲题", "甲格", "甲图"]),
    ],
)
def test_each_chooses_the_blocks(each: str, expected: list[str]) -> None:
    document = make_document(
        "甲段",
        (BlockKind.HEADING, "甲题"),
        (BlockKind.CELL, "甲格"),
        (BlockKind.CHART, "甲图"),
    )

    assert quotes(document, each=each, match={"a": "甲."}) == [[quote] for quote in expected]


def test_overlapping_matches_give_the_longest_one() -> None:
    document = make_document("9.国防（类）…（款）")

    assert found(document, match={"short": "…（款）", "long": "^.*…（款）$"})[0][0] == "long"


def test_identical_lines_are_found_each_at_its_place() -> None:
    assert len(quotes(make_document("……", "……", "……"), match={"a": "^…+$"})) == 3


def test_once_gathers_the_places_of_the_same_words() -> None:
    document = make_document("本部门（单位）成立", "部门（单位）概况")

    ((_, places, values),) = found(
        document, match={"a": "部门（单位）"}, params={"once": "true"}
    )

    assert places == ["部门（单位）"] * 2
    assert values["count"] == "2"


def test_bookmark_marks_are_not_words() -> None:
    document = make_document("[bookmark: _GoBack]一、概况", "[bookmark: _Toc1]")

    assert quotes(document, match={"a": "bookmark|^$|GoBack"}) == []


def test_a_long_quote_is_cut_in_the_message_but_not_in_the_evidence() -> None:
    line = "（" + "请填写" * 30 + "）"
    ((_, places, values),) = found(make_document(line), match={"a": "（请.*）"})

    assert places == [line]
    assert len(values["match"]) == 40


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["05（款）06项）：支出"], [["）"]]),
        (["公用经费（含水费"], [["（"]]),
        (["《条例》和《办法"], [["《"]]),
        (["1）培训；2）检查；a）其他"], []),
        (["“十四五", "规划”编制"], []),
        (["（一）职责（含（二）项）"], []),
        (["三公”经费", "正文", "正文", "“三公"], [["”"], ["“"]]),
    ],
)
def test_pairs_must_close(lines: list[str], expected: list[list[str]]) -> None:
    assert quotes(make_document(*lines), params={"pairs": "（）《》“”"}) == expected
