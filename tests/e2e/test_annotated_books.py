"""The bundled workbooks and prints with notes: each at its place, and nothing else changed."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from margin_notes import marks_of, note_on
from office_files import save_as

from validator.annotating import annotator
from validator.annotating.notes import notes
from validator.findings import Report, Severity, Status
from validator.reporters.words import ZH
from validator.run import check

if TYPE_CHECKING:
    from office_files import Converted

    from validator.annotating.notes import Note
    from validator.annotating.placing import Annotated

EXAMPLES = Path(__file__).parents[2] / "examples"
BOOK = EXAMPLES / "broken" / "final_accounts_tables.xlsx"
REPORTS = ("final_accounts", "budget", "performance", "execution_report")
PDFTOPPM = shutil.which("pdftoppm")


@cache
def report(path: Path) -> Report:
    result = check(path)
    assert result.status is Status.CHECKED, result.error
    return result


@cache
def annotated(path: Path) -> tuple[list[Note], Annotated]:
    found = list(notes(report(path), ZH))
    return found, annotator(path.read_bytes(), path.name).written(found)


def told(result: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.fingerprint) for one in result.findings]


def values(data: bytes) -> dict[str, list[list[Any]]]:
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [[(cell.value, cell.number_format) for cell in row] for row in sheet]
        for sheet in book
    }


def remarks(data: bytes) -> dict[str, str]:
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book
        for row in sheet
        for cell in row
        if cell.comment
    }


def test_every_finding_of_the_workbook_is_noted_at_its_cell() -> None:
    found, result = annotated(BOOK)
    document = report(BOOK).document
    assert document is not None
    cells = remarks(result.data)

    assert len(found) == len(report(BOOK).findings) > 4
    assert result.placed == tuple(found)
    for note in found:
        block = document.block_at(note.span.start)
        assert block is not None
        assert note.text in cells[block.origin]


def test_figures_and_formats_of_the_workbook_stay() -> None:
    _, result = annotated(BOOK)

    assert values(result.data) == values(BOOK.read_bytes())


def test_workbook_is_judged_as_before() -> None:
    _, result = annotated(BOOK)
    copy = check(result.data, name=BOOK.name)

    assert copy.document is not None
    assert report(BOOK).document is not None
    assert copy.document.text == report(BOOK).document.text  # type: ignore[union-attr]
    assert told(copy) == told(report(BOOK))


def test_workbook_without_findings_gets_no_notes() -> None:
    clean = EXAMPLES / "clean" / "final_accounts_tables.xlsx"
    found, result = annotated(clean)

    assert found == []
    assert remarks(result.data) == {}


def test_office_program_keeps_figures_and_notes(tmp_path: Path) -> None:
    _, result = annotated(BOOK)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(result.data)
    place = tmp_path / "saved"
    place.mkdir()

    saved = save_as("xlsx", [BOOK, copy], place)

    before, after = (saved[one].read_bytes() for one in (BOOK, copy))
    assert values(after) == values(before)
    assert remarks(after) == remarks(result.data)


@pytest.mark.parametrize("kind", REPORTS)
def test_every_finding_of_a_print_is_marked_at_its_words(
    kind: str, converted: Converted
) -> None:
    path = converted("pdf")[EXAMPLES / "broken" / f"{kind}.docx"]
    found, result = annotated(path)
    document = report(path).document
    assert document is not None

    marks = {one.entries["/NM"]: one for one in marks_of(result.data)}

    assert len(found) == len(report(path).findings) > 0
    assert result.unplaced == ()
    assert result.data.startswith(path.read_bytes())
    for note in found:
        mark = marks[note.fingerprint]
        assert mark.words == "".join(document.quote(note.span).split())
        assert mark.contents.splitlines() == note.text.splitlines()


@pytest.mark.parametrize("kind", REPORTS)
def test_every_figure_of_a_print_can_be_marked(kind: str, converted: Converted) -> None:
    path = converted("pdf")[EXAMPLES / "clean" / f"{kind}.docx"]
    result = report(path)
    assert result.document is not None
    assert result.reading is not None
    spans = [one.span for one in result.reading.figures]

    made = annotator(path.read_bytes(), path.name).written([note_on(one) for one in spans])

    found: dict[str, str] = {}
    for one in marks_of(made.data):
        name = one.entries["/NM"][:16]
        found[name] = found.get(name, "") + one.words
    assert made.unplaced == ()
    assert found == {
        note_on(one).fingerprint: "".join(result.document.quote(one).split()) for one in spans
    }


@pytest.mark.parametrize("kind", REPORTS)
def test_print_is_judged_as_before(kind: str, converted: Converted) -> None:
    path = converted("pdf")[EXAMPLES / "broken" / f"{kind}.docx"]
    _, result = annotated(path)
    copy = check(result.data, name=path.name)

    assert copy.document is not None
    assert copy.document.text == report(path).document.text  # type: ignore[union-attr]
    assert told(copy) == told(report(path))
    assert Severity.ERROR in {one.severity for one in copy.findings}


@pytest.mark.skipif(PDFTOPPM is None, reason="poppler (pdftoppm) is not installed")
def test_another_program_shows_the_marks(converted: Converted, tmp_path: Path) -> None:
    path = converted("pdf")[EXAMPLES / "broken" / "budget.docx"]
    _, result = annotated(path)
    page = str(marks_of(result.data)[0].page)
    coloured = []
    for name, data in (("before", path.read_bytes()), ("after", result.data)):
        (tmp_path / f"{name}.pdf").write_bytes(data)
        raw = subprocess.run(
            [str(PDFTOPPM), "-f", page, "-l", page, "-r", "72", str(tmp_path / f"{name}.pdf")],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        assert raw.stderr == b""
        parts = raw.stdout.split(b"\n", 3)[3]
        pixels = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        coloured.append(sum(max(one) - min(one) > 40 for one in pixels))

    assert coloured[1] > coloured[0] + 100
