"""Unsaved files stand in for those on the disk, and only while they are meant to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.engine.drafts import content_of, drafted, drafts_in
from validator.engine.packs import load_rules
from validator.engine.schema import RuleFile
from validator.engine.strict import faults
from validator.engine.yaml_load import parse_yaml, suggested
from validator.errors import RuleError

if TYPE_CHECKING:
    from pathlib import Path

RULE = """\
id: ORG901
name: share-differs
kind: claim
each: share
severity: note
category: share_percent
title: {title}
assert: {{ratio: part / whole = share}}
message: 不符。
"""
NAME = "ORG901-share-differs.yaml"


def titles(folder: Path) -> list[str]:
    return [r.title for r in load_rules(["core"], [folder]).rules if r.id == "ORG901"]


def test_a_draft_is_read_instead_of_the_file(tmp_path: Path) -> None:
    path = tmp_path.resolve() / NAME
    path.write_text(RULE.format(title="旧"), encoding="utf-8")

    with drafted({path: RULE.format(title="新").encode()}):
        during = titles(tmp_path), content_of(path)

    assert during == (["新"], RULE.format(title="新").encode())
    assert titles(tmp_path) == ["旧"]
    assert drafts_in(tmp_path) == []


def test_a_draft_need_not_be_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(f"id: {tmp_path.name}\ntitle: x\n", encoding="utf-8")
    with drafted({tmp_path.resolve() / NAME: RULE.format(title="新").encode()}):
        assert titles(tmp_path) == ["新"]


def test_words_of_a_pack_are_read_again_when_they_change(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_text("cues: {up: [上扬]}\n", encoding="utf-8")
    before = load_rules(["core"], [tmp_path]).lexicon
    path.write_text("cues: {up: [走高]}\n", encoding="utf-8")
    after = load_rules(["core"], [tmp_path]).lexicon

    assert before is not after

    path.write_text("cues: {upward: [走高]}\n", encoding="utf-8")
    with pytest.raises(RuleError, match="upward"):
        load_rules(["core"], [tmp_path])


def test_every_fault_of_a_file_is_told_in_its_order() -> None:
    content = RULE.format(title="x").replace("severity", "severty").replace("each", "eahc")
    found = [str(error) for error in faults(RuleFile, parse_yaml(content.encode(), "x.yaml"))]

    assert [line.split("  ")[0] for line in found] == [
        "x.yaml:1:1",
        "x.yaml:1:1",
        "x.yaml:4:1",
        "x.yaml:5:1",
    ]
    assert [suggested(line) for line in found] == ["", "", "each", "severity"]
