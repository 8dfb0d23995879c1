"""What comparisons are about（核对的内容）: the categories by name, in Chinese and English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.findings import Category

if TYPE_CHECKING:
    from collections.abc import Mapping

_C = Category

ZH: Mapping[Category, str] = MappingProxyType({
        _C.CHANGE_DIRECTION: "增减方向", _C.CHANGE_PERCENT: "增减率",
        _C.CHANGE_AMOUNT: "增减额", _C.SHARE_PERCENT: "占比", _C.SHARE_SUM: "占比之和",
        _C.COMPLETION_PERCENT: "完成率", _C.SUM_MISMATCH: "分项与合计", _C.BALANCE: "收支平衡",
        _C.DIFFERENCE: "差额", _C.CROSS_REFERENCE: "前后一致", _C.TABLE_MISMATCH: "表间、表文",
        _C.TABLE_SUM: "表内合计", _C.CHART_MISMATCH: "图表", _C.QUANTITY_PRICE: "单价和数量",
        _C.COUNT_SUM: "人数等合计", _C.YEAR_ERROR: "年份", _C.UNIT_ERROR: "单位",
        _C.NUMBER_FORMAT: "数字写法", _C.CODE_NAME: "科目编码、名称", _C.SCORE_ERROR: "得分",
        _C.TEMPLATE_RESIDUE: "模板残留", _C.NUMBERING: "编号", _C.MISSING_CONTENT: "缺少内容",
        _C.OTHER: "其他",
})  # fmt: skip
EN: Mapping[Category, str] = MappingProxyType(
    {one: one.value.replace("_", " ") for one in Category}
)
NAMES: Mapping[str, Mapping[Category, str]] = MappingProxyType(
    {"zh": ZH, "zh-CN": ZH, "en": EN}
)
"""By language."""
