"""Which files belong together（成套）: a report and its workbooks, by name and by content."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from validator.readers import read
from validator.readers.suffixes import FOREIGN, suffix_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.document import Document

    Units = Callable[[str], frozenset[str]]

WORKBOOKS = frozenset(
    {
        ".xlsx", ".xls", ".xlsm", ".xltx", ".xlt", ".et", ".ett", ".ods", ".csv", ".tsv",
        ".json", ".yaml", ".yml",
    }
)  # fmt: skip
"""Suffixes of files that hold tables or records, and no text."""
LONELY = (
    "同一文件夹里有几份报告，看不出它是哪一份的附表，没有与报告对照；"
    "请取相近的名字，或一个单位一个文件夹"
)
"""What is told of a workbook that stands among reports and belongs to none of them."""
_DECORATION = re.compile(
    r"[\s_\-—（）()【】\[\]]|公开表格?|附表|附件\d*|报表|表格|说明|报告|公开|正文|文本|副本"
)
_SHORTEST = re.compile(r".{4}|[\u4e00-\u9fff]{3}")
"""What two names must share at their beginning: 水务局 says enough, 2023 does not."""
_UNIT = re.compile(
    r"(?:(?:编制|填报|预算)?(?:部门|单位)(?:名称)?|部门（单位）(?:名称)?)[:：]([\u4e00-\u9fff]{4,30})"
)
_LOCAL = re.compile(r"[（(]?本级[）)]?$|机关$")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,5}?(?:省|市|县|区|旗|州|盟)(?=[\u4e00-\u9fff]{3})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")


def plan(names: Sequence[str], units: Units | None = None) -> list[tuple[str, ...]]:
    """Which files belong together → sets, in the order of their first file; see ``planned``."""
    return planned(names, units)[0]


def planned(
    names: Sequence[str], units: Units | None = None
) -> tuple[list[tuple[str, ...]], frozenset[str]]:
    """Which files belong together → sets, and the workbooks of which nobody can tell.

    A workbook goes with the only report there is; among several, with the only report of its
    folder, or the one of its folder whose name is alike: 某局2023年决算公开.docx and
    某局2023年决算公开表.xlsx; or with the only one whose file or folder bears the name of the
    unit that the workbook itself names. A report in two forms is one.

    Args:
        names: Paths.
        units: Tells the units that a workbook names; when None, names alone decide.
    """
    reports = [name for name in names if _is_report(name)]
    joined: dict[str, list[str]] = {name: [name] for name in names}
    lonely = set()
    for name in names:
        if suffix_of(name) not in WORKBOOKS or not reports:
            continue
        near = [
            one for one in reports if PurePosixPath(one).parent == PurePosixPath(name).parent
        ]
        home = _by_name(name, reports, near)
        if home is None and units is not None and len(near) != 1:
            home = _by_unit(units(name), reports)
        if home is not None:
            joined[home].append(name)
            joined[name] = []
        elif near:
            lonely.add(name)
    return [tuple(files) for files in joined.values() if files], frozenset(lonely)


def units_of(name: str) -> frozenset[str]:
    """Units that the workbook of a path names; none when it cannot be read."""
    try:
        return units_in(read(Path(name)))
    except Exception:
        # Whatever is wrong with it is told when it is checked.
        return frozenset()


def units_in(document: Document) -> frozenset[str]:
    """Units that a workbook says it is of."""
    words = re.sub(r"[^\S\n]", "", document.text)
    told = {one.entity for one in document.records} or set(_UNIT.findall(words))
    return frozenset(_LOCAL.sub("", unit) for unit in told if unit)


def _is_report(name: str) -> bool:
    """Whether a name is that of one report: no workbook, no archive, nothing unreadable."""
    return suffix_of(name) not in WORKBOOKS | FOREIGN | {".zip"}


def _by_name(name: str, reports: Sequence[str], near: Sequence[str]) -> str | None:
    """The report that a workbook belongs to by its place and its name."""
    stem = _bare(name)
    alike = [one for one in near if _alike(stem, _bare(one))]
    return next((one for found in (reports, near, alike) if (one := _one(found))), None)


def _by_unit(units: frozenset[str], reports: Sequence[str]) -> str | None:
    """The only report whose file or folder bears the name of a unit, with its place or not."""
    for named in (units, frozenset(_PLACE.sub("", unit) for unit in units)):
        found = [one for one in reports if any(unit in one for unit in named)]
        if home := _one(found):
            return home
    return None


def _one(reports: Sequence[str]) -> str | None:
    """The only report among some; of one that is there in two forms the one that is no PDF."""
    if len({one.rstrip().lower().removesuffix(suffix_of(one)) for one in reports}) != 1:
        return None
    return min(reports, key=lambda one: suffix_of(one) == ".pdf")


def _bare(name: str) -> str:
    return _DECORATION.sub("", PurePosixPath(name).stem)


def _alike(stem: str, other: str) -> bool:
    short, long = sorted((stem, other), key=len)
    return bool(_SHORTEST.match(short)) and long.startswith(short)


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
    units = units_in(document)
    if units and not any(name in report for name in units):
        return False
    words = re.sub(r"[^\S\n]", "", document.text)
    years = {str(one.year) for one in document.records} or set(_YEAR.findall(words))
    years -= {"0"}
    return not years or any(f"{year}年" in report for year in years)
