"""Settings for a file（用哪些设置）: the nearest configuration, read again when it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from validator.config import Config, find_config, load_config
from validator.engine.pack_sources import folders_of
from validator.errors import GoujiError
from validator.gate import Gate
from validator.rulebook.watching import snapshot
from validator.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from validator.rulebook.watching import Snapshot
    from validator.settings import Asked


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the files of a folder are checked with（生效的设置）.

    Attributes:
        path: The configuration file, or None.
        config: What it says; as shipped where it cannot be used.
        gate: Rules by file, baseline and waivers.
        faults: What could not be used, one Chinese line each.
    """

    path: Path | None
    config: Config
    gate: Gate = field(repr=False)
    faults: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """Language of labels, ``zh`` or ``en``."""
        return self.gate.settings.lang


class ChosenByFolder:
    """Settings that were read; none is read twice unless a file of it has changed."""

    def __init__(self, language: str | None = None) -> None:
        """Start with nothing read.

        Args:
            language: Of labels; None for the one that each configuration wants.
        """
        self._asked: Asked = {} if language is None else {"lang": language}
        self._known: dict[Path | None, tuple[Snapshot, date, Chosen]] = {}

    def of(self, folder: Path) -> Chosen:
        """The settings of the files of a folder.

        Raises:
            RuleError: The shipped rules cannot be used.
        """
        path = find_config(folder)
        config, faults = _config_of(path)
        settings = Settings.of(config, **self._asked)
        today = date.today()  # noqa: DTZ011 - waivers expire by the user's own day
        seen = snapshot(_places(path, settings))
        known = self._known.get(path)
        if known is None or known[:2] != (seen, today):
            gate = Gate(settings, today=today)
            chosen = Chosen(path, config, gate, (*faults, *gate.faults))
            known = seen, today, chosen
            self._known[path] = known
        return known[2]


def _config_of(path: Path | None) -> tuple[Config, list[str]]:
    """A configuration, and why it cannot be used; then everything is as shipped."""
    try:
        return load_config(path), []
    except GoujiError as error:
        return Config(), [str(error)]


def _places(path: Path | None, settings: Settings) -> list[Path]:
    """Files and folders whose change makes other settings."""
    try:
        folders = folders_of(settings.config.packs)
    except GoujiError:
        folders = folders_of(())
    files = (path, settings.baseline, settings.waivers)
    return [*(one for one in files if one is not None), *folders]
