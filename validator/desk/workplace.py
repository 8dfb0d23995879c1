"""One child process at a time（工位）: whose it is, and its end when it is wanted no more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from validator.desk.child import Child, ChildStopped, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from validator.desk.records import Limits


class Workplace:
    """Where children work for checks, one after the other.

    Attributes:
        closing: Whether no more work is begun.
    """

    def __init__(self, limits: Limits, folder: Path) -> None:
        """Prepare.

        Args:
            limits: Of each child.
            folder: For its temporary files.
        """
        self._limits, self._folder = limits, folder
        self._lock = threading.Lock()
        self._current: tuple[str, Child] | None = None
        self.closing = False

    def run(
        self,
        check_id: str,
        function: str,
        given: Mapping[str, Any],
        told: Callable[[Any], None] = nothing,
    ) -> Any:
        """Let a child do a piece of work; see ``Child.run``.

        Args:
            check_id: The check that it is for.
            function: What to do.
            given: Plain data for it.
            told: Takes its messages.

        Raises:
            ChildError: It failed.
            ChildStopped: Nobody wants it any more.
        """
        child = Child(self._limits, self._folder)
        with self._lock:
            if self.closing:
                raise ChildStopped("已经停下")
            self._current = (check_id, child)
        try:
            return child.run(function, given, told)
        finally:
            with self._lock:
                self._current = None

    def drop(self, check_id: str) -> None:
        """End the work on a check that is gone."""
        with self._lock:
            if self._current is not None and self._current[0] == check_id:
                self._current[1].stop()

    def close(self) -> None:
        """End the work under way, and begin no more."""
        with self._lock:
            self.closing = True
            if self._current is not None:
                self._current[1].stop()
