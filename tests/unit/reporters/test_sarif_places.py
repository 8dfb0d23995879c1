"""Places in SARIF: regions as the standard counts them, paths without this machine's folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.document import Document, Span
from validator.reporters.sarif_places import (
    archive_of,
    artifact_location,
    line_of_file,
    region,
)

if TYPE_CHECKING:
    from pathlib import Path

# Four lines that each end in two characters, as in the examples of the standard, 3.30.2.
LINES = "abcd\r\nefg\r\nhijk\r\nlmn\r\n"


def placed(text: str, start: int, end: int) -> tuple[int | None, ...]:
    found = region(Document("a.txt", "txt", "", text, ()), Span(start, end))
    quoted = found.snippet.text if found.snippet else ""
    assert (found.char_offset, found.char_length, quoted) == (
        start,
        end - start,
        text[start:end],
    )
    return (found.start_line, found.start_column, found.end_line, found.end_column)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param((1, 3), (1, 2, 1, 4), id="within a line"),
        pytest.param((1, 1), (1, 2, 1, 2), id="an insertion"),
        pytest.param((0, 0), (1, 1, 1, 1), id="at the beginning"),
        pytest.param((6, 15), (2, 1, 3, 5), id="two lines"),
        pytest.param((6, 11), (2, 1, 2, 6), id="a line with its end"),
        pytest.param((11, 11), (3, 1, 3, 1), id="an insertion between lines"),
        pytest.param((22, 22), (4, 6, 4, 6), id="at the very end"),
    ],
)
def test_regions_are_those_of_the_standard(
    span: tuple[int, int], expected: tuple[int, ...]
) -> None:
    assert placed(LINES, *span) == expected


def test_a_character_beyond_the_basic_plane_is_one_column() -> None:
    assert placed("甲\n😀𠮷12万元", 4, 8) == (2, 3, 2, 7)


def test_an_empty_text_has_a_beginning() -> None:
    assert placed("", 0, 0) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("报 告.txt", "%E6%8A%A5%20%E5%91%8A.txt"),
        ("a#b?c%d.txt", "a%23b%3Fc%25d.txt"),
        ("第1稿:改.txt", "%E7%AC%AC1%E7%A8%BF%3A%E6%94%B9.txt"),
        ("./甲//乙/../丙.txt", "%E7%94%B2/%E4%B8%99.txt"),
        ("夹\\乙.txt", "%E5%A4%B9/%E4%B9%99.txt"),
        ("a.zip/b.txt", "a.zip/b.txt"),
    ],
)
def test_paths_below_here_are_relative_references(name: str, uri: str) -> None:
    found = artifact_location(name, 3)

    assert (found.uri, found.uri_base_id, found.index) == (uri, "%SRCROOT%", 3)


def test_a_file_elsewhere_has_no_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    below = artifact_location(str(tmp_path / "here" / "b" / "a.txt"))
    beside = artifact_location(str(tmp_path / "there" / "a.txt"))
    above = artifact_location("../there/a.txt")

    assert (below.uri, below.uri_base_id) == ("b/a.txt", "%SRCROOT%")
    assert (beside.uri, beside.uri_base_id) == ("a.txt", None)
    assert (above.uri, above.uri_base_id) == ("../there/a.txt", None)


def test_members_of_archives_know_their_archive() -> None:
    assert archive_of("夹/包.ZIP/内/a.txt") == "夹/包.ZIP"
    assert archive_of("夹/包.zip") == archive_of("夹/a.txt") == ""


def test_the_place_of_a_waiver_is_a_line_of_its_file() -> None:
    told = line_of_file("夹/gouji-waivers.yaml:12").physical_location
    untold = line_of_file("gouji-waivers.yaml").physical_location

    assert told.artifact_location.uri == "%E5%A4%B9/gouji-waivers.yaml"
    assert told.region is not None
    assert told.region.start_line == 12
    assert untold.region is None
