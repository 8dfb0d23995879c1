"""gouji rules: packs are chosen, rules are drafted, tested, watched, printed and counted."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from validator.cli import main

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "examples" / "broken" / "final_accounts.txt"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gouji(*words: str, answers: str = "") -> Result:
    return CliRunner().invoke(main, words, input=answers)


def draft(*more: str) -> Result:
    table = ["--table", "食堂收支表", "--identity", "餐费 + 补助 = 收入小计"]
    return gouji("rules", "new", "--to", "本局", *table, *more)


def test_list_is_by_family_and_tells_of_other_packs(here: Path) -> None:
    del here
    lines = gouji("rules", "list").stdout.splitlines()

    assert lines[0] == "BAL 收支平衡"
    assert lines[1].startswith("  BAL001  错误  收入总计与支出总计不等")
    assert any(line.startswith("共 ") and "稳定" in line for line in lines)


def test_packs_tell_where_they_come_from(here: Path) -> None:
    draft()

    text = gouji("rules", "packs", "--rules", "本局").stdout

    assert "core  通用规则：" in text
    assert "本局  本局：1条（文件夹 本局）" in text
    assert "规则集 sha256:" in text
    assert here.joinpath("本局", "pack.yaml").is_file()


def test_new_asks_for_what_is_not_given(here: Path) -> None:
    result = gouji("rules", "new", answers="9\n1\n\n食堂收支表\n餐费 + 补助 = 收入小计\n")

    assert result.exit_code == 0
    assert "请输入 1、2 或 3" in result.stdout
    assert "例子全部通过" in result.stdout
    assert here.joinpath("我的规则", "ORG001-org001-does-not-hold.yaml").is_file()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--table", "表", "--words", "甲"), "只能给一个"),
        (("--words", "甲", "--to", "本局", "--id", "org1"), "编号“org1”不行"),
        (("--words", "甲", "--to", "本局", "--id", "SHR001"), "编号 SHR001 已经用了"),
        (("--words", "甲", "--to", "本局", "--name", "A B"), "英文名“A B”不行"),
        (("--like", "SHR01", "--to", "本局"), "没有规则“SHR01”（是否指 SHR001？）"),
        (("--table", "表", "--identity", "甲", "--to", "本局"), "不是等式"),
    ],
)
def test_new_refuses_what_cannot_be(here: Path, words: tuple[str, ...], error: str) -> None:
    result = gouji("rules", "new", *words)

    assert result.exit_code == 2
    assert error in result.stderr
    assert not here.joinpath("本局").exists()


def test_a_draft_is_tested_linted_explained_and_used(here: Path) -> None:
    draft("--title", "食堂收入小计不等于各项之和")
    report = here / "报告.txt"
    rows = "| 项目 | 金额 |\n| 餐费 | 10.00 |\n| 补助 | 5.00 |\n| 收入小计 | 51.00 |\n"
    report.write_text(f"食堂收支表\n单位：万元\n{rows}", encoding="utf-8")
    (here / "gouji.toml").write_text('packs = ["default", "本局"]\n', encoding="utf-8")

    assert "4 个例子全部通过" in gouji("rules", "test", "ORG001").stdout
    assert "还有“请写明”，请写完" in gouji("rules", "lint").stdout
    assert "规则包：本局" in gouji("rules", "explain", "ORG001").stdout
    found = json.loads(gouji("check", "报告.txt", "--format", "json").stdout)
    assert "ORG001" in {finding["rule"] for finding in found["documents"][0]["findings"]}


def test_preview_rules_run_only_when_asked_for(here: Path) -> None:
    draft()
    file = here / "本局" / "ORG001-org001-does-not-hold.yaml"
    text = file.read_text(encoding="utf-8").replace("status: stable", "status: preview")
    file.write_text(text, encoding="utf-8")
    rows = "| 项目 | 金额 |\n| 餐费 | 10.00 |\n| 补助 | 5.00 |\n| 收入小计 | 51.00 |\n"
    Path("报告.txt").write_text(f"食堂收支表\n单位：万元\n{rows}", encoding="utf-8")

    plain = gouji("check", "报告.txt", "--rules", "本局").stdout
    preview = gouji("check", "报告.txt", "--rules", "本局", "--preview").stdout

    assert "ORG001" not in plain
    assert "ORG001" in preview
    assert "[试行]" in gouji("rules", "list", "--rules", "本局").stdout


def test_docs_are_written_and_checked(here: Path) -> None:
    draft()
    pages = here / "手册"

    assert "改动" in gouji("rules", "docs", "-o", "手册", "--rules", "本局").stdout
    assert pages.joinpath("ORG001.md").is_file()
    assert (
        "0 页要更新"
        in gouji("rules", "docs", "-o", "手册", "--rules", "本局", "--check").stdout
    )
    pages.joinpath("ORG001.md").write_text("改过", encoding="utf-8")
    stale = gouji("rules", "docs", "-o", "手册", "--rules", "本局", "--check").stdout
    assert "手册/ORG001.md：不是最新的" in stale


def test_coverage_counts_rules_and_tells_what_could_not_be_read(here: Path) -> None:
    (here / "空.txt").write_bytes(b"")

    result = gouji("rules", "coverage", str(BROKEN), "空.txt")

    assert "查了 1 份，" in result.stdout
    assert "CHG001" in result.stdout
    assert "空.txt：" in result.stderr
    loaded = json.loads(gouji("rules", "coverage", str(BROKEN), "--format", "json").stdout)
    assert loaded["checked"] == 1


def test_watch_runs_again_when_a_rule_changes(here: Path) -> None:
    draft()
    file = here / "本局" / "ORG001-org001-does-not-hold.yaml"
    words = ["rules", "test", "ORG001", "--rules", "本局", "--watch"]
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "validator", *words],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        cwd=here,
    ) as watching:
        assert watching.stdout is not None
        try:
            assert watching.stdout.readline() == "4 个例子全部通过\n"
            assert "按 Ctrl+C 结束" in watching.stdout.readline()
            time.sleep(0.1)
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("a + b = c", "a + b = b"), encoding="utf-8")
            assert "ORG001-pass-1：" in watching.stdout.readline()
            while "按 Ctrl+C 结束" not in watching.stdout.readline():
                pass
            file.write_text("id: [", encoding="utf-8")
            assert "不是有效的 YAML" in watching.stdout.readline()
        finally:
            watching.terminate()
