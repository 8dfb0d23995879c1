"""The manual keeps its word: its rules run, its tables are complete, its quotes are real."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.claims import CLAIM_SHAPES, ClaimKind
from validator.engine.expr_parse import FUNCTIONS
from validator.engine.packs import load_rules
from validator.engine.schema import EACH, RuleFile
from validator.reporters.schema import render_schema
from validator.reporters.terminal import Terminal, console_for
from validator.reporters.words import LANGUAGES
from validator.rulebook import cases as all_cases
from validator.rulebook import lint, run_example
from validator.run import check

if TYPE_CHECKING:
    from validator.engine.packs import RuleSet

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
OUTPUT = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
PICTURE = ROOT / "docs" / "terminal.svg"
LARGEST_PICTURE = 200_000
SAMPLES = re.findall(r"```yaml\n(id: (\w+)\nname: ([\w-]+)\n.*?)```", RULES, re.DOTALL)


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    folder = tmp_path_factory.mktemp("own")
    for text, rule_id, name in SAMPLES:
        (folder / f"{rule_id}-{name}.yaml").write_text(text, encoding="utf-8")
    return load_rules(extra=[folder])


@pytest.mark.parametrize("rule_id", [rule_id for _, rule_id, _ in SAMPLES])
def test_sample_rule_works(ruleset: RuleSet, rule_id: str) -> None:
    """A newcomer who copies a rule from the manual gets one that passes its own tests."""
    cases = [case for case in all_cases(ruleset) if case.rule.id == rule_id]

    problems = {case.id: run_example(case, ruleset) for case in cases}

    assert len(problems) > 2
    assert {name: problem for name, problem in problems.items() if problem} == {}
    assert [fault for fault in lint(ruleset) if rule_id in fault] == []


@pytest.mark.parametrize("kind", list(ClaimKind), ids=str)
def test_slots_and_words_of_a_claim_are_explained(kind: ClaimKind) -> None:
    row = next(line for line in RULES.splitlines() if line.startswith(f"| `{kind}` "))
    shape = CLAIM_SHAPES[kind]

    named = set(re.findall(r"`([\w*]+)`", row))

    assert {*shape.slots, *shape.words} - named == set()
    others = {*shape.slots, *shape.words, kind.value, *(s.rstrip("*") for s in shape.slots)}
    assert named - others == set()


def test_every_key_of_a_rule_file_is_explained() -> None:
    keys = {field.alias or name for name, field in RuleFile.model_fields.items()}

    assert {key for key in keys if f"`{key}`" not in RULES} == set()


def test_every_check_is_explained() -> None:
    words = {*EACH, *(each for names in EACH.values() for each in names), *FUNCTIONS}

    assert {word for word in words if not re.search(rf"[`\s]{word}[`\s]", RULES)} == set()


def test_every_field_of_the_json_report_is_explained() -> None:
    schema = json.loads(render_schema())
    parts = [schema, *schema["$defs"].values()]
    fields = {name for part in parts for name in part.get("properties", {})}

    assert {name for name in fields if f"`{name}`" not in OUTPUT} == set()


def test_findings_in_the_readme_are_what_the_tool_prints() -> None:
    quoted = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    stream = io.StringIO()
    Terminal(console_for(stream), LANGUAGES["zh"]).report(
        check(ROOT / "examples" / "broken" / "final_accounts.txt")
    )

    assert quoted
    assert [block for block in quoted if block not in stream.getvalue()] == []


def test_picture_in_the_readme_is_small_and_shows_the_sentence() -> None:
    picture = PICTURE.read_text(encoding="utf-8")

    assert f"({PICTURE.name})" in (ROOT / "docs" / "clerk.md").read_text(encoding="utf-8")
    assert "CHG001" in picture
    assert len(picture.encode()) < LARGEST_PICTURE


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
