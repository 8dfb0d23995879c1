"""The commands of the gate: what they refuse, and what they leave alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from validator.cli import main

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "examples" / "broken"
BAD = (
    "某局2023年度部门决算\n二、“三公”经费情况说明\n"
    "公务接待费支出0.84万元，比2022年增加0.21万元，下降20%。\n"
)


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def gouji(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def note(name: str, text: str = BAD) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_create_leaves_what_is_there_alone() -> None:
    note("a.txt")
    note("gouji-baseline.json", "{}")

    again = gouji("baseline", "create", "a.txt")

    assert (again.exit_code, Path("gouji-baseline.json").read_text()) == (2, "{}")
    assert "--force" in again.stderr
    assert gouji("baseline", "create", "a.txt", "--force").exit_code == 0


def test_a_baseline_never_takes_the_place_of_a_report() -> None:
    path = note("a.txt")

    refused = gouji("baseline", "create", "a.txt", "-o", "a.txt", "--force")

    assert refused.exit_code == 2
    assert path.read_text(encoding="utf-8") == BAD


@pytest.mark.parametrize("words", [("-o", "w.yaml"), ("--format", "json:w.yaml")])
def test_an_output_never_takes_the_place_of_what_the_run_goes_by(
    words: tuple[str, ...],
) -> None:
    note("a.txt")
    path = note("w.yaml", "waivers: []\n")

    refused = gouji("check", "a.txt", "--waivers", "w.yaml", *words)

    assert refused.exit_code == 2
    assert "w.yaml" in refused.stderr
    assert path.read_text(encoding="utf-8") == "waivers: []\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gouji.toml", "# 配置"),
        ("b.json", '{"schema": "gouji.baseline/1"}'),
        ("w.yaml", "# 豁免\nwaivers: []\n"),
        ("另一份.docx", "PK\x03\x04"),
    ],
)
def test_no_command_writes_over_what_others_need(name: str, content: str) -> None:
    for report in ("a.txt", "b.txt"):
        note(report)
    path = note(name, content)

    for words in (("check", "a.txt"), ("diff", "a.txt", "b.txt")):
        refused = gouji(*words, "-o", name)
        assert (refused.exit_code, path.read_text(encoding="utf-8")) == (2, content)
        assert "会把它覆盖" in refused.stderr


def test_nothing_is_recorded_by_settings_that_cannot_be_used() -> None:
    note("a.txt")

    refused = gouji("baseline", "create", "a.txt", "--select", "SUN001")

    assert refused.exit_code == 2
    assert not Path("gouji-baseline.json").exists()


def test_update_and_prune_need_a_baseline() -> None:
    note("a.txt")

    for command in ("update", "prune"):
        assert "没有基线文件" in gouji("baseline", command, "a.txt").stderr


def test_what_cannot_be_read_is_told_and_keeps_its_entry() -> None:
    note("a.txt")
    assert gouji("baseline", "create", "a.txt").exit_code == 0
    Path("a.txt").write_bytes(b"%PDF-1.4 broken")

    done = gouji("baseline", "update", "a.txt")

    assert done.exit_code == 2
    assert "1个文件没有查成" in done.stderr
    kept = json.loads(Path("gouji-baseline.json").read_text(encoding="utf-8"))
    assert [one["path"] for one in kept["documents"]] == ["a.txt"]


def test_waived_findings_are_not_recorded() -> None:
    note("a.txt")
    note(
        "w.yaml",
        "waivers:\n  - rule: CHG001\n    quote: 比2022年增加0.21万元，下降20%\n"
        "    reason: 已核实\n    owner: 李四\n    expires: 2026-12-31\n",
    )

    done = gouji("baseline", "create", "a.txt", "--waivers", "w.yaml", "--today", "2026-01-01")

    assert "现有已知问题0处" in done.stderr


def test_a_set_goes_by_the_path_of_its_report() -> None:
    for name in ("final_accounts.txt", "final_accounts_tables.xlsx"):
        shutil.copy(BROKEN / name, name)
    files = ("final_accounts.txt", "final_accounts_tables.xlsx")
    assert gouji("baseline", "create", *files).exit_code == 0
    rules = {
        finding["rule"]
        for document in json.loads(Path("gouji-baseline.json").read_text("utf-8"))["documents"]
        if document["path"].endswith(".xlsx")
        for finding in document["findings"]
    }
    assert "TBL001" in rules

    note("gouji.toml", "[[overrides]]\nfiles = ['*.txt']\nignore = ['TBL001']\n")
    left_out = gouji("check", *files, "--baseline", "gouji-baseline.json", "--format", "json")
    note("gouji.toml", "[[overrides]]\nfiles = ['*.xlsx']\nfail_on = 'never'\n")
    of_the_workbook = gouji("check", *files)

    documents = json.loads(left_out.stdout)["documents"]
    assert all(not document["fixed"] for document in documents)
    assert of_the_workbook.exit_code == 1


def test_a_companion_that_cannot_be_read_leaves_known_findings_known() -> None:
    for name in ("final_accounts.txt", "final_accounts_tables.xlsx"):
        shutil.copy(BROKEN / name, name)
    files = ("final_accounts.txt", "final_accounts_tables.xlsx")
    assert gouji("baseline", "create", *files).exit_code == 0
    Path("final_accounts_tables.xlsx").write_bytes(b"PK broken")

    done = gouji("check", *files, "--baseline", "gouji-baseline.json", "--format", "json")

    report, workbook = json.loads(done.stdout)["documents"]
    assert (done.exit_code, workbook["status"], report["fixed"]) == (2, "unreadable", [])
    assert "和它一套的“final_accounts_tables.xlsx”读不了" in report["error"]


def test_a_report_of_the_baseline_that_is_gone_is_told() -> None:
    note("a.txt")
    note("b.txt")
    assert gouji("baseline", "create", ".").exit_code == 0
    Path("b.txt").unlink()

    told = gouji("check", ".", "--baseline", "gouji-baseline.json").stderr

    assert "基线里有1个文件已经没有了：b.txt" in told


def test_no_file_name_is_taken_for_a_command_of_a_runner() -> None:
    for name in ("::stop-commands::x.docx", "a\n::error::x.docx"):
        Path(name).write_bytes(b"PK broken")

    told = gouji("check", ".", "--format", "github").stderr

    assert not [line for line in told.splitlines() if line.startswith("::")]
    assert "stop-commands" in told


def test_a_name_that_is_no_unicode_is_recorded() -> None:
    name = b"\xcf\xc3.txt".decode("utf-8", "surrogateescape")
    Path(name).write_text(BAD, encoding="utf-8")

    assert gouji("baseline", "create", ".").exit_code == 0
    assert gouji("check", ".", "--baseline", "gouji-baseline.json").exit_code == 0
