"""All that was understood of one document（读数）: the input of the rule engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.claims import Claim
    from validator.facts import Fact, Figure, ReportKind, Section
    from validator.statements import Crossing, Heading, Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one document（读数）.

    Attributes:
        kind: Which report it is.
        year: Fiscal year, or 0 when the report does not say.
        entity: Reporting entity, or "".
        default_unit: Symbol of the unit for amounts printed without one, or "".
        sections: Section tree in order.
        figures: Every number, in order.
        facts: Figures with coordinates, in order.
        claims: Relations, in order of their spans.
        statements: Tables that were understood.
        crossings: Numbers of public forms with their coordinates.
        headings: Columns of public forms, whether or not numbers stand below them.
        draft: Fiscal year of the draft budget that the report also presents, or 0.
        unread: What could not be understood, one Chinese line each.
    """

    kind: ReportKind
    year: int
    entity: str
    default_unit: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    headings: tuple[Heading, ...] = ()
    unread: tuple[str, ...] = ()
    draft: int = 0
