"""What the documentation tells to type can be typed: its commands, options, settings."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from validator.cli import main
from validator.config_file import ConfigFile
from validator.engine.pack_sources import rules_folder, shipped_packs
from validator.engine.packs import load_rules
from validator.rulebook import compare, pages

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
IDS = [path.name for path in PAGES]
_SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
_INLINE = re.compile(r"`(gouji [^`]+)`")


def typed(path: Path) -> list[str]:
    """Every gouji command of a page, in fences and in running text."""
    text = path.read_text(encoding="utf-8")
    lines = [line for fence in _SHELL.findall(text) for line in fence.splitlines()]
    parts = [part for line in lines for part in re.split(r"&&|\|", line)]
    found = [part.strip() for part in parts if part.strip().startswith("gouji ")]
    return found + _INLINE.findall(text)


def fault(line: str) -> str:
    """What is wrong with a command, or ""."""
    words = shlex.split(line.split("  #", maxsplit=1)[0].split(" > ", maxsplit=1)[0])[1:]
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        below = command.get_command(click.Context(command), words[0])
        if below is None:
            return f"no command {words[0]}"
        command, words = below, words[1:]
    options = {name for option in command.params for name in (*option.opts, "--help", "-h")}
    unknown = [word for word in words if word.startswith("-") and word not in options]
    return f"no option {unknown[0]}" if unknown else ""


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_commands_of_a_page_exist(path: Path) -> None:
    faults = {line: fault(line) for line in typed(path)}

    assert {line: what for line, what in faults.items() if what} == {}


def test_a_slip_would_be_seen() -> None:
    assert fault("gouji chek a.docx") == "no command chek"
    assert fault("gouji check a.docx --fial-on error") == "no option --fial-on"
    assert fault("gouji rules test SHR001 --watch") == ""


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    missing = [
        path.name for path in (ROOT / "docs").glob("*.md") if f"({path.name})" not in listed
    ]
    assert sorted(missing) == ["README.md"]


def test_every_setting_is_explained() -> None:
    text = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE))

    assert told == set(ConfigFile.model_fields)
    sample = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert sample is not None
    assert set(tomllib.loads(sample[1])) == told


def test_the_manual_of_rules_is_up_to_date() -> None:
    wanted = pages(load_rules(["all"]))

    assert compare(ROOT / "docs" / "rules", wanted) == [], "gouji rules docs --rules all"


def test_every_pack_is_in_the_manual_of_rules() -> None:
    index = (ROOT / "docs" / "rules" / "README.md").read_text(encoding="utf-8")

    for name in shipped_packs(rules_folder()):
        assert f"（{name}，" in index, name
