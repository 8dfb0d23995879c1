"""Words of the tool itself（界面用语）in Chinese and English; rules bring their own."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.facts import ReportKind
from validator.findings import Category, Impact, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_C = Category


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a report says besides what the rules say.

    Attributes:
        severity: Name of each severity.
        kind: Name of each kind of report.
        year: Fiscal year.
        line: Place in a text file.
        paragraph: Place in a Word file.
        cell: Place in a table.
        address: Cell of a workbook.
        page: Before a place, where the file has pages.
        opening: Title of what stands before the first heading.
        also: Before a quotation from another place.
        more_places: When there are too many of them.
        computation: The sum written out.
        advice: What to do.
        alternative: Another edit that would do.
        replace: An edit and why.
        remove: An edit that only takes words out.
        insert: An edit that only puts words in.
        reason: Between an edit and its arithmetic.
        consequences: Before the rules that the same cause breaks.
        impact: Before what a reader would believe wrongly.
        impacts: What that may be.
        what_to_do: What to do about a category when no edit is offered.
        check_numbers: What to do about any other category.
        more_alike: When similar notes are left out.
        nothing: A file without findings.
        silent: The same, where that is all to say.
        rounding: How percentages were made, where not all were rounded; by habit, and
            more closely where they were counted.
        unread: What could not be read.
        unclear: What was read but not understood.
        no_figures: A file without a figure of account.
        summary: The last line of the report.
        bad_files: Its end, when files were not checked.
        coverage: Its end, how much was checked.
        aside: Its end, findings that do not count.
        asides: Why a finding does not count.
        waiver: The waiver of a finding.
        gone: Before known findings that are no longer there.
        gone_one: One of them.
        rules: Which rules the report was checked with.
        config: The configuration that was used.
        verdict: Before the verdict.
        verdict_parts: The pieces of the verdict sentence.
        skipped: What stands in a folder and nobody looks into: pictures, links to folders,
            what we wrote ourselves.
        since: Which files are checked where only those that changed are.
        absent: Files of the baseline that are gone.
    """

    severity: Mapping[Severity, str]
    kind: Mapping[ReportKind, str]
    year: str
    line: str
    paragraph: str
    cell: str
    address: str
    page: str
    opening: str
    also: str
    more_places: str
    computation: str
    advice: str
    alternative: str
    replace: str
    remove: str
    insert: str
    reason: str
    consequences: str
    impact: str
    impacts: Mapping[Impact, str]
    what_to_do: Mapping[Category, str]
    check_numbers: str
    more_alike: str
    nothing: str
    silent: str
    rounding: Mapping[str, str]
    unread: str
    unclear: str
    no_figures: str
    summary: str
    bad_files: str
    coverage: str
    aside: Mapping[str, str]
    asides: Mapping[str, str]
    waiver: str
    gone: str
    gone_one: str
    rules: str
    config: str
    verdict: str
    verdict_parts: Mapping[str, str]
    skipped: Mapping[str, str]
    since: Mapping[str, str]
    absent: str


ZH = Words(
    severity={Severity.ERROR: "错误", Severity.WARNING: "存疑", Severity.NOTE: "提示"},
    kind={
        ReportKind.FINAL_ACCOUNTS: "部门决算",
        ReportKind.BUDGET: "部门预算",
        ReportKind.PERFORMANCE: "绩效自评",
        ReportKind.EXECUTION_REPORT: "预算执行报告",
        ReportKind.RECORDS: "数据",
        ReportKind.UNKNOWN: "",
    },
    year="{year}年度",
    line="第{line}行",
    paragraph="第{line}段",
    cell="表{table}行{row}列{column}",
    address="单元格{cell}",
    page="第{page}页",
    opening="（第一个标题之前）",
    also="对照 {place}：",
    more_places="另有{count}处",
    computation="算式：{text}",
    advice="建议：{text}",
    alternative="或者：{text}",
    replace="把“{old}”改为“{new}”",
    remove="删去“{old}”",
    insert="在标出的地方加上“{new}”",
    reason="：{because}",
    consequences="同一处还影响：{rules}",
    impact="影响结论：{what}",
    impacts={
        Impact.DIRECTION: "是增还是减",
        Impact.LIMIT: "是否超出预算或限额",
        Impact.RANKING: "各项的大小次序",
        Impact.TARGET: "是否完成",
    },
    what_to_do=MappingProxyType(
        {
            _C.CHANGE_DIRECTION: "请核对上年数，确定是增加还是减少，改正说反的那个词",
            _C.CROSS_REFERENCE: "同一个数前后应一致，请核对后改成同一个数；口径不同的请写明",
            _C.TABLE_MISMATCH: "请对照账表核对这几个数，改正不对的那个",
            _C.CHART_MISMATCH: "请更新图表数据，使它与文字一致",
            _C.YEAR_ERROR: "请核对年份；引用往年数据时请写明“比某年”",
            _C.UNIT_ERROR: "请核对金额的单位是元还是万元，并写完整",
            _C.NUMBER_FORMAT: "请核对原数后改正写法",
            _C.CODE_NAME: "请对照当年的政府收支分类科目改正",
            _C.TEMPLATE_RESIDUE: "请填好或删去模板里留下的文字",
            _C.NUMBERING: "请检查编号是否跳号、重号或前后样式不同",
            _C.MISSING_CONTENT: "请补上缺少的内容",
            _C.OTHER: "请检查这句话并改好",
        }
    ),
    check_numbers="请对照账表核对这几个数，改正不对的那个",
    more_alike="{rule}：另有{count}处同类提示（--all 全部列出）",
    nothing="没有发现问题",
    silent="；没有发现问题",
    rounding=MappingProxyType(
        {
            "truncate": "百分比取位：去尾",
            "mixed": "百分比取位：有的四舍五入，有的去尾",
            "all_cut": "百分比取位：都是去尾（{cut}处）",
            "mostly_cut": "百分比取位：多为去尾（{cut}处），少为四舍五入（{near}处）",
            "mostly_near": "百分比取位：多为四舍五入（{near}处），少为去尾（{cut}处）",
        }
    ),
    unread="没有读出：{text}",
    unclear="没有看懂：{text}",
    no_figures="没有找到要核对的数字，请确认选对了文件",
    summary="共{documents}个文件：错误 {errors}、存疑 {warnings}、提示 {notes}",
    bad_files="；{count}个文件没有检查",
    coverage="；数字核对率 {checked}/{numbers}（{percent}）",
    aside={"known": "；已知 {count}", "waived": "；豁免 {count}", "gone": "；已改 {count}"},
    asides={"known": "已知", "waived": "豁免"},
    waiver="豁免：{reason}（{owner}，到{expires}为止，{place}）",
    gone="已改{count}处（基线里有，现在没有了）：",
    gone_one="{rule}：“{quote}”",
    rules="规则{count}条，规则集 {fingerprint}",
    config="，配置 {name}",
    verdict="结论：{what}。",
    verdict_parts=MappingProxyType(
        {
            "quarantined": "程序自己出错，{count}个文件没有查完",
            "unreadable": "{count}个文件读不了",
            "refused": "{count}个选项、规则或设置没有用上",
            "thin": "{count}个文件的核对率低于要求",
            "not_passed": "没有通过",
            "incomplete": "没有查完",
            "passed": "通过",
            "never": "按 fail_on = never，有问题也不拦",
            "clean": "没有发现问题",
            "no_files": "没有要查的文件",
            "no_numbers": "没有找到要核对的数字，不能说明报告没有问题",
            "errors": "错误{count}处",
            "warnings": "存疑{count}处",
            "notes": "提示{count}处",
            "allowed": "容许不超过{count}处",
            "known": "已知{count}处",
            "waived": "豁免{count}处",
            "gone": "已改{count}处",
            "lost": "{count}个文件有一部分没有读出",
            "partial": "{count}个文件有一部分没有读出或看懂",
            "comma": "，",
        }
    ),
    skipped=MappingProxyType(
        {
            "pictures": "{count}张图片没有检查：{names}；里面如有报告的内容，请给出文字版",
            "links": "{count}个链接的文件夹没有检查：{names}；要检查就直接给出它",
            "workpapers": "{count}份底稿不是报告，没有检查：{names}",
            "copies": "{count}份批注稿、修改稿是 gouji 写的，没有检查：{names}；"
            "要检查就直接给出它",
        }
    ),
    since=MappingProxyType(
        {
            "some": "从 {revision} 以来改过{count}个文件，只查这些：{names}",
            "with": "；和它们一套的{count}个也查：{names}",
            "left": "；没有改的{count}个没有查",
            "none": "从 {revision} 以来没有改过的文件，{count}个都没有查",
            "all": "从 {revision} 以来改过{names}，所以全部查",
            "deleted": "；删去的{count}个：{names}",
        }
    ),
    absent="基线里有{count}个文件已经没有了：{names}；不再交的用 gouji baseline prune 去掉",
)

EN = Words(
    severity={Severity.ERROR: "ERROR", Severity.WARNING: "DOUBT", Severity.NOTE: "NOTE"},
    kind={
        ReportKind.FINAL_ACCOUNTS: "final accounts",
        ReportKind.BUDGET: "budget",
        ReportKind.PERFORMANCE: "performance report",
        ReportKind.EXECUTION_REPORT: "budget execution report",
        ReportKind.RECORDS: "records",
        ReportKind.UNKNOWN: "",
    },
    year="{year}",
    line="line {line}",
    paragraph="paragraph {line}",
    cell="table {table} row {row} column {column}",
    address="cell {cell}",
    page="page {page} ",
    opening="(before the first heading)",
    also="see {place}: ",
    more_places="{count} more places",
    computation="sum: {text}",
    advice="do: {text}",
    alternative="or: {text}",
    replace="replace “{old}” by “{new}”",
    remove="delete “{old}”",
    insert="insert “{new}” at the mark",
    reason=": {because}",
    consequences="the same cause breaks: {rules}",
    impact="it changes the conclusion: {what}",
    impacts={
        Impact.DIRECTION: "more or less than before",
        Impact.LIMIT: "within the budget or limit",
        Impact.RANKING: "which item is the larger",
        Impact.TARGET: "whether the target is met",
    },
    what_to_do=MappingProxyType(
        {
            _C.CHANGE_DIRECTION: "check last year's figure, correct the wrong direction",
            _C.CROSS_REFERENCE: "make the figures equal, or say how their scopes differ",
            _C.TABLE_MISMATCH: "check these numbers and mend the wrong one",
            _C.CHART_MISMATCH: "update the chart to agree with the text",
            _C.YEAR_ERROR: "check the year",
            _C.UNIT_ERROR: "check whether the amount is in 元 or 万元, and write the unit",
            _C.NUMBER_FORMAT: "check the figure and write it properly",
            _C.CODE_NAME: "use the classification of that year",
            _C.TEMPLATE_RESIDUE: "fill in or delete what the template left",
            _C.NUMBERING: "check the numbering",
            _C.MISSING_CONTENT: "add what is missing",
            _C.OTHER: "check the sentence",
        }
    ),
    check_numbers="check these figures against the books, correct the wrong one",
    more_alike="{rule}: {count} more notes of this kind (--all lists them)",
    nothing="nothing found",
    silent="; nothing found",
    rounding=MappingProxyType(
        {
            "truncate": "percentages: cut off",
            "mixed": "percentages: some rounded, some cut off",
            "all_cut": "percentages: all cut off ({cut})",
            "mostly_cut": "percentages: mostly cut off ({cut}), some rounded ({near})",
            "mostly_near": "percentages: mostly rounded ({near}), some cut off ({cut})",
        }
    ),
    unread="not read: {text}",
    unclear="not understood: {text}",
    no_figures="no figures of account found; is this the right file?",
    summary="{documents} files: errors {errors}, doubts {warnings}, notes {notes}",
    bad_files="; files not checked {count}",
    coverage="; figures checked {checked}/{numbers} ({percent})",
    aside={"known": "; known {count}", "waived": "; waived {count}", "gone": "; fixed {count}"},
    asides={"known": "KNOWN", "waived": "WAIVED"},
    waiver="waived: {reason} ({owner}, until {expires}, {place})",
    gone="fixed {count} (in the baseline, no longer there):",
    gone_one="{rule}: “{quote}”",
    rules="{count} rules, rule set {fingerprint}",
    config=", configuration {name}",
    verdict="Verdict: {what}.",
    verdict_parts=MappingProxyType(
        {
            "quarantined": "internal failure, files not checked {count}",
            "unreadable": "files unreadable {count}",
            "refused": "options, rules or settings not used {count}",
            "thin": "files below the least coverage {count}",
            "not_passed": "not passed",
            "incomplete": "incomplete",
            "passed": "passed",
            "never": "findings fail nothing (fail_on = never)",
            "clean": "nothing found",
            "no_files": "no files to check",
            "no_numbers": "no figures of account found, which proves nothing",
            "errors": "errors {count}",
            "warnings": "doubts {count}",
            "notes": "notes {count}",
            "allowed": "at most {count} are put up with",
            "known": "known {count}",
            "waived": "waived {count}",
            "gone": "fixed {count}",
            "lost": "files read in part only {count}",
            "partial": "files read or understood in part only {count}",
            "comma": ", ",
        }
    ),
    skipped=MappingProxyType(
        {
            "pictures": "{count} pictures are not checked: {names}",
            "links": "{count} links to folders are not followed: {names}",
            "workpapers": "{count} workpapers are no reports and not checked: {names}",
            "copies": "{count} copies written by gouji are not checked: {names}",
        }
    ),
    since=MappingProxyType(
        {
            "some": "changed since {revision}, only these {count} are checked: {names}",
            "with": "; with the {count} that belong to them: {names}",
            "left": "; {count} unchanged are not checked",
            "none": "nothing changed since {revision}; {count} files are not checked",
            "all": "{names} changed since {revision}, so all files are checked",
            "deleted": "; deleted {count}: {names}",
        }
    ),
    absent="{count} files of the baseline are gone: {names}; gouji baseline prune drops them",
)

LANGUAGES: Mapping[str, Words] = MappingProxyType({"zh": ZH, "en": EN})
