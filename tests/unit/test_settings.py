"""What a run goes by: asked before configured before usual, and the last entry that matches."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from validator.cli import main
from validator.config import find_config, load_config
from validator.config_file import ConfigFile, PathOverride
from validator.config_sample import SAMPLE
from validator.errors import RuleError
from validator.facts import ReportKind
from validator.findings import Severity
from validator.reporters.summary import FailOn
from validator.settings import Settings, origin
from validator.treatments import Treatments

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

FULL = """\
fail_on = "warning"
min_coverage = "70%"
baseline = "known/b.json"
format = ["json:out/r.json", "terminal"]
ignore = ["PLA"]

[rules]
CHG001 = "note"

[[overrides]]
files = ["街道/**"]
year = 2021
rounding = "truncate"
kind = "budget"

[overrides.rules]
CHG001 = "warning"
SHR = "disable"

[[overrides]]
files = ["街道/试点/*.txt", "!街道/试点/b.txt"]
year = 2022
min_coverage = 0.2
fail_on = "never"
select = ["balance", "SHR001"]

[overrides.rules]
SHR001 = "note"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configured(folder: Path, text: str = FULL, name: str = "gouji.toml") -> Settings:
    (folder / name).write_text(text, encoding="utf-8")
    return Settings.of(load_config(folder / name))


def gouji(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def severity(treatments: Treatments, name: str, rule_id: str) -> Severity | None:
    found = {rule.id: rule.severity for rule in treatments.of(name).ruleset.rules}
    return found.get(rule_id)


def test_without_a_file_all_is_as_usual() -> None:
    chosen = Settings.of()

    assert (chosen.fail_on, chosen.min_coverage, chosen.format) == (
        "error",
        None,
        ("terminal",),
    )
    assert origin(chosen, "fail_on") == ""


def test_asked_comes_before_configured(folder: Path) -> None:
    chosen = Settings.of(configured(folder).config, fail_on="note", baseline=None)

    assert (chosen.fail_on, chosen.baseline) == ("note", None)
    assert chosen.min_coverage == Decimal("0.7")
    assert (origin(chosen, "fail_on"), origin(chosen, "min_coverage")) == (
        "asked",
        "gouji.toml:2",
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"fail_on": "bogus"}, "“fail_on”不能是“bogus”"),
        ({"rounding": "up"}, "“rounding”不能是“up”"),
        ({"jobs": 0}, "应是 1 到 64 的整数"),
        ({"min_coverage": Decimal(5)}, "应是 0 到 1 的小数"),
        ({"format": ("sarf",)}, "没有格式“sarf”"),
    ],
)
def test_what_is_asked_for_is_checked_like_what_is_configured(
    asked: dict[str, object], told: str
) -> None:
    with pytest.raises(RuleError, match=told):
        Settings.of(None, **asked)  # type: ignore[arg-type]  # wrong on purpose


def test_values_may_be_asked_for_as_they_are_written(folder: Path) -> None:
    chosen = Settings.of(None, min_coverage="80%", baseline="b.json", select=["SUM"])  # type: ignore[arg-type]  # a list does too

    assert (chosen.min_coverage, chosen.select) == (Decimal("0.8"), ("SUM",))
    assert chosen.baseline is not None
    assert chosen.baseline.name == "b.json"


def test_the_configuration_nearest_to_the_reports_holds(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(folder, "fail_on = 'note'")
    (folder / "报送" / "甲").mkdir(parents=True)
    report = folder / "报送" / "甲" / "a.txt"
    report.write_text("某局2023年度部门决算\n一、收入\n收入XX万元。\n", encoding="utf-8")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)

    assert gouji("check", str(folder / "报送")).exit_code == 1
    (elsewhere / "gouji.toml").write_text("fail_on = 'error'", encoding="utf-8")
    assert gouji("check", str(report)).exit_code == 1
    (folder / "gouji.toml").unlink()
    assert gouji("check", str(report)).exit_code == 0


def test_paths_start_at_the_folder_of_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(folder)
    (folder / "报送").mkdir()
    monkeypatch.chdir(folder / "报送")

    chosen = Settings.of(load_config(find_config()))

    assert chosen.baseline is not None
    assert chosen.baseline.as_posix() == "../known/b.json"
    assert chosen.format == ("json:../out/r.json", "terminal")


def test_the_last_entry_that_matches_wins(folder: Path) -> None:
    treatments = Treatments(configured(folder))
    names = ("县局/a.txt", "街道/a.docx", "街道/试点/a.txt", "街道/试点/b.txt")
    ways = [treatments.of(name) for name in names]

    assert [way.year for way in ways] == [None, 2021, 2022, 2021]
    assert [way.kind for way in ways] == [None, *[ReportKind.BUDGET] * 3]
    assert [way.rounding for way in ways] == ["nearest", *["truncate"] * 3]
    assert [way.demands.fail_on for way in ways] == [
        FailOn.WARNING,
        FailOn.WARNING,
        FailOn.NEVER,
        FailOn.WARNING,
    ]
    assert [way.demands.min_coverage for way in ways] == [
        Decimal("0.7"),
        Decimal("0.7"),
        Decimal("0.2"),
        Decimal("0.7"),
    ]


def test_rules_change_by_path(folder: Path) -> None:
    treatments = Treatments(configured(folder))

    assert severity(treatments, "a.txt", "CHG001") is Severity.NOTE
    assert severity(treatments, "街道/a.txt", "CHG001") is Severity.WARNING
    assert severity(treatments, "a.txt", "SHR001") is Severity.ERROR
    assert severity(treatments, "街道/a.txt", "SHR001") is None
    assert severity(treatments, "街道/试点/a.txt", "SHR001") is Severity.NOTE
    assert severity(treatments, "街道/试点/a.txt", "CHG001") is None
    assert severity(treatments, "街道/试点/a.txt", "BAL001") is not None
    assert severity(treatments, "a.txt", "PLA001") is None


def test_asked_comes_before_entries_too(folder: Path) -> None:
    config = configured(folder).config
    treatments = Treatments(Settings.of(config, year=2019, select=("CHG001",)))

    way = treatments.of("街道/试点/a.txt")

    assert way.year == 2019
    assert [rule.id for rule in way.ruleset.rules] == ["CHG001"]


def test_what_runs_on_some_files_is_in_the_fingerprint(folder: Path) -> None:
    one = Treatments(configured(folder))
    other = Treatments(configured(folder, FULL.replace('SHR001 = "note"', 'SHR001 = "error"')))

    assert one.usual.ruleset.fingerprint == other.usual.ruleset.fingerprint
    assert one.fingerprint != other.fingerprint


def test_a_table_of_pyproject_is_a_configuration(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.other]\nx = 1\n", encoding="utf-8")
    assert find_config(folder) is None
    text = (
        "[tool.other]\nx = 1\n[tool.gouji]\nfail_on = 'note'\n[tool.gouji.rules]\nSUM = 'note'"
    )
    chosen = configured(folder, text, "pyproject.toml")

    assert find_config(folder) == folder / "pyproject.toml"
    assert chosen.fail_on == "note"
    assert origin(chosen, "fail_on") == "pyproject.toml:4"
    (folder / "gouji.toml").write_text("", encoding="utf-8")
    assert find_config(folder) == folder / "gouji.toml"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fail-on = 'note'", "gouji.toml:1:1  不认识的键“fail-on”"),
        ("fail_on = 'notes'", "gouji.toml:1:11  “fail_on”不能是“notes”"),
        ("min_coverage = 80", "应是 0 到 1 的小数"),
        ("min_coverage = nan", "应是 0 到 1 的小数"),
        ("min_coverage = 'Infinity'", "应是 0 到 1 的小数"),
        ("max_findings = " + "9" * 5000, "有一个数太长"),
        ("jobs = [1]", "“jobs”"),
        ("max_findings = {}", "“max_findings”"),
        ("max_findings = -1", "应是 0 到 1000000 的整数"),
        ("jobs = 0", "应是 1 到 64 的整数"),
        ("format = ['sarf:x']", "没有格式“sarf”"),
        ("[[overrides]]\nyear = 2020", "gouji.toml:1:1  缺少“files”"),
        ("[[overrides]]\nfiles=['a']\n[[overrides]]\nfiles=['b']\nyaer=1", "gouji.toml:5:1"),
        (
            "[[overrides]]\nfiles=['a']\n[[overrides]]\nfiles=['b']\n[overrides.rules]\nx=1",
            "gouji.toml:6:1",
        ),
    ],
)
def test_a_wrong_value_is_told_with_its_place(folder: Path, text: str, told: str) -> None:
    with pytest.raises(RuleError) as refused:
        configured(folder, text)

    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("[overrides.rules]\nSHR999 = 'note'", "gouji.toml:4:1  没有规则 SHR999"),
        ("select = ['nothing']", "gouji.toml:1  没有规则“nothing”"),
        ("select = ['SCR013']", "gouji.toml:1  规则 SCR013 还在试行"),
        ("select = ['CHG001']\nignore = ['CHG']", "gouji.toml:1  照 select、ignore 选下来"),
    ],
)
def test_an_entry_that_cannot_be_used_is_told_before_the_first_file(
    folder: Path, entry: str, told: str
) -> None:
    chosen = configured(folder, f"[[overrides]]\nfiles = ['a']\n{entry}\n")

    assert [told in fault for fault in Treatments(chosen).faults] == [True]


def test_the_sample_names_every_key_and_holds_when_taken_at_its_word(folder: Path) -> None:
    keys = r"^# (?=[\[a-zA-Z][\w.\]\[]* ?(=|$)|\[)"
    in_force = re.sub(keys, "", SAMPLE, flags=re.MULTILINE)

    assert tomllib.loads(SAMPLE) == {}
    said = tomllib.loads(in_force)
    assert set(said) == set(ConfigFile.model_fields)
    assert set(said["overrides"][0]) == set(PathOverride.model_fields)
    assert Treatments(configured(folder, in_force)).faults == []


def test_init_writes_the_sample_once(folder: Path) -> None:
    assert gouji("init").exit_code == 0
    assert (folder / "gouji.toml").read_text(encoding="utf-8") == SAMPLE

    again = gouji("init")

    assert again.exit_code == 2
    assert "已有配置文件" in again.stderr
    assert gouji("init", "没有的文件夹").exit_code == 2


def test_show_prints_what_holds_and_why(folder: Path) -> None:
    configured(folder)

    shown = gouji("config", "show").stdout

    assert re.search(r'^fail_on = "warning" +# gouji.toml:1$', shown, re.MULTILINE)
    assert re.search(r"^max_findings = 0 +# 默认$", shown, re.MULTILINE)
    assert re.search(r"^year = 2021 +# gouji.toml:12，overrides 第1段$", shown, re.MULTILINE)
    assert configured(folder, shown).config.file == configured(folder).config.file


def test_show_prints_what_holds_for_a_file(folder: Path) -> None:
    configured(folder)

    shown = gouji("config", "show", "街道/试点/a.txt").stdout

    assert "第1段（gouji.toml:10）、第2段（gouji.toml:20）" in shown
    assert re.search(r"^year = 2022 +# gouji.toml:22，overrides 第2段$", shown, re.MULTILINE)
    assert tomllib.loads(shown)["rules"] == {
        "CHG001": "warning",
        "SHR": "disable",
        "SHR001": "note",
    }


def test_show_without_a_file(folder: Path) -> None:
    shown = gouji("config", "show").stdout

    assert "没有；全部是默认" in shown
    assert tomllib.loads(shown)["packs"] == ["default"]


def test_show_of_a_bad_file_is_refused(folder: Path) -> None:
    (folder / "gouji.toml").write_text("[[overrides]]\nfiles='a'\nselect='nothing'", "utf-8")

    refused = gouji("config", "show")

    assert refused.exit_code == 2
    assert "没有规则“nothing”" in refused.stderr
