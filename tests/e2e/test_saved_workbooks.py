"""The workbook of the nine tables, saved in other formats, tells the same.

LibreOffice writes number formats, merged cells and strings its own way; an .xls has no names for
styles, an .ods shows text beside values, a web page has only the text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from office_files import save_as

from validator.findings import Report, Status
from validator.run import check

EXAMPLES = Path(__file__).parents[2] / "examples"
BOOKS = [EXAMPLES / folder / "final_accounts_tables.xlsx" for folder in ("clean", "broken")]
FORMATS = ("xlsx", "xls", "ods", "html")


def told(report: Report) -> list[tuple[str, list[str]]]:
    """Rule and quotes of each finding; a page prints the commas that a cell only shows."""
    assert report.status is Status.CHECKED, report.error
    document = report.document
    assert document is not None
    return [
        (
            one.rule,
            ["".join(document.quote(e.span).split()).replace(",", "") for e in one.evidence],
        )
        for one in report.findings
    ]


@cache
def original(path: Path) -> list[tuple[str, list[str]]]:
    return told(check(path))


@pytest.fixture(scope="module", params=FORMATS)
def saved(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, Path]:
    return save_as(request.param, BOOKS, tmp_path_factory.mktemp(request.param))


def test_saved_workbook_has_the_findings_of_the_original(saved: dict[Path, Path]) -> None:
    for book, path in saved.items():
        assert told(check(path)) == original(book), path.name


def test_saved_workbook_is_checked_as_far_as_the_original(saved: dict[Path, Path]) -> None:
    for book, path in saved.items():
        here, there = check(path).coverage, check(book).coverage

        assert (here.checked, here.numbers) == (there.checked, there.numbers), path.name
