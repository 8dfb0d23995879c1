"""The command ``gouji``（命令行）: options in, exit code out; the work is done elsewhere.

Everything heavy is imported inside the commands, so that ``gouji --version`` is quick.
"""

from __future__ import annotations

import click

from validator.cli.annotate import annotate
from validator.cli.baseline import baseline
from validator.cli.bench import bench
from validator.cli.check import check
from validator.cli.chinese import Gouji
from validator.cli.config import config, init
from validator.cli.diff import diff
from validator.cli.fix import fix
from validator.cli.look import extract, schema, text
from validator.cli.lsp import lsp
from validator.cli.rules import rules
from validator.cli.serve import serve
from validator.cli.shortcut import install_shortcut
from validator.version import __version__

__all__ = ["main"]

_HELLO = """\
gouji 勾稽：查公开的部门预决算报告里的数字，指出哪几个字对不上、为什么、怎么改。
在浏览器里用：gouji serve --open（桌面图标：gouji install-shortcut）
在终端里查：  gouji check 报告.docx 附表.xlsx
写上批注：    gouji annotate 报告.docx
全部命令：    gouji --help"""


@click.group(
    cls=Gouji,
    invoke_without_command=True,
    help="查公开的部门预决算报告里的数字（勾稽）。\n\n例：gouji check 报告.docx",
)
@click.version_option(__version__, message="gouji %(version)s", help="显示版本号。")
@click.pass_context
def main(context: click.Context) -> None:
    """The whole program; without a command, say what to do."""
    if context.invoked_subcommand is None:
        click.echo(_HELLO)


_COMMANDS = (
    check, serve, annotate, fix, diff, install_shortcut, text, extract, rules, baseline, config,
    init, schema, bench, lsp,
)  # fmt: skip
for _command in _COMMANDS:
    main.add_command(_command)
