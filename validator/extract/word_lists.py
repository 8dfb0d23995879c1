"""Word lists（词表）: reads a file of the lexicon as plain strings, lists and dictionaries.

Built straight from what the YAML parser reports, which takes less than half the time of
PyYAML's own tree of nodes; every run of the program begins with reading these files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from validator.errors import RuleError

if TYPE_CHECKING:
    from pathlib import Path

_LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_words(path: Path) -> dict[str, Any]:
    """A mapping of strings, lists and mappings; every scalar is a string.

    Raises:
        RuleError: The file is missing, malformed or no mapping.
    """
    try:
        loaded = _built(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RuleError(f"{path}：读不到词汇文件（{error.strerror}）") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{path}：YAML 格式不对（{error}）") from error
    if not isinstance(loaded, dict):
        raise RuleError(f"{path}：应为“名称: 内容”的形式")
    return loaded


def _built(text: str) -> Any:
    root: list[Any] = []
    within: Any = root
    key: str | None = None
    outer: list[tuple[Any, str | None]] = []
    for event in yaml.parse(text, Loader=_LOADER):
        value: Any
        if isinstance(event, ScalarEvent):
            value = event.value
        elif isinstance(event, MappingStartEvent):
            value = {}
        elif isinstance(event, SequenceStartEvent):
            value = []
        elif isinstance(event, CollectionEndEvent):
            within, key = outer.pop()
            continue
        elif isinstance(event, AliasEvent):
            raise yaml.YAMLError("不能用 * 引用")
        else:
            continue
        if isinstance(within, list):
            within.append(value)
        elif key is None and isinstance(value, str):
            key = value
            continue
        elif key is None or key in within:
            raise yaml.YAMLError(f"“{key}”写了两次，或名称不是文字")
        else:
            within[key], key = value, None
        if not isinstance(value, str):
            outer.append((within, key))
            within, key = value, None
    return root[0] if root else None
