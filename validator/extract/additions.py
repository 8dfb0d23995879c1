"""Words that packs add to the vocabulary（规则包自带的词汇）: forms, line items, cue words.

A bureau's own table needs a title to be known by and names for its rows and columns. A pack
may add them, never take away or change what others rely on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from validator.errors import RuleError

    Raw = Mapping[str, Any]
    Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Addition:
    """What one ``lexicon.yaml`` adds（词汇补充）, in the shapes of the shipped files.

    Attributes:
        fault: Makes an error out of a path in the file and a sentence.
        forms: As in ``tables.yaml``: fund scope and titles, by id.
        columns: Words of headers, by class.
        items: As in ``items.yaml``.
        families: As in ``items.yaml``.
        aliases: More names of known line items, by id.
        cues: As in ``cues.yaml``.
    """

    fault: Callable[[tuple[str | int, ...], str], RuleError]
    forms: Raw
    columns: Mapping[str, tuple[str, ...]]
    items: tuple[Raw, ...]
    families: Raw
    aliases: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, tuple[str, ...]]

    def add_to(
        self, cues: dict[str, Any], names: dict[str, Any], tables: dict[str, Any]
    ) -> None:
        """Add to what was read of ``cues.yaml``, ``items.yaml`` and ``tables.yaml``.

        Raises:
            RuleError: It names a class that does not exist, or something that does already.
        """
        self._new(("forms",), self.forms, tables["forms"])
        tables["forms"] |= self.forms
        self._extend(("columns",), self.columns, tables["columns"])
        self._extend(("cues",), self.cues, cues)
        self._new(("families",), self.families, names["families"])
        names["families"] |= self.families
        self._add_items(names)

    def _add_items(self, names: dict[str, Any]) -> None:
        known = {entry["id"]: entry for entry in names["items"]}
        for at, entry in enumerate(self.items):
            if entry["id"] in known:
                what = f"科目“{entry['id']}”已有；要加别名，写在 aliases 里"
                raise self.fault(("items", at, "id"), what)
            if entry.get("family") and entry["family"] not in names["families"]:
                what = f"没有 family“{entry['family']}”；先写在 families 里"
                raise self.fault(("items", at, "family"), what)
            known[entry["id"]] = entry
        taken = {
            word: entry["id"]
            for entry in names["items"]
            for word in [entry["name"], *entry.get("aliases", [])]
        }
        for item, words in self.aliases.items():
            if item not in known:
                raise self.fault(("aliases", f"key:{item}"), f"没有科目“{item}”")
            for at, word in enumerate(words):
                if taken.get(word, item) != item:
                    what = f"“{word}”已经是科目 {taken[word]} 的名称"
                    raise self.fault(("aliases", item, at), what)
        names["items"] = [
            {**one, "aliases": [*one.get("aliases", []), *self.aliases.get(one["id"], ())]}
            for one in known.values()
        ]

    def _new(self, path: tuple[str, ...], added: Raw, known: Raw) -> None:
        for name in added:
            if name in known:
                raise self.fault((*path, f"key:{name}"), f"“{name}”已有；请换一个 id")

    def _extend(
        self, path: tuple[str, ...], added: Mapping[str, tuple[str, ...]], known: dict[str, Any]
    ) -> None:
        for name, words in added.items():
            if name not in known:
                what = f"没有“{name}”这一类；可用：{'、'.join(known)}"
                raise self.fault((*path, f"key:{name}"), what)
            known[name] = [*known[name], *(word for word in words if word not in known[name])]
