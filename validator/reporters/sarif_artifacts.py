"""Files as artifacts of SARIF（文件）: what each is and how much of it was checked."""

from __future__ import annotations

from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.reporters.sarif_model import Artifact, Message
from validator.reporters.sarif_places import archive_of, artifact_location
from validator.reporters.summary import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.findings import Report
    from validator.reporters.sarif_model import PropertyBag
    from validator.reporters.sarif_rules import Phrases

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MIME_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "txt": "text/plain",
        "md": "text/markdown",
        "html": "text/html",
        "pdf": "application/pdf",
        "docx": f"{_OFFICE}.wordprocessingml.document",
        "doc": "application/msword",
        "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
        "xls": "application/vnd.ms-excel",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "rtf": "application/rtf",
        "xml": "application/xml",
    }
)
_RECORDS: Mapping[str, str] = MappingProxyType(
    {
        ".json": "application/json",
        ".yaml": "application/yaml",
        ".yml": "application/yaml",
        ".csv": "text/csv",
        ".tsv": "text/tab-separated-values",
    }
)


def artifact(report: Report, index: int, phrases: Phrases) -> Artifact:
    """A file that was given.

    Args:
        report: Result for it.
        index: Its number among the artifacts.
        phrases: Language.
    """
    archive = archive_of(report.name)
    said = Message(text=phrases.member.format(archive=archive)) if archive else None
    return Artifact(
        description=said,
        location=artifact_location(report.name, index),
        mime_type=_mime_type(report),
        hashes={"sha-256": report.digest.removeprefix("sha256:")} if report.digest else None,
        properties=_told(report),
    )


def _mime_type(report: Report) -> str | None:
    if report.format == "records":
        return _RECORDS.get(PurePosixPath(report.name).suffix.lower())
    return _MIME_TYPES.get(report.format)


def _told(report: Report) -> PropertyBag:
    bag: PropertyBag = {"status": report.status.value}
    if report.reading is None:
        return bag
    coverage = report.coverage
    bag["format"] = report.format
    if report.reading.entity:
        bag["entity"] = report.reading.entity
    if report.reading.year:
        bag["year"] = report.reading.year
    bag["kind"] = report.reading.kind.value
    bag["rounding"] = report.rounding
    bag["coverage"] = {
        "numbers": coverage.numbers,
        "checked": coverage.checked,
        "consistent": coverage.consistent,
        "inconsistent": coverage.inconsistent,
        "unchecked": coverage.unchecked,
        "overall": {"numbers": coverage.all_numbers, "checked": coverage.all_checked},
        **shares(coverage.checked, coverage.numbers),
    }
    return bag


def shares(checked: int, numbers: int) -> dict[str, str]:
    """The ratio of a coverage, nothing where there is no figure."""
    share = ratio(checked, numbers)
    return {} if share is None else {"ratio": share}
