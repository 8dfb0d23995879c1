"""``gouji serve``（本机网页）: check reports on a page, without a command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from validator.cli.chinese import ChineseCommand
from validator.errors import UsageError

_HELP = """在浏览器里用：把报告拖进去查，下载批注稿，改好再查。文件只存在本机。

例：gouji serve --open"""
_MISSING = '要装 gouji[web]：在 gouji 的文件夹里运行 python -m pip install ".[web]"'
_PARTS = ("starlette", "uvicorn", "python_multipart", "h11", "anyio")
_PASSWORD_BYTES = 1000


@click.command(cls=ChineseCommand, help=_HELP)
@click.argument(
    "files", nargs=-1, metavar="[文件…]", type=click.Path(path_type=Path, readable=False)
)
@click.option(
    "--port", type=int, default=None, metavar="端口",
    help="用哪个端口。默认 8417；被别的程序占用时，用一个空闲的。",
)  # fmt: skip
@click.option(
    "--host", default="127.0.0.1", metavar="地址",
    help="在哪个地址上等浏览器。默认 127.0.0.1，只有本机能打开；别的地址要有密码。",
)  # fmt: skip
@click.option(
    "--password-file", type=click.Path(path_type=Path), default=None, metavar="文件",
    help="密码写在这个文件的第一行。默认用环境变量 GOUJI_PASSWORD，没有设就没有密码。",
)  # fmt: skip
@click.option(
    "--data", type=click.Path(path_type=Path), default=None, metavar="文件夹",
    help="数据存在哪个文件夹。默认是用户自己的数据文件夹。",
)  # fmt: skip
@click.option(
    "--open/--no-open", "browse", default=None,
    help="启动后打开浏览器。默认给了文件就打开，没有给就不打开。",
)  # fmt: skip
@click.option(
    "--keep-days", type=int, default=None, metavar="天数",
    help="检查记录保留多少天，过了自动删除。默认照设置页里的，没有设就一直保留。",
)  # fmt: skip
def serve(
    files: tuple[Path, ...], port: int | None, host: str, password_file: Path | None,
    data: Path | None, browse: bool | None, keep_days: int | None,
) -> int:  # fmt: skip
    """Serve the local page, or hand files to the one that is open."""
    if port is not None and not 0 <= port < 2**16:
        raise UsageError(f"没有端口 {port}；请写 1 到 65535 的整数")
    if keep_days is not None and keep_days < 1:
        raise UsageError(f"--keep-days {keep_days} 太少；至少 1 天")
    password = _password(password_file)
    try:
        from validator.desk import folder  # noqa: PLC0415 - quick start
        from validator.web import server  # noqa: PLC0415 - quick start, and optional
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _PARTS:
            raise UsageError(_MISSING) from error
        raise
    wish = server.Wish(
        folder=(data or folder.default_folder()).absolute(),
        files=files,
        port=port,
        host=host,
        password=password,
        browse=bool(files) if browse is None else browse,
        keep_days=keep_days,
    )
    return server.serve(wish, _say)


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()


def _password(path: Path | None) -> str:
    """The password of a file, or of the environment, or ""."""
    if path is None:
        return os.environ.get("GOUJI_PASSWORD", "")
    try:
        with path.open("rb") as file:
            line = file.read(_PASSWORD_BYTES).partition(b"\n")[0]
        word = line.decode("utf-8-sig").strip()
    except FileNotFoundError as error:
        raise UsageError(f"没有密码文件“{path}”；请检查路径") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"密码文件“{path}”读不了；请给一个 UTF-8 的文本文件") from error
    if not word:
        raise UsageError(f"密码文件“{path}”第一行是空的；请写上密码")
    return word
