"""``gouji fix`` in process: what it writes, asks, refuses, tells, and its exit codes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from validator.cli import main

if TYPE_CHECKING:
    from click.testing import Result

HEAD = "云岭县水务局2020年度部门决算\n一、“三公”经费支出决算情况说明\n"
FLIPPED = "公务接待费支出3.00万元，比2019年增加0.80万元，下降21.05%。\n"
MENDED = FLIPPED.replace("增加", "减少")
RATE = "公务用车运行维护费支出3.00万元，比2019年减少1.00万元，下降52%。\n"
OTHER_RATE = "因公出国（境）费支出6.00万元，比2019年减少2.00万元，下降52%。\n"
EXAMPLES = Path(__file__).parents[2] / "examples"


def gouji(*args: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, ["fix", *args], input=answers)


def copy_in(folder: Path) -> str:
    """The copy; how many decimals a computed rate has is the diagnosis' business."""
    text = (folder / "报告.修改稿.txt").read_text(encoding="utf-8")
    return text.replace("25.00%", "25%")


def refusal(result: Result) -> str:
    """The one line of a refusal."""
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    return result.stderr


def report(folder: Path, text: str = HEAD + FLIPPED, name: str = "报告.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there; the answers come from the runner."""
    wrapper = "click.testing._NamedTextIOWrapper"
    monkeypatch.setattr(f"{wrapper}.isatty", lambda _: True, raising=False)


def test_copy_stands_beside_the_report(tmp_path: Path) -> None:
    path = report(tmp_path)

    result = gouji(str(path))

    assert result.exit_code == 0, result.output
    assert (tmp_path / "报告.修改稿.txt").read_text(encoding="utf-8") == HEAD + MENDED
    assert path.read_text(encoding="utf-8") == HEAD + FLIPPED
    assert sorted(one.name for one in tmp_path.iterdir()) == ["报告.txt", "报告.修改稿.txt"]
    assert "第3行  增减与升降方向相反（CHG001）" in result.stdout
    assert "【增加0.80万元】" in result.stdout
    assert "把“增加0.80万元”改为“减少0.80万元”：" in result.stdout
    assert "解决1个问题，还有错误 0、存疑 0、提示 0" in result.stdout
    assert result.stderr == "结论：写了“报告.修改稿.txt”，改动1处；原文件没有动。\n"


def test_nothing_to_change_writes_nothing(tmp_path: Path) -> None:
    path = report(tmp_path, HEAD + MENDED)

    result = gouji(str(path))

    assert result.exit_code == 0
    assert list(tmp_path.iterdir()) == [path]
    assert result.stderr == "结论：没有要改的。\n"


def test_output_can_be_chosen(tmp_path: Path) -> None:
    path, output = report(tmp_path), tmp_path / "新.txt"

    assert gouji(str(path), "-o", str(output), "-q").exit_code == 0

    assert output.read_text(encoding="utf-8") == HEAD + MENDED


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = report(tmp_path)
    there = report(tmp_path, "我的稿子", "报告.修改稿.txt")

    refused = gouji(str(path))
    forced = gouji(str(path), "--force")

    assert refused.exit_code == 2
    assert "要覆盖它请加 --force" in refusal(refused)
    assert forced.exit_code == 0
    assert there.read_text(encoding="utf-8") == HEAD + MENDED
    assert len(list(tmp_path.iterdir())) == 2


def test_the_report_itself_is_never_written(tmp_path: Path) -> None:
    path = report(tmp_path)
    (tmp_path / "夹").mkdir()
    link, hard = tmp_path / "链接.txt", tmp_path / "硬链接.txt"
    link.symlink_to(path)
    os.link(path, hard)
    for output in (path, tmp_path / "夹" / ".." / "报告.txt", link, hard):
        result = gouji(str(path), "-o", str(output), "--force")

        assert "就是原文件" in refusal(result), output
    refused = gouji(str(link), "-o", str(path), "--force")
    assert "就是原文件" in refusal(refused)
    assert path.read_text(encoding="utf-8") == HEAD + FLIPPED


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path: Path) -> None:
    path, output = report(tmp_path), tmp_path / "出.txt"
    output.symlink_to(tmp_path / "没有.txt")

    assert "--force" in refusal(gouji(str(path), "-o", str(output)))
    assert not (tmp_path / "没有.txt").exists()


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    result = gouji(str(report(tmp_path)), "-o", str(tmp_path / "无" / "a.txt"))

    assert "没有这个文件夹" in refusal(result)


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("--only", "years"), ["2020"]),
        (("--only", "wording"), ["卫生健康支出", "减少5.71万元"]),
        (("--only", "wording", "--only", "years"), ["2020", "卫生健康支出", "减少5.71万元"]),
        (("--select", "CHG"), ["减少5.71万元"]),
        (("--ignore", "CHG001,COD"), ["2020"]),
    ],
)
def test_options_choose_what_is_changed(
    tmp_path: Path, options: tuple[str, ...], wanted: list[str]
) -> None:
    source = EXAMPLES / "broken" / "final_accounts.txt"

    result = gouji(str(source), "-o", str(tmp_path / "a.txt"), *options)

    assert result.exit_code == 0
    assert result.stdout.count("    把“") == len(wanted)
    assert all(f"改为“{one}”" in result.stdout for one in wanted)


def test_figures_are_told_but_not_changed(tmp_path: Path) -> None:
    path = report(tmp_path, HEAD + RATE)

    result = gouji(str(path))

    assert result.exit_code == 0
    assert "另有1处要改数字，没有改；gouji fix --money 一处一处地问" in result.stdout
    assert result.stderr == "结论：没有改，没有写修改稿。\n"
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_terminal_figures_are_refused(tmp_path: Path) -> None:
    path = report(tmp_path, HEAD + FLIPPED + RATE)

    result = gouji(str(path), "--money", answers="y\n")

    assert "一处也没有改" in refusal(result)
    assert list(tmp_path.iterdir()) == [path]


def test_there_is_no_yes_for_figures(tmp_path: Path) -> None:
    assert gouji(str(report(tmp_path)), "--money", "--yes").exit_code == 2
    assert gouji(str(report(tmp_path)), "--only", "money").exit_code == 2


@pytest.mark.usefixtures("at_terminal")
@pytest.mark.parametrize(
    ("answers", "texts"),
    [
        ("y\ny\n", [RATE.replace("52%", "25%"), OTHER_RATE.replace("52%", "25%")]),
        ("改\n不改\n", [RATE.replace("52%", "25%"), OTHER_RATE]),
        ("n\ny\n", [RATE, OTHER_RATE.replace("52%", "25%")]),
        ("\n\n", [RATE, OTHER_RATE]),
        ("q\n", [RATE, OTHER_RATE]),
        ("后面都不改\n", [RATE, OTHER_RATE]),
        ("好\nY\nn\n", [RATE.replace("52%", "25%"), OTHER_RATE]),
    ],
)
def test_figures_are_asked_about_one_by_one(
    tmp_path: Path, answers: str, texts: list[str]
) -> None:
    path = report(tmp_path, HEAD + FLIPPED + RATE + OTHER_RATE)

    result = gouji(str(path), "--money", answers=answers)

    assert result.exit_code == 0, result.output
    copy = copy_in(tmp_path)
    assert copy == HEAD + MENDED + "".join(texts)
    assert "第1处，共2处" in result.stderr
    assert ("请答 y、n 或 q" in result.stderr) == ("好" in answers)


@pytest.mark.usefixtures("at_terminal")
def test_a_question_shows_place_words_and_arithmetic(tmp_path: Path) -> None:
    result = gouji(str(report(tmp_path, HEAD + RATE)), "--money", "--no-color", answers="n\n")

    for said in ("第3行", "52%】", "把“", "1.00 ÷", "不改（n）"):
        assert said in result.stderr
    assert result.stderr.endswith("结论：没有改，没有写修改稿。\n")


@pytest.mark.usefixtures("at_terminal")
def test_whoever_walks_away_changes_nothing(tmp_path: Path) -> None:
    path = report(tmp_path, HEAD + FLIPPED + RATE)

    result = gouji(str(path), "--money", answers="")

    assert result.exit_code != 0
    assert list(tmp_path.iterdir()) == [path]


def test_what_could_not_be_changed_gives_exit_code_1(tmp_path: Path) -> None:
    source = EXAMPLES / "broken" / "final_accounts.txt"
    text = source.read_bytes()
    at = text.index("增加5.71万元".encode())
    path = tmp_path / "a.txt"
    path.write_bytes(text[:at] + b"\xe5\xa2" + text[at:])

    result = gouji(str(path))

    assert result.exit_code == 1
    assert "没有改1处" in result.stdout
    assert "没有改：那里的字符编码损坏" in result.stdout
    assert "有1处没有改成" in result.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("final_accounts_tables.xlsx", "工作簿不能改；请"),
        ("final_accounts.records.yaml", "记录"),
    ],
)
def test_other_formats_say_what_to_do(tmp_path: Path, name: str, said: str) -> None:
    result = gouji(str(EXAMPLES / "broken" / name), "-o", str(tmp_path / "a"))

    assert said in refusal(result)
    assert name in refusal(result)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("date", ["2024年", "2024-13-01", "昨天"])
def test_a_wrong_date_is_refused(tmp_path: Path, date: str) -> None:
    assert gouji(str(report(tmp_path)), "--date", date).exit_code == 2


def test_rules_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    path = report(tmp_path)

    assert "没有规则“CHG9”" in refusal(gouji(str(path), "--select", "CHG9"))
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_at_a_real_terminal(tmp_path: Path) -> None:
    """The program itself, its standard input a terminal: 改 the first figure, then stop."""
    import pty  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    path = report(tmp_path, HEAD + RATE + OTHER_RATE)
    leader, follower = pty.openpty()
    os.write(leader, b"y\nq\n")
    done = subprocess.run(
        [sys.executable, "-m", "validator", "fix", "--money", str(path)],
        stdin=follower, capture_output=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    os.close(leader)
    os.close(follower)

    assert done.returncode == 0, done.stderr.decode()
    copy = copy_in(tmp_path)
    assert copy == HEAD + RATE.replace("52%", "25%") + OTHER_RATE
