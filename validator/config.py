"""``gouji.toml``（配置）: which packs run, how grave their findings are, for which year.

It is looked for in the current folder and then upward. An unknown key is an error that names
the nearest known one; everything is checked before the first report is read.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.config_file import ConfigFile
from validator.engine.overriding import Changes
from validator.engine.packs import load_rules
from validator.engine.strict import validated
from validator.engine.yaml_load import Located, Place
from validator.errors import RuleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.engine.packs import RuleSet
    from validator.engine.yaml_load import Node

CONFIG_FILE = "gouji.toml"
PROJECT_FILE = "pyproject.toml"
_OURS = re.compile(rb"^\s*\[\[?\s*tool\s*\.\s*gouji\b", re.MULTILINE)
_UP = 2
"""A path that goes further up than this is easier to read in full."""
_TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(["']?)([\w.-]+)\1\s*=""")


def _plain(value: Any) -> Any:
    """Numbers and switches as the words that they are written with; see ``yaml_load``."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Config:
    """What is configured（配置）; without a file everything is as shipped.

    Attributes:
        name: The file as a user would name it, or "".
        home: Its folder; paths in it start there.
        file: What it says, and what holds where it is silent.
        located: Where it says so.
    """

    name: str = ""
    home: Path = Path()
    file: ConfigFile = field(default_factory=ConfigFile)
    located: Located = field(default_factory=lambda: Located(""), repr=False)

    @property
    def packs(self) -> tuple[str | Path, ...]:
        """Names of packs, and folders as they are reached from here."""
        return tuple(_pack(word, self.home) for word in self.file.packs) if self.name else ()

    @property
    def preview(self) -> bool:
        """Whether rules on trial run too."""
        return self.file.preview

    @property
    def year(self) -> int | None:
        """Fiscal year to assume, or None."""
        return self.file.year

    def path(self, words: str | None) -> Path | None:
        """A path that the file names, as seen from here."""
        return Path(_shown(self.home / words)) if words else None

    def says(self, key: str) -> bool:
        """Whether the file itself sets a key of the top level."""
        return key in self.file.model_fields_set

    def origin(self, *path: str | int) -> str:
        """Where the file says something, such as ``gouji.toml:3``."""
        return f"{self.name}:{self.located.place(path).line}"

    def rules(self, extra: Sequence[str | Path] = (), *, examples: bool = True) -> RuleSet:
        """The rules that are chosen, of all stages of maturity; see ``load_rules``."""
        loaded = load_rules(self.packs, extra, examples=examples)
        if not self.file.rules:
            return loaded
        return loaded.changed(Changes(self.located, self.file.rules))


def find_config(start: Path | None = None) -> Path | None:
    """The nearest ``gouji.toml``, in a folder or above it.

    A ``pyproject.toml`` with a table ``tool.gouji`` is one too; beside a ``gouji.toml`` it is
    not looked at.
    """
    folder = (start or Path.cwd()).resolve()
    for place in (folder, *folder.parents):
        if (place / CONFIG_FILE).is_file():
            return place / CONFIG_FILE
        if _has_table(place / PROJECT_FILE):
            return place / PROJECT_FILE
    return None


def config_for(files: Iterable[Path]) -> Path | None:
    """The configuration of some files: the nearest to them all, else the nearest to here."""
    folders = [(one if one.is_dir() else one.parent).resolve() for one in files]
    try:
        common = Path(os.path.commonpath(folders)) if folders else None
    except ValueError:  # on several drives
        common = None
    found = find_config(common) if common is not None and common.is_dir() else None
    return found or find_config()


def _has_table(path: Path) -> bool:
    try:
        return _OURS.search(path.read_bytes()) is not None
    except OSError:
        return False


def load_config(path: Path | str | None) -> Config:
    """Read a configuration file; without one, all is as shipped.

    Raises:
        RuleError: It cannot be used; the message is located.
        UsageError: It cannot be read.
    """
    if path is None:
        return Config()
    path = Path(path)
    name = _shown(path)
    located = _located(path, name)
    if path.name == PROJECT_FILE:
        located = _table_of(located, ("tool", "gouji"))
    return Config(name, path.parent, validated(ConfigFile, located), located)


def _table_of(located: Located, table: tuple[str, ...]) -> Located:
    """A part of a file as if it were all of it."""
    node = located.data
    for key in table:
        node = node.get(key, {}) if isinstance(node, dict) else {}
    depth = len(table)
    places = {at[depth:]: p for at, p in located.places.items() if at[:depth] == table}
    return Located(located.name, node, places)


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
        missing = isinstance(error, FileNotFoundError)
        what = "没有这个文件；请检查路径" if missing else "请检查它的权限"
        raise UsageError(f"配置文件“{name}”读不了：{what}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{name}:1:1  不是 UTF-8 编码；请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"{found[1]}:{found[2]}" if found else "1:1"
        what = '不是有效的 TOML：文字要加引号，如 packs = ["default"]'
        raise RuleError(f"{name}:{place}  {what}") from error
    except ValueError as error:
        raise RuleError(f"{name}:1:1  不是有效的 TOML：有一个数太长") from error
    node: Node = _plain(data)
    return Located(name, node, dict(_places(text)))


def _places(text: str) -> Iterator[tuple[tuple[str | int, ...], Place]]:
    """Where tables and keys stand; the parser of the language does not say."""
    table: tuple[str | int, ...] = ()
    entries: Counter[tuple[str | int, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if found := _TABLE.match(line):
            table = ()
            *above, last = (word.strip(" \"'") for word in found[2].split("."))
            for word in above:
                table = (*table, word)
                # a table below an entry of a list belongs to the entry last begun
                table = (*table, entries[table] - 1) if table in entries else table
            yield (*table, f"key:{last}"), Place(number, 1)
            table = (*table, last)
            yield table, Place(number, 1)
            if found[1] == "[[":
                entries[table] += 1
                table = (*table, entries[table] - 1)
                yield table, Place(number, 1)
        elif found := _KEY.match(line):
            path = (*table, *found[2].split("."))
            column = line.index(found[2]) + 1
            yield (*path[:-1], f"key:{path[-1]}"), Place(number, column)
            yield path, Place(number, found.end() + 2)
