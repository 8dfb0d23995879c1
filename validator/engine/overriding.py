"""Changes to rules（调整规则）: severity, parameters and scope, never what they assert.

Packs change rules of the packs that they extend, ``gouji.toml`` those of all, and parts of
it those for some files only. For every changed value the file that says so is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from validator.engine.rule_load import is_number
from validator.engine.yaml_load import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.engine.pack_files import Override
    from validator.engine.schema import Rule
    from validator.engine.yaml_load import Located

_FAMILY = 3


@dataclass(frozen=True, slots=True)
class Changes:
    """What a file changes in rules.

    Attributes:
        located: The file.
        overrides: What changes, by id, family or category.
        path: Where in the file they stand.
    """

    located: Located
    overrides: Mapping[str, Override]
    path: tuple[str | int, ...] = ("rules",)


@dataclass(slots=True)
class Adjusting:
    """Rules while they are being changed.

    Attributes:
        rules: All of them, by id.
        origins: By rule id, the file of each changed value; "" is the rule's own file.
        disabled: By rule id, the file that switched it off.
    """

    rules: dict[str, Rule] = field(default_factory=dict)
    origins: dict[str, dict[str, str]] = field(default_factory=dict)
    disabled: dict[str, str] = field(default_factory=dict)

    def change(self, changes: Changes) -> None:
        """Change all that a file changes, in its order.

        Raises:
            RuleError: There is no such rule or parameter.
        """
        for key, override in changes.overrides.items():
            ids = [
                i for i, rule in self.rules.items() if key in (i, i[:_FAMILY], rule.category)
            ]
            if not ids:
                located = changes.located
                where = "extends" if located.name.endswith(".yaml") else "packs"
                what = f"没有规则 {key}{nearest(key, self.rules)}；先在 {where} 里写它所在的包"
                raise located.error((*changes.path, f"key:{key}"), what)
            for rule_id in ids:
                self._change(changes, key, rule_id, override)

    def _change(self, changes: Changes, key: str, rule_id: str, override: Override) -> None:
        rule, located = self.rules[rule_id], changes.located
        for name, value in override.params.items():
            if name not in rule.params:
                allowed = "、".join(rule.params) or "没有参数"
                what = f"规则 {rule_id} 没有参数“{name}”；可用：{allowed}"
                raise located.error((*changes.path, key, "params", f"key:{name}"), what)
            if name in rule.numbers and not is_number(value):
                what = f"“{name}”应是一个数，如 0.05"
                raise located.error((*changes.path, key, "params", name), what)
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
