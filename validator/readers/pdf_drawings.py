"""The drawings of a PDF's page（线条与图片）: straight strokes, pictures, filled shapes."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from pypdfium2 import PdfMatrix, PdfPage
    from pypdfium2._helpers.pageobjects import PdfObject

Box = tuple[float, float, float, float]

_DEEPEST = 8
"""Drawings within drawings that are looked into."""
_MOST_SHAPES = 20_000
_MOST_STROKES = 6_000
"""Strokes beyond which a page holds a map or a chart, not a ruled table."""
_MOST_CORNERS = 400
_THICKEST = 3.0
"""Points from which a filled bar is an area, not a line."""
_SHORTEST = 0.5
_LEVEL = 0.7
"""Points by which the ends of a straight stroke may differ in height."""


@dataclass(slots=True)
class Drawings:
    """What is drawn on a page, as the file places it.

    Attributes:
        strokes: Boxes of straight strokes along an axis.
        pictured: Share of the page that its largest picture takes.
        picture: Place of its largest picture.
        filled: Number of filled shapes that are no strokes.
        crowded: Whether some were left out for their number.
    """

    strokes: list[Box] = field(default_factory=list)
    pictured: float = 0.0
    picture: Box = (0.0, 0.0, 0.0, 0.0)
    filled: int = 0
    crowded: bool = False


def drawings(page: PdfPage, seen: Box) -> Drawings:
    """Find the strokes and pictures of a page."""
    found = Drawings()
    area = max((seen[2] - seen[0]) * (seen[3] - seen[1]), 1.0)
    kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    for number, shape in enumerate(page.get_objects(filter=kinds, max_depth=_DEEPEST)):
        if number >= _MOST_SHAPES or len(found.strokes) > _MOST_STROKES:
            found.crowded = True
            break
        if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            place = left, bottom, right, top = _bounds(shape)
            share = (right - left) * (top - bottom) / area
            if share > found.pictured:
                found.pictured, found.picture = share, place
        else:
            _take_path(shape, found)
    return found


def _take_path(shape: PdfObject, found: Drawings) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)
    if not (fill.value or stroke.value):
        return
    left, bottom, right, top = _bounds(shape)
    if stroke.value:
        corners = pdfium.FPDFPath_CountSegments(shape)
        if min(right - left, top - bottom) <= _THICKEST and corners <= 2:
            _add(found, (left, bottom, right, top))
        elif corners <= _MOST_CORNERS:
            for piece in _pieces(shape, corners):
                _add(found, piece)
    elif min(right - left, top - bottom) <= _THICKEST:
        _add(found, (left, bottom, right, top))
    else:
        found.filled += 1


def _bounds(shape: PdfObject) -> Box:
    """Place of a shape on the page, also of one inside a drawing."""
    left, bottom, right, top = shape.get_bounds()
    while shape.container is not None:
        shape = shape.container
        left, bottom, right, top = shape.get_matrix().on_rect(left, bottom, right, top)
    return left, bottom, right, top


def _add(found: Drawings, piece: Box) -> None:
    left, bottom, right, top = piece
    if max(right - left, top - bottom) >= _SHORTEST:
        found.strokes.append(piece)


def _pieces(shape: PdfObject, corners: int) -> list[Box]:
    """Straight pieces of a path along an axis, such as the four sides of a frame."""
    matrix = _matrix(shape)
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Box] = []
    start = here = (0.0, 0.0)
    for index in range(corners):
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        there = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = there
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            found += _straight(here, there)
        if pdfium.FPDFPathSegment_GetClose(segment):
            found += _straight(there, start)
        here = there
    return found


def _matrix(shape: PdfObject) -> PdfMatrix:
    """From a shape's own coordinates to those of the page."""
    matrix = shape.get_matrix()
    while shape.container is not None:
        shape = shape.container
        matrix = matrix.multiply(shape.get_matrix())
    return matrix


def _straight(one: tuple[float, float], other: tuple[float, float]) -> list[Box]:
    (left, right), (bottom, top) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if min(right - left, top - bottom) > _LEVEL:
        return []
    return [(left, bottom, right, top)]
