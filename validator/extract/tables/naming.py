"""What a table is called（表名、单位）: title, form, unit line, stage of the budget."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.document import BlockKind
from validator.extract.tables.vocabulary import plain
from validator.facts import Basis, FundScope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.document import Document
    from validator.extract.normalise import Cleaned
    from validator.extract.tables.grid import Grid
    from validator.extract.tables.vocabulary import Vocabulary

_TITLE = re.compile(r"^[^。；，]{2,60}?表(?:（[^）]{0,24}）)*$")
_UNIT_LINE = re.compile(r"单位：(?:人民币)?([百千]?万?亿?元)")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_AROUND = re.compile(
    r"（[^）]*）|\(.*?\)|^第?[一二三四五六七八九十\d]+[、.]|^附?[件表]?\s*\d[\d—-]*[：:、.]?|公开\d+表"
    r"|(?:19|20)\d{2}年?度?|部门|单位|续表?$|[“”\"]"
)
# Before the name of a form these words make it the name of another table.
_OTHER_TABLE = re.compile(
    "公共预算|基金|国有资本|财政拨款|基本支出|项目支出|三公|收入|明细|分类|采购|购买|经费|会议|培训"
    "|资产|绩效|债务|专项|特定目标|重点|捐赠|补助"
)
# 国有资产监督管理委员会 is whose table it is, not which.
_WHOSE = re.compile(
    r"^.*(?:局|委|委员会|中心|办公室|厅|院|馆|站|校|处|社|队|所|联合会|工会|协会)"
)
_FAR = 5
"""Paragraphs above a table among which its title and unit may stand."""
_LONGEST = 60
_GOES_ON = ("续表", "续表）", "（续）")


@dataclass(frozen=True, slots=True)
class Name:
    """What a table says of itself.

    Attributes:
        title: As printed, cleaned, or "".
        form: Id of the public form, or "".
        scope: Fund scope of the form.
        basis: Budget or actual, as the title says.
        unit: Declared unit of amounts, or "".
        year: Calendar year in the title, or 0.
    """

    title: str = ""
    form: str = ""
    scope: FundScope = FundScope.UNKNOWN
    basis: Basis = Basis.UNKNOWN
    unit: str = ""
    year: int = 0


def name_of(
    document: Document,
    cleaned: Sequence[Cleaned],
    grid: Grid,
    header: int,
    vocabulary: Vocabulary,
) -> Name:
    """Read the title and unit line of a table.

    Args:
        document: The report.
        cleaned: Cleaned text of each block.
        grid: The table.
        header: First row of its header: what stands above it belongs to the title.
        vocabulary: Titles of forms.
    """
    title, unit, year = "", "", 0
    for words in _around(document, cleaned, grid, header):
        if not unit and (found := _UNIT_LINE.search(words)):
            unit = found.group(1)
        if not title and _TITLE.match(re.sub(r"单位：.*$", "", words).rstrip("：")):
            title = words
        if not year and (dated := _YEAR.search(words)):
            year = int(dated.group(1))
    form, scope = _form(title, vocabulary)
    return Name(title, form, scope, vocabulary.basis([title]), unit, year)


def titles_in(grid: Grid, vocabulary: Vocabulary) -> list[int]:
    """Rows that hold the title of a public form and nothing else, above some row of names.

    A worksheet, or a page saved from one, may hold several forms below each other.
    """
    rows = []
    for row in range(grid.rows):
        filled = grid.filled(row)
        words = filled[0][1] if len(filled) == 1 else ""
        if _TITLE.match(words) and (_form(words, vocabulary)[0] or words.endswith(_GOES_ON)):
            rows.append(row)
    return rows


def goes_on(title: str) -> bool:
    """Whether a title says that its table goes on from the one before: 支出决算表（续表）."""
    return title.rstrip("）)").endswith(("续", "续表"))


def bare_title(title: str) -> str:
    """A title without numbers, years and 续表, to tell whether two tables have one title."""
    return plain(_AROUND.sub("", title))


def _around(
    document: Document, cleaned: Sequence[Cleaned], grid: Grid, header: int
) -> Iterator[str]:
    """Short words near the table: in its own top rows, above it, then its name."""
    for row in range(header):
        for _, text in grid.filled(row):
            yield text
    first = min((b for line in grid.blocks for b in line if b >= 0), default=0)
    for index in range(first - 1, max(-1, first - 1 - _FAR), -1):
        block = document.blocks[index]
        if block.kind is BlockKind.CELL:
            break
        if len(cleaned[index].text) <= _LONGEST:
            yield cleaned[index].text
    if grid.table.title:
        yield re.sub(r"\s", "", grid.table.title)


def _form(title: str, vocabulary: Vocabulary) -> tuple[str, FundScope]:
    """The public form that a title names; the longest title that fits wins."""
    words = plain(_AROUND.sub("", title))
    for name, form, scope in vocabulary.forms:
        bare = re.sub("[“”]|部门|单位", "", name)
        before = _WHOSE.sub("", words[: -len(bare)])
        if words.endswith(bare) and not _OTHER_TABLE.search(before):
            return form + vocabulary.variant(title), scope
    return "", FundScope.UNKNOWN
