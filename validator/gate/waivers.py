"""Waivers（豁免）: findings that somebody has looked at and answers for, until a day.

They are kept in a YAML file that is reviewed like any other change. Each names one finding by
its rule and its fingerprint or the words it stands at, and says why, who answers for it and
until when; nothing of this may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from validator.document import Span
from validator.engine.schema import RuleId, Strict, Text, Words
from validator.engine.strict import validated
from validator.engine.yaml_load import Located, parse_yaml
from validator.errors import RuleError, UsageError
from validator.standing import Waiver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.document import Document
    from validator.findings import Evidence, Finding, Report

_LARGEST = 4 * 1024 * 1024
_KEY = "waivers"


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("应是日期，如 2026-12-31")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"“{value}”不是有的日子；应是日期，如 2026-12-31") from None
    return value


class WaiverEntry(Strict):
    """An entry of a waiver file.

    Attributes:
        rule: Id of the rule whose finding may stand.
        fingerprint: Its fingerprint; this or ``quote``.
        quote: Words of the report that it stands at; this or ``fingerprint``.
        files: Patterns of paths, as in ``.gitignore``, from the folder of the waiver file.
        reason: Why it may stand.
        owner: Who answers for that.
        expires: The last day on which it holds.
    """

    rule: RuleId
    fingerprint: Text | None = None
    quote: Text | None = None
    files: Words = ()
    reason: Text
    owner: Text
    expires: Annotated[date, BeforeValidator(_day)]

    @model_validator(mode="after")
    def _one_of_both(self) -> WaiverEntry:
        if (self.fingerprint is None) == (self.quote is None):
            raise ValueError("fingerprint（指纹）和 quote（原话）要写一个，只写一个")
        return self


class _WaiverList(Strict):
    waivers: tuple[Any, ...] = Field(default=())


@dataclass(slots=True)
class Entry:
    """An entry, and what it was used for.

    Attributes:
        at: Its place in the list, from 0.
        line: Its first line.
        waiver: What its findings get.
        said: What it says.
        covered: By file, the fingerprints of the findings that it covers.
        looked: Whether a file was checked that it is about, with its rule.
    """

    at: int
    line: int
    waiver: Waiver
    said: WaiverEntry
    covered: dict[str, list[str]] = field(default_factory=dict)
    looked: bool = False

    def expired(self, today: date) -> bool:
        """Whether it held until an earlier day."""
        return self.said.expires < today


class Waivers:
    """The waivers of a run."""

    def __init__(self, path: Path, today: date) -> None:
        """Read a waiver file.

        Args:
            path: The file.
            today: The day of the run.

        Raises:
            UsageError: It cannot be read.
            RuleError: It is no list of waivers; the message is located.
        """
        self.path = path
        self.today = today
        self._home = path.resolve().parent
        try:
            self.content = path.read_bytes()
        except FileNotFoundError:
            raise UsageError(f"没有豁免文件“{path}”；请检查配置里的 waivers") from None
        except OSError:
            raise UsageError(f"豁免文件“{path}”读不了；请检查它的权限") from None
        located = parse_yaml(self.content, path.as_posix(), largest=_LARGEST)
        count = len(validated(_WaiverList, located).waivers)
        self.faults: list[str] = []
        self.entries = list(self._read(located, count))

    def _read(self, located: Located, count: int) -> Iterator[Entry]:
        """Entries; a wrong one is told and left out."""
        for at in range(count):
            part = _part(located, at)
            try:
                said = validated(WaiverEntry, part)
            except RuleError as error:
                self.faults.append(f"{error}；这一条豁免没有用")
                continue
            line = located.place((_KEY, at)).line
            place = f"{located.name}:{line}"
            waiver = Waiver(said.reason, said.owner, said.expires, place)
            yield Entry(at, line, waiver, said)

    def mark(self, report: Report, ran: Iterable[str]) -> Report:
        """The report with the waiver of each finding that has one.

        Args:
            report: A result.
            ran: Ids of the rules that ran on it.
        """
        document = report.document
        rules = set(ran)
        entries = [e for e in self.entries if e.said.rule in rules and self._about(e, report)]
        if document is None or not entries:
            return report
        marked: dict[int, Waiver] = {}
        for entry in entries:
            entry.looked = True
            for finding in _covered(entry.said, report.findings, document):
                entry.covered.setdefault(report.name, []).append(finding.fingerprint)
                if not entry.expired(self.today):
                    marked.setdefault(id(finding), entry.waiver)
        findings = (replace(f, waiver=marked.get(id(f))) for f in report.findings)
        return replace(report, findings=tuple(findings))

    def _about(self, entry: Entry, report: Report) -> bool:
        if not entry.said.files:
            return True
        from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only for waivers of some files

        whole = Path(report.name).resolve()
        near = whole.relative_to(self._home) if whole.is_relative_to(self._home) else whole
        return GitIgnoreSpec.from_lines(entry.said.files).match_file(
            near.as_posix().lstrip("/")
        )


def _part(located: Located, at: int) -> Located:
    """One entry as if it were the whole file."""
    data = located.data[_KEY] if isinstance(located.data, dict) else []
    node = data[at] if isinstance(data, list) else ""
    places = {p[2:]: place for p, place in located.places.items() if p[:2] == (_KEY, at)}
    return Located(located.name, node, places)


def _covered(
    said: WaiverEntry, findings: Iterable[Finding], document: Document
) -> list[Finding]:
    """The findings that an entry is about.

    By words, those that are marked there; where none is, those that have another of their
    figures there.
    """
    own = [finding for finding in findings if finding.rule == said.rule]
    if said.quote is None:
        return [finding for finding in own if finding.fingerprint == said.fingerprint]
    places = [Span(start, end) for start, end in _stands(said.quote, document.text)]
    marked = [f for f in own if _at(f.evidence[:1], places)]
    return marked or [f for f in own if _at(f.evidence, places)]


def _at(evidence: Iterable[Evidence], places: Iterable[Span]) -> bool:
    here = [one.span for one in evidence if not one.document]
    return any(span.overlaps(place) for place in places for span in here)


def _stands(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, whatever blanks and line feeds are between them."""
    letters = [re.escape(letter) for letter in quote if not letter.isspace()]
    for found in re.finditer(r"\s*".join(letters), text) if letters else ():
        yield found.span()
