"""Files against their schema（按模式检查文件）: what is wrong, where, and what is allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from validator.engine.yaml_load import Located, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from validator.errors import RuleError

Model = TypeVar("Model", bound=BaseModel)

_WANTED = {
    "tuple_type": "应是列表，如 [甲, 乙]",
    "list_type": "应是列表，如 [甲, 乙]",
    "dict_type": "应是“名称: 内容”的形式",
    "model_type": "应是“名称: 内容”的形式",
    "string_type": "应是一段文字",
    "string_too_short": "不能是空的",
    "decimal_parsing": "应是一个数",
    "finite_number": "应是一个数",
    "int_parsing": "应是一个整数",
    "bool_parsing": "应是 true 或 false",
    "too_short": "至少要写一项",
    "greater_than_equal": "太小了，应是1990到2100之间的年份",
    "less_than_equal": "太大了，应是1990到2100之间的年份",
}


def validated(model: type[Model], located: Located) -> Model:
    """The model of a file's content.

    Raises:
        RuleError: The content does not fit; the first error in the file, located.
    """
    try:
        return model.model_validate(located.data)
    except ValidationError as refused:
        raise _first(model, located, refused.errors()) from None


def faults(model: type[BaseModel], located: Located) -> list[RuleError]:
    """Everything in a file that does not fit, located, in the order of the file."""
    try:
        model.model_validate(located.data)
    except ValidationError as refused:
        problems = [_problem(model, detail)[1:] for detail in refused.errors()]
        places = [located.place(path) for path, _ in problems]
        order = sorted(range(len(problems)), key=lambda i: (places[i].line, places[i].column))
        return [located.error(*problems[i]) for i in order]
    return []


def _first(
    model: type[BaseModel], located: Located, details: Sequence[ErrorDetails]
) -> RuleError:
    problems = [_problem(model, detail) for detail in details]
    _, path, what = min(
        problems, key=lambda p: (p[0], located.place(p[1]).line, located.place(p[1]).column)
    )
    more = f"（这个文件另有 {len(problems) - 1} 处错误）" if len(problems) > 1 else ""
    return located.error(path, what + more)


def _problem(
    model: type[BaseModel], detail: ErrorDetails
) -> tuple[int, tuple[str | int, ...], str]:
    """Rank, path and sentence of one error; a wrong key often explains a missing one."""
    path, kind = tuple(detail["loc"]), detail["type"]
    if path and path[-1] == "[key]":
        key = str(path[-2])
        return 0, (*path[:-2], f"key:{key}"), f"名称“{key}”不行：{_said(detail)}"
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "文件")
    if kind == "extra_forbidden":
        allowed = _keys(model, path[:-1])
        what = f"不认识的键“{path[-1]}”；可用：{'、'.join(allowed)}"
        place = (*path[:-1], f"key:{path[-1]}")
        return 0, place, what + nearest(str(path[-1]), allowed)
    if kind == "missing":
        return 1, path, f"缺少“{name}”"
    if kind in ("enum", "literal_error"):
        allowed = re.findall("'([^']*)'", str(detail["ctx"]["expected"]))
        given = str(detail["input"])
        what = f"“{name}”不能是“{given}”；可用：{'、'.join(filter(None, allowed))}"
        return 0, path, what + nearest(given, allowed)
    return 0, path, f"“{name}”{_said(detail)}"


def _said(detail: ErrorDetails) -> str:
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    return _WANTED.get(detail["type"], f"不对（{detail['msg']}）")


def _keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """Keys that a file may use at a path."""
    here = model
    for part in path:
        fields = {f.alias or name: f for name, f in here.model_fields.items()}
        if part in fields:
            here = _inner(fields[str(part)].annotation) or here
    return [f.alias or name for name, f in here.model_fields.items()]


def _inner(annotation: object) -> type[BaseModel] | None:
    """The model inside a field's type, such as Selector in dict[str, Selector]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_inner, get_args(annotation))), None)
