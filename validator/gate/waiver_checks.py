"""What is wrong with waivers（豁免的检查）: expired, unused or over-broad ones are findings.

They stand in the waiver file itself, so every output can show them with their line.
"""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.document import Block, BlockKind, Document, Span
from validator.engine.yaml_load import LINE_BREAK
from validator.facts import ReportKind
from validator.findings import (
    WAIVERS,
    Category,
    Evidence,
    Finding,
    Report,
    Severity,
    Status,
)
from validator.reading import Reading
from validator.reporters.base import RuleCard
from validator.reporters.words import ZH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.gate.waivers import Entry, Waivers

_MOST_NAMED = 3
CARDS: Mapping[str, RuleCard] = MappingProxyType(
    {
        card.id: card
        for card in (
            RuleCard(
                "WAV001",
                "waiver-has-expired",
                "豁免到期",
                Category.OTHER,
                Severity.WARNING,
                "豁免只管到写明的那一天；到期以后，它管的问题重新计入结论。",
            ),
            RuleCard(
                "WAV002",
                "waiver-is-unused",
                "豁免没有用上",
                Category.OTHER,
                Severity.WARNING,
                "问题已经改好，或原话、指纹写错了；留着的豁免会在别人不知情时放过新的问题。",
            ),
            RuleCard(
                "WAV003",
                "waiver-is-too-broad",
                "豁免管得太宽",
                Category.OTHER,
                Severity.ERROR,
                "一条豁免只应管一处问题：看过的是这一处，放过的也应只是这一处。",
            ),
        )
    }
)
"""The checks of waivers, by id."""


def explained(card: RuleCard) -> str:
    """A check of waivers as ``gouji rules explain`` tells it."""
    return (
        f"{card.id} {card.name}  {ZH.severity[card.severity]}\n{card.title}\n\n{card.why}\n"
        "豁免怎样写：docs/gate.md"
    )


def waiver_report(waivers: Waivers, *, partly: bool) -> Report | None:
    """What is wrong with the waivers of a run, as a report on their file; None if nothing.

    Args:
        waivers: After every report of the run was marked.
        partly: Whether only a part of the reports was checked, so that a waiver may be about
            another one.
    """
    text = waivers.content.decode("utf-8-sig")
    lines = _lines(text)
    findings = tuple(
        _finding(card, entry, what, lines[entry.line - 1], text)
        for entry in waivers.entries
        for card, what in _faults(entry, waivers, partly=partly)
    )
    if not findings:
        return None
    name = waivers.path.as_posix()
    digest = f"sha256:{hashlib.sha256(waivers.content).hexdigest()}"
    blocks = tuple(
        Block(at, BlockKind.PARAGRAPH, span, line=at + 1) for at, span in enumerate(lines)
    )
    return Report(
        name,
        Status.CHECKED,
        WAIVERS,
        digest,
        document=Document(name, WAIVERS, digest, text, blocks),
        reading=Reading(ReportKind.UNKNOWN, 0, "", "", (), (), (), ()),
        findings=findings,
    )


def _faults(entry: Entry, waivers: Waivers, *, partly: bool) -> Iterator[tuple[RuleCard, str]]:
    said = entry.said
    what = f"“{said.quote}”" if said.quote else f"指纹 {said.fingerprint}"
    if entry.expired(waivers.today):
        if entry.covered or not partly:
            yield CARDS["WAV001"], _expired(entry)
        return
    if not entry.covered:
        if missing := waivers.missing(entry):
            yield CARDS["WAV002"], f"files 写的“{missing}”不存在；请核对路径，或删去这一条。"
        elif entry.looked and not partly:
            near = f"这条规则说的是：{entry.near}" if entry.near else ""
            what = f"没有 {said.rule} 的问题标在{what}；问题已改好就删去这一条，没有改就"
            yield CARDS["WAV002"], f"{what}核对规则编号和原话。{near}"
        return
    if what := _too_broad(entry, what):
        yield CARDS["WAV003"], what


def _too_broad(entry: Entry, what: str) -> str:
    """What an entry covers besides the one finding that somebody has looked at, or ""."""
    if entry.short:
        return f"原话{what}太短，这一条没有用；请照抄问题所在的一句话，或改用指纹。"
    most, where = max((len(found), name) for name, found in entry.covered.items())
    if most > 1:
        return f"在“{where}”里管了{most}处问题，这一条没有用；请写长原话，或一处一条、用指纹。"
    if len(entry.covered) > 1 and not entry.said.files:
        names = "、".join([*entry.covered][:_MOST_NAMED])
        count = f"管了{len(entry.covered)}个文件里的问题（{names}）"
        return f"{count}，只用在第一个；请用 files 写明是哪些文件。"
    return ""


def _expired(entry: Entry) -> str:
    day = entry.said.expires.isoformat()
    count = sum(map(len, entry.covered.values()))
    if count:
        return f"豁免到{day}为止，它管的{count}处问题重新计入结论；改好问题，或复核后改日期。"
    if entry.looked:
        return f"豁免到{day}为止，也没有它管的问题了；请删去这一条。"
    return f"豁免到{day}为止；它说的文件和规则这次没有查。请删去，或复核后改日期。"


def _finding(card: RuleCard, entry: Entry, what: str, line: Span, text: str) -> Finding:
    said = entry.said
    identity = (card.id, said.rule, said.fingerprint, said.quote, said.owner, said.files)
    quote = text[line.start : line.end]
    start = line.start + len(quote) - len(quote.lstrip(" -"))
    return Finding(
        card.id,
        card.name,
        card.title,
        card.category,
        card.severity,
        what,
        "",
        (Evidence("text", Span(start, line.end)),),
        fingerprint=hashlib.sha256(repr(identity).encode()).hexdigest()[:16],
    )


def _lines(text: str) -> list[Span]:
    """The lines of a text as YAML counts them."""
    spans, start = [], 0
    for found in LINE_BREAK.finditer(text):
        spans.append(Span(start, found.start()))
        start = found.end()
    return [*spans, Span(start, len(text))]
