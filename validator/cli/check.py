"""``gouji check``（检查）: files in, a report and an exit code out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand
from validator.cli.gate_options import (
    CHECKING,
    DEMANDS,
    FILES,
    FORMAT,
    KNOWN,
    LANG,
    chosen,
    options,
    today,
)
from validator.cli.said import (
    absent,
    listed,
    say,
    since,
    skipped,
    told,
    verdict,
    with_progress,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.settings import Settings

_MANY = 3
"""More files than this are worth a progress bar."""
_HELP = """查一份或多份报告，文件、文件夹和压缩包都可以（.docx .doc .pdf .xlsx .html .txt …）。

例：gouji check 报告.docx 文件夹/

退出码：0 通过；1 有问题；2 用法不对、文件读不了或核对率不够；3 程序出错。"""


@click.command(cls=ChineseCommand, help=_HELP)
@options(
    FILES,
    click.option(
        "--companions", is_flag=True,
        help="给出的文件在同一文件夹里有成套的报告或附表，也一起查。默认只查给出的。",
    ),
    FORMAT,
    click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="文件",
        help="写到文件。默认写到屏幕。",
    ),
    LANG,
    DEMANDS,
    KNOWN,
    click.option(
        "--since", metavar="版本",
        help="在 git 检出里，只查从这个版本以来改过的文件，如 origin/main。默认都查。",
    ),
    click.option("--evaluations", is_flag=True, help="JSON 里列出每一次核对。默认不列。"),
    click.option("--numbers", is_flag=True, help="JSON 里列出每一个数字。默认不列。"),
    CHECKING,
    click.option(
        "--all", "show_all", is_flag=True, help="同类提示全部列出。默认每个文件每类列5处。"
    ),
    click.option("-q", "--quiet", is_flag=True, help="只说结论。默认列出每个问题。"),
    click.option("--no-color", is_flag=True, help="不用颜色。默认在终端里用颜色。"),
)  # fmt: skip
@click.pass_context
def check(context: click.Context, /, **given: object) -> int:
    """Check reports."""
    from validator.cli.writing import Outputs, Target, targets  # noqa: PLC0415 - quick start
    from validator.gate import Gate  # noqa: PLC0415 - quick start
    from validator.inputs import expand  # noqa: PLC0415 - quick start
    from validator.reporters.base import Look  # noqa: PLC0415 - quick start
    from validator.reporters.words import LANGUAGES  # noqa: PLC0415 - quick start

    asked, refused = chosen(context)
    words = LANGUAGES[asked.lang]
    few = bool(given["companions"])
    inputs = expand(context.params["files"], companions=few and not asked.separate)
    wanted = targets(
        [Target.of(one) for one in asked.format],
        context.params["output"],
        inputs.files,
        asked.files,
    )
    folders = context.params["files"]
    files, which = _since(given["since"], inputs.files, folders, asked)
    partly = few or len(files) < len(inputs.files)
    gate = Gate(asked, today=today(context), refused=refused, partly=partly)
    for line in gate.faults:
        say(line)
    for line in skipped(inputs.skipped, words):
        say(line)
    if which:
        say(which)
    results = gate.check(files, inputs.files)
    quiet = bool(given["quiet"])
    # A report that is printed as it comes in shows by itself how far the run is.
    printed = sys.stdout.isatty() and any(one.path is None for one in wanted)
    if not (quiet or printed) and len(files) > _MANY and sys.stderr.isatty():
        results = with_progress(results, len(files))
    look = Look(
        asked.lang, not given["no_color"], bool(given["show_all"]), quiet,
        bool(given["evaluations"]), bool(given["numbers"]),
    )  # fmt: skip
    outputs = Outputs(wanted, look)
    for report in told(results):
        outputs.add(report)
    outputs.finish(gate.run())
    if missing := gate.missing():
        say(absent(missing, words))
    say(verdict(gate.total, words))
    return gate.total.exit_code


def _since(
    revision: object, files: Sequence[Path], folders: Sequence[Path], asked: Settings
) -> tuple[Sequence[Path], str]:
    """The files to check, and which they are where only those that changed are checked.

    What a run goes by counts too: a waiver that was dropped concerns an unchanged report.
    """
    if not isinstance(revision, str):
        return files, ""
    from validator.changed import (  # noqa: PLC0415 - quick start
        changed_settings,
        changed_since,
        deleted_since,
        with_their_sets,
    )
    from validator.reporters.words import LANGUAGES  # noqa: PLC0415 - quick start

    words = LANGUAGES[asked.lang]
    changed, _ = changed_since(revision, files)
    gone = deleted_since(revision, [one for one in folders if one.is_dir()])
    if settings := changed_settings(revision, asked.files, files):
        names = listed(settings)
        return files, words.since["all"].format(revision=revision, names=names)
    touched = [*changed, *gone]
    wanted = changed if asked.separate else with_their_sets(touched, [*files, *gone])
    wanted = [path for path in wanted if path not in gone]
    left = len(files) - len(wanted)
    return wanted, since(revision, (changed, gone), wanted, left, words)
