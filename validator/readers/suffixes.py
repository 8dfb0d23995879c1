"""What names promise（后缀）: which files of a folder are reports, and what is not read yet.

What a file is tells its content; its name decides only whether it is looked at, and how a
file is told of that nobody can read.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from validator.errors import UnreadableDocument

if TYPE_CHECKING:
    from pathlib import PurePath

READABLE = frozenset(
    {
        ".txt", ".text", ".md", ".markdown", ".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot",
        ".wps", ".wpt", ".rtf", ".odt", ".pdf", ".xlsx", ".xlsm", ".xltx", ".xls", ".xlt",
        ".et", ".ett", ".ods", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".zip",
    }
)  # fmt: skip
"""Files that are taken from a folder, and read."""
ARCHIVES = frozenset(
    {".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".xz", ".txz", ".zst", ".cab"}
)
"""Archives of other kinds than .zip."""
_PAGES = frozenset({".ofd", ".ceb", ".cebx", ".uof", ".uot", ".pages"})
_GRIDS = frozenset({".xlsb", ".uos", ".numbers"})
_SLIDES = frozenset({".ppt", ".pptx", ".pps", ".ppsx", ".dps", ".odp"})
_LOCKED = frozenset({".p7m", ".p7s"})
FOREIGN = ARCHIVES | _PAGES | _GRIDS | _SLIDES | _LOCKED
"""Files in a folder that look like reports or hold them, and cannot be read yet."""
PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic"}
)
"""Pictures that may show a page."""
PACKED = ("这是压缩包，不是报告", "请先解压，再检查里面的文件")
SLIDES = ("还不能读演示文稿", "请把报告正文另存为 .docx 或 .txt，再检查")
TO_WORD = "请用 Word 或 WPS 打开后另存为 .docx 或 .txt，再检查"
_TO_EXCEL = "请用表格软件打开后另存为 .xlsx，再检查"
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{1,7}|\.7z")


def suffix_of(path: PurePath | str) -> str:
    """Suffix of a name in small letters, ``""`` when it has none.

    What follows the last point of a title, a date or a version is no suffix, and blanks after
    one do not count.

    >>> suffix_of("报送/决算.DOCX "), suffix_of("1.水务局决算"), suffix_of("决算v1.0")
    ('.docx', '', '')
    """
    found = PurePosixPath(str(path).rstrip()).suffix.lower()
    return found if _SUFFIX.fullmatch(found) else ""


def refuse_foreign(name: str) -> None:
    """Refuse a file whose content tells nothing and whose name promises a foreign format.

    Raises:
        UnreadableDocument: It does.
    """
    suffix = suffix_of(name)
    if suffix in ARCHIVES:
        raise UnreadableDocument(*PACKED)
    if suffix in _SLIDES:
        raise UnreadableDocument(*SLIDES)
    if suffix in _LOCKED:
        raise UnreadableDocument("还不能读签名或加密的文件", "请取出里面的报告，再检查")
    if suffix in _PAGES | _GRIDS:
        advice = TO_WORD if suffix in _PAGES else _TO_EXCEL
        raise UnreadableDocument(f"还不能读 {suffix} 文件", advice)
