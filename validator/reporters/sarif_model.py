"""Objects of SARIF 2.1.0 as types（SARIF 对象）: those that gouji writes, none else.

Names and meanings are those of the OASIS standard, chapter 3, in snake case here. What is None
is not written.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue
from pydantic.alias_generators import to_camel

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
PropertyBag = dict[str, JsonValue]
"""What the standard has no place for."""
Level = Literal["none", "note", "warning", "error"]
BaselineState = Literal["new", "unchanged", "absent"]


class SarifObject(BaseModel):
    """An object of a SARIF file: nothing but the properties named."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=True)

    def laid_out(self, depth: int = 0) -> str:
        """JSON, each line after the first moved to the right by ``depth`` levels."""
        # No string of JSON holds a line feed, so every one of them ends a line of the layout.
        page = self.model_dump_json(by_alias=True, exclude_none=True, indent=2)
        return page.replace("\n", "\n" + "  " * depth)


class Message(SarifObject):
    """Words for a person."""

    text: str
    markdown: str | None = None


class ArtifactLocation(SarifObject):
    """Where a file is."""

    uri: str | None = None
    uri_base_id: str | None = None
    index: int | None = Field(default=None, ge=0)
    description: Message | None = None


class ArtifactContent(SarifObject):
    """Part of a text file."""

    text: str


class Region(SarifObject):
    """Part of a text file by its place; columns and offsets count Unicode code points."""

    start_line: int = Field(ge=1)
    start_column: int | None = Field(default=None, ge=1)
    end_line: int | None = Field(default=None, ge=1)
    end_column: int | None = Field(default=None, ge=1)
    char_offset: int | None = Field(default=None, ge=0)
    char_length: int | None = Field(default=None, ge=0)
    snippet: ArtifactContent | None = None


class PhysicalLocation(SarifObject):
    """A file, or a region of it."""

    artifact_location: ArtifactLocation
    region: Region | None = None


class LogicalLocation(SarifObject):
    """A place as people name it."""

    name: str
    fully_qualified_name: str
    kind: str


class Location(SarifObject):
    """A place in a file."""

    id: int | None = Field(default=None, ge=0)
    physical_location: PhysicalLocation
    logical_locations: list[LogicalLocation] | None = None
    message: Message | None = None
    properties: PropertyBag | None = None


class Replacement(SarifObject):
    """An edit of a text file."""

    deleted_region: Region
    inserted_content: ArtifactContent


class ArtifactChange(SarifObject):
    """Edits of one file."""

    artifact_location: ArtifactLocation
    replacements: list[Replacement]


class Fix(SarifObject):
    """A way to mend a problem."""

    description: Message
    artifact_changes: list[ArtifactChange]
    properties: PropertyBag | None = None


class Suppression(SarifObject):
    """Why a result does not count."""

    kind: Literal["external"] = "external"
    status: Literal["accepted"] = "accepted"
    justification: str
    location: Location
    properties: PropertyBag


class Result(SarifObject):
    """A problem found, or one of the baseline that is no longer there."""

    rule_id: str
    rule_index: int = Field(ge=0)
    kind: Literal["fail", "informational"] = "fail"
    level: Level
    message: Message
    locations: list[Location]
    related_locations: list[Location] | None = None
    partial_fingerprints: dict[str, str] | None = None
    baseline_state: BaselineState | None = None
    # All results of a run have them or none has, and results are written one by one.
    suppressions: list[Suppression] = []
    fixes: list[Fix] | None = None
    properties: PropertyBag


class DescriptorReference(SarifObject):
    """Which kind of notification one is."""

    id: str
    index: int = Field(ge=0)


class Failure(SarifObject):
    """What failed inside the tool: ``exception`` in the standard."""

    kind: str
    message: str


class Notification(SarifObject):
    """Something about the run, not about a report."""

    descriptor: DescriptorReference
    level: Level
    message: Message
    locations: list[Location] | None = None
    exception: Failure | None = None


class Invocation(SarifObject):
    """How the run went."""

    execution_successful: bool
    exit_code: int
    exit_code_description: str
    tool_execution_notifications: list[Notification] = []
    tool_configuration_notifications: list[Notification] = []


class ReportingConfiguration(SarifObject):
    """How a rule is set."""

    level: Level


class ReportingDescriptor(SarifObject):
    """A rule, or a kind of notification."""

    id: str
    name: str | None = None
    short_description: Message
    full_description: Message | None = None
    help: Message | None = None
    default_configuration: ReportingConfiguration
    properties: PropertyBag | None = None


class ToolComponent(SarifObject):
    """The tool."""

    name: Literal["gouji"] = "gouji"
    version: str
    semantic_version: str | None = None
    language: str
    rules: list[ReportingDescriptor]
    notifications: list[ReportingDescriptor]


class Tool(SarifObject):
    """What checked."""

    driver: ToolComponent


class Artifact(SarifObject):
    """A file that was given."""

    description: Message | None = None
    location: ArtifactLocation
    roles: list[Literal["analysisTarget"]] = ["analysisTarget"]
    mime_type: str | None = None
    hashes: dict[str, str] | None = None
    properties: PropertyBag


class AutomationDetails(SarifObject):
    """What kind of run it was."""

    id: str


class Run(SarifObject):
    """A run of the tool."""

    tool: Tool
    invocations: list[Invocation]
    language: str
    original_uri_base_ids: dict[str, ArtifactLocation]
    automation_details: AutomationDetails
    column_kind: Literal["unicodeCodePoints"] = "unicodeCodePoints"
    properties: PropertyBag
    artifacts: list[Artifact] = []
    results: list[Result] = []


class Log(SarifObject):
    """A SARIF file."""

    schema_: str = Field(default=SCHEMA, alias="$schema")
    version: Literal["2.1.0"] = "2.1.0"
    runs: list[Run]
