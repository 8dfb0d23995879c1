"""What a file is, by its content（文件识别）: suffixes are hints, people rename files."""

from __future__ import annotations

import io
import re
import zipfile

from validator.errors import UnreadableDocument
from validator.readers.compound import MAGIC, BrokenContainerError, Compound
from validator.readers.suffixes import FOREIGN, PACKED, SLIDES, TO_WORD, suffix_of
from validator.readers.zips import BROKEN, is_overfull

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PICTURE = ("这是图片，里面没有文字可读", "请用报告的 Word 原稿（.docx）检查")
MAY_HOLD_OR_BE_OLD = (*_ZIP, MAGIC, b"{\\rtf", b"<?xml", b"\xef\xbb\xbf<?xml")
"""First bytes of archives and of old files; of others too, such as Word files."""
REPORT_HEADS = (*_ZIP, MAGIC, b"{\\rtf", b"%PDF")
"""First bytes that tell a report also where its name tells nothing."""
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"II*\x00", *_PICTURE),
    (b"MM\x00*", *_PICTURE),
    (b"Rar!", *PACKED),
    (b"7z\xbc\xaf\x27\x1c", *PACKED),
    (b"\x1f\x8b", *PACKED),
    (b"BZh", *PACKED),
    (b"\xfd7zXZ", *PACKED),
    (b"\x28\xb5\x2f\xfd", *PACKED),
)
_TAR = slice(257, 262)
_INSIDE: tuple[tuple[str, str], ...] = (("word/", "docx"), ("xl/", "workbook"))
_INSIDE_FOREIGN: tuple[tuple[str, str, str], ...] = (
    ("ppt/", *SLIDES),
    ("OFD.xml", "还不能读 OFD", "请用它的 Word 原稿（.docx），再检查"),
    ("Index/Document.iwa", "还不能读 Pages 和 Numbers 文件", "请导出为 .docx 或 .xlsx，再检查"),
    ("content.xml", "还不能读这种 OpenDocument 文件", TO_WORD),
)
_OPEN_DOCUMENTS = {b"opendocument.spreadsheet": "workbook", b"opendocument.text": "legacy"}
_WORD = "WordDocument"
_WORD_TABLES = (_WORD, "0Table", "1Table")
_ENCRYPTED = 0x0100
"""Flag of an old Word file's header that says its text is locked with a password."""
_LOCKED = ("文件有打开密码", "请在 Word 或 Excel 里去掉密码并保存，再检查")
_WORD_MARKUP = re.compile(
    rb"\s*<\?xml[^>]*>\s*(?:<\?mso-application[^>]*Word\.Document[^>]*>|<w:wordDocument\b)"
)
_RTF = b"{\\rtf"
_NOT_TEXT = {
    ".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps", ".wpt", ".pdf", ".xlsx",
    ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ett", ".ods", ".odt", ".rtf", ".zip", *FOREIGN,
}  # fmt: skip
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype html|html|head|body|table|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPED_PAGE = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?"
    rb"MIME-Version:.*?Content-Type: *(?:multipart/(?:related|alternative)|text/html)",
    re.DOTALL | re.IGNORECASE,
)
_DATA = (".csv", ".tsv", ".json", ".yaml", ".yml")
"""Suffixes of data; what else ends so is no report either."""
_COMMENTS = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*")
_TELLS = re.compile(
    rb"""^[ \t]*(?:\#[ \t]*)?["']?schema["']?[ \t]*(?:[:,]|\xef\xbc\x9a|\xa3\xba)[ \t]*["']?"""
    rb"""gouji\.records/""",
    re.MULTILINE,
)
_TELLS_INSIDE = re.compile(rb"""["']?schema["']?\s*:\s*["']?gouji\.records/""")
_KEYED = re.compile(rb"""---|["']?(?:schema|kind|entity|year|unit|facts)["']?[ \t]*:""")
_HEAD = 2000
_LONGEST_MANIFEST = 1024 * 1024
_AGAIN = "请重新下载，或用 Word 修复后另存为 .docx，再检查"
_AGAIN_WORKBOOK = "请重新下载，或用 Excel 修复后另存为 .xlsx，再检查"
_PARTS = (
    (re.compile(rb"PK\x03\x04.{26}word/", re.DOTALL), _AGAIN),
    (re.compile(rb"PK\x03\x04.{26}xl/", re.DOTALL), _AGAIN_WORKBOOK),
    (
        re.compile(rb"PK\x03\x04.{26}\[Content_Types\]", re.DOTALL),
        "请重新下载，或用 Word 或 Excel 修复后另存，再检查",
    ),
    (re.compile(_ZIP[0]), "请重新下载，或重新压缩，再检查"),
    (re.compile(re.escape("WordDocument".encode("utf-16-le"))), _AGAIN),
    (re.compile(re.escape("Workbook".encode("utf-16-le"))), _AGAIN_WORKBOOK),
)
"""What still stands in a file that cannot be opened → what to do; the first that fits."""


def container(data: bytes) -> str:
    """Which reader takes the bytes, by its name in ``READERS``; ``text`` when nothing else.

    Raises:
        UnreadableDocument: It is empty, or a format that no reader takes.
    """
    if not data:
        raise UnreadableDocument("文件是空的", "请确认选对了文件，或重新导出一份")
    if data.startswith(_ZIP):
        return _zipped(data)
    if data.startswith(MAGIC):
        return _ole(data)
    if b"%PDF-" in data[:1024] or data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(_RTF) or _WORD_MARKUP.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")):
        return "legacy"
    for magic, what, advice in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableDocument(what, advice)
    if data[_TAR] == b"ustar":
        raise UnreadableDocument(*PACKED)
    # UTF-16 puts a zero byte beside each letter of the markup.
    head = data[: 2 * _HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")[:_HEAD]
    if _MARKUP.match(head) or b"<html" in head.lower() or _WRAPPED_PAGE.match(head):
        return "html"
    return "text"


def is_records(data: bytes, name: str) -> bool:
    """Whether a text is data rather than a report: it says so itself, or its name does.

    A manual that quotes a records file begins with other words, so it stays a text.

    Args:
        data: A file whose container is ``text``.
        name: What it is called.
    """
    if suffix_of(name) in _DATA:
        return True
    # UTF-16 puts a zero byte beside each letter.
    plain = data.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    comments = _COMMENTS.match(plain)
    at = comments.end() if comments else 0
    if plain.startswith(b"{", at):
        return _TELLS_INSIDE.search(plain, at) is not None
    if _KEYED.match(plain, at):
        return _TELLS.search(plain) is not None
    return _TELLS.search(plain, 0, at) is not None


def is_picture(data: bytes) -> bool:
    """Whether it is a photo or a scan and nothing else."""
    return any(data.startswith(magic) for magic, *said in _FOREIGN if tuple(said) == _PICTURE)


def old_form(data: bytes) -> str:
    """Which old text format it is: ``doc``, ``wps``, ``rtf``, ``odt``, or Word's ``xml``.

    Args:
        data: A file whose container is ``legacy``.
    """
    if data.startswith(_ZIP):
        return "odt"
    if data.startswith(MAGIC):
        return "doc" if _WORD in Compound(data) else "wps"
    return "rtf" if data.startswith(_RTF) else "xml"


def text_format(text: str, name: str) -> str:
    """Which text it is: ``md`` or ``txt``.

    Raises:
        UnreadableDocument: It is markup, or the name promises another format.
    """
    suffix = suffix_of(name)
    if text[:_HEAD].lstrip().startswith("<?xml"):
        raise UnreadableDocument("这是 XML 数据，不是报告", TO_WORD)
    if suffix in _NOT_TEXT:
        what = f"文件名以 {suffix} 结尾，内容却是纯文本"
        raise UnreadableDocument(what, "请确认选对了文件，或改名为 .txt 再检查")
    return "md" if suffix in {".md", ".markdown"} else "txt"


def _zipped(data: bytes) -> str:
    """What a zip holds: an Office file, or several files of their own."""
    if is_overfull(data):
        raise UnreadableDocument("压缩包里的文件太多", "请确认来源可靠，或解压后再检查")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = _open_document(archive)
    except BROKEN as error:
        raise UnreadableDocument("文件已损坏，无法解开", _mending(data)) from error
    for folder, found in _INSIDE:
        if any(name.startswith(folder) and name.endswith((".xml", ".bin")) for name in names):
            return found
    if kind:
        return kind
    for part, what, advice in _INSIDE_FOREIGN:
        if any(name.startswith(part) for name in names):
            raise UnreadableDocument(what, advice)
    return "zip"


def _mending(data: bytes) -> str:
    """What to do with a damaged file, by the names of parts that still stand in it."""
    return next((advice for part, advice in _PARTS if part.search(data)), _AGAIN)


def _open_document(archive: zipfile.ZipFile) -> str:
    """Which OpenDocument it is, by the entry that must say so; "" for none."""
    entry = archive.NameToInfo.get("mimetype")
    if entry is None or entry.file_size > _HEAD or entry.compress_type != zipfile.ZIP_STORED:
        return ""
    told = archive.read(entry)
    kind = next((kind for word, kind in _OPEN_DOCUMENTS.items() if word in told), "")
    manifest = archive.NameToInfo.get("META-INF/manifest.xml")
    if not kind or manifest is None or manifest.file_size > _LONGEST_MANIFEST:
        return kind
    if b":encryption-data" in archive.read(manifest):
        raise UnreadableDocument(*_LOCKED)
    return kind


def _ole(data: bytes) -> str:
    """What the old Office container holds at its top; what is embedded lies further down."""
    try:
        top = Compound(data)
    except BrokenContainerError as error:
        raise UnreadableDocument("文件已损坏，无法解开", _mending(data)) from error
    if "EncryptedPackage" in top:
        raise UnreadableDocument(*_LOCKED)
    if _WORD in top:
        flags = top.head(_WORD, 12)[10:]
        if int.from_bytes(flags, "little") & _ENCRYPTED:
            raise UnreadableDocument(*_LOCKED)
        if not all(top.is_whole(part) for part in _WORD_TABLES if part in top):
            raise UnreadableDocument("文件不完整，后面的内容缺失", _AGAIN)
        return "legacy"
    if "Workbook" in top or "Book" in top:
        return "workbook"
    if "PowerPoint Document" in top:
        raise UnreadableDocument(*SLIDES)
    # WPS text files of old versions name their stream otherwise; LibreOffice knows some.
    return "legacy"
