"""Quotations: the sentence around, what is wrong marked, the rest shortened."""

from __future__ import annotations

import pytest

from validator.document import Block, BlockKind, Document, Span
from validator.findings import Category, Evidence, Finding, Repair, Severity
from validator.reporters.passages import Mark, passages, shortened


def shown(
    text: str, operands: list[tuple[str, str]], repair: str = "", lines: int = 1
) -> list[str]:
    """Passages as text: wrong words in 【】, other operands in 〔〕."""
    blocks, start = [], 0
    for index, line in enumerate(text.split("\n", lines - 1)):
        span = Span(start, start + len(line))
        blocks.append(Block(index, BlockKind.PARAGRAPH, span, line=index + 1))
        start = span.end + 1
    document = Document("a.txt", "txt", "", text, tuple(blocks))
    evidence = tuple(
        Evidence(role, Span(text.index(words), text.index(words) + len(words)))
        for role, words in operands
    )
    at = text.find(repair) if repair else 0
    repairs = (Repair(Span(at, at + len(repair)), "", ""),) if repair else ()
    finding = Finding("X", "x", "", Category.OTHER, Severity.ERROR, "", "", evidence, repairs)
    around = {Mark.NONE: "{}", Mark.WRONG: "【{}】", Mark.OPERAND: "〔{}〕"}
    return [
        "".join(around[piece.mark].format(piece.text) for piece in passage.pieces)
        for passage in passages(document, finding)
    ]


SUM = "甲。合计9万元，其中：一3万元，二4万元。乙"


@pytest.mark.parametrize(
    ("text", "operands", "repair", "expected"),
    [
        (
            "甲。收入9万元，占5%。乙",
            [("share", "5%"), ("part", "9万元")],
            "",
            ["收入〔9万元〕，占【5%】。"],
        ),
        (
            SUM,
            [("parts", "3万元"), ("parts", "4万元"), ("whole", "9万元")],
            "",
            ["合计【9万元】，其中：一【3万元】，二【4万元】。"],
        ),
        (
            SUM,
            [("parts", "3万元"), ("parts", "4万元"), ("whole", "9万元")],
            "4万元",
            ["合计〔9万元〕，其中：一〔3万元〕，二【4万元】。"],
        ),
        (
            "比上年增加5万元，下降20%。",
            [("rate", "下降20%"), ("amount", "增加5万元")],
            "增加",
            ["比上年【增加5万元】，【下降20%】。"],
        ),
    ],
    ids=["first-operand", "nobody-knows-which", "the-repaired-one", "both-words"],
)
def test_marks(
    text: str, operands: list[tuple[str, str]], repair: str, expected: list[str]
) -> None:
    assert shown(text, operands, repair) == expected


def test_far_operand_has_its_own_passage() -> None:
    text = "全年经费141万元。\n别的话。\n全年经费114万元，增加。"

    found = shown(text, [("first", "114万元"), ("second", "141万元")], lines=3)

    assert found == ["全年经费【114万元】，增加。", "全年经费〔141万元〕。"]


def test_overlapping_operands_are_shown_once() -> None:
    found = shown("共增加5万元。", [("amount", "增加5万元"), ("value", "5万元")])

    assert found == ["共【增加5万元】。"]


def test_long_sentence_is_cut_but_never_inside_a_number() -> None:
    text = f"{'很' * 40}支出1234567890.12万元，占7%，{'长' * 40}1,234,567.89万元。"

    (found,) = shown(text, [("share", "7%")])

    assert found.startswith("…")
    assert "支出1234567890.12万元，占【7%】，" in found
    assert found.endswith("…")


def test_shortened_keeps_both_ends() -> None:
    text = f"开头{'中' * 80}结尾"

    assert shortened(text).startswith("开头")
    assert shortened(text).endswith("结尾")
    assert len(shortened(text)) < 40
