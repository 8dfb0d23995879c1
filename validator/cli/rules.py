"""``gouji rules``（规则）: list, explain, test and lint them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand, ChineseGroup

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.engine.packs import RuleSet

_FOLDERS: Callable[[Callable[..., object]], Callable[..., object]] = click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="再加一个规则文件夹，可重复。默认只用自带的。",
)


@click.group(cls=ChineseGroup, help="规则：列出、说明、测试、检查。\n\n例：gouji rules list")
def rules() -> None:
    """Rules."""


@rules.command("list", cls=ChineseCommand, help="列出全部规则。\n\n例：gouji rules list")
@_FOLDERS
def list_(folders: tuple[Path, ...]) -> None:
    """Print one line a rule."""
    from validator.rulebook import list_rules  # noqa: PLC0415 - quick start

    click.echo(list_rules(_ruleset(folders)))


@rules.command(
    cls=ChineseCommand,
    help="一条规则的全文，和每个值来自哪个文件。\n\n例：gouji rules explain CHG001",
)
@click.argument("rule", metavar="编号")
@_FOLDERS
def explain(rule: str, folders: tuple[Path, ...]) -> None:
    """Print one rule, resolved."""
    from validator import rulebook  # noqa: PLC0415 - quick start

    click.echo(rulebook.explain(rule, _ruleset(folders)))


@rules.command(
    cls=ChineseCommand,
    help="运行规则里的例子；不给编号就全部运行。\n\n例：gouji rules test CHG001 TBL",
)
@click.argument("ids", nargs=-1, metavar="[编号…]")
@_FOLDERS
def test(ids: tuple[str, ...], folders: tuple[Path, ...]) -> int:
    """Run examples; 1 when one does not come out as it says."""
    from validator.rulebook import test_rules  # noqa: PLC0415 - quick start

    count = failed = 0
    for tested in test_rules(ids, _ruleset(folders)):
        count += 1
        if tested.problem:
            failed += 1
            click.echo(f"{tested.id}：{tested.problem}")
    click.echo(f"共 {count} 个例子，{failed} 个不对" if failed else f"{count} 个例子全部通过")
    return int(failed > 0)


@rules.command(
    cls=ChineseCommand,
    help="检查规则文件本身：编号、名称、例子、依据、提示语。\n\n例：gouji rules lint",
)
@_FOLDERS
def lint(folders: tuple[Path, ...]) -> int:
    """Check the rule files; 1 when something is wrong with them."""
    from validator import rulebook  # noqa: PLC0415 - quick start

    ruleset = _ruleset(folders)
    faults = rulebook.lint(ruleset)
    for line in faults:
        click.echo(line)
    click.echo(f"{len(ruleset.rules)} 条规则，{len(faults)} 处要改")
    return int(bool(faults))


def _ruleset(folders: tuple[Path, ...]) -> RuleSet:
    from validator.engine.packs import load_rules  # noqa: PLC0415 - quick start

    return load_rules(extra=folders)
