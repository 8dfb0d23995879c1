"""``gouji baseline``（基线）: take note of what is there, so that only new findings count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand, ChineseGroup
from validator.cli.gate_options import CHECKING, FILES, KNOWN_WAIVERS, chosen, options, today
from validator.cli.outputs import guard
from validator.cli.said import say, told
from validator.errors import UsageError

if TYPE_CHECKING:
    from validator.gate.recording import Recorded

DEFAULT = "gouji-baseline.json"
_MOST_NAMES = 3


@click.group(
    cls=ChineseGroup,
    help="建立和维护基线：已经知道的问题不再计入结论，新的才算。"
    "\n\n例：gouji baseline create 报送/",
)
def baseline() -> None:
    """The commands of the baseline."""


_WHERE = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="文件",
    help=f"基线文件。默认是配置里的 baseline，没有就是 {DEFAULT}。",
)  # fmt: skip


@baseline.command(
    cls=ChineseCommand,
    help="查报告，把现有的问题都记为已知，写成基线文件。\n\n例：gouji baseline create 报送/",
)
@options(
    FILES,
    _WHERE,
    click.option("--force", is_flag=True, help="已有的基线文件也重写。默认不动它。"),
    CHECKING,
    KNOWN_WAIVERS,
)
@click.pass_context
def create(context: click.Context, /, **_: object) -> int:
    """Write a new baseline."""
    return _record(context, anew=True, add=True)


@baseline.command(
    cls=ChineseCommand,
    help="重查报告，更新基线：新问题记为已知，改好的去掉；没有查的报告不动。"
    "\n\n例：gouji baseline update 报送/某局2023年决算.docx",
)
@options(FILES, _WHERE, CHECKING, KNOWN_WAIVERS)
@click.pass_context
def update(context: click.Context, /, **_: object) -> int:
    """Bring a baseline up to date."""
    return _record(context, anew=False, add=True)


@baseline.command(
    cls=ChineseCommand,
    help="重查报告，从基线里去掉已经改好的问题和已经没有的文件；不加新的。"
    "\n\n例：gouji baseline prune 报送/",
)
@options(FILES, _WHERE, CHECKING, KNOWN_WAIVERS)
@click.pass_context
def prune(context: click.Context, /, **_: object) -> int:
    """Drop what is gone."""
    return _record(context, anew=False, add=False)


def _record(context: click.Context, *, anew: bool, add: bool) -> int:
    from dataclasses import replace  # noqa: PLC0415 - quick start

    from validator.gate import Gate  # noqa: PLC0415 - quick start
    from validator.gate.baseline import Baseline  # noqa: PLC0415 - quick start
    from validator.gate.recording import record  # noqa: PLC0415 - quick start
    from validator.run import expand  # noqa: PLC0415 - quick start

    settings, refused = chosen(context)
    path = context.params["output"] or settings.baseline or Path(DEFAULT)
    inputs = expand(context.params["files"])
    if anew:
        _guard(path, force=context.params["force"])
        kept = Baseline(path)
    else:
        kept = Baseline.load(path)
    gate = Gate(replace(settings, baseline=None), today=today(context), refused=refused)
    for line in gate.faults:
        say(line)
    if gate.faults:
        say(f"结论：基线“{path}”没有改动，因为有{len(gate.faults)}个选项、规则或豁免没有用上。")
        return 2

    guard(path, inputs.files, "要检查的报告", "baseline")
    result = record(kept, told(gate.check(inputs.files)), gate.ran, add=add)
    _save(path, kept.text())
    say(_verdict(path, result, add=add))
    return 2 if result.unread else 0


def _guard(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise UsageError(f"已有基线文件“{path}”；更新用 gouji baseline update，重写加 --force")


def _save(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8", "replace"))
    except OSError:
        raise UsageError(f"基线文件“{path}”写不了；请换一个路径（-o）") from None


def _verdict(path: Path, result: Recorded, *, add: bool) -> str:
    parts = [f"查了{result.documents}个文件"]
    if add:
        parts.append(f"新记{result.added}处")
    parts.append(f"去掉{result.removed}处")
    if result.missing:
        more = "…" if len(result.missing) > _MOST_NAMES else ""
        names = "、".join(result.missing[:_MOST_NAMES]) + more
        parts.append(f"去掉已经没有的{len(result.missing)}个文件（{names}）")
    if result.unread:
        parts.append(f"{result.unread}个文件没有查成，原来记的不动")
    return f"结论：基线“{path.as_posix()}”现有已知问题{result.kept}处；{'，'.join(parts)}。"
