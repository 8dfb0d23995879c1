"""CSV with places（带位置的 CSV）: comment lines in front, a header, one record a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.document import Span
from validator.readers.records_tree import Entries, Items, Kind, Scalar, refusal, written_twice

if TYPE_CHECKING:
    from validator.readers.records_tree import Node

HEADS = {
    "科目": "item", "数值": "value", "单位": "unit", "年度": "year", "口径": "basis",
    "资金范围": "scope", "表": "form", "栏": "column", "名称": "label",
    "报告类型": "kind", "部门": "entity",
}  # fmt: skip
"""Chinese name of each column."""
SHARED = ("kind", "entity")
"""Columns that say the same in every row, because they are about the whole file."""
NEEDED = "CSV 的表头要有“科目”（item）和“数值”（value）两栏"
_QUOTE = '数值里有逗号时请加引号，如 "1,503.50"'
_COMMENT = re.compile(r"[ \t]*#[ \t]*([^\n:：,]{1,20}?)[ \t]*[:：][ \t]*([^\n]*?)[\s,;]*$")
_DELIMITERS = (",", "\t", ";", "，")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    span: Span


def parse_csv(text: str) -> Entries:
    """The same mapping as a YAML file would have: keys in front, then ``facts``.

    Raises:
        UnreadableDocument: The header lacks a column, or a row does not fit it.
    """
    values, keys, at = _comments(text)
    line = text[at:].split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=line.count)
    rows = _rows(text, at, delimiter)
    top = rows[0] if rows else []
    heads = [HEADS.get(cell.text.strip(), cell.text.strip()) for cell in top]
    if not {"item", "value"} <= set(heads):
        raise refusal(text, at, NEEDED, "请加上表头，写法见 docs/records.md")
    for index, head in enumerate(heads):
        if head in heads[:index]:
            raise written_twice(text, top[index].span.start, head)
    facts: list[Node] = []
    for row in rows[1:]:
        if not any(cell.text.strip() for cell in row):
            continue
        if len(row) > len(heads):
            what = f"这一行有 {len(row)} 格，表头只有 {len(heads)} 格"
            raise refusal(text, row[0].span.start, what, _QUOTE)
        entry = _entry(top, heads, row)
        _share(text, entry, values, keys)
        facts.append(entry)
    span = Span(min(at, len(text)), len(text))
    values["facts"] = Items(facts, span)
    keys["facts"] = Span(span.start, span.start)
    return Entries(values, Span(0, len(text)), keys)


def _comments(text: str) -> tuple[dict[str, Node], dict[str, Span], int]:
    """``# key: value`` lines → values, places of the keys, offset of the header."""
    values: dict[str, Node] = {}
    keys: dict[str, Span] = {}
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip(" \t\r\n")
        if bare and not bare.startswith("#"):
            break
        if found := _COMMENT.match(line.rstrip("\r\n")):
            name = found.group(1)
            key = HEADS.get(name, name)
            start = at + found.start(1)
            if key in values:
                raise written_twice(text, start, key)
            keys[key] = Span(start, start + len(name))
            values[key] = Scalar(
                found.group(2), Span(at + found.start(2), at + found.end(2)), Kind.WORDS
            )
        at += len(line)
    return values, keys, at


def _entry(top: list[_Cell], heads: list[str], row: list[_Cell]) -> Entries:
    """A row as a mapping; blank cells say nothing."""
    values: dict[str, Node] = {}
    for head, cell in zip(heads, row, strict=False):
        if not head and not cell.text.strip():
            continue
        blank = not cell.text.strip()
        if head in ("item", "value") or not blank:
            kind = Kind.NOTHING if blank else Kind.WORDS
            values[head] = Scalar(cell.text.strip(), cell.span, kind)
    places = {head: cell.span for head, cell in zip(heads, top, strict=True)}
    return Entries(values, Span(row[0].span.start, row[-1].span.end), places)


def _share(text: str, entry: Entries, values: dict[str, Node], keys: dict[str, Span]) -> None:
    """Move what a row says about the whole file to where it belongs."""
    for key in SHARED:
        cell = entry.values.pop(key, None)
        if not isinstance(cell, Scalar):
            continue
        known = values.setdefault(key, cell)
        keys.setdefault(key, cell.span)
        if isinstance(known, Scalar) and known.text != cell.text:
            what = f"这里是“{cell.text}”，前面是“{known.text}”"
            raise refusal(text, cell.span.start, what, "一个文件只放一个部门、一份报告的数")


def _rows(text: str, at: int, delimiter: str) -> list[list[_Cell]]:
    """Cells of all rows; a quoted cell may hold delimiters and doubled quotes."""
    stop = re.escape(delimiter)
    quoted = re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*(?={stop}|[\r\n]|\Z)')
    bare = re.compile(rf"[^{stop}\r\n]*")
    rows: list[list[_Cell]] = []
    row: list[_Cell] = []
    while at <= len(text):
        if found := quoted.match(text, at):
            row.append(_Cell(found.group(1).replace('""', '"'), Span(*found.span(1))))
        else:
            found = bare.match(text, at)
            if found is None:
                break
            row.append(_trimmed(found.group(), found.start()))
            if row[-1].text.startswith('"'):
                raise refusal(text, at, "引号没有闭合", "引号里的引号请写两个")
        at = found.end()
        if text[at : at + 1] == delimiter:
            at += 1
            continue
        rows.append(row)
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
    return rows


def _trimmed(words: str, start: int) -> _Cell:
    kept = words.strip()
    first = start + (words.find(kept) if kept else 0)
    return _Cell(kept, Span(first, first + len(kept)))
