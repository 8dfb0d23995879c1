"""Rules and kinds of notifications as SARIF has them（规则说明、通知种类）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.findings import Category, Finding, Severity
from validator.reporters.base import RuleCard
from validator.reporters.sarif_model import (
    Message,
    ReportingConfiguration,
    ReportingDescriptor,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.findings import Gone
    from validator.reporters.sarif_model import Level

LEVELS: Mapping[Severity, Level] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
)
GRAVITY: Mapping[str, Level] = MappingProxyType(
    {
        "unreadable": "error",
        "quarantined": "error",
        "refused": "error",
        "lost": "warning",
        "unclear": "warning",
        "thin": "warning",
    }
)
"""Levels of what was not checked, by the names of ``missed.Missed``, in the order of their
numbers. An error means that the run failed: what was asked for was not done at all."""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class Phrases:
    """What SARIF says besides the rules and the findings.

    Attributes:
        base: Which folder relative paths begin at.
        member: Of a file in an archive.
        references: Before the legal basis of a rule.
        more: Where all of a rule is told.
    """

    base: str
    member: str
    references: str
    more: str


PHRASES: Mapping[str, Phrases] = MappingProxyType(
    {
        "zh": Phrases(
            "运行 gouji 时的当前文件夹",
            "压缩包“{archive}”里的文件",
            "依据：{text}",
            "规则全文：{command}",
        ),
        "en": Phrases(
            "the working folder that gouji was run in",
            "a file in the archive “{archive}”",
            "legal basis: {text}",
            "the whole rule: {command}",
        ),
    }
)


def card_of(found: Finding | Gone) -> RuleCard:
    """What a finding tells of its rule, for rules that are not in use any more."""
    if isinstance(found, Finding):
        return RuleCard(found.rule, found.name, found.title, found.category, found.severity)
    return RuleCard(found.rule, "", found.title, Category.OTHER, found.severity)


def rule(card: RuleCard, phrases: Phrases) -> ReportingDescriptor:
    """A rule with its reason and legal basis."""
    command = f"gouji rules explain {card.id}"
    basis = "；".join(card.references)
    told = [card.why or card.title]
    marked = [f"**{_plain(card.title)}**", *(_plain(line) for line in told)]
    if basis:
        told.append(phrases.references.format(text=basis))
        marked.append(phrases.references.format(text=_plain(basis)))
    told.append(phrases.more.format(command=command))
    marked.append(phrases.more.format(command=f"`{command}`"))
    return ReportingDescriptor(
        id=card.id,
        name=card.name or None,
        short_description=Message(text=card.title),
        full_description=Message(text=card.why or card.title),
        help=Message(text="\n".join(told), markdown="\n\n".join(marked)),
        default_configuration=ReportingConfiguration(level=LEVELS[card.severity]),
        properties={"category": card.category.value, "tags": [card.category.value]},
    )


def notification_kinds(names: Mapping[str, str]) -> list[ReportingDescriptor]:
    """What may keep something from being checked.

    Args:
        names: What each is called.
    """
    return [
        ReportingDescriptor(
            id=kind,
            short_description=Message(text=names[kind]),
            full_description=Message(text=names[kind]),
            help=Message(text=names[kind]),
            default_configuration=ReportingConfiguration(level=level),
        )
        for kind, level in GRAVITY.items()
    ]


def _plain(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> _plain("A_B*C")
    'A\\_B\\*C'
    """
    return _MARKUP.sub(r"\\\1", text)
