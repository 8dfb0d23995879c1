"""Words of the outputs for other programs（各种格式的用语）, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Labels:
    """What outputs say besides findings.

    Attributes:
        missed: What keeps a file or a wish from being checked, by name, see ``missed.Missed``.
        thin: A coverage below what is demanded.
        no_figures: A file without a figure of account.
        settings: The options and rules as a thing to be checked.
        whole: Whether all of a file was read and understood, as a thing to be checked.
        coverage: The coverage, as a thing to be checked.
        counted: How much was checked.
        same_cause: Of a rule whose break is told at another rule.
        same_cause_elsewhere: The same, where nobody knows which.
        known: Why a finding does not count that a baseline knows.
        fingerprint: Before a fingerprint.
        several: Before the first of several findings.
        allowed: When findings that fail a run are put up with.
        states: Whether a finding is new, known, waived or fixed.
        columns: Headings of the table of findings.
        title: Heading of the summary.
        files: Headings of the table of files.
        not_checked: Heading of what was not checked.
        fixed: Heading of what is fixed.
        more_files: When files are left out of a table.
        more_lines: When lines are left out of a list.
        cut: When findings are left out.
        colon: Between what is spoken of and what is said.
        comma: Between the parts of a place.
        listed: Between counts.
        semicolon: Between sentences in one cell.
        brackets: Around what explains the words before.
    """

    missed: Mapping[str, str]
    thin: str
    no_figures: str
    settings: str
    whole: str
    coverage: str
    counted: str
    same_cause: str
    same_cause_elsewhere: str
    known: str
    fingerprint: str
    several: str
    allowed: str
    states: Mapping[str, str]
    columns: tuple[str, ...]
    title: str
    files: tuple[str, ...]
    not_checked: str
    fixed: str
    more_files: str
    more_lines: str
    cut: str
    colon: str = "："
    comma: str = "，"
    listed: str = "、"
    semicolon: str = "；"
    brackets: str = "（{text}）"


ZH = Labels(
    missed=MappingProxyType(
        {
            "unreadable": "读不了",
            "quarantined": "程序出错",
            "lost": "没有读出",
            "unclear": "没有看懂",
            "thin": "核对率不够",
            "refused": "没有用上",
        }
    ),
    thin="数字核对率 {checked}/{numbers}（{percent}），低于要求的{least}",
    no_figures="没有找到要核对的数字",
    settings="选项和规则",
    whole="全部读出、看懂",
    coverage="数字核对率",
    counted="{checked}/{numbers}（{percent}）",
    same_cause="和{rules}那一处是同一个原因，改好那一处，这里也就相符",
    same_cause_elsewhere="和别的问题是同一个原因，改好那一处，这里也就相符",
    known="已知，基线里有",
    fingerprint="指纹：{text}",
    several="{count}处，第一处：",
    allowed="容许不超过{count}处，没有超过",
    states=MappingProxyType({"": "新", "known": "已知", "waived": "豁免", "fixed": "已改"}),
    columns=(
        "文件", "位置", "章节", "级别", "规则", "名称", "原话", "问题", "算式", "建议", "指纹",
        "状态", "豁免理由", "负责人", "到期",
    ),
    title="勾稽检查",
    files=("文件", "错误", "存疑", "提示", "已知", "豁免", "已改", "数字核对率"),
    not_checked="没有查的",
    fixed="已改（基线里有，现在没有了）",
    more_files="另有{count}个文件没有列出",
    more_lines="另有{count}条没有列出",
    cut="太长，另有{count}处没有列出（{severities}）；完整的结果请看别的格式，如 csv、json",
)  # fmt: skip

EN = Labels(
    missed=MappingProxyType(
        {
            "unreadable": "unreadable",
            "quarantined": "internal failure",
            "lost": "not read",
            "unclear": "not understood",
            "thin": "too little checked",
            "refused": "not used",
        }
    ),
    thin="figures checked {checked}/{numbers} ({percent}), fewer than the {least} demanded",
    no_figures="no figures of account found",
    settings="options and rules",
    whole="all read and understood",
    coverage="figures checked",
    counted="{checked}/{numbers} ({percent})",
    same_cause="same cause as {rules}: once that is mended this agrees too",
    same_cause_elsewhere="same cause as another finding: once that is mended this agrees too",
    known="known to the baseline",
    fingerprint="fingerprint: {text}",
    several="{count} findings, the first: ",
    allowed="at most {count} are put up with",
    states=MappingProxyType(
        {"": "new", "known": "known", "waived": "waived", "fixed": "fixed"}
    ),
    columns=(
        "file", "place", "section", "level", "rule", "title", "quote", "problem", "computation",
        "advice", "fingerprint", "state", "reason of the waiver", "owner", "expires",
    ),
    title="gouji",
    files=("file", "errors", "doubts", "notes", "known", "waived", "fixed", "figures checked"),
    not_checked="Not checked",
    fixed="Fixed (in the baseline, no longer there)",
    more_files="{count} more files are not listed",
    more_lines="{count} more are not listed",
    cut="too long, {count} more are not listed ({severities}); see another format, csv or json",
    colon=": ",
    comma=", ",
    listed=", ",
    semicolon="; ",
    brackets=" ({text})",
)  # fmt: skip

LABELS: Mapping[str, Labels] = MappingProxyType({"zh": ZH, "en": EN})
