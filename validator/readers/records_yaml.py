"""YAML with places（带位置的 YAML）: every scalar the characters that it was.

What a records file does not need is refused: anchors and aliases (a small file can unfold to
gigabytes), tags, several documents, text over several lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from validator.document import Span
from validator.readers.records_tree import (
    MAX_DEPTH,
    Entries,
    Items,
    Kind,
    Scalar,
    refusal,
    too_deep,
    written_twice,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.events import Event

    from validator.errors import UnreadableDocument
    from validator.readers.records_tree import Node

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = ("", "~", "null", "Null", "NULL")
_TRUTH = ("true", "True", "TRUE", "false", "False", "FALSE")
_BREAKS = "\n\r\x85\u2028\u2029"
_REASONS = (
    ("tab character", "缩进用了制表符"),
    ("mapping values", "一行里有两个“: ”"),
    ("could not find expected ':'", "少了冒号"),
    ("unexpected end of stream", "引号或括号没有闭合"),
    ("cannot start any token", "文字以特殊符号开头"),
)
_ADVICE = "请检查缩进、冒号后的空格和引号"


def parse_yaml(text: str) -> Node:
    """The content of a YAML file.

    Raises:
        UnreadableDocument: It is no YAML, or uses more than plain words, lists and mappings.
    """
    try:
        return _Composer(text, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = error.problem or error.context or ""
        why = next((say for sign, say in _REASONS if sign in told), "缩进或符号不对")
        at = min(mark.index, len(text)) if mark else 0
        raise refusal(text, at, f"不是有效的 YAML，{why}", _ADVICE) from error
    except yaml.YAMLError as error:
        what = "不是有效的 YAML，含有不可见的控制字符"
        raise refusal(text, 0, what, "请删去控制字符，或改用 JSON") from error


class _Composer:
    """Events of the parser → values with places."""

    def __init__(self, text: str, events: Iterator[Event]) -> None:
        self._text = text
        self._events = events
        self._last = 0  # end of the last value, its closing quote included

    def document(self) -> Node:
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise refusal(self._text, 0, "没有内容", "请确认选对了文件")
        node = self._node(next(self._events), 1)
        next(self._events)
        more = next(self._events)
        if not isinstance(more, yaml.StreamEndEvent):
            raise self._refused(more, "一个文件只能有一份内容", "请删去“---”之后的部分")
        return node

    def _node(self, event: Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused(event, "不支持 YAML 引用（*名称）", "请把内容写出来")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise self._refused(event, "不支持 YAML 锚点（&名称）", "请删去")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            raise self._refused(event, "不支持 YAML 标签（!名称）", "请删去")
        if depth > MAX_DEPTH:
            raise too_deep(self._text, _start(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(event, depth)
        return self._entries(event, depth)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start = _start(event)
        self._last = end = _end(event)
        words = str(event.value)
        if event.style in ("|", ">") or any(c in _BREAKS for c in self._text[start:end]):
            raise self._refused(event, "一个值写了几行", "请写在一行里")
        if event.style in ("'", '"'):
            return Scalar(words, Span(start + 1, max(start + 1, end - 1)))
        kind = (
            Kind.NOTHING if words in _NOTHING
            else Kind.TRUTH if words in _TRUTH
            else Kind.WORDS
        )  # fmt: skip
        return Scalar(words, Span(start, end), kind)

    def _items(self, begin: Event, depth: int) -> Items:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Items(items, self._extent(begin, event))

    def _entries(self, begin: Event, depth: int) -> Entries:
        values: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                what = "“:”前面应是一个词"
                raise self._refused(event, what, "文字里有冒号或括号时请加引号")
            key = self._node(event, depth)
            name = str(event.value)
            if name in values:
                raise written_twice(self._text, key.span.start, name)
            keys[name] = key.span
            values[name] = self._node(next(self._events), depth + 1)
        return Entries(values, self._extent(begin, event), keys)

    def _extent(self, begin: Event, end: Event) -> Span:
        """Up to the closing bracket, or to the last value where there is none."""
        start = _start(begin)
        closed = self._text[start : start + 1] in ("[", "{")
        self._last = _end(end) if closed else self._last
        return Span(start, max(start, self._last))

    def _refused(self, event: Event, what: str, advice: str) -> UnreadableDocument:
        return refusal(self._text, _start(event), what, advice)


def _start(event: Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: Event) -> int:
    return event.end_mark.index if event.end_mark else _start(event)
