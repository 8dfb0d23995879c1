"""Words of the workpaper（底稿的用语）, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.findings import Category, FigureState, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

_C, _V, _F = Category, Verdict, FigureState


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Everything that a workpaper says besides what other outputs say too.

    Attributes:
        sheets: Names of the sheets: verdict, findings, comparisons, figures, rules.
        findings: Headings of the list of findings.
        comparisons: Headings of the comparisons.
        figures: Headings of the figures.
        rules: Headings of the rules.
        files: Headings of the table of files.
        sections: Headings of the coverage by section.
        missed: Headings of what was not checked.
        verdicts: Name of each outcome.
        cut_off: The outcome of what holds only when percentages were cut off.
        states: What became of a figure.
        no_operand: Why a figure was not checked: what it is compared with is missing.
        alone: The same: it was compared with nothing but itself.
        unused: The same: nothing made use of it.
        counts: Whether a figure counts in the coverage, yes and no.
        category: Name of each category.
        choices: What may be chosen as the result of a verification.
        choice_error: When something else is written there.
        nearest: How percentages were made, where they were rounded.
        coverage: How much was checked.
        coverage_none: The same, where there is nothing to check.
        tool: What it was checked with.
        caveat: What the workpaper proves and what not.
        sign: Where people sign.
        total: All files together.
        by_section: Title of the coverage by section.
        not_checked: Title of what was not checked.
        cut: At the end of a cell that is too long.
        full: When a sheet has no room for all rows.
        foot: At the foot of a printed page.
        title: What the workpaper is called.
    """

    sheets: tuple[str, str, str, str, str]
    findings: tuple[str, ...]
    comparisons: tuple[str, ...]
    figures: tuple[str, ...]
    rules: tuple[str, ...]
    files: tuple[str, ...]
    sections: tuple[str, ...]
    missed: tuple[str, ...]
    verdicts: Mapping[Verdict, str]
    cut_off: str
    states: Mapping[FigureState, str]
    no_operand: str
    alone: str
    unused: str
    counts: tuple[str, str]
    category: Mapping[Category, str]
    choices: tuple[str, ...]
    choice_error: str
    nearest: str
    coverage: str
    coverage_none: str
    tool: str
    caveat: str
    sign: str
    total: str
    by_section: str
    not_checked: str
    cut: str
    full: str
    foot: str
    title: str


ZH = PaperWords(
    sheets=("结论", "问题清单", "核对底稿", "数字清单", "规则"),
    findings=(
        "序号", "级别", "文件", "位置", "章节", "问题", "原话", "报告数", "计算数／对照数",
        "差额", "单位", "算式", "依据", "建议", "状态", "核实结果", "核实说明", "经办人",
        "日期", "规则", "底稿序号", "指纹",
    ),
    comparisons=(
        "序号", "文件", "位置", "章节", "规则", "查什么", "判定", "算式", "左边", "右边",
        "差额（左−右）", "单位", "用到的原话", "问题序号",
    ),
    figures=(
        "序号", "文件", "位置", "章节", "原话", "数值", "单位", "状态", "说明", "核对次数",
        "计入核对率",
    ),
    rules=(
        "规则", "查什么", "类别", "级别", "核对次数", "相符", "不符", "没有判断", "问题",
        "理由", "依据",
    ),
    files=(
        "文件", "单位", "年度", "类型", "结论", "错误", "存疑", "提示", "已知", "豁免", "已改",
        "数字", "核对过", "核对率（%）", "百分比取位", "摘要（SHA-256）",
    ),
    sections=("文件", "章节", "数字", "核对过", "核对率（%）"),
    missed=("文件", "情况", "说明"),
    verdicts=MappingProxyType({
        _V.CONSISTENT: "相符", _V.CONSISTENT_BY_ROUNDING: "相符（四舍五入）",
        _V.INCONSISTENT: "不符", _V.UNDETERMINED: "没有判断", _V.INAPPLICABLE: "不适用",
    }),
    cut_off="相符（去尾）",
    states=MappingProxyType({
        _F.CONSISTENT: "相符", _F.INCONSISTENT: "不符", _F.UNCHECKED: "没有核对",
        _F.IGNORED: "不是账上的数",
    }),
    no_operand="与它比的数缺少或不确定，没有判断",
    alone="只查了它的写法，没有和别的数核对",
    unused="没有一次核对用到它",
    counts=("是", "否"),
    category=MappingProxyType({
        _C.CHANGE_DIRECTION: "增减方向", _C.CHANGE_PERCENT: "增减率",
        _C.CHANGE_AMOUNT: "增减额", _C.SHARE_PERCENT: "占比", _C.SHARE_SUM: "占比之和",
        _C.COMPLETION_PERCENT: "完成率", _C.SUM_MISMATCH: "分项与合计", _C.BALANCE: "收支平衡",
        _C.DIFFERENCE: "差额", _C.CROSS_REFERENCE: "前后一致", _C.TABLE_MISMATCH: "表间、表文",
        _C.TABLE_SUM: "表内合计", _C.CHART_MISMATCH: "图表", _C.QUANTITY_PRICE: "单价和数量",
        _C.COUNT_SUM: "人数等合计", _C.YEAR_ERROR: "年份", _C.UNIT_ERROR: "单位",
        _C.NUMBER_FORMAT: "数字写法", _C.CODE_NAME: "科目编码、名称", _C.SCORE_ERROR: "得分",
        _C.TEMPLATE_RESIDUE: "模板残留", _C.NUMBERING: "编号", _C.MISSING_CONTENT: "缺少内容",
        _C.OTHER: "其他",
    }),
    choices=("确认", "误报", "已改"),
    choice_error="请从列表里选：确认、误报或已改",
    nearest="四舍五入",
    coverage=(
        "数字核对率 {checked}/{numbers}（{percent}）：说明收支等的{numbers}个数字里，"
        "{checked}个和别的数核对过。没有核对的列在“数字清单”里，不说明它们没有错。"
    ),
    coverage_none="没有找到要核对的数字，不能说明报告没有问题。",
    tool="工具：gouji {version}；规则{count}条，规则集 {fingerprint}",
    caveat=(
        "说明：按报告印出的数字核对，已考虑取位；每一次核对列在“核对底稿”里。"
        "问题由人核实后才作数。"
    ),
    sign=(
        "编制人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿　　　"
        "复核人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿"
    ),
    total="合计",
    by_section="各章节的核对率",
    not_checked="没有查的",
    cut="……（太长，没有写完）",
    full="“{sheet}”写满了，另有{count}行没有写；请分几次检查，或用 JSON 格式",
    foot="&L编制人：　　　　　复核人：&C第 &P 页，共 &N 页",
    title="勾稽核对底稿",
)  # fmt: skip

EN = PaperWords(
    sheets=("Verdict", "Findings", "Comparisons", "Figures", "Rules"),
    findings=(
        "no.", "level", "file", "place", "section", "problem", "quote", "stated",
        "computed or compared with", "difference", "unit", "computation", "basis", "advice",
        "state", "result", "remark", "verified by", "date", "rule", "comparison no.",
        "fingerprint",
    ),
    comparisons=(
        "no.", "file", "place", "section", "rule", "looks for", "outcome", "computation",
        "left", "right", "difference (left − right)", "unit", "words used", "finding no.",
    ),
    figures=(
        "no.", "file", "place", "section", "quote", "number", "unit", "state", "remark",
        "comparisons", "counts in coverage",
    ),
    rules=(
        "rule", "looks for", "category", "level", "comparisons", "agree", "disagree",
        "not judged", "findings", "reason", "references",
    ),
    files=(
        "file", "entity", "year", "kind", "verdict", "errors", "doubts", "notes", "known",
        "waived", "fixed", "figures", "checked", "checked (%)", "percentages",
        "digest (SHA-256)",
    ),
    sections=("file", "section", "figures", "checked", "checked (%)"),
    missed=("file", "what", "why"),
    verdicts=MappingProxyType({
        _V.CONSISTENT: "agrees", _V.CONSISTENT_BY_ROUNDING: "agrees (rounded)",
        _V.INCONSISTENT: "disagrees", _V.UNDETERMINED: "not judged",
        _V.INAPPLICABLE: "not applicable",
    }),
    cut_off="agrees (cut off)",
    states=MappingProxyType({
        _F.CONSISTENT: "agrees", _F.INCONSISTENT: "disagrees", _F.UNCHECKED: "not checked",
        _F.IGNORED: "no figure of account",
    }),
    no_operand="what it is compared with is missing or uncertain",
    alone="only its spelling was checked",
    unused="no comparison made use of it",
    counts=("yes", "no"),
    category=MappingProxyType(
        {one: one.value.replace("_", " ") for one in Category}
    ),
    choices=("confirmed", "false alarm", "mended"),
    choice_error="choose one of the list: confirmed, false alarm or mended",
    nearest="rounded",
    coverage=(
        "Figures checked {checked}/{numbers} ({percent}): of {numbers} figures of account "
        "{checked} were compared with others. The rest is listed, not proved right."
    ),
    coverage_none="No figures of account found, which proves nothing.",
    tool="Tool: gouji {version}; {count} rules, rule set {fingerprint}",
    caveat=(
        "Figures are judged as printed, rounding allowed for; every comparison is listed. A "
        "finding counts when a person has verified it."
    ),
    sign=(
        "Prepared by: ____________  Date: ________      "
        "Reviewed by: ____________  Date: ________"
    ),
    total="total",
    by_section="Coverage by section",
    not_checked="Not checked",
    cut=" … (too long, cut)",
    full="{sheet} is full, {count} more rows left out; check fewer files at once, or use JSON",
    foot="&LPrepared by:            Reviewed by:&CPage &P of &N",
    title="gouji workpaper",
)  # fmt: skip

PAPER: Mapping[str, PaperWords] = MappingProxyType({"zh": ZH, "en": EN})
