"""One module per kind of claim; each reads the same desk（说法）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.extract.claims.amounts import differences, nils, products, zero_counts
from validator.extract.claims.change import changes, implied_priors
from validator.extract.claims.completion import completions
from validator.extract.claims.decomposition import decompositions
from validator.extract.claims.same import balances, repeats
from validator.extract.claims.share import shares

if TYPE_CHECKING:
    from validator.extract.desk import Desk
    from validator.facts import Claim

_MAKERS = (
    balances, decompositions, shares, changes, completions, differences, products, nils,
    zero_counts, repeats,
)  # fmt: skip


def gather_claims(desk: Desk) -> list[Claim]:
    """Every claim of a document, in order of place."""
    claims = [claim for maker in _MAKERS for claim in maker(desk)]
    claims += implied_priors(desk, claims)
    return sorted(claims, key=lambda c: (c.span.start, c.span.end, c.kind))
