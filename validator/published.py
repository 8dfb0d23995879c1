"""Formats that other programs rely on（公开的格式）, and their JSON Schemas."""

from __future__ import annotations

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Part(BaseModel):
    """What every part of a published format holds to: nothing but the fields named."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def schema_of(
    model: type[BaseModel], name: str, mode: Literal["validation", "serialization"]
) -> str:
    """The JSON Schema of a format, ending in a line feed.

    Args:
        model: The whole file as a type.
        name: The format with its number, such as ``gouji.report/1``.
        mode: ``serialization`` for what gouji writes, ``validation`` for what it reads.
    """
    schema = model.model_json_schema(by_alias=True, mode=mode)
    schema = {"$schema": DIALECT, "$id": name, **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
