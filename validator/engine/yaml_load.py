"""YAML with places（带位置的 YAML）: every scalar a string, every error located.

Plain YAML turns code ``0201`` into 129, ``off`` into False and ``0.10`` into a float. Here a
scalar stays the text it was. What a rule file does not need is refused: duplicate keys,
anchors, aliases, tags, several documents, keys that are not plain words.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from validator.engine.drafts import content_of
from validator.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from yaml.events import Event

MAX_BYTES = 65_536
MAX_DEPTH = 12
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ADVICE = (
    ("tab character", "缩进要用空格，不能用制表符"),
    ("mapping values", "一行里有两个“: ”；文字里有冒号时请给整句加引号"),
    ("could not find expected ':'", "少了冒号，或没有缩进"),
    ("unexpected end of stream", "引号或括号没有闭合"),
    ("did not find expected", "缩进或括号不对"),
    ("cannot start any token", "文字以特殊符号开头时请加引号；缩进不能用制表符"),
)
_HINT = re.compile(r"（是否指 (\S+?)？）")

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line of YAML."""

Trail = tuple[str | int, ...]
Node = str | list["Node"] | dict[str, "Node"]


@dataclass(slots=True)
class Place:
    """Where a value starts, counted from 1.

    Attributes:
        line: Its line.
        column: Its column.
        shift: Columns from there to its first character (1 inside quotes), or -1 when its
            text is not a part of that line.
    """

    line: int
    column: int
    shift: int = -1


@dataclass(slots=True)
class Located:
    """A YAML file as strings, lists and mappings, and where each of them stands.

    Attributes:
        name: The file as a user would name it.
        data: What it holds.
        places: Place of each value by its path; a key's own is at ``(*path, "key:NAME")``.
    """

    name: str
    data: Node = ""
    places: dict[Trail, Place] = field(default_factory=dict)

    def error(self, path: Sequence[str | int], what: str, column: int = 0) -> RuleError:
        """A located error, to be raised.

        Args:
            path: The value; where it does not exist, the nearest one that holds it.
            what: What is wrong, what is allowed, what to do.
            column: 1-based place inside the value's text, 0 for the value itself.
        """
        place = self.place(path)
        within = column - 1 + place.shift if column and place.shift >= 0 else 0
        return RuleError(f"{self.name}:{place.line}:{place.column + within}  {what}")

    def place(self, path: Sequence[str | int]) -> Place:
        """Where a value stands, or the nearest one that holds it."""
        for end in range(len(path), -1, -1):
            if found := self.places.get(tuple(path[:end])):
                return found
        return Place(1, 1)


def load_yaml(path: Path, name: str, *, leave_out: str = "") -> Located:
    """Read a file.

    Args:
        path: The file.
        name: What to call it in errors.
        leave_out: A key of the top level that is passed over, with all lines under it.

    Raises:
        RuleError: It cannot be read or uses more than plain strings, lists and mappings.
    """
    try:
        content = content_of(path)
    except OSError as error:
        raise RuleError(f"{name}:1:1  读不到这个文件（{error.strerror}）") from error
    return parse_yaml(_without(leave_out, content) if leave_out else content, name)


def _without(key: str, content: bytes) -> bytes:
    """The file without a key; all else stays on its line."""
    lines = rb"^%s:[^\n]*\n(?:[ -][^\n]*\n?|\r?\n)*" % key.encode()
    return re.sub(lines, lambda m: b"\n" * m[0].count(b"\n"), content, flags=re.MULTILINE)


def parse_yaml(content: bytes, name: str, *, largest: int = MAX_BYTES) -> Located:
    """Read the content of a file of so many bytes at most; see ``load_yaml``."""
    located = Located(name)
    if len(content) > largest:
        raise located.error((), f"文件太大，最多 {largest // 1024} KB；请分成几个文件")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RuleError(f"{name}:{line}:1  不是 UTF-8 编码；请另存为 UTF-8") from error
    try:
        located.data = _Composer(yaml.parse(text, Loader=_LOADER), located).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        problem = error.problem or error.context or ""
        advice = next((say for sign, say in _ADVICE if sign in problem), problem)
        raise RuleError(f"{name}:{place}  不是有效的 YAML：{advice}") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{name}:1:1  不是有效的 YAML：含有不可见的控制字符") from error
    return located


def nearest(word: str, allowed: Iterable[str]) -> str:
    """A hint at the allowed word that was probably meant, or ""."""
    found = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f"（是否指 {found[0]}？）" if found else ""


def suggested(message: str) -> str:
    """The word that the hint of an error names, or "".

    >>> suggested("不认识的键“titel”；可用：id、title（是否指 title？）")
    'title'
    """
    found = _HINT.search(message)
    return found[1] if found else ""


class _Composer:
    """Events of the parser → values with places."""

    def __init__(self, events: Iterator[Event], located: Located) -> None:
        self._events = events
        self._located = located

    def document(self) -> Node:
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise self._located.error((), "文件是空的")
        data = self._node(next(self._events), ())
        next(self._events)
        more = next(self._events)
        if not isinstance(more, yaml.StreamEndEvent):
            raise self._refused(more, "一个文件只能有一份内容，请删去“---”之后的部分")
        return data

    def _node(self, event: Event, path: Trail) -> Node:
        place = self._located.places[path] = _place(event)
        if isinstance(event, yaml.AliasEvent):
            raise self._refused(event, "不支持 YAML 引用（*名称），请把内容写出来")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise self._refused(event, "不支持 YAML 锚点（&名称），请删去")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            raise self._refused(event, "不支持 YAML 标签（!名称），请删去")
        if len(path) > MAX_DEPTH:
            raise self._refused(event, f"套得太深，最多 {MAX_DEPTH} 层")
        if isinstance(event, yaml.ScalarEvent):
            end = event.end_mark
            if end and end.line + 1 == place.line and event.style in (None, "", "'", '"'):
                place.shift = 1 if event.style in ("'", '"') else 0
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: Trail) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items))))
        return items

    def _mapping(self, path: Trail) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, (*path, "key:")) if _is_scalar(event) else None
            if not isinstance(key, str):
                raise self._refused(event, "“:”前面应是一个词；文字里有冒号或括号时请加引号")
            if key in entries:
                raise self._refused(event, f"“{key}”写了两次，请留一个")
            self._located.places[(*path, f"key:{key}")] = self._located.places.pop(
                (*path, "key:")
            )
            entries[key] = self._node(next(self._events), (*path, key))
        return entries

    def _refused(self, event: Event, what: str) -> RuleError:
        place = _place(event)
        return RuleError(f"{self._located.name}:{place.line}:{place.column}  {what}")


def _place(event: Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _is_scalar(event: Event) -> bool:
    return isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
