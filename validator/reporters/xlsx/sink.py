"""Where the workbook's bytes go（暂存文件）, quiet about what is written after it broke off."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 64 * 1024


class Sink:
    """A file for a zip.

    A zip that is given up closes itself later, at any time, and would complain on the screen of
    a disk that is full or a file that is gone.

    Attributes:
        file: The file itself.
    """

    mode = "w+b"

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self._broken = False

    def write(self, data: bytes) -> int:
        """Write to the end.

        Raises:
            OSError: There is no room; the first time that is so.
        """
        if self._broken:
            return len(data)
        try:
            return self.file.write(data)
        except OSError:
            self._broken = True
            raise

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return 0 if self._broken else self.file.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return 0 if self._broken else self.file.tell()

    def flush(self) -> None:
        """Write what waits."""
        if not self._broken:
            self.file.flush()

    def close(self) -> None:
        """Give the file up."""
        self._broken = True
        self.file.close()

    def pieces(self) -> Iterator[bytes]:
        """All of it."""
        self.file.seek(0)
        while piece := self.file.read(_PIECE):
            yield piece
