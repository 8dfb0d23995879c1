"""Sections（章节）and the report's own coordinates: kind, year, entity, unit."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.document import BlockKind, Span
from validator.facts import FundScope, ReportKind, Section, SectionRole
from validator.quantity import MONEY_UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.document import Document
    from validator.extract.normalise import Cleaned

_HEADINGS = (
    (
        1,
        re.compile(r"第[一二三四五六七八九十\d]+部分|附件[一二三四五六七八九十\d]*(?:$|[：:])"),
    ),
    (2, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (3, re.compile(r"（[一二三四五六七八九十\d]{1,3}）")),
    (4, re.compile(r"\d{1,2}[.、]")),
)
# Word's automatic 一、 comes out of some extractors as "1、 " with a blank behind it.
_FLATTENED = re.compile(r"^\s*(?:\[bookmark:[^\]]*\]\s*)*\d{1,2}、\s")
_CONTENTS_LINE = re.compile(r"(?:…|\.{3,}|·{3,})\s*\d*$")
_MAX_HEADING = 42
_GOVERNMENT = re.compile(r"一般公共预算(?:收入|支出)[^，。；\d]{0,12}\d[\d,.]*亿元")
"""Only a whole government has a budget in 亿元 and speaks of no appropriations."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_CARRIED_OUT = re.compile(r"((?:19|20)\d{2})年[^，。；\d]{0,16}?(?:执行|决算)")
_DRAFT = re.compile(r"[^，。；\d]{0,8}?[和与及暨、]((?:19|20)\d{2})年[^，。；\d]{0,8}预算")
_DEPARTMENT = re.compile("部门|单位|绩效|项目")
_NEAR = 24
_TITLE_BLOCKS = 3
_COMPARED = re.compile(r"(?:比|较|与|同|于|截至|截止)$")


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections and, for each block, which one it stands in."""

    sections: tuple[Section, ...]
    of_block: tuple[int, ...]
    headings: frozenset[int]


def outline(
    document: Document, cleaned: Sequence[Cleaned], table: Mapping[str, Mapping[str, list[str]]]
) -> Outline:
    """Find the headings and build the section tree.

    Args:
        document: The report.
        cleaned: Cleaned text of each block.
        table: ``rules/lexicon/sections.yaml``.
    """
    found: list[tuple[int, int, str]] = []
    for block in document.blocks:
        level = _heading_level(document, block.index, cleaned[block.index].text)
        if level:
            found.append((block.index, level, _title(cleaned[block.index].text)))
    sections = [_section(0, "", Span(0, len(document.text)), 0, -1, [], table)]
    of_block = [0] * len(document.blocks)
    stack: list[int] = [0]
    for k, (index, level, title) in enumerate(found):
        while len(stack) > 1 and sections[stack[-1]].level >= level:
            stack.pop()
        parent = stack[-1]
        last = found[k + 1][0] if k + 1 < len(found) else len(document.blocks)
        start = document.blocks[index].span.start
        end = document.blocks[last - 1].span.end
        chain = [sections[i] for i in stack[1:]]
        sections.append(
            _section(len(sections), title, Span(start, end), level, parent, chain, table)
        )
        stack.append(len(sections) - 1)
        for i in range(index, last):
            of_block[i] = len(sections) - 1
    return Outline(tuple(sections), tuple(of_block), frozenset(i for i, _, _ in found))


def with_tables(
    found: Outline, document: Document, titled: Sequence[tuple[Sequence[int], str, FundScope]]
) -> Outline:
    """The outline with a section of accounts for each table that was understood.

    A form at the end of a report stands under whatever heading came last, often 名词解释; its
    numbers are accounts all the same.

    Args:
        found: Sections by headings.
        document: The report.
        titled: Blocks, title and fund scope of each table.
    """
    sections, of_block = list(found.sections), list(found.of_block)
    for blocks, title, scope in titled:
        around = sections[of_block[blocks[0]]]
        span = document.blocks[blocks[0]].span.cover(document.blocks[blocks[-1]].span)
        sections.append(
            Section(
                len(sections), title or around.title, span, around.level + 1, around.index,
                SectionRole.ACCOUNTS, scope if scope is not FundScope.UNKNOWN else around.scope,
            )
        )  # fmt: skip
        for index in blocks:
            of_block[index] = len(sections) - 1
    return _in_order(Outline(tuple(sections), tuple(of_block), found.headings))


def with_records(
    found: Outline, document: Document, runs: Sequence[tuple[str, FundScope, int, int]]
) -> Outline:
    """The outline with a section of accounts for each run of records.

    Args:
        found: Sections so far.
        document: The report.
        runs: Title, fund scope, first and last block of each run.
    """
    sections, of_block = list(found.sections), list(found.of_block)
    for title, scope, first, last in runs:
        around = sections[of_block[first]]
        span = document.blocks[first].span.cover(document.blocks[last].span)
        sections.append(
            Section(
                len(sections), title, span, around.level + 1, around.index,
                SectionRole.ACCOUNTS, scope,
            )
        )  # fmt: skip
        of_block[first : last + 1] = [len(sections) - 1] * (last + 1 - first)
    return _in_order(Outline(tuple(sections), tuple(of_block), found.headings))


def _in_order(found: Outline) -> Outline:
    """Number the sections by their place, the outer one first."""
    order = sorted(found.sections, key=lambda s: (s.span.start, s.level))
    new = {section.index: index for index, section in enumerate(order)}
    sections = tuple(
        replace(s, index=new[s.index], parent=new.get(s.parent, -1)) for s in order
    )
    return Outline(sections, tuple(new[i] for i in found.of_block), found.headings)


def _heading_level(document: Document, index: int, text: str) -> int:
    block = document.blocks[index]
    if block.kind is BlockKind.HEADING:
        return block.level or 2
    if block.kind is not BlockKind.PARAGRAPH or len(text) > _MAX_HEADING or not text:
        return 0
    for level, pattern in _HEADINGS:
        match = pattern.match(text)
        if not match:
            continue
        rest = text[match.end() :]
        if _CONTENTS_LINE.search(rest):
            return 0
        if re.search(r"[，；]|[。：].|\d(?:%|万|亿|元|个|名|辆|户)", rest) or rest.endswith(
            "："
        ):
            return 0
        if level == 4 and (rest.endswith(("；", "。")) and len(rest) > 22):
            return 0
        if level == 4 and _FLATTENED.match(document.quote(block.span)):
            return 2
        return level
    return 0


def _title(text: str) -> str:
    for _, pattern in _HEADINGS:
        if match := pattern.match(text):
            return text[match.end() :].strip("。：") or text
    return text


def _section(
    index: int, title: str, span: Span, level: int, parent: int,
    chain: list[Section], table: Mapping[str, Mapping[str, list[str]]],
) -> Section:  # fmt: skip
    inherited = chain[-1] if chain else None
    role = _lookup(title, table["roles"])
    if role is None:
        role = inherited.role.value if inherited else SectionRole.ACCOUNTS.value
    if (
        inherited
        and inherited.role in (SectionRole.GLOSSARY, SectionRole.NARRATIVE)
        and (inherited.level >= 2 and role == SectionRole.ACCOUNTS and level > inherited.level)
    ):
        role = inherited.role.value
    scope = _lookup(title, table["scopes"])
    if scope is None:
        scope = inherited.scope.value if inherited else ""
    return Section(index, title, span, level, parent, SectionRole(role), FundScope(scope))


def _lookup(title: str, words: Mapping[str, list[str]]) -> str | None:
    for name, cues in words.items():
        if any(cue in title for cue in cues):
            return name
    return None


@dataclass(frozen=True, slots=True)
class Profile:
    """What kind of report it is, for which year, whose, in which unit（概况）.

    Attributes:
        kind: Which report it is.
        year: Fiscal year; of a budget carried out, where there is a draft of the next.
        entity: Reporting entity, or "".
        unit: Symbol of the unit for amounts printed without one, or "".
        draft: Fiscal year of the draft budget that the report also presents, or 0.
    """

    kind: ReportKind
    year: int
    entity: str
    unit: str
    draft: int = 0

    @property
    def years(self) -> frozenset[int]:
        """Fiscal years that the report presents."""
        return frozenset({self.year, self.draft or self.year})

    @property
    def of_government(self) -> bool:
        """Whether it is about a whole government: several levels, four budgets."""
        return self.kind is ReportKind.EXECUTION_REPORT


def profile(
    cleaned: Sequence[Cleaned],
    found: Outline,
    table: Mapping[str, Mapping[str, list[str]]],
) -> Profile:
    """Work out the report's own coordinates."""
    texts = [c.text for c in cleaned]
    kind = _kind(texts, found, table["kinds"])
    year, draft = _year(texts, found), 0
    if kind is ReportKind.EXECUTION_REPORT:
        year, draft = _two_years("".join(texts[:_TITLE_BLOCKS])) or (year, 0)
    return Profile(
        kind,
        year,
        _entity(texts, table["organisations"]),  # type: ignore[arg-type]  # a plain list in the file
        _unit(texts),
        draft,
    )


def _of_government(title: str, cues: Sequence[str]) -> bool:
    """Whether a title is that of a report of a whole government, not of a department."""
    for cue in cues:
        before, found, after = title.partition(cue)
        if found and not _DEPARTMENT.search(before[-_NEAR:] + found + after[: _NEAR // 2]):
            return True
    return False


def _two_years(title: str) -> tuple[int, int] | None:
    """2023年预算执行情况和2024年预算草案: the year carried out, and that of the draft or 0."""
    done = _CARRIED_OUT.search(title)
    if done is None:
        return None
    draft = _DRAFT.match(title, done.end())
    year = int(done.group(1))
    return year, year + 1 if draft and int(draft.group(1)) == year + 1 else 0


def _kind(texts: Sequence[str], found: Outline, kinds: Mapping[str, list[str]]) -> ReportKind:
    # The title decides; without one, the headings vote. 绩效 annexes stand inside many final
    # accounts, so they count only where nothing else speaks.
    title = "".join(texts[:_TITLE_BLOCKS])
    if _of_government(title, kinds["execution_report"]):
        return ReportKind.EXECUTION_REPORT
    votes: Counter[str] = Counter()
    for name, cues in kinds.items():
        votes[name] += 3 * any(cue in title for cue in cues)
        for i, text in enumerate(texts):
            if i in found.headings or len(text) < 30:
                votes[name] += any(cue in text for cue in cues) * (
                    1 if name == "performance" else 2
                )
    if not votes or max(votes.values()) == 0:
        whole = "".join(texts)
        if _GOVERNMENT.search(whole) and "财政拨款" not in whole:
            return ReportKind.EXECUTION_REPORT
        final, budget = whole.count("决算"), whole.count("预算数") + whole.count("年预算")
        if final > budget:
            return ReportKind.FINAL_ACCOUNTS
        return ReportKind.BUDGET if budget else ReportKind.UNKNOWN
    if votes["performance"] and any(c in title for c in kinds["performance"]):
        return ReportKind.PERFORMANCE
    return ReportKind(max(kinds, key=lambda k: votes[k]))


def _year(texts: Sequence[str], found: Outline) -> int:
    votes: Counter[int] = Counter()
    for i, text in enumerate(texts):
        for match in _YEAR.finditer(text):
            before = text[max(0, match.start() - 2) : match.start()]
            if _COMPARED.search(before):
                continue
            weight = 1
            if i in found.headings or len(text) < 40:
                weight = 3
            if match.start() < 12:
                weight += 1
            votes[int(match.group(1))] += weight
    return max(votes, key=lambda y: (votes[y], y)) if votes else 0


def _entity(texts: Sequence[str], organisations: Sequence[str]) -> str:
    ends = "|".join(sorted(organisations, key=len, reverse=True))
    pattern = re.compile(
        rf"(?:^|[，。；（“《、]|年度?)([\u4e00-\u9fff]{{2,14}}?(?:{ends}))"
        rf"(?=(?:19|20)\d{{2}}年|机关运行|政府采购|共有车辆|公有车辆|部门|单位|属于?|为|是|$)"
    )
    votes: Counter[str] = Counter()
    for text in texts:
        for match in pattern.finditer(text[:60]):
            name = match.group(1)
            if len(name) >= 4 and not re.search(r"本|我|各|该|国务院|财政部|、", name):
                votes[name] += 1
    if not votes:
        return ""
    best = max(votes.values())
    return max((n for n in votes if votes[n] * 2 >= best), key=lambda n: (votes[n], len(n)))


def _unit(texts: Sequence[str]) -> str:
    votes: Counter[str] = Counter()
    for text in texts:
        if declared := re.search(r"单位：(人民币)?([百千]?万?亿?元)", text):
            votes[declared.group(2)] += 50
        for unit in re.findall(r"\d(万亿元|亿元|万元|元)(?![/人户])", text):
            votes[unit] += 1
    if not votes:
        return ""
    unit = max(votes, key=lambda u: votes[u])
    return unit if unit in MONEY_UNITS else ""
