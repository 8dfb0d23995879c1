"""The options of a run（检查的选项）, and the settings that they and ``gouji.toml`` make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from validator.cli.values import complaints, day, formats, one_of, share, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from validator.settings import Settings

FILES = click.argument(
    "files", nargs=-1, required=True, metavar="文件…",
    # Click would end the call at a file that cannot be opened; its report tells it.
    type=click.Path(path_type=Path, readable=False),
)  # fmt: skip
CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), metavar="文件",
    help="配置文件。默认是报告的或当前文件夹、上级文件夹的 gouji.toml（或 pyproject.toml）。",
)  # fmt: skip
LANG = click.option(
    "--lang", type=one_of("zh", "en", lenient=True), default="zh",
    help="界面语言。默认 zh。",
)  # fmt: skip
CHECKING = (
    click.option(
        "--select", multiple=True, metavar="规则",
        help="只用这些规则：编号 SUM001、一族 SUM 或类别 sum_mismatch。默认全用。",
    ),
    click.option("--ignore", multiple=True, metavar="规则", help="不用这些规则。默认都用。"),
    click.option(
        "--rules", multiple=True, metavar="规则包",
        help="再加一个规则包：名称或文件夹，可重复。默认用自带的，地方规则包除外。",
    ),
    click.option("--preview", is_flag=True, help="也用试行的规则。默认不用。"),
    CONFIG,
    click.option(
        "--rounding", type=one_of("nearest", "truncate", lenient=True), default="nearest",
        help="报告的尾数是四舍五入（nearest）还是去尾（truncate）。默认 nearest。",
    ),
    click.option(
        "--year", type=whole(1990, 2100, lenient=True), help="报告年度。默认从文中找。"
    ),
    click.option(
        "--jobs", type=whole(1, 64, lenient=True), default="1",
        help="同时用几个进程。默认 1。",
    ),
    click.option(
        "--separate", is_flag=True,
        help="每个文件单独查。默认报告与它的附表（Excel）放在一起对照。",
    ),
)  # fmt: skip
"""Options that say how files are checked."""
ALLOW_UNREAD = click.option(
    "--allow-unread", is_flag=True,
    help="有一部分（如扫描的页）没有读出的文件也可以通过。默认不可以，退出码为2。",
)  # fmt: skip
DEMANDS = (
    click.option(
        "--fail-on", type=one_of("error", "warning", "note", "never", lenient=True),
        default="error", help="从哪一级起退出码为1。默认 error。",
    ),
    click.option(
        "--min-coverage", type=share(lenient=True),
        help="每个文件的数字核对率低于它时退出码为2，如 0.8。默认不限。",
    ),
    click.option(
        "--max-findings", type=whole(0, 1_000_000, lenient=True), default="0",
        help="达到 --fail-on 的问题不超过这么多处时仍算通过。默认 0。",
    ),
    ALLOW_UNREAD,
)  # fmt: skip
"""Options that say when a run passes."""
KNOWN_WAIVERS = (
    click.option(
        "--waivers", type=click.Path(path_type=Path), metavar="文件",
        help="豁免文件：看过、有人负责、没到期的问题不计入结论。默认不用。",
    ),
    click.option(
        "--no-waivers", is_flag=True, help="不用豁免：看没有豁免时的结果。默认用配置里的。"
    ),
    click.option(
        "--today", type=day(lenient=True),
        help="按哪一天算豁免到期，如 2026-12-31。默认今天。",
    ),
)  # fmt: skip
"""Options that say what is waived."""
KNOWN = (
    click.option(
        "--baseline", type=click.Path(path_type=Path), metavar="文件",
        help="基线文件：里面已有的问题不计入结论。默认不用。",
    ),
    click.option("--no-baseline", is_flag=True, help="不用基线。默认用配置里的。"),
    *KNOWN_WAIVERS,
)  # fmt: skip
"""Options that say what is known already."""
FORMAT = click.option(
    "--format", type=formats(), multiple=True, default=("terminal",),
    metavar="格式[:文件]",
    help="terminal、html、markdown、csv、xlsx（底稿）给人看，"
    "json、sarif、junit、github、gitlab 给程序看。"
    "可重复，如 --format sarif:结果.sarif。默认 terminal。",
)  # fmt: skip


def options(*groups: Any) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Add options to a command, in the order given; a group is a tuple of them."""
    listed = [
        one for group in groups for one in (group if isinstance(group, tuple) else (group,))
    ]

    def add(function: Callable[..., object]) -> Callable[..., object]:
        for option in reversed(listed):
            function = option(function)
        return function

    return add


def chosen(context: click.Context) -> tuple[Settings, list[str]]:
    """The settings that options and configuration make, and what could not be used of them."""
    from validator.config import Config, config_for, load_config  # noqa: PLC0415 - quick start
    from validator.errors import RuleError, UsageError  # noqa: PLC0415 - quick start
    from validator.settings import KEYS, Settings  # noqa: PLC0415 - quick start

    given = context.params
    asked: dict[str, Any] = {
        key: given[key] for key in KEYS if key in given and _given(context, key)
    }
    if given.get("rules"):
        asked["extra"] = given["rules"]
    for key in ("baseline", "waivers"):
        if given.get(f"no_{key}"):
            asked[key] = None
    refused: list[str] = []
    try:
        config = load_config(given["config"] or config_for(_inputs(given)))
    except (RuleError, UsageError) as error:
        config = Config()
        refused.append(f"{error}；这次没有用这个配置文件")
    return Settings.of(config, **asked), [*complaints(context), *refused]


def _inputs(given: Mapping[str, Any]) -> list[Path]:
    """The files and folders that a command is given."""
    found = [*given.get("files", ()), *(given.get(key) for key in ("old", "new"))]
    return [path for path in found if path is not None]


def _given(context: click.Context, key: str) -> bool:
    source = context.get_parameter_source(key)
    return source is not None and source is not click.core.ParameterSource.DEFAULT


def today(context: click.Context) -> date | None:
    """The day that ``--today`` names."""
    found: date | None = context.params.get("today")
    return found
