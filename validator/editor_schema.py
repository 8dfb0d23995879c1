"""JSON Schemas for editors（给编辑器用的模式）: keys and values offered while one writes.

The models read every scalar as a string, so that ``0201`` stays what it is; an editor reads
numbers and switches as such. The schemas allow both, and the short forms too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from validator.config_file import ConfigFile
from validator.engine.lexicon_file import LexiconFile
from validator.engine.pack_files import DISABLE, PackFile
from validator.engine.schema import EACH, RuleFile
from validator.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

FILES: Mapping[str, type[BaseModel]] = {
    "rule": RuleFile,
    "pack": PackFile,
    "lexicon": LexiconFile,
    "config": ConfigFile,
}
"""What a schema can be had of."""
_SCALARS = ["string", "number", "boolean"]


def editor_schema(what: str) -> str:
    """The JSON Schema of one kind of file, a key of ``FILES``."""
    schema = FILES[what].model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    loosened = _loosened(schema)
    if what == "rule":
        _complete_rule(loosened)
    elif what in {"pack", "config"}:
        _complete_overrides(loosened)
    return json.dumps(loosened, ensure_ascii=False, indent=2) + "\n"


def _loosened(node: Any) -> Any:
    """The schema with numbers and switches allowed where strings are, and lists of one."""
    if isinstance(node, list):
        return [_loosened(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {
        key: _loosened(value)
        for key, value in node.items()
        if not (key == "default" and not value)
    }
    kind = made.get("type")
    if kind == "string" and "enum" not in made and "const" not in made:
        made["type"] = _SCALARS
    elif kind in {"integer", "number", "boolean"}:
        made = {"anyOf": [made, {"type": "string"}]}
    elif kind == "array":
        made = {"anyOf": [made, {"type": _SCALARS}]}
    return made


def _complete_rule(schema: dict[str, Any]) -> None:
    """What the models check by program: kinds and what they run over, and short forms."""
    properties = schema["properties"]
    properties["kind"] = {"enum": list(EACH)}
    properties["each"] = {"enum": sorted({each for one in EACH.values() for each in one})}
    for key in ("message", "given"):
        properties[key] = {"anyOf": [{"type": "string"}, properties[key]]}
    schema["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"properties": {"each": {"enum": list(each)}}},
        }
        for kind, each in EACH.items()
    ]
    example = schema["$defs"]["Example"]
    example["oneOf"] = [{"required": ["pass"]}, {"required": ["fail"]}]


def _complete_overrides(schema: dict[str, Any]) -> None:
    short = {"enum": [DISABLE, *(severity.value for severity in Severity)]}
    rules = schema["properties"]["rules"]
    for key in ("additionalProperties", "patternProperties"):
        if key in rules:
            rules[key] = {"anyOf": [short, rules[key]]}
