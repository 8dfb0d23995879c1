"""``gouji rules``（规则）: list, explain, test, lint, print and count them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand, ChineseGroup
from validator.cli.packs import chosen_rules, pack_options
from validator.cli.rules_new import new
from validator.cli.values import one_of

if TYPE_CHECKING:
    from validator.engine.packs import RuleSet

_PAGES = Path("docs/rules")


@click.group(
    cls=ChineseGroup, help="规则：列出、说明、测试、检查、起草。\n\n例：gouji rules list"
)
def rules() -> None:
    """Rules."""


rules.add_command(new)


@rules.command("list", cls=ChineseCommand, help="列出全部规则。\n\n例：gouji rules list")
@pack_options
def list_(packs: tuple[str, ...], config: Path | None) -> None:
    """Print one line a rule, by family."""
    from validator import rulebook  # noqa: PLC0415 - quick start

    ruleset = chosen_rules(packs, config, examples=False)
    click.echo(rulebook.list_rules(ruleset, rulebook.unread(ruleset)))


@rules.command(
    "packs",
    cls=ChineseCommand,
    help="列出规则包：各有几条规则，从哪里来，规则集的指纹。\n\n例：gouji rules packs",
)
@pack_options
def packs_(packs: tuple[str, ...], config: Path | None) -> None:
    """Print one line a pack."""
    from validator import rulebook  # noqa: PLC0415 - quick start

    ruleset = chosen_rules(packs, config, examples=False)
    click.echo(rulebook.list_packs(ruleset, rulebook.unread(ruleset)))


@rules.command(
    cls=ChineseCommand,
    help="一条规则的全文，和每个值来自哪个文件。\n\n例：gouji rules explain CHG001",
)
@click.argument("rule", metavar="编号")
@pack_options
def explain(rule: str, packs: tuple[str, ...], config: Path | None) -> None:
    """Print one rule, resolved."""
    from validator import rulebook  # noqa: PLC0415 - quick start
    from validator.gate.waiver_checks import CARDS, explained  # noqa: PLC0415 - quick start

    if (card := CARDS.get(rule.upper())) is not None:
        click.echo(explained(card))
        return
    click.echo(rulebook.explain(rule, chosen_rules(packs, config)))


@rules.command(
    cls=ChineseCommand,
    help="运行规则里的例子；不给编号就全部运行。\n\n例：gouji rules test CHG001 TBL",
)
@click.argument("ids", nargs=-1, metavar="[编号…]")
@click.option(
    "--watch", is_flag=True, help="规则文件一改就再运行，按 Ctrl+C 结束。默认只运行一次。"
)
@pack_options
def test(ids: tuple[str, ...], watch: bool, packs: tuple[str, ...], config: Path | None) -> int:
    """Run examples; 1 when one does not come out as it says."""
    if not watch:
        return _test(ids, chosen_rules(packs, config))
    from validator.errors import GoujiError  # noqa: PLC0415 - quick start
    from validator.rulebook.watching import changes  # noqa: PLC0415 - quick start

    for _ in changes(lambda: _watched(packs, config)):
        try:
            _test(ids, chosen_rules(packs, config))
        except GoujiError as error:
            click.echo(str(error))
        click.echo("等待规则文件改动，按 Ctrl+C 结束…")
    return 0


@rules.command(
    cls=ChineseCommand,
    help="检查规则文件本身：编号、名称、例子、依据、提示语。\n\n例：gouji rules lint",
)
@pack_options
def lint(packs: tuple[str, ...], config: Path | None) -> int:
    """Check the rule files; 1 when something is wrong with them."""
    from validator import rulebook  # noqa: PLC0415 - quick start

    ruleset = chosen_rules(packs, config)
    faults = rulebook.lint(ruleset)
    for line in faults:
        click.echo(line)
    click.echo(f"{len(ruleset.rules)} 条规则，{len(faults)} 处要改")
    return int(bool(faults))


@rules.command(
    cls=ChineseCommand,
    help="写规则手册：一条规则一页，加一页目录。\n\n例：gouji rules docs -o 规则手册",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=_PAGES, metavar="文件夹",
    help="写到哪个文件夹。默认 docs/rules。",
)  # fmt: skip
@click.option("--check", is_flag=True, help="只查是不是最新的，不写；不是最新的，退出码为1。")
@pack_options
def docs(output: Path, check: bool, packs: tuple[str, ...], config: Path | None) -> int:
    """Write the manual of rules, or say what of it is not up to date."""
    from validator import rulebook  # noqa: PLC0415 - quick start

    wanted = rulebook.pages(chosen_rules(("all", *packs), config))
    if check:
        faults = rulebook.compare(output, wanted)
        for line in faults:
            click.echo(line)
        click.echo(f"{len(wanted)} 页，{len(faults)} 页要更新：gouji rules docs")
        return int(bool(faults))
    count = rulebook.write(output, wanted)
    click.echo(f"写好了 {len(wanted)} 页（{output.as_posix()}），改动 {count} 页")
    return 0


@rules.command(
    cls=ChineseCommand,
    help="用一批报告看哪些规则用到了、哪些从来没有用到；也算试行的规则。\n\n"
    "例：gouji rules coverage 2023年/",
)
@click.argument(
    "files", nargs=-1, required=True, metavar="文件…",
    type=click.Path(path_type=Path, readable=False),
)  # fmt: skip
@click.option(
    "--format", "form", type=one_of("text", "json"), default="text",
    help="text 给人看，json 给程序看。默认 text。",
)  # fmt: skip
@pack_options
def coverage(
    files: tuple[Path, ...], form: str, packs: tuple[str, ...], config: Path | None
) -> int:
    """Print what each rule did over reports; 2 when a file could not be checked."""
    from validator import rulebook  # noqa: PLC0415 - quick start
    from validator.run import check_many, expand  # noqa: PLC0415 - quick start

    ruleset = chosen_rules(packs, config, examples=False).active(preview=True)
    found = expand(files).files
    seen = rulebook.usage(check_many(found, ruleset=ruleset), ruleset)
    click.echo(seen.as_json() if form == "json" else seen.as_text())
    for line in seen.unchecked:
        click.echo(line, err=True)
    return 2 if seen.unchecked else 0


def _test(ids: tuple[str, ...], ruleset: RuleSet) -> int:
    from validator.rulebook import test_rules  # noqa: PLC0415 - quick start

    count = failed = 0
    for tested in test_rules(ids, ruleset):
        count += 1
        if tested.problem:
            failed += 1
            click.echo(f"{tested.id}：{tested.problem}")
    click.echo(f"共 {count} 个例子，{failed} 个不对" if failed else f"{count} 个例子全部通过")
    return int(failed > 0)


def _watched(packs: tuple[str, ...], config: Path | None) -> list[Path]:
    """Folders and files whose change may change what examples show."""
    from validator.config import find_config, load_config  # noqa: PLC0415 - quick start
    from validator.engine.pack_sources import folders_of  # noqa: PLC0415 - quick start

    path = config or find_config()
    chosen = load_config(path).packs
    return [*([path] if path else []), *folders_of([*chosen, *packs])]
