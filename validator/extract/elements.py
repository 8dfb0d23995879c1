"""Elements of a clause（分句成分）: what a figure or a word does in its clause."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.extract.tokens import Number
    from validator.facts import Basis


class Role(StrEnum):
    """What an element does."""

    VALUE = "value"
    """A line item has this amount or count."""
    DELTA = "delta"
    """增加X万元."""
    RATE = "rate"
    """增长X%."""
    SHARE = "share"
    """占X%."""
    COMPLETION = "completion"
    """完成预算的X%."""
    PRIOR = "prior"
    """比上年X万元: last year's value inside a comparison."""
    DIFFERENCE = "difference"
    """结余X万元."""
    PRICE = "price"
    MEASURE = "measure"
    """A percentage of some other kind: 满意度98%."""
    COMPARE = "compare"
    """与2019年相比: opens a comparison."""
    FLAT = "flat"
    """与上年持平."""
    RELATION = "relation"
    """决算数大于预算数."""
    OPEN = "open"
    """其中: opens a list."""
    REASONS = "reasons"
    """主要原因是."""
    NIL = "nil"
    """政府采购支出无."""
    LABEL = "label"
    """Words alone; they may name what follows a colon."""
    STOP = "stop"
    """A delimiter."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a change or completion is measured against（比较对象）.

    Attributes:
        year: Offset from the report year (-1 last year), or a calendar year above 1900; 0
            when no period is named.
        basis: Budget stage, when measured against a budget.
        start: Where the words begin in cleaned text.
    """

    year: int
    basis: Basis
    start: int


@dataclass(slots=True)
class Element:
    """One element of a clause; positions are those of the cleaned block.

    Attributes:
        role: What it does.
        start: Where its words begin (label or cue).
        end: Where it ends.
        number: Its figure, if any.
        label: Words that name its line item, cleaned; "" when carried from before.
        label_start: Where the label begins.
        sign: Direction: -1, 0 or 1.
        base: Comparison, when the clause states one.
        base_label: Named base of a share or completion.
        cue: Cue word as printed.
        cue_start: Where the cue begins.
        to: 减少为X: the figure is the new value, not the difference.
        partial: The list that opens need not be complete.
        respective: (position, count) in a 分别 list.
        stop: The delimiter, for STOP.
    """

    role: Role
    start: int
    end: int
    number: Number | None = None
    label: str = ""
    label_start: int = 0
    sign: int = 0
    base: Base | None = None
    base_label: str = ""
    base_number: Number | None = None
    cue: str = ""
    cue_start: int = 0
    to: bool = False
    partial: bool = False
    respective: tuple[int, int] | None = None
    stop: str = ""
    flags: set[str] = field(default_factory=set)
