"""gouji.toml: packs, severities and years are chosen; what is wrong is told with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.config import find_config, load_config
from validator.errors import GoujiError
from validator.facts import ReportKind
from validator.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, text: str) -> Path:
    path = folder / "gouji.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_all_is_as_shipped() -> None:
    ruleset = load_config(None).rules(examples=False)

    assert {pack.id for pack in ruleset.packs} >= {"core", "final_accounts", "budget"}
    assert not any(pack.source.overlay for pack in ruleset.packs)


def test_severity_params_and_years_are_changed(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
packs = ["core"]
year = 2023

[rules]
SHR001 = "note"
NUM = "disable"

[rules.CHG001]
severity = "warning"
applies_to = {report = ["final_accounts"], years = {from = 2020}}
""",
    )
    config = load_config(path)
    rules = {rule.id: rule for rule in config.rules(examples=False).rules}

    assert config.year == 2023
    assert rules["SHR001"].severity is Severity.NOTE
    assert not [rule_id for rule_id in rules if rule_id.startswith("NUM")]
    scope = rules["CHG001"].applies_to
    assert scope.holds(ReportKind.FINAL_ACCOUNTS, 2020)
    assert not scope.holds(ReportKind.FINAL_ACCOUNTS, 2019)
    assert not scope.holds(ReportKind.FINAL_ACCOUNTS, 0)
    assert not scope.holds(ReportKind.BUDGET, 2021)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("pack = ['core']", "gouji.toml:1:1  不认识的键“pack”"),
        ("packs = []", "“packs”"),
        ("packs = ['cor']", "没有规则包“cor”；可用：default、all"),
        ("packs = ['./gone']", "没有规则文件夹"),
        ("packs = [core]", "gouji.toml:1:10  不是有效的 TOML"),
        ("\n\nyear = 1850", "gouji.toml:3:"),
        ("[rules]\nSHR999 = 'note'", "gouji.toml:2:1  没有规则 SHR999"),
        ("[rules]\nshr001 = 'note'", "gouji.toml:2:1  名称“shr001”不行"),
        ("[rules.SHR001]\nseverity = 'eror'", "“severity”不能是“eror”"),
        ("[rules.SHR001]\nassert = 'x'", "不认识的键“assert”"),
        ("[rules.SHR001.params]\nlimit = 3", "gouji.toml:2:1  规则 SHR001 没有参数“limit”"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, error: str) -> None:
    path = write(tmp_path, text)

    with pytest.raises(GoujiError) as refused:
        load_config(path).rules(examples=False)

    assert error in str(refused.value)


def test_the_nearest_file_is_found(tmp_path: Path) -> None:
    write(tmp_path, "")
    inner = tmp_path / "2023年" / "报告"
    inner.mkdir(parents=True)

    assert find_config(inner) == tmp_path / "gouji.toml"


def test_folders_are_seen_from_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "规则" / "本局"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "id: 本局\ntitle: 本局\nextends: [core]\n", encoding="utf-8"
    )
    path = write(tmp_path, 'packs = ["规则/本局"]')
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    packs = load_config(path).rules(examples=False).packs

    assert [one.id for one in packs] == ["core", "本局"]
