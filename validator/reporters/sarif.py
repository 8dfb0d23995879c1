"""Reports → SARIF 2.1.0（给代码平台看）: the OASIS format of GitHub, editors and DefectDojo.

What stands where is told in docs/output.md. The same input gives the same bytes: no times, no
folders of this machine, no identifiers that change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from validator.findings import Status
from validator.reporters.base import RuleCard, Spool
from validator.reporters.labels import LABELS
from validator.reporters.missed import figures, missed, refused, too_few
from validator.reporters.places import shown_path
from validator.reporters.sarif_artifacts import artifact, shares
from validator.reporters.sarif_model import (
    ArtifactLocation,
    AutomationDetails,
    DescriptorReference,
    Failure,
    Invocation,
    Log,
    Message,
    Notification,
    Run,
    Tool,
    ToolComponent,
)
from validator.reporters.sarif_places import BASE, whole_file
from validator.reporters.sarif_results import results
from validator.reporters.sarif_rules import (
    GRAVITY,
    PHRASES,
    card_of,
    notification_kinds,
    rule,
)
from validator.reporters.told import visible
from validator.reporters.verdict import sentence
from validator.reporters.words import LANGUAGES
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from validator.findings import Finding, Gone, Report
    from validator.reporters import base
    from validator.reporters.sarif_model import Location, PropertyBag, SarifObject

LANGUAGE = "zh-CN"
"""Of what the rules say; ``--lang`` changes only the words around it."""
CATEGORY = "gouji/"
"""Kind of run: GitHub takes a later run of the same kind to replace an earlier one."""
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
_WRITTEN_PATH = re.compile(r"(?<=“)[^”]+(?=”)|^.+?(?=:\d+)")


class Sarif:
    """The SARIF log; rules stand in the order in which findings first name them."""

    def __init__(self, look: base.Look) -> None:
        """Use the language wanted for what the rules do not say."""
        self._words, self._labels = LANGUAGES[look.lang], LABELS[look.lang]
        self._phrases = PHRASES[look.lang]
        self._notifications = _Array("toolExecutionNotifications", 5)
        self._artifacts = _Array("artifacts", 3)
        self._results = _Array("results", 3)
        self._cards: dict[str, RuleCard] = {}
        self._numbers: dict[str, int] = {}
        self._files: list[tuple[str, tuple[int, int] | None]] = []

    def add(self, report: Report) -> None:
        """Take the next report."""
        index = len(self._files)
        self._files.append((report.name, figures(report)))
        self._artifacts.put(artifact(report, index, self._phrases))
        for result in results(report, index, self._rule, self._words):
            self._results.put(result)
        for one in missed(report):
            file = whole_file(report.name, index)
            trace = report.trace if one.kind == Status.QUARANTINED else None
            self._notifications.put(_notification(one.kind, one.text, file, trace))

    def finish(self, run: base.Run) -> Iterator[str]:
        """The whole log, ending in a line feed."""
        self._tell_thin(run)
        rest = Log(runs=[self._run(run)]).laid_out() + "\n"
        for array in (self._notifications, self._artifacts, self._results):
            rest = yield from array.written_into(rest)
        yield rest

    def _rule(self, found: Finding | Gone) -> int:
        """Number of a rule, a new one when it is first named."""
        if found.rule not in self._numbers:
            self._numbers[found.rule] = len(self._numbers)
            self._cards[found.rule] = card_of(found)
        return self._numbers[found.rule]

    def _tell_thin(self, run: base.Run) -> None:
        """Files in which too few figures were checked: how many are too few is known now."""
        for index, (name, counted) in enumerate(self._files):
            if counted and (said := too_few(counted, run.demands_of(name), self._labels)):
                self._notifications.put(_notification("thin", said, whole_file(name, index)))

    def _run(self, run: base.Run) -> Run:
        total = run.total
        configuration = [
            _notification(one.kind, _without_folders(one.text)) for one in refused(run)
        ]
        invocation = Invocation(
            execution_successful=not (total.unreadable or total.quarantined or total.refused),
            exit_code=total.exit_code,
            exit_code_description=sentence(total, self._words),
            tool_configuration_notifications=configuration,
        )
        driver = ToolComponent(
            version=__version__,
            semantic_version=__version__ if _SEMANTIC.fullmatch(__version__) else None,
            language=LANGUAGE,
            rules=[
                rule(run.cards.get(name, card), self._phrases)
                for name, card in self._cards.items()
            ],
            notifications=notification_kinds(self._labels.missed),
        )
        base_folder = ArtifactLocation(description=Message(text=self._phrases.base))
        return Run(
            tool=Tool(driver=driver),
            invocations=[invocation],
            language=LANGUAGE,
            original_uri_base_ids={BASE: base_folder},
            automation_details=AutomationDetails(id=CATEGORY),
            properties=_totals(run),
        )


@dataclass(slots=True)
class _Array:
    """An array of the log whose items are kept out of memory until the frame is known.

    Attributes:
        key: Its property.
        depth: How far that property is indented.
    """

    key: str
    depth: int
    _items: Spool = field(default_factory=Spool)

    def put(self, item: SarifObject) -> None:
        """Add an item to the end."""
        inside = self.depth + 1
        self._items.write(",\n" if self._items else "\n")
        self._items.write("  " * inside + item.laid_out(inside))

    def written_into(self, frame: str) -> Generator[str, None, str]:
        """The frame up to the array, and its items → what of the frame is left."""
        indent = "  " * self.depth
        # A quotation mark inside a string is escaped: only the frame has such a line.
        before, mark, after = frame.partition(f'\n{indent}"{self.key}": [')
        yield before + mark
        yield from self._items.pieces()
        if self._items:
            yield f"\n{indent}"
        return after


def _notification(
    kind: str, said: str, file: Location | None = None, trace: str | None = None
) -> Notification:
    failure = None
    if trace:
        name = trace.partition(":")[0]
        failure = Failure(kind=visible(name), message=visible(trace))
    return Notification(
        descriptor=DescriptorReference(id=kind, index=list(GRAVITY).index(kind)),
        level=GRAVITY[kind],
        message=Message(text=said),
        locations=[file] if file else None,
        exception=failure,
    )


def _without_folders(line: str) -> str:
    """A line about the configuration with paths as reports show them.

    They stand in quotation marks, or before a line number at the beginning.
    """
    return _WRITTEN_PATH.sub(
        lambda found: shown_path(found[0]) if Path(found[0]).is_absolute() else found[0], line
    )


def _totals(run: base.Run) -> PropertyBag:
    total, demands = run.total, run.demands
    wanted: PropertyBag = {
        "failOn": demands.fail_on.value,
        "maxFindings": demands.max_findings,
    }
    if demands.min_coverage is not None:
        wanted["minCoverage"] = str(demands.min_coverage)
    return {
        "ruleset": run.fingerprint,
        "rules": run.rules,
        "verdict": total.conclusion.value,
        "demands": wanted,
        "documents": total.documents,
        "findings": {
            "error": total.errors, "warning": total.warnings, "note": total.notes
        },
        "known": total.known,
        "suppressed": total.waived,
        "fixed": total.gone,
        "coverage": {
            "numbers": total.numbers,
            "checked": total.checked,
            **shares(total.checked, total.numbers),
        },
    }  # fmt: skip
