"""``gouji annotate`` in process: what it writes and where, what it refuses and tells."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from click.testing import CliRunner
from commented_files import faults, marked, said, told, with_reply
from word_bodies import par, run, word_file

from validator.cli import main
from validator.readers import read

if TYPE_CHECKING:
    from click.testing import Result

HEAD = par(run("云岭县水务局2020年度部门决算")) + par(run("一、“三公”经费支出决算情况说明"))
FLIPPED = par(run("公务接待费支出3.00万元，比2019年增加0.80万元，下降21.05%。"))
LEFT = "（注：数据来源于财决01表）"
EXAMPLES = Path(__file__).parents[2] / "examples"


def gouji(*args: object) -> Result:
    return CliRunner().invoke(main, ["annotate", *map(str, args)])


def last(result: Result) -> str:
    return result.stderr.splitlines()[-1]


def refusal(result: Result) -> str:
    """The one line of a refusal."""
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.docx"
    path.write_bytes(word_file(HEAD + FLIPPED))
    return path


def copy_of(report: Path) -> bytes:
    return (report.parent / "报告.批注.docx").read_bytes()


def test_copy_stands_beside_the_report_which_stays(report: Path) -> None:
    before = report.read_bytes()

    result = gouji(report)

    assert result.exit_code == 0
    assert result.stdout == ""
    assert last(result) == "结论：写了“报告.批注.docx”，1条批注；原文件没有动。"
    assert report.read_bytes() == before
    ((quote, lines),) = told(copy_of(report))
    assert "增加0.80万元" in quote
    assert lines[0] == "错误：增减与升降方向相反"
    assert lines[-1] == "CHG001 change-words-disagree"
    assert faults(copy_of(report)) == []


def test_report_without_findings_gets_a_copy_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(word_file(HEAD))

    result = gouji(path)

    assert result.exit_code == 0
    assert "没有要批注的问题" in last(result)
    assert copy_of(path) == path.read_bytes()


def test_copy_that_is_there_is_not_replaced_unasked(report: Path) -> None:
    gouji(report)
    first = copy_of(report)
    (report.parent / "报告.批注.docx").write_bytes(b"mine")

    assert "要覆盖它请加 --force" in refusal(gouji(report))
    assert copy_of(report) == b"mine"
    assert gouji(report, "--force").exit_code == 0
    assert gouji(report, "--force").exit_code == 0
    assert copy_of(report) == first


def test_output_may_be_a_file_or_a_folder(report: Path) -> None:
    folder = report.parent / "批注"
    folder.mkdir()

    assert gouji(report, "-o", report.parent / "送审.docx").exit_code == 0
    assert gouji(report, "-o", folder).exit_code == 0

    one = (report.parent / "送审.docx").read_bytes()
    assert (folder / "报告.批注.docx").read_bytes() == one


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("报告.docx", "就是原文件"),
        ("报告.pdf", "批注稿是 .docx 文件"),
        ("没有/报告.docx", "没有这个文件夹"),
        ("gouji.toml/a.docx", "没有这个文件夹"),
    ],
)
def test_outputs_that_are_refused(report: Path, name: str, why: str) -> None:
    before = sorted(report.parent.iterdir())

    assert why in refusal(gouji(report, "-o", report.parent / name, "--force"))
    assert sorted(report.parent.iterdir()) == before


def test_several_files_each_get_a_copy(report: Path) -> None:
    other = report.parent / "另一份.docx"
    other.write_bytes(word_file(HEAD + FLIPPED + FLIPPED.replace("接待", "用车")))

    result = gouji(report, other)

    assert result.exit_code == 0
    assert "写了“报告.批注.docx、另一份.批注.docx”，" in last(result)
    assert len(said(copy_of(report))) == 1
    assert len(said((report.parent / "另一份.批注.docx").read_bytes())) == 2
    one_file = report.parent / "一份.docx"
    assert "-o 要是文件夹" in refusal(gouji(report, other, "-o", one_file))


def test_files_that_cannot_hold_comments_do_not_stop_the_others(report: Path) -> None:
    text = report.parent / "报告.txt"
    text.write_text("云岭县水务局\n", encoding="utf-8")
    missing = report.parent / "没有.docx"

    result = gouji(report, text, missing)

    assert result.exit_code == 2
    assert "报告.txt: 文本文件里放不下批注" in result.stderr
    assert "没有.docx: 找不到文件" in result.stderr
    assert "有2份没有写成" in last(result)
    assert len(said(copy_of(report))) == 1


def test_nothing_that_can_hold_comments(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_text("云岭县水务局\n", encoding="utf-8")

    result = gouji(path)

    assert result.exit_code == 2
    assert last(result) == "结论：有1份没有写成，没有写批注稿。"


def test_folder_is_refused(tmp_path: Path) -> None:
    assert "请写出要批注的文件" in refusal(gouji(tmp_path))


def test_report_is_checked_together_with_its_records(tmp_path: Path) -> None:
    for name in ("final_accounts.docx", "final_accounts.records.yaml"):
        (tmp_path / name).write_bytes((EXAMPLES / "broken" / name).read_bytes())
    report, records = tmp_path / "final_accounts.docx", tmp_path / "final_accounts.records.yaml"

    together = gouji(report, records)

    assert together.exit_code == 0
    assert "记录文件只用来对照" in together.stderr
    assert "records.yaml: 有2个问题没有地方写批注，请看 gouji check" in together.stderr
    assert len(said((tmp_path / "final_accounts.批注.docx").read_bytes())) == 13
    assert "记录文件里放不下批注" in gouji(records).stderr


def test_report_and_workbook_are_checked_together_and_each_get_a_copy(tmp_path: Path) -> None:
    names = ("final_accounts.docx", "final_accounts_tables.xlsx")
    for name in names:
        (tmp_path / name).write_bytes((EXAMPLES / "broken" / name).read_bytes())
    folder = tmp_path / "批注稿"
    folder.mkdir()

    result = gouji(*(tmp_path / name for name in names), "-o", folder, "--changes")

    assert result.exit_code == 0
    assert "final_accounts_tables.xlsx: 修订只能写在 Word 文件里" in result.stderr
    copies = sorted(path.name for path in folder.iterdir())
    assert copies == ["final_accounts.批注.docx", "final_accounts_tables.批注.xlsx"]
    assert faults((folder / copies[0]).read_bytes()) == []
    again = CliRunner().invoke(main, ["check", *(str(folder / name) for name in copies)])
    assert again.exit_code == 1


def test_least_severity(tmp_path: Path) -> None:
    word = docx.Document(str(EXAMPLES / "broken" / "final_accounts.docx"))
    word.add_paragraph(LEFT)
    path = tmp_path / "报告.docx"
    word.save(str(path))
    counts = {}
    for least in ("error", "warning", "note"):
        copy = tmp_path / f"{least}.docx"
        assert gouji(path, "--severity", least, "-o", copy).exit_code == 0
        titles = [lines[0][:2] for lines in said(copy.read_bytes()).values()]
        counts[least] = set(titles)

    assert counts == {
        "error": {"错误"}, "warning": {"错误", "存疑"}, "note": {"错误", "存疑", "提示"},
    }  # fmt: skip


def test_known_findings_get_no_comment_unless_asked_for(report: Path) -> None:
    known = report.parent / "基线.json"
    made = CliRunner().invoke(main, ["baseline", "create", str(report), "-o", str(known)])
    assert made.exit_code == 0

    assert "没有要批注的问题" in last(gouji(report, "--baseline", known))
    assert gouji(report, "--baseline", known, "--all", "--force").exit_code == 0
    assert len(said(copy_of(report))) == 1


def test_rules_are_chosen_as_in_a_check(report: Path) -> None:
    assert "没有要批注的问题" in last(gouji(report, "--ignore", "CHG"))


def test_settings_that_cannot_be_used_are_told(report: Path) -> None:
    result = gouji(report, "--year", "二〇二〇")

    assert result.exit_code == 2
    assert "选项 --year" in result.stderr
    assert len(said(copy_of(report))) == 1


def test_day_of_comments_and_changes(report: Path) -> None:
    gouji(report, "--date", "2024-05-10", "--changes")

    (comment,) = docx.Document(io.BytesIO(copy_of(report))).comments
    assert comment.timestamp is not None
    assert comment.timestamp.date().isoformat() == "2024-05-10"
    assert "日期" in refusal(gouji(report, "--force", "--date", "昨天"))


def test_same_report_same_bytes(report: Path) -> None:
    gouji(report, "--changes")
    first = copy_of(report)

    gouji(report, "--changes", "--force")

    assert copy_of(report) == first


def test_changes_stand_within_the_comment(report: Path) -> None:
    result = gouji(report, "--changes")

    assert "1条批注、1处修订" in last(result)
    ((quote, lines),) = told(copy_of(report))
    assert "减少0.80万元" in quote
    assert "已按建议写成修订，请接受或拒绝" in lines
    assert "减少0.80万元" in read(report.parent / "报告.批注.docx").text


def test_what_is_not_marked_is_told(tmp_path: Path) -> None:
    note = par(run("公务接待费支出3.00万元，比2019年增加0.80万元，下降21.05%。"))
    number = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    path = tmp_path / "报告.docx"
    path.write_bytes(word_file(HEAD + par(run("见脚注。") + number), footnote=note))

    result = gouji(path)

    assert result.exit_code == 0
    why = "脚注里不能加批注，批注在脚注号上（1条）"
    assert f"1条批注，其中1条不在原话上：{why}；原文件没有动。" in last(result)
    assert list(marked(copy_of(path)).values()) == [""]


def test_copies_in_a_folder_are_no_reports(report: Path) -> None:
    folder = report.parent
    book = folder / "附表.xlsx"
    book.write_bytes((EXAMPLES / "broken" / "final_accounts_tables.xlsx").read_bytes())
    (folder / "说明.docx").write_bytes(word_file(HEAD))
    (folder / "补充.txt").write_text("云岭县水务局2020年度部门决算\n", "utf-8")
    before = checked(folder)
    gouji(report, book, folder / "说明.docx")
    CliRunner().invoke(main, ["fix", str(report)])
    (folder / "补充.修改稿.txt").write_text("云岭县水务局2020年度部门决算\n", "utf-8")

    after = checked(folder)

    assert after.stdout == before.stdout
    told_ = "5份批注稿、修改稿是 gouji 写的，没有检查："
    assert told_ in after.stderr
    assert "要检查就直接给出它" in after.stderr
    assert (folder / "报告.修改稿.docx").exists()
    assert "没有检查" not in checked(folder / "报告.批注.docx").stderr


def test_copies_beside_a_report_do_not_part_it_from_its_workbook(tmp_path: Path) -> None:
    report, book = tmp_path / "报告.docx", tmp_path / "附表.xlsx"
    report.write_bytes((EXAMPLES / "broken" / "final_accounts.docx").read_bytes())
    book.write_bytes((EXAMPLES / "broken" / "final_accounts_tables.xlsx").read_bytes())
    before = checked(report, "--companions")

    gouji(report, book)

    assert "附表.xlsx" in before.stdout
    assert checked(report, "--companions").stdout == before.stdout


def test_report_that_is_only_called_like_a_copy_is_checked(report: Path) -> None:
    report.rename(report.with_name("报告.修改稿.docx"))

    result = checked(report.parent)

    assert "结论：没有通过，错误1处。" in result.stderr


def checked(*args: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, args), "--format", "json"])


def test_annotating_a_word_copy_again_leaves_each_comment_once(report: Path) -> None:
    gouji(report)
    first = copy_of(report)
    copy = report.with_name("报告.批注.docx")
    theirs = docx.Document(str(copy))
    theirs.add_comment(theirs.paragraphs[0].runs, text="请核对", author="张三")
    theirs.save(str(copy))

    result = gouji(copy, "-o", report.with_name("再批注.docx"))

    again = report.with_name("再批注.docx").read_bytes()
    assert "1条批注" in last(result)
    assert sorted(said(again).values()) == sorted([*said(first).values(), ["请核对"]])
    assert sorted(marked(again).values()) == sorted(
        [*marked(first).values(), "云岭县水务局2020年度部门决算"]
    )
    assert faults(again) == []


def test_comments_on_what_was_mended_are_gone(report: Path) -> None:
    gouji(report)
    copy = report.with_name("报告.批注.docx")
    mended = docx.Document(str(copy))
    (words,) = [
        one for p in mended.paragraphs for one in p.runs if one.text.startswith("增加0.80")
    ]
    words.text = "减少0.80万元"
    mended.save(str(copy))

    result = gouji(copy, "-o", report.with_name("再批注.docx"))

    again = report.with_name("再批注.docx").read_bytes()
    assert "没有要批注的问题" in last(result)
    assert said(again) == {}
    assert marked(again) == {}
    assert faults(again) == []


def test_comment_that_somebody_replied_to_stays_and_is_not_told_twice(report: Path) -> None:
    gouji(report)
    copy = report.with_name("报告.批注.docx")
    copy.write_bytes(with_reply(copy.read_bytes(), "已问过，数字没有错"))

    result = gouji(copy, "-o", report.with_name("再批注.docx"))

    again = report.with_name("再批注.docx").read_bytes()
    assert "1条批注" in last(result)
    assert said(again) == said(copy.read_bytes())
    assert marked(again) == marked(copy.read_bytes())


def test_workbook_with_our_comments_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "附表.xlsx"
    book.write_bytes((EXAMPLES / "broken" / "final_accounts_tables.xlsx").read_bytes())
    gouji(book)

    result = gouji(tmp_path / "附表.批注.xlsx")

    assert result.exit_code == 2
    assert (
        "附表.批注.xlsx: 里面已有 gouji 的批注，再写会重复；请批注原来的文件" in result.stderr
    )
    assert not (tmp_path / "附表.批注.批注.xlsx").exists()


def test_long_names_are_cut(report: Path) -> None:
    long = report.rename(report.with_name("长" * 82 + ".docx"))

    for more in ([], ["--force"]):
        result = gouji(long, *more)
        assert result.exit_code == 0, result.stderr

    (copy,) = report.parent.glob("*.批注.docx")
    assert copy.name.startswith("长" * 70)
    assert [one.name for one in report.parent.iterdir() if one.name.startswith(".")] == []


def test_name_that_is_too_long_is_told(report: Path) -> None:
    long = report.with_name("长" * 90 + ".docx")

    for command in ("annotate", "fix"):
        result = CliRunner().invoke(main, [command, str(report), "-o", str(long)])
        assert "太长，或不能用；请用 -o 换一个短些的" in refusal(result)
    result = checked(report, "-o", long.with_suffix(".json"))
    assert "太长，或不能用；请用 -o 换一个短些的" in refusal(result)


@pytest.mark.parametrize("command", ["check", "annotate", "diff"])
def test_text_in_the_place_of_a_file_is_told(command: str) -> None:
    words = "公务接待费支出3.00万元，比2019年增加0.80万元。" * 10

    result = CliRunner().invoke(main, [command, words, words])

    assert "文件名太长，没有这样的文件；请检查给出的文件名" in refusal(result)
