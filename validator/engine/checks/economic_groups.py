"""人员经费与公用经费（经济分类归属）: items listed under the group that they belong to.

人员经费 is 301 and 303, 公用经费 is 302, 307, 310, 312 and 399. A list is judged only when two
of its names belong where they stand; then it is such a list, and a stranger in it is misplaced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.engine.checks.wording import wording
from validator.engine.outcome import Outcome
from validator.findings import Evaluation, Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.engine.outcome import Context
    from validator.engine.schema import Rule
    from validator.extract.classification import Classification

_HEAD = r"(?:日常)?公用(?:经费|支出)|人员(?:经费|支出)"
_LIST = re.compile(
    rf"(?P<head>{_HEAD})(?:(?!{_HEAD})[^。；：\n]){{0,40}}?(?:主要|具体)?(?:包括|用于)[^：。；、\d]{{0,6}}?：?"
    rf"(?P<names>(?:(?!{_HEAD})[^。；\n])+)"
)
_NAME = re.compile(r"[^、，：\d]+")
_TITLES = {"staff": "人员经费", "public": "公用经费"}
_FEWEST = 2


def economic_group(rule: Rule, context: Context) -> Iterator[Outcome]:
    """One outcome per list: the misplaced names together, or that all are in place."""
    words = wording(context.document, "text")
    groups = _groups(context.lexicon.classification)
    for found in _LIST.finditer(words.text):
        own = "public" if "公用" in found["head"] else "staff"
        start = found.start("names")
        known = [
            (match, name, groups[name])
            for match in _NAME.finditer(found["names"])
            if (name := _plain(match.group())) in groups
        ]
        placed = [one for one in known if own in one[2]]
        strange = [one for one in known if own not in one[2]]
        if len(placed) < _FEWEST:
            continue
        evidence = tuple(
            Evidence(
                "item", words.span(start + match.start(), start + match.start() + len(name))
            )
            for match, name, _ in strange or placed
        )
        verdict = Verdict.INCONSISTENT if strange else Verdict.CONSISTENT
        told = "" if strange else f"{len(placed)}项都属于{_TITLES[own]}"
        yield Outcome(
            Evaluation(rule.id, rule.each, rule.category, verdict, told, evidence),
            {
                "names": "、".join(name for _, name, _ in strange),
                "here": _TITLES[own],
                "there": _TITLES["staff" if own == "public" else "public"],
            },
        )


def _plain(words: str) -> str:
    """A name without 等 and 支出 behind it."""
    return re.sub(r"(?:支出|经费支出)?等?(?:支出|费用)?$", "", words.strip("“”（）"))


def _groups(classification: Classification) -> Mapping[str, set[str]]:
    """Name of an economic item → groups that an item of that name belongs to."""
    groups: dict[str, set[str]] = {}
    for economic in classification.economic.values():
        if economic.group in _TITLES:
            for name in economic.items.values():
                groups.setdefault(_plain(name), set()).add(economic.group)
    return groups
