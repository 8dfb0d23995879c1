"""Outputs of a run（输出）: several formats at once, each to its file or to the screen."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from validator.cli.outputs import guard
from validator.errors import UsageError
from validator.reporters import BINARY, SCREEN, encoded, reporter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.findings import Report
    from validator.reporters.base import Look, Reporter, Run


@dataclass(frozen=True, slots=True)
class Target:
    """A format and where it goes（输出目标）.

    Attributes:
        form: Name of the format.
        path: The file, or None for the screen.
    """

    form: str
    path: Path | None = None

    @classmethod
    def of(cls, words: str) -> Target:
        """What ``sarif:out.sarif`` or ``json`` asks for."""
        form, _, path = words.partition(":")
        return cls(form.strip().lower(), Path(path) if path else None)


def targets(
    wanted: Sequence[Target],
    output: Path | None,
    files: Sequence[Path],
    used: Sequence[Path] = (),
) -> list[Target]:
    """Where each format goes, with ``-o`` for the one that names no file.

    Args:
        wanted: Formats, as they were asked for.
        output: What ``-o`` names.
        files: The reports; none of them is written over.
        used: Configuration, baseline, waivers; none of them either.

    Raises:
        UsageError: Two would go to the same place, or a file cannot be written.
    """
    open_ended = [one.form for one in wanted if one.path is None]
    if len(open_ended) > 1:
        where = f"都写到“{output}”" if output else "都写到屏幕"
        names = "、".join(open_ended)
        raise UsageError(
            f"格式 {names} {where}；请写明文件，如 --format {open_ended[1]}:结果.txt"
        )
    if output is not None and not open_ended:
        raise UsageError(f"每种格式都写明了文件，-o “{output}”没有用处；请删去一个")
    placed = [Target(one.form, one.path or output) for one in wanted]
    seen: dict[Path, str] = {}
    for one in placed:
        if one.path is None:
            if one.form in BINARY:
                example = f"--format {one.form}:底稿.xlsx"
                raise UsageError(f"格式 {one.form} 写到屏幕看不了；请写明文件，如 {example}")
            continue
        own = "workpaper" if one.form == "xlsx" else ""
        guard(one.path, files, "要检查的报告", own)
        guard(one.path, used, "配置、基线或豁免文件", own)
        if (first := seen.setdefault(one.path.resolve(), one.form)) != one.form:
            raise UsageError(f"格式 {first} 和 {one.form} 都写到“{one.path}”；请分开写")
    return list(dict.fromkeys(placed))


class Outputs:
    """All outputs of a run."""

    def __init__(self, wanted: Sequence[Target], look: Look) -> None:
        """Get ready to write.

        Args:
            wanted: From ``targets``.
            look: How they are wanted.
        """
        self._made: list[tuple[Target, Reporter]] = [
            (one, reporter(one.form, look, _screen(one))) for one in wanted
        ]

    def add(self, report: Report) -> None:
        """Give a report to all of them."""
        for _, made in self._made:
            made.add(report)

    def finish(self, run: Run) -> None:
        """Write what has not been written.

        Raises:
            UsageError: A file cannot be written.
        """
        for target, made in self._made:
            if target.path is not None:
                _save(target.path, made, run)
                continue
            for piece in made.finish(run):
                sys.stdout.write(str(piece))
            sys.stdout.flush()


def _screen(target: Target) -> IO[str] | None:
    return sys.stdout if target.form == SCREEN and target.path is None else None


def _save(path: Path, made: Reporter, run: Run) -> None:
    try:
        with path.open("wb") as file:
            for piece in made.finish(run):
                file.write(encoded(piece))
    except OSError as error:
        raise UsageError(f"文件“{path}”写不了；请换一个路径，或看磁盘是否满了") from error
