"""Which rules run（选规则）: packs, configuration, and what is chosen one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.config import Config
from validator.engine.yaml_load import nearest
from validator.errors import RuleError, UsageError
from validator.findings import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from validator.engine.packs import RuleSet
    from validator.engine.schema import Rule

_FAMILY = 3


def choose_rules(
    extra: Sequence[str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    *,
    config: Config | None = None,
    preview: bool = False,
) -> tuple[RuleSet, list[str]]:
    """Rules to run → (rules, what could not be used, one Chinese line each).

    A pack with a broken rule, or a name that no rule has, is left out and told.

    Args:
        extra: More packs, by name or folder.
        select: Run only these: ids (SUM001), names, families (SUM) or categories (balance).
        ignore: Do not run these.
        config: What ``gouji.toml`` says.
        preview: Whether rules on trial run too; they also do where the configuration says so.
    """
    chosen, ruleset, faults = known_rules(extra, config)
    running, more = narrowed(ruleset, select, ignore, preview=preview or chosen.preview)
    return running, [*faults, *more]


def known_rules(
    extra: Sequence[str | Path] = (), config: Config | None = None
) -> tuple[Config, RuleSet, list[str]]:
    """All rules, whether they run or not → (the configuration used, rules, faults)."""
    faults: list[str] = []
    chosen, ruleset = _chosen(config or Config(), faults)
    good: list[str | Path] = []
    for word in extra:
        try:
            ruleset = chosen.rules([*good, word], examples=False)
            good.append(word)
        except (RuleError, UsageError) as error:
            faults.append(f"{error}；这次没有用“{word}”里的规则")
    return chosen, ruleset, faults


def narrowed(
    ruleset: RuleSet, select: Sequence[str] = (), ignore: Sequence[str] = (), *, preview: bool
) -> tuple[RuleSet, list[str]]:
    """The rules that run of all that are known → (rules, faults); see ``choose_rules``."""
    faults: list[str] = []
    wanted = _named(select, ruleset.rules, faults)
    unknown = bool(faults)
    left_out = _named(ignore, ruleset.rules, faults)
    running = ruleset.active(preview=preview, named=wanted)
    faults += _asleep(select, ruleset, running)
    if select or ignore:
        known = {rule.id for rule in ruleset.rules}
        chosen = wanted if select and (wanted or not unknown) else known
        running = running.only(*sorted(chosen - left_out))
    if not running.rules and not faults:
        faults.append("照 select、ignore 选下来，一条规则也没有；请改写，或去掉它们")
    return running, faults


def _chosen(config: Config, faults: list[str]) -> tuple[Config, RuleSet]:
    """The configuration and its rules; as shipped where it cannot be used."""
    try:
        return config, config.rules(examples=False)
    except (RuleError, UsageError) as error:
        if not config.name:
            raise
        faults.append(f"{error}；这次没有用配置文件“{config.name}”")
        return Config(), Config().rules(examples=False)


def _asleep(select: Sequence[str], ruleset: RuleSet, running: RuleSet) -> list[str]:
    """What to tell of rules that were asked for one by one and are on trial only."""
    awake = {rule.id for rule in running.rules}
    words = set(_words(select))
    return [
        f"规则 {rule.id} 还在试行；要用请加 --preview"
        for rule in ruleset.rules
        if rule.id not in awake and words & {rule.id, rule.id.lower(), rule.name}
    ]


def _words(listed: Iterable[str]) -> Iterator[str]:
    for one in listed:
        yield from (part.strip() for part in re.split("[,，、]", one))


def _named(listed: Sequence[str], rules: Sequence[Rule], faults: list[str]) -> set[str]:
    found: set[str] = set()
    for word in _words(listed):
        family = word.upper() if word.isalpha() and len(word) == _FAMILY else "-"
        ids = {
            rule.id
            for rule in rules
            if word.upper() == rule.id
            or word in (rule.name, rule.category)
            or rule.id[:_FAMILY] == family
        }
        if not ids and word not in set(Category):
            close = nearest(word, [*(r.id for r in rules), *(r.name for r in rules), *Category])
            faults.append(f"没有规则“{word}”{close}；gouji rules list 列出全部规则")
        found |= ids
    return found
