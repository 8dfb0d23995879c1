"""``gouji config`` and ``gouji init``（配置）: what holds and why, and a file to start from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from validator.cli.chinese import ChineseCommand, ChineseGroup
from validator.cli.gate_options import CONFIG
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.config import Config
    from validator.config_file import PathOverride

_USUAL = "默认"
_COLUMN = 40


@click.group(
    cls=ChineseGroup, help="看配置。\n\n例：gouji config show 报送/某局2023年决算.docx"
)
def config() -> None:
    """The commands of the configuration."""


@config.command(
    cls=ChineseCommand,
    help="列出每个生效的设置和它的来处；给了文件，列出对这个文件生效的。"
    "\n\n例：gouji config show 报送/某局2023年决算.docx",
)
@click.argument("file", required=False, metavar="[文件]")
@CONFIG
def show(file: str | None, config: Path | None) -> int:
    """Print every setting that holds and where it comes from."""
    from validator.config import config_for, load_config  # noqa: PLC0415 - quick start
    from validator.settings import Settings  # noqa: PLC0415 - quick start
    from validator.treatments import Treatments  # noqa: PLC0415 - quick start

    loaded = load_config(config or config_for([Path(file)] if file is not None else []))
    chosen = Settings.of(loaded)
    treatments = Treatments(chosen)
    if treatments.faults:
        raise UsageError("\n".join(treatments.faults))
    matching = treatments.matching(file) if file is not None else ()
    click.echo(f"# 配置文件：{loaded.name or '没有；全部是默认'}")
    if file is not None:
        entries = [f"第{at + 1}段（{loaded.origin('overrides', at)}）" for at in matching]
        click.echo(f"# 对 {file} 生效的 overrides：{'、'.join(entries) or '没有'}")
    for line in _lines(loaded, matching):
        click.echo(line)
    return 0


def _lines(loaded: Config, matching: tuple[int, ...]) -> Iterator[str]:
    """Settings as they could stand in a file, each with its origin."""
    from validator.config_file import PathOverride  # noqa: PLC0415 - quick start

    file = loaded.file
    for key in type(file).model_fields:
        if key in ("rules", "overrides"):
            continue
        value: Any = getattr(file, key)
        origin = loaded.origin(key) if loaded.says(key) else _USUAL
        for at in matching if key in PathOverride.model_fields else ():
            said = getattr(file.overrides[at], key)
            if said is not None:
                value, origin = said, _of(loaded, at, key)
        yield _line(key, value, origin)
    yield from _kind(loaded, matching)
    changed = {name: loaded.origin("rules", name) for name in file.rules}
    shown = {name: _override(one.model_dump(mode="json")) for name, one in file.rules.items()}
    for at in matching:
        for name, one in file.overrides[at].rules.items():
            shown[name] = _override(one.model_dump(mode="json"))
            changed[name] = loaded.origin("overrides", at, "rules", name)
    if shown:
        yield "\n[rules]"
    for name, value in shown.items():
        yield _line(name, value, changed[name])
    rest = [at for at in range(len(file.overrides)) if at not in matching]
    for at in rest if not matching else ():
        yield from _entry(loaded, at, file.overrides[at])


def _kind(loaded: Config, matching: tuple[int, ...]) -> Iterator[str]:
    """The kind of report, which only an override can say."""
    for at in matching[::-1]:
        if (kind := loaded.file.overrides[at].kind) is not None:
            yield _line("kind", kind, _of(loaded, at, "kind"))
            return


def _entry(loaded: Config, at: int, entry: PathOverride) -> Iterator[str]:
    """Settings that hold for some files only."""
    yield "\n[[overrides]]"
    for key in type(entry).model_fields:
        if key in entry.model_fields_set and key != "rules":
            yield _line(key, getattr(entry, key), _of(loaded, at, key))
    if entry.rules:
        yield "[overrides.rules]"
    for name, one in entry.rules.items():
        origin = loaded.origin("overrides", at, "rules", name)
        yield _line(name, _override(one.model_dump(mode="json")), origin)


def _of(loaded: Config, at: int, key: str) -> str:
    return f"{loaded.origin('overrides', at, key)}，overrides 第{at + 1}段"


def _override(dumped: Mapping[str, Any]) -> Any:
    """A change of a rule as short as it can be written."""
    said = {key: value for key, value in dumped.items() if value not in (None, False, {})}
    if said.get("disable"):
        return "disable"
    return said["severity"] if list(said) == ["severity"] else said


def _line(key: str, value: Any, origin: str) -> str:
    if value is None or value == ():
        return _beside(f"# {key} 没有设", origin)
    return _beside(f"{key} = {_toml(value)}", origin)


def _beside(words: str, origin: str) -> str:
    """A setting and its origin, the origins in one column."""
    from rich.cells import cell_len  # noqa: PLC0415 - quick start

    return f"{words}{' ' * max(0, _COLUMN - cell_len(words))}  # {origin}"


def _toml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, dict):
        inside = ", ".join(
            f"{key} = {_toml(one)}" for key, one in value.items() if one is not None
        )
        return f"{{{inside}}}"
    if isinstance(value, bool | int):
        return str(value).lower()
    return json.dumps(str(value), ensure_ascii=False)


@click.command(
    cls=ChineseCommand,
    help="写一个带说明的 gouji.toml，已有就不动它。\n\n例：gouji init 报送/",
)
@click.argument(
    "folder", required=False, default=".", metavar="[文件夹]", type=click.Path(path_type=Path)
)
def init(folder: Path) -> int:
    """Write a commented configuration."""
    from validator.config import CONFIG_FILE  # noqa: PLC0415 - quick start
    from validator.config_sample import SAMPLE  # noqa: PLC0415 - quick start

    path = folder / CONFIG_FILE
    if path.exists():
        raise UsageError(f"已有配置文件“{path.as_posix()}”，没有动它；要重写请先删去")
    try:
        path.write_bytes(SAMPLE.encode())
    except OSError:
        raise UsageError(f"“{path.as_posix()}”写不了；请检查文件夹是否存在、能否写入") from None
    click.echo(f"写好了 {path.as_posix()}；看生效的设置：gouji config show")
    return 0
