"""The bundled examples with a comment at each finding, read back by ourselves and by others."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING

import docx
import pytest
from commented_files import (
    COMMENTS,
    LINKS,
    MAIN,
    TYPES,
    changed_parts,
    faults,
    marked,
    said,
    told,
)
from office_files import EXAMPLES, FOLDERS, Converted, save_as
from word_bodies import W, accepted, contents, rejected, root_of

from validator.annotating.copies import Copy, Wish, annotate, originals
from validator.findings import Report, Severity
from validator.readers import read, read_bytes
from validator.reporters.words import ZH
from validator.run import check, shipped_rules
from validator.treatments import Treatment

if TYPE_CHECKING:
    from pathlib import Path

WORD = sorted(path for folder in FOLDERS for path in (EXAMPLES / folder).glob("*.docx"))
IDS = [f"{path.parent.name}-{path.stem}" for path in WORD]
BROKEN = [path for path in WORD if path.parent.name == "broken"]
BROKEN_IDS = [path.stem for path in BROKEN]


@cache
def report_of(path: Path) -> Report:
    return check(path)


@cache
def copy_of(path: Path, *, changes: bool = False) -> Copy:
    found = originals([path])
    assert found.unable == {}
    wish = Wish(changes=changes)
    return annotate(found.found[path], report_of(path), Treatment(shipped_rules()), wish, ZH)


def data_of(path: Path, *, changes: bool = False) -> bytes:
    return copy_of(path, changes=changes).annotated.data


def text_of(report: Report) -> str:
    assert report.document is not None
    return report.document.text


@pytest.mark.parametrize("path", WORD, ids=IDS)
def test_every_finding_has_a_comment_on_just_its_words(path: Path) -> None:
    report = report_of(path)
    assert report.document is not None
    wanted = [
        (report.document.quote(one.evidence[0].span), one.title)
        for one in sorted(report.findings, key=lambda one: one.evidence[0].span)
    ]

    found = told(data_of(path)) if wanted else []

    assert [(quote, lines[0].partition("：")[2]) for quote, lines in found] == wanted
    assert copy_of(path).annotated.unplaced == ()


def test_broken_examples_have_errors_to_comment() -> None:
    errors = [
        one
        for path in BROKEN
        for one in report_of(path).findings
        if one.severity is Severity.ERROR
    ]

    assert len(errors) >= 10


@pytest.mark.parametrize("path", WORD, ids=IDS)
def test_comments_stand_where_word_lets_them(path: Path) -> None:
    data = data_of(path)

    if report_of(path).findings:
        assert faults(data) == []
        assert changed_parts(path.read_bytes(), data) == sorted([TYPES, LINKS, COMMENTS, MAIN])
    else:
        assert data == path.read_bytes()


@pytest.mark.parametrize("path", WORD, ids=IDS)
def test_copy_says_the_same_and_has_the_same_findings(path: Path) -> None:
    again = check(data_of(path), name=path.as_posix())

    assert text_of(again) == text_of(report_of(path))
    assert again.findings == report_of(path).findings


@pytest.mark.parametrize("path", BROKEN, ids=BROKEN_IDS)
def test_another_reader_finds_the_same_comments(path: Path) -> None:
    read_back = docx.Document(io.BytesIO(data_of(path)))

    found = [[one.text for one in comment.paragraphs] for comment in read_back.comments]

    assert found == [lines for _, lines in told(data_of(path))]
    assert [one.text for one in read_back.paragraphs] == [
        one.text for one in docx.Document(str(path)).paragraphs
    ]


@pytest.mark.parametrize("path", BROKEN, ids=BROKEN_IDS)
def test_same_example_same_bytes(path: Path) -> None:
    copy_of.cache_clear()
    first = data_of(path)
    copy_of.cache_clear()

    assert data_of(path) == first


def test_an_office_program_keeps_the_comments(tmp_path: Path) -> None:
    copies = {}
    for path in BROKEN:
        copies[path] = tmp_path / path.name
        copies[path].write_bytes(data_of(path))

    saved = save_as("docx", list(copies.values()), tmp_path)

    for path, copy in copies.items():
        data = saved[copy].read_bytes()
        assert read_bytes(data, "a.docx").text == text_of(report_of(path))
        assert sorted(marked(data).values()) == sorted(marked(data_of(path)).values())
        assert sorted(map(" ".join, said(data).values())) == sorted(
            map(" ".join, said(data_of(path)).values())
        )


@pytest.mark.parametrize("path", BROKEN, ids=BROKEN_IDS)
def test_changes_beyond_doubt_stand_within_their_comments(path: Path) -> None:
    copy = copy_of(path, changes=True)
    data = copy.annotated.data

    assert copy.changes
    assert faults(data) == []
    assert len(said(data)) == len(report_of(path).findings)
    mended = {n for n, lines in said(data).items() if any("写成修订" in one for one in lines)}
    assert mended
    marks = list(root_of(data).iter(f"{W}ins", f"{W}del"))
    assert len(marks) > copy.changes
    around = [open_at(data, one.get(f"{W}id", "")) for one in marks]
    assert all(numbers & mended for numbers in around)
    assert mended == set().union(*around) & mended


def open_at(data: bytes, change: str) -> set[str]:
    """Numbers of the comments in whose range a tracked change stands."""
    found: set[str] = set()
    for one in root_of(data).iter(
        f"{W}ins", f"{W}del", f"{W}commentRangeStart", f"{W}commentRangeEnd"
    ):
        number = one.get(f"{W}id", "")
        if one.tag == f"{W}commentRangeStart":
            found.add(number)
        elif one.tag == f"{W}commentRangeEnd":
            found.discard(number)
        elif number == change:
            return found
    return set()


@pytest.mark.parametrize("path", BROKEN, ids=BROKEN_IDS)
def test_changes_mend_and_can_be_taken_back(path: Path) -> None:
    data = data_of(path, changes=True)

    after = check(accepted(data), name=path.as_posix())
    before = read_bytes(rejected(data), "a.docx")

    assert before.text == text_of(report_of(path))
    assert grave(after) < grave(report_of(path))


def grave(report: Report) -> int:
    return sum(one.severity is not Severity.NOTE for one in report.findings)


def test_old_files_are_commented_in_the_word_file_made_of_them(converted: Converted) -> None:
    original = EXAMPLES / "broken" / "final_accounts.docx"
    old = converted("doc")[original]
    found = originals([old]).found[old]

    copy = annotate(found, check(old), Treatment(shipped_rules()), Wish(), ZH)

    data = copy.annotated.data
    assert faults(data) == []
    assert found.suffixes == (".docx",)
    assert read_bytes(data, "a.docx").text == read(old).text
    assert [quote for quote, _ in told(data)] == [quote for quote, _ in told(data_of(original))]
    assert not re.search(rb"w:comment w:[^>]*w:date", contents(data)[COMMENTS])
