"""What a buffer is taken for."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.lsp.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("name", "language", "text", "kind"),
    [
        ("决算.txt", "plaintext", "收入", Kind.REPORT),
        ("决算.TXT", "text", "收入", Kind.REPORT),
        ("决算.md", "markdown", "# 收入", Kind.REPORT),
        ("决算.txt", "python", "收入", Kind.OTHER),
        ("决算.docx", "plaintext", "收入", Kind.OTHER),
        ("README.md", "markdown", "收入1万元", Kind.OTHER),
        ("changelog.md", "markdown", "收入1万元", Kind.OTHER),
        ("license.txt", "plaintext", "1. 收入", Kind.OTHER),
        ("说明.md", "markdown", "收入\n```sh\nls\n```\n", Kind.OTHER),
        ("说明.md", "markdown", "用 `gouji check` 检查", Kind.OTHER),
        ("报告.txt", "plaintext", "`", Kind.REPORT),
        ("gouji.toml", "toml", "", Kind.CONFIG),
        ("pyproject.toml", "toml", "", Kind.OTHER),
        ("pack.yaml", "yaml", "id: 本局\ntitle: 本局\n", Kind.PACK),
        ("pack.yaml", "yaml", "version: 2\n", Kind.OTHER),
        ("lexicon.yaml", "yaml", "cues: {}\n", Kind.LEXICON),
        ("lexicon-食堂.yaml", "yaml", "forms: {}\n", Kind.LEXICON),
        ("lexicon.yaml", "yaml", "words: {}\n", Kind.OTHER),
        ("ORG001-share-above-whole.yaml", "yaml", "", Kind.RULE),
        ("x.yml", "yaml", "name: x\nid: ORG001\n", Kind.RULE),
        ("docker-compose.yaml", "yaml", "services: {}\n", Kind.OTHER),
        ("决算数.yaml", "yaml", "schema: gouji.records/1\n", Kind.OTHER),
    ],
)
def test_kinds(tmp_path: Path, name: str, language: str, text: str, kind: Kind) -> None:
    assert kind_of(tmp_path / name, language, text) is kind


def test_whatever_lies_in_a_pack_is_read_as_a_rule(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("id: x\n", encoding="utf-8")

    assert kind_of(tmp_path / "draft.yaml", "yaml", "") is Kind.RULE
    assert kind_of(tmp_path / "lexicon.yaml", "yaml", "") is Kind.LEXICON


def test_a_path_need_not_be_on_the_disk() -> None:
    assert kind_of(Path("/nowhere/报告.txt"), "plaintext", "") is Kind.REPORT
