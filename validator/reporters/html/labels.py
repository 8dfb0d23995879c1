"""What the page says itself（网页用语）, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.findings import Severity
from validator.reporters.html.marking import CHECKED, DOUBTED, IGNORED, UNCHECKED, WRONG
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.reporters.words import Words

SIGNS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "×", Severity.WARNING: "▲", Severity.NOTE: "●"}
)
"""What stands before a finding, so that its severity is seen without colour."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the page says.

    Attributes:
        lang: Value of the attribute ``lang``.
        title: Heading of the page.
        files: Above the list of files.
        contents: Above the list of sections.
        text: Name of the part with the report's text.
        findings: Name of the part with findings.
        toolbar: Name of the bar of buttons.
        filter: Before the severities.
        only: Shows only what has findings.
        previous: Goes to the finding before.
        next: Goes to the next finding.
        theme: Changes between light and dark.
        keys: Shows the keys.
        close: Closes a window.
        legend: Above the signs of figures.
        states: What the signs of figures say, by class.
        counted: How many figures were checked.
        outside: How many figures stand where none is counted.
        of_section: The same for a section, spoken.
        more: Opens the rest of a finding.
        rule: Before a rule.
        place: Before a place.
        quote: Before the words.
        fingerprint: Before a fingerprint.
        against: Before the operands that stand elsewhere.
        in_file: A place in another file.
        listed_in: Of a finding that stands with another file of the set.
        more_places: Opens the rest of the places.
        chart: Opens the drawing of a chart or of a comparison.
        missed: Above what was not read.
        aside: Above findings that do not count.
        gone: Above findings that are no longer there.
        digest: Before the digest of a file.
        not_checked: Of a file that was not checked.
        nothing: A report without findings.
        no_rows: When a filter hides everything.
        script: What needs a script.
        island: What the script says, by name.
        keys_list: Keys and what they do.
    """

    lang: str
    title: str
    files: str
    contents: str
    text: str
    findings: str
    toolbar: str
    filter: str
    only: str
    previous: str
    next: str
    theme: str
    keys: str
    close: str
    legend: str
    states: Mapping[str, str]
    counted: str
    outside: str
    of_section: str
    more: str
    rule: str
    place: str
    quote: str
    fingerprint: str
    against: str
    in_file: str
    listed_in: str
    more_places: str
    chart: str
    missed: str
    aside: str
    gone: str
    digest: str
    not_checked: str
    nothing: str
    no_rows: str
    script: str
    island: Mapping[str, str]
    keys_list: tuple[tuple[str, str], ...]


ZH = Labels(
    lang="zh-CN",
    title="勾稽检查结果",
    files="文件",
    contents="章节和数字核对率",
    text="报告原文",
    findings="问题",
    toolbar="查看问题",
    filter="显示",
    only="只看有问题的段落",
    previous="上一处",
    next="下一处",
    theme="深色或浅色",
    keys="按键",
    close="关闭",
    legend="数字的标记",
    states=MappingProxyType(
        {
            CHECKED: "相符",
            WRONG: "不符",
            DOUBTED: "存疑或提示",
            UNCHECKED: "没有核对",
            IGNORED: "不是要核对的数字",
        }
    ),
    counted="数字核对率 {checked}/{numbers}（{percent}）",
    outside="职能、重点工作、名词解释里的{count}个数字不计",
    of_section="{numbers}个数字，核对了{checked}个",
    more="更多",
    rule="规则",
    place="位置",
    quote="原话",
    fingerprint="指纹",
    against="对照",
    in_file="{file} {place}",
    listed_in="问题列在 {file}：{title}",
    more_places="另有{count}处",
    chart="图示",
    missed="没有读出或看懂的",
    aside="已知、豁免的问题（不计入结论）",
    gone="已改的问题（基线里有，现在没有了）",
    digest="文件校验码",
    not_checked="这个文件没有检查",
    nothing="没有发现问题",
    no_rows="没有要显示的段落",
    script="点问题看对照的数，点数字看核对过程，要允许网页运行脚本。",
    island=MappingProxyType(
        {
            "figure": "“{quote}”的核对",
            "consistent": "相符",
            "consistent_by_rounding": "按取位相符",
            "inconsistent": "不符",
            "undetermined": "没有判定",
            "unchecked": "没有核对：没有能与它对照的数",
            "elsewhere": "核对过，过程列在同一套的另一个文件里",
            "ignored": "不核对：{why}",
            "pending": "另有{count}次比较缺少能对照的数，没有判定",
            "against": "对照",
            "count": "核对了{count}次",
            "position": "第{at}处，共{count}处",
            "none": "没有问题",
        }
    ),
    keys_list=(
        ("j、n", "下一处问题"),
        ("k、p", "上一处问题"),
        ("f、F", "下一个、上一个数字，并列出它的核对"),
        ("o", "只看有问题的段落"),
        ("Enter", "标出这处问题对照的数"),
        ("Esc", "关闭、取消标记"),
        ("?", "显示按键"),
    ),
)

EN = Labels(
    lang="en",
    title="gouji",
    files="Files",
    contents="Sections and figures checked",
    text="Text of the report",
    findings="findings",
    toolbar="findings",
    filter="Show",
    only="only paragraphs with findings",
    previous="previous",
    next="next",
    theme="dark or light",
    keys="keys",
    close="close",
    legend="Signs of figures",
    states=MappingProxyType(
        {
            CHECKED: "agrees",
            WRONG: "contradicted",
            DOUBTED: "doubt or note",
            UNCHECKED: "not checked",
            IGNORED: "not a figure of account",
        }
    ),
    counted="figures checked {checked}/{numbers} ({percent})",
    outside="not counting {count} figures of duties, achievements and glossary",
    of_section="figures {numbers}, checked {checked}",
    more="more",
    rule="rule",
    place="place",
    quote="quote",
    fingerprint="fingerprint",
    against="see",
    in_file="{file} {place}",
    listed_in="finding listed with {file}: {title}",
    more_places="{count} more places",
    chart="drawing",
    missed="Not read or not understood",
    aside="Known and waived findings, which do not count",
    gone="Fixed findings (in the baseline, no longer there)",
    digest="digest",
    not_checked="This file was not checked",
    nothing="nothing found",
    no_rows="no paragraph to show",
    script="To click findings and figures, allow the page to run its script.",
    island=MappingProxyType(
        {
            "figure": "Comparisons of “{quote}”",
            "consistent": "holds",
            "consistent_by_rounding": "holds by rounding",
            "inconsistent": "does not hold",
            "undetermined": "not judged",
            "unchecked": "not checked: nothing to compare it with",
            "elsewhere": "checked; the comparison is listed with another file of the set",
            "ignored": "not a figure of account: {why}",
            "pending": "{count} more comparisons lack a figure and were not judged",
            "against": "see",
            "count": "comparisons: {count}",
            "position": "{at} of {count}",
            "none": "no findings",
        }
    ),
    keys_list=(
        ("j, n", "next finding"),
        ("k, p", "previous finding"),
        ("f, F", "next and previous figure, with its comparisons"),
        ("o", "only paragraphs with findings"),
        ("Enter", "mark what a finding compares"),
        ("Esc", "close, unmark"),
        ("?", "show the keys"),
    ),
)


def labels_of(words: Words) -> Labels:
    """The page's words in the language of others."""
    return EN if words is LANGUAGES["en"] else ZH
