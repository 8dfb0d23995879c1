"""What a run goes by（设置）: what is asked for, else what is configured, else the usual."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from validator.config import Config
from validator.config_file import ConfigFile, Language, Rounding
from validator.engine.strict import validated
from validator.engine.yaml_load import Located
from validator.reporters import SCREEN
from validator.reporters.summary import Demands, FailOn

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.facts import ReportKind

KEYS = (
    "preview", "year", "select", "ignore", "rounding", "separate", "fail_on", "min_coverage",
    "max_findings", "allow_unread", "baseline", "waivers", "format", "lang", "jobs",
)  # fmt: skip
"""Settings that both a caller and ``gouji.toml`` may give."""
_PATHS = ("baseline", "waivers")


class Asked(TypedDict, total=False):
    """What a caller may ask for; see ``Settings``."""

    extra: tuple[str | Path, ...]
    preview: bool
    year: int | None
    kind: ReportKind | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    rounding: str
    separate: bool
    fail_on: str
    min_coverage: Decimal | str | None
    max_findings: int
    allow_unread: bool
    baseline: Path | str | None
    waivers: Path | str | None
    format: tuple[str, ...]
    lang: str
    jobs: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a run（设置）.

    Attributes:
        config: The configuration; it says what holds for some files only.
        extra: More packs, by name or folder.
        preview: Whether rules on trial run too.
        year: Fiscal year of the reports; without it their text tells.
        kind: Which reports they are; without it their text tells.
        select: Only these rules run: ids, names, families or categories; all when empty.
        ignore: These rules do not run.
        rounding: ``truncate`` when the figures were cut off, not rounded.
        separate: Whether every file is checked by itself.
        fail_on: From which severity on a finding fails the run.
        min_coverage: Least share of figures checked in each file, or None.
        max_findings: How many of the findings that fail the run are put up with.
        allow_unread: Whether a file may pass of which a part could not be read.
        baseline: The file of known findings, or None.
        waivers: The file of waivers, or None.
        format: Outputs, as ``--format`` takes them.
        lang: Language of what is said around the findings.
        jobs: Processes at once.
        asked: Which of these the caller gave; they come before settings for some files.
    """

    config: Config = field(default_factory=Config)
    extra: tuple[str | Path, ...] = ()
    preview: bool = False
    year: int | None = None
    kind: ReportKind | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rounding: str = Rounding.NEAREST.value
    separate: bool = False
    fail_on: str = FailOn.ERROR.value
    min_coverage: Decimal | None = None
    max_findings: int = 0
    allow_unread: bool = False
    baseline: Path | None = None
    waivers: Path | None = None
    format: tuple[str, ...] = (SCREEN,)
    lang: str = Language.CHINESE.value
    jobs: int = 1
    asked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, config: Config | None = None, **asked: Unpack[Asked]) -> Settings:
        """The settings that hold.

        Args:
            config: From ``load_config``; as shipped when None.
            asked: What is asked for; it comes before the configuration.

        Raises:
            RuleError: A value is not allowed; the message says what is.
        """
        config = config or Config()
        values: dict[str, Any] = {
            key: _configured(config, key) for key in KEYS if config.says(key)
        }
        values.update(_taken(asked))
        return cls(config, **values, asked=frozenset(asked))

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that these settings are read from."""
        named = self.config.home / Path(self.config.name).name if self.config.name else None
        folders = (one for one in self.config.packs if isinstance(one, Path))
        rules = (path for folder in folders for path in sorted(folder.glob("*.y*ml")))
        return tuple(one for one in (named, self.baseline, self.waivers, *rules) if one)

    @property
    def demands(self) -> Demands:
        """What a run must fulfil to pass."""
        return Demands(
            FailOn(self.fail_on), self.min_coverage, self.max_findings, self.allow_unread
        )


def _taken(asked: Asked) -> dict[str, Any]:
    """What a caller asks for, checked as if it stood in a configuration file."""
    values: dict[str, Any] = dict(asked)
    given = {key: values[key] for key in KEYS if values.get(key) is not None}
    plain = {key: _plain(value) for key, value in given.items()}
    file = validated(ConfigFile, Located("Settings.of", plain))
    values |= {key: getattr(file, key) for key in given}
    values |= {key: Path(given[key]) for key in _PATHS if key in given}
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return list(value)
    return value.as_posix() if isinstance(value, Path) else value


def _configured(config: Config, key: str) -> Any:
    value = getattr(config.file, key)
    if key in _PATHS:
        return config.path(value)
    if key == "format":
        return tuple(_placed(config, one) for one in value)
    return value


def _placed(config: Config, words: str) -> str:
    """A format with its file as seen from here."""
    form, colon, path = words.partition(":")
    return f"{form}{colon}{config.path(path).as_posix()}" if path else form  # type: ignore[union-attr]  # a path gives a path


def origin(chosen: Settings, key: str) -> str:
    """Where a setting comes from: ``""`` for the usual, ``asked``, or file and line."""
    if key in chosen.asked:
        return "asked"
    return chosen.config.origin(key) if chosen.config.says(key) else ""
