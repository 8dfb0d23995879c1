"""Where paths in a file start（起点）: the folder of the configuration, baseline or waivers."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that paths in a file start at.

    Attributes:
        folder: Without links in it, so that a file has one path however it is reached.
    """

    folder: Path

    @classmethod
    def of(cls, path: Path) -> Home:
        """The home of what a file says, whether or not the file is there yet."""
        return cls(path.absolute().parent.resolve())

    def path_of(self, name: str) -> str:
        """A file as seen from here; one that is elsewhere has its own folders.

        What is no valid Unicode in a name is shown as �, as in every output.
        """
        path = Path(name).absolute()
        whole = path.parent.resolve() / path.name
        try:
            near = Path(os.path.relpath(whole, self.folder)).as_posix()
        except ValueError:  # another drive
            near = whole.as_posix()
        return near.encode("utf-8", "replace").decode()

    def holds(self, place: str) -> bool:
        """Whether a file is there; members of archives stand below a file."""
        path = self.folder / place
        return path.exists() or any(parent.is_file() for parent in path.parents)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns of paths（路径样式）as in ``.gitignore``; none match every file.

    Attributes:
        lines: As they are written.
    """

    lines: Sequence[str]
    _spec: list[Any] = field(default_factory=list, compare=False, repr=False)

    def match(self, path: str) -> bool:
        """Whether they match a path as seen from their home."""
        if not self.lines:
            return True
        if not self._spec:
            from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where files are named

            self._spec.append(GitIgnoreSpec.from_lines(self.lines))
        return bool(self._spec[0].match_file(path))
