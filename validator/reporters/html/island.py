"""What the page's script reads（数据）: comparisons, as JSON that closes no element."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from validator.findings import Verdict
from validator.reporters.category_names import NAMES
from validator.reporters.html.cards import far_target
from validator.reporters.html.marking import own
from validator.reporters.places import place_in, shown_path
from validator.reporters.told import place_words, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.findings import Evaluation, Report
    from validator.reporters.base import RuleCard
    from validator.reporters.html.labels import Labels
    from validator.reporters.html.marking import Marker
    from validator.reporters.words import Words

_TOLD = (
    Verdict.INCONSISTENT,
    Verdict.CONSISTENT_BY_ROUNDING,
    Verdict.CONSISTENT,
    Verdict.UNDETERMINED,
)
_HARMLESS = {
    ord(sign): f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029", "\x7f")
}


def as_json(data: Any) -> Markup:
    r"""Data for a ``<script type="application/json">``: no character of it ends the element.

    >>> as_json({"a": "</script><!--"})
    Markup('{"a":"\\u003c/script\\u003e\\u003c!--"}')
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_HARMLESS))  # noqa: S704 - nothing in it is markup now


def island(report: Report, marker: Marker, words: Words, labels: Labels) -> dict[str, Any]:
    """Comparisons and places of figures.

    Args:
        report: Result for a file that was read.
        marker: Knows which figures stand where.
        words: Language.
        labels: What the script says.

    Returns:
        ``words`` what the script says; ``at`` the place of each figure, by id; ``why`` why a
        figure is none of account, by id; ``rules`` ids of rules; ``kinds`` what each is about;
        ``titles`` of those that found something; ``evaluations``: rule, verdict (both by
        their number), computation, figures and the operands in other files; ``abroad``: the
        findings of other files of the set that compare figures of this one: severity, words,
        figures and the block that it stands in.
    """
    document, reading = report.document, report.reading
    figures = reading.figures if reading else ()
    made = (*report.evaluations, *report.evaluations_abroad)
    kept = [one for one in made if one.verdict in _TOLD and one.evidence]
    kinds = {one.rule: one.category for one in kept}
    rules = list(kinds)
    numbers = {rule: at for at, rule in enumerate(rules)}
    return {
        "words": dict(labels.island),
        "verdicts": [verdict.value for verdict in _TOLD],
        "at": [
            place_words(place_in(document, figure.span), document, words) if document else ""
            for figure in figures
        ],
        "why": {figure.id: visible(figure.ignored) for figure in figures if figure.ignored},
        "rules": rules,
        "kinds": [NAMES[labels.lang][kind] for kind in kinds.values()],
        "titles": titles_of(report),
        "evaluations": [
            [
                numbers[one.rule],
                _TOLD.index(one.verdict),
                visible(one.computation),
                _figures(one, marker),
                _far(one, report, words, labels),
            ]
            for one in kept
        ],
        "abroad": list(_abroad(report, marker, labels)),
    }


def titles_of(report: Report) -> dict[str, str]:
    """Titles of the rules that found something."""
    found = (*report.findings_abroad, *report.findings)
    return {one.rule: visible(one.title) for one in found}


def titles(cards: Mapping[str, RuleCard]) -> dict[str, str]:
    """Titles of rules."""
    return {name: visible(card.title) for name, card in cards.items()}


def _figures(evaluation: Evaluation, marker: Marker) -> list[int]:
    """Figures that took part, in the order of the operands."""
    found = [
        number
        for evidence in evaluation.evidence
        if not evidence.document
        for number in marker.figures_at(evidence.span)
    ]
    known = set(evaluation.figures)
    return list(dict.fromkeys([*(one for one in found if one in known), *evaluation.figures]))


def _abroad(report: Report, marker: Marker, labels: Labels) -> Iterator[list[Any]]:
    """Findings that stand in other files of the set, with the figures of this one."""
    for one in report.findings_abroad:
        home = one.evidence[0]
        document = report.others.get(home.document)
        figures = [
            number for _, evidence in own(one) for number in marker.figures_at(evidence.span)
        ]
        if document is None or not figures:
            continue
        file, title = visible(shown_path(home.document)), visible(one.title)
        yield [
            one.severity.value,
            labels.listed_in.format(file=file, title=title),
            list(dict.fromkeys(figures)),
            far_target(home.document, document, home.span),
        ]


def _far(
    evaluation: Evaluation, report: Report, words: Words, labels: Labels
) -> list[list[str]]:
    """Operands in other files of the set: words, and the id of their block."""
    found = []
    for evidence in evaluation.evidence:
        document = report.others.get(evidence.document) if evidence.document else None
        if document is None:
            continue
        place = place_words(place_in(document, evidence.span), document, words)
        file = visible(shown_path(evidence.document))
        quote = visible(document.quote(evidence.span))
        text = f"{labels.in_file.format(file=file, place=place)} “{quote}”"
        found.append([text, far_target(evidence.document, document, evidence.span)])
    return found
