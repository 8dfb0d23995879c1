"""The bundled broken examples as ``gouji fix`` changes them, every figure agreed to."""

from __future__ import annotations

import hashlib
import io
import re
from functools import cache
from typing import TYPE_CHECKING

import docx
import pytest
from office_files import EXAMPLES, save_as
from word_bodies import MAIN, accepted, contents, rejected

from validator.findings import Report, Severity
from validator.fixing import Answer, Fixed, Wishes, fix
from validator.readers import read, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("final_accounts", "budget", "performance", "execution_report")
FORMATS = ("docx", "txt")


def path_of(kind: str, form: str) -> Path:
    return EXAMPLES / "broken" / f"{kind}.{form}"


@cache
def mended(kind: str, form: str) -> Fixed:
    return fix(path_of(kind, form), Wishes(ask=lambda _: Answer.CHANGE))


def text_of(report: Report) -> str:
    assert report.document is not None
    return report.document.text


def with_changes(result: Fixed) -> str:
    text = text_of(result.before)
    for one in reversed(result.made):
        text = text[: one.edit.span.start] + one.edit.text + text[one.edit.span.end :]
    return text


def grave(report: Report) -> int:
    return sum(one.severity is not Severity.NOTE for one in report.findings)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_changes_mend_and_bring_nothing_new(kind: str, form: str) -> None:
    result = mended(kind, form)

    assert result.made
    assert result.aftermath.gone
    assert result.aftermath.fresh == ()
    assert grave(result.after) < grave(result.before)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_example_itself_stays(kind: str, form: str) -> None:
    path = path_of(kind, form)

    result = mended(kind, form)

    digest = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert result.before.digest == digest
    assert result.after.digest != digest


@pytest.mark.parametrize("kind", KINDS)
def test_word_and_text_get_the_same_changes(kind: str) -> None:
    made = [
        [one.edit.text for one in mended(kind, form).made]
        for form in FORMATS
    ]  # fmt: skip

    assert made[0] == made[1]


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_the_example_but_for_the_changes(kind: str) -> None:
    result = mended(kind, "txt")

    assert result.data.decode() == with_changes(result)


@pytest.mark.parametrize("kind", KINDS)
def test_accepting_all_gives_the_changes_and_rejecting_all_the_example(kind: str) -> None:
    result = mended(kind, "docx")

    new, old = accepted(result.data), rejected(result.data)

    assert read_bytes(new, "a.docx").text == with_changes(result)
    assert read_bytes(old, "a.docx").text == text_of(result.before)
    assert printed(old) == printed(path_of(kind, "docx").read_bytes())
    assert "w:del " not in contents(new)[MAIN].decode()


def printed(data: bytes) -> list[str]:
    """Words as another reader of Word files sees them."""
    word = docx.Document(io.BytesIO(data))
    cells = [cell.text for t in word.tables for row in t.rows for cell in row.cells]
    return [one.text for one in word.paragraphs] + cells


@pytest.mark.parametrize("kind", KINDS)
def test_all_else_in_the_word_file_stays(kind: str) -> None:
    before = contents(path_of(kind, "docx").read_bytes())

    after = contents(mended(kind, "docx").data)

    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [MAIN]
    # Where nothing was changed, even the bytes of the text are those of the example.
    old, new = paragraphs(before[MAIN]), paragraphs(after[MAIN])
    assert len(old) == len(new)
    changed = [at for at, one in enumerate(old) if one != new[at]]
    assert 0 < len(changed) <= len(mended(kind, "docx").made)
    assert all(b"<w:ins " in new[at] or b"<w:del " in new[at] for at in changed)


def paragraphs(part: bytes) -> list[bytes]:
    return re.split(rb"(?=<w:p[ >])", part)


@pytest.mark.parametrize("form", FORMATS)
def test_same_example_same_bytes(form: str) -> None:
    again = fix(path_of("performance", form), Wishes(ask=lambda _: Answer.CHANGE))

    assert again.data == mended("performance", form).data


def test_an_office_program_reads_the_changes(tmp_path: Path) -> None:
    copies = {}
    for kind in KINDS:
        path = tmp_path / f"{kind}.docx"
        path.write_bytes(mended(kind, "docx").data)
        copies[path] = kind

    saved = save_as("docx", list(copies), tmp_path)

    for path, kind in copies.items():
        assert read(saved[path]).text == with_changes(mended(kind, "docx"))
        again = contents(saved[path].read_bytes())[MAIN].decode()
        assert again.count("<w:ins ") >= len(mended(kind, "docx").made) - deletions(kind)
        assert set(re.findall(r'<w:(?:ins|del) [^>]*w:author="([^"]*)"', again)) == {"gouji"}


def deletions(kind: str) -> int:
    return sum(not one.edit.text for one in mended(kind, "docx").made)
