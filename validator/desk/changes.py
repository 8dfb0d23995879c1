"""What became of findings（复查）, inside a child process: two checks side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.comparing import compare
from validator.comparing.pairing import pairs
from validator.desk.reading import batches, listed, treatments
from validator.facts import ReportKind
from validator.readers.suffixes import suffix_of
from validator.reporters.about import subject
from validator.reporters.words import ZH
from validator.sets import WORKBOOKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.findings import Finding, Report

    Tell = Callable[[Any], None]
    Keys = dict[str, list[tuple[int, str]]]

_ANOTHER = "“{name}”与上次的“{before}”不是同一份报告（上次是{was}，这次是{now}），没有和上次比"
"""What is told of a file of another unit, year or kind."""


def compare_checks(
    tell: Tell, *, old: Sequence[Sequence[str]], new: Sequence[Sequence[str]],
    config: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Compare two checks → ``fixed`` ``left`` ``new`` ``missing`` findings, and ``apart``.

    Findings are told by file and fingerprint; ``fixed`` and ``missing`` ones are of the old
    check, the others of the new one. A finding is only fixed where its file, and every file
    that it was told by, was handed in again and read; else it is missing. A file of another
    unit, year or kind is no corrected one: ``apart`` says so, and nothing is told of either.

    Args:
        tell: Takes messages; None says that it is at work.
        old: Path and name of each upload of the old check.
        new: The same of the new check.
        config: Path of a configuration file, or None.
    """
    before, after = (dict(_reports(tell, one, config)) for one in (old, new))
    couples, alone = _couples(before, after)
    couples = [
        (ours, theirs)
        for ours, theirs in couples
        if before[ours].reading and after[theirs].reading
    ]
    strange = [one for one in couples if not _alike(before[one[0]], after[one[1]])]
    couples = [one for one in couples if one not in strange]
    again = {before[ours].name for ours, _ in couples}
    told: Keys = {"fixed": [], "left": [], "new": [], "missing": []}
    known = {one.fingerprint for at in before for one in before[at].findings}
    for ours, theirs in couples:
        comparison = compare(before[ours], after[theirs])
        told["new"] += _keys(theirs, comparison.fresh)
        told["left"] += _keys(theirs, [kept.new for kept in comparison.kept])
        fixed = [one for one in comparison.fixed if _judged_again(one, again)]
        told["fixed"] += _keys(ours, fixed)
        told["missing"] += _keys(
            ours, [one for one in comparison.fixed if not _judged_again(one, again)]
        )
    elsewhere = {ours for ours, _ in (*couples, *strange)}
    for ours in sorted(before.keys() - elsewhere):
        told["missing"] += _keys(ours, before[ours].findings)
    for theirs in alone:
        told["new"] += _keys(theirs, after[theirs].findings)
    # Told in another file of its set than before, it is neither new nor fixed.
    now = {one for key in ("left", "new") for _, one in told[key]}
    for name in ("fixed", "missing"):
        told[name] = [key for key in told[name] if key[1] not in now]
    told["left"] += [key for key in told["new"] if key[1] in known]
    told["new"] = [key for key in told["new"] if key[1] not in known]
    lines = [_another(before[ours], after[theirs]) for ours, theirs in strange]
    return {**told, "apart": "；".join(lines)}


def _reports(
    tell: Tell, uploads: Sequence[Sequence[str]], config: str | None
) -> Iterator[tuple[int, Report]]:
    ways = treatments(config)
    for batch in batches(listed(uploads, tell), uploads):
        yield from batch.reports(ways)
        tell(None)


def _couples(
    before: dict[int, Report], after: dict[int, Report]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Numbers of files that are two versions of one, then those of new ones that are not."""
    numbers = {id(one): at for side in (before, after) for at, one in side.items()}
    couples, lost, fresh = [], [], []
    ours = [before[at] for at in sorted(before)]
    theirs = [after[at] for at in sorted(after)]
    for pair in pairs(ours, theirs, ("", "")):
        if pair.old is not None and pair.new is not None:
            couples.append((numbers[id(pair.old)], numbers[id(pair.new)]))
        elif pair.new is not None:
            fresh.append(numbers[id(pair.new)])
        elif pair.old is not None:
            lost.append(numbers[id(pair.old)])
    # The only text that is left over on both sides is one text under another name; tables too.
    for tables in (False, True):
        one = [at for at in lost if _is_table(before[at]) is tables]
        two = [at for at in fresh if _is_table(after[at]) is tables]
        if len(one) == len(two) == 1:
            couples.append((one[0], two[0]))
            fresh.remove(two[0])
    return couples, fresh


def _alike(ours: Report, theirs: Report) -> bool:
    """Whether two files are of one unit, year and kind, as far as both say."""
    one, two = ours.reading, theirs.reading
    if one is None or two is None:
        return True
    names = sorted((one.entity, two.entity), key=len)
    kinds = {one.kind, two.kind} - {ReportKind.UNKNOWN}
    years = {one.year, two.year} - {0}
    # 水务局 and 云岭县水务局 are one.
    return names[1].endswith(names[0]) and len(kinds) < 2 and len(years) < 2


def _another(ours: Report, theirs: Report) -> str:
    return _ANOTHER.format(
        name=theirs.name, before=ours.name, was=subject(ours, ZH), now=subject(theirs, ZH)
    )


def _is_table(report: Report) -> bool:
    return suffix_of(report.name) in WORKBOOKS


def _judged_again(finding: Finding, again: set[str]) -> bool:
    """Whether all files that a finding was told by are there again."""
    return all(not one.document or one.document in again for one in finding.evidence)


def _keys(number: int, findings: Sequence[Finding]) -> list[tuple[int, str]]:
    return [(number, one.fingerprint) for one in findings]
