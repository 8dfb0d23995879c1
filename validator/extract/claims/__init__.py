"""One module per kind of claim; each reads the same desk（说法）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.extract.claims.amounts import averages, differences, nils, products, zero_counts
from validator.extract.claims.cells import details_of_cells
from validator.extract.claims.change import changes, implied_priors
from validator.extract.claims.change_sums import change_sums
from validator.extract.claims.charts import chart_claims, chart_figures
from validator.extract.claims.completion import completions
from validator.extract.claims.decomposition import decompositions
from validator.extract.claims.flows import flows
from validator.extract.claims.forms import table_forms
from validator.extract.claims.items import class_totals
from validator.extract.claims.listed import listed
from validator.extract.claims.same import balances, repeats
from validator.extract.claims.scores import table_scores
from validator.extract.claims.share import shares
from validator.extract.claims.tables import table_sums
from validator.extract.claims.unit_lines import unit_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.claims import Claim
    from validator.extract.desk import Desk

_MAKERS = (
    balances, flows, decompositions, shares, changes, completions, differences, products, nils,
    averages, zero_counts, class_totals, details_of_cells, repeats,
    table_sums, table_forms, table_scores, listed, unit_lines,
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
    claims += [*implied_priors(desk, claims), *change_sums(desk, claims)]
    figures = chart_figures(desk, section_of_chart)
    claims += list(chart_claims(desk, claims, figures))
    return sorted(claims, key=lambda c: (c.span.start, c.span.end, c.kind))
