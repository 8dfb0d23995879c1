"""Names of figures in charts（图中各项的名称）: what the report itself calls an amount."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.document import Document
    from validator.facts import Fact, Figure
    from validator.reading import Reading

_CLAUSES = re.compile(r"[，。；：！？,;:!?]")
_LEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+是|其[一二三四五六七八九]|（?\d{1,2}[.、）]|主要(?:原因)?(?:是|为|系)"
    r"|原因(?:是|为)?|由于|因为|其中|包括|以及|[、和及是因]|\s)+"
)
_TRAILING = re.compile(
    r"(?:(?:同比|[较比](?:上年|去年|(?:19|20)\d{2}年)度?(?:[预决]算)?数?)?(?:增加|减少|增长|下降|增支|减支|追加|追减|调增|调减|上升|降低|压减"
    r"|核减|(?<=年)|(?<=年度))(?:了|额|数|支出|收入)?(?:约|近|共)?|约|近|共|共计|\s)+$"
)
_EDGES = "、，：；。（( )）"
_EDGES_OF_NAMES = "、，：；。 "
_YEAR = re.compile(r"^(?:(?:19|20)\d{2}(?!\d)年?度?|其中|[，：])+")
_STAGE = re.compile(r"(?:(?:19|20)\d{2}年度?)?(?:(?:支出|收入)决算数?|[预决]算数)$")


class Names:
    """Finds what the amounts of one report are called."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self._document = document
        self._figures = reading.figures
        self._facts: Mapping[int, Fact] = {f.figure.id: f for f in reading.facts}

    def fact(self, figure: Figure) -> Fact | None:
        """The fact that an amount states, if it states one."""
        return self._facts.get(figure.id)

    def item(self, figure: Figure) -> str:
        """The line item of an amount without year and stage, or "" when nothing names it."""
        fact = self.fact(figure)
        return short_name(fact.label) if fact is not None else ""

    def budget(self, figure: Figure) -> str:
        """The stage of a budget without its year: 调整后预算; or ""."""
        return _YEAR.sub("", self.stage(figure))

    def stage(self, figure: Figure) -> str:
        """The name of an amount with year and stage: 2022年初预算; or ""."""
        fact = self.fact(figure)
        return _one_line(fact.label) if fact is not None else ""

    def reason(self, figure: Figure) -> str:
        """The words in front of a change that tell its reason, without 增加; or ""."""
        pieces = (_TRAILING.sub("", piece) for piece in self._pieces(figure))
        return next((piece for piece in pieces if piece), "")

    def move(self, figure: Figure) -> str:
        """The words in front of a change with what they say of it: 年中追加; or ""."""
        return next(self._pieces(figure), "")

    def _pieces(self, figure: Figure) -> Iterator[str]:
        """Pieces of the clause in front of a figure, the nearest first."""
        for piece in reversed(_CLAUSES.split(self._before(figure))):
            words = _LEADING.sub("", _one_line(piece).strip(_EDGES)).strip(_EDGES)
            if words:
                yield words

    def _before(self, figure: Figure) -> str:
        """The text of the paragraph between the amount before and this one."""
        block = self._document.block_at(figure.span.start)
        start = block.span.start if block is not None else figure.span.start
        for other in reversed(self._figures[: figure.id]):
            if other.span.end <= start:
                break
            if not other.ignored:
                start = other.span.end
                break
        return self._document.text[start : figure.span.start]


def short_name(label: str) -> str:
    """A label without its year in front and stage words behind.

    >>> short_name("2020年度支出决算总计"), short_name("办公费2024年预算数")
    ('支出决算总计', '办公费')
    """
    name = _one_line(label)
    return _STAGE.sub("", _YEAR.sub("", name)).strip(_EDGES_OF_NAMES) or name


def printed(document: Document, figure: Figure) -> str:
    """An amount as printed on one line; with its unit, where that stands in a heading."""
    quote = _one_line(document.quote(figure.span))
    unit = figure.quantity.unit.symbol
    return f"{quote}（{unit}）" if quote[-1:].isdigit() and unit else quote


def _one_line(words: str) -> str:
    """Words without line breaks, doubled blanks and signs that no page can show."""
    shown = "".join(c if c.isprintable() else " " for c in words)
    return " ".join(shown.split())
