"""Watch files（盯着文件）: say when one of them changes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

INTERVAL = 0.4
"""Seconds between two looks."""

Snapshot = dict[str, tuple[int, int]]


def changes(
    watched: Callable[[], Iterable[Path]], interval: float = INTERVAL
) -> Iterator[None]:
    """Yield once at the start, and again each time that files have changed.

    Args:
        watched: The files and folders to look at; asked anew each time.
        interval: Seconds between two looks.
    """
    before = snapshot(watched())
    yield
    while True:
        time.sleep(interval)
        now = snapshot(watched())
        if now != before:
            before = now
            yield


def snapshot(places: Iterable[Path]) -> Snapshot:
    """Time of change and size of each file, and of each YAML file in folders."""
    found: Snapshot = {}
    for place in places:
        for path in sorted(place.rglob("*.y*ml")) if place.is_dir() else [place]:
            try:
                status = path.stat()
            except OSError:  # gone between the listing and the look
                continue
            found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found
