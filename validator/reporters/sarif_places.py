"""Places as SARIF has them（位置）: files, regions of text, names of places elsewhere.

Only a text file has lines: there a region gives lines, columns and characters of the file
itself. Of other files the standard allows no region of text, and line numbers of the text
that gouji reads out of them would point nowhere; such a place is named by section, paragraph,
table cell or page, and its offsets in that text are among the properties.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from validator.quantity import plain
from validator.reporters.passages import shortened
from validator.reporters.places import Places, as_json, place_in, shown_path
from validator.reporters.sarif_model import (
    ArtifactContent,
    ArtifactLocation,
    Location,
    LogicalLocation,
    Message,
    PhysicalLocation,
    PropertyBag,
    Region,
)
from validator.reporters.told import BY_LINE, place_words, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.document import Document, Span
    from validator.findings import Evidence, Report
    from validator.reporters.places import Place
    from validator.reporters.words import Words

BASE = "%SRCROOT%"
"""Name of the folder that relative paths begin at; which one it is the file does not say."""


def artifact_location(name: str, index: int | None = None) -> ArtifactLocation:
    """Where a file is, without this machine's folders.

    Args:
        name: The file as it was given; a member of an archive as ``压缩包.zip/附表.xlsx``.
        index: Its number among the artifacts, where it is known.
    """
    given = Path(name)
    outside = given.is_absolute() and not given.is_relative_to(Path.cwd())
    path = posixpath.normpath(shown_path(name))
    based = not outside and path.split("/")[0] != ".."
    return ArtifactLocation(uri=quote(path), uri_base_id=BASE if based else None, index=index)


def archive_of(name: str) -> str:
    """The archive that a file is a member of, or ""."""
    path = PurePosixPath(shown_path(name))
    return next((str(p) for p in path.parents if p.suffix.lower() == ".zip"), "")


def whole_file(name: str, index: int | None = None) -> Location:
    """A file as a place."""
    return Location(
        physical_location=PhysicalLocation(artifact_location=artifact_location(name, index))
    )


def line_of_file(place: str) -> Location:
    """A place written ``gouji-waivers.yaml:3``; without a line the whole file."""
    name, _, line = place.rpartition(":")
    if not (name and line.isdecimal() and int(line)):
        return whole_file(place)
    return Location(
        physical_location=PhysicalLocation(
            artifact_location=artifact_location(name), region=Region(start_line=int(line))
        )
    )


def region(document: Document, span: Span) -> Region:
    """A span of a text file; the end is the place after the last character."""
    line, column = _position(document, span.start)
    end_line, end_column = line, column
    if span.end > span.start:
        end_line, end_column = _position(document, span.end - 1)
        end_column += 1
    quoted = document.quote(span)
    return Region(
        start_line=line,
        start_column=column,
        end_line=end_line,
        end_column=end_column,
        char_offset=span.start,
        char_length=len(quoted),
        snippet=ArtifactContent(text=quoted) if quoted else None,
    )


def _position(document: Document, offset: int) -> tuple[int, int]:
    """Line and column of a character; the end of the file belongs to its last line."""
    if offset and offset >= len(document.text):
        line, column = _position(document, len(document.text) - 1)
        return line, column + 1
    return document.line_of(offset), offset - document.text.rfind("\n", 0, offset)


@dataclass(frozen=True, slots=True)
class Locator:
    """Finds the places of one report's evidence.

    Attributes:
        document: The report's text.
        name: The file.
        index: Its number among the artifacts.
        places: Its lines, cells and sections.
        others: The other files of its set.
        words: Language.
    """

    document: Document
    name: str
    index: int
    places: Places
    others: Mapping[str, Document]
    words: Words

    @classmethod
    def of(cls, report: Report, index: int, words: Words) -> Locator | None:
        """The locator of a report, None where there is no text."""
        if report.document is None:
            return None
        return cls(report.document, report.name, index, Places(report), report.others, words)

    @property
    def is_text(self) -> bool:
        """Whether the text is the file's own, so that its places are places of the file."""
        return self.document.format in BY_LINE

    def file(self) -> ArtifactLocation:
        """Where the report is."""
        return artifact_location(self.name, self.index)

    def location(self, evidence: Evidence, number: int | None = None) -> Location:
        """Where evidence stands.

        Args:
            evidence: An operand.
            number: Its number among the related locations, None for what is wrong itself.
        """
        document, artifact = self.document, self.file()
        place = self.places.of(evidence.span)
        if evidence.document:
            document = self.others[evidence.document]
            artifact = artifact_location(evidence.document)
            place = place_in(document, evidence.span)
        in_file = document.format in BY_LINE
        return Location(
            id=number,
            physical_location=PhysicalLocation(
                artifact_location=artifact,
                region=region(document, evidence.span) if in_file else None,
            ),
            logical_locations=_logical(place, document, self.words) or None,
            message=self._message(evidence, document, place, related=number is not None),
            properties=_operand(evidence)
            | ({} if in_file else _in_text(evidence, document, place)),
        )

    def _message(
        self, evidence: Evidence, document: Document, place: Place, *, related: bool
    ) -> Message:
        quoted = f"“{shortened(visible(document.quote(evidence.span)))}”"
        if not related:
            return Message(text=quoted)
        where = place_words(place, document, self.words)
        if evidence.document:
            where = f"{shown_path(evidence.document)} {where}"
        return Message(text=self.words.also.format(place=where) + quoted)


def _logical(place: Place, document: Document, words: Words) -> list[LogicalLocation]:
    """The cell or paragraph under its section; of a text file the section alone."""
    section = visible(place.section or "")
    if place.cell is not None:
        return [_named(place.cell, "", "cell")]
    if place.table is not None:
        name = words.cell.format(table=place.table, row=place.row, column=place.column)
        return [_named(name, section, "cell")]
    if document.format not in BY_LINE:
        return [_named(place_words(place, document, words), section, "paragraph")]
    return [_named(section, "", "section")] if section else []


def _named(name: str, section: str, kind: str) -> LogicalLocation:
    whole = f"{section}/{name}" if section else name
    return LogicalLocation(name=name, fully_qualified_name=whole, kind=kind)


def _operand(evidence: Evidence) -> PropertyBag:
    bag: PropertyBag = {"role": evidence.role}
    if evidence.value is not None:
        bag["value"] = plain(evidence.value)
    if evidence.unit is not None:
        bag["unit"] = evidence.unit
    return bag


def _in_text(evidence: Evidence, document: Document, place: Place) -> PropertyBag:
    """Place in the text that ``gouji text`` prints, named as in the JSON report."""
    bag = as_json(document, evidence.span, place)
    return {key: value for key, value in bag.items() if value is not None}
