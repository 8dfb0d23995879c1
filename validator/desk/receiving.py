"""What is taken in（收文件）: refused before anything is written, named in a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.desk.names import relative, shown
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.desk.records import Limits

_MEGABYTE = 1024 * 1024


def refuse(files: Sequence[tuple[str, bytes]], limits: Limits) -> None:
    """Refuse files that are none, too many or too large.

    Args:
        files: Name and content of each.
        limits: How much a check may hold.

    Raises:
        UsageError: They are; the message says by how much, and what to do.
    """
    if not files:
        raise UsageError("没有收到文件；请选择要检查的文件")
    if len(files) > limits.files:
        raise UsageError(
            f"一次最多检查{limits.files}个文件，这次有{len(files)}个；请分几次检查"
        )
    for name, data in files:
        if len(data) > limits.file_bytes:
            told = shown([relative(name)])[0]
            raise UsageError(
                f"“{told}”有{_size(len(data))}，一个文件最大{_size(limits.file_bytes)}；"
                "请删去大图后再检查"
            )
    total = sum(len(data) for _, data in files)
    if total > limits.total_bytes:
        raise UsageError(
            f"这些文件共{_size(total)}，一次最多{_size(limits.total_bytes)}；请分几次检查"
        )


def title_of(names: Sequence[str]) -> str:
    """What to call a check of some files.

    >>> title_of(["报告.docx"]), title_of(["报告.docx", "附表.xlsx"])
    ('报告.docx', '报告.docx 等2个文件')
    """
    return names[0] if len(names) == 1 else f"{names[0]} 等{len(names)}个文件"


def _size(number: int) -> str:
    """Bytes as people say them, rounded up so that too large always looks larger."""
    if number < _MEGABYTE:
        return f"{number}字节"
    return f"{-(-number // _MEGABYTE)} MB"
