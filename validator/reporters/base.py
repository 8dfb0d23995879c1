"""What every reporter is（输出）: it takes reports one by one and gives the output in the end.

A reporter keeps nothing of a report but what it will print, so a run over thousands of files
needs no more memory than one over a few.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Protocol

from validator.reporters.summary import Demands, Summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.engine.schema import Rule
    from validator.findings import Category, Report, Severity

_IN_MEMORY = 4 * 1024 * 1024
"""Bytes of an output that are kept in memory before they go to disk."""
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What outputs tell of a rule（规则说明）; rules and the checks of waivers both have one.

    Attributes:
        id: Rule id.
        name: Readable rule name.
        title: Short Chinese title.
        category: What kind of problem.
        severity: How grave a finding is.
        why: The reason, for people.
        references: Legal basis.
    """

    id: str
    name: str
    title: str
    category: Category
    severity: Severity
    why: str = ""
    references: tuple[str, ...] = ()

    @classmethod
    def of(cls, rule: Rule) -> RuleCard:
        """The card of a rule."""
        return cls(
            rule.id, rule.name, rule.title, rule.category, rule.severity, rule.why.strip(),
            rule.references,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A run as a whole（一次检查）: what an output says besides its reports.

    Attributes:
        total: Counts and verdict.
        fingerprint: ``sha256:…`` of the rules that the files were checked with.
        rules: How many they are.
        cards: Those rules, and the checks of waivers, by id in their order.
        demands: What made the verdict.
        refused: Options, rules or settings that could not be used, one Chinese line each.
        config: The configuration file, as a user would name it, or "".
        exceptions: Demands of the files of which something else is demanded, by name.
    """

    total: Summary
    fingerprint: str
    rules: int = 0
    cards: Mapping[str, RuleCard] = field(default_factory=dict)
    demands: Demands = field(default_factory=Demands)
    refused: tuple[str, ...] = ()
    config: str = ""
    exceptions: Mapping[str, Demands] = field(default_factory=dict)

    def demands_of(self, name: str) -> Demands:
        """What a file must fulfil.

        Args:
            name: The name of its report.
        """
        return self.exceptions.get(name, self.demands)


@dataclass(frozen=True, slots=True)
class Look:
    """How an output is wanted（输出选项）.

    Attributes:
        lang: ``zh`` or ``en``.
        colour: Whether a terminal may show colours.
        all_notes: Whether every note of a rule is shown to people.
        quiet: Whether people are told the verdict only.
        evaluations: Whether JSON lists every comparison.
        numbers: Whether JSON lists every figure.
    """

    lang: str = "zh"
    colour: bool = True
    all_notes: bool = False
    quiet: bool = False
    evaluations: bool = False
    numbers: bool = False


class Reporter(Protocol):
    """Makes one output of a run."""

    def add(self, report: Report) -> None:
        """Take the next report; they come in the order of the files."""

    def finish(self, run: Run) -> Iterator[str] | Iterator[bytes]:
        """The output, or what of it is still to be written, in pieces."""


class Spool:
    """Text that waits for its turn（暂存）, on disk when there is much of it."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with its last piece
        self._empty = True

    def __bool__(self) -> bool:
        """Whether anything was written."""
        return not self._empty

    def write(self, text: str) -> None:
        """Add text to the end."""
        self._empty = self._empty and not text
        self._file.write(text.encode("utf-8", "replace"))

    def pieces(self) -> Iterator[str]:
        """All of it, once, in pieces that end at the end of a line."""
        self._file.seek(0)
        rest = b""
        while block := self._file.read(_PIECE):
            whole, feed, rest = (rest + block).rpartition(b"\n")
            yield (whole + feed).decode()
        yield rest.decode()
        self._file.close()

    def lines(self) -> Iterator[str]:
        """All of it, once, line by line, without line feeds and empty lines."""
        for piece in self.pieces():
            yield from filter(None, piece.split("\n"))
