"""Web pages → Document（网页读取）: the words of the page's main part, without its menus.

Also pages that Word, WPS and LibreOffice save, and pages wrapped with their pictures in one
file（.mht）. What a style sheet or a script hides or shows is not known here.
"""

from __future__ import annotations

import email
import email.policy
import re
from typing import TYPE_CHECKING

from lxml import etree

from validator.errors import UnreadableDocument
from validator.readers.encoding import decode
from validator.readers.html_page import main_part
from validator.readers.html_story import PageStory
from validator.readers.layout import laid_out

if TYPE_CHECKING:
    from lxml.etree import _Element

    from validator.document import Document

_LARGEST = 64 * 1024 * 1024
_WRAPPED = re.compile(
    rb"\s*(?:MIME-Version|[\w-]+:.*?^MIME-Version):", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_DECLARED = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_HEAD = 8192
_SCRIPTED = "它可能用脚本载入内容，请等页面显示后另存为网页，或下载附件再检查"


def read(data: bytes, name: str, digest: str) -> Document:
    """Read a web page.

    Args:
        data: The whole file.
        name: What to call it.
        digest: Digest of the bytes.

    Raises:
        UnreadableDocument: It is too large, no text, or shows nothing by itself.
    """
    if len(data) > _LARGEST:
        raise UnreadableDocument("网页超过 64 MB", "请确认它是报告，或另存为 .docx 再检查")
    page, declared = _unwrapped(data) if _WRAPPED.match(data[:_HEAD]) else (data, "")
    if not declared and (told := _DECLARED.search(page[:_HEAD])):
        declared = told[1].decode("ascii")
    text, unread = decode(page, declared)
    root, complete = _parsed(text)
    if not complete:
        unread.append("网页的结构嵌套太深，后面的内容没有读出")
    if root is None:
        raise UnreadableDocument("网页里没有正文", _SCRIPTED)
    story = PageStory()
    story.tell(main_part(root))
    draft = laid_out(story.shapes)
    draft.unread[:0] = [*unread, *story.unread]
    if draft.is_blank:
        raise UnreadableDocument("网页里没有正文", _SCRIPTED)
    return draft.finish(name, "html", digest)


def _unwrapped(data: bytes) -> tuple[bytes, str]:
    """The page in a file that holds it together with its pictures, and its encoding."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                page = part.get_payload(decode=True)
                if isinstance(page, bytes):
                    return page, part.get_content_charset("")
    except (LookupError, ValueError, RecursionError) as error:
        raise UnreadableDocument(
            "文件已损坏，网页读不出来", "请在浏览器里重新保存网页，再检查"
        ) from error
    raise UnreadableDocument("文件里没有网页", "请在浏览器里重新保存网页，再检查")


def _parsed(text: str) -> tuple[_Element | None, bool]:
    """Root of the page, and whether all of it was taken; careless pages nest very deep."""
    # The parser stops at the first </html>, and pages pasted into pages have several.
    page = _ENDS.sub("", text.replace("\x00", "")).encode("utf-8", errors="replace")
    complete = False
    root: _Element | None = None
    for huge in (False, True):
        parser = etree.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True,
            huge_tree=huge,
        )  # fmt: skip
        try:
            root = etree.fromstring(page, parser)
        except etree.XMLSyntaxError:
            return None, True
        complete = not any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log)
        if complete:
            break
    return root, complete
