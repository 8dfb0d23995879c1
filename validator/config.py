"""``gouji.toml``（配置）: which packs run, how grave their findings are, for which year.

It is looked for in the current folder and then upward. An unknown key is an error that names
the nearest known one; everything is checked before the first report is read.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from validator.engine.pack_files import Override, Overrides
from validator.engine.pack_sources import DEFAULT
from validator.engine.packs import load_rules
from validator.engine.schema import Strict, Text, Year
from validator.engine.strict import validated
from validator.engine.yaml_load import Located, Place
from validator.errors import RuleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.engine.packs import RuleSet
    from validator.engine.yaml_load import Node

CONFIG_FILE = "gouji.toml"
_UP = 2
"""A path that goes further up than this is easier to read in full."""
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(["']?)([\w.-]+)\1\s*=""")


def _plain(value: Any) -> Any:
    """Numbers and switches as the words that they are written with; see ``yaml_load``."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


class ConfigFile(Strict):
    """A ``gouji.toml``.

    Attributes:
        packs: Names or folders of packs; ``default`` stands for all that are no overlays.
        preview: Whether rules on trial run too.
        year: Fiscal year of the reports; without it their text tells.
        rules: What is changed in rules, by id or family.
    """

    packs: Annotated[tuple[Text, ...], Field(min_length=1)] = (DEFAULT,)
    preview: bool = False
    year: Year | None = None
    rules: Overrides = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """What is configured（配置）; without a file everything is as shipped.

    Attributes:
        name: The file as a user would name it, or "".
        packs: Names of packs, and folders as they are reached from here.
        preview: Whether rules on trial run too.
        year: Fiscal year to assume, or None.
        changes: What is changed in rules, and the file that says so.
    """

    name: str = ""
    packs: tuple[str | Path, ...] = ()
    preview: bool = False
    year: int | None = None
    changes: tuple[Located, Mapping[str, Override]] | None = field(default=None, repr=False)

    def rules(self, extra: Sequence[str | Path] = (), *, examples: bool = True) -> RuleSet:
        """The rules that are chosen, of all stages of maturity; see ``load_rules``."""
        return load_rules(self.packs, extra, changes=self.changes, examples=examples)


def find_config(start: Path | None = None) -> Path | None:
    """The nearest ``gouji.toml``, in a folder or above it."""
    folder = (start or Path.cwd()).resolve()
    for place in (folder, *folder.parents):
        if (place / CONFIG_FILE).is_file():
            return place / CONFIG_FILE
    return None


def load_config(path: Path | None) -> Config:
    """Read a configuration file; without one, all is as shipped.

    Raises:
        RuleError: It cannot be used; the message is located.
    """
    if path is None:
        return Config()
    name = _shown(path)
    located = _located(path, name)
    file = validated(ConfigFile, located)
    packs = tuple(_pack(word, path.parent) for word in file.packs)
    return Config(name, packs, file.preview, file.year, (located, file.rules))


def _pack(word: str, home: Path) -> str | Path:
    """A name as it is; a folder as seen from the configuration file."""
    if word.startswith(".") or "/" in word or "\\" in word or (home / word).is_dir():
        return Path(_shown(home / word))
    return word


def _shown(path: Path) -> str:
    """The shorter of the ways to say where a file is, as seen from here."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive
        return path.as_posix()
    return path.as_posix() if Path(near).parts.count("..") > _UP else Path(near).as_posix()


def _located(path: Path, name: str) -> Located:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"配置文件“{name}”读不了（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{name}:1:1  不是 UTF-8 编码；请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"{found[1]}:{found[2]}" if found else "1:1"
        what = '不是有效的 TOML：文字要加引号，如 packs = ["default"]'
        raise RuleError(f"{name}:{place}  {what}") from error
    node: Node = _plain(data)
    return Located(name, node, dict(_places(text)))


def _places(text: str) -> Iterator[tuple[tuple[str | int, ...], Place]]:
    """Where tables and keys stand; the parser of the language does not say."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if found := _TABLE.match(line):
            table = tuple(word.strip(" \"'") for word in found[1].split("."))
            for end in range(1, len(table) + 1):
                yield (*table[: end - 1], f"key:{table[end - 1]}"), Place(number, 1)
                yield table[:end], Place(number, 1)
        elif found := _KEY.match(line):
            path = (*table, *found[2].split("."))
            column = line.index(found[2]) + 1
            yield (*path[:-1], f"key:{path[-1]}"), Place(number, column)
            yield path, Place(number, found.end() + 2)
