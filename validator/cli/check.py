"""``gouji check``（检查）: files in, a report and an exit code out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand
from validator.cli.values import complaints, formats, one_of, share, whole
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from validator.config import Config
    from validator.findings import Report
    from validator.reporters.summary import Summary
    from validator.reporters.words import Words

_MANY = 3
"""More files than this are worth a progress bar."""
_MOST_NAMES = 3
_HELP = """查一份或多份报告，文件、文件夹和压缩包都可以（.docx .doc .pdf .xlsx .html .txt …）。

例：gouji check 报告.docx 文件夹/

退出码：0 通过；1 有问题；2 用法不对、文件读不了或核对率不够；3 程序出错。"""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for; names and meanings are those of the options."""

    files: tuple[Path, ...]
    forms: tuple[str, ...]
    output: Path | None
    lang: str
    fail_on: str
    min_coverage: Decimal | None
    evaluations: bool
    numbers: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    rules: tuple[str, ...]
    preview: bool
    config: Path | None
    rounding: str
    year: int | None
    jobs: int
    show_all: bool
    separate: bool
    quiet: bool
    no_color: bool


@click.command(cls=ChineseCommand, help=_HELP)
@click.argument(
    "files", nargs=-1, required=True, metavar="文件…",
    # Click would end the call at a file that cannot be opened; its report tells it.
    type=click.Path(path_type=Path, readable=False),
)  # fmt: skip
@click.option(
    "--format", "forms", type=formats(), multiple=True, default=("terminal",),
    metavar="格式[:文件]",
    help="terminal 给人看，json 给程序看。可重复，如 --format json:结果.json。默认 terminal。",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="文件",
    help="写到文件。默认写到屏幕。",
)  # fmt: skip
@click.option(
    "--lang", type=one_of("zh", "en", lenient=True), default="zh",
    help="界面语言。默认 zh。",
)  # fmt: skip
@click.option(
    "--fail-on", type=one_of("error", "warning", "note", "never", lenient=True),
    default="error", help="从哪一级起退出码为1。默认 error。",
)  # fmt: skip
@click.option(
    "--min-coverage", type=share(lenient=True),
    help="每个文件的数字核对率低于它时退出码为2，如 0.8。默认不限。",
)  # fmt: skip
@click.option("--evaluations", is_flag=True, help="JSON 里列出每一次核对。默认不列。")
@click.option("--numbers", is_flag=True, help="JSON 里列出每一个数字。默认不列。")
@click.option(
    "--select", multiple=True, metavar="规则", help="只用这些规则，如 SUM001 或 SUM。默认全用。"
)
@click.option("--ignore", multiple=True, metavar="规则", help="不用这些规则。默认都用。")
@click.option(
    "--rules", multiple=True, metavar="规则包",
    help="再加一个规则包：名称或文件夹，可重复。默认用自带的，地方规则包除外。",
)  # fmt: skip
@click.option("--preview", is_flag=True, help="也用试行的规则。默认不用。")
@click.option(
    "--config", type=click.Path(path_type=Path), metavar="文件",
    help="配置文件。默认是当前文件夹或上级文件夹里的 gouji.toml。",
)  # fmt: skip
@click.option(
    "--rounding", type=one_of("nearest", "truncate", lenient=True), default="nearest",
    help="报告的尾数是四舍五入（nearest）还是去尾（truncate）。默认 nearest。",
)  # fmt: skip
@click.option("--year", type=whole(1990, 2100, lenient=True), help="报告年度。默认从文中找。")
@click.option(
    "--jobs", type=whole(1, 64, lenient=True), default="1", help="同时用几个进程。默认 1。"
)
@click.option(
    "--all", "show_all", is_flag=True, help="同类提示全部列出。默认每个文件每类列5处。"
)
@click.option(
    "--separate", is_flag=True,
    help="每个文件单独查。默认报告与它的附表（Excel）放在一起对照。",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="只说结论。默认列出每个问题。")
@click.option("--no-color", is_flag=True, help="不用颜色。默认在终端里用颜色。")
@click.pass_context
def check(context: click.Context, /, **_: object) -> int:
    """Check reports."""
    options = Options(**context.params)
    from validator.cli.writing import Outputs, Target, targets  # noqa: PLC0415 - quick start
    from validator.reporters.base import Look, RuleCard, Run  # noqa: PLC0415 - quick start
    from validator.reporters.summary import Demands, FailOn, add, start  # noqa: PLC0415 - quick start
    from validator.reporters.words import LANGUAGES  # noqa: PLC0415 - quick start
    from validator.run import check_many, choose_rules, expand  # noqa: PLC0415 - quick start

    config, unusable = _configured(options.config)
    words = LANGUAGES[options.lang]
    inputs = expand(options.files)
    wanted = targets([Target.of(one) for one in options.forms], options.output, inputs.files)
    ruleset, faults = choose_rules(
        options.rules, options.select, options.ignore, config=config, preview=options.preview
    )
    refused = [*complaints(context), *unusable, *faults]
    for line in refused:
        _say(line)
    if inputs.skipped:
        _say(_skipped(inputs.skipped, words))
    results = check_many(
        inputs.files,
        ruleset=ruleset,
        rounding=options.rounding,
        year=options.year or config.year,
        jobs=options.jobs,
        together=not options.separate,
    )
    demands = Demands(FailOn(options.fail_on), options.min_coverage)
    if not options.quiet and len(inputs.files) > _MANY and sys.stderr.isatty():
        results = iter(_with_progress(results, len(inputs.files)))
    look = Look(
        options.lang, not options.no_color, options.show_all, options.quiet,
        options.evaluations, options.numbers,
    )  # fmt: skip
    outputs = Outputs(wanted, look)
    total = start(demands, refused=len(refused))
    for report in _told(results):
        total = add(total, report, demands)
        outputs.add(report)
    cards = {rule.id: RuleCard.of(rule) for rule in ruleset.rules}
    run = Run(total, ruleset.fingerprint, len(cards), cards, demands, tuple(refused))
    outputs.finish(run)
    _say(_verdict(total, words))
    return total.exit_code


def _configured(path: Path | None) -> tuple[Config, list[str]]:
    """The configuration, and what could not be used of it."""
    from validator.config import Config, find_config, load_config  # noqa: PLC0415 - quick start
    from validator.errors import RuleError  # noqa: PLC0415 - quick start

    try:
        return load_config(path or find_config()), []
    except (RuleError, UsageError) as error:
        return Config(), [f"{error}；这次没有用这个配置文件"]


def _told(results: Iterable[Report]) -> Iterator[Report]:
    """The results; what is wrong with a file is told at once."""
    from validator.findings import Status  # noqa: PLC0415 - quick start
    from validator.reporters.places import shown_path  # noqa: PLC0415 - quick start

    for report in results:
        if report.status is not Status.CHECKED:
            _say(f"{shown_path(report.name)}: {report.error}")
        yield report


def _with_progress(results: Iterable[Report], count: int) -> list[Report]:
    """All results, while a bar on standard error shows how far it is."""
    from rich.console import Console  # noqa: PLC0415 - quick start
    from rich.progress import Progress  # noqa: PLC0415 - quick start

    with Progress(console=Console(stderr=True), transient=True) as progress:
        return list(progress.track(results, total=count, description="检查"))


def _verdict(total: Summary, words: Words) -> str:
    from validator.reporters.verdict import sentence  # noqa: PLC0415 - quick start

    return sentence(total, words)


def _skipped(files: tuple[Path, ...], words: Words) -> str:
    from validator.reporters.places import shown_path  # noqa: PLC0415 - quick start

    names = [shown_path(str(path)) for path in files[:_MOST_NAMES]]
    more = "…" if len(files) > _MOST_NAMES else ""
    suffixes = " ".join(sorted({path.suffix.lower() for path in files}))
    return words.skipped.format(
        count=len(files), suffixes=suffixes, names="、".join(names) + more
    )


def _say(line: str) -> None:
    click.echo(line, err=True)
