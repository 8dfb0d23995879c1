"""One report as a fragment of a page（一份报告的网页）: text, margin, coverage, data.

The fragment holds no script, style or event handler of its own; ``static/report.css`` and
``static/report.js`` serve every ``.gouji-report`` of the page that it is put into.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from validator.facts import SectionRole
from validator.findings import WAIVERS, Severity, Status
from validator.reporters.about import rounding_words, subject
from validator.reporters.html.cards import Card, cards, prefix_of
from validator.reporters.html.charts import charts
from validator.reporters.html.contents import entries
from validator.reporters.html.island import as_json, island, titles
from validator.reporters.html.labels import SIGNS, labels_of
from validator.reporters.html.layout import Row, rows
from validator.reporters.html.marking import CHECKED, DOUBTED, UNCHECKED, WRONG, Marker
from validator.reporters.passages import shortened
from validator.reporters.places import shown_path
from validator.reporters.summary import percent
from validator.reporters.told import gap_words, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from validator.findings import Finding, Report
    from validator.reporters.base import RuleCard
    from validator.reporters.words import Words

SHORT = 12
"""So many digits of a digest tell one file or rule set from another."""
_BESIDE = 8
"""At most so many lines stand beside the cards of one."""
_STATES = (WRONG, DOUBTED, UNCHECKED, CHECKED)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: words on the left, what was found on the right.

    Attributes:
        row: The words.
        cards: Findings beside them.
        charts: Drawings below them.
    """

    row: Row
    cards: tuple[Card, ...]
    charts: tuple[Markup, ...]


def view(
    report: Report,
    words: Words,
    *,
    extra: Callable[[Finding], Markup] | None = None,
    rules: Mapping[str, RuleCard] | None = None,
) -> Markup:
    """One report as an HTML fragment: an element of the class ``gouji-report``.

    Args:
        report: Result for one file.
        words: Language.
        extra: What to put at the end of a finding's card.
        rules: Rules by id, whose titles are then told with comparisons.
    """
    labels = labels_of(words)
    prefix = prefix_of(report.name, report.digest)
    data: dict[str, Any] = {
        "labels": labels,
        "words": words,
        "prefix": prefix,
        "name": visible(shown_path(report.name)),
        "subject": visible(subject(report, words)),
        "digest": report.digest.removeprefix("sha256:")[:SHORT],
    }
    document = report.document
    if report.status is not Status.CHECKED or document is None:
        data["error"] = visible(report.error or "")
        return Markup(_template("failed.html").render(data))  # noqa: S704 - autoescaped
    marker = Marker(report, document)
    shown = list(cards(report, words, prefix, labels.in_file, extra))
    counting = [card for card in shown if not card.aside]
    sections = list(entries(report, shown, prefix, words.opening))
    known = titles(rules) if rules else {}
    held = island(report, marker, words, labels)
    laid = rows(report, document, marker, prefix)
    outside = report.coverage.all_numbers - report.coverage.numbers
    data |= {
        "groups": list(_grouped(_lines(report, laid, counting, labels.lang[:2]))),
        "loose": [card for card in counting if card.block < 0],
        "asides": [card for card in shown if card.aside],
        "counts": _counts(counting),
        "severities": [(one.value, SIGNS[one], words.severity[one]) for one in Severity],
        "signs": {one.value: SIGNS[one] for one in Severity},
        "states": _states(report, marker, labels.states),
        "sections": sections,
        "numbers": report.coverage.numbers,
        "coverage": _coverage(report, labels.counted),
        "outside": labels.outside.format(count=outside) if outside > 0 else "",
        "no_figures": words.no_figures
        if not report.coverage.numbers and report.format != WAIVERS
        else "",
        "rounding": rounding_words(report, words),
        "gaps": list(gap_words(report, words)),
        "gone": [
            (one.severity.value, words.severity[one.severity], one.rule, visible(one.title),
             visible(shortened(one.quote)))
            for one in report.gone
        ],
        "nothing": "" if shown else labels.nothing,
        "island": as_json(held | {"titles": known | held["titles"]}),
    }  # fmt: skip
    return Markup(_template("report.html").render(data))  # noqa: S704 - autoescaped


def _lines(report: Report, laid: Iterable[Row], shown: Iterable[Card], lang: str) -> list[Line]:
    beside: dict[int, list[Card]] = defaultdict(list)
    for card in shown:
        beside[card.block].append(card)
    drawn = charts(report, lang)
    lines = []
    for row in laid:
        held = range(row.block, row.last + 1) if row.block >= 0 else range(0)
        found = [card for block in held for card in beside.get(block, ())]
        pictures = [one for block in held for one in drawn.get(block, ())]
        lines.append(Line(row, tuple(found), tuple(pictures)))
    return lines


def _grouped(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines that share a margin: those behind a finding fill the paper beside its card."""
    group: list[Line] = []
    for line in lines:
        filling = group and group[0].cards and not line.cards and line.row.kind != "table"
        if filling and group[0].row.kind != "table" and len(group) < _BESIDE:
            group.append(line)
            continue
        if group:
            yield group
        group = [line]
    if group:
        yield group


def _counts(shown: Iterable[Card]) -> Counter[str]:
    return Counter(card.finding.severity.value for card in shown)


def _states(
    report: Report, marker: Marker, names: Mapping[str, str]
) -> list[tuple[str, str, int]]:
    """Class, name and number of the figures in each state, as far as coverage counts them."""
    reading = report.reading
    found = Counter(
        marker.classes[one.id]
        for one in (reading.figures if reading else ())
        if not one.ignored
        and reading
        and reading.sections[one.section].role is SectionRole.ACCOUNTS
    )
    return [(state, names[state], found[state]) for state in _STATES]


def _coverage(report: Report, form: str) -> str:
    numbers, checked = report.coverage.numbers, report.coverage.checked
    if not numbers:
        return ""
    return form.format(checked=checked, numbers=numbers, percent=percent(checked, numbers))


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates; what is put into them is escaped."""
    made = Environment(
        loader=PackageLoader("validator.reporters.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["visible"] = visible
    return made


def _template(name: str) -> Any:
    return templates().get_template(name)
