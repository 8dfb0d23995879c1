"""Packs（规则包）: folders of rules that extend and adjust each other.

A pack is a folder with ``pack.yaml`` and one rule per file, ``ID-name.yaml``. A folder without
``pack.yaml`` is a pack that extends nothing. Packs are read left to right and the later wins;
a pack may change the severity, parameters and scope of another's rule, or disable it, never
its assertion. For every value the file that it came from is remembered.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from validator.engine.rule_load import is_number, load_rule
from validator.engine.schema import Rule, RuleId, Scope, Strict, Text, Word
from validator.engine.strict import validated
from validator.engine.yaml_load import Located, load_yaml, nearest
from validator.errors import RuleError, UsageError
from validator.findings import Severity
from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.extract.lexicon import Lexicon

PACK_FILE = "pack.yaml"
LEXICON = "lexicon"
DISABLE = "disable"


def _bare(value: Any) -> Any:
    """``SHR001: warning`` is short for ``SHR001: {severity: warning}``."""
    if value == DISABLE:
        return {DISABLE: "true"}
    return {"severity": value} if isinstance(value, str) else value


class Override(Strict):
    """What a pack changes in a rule（调整）."""

    disable: bool = False
    severity: Severity | None = None
    params: dict[Word, str] = Field(default_factory=dict)
    applies_to: Scope | None = None


class PackFile(Strict):
    """A ``pack.yaml``."""

    id: Text
    title: Text
    extends: tuple[Text, ...] = ()
    rules: dict[RuleId, Annotated[Override, BeforeValidator(_bare)]] = Field(
        default_factory=dict
    )


@dataclass(frozen=True)
class RuleSet:
    """The rules to run（规则集）and the vocabulary they rely on.

    Attributes:
        rules: In the order of their ids.
        fingerprint: ``sha256:…`` over all rule and lexicon files and the engine's version.
        origins: By rule id, the file of each changed value; "" is the rule's own file.
        disabled: By rule id, the file that switched it off.
        folder: Where the lexicon is.
    """

    rules: tuple[Rule, ...]
    fingerprint: str
    origins: Mapping[str, Mapping[str, str]]
    disabled: Mapping[str, str]
    folder: Path

    @cached_property
    def lexicon(self) -> Lexicon:
        """Line items, cue words and classifications; read once a process."""
        return _lexicon(self.folder)

    def only(self, *ids: str) -> RuleSet:
        """The same with just these rules."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id in ids))


def rules_folder() -> Path:
    """The folder of the packs shipped: inside the wheel, or at the top of a checkout.

    Raises:
        RuleError: There is none; the installation is damaged.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "_rules", package.parent / "rules"):
        if (folder / LEXICON).is_dir():
            return folder
    raise RuleError(f"{package / '_rules'}:1:1  找不到规则文件夹；安装不完整，请重新安装 gouji")


def load_rules(packs: Sequence[str] = (), extra: Sequence[Path] = ()) -> RuleSet:
    """Read rules, resolve overrides.

    Args:
        packs: Names of shipped packs; none means all of them.
        extra: More folders of rules, read after the packs.

    Raises:
        RuleError: A rule or pack file cannot be used; the message is located.
        UsageError: There is no such pack or folder.
    """
    shipped = rules_folder()
    names = sorted(path.parent.name for path in shipped.glob(f"*/{PACK_FILE}"))
    for name in packs:
        if name not in names:
            hint = nearest(name, names)
            raise UsageError(f"没有规则包“{name}”；可用：{'、'.join(names)}{hint}")
    loading = _Loading(shipped)
    for name in packs or names:
        loading.add(shipped / name)
    for folder in extra:
        if not folder.is_dir():
            raise UsageError(f"没有规则文件夹“{folder}”；请给出放规则文件（.yaml）的文件夹")
        loading.add(folder)
    return loading.ruleset()


@lru_cache(maxsize=4)
def _lexicon(folder: Path) -> Lexicon:
    from validator.extract.lexicon import load_lexicon  # noqa: PLC0415 - not needed to list rules

    return load_lexicon(folder)


@dataclass
class _Loading:
    """Packs read so far."""

    shipped: Path
    rules: dict[str, Rule] = field(default_factory=dict)
    origins: dict[str, dict[str, str]] = field(default_factory=dict)
    disabled: dict[str, str] = field(default_factory=dict)
    done: dict[Path, None] = field(default_factory=dict)
    under_way: list[Path] = field(default_factory=list)

    def add(self, folder: Path) -> None:
        """Read a pack after the packs that it extends."""
        if folder.resolve() in self.done:
            return
        located, pack = self._pack(folder)
        self.under_way.append(folder.resolve())
        for at, name in enumerate(pack.extends):
            self.add(self._extended(located, folder, at, name))
        self.under_way.pop()
        self.done[folder.resolve()] = None
        for path in sorted(folder.glob("*.y*ml")):
            if path.name != PACK_FILE:
                self._add_rule(path)
        for rule_id, override in pack.rules.items():
            self._override(located, rule_id, override)

    def ruleset(self) -> RuleSet:
        """What has been read, as a whole."""
        kept = [rule for rule in self.rules.values() if rule.id not in self.disabled]
        folder = self.shipped / LEXICON
        return RuleSet(
            tuple(sorted(kept, key=lambda rule: rule.id)),
            _fingerprint([*self.done, folder]),
            self.origins,
            self.disabled,
            folder,
        )

    def _pack(self, folder: Path) -> tuple[Located, PackFile]:
        path = folder / PACK_FILE
        if not path.exists():
            return Located(self._name(path)), PackFile(id=folder.name, title=folder.name)
        located = load_yaml(path, self._name(path))
        pack = validated(PackFile, located)
        if pack.id != folder.resolve().name:
            raise located.error(("id",), f"应与文件夹同名：{folder.resolve().name}")
        return located, pack

    def _extended(self, located: Located, folder: Path, at: int, name: str) -> Path:
        for base in (self.shipped / name, folder.parent / name):
            if (base / PACK_FILE).is_file():
                break
        else:
            known = sorted(path.parent.name for path in self.shipped.glob(f"*/{PACK_FILE}"))
            what = f"没有规则包“{name}”；可用：{'、'.join(known)}{nearest(name, known)}"
            raise located.error(("extends", at), what)
        if base.resolve() in (*self.under_way, folder.resolve()):
            raise located.error(("extends", at), f"规则包互相引用：{name}")
        return base

    def _add_rule(self, path: Path) -> None:
        located = load_yaml(path, self._name(path))
        if path.suffix != ".yaml":
            raise located.error((), f"规则文件的扩展名应是 .yaml：{path.stem}.yaml")
        rule = load_rule(located)
        if path.stem != f"{rule.id}-{rule.name}":
            raise located.error((), f"文件名应是 {rule.id}-{rule.name}.yaml")
        if rule.id in self.rules:
            first = self.origins[rule.id][""]
            what = f"编号 {rule.id} 已被 {first} 使用；要调整它，写在 pack.yaml 的 rules 里"
            raise located.error(("id",), what)
        self.rules[rule.id] = rule
        self.origins[rule.id] = {"": located.name}

    def _override(self, located: Located, rule_id: str, override: Override) -> None:
        rule = self.rules.get(rule_id)
        if rule is None:
            what = (
                f"没有规则 {rule_id}{nearest(rule_id, self.rules)}；先在 extends 里写它所在的包"
            )
            raise located.error(("rules", f"key:{rule_id}"), what)
        for name, value in override.params.items():
            if name not in rule.params:
                allowed = "、".join(rule.params) or "没有参数"
                what = f"规则 {rule_id} 没有参数“{name}”；可用：{allowed}"
                raise located.error(("rules", rule_id, "params", f"key:{name}"), what)
            if name in rule.numbers and not is_number(value):
                what = f"“{name}”应是一个数，如 0.05"
                raise located.error(("rules", rule_id, "params", name), what)
        origin = self.origins[rule_id]
        if override.disable:
            self.disabled[rule_id] = located.name
        elif override.severity is not None:
            self.disabled.pop(rule_id, None)
            origin["severity"] = located.name
        if override.applies_to is not None:
            origin["applies_to"] = located.name
        origin |= {f"params.{name}": located.name for name in override.params}
        self.rules[rule_id] = replace(
            rule,
            severity=override.severity or rule.severity,
            params={**rule.params, **override.params},
            applies_to=override.applies_to or rule.applies_to,
        )

    def _name(self, path: Path) -> str:
        """The file as a user would name it: shipped ones from ``rules/`` on."""
        if path.is_relative_to(self.shipped):
            return f"rules/{path.relative_to(self.shipped).as_posix()}"
        return path.as_posix()


def _fingerprint(folders: Sequence[Path]) -> str:
    """Digest of every file's content, independent of where the folders are."""
    digest = hashlib.sha256(__version__.encode())
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"\0{folder.name}/{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return f"sha256:{digest.hexdigest()}"
