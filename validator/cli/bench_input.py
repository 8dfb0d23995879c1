"""What benchmarks take and give（自测的输入和输出）: reports, kinds, floors, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from validator.cli.chinese import nearest
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validator.bench.floors import Floor
    from validator.bench.grounds import Origin
    from validator.bench.page import Page
    from validator.bench.slips import Slip


def found_reports(files: Sequence[Path]) -> list[Origin]:
    """The reports named.

    Raises:
        UsageError: A file or folder is missing, or a folder holds no report.
    """
    from validator.readers.sources import sources  # noqa: PLC0415 - quick start
    from validator.run import expand  # noqa: PLC0415 - quick start

    for path in files:
        if not path.exists():
            raise UsageError(f"找不到“{path.as_posix()}”；请检查文件名和所在的文件夹")
        if path.is_dir() and expand([path]).files == (path,):
            raise UsageError(f"文件夹“{path.as_posix()}”里没有能检查的报告；请换一个文件夹")
    return list(sources(expand(files).files))


def chosen_kinds(words: Sequence[str]) -> tuple[Slip, ...]:
    """Kinds of error named, all when none are.

    Raises:
        UsageError: There is no such kind.
    """
    from validator.bench.slips import CHINESE, Slip  # noqa: PLC0415 - quick start

    names = {slip.value: slip for slip in Slip} | {CHINESE[slip]: slip for slip in Slip}
    chosen: set[Slip] = set()
    for word in (part.strip() for listed in words for part in listed.split(",")):
        if word not in names:
            known = "、".join(slip.value for slip in Slip)
            raise UsageError(f"没有错法“{word}”{nearest(word, names)}；可用：{known}")
        chosen.add(names[word])
    return tuple(slip for slip in Slip if slip in chosen or not chosen)


def chosen_floors(words: Sequence[str], names: Sequence[str]) -> list[Floor]:
    """Floors as told.

    Raises:
        UsageError: One cannot be read.
    """
    from validator.bench.floors import parse_floor  # noqa: PLC0415 - quick start

    found = []
    for word in words:
        try:
            found.append(parse_floor(word, names))
        except ValueError as error:
            raise UsageError(f"--floor 的值“{word}”不对；{error}") from error
    return found


def write(page: Page, form: str, output: Path | None) -> None:
    """Print the page, or write it to a file.

    Raises:
        UsageError: The file cannot be written.
    """
    from validator.bench.page import render  # noqa: PLC0415 - quick start

    text = render(page, form)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        raise UsageError(
            f"-o 的文件“{output}”写不了（{error.strerror}）；请换一个路径"
        ) from error
