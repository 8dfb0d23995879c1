"""Positions: what the protocol counts, against what Python counts."""

from __future__ import annotations

import pytest
from lsprotocol.types import Position, PositionEncodingKind

from validator.document import Span
from validator.lsp.positions import Lines, yaml_offset

TEXT = "收入😀𠮷a1.5万元\r\n\f第二页\n旧\r末"
KINDS = list(PositionEncodingKind)


@pytest.mark.parametrize(
    ("encoding", "character"),
    [
        (PositionEncodingKind.Utf8, 3 + 3 + 4 + 4 + 1),
        (PositionEncodingKind.Utf16, 1 + 1 + 2 + 2 + 1),
        (PositionEncodingKind.Utf32, 5),
    ],
)
def test_units_before_a_figure(encoding: PositionEncodingKind, character: int) -> None:
    lines = Lines(TEXT, encoding)

    assert lines.position(TEXT.index("1.5")) == Position(0, character)


def test_utf_16_unless_told_otherwise() -> None:
    assert Lines("😀1").position(1) == Position(0, 2)


@pytest.mark.parametrize("encoding", KINDS)
def test_every_character_is_found_again(encoding: PositionEncodingKind) -> None:
    lines = Lines(TEXT, encoding)
    kept = [at for at, character in enumerate(TEXT) if character != "\n"]

    assert [lines.offset(lines.position(at)) for at in kept] == kept
    assert lines.offset(lines.position(len(TEXT))) == len(TEXT)


def test_lines_end_where_the_protocol_says() -> None:
    lines = Lines(TEXT)

    assert lines.position(TEXT.index("第")) == Position(1, 1), "a form feed ends no line"
    assert lines.position(TEXT.index("旧")) == Position(2, 0)
    assert lines.position(TEXT.index("末")) == Position(3, 0)
    assert Lines("甲\u2028乙\x85丙").position(4) == Position(0, 4)


def test_a_line_break_is_the_end_of_its_line() -> None:
    end = TEXT.index("\r\n")
    lines = Lines(TEXT)

    assert lines.position(end) == lines.position(end + 1) == Position(0, end + 2)


def test_positions_outside_the_text() -> None:
    lines = Lines("甲乙\n丙")

    assert lines.offset(Position(0, 99)) == 2
    assert lines.offset(Position(7, 0)) == 4
    assert lines.offset(Position(1, 5)) == 4
    assert Lines("").offset(Position(0, 0)) == 0
    assert Lines("").position(3) == Position(0, 0)


def test_inside_a_pair_of_units_is_before_the_character() -> None:
    assert Lines("a😀b").offset(Position(0, 2)) == 1


def test_a_range() -> None:
    found = Lines("😀增加\n5.71").range(Span(1, 8))

    assert (found.start, found.end) == (Position(0, 2), Position(1, 4))


def test_a_lone_surrogate_is_one_unit() -> None:
    assert Lines("\ud83d1").position(1) == Position(0, 1)
    assert Lines("\ud83d1", PositionEncodingKind.Utf8).position(1) == Position(0, 3)


def test_places_of_yaml() -> None:
    text = "a: 甲\x85b: 乙\r\nc: 😀d\n"

    assert text[yaml_offset(text, 2, 4)] == "乙"
    assert text[yaml_offset(text, 3, 5)] == "d"
    assert yaml_offset(text, 99, 1) == len(text)
