"""Old formats through LibreOffice say the same as the Word file that they were saved from.

What an RTF cannot carry is a chart's data: LibreOffice, like Word, keeps only its picture.
All else that the examples hold survives in .doc, .rtf and .odt.
"""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import pytest
from charted_file import charted
from office_files import NO_OFFICE, save_as

from validator.document import BlockKind
from validator.findings import Report, Status
from validator.readers import office, read
from validator.run import check, check_many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from office_files import Converted

    from validator.document import Document

FORMATS = ("doc", "rtf", "odt")


def told(report: Report) -> list[tuple[str, list[str]]]:
    """Rule and quotes of each finding, blanks left out."""
    assert report.status is Status.CHECKED, report.error
    document = report.document
    assert document is not None
    return [
        (one.rule, ["".join(document.quote(e.span).split()) for e in one.evidence])
        for one in report.findings
    ]


@cache
def told_of_word(path: Path) -> list[tuple[str, list[str]]]:
    return told(check(path))


@pytest.fixture(scope="module", params=FORMATS)
def pairs(request: pytest.FixtureRequest, converted: Converted) -> list[tuple[Path, Report]]:
    """Each example with the report of its old file; one run of LibreOffice for all."""
    found = converted(request.param)
    return list(zip(found, check_many(list(found.values())), strict=True))


def test_old_files_have_the_findings_of_the_word_files(
    pairs: list[tuple[Path, Report]],
) -> None:
    assert [told(report) for _, report in pairs] == [told_of_word(path) for path, _ in pairs]
    assert sum(len(report.findings) for _, report in pairs) > 30


def test_old_files_keep_their_own_name_format_and_digest(
    pairs: list[tuple[Path, Report]], converted: Converted
) -> None:
    form = pairs[0][1].format
    originals = converted(form)

    for path, report in pairs:
        direct = originals[path]
        assert report.name == direct.as_posix()
        assert report.format == direct.suffix.strip(".")
        assert len({one.digest for _, one in pairs}) == len(pairs)


@pytest.fixture(scope="module", params=FORMATS)
def document(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Document:
    place = tmp_path_factory.mktemp("charted")
    path = place / "图表.docx"
    path.write_bytes(charted())
    (saved,) = save_as(request.param, [path], place).values()
    return read(saved)


def test_charts_tables_and_numbers_survive(document: Document) -> None:
    words = [document.quote(block.span) for block in document.blocks]

    assert words[:3] == ["第二部分 决算情况说明", "1. 收入情况说明", "2. 支出情况说明"]
    assert document.blocks[0].kind is BlockKind.HEADING
    assert [table.grid for table in document.tables] == [((0, 0, 1), (2, 3, 4))]
    charts = [
        (chart.title, series.name, [(one.label, str(one.value)) for one in series.points])
        for chart in document.charts
        for series in chart.series
    ]
    wanted = [("收支变动情况", "收入", [("2022年", "1200.5"), ("2023年", "609.94")])]
    assert charts == ([] if document.format == "rtf" else wanted)


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """Address of a server on this computer, and what was asked of it."""
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            asked.append("a request")
            return False

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def linking(target: str) -> bytes:
    """An OpenDocument text with a picture and a section that stand elsewhere."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for short, full in (("office", "office"), ("text", "text"), ("draw", "drawing"),
                            ("svg", "svg-compatible"))
    )  # fmt: skip
    body = (
        f'<text:section text:name="s"><text:section-source xlink:href="{target}/s.txt"/>'
        "<text:p>收入合计</text:p></text:section><text:p><draw:frame svg:width='2cm' "
        f"svg:height='2cm'><draw:image xlink:href='{target}/a.png'/></draw:frame></text:p>"
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        f'<?xml version="1.0"?><m:manifest xmlns:m="{space}">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return raw.getvalue()


@pytest.mark.skipif(office.find() is None, reason=NO_OFFICE)
def test_links_are_not_followed(visits: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = visits
    (tmp_path / "s.txt").write_text("机密", encoding="utf-8")
    near, far = tmp_path / "near.odt", tmp_path / "far.odt"
    near.write_bytes(linking(tmp_path.as_uri()))
    far.write_bytes(linking(address))

    reports = list(check_many([near, far]))

    texts = [report.document.text.strip() for report in reports if report.document]
    assert texts == ["收入合计", "收入合计"]
    assert asked == []
