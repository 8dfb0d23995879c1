"""gouji lsp as an editor sees it: the real protocol, a client library, a server of its own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from language_client import ROOT, editing
from lsprotocol.types import DiagnosticSeverity, MarkupContent, MarkupKind, PositionEncodingKind

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

WRONG = "云岭县水务局\n😀公务用车运行维护费支出23.04万元，比2019年增加5.71万元，下降20%。\n"
RIGHT = WRONG.replace("增加", "减少").replace("20%", "19.86%")
BUDGET = (ROOT / "examples" / "broken" / "budget.txt").read_text(encoding="utf-8")
RULE = """\
id: ORG001
name: share-above-whole
kind: claim
each: share
severity: warning
category: share_percent
title: 占比大于100%
assert: {within: share <= 100%}
message: 占比 {share}，部分不会大于整体。
why: 部分不大于整体。
examples:
  - pass: 2023年支出合计200.00万元，其中：基本支出150.00万元，占75%。
  - pass: 2023年支出合计200.00万元，其中：基本支出200.00万元，占100.0%。
    because: 正好是全部。
  - fail: 2023年支出合计200.00万元，其中：基本支出150.00万元，占[[750%]]。
  - fail: 2023年收入合计80.00万元，其中：财政拨款收入76.00万元，占[[950%]]。
"""


def run(work: Coroutine[None, None, None]) -> None:
    asyncio.run(work)


@pytest.mark.parametrize("encoding", list(PositionEncodingKind))
def test_broken_text_is_underlined_mended_and_clean(
    tmp_path: Path, encoding: PositionEncodingKind
) -> None:
    async def work() -> None:
        async with editing() as editor:
            told = await editor.greet([encoding])
            uri = editor.open(tmp_path / "报告.txt", WRONG)
            (found,) = await editor.diagnostics(uri)

            assert told.capabilities.position_encoding == encoding
            assert editor.quote(uri, found.range) == "增加5.71万元"
            assert found.range.start == editor.position(uri, WRONG.index("增加"))
            assert (found.code, found.source) == ("CHG001", "gouji")
            assert found.severity is DiagnosticSeverity.Error
            assert "增减与升降方向相反" in found.message
            assert "是增还是减" in found.message
            (other,) = found.related_information or ()
            assert editor.quote(uri, other.location.range) == "下降20%"
            assert "下降20%" in other.message

            (action,) = await editor.actions(uri, found.range)
            assert action.is_preferred
            assert action.title.startswith("改用词：把“增加5.71万元”改为“减少5.71万元”")
            editor.apply(action)
            assert (
                "😀公务用车运行维护费支出23.04万元，比2019年减少5.71万元" in editor.texts[uri]
            )
            assert await editor.diagnostics(uri) == []
        assert editor.exit_code == 0

    run(work())


def test_an_emoji_counts_two_for_editors_that_do_not_say(tmp_path: Path) -> None:
    async def work() -> None:
        async with editing() as editor:
            await editor.greet(plain=True)
            uri = editor.open(tmp_path / "报告.txt", WRONG)
            (found,) = await editor.diagnostics(uri)

            characters = WRONG.splitlines()[1].index("增加")
            assert (found.range.start.line, found.range.start.character) == (1, characters + 1)
            (action,) = await editor.actions(uri, found.range)
            assert action.edit is not None
            assert action.edit.document_changes is None
            editor.apply(action)
            assert await editor.diagnostics(uri) == []

    run(work())


def test_figures_are_never_changed_unseen(tmp_path: Path) -> None:
    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "预算.md", BUDGET, "markdown")
            found = await editor.diagnostics(uri)
            offered = [a for one in found for a in await editor.actions(uri, one.range)]

            money = [one for one in offered if one.title.startswith("改数字（请先核对账表）")]
            assert len(money) > 5
            assert not any(one.is_preferred for one in money)
            assert any(one.is_preferred for one in offered)

    run(work())


def test_typing_and_closing(tmp_path: Path) -> None:
    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "报告.txt", RIGHT)
            assert await editor.diagnostics(uri) == []

            for length in range(1, 6):
                editor.type(uri, WRONG[:-length])
            editor.type(uri, WRONG)
            (found,) = await editor.diagnostics(uri)
            assert found.code == "CHG001"
            await editor.hover(uri, "公务")
            assert editor.published.empty(), "one check for six changes in a row"

            editor.close(uri)
            assert await editor.diagnostics(uri) == []

    run(work())


def test_hover_tells_what_a_figure_was_compared_with(tmp_path: Path) -> None:
    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "报告.txt", WRONG)
            await editor.diagnostics(uri)
            wrong = await editor.hover(uri, "5.71万元")
            editor.type(uri, RIGHT)
            await editor.diagnostics(uri)
            right = await editor.hover(uri, "19.86%")
            nothing = await editor.hover(uri, "云岭县")

            assert wrong is not None
            assert isinstance(wrong.contents, MarkupContent)
            assert wrong.contents.kind is MarkupKind.Markdown
            for words in ("方向相反", "为什么：", "依据：", "对照：第2行“下降20%”"):
                assert words in wrong.contents.value
            assert right is not None
            assert isinstance(right.contents, MarkupContent)
            for words in ("相符：5.71 ÷ (23.04 + 5.71) = 19.86%", "CHG002", "减少5.71万元"):
                assert words in right.contents.value
            assert right.range is not None
            assert editor.quote(uri, right.range) == "19.86%"
            assert nothing is None

    run(work())


def test_what_is_no_report_is_left_alone(tmp_path: Path) -> None:
    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            readme = editor.open(tmp_path / "README.md", WRONG, "markdown")
            assert await editor.diagnostics(readme) == []
            manual = editor.open(tmp_path / "用法.md", f"{WRONG}\n```sh\nls\n```\n", "markdown")
            assert await editor.diagnostics(manual) == []
            program = editor.open(tmp_path / "报告.txt", WRONG, "python")
            assert await editor.diagnostics(program) == []

    run(work())


def test_a_huge_file_is_told_once(tmp_path: Path) -> None:
    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "大.txt", WRONG + "很" * 1_000_000)
            assert await editor.diagnostics(uri) == []
            assert "“大.txt”超过100万字" in await editor.message()
            editor.type(uri, WRONG + "长" * 1_000_000)
            assert await editor.diagnostics(uri) == []
            await editor.hover(uri, "公务")
            assert editor.shown.empty()

    run(work())


def test_configuration_is_used_and_its_faults_told(tmp_path: Path) -> None:
    config = tmp_path / "gouji.toml"
    config.write_text('[rules]\nCHG001 = "warning"\n', encoding="utf-8")

    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "报告.txt", WRONG)
            (found,) = await editor.diagnostics(uri)
            assert found.severity is DiagnosticSeverity.Warning

            config.write_text("[rulse]\nCHG001 = 'warning'\n", encoding="utf-8")
            toml = editor.open(config, config.read_text(encoding="utf-8"), "toml")
            (fault,) = await editor.diagnostics(toml)
            assert editor.quote(toml, fault.range) == "rulse"
            assert "不认识的键“rulse”" in fault.message
            assert "不认识的键“rulse”" in await editor.message()

            editor.save(toml)
            (found,) = await editor.diagnostics(uri)
            assert found.severity is DiagnosticSeverity.Error

    run(work())


def test_a_configuration_that_others_write_counts_at_once(tmp_path: Path) -> None:
    config = tmp_path / "gouji.toml"

    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "报告.txt", WRONG)
            assert len(await editor.diagnostics(uri)) == 1
            config.write_text('[rules]\nCHG001 = "disable"\n', encoding="utf-8")
            await editor.changed(config)
            assert await editor.diagnostics(uri) == []

    run(work())


def test_a_rule_is_checked_as_it_is_typed(tmp_path: Path) -> None:
    folder = tmp_path / "本局"
    folder.mkdir()
    path = folder / "ORG001-share-above-whole.yaml"
    path.write_text("nothing: like this\n", encoding="utf-8")

    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            uri = editor.open(path, RULE.replace("title:", "titel:"), "yaml")
            missing, unknown = await editor.diagnostics(uri)
            assert "缺少“title”" in missing.message
            assert editor.quote(uri, unknown.range) == "titel"
            assert unknown.range.start.line == 6
            (action,) = await editor.actions(uri, unknown.range)
            assert action.title == "把“titel”改为“title”"
            editor.apply(action)
            assert await editor.diagnostics(uri) == []

            editor.type(uri, RULE.replace("[[750%]]", "[[75%]]"))
            (example,) = await editor.diagnostics(uri)
            assert example.range.start.line == RULE.splitlines().index(
                "  - fail: 2023年支出合计200.00万元，其中：基本支出150.00万元，占[[750%]]。"
            )
            assert example.message.startswith("例子 ORG001-fail-1：应报问题，却没有报")

            editor.type(uri, RULE.replace("ORG001", "ORG002"))
            (named,) = await editor.diagnostics(uri)
            assert "文件名应是 ORG002-share-above-whole.yaml" in named.message

    run(work())


def test_pack_and_lexicon_are_checked_with_the_other_rules(tmp_path: Path) -> None:
    folder = tmp_path / "本局"
    folder.mkdir()
    pack, lexicon = folder / "pack.yaml", folder / "lexicon.yaml"
    pack.write_text("id: 本局\ntitle: 本局\n", encoding="utf-8")
    lexicon.write_text("cues: {up: [上扬]}\n", encoding="utf-8")

    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            rules = "id: 本局\ntitle: 本局\nextends: [core]\nrules:\n  CHG999: note\n"
            uri = editor.open(pack, rules, "yaml")
            (fault,) = await editor.diagnostics(uri)
            assert editor.quote(uri, fault.range) == "CHG999"
            editor.type(uri, rules.replace("CHG999", "CHG001"))
            assert await editor.diagnostics(uri) == []

            words = editor.open(lexicon, "cues:\n  upward: [上扬]\n", "yaml")
            (fault,) = await editor.diagnostics(words)
            assert editor.quote(words, fault.range) == "upward"
            editor.type(words, "cues:\n  up: [上扬]\n")
            assert await editor.diagnostics(words) == []

    run(work())


def test_a_crash_is_logged_and_the_server_lives_on(tmp_path: Path) -> None:
    program = (
        "from validator.cli import main\n"
        "from validator.lsp import reports\n"
        "real = reports.check_document\n"
        "def check(document, *rest, **more):\n"
        "    if '炸' in document.text:\n"
        "        raise RuntimeError('as planned')\n"
        "    return real(document, *rest, **more)\n"
        "reports.check_document = check\n"
        "main(['lsp'])\n"
    )

    async def work() -> None:
        async with editing(sys.executable, "-c", program) as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "报告.txt", WRONG)
            assert len(await editor.diagnostics(uri)) == 1
            editor.type(uri, f"{WRONG}炸")
            assert await editor.diagnostics(uri) == []
            assert "as planned" in await editor.log()
            editor.type(uri, WRONG)
            assert len(await editor.diagnostics(uri)) == 1
        assert editor.exit_code == 0

    run(work())


def test_labels_are_english_on_request(tmp_path: Path) -> None:
    async def work() -> None:
        command = (sys.executable, "-m", "validator", "lsp", "--stdio", "--lang", "en")
        async with editing(*command) as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "报告.txt", WRONG)
            (found,) = await editor.diagnostics(uri)
            (action,) = await editor.actions(uri, found.range)
            assert action.title.startswith("wording: replace “增加5.71万元” by “减少5.71万元”")

    run(work())


def test_labels_are_english_where_the_configuration_says_so(tmp_path: Path) -> None:
    (tmp_path / "gouji.toml").write_text('lang = "en"\n', encoding="utf-8")

    async def work() -> None:
        async with editing() as editor:
            await editor.greet()
            uri = editor.open(tmp_path / "报告.txt", WRONG)
            await editor.diagnostics(uri)
            found = await editor.hover(uri, "5.71万元")
            assert found is not None
            assert isinstance(found.contents, MarkupContent)
            assert found.contents.value.startswith("**ERROR: ")

    run(work())


def test_leaving_without_a_goodbye_is_no_success() -> None:
    async def work() -> None:
        async with editing(goodbye=False) as editor:
            await editor.greet()
        assert editor.exit_code == 1

    run(work())


def test_without_the_extra_one_line_says_what_to_install() -> None:
    program = (
        "import sys\n"
        "sys.modules['pygls'] = None\n"
        "from validator.cli import main\n"
        "main(['lsp'])\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert 'python -m pip install ".[lsp]"' in done.stderr
