"""The seam to an OCR package: absent, or a fake one."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

from validator.readers import ocr
from validator.readers.ocr import Recognised

if TYPE_CHECKING:
    import pytest


class _Reader:
    def __init__(self, result: SimpleNamespace) -> None:
        self.result = result

    def __call__(self, image: object) -> SimpleNamespace:
        return self.result


def install(monkeypatch: pytest.MonkeyPatch, boxes: object, txts: object) -> None:
    package = ModuleType("rapidocr")
    package.__spec__ = ModuleSpec("rapidocr", None)
    result = SimpleNamespace(boxes=boxes, txts=txts)
    package.RapidOCR = lambda: _Reader(result)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rapidocr", package)
    ocr._engine.cache_clear()


def test_without_the_package_nothing_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_PACKAGE", "no_such_package_here")

    assert not ocr.installed()
    assert ocr.recognise(object()) is None


def test_lines_and_their_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, [[[6, 2], [90, 4], [90, 20], [6, 18]]], ("收入合计3.00万元",))

    assert ocr.installed()
    assert ocr.recognise(object()) == [Recognised("收入合计3.00万元", 6, 2, 90, 20)]


def test_picture_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, None, None)

    assert ocr.recognise(object()) == []
