"""Reports → Markdown（摘要）: the comment under a pull request, short enough to be accepted."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from validator.findings import WAIVERS, Severity, Status
from validator.reporters.base import Spool
from validator.reporters.labels import LABELS
from validator.reporters.missed import Gaps
from validator.reporters.places import shown_path
from validator.reporters.plain_markdown import plain, plain_html
from validator.reporters.summary import percent
from validator.reporters.told import aside, told, waiver_words
from validator.reporters.verdict import sentence
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.findings import Gone, Report
    from validator.reporters.base import Look, Run
    from validator.reporters.missed import Missed
    from validator.reporters.told import Told

LONGEST = 65_536
"""Characters that GitHub takes as one comment."""
_LISTS = 8_000
"""Of them at most so many for each list: what was not checked, the files, what is fixed."""
_RESERVE = 1_000
"""Of them so many for the lines that say what is left out."""
_SHORT = 12
"""So many digits of a fingerprint tell one rule set from another."""
_END = "</details>\n\n"


class Markdown:
    """The summary of a run; see docs/output.md."""

    def __init__(self, look: Look) -> None:
        """Speak the language that is wanted."""
        self._words = LANGUAGES[look.lang]
        self._labels = LABELS[look.lang]
        self._gaps = Gaps()
        self._table = _Lines(_LISTS)
        self._fixed = _Lines(_LISTS)
        self._asides = {"waived": _Lines(_LISTS), "known": _Lines(_LISTS)}
        self._files = Spool()
        self._sizes: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """Take the next report."""
        self._gaps.add(report)
        self._table.add(self._row(report))
        for gone in report.gone:
            self._fixed.add(self._gone(report, gone))
        counting = []
        for one in told(report, self._words):
            if why := aside(one.finding):
                self._asides[why].add(self._aside(one))
            else:
                counting.append(one)
        if not counting:
            return
        counting.sort(key=lambda one: one.finding.severity.rank)
        head = self._head(report, counting)
        blocks = [(one.finding.severity.value, self._block(one)) for one in counting]
        self._files.write(json.dumps([head, blocks]) + "\n")
        # The graver ones come first in a file, so its head is written with one of those.
        self._sizes[blocks[0][0]] += _size(head) + _size(_END)
        for severity, block in blocks:
            self._sizes[severity] += _size(block)

    def finish(self, run: Run) -> Iterator[str]:
        """The whole summary, not longer than ``LONGEST``."""
        labels = self._labels
        grave, rest = _Lines(_LISTS), _Lines(_LISTS)
        for one in self._gaps.all(run, labels):
            (grave if one.grave else rest).add(self._missing(one))
        opening = f"## {labels.title}\n\n**{plain(sentence(run.total, self._words))}**\n\n"
        opening += self._list(labels.not_checked, (grave, rest))
        opening += self._rows()
        lists = [
            self._list(self._words.asides[why], (lines,)) for why, lines in self._asides.items()
        ]
        fixed = "".join([*lists, self._list(labels.fixed, (self._fixed,))])
        fingerprint = run.fingerprint.removeprefix("sha256:")[:_SHORT]
        ending = self._words.rules.format(count=run.rules, fingerprint=f"`{fingerprint}`")
        used = _size(opening) + _size(fixed) + _size(ending) + _RESERVE
        yield opening
        yield from self._findings(LONGEST - used)
        yield f"{fixed}{ending}\n"

    def _findings(self, room: int) -> Iterator[str]:
        """Findings file by file; where there are too many, the graver ones."""
        rooms = {}
        for severity in (one.value for one in Severity):
            rooms[severity] = min(room, self._sizes[severity])
            room -= rooms[severity]
        left_out: Counter[str] = Counter()
        for line in self._files.lines():
            head, blocks = json.loads(line)
            opened = False
            for severity, block in blocks:
                size = _size(block) + (0 if opened else _size(head) + _size(_END))
                if size > rooms[severity]:
                    rooms[severity] = 0
                    left_out[severity] += 1
                    continue
                rooms[severity] -= size
                yield block if opened else head + block
                opened = True
            yield _END if opened else ""
        if left_out:
            said = self._labels.listed.join(
                f"{self._words.severity[one]} {left_out[one.value]}"
                for one in Severity
                if left_out[one.value]
            )
            count = left_out.total()
            yield f"{self._labels.cut.format(count=count, severities=said)}\n\n"

    def _missing(self, one: Missed) -> str:
        path = f"{plain(one.path)} " if one.path else ""
        return (
            f"- {path}**{self._labels.missed[one.kind]}**{self._labels.colon}{plain(one.text)}"
        )

    def _row(self, report: Report) -> str:
        """A row of the table of files."""
        name = plain(shown_path(report.name))
        if report.status is not Status.CHECKED:
            return f"| {name} |{' – |' * 6} {self._labels.missed[report.status.value]} |"
        counting = Counter(one.severity for one in report.findings if one.counts)
        asides = Counter(aside(one) for one in report.findings)
        coverage = report.coverage
        share = self._labels.counted.format(
            checked=coverage.checked,
            numbers=coverage.numbers,
            percent=percent(coverage.checked, coverage.numbers),
        )
        no_share = "–" if report.format == WAIVERS else self._labels.no_figures
        cells = [
            *(counting[one] for one in Severity),
            asides["known"],
            asides["waived"],
            len(report.gone),
            share if coverage.numbers else no_share,
        ]
        return f"| {name} | {' | '.join(map(str, cells))} |"

    def _rows(self) -> str:
        """The table of files."""
        heads = self._labels.files
        lines = [
            f"| {' | '.join(heads)} |",
            f"|---|{'---:|' * (len(heads) - 1)}",
            *self._table.lines,
        ]
        rest = self._labels.more_files.format(count=self._table.left_out)
        return "\n".join(lines) + ("\n\n" + rest if self._table.left_out else "") + "\n\n"

    def _list(self, title: str, parts: Iterable[_Lines]) -> str:
        """A list with its heading, "" when there is nothing in it."""
        lines = [line for part in parts for line in part.lines]
        if not lines:
            return ""
        count = sum(part.left_out for part in parts)
        rest = [f"- {self._labels.more_lines.format(count=count)}"] if count else []
        return "\n".join([f"### {title}\n", *lines, *rest]) + "\n\n"

    def _gone(self, report: Report, gone: Gone) -> str:
        severity = self._words.severity[gone.severity]
        path = plain(shown_path(report.name))
        rule = plain(gone.title) + self._labels.brackets.format(text=gone.rule)
        return f"- {path} {severity} {rule}{self._labels.colon}{plain(gone.quote)}"

    def _aside(self, one: Told) -> str:
        """A finding that does not count, in one line."""
        finding = one.finding
        rule = plain(finding.title) + self._labels.brackets.format(text=finding.rule)
        severity = self._words.severity[finding.severity]
        line = f"- {plain(one.path)} {plain(one.place)} {severity} {rule}"
        line += f"{self._labels.colon}{plain(one.quote)}"
        if finding.waiver is not None:
            line += f" — {plain(waiver_words(finding.waiver, self._words))}"
        if finding.fingerprint:
            fingerprint = self._labels.fingerprint.format(text=f"`{finding.fingerprint}`")
            line += self._labels.brackets.format(text=fingerprint)
        return line

    def _head(self, report: Report, counting: Iterable[Told]) -> str:
        """What opens the findings of a file."""
        counts = Counter(one.finding.severity for one in counting)
        said = self._labels.listed.join(
            f"{self._words.severity[one]} {counts[one]}" for one in Severity if counts[one]
        )
        path = plain_html(shown_path(report.name))
        return f"<details><summary>{path}{self._labels.colon}{said}</summary>\n\n"

    def _block(self, one: Told) -> str:
        """A finding: where and what, the words, the rest of it."""
        finding = one.finding
        severity = self._words.severity[finding.severity]
        parts = (finding.rule, plain(one.place), plain(one.section))
        where = self._labels.brackets.format(text=self._labels.comma.join(filter(None, parts)))
        lines = [
            f"**{severity}** {plain(finding.title)}{where}\n",
            f"> {plain(one.quote)}\n",
            *(f"- {plain(line)}" for line in one.lines() if line != one.quote),
        ]
        if finding.fingerprint:
            fingerprint = self._labels.fingerprint.format(text=f"`{finding.fingerprint}`")
            lines.append(f"- {fingerprint}")
        return "\n".join(lines) + "\n\n"


class _Lines:
    """Lines as long as there is room; the rest is counted."""

    def __init__(self, room: int) -> None:
        """Take so many characters."""
        self._room = room
        self.lines: list[str] = []
        self.left_out = 0

    def add(self, line: str) -> None:
        """Take a line or count it."""
        self._room -= _size(line) + 1
        if self._room < 0:
            self._room = 0
            self.left_out += 1
        else:
            self.lines.append(line)


def _size(text: str) -> int:
    """Characters as GitHub counts them: one beyond the first plane is two."""
    return len(text.encode("utf-16-le", "replace")) // 2
