"""Generated reports: the same each time, and a ledger that knows what contradicts what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.bench.relations import Reading, RelationKind
from validator.bench.reports import KINDS, STYLES, generate, reports
from validator.document import Span
from validator.edits import Edit
from validator.facts import ReportKind

if TYPE_CHECKING:
    from validator.bench.ledger import CleanReport, Slot


def slot_of(report: CleanReport, words: str, after: str = "") -> Slot:
    """The first slot with these words that stands behind others."""
    start = report.text.index(after) if after else 0
    return next(s for s in report.slots if s.span.start >= start and report.quote(s) == words)


def change(report: CleanReport, slot: Slot, words: str) -> list[Edit]:
    assert report.quote(slot) != words
    return [Edit(slot.span, words)]


def report() -> CleanReport:
    """Final accounts in 万元 with two decimals."""
    return generate(3, ReportKind.FINAL_ACCOUNTS, "sichuan")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_same_seed_same_report(kind: ReportKind, style: str) -> None:
    assert generate(5, kind, style) == generate(5, kind, style)
    assert generate(5, kind, style).text != generate(6, kind, style).text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_a_clean_report_violates_none_of_its_relations(kind: ReportKind, style: str) -> None:
    for seed in range(8):
        clean = generate(seed, kind, style)
        readings = [Reading(slot.quantity, slot.direction) for slot in clean.slots]
        assert [r for r in clean.relations if r.violated(readings)] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_slots_are_read_as_they_are_printed(kind: ReportKind, style: str) -> None:
    clean = generate(2, kind, style)
    spans = [slot.span for slot in clean.slots]
    assert spans == sorted(spans)
    for slot in clean.slots:
        number = slot.quantity
        words = clean.quote(slot)
        if number is None:
            assert abs(slot.direction) == 1
        else:
            assert words.removesuffix(number.unit.symbol).replace(",", "") == f"{number.number}"


def test_reports_take_turns() -> None:
    found = list(reports(1, 2 * len(STYLES) * len(KINDS)))
    assert {(r.kind, r.style) for r in found} == {(k, s) for k in KINDS for s in STYLES}
    assert len({r.name for r in found}) == len(found)


def test_styles_print_in_their_own_units() -> None:
    texts = {s: generate(1, ReportKind.FINAL_ACCOUNTS, s).text for s in STYLES}
    assert len(set(texts.values())) == len(STYLES)
    assert "单位：元" in texts["yunnan"]
    assert "单位：万元" in texts["guangdong"]


def test_a_wrong_digit_is_detectable() -> None:
    clean = report()
    for slot in clean.slots:
        number = slot.quantity
        if number is None or number.unit.symbol != "万元" or not number.number:
            continue
        involved = {at for relation in clean.relations for at in relation.slots}
        if clean.slots.index(slot) not in involved:
            continue
        words = f"{number.number * 3}万元"
        assert clean.detectable(change(clean, slot, words)), clean.quote(slot)


def test_a_flipped_word_is_detectable() -> None:
    clean = report()
    places = [r.slots for r in clean.relations if r.kind is RelationKind.AGREE]
    assert places
    for first, _ in places:
        slot = clean.slots[first]
        other = {"增加": "减少", "减少": "增加"}[clean.quote(slot)]
        assert clean.detectable(change(clean, slot, other))


def test_another_print_of_the_same_value_is_no_error() -> None:
    clean = report()
    for slot in clean.slots:
        number = slot.quantity
        if number is not None and number.unit.symbol == "万元":
            coarse = f"{number.number.quantize(number.quantum * 10):f}万元"
            if coarse != clean.quote(slot):
                assert not clean.detectable(change(clean, slot, coarse)), coarse


def test_words_outside_of_figures_are_not_judged() -> None:
    clean = report()
    at = clean.text.index("部门决算")
    assert not clean.detectable([Edit(Span(at, at + 4), "单位决算")])
    assert not clean.detectable([])


def test_an_unreadable_figure_states_nothing() -> None:
    clean = report()
    slot = next(s for s in clean.slots if s.quantity is not None and s.fact == "revenue@now")
    assert not clean.detectable(change(clean, slot, "若干万元"))


def test_an_edit_may_be_longer_than_what_it_changes() -> None:
    clean = report()
    slot = next(s for s in clean.slots if s.quantity is not None and s.fact == "revenue@now")
    around = Span(slot.span.start - 4, slot.span.end + 1)
    before = clean.text[around.start : slot.span.start]
    after = clean.text[slot.span.end : around.end]
    wrong = Edit(around, f"{before}99{clean.quote(slot)}{after}")
    assert clean.detectable([wrong])


def test_one_change_in_two_places_may_agree_with_itself() -> None:
    """The sum still holds when a part and the whole grow by the same amount."""
    clean = report()
    place = next(r for r in clean.relations if r.kind is RelationKind.SUM)
    edits = [
        Edit(s.span, f"{s.quantity.number + 7}{s.quantity.unit}")
        for s in (clean.slots[place.slots[0]], clean.slots[place.slots[1]])
        if s.quantity is not None
    ]
    both = clean.violated(edits)
    assert place not in both
    assert place in clean.violated(edits[:1])
    assert clean.culpable(edits[:1]) >= 1
