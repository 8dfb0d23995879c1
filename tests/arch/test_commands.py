"""The command line: quick to start, and every command and option documented."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from validator.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
HEAVY = ("pydantic", "lxml", "rich", "yaml")
MANUAL = ROOT / "docs" / "cli.md"


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            below = command.get_command(context, word)
            assert below is not None
            yield from commands(below, f"{name} {word}")


COMMANDS = list(commands(main, "gouji"))


def test_version_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from validator.cli import main\n"
        "main(['--version'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.splitlines()[-1] == "[]"


def manual_options(name: str) -> set[str]:
    """Options that the manual lists under a command."""
    text = MANUAL.read_text(encoding="utf-8")
    found = re.search(rf"^##+ `{name}`\n(.*?)(?=^##|\Z)", text, re.DOTALL | re.MULTILINE)
    assert found is not None, f"{name} is not documented"
    return set(re.findall(r"^- `(--[\w-]+)`", found[1], re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "command"), COMMANDS, ids=[name.replace(" ", "-") for name, _ in COMMANDS]
)
def test_manual_lists_the_options_that_exist(name: str, command: click.Command) -> None:
    options = {
        max(option.opts, key=len)
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden and option.name != "help"
    }

    assert manual_options(name) == options


@pytest.mark.parametrize(
    ("name", "command"), COMMANDS, ids=[name.replace(" ", "-") for name, _ in COMMANDS]
)
def test_command_has_help(name: str, command: click.Command) -> None:
    """Every command says what it is for, every option what it does."""
    silent = [
        option.opts[0]
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]

    assert command.help, name
    assert silent == []


def test_manual_names_no_command_that_is_gone() -> None:
    lines = MANUAL.read_text(encoding="utf-8").splitlines()
    known = {name for name, _ in COMMANDS}

    headed = {
        line.lstrip("#").strip(" `") for line in lines if line.startswith(("## `", "### `"))
    }

    assert headed - known == set()
