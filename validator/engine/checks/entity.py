"""Kind ``entity``（单位名称）: whose report it is, and what it calls itself.

A rule's ``each`` says what it looks for:

``stranger``
    Another organisation in the place of the reporting one（某局机关运行经费支出…）, which the
    report names nowhere else: a passage of another unit's report.
``own_word``
    本部门 in a report of a 单位, or 本单位 in one of a 部门 that else says 本部门; lines that
    fit ``unless`` are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from validator.engine.checks.chapters import whole_report
from validator.engine.checks.required import compiled, said
from validator.engine.checks.wording import wording_of
from validator.engine.outcome import Outcome
from validator.facts import SectionRole
from validator.findings import Evaluation, Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Span
    from validator.engine.checks.chapters import Whole
    from validator.engine.checks.wording import Wording
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule

_YEAR = r"(?:20\d\d年度?，?)?"
_SAYS = (
    r"(?:机关运行经费|政府采购支出|共有车辆|公务用车保有量|“三公”经费|收入总计|支出总计|收支总)"
)
_NOT_NAMES = re.compile(
    r"^[本我该全各其]|^(?:所属|下属|有关|相关|其他|上级|同级)|部门$|单位$|财政[局厅]$"
)
_OFTEN = 3
"""So often the reporting entity must stand in that place before another one is strange."""
_SELDOM = 2
_WORDS = {"部门": "本部门", "单位": "本单位"}
_TITLED = re.compile(r"(部门|单位)(?:决算|预算)")


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Yield what is wrong, where the report is a whole one."""
    whole = whole_report(context)
    if whole is not None:
        yield from _KINDS[rule.each](rule, context, whole)


def _outcome(rule: Rule, spans: Sequence[Span], values: dict[str, str]) -> Outcome:
    evidence = tuple(Evidence("text", span) for span in spans)
    evaluation = Evaluation(
        rule.id, rule.each, rule.category, Verdict.INCONSISTENT, "", evidence
    )
    return Outcome(evaluation, values)


def _stranger(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    own = context.reading.entity
    ends = "|".join(sorted(context.lexicon.sections["organisations"], key=len, reverse=True))
    place = re.compile(
        rf"(?:^|[，。；]){_YEAR}(?P<name>[\u4e00-\u9fff]{{2,18}}?(?:{ends})){_YEAR}(?={_SAYS})",
        re.MULTILINE,
    )
    words = wording_of(context.document, _accounts(context, whole))
    found: dict[str, list[Span]] = {}
    for match in place.finditer(words.text):
        if not _NOT_NAMES.search(match["name"]):
            found.setdefault(match["name"], []).append(words.span(*match.span("name")))
    mine = {name for name in found if own and (own.endswith(name) or name.endswith(own))}
    if sum(len(found[name]) for name in mine) < _OFTEN:
        return
    everything = re.sub(r"\s", "", context.document.text)
    for name, spans in found.items():
        alone = everything.count(name) == len(spans) <= _SELDOM
        if name not in mine and alone:
            yield _outcome(rule, spans, {"name": name, "own": own})


def _accounts(context: Context, whole: Whole) -> Iterator[int]:
    """Blocks of the sections that state accounts."""
    for one in whole.chapters:
        if one.role is SectionRole.ACCOUNTS:
            yield from range(one.head + 1, min(one.own, whole.end))


def _own_word(rule: Rule, context: Context, whole: Whole) -> Iterator[Outcome]:
    titled = Counter(kind for one in whole.chapters for kind in _TITLED.findall(one.title))
    titled += Counter(_TITLED.findall(said(context).text[:80]))
    if len(titled) != 1:
        return
    kind = next(iter(titled))
    other = "单位" if kind == "部门" else "部门"
    words = wording_of(context.document, _accounts(context, whole))
    spans = [
        words.span(*match.span())
        for match in re.finditer(rf"{_WORDS[other]}(?!（)", words.text)
        if not _excused(rule, words, match.start())
    ]
    often = words.text.count(_WORDS[kind])
    if spans and (kind == "单位" or often >= _SELDOM * len(spans)):
        values = {
            "kind": kind,
            "word": _WORDS[other],
            "right": _WORDS[kind],
            "count": str(len(spans)),
        }
        yield _outcome(rule, spans, values)


def _excused(rule: Rule, words: Wording, at: int) -> bool:
    """Whether the line is one that the rule leaves alone."""
    line = words.text[slice(*words.line(at))]
    return any(compiled(pattern).search(line) for pattern in rule.unless.values())


_KINDS = {"stranger": _stranger, "own_word": _own_word}
