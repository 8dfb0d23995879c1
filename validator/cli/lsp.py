"""``gouji lsp``（编辑器里用）: a language server over standard input and output."""

from __future__ import annotations

import click

from validator.cli.chinese import ChineseCommand
from validator.cli.values import one_of
from validator.errors import UsageError

_HELP = """给编辑器用的语言服务器：编辑时标出问题，给出改法。由编辑器启动，不用自己运行。

例：gouji lsp"""
_MISSING = '要装 gouji[lsp]：在 gouji 的文件夹里运行 python -m pip install ".[lsp]"'
_PARTS = ("pygls", "lsprotocol")


@click.command(cls=ChineseCommand, help=_HELP)
@click.option(
    "--stdio", is_flag=True,
    help="用标准输入和输出对话；本来就是这样，有的编辑器会加上它。默认就是。",
)  # fmt: skip
@click.option(
    "--lang", type=one_of("zh", "en"), default=None,
    help="界面语言，zh 或 en；规则的话总是中文。默认看配置，没有写就是 zh。",
)  # fmt: skip
def lsp(stdio: bool, lang: str | None) -> int:
    """Serve an editor; 1 when it goes away without a goodbye."""
    del stdio
    try:
        from validator.lsp.server import serve  # noqa: PLC0415 - quick start, and optional
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _PARTS:
            raise UsageError(_MISSING) from error
        raise
    return serve(lang)
