"""``lexicon.yaml`` of a pack（规则包的词汇文件）: read, checked, made an ``Addition``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from validator.engine.schema import Strict, Text, Word, Words
from validator.engine.strict import validated
from validator.engine.yaml_load import load_yaml
from validator.extract.additions import Addition
from validator.facts import FundScope

if TYPE_CHECKING:
    from pathlib import Path

LEXICON_FILES = re.compile(r"lexicon(?:-[^/]+)?\.yaml")
"""``lexicon.yaml``, and ``lexicon-NAME.yaml`` where words are kept apart."""


class _Form(Strict):
    scope: FundScope = FundScope.ALL
    titles: Words


class _Item(Strict):
    id: Word
    name: Text
    aliases: Words = ()
    family: Word | None = None
    scope: FundScope = FundScope.UNKNOWN


class _Family(Strict):
    title: Text
    closed: bool = False
    whole: Word | None = None


class LexiconFile(Strict):
    """Words that a pack brings（词汇）.

    Attributes:
        forms: Tables of its own: id → titles they are known by, and whose money they count.
        items: Line items of its own.
        families: Groups of line items; the members of a closed one add up to the whole.
        aliases: More names of known line items.
        columns: More words of headers, by class.
        cues: More cue words, by class.
    """

    forms: dict[Word, _Form] = Field(default_factory=dict)
    items: tuple[_Item, ...] = ()
    families: dict[Word, _Family] = Field(default_factory=dict)
    aliases: dict[Word, Words] = Field(default_factory=dict)
    columns: dict[Word, Words] = Field(default_factory=dict)
    cues: dict[Word, Words] = Field(default_factory=dict)


def load_addition(path: Path, name: str) -> Addition:
    """Read a ``lexicon.yaml``.

    Args:
        path: The file.
        name: What to call it in errors.

    Raises:
        RuleError: Something in it is wrong; the message is located.
    """
    located = load_yaml(path, name)
    file = validated(LexiconFile, located)
    return Addition(
        located.error,
        {
            key: {"scope": form.scope.value, "titles": list(form.titles)}
            for key, form in file.forms.items()
        },
        file.columns,
        tuple(_entry(item) for item in file.items),
        {key: _family(one) for key, one in file.families.items()},
        file.aliases,
        file.cues,
    )


def _entry(item: _Item) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": item.id,
        "name": item.name,
        "aliases": list(item.aliases),
        "scope": item.scope.value,
    }
    return entry | ({"family": item.family} if item.family else {})


def _family(family: _Family) -> dict[str, str]:
    entry = {"title": family.title, "closed": "true" if family.closed else "false"}
    return entry | ({"whole": family.whole} if family.whole else {})
