"""``pack.yaml``（规则包说明）: what a pack is called, builds on, and changes in other rules."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from validator.engine.schema import RuleId, Scope, Strict, Text, Word, shaped
from validator.findings import Category, Severity

PACK_FILE = "pack.yaml"
DISABLE = "disable"

RuleKey = Annotated[
    str,
    shaped(
        "[A-Z]{3}(?:[0-9]{3})?|" + "|".join(Category),
        "应是规则编号，如 SHR001，一族的三个字母，如 SHR，或问题类别，如 share_percent",
    ),
]

Family = Annotated[str, shaped("[A-Z]{3}", "应是一族规则的三个大写字母，如 SHR")]


def _bare(value: Any) -> Any:
    """``SHR001: warning`` is short for ``SHR001: {severity: warning}``."""
    if value == DISABLE:
        return {DISABLE: "true"}
    return {"severity": value} if isinstance(value, str) else value


class Override(Strict):
    """What is changed in a rule（调整）."""

    disable: bool = False
    severity: Severity | None = None
    params: dict[Word, str] = Field(default_factory=dict)
    applies_to: Scope | None = None


Overrides = dict[RuleKey, Annotated[Override, BeforeValidator(_bare)]]
"""By rule id, family or category; the last two mean all their rules."""


class PackFile(Strict):
    """A ``pack.yaml``.

    Attributes:
        id: The name of its folder.
        title: What it is, in a few words.
        overlay: Whether it is read only where it is named: rules of one province or bureau.
        extends: Packs to read before it.
        families: What the rules of a family（三个字母）are about.
        rules: What it changes in their rules.
    """

    id: Text
    title: Text
    overlay: bool = False
    extends: tuple[Text, ...] = ()
    families: dict[Family, Text] = Field(default_factory=dict)
    rules: Overrides = Field(default_factory=dict)


class RetiredFile(Strict):
    """``retired.yaml``: ids that were once used and must not come back.

    Attributes:
        ids: What became of each.
    """

    ids: dict[RuleId, Text]
