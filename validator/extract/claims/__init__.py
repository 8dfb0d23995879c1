"""One module per kind of claim; each reads the same desk（说法）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.extract.claims.adjustments import adjustments
from validator.extract.claims.amounts import (
    averages,
    differences,
    products,
    standards,
)
from validator.extract.claims.cells import details_of_cells
from validator.extract.claims.chains import chains
from validator.extract.claims.change import changes
from validator.extract.claims.change_sums import change_sums
from validator.extract.claims.charts import chart_claims, chart_figures
from validator.extract.claims.completion import completions
from validator.extract.claims.decomposition import decompositions
from validator.extract.claims.execution_tables import execution_tables
from validator.extract.claims.flows import flows
from validator.extract.claims.funding import funding
from validator.extract.claims.implied import implied_priors
from validator.extract.claims.items import class_totals
from validator.extract.claims.last_year import last_years
from validator.extract.claims.listed import listed
from validator.extract.claims.nothing import nils
from validator.extract.claims.outcomes import outcomes
from validator.extract.claims.portions import portions
from validator.extract.claims.progress import progress
from validator.extract.claims.project_amounts import project_amounts
from validator.extract.claims.project_counts import project_counts
from validator.extract.claims.ranges import ranges
from validator.extract.claims.reasons import reasons
from validator.extract.claims.restated import restated
from validator.extract.claims.same import balances, repeats
from validator.extract.claims.same_share import same_shares
from validator.extract.claims.score_classes import score_classes
from validator.extract.claims.scores import table_scores
from validator.extract.claims.share import shares
from validator.extract.claims.share_bases import share_bases
from validator.extract.claims.table_changes import table_changes
from validator.extract.claims.table_shares import table_shares
from validator.extract.claims.tables import table_sums
from validator.extract.claims.targets import targets
from validator.extract.claims.told_scores import told_scores
from validator.extract.claims.unit_lines import unit_lines
from validator.extract.claims.visits import visits
from validator.extract.claims.whole_numbers import whole_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.claims import Claim
    from validator.extract.desk import Desk

_MAKERS = (
    balances, flows, adjustments, decompositions, shares, share_bases, changes,
    completions, differences, products, nils, averages, standards, visits, class_totals,
    details_of_cells, repeats, table_sums, table_shares, table_changes, execution_tables,
    funding, table_scores, score_classes, targets, listed, told_scores, project_counts,
    project_amounts, outcomes, progress, unit_lines, ranges, chains, reasons, portions,
    restated, whole_numbers,
)  # fmt: skip


def gather_claims(
    desk: Desk, section_of_chart: dict[int, int], told: Sequence[Claim] = ()
) -> list[Claim]:
    """Every claim of a document, in order of place.

    Args:
        desk: All that was read; receives the figures of the charts.
        section_of_chart: Section that each chart stands in.
        told: Claims of the records.
    """
    claims = [*told, *(claim for maker in _MAKERS for claim in maker(desk))]
    claims += [
        *implied_priors(desk, claims),
        *change_sums(desk, claims),
        *last_years(desk, claims),
        *same_shares(desk, claims),
    ]
    figures = chart_figures(desk, section_of_chart)
    claims += list(chart_claims(desk, claims, figures))
    return sorted(claims, key=lambda c: (c.span.start, c.span.end, c.kind))
