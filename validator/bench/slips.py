"""Kinds of error that are planted（错法）, and honest changes that are none（无错改写）."""

from __future__ import annotations

from enum import StrEnum


class Slip(StrEnum):
    """A way in which a report goes wrong, or is merely printed otherwise."""

    DIRECTION = "direction"
    """增加 for 减少, 增长 for 下降."""
    DIGIT = "digit"
    """One digit is another."""
    TRANSPOSITION = "transposition"
    """Two neighbouring digits that differ change places."""
    DROPPED = "dropped"
    """A digit is left out."""
    DOUBLED = "doubled"
    """A digit is typed twice."""
    POINT = "point"
    """The decimal point moves one place, either way."""
    UNIT = "unit"
    """元 or 亿元 for 万元, and the other way round."""
    PERCENT = "percent"
    """The sign % is lost."""
    RATIO = "ratio"
    """A ratio is printed as a percentage: 0.82% for 82%."""
    POINTS = "points"
    """个百分点 for %, or the other way round."""
    SIGN = "sign"
    """A minus too many, or lost."""
    LAST_YEAR = "last_year"
    """Last year's figure is left standing."""
    NEIGHBOUR = "neighbour"
    """The figure beside it is copied."""
    YEAR = "year"
    """Last year's year is left standing."""
    COMPARISON = "comparison"
    """大于 for 小于."""
    COARSER = "coarser"
    """Honest: one place fewer, correctly rounded."""
    OTHER_UNIT = "other_unit"
    """Honest: the same amount in another unit."""
    SEPARATORS = "separators"
    """Honest: thousands separators."""
    FULL_WIDTH = "full_width"
    """Honest: full-width digits."""
    TRAILING_ZERO = "trailing_zero"
    """Honest: one place more, where the true value prints so."""

    @property
    def honest(self) -> bool:
        """Whether it states what was stated before, so that nothing may be found."""
        return self in _HONEST


_HONEST = frozenset(
    {
        Slip.COARSER,
        Slip.OTHER_UNIT,
        Slip.SEPARATORS,
        Slip.FULL_WIDTH,
        Slip.TRAILING_ZERO,
    }
)
CHINESE: dict[Slip, str] = {
    Slip.DIRECTION: "增减写反",
    Slip.DIGIT: "错一位数字",
    Slip.TRANSPOSITION: "相邻数字颠倒",
    Slip.DROPPED: "漏一位数字",
    Slip.DOUBLED: "多打一位数字",
    Slip.POINT: "小数点移位",
    Slip.UNIT: "单位写错",
    Slip.PERCENT: "漏百分号",
    Slip.RATIO: "比值当百分数",
    Slip.POINTS: "%与百分点混淆",
    Slip.SIGN: "正负号错",
    Slip.LAST_YEAR: "照抄上年数",
    Slip.NEIGHBOUR: "照抄相邻数",
    Slip.YEAR: "年度未更新",
    Slip.COMPARISON: "大于小于写反",
    Slip.COARSER: "少留一位小数",
    Slip.OTHER_UNIT: "换单位",
    Slip.SEPARATORS: "加千分位",
    Slip.FULL_WIDTH: "全角数字",
    Slip.TRAILING_ZERO: "多留一位小数",
}
"""What users read for each."""
