"""Which files belong together（成套）: a report and its workbooks, by name and by content."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.document import Document

WORKBOOKS = frozenset(
    {".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv", ".tsv", ".json", ".yaml", ".yml"}
)
"""Suffixes of files that hold tables or records, and no text."""
_DECORATION = re.compile(
    r"[\s_\-—（）()【】\[\]]|公开表格?|附表|附件\d*|报表|表格|说明|报告|公开|正文|文本|副本"
)
_SHORTEST = 4
_UNIT = re.compile(
    r"(?:(?:编制|填报|预算)?(?:部门|单位)(?:名称)?|部门（单位）(?:名称)?)[:：]([\u4e00-\u9fff]{4,30})"
)
_LOCAL = re.compile(r"[（(]?本级[）)]?$|机关$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")


def plan(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Which files belong together, by their names → sets, in the order of their first file.

    A workbook goes with the only report there is; among several, with the only report of its
    folder, or the one of its folder whose name is alike: 某局2023年决算公开.docx and
    某局2023年决算公开表.xlsx.
    """
    reports = [name for name in names if not _is_workbook(name)]
    joined: dict[str, list[str]] = {name: [name] for name in names}
    for name in names:
        if not _is_workbook(name):
            continue
        home = _home(name, reports)
        if home is not None:
            joined[home].append(name)
            joined[name] = []
    return [tuple(files) for files in joined.values() if files]


def _is_workbook(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in WORKBOOKS


def _home(name: str, reports: Sequence[str]) -> str | None:
    """The report that a workbook belongs to, None when nobody can tell."""
    if len(reports) == 1:
        return reports[0]
    folder = PurePosixPath(name).parent
    near = [one for one in reports if PurePosixPath(one).parent == folder]
    if len(near) == 1:
        return near[0]
    stem = _bare(name)
    alike = [one for one in near if _alike(stem, _bare(one))]
    return alike[0] if len(alike) == 1 else None


def _bare(name: str) -> str:
    return _DECORATION.sub("", PurePosixPath(name).stem)


def _alike(stem: str, other: str) -> bool:
    short, long = sorted((stem, other), key=len)
    return len(short) >= _SHORTEST and long.startswith(short)


def strangers(report: Document, others: Sequence[Document]) -> list[int]:
    """Which of some workbooks say that they belong to another report.

    One that names a unit of which the report says nothing, or only years that the report never
    mentions. What says neither is taken at its place.

    Args:
        report: The first document of a set.
        others: The rest of it.
    """
    words = re.sub(r"\s", "", report.text)
    return [at for at, one in enumerate(others) if not _belongs(one, words)]


def _belongs(document: Document, report: str) -> bool:
    words = re.sub(r"[^\S\n]", "", document.text)
    units = {one.entity for one in document.records} or set(_UNIT.findall(words))
    names = {_LOCAL.sub("", unit) for unit in units if unit}
    if names and not any(name in report for name in names):
        return False
    years = {str(one.year) for one in document.records} or set(_YEAR.findall(words))
    years -= {"0"}
    return not years or any(f"{year}年" in report for year in years)
