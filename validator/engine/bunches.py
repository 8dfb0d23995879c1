"""Bunches（成批的小差）: many findings of one rule with one cause are told once.

Tables that are computed in 元 and printed in 万元 differ in their last digits all over. One
line that names them all says it better than twenty. A rule asks for this with ``bunch``, the
number of findings from which on they are one; ``bunch_because`` says what they have in common.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.engine.fingerprints import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.engine.schema import Rule
    from validator.findings import Finding


def bunched(findings: Sequence[Finding], rules: Iterable[Rule]) -> list[Finding]:
    """The same findings, those of a rule that bunches put into one when there are many."""
    asking = {rule.id: rule.params for rule in rules if "bunch" in rule.params}
    least = {rule: int(params["bunch"]) for rule, params in asking.items()}
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.rule in least:
            groups[finding.rule].append(finding)
    many = {rule for rule, group in groups.items() if len(group) >= least[rule]}
    kept = [one for one in findings if one.rule not in many]
    because = {rule: params.get("bunch_because", "") for rule, params in asking.items()}
    return [*kept, *(_one(groups[rule], because[rule]) for rule in sorted(many))]


def _one(group: Sequence[Finding], because: str) -> Finding:
    ordered = sorted(group, key=lambda one: one.evidence[0].span)
    first = ordered[0]
    evidence = tuple(dict.fromkeys(e for one in ordered for e in one.evidence))
    told = f"；同样的共有{len(group)}处" + (f"，{because}" if because else "")
    message = f"{first.message.rstrip('。')}{told}。"
    fingerprint = merged(one.fingerprint for one in group)
    return replace(
        first, message=message, evidence=evidence, repairs=(), fingerprint=fingerprint
    )
