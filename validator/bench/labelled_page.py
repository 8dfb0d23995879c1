"""The page of the benchmark by labels（标注自测的结果页）."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from validator.bench.labelled import total
from validator.bench.page import Page, Sheet, rate_data, rules_told
from validator.bench.rates import Rate
from validator.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.bench.labelled import Labelled

_HEADER = (
    "报告", "错误查出", "存疑查出", "提示查出", "误报", "修改正确", "相符确认", "问题/根因",
)  # fmt: skip
_MEANING = (
    "查出：标注的问题里，有一个问题标在原话上，并且类别相近或有同一个数。"
    "误报：错误和存疑里，标注没有的。修改正确：有唯一改法的标注里，第一条建议就是它。"
    "相符确认：标注为相符的说法里，至少有一次核对用到并且相符。"
    "问题/根因：查出的错误和存疑的条数，除以它们的根因数。看法不一的标注两边都不算。"
    "括号里是95%的威尔逊区间。"
)


def page(results: Sequence[Labelled], command: str, ruleset: str, *, listed: int = 0) -> Page:
    """The numbers of a run.

    Args:
        results: One for each report.
        command: The command that repeats it.
        ruleset: Fingerprint of the rules.
        listed: How much to list of what was missed, and of what no label asks for, at most.
    """
    whole = total(results)
    rows = tuple(_row(one) for one in ([*results, whole] if len(results) > 1 else results))
    details: dict[str, tuple[str, ...]] = {}
    for one in results if listed else ():
        details |= {f"{one.name} 没有查出（{len(one.missed)} 处）": one.missed[:listed]}
        details |= {
            f"{one.name} 改法不是第一条（{len(one.unmended)} 处）": one.unmended[:listed]
        }
        details |= {f"{one.name} 标注里没有（{len(one.false)} 个）": one.false[:listed]}
    return Page(
        "标注自测",
        command,
        (_MEANING, rules_told(ruleset)),
        (Sheet("对照标注", _HEADER, rows),),
        {
            "schema": "gouji.bench.labelled/1",
            "reports": [_data(one) for one in results],
            "total": _data(whole),
        },
        {heading: lines for heading, lines in details.items() if lines},
    )


def rates(whole: Labelled) -> dict[str, Rate]:
    """Rates that a floor can be set for, by name."""
    alarms = whole.alarms
    return {
        "error": whole.found[Severity.ERROR],
        "warning": whole.found[Severity.WARNING],
        "precision": Rate(alarms.of - alarms.hits, alarms.of),
        "repair": whole.repaired,
        "held": whole.held,
    }


def _row(one: Labelled) -> tuple[str | Rate, ...]:
    return (
        PurePath(one.name).name,
        *(one.found[severity] for severity in Severity),
        one.alarms,
        one.repaired,
        one.held,
        _per_root(one) or "–",
    )


def _per_root(one: Labelled) -> str:
    return f"{one.told}/{one.roots} = {one.told / one.roots:.2f}" if one.roots else ""


def _data(one: Labelled) -> dict[str, Any]:
    return {
        "name": one.name,
        "found": {severity.value: rate_data(one.found[severity]) for severity in Severity},
        "alarms": rate_data(one.alarms),
        "told": one.told,
        "roots": one.roots,
        "repaired": rate_data(one.repaired),
        "held": rate_data(one.held),
        "missed": list(one.missed),
        "false": list(one.false),
        "unmended": list(one.unmended),
    }
