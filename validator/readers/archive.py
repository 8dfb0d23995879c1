"""Zip files of a submission（压缩包）: each report and 附表 in one, nothing written to disk."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category

from validator.errors import UnreadableDocument
from validator.readers.sniff import container, is_picture
from validator.readers.suffixes import FOREIGN, PICTURES, READABLE, suffix_of
from validator.readers.zips import BROKEN, LARGEST, is_overfull, is_swollen, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 500
"""Files that may stand in one."""
_UTF8 = 0x800
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Characters that would move the cursor of a terminal, or turn a name around."""
_ENCRYPTED = 1
_RUBBISH = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
_PICTURES = PICTURES | {".emf", ".ico", ".svg", ".wmf"}
REPORTS = (READABLE | FOREIGN) - {".zip"}
"""Names that promise a report: what is wrong with one of these is told."""
_UNPACK = "请先解压，再检查里面的文件"
_TOO_LARGE = ("压缩包解开后超过 200 MB", "请确认来源可靠，或解压后只检查报告")
_TOO_MANY = (f"压缩包里的文件超过 {MOST_MEMBERS} 个", "请解压后分批检查")
_NOTHING = ("压缩包里没有能检查的报告", "请确认选对了文件，或解压后看看里面有什么")
_LOCKED = ("压缩包有打开密码", "请用密码解压后再检查")
_MEMBER_LOCKED = ("压缩包里的这个文件有密码", "请用密码解压后再检查")
_BOMB = ("解开后大得反常，没有解开", "请确认来源可靠，或解压后再检查")
_DAMAGED = ("压缩包里的这个文件已损坏，解不开", "请重新下载或重新压缩")
_NESTED = ("这是压缩包里的压缩包", _UNPACK)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive.

    Attributes:
        name: The archive's name and the path inside: ``压缩包.zip/附表.xlsx``.
        data: The whole file, or why there is none.
    """

    name: str
    data: bytes | UnreadableDocument


def members(data: bytes, name: str) -> Iterator[Member]:
    """What an archive holds that looks like a report, by content, in the order of names.

    Pictures, folders and what systems leave behind are passed over; a file that is damaged,
    locked or a bomb is given with what is wrong with it.

    Args:
        data: The whole archive.
        name: What to call it.

    Raises:
        UnreadableDocument: It is damaged, too large, locked, or without any report.
    """
    if is_overfull(data):
        raise UnreadableDocument(*_TOO_MANY)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise UnreadableDocument("压缩包已损坏，无法解开", "请重新下载再检查") from error
    with archive:
        listed = _listed(archive)
        found = False
        for path, entry in listed:
            content = _content(archive, entry, path)
            if content is not None:
                found = True
                yield Member(f"{name}/{path}", content)
    if not found:
        raise UnreadableDocument(*_NOTHING)


def _listed(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Entries that may be reports, by name.

    Raises:
        UnreadableDocument: There are too many, they are too large, or all are locked.
    """
    found = [(_path(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
    found = sorted(
        (one for one in found if _is_visible(one[0])),
        key=lambda pair: (pair[0], pair[1].header_offset),
    )
    entries = [entry for _, entry in found]
    if len(found) > MOST_MEMBERS:
        raise UnreadableDocument(*_TOO_MANY)
    if entries and all(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableDocument(*_LOCKED)
    if unpacked(entry for entry in entries if not is_swollen(entry)) > LARGEST:
        raise UnreadableDocument(*_TOO_LARGE)
    return found


def _is_visible(path: str) -> bool:
    *folders, name = path.split("/")
    if any(one.startswith(".") or one == "__MACOSX" for one in folders):
        return False
    if name.startswith((".", "~$")) or name.lower() in _RUBBISH:
        return False
    return suffix_of(name) not in _PICTURES


def _path(entry: zipfile.ZipInfo) -> str:
    """Path of an entry in its true letters; what would lead out of the archive is dropped."""
    raw = entry.orig_filename
    if not entry.flag_bits & _UTF8 and not raw.isascii():
        raw = _true_letters(raw)
    raw = raw.partition("\0")[0].replace("\\", "/")
    shown = "".join("\ufffd" if category(c) in _UNSEEN else c for c in raw)
    return "/".join(part for part in shown.split("/") if part not in {"", ".", ".."})


def _true_letters(name: str) -> str:
    """A name that was packed without saying how: by macOS in UTF-8, by Windows in GBK."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _content(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str
) -> bytes | UnreadableDocument | None:
    """The bytes of an entry, why there are none, or None when it is no report at all."""
    promised = suffix_of(path) in REPORTS
    if entry.flag_bits & _ENCRYPTED:
        return UnreadableDocument(*_MEMBER_LOCKED)
    if is_swollen(entry):
        return UnreadableDocument(*_BOMB)
    try:
        data = archive.read(entry)
    except BROKEN:
        return UnreadableDocument(*_DAMAGED)
    if is_picture(data):
        return None
    try:
        kind = container(data)
    except UnreadableDocument as error:
        return error if promised or data else None
    if kind == "zip":
        return UnreadableDocument(*_NESTED)
    return data if promised or kind != "text" else None
