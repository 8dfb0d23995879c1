"""``gouji install-shortcut``（快捷方式）: something to double-click and to drop files on."""

from __future__ import annotations

from pathlib import Path

import click

from validator.cli.chinese import ChineseCommand
from validator.cli.values import one_of

_HELP = """在桌面放一个图标：双击打开本机网页，也可以把报告和附表拖上去。

例：gouji install-shortcut

Windows 上是批处理文件 勾稽.bat，Linux 上是 gouji.desktop（菜单和桌面各一个）。"""


@click.command("install-shortcut", cls=ChineseCommand, help=_HELP)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="写到这个文件夹。默认桌面；Linux 上还有应用菜单。",
)
@click.option(
    "--system", type=one_of("windows", "linux"),
    help="给哪种系统：windows 或 linux。默认是这台机器的。",
)  # fmt: skip
def install_shortcut(folder: Path | None, system: str | None) -> None:
    """Write the file to double-click."""
    from validator.web import shortcuts  # noqa: PLC0415 - quick start

    made = shortcuts.shortcut(system or shortcuts.this_system())
    for file in shortcuts.install(made, (folder,) if folder else made.folders):
        click.echo(f"已写好“{file}”。", err=True)
    click.echo("双击它打开本机网页；把报告和附表一起拖上去就检查它们。", err=True)
