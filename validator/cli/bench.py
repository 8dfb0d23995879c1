"""``gouji bench``（自测）: how much is found, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.bench_input import (
    chosen_floors,
    chosen_kinds,
    found_reports,
    write,
)
from validator.cli.chinese import ChineseCommand, ChineseGroup
from validator.cli.outputs import guard
from validator.cli.packs import chosen_rules, pack_options
from validator.cli.values import one_of, whole
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.bench.grounds import Origin

_FLOORS = ("detection", "localisation", "naming", "repair", "single", "silence")
_LABEL_FLOORS = ("error", "warning", "precision", "repair", "held")
_REPORTS = 24


@dataclass(frozen=True, slots=True)
class Planting:
    """What was asked for; names and meanings are those of the options."""

    files: tuple[Path, ...]
    seed: int
    reports: int
    limit: int
    kinds: tuple[str, ...]
    floor: tuple[str, ...]
    listed: int
    jobs: int
    form: str
    output: Path | None
    packs: tuple[str, ...]
    config: Path | None


@click.group(
    cls=ChineseGroup,
    help="自测：查得出多少，报得准不准，有多快。\n\n例：gouji bench mutation --limit 20",
)
def bench() -> None:
    """Benchmarks."""


def _output_options(function: Callable[..., object]) -> Callable[..., object]:
    """Add ``--format`` and ``-o``."""
    for option in (
        click.option(
            "-o", "--output", type=click.Path(path_type=Path), metavar="文件",
            help="写到文件。默认写到屏幕。",
        ),
        click.option(
            "--format", "form", type=one_of("table", "json", "markdown"), default="table",
            help="table 给人看，json 给程序看，markdown 给文档用。默认 table。",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


@bench.command(
    cls=ChineseCommand,
    help="在没有错的报告里一处一处种错，看检出、定位、修复和误报。\n\n"
    "例：gouji bench mutation 报告文件夹/ --limit 20\n\n"
    "退出码：0 达到下限；1 没有达到；2 用法不对或有文件读不了。",
)
@click.argument(
    "files", nargs=-1, metavar="[文件…]", type=click.Path(path_type=Path, readable=False)
)
@click.option("--seed", type=whole(0, 999_999), default="1", help="随机种子。默认 1。")
@click.option(
    "--reports", type=whole(1, 10_000), default=str(_REPORTS),
    help=f"不给文件时造几份报告。默认 {_REPORTS}。",
)  # fmt: skip
@click.option(
    "--limit", type=whole(0, 1_000_000), default="20",
    help="每种错法一共最多种几处，0 为全部。默认 20。",
)  # fmt: skip
@click.option(
    "--kinds", multiple=True, metavar="错法", help="只种这些，如 digit,unit。默认全部。"
)
@click.option(
    "--floor", multiple=True, metavar="名称=比例",
    help="下限，可重复，如 detection=0.97；silence 是不误报的比例。默认不限。",
)  # fmt: skip
@click.option(
    "--list", "listed", type=whole(0, 100_000), default="0",
    help="没有检出、误报等各列出几处原句。默认 0。",
)  # fmt: skip
@click.option("--jobs", type=whole(1, 64), default="1", help="同时用几个进程。默认 1。")
@_output_options
@pack_options
@click.pass_context
def mutation(context: click.Context, /, **_: object) -> int:
    """Plant errors in clean reports; 1 when a floor is missed."""
    from validator.bench.floors import missed  # noqa: PLC0415 - quick start
    from validator.bench.mutation import Plan, run  # noqa: PLC0415 - quick start
    from validator.bench.mutation_page import page, rates  # noqa: PLC0415 - quick start

    asked = Planting(**context.params)
    guard(asked.output, asked.files)
    floors = chosen_floors(asked.floor, _FLOORS)
    plan = Plan(chosen_kinds(asked.kinds), asked.seed, asked.limit)
    ruleset = chosen_rules(asked.packs, asked.config, examples=False).active()
    outcome = run(_origins(asked), plan, ruleset, jobs=asked.jobs)
    problems = [f"{s.name}: {s.problem}" for s in outcome.surveys if s.problem]
    for line in problems:
        click.echo(line, err=True)
    if len(problems) == len(outcome.surveys):
        raise UsageError("没有一份报告可以种错；请给出能检查的报告")
    shown = page(outcome, _told(asked), ruleset.fingerprint, listed=asked.listed)
    write(shown, asked.form, asked.output)
    short = missed(floors, rates(outcome.total))
    if outcome.total.failed:
        short.append(f"有 {outcome.total.failed} 处程序自己出错")
    code = _judged(short)
    return 2 if problems else code


@bench.command(
    cls=ChineseCommand,
    help="对照标注：人找出来的问题，程序查出了多少，误报了多少。\n\n"
    "例：gouji bench labelled 标注文件夹/ --documents 报告文件夹/\n\n"
    "退出码：0 达到下限；1 没有达到；2 用法不对或有文件读不了。",
)
@click.argument(
    "files", nargs=-1, required=True, metavar="标注…",
    type=click.Path(path_type=Path, readable=False),
)  # fmt: skip
@click.option(
    "--documents", type=click.Path(path_type=Path), metavar="文件夹",
    help="报告在哪个文件夹。默认与标注在一起。",
)  # fmt: skip
@click.option(
    "--floor", multiple=True, metavar="名称=比例",
    help="下限，可重复，如 error=0.95；precision 是不误报的比例。默认不限。",
)  # fmt: skip
@click.option(
    "--list", "listed", type=whole(0, 100_000), default="0",
    help="每份报告没有查出的和误报的各列出几个。默认 0。",
)  # fmt: skip
@_output_options
@pack_options
def labelled(
    files: tuple[Path, ...], documents: Path | None, floor: tuple[str, ...], listed: int,
    form: str, output: Path | None, packs: tuple[str, ...], config: Path | None,
) -> int:  # fmt: skip
    """Compare findings with labels; 1 when a floor is missed."""
    from validator.bench.floors import missed  # noqa: PLC0415 - quick start
    from validator.bench.labelled import compared, total  # noqa: PLC0415 - quick start
    from validator.bench.labelled_page import page, rates  # noqa: PLC0415 - quick start
    from validator.bench.labels import label_files, load_labels, report_of  # noqa: PLC0415
    from validator.run import check  # noqa: PLC0415 - quick start

    guard(output, listing := label_files(files))
    floors = chosen_floors(floor, _LABEL_FLOORS)
    ruleset = chosen_rules(packs, config, examples=False).active()
    results = []
    for path in listing:
        labels = load_labels(path)
        report = check(report_of(path, labels, documents), ruleset=ruleset)
        try:
            results.append(compared(report, labels))
        except ValueError as error:
            raise UsageError(f"{path.as_posix()}: {error}；请对照 gouji text 的文字") from error
    words = [path.as_posix() for path in files]
    words += [f"--documents {documents.as_posix()}"] if documents else []
    command = f"gouji bench labelled {' '.join(words)}"
    write(page(results, command, ruleset.fingerprint, listed=listed), form, output)
    return _judged(missed(floors, rates(total(results))))


@bench.command(
    cls=ChineseCommand,
    help="读取、理解、核对、诊断各用多少时间，要多少内存。不给文件就用造出来的报告。\n\n"
    "例：gouji bench speed 报告.docx",
)
@click.argument(
    "files", nargs=-1, metavar="[文件…]", type=click.Path(path_type=Path, readable=False)
)
@click.option("--runs", type=whole(1, 1000), default="5", help="每个文件量几遍。默认 5。")
@_output_options
@pack_options
def speed(
    files: tuple[Path, ...], runs: int, form: str, output: Path | None,
    packs: tuple[str, ...], config: Path | None,
) -> int:  # fmt: skip
    """Time the steps of a check."""
    from validator.bench.speed import page, start_time, times  # noqa: PLC0415 - quick start

    guard(output, files)
    ruleset = chosen_rules(packs, config, examples=False).active()
    found = times(_samples(files), ruleset, runs)
    words = " ".join([*(path.as_posix() for path in files), f"--runs {runs}"])
    write(page(found, start_time(runs), f"gouji bench speed {words}"), form, output)
    return 0


def _samples(files: Sequence[Path]) -> list[Origin]:
    """The files named, or one generated report of each kind."""
    if files:
        return found_reports(files)
    from validator.bench.reports import KINDS, STYLES, generate  # noqa: PLC0415 - quick start

    return [generate(1, kind, STYLES[0]) for kind in KINDS]


def _judged(short: Sequence[str]) -> int:
    """The exit code; what is missed is told."""
    for line in short:
        click.echo(f"没有达到下限：{line}", err=True)
    return int(bool(short))


def _told(asked: Planting) -> str:
    """The command that repeats a run."""
    words = [path.as_posix() for path in asked.files] or [f"--reports {asked.reports}"]
    words += [f"--seed {asked.seed} --limit {asked.limit}"]
    words += [f"--kinds {kind}" for kind in asked.kinds]
    words += [f"--list {asked.listed}"] if asked.listed else []
    return f"gouji bench mutation {' '.join(words)}"


def _origins(asked: Planting) -> list[Origin]:
    """The reports named, or generated ones."""
    if asked.files:
        return found_reports(asked.files)
    from validator.bench.reports import reports  # noqa: PLC0415 - quick start

    return list(reports(asked.seed, asked.reports))
