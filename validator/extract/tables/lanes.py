"""Columns and rows of a band（列与行）: what each holds, which are totals, which are parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.extract.tables.grid import is_number, is_void
from validator.extract.tables.header import is_label, is_order_row, paths
from validator.extract.tables.vocabulary import partial, plain
from validator.facts import FundScope
from validator.statements import Column, ColumnKind, Lane, Row, RowRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.extract.subjects import Identifier
    from validator.extract.tables.grid import Grid
    from validator.extract.tables.vocabulary import Vocabulary

TOTAL = "total"
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_CODE_PIECE = re.compile(r"\d{2,3}")
_CODED_NAME = re.compile(r"[\[（]?(?<!\d)([1-9]\d{2}(?:\d{2}){0,2})[\]）]?(?=[^\d.,年%])(.+)")
_NUMBERED = re.compile(
    r"([一二三四五六七八九十]{1,4}、|（[一二三四五六七八九十\d]{1,4}）|\d{1,2}[.、])"
)
_SUMMING = re.compile(r"(?:合计|总计|小计)(?:数)?$")
_TOTALS = frozenset({
    "revenue", "expenditure", "total_revenue", "total_expenditure", "total_both",
    "fiscal_total_revenue", "fiscal_total_expenditure", "fiscal_total_both",
})  # fmt: skip
_PARTIAL = re.compile(r"^其中：?")
_FLOWS = frozenset({"revenue", "expenditure", "opening", "closing"})
_FUNDS = {FundScope.GENERAL, FundScope.FUND, FundScope.CAPITAL}
_NOT_VALUES = frozenset({
    ColumnKind.LABEL, ColumnKind.CODE, ColumnKind.ORDER, ColumnKind.TEXT, ColumnKind.REASON,
})  # fmt: skip


class LaneReader:
    """Reads the lanes of one band."""

    def __init__(
        self,
        grid: Grid,
        vocabulary: Vocabulary,
        identifier: Identifier,
        *,
        money: bool,
        year: int,
        named: bool = False,
    ) -> None:
        """Read one table.

        Args:
            grid: The table.
            vocabulary: Header words.
            identifier: Names line items.
            money: Whether numbers under words that nobody knows are amounts.
            year: Calendar year of the table, or 0.
            named: Whether one column tells rows apart, whatever stands beside it.
        """
        self._grid = grid
        self._words = vocabulary
        self._identifier = identifier
        self._money = money
        self._year = year
        self._named_rows = named

    def read(self, header: tuple[int, ...], body: Sequence[int]) -> tuple[Lane, ...]:
        """Lanes of the rows ``body`` under the rows ``header``."""
        rows = [r for r in body if self._grid.filled(r) and not is_order_row(self._grid, r)]
        columns = self._labelled(
            [
                self._column(index, path, rows)
                for index, path in enumerate(paths(self._grid, header))
            ],
            rows,
        )
        columns = self._itemised(columns)
        return tuple(
            Lane(tuple(group), tuple(self._rows(group, rows)))
            for group in _lanes(columns)
            if any(c.kind not in _NOT_VALUES for c in group)
        )

    def under(self, columns: Sequence[Column], body: Sequence[int]) -> Lane:
        """A lane of the rows ``body`` whose columns are known already."""
        rows = [row for row in body if self._grid.filled(row)]
        return Lane(tuple(columns), tuple(self._rows(columns, rows)))

    def _labelled(self, columns: list[Column], rows: Sequence[int]) -> list[Column]:
        """Columns of words in front of the first numbers name the rows, whatever their head."""
        found: list[Column] = []
        for column in columns:
            front = all(c.kind in _NOT_VALUES for c in found)
            doubtful = column.kind in (ColumnKind.MONEY, ColumnKind.TEXT)
            numbers, words = self._content(column.index, rows)
            if front and doubtful and words > max(numbers, 1):
                column = replace(column, kind=ColumnKind.LABEL, item="")  # noqa: PLW2901
            found.append(column)
        return found

    def _content(self, index: int, rows: Sequence[int]) -> tuple[int, int]:
        """How many cells of a column hold a number, and how many words."""
        texts = [self._grid.text(row, index) for row in rows]
        numbers = sum(map(is_number, texts))
        words = sum(not is_number(text) and not is_void(text) for text in texts)
        return numbers, words

    def _column(self, index: int, path: list[tuple[int, str]], rows: Sequence[int]) -> Column:
        heads = tuple(words for _, words in path)
        nodes = tuple(cell for cell, _ in path)
        kind = self._kind(index, heads, rows)
        year = self._words.year(reversed(heads))
        if year in (self._year, self._year - 1) and self._year:
            year -= self._year  # 2024年预算数 in a table of 2024 is this year's
        basis = self._words.basis(reversed(heads))
        return Column(index, kind, heads, nodes, basis=basis, year=year)

    def _itemised(self, columns: Sequence[Column]) -> list[Column]:
        """Name the items of value columns; a head over the labels too is a lane's title."""
        titles = {node for c in columns if is_label(c.kind) for node in c.nodes}
        found = []
        for column in columns:
            if column.kind is ColumnKind.MONEY:
                own = zip(column.heads, column.nodes, strict=True)
                heads = [head for head, node in own if node not in titles]
                item, scope = self._item(heads)
                if flow := self._flow(heads, item):
                    item = f"{flow}:{item}"
                found.append(replace(column, item=item, scope=scope))
            else:
                found.append(column)
        return found

    def _kind(self, index: int, heads: tuple[str, ...], rows: Sequence[int]) -> ColumnKind:
        for words in reversed(heads):
            if kind := self._words.kind(words):
                return kind
            if self._words.rate(words):
                return ColumnKind.TEXT
            if partial(words) or self._identifier.names(plain(words)):
                return ColumnKind.MONEY
        numbers, texts = self._content(index, rows)
        if numbers > texts:
            return ColumnKind.MONEY if self._money and heads else ColumnKind.TEXT
        return ColumnKind.TEXT if heads or not texts else ColumnKind.LABEL

    def _item(self, heads: Sequence[str]) -> tuple[str, FundScope]:
        """Line item and scope that the heads name; 小计 stands for the head above it."""
        total = ""
        for words in reversed(heads):
            bare = plain(words)
            if partial(words):
                named = self._identifier.identify(_PARTIAL.sub("", bare))
                return f"part:{named.item if named.known else bare}", FundScope.UNKNOWN
            if bare in self._words.totals:
                total = TOTAL
                continue
            if fund := self._identifier.fund(bare):
                return f"{fund.value}_revenue", fund
            identity = self._identifier.identify(bare)
            if identity.item in _TOTALS and _SUMMING.search(bare):
                total = TOTAL
            elif identity.known and (
                self._words.kind(words) is None or identity.item in _TOTALS
            ):
                return identity.item, identity.scope
            elif not total and bare and not self._words.stage(words):
                return bare, FundScope.UNKNOWN  # of whatever it is, it is no total
        return total, FundScope.UNKNOWN

    def _flow(self, heads: Sequence[str], item: str) -> str:
        """The balance or revenue that a column splits: 年初结转和结余 over 基本支出结转."""
        if item in ("", TOTAL):
            return ""
        for words in heads[:-1]:
            flow = self._identifier.identify(plain(words)).item
            if flow in _FLOWS - {"expenditure"} and self._named_below(heads, words):
                return flow
        return ""

    def _named_below(self, heads: Sequence[str], words: str) -> bool:
        """Whether something other than a total is named below a head."""
        below = heads[heads.index(words) + 1 :]
        return any(plain(head) not in self._words.totals for head in below)

    def _rows(self, columns: Sequence[Column], rows: Sequence[int]) -> list[Row]:
        found: list[Row] = []
        labels = [c.index for c in columns if c.kind is ColumnKind.LABEL]
        if self._named_rows:
            # The last label that is not blank names the row.
            labels.sort(key=lambda index: index in self._naming(columns))
        codes = [c.index for c in columns if c.kind is ColumnKind.CODE]
        values = [c.index for c in columns if c.kind not in _NOT_VALUES]
        opening = False
        for index in rows:
            row = self._row(index, labels, codes)
            if row is None and any(is_number(self._grid.text(index, c)) for c in values):
                row = self._unnamed(index, columns)
            if row is None:
                continue
            if opening and row.role is not RowRole.TOTAL:
                row = self._carried(row)
            found.append(row)
            if row.role is RowRole.TOTAL:
                opening = False
            elif row.item in ("opening", "closing"):
                opening = True
        return found

    def _naming(self, columns: Sequence[Column]) -> set[int]:
        """Columns headed 项目名称."""
        heads = self._words.named
        return {c.index for c in columns if any(plain(head) in heads for head in c.heads)}

    def _row(self, index: int, labels: list[int], codes: list[int]) -> Row | None:
        block, text = -1, ""
        for column in [*codes, *labels]:
            if words := self._grid.text(index, column):
                if _is_code(words):
                    continue
                block, text = self._grid.blocks[index][column], words
        if (not text or is_number(text)) and (total := self._total_in_front(index)):
            block, text = total
        code = self._code(index, codes)
        if not text and not code:
            return None
        if not code and (coded := _CODED_NAME.fullmatch(text)):
            code, text = coded.groups()
        part = partial(text)
        text = re.sub(r"^其中：?", "", text)
        number = _NUMBERED.match(text)
        label = text[number.end() :] if number else text
        item = _coded(code) if code else self._named(label)
        role = RowRole.PART if part else RowRole.ITEM
        if label in self._words.totals or item in _TOTALS or _SUMMING.search(label):
            role = RowRole.TOTAL
            item = item if item and item not in self._words.totals else TOTAL
        return Row(index, label, role, item, code, number.group(1) if number else "", block)

    def _total_in_front(self, index: int) -> tuple[int, str] | None:
        """总分 before a number that moved left into a column of names."""
        column, words = self._grid.filled(index)[0]
        if words not in self._words.totals:
            return None
        return self._grid.blocks[index][column], words

    def _unnamed(self, index: int, columns: Sequence[Column]) -> Row:
        """A row of numbers whose name stands further left, or nowhere."""
        words = [self._grid.text(index, c) for c in range(columns[0].index + 1)]
        label = next((w for w in words if w and not is_number(w)), "")
        total = label in self._words.totals
        return Row(
            index, label, RowRole.TOTAL if total else RowRole.ITEM, TOTAL if total else ""
        )

    def _named(self, label: str) -> str:
        bare = plain(label)
        if not bare or bare in self._words.totals:
            return TOTAL if bare else ""
        if (fund := self._identifier.fund(bare)) in _FUNDS:
            return f"{fund.value}_revenue"
        # 人员经费合计 is the total of 人员经费.
        for words in (bare, _SUMMING.sub("", bare)):
            if words and (identity := self._identifier.identify(words)).known:
                return identity.item
        return ""

    def _code(self, index: int, codes: list[int]) -> str:
        """Code of a row, from one column or from three（类、款、项）."""
        cells = dict.fromkeys(
            (self._grid.cell(index, c), self._grid.text(index, c)) for c in codes
        )
        pieces = [piece for _, piece in cells if _is_code(piece)]
        if not pieces:
            return ""
        longest = max(pieces, key=len)
        if len(pieces) > 1 and len(longest) == 3:
            joined = "".join(pieces)
            return joined if _CODE.fullmatch(joined) else ""
        return longest if _CODE.fullmatch(longest) else ""

    def _carried(self, row: Row) -> Row:
        """A fund named below 年初财政拨款结转和结余 is a part of that balance."""
        scope = self._identifier.identify(plain(row.label)).scope
        if scope not in _FUNDS or row.item == "":
            return row
        return Row(
            row.index, row.label, RowRole.PART, f"opening_{scope.value}", row.code, row.number,
            row.block,
        )  # fmt: skip


def _coded(code: str) -> str:
    """Line item of a code: economic ones begin with 3 or 5."""
    return f"e{code}" if code[0] in "35" else code


def _is_code(words: str) -> bool:
    return _CODE_PIECE.fullmatch(words) is not None or _CODE.fullmatch(words) is not None


def _lanes(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns cut before each label that follows values."""
    found: list[list[Column]] = [[]]
    values = False
    for column in columns:
        if is_label(column.kind) and values:
            found.append([])
            values = False
        values = values or column.kind not in _NOT_VALUES
        found[-1].append(column)
    return found
