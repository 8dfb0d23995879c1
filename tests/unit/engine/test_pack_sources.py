"""Where packs come from: shipped, installed, folders, git checkouts; what runs of them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from validator.choosing import choose_rules
from validator.engine import pack_sources
from validator.engine.pack_sources import (
    find_packs,
    installed_packs,
    rules_folder,
    shipped_packs,
)
from validator.engine.packs import load_rules
from validator.errors import RuleError, UsageError
from validator.run import check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULE = """\
id: {id}
name: {name}
kind: statement
each: form
status: {status}
severity: error
category: sum_mismatch
title: 食堂收入小计不等于各项之和
cells:
  meals: {{form: canteen, row: meal_income}}
  subsidy: {{form: canteen, row: canteen_subsidy}}
  total: {{form: canteen, row: canteen_total}}
assert: {{same: meals + subsidy = total}}
message: 各项相加 {{left}}，小计 {{right}}。
"""
LEXICON = """\
forms:
  canteen: {titles: [机关食堂收支情况表]}
items:
  - {id: meal_income, name: 伙食费收入}
  - {id: canteen_subsidy, name: 食堂补助}
  - {id: canteen_total, name: 食堂收入小计}
"""
TABLE = """\
机关食堂收支情况表
单位：元
| 项目 | 金额 |
| 伙食费收入 | 1200.00 |
| 食堂补助 | 300.00 |
| 食堂收入小计 | 1600.00 |
"""


def canteen(folder: Path, *, status: str = "stable", rule_id: str = "ORG001") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lexicon.yaml").write_text(LEXICON, encoding="utf-8")
    name = "canteen-income-does-not-sum"
    text = RULE.format(id=rule_id, name=name, status=status)
    (folder / f"{rule_id}-{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_pack_brings_its_own_table(tmp_path: Path) -> None:
    ruleset = load_rules(extra=[canteen(tmp_path / "mine")])

    report = check(TABLE.encode(), ruleset=ruleset.only("ORG001"))

    assert [finding.rule for finding in report.findings] == ["ORG001"]
    assert not check(TABLE.encode(), ruleset=load_rules()).findings


@pytest.mark.parametrize(
    ("lexicon", "error"),
    [
        ("forms: {general: {titles: [甲表]}}", "1:9  “general”已有；请换一个 id"),
        ("forms: {mine: {title: [甲表]}}", "不认识的键“title”"),
        ("items: [{id: basic, name: 甲}]", "科目“basic”已有；要加别名，写在 aliases 里"),
        ("items: [{id: mine, name: 甲, family: no}]", "没有 family“no”"),
        ("aliases: {basik: [甲]}", "1:11  没有科目“basik”"),
        ("aliases: {basic: [项目支出]}", "“项目支出”已经是科目 project 的名称"),
        ("columns: {monney: [本期数]}", "没有“monney”这一类；可用：code"),
        ("cues: {nothing: [甲]}", "没有“nothing”这一类"),
    ],
)
def test_words_that_do_not_fit_are_refused_at_once(
    tmp_path: Path, lexicon: str, error: str
) -> None:
    (tmp_path / "lexicon.yaml").write_text(lexicon, encoding="utf-8")

    with pytest.raises(RuleError) as refused:
        load_rules(extra=[tmp_path])

    assert error in str(refused.value)
    assert "lexicon.yaml:" in str(refused.value)


def test_aliases_and_columns_are_added(tmp_path: Path) -> None:
    text = "aliases: {basic: [基本开支]}\ncolumns: {money: [本期发生数]}\n"
    (tmp_path / "lexicon.yaml").write_text(text, encoding="utf-8")

    lexicon = load_rules(extra=[tmp_path]).lexicon

    assert lexicon.items["基本开支"].id == "basic"
    assert "本期发生数" in lexicon.tables["columns"]["money"]
    assert "基本开支" not in load_rules().lexicon.items


def test_rules_on_trial_run_only_when_asked_for(tmp_path: Path) -> None:
    folder = canteen(tmp_path / "mine", status="preview")

    plain, _ = choose_rules([folder])
    asked, _ = choose_rules([folder], preview=True)
    _, faults = choose_rules([folder], select=["ORG001"])

    assert "ORG001" not in {rule.id for rule in plain.rules}
    assert "ORG001" in {rule.id for rule in asked.rules}
    assert plain.fingerprint != asked.fingerprint
    assert faults == ["规则 ORG001 还在试行；要用请加 --preview"]


def test_deprecated_rules_run_only_by_name(tmp_path: Path) -> None:
    folder = canteen(tmp_path / "mine", status="deprecated")

    plain, _ = choose_rules([folder])
    named, faults = choose_rules([folder], select=["ORG001"])

    assert "ORG001" not in {rule.id for rule in plain.rules}
    assert [rule.id for rule in named.rules] == ["ORG001"]
    assert not faults


def test_retired_ids_do_not_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "rules"
    (shipped / "lexicon").mkdir(parents=True)
    (shipped / "retired.yaml").write_text("ids: {ORG001: 并入 ORG002}\n", encoding="utf-8")
    monkeypatch.setattr("validator.engine.packs.rules_folder", lambda: shipped)

    with pytest.raises(RuleError, match="编号 ORG001 用过，不能再用（并入 ORG002）"):
        load_rules(extra=[canteen(tmp_path / "mine")])


def test_a_folder_of_packs_means_each_of_them(tmp_path: Path) -> None:
    for name in ("一", "二"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(f"id: {name}\ntitle: 包\n", encoding="utf-8")

    assert [pack.id for pack in load_rules(["core"], [tmp_path]).packs] == ["core", "一", "二"]


def test_the_commit_of_a_git_checkout_is_known(tmp_path: Path) -> None:
    folder = canteen(tmp_path / "bureau-rules" / "本局")

    def git(*words: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *who, *words], cwd=folder.parent, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    (source,) = find_packs(folder, {})
    assert source.commit == ""
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Add a rule")
    commit = git("rev-parse", "HEAD")
    assert source.commit == commit
    git("pack-refs", "--all")
    assert source.commit == commit
    git("checkout", "-q", "--detach")
    assert source.commit == commit


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A distribution that offers a pack, as pip would leave it; importing it would fail."""
    package = canteen(tmp_path / "site" / "bureau_rules")
    (package / "__init__.py").write_text("raise RuntimeError", encoding="utf-8")
    information = tmp_path / "site" / "bureau_rules-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(
        "Name: bureau-rules\nVersion: 1.0\n", encoding="utf-8"
    )
    points = "[gouji.packs]\nbureau = bureau_rules\n"
    (information / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    installed_packs.cache_clear()
    yield package
    installed_packs.cache_clear()


def test_an_installed_pack_is_found_by_name_and_its_code_is_not_run(installed: Path) -> None:
    (source,) = find_packs("bureau", {})

    assert source.folder == installed
    assert source.origin == "installed"
    assert "ORG001" in {rule.id for rule in load_rules(extra=["bureau"]).rules}
    assert "ORG001" not in {rule.id for rule in load_rules().rules}


def test_shipped_overlays_are_read_only_when_named(tmp_path: Path) -> None:
    for name, overlay in (("one", "false"), ("two", "true")):
        (tmp_path / name).mkdir()
        text = f"id: {name}\ntitle: 包\noverlay: '{overlay}'\n"
        (tmp_path / name / "pack.yaml").write_text(text, encoding="utf-8")
    known = shipped_packs(tmp_path)

    assert [pack.name for pack in find_packs("default", known)] == ["one"]
    assert [pack.name for pack in find_packs("all", known)] == ["one", "two"]
    assert [pack.name for pack in find_packs("two", known)] == ["two"]


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"没有规则包“budgt”.*是否指 budget？"):
        find_packs("budgt", shipped_packs(rules_folder()))


def test_a_damaged_installation_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pack_sources, "__file__", str(tmp_path / "a" / "b" / "c.py"))

    with pytest.raises(RuleError, match="安装不完整，请重新安装 gouji"):
        rules_folder()
