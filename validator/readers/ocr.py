"""Words in a picture（文字识别）: asks an OCR package when one is installed, else says so.

The package is an extra, ``gouji[ocr]``. What it reads may be wrong in any digit, so whoever
asks must tell the reader to compare the figures by eye.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

_PACKAGE = "rapidocr"


class Recognised(NamedTuple):
    """A line of words in a picture, with its box in pixels, y downwards."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


def installed() -> bool:
    """Whether an OCR package is there."""
    return find_spec(_PACKAGE) is not None


def recognise(image: object) -> list[Recognised] | None:
    """Lines of words in a picture, or None when no OCR package is installed.

    Args:
        image: The picture, as Pillow has it.
    """
    if not installed():
        return None
    result = _engine()(image)
    boxes, texts = result.boxes, result.txts
    if boxes is None or texts is None:
        return []
    found = []
    for corners, words in zip(boxes, texts, strict=True):
        across = [float(corner[0]) for corner in corners]
        down = [float(corner[1]) for corner in corners]
        found.append(Recognised(str(words), min(across), min(down), max(across), max(down)))
    return found


@cache
def _engine() -> Any:
    """The package's reader, made once: loading its models takes a second."""
    return import_module(_PACKAGE).RapidOCR()
