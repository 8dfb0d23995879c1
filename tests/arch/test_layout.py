"""How the project is laid out: sizes, names, numbers, packaging, contracts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import validator

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "validator").rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in MODULES]
LONGEST_MODULE = 400
EXACT = ("quantity.py", "facts.py", "extract", "engine")
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_module_holds_one_idea(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")

    assert lines <= LONGEST_MODULE, "split it: it holds two ideas"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_module_has_a_telling_name(path: Path) -> None:
    assert not VAGUE & {path.stem, *path.relative_to(ROOT).parts}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_module_says_what_it_is(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith('"""')


EXACT_MODULES = [
    path for path in MODULES if path.relative_to(ROOT / "validator").parts[0] in EXACT
]


@pytest.mark.parametrize(
    "path", EXACT_MODULES, ids=[str(path.relative_to(ROOT)) for path in EXACT_MODULES]
)
def test_figures_are_decimals_only(path: Path) -> None:
    inexact = re.findall(r"(?<![\w.])(?:float|round)\(", path.read_text(encoding="utf-8"))

    assert inexact == []


def test_public_names_are_sorted_and_exist() -> None:
    names = list(validator.__all__)

    assert names == sorted(names)
    assert [name for name in names if not hasattr(validator, name)] == []


def test_wheel_carries_the_rules() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert wheel["force-include"] == {"rules": "validator/_rules"}
    assert list((ROOT / "rules").glob("*/pack.yaml"))
    assert list((ROOT / "rules" / "lexicon").glob("*.yaml"))


def test_layers_name_every_part() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(one for one in contracts if one["type"] == "layers")["layers"]
    plain = {"__init__", "__main__", "version"}

    parts = {
        f"validator.{path.stem}"
        for path in (ROOT / "validator").iterdir()
        if (path.suffix == ".py" and path.stem not in plain) or (path / "__init__.py").exists()
    }

    assert sorted(parts - set(layers)) == []


@pytest.mark.parametrize(
    "command",
    [
        "python -m pip install '.[test]'",
        "python -m pytest -n auto",
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports",
        "gouji rules lint",
        "gouji rules docs",
        "gouji bench mutation",
        "gouji bench labelled",
    ],
)
def test_ci_runs(command: str) -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert re.search(rf"^{re.escape(command)}", script, re.MULTILINE)


def test_readme_and_ci_share_the_test_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "python -m pip install '.[test]' && python -m pytest -n auto" in readme
