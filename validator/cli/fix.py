"""``gouji fix``（修改稿）: a report in, its changed copy and an account of it out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand
from validator.cli.outputs import put, refuse_unnameable
from validator.cli.packs import pack_options
from validator.cli.values import Value, one_of, whole
from validator.errors import UnreadableDocument, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.engine.packs import RuleSet
    from validator.findings import Finding
    from validator.fixing import Fixed

_HELP = """另写一份改好的修改稿，原文件不动；.docx 里是修订，可以逐处接受或拒绝。

例：gouji fix 报告.docx

只改用词和年份；数字要 --money，一处一处地问。

退出码：0 要改的都改了，或没有要改的；1 有的没有改成；2 没有写；3 程序出错。"""
_NO_TERMINAL = (
    "选项 --money 要一处一处地问，这里没有人能回答，所以一处也没有改；"
    "请在终端里运行，或去掉 --money"
)


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for; names and meanings are those of the options."""

    file: Path
    output: Path | None
    force: bool
    only: tuple[str, ...]
    money: bool
    date: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    packs: tuple[str, ...]
    preview: bool
    config: Path | None
    rounding: str
    year: int | None
    quiet: bool
    no_color: bool


def _day() -> Value:
    """A day, as ISO 8601 writes it."""
    return Value(
        "日期", lambda text: date.fromisoformat(text).isoformat(), "2024-05-10 这样的日期",
        lenient=False,
    )  # fmt: skip


@click.command(cls=ChineseCommand, help=_HELP)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="文件",
    help="写到哪个文件。默认是原文件旁边的“报告.修改稿.docx”。",
)  # fmt: skip
@click.option("--force", is_flag=True, help="已有的修改稿也覆盖。默认不覆盖。")
@click.option(
    "--only", multiple=True, type=one_of("wording", "years"),
    help="只改用词（wording）或年份（years），可重复。默认两样都改。",
)  # fmt: skip
@click.option("--money", is_flag=True, help="数字和单位也改，一处一处地问。默认不改。")
@click.option("--date", type=_day(), help="修订写上这个日期，如 2024-05-10。默认不写。")
@click.option(
    "--select", multiple=True, metavar="规则", help="只改这些规则的问题，如 CHG001 或 CHG。"
)
@click.option("--ignore", multiple=True, metavar="规则", help="不改这些规则的问题。")
@click.option("--preview", is_flag=True, help="也用试行的规则。默认不用。")
@click.option(
    "--rounding", type=one_of("nearest", "truncate"), default="nearest",
    help="报告的尾数是四舍五入（nearest）还是去尾（truncate）。默认 nearest。",
)  # fmt: skip
@click.option("--year", type=whole(1990, 2100), help="报告年度。默认从文中找。")
@click.option("-q", "--quiet", is_flag=True, help="只说结论。默认列出每一处。")
@click.option("--no-color", is_flag=True, help="不用颜色。默认在终端里用颜色。")
@pack_options
@click.pass_context
def fix(context: click.Context, /, **_: object) -> int:
    """Write the changed copy of a report."""
    options = Options(**context.params)
    if options.money and not sys.stdin.isatty():
        raise UsageError(_NO_TERMINAL)
    output = _output(options)
    from validator.cli.fix_story import console, tell, verdict  # noqa: PLC0415 - quick start

    fixed = _fixed(options)
    if fixed.made:
        put(output, fixed.data, "修改稿", force=options.force)
    if not options.quiet:
        tell(console(sys.stdout, colour=not options.no_color), fixed)
    click.echo(verdict(fixed, output), err=True)
    return int(any(one.reason.needs_person for one in fixed.left))


def _fixed(options: Options) -> Fixed:
    from validator.cli.asking import Asker  # noqa: PLC0415 - quick start
    from validator.findings import RepairGroup  # noqa: PLC0415 - quick start
    from validator.fixing import AUTOMATIC, Wishes, fix  # noqa: PLC0415 - quick start

    ruleset, wanted, year = _rules(options)
    groups = frozenset(map(RepairGroup, options.only)) or AUTOMATIC
    ask = Asker(colour=not options.no_color) if options.money else None
    wishes = Wishes(groups, ask, wanted, options.date or "")
    try:
        return fix(options.file, wishes, ruleset=ruleset, rounding=options.rounding, year=year)
    except (UnreadableDocument, UsageError) as error:
        raise UsageError(f"{options.file.as_posix()}: {error}") from error


def _rules(options: Options) -> tuple[RuleSet, Callable[[Finding], bool], int | None]:
    """All rules that the copy must pass, which findings to mend, and the fiscal year."""
    from validator.choosing import choose_rules  # noqa: PLC0415 - quick start
    from validator.config import config_for, load_config  # noqa: PLC0415 - quick start

    config = load_config(options.config or config_for([options.file]))
    packs, preview = options.packs, options.preview
    chosen, faults = choose_rules(
        packs, options.select, options.ignore, config=config, preview=preview
    )
    if faults:
        raise UsageError(faults[0])
    ruleset, _ = choose_rules(packs, config=config, preview=preview)
    ids = {rule.id for rule in chosen.rules}
    return ruleset, lambda finding: finding.rule in ids, options.year or config.year


def _output(options: Options) -> Path:
    """Where to write; refused when it is the report, or there already."""
    path = options.file
    from validator.rewriting.own_copies import MENDED, name_of  # noqa: PLC0415 - quick start

    output = options.output or path.with_name(name_of(path, MENDED, path.suffix))
    if not path.exists():
        return output  # its reader tells what is wrong
    refuse_unnameable(output)
    if output.is_dir() or not output.resolve().parent.is_dir():
        raise UsageError(
            f"修改稿“{output}”写不了：没有这个文件夹，或它本身是文件夹；请用 -o 换一个路径"
        )
    if output.exists() and path.samefile(output):
        raise UsageError(f"修改稿“{output}”就是原文件；原文件不改，请用 -o 换一个文件名")
    if not options.force and (output.exists() or output.is_symlink()):
        raise UsageError(f"已有文件“{output}”；要覆盖它请加 --force，或用 -o 换一个文件名")
    return output
