"""Pages of the manual, the count of rules at work, watched files, schemas for editors."""

from __future__ import annotations

import json
import os
import tomllib
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml

from validator import rulebook
from validator.editor_schema import FILES, editor_schema
from validator.engine.pack_sources import rules_folder
from validator.engine.packs import load_rules
from validator.errors import UsageError
from validator.rulebook.watching import changes, snapshot
from validator.run import check

if TYPE_CHECKING:
    from pathlib import Path

RULES = load_rules(["all"])


def test_each_rule_has_a_page_and_a_line_in_the_index() -> None:
    pages = rulebook.pages(RULES)

    assert set(pages) == {"README.md", *(f"{rule.id}.md" for rule in RULES.rules)}
    for rule in RULES.rules:
        assert f"[{rule.id}]({rule.id}.md)" in pages["README.md"]
        assert rule.title in pages[f"{rule.id}.md"]
        assert pages[f"{rule.id}.md"].count("```text") == len(rule.examples)


def test_pages_that_are_not_up_to_date_are_told(tmp_path: Path) -> None:
    wanted = rulebook.pages(RULES.only("SHR001", "SHR002"))
    assert rulebook.write(tmp_path, wanted) == 3
    assert rulebook.compare(tmp_path, wanted) == []
    assert rulebook.write(tmp_path, wanted) == 0

    (tmp_path / "SHR001.md").write_text("改过", encoding="utf-8")
    (tmp_path / "SHR002.md").unlink()
    (tmp_path / "SHR099.md").write_text("没有了", encoding="utf-8")
    (tmp_path / "说明.md").write_text("别人的", encoding="utf-8")
    faults = [
        line.removeprefix(tmp_path.as_posix()) for line in rulebook.compare(tmp_path, wanted)
    ]
    assert faults == [
        "/SHR001.md：不是最新的",
        "/SHR002.md：没有这一页",
        "/SHR099.md：没有这条规则了",
    ]
    assert rulebook.write(tmp_path, wanted) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "README.md",
        "SHR001.md",
        "SHR002.md",
        "说明.md",
    ]


def test_pages_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(UsageError, match="写不了"):
        rulebook.write(tmp_path / "file", {"README.md": ""})


def test_usage_counts_what_rules_did() -> None:
    rules = RULES.only("SHR001", "CHG001")
    texts = (
        "2023年本年收入合计200.00万元，其中：财政拨款收入100.00万元，占50%。",
        "2023年本年收入合计200.00万元，其中：财政拨款收入100.00万元，占60%。",
    )
    reports = [check(text.encode(), ruleset=rules) for text in texts]

    seen = rulebook.usage([*reports, check(b"", ruleset=rules)], rules)

    change, share = seen.uses
    assert (share.rule, share.documents, share.findings, share.held) == ("SHR001", 2, 1, 1)
    assert (change.rule, change.documents) == ("CHG001", 0)
    assert seen.checked == 2
    assert len(seen.unchecked) == 1
    assert "2 条规则里 1 条用到\n没有用到的 1 条：CHG001" in seen.as_text()
    assert json.loads(seen.as_json())["rules"][1]["findings"] == 1


def test_changes_are_seen(tmp_path: Path) -> None:
    rule = tmp_path / "一.yaml"
    rule.write_text("a", encoding="utf-8")
    seen = changes(lambda: [tmp_path], interval=0)

    next(seen)
    rule.write_text("ab", encoding="utf-8")
    next(seen)
    (tmp_path / "二.yaml").write_text("b", encoding="utf-8")
    next(seen)
    rule.unlink()
    next(seen)

    assert [name.rpartition(os.sep)[2] for name in snapshot([tmp_path])] == ["二.yaml"]
    assert snapshot([tmp_path / "gone.toml"]) == {}


@pytest.mark.parametrize("what", FILES)
def test_schemas_for_editors_are_schemas(what: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(editor_schema(what)))


def _faults(what: str, data: object) -> list[str]:
    schema = jsonschema.Draft202012Validator(json.loads(editor_schema(what)))
    return [error.message for error in schema.iter_errors(data)]


def test_shipped_files_fit_the_schemas_for_editors() -> None:
    """Read as an editor reads them, with numbers as numbers."""
    for path in sorted(rules_folder().glob("*/*.yaml")):
        if path.parent.name != "lexicon":
            what = path.stem if path.stem in FILES else "rule"
            assert _faults(what, yaml.safe_load(path.read_text(encoding="utf-8"))) == [], path


@pytest.mark.parametrize(
    ("what", "text", "words"),
    [
        ("rule", "kind: claim\neach: cell", "'cell' is not one of"),
        ("rule", "severty: error", "'severty' was unexpected"),
        ("rule", "examples: [{because: 甲}]", "is not valid under any of the given schemas"),
        ("pack", "extend: [core]", "'extend' was unexpected"),
        ("lexicon", "form: {}", "'form' was unexpected"),
        ("config", "pack: [core]", "'pack' was unexpected"),
    ],
)
def test_slips_are_shown_by_an_editor(what: str, text: str, words: str) -> None:
    assert any(words in fault for fault in _faults(what, yaml.safe_load(text)))


def test_a_configuration_with_short_forms_fits() -> None:
    text = 'packs = ["default"]\nyear = 2023\npreview = true\n[rules]\nSHR001 = "note"\nNUM = "disable"\n'

    assert _faults("config", tomllib.loads(text)) == []
