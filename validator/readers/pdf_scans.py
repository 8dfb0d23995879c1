"""Pages of a PDF without text（扫描页）: how to tell them, and OCR where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers import ocr
from validator.readers.pdf_flow import Sheet
from validator.readers.pdf_lines import Line

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

    from validator.readers.pdf_page import PageContent

_FEWEST = 20
"""Characters up to which a page with a large picture is a scan with a page number."""
_MOST = 200
"""Characters up to which a page may be a picture with a running head and a caption."""
_LARGE = 0.5
"""Share of the page from which a picture is large."""
_FILLING = 0.6
"""Share of the page from which a picture is the page itself."""
_MARGIN = 0.09
"""Share of the height, above and below, where running heads and page numbers stand."""
_OUTLINES = 200
"""Filled shapes from which a page without characters shows letters drawn as shapes."""
_SHARPNESS = 200 / 72
"""Pixels for a point: 200 to the inch, which small print needs."""
_MOST_PIXELS = 30_000_000


def is_scan(content: PageContent) -> bool:
    """Whether the words of a page are a picture."""
    if content.glyphs:
        return len(content.glyphs) <= _FEWEST and content.pictured > _LARGE
    return not content.unknown and (content.pictured > 0 or content.drawn > _OUTLINES)


def is_pictured(content: PageContent) -> bool:
    """Whether a page is a picture with a few words around it, in its margins or beside it.

    Words that are printed over a picture make it a cover or a background, which says nothing.
    """
    if content.pictured < _FILLING or len(content.glyphs) > _MOST:
        return False
    _, low, _, high = content.box
    margin = _MARGIN * content.height
    left, bottom, right, top = content.picture
    over = [
        one
        for one in content.glyphs
        if left <= one.left <= right
        and max(bottom, low + margin) < one.base < min(top, high - margin)
    ]
    return len(over) <= _FEWEST // 4


def is_unmapped(content: PageContent) -> bool:
    """Whether many characters of a page do not tell what they are."""
    return content.unknown > max(5, 0.05 * len(content.glyphs))


def recognised(page: PdfPage, content: PageContent) -> Sheet | None:
    """Lines of a scanned page by OCR, or None when no OCR is installed."""
    if not ocr.installed():
        return None
    width, height = page.get_size()
    scale = min(_SHARPNESS, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    image = page.render(scale=scale)
    try:
        found = ocr.recognise(image.to_pil())
    except Exception:
        # Whatever the package does, the page was not read.
        return None
    finally:
        image.close()
    if found is None:
        return None
    lines = []
    for one in sorted(found, key=lambda one: (one.top, one.left)):
        size = (one.bottom - one.top) / scale
        lead = min(size, (one.right - one.left) / scale)
        base = height - one.bottom / scale
        lines.append(Line(one.words, one.left / scale, one.right / scale, base, size, lead))
    return Sheet(content.number, 0.0, 0.0, width, height, lines, [])
