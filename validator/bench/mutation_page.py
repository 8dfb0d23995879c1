"""The page of the benchmark by planted errors（种错自测的结果页）."""

from __future__ import annotations

from dataclasses import asdict
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from validator.bench.page import Page, Sheet, rate_data, rules_told
from validator.bench.rates import Rate
from validator.bench.slips import CHINESE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from validator.bench.marking import Mark
    from validator.bench.mutation import Outcome, Score
    from validator.bench.slips import Slip

_HEADER = ("错法", "种下检出", "应检出的检出", "定位", "首指", "修复", "单根", "误报")
_RATES = ("detection", "localisation", "naming", "repair", "single", "alarms")
_REPAIRS = ("repair", "among", "offered", "sound", "lone", "proven")
_REPAIR_HEADER = (
    "错法", "第一条对", "三条里有", "给了建议", "给了就对", "只破一处关系", "破几处关系",
)  # fmt: skip
_MEANING = (
    "检出：出现了原来没有的错误或存疑。"
    "定位：检出的里，第一个新问题的依据覆盖种错处；首指：它第一处标的就是种错处。"
    "修复：检出的里，第一个新问题的第一条建议改回了原文（数值相等也算）。单根：检出的里，只多出一个问题。"
    "误报：本无矛盾的里，无错改写之后多出了问题，或问题的依据不含种错处。括号里是95%的威尔逊区间。"
)
_WITH_LEDGER = "应检出：按报告自己的底账，没有任何真实值能同时印成这些数；判断不经过 gouji。"
_WITHOUT_LEDGER = (
    "这些报告没有底账，不知道哪些错可以查出：“应检出”算的是原文里参加过核对的数。"
    "误报只算无错改写。"
)


def page(outcome: Outcome, command: str, ruleset: str, *, listed: int = 0) -> Page:
    """The numbers of a run.

    Args:
        outcome: The run.
        command: The command that repeats it.
        ruleset: Fingerprint of the rules.
        listed: How many passages to list of each thing that went wrong, at most.
    """
    rows = [_row(CHINESE[slip], score) for slip, score in outcome.scores.items()]
    total = outcome.total
    sheets = [Sheet("各种错法", _HEADER, (*rows, _row("合计", total)))]
    found = {slip: one for slip, one in outcome.scores.items() if one.offered.of}
    mended = [_mended(CHINESE[slip], one) for slip, one in found.items()]
    sheets.append(Sheet("修复细看", _REPAIR_HEADER, (*mended, _mended("合计", total))))
    for trait, scores in outcome.by_trait.items():
        groups = tuple(_row(value, one) for value, one in scores.items())
        sheets.append(Sheet(f"按{trait}", (trait, *_HEADER[1:]), groups))
    known = total.detectable is not None
    lines = (
        _about(outcome) + rules_told(ruleset),
        _WITH_LEDGER if known else _WITHOUT_LEDGER,
        _MEANING,
    )
    details = _details(outcome.marks, listed) if listed else {}
    return Page("种错自测", command, lines, tuple(sheets), _data(outcome), details)


def rates(score: Score) -> dict[str, Rate]:
    """Rates that a floor can be set for, by name."""
    alarms = score.alarms
    quiet = Rate(alarms.of - alarms.hits, alarms.of)
    return {name: getattr(score, name) for name in _RATES[:-1]} | {"silence": quiet}


def _about(outcome: Outcome) -> str:
    used = [survey for survey in outcome.surveys if not survey.problem]
    before = sum(survey.findings for survey in used)
    told = (
        f"其中原有 {before} 个错误或存疑，作为底数，不算检出，那些地方不种。" if before else ""
    )
    failed = outcome.total.failed
    crashed = f"有 {failed} 处程序自己出错。" if failed else ""
    places = sum(count for survey in used for _, count in survey.places)
    plan = outcome.plan
    return (
        f"{len(used)} 份报告，可种 {places} 处，种了 {len(outcome.marks)} 处，"
        f"随机种子 {plan.seed}。{told}{crashed}"
    )


def _row(name: str, score: Score) -> tuple[str | Rate, ...]:
    overall = f"{score.overall.hits}/{score.overall.of}" if score.overall.of else "–"
    rates: list[Rate] = [getattr(score, name) for name in _RATES]
    return (name, overall, *rates)


def _mended(name: str, score: Score) -> tuple[str | Rate, ...]:
    return (name, *(getattr(score, one) for one in _REPAIRS))


def _details(marks: Sequence[Mark], most: int) -> dict[str, tuple[str, ...]]:
    """What went wrong, so many of each list at most."""
    lists: dict[str, Callable[[Mark], bool]] = {
        "没有检出": lambda m: m.expected and not m.found,
        "误报": lambda m: m.alarm,
        "没有定位": lambda m: m.expected and m.found and not m.located,
        "没有改回原文": lambda m: m.expected and m.found and m.repaired != 1,
        "不止一个问题": lambda m: m.expected and m.found and not m.single,
        "程序自己出错": lambda m: m.failed,
    }
    found = {heading: [m for m in marks if holds(m)] for heading, holds in lists.items()}
    return {
        f"{heading}（{len(listed)} 处）": _lines(listed, most)
        for heading, listed in found.items()
        if listed
    }


def _lines(marks: Iterable[Mark], most: int) -> tuple[str, ...]:
    """Marks in lines: one of each kind, the commonest first, then the next of each."""
    groups: dict[Slip, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.slip, []).append(mark)
    often = sorted(groups.values(), key=len, reverse=True)
    listed = [m for turn in zip_longest(*often) for m in turn if m is not None]
    lines = [
        f"{CHINESE[m.slip]}：{m.passage}，原为“{m.before}”"
        + (f"；报了 {'、'.join(dict.fromkeys(m.rules))}" if m.rules else "")
        + (f"，建议{m.advice}" if m.advice and m.repaired != 1 else "")
        + f"（{m.report}）"
        for m in listed[:most]
    ]
    if len(listed) > most:
        lines.append(f"另有 {len(listed) - most} 处")
    return tuple(lines)


def _data(outcome: Outcome) -> dict[str, Any]:
    return {
        "schema": "gouji.bench.mutation/1",
        "seed": outcome.plan.seed,
        "limit": outcome.plan.limit,
        "reports": [
            {"name": s.name, "findings": s.findings, "problem": s.problem or None}
            for s in outcome.surveys
        ],
        "kinds": {slip.value: _score_data(s) for slip, s in outcome.scores.items()},
        "total": _score_data(outcome.total),
        "traits": {
            trait: {value: _score_data(s) for value, s in scores.items()}
            for trait, scores in outcome.by_trait.items()
        },
        "plants": [
            asdict(m) | {"found": m.found, "expected": m.expected, "alarm": m.alarm}
            for m in outcome.marks
        ],
    }


def _score_data(score: Score) -> dict[str, Any]:
    names = ("overall", *_RATES, *_REPAIRS[1:])
    rates = {name: rate_data(getattr(score, name)) for name in names}
    counts = {
        "planted": score.planted,
        "detectable": score.detectable,
        "failed": score.failed,
    }
    return counts | rates
