"""Packs（规则包）: folders of rules that extend and adjust each other.

A pack is a folder with ``pack.yaml`` and one rule per file, ``ID-name.yaml``; it may bring
words of its own in ``lexicon.yaml``. A folder without ``pack.yaml`` is a pack that extends
nothing. Packs are read left to right and the later wins; a pack may change the severity,
parameters and scope of another's rule, or disable it, never its assertion. For every value
the file that it came from is remembered.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from validator.engine.drafts import content_of, drafts_in
from validator.engine.lexicon_file import LEXICON_FILES, load_addition
from validator.engine.overriding import Adjusting, Changes
from validator.engine.pack_files import PACK_FILE, PackFile, RetiredFile
from validator.engine.pack_sources import (
    DEFAULT,
    EVERY,
    LEXICON,
    PackSource,
    find_packs,
    rules_folder,
    shipped_packs,
)
from validator.engine.rule_cache import cached
from validator.engine.rule_load import load_rule
from validator.engine.schema import Maturity, Rule
from validator.engine.strict import validated
from validator.engine.yaml_load import Located, load_yaml
from validator.errors import UsageError
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from validator.extract.lexicon import Lexicon

RETIRED = "retired.yaml"
"""Ids that were once used and must not come back, beside the packs shipped."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read（规则包）.

    Attributes:
        id: Its name.
        title: What it is.
        source: Where it was found.
        extends: Names of the packs that it builds on.
        families: What the families that it brings are about.
    """

    id: str
    title: str
    source: PackSource
    extends: tuple[str, ...] = ()
    families: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RuleSet:
    """The rules to run（规则集）and the vocabulary they rely on.

    Attributes:
        rules: In the order of their ids.
        digest: ``sha256:…`` over all rule and lexicon files and the version of gouji.
        origins: By rule id, the file of each changed value; "" is the rule's own file.
        disabled: By rule id, the file that switched it off.
        folder: Where the shipped lexicon is.
        packs: The packs read, in the order of reading.
        vocabulary: The ``lexicon.yaml`` files of packs.
        background: Rules that do not run, but that no repair may break.
        switched_off: Rules that are disabled; a later change may bring them back.
    """

    rules: tuple[Rule, ...]
    digest: str
    origins: Mapping[str, Mapping[str, str]]
    disabled: Mapping[str, str]
    folder: Path
    packs: tuple[Pack, ...] = ()
    vocabulary: tuple[Path, ...] = ()
    background: tuple[Rule, ...] = ()
    switched_off: tuple[Rule, ...] = ()

    @cached_property
    def lexicon(self) -> Lexicon:
        """Line items, cue words and classifications; read once a process."""
        # Files of packs change while a process watches them; those shipped do not.
        content = self.digest if self.vocabulary else ""
        return _lexicon(self.folder, self.vocabulary, content)

    @property
    def families(self) -> Mapping[str, str]:
        """What the rules of each family are about, in the order of the packs."""
        return {key: title for pack in self.packs for key, title in pack.families.items()}

    @cached_property
    def fingerprint(self) -> str:
        """``sha256:…`` over what runs: all files, and which rules with which settings."""
        digest = hashlib.sha256(self.digest.encode())
        for rule in self.rules:
            settings = (rule.id, rule.severity, sorted(rule.params.items()), rule.applies_to)
            digest.update(repr(settings).encode())
        return f"sha256:{digest.hexdigest()}"

    def changed(self, *changes: Changes) -> RuleSet:
        """The same after more changes, the later over the earlier.

        Raises:
            RuleError: There is no such rule or parameter.
        """
        rules = {rule.id: rule for rule in (*self.rules, *self.switched_off)}
        origins = {rule_id: dict(known) for rule_id, known in self.origins.items()}
        adjusting = Adjusting(rules, origins, dict(self.disabled))
        for one in changes:
            adjusting.change(one)
        return _settled(self, adjusting)

    def only(self, *ids: str) -> RuleSet:
        """The same with just these rules; the diagnosis still knows the others."""
        kept = tuple(rule for rule in self.rules if rule.id in ids)
        others = tuple(rule for rule in self.rules if rule.id not in ids)
        return replace(self, rules=kept, background=(*self.background, *others))

    def active(self, *, preview: bool = False, named: Collection[str] = ()) -> RuleSet:
        """The rules for checking: stable ones, and others only where they are asked for.

        Args:
            preview: Whether rules on trial run too.
            named: Ids of deprecated rules that run all the same.
        """
        statuses = {Maturity.STABLE, Maturity.PREVIEW} if preview else {Maturity.STABLE}
        kept = [r for r in self.rules if r.status in statuses or _still(r, named)]
        return replace(self, rules=tuple(kept))


def load_rules(
    packs: Sequence[str | Path] = (),
    extra: Sequence[str | Path] = (),
    *,
    examples: bool = True,
) -> RuleSet:
    """Read rules of all stages of maturity, resolve overrides.

    Args:
        packs: Names or folders of packs; none means all shipped ones that are no overlays,
            as does the name ``default``.
        extra: More of them, read after the packs.
        examples: Whether the examples of rules are read too; checking reports needs none.

    Raises:
        RuleError: A rule or pack file cannot be used; the message is located.
        UsageError: There is no such pack or folder.
    """
    words = [*(packs or (DEFAULT,)), *extra]
    folder = rules_folder()
    names = [word for word in words if isinstance(word, str)]
    ours = {DEFAULT, EVERY, *shipped_packs(folder)}
    if examples or names != words or not ours.issuperset(names):
        return _read(words, folder, examples=examples)
    return cached(names, folder, lambda: _read(names, folder, examples=False))


def _settled(ruleset: RuleSet, adjusted: Adjusting) -> RuleSet:
    """The same with rules as they were left."""
    ordered = sorted(adjusted.rules.values(), key=lambda rule: rule.id)
    return replace(
        ruleset,
        rules=tuple(rule for rule in ordered if rule.id not in adjusted.disabled),
        switched_off=tuple(rule for rule in ordered if rule.id in adjusted.disabled),
        origins=adjusted.origins,
        disabled=adjusted.disabled,
    )


def _read(words: Sequence[str | Path], folder: Path, *, examples: bool) -> RuleSet:
    loading = _Loading(folder, examples)
    for word in words:
        for source in find_packs(word, loading.known):
            loading.add(source)
    ruleset = loading.ruleset()
    if ruleset.vocabulary:
        _ = ruleset.lexicon  # what is wrong with its words is told now, not in mid-report
    return ruleset


@lru_cache(maxsize=4)
def _lexicon(folder: Path, vocabulary: tuple[Path, ...], content: str) -> Lexicon:
    """The vocabulary; what the files hold is told by their digest."""
    del content
    from validator.extract.lexicon import load_lexicon  # noqa: PLC0415 - not needed to list rules

    return load_lexicon(folder, [load_addition(path, path.as_posix()) for path in vocabulary])


def _still(rule: Rule, named: Collection[str]) -> bool:
    return rule.status is Maturity.DEPRECATED and rule.id in named


class _Loading:
    """Packs read so far."""

    def __init__(self, shipped: Path, examples: bool) -> None:
        self.known = shipped_packs(shipped)
        self._shipped = shipped
        self._examples = examples
        self._adjusting = Adjusting()
        self._done: dict[Path, Pack] = {}
        self._under_way: list[Path] = []
        self._vocabulary: list[Path] = []
        self._retired = _retired(shipped / RETIRED)

    def add(self, source: PackSource) -> None:
        """Read a pack after the packs that it extends."""
        folder = source.folder
        if folder.resolve() in self._done:
            return
        located, pack = self._pack(folder)
        self._under_way.append(folder.resolve())
        for at, name in enumerate(pack.extends):
            for base in self._extended(located, folder, at, name):
                self.add(base)
        self._under_way.pop()
        self._done[folder.resolve()] = Pack(
            pack.id, pack.title, source, pack.extends, pack.families
        )
        for path in sorted({*folder.glob("*.y*ml"), *drafts_in(folder)}):
            if LEXICON_FILES.fullmatch(path.name):
                load_addition(path, self._name(path))
                self._vocabulary.append(path)
            elif path.name != PACK_FILE:
                self._add_rule(path, pack.id, shipped=source.origin == "shipped")
        self._adjusting.change(Changes(located, pack.rules))

    def ruleset(self) -> RuleSet:
        """What has been read, as a whole."""
        folder = self._shipped / LEXICON
        empty = RuleSet(
            (), _digest([*self._done, folder]), {}, {}, folder, tuple(self._done.values()),
            tuple(self._vocabulary),
        )  # fmt: skip
        return _settled(empty, self._adjusting)

    def _pack(self, folder: Path) -> tuple[Located, PackFile]:
        path = folder / PACK_FILE
        if not path.exists() and path not in drafts_in(folder):
            return Located(self._name(path)), PackFile(id=folder.name, title=folder.name)
        located = load_yaml(path, self._name(path))
        pack = validated(PackFile, located)
        if pack.id != folder.resolve().name:
            raise located.error(("id",), f"应与文件夹同名：{folder.resolve().name}")
        return located, pack

    def _extended(self, located: Located, folder: Path, at: int, name: str) -> list[PackSource]:
        beside = folder.parent / name
        if (beside / PACK_FILE).is_file() and name not in self.known:
            found = [PackSource(beside, "folder")]
        else:
            try:
                found = find_packs(name, self.known)
            except UsageError as error:
                raise located.error(("extends", at), str(error)) from error
        if {one.folder.resolve() for one in found} & {*self._under_way, folder.resolve()}:
            raise located.error(("extends", at), f"规则包互相引用：{name}")
        return found

    def _add_rule(self, path: Path, pack: str, *, shipped: bool) -> None:
        name = self._name(path)
        located = load_yaml(path, name, leave_out="" if self._examples else "examples")
        if path.suffix != ".yaml":
            raise located.error((), f"规则文件的扩展名应是 .yaml：{path.stem}.yaml")
        known_good = shipped and not self._examples
        rule = replace(load_rule(located, known_good=known_good), pack=pack)
        if path.stem != f"{rule.id}-{rule.name}":
            raise located.error((), f"文件名应是 {rule.id}-{rule.name}.yaml")
        if rule.id in self._adjusting.rules:
            first = self._adjusting.origins[rule.id][""]
            what = f"编号 {rule.id} 已被 {first} 使用；要调整它，写在 pack.yaml 的 rules 里"
            raise located.error(("id",), what)
        if why := self._retired.get(rule.id):
            raise located.error(("id",), f"编号 {rule.id} 用过，不能再用（{why}）")
        self._adjusting.rules[rule.id] = rule
        self._adjusting.origins[rule.id] = {"": located.name}

    def _name(self, path: Path) -> str:
        """The file as a user would name it: shipped ones from ``rules/`` on."""
        if path.is_relative_to(self._shipped):
            return f"rules/{path.relative_to(self._shipped).as_posix()}"
        return path.as_posix()


def _retired(path: Path) -> Mapping[str, str]:
    """Ids that must not come back, and what became of each."""
    if not path.exists():
        return {}
    return validated(RetiredFile, load_yaml(path, f"rules/{path.name}")).ids


def _digest(folders: Sequence[Path]) -> str:
    """Digest of every file's content, independent of where the folders are."""
    digest = hashlib.sha256(__version__.encode())
    for folder in folders:
        for path in sorted({*folder.glob("*.yaml"), *drafts_in(folder)}):
            content = content_of(path).replace(b"\r\n", b"\n")
            digest.update(f"\0{folder.name}/{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return f"sha256:{digest.hexdigest()}"
