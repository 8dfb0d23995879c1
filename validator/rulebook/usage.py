"""Which rules a corpus puts to work（规则用到没有）: fired, held, or never took part.

A rule that never takes part in a thousand reports is either for something rare or does not
see what it is meant to see; both are worth knowing.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from validator.findings import Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.engine.packs import RuleSet
    from validator.findings import Report

_HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)


@dataclass(frozen=True, slots=True)
class Use:
    """What one rule did（一条规则的用处）.

    Attributes:
        rule: Its id.
        title: Its title.
        documents: In how many documents it compared or found anything.
        findings: Findings.
        held: Comparisons that hold.
        undetermined: Comparisons that could not be judged.
    """

    rule: str
    title: str
    documents: int = 0
    findings: int = 0
    held: int = 0
    undetermined: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """What all rules did over a corpus（规则的用处）.

    Attributes:
        uses: One for each rule, in the order of their ids.
        checked: How many documents were checked.
        unchecked: What is wrong with the others, one line each.
    """

    uses: tuple[Use, ...]
    checked: int
    unchecked: tuple[str, ...]

    def as_text(self) -> str:
        """Lines of text; rules that took no part come last, in one line."""
        lines = ["规则     份数    问题    相符  不确定  查什么"]
        lines += [
            f"{use.rule:<7}{use.documents:>6}{use.findings:>8}{use.held:>8}"
            f"{use.undetermined:>8}  {use.title}"
            for use in self.uses
            if use.documents
        ]
        idle = [use.rule for use in self.uses if not use.documents]
        busy = len(self.uses) - len(idle)
        lines.append(f"查了 {self.checked} 份，{len(self.uses)} 条规则里 {busy} 条用到")
        if idle:
            lines.append(f"没有用到的 {len(idle)} 条：{'、'.join(idle)}")
        return "\n".join(lines)

    def as_json(self) -> str:
        """The same as a JSON object: ``checked``, ``rules``."""
        rules = [asdict(use) for use in self.uses]
        return json.dumps(
            {"checked": self.checked, "rules": rules}, ensure_ascii=False, indent=1
        )


def usage(reports: Iterable[Report], ruleset: RuleSet) -> Usage:
    """What each rule did.

    Args:
        reports: Results of checking with these rules.
        ruleset: The rules.
    """
    documents: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    verdicts: Counter[tuple[str, Verdict]] = Counter()
    checked, unchecked = 0, []
    for report in reports:
        if report.status is not Status.CHECKED:
            unchecked.append(f"{report.name}：{report.error}")
            continue
        checked += 1
        findings.update(finding.rule for finding in report.findings)
        verdicts.update((one.rule, one.verdict) for one in report.evaluations)
        seen = {finding.rule for finding in report.findings}
        documents.update(seen | {one.rule for one in report.evaluations})
    uses = (
        Use(
            rule.id,
            rule.title,
            documents[rule.id],
            findings[rule.id],
            sum(verdicts[rule.id, verdict] for verdict in _HOLDS),
            verdicts[rule.id, Verdict.UNDETERMINED],
        )
        for rule in ruleset.rules
    )
    return Usage(tuple(uses), checked, tuple(unchecked))
