"""Labels（标签）: when two printed names mean the same thing, and what a name is about."""

from __future__ import annotations

import re

_STAGE = (
    r"(?:(?:年初|全年|年度|调整后?|本年)?预算(?:安排)?数?|(?:支出|收入)?决算(?:支出)?数?"
    r"|(?:预算)?执行数?|实际支出数?|支出|收入|总计|合计|总额|金额|资金|经费|费用|数|额|费|安排|完成)"
)
_NOTHING_NEW = re.compile(rf"{_STAGE}*")
_MUTE = re.compile(
    r"(?:(?:完成|占|为)?(?:年初|全年|年度|调整后?|本年)?预算(?:安排)?数?|支出决算数?|决算(?:支出)?数?|(?:预算)?执行数?"
    r"|实际支出数?|支出|金额|资金|数|额)*"
)
_STAGE_TAIL = re.compile(
    r"(?:(?:年初|全年|年度|调整后?|本年)?预算(?:安排)?数?|(?:支出|收入)?决算数?|(?:预算)?执行数|实际支出数?)+$"
)
_YEAR_TAIL = re.compile(r"(?:(?:19|20)\d{2}年度?|上年度?|去年)+$")
_STEM_TAIL = re.compile(rf"{_STAGE}+$")


_SIDE = re.compile("(?:收入|支出)$")
_BARE_SIDE = re.compile("(?:收入|支出)(?:预算|决算|执行|安排)*数?$")

AVERAGE = re.compile(
    r"^(?:(?P<noun>[人户车批])均|(?:平均)?每(?:人每|户每)?"
    r"(?P<classifier>人次|[人名户辆车批册台套亩个场期件份年月]))"
)
"""人均, 每户, 每人每年: an average or a standard, which adds to nothing."""


def same_name(label: str, other: str) -> bool:
    """Whether a label means a value of another label: it is it, or a short form of it.

    A longer label means the value only if what it adds says nothing new: 财政拨款收入总计 is
    财政拨款收入, 货物采购授予中小企业合同金额 is not 授予中小企业合同金额.
    """
    for a, b in (
        (trim_label(label), trim_label(other)),
        (strip_period(label), strip_period(other)),
    ):
        if not a or not b:
            continue
        if a == b or (len(a) > 2 and a in b):
            return True
        if len(b) > 2 and b in a and _NOTHING_NEW.fullmatch(a.replace(b, "", 1)):
            return True
    return False


def trim_label(label: str) -> str:
    """A label without period words in front and stage words behind."""
    return re.sub(r"(?:支出决算|收入决算|决算|支出|数)+$", "", strip_period(label))


def strip_period(label: str) -> str:
    """A label without period words in front."""
    return re.sub(r"^(?:(?:19|20)\d{2}年度?|本年度?|我?单位|其中|，|：)+", "", label)


def stem(label: str) -> str:
    """What a label is about, without its stage: “三公”经费支出预算 → “三公”经费."""
    return _STEM_TAIL.sub("", label) or label


def topic(label: str) -> str:
    """A label as the subject of what follows: without its stage, its own noun kept.

    >>> topic("办公费预算数"), topic("办公费2023年执行数")
    ('办公费', '办公费')
    """
    return _YEAR_TAIL.sub("", _STAGE_TAIL.sub("", label)) or label


def other_side(label: str, about: str) -> str:
    """支出 after 社会保险基金收入: the expenditure of the same fund, or "".

    >>> other_side("支出预算", "全市社会保险基金收入")
    '全市社会保险基金支出预算'
    """
    own, side = _BARE_SIDE.match(label), _SIDE.search(about)
    return about[: side.start()] + label if own and side and side.start() else ""


def side_of(label: str) -> str:
    """收入 or 支出, whichever a label ends with, else ""."""
    found = _SIDE.search(label)
    return found.group() if found else ""


def is_mute(label: str) -> bool:
    """A label that names a stage but no item: 支出决算, 年初预算数."""
    return bool(_MUTE.fullmatch(strip_period(label)))
