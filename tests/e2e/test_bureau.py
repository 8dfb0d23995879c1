"""A finance bureau's gate, played through in a git repository with five reports.

Units hand in reports; old problems are known, new ones are stopped, one is waived for a time,
and too little that can be checked is no pass.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CLEAN, BROKEN = ROOT / "examples" / "clean", ROOT / "examples" / "broken"
UNITS = {
    "文旅局.txt": CLEAN / "budget.txt",
    "县水务局.docx": CLEAN / "final_accounts.docx",
    "县水务局附表.xlsx": CLEAN / "final_accounts_tables.xlsx",
    "县政府.txt": CLEAN / "execution_report.txt",
    "民政局.docx": BROKEN / "performance.docx",
}
CONFIG = """\
baseline = "gouji-baseline.json"
waivers = "gouji-waivers.yaml"
min_coverage = 0.85
format = ["terminal", "json:结果.json"]
"""
WAIVER = """\
waivers:
  - rule: CHG001
    quote: 比2023年收支总预算912.30万元增加56.12万元，下降6.15%
    files: [报送/文旅局.txt]
    reason: 上年数待人大批复，批复后改
    owner: 预算科 王五
    expires: 2026-12-31
"""
RISE, FALL = "增加56.12万元，增长6.15%", "增加56.12万元，下降6.15%"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a gate run came to."""

    code: int
    verdict: str
    told: str
    result: dict[str, Any] = field(repr=False)

    def document(self, name: str) -> dict[str, Any]:
        return next(d for d in self.result["documents"] if d["path"].endswith(name))


@dataclass(frozen=True, slots=True)
class Bureau:
    """The repository that units hand their reports in to."""

    home: Path

    def gouji(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "validator", *words]
        return subprocess.run(
            command,
            cwd=self.home,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(self.home)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def gate(self, *words: str) -> Outcome:
        (self.home / "结果.json").unlink(missing_ok=True)
        done = self.gouji("check", "报送", "--today", "2026-11-21", *words)
        told = done.stderr.strip().splitlines()
        result = json.loads((self.home / "结果.json").read_text(encoding="utf-8"))
        return Outcome(done.returncode, told[-1], done.stdout + done.stderr, result)

    def git(self, *words: str) -> None:
        names = ("-c", "user.name=bureau", "-c", "user.email=bureau@example.org")
        subprocess.run(["git", *names, *words], cwd=self.home, check=True, capture_output=True)

    def commit(self, what: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", what)

    def hand_in(self, unit: str, old: str, new: str) -> None:
        path = self.home / "报送" / unit
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with its reports, their old problems known."""
    bureau = Bureau(tmp_path_factory.mktemp("bureau"))
    folder = bureau.home / "报送"
    folder.mkdir()
    for name, source in UNITS.items():
        shutil.copy(source, folder / name)
    (bureau.home / "gouji-waivers.yaml").write_text("waivers: []\n", encoding="utf-8")
    (bureau.home / ".gitignore").write_text("结果.json\n", encoding="utf-8")
    assert bureau.gouji("baseline", "create", "报送").returncode == 0
    (bureau.home / "gouji.toml").write_text(CONFIG, encoding="utf-8")
    bureau.git("init", "-q")
    bureau.commit("first reports")
    return bureau.home


@pytest.fixture
def bureau(accepted: Path, tmp_path: Path) -> Bureau:
    home = tmp_path / "bureau"
    shutil.copytree(accepted, home)
    return Bureau(home)


def test_old_problems_are_known_and_the_gate_is_green(bureau: Bureau) -> None:
    seen = bureau.gate()

    assert seen.code == 0
    assert seen.result["verdict"] in ("clean", "incomplete")
    found = seen.document("民政局.docx")["findings"]
    assert len(found) > 3
    assert {finding["baseline"] for finding in found} == {"known"}
    assert seen.verdict.startswith(f"结论：通过，已知{len(found)}处")
    assert "已知" in seen.told


def test_a_new_contradiction_fails_and_its_repair_passes(bureau: Bureau) -> None:
    bureau.hand_in("文旅局.txt", RISE, FALL)
    bureau.commit("new report of the culture bureau")

    refused = bureau.gate("--since", "HEAD~1")

    assert refused.code == 1
    assert [d["path"] for d in refused.result["documents"]] == ["报送/文旅局.txt"]
    (new,) = refused.result["documents"][0]["findings"]
    assert (new["rule"], new["baseline"]) == ("CHG001", "new")
    assert "只查这些：报送/文旅局.txt" in refused.told
    assert "没有通过，错误1处" in refused.verdict
    assert bureau.gate().code == 1

    bureau.hand_in("文旅局.txt", FALL, RISE)
    bureau.commit("repaired")

    assert bureau.gate("--since", "HEAD~1").code == 0
    assert bureau.gate().code == 0


def test_a_workbook_that_was_deleted_has_its_report_checked(bureau: Bureau) -> None:
    (bureau.home / "报送" / "县水务局附表.xlsx").unlink()

    seen = bureau.gate("--since", "HEAD")

    assert [d["path"] for d in seen.result["documents"]] == ["报送/县水务局.docx"]
    assert "删去的1个：报送/县水务局附表.xlsx" in seen.told


def test_a_deleted_configuration_has_all_reports_checked(bureau: Bureau) -> None:
    (bureau.home / "gouji.toml").unlink()

    done = bureau.gouji("check", "报送", "--since", "HEAD")

    assert "从 HEAD 以来改过gouji.toml，所以全部查" in done.stderr


def test_a_changed_setting_has_all_reports_checked(bureau: Bureau) -> None:
    (bureau.home / "gouji-waivers.yaml").write_text("waivers: []  # 都去掉\n", "utf-8")

    seen = bureau.gate("--since", "HEAD")

    assert len(seen.result["documents"]) == len(UNITS)
    assert "从 HEAD 以来改过gouji-waivers.yaml，所以全部查" in seen.told


def test_a_waiver_holds_until_it_expires(bureau: Bureau) -> None:
    bureau.hand_in("文旅局.txt", RISE, FALL)
    (bureau.home / "gouji-waivers.yaml").write_text(WAIVER, encoding="utf-8")

    waived = bureau.gate()
    without = bureau.gate("--no-waivers")
    later = bureau.gate("--today", "2027-01-01")

    assert waived.code == 0
    (finding,) = waived.document("文旅局.txt")["findings"]
    assert finding["suppressed"] == {
        "reason": "上年数待人大批复，批复后改",
        "owner": "预算科 王五",
        "expires": "2026-12-31",
        "place": "gouji-waivers.yaml:2",
    }
    assert "豁免1处" in waived.verdict
    assert (without.code, without.document("文旅局.txt")["findings"][0]["suppressed"]) == (
        1,
        None,
    )
    assert later.code == 1
    rules = [f["rule"] for d in later.result["documents"] for f in d["findings"] if _counts(f)]
    assert rules == ["CHG001", "WAV001"]


def _counts(finding: dict[str, Any]) -> bool:
    return finding["baseline"] != "known" and finding["suppressed"] is None


def test_too_little_that_can_be_checked_is_no_pass(bureau: Bureau) -> None:
    path = bureau.home / "报送" / "文旅局.txt"
    loose = "".join(
        f"第{k}项工作安排{k}.3万元，另有资金{k * 7}.1万元。\n" for k in range(1, 41)
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("（三）一般公共预算", f"{loose}（三）一般公共预算", 1), "utf-8"
    )

    seen = bureau.gate()

    assert seen.code == 2
    assert seen.result["verdict"] == "incomplete"
    assert "1个文件的核对率低于要求" in seen.verdict
    assert bureau.gate("--min-coverage", "0.3").code == 0


def test_what_cannot_be_read_is_no_pass(bureau: Bureau) -> None:
    (bureau.home / "报送" / "交通局.docx").write_bytes(b"not a document")

    seen = bureau.gate()

    assert seen.code == 2
    assert "1个文件读不了" in seen.verdict
    assert seen.document("交通局.docx")["status"] == "unreadable"


def test_a_repaired_old_problem_is_told_and_pruned(bureau: Bureau) -> None:
    before = len(bureau.gate().document("民政局.docx")["findings"])
    shutil.copy(CLEAN / "performance.docx", bureau.home / "报送" / "民政局.docx")

    seen = bureau.gate()

    assert seen.code == 0
    assert len(seen.document("民政局.docx")["fixed"]) == before
    assert f"已改{before}处" in seen.verdict
    pruned = bureau.gouji("baseline", "prune", "报送")
    assert f"去掉{before}处" in pruned.stderr
    assert bureau.gate().document("民政局.docx")["fixed"] == []


def test_a_misspelt_setting_is_no_pass(bureau: Bureau) -> None:
    (bureau.home / "gouji.toml").write_text(f"{CONFIG}fail-on = 'note'\n", encoding="utf-8")

    done = bureau.gouji("check", "报送")

    assert done.returncode == 2
    assert "gouji.toml:5:1  不认识的键“fail-on”" in done.stderr
    assert "是否指 fail_on？" in done.stderr


def test_workers_change_nothing(bureau: Bureau) -> None:
    for number in range(9):  # more than so many files are spread over processes
        shutil.copy(BROKEN / "budget.txt", bureau.home / "报送" / f"单位{number}.txt")

    bureau.gate("--jobs", "1")
    one = (bureau.home / "结果.json").read_bytes()
    bureau.gate("--jobs", "2")

    assert (bureau.home / "结果.json").read_bytes() == one
