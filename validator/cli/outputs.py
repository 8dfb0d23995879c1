"""Output files（输出文件）: refused before the work, not after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def guard(output: Path | None, files: Sequence[Path], what: str = "要读的文件") -> None:
    """Refuse an output file that cannot be written or is one of the inputs.

    Args:
        output: Where to write, None for the screen.
        files: The inputs.
        what: How to call them.

    Raises:
        UsageError: It cannot be written, or is one of the inputs.
    """
    if output is None:
        return
    if output.is_dir() or not output.resolve().parent.is_dir():
        raise UsageError(
            f"-o 的文件“{output}”写不了：没有这个文件夹，或它本身是文件夹；请换一个路径"
        )
    if output.exists() and any(f.exists() and f.samefile(output) for f in files):
        raise UsageError(f"-o 的文件“{output}”就是{what}，会把它覆盖；请换一个文件名")
