"""``gouji diff``（对比）: two versions of a report in, what differs and an exit code out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand
from validator.cli.gate_options import ALLOW_UNREAD, CHECKING, LANG, chosen, options
from validator.cli.outputs import guard
from validator.cli.said import say, told
from validator.cli.values import one_of
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.comparing.pairing import Pair
    from validator.comparing.totals import Totals
    from validator.comparing.words import DiffWords
    from validator.findings import Report
    from validator.settings import Settings
    from validator.treatments import Treatments

_HELP = """对比一份报告的两版（格式可以不同）或两个文件夹：问题哪些新、哪些已改，数字哪些变了。

例：gouji diff 初稿.docx 送审稿.pdf

退出码：0 没有新问题；1 有新问题；2 用法不对，或有文件没有全部读出；3 程序出错。"""


@click.command(cls=ChineseCommand, help=_HELP)
@click.argument("old", metavar="旧文件", type=click.Path(path_type=Path, readable=False))
@click.argument("new", metavar="新文件", type=click.Path(path_type=Path, readable=False))
@options(
    click.option(
        "--format", "form", type=one_of("terminal", "json", "markdown"), default="terminal",
        help="terminal 给人看，json 给程序看，markdown 给评审页面用。默认 terminal。",
    ),
    click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="文件",
        help="写到文件。默认写到屏幕。",
    ),
    LANG,
    click.option(
        "--fail-on", type=one_of("error", "warning", "note", "never", lenient=True),
        default="error",
        help="新问题从哪一级起退出码为1。默认 error。",
    ),
    ALLOW_UNREAD,
    CHECKING,
    click.option(
        "--all", "show_all", is_flag=True, help="全部列出，仍有的问题也列。默认每类列20处。"
    ),
    click.option("-q", "--quiet", is_flag=True, help="只说结论。默认列出每一处。"),
    click.option("--no-color", is_flag=True, help="不用颜色。默认在终端里用颜色。"),
)  # fmt: skip
@click.pass_context
def diff(context: click.Context, /, **_: object) -> int:
    """Compare two versions of a report."""
    asked = Asked(**{name: context.params[name] for name in Asked.__slots__})
    _refuse(asked.old, asked.new)
    from validator.comparing.pairing import pairs  # noqa: PLC0415 - quick start
    from validator.comparing.totals import totals  # noqa: PLC0415 - quick start
    from validator.comparing.verdict import sentence  # noqa: PLC0415 - quick start
    from validator.comparing.words import LANGUAGES  # noqa: PLC0415 - quick start
    from validator.treatments import Treatments  # noqa: PLC0415 - quick start

    settings, refused = chosen(context)
    treatments = Treatments(settings)
    refused += treatments.faults
    for line in refused:
        say(line)
    words = LANGUAGES[settings.lang]
    old, new = _reports(asked, settings, treatments)
    found = pairs(old, new, (asked.old.as_posix(), asked.new.as_posix()))
    total = totals(
        found,
        lambda report: treatments.of(report.lead or report.name).demands,
        refused=len(refused),
    )
    _write(_page(found, total, asked, words, treatments.fingerprint), asked.output)
    say(sentence(total, words))
    return total.exit_code


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for besides how to check; names and meanings are those of the options."""

    old: Path
    new: Path
    form: str
    output: Path | None
    show_all: bool
    quiet: bool
    no_color: bool


def _refuse(old: Path, new: Path) -> None:
    """Refuse what cannot be compared before anything is read."""
    for path in (old, new):
        if not path.exists():
            raise UsageError(f"找不到“{path.as_posix()}”；请检查文件名和所在的文件夹")
    if old.samefile(new):
        raise UsageError(f"两次给的都是“{old.as_posix()}”；请给旧的和新的两版")
    if old.is_dir() != new.is_dir() and ".zip" not in (old.suffix, new.suffix):
        folder, file = (old, new) if old.is_dir() else (new, old)
        raise UsageError(
            f"“{folder.as_posix()}”是文件夹，“{file.as_posix()}”是文件；"
            "请给两个文件，或两个文件夹"
        )


def _reports(
    asked: Asked, settings: Settings, treatments: Treatments
) -> tuple[list[Report], list[Report]]:
    """Results for both versions."""
    from validator.run import check_treated, expand  # noqa: PLC0415 - quick start

    inputs = [expand([path]).files for path in (asked.old, asked.new)]
    guard(asked.output, [file for files in inputs for file in files], "要对比的报告")
    work = partial(
        check_treated, treat=treatments, jobs=settings.jobs, together=not settings.separate
    )
    old, new = (list(told(work(files))) for files in inputs)
    return old, new


def _page(
    found: Sequence[Pair], total: Totals, asked: Asked, words: DiffWords, ruleset: str
) -> str:
    """What to print, colours apart."""
    if asked.form == "json":
        from validator.comparing import json  # noqa: PLC0415 - quick start

        return json.render(found, total, ruleset)
    if asked.form == "markdown":
        from validator.comparing import markdown  # noqa: PLC0415 - quick start

        return markdown.render(found, total, words, everything=asked.show_all)
    return "" if asked.quiet and asked.output is None else _told(found, asked, words)


def _told(found: Sequence[Pair], asked: Asked, words: DiffWords) -> str:
    from io import StringIO  # noqa: PLC0415 - quick start

    from validator.comparing.terminal import DiffTerminal  # noqa: PLC0415 - quick start
    from validator.reporters.terminal import console_for  # noqa: PLC0415 - quick start

    page = StringIO() if asked.output is not None else sys.stdout
    console = console_for(page, colour=not asked.no_color)
    terminal = DiffTerminal(console, words, everything=asked.show_all)
    for pair in found:
        terminal.pair(pair)
    return page.getvalue() if isinstance(page, StringIO) else ""


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"-o 的文件“{output}”写不了；请换一个路径") from error
