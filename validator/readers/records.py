"""Records → Document（记录读取）: the figures of a report that already are data.

JSON, YAML or CSV; the text of the document is the file's own characters, so a finding quotes
the file. Which line item a name means is not decided here.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from validator.document import BlockKind, Record, Records
from validator.errors import UnreadableDocument
from validator.readers.draft import Draft, Place
from validator.readers.encoding import decode
from validator.readers.records_csv import parse_csv
from validator.readers.records_json import parse_json
from validator.readers.records_model import MOST_FACTS, SCHEMA, FactRecord, RecordsFile
from validator.readers.records_tree import Entries, Items, Kind, Scalar, meant, refusal, shown
from validator.readers.records_yaml import parse_yaml
from validator.readers.suffixes import suffix_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from validator.document import Document
    from validator.readers.records_tree import Node

LARGEST = 10 * 1024 * 1024
"""Bytes of the largest records file."""
_UNIT = "万元"
_FAMILY = SCHEMA.partition("/")[0]
_HOW = "请按 docs/records.md 的格式写"
_TABLES = (".csv", ".tsv")
_FIRST = re.compile(r"(?:[ \t\r\ufeff]*(?:#[^\n]*)?\n)*[ \t\r\ufeff]*")
_JSON = re.compile(r"[\s\ufeff]*(?:\[|\{\s*(?:[\"}]|\Z))")
_TOLD = re.compile(r"[ \t\ufeff]*#[ \t]*schema[ \t]*[:：]", re.MULTILINE)
_MAPPED = re.compile(r"[\"']?[A-Za-z_]+[\"']?[ \t]*:(?:\s|$)|---|[{\[]")
_WANTED = {
    "string_type": "应是文字或数字",
    "string_too_short": "不能是空的",
    "string_too_long": "太长",
    "list_type": "应是列表",
    "model_type": "应是“名称: 内容”的形式",
    "too_short": "里没有一条记录",
    "too_long": f"太多，最多 {MOST_FACTS} 条",
}


def read(data: bytes, name: str, digest: str) -> Document:
    """Read a records file.

    Args:
        data: The whole file.
        name: What to call it.
        digest: Digest of the bytes.

    Raises:
        UnreadableDocument: It is no records file, or says what the format does not allow.
    """
    if len(data) > LARGEST:
        what = f"记录文件超过 {LARGEST // 1024 // 1024} MB"
        raise UnreadableDocument(what, "请一个部门、一个年度写一个文件")
    text, unread = decode(data)
    tree, tabular = _parsed(text, name)
    file = _checked(text, tree, tabular=tabular)
    listed = tree.values["facts"]
    nodes = listed.items if isinstance(listed, Items) else []
    draft = Draft(text, unread=unread)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    records = []
    for node, fact in zip(nodes, file.facts, strict=True):
        if isinstance(node, Entries) and fact.value and fact.value.strip():
            draft.add(Place(BlockKind.RECORD, node.span.start, node.span.end))
            line = bisect.bisect_right(starts, node.values["value"].span.start)
            records.append(_record(node, fact, line))
    if not records:
        raise UnreadableDocument("记录里没有一个数", "请在 value 里写上数值")
    year = int(file.year or 0) or max(record.year for record in records)
    if not year:
        raise UnreadableDocument("没有写年度", "请加上 year，如 year: 2020")
    told = Records(name, file.kind, file.entity or "", year, file.unit or _UNIT, tuple(records))
    return replace(draft.finish(name, "records", digest), records=(told,))


def _parsed(text: str, name: str) -> tuple[Entries, bool]:
    """Content of the file by its looks, and whether it is a table."""
    first = _FIRST.match(text)
    at = first.end() if first else 0
    if at == len(text):
        raise UnreadableDocument("文件是空的", "请确认选对了文件，或重新导出一份")
    data = _JSON.match(text) is not None
    if not data and (
        suffix_of(name) in _TABLES
        or (_TOLD.search(text, 0, at) and not _MAPPED.match(text, at))
    ):
        return parse_csv(text), True
    # What never names the format is somebody else's: its own faults are no matter of ours.
    foreign = UnreadableDocument(f"不是记录文件，最外层没有 schema: {SCHEMA}", _HOW)
    if _FAMILY not in text:
        raise foreign
    tree = parse_json(text) if data else parse_yaml(text)
    told = tree.values.get("schema") if isinstance(tree, Entries) else None
    ours = isinstance(told, Scalar) and told.text.startswith(_FAMILY)
    if not isinstance(tree, Entries) or not ours:
        raise foreign
    return tree, False


def _checked(text: str, tree: Entries, *, tabular: bool) -> RecordsFile:
    """The file as its type.

    Raises:
        UnreadableDocument: The first place that does not fit, located.
    """
    plain = _plain(tree)
    if tabular and isinstance(plain, dict):
        plain.setdefault("schema", SCHEMA)
    try:
        return RecordsFile.model_validate(plain)
    except ValidationError as error:
        found = [_problem(text, tree, detail, tabular=tabular) for detail in error.errors()]
    at, what, advice = min(found, key=lambda one: one[0])
    more = f"，另有 {len(found) - 1} 处错误" if len(found) > 1 else ""
    raise refusal(text, at, what + more, advice)


def _plain(node: Node) -> Any:
    """The content without places; a key that holds nothing is as good as absent."""
    if isinstance(node, Items):
        return [_plain(item) for item in node.items]
    if isinstance(node, Entries):
        pairs = ((key, _plain(value)) for key, value in node.values.items())
        return {key: value for key, value in pairs if value is not None or key == "value"}
    if node.kind is Kind.TRUTH:
        return node.text.lower() == "true"
    return None if node.kind is Kind.NOTHING else node.text


def _problem(
    text: str, tree: Entries, detail: ErrorDetails, *, tabular: bool
) -> tuple[int, str, str]:
    """Where, what and what to do."""
    path, kind = detail["loc"], detail["type"]
    key = str(path[-1]) if path else ""
    model = FactRecord if len(path) > 1 else RecordsFile
    node, owner = _at(tree, path)
    at = node.span.start if node is not None else owner.span.start
    if kind == "extra_forbidden":
        at = owner.keys[key].start if isinstance(owner, Entries) and not tabular else at
        allowed = [field.alias or name for name, field in model.model_fields.items()]
        what = f"没有“{shown(key)}”这个键{meant(key, allowed)}"
        return at, what, f"可用的有 {'、'.join(allowed)}"
    if kind == "missing":
        hint = f"请在表头上方写一行“# {key}: …”" if tabular else f"请加上 {key}"
        return at, f"缺少 {key}", hint
    if kind in ("one_of", "literal_error"):
        context = detail.get("ctx", {})
        allowed = context.get("allowed", [SCHEMA])
        word = shown(str(detail["input"]))
        return (
            at,
            f"{key} 不能是“{word}”{meant(word, allowed)}",
            f"可用的有 {'、'.join(allowed)}",
        )
    if kind == "string_pattern_mismatch":
        return at, f"{key} 应是{'四位年份' if key == 'year' else '单位，不能有数字'}", _HOW
    return at, f"{key} {_WANTED.get(kind, '写得不对')}", _HOW


def _at(tree: Entries, path: Sequence[str | int]) -> tuple[Node | None, Node]:
    """The value at a path, or None where there is none, and the nearest one that holds it."""
    node: Node = tree
    owner: Node = tree
    for step in path:
        owner = node
        if isinstance(node, Entries) and step in node.values:
            node = node.values[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None, owner
    return node, owner


def _record(node: Entries, fact: FactRecord, line: int) -> Record:
    item, value = node.values["item"], node.values["value"]
    return Record(
        fact.item,
        item.span,
        fact.value or "",
        value.span,
        line,
        fact.unit or "",
        int(fact.year or 0),
        fact.basis or "",
        fact.scope or "",
        fact.form or "",
        fact.column or "",
        fact.label or "",
    )
