"""gouji bench: what is printed, what is refused, how a run ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from validator.cli import main

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]
CLEAN = ROOT / "examples" / "clean" / "performance.txt"
BROKEN = ROOT / "examples" / "broken"
FEW = ["--limit", "2", "--kinds", "ratio,错一位数字"]


def gouji(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["bench", *map(str, words)])


def test_mutation_prints_a_table_and_the_command_that_repeats_it() -> None:
    result = gouji("mutation", CLEAN, *FEW)

    assert result.exit_code == 0
    assert (
        f"gouji bench mutation {CLEAN.as_posix()} --seed 1 --limit 2"
        in result.output.replace("\n", " ")
    )
    assert "比值当百分数" in result.output
    assert "没有底账" in result.output


def test_mutation_of_generated_reports() -> None:
    result = gouji("mutation", "--reports", "1", *FEW, "--format", "json")

    data = json.loads(result.stdout)
    assert data["total"]["detectable"] is not None
    assert len(data["plants"]) == 4


def test_markdown_goes_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "自测.md"

    result = gouji("mutation", CLEAN, *FEW, "--format", "markdown", "-o", path)

    assert result.output == ""
    assert path.read_text(encoding="utf-8").startswith("# 种错自测")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["mutation", CLEAN, "--kinds", "ratio", "--limit", "4", "--floor", "single=0"], 0),
        # Nothing says that a stale year can be found out: a floor under nothing is not reached.
        (["mutation", CLEAN, "--kinds", "year", "--limit", "1", "--floor", "detection=0"], 1),
        (["labelled", BROKEN, "--floor", "error=0.9"], 0),
        (["labelled", BROKEN, "--floor", "error=0.9", "--floor", "held=0.9"], 1),
    ],
)
def test_floors_make_the_exit_code(words: list[str | Path], code: int) -> None:
    result = gouji(*words)

    assert result.exit_code == code
    assert ("没有达到下限" in result.stderr) is bool(code)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["mutation", "没有"], "找不到“没有”"),
        (["mutation", "空的"], "里没有能检查的报告"),
        (["mutation", "坏.docx"], "没有一份报告可以种错"),
        (["mutation", "--kinds", "digits"], "没有错法“digits”（是否指 digit？）"),
        (["mutation", "--floor", "recall=1"], "--floor 的值“recall=1”不对"),
        (["mutation", "--limit", "多"], "选项 --limit"),
        (["mutation", "-o", "没有/a.md"], "没有这个文件夹"),
        (["mutation", "别处.txt", "-o", "别处.txt"], "会把它覆盖"),
        (["labelled", "没有"], "找不到“没有”"),
        (["labelled", "别处.yaml", "-o", "别处.yaml"], "会把它覆盖"),
        (["labelled", "空的"], "里没有标注文件"),
        (["labelled", "坏.yaml"], "坏.yaml"),
        (["labelled", "别处.yaml"], "在报告里找不到"),
        (["speed", "坏.docx"], "坏.docx"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_refusals(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("空的").mkdir()
    tmp_path.joinpath("坏.docx").write_bytes(b"PK\x03\x04no")
    tmp_path.joinpath("坏.yaml").write_text("findings: [", encoding="utf-8")
    tmp_path.joinpath("别处.txt").write_text("收入1万元。", encoding="utf-8")
    quote = "- {quote: 没有这句, severity: error, category: other}"
    tmp_path.joinpath("别处.yaml").write_text(quote, encoding="utf-8")

    result = gouji(*words)

    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_labelled_lists_what_it_did_not_find() -> None:
    result = gouji("labelled", BROKEN, "--list", "5")

    assert result.exit_code == 0
    assert "final_accounts.txt" in result.output
    assert "合计" in result.output


def test_speed_as_json() -> None:
    result = gouji("speed", CLEAN, "--runs", "1", "--format", "json")

    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["files"]) == 1


def test_schema_of_labels() -> None:
    result = CliRunner().invoke(main, ["schema", "labels"])

    assert json.loads(result.stdout)["$id"] == "gouji.labels/1"
