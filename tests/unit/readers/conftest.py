"""Word files made from a few lines of XML."""

from __future__ import annotations

import io
import zipfile
from typing import Protocol

import pytest

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


class WordFile(Protocol):
    """Makes the bytes of a Word file."""

    def __call__(self, body: str, links: dict[str, str] | None = None, **parts: str) -> bytes:
        """Make a file.

        Args:
            body: Content of w:body.
            links: Relationship id → part, for parts that are not named in ``parts``.
            parts: Content of the root of each part, such as styles, numbering, footnotes.
        """
        ...


def relationships(pairs: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{one}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for one, (kind, target) in {
            key: (value.partition(":")[0], value.partition(":")[2])
            for key, value in pairs.items()
        }.items()
    )
    return f'<Relationships xmlns="{LINKS}">{rows}</Relationships>'


def zipped(files: dict[str, str]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in files.items():
            archive.writestr(name, words)
    return raw.getvalue()


def make(body: str, links: dict[str, str] | None = None, **parts: str) -> bytes:
    found = {name: f"{name}:{name}.xml" for name in parts if not name.startswith("chart")}
    found |= {name: f"chart:charts/{name}.xml" for name in parts if name.startswith("chart")}
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relationships({"r1": "officeDocument:word/document.xml"}),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(found | (links or {})),
    }
    for name, content in parts.items():
        chart = name.startswith("chart")
        root = "c:chartSpace" if chart else f"w:{name}"
        path = f"word/charts/{name}.xml" if chart else f"word/{name}.xml"
        files[path] = f"<{root} {NAMES}>{content}</{root}>"
    return zipped(files)


@pytest.fixture
def word_file() -> WordFile:
    return make
