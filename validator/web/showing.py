"""How things are put into words on the pages（显示）: times, counts, states, choices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.desk.records import CheckInfo, FileResult, State
from validator.reporters.words import ZH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from validator.desk.records import Decision, FindingRow

SEVERITIES = {one.value: word for one, word in ZH.severity.items()}
STATES = {
    State.WAITING: "等待",
    State.RUNNING: "正在查",
    State.DONE: "查完了",
    State.FAILED: "没有查成",
}


def moment(when: datetime) -> str:
    """A time as clocks on this machine show it: ``2024年5月10日 09:30``."""
    local = when.astimezone()
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def counted(counts: Mapping[str, int]) -> str:
    """``错误3处，提示1处``; ``没有发现问题`` when there are none."""
    parts = [f"{word}{counts[key]}处" for key, word in SEVERITIES.items() if counts.get(key)]
    return "，".join(parts) or "没有发现问题"


def totals(files: Iterable[FileResult]) -> dict[str, int]:
    """Findings of several files by severity."""
    found = list(files)
    return {key: sum(one.counts.get(key, 0) for one in found) for key in SEVERITIES}


def outcome(check: CheckInfo) -> str:
    """One line about a check, for lists."""
    if check.state in (State.WAITING, State.RUNNING):
        return STATES[check.state]
    if check.state is State.FAILED:
        return STATES[State.FAILED]
    failed = sum(1 for one in check.files if one.state is State.FAILED)
    said = counted(totals(check.files))
    return f"{said}；{failed}个文件没有查成" if failed else said


def undecided(rows: Iterable[FindingRow], decisions: Mapping[str, Decision]) -> int:
    """How many findings nobody has decided on."""
    decided = {key for key, one in decisions.items() if one.choice}
    return sum(1 for row in rows if row.fingerprint not in decided)


def stage(check: CheckInfo) -> str:
    """Changes when the progress of a check does: ``3.1``, three files done, one under way."""
    states = [one.state for one in check.files]
    ended = states.count(State.DONE) + states.count(State.FAILED)
    return f"{ended}.{states.count(State.RUNNING)}"


def tone(one: FileResult | CheckInfo) -> str:
    """What colours a file or a check: the gravest that was found in it."""
    if one.state is not State.DONE:
        return one.state.value
    counts = totals(one.files) if isinstance(one, CheckInfo) else one.counts
    return next((key for key in SEVERITIES if counts.get(key)), "clean")


def parts(marked: str, opening: str = "[[", closing: str = "]]") -> list[tuple[bool, str]]:
    """Text with marked words → pieces, each with whether it is marked.

    >>> parts("a[[b]]c")
    [(False, 'a'), (True, 'b'), (False, 'c')]
    """
    pattern = f"{re.escape(opening)}(.*?){re.escape(closing)}"
    pieces = re.split(pattern, marked, flags=re.DOTALL)
    return [(bool(i % 2), piece) for i, piece in enumerate(pieces) if piece]


FILTERS = {
    "counted": counted,
    "moment": moment,
    "outcome": outcome,
    "parts": parts,
    "stage": stage,
    "severity": lambda one: SEVERITIES.get(one, one),
    "state": lambda one: STATES[one],
    "tone": tone,
    "totals": totals,
}
"""For templates."""
