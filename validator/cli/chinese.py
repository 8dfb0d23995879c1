"""click in Chinese（中文命令行）: help pages, refusals, and how a run ends."""

from __future__ import annotations

import difflib
import errno
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from validator.errors import GoujiError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
INTERRUPTED = 130
PIPE_CLOSED = 141
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def nearest(word: str, allowed: Iterable[str]) -> str:
    """A hint at the allowed word that was probably meant, or ""."""
    found = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.5)
    return f"（是否指 {found[0]}？）" if found else ""


class _Pages(click.Command):
    """Help pages with Chinese headings."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("context_settings", _SETTINGS)
        settings.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **settings)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        words = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, words, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section("选项"):
            formatter.write_dl([record for record in records if record])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows this page."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这一页。"
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; refuse what is left over, in Chinese."""
        ends_here = not isinstance(self, click.Group)
        if ends_here:
            ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if ends_here and rest:
            raise click.UsageError(f"多了“{' '.join(rest)}”；请删去，或分几次运行", ctx)
        return rest


class ChineseCommand(_Pages):
    """A command."""


class ChineseGroup(_Pages, click.Group):
    """A command with commands below it."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*args, **settings)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        rows = [(n, c.get_short_help_str(60)) for n, c in self.commands.items()]
        with formatter.section("命令"):
            formatter.write_dl(rows)
        super().format_options(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; refuse an unknown one."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            known = "、".join(self.commands)
            hint = nearest(name, self.commands)
            raise click.UsageError(f"没有命令“{name}”{hint}；可用：{known}", ctx)
        return super().resolve_command(ctx, args)


class Gouji(ChineseGroup):
    """The whole program: every way a run can end is a Chinese line and an exit code.

    A file in the place of a command is checked: ``gouji 报告.docx``.
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; a file or folder is one to be checked."""
        name = args[0]
        if self.get_command(ctx, name) is None and os.path.lexists(name):
            args = ["check", *args]
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; with ``standalone_mode`` exit with the code that the command returns.

        However it is started, help and refusals call it ``gouji``.
        """

        def run() -> Any:
            return super(Gouji, self).main(
                args, "gouji", complete_var, standalone_mode=False, **extra
            )

        if not standalone_mode:
            return run()
        _write_utf8()
        try:
            result = run()
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.message)
            sys.exit(2)
        except click.ClickException as error:
            click.echo(refusal(error), err=True)
            sys.exit(2)
        except GoujiError as error:
            click.echo(str(error), err=True)
            sys.exit(2)
        except (click.Abort, KeyboardInterrupt):
            click.echo("已停止。", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader, such as `head`, has seen enough; Python would complain at its exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(PIPE_CLOSED)
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _FULL:
                click.echo("结果写不出去：磁盘满了，或写的地方不能再写；请换个地方", err=True)
                sys.exit(2)
            if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
                click.echo("文件名太长，没有这样的文件；请检查给出的文件名", err=True)
                sys.exit(2)
            click.echo(
                f"程序自己出错（{type(error).__name__}: {error}）；请告诉开发者", err=True
            )
            sys.exit(3)
        sys.exit(result if isinstance(result, int) else 0)


def refusal(error: click.ClickException) -> str:
    """One Chinese line: what cannot be used, what is allowed, where to look."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    where = f"；看用法：{ctx.command_path} --help" if ctx else ""
    return f"{_what(error, ctx)}{where}"


def _what(error: click.ClickException, ctx: click.Context | None) -> str:
    match error:
        case click.NoSuchOption():
            options = _options(ctx)
            hint = nearest(error.option_name, options)
            dashed = [w for w in sys.argv[1:] if w.startswith("-") and os.path.lexists(w)]
            if dashed:
                return f"“{dashed[0]}”像选项；是文件就写 ./{dashed[0]}"
            return f"没有选项 {error.option_name}{hint}；可用：{'、'.join(options)}"
        case click.MissingParameter():
            return f"少了{_name(error)}；例：{_example(ctx)}"
        case click.BadParameter():
            return f"{_name(error)} {error.message}"
        case click.BadOptionUsage():
            if "not take" in error.message:  # the exception itself does not tell which
                return f"选项 {error.option_name} 后面不带值"
            return f"选项 {error.option_name} 后面要写一个值"
        case _:
            return error.message


def _options(ctx: click.Context | None) -> list[str]:
    return [max(p.opts, key=len) for p in _params(ctx) if isinstance(p, click.Option)]


def _params(ctx: click.Context | None) -> list[click.Parameter]:
    return ctx.command.get_params(ctx) if ctx else []


def _name(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return f"选项 {max(param.opts, key=len)}"
    return param.make_metavar(error.ctx).strip("[].…") if param and error.ctx else "参数"


def _example(ctx: click.Context | None) -> str:
    """The example of the command's own help page."""
    lines = (ctx.command.help or "").splitlines() if ctx else []
    return next(
        (s.split("：", 1)[1] for s in map(str.strip, lines) if s.startswith("例：")), ""
    )


def _write_utf8() -> None:
    """Print Chinese everywhere: a Windows pipe would otherwise use the system's code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace", newline="\n")
