"""Each relation that a report can state: when it holds, and when nothing can make it hold."""

from __future__ import annotations

import pytest

from validator.bench.printed import direction_of, quantity_of
from validator.bench.relations import Reading, Relation, RelationKind

K = RelationKind


def violated(kind: RelationKind, *words: str, signs: tuple[int, ...] = ()) -> bool:
    """Whether figures and direction words, in the order of the kind, contradict each other."""
    readings = [
        Reading(direction=way) if (way := direction_of(w)) else Reading(quantity_of(w))
        for w in words
    ]
    slots = tuple(-1 if w == "" else i for i, w in enumerate(words))
    return Relation(kind, slots, signs).violated(readings)


HOLDS = [
    (K.SAME, "12.34亿元", "123411.00万元"),
    (K.SUM, "100.00万元", "33.33万元", "66.66万元"),
    (K.MOST, "12.00万元", "12.00万元"),
    (K.WITHIN, "50.00万元", "30.00万元", "20.01万元"),
    (K.NIL, "0万元", "0辆"),
    (K.NIL, "18.00万元", "1辆"),
    (K.SHARE, "19.9%", "19.90万元", "100.00万元"),
    (K.SHARE, "66.6%", "2.00万元", "3.00万元"),
    (K.PRODUCT, "61.95万元", "295人", "2100元"),
    (K.AVERAGE, "4293.73元", "34349.81元", "8辆"),
    (K.AVERAGE, "4293.72元", "34349.81元", "8辆"),
    (K.AGREE, "增加", "上升"),
    (K.SIDE, "小于", "9.00万元", "10.00万元"),
    (K.MOVED, "减少", "1.00万元", "9.00万元", "10.00万元"),
    (K.BRIDGE, "增加", "3.00万元", "增加", "5.00万元", "减少", "2.00万元"),
    (K.GROWN, "10%", "增长", "1.00万元", "11.00万元"),
    (K.GROWN, "10%", "下降", "1.00万元", "9.00万元"),
    (K.GROWN, "100%", "下降", "5.00万元", "0万元"),
    (K.GREW, "10%", "增长", "11.00万元", "10.00万元"),
    (K.GREW, "-10%", "", "9.00万元", "10.00万元"),
]
BROKEN = [
    (K.SAME, "12.34亿元", "124411.00万元"),
    (K.SUM, "100.00万元", "33.33万元", "66.60万元"),
    (K.MOST, "12.02万元", "12.00万元"),
    (K.WITHIN, "50.00万元", "30.00万元", "20.10万元"),
    (K.NIL, "0万元", "1辆"),
    (K.NIL, "18.00万元", "0辆"),
    (K.SHARE, "20.9%", "19.90万元", "100.00万元"),
    (K.PRODUCT, "61.95万元", "259人", "2100.00元"),
    (K.AVERAGE, "4923.73元", "34349.81元", "8辆"),
    (K.AGREE, "增加", "下降"),
    (K.SIDE, "大于", "9.00万元", "10.00万元"),
    (K.MOVED, "增加", "1.00万元", "9.00万元", "10.00万元"),
    (K.BRIDGE, "增加", "3.00万元", "增加", "5.00万元", "增加", "2.00万元"),
    (K.GROWN, "10%", "增长", "1.00万元", "9.00万元"),
    (K.GROWN, "20%", "下降", "1.00万元", "9.00万元"),
    (K.GREW, "10%", "下降", "11.00万元", "10.00万元"),
    (K.GREW, "10%", "", "9.00万元", "10.00万元"),
]


@pytest.mark.parametrize("case", HOLDS)
def test_some_true_values_satisfy(case: tuple[RelationKind, *tuple[str, ...]]) -> None:
    kind, *words = case
    assert not violated(kind, *words)


@pytest.mark.parametrize("case", BROKEN)
def test_no_true_values_satisfy(case: tuple[RelationKind, *tuple[str, ...]]) -> None:
    kind, *words = case
    assert violated(kind, *words)


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_contradicts_nothing(
    case: tuple[RelationKind, *tuple[str, ...]],
) -> None:
    kind, *words = case
    at = max(i for i, word in enumerate(words) if word)
    assert not violated(kind, *words[:at], "若干", *words[at + 1 :])


def test_differences_take_parts_off() -> None:
    assert not violated(K.SUM, "4.00万元", "10.00万元", "6.00万元", signs=(1, -1))
    assert violated(K.SUM, "4.00万元", "10.00万元", "6.10万元", signs=(1, -1))


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("1,234.50万元", "1234.50万元"),
        ("１２．３％", "12.3%"),
        ("37人", "37人"),
        ("-2.1%", "-2.1%"),
    ],
)
def test_figures_are_read_in_every_print(words: str, printed: str) -> None:
    assert str(quantity_of(words)) == printed


@pytest.mark.parametrize("words", ["", "若干", "12,34万元", "3.5", "1.2.3万元", "12万3千元"])
def test_what_is_no_figure_is_not_read(words: str) -> None:
    assert quantity_of(words) is None
