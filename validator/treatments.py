"""How each file is checked（检查方式）: settings of a run, and of some files only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from validator.choosing import known_rules, narrowed
from validator.engine.overriding import Changes
from validator.errors import RuleError
from validator.homes import Home, Patterns
from validator.reporters.summary import Demands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.config_file import PathOverride
    from validator.engine.packs import RuleSet
    from validator.engine.schema import Rule
    from validator.facts import ReportKind
    from validator.settings import Settings


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a file, and what belongs with it, is checked.

    Attributes:
        ruleset: The rules that run.
        rounding: ``truncate`` when the figures were cut off, not rounded.
        year: Fiscal year, or None to take it from the text.
        kind: Which report it is, or None to take it from the text.
        demands: What the file must fulfil to pass.
    """

    ruleset: RuleSet
    rounding: str = "nearest"
    year: int | None = None
    kind: ReportKind | None = None
    demands: Demands = field(default_factory=Demands)


class Treatments:
    """The treatment of every file of a run."""

    def __init__(self, settings: Settings) -> None:
        """Read the rules, and try every change of them before the first file is read.

        ``faults`` holds what could not be used then, one Chinese line each.
        """
        self._settings = settings
        config, self._known, self.faults = known_rules(settings.extra, settings.config)
        self._home = Home(config.home.resolve())
        self._located = config.located
        overrides = config.file.overrides if config is settings.config else ()
        self._overrides = dict(enumerate(overrides))
        self._patterns: dict[int, Patterns] = {}
        for at in list(self._overrides):
            one = self._overrides[at]
            try:
                self._ruleset((at,))
            except RuleError as error:
                self.faults.append(f"{error}；这次没有用这一段")
                del self._overrides[at]
                continue
            self._patterns[at] = Patterns(one.files)
            lines = self._made((at,))[1] if one.select or one.ignore else ()
            where = config.origin("overrides", at)
            self.faults += [f"{where}  {line}" for line in lines]
        self.usual, faults = self._made(())
        self.faults += faults
        self._memo: dict[tuple[int, ...], Treatment] = {(): self.usual}

    def of(self, name: str) -> Treatment:
        """How a file is checked.

        Args:
            name: The file as the user named it; of a set, its first file.
        """
        found = self.matching(name)
        if found not in self._memo:
            self._memo[found] = self._made(found)[0]
        return self._memo[found]

    @property
    def fingerprint(self) -> str:
        """``sha256:…`` over what runs on any file."""
        if not self._overrides:
            return self.usual.ruleset.fingerprint
        digest = hashlib.sha256(self.usual.ruleset.fingerprint.encode())
        for at, one in self._overrides.items():
            made = self._made((at,))[0]
            digest.update(repr((one.files, made.ruleset.fingerprint)).encode())
        return f"sha256:{digest.hexdigest()}"

    @property
    def known(self) -> frozenset[str]:
        """Ids of all rules that were read, whether they run or not."""
        rules = (*self._known.rules, *self._known.switched_off)
        return frozenset(rule.id for rule in rules)

    @property
    def rules(self) -> dict[str, Rule]:
        """Every rule that runs on some file, by id in their order."""
        sets = [self.usual, *(self._made((at,))[0] for at in self._overrides)]
        found = {rule.id: rule for one in reversed(sets) for rule in one.ruleset.rules}
        return dict(sorted(found.items()))

    def matching(self, name: str) -> tuple[int, ...]:
        """Which entries of ``overrides`` hold for a file, in their order."""
        if not self._overrides:
            return ()
        path = self._home.path_of(name)
        return tuple(at for at in self._overrides if self._patterns[at].match(path))

    def _made(self, found: tuple[int, ...]) -> tuple[Treatment, list[str]]:
        settings = self._settings
        chosen = [self._overrides[at] for at in found]
        ruleset, faults = narrowed(
            self._ruleset(found),
            self._last(chosen, "select", settings.select),
            self._last(chosen, "ignore", settings.ignore),
            preview=settings.preview,
        )
        demands = replace(
            settings.demands,
            fail_on=self._last(chosen, "fail_on", settings.demands.fail_on),
            min_coverage=self._last(chosen, "min_coverage", settings.min_coverage),
            allow_unread=self._last(chosen, "allow_unread", settings.allow_unread),
        )
        made = Treatment(
            ruleset,
            self._last(chosen, "rounding", settings.rounding),
            self._last(chosen, "year", settings.year),
            self._last(chosen, "kind", settings.kind),
            demands,
        )
        return made, faults

    def _ruleset(self, found: tuple[int, ...]) -> RuleSet:
        changes = [
            Changes(self._located, self._overrides[at].rules, ("overrides", at, "rules"))
            for at in found
            if self._overrides[at].rules
        ]
        return self._known.changed(*changes) if changes else self._known

    def _last(self, chosen: Sequence[PathOverride], key: str, usual: Any) -> Any:
        """The last entry's word, unless the caller asked for something else."""
        if key in self._settings.asked:
            return usual
        said = [value for one in chosen if (value := getattr(one, key)) is not None]
        return said[-1] if said else usual
