"""What a run says on standard error（屏幕提示）: bad files at once, the verdict last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.findings import Report
    from validator.reporters.summary import Summary
    from validator.reporters.words import Words

_MOST_NAMES = 3
_MOST_CHANGED = 30


def say(line: str) -> None:
    """One line on standard error, whatever a file is called.

    Runners on servers take lines that begin with ``::`` as commands.
    """
    from validator.reporters.missed import flat  # noqa: PLC0415 - quick start

    line = flat(line)
    click.echo(f"· {line}" if line.startswith("::") else line, err=True)


def told(results: Iterable[Report]) -> Iterator[Report]:
    """The results; what is wrong with a file is told at once."""
    from validator.findings import Status  # noqa: PLC0415 - quick start
    from validator.reporters.places import shown_path  # noqa: PLC0415 - quick start

    for report in results:
        if report.status is not Status.CHECKED:
            say(f"{shown_path(report.name)}: {report.error}")
        yield report


def with_progress(results: Iterable[Report], count: int) -> Iterator[Report]:
    """The results, while a bar on standard error shows how far it is."""
    from rich.console import Console  # noqa: PLC0415 - quick start
    from rich.progress import Progress  # noqa: PLC0415 - quick start

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(results, total=count, description="检查")


def verdict(total: Summary, words: Words) -> str:
    """The last line of a run."""
    from validator.reporters.verdict import sentence  # noqa: PLC0415 - quick start

    return sentence(total, words)


def skipped(files: tuple[Path, ...], words: Words) -> Iterator[str]:
    """What stands in folders and nobody looks into, one line for each kind."""
    from validator.reporters.workpaper_mark import WORKBOOK  # noqa: PLC0415 - quick start
    from validator.rewriting.own_copies import is_called_like_one  # noqa: PLC0415 - quick start

    links = [path for path in files if path.is_dir()]
    rest = [path for path in files if path not in links]
    copies = [path for path in rest if is_called_like_one(path)]
    rest = [path for path in rest if path not in copies]
    papers = [path for path in rest if path.suffix.lower() == WORKBOOK]
    pictures = [path for path in rest if path not in papers]
    kinds = {"pictures": pictures, "links": links, "workpapers": papers, "copies": copies}
    for kind, found in kinds.items():
        if found:
            yield words.skipped[kind].format(count=len(found), names=listed(found))


def since(
    revision: str,
    touched: tuple[Sequence[Path], Sequence[Path]],
    wanted: Sequence[Path],
    left: int,
    words: Words,
) -> str:
    """Which files are checked where only those that changed are.

    Args:
        revision: What they are compared with.
        touched: Files that changed, and those that are gone.
        wanted: They, and the files that are checked together with them.
        left: How many are not checked.
        words: Language.
    """
    said, (changed, gone) = words.since, touched
    lost = said["deleted"].format(count=len(gone), names=listed(gone)) if gone else ""
    if not wanted:
        return said["none"].format(revision=revision, count=left) + lost
    names = listed(changed, _MOST_CHANGED)
    line = said["some"].format(revision=revision, count=len(changed), names=names or "–")
    if others := [path for path in wanted if path not in changed]:
        line += said["with"].format(count=len(others), names=listed(others, _MOST_CHANGED))
    return line + said["left"].format(count=left) + lost


def absent(places: Sequence[str], words: Words) -> str:
    """Files that the baseline knows and that are gone."""
    names = listed([Path(place) for place in places])
    return words.absent.format(count=len(places), names=names)


def listed(files: Iterable[Path], most: int = _MOST_NAMES) -> str:
    """The first names of some files."""
    from validator.reporters.places import shown_path  # noqa: PLC0415 - quick start

    names = [shown_path(path.as_posix()) for path in files]
    return "、".join(names[:most]) + ("…" if len(names) > most else "")
