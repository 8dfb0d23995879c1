"""The bundled examples as PDF: the printed report is judged like the Word file it came from."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.findings import Status
from validator.run import check

if TYPE_CHECKING:
    from validator.findings import Report

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = [
    (folder, kind)
    for folder in ("clean", "broken")
    for kind in ("final_accounts", "budget", "performance", "execution_report")
]
SOFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed"
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every example as LibreOffice prints it."""
    place = tmp_path_factory.mktemp("printed")
    for folder in ("clean", "broken"):
        files = sorted((EXAMPLES / folder).glob("*.docx"))
        subprocess.run(
            [
                str(SOFFICE), "--headless", f"-env:UserInstallation={(place / 'user').as_uri()}",
                "--convert-to", "pdf", "--outdir", str(place / folder), *map(str, files),
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    return place


@cache
def report(path: Path) -> Report:
    result = check(path)
    assert result.status is Status.CHECKED, result.error
    return result


def findings(path: Path) -> list[tuple[str, list[str]]]:
    """Rule and quotes of each finding; where the blanks of a line fall is the printer's."""
    result = report(path)
    assert result.document is not None
    text = result.document.text
    return [
        (one.rule, ["".join(text[e.span.start : e.span.end].split()) for e in one.evidence])
        for one in result.findings
    ]


@pytest.mark.parametrize(("folder", "kind"), CASES)
def test_word_and_its_print_give_the_same_findings(
    folder: str, kind: str, printed: Path
) -> None:
    word = findings(EXAMPLES / folder / f"{kind}.docx")

    assert findings(printed / folder / f"{kind}.pdf") == word
    assert bool(word) == (folder == "broken")


@pytest.mark.parametrize(("folder", "kind"), CASES)
def test_word_and_its_print_have_the_same_words(folder: str, kind: str, printed: Path) -> None:
    def words(path: Path) -> list[str]:
        document = report(path).document
        assert document is not None
        return ["".join(document.quote(block.span).split()) for block in document.blocks]

    assert words(printed / folder / f"{kind}.pdf") == words(EXAMPLES / folder / f"{kind}.docx")


@pytest.mark.parametrize(("folder", "kind"), CASES)
def test_figures_are_on_the_page_that_is_told(folder: str, kind: str, printed: Path) -> None:
    document = report(printed / folder / f"{kind}.pdf").document

    assert document is not None
    pages = [block.page for block in document.blocks]
    assert pages == sorted(pages)
    assert pages[0] == 1
    assert pages[-1] > 1
