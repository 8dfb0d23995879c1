"""The command line in process: options, refusals, output, exit codes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from validator.cli import main
from validator.version import __version__

if TYPE_CHECKING:
    from click.testing import Result

HEAD = "清河县档案馆2022年度部门决算\n一、收入决算情况说明\n"
GOOD = HEAD + "本年收入合计100.00万元，其中：财政拨款收入80.00万元，占80%。\n"
BAD = GOOD.replace("80%", "90%")


def gouji(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def note(folder: Path, name: str, text: str = GOOD) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def page(result: Result) -> Any:
    return json.loads(result.stdout)


def test_without_arguments_says_what_to_do() -> None:
    result = gouji()

    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 5
    assert "gouji serve --open" in result.output
    assert "gouji check 报告.docx" in result.output


def test_a_file_that_looks_like_an_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "-报告.txt").write_text("收入10.00万元。\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["gouji", "check", "-报告.txt"])

    assert "是文件就写 ./-报告.txt" in gouji("check", "-报告.txt").stderr


def test_version() -> None:
    assert gouji("--version").output == f"gouji {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("check",),
        ("fix",),
        ("text",),
        ("extract",),
        ("rules",),
        ("rules", "explain"),
        ("schema",),
    ],
    ids=" ".join,
)
def test_help_is_chinese_with_an_example(words: tuple[str, ...]) -> None:
    result = gouji(*words, "--help")

    assert result.exit_code == 0
    assert "例：gouji" in result.output
    assert re.findall(r"Usage|Options|Commands|Show this|FILES|TEXT|PATH", result.output) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["chek", "a.txt"], ["没有命令“chek”", "是否指 check", "gouji --help"]),
        (["check"], ["少了文件", "gouji check 报告.docx"]),
        (["check", "--frmat", "json", "a"], ["没有选项 --frmat", "是否指 --format", "--lang"]),
        (["check", "a", "--format"], ["--format 后面要写一个值"]),
        (["check", "a", "--all=3"], ["--all 后面不带值"]),
        (["text", "a", "b"], ["多了“b”"]),
        (["extract", "a", "--format", "jsn"], ["“jsn”不对", "text、json", "是否指 json"]),
        (["text", "none.txt"], ["none.txt: 找不到文件；"]),
        (["rules", "explain", "SHR01"], ["没有规则“SHR01”", "是否指 SHR001"]),
        (["check", "a", "-o", "none/a.json"], ["none", "写不了", "请换一个路径"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refusal_is_one_chinese_line(args: list[str], said: list[str]) -> None:
    result = gouji(*args)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert [words for words in said if words not in result.stderr] == []


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--format", "jsn", "（是否指 json？）；这次按 terminal 处理"),
        ("--lang", "fr", "可用：zh、en"),
        ("--fail-on", "eror", "（是否指 error？）"),
        ("--min-coverage", "120%", "0 到 1"),
        ("--min-coverage", "nan", "0 到 1"),
        ("--max-findings", "9" * 5000, "0 到 1000000 的整数"),
        ("--year", "20220", "1990 到 2100 的整数"),
        ("--jobs", "0", "1 到 64 的整数"),
        ("--rounding", "up", "nearest、truncate"),
        ("--select", "ABC", "没有规则“ABC”"),
        ("--ignore", "SUM01", "没有规则“SUM01”"),
        ("--rules", "none", "没有规则包“none”"),
    ],
)
def test_wrong_value_is_told_and_files_are_checked(
    tmp_path: Path, option: str, value: str, said: str
) -> None:
    result = gouji("check", note(tmp_path, "a.txt", BAD), option, value)

    assert result.exit_code == 2
    assert said in result.stderr.splitlines()[0]
    assert "SHR001" in result.stdout
    assert result.stderr.splitlines()[-1].startswith("结论：没有查完")


def test_clean_report_passes(tmp_path: Path) -> None:
    result = gouji("check", note(tmp_path, "a.txt"))

    assert result.exit_code == 0
    assert "没有发现问题" in result.stdout
    assert result.stderr == "结论：没有发现问题。\n"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "never"], 0),
        (["--ignore", "SHR001"], 0),
        (["--ignore", "SHR"], 0),
        (["--select", "SUM,CHG"], 0),
        (["--select", "share-differs-from-amounts"], 1),
        (["--min-coverage", "100%"], 1),
        (["--quiet"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_exit_code(tmp_path: Path, options: list[str], code: int) -> None:
    result = gouji("check", note(tmp_path, "a.txt", BAD), *options)

    assert result.exit_code == code, result.stderr


def test_terminal_report_shows_place_quote_sum_and_repair(tmp_path: Path) -> None:
    result = gouji("check", note(tmp_path, "a.txt", BAD))

    for words in (
        "一、收入决算情况说明",
        "× 错误  第3行",
        "占【90%】",
        "80.00 ÷ 100.00 = 80%",
        "把“90%”改为“80%”",
        "SHR001",
        "共1个文件：错误 1",
    ):
        assert words in result.stdout


def test_quiet_prints_totals_and_verdict_only(tmp_path: Path) -> None:
    result = gouji("check", "-q", note(tmp_path, "a.txt", BAD))

    assert len(result.stdout.splitlines()) == 1
    assert len(result.stderr.splitlines()) == 1


def test_english_words(tmp_path: Path) -> None:
    result = gouji("check", "--lang", "en", note(tmp_path, "a.txt", BAD))

    assert "ERROR  line 3" in result.stdout
    assert result.stderr.splitlines()[-1].startswith("Verdict: not passed")


def test_year_is_taken_over(tmp_path: Path) -> None:
    result = gouji("check", note(tmp_path, "a.txt"), "--year", "2019", "--format", "json")

    assert page(result)["documents"][0]["year"] == 2019


def test_lists_are_empty_unless_asked_for(tmp_path: Path) -> None:
    args = ["check", note(tmp_path, "a.txt"), "--format", "json"]

    (plain,) = page(gouji(*args))["documents"]
    (full,) = page(gouji(*args, "--evaluations", "--numbers"))["documents"]

    assert (plain["evaluations"], plain["numbers"]) == ([], [])
    assert {e["verdict"] for e in full["evaluations"]} >= {"consistent"}
    assert {"80%", "100.00万元"} <= {n["quote"] for n in full["numbers"]}


def test_output_file_has_the_bytes_of_the_screen(tmp_path: Path) -> None:
    args = ["check", note(tmp_path, "a.txt", BAD), "--format", "json"]

    shown = gouji(*args)
    saved = gouji(*args, "-o", str(tmp_path / "out.json"))

    assert saved.stdout == ""
    assert (tmp_path / "out.json").read_bytes() == shown.stdout_bytes


def test_report_is_never_overwritten(tmp_path: Path) -> None:
    path = note(tmp_path, "a.txt", BAD)

    result = gouji("check", path, "-o", path)

    assert result.exit_code == 2
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == BAD


@pytest.mark.parametrize("command", ["check", "text", "extract"])
def test_file_without_permission_is_told_like_any_other(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, good = note(tmp_path, "shut.txt"), note(tmp_path, "good.txt", BAD)
    whole = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "shut.txt":
            raise PermissionError
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(os, "access", lambda *_, **__: False)

    result = gouji(command, shut, *([good] if command == "check" else []))

    assert "shut.txt: 没有权限打开；" in result.stderr
    assert ("占【90%】" in result.stdout) == (command == "check")
    assert result.exit_code == 2


@pytest.mark.parametrize("form", ["json", "junit", "csv", "sarif", "markdown"])
def test_what_looks_like_a_report_in_a_folder_and_cannot_be_read_is_told(
    tmp_path: Path, form: str
) -> None:
    note(tmp_path, "a.txt")
    note(tmp_path, "旧.ceb")

    result = gouji("check", str(tmp_path), "--format", form)

    assert "旧.ceb: " in result.stderr
    assert "旧.ceb" in unquote(result.stdout)
    assert result.exit_code == 2


def test_pictures_and_links_of_a_folder_are_told_and_pass(tmp_path: Path) -> None:
    for folder in ("查", "别处"):
        (tmp_path / folder).mkdir()
        note(tmp_path / folder, "a.txt")
    (tmp_path / "查" / "盖章页.JPG").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "查" / "链接").symlink_to(tmp_path / "别处")

    result = gouji("check", str(tmp_path / "查"))

    assert "1张图片没有检查：盖章页.JPG；" in result.stderr
    assert "1个链接的文件夹没有检查：链接；" in result.stderr
    assert result.exit_code == 0


def test_text_is_the_file_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD.replace("\n", "\r\n").encode())

    assert gouji("text", str(path)).stdout_bytes == path.read_bytes()


def test_extract_shows_facts_and_claims(tmp_path: Path) -> None:
    path = note(tmp_path, "a.txt")

    lines = gouji("extract", path).stdout.splitlines()
    data = json.loads(gouji("extract", path, "--format", "json").stdout)

    assert [line for line in lines if "share" in line and "占80%" in line]
    assert data["year"] == 2022
    assert "share" in {claim["kind"] for claim in data["claims"]}


def test_schema_is_json() -> None:
    assert json.loads(gouji("schema", "report").stdout)["$id"] == "gouji.report/1"


def test_rules_list_and_explain() -> None:
    assert "SHR001" in gouji("rules", "list").stdout
    assert "rules/core/SHR001" in gouji("rules", "explain", "SHR001").stdout


def test_rules_test_runs_the_examples_of_a_rule() -> None:
    result = gouji("rules", "test", "CHG001")

    assert (result.exit_code, result.stdout.strip()[-6:]) == (0, "例子全部通过")


def test_internal_failure_ends_with_3(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("boom")

    monkeypatch.setattr("validator.gate.Treatments", broken)

    result = gouji("check", "a.txt")

    assert result.exit_code == 3
    assert "程序自己出错（KeyError" in result.stderr
