"""The closed set of check kinds（核对种类）: rules are an open set of data over these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.checks import (
    claim,
    codes,
    entity,
    figure,
    glossary,
    identity,
    numbering,
    passages,
    pattern,
    presence,
    statement,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.engine.outcome import Check

CHECKS: Mapping[str, Check] = {
    "claim": claim.check,
    "identity": identity.check,
    "statement": statement.check,
    "pattern": pattern.check,
    "presence": presence.check,
    "passages": passages.check,
    "glossary": glossary.check,
    "entity": entity.check,
    "numbering": numbering.check,
    "codes": codes.check,
    "figure": figure.check,
}
