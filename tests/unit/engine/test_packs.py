"""Packs: found, extended, overridden; every value knows its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.engine import packs
from validator.engine.pack_sources import rules_folder
from validator.engine.packs import load_rules
from validator.errors import RuleError, UsageError
from validator.facts import ReportKind
from validator.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

RULE = """\
id: {id}
name: {name}
kind: claim
each: share
severity: error
category: share_percent
title: 占比与金额不符
params: {{limit: '1', label: 甲}}
assert: {{ratio: part / whole = share * limit}}
message: 不符。
"""


def write_rule(folder: Path, rule_id: str, name: str = "share-differs") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{rule_id}-{name}.yaml"
    path.write_text(RULE.format(id=rule_id, name=name), encoding="utf-8")
    return path


def write_pack(folder: Path, lines: str = "", title: str = "包") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = f"id: {folder.name}\ntitle: {title}\n{lines}"
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rules folder with two packs: base, and local on top of it."""
    folder = tmp_path / "rules"
    write_rule(write_pack(folder / "base"), "SHR902", "other-share-differs")
    write_rule(folder / "base", "SHR901")
    write_rule(write_pack(folder / "local", "extends: [base]\n"), "SHR903", "third-share")
    (folder / "lexicon").mkdir()
    monkeypatch.setattr(packs, "rules_folder", lambda: folder)
    return folder


def ids(names: tuple[str, ...] = (), *extra: Path) -> list[str]:
    return [rule.id for rule in load_rules(names, extra).rules]


def test_all_packs_are_loaded_by_default_in_id_order(shipped: Path) -> None:
    del shipped

    assert ids() == ["SHR901", "SHR902", "SHR903"]


def test_one_pack_brings_what_it_extends(shipped: Path) -> None:
    del shipped

    assert ids(("base",)) == ["SHR901", "SHR902"]
    assert ids(("local",)) == ["SHR901", "SHR902", "SHR903"]


def test_a_folder_without_pack_file_adds_its_rules(shipped: Path, tmp_path: Path) -> None:
    del shipped
    write_rule(tmp_path / "mine", "USR001")

    assert ids(("base",), tmp_path / "mine") == ["SHR901", "SHR902", "USR001"]


def test_overrides_change_severity_params_and_scope(shipped: Path, tmp_path: Path) -> None:
    del shipped
    mine = write_pack(
        tmp_path / "mine",
        "extends: [base]\nrules:\n  SHR901: note\n  SHR902:\n    params: {limit: '2'}\n"
        "    applies_to: {report: budget}\n",
    )

    ruleset = load_rules(("base",), (mine,))

    first, second = ruleset.rules
    assert first.severity is Severity.NOTE
    assert second.params == {"limit": "2", "label": "甲"}
    assert second.applies_to.report == (ReportKind.BUDGET,)
    assert second.severity is Severity.ERROR
    assert ruleset.origins["SHR901"] == {
        "": "rules/base/SHR901-share-differs.yaml",
        "severity": (mine / "pack.yaml").as_posix(),
    }
    assert set(ruleset.origins["SHR902"]) == {"", "params.limit", "applies_to"}


def test_the_later_pack_wins(shipped: Path, tmp_path: Path) -> None:
    del shipped
    one = write_pack(tmp_path / "one", "extends: [base]\nrules: {SHR901: note}\n")
    two = write_pack(tmp_path / "two", "extends: [base]\nrules: {SHR901: warning}\n")

    assert load_rules(("base",), (one, two)).rules[0].severity is Severity.WARNING
    assert load_rules(("base",), (two, one)).rules[0].severity is Severity.NOTE


def test_a_rule_can_be_switched_off_and_on_again(shipped: Path, tmp_path: Path) -> None:
    del shipped
    off = write_pack(tmp_path / "off", "extends: [base]\nrules: {SHR901: disable}\n")
    again = write_pack(tmp_path / "again", "extends: [base]\nrules: {SHR901: warning}\n")

    assert ids(("base",), off) == ["SHR902"]
    assert load_rules(("base",), (off,)).disabled == {"SHR901": (off / "pack.yaml").as_posix()}
    assert ids(("base",), off, again) == ["SHR901", "SHR902"]


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ("rules: {SHR999: note}", "pack.yaml:3:9  没有规则 SHR999"),
        ("extends: [base]\nrules: {SHR911: note}", "（是否指 SHR901？）"),
        ("extends: [bas]", "3:11  没有规则包“bas”；可用：default、all、base、local（是否指 base？）"),
        ("extends: [base]\nrules: {SHR901: eror}", "“severity”不能是“eror”"),
        ("extends: [base]\nrules: {SHR901: {assert: x}}", "不认识的键“assert”；可用：disable"),
        ("extends: [base]\nrules: {SHR901: {params: {lim: '2'}}}", "没有参数“lim”"),
        ("extends: [base]\nrules: {SHR901: {params: {limit: 多}}}", "4:34  “limit”应是一个数"),
        ("rules: {shr901: note}", "3:9  名称“shr901”不行：应是规则编号"),
        ("extend: [base]", "3:1  不认识的键“extend”；可用：id、title、overlay"),
    ],
)  # fmt: skip
def test_wrong_packs_are_refused(shipped: Path, tmp_path: Path, lines: str, error: str) -> None:
    del shipped
    mine = write_pack(tmp_path / "mine", lines)

    with pytest.raises(RuleError) as refused:
        load_rules(("base",), (mine,))

    assert error in str(refused.value)


def test_pack_must_be_named_like_its_folder(shipped: Path) -> None:
    (shipped / "base" / "pack.yaml").write_text("id: basis\ntitle: 包\n", encoding="utf-8")

    with pytest.raises(RuleError, match=r"^rules/base/pack.yaml:1:5  “?应与文件夹同名：base"):
        load_rules()


def test_packs_must_not_extend_each_other_in_a_circle(shipped: Path) -> None:
    write_pack(shipped / "base", "extends: [local]\n")

    with pytest.raises(RuleError, match="互相引用"):
        load_rules()


def test_file_name_must_say_id_and_name(shipped: Path) -> None:
    path = write_rule(shipped / "base", "SHR904")
    path.rename(path.with_name("SHR904.yaml"))

    with pytest.raises(RuleError, match=r"SHR904.yaml:1:1  文件名应是 SHR904-share"):
        load_rules()


def test_other_extensions_are_not_passed_over(shipped: Path) -> None:
    path = write_rule(shipped / "base", "SHR904")
    path.rename(path.with_suffix(".yml"))

    with pytest.raises(RuleError, match=r"扩展名应是 \.yaml"):
        load_rules()


def test_an_id_is_used_once(shipped: Path, tmp_path: Path) -> None:
    del shipped
    write_rule(tmp_path / "mine", "SHR901", "mine")

    with pytest.raises(RuleError) as refused:
        load_rules((), (tmp_path / "mine",))

    assert "编号 SHR901 已被 rules/base/SHR901-share-differs.yaml 使用" in str(refused.value)


def test_unknown_packs_and_folders_are_usage_errors(shipped: Path, tmp_path: Path) -> None:
    del shipped

    with pytest.raises(
        UsageError, match="没有规则包“bse”；可用：default、all、base、local（是否指 base？）"
    ):
        load_rules(("bse",))
    with pytest.raises(UsageError, match="没有规则文件夹"):
        load_rules((), (tmp_path / "gone",))


def test_fingerprint_changes_with_any_content_and_only_then(
    shipped: Path, tmp_path: Path
) -> None:
    first = load_rules().fingerprint
    assert load_rules().fingerprint == first
    assert first.startswith("sha256:")

    path = shipped / "base" / "SHR901-share-differs.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert load_rules().fingerprint == first

    path.write_text(text.replace("不符。", "不相符。"), encoding="utf-8")
    second = load_rules().fingerprint
    (shipped / "lexicon" / "items.yaml").write_text("a: b\n", encoding="utf-8")
    third = load_rules().fingerprint
    write_rule(tmp_path / "mine", "USR001")
    fourth = load_rules((), (tmp_path / "mine",)).fingerprint
    assert len({first, second, third, fourth}) == 4


def test_a_set_can_be_narrowed(shipped: Path) -> None:
    del shipped
    ruleset = load_rules()

    assert [rule.id for rule in ruleset.only("SHR902").rules] == ["SHR902"]
    assert ruleset.only("SHR902").digest == ruleset.digest
    assert ruleset.only("SHR902").fingerprint != ruleset.fingerprint


def test_shipped_rules_and_lexicon_load() -> None:
    ruleset = load_rules()

    assert len(ruleset.rules) > 50
    assert (rules_folder() / "core" / "pack.yaml").is_file()
    assert ruleset.lexicon is load_rules().lexicon
    assert not ruleset.disabled
