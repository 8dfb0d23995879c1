"""``gouji diff`` on the bundled examples, the clean and the broken one, in every format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from validator.cli import main
from validator.comparing import compare
from validator.run import check

if TYPE_CHECKING:
    from click.testing import Result
    from office_files import Converted

    from validator.comparing import Comparison

EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS = ("final_accounts", "budget", "performance", "execution_report")
SUFFIXES = (".txt", ".docx")
TABLES = "final_accounts_tables.xlsx"
CHANGED = {
    "final_accounts": (9, 2),
    "budget": (10, 0),
    "performance": (10, 1),
    "execution_report": (11, 0),
}
"""Figures with another value and figures written differently, by what the examples' texts say."""


def gouji(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, args)])


def example(folder: str, name: str) -> Path:
    return EXAMPLES / folder / name


def told(both: Comparison) -> tuple[int, int, int, int]:
    """New and fixed findings, figures changed and restated; nothing comes or goes."""
    kinds = [change.kind.value for change in both.figures]
    assert set(kinds) <= {"changed", "restated"}
    return len(both.fresh), len(both.fixed), kinds.count("changed"), kinds.count("restated")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("one", SUFFIXES)
@pytest.mark.parametrize("two", SUFFIXES)
def test_clean_against_broken(kind: str, one: str, two: str) -> None:
    clean = check(example("clean", f"{kind}{one}"))
    broken = check(example("broken", f"{kind}{two}"))

    assert told(compare(clean, broken)) == (len(broken.findings), 0, *CHANGED[kind])
    assert told(compare(broken, clean)) == (0, len(broken.findings), *CHANGED[kind])


@pytest.mark.parametrize("folder", ["clean", "broken"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", ["txt", "pdf"])
def test_word_file_against_its_twin(
    folder: str, kind: str, suffix: str, converted: Converted
) -> None:
    original = example(folder, f"{kind}.docx")
    twin = original.with_suffix(".txt") if suffix == "txt" else converted(suffix)[original]

    both = compare(check(original), check(twin))

    assert told(both) == (0, 0, 0, 0)
    assert len(both.kept) == len(both.old.findings)
    assert both.altered == ()


@pytest.mark.parametrize("kind", KINDS)
def test_word_file_against_the_printed_broken_one(kind: str, converted: Converted) -> None:
    broken = converted("pdf")[example("broken", f"{kind}.docx")]

    both = compare(check(example("clean", f"{kind}.docx")), check(broken))

    assert told(both)[2:] == CHANGED[kind]


def test_workbooks() -> None:
    result = gouji(example("broken", TABLES), example("clean", TABLES))

    assert result.exit_code == 0
    assert "改了的数字 5\n" in result.stdout
    assert "单元格公开01表!B9  其他收入 · 收入决算数  22.15 → 23.15\n" in result.stdout


def test_folders_of_examples() -> None:
    """Reports and their workbook are judged as a set; records are no reports of a folder."""
    result = gouji(EXAMPLES / "clean", EXAMPLES / "broken", "-q")

    assert result.exit_code == 1
    assert "新增" not in result.stderr
    assert "少了" not in result.stderr
