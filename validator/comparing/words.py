"""Words of a comparison（对比用语）in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.comparing.results import ChangeKind
from validator.comparing.totals import Outcome
from validator.reporters.labels import LABELS
from validator.reporters.words import EN, ZH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.reporters.labels import Labels
    from validator.reporters.words import Words


@dataclass(frozen=True, slots=True)
class DiffWords:
    """Everything that a comparison says besides what the rules say.

    Attributes:
        shared: Words that checks use, too.
        labels: Words of the outputs of checks.
        old: Before the file of the old version.
        new: Before the file of the new version.
        old_place: A place of the old version.
        added: A report that only the new version has.
        removed: A report that only the old version has.
        failed: A pair that could not be compared.
        old_in_part: When a part of the old version was not read.
        new_in_part: When a part of the new version was not read.
        other_entity: The two are not of one entity.
        other_year: The two are not of one fiscal year.
        fresh: Title of new findings.
        altered: Title of findings that are still there though a figure of theirs changed.
        kept: Title of the other findings that are still there.
        fixed: Title of findings that are gone.
        vanished: Title of findings that were not found again in a version read in part.
        figures: Titles of figures, by what became of them.
        more: When some are left out.
        nothing: Neither findings nor figures differ.
        outcome: The verdict in a word.
        verdict_fresh: New findings in the verdict; the other pieces follow.
        verdict_none: No new findings.
        verdict_fixed: Findings that are gone.
        verdict_vanished: Findings that were not found again.
        verdict_kept: Findings that are still there.
        verdict_changed: Figures that changed.
        verdict_added: Reports that only the new version has.
        verdict_removed: Reports that only the old version has.
        columns: Heads of a table of figures: where, what, old, new.
        title: Title of the whole page.
    """

    shared: Words
    labels: Labels
    old: str
    new: str
    old_place: str
    added: str
    removed: str
    failed: str
    old_in_part: str
    new_in_part: str
    other_entity: str
    other_year: str
    fresh: str
    altered: str
    kept: str
    fixed: str
    vanished: str
    figures: Mapping[ChangeKind, str]
    more: str
    nothing: str
    outcome: Mapping[Outcome, str]
    verdict_fresh: str
    verdict_none: str
    verdict_fixed: str
    verdict_vanished: str
    verdict_kept: str
    verdict_changed: str
    verdict_added: str
    verdict_removed: str
    columns: tuple[str, str, str, str]
    title: str


_ZH = DiffWords(
    shared=ZH,
    labels=LABELS["zh"],
    old="旧",
    new="新",
    old_place="旧{place}",
    added="新增的报告",
    removed="没有了的报告",
    failed="没有对比",
    old_in_part="旧版（连同附表）有一部分没有读出：新出现的问题、新增的数字，可能旧版就有",
    new_in_part="新版（连同附表）有一部分没有读出：没有再找到的，不能说已经解决或去掉",
    other_entity="单位不同：{old} → {new}，请确认没有选错文件",
    other_year="年度不同：{old} → {new}",
    fresh="新出现的问题",
    altered="仍有的问题（数字变了）",
    kept="仍有的问题",
    fixed="解决了的问题",
    vanished="没有再找到的问题（不一定解决了）",
    figures={
        ChangeKind.CHANGED: "改了的数字",
        ChangeKind.RESTATED: "只是写法变了的数字",
        ChangeKind.ADDED: "新增的数字",
        ChangeKind.REMOVED: "去掉的数字",
        ChangeKind.VANISHED: "没有再找到的数字（不一定去掉了）",
    },
    more="另有{count}处（--all 全部列出）",
    nothing="问题和数字都没有变化",
    outcome=MappingProxyType(
        {
            Outcome.PASSED: "通过",
            Outcome.NOT_PASSED: "没有通过",
            Outcome.INCOMPLETE: "没有比完",
            Outcome.FAILED: "程序自己出错，没有比完",
        }
    ),
    verdict_fresh="新出现{what}",
    verdict_none="没有新问题",
    verdict_fixed="解决{count}处",
    verdict_vanished="没有再找到{count}处",
    verdict_kept="仍有{count}处",
    verdict_changed="改了{count}个数字",
    verdict_added="新增{count}份报告",
    verdict_removed="少了{count}份报告",
    columns=("位置", "数字", "旧", "新"),
    title="两版对比",
)

_EN = DiffWords(
    shared=EN,
    labels=LABELS["en"],
    old="old",
    new="new",
    old_place="old {place}",
    added="new report",
    removed="report gone",
    failed="not compared",
    old_in_part="a part of the old version or its tables was not read:"
    " what is new may have been there before",
    new_in_part="a part of the new version or its tables was not read:"
    " what was not found again may still be there",
    other_entity="entities differ: {old} → {new}; are these the right files?",
    other_year="fiscal years differ: {old} → {new}",
    fresh="new findings",
    altered="findings still there (figure changed)",
    kept="findings still there",
    fixed="findings fixed",
    vanished="findings not found again (perhaps not fixed)",
    figures={
        ChangeKind.CHANGED: "figures changed",
        ChangeKind.RESTATED: "figures only written differently",
        ChangeKind.ADDED: "figures added",
        ChangeKind.REMOVED: "figures removed",
        ChangeKind.VANISHED: "figures not found again (perhaps not removed)",
    },
    more="{count} more (--all lists them)",
    nothing="findings and figures are the same",
    outcome=MappingProxyType(
        {
            Outcome.PASSED: "passed",
            Outcome.NOT_PASSED: "not passed",
            Outcome.INCOMPLETE: "incomplete",
            Outcome.FAILED: "internal failure, incomplete",
        }
    ),
    verdict_fresh="new {what}",
    verdict_none="nothing new",
    verdict_fixed="fixed {count}",
    verdict_vanished="not found again {count}",
    verdict_kept="still there {count}",
    verdict_changed="figures changed {count}",
    verdict_added="new reports {count}",
    verdict_removed="reports gone {count}",
    columns=("place", "figure", "old", "new"),
    title="Comparison",
)

LANGUAGES: Mapping[str, DiffWords] = MappingProxyType({"zh": _ZH, "en": _EN})
