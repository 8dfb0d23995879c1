"""JSON with places（带位置的 JSON）: the usual parser forgets where a value stood."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

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
    from validator.errors import UnreadableDocument
    from validator.readers.records_tree import Node

_BLANK = re.compile(r"[\s\ufeff]*")
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])")
_WORD = re.compile(r"(?:true|false|null)(?!\w)")
_ADVICE = "请检查引号、逗号和括号，或用程序重新导出"


def parse_json(text: str) -> Node:
    """The content of a JSON file.

    Raises:
        UnreadableDocument: It is no JSON, names a key twice, or is nested too deeply.
    """
    walk = _Walk(text)
    node = walk.value(1)
    walk.blank()
    if walk.at < len(text):
        raise walk.refused("数据到这里已经结束，后面还有文字")
    return node


class _Walk:
    """Goes over the text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def refused(self, what: str, at: int | None = None) -> UnreadableDocument:
        place = self.at if at is None else at
        return refusal(self.text, place, f"不是有效的 JSON，{what}", _ADVICE)

    def value(self, depth: int) -> Node:
        self.blank()
        if depth > MAX_DEPTH:
            raise too_deep(self.text, self.at)
        match self.text[self.at : self.at + 1]:
            case "{":
                return self._entries(depth)
            case "[":
                return self._items(depth)
            case '"':
                return self._string()
        return self._bare()

    def _bare(self) -> Scalar:
        start = self.at
        if found := _NUMBER.match(self.text, start):
            self.at = found.end()
            return Scalar(found.group(), Span(*found.span()), Kind.NUMBER)
        if found := _WORD.match(self.text, start):
            self.at = found.end()
            kind = Kind.NOTHING if found.group() == "null" else Kind.TRUTH
            return Scalar(found.group(), Span(*found.span()), kind)
        if start >= len(self.text):
            raise self.refused("内容不完整")
        raise self.refused("这里应是一个值")

    def _string(self) -> Scalar:
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise self.refused("引号没有闭合")
        try:
            words = json.loads(found.group(), strict=False)
            words.encode()
        except ValueError as error:
            raise self.refused("引号里的转义符不对") from error
        self.at = found.end()
        return Scalar(words, Span(found.start() + 1, found.end() - 1))

    def _items(self, depth: int) -> Items:
        start = self.at
        self.at += 1
        items: list[Node] = []
        while not self._closes("]", first=not items):
            items.append(self.value(depth + 1))
        return Items(items, Span(start, self.at))

    def _entries(self, depth: int) -> Entries:
        start = self.at
        self.at += 1
        values: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        while not self._closes("}", first=not values):
            self.blank()
            if self.text[self.at : self.at + 1] != '"':
                raise self.refused("这里应是加引号的键")
            key = self._string()
            if key.text in values:
                raise written_twice(self.text, key.span.start, key.text)
            self.blank()
            if self.text[self.at : self.at + 1] != ":":
                raise self.refused("键后面少了冒号")
            self.at += 1
            keys[key.text] = key.span
            values[key.text] = self.value(depth + 1)
        return Entries(values, Span(start, self.at), keys)

    def _closes(self, bracket: str, *, first: bool) -> bool:
        """Step over the closing bracket, or over the comma before the next one."""
        self.blank()
        here = self.text[self.at : self.at + 1]
        if here == bracket:
            self.at += 1
            return True
        if first:
            return False
        if here != ",":
            raise self.refused("内容不完整" if not here else f"这里应是逗号或“{bracket}”")
        self.at += 1
        self.blank()
        if self.text[self.at : self.at + 1] == bracket:
            raise self.refused("最后一项后面多了逗号")
        return False
