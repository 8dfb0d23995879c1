"""``gouji rules new``（起草规则）: asks what is not given, writes files that already work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand
from validator.cli.packs import chosen_rules
from validator.cli.values import one_of
from validator.errors import UsageError

if TYPE_CHECKING:
    from validator.engine.packs import RuleSet
    from validator.rulebook.draft import Draft

_HELP = """起草一条规则：没有给的会问，写好的文件马上能用，例子也在里面。

例：gouji rules new --to 我的规则 --table 食堂收支表 --identity '餐费 + 补助 = 收入小计'"""
_WAYS = (
    "从哪里写起？\n  1  表里几行数的关系\n  2  不该出现的文字\n  3  照一条现有的规则改\n请选"
)


_ADVICE = {
    "1": "表名写以“表”结尾的全称，不要“表一”这样的序号；行名写全称，不光写“合计”“小计”",
    "2": "请换一种写法，只写要查的那几个字",
    "3": "请另选一条照着改",
}
"""What to do when the examples of a draft do not come out, by the way it was made."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was given; names and meanings are those of the options, None is asked for."""

    folder: Path | None
    table: str | None
    identity: str | None
    words: str | None
    like: str | None
    rule_id: str | None
    name: str | None
    title: str | None
    severity: str


@click.command(cls=ChineseCommand, help=_HELP)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), metavar="文件夹",
    help="写到哪个文件夹；没有就新建。默认会问。",
)  # fmt: skip
@click.option("--table", metavar="表名", help="查这张表里的数，写表的标题。默认会问。")
@click.option(
    "--identity", metavar="等式", help="表里几行的关系，用行名写，如“甲 + 乙 = 丙”。默认会问。"
)
@click.option("--words", metavar="文字", help="查这些不该出现的文字。默认会问。")
@click.option("--like", metavar="编号", help="照这条规则改。默认会问。")
@click.option(
    "--id", "rule_id", metavar="编号", help="三个大写字母加三位数字。默认是 ORG 的下一个。"
)
@click.option(
    "--name", metavar="英文名", help="小写英文词用-相连，说错在哪里。默认按编号起一个。"
)
@click.option("--title", metavar="标题", help="短标题，说查什么。默认按内容起一个。")
@click.option(
    "--severity", type=one_of("error", "warning", "note"), default="error",
    help="严重程度。默认 error。",
)  # fmt: skip
@click.pass_context
def new(context: click.Context, /, **_: object) -> int:
    """Write a rule; 1 when its examples do not come out."""
    from validator.rulebook.draft import save_draft  # noqa: PLC0415 - quick start

    options = Options(**context.params)
    way = _way(options)
    folder = options.folder or Path(_asked("写到哪个文件夹", default="我的规则"))
    known = _ruleset(folder)
    rule_id = _good_id(options.rule_id, known)
    files = {"1": _table, "2": _words, "3": _like}[way](options, rule_id, known)
    problems = _problems(rule_id, folder, files)
    if problems:
        for line in problems:
            click.echo(line)
        raise UsageError(f"起草的例子没有通过，什么也没有写；{_ADVICE[way]}")
    for path in save_draft(folder, rule_id[:3], files):
        click.echo(f"写好了 {path.as_posix()}")
    click.echo("例子全部通过；请把例子换成自己的句子，补上依据")
    click.echo(f"再运行例子：gouji rules test {rule_id} --rules {folder.as_posix()}")
    click.echo(f"查一份报告：gouji check 报告.docx --rules {folder.as_posix()}")
    return 0


def _way(options: Options) -> str:
    ways = (("1", options.table or options.identity), ("2", options.words), ("3", options.like))
    given = [way for way, value in ways if value]
    if len(given) > 1:
        raise UsageError("--table、--words、--like 只能给一个；一条规则查一件事")
    if given:
        return given[0]
    while (answer := _asked(_WAYS, default="1")) not in {"1", "2", "3"}:
        click.echo("请输入 1、2 或 3")
    return answer


def _table(options: Options, rule_id: str, known: RuleSet) -> dict[str, str]:
    from validator.rulebook.draft import from_table  # noqa: PLC0415 - quick start

    table = options.table or _asked("表的标题（照印出来的写）")
    identity = options.identity or _asked("几行的关系，用行名写，如“甲 + 乙 = 丙”")
    return from_table(_draft(options, rule_id, f"{table}的数不合"), table, identity, known)


def _words(options: Options, rule_id: str, _: RuleSet) -> dict[str, str]:
    from validator.rulebook.draft import from_words  # noqa: PLC0415 - quick start

    words = "".join((options.words or _asked("不该出现的文字")).split())
    if not words:
        raise UsageError("没有写要查的文字；请写几个字，如 --words 此件仅供内部")
    return from_words(_draft(options, rule_id, f"不应出现“{words}”"), words)


def _like(options: Options, rule_id: str, known: RuleSet) -> dict[str, str]:
    from validator.rulebook.draft import from_rule  # noqa: PLC0415 - quick start

    like = options.like or _asked("照哪一条（编号）")
    return from_rule(_draft(options, rule_id, f"照{like}改的规则"), like, known)


def _draft(options: Options, rule_id: str, title: str) -> Draft:
    from validator.rulebook.draft import Draft  # noqa: PLC0415 - quick start

    name = options.name or f"{rule_id.lower()}-does-not-hold"
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UsageError(f"英文名“{name}”不行：应是小写英文词用-相连，如 parts-do-not-sum")
    return Draft(rule_id, name, options.title or title, options.severity)


def _problems(rule_id: str, folder: Path, files: dict[str, str]) -> list[str]:
    """What is wrong with the examples of a draft, tried in a copy of the folder."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - quick start

    from validator.rulebook import test_rules  # noqa: PLC0415 - quick start
    from validator.rulebook.draft import save_draft  # noqa: PLC0415 - quick start

    with TemporaryDirectory() as place:
        copy = Path(place) / folder.resolve().name
        if folder.is_dir():
            copy.mkdir()
            for path in folder.glob("*.yaml"):
                (copy / path.name).write_bytes(path.read_bytes())
        save_draft(copy, rule_id[:3], files)
        return [
            f"{tested.id}：{tested.problem}"
            for tested in test_rules([rule_id], _ruleset(copy, examples=True))
            if tested.problem
        ]


def _ruleset(folder: Path, *, examples: bool = False) -> RuleSet:
    there = folder.is_dir() and any(folder.glob("*.yaml"))
    extra = ("all", f"{folder.as_posix()}/") if there else ("all",)
    return chosen_rules(extra, None, examples=examples)


def _asked(question: str, default: str | None = None) -> str:
    return str(click.prompt(question, default=default)).strip()


def _good_id(wanted: str | None, known: RuleSet) -> str:
    from validator.rulebook.draft import next_id  # noqa: PLC0415 - quick start

    rule_id = wanted or next_id("ORG", known)
    if not re.fullmatch(r"[A-Z]{3}\d{3}", rule_id):
        raise UsageError(f"编号“{rule_id}”不行：应是三个大写字母加三位数字，如 ORG001")
    if rule_id in {rule.id for rule in known.rules}:
        raise UsageError(f"编号 {rule_id} 已经用了；不给 --id 就用下一个")
    return rule_id
