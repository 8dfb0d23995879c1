"""Rules for a file（用哪些规则）: the nearest ``gouji.toml``, read again when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.config import Config, find_config, load_config
from validator.engine.pack_sources import folders_of
from validator.errors import GoujiError, RuleError
from validator.rulebook.watching import snapshot
from validator.run import choose_rules

if TYPE_CHECKING:
    from pathlib import Path

    from validator.engine.packs import RuleSet
    from validator.rulebook.watching import Snapshot


@dataclass(frozen=True, slots=True)
class Settings:
    """What the files of a folder are checked with.

    Attributes:
        path: The configuration file, or None.
        config: What it says; as shipped where it cannot be used.
        ruleset: The rules to run.
        faults: What could not be used, one Chinese line each.
    """

    path: Path | None
    config: Config
    ruleset: RuleSet
    faults: tuple[str, ...] = ()


class SettingsByFolder:
    """Settings that were read; none is read twice unless a file of it has changed."""

    def __init__(self) -> None:
        self._known: dict[Path | None, tuple[Snapshot, Settings]] = {}

    def of(self, folder: Path) -> Settings:
        """The settings of the files of a folder.

        Raises:
            RuleError: The shipped rules cannot be used.
        """
        path = find_config(folder)
        config, faults = config_of(path)
        seen = snapshot(_places(path, config))
        known = self._known.get(path)
        if known is None or known[0] != seen:
            ruleset, more = choose_rules(config=config)
            known = seen, Settings(path, config, ruleset, (*faults, *more))
            self._known[path] = known
        return known[1]


def config_of(path: Path | None) -> tuple[Config, list[str]]:
    """A configuration, and why it cannot be used; then everything is as shipped."""
    try:
        return load_config(path), []
    except (RuleError, GoujiError, OSError) as error:
        return Config(), [str(error)]


def _places(path: Path | None, config: Config) -> list[Path]:
    """Files and folders whose change makes other rules."""
    try:
        folders = folders_of(config.packs)
    except GoujiError:
        folders = folders_of(())
    return [*([path] if path else []), *folders]
