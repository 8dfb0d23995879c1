"""Words of charts（图中用语）in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.reporters.html.chart_data import Role, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What charts say besides what the report says.

    Attributes:
        shape: What a chart shows.
        about: Between that and what it is about.
        role: Names of the bars that the report does not name.
        computed: Behind an amount that the report does not print.
        share: Before a share in the words for screen readers.
        note: Which numbers are computed; by shape.
        stop: Between the bars in the words for screen readers.
    """

    shape: Mapping[Shape, str]
    about: str
    role: Mapping[Role, str]
    computed: str
    share: str
    note: Mapping[Shape, str]
    stop: str


_ZH = ChartWords(
    shape=MappingProxyType({Shape.WATERFALL: "增减原因", Shape.BARS: "构成"}),
    about="{shape}：{title}",
    role=MappingProxyType(
        {
            Role.BASE: "比较的基数",
            Role.MORE: "其余（没有列出）",
            Role.LESS: "各项相加少于整体",
            Role.OVER: "各项相加多于整体",
            Role.UNTOLD: "未说明",
            Role.CHANGE: "增减额",
        }
    ),
    computed="{amount}（算得）",
    share="占{share}",
    note=MappingProxyType({Shape.WATERFALL: "", Shape.BARS: "占比为算得"}),
    stop="；",
)
_EN = ChartWords(
    shape=MappingProxyType({Shape.WATERFALL: "Reasons for the change", Shape.BARS: "Parts"}),
    about="{shape}: {title}",
    role=MappingProxyType(
        {
            Role.BASE: "before",
            Role.MORE: "rest (not listed)",
            Role.LESS: "parts fall short of the whole by",
            Role.OVER: "parts exceed the whole by",
            Role.UNTOLD: "not explained",
            Role.CHANGE: "change",
        }
    ),
    computed="{amount} (computed)",
    share="{share} of it",
    note=MappingProxyType({Shape.WATERFALL: "", Shape.BARS: "shares are computed"}),
    stop="; ",
)
CHART_WORDS: Mapping[str, ChartWords] = MappingProxyType({"zh": _ZH, "en": _EN})
