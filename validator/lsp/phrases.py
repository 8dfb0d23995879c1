"""Words of the language server（编辑器里的用语）that a report on paper does not need."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.findings import RepairGroup, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the server says besides what reports say.

    Attributes:
        title: Between the title of a rule and its sentence.
        change: What an edit changes, before the edit itself.
        other: The quotation of another operand.
        others: Before the places of the other operands.
        why: Reason of a rule.
        references: Legal basis of a rule.
        verdict: Outcome of a comparison.
        looked_for: After a comparison, what its rule looks for.
        more: When there are too many comparisons.
        unchecked: A figure that was compared with nothing.
        ignored: A figure that is none of account.
    """

    title: str
    change: Mapping[RepairGroup, str]
    other: str
    others: str
    why: str
    references: str
    verdict: Mapping[Verdict, str]
    looked_for: str
    more: str
    unchecked: str
    ignored: str


PHRASES: Mapping[str, Phrases] = MappingProxyType(
    {
        "zh": Phrases(
            title="{title}：{message}",
            change={
                RepairGroup.WORDING: "改用词：{edit}",
                RepairGroup.YEARS: "改年份：{edit}",
                RepairGroup.MONEY: "改数字（请先核对账表）：{edit}",
            },
            other="对照“{quote}”",
            others="对照：{text}",
            why="为什么：{text}",
            references="依据：{text}",
            verdict={
                Verdict.CONSISTENT: "相符",
                Verdict.CONSISTENT_BY_ROUNDING: "按取位相符",
                Verdict.INCONSISTENT: "不符",
            },
            looked_for="（{rule}，查“{title}”）",
            more="另有{count}次核对",
            unchecked="没有核对：没有能与它对照的数",
            ignored="不核对：{why}",
        ),
        "en": Phrases(
            title="{title}: {message}",
            change={
                RepairGroup.WORDING: "wording: {edit}",
                RepairGroup.YEARS: "year: {edit}",
                RepairGroup.MONEY: "figure (check the books first): {edit}",
            },
            other="see “{quote}”",
            others="see: {text}",
            why="why: {text}",
            references="basis: {text}",
            verdict={
                Verdict.CONSISTENT: "holds",
                Verdict.CONSISTENT_BY_ROUNDING: "holds by rounding",
                Verdict.INCONSISTENT: "does not hold",
            },
            looked_for=" ({rule}, looks for “{title}”)",
            more="{count} more comparisons",
            unchecked="not checked: nothing to compare it with",
            ignored="not a figure of account: {why}",
        ),
    }
)
"""By the value of ``--lang``."""
