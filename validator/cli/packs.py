"""The options that choose rule packs（选规则包）, for every command that needs rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.engine.packs import RuleSet


def pack_options(function: Callable[..., object]) -> Callable[..., object]:
    """Add ``--rules`` and ``--config`` to a command, as ``packs`` and ``config``."""
    for option in (
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            metavar="文件",
            help="配置文件。默认是当前文件夹或上级文件夹里的 gouji.toml。",
        ),
        click.option(
            "--rules",
            "packs",
            multiple=True,
            metavar="规则包",
            help="再加一个规则包：名称或文件夹，可重复；all 是自带的全部。默认不加。",
        ),
    ):
        function = option(function)
    return function


def chosen_rules(
    packs: tuple[str, ...], config: Path | None, *, examples: bool = True
) -> RuleSet:
    """The rules that the options choose.

    Raises:
        RuleError: A rule, a pack or the configuration cannot be used.
        UsageError: There is no such pack.
    """
    from validator.config import find_config, load_config  # noqa: PLC0415 - quick start

    return load_config(config or find_config()).rules(packs, examples=examples)
