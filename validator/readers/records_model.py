"""The records file as a type（记录文件格式）: ``gouji.records/1``, and its JSON Schema.

The meaning of each field is told in docs/records.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from validator.facts import Basis, FundScope, ReportKind
from validator.published import Part, schema_of
from validator.quantity import MONEY_UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

SCHEMA = "gouji.records/1"
MOST_FACTS = 50_000
KINDS = {
    **{kind.value: kind for kind in ReportKind if kind is not ReportKind.RECORDS},
    "部门决算": ReportKind.FINAL_ACCOUNTS, "决算": ReportKind.FINAL_ACCOUNTS,
    "部门预算": ReportKind.BUDGET, "预算": ReportKind.BUDGET,
    "绩效自评": ReportKind.PERFORMANCE, "预算执行": ReportKind.EXECUTION_REPORT,
}  # fmt: skip
BASES = {
    **{basis.value: basis for basis in Basis if basis.value},
    "年初预算": Basis.ORIGINAL_BUDGET, "年初预算数": Basis.ORIGINAL_BUDGET,
    "调整预算": Basis.FINAL_BUDGET, "调整预算数": Basis.FINAL_BUDGET,
    "全年预算": Basis.FINAL_BUDGET, "全年预算数": Basis.FINAL_BUDGET,
    "预算": Basis.BUDGET, "预算数": Basis.BUDGET,
    "决算": Basis.ACTUAL, "决算数": Basis.ACTUAL, "执行数": Basis.ACTUAL,
}  # fmt: skip
SCOPES = {
    **{scope.value: scope for scope in FundScope if scope.value},
    "全口径": FundScope.ALL, "全部": FundScope.ALL, "财政拨款": FundScope.FISCAL,
    "一般公共预算": FundScope.GENERAL, "一般公共预算财政拨款": FundScope.GENERAL,
    "政府性基金": FundScope.FUND, "政府性基金预算": FundScope.FUND,
    "政府性基金预算财政拨款": FundScope.FUND,
    "国有资本经营预算": FundScope.CAPITAL, "国有资本经营预算财政拨款": FundScope.CAPITAL,
    "社会保险基金": FundScope.SOCIAL, "社会保险基金预算": FundScope.SOCIAL,
}  # fmt: skip

_WORDS = {"type": "string", "minLength": 1, "maxLength": 100}
_YEAR = [
    {"type": "integer", "minimum": 1900, "maximum": 2099},
    {"type": "string", "pattern": "^(19|20)[0-9]{2}$"},
]
_NULL = {"type": "null"}
Words = Annotated[str, Field(min_length=1, max_length=100)]
Item = Annotated[Words, WithJsonSchema({"anyOf": [_WORDS, {"type": "integer", "minimum": 0}]})]
"""A code may be written as a number: 2130301."""
Printed = Annotated[
    str, WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}, _NULL]})
]
"""The digits as the file has them; null and blank are no number."""
Year = Annotated[
    str, Field(pattern="^(19|20)[0-9]{2}$"), WithJsonSchema({"anyOf": [*_YEAR, _NULL]})
]


Symbol = Annotated[str, Field(pattern="^[^0-9\\s]{1,8}$")]
"""万元, 元, %, 人, 辆, …"""


def _one_of(allowed: Mapping[str, StrEnum], word: str | None) -> str | None:
    """The machine's word for one of a closed list."""
    if word is None:
        return None
    if word not in allowed:
        raise PydanticCustomError("one_of", "not allowed", {"allowed": [*allowed]})
    return allowed[word].value


class FactRecord(Part):
    """A number with its coordinates; only item and value are needed."""

    item: Item
    value: Printed | None
    unit: Symbol | None = None
    year: Year | None = None
    basis: str | None = Field(None, json_schema_extra={"enum": [*BASES, None]})
    scope: str | None = Field(None, json_schema_extra={"enum": [*SCOPES, None]})
    form: Words | None = None
    column: Item | None = None
    label: Words | None = None

    @field_validator("basis")
    @classmethod
    def _stage(cls, word: str | None) -> str | None:
        return _one_of(BASES, word)

    @field_validator("scope")
    @classmethod
    def _fund(cls, word: str | None) -> str | None:
        return _one_of(SCOPES, word)


class RecordsFile(Part):
    """What a records file says."""

    schema_: Literal["gouji.records/1"] = Field(alias="schema")
    kind: str = Field(json_schema_extra={"enum": [*KINDS]})
    entity: Words | None = None
    year: Year | None = None
    unit: str | None = Field(None, json_schema_extra={"enum": [*MONEY_UNITS, None]})
    facts: list[FactRecord] = Field(min_length=1, max_length=MOST_FACTS)

    @field_validator("kind")
    @classmethod
    def _report(cls, word: str) -> str | None:
        return _one_of(KINDS, word)

    @field_validator("unit")
    @classmethod
    def _money(cls, word: str | None) -> str | None:
        if word is not None and word not in MONEY_UNITS:
            raise PydanticCustomError("one_of", "not allowed", {"allowed": [*MONEY_UNITS]})
        return word


def render_schema() -> str:
    """The JSON Schema of a records file, ending in a line feed."""
    return schema_of(RecordsFile, SCHEMA, "validation")
