"""Waivers（豁免）: findings that somebody has looked at and answers for, until a day.

They are kept in a YAML file that is reviewed like any other change. Each names one finding by
its rule and its fingerprint or the words it stands at, and says why, who answers for it and
until when; nothing of this may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from validator.document import Span
from validator.engine.schema import RuleId, Strict, Words
from validator.engine.strict import validated
from validator.engine.yaml_load import Located, nearest, parse_yaml
from validator.errors import RuleError, UsageError
from validator.homes import Home, Patterns
from validator.standing import Waiver

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from validator.document import Document
    from validator.findings import Evidence, Finding, Report

_LARGEST = 4 * 1024 * 1024
_KEY = "waivers"
_SHORTEST = 4
"""Letters that a quote needs at least."""


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("应是日期，如 2026-12-31")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"“{value}”不是有的日子；应是日期，如 2026-12-31") from None
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("不能是空的")
    return value.strip()


Said = Annotated[str, AfterValidator(_not_blank)]


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
    fingerprint: Said | None = None
    quote: Said | None = None
    files: Words = ()
    reason: Said
    owner: Said
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
        patterns: The files that it is about.
        covered: By file, the fingerprints of the findings that it covers.
        looked: Whether a file was checked that it is about, with its rule.
        near: What another finding of its rule says, in a file where it covers none.
    """

    at: int
    line: int
    waiver: Waiver
    said: WaiverEntry
    patterns: Patterns
    covered: dict[str, list[str]] = field(default_factory=dict)
    looked: bool = False
    near: str = ""

    def broad(self, name: str, count: int) -> bool:
        """Whether it covers more than the one finding that somebody has looked at.

        Args:
            name: A file.
            count: How many of its findings it covers.
        """
        elsewhere = not self.said.files and bool(self.covered.keys() - {name})
        return count > 1 or self.short or (elsewhere and count > 0)

    @property
    def short(self) -> bool:
        """Whether its words are too few to stand at one place only."""
        words = "".join((self.said.quote or "").split())
        return self.said.quote is not None and len(words) < _SHORTEST

    def expired(self, today: date) -> bool:
        """Whether it held until an earlier day."""
        return self.said.expires < today


class Waivers:
    """The waivers of a run."""

    def __init__(self, path: Path, today: date, rules: Collection[str] = ()) -> None:
        """Read a waiver file.

        Args:
            path: The file.
            today: The day of the run.
            rules: Ids of all rules that there are; an entry about another one is told. None
                means that nobody asks.

        Raises:
            UsageError: It cannot be read.
            RuleError: It is no list of waivers; the message is located.
        """
        self.path = path
        self.today = today
        self._home = Home.of(path)
        try:
            self.content = path.read_bytes()
        except FileNotFoundError:
            raise UsageError(f"没有豁免文件“{path}”；请检查配置里的 waivers") from None
        except OSError:
            what = "它是文件夹，请写文件" if path.is_dir() else "请检查它的权限"
            raise UsageError(f"豁免文件“{path}”读不了；{what}") from None
        located = parse_yaml(self.content, path.as_posix(), largest=_LARGEST)
        count = len(validated(_WaiverList, located).waivers)
        self.faults: list[str] = []
        self.entries = list(self._read(located, count, rules))

    def _read(self, located: Located, count: int, rules: Collection[str]) -> Iterator[Entry]:
        """Entries; a wrong one is told and left out."""
        for at in range(count):
            part = _part(located, at)
            try:
                said = validated(WaiverEntry, part)
                if rules and said.rule not in rules:
                    what = f"没有规则 {said.rule}{nearest(said.rule, rules)}"
                    raise part.error(("rule",), what)
            except RuleError as error:
                self.faults.append(f"{error}；这一条豁免没有用")
                continue
            line = located.place((_KEY, at)).line
            place = f"{located.name}:{line}"
            waiver = Waiver(said.reason, said.owner, said.expires, place)
            yield Entry(at, line, waiver, said, Patterns(said.files))

    def mark(self, report: Report, ran: Iterable[str]) -> Report:
        """The report with the waiver of each finding that has one that holds.

        Args:
            report: A result.
            ran: Ids of the rules that ran on it.
        """
        marked: dict[int, Waiver] = {}
        for entry, findings in self._covering(report, ran):
            if not entry.expired(self.today) and not entry.broad(report.name, len(findings)):
                marked |= {id(f): entry.waiver for f in findings if id(f) not in marked}
        if not marked:
            return report
        found = (replace(f, waiver=marked.get(id(f))) for f in report.findings)
        return replace(report, findings=tuple(found))

    def note(self, report: Report, ran: Iterable[str]) -> None:
        """Remember what each waiver was used for; see ``mark``."""
        for entry, findings in self._covering(report, ran):
            entry.looked = True
            if findings:
                entry.covered[report.name] = [finding.fingerprint for finding in findings]
            elif near := next((f for f in report.findings if f.rule == entry.said.rule), None):
                entry.near = entry.near or near.message

    def missing(self, entry: Entry) -> str:
        """The first of the files that an entry is about if none of them is there, else "".

        Patterns are not asked.
        """
        files = entry.said.files
        if any(set(one) & set("*?[!") or self._home.holds(one) for one in files):
            return ""
        return files[0] if files else ""

    def _covering(
        self, report: Report, ran: Iterable[str]
    ) -> Iterator[tuple[Entry, list[Finding]]]:
        """The waivers that are about a file, with the findings that each covers."""
        if report.document is None:
            return
        rules = set(ran)
        path = self._home.path_of(report.name)
        for entry in self.entries:
            if entry.said.rule in rules and entry.patterns.match(path):
                yield entry, _covered(entry.said, report.findings, report.document)


def _part(located: Located, at: int) -> Located:
    """One entry as if it were the whole file."""
    data = located.data[_KEY] if isinstance(located.data, dict) else []
    node = data[at] if isinstance(data, list) else ""
    places = {p[2:]: place for p, place in located.places.items() if p[:2] == (_KEY, at)}
    return Located(located.name, node, places)


def _covered(
    said: WaiverEntry, findings: Iterable[Finding], document: Document
) -> list[Finding]:
    """The findings that an entry is about: by words, those that are marked there."""
    own = [finding for finding in findings if finding.rule == said.rule]
    if said.quote is None or not own:
        return [finding for finding in own if finding.fingerprint == said.fingerprint]
    places = [Span(start, end) for start, end in _stands(said.quote, document.text)]
    return [f for f in own if any(_stands_at(f.evidence[0], place) for place in places)]


def _stands_at(marked: Evidence, place: Span) -> bool:
    """Whether words of a waiver hold what is marked; of a passage a part will do."""
    span = marked.span
    if marked.value is None and span.start <= place.start and place.end <= span.end:
        return True
    return place.start <= span.start and span.end <= place.end


def _stands(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, whatever blanks and line feeds are between them."""
    letters = [re.escape(letter) for letter in quote if not letter.isspace()]
    for found in re.finditer(r"\s*".join(letters), text) if letters else ():
        yield found.span()
