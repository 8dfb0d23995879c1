"""Reports → JUnit XML（测试报告）: a suite for each file, a case for each rule that judged it.

What fails is known only when the run ends, so each file waits as one line of JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from validator.findings import Severity, Verdict
from validator.reporters.base import Spool
from validator.reporters.labels import LABELS
from validator.reporters.missed import figures, flat, missed, refused, too_few
from validator.reporters.places import shown_path
from validator.reporters.summary import percent
from validator.reporters.told import aside, told, visible, waiver_words
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from validator.findings import Report
    from validator.reporters.base import Look, Run
    from validator.reporters.summary import Demands
    from validator.reporters.told import Told

_HOLDS = frozenset({Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING})


@dataclass(slots=True)
class _Rule:
    """What a rule came to in one file.

    Attributes:
        title: Its title, where a finding gave it.
        kind: Category of its findings.
        findings: Severity, short and whole words of each one that counts.
        asides: Why others do not count, and their words.
        gone: Words that the baseline knows and that are no longer there.
        holds: Whether a comparison of it held.
        causes: Rules at which its break is told.
        broken: Whether a comparison of it failed.
    """

    title: str = ""
    kind: str = ""
    findings: list[tuple[str, str, str]] = field(default_factory=list)
    asides: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    holds: bool = False
    causes: list[str] = field(default_factory=list)
    broken: bool = False

    @property
    def judged(self) -> bool:
        """Whether anything can be said of it: a comparison that lacks a figure says nothing."""
        return bool(self.holds or self.broken or self.findings or self.asides or self.gone)


class JUnit:
    """The JUnit report; see docs/output.md."""

    def __init__(self, look: Look) -> None:
        """Speak the language that is wanted."""
        self._words = LANGUAGES[look.lang]
        self._labels = LABELS[look.lang]
        self._files = Spool()
        self._names: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """Take the next report."""
        path = flat(shown_path(report.name))
        self._names[path] += 1
        again = self._names[path]
        file = {
            # Consumers keep one case of those with the same class and name.
            "name": path if again == 1 else f"{path} ({again})",
            "path": path,
            "source": report.name,
            "missed": [(one.kind, one.text) for one in missed(report)],
            "figures": figures(report),
            "rules": {
                rule: asdict(one)
                for rule, one in sorted(self._rules(report).items())
                if one.judged
            },
        }
        self._files.write(json.dumps(file) + "\n")

    def finish(self, run: Run) -> Iterator[str]:
        """The whole report, ending in a line feed."""
        suites, totals = Spool(), Counter[str]()
        for suite in self._settings(run):
            _write(suite, suites, totals)
        for line in self._files.lines():
            _write(self._suite(json.loads(line), run), suites, totals)
        counts = " ".join(
            f'{name}="{totals[name]}"' for name in ("tests", "failures", "errors")
        )
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f'<testsuites name="gouji" {counts} time="0">\n'
        yield from suites.pieces()
        yield "</testsuites>\n"

    def _rules(self, report: Report) -> dict[str, _Rule]:
        """What each rule that looked at a file came to."""
        rules: dict[str, _Rule] = {}
        for evaluation in report.evaluations:
            rule = rules.setdefault(evaluation.rule, _Rule())
            rule.holds |= evaluation.verdict in _HOLDS
            rule.broken |= evaluation.verdict is Verdict.INCONSISTENT
        for one in told(report, self._words):
            finding = one.finding
            rule = rules.setdefault(finding.rule, _Rule())
            rule.title, rule.kind = finding.title, finding.category.value
            text = "\n".join(self._lines(one))
            if aside(finding):
                rule.asides.append((self._why(one), text))
            else:
                brief = one.place + self._labels.colon + one.message
                rule.findings.append((finding.severity.value, brief, text))
            for other in finding.consequences:
                causes = rules.setdefault(other, _Rule()).causes
                causes.extend([finding.rule] if finding.rule not in causes else [])
        for gone in report.gone:
            rule = rules.setdefault(gone.rule, _Rule())
            rule.title = rule.title or gone.title
            rule.gone.append(
                self._labels.states["fixed"] + self._labels.colon + flat(gone.quote)
            )
        return rules

    def _lines(self, one: Told) -> Iterator[str]:
        """Everything that is said of a finding."""
        severity = self._words.severity[one.finding.severity]
        yield f"{severity}  " + "  ".join(filter(None, [one.place, one.section]))
        yield from one.lines()
        if one.finding.fingerprint:
            yield self._labels.fingerprint.format(text=one.finding.fingerprint)

    def _why(self, one: Told) -> str:
        """Why a finding does not count."""
        waiver = one.finding.waiver
        return waiver_words(waiver, self._words) if waiver else self._labels.known

    def _settings(self, run: Run) -> Iterator[ET.Element]:
        """The suite of options and rules, where one could not be used."""
        faults = [one.text for one in refused(run)]
        if not faults:
            return
        suite = _suite("gouji")
        for number, text in enumerate(faults, start=1):
            case = _case(suite, "gouji", f"{self._labels.settings} {number}")
            _outcome(case, "error", "refused", text)
        yield suite

    def _suite(self, file: dict[str, Any], run: Run) -> ET.Element:
        suite = _suite(file["name"], file["path"])
        demands = run.demands_of(file["source"])
        self._read(_case(suite, file["name"], self._labels.whole), file["missed"], demands)
        if file["figures"]:
            case = _case(suite, file["name"], self._labels.coverage)
            self._coverage(case, file["figures"], demands)
        for rule, kept in file["rules"].items():
            one = _Rule(**kept)
            card = run.cards.get(rule)
            title = card.title if card else one.title
            case = _case(suite, file["name"], flat(f"{rule} {title}"))
            self._judge(case, one, _demanded(demands), run)
        return suite

    def _read(self, case: ET.Element, kinds: list[list[str]], demands: Demands) -> None:
        """Whether all of a file was read and understood."""
        if not kinds:
            return
        passable = {"unclear", "lost"} if demands.allow_unread else {"unclear"}
        stopped = any(kind not in passable for kind, _ in kinds)
        text = self._labels.semicolon.join(
            self._labels.missed[kind] + self._labels.colon + line for kind, line in kinds
        )
        _outcome(case, "error" if stopped else "skipped", kinds[0][0], text)

    def _coverage(self, case: ET.Element, counted: list[int], demands: Demands) -> None:
        """Whether enough was checked; a file without figures passes nothing."""
        numbers, checked = counted
        if text := too_few(counted, demands, self._labels):
            _outcome(case, "failure", "coverage", text)
        elif not numbers:
            _outcome(case, "skipped", "coverage", self._labels.no_figures)
        else:
            share = percent(checked, numbers)
            _said(case, self._labels.counted.format(
                checked=checked, numbers=numbers, percent=share
            ))  # fmt: skip

    def _judge(self, case: ET.Element, rule: _Rule, demanded: Set[str], run: Run) -> None:
        """Give a case the outcome of its rule."""
        failing = [one for one in rule.findings if one[0] in demanded]
        others = [text for severity, _, text in rule.findings if severity not in demanded]
        said = [*others, *(f"{why}\n{text}" for why, text in rule.asides), *rule.gone]
        if failing and run.total.exceeds:
            brief = failing[0][1]
            if len(failing) > 1:
                brief = self._labels.several.format(count=len(failing)) + brief
            _outcome(case, "failure", rule.kind, brief, "\n\n".join(one[2] for one in failing))
        elif failing:
            allowed = self._labels.allowed.format(count=run.demands.max_findings)
            said = [allowed, *(one[2] for one in failing), *said]
        elif not rule.findings and rule.asides:
            reasons = self._labels.semicolon.join(dict.fromkeys(why for why, _ in rule.asides))
            _outcome(case, "skipped", "aside", reasons)
        elif not rule.findings and rule.broken:
            told_at = self._labels.listed.join(rule.causes)
            text = self._labels.same_cause if told_at else self._labels.same_cause_elsewhere
            _outcome(case, "skipped", "consequence", text.format(rules=told_at))
        _said(case, "\n\n".join(said))


def _demanded(demands: Demands) -> frozenset[str]:
    """Severities that fail the run."""
    return frozenset(one.value for one in Severity if demands.fails(one))


def _suite(name: str, path: str = "") -> ET.Element:
    suite = ET.Element("testsuite", name=name)
    if path:
        suite.set("file", path)
    return suite


def _case(suite: ET.Element, file: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=file, name=name, time="0")


def _outcome(case: ET.Element, what: str, kind: str, brief: str, text: str = "") -> None:
    """Say that a case did not pass."""
    outcome = ET.SubElement(case, what, type=kind, message=flat(brief))
    outcome.text = visible(text or brief)


def _said(case: ET.Element, text: str) -> None:
    if text:
        ET.SubElement(case, "system-out").text = visible(text)


def _write(suite: ET.Element, spool: Spool, totals: Counter[str]) -> None:
    """Count the cases of a suite and add it to the report."""
    counts = {"tests": len(suite)}
    for name, what in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counts[name] = sum(case.find(what) is not None for case in suite)
    for name, count in counts.items():
        suite.set(name, str(count))
    suite.set("time", "0")
    totals.update(counts)
    ET.indent(suite, level=1)
    spool.write(f"  {ET.tostring(suite, encoding='unicode').strip()}\n")
