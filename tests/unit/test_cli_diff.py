"""``gouji diff`` in process: what it prints, writes and refuses, and its exit codes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner

from validator.cli import main
from validator.comparing.schema import render_schema
from validator.comparing.terminal import MOST

if TYPE_CHECKING:
    from click.testing import Result

HEAD = "云岭县水务局2020年度部门决算\n一、“三公”经费支出决算情况说明\n"
GOOD = "公务接待费支出3.00万元，比2019年减少0.80万元，下降21.05%。\n"
FLIPPED = GOOD.replace("减少", "增加")
RATE = "公务用车运行维护费支出3.00万元，比2019年减少1.00万元，下降52%。\n"
EXTRA = "外事接待支出0.40万元。\n"


def gouji(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, args)])


def save(path: Path, text: str = HEAD + GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def damaged(path: Path, text: str = HEAD + GOOD) -> Path:
    """A file of which one character cannot be read."""
    duties = "负责全县水资源的统一管理和监督，组织水利工程的建设与运行。\n" * 4
    path.write_bytes(b"\xef\xbb\xbf" + (text + duties).encode() + b"\xff\n")
    return path


def refusal(result: Result) -> str:
    """The one line of a refusal."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return save(tmp_path / "旧.txt", HEAD + GOOD + RATE)


def test_new_error_does_not_pass(tmp_path: Path, old: Path) -> None:
    result = gouji(old, save(tmp_path / "新.txt", HEAD + FLIPPED + RATE))

    assert result.exit_code == 1
    assert "新出现的问题 1\n    × 错误  第3行  增减与升降方向相反（CHG001）\n" in result.stdout
    assert "【增加0.80万元】" in result.stdout
    assert "建议：把“增加0.80万元”改为“减少0.80万元”" in result.stdout
    assert "仍有的问题 1\n" in result.stdout
    assert "CHG002" not in result.stdout
    assert result.stderr == "结论：没有通过，新出现错误1处，仍有1处。\n"


def test_changed_figures(tmp_path: Path, old: Path) -> None:
    text = HEAD + EXTRA + GOOD + RATE.replace("52%", "25%").replace("1.00万元", "10000元")

    result = gouji(old, save(tmp_path / "新.txt", text))

    assert result.exit_code == 0
    assert "解决了的问题 1\n    × 旧第4行  增减率与增减额不符（CHG002）：" in result.stdout
    assert "改了的数字 1\n    第5行  公务用车运行维护费" in result.stdout
    assert "52% → 25%  旧第4行\n" in result.stdout
    assert "下降【25%】。" in result.stdout
    assert "只是写法变了的数字 1\n" in result.stdout
    assert "1.00万元 → 10000元  旧第4行\n" in result.stdout
    assert "新增的数字 1\n    第3行  外事接待支出  0.40万元\n" in result.stdout
    assert result.stderr == "结论：通过，没有新问题，解决1处，改了1个数字。\n"


def test_still_wrong(tmp_path: Path, old: Path) -> None:
    result = gouji(old, save(tmp_path / "新.txt", HEAD + GOOD + RATE.replace("52%", "42%")))

    assert result.exit_code == 0
    assert "仍有的问题（数字变了） 1\n    × 错误  第4行" in result.stdout
    assert result.stderr == "结论：通过，没有新问题，仍有1处，改了1个数字。\n"


def test_nothing_changed(tmp_path: Path, old: Path) -> None:
    new = save(tmp_path / "新.txt", old.read_text(encoding="utf-8"))

    assert "  问题和数字都没有变化\n  仍有的问题 1\n" in gouji(old, new).stdout
    assert "增减率与增减额不符（CHG002）：下降52%" in gouji(old, new, "--all").stdout


@pytest.mark.parametrize(
    ("level", "code"), [("error", 0), ("warning", 0), ("note", 1), ("never", 0)]
)
def test_fail_on(tmp_path: Path, old: Path, level: str, code: int) -> None:
    new = save(
        tmp_path / "新.txt",
        HEAD + GOOD + RATE + "（注：数据来源于财决04表，没有的内容请删除）\n",
    )

    result = gouji(old, new, "--fail-on", level)

    assert "提示1处" in result.stderr
    assert result.exit_code == code


def test_many_figures_are_shortened(tmp_path: Path) -> None:
    lines = [f"第{n}类支出{n}.00万元。\n" for n in range(1, MOST + 6)]
    old = save(tmp_path / "旧.txt", HEAD + "".join(lines))
    new = save(tmp_path / "新.txt", HEAD + "".join(lines).replace(".00", ".01"))

    short, full = gouji(old, new).stdout, gouji(old, new, "--all").stdout

    assert "另有5处（--all 全部列出）" in short
    assert short.count(" → ") == MOST
    assert full.count(" → ") == MOST + 5


def test_other_entity_and_year(tmp_path: Path, old: Path) -> None:
    text = (HEAD + GOOD).replace("水务", "林业").replace("2020", "2021").replace("2019", "2020")

    result = gouji(old, save(tmp_path / "新.txt", text))

    assert "单位不同：云岭县水务局 → 云岭县林业局，请确认没有选错文件" in result.stdout
    assert "年度不同：2020 → 2021" in result.stdout


def test_folders(tmp_path: Path) -> None:
    save(tmp_path / "旧" / "a" / "水务局.txt")
    save(tmp_path / "旧" / "b" / "没有了.txt")
    save(tmp_path / "新" / "a" / "水务局.md", HEAD + GOOD.replace("3.00", "3.01"))
    save(tmp_path / "新" / "c" / "新增.txt", HEAD.replace("水务", "林业") + FLIPPED)

    result = gouji(tmp_path / "旧", tmp_path / "新")

    assert result.exit_code == 1
    assert "旧  水务局.txt" in result.stdout
    assert "3.00万元 → 3.01万元" in result.stdout
    assert "新增的报告  新增.txt" in result.stdout
    assert "没有了的报告  没有了.txt" in result.stdout
    assert "新增1份报告，少了1份报告" in result.stderr


def test_archive_against_folder(tmp_path: Path) -> None:
    save(tmp_path / "旧" / "a" / "水务局.txt")
    with zipfile.ZipFile(tmp_path / "新.zip", "w") as archive:
        archive.writestr("a/水务局.txt", HEAD + GOOD.replace("3.00", "3.01"))

    result = gouji(tmp_path / "旧", tmp_path / "新.zip")

    assert "3.00万元 → 3.01万元" in result.stdout


def test_json_follows_its_schema(tmp_path: Path, old: Path) -> None:
    new = save(tmp_path / "新.txt", HEAD + EXTRA + FLIPPED + RATE.replace("52%", "42%"))

    result = gouji(old, new, "--format", "json")
    told: dict[str, Any] = json.loads(result.stdout)

    jsonschema.validate(told, json.loads(render_schema()))
    assert told["verdict"] == "not_passed"
    (pair,) = told["pairs"]
    assert [one["rule"] for one in pair["findings"]["new"]] == ["CHG001"]
    assert [one["altered"] for one in pair["findings"]["kept"]] == [True]
    figures = {one["change"]: one for one in pair["figures"]}
    assert figures["added"]["old"] is None
    assert figures["added"]["new"]["value"] == "0.40"
    changed = figures["changed"]
    assert (changed["old"]["quote"], changed["new"]["quote"]) == ("52%", "42%")
    for version, path in (("old", old), ("new", new)):
        place = changed[version]
        assert path.read_text(encoding="utf-8")[place["start"] : place["end"]] == place["quote"]
    assert told["summary"]["figures"]["changed"] == 1
    assert str(tmp_path) not in result.stdout
    assert gouji(old, new, "--format", "json").stdout == result.stdout


def test_schema_is_printed() -> None:
    result = CliRunner().invoke(main, ["schema", "diff"])

    assert json.loads(result.stdout) == json.loads(render_schema())


def test_every_field_is_explained() -> None:
    told = (Path(__file__).parents[2] / "docs" / "diff.md").read_text(encoding="utf-8")
    schema = json.loads(render_schema())
    parts = [schema, *schema["$defs"].values()]

    fields = {name for part in parts for name in part.get("properties", {})}

    assert {name for name in fields if f"`{name}`" not in told} == set()


def test_both_versions_are_judged_in_one_way(tmp_path: Path) -> None:
    cut = "公务接待费支出2.00元，占“三公”经费支出3.00元的66.66%。\n"
    old = save(tmp_path / "旧.txt", HEAD + cut.replace("66.66", "66.67"))
    new = save(tmp_path / "新.txt", HEAD + cut)

    assert "解决1处" in gouji(old, new, "--rounding", "truncate").stderr
    assert "解决" not in gouji(old, new).stderr


def test_markdown(tmp_path: Path, old: Path) -> None:
    text = HEAD + FLIPPED + RATE.replace("52%", "25%")

    result = gouji(old, save(tmp_path / "新_稿.txt", text), "--format", "markdown")

    assert result.stdout.startswith("# 两版对比\n\n结论：没有通过，")
    assert "## 旧.txt → 新\\_稿.txt\n" in result.stdout
    assert "- **错误 第3行 增减与升降方向相反**（CHG001）：“增加0.80万元” " in result.stdout
    assert "| 52% | 25% |\n" in result.stdout


def test_output_file(tmp_path: Path, old: Path) -> None:
    new, page = save(tmp_path / "新.txt"), tmp_path / "对比.txt"

    result = gouji(old, new, "-o", page)

    assert result.stdout == ""
    assert "解决了的问题 1" in page.read_text(encoding="utf-8")
    assert "会把它覆盖" in refusal(gouji(old, new, "-o", new))


def test_quiet_says_only_the_verdict(tmp_path: Path, old: Path) -> None:
    result = gouji(old, save(tmp_path / "新.txt"), "-q")

    assert result.stdout == ""
    assert result.stderr == "结论：通过，没有新问题，解决1处，去掉4个数字。\n".replace(
        "，去掉4个数字", ""
    )


def test_english(tmp_path: Path, old: Path) -> None:
    result = gouji(old, save(tmp_path / "新.txt", HEAD + FLIPPED), "--lang", "en")

    assert "new findings 1\n    × ERROR  line 3  增减与升降方向相反 (CHG001)\n" in result.stdout
    assert "× old line 4  增减率与增减额不符 (CHG002): 下降52%\n" in result.stdout
    assert result.stderr == "Verdict: not passed, new errors 1, fixed 1.\n"


def test_same_file_twice(tmp_path: Path, old: Path) -> None:
    (tmp_path / "链接.txt").symlink_to(old)

    assert "请给旧的和新的两版" in refusal(gouji(old, old))
    assert "请给旧的和新的两版" in refusal(gouji(old, tmp_path / "链接.txt"))


def test_missing_file(tmp_path: Path, old: Path) -> None:
    assert "找不到“" in refusal(gouji(old, tmp_path / "没有.docx"))
    assert "少了新文件" in refusal(gouji(old))


def test_file_against_folder(tmp_path: Path, old: Path) -> None:
    assert "请给两个文件，或两个文件夹" in refusal(gouji(old, tmp_path))


def test_unreadable_file(tmp_path: Path, old: Path) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7\n")

    result = gouji(old, bad)

    assert result.exit_code == 2
    first, last = result.stderr.splitlines()
    assert first.startswith("坏.pdf: ")
    assert last == "结论：没有比完，1个文件读不了。"


def test_unreadable_file_in_a_folder_leaves_the_others(tmp_path: Path) -> None:
    for side in ("旧", "新"):
        save(tmp_path / side / "好.txt")
        (tmp_path / side / "坏.pdf").write_bytes(b"%PDF-1.7\n")
    save(tmp_path / "新" / "好.txt", HEAD + FLIPPED)

    result = gouji(tmp_path / "旧", tmp_path / "新")

    assert result.exit_code == 2
    assert "CHG001" in result.stdout
    assert result.stderr.count("坏.pdf: ") == 2


def test_what_cannot_be_used_is_told_and_does_not_pass(tmp_path: Path, old: Path) -> None:
    new = save(tmp_path / "新.txt", HEAD + GOOD)

    result = gouji(old, new, "--rules", "没有的包", "--rounding", "up", "-q")

    assert result.exit_code == 2
    first, second, last = result.stderr.splitlines()
    assert "--rounding 的值“up”不对" in first
    assert "没有的包" in second
    assert last == "结论：没有比完，2个选项、规则或设置没有用上，没有新问题，解决1处。"


def test_settings_of_the_configuration(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = save(tmp_path / "新.txt", HEAD + FLIPPED)
    save(tmp_path / "gouji.toml", 'fail_on = "never"\n')
    monkeypatch.chdir(tmp_path)

    assert gouji(old, new).exit_code == 0
    assert gouji(old, new, "--fail-on", "error").exit_code == 1


def test_what_was_not_read_is_named_and_does_not_pass(tmp_path: Path, old: Path) -> None:
    new = damaged(tmp_path / "新.txt")

    result = gouji(old, new)

    assert result.exit_code == 2
    head = result.stdout.index("新  新.txt")
    assert result.stdout.index("  没有读出：有 1 个字符编码损坏，没有读出\n") > head
    assert "解决" not in result.stdout.replace("不能说已经解决", "").replace("不一定解决", "")
    assert "没有再找到的问题（不一定解决了） 1\n    × 旧第4行" in result.stdout
    assert "没有再找到的数字（不一定去掉了） 3\n" in result.stdout
    assert result.stderr == (
        "结论：没有比完，1个文件有一部分没有读出，没有新问题，没有再找到1处。\n"
    )


@pytest.mark.parametrize("option", [True, False])
def test_what_was_not_read_may_be_allowed(
    tmp_path: Path, old: Path, option: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = damaged(tmp_path / "新.txt")
    monkeypatch.chdir(tmp_path)
    if not option:
        save(tmp_path / "gouji.toml", "allow_unread = true\n")

    result = gouji(old, new, *(["--allow-unread"] if option else []))

    assert result.exit_code == 0
    assert "没有再找到的问题（不一定解决了） 1\n" in result.stdout
    assert "1个文件有一部分没有读出或看懂" in result.stderr


def test_what_was_not_read_of_the_old_version(tmp_path: Path, old: Path) -> None:
    result = gouji(damaged(tmp_path / "更旧.txt"), old)

    assert result.exit_code == 2
    assert "旧版（连同附表）有一部分没有读出：" in result.stdout
    assert "没有再找到" not in result.stdout


def test_what_was_not_read_in_json_and_markdown(tmp_path: Path, old: Path) -> None:
    new = damaged(tmp_path / "新.txt")

    told = json.loads(gouji(old, new, "--format", "json").stdout)
    page = gouji(old, new, "--format", "markdown").stdout

    jsonschema.validate(told, json.loads(render_schema()))
    (pair,) = told["pairs"]
    assert told["verdict"] == "incomplete"
    assert pair["old"]["error"] is None
    assert (pair["new"]["status"], pair["new"]["error"]) == (
        "checked",
        "有 1 个字符编码损坏，没有读出",
    )
    assert pair["findings"]["fixed"] == []
    assert [one["rule"] for one in pair["findings"]["vanished"]] == ["CHG002"]
    assert {one["change"] for one in pair["figures"]} == {"vanished"}
    summary = told["summary"]
    assert (summary["fixed"], summary["vanished"], summary["partial"]) == (0, 1, 1)
    assert "- 新.txt **没有读出**：有 1 个字符编码损坏，没有读出\n" in page
    assert page.index("不能说已经解决") < page.index("### 没有再找到的问题（不一定解决了） 1\n")
    assert "解决了的问题" not in page


def test_demands_by_path_of_the_new_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("初稿", "定稿"):
        save(tmp_path / folder / "报告.txt")
    config = '[[overrides]]\nfiles = ["定稿/*.txt"]\nfail_on = "{}"\n'
    save(tmp_path / "定稿" / "报告.txt", HEAD + FLIPPED)
    monkeypatch.chdir(tmp_path)

    save(tmp_path / "gouji.toml", config.format("never"))
    assert gouji("初稿", "定稿").exit_code == 0
    assert gouji("初稿", "定稿", "--fail-on", "error").exit_code == 1
    save(tmp_path / "gouji.toml", 'fail_on = "never"\n' + config.format("error"))
    assert gouji("初稿", "定稿").exit_code == 1


def test_edits_are_told_as_a_check_tells_them(tmp_path: Path, old: Path) -> None:
    new = save(tmp_path / "新.txt", HEAD + FLIPPED + RATE)

    checked = CliRunner().invoke(main, ["check", str(new)]).stdout
    (line,) = [one.strip() for one in checked.splitlines() if "减少0.80万元" in one]

    assert line.startswith("建议：")
    assert f"{line}\n" in gouji(old, new).stdout


def test_marks_that_turn_the_direction_of_writing_are_not_shown(tmp_path: Path) -> None:
    old = save(tmp_path / "旧.txt")
    new = save(tmp_path / "新.txt", HEAD + GOOD.replace("支出3.00", "支\u202e出3.01"))

    assert "\u202e" not in gouji(old, new).stdout
