"""Where packs come from（规则包的来处）: shipped with gouji, installed, or a folder.

A pack is named by its id when it is shipped or when an installed distribution offers it
under the entry-point group ``gouji.packs``; everything else is a folder, for instance one of
a git checkout, whose commit is then told.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from validator.engine.pack_files import PACK_FILE
from validator.engine.yaml_load import nearest
from validator.errors import RuleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEXICON = "lexicon"
"""The folder of vocabulary beside the packs shipped."""
ENTRY_POINTS = "gouji.packs"
DEFAULT = "default"
"""Stands for all shipped packs that are no overlays."""
EVERY = "all"
"""Stands for all shipped packs."""
_OVERLAY = re.compile(rb"^overlay: *['\"]?true", re.MULTILINE)
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class PackSource:
    """A folder of rules and how it was found（规则包的来处）.

    Attributes:
        folder: Where it is.
        origin: ``shipped``, ``installed`` or ``folder``.
        overlay: Whether it is read only where it is named.
    """

    folder: Path
    origin: str
    overlay: bool = False

    @property
    def name(self) -> str:
        """The id that it is named by."""
        return self.folder.resolve().name

    @property
    def commit(self) -> str:
        """The commit of the git checkout that the folder is a part of, or ""."""
        for folder in (self.folder.resolve(), *self.folder.resolve().parents):
            if (folder / ".git").is_dir():
                return _head(folder / ".git")
        return ""


def rules_folder() -> Path:
    """The folder of the packs shipped: inside the wheel, or at the top of a checkout.

    Raises:
        RuleError: There is none; the installation is damaged.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "_rules", package.parent / "rules"):
        if (folder / LEXICON).is_dir():
            return folder
    raise RuleError(f"{package / '_rules'}:1:1  找不到规则文件夹；安装不完整，请重新安装 gouji")


def shipped_packs(folder: Path) -> dict[str, PackSource]:
    """Packs in the folder of those shipped, by name."""
    found = sorted(folder.glob(f"*/{PACK_FILE}"))
    return {
        path.parent.name: PackSource(path.parent, "shipped", is_overlay(path)) for path in found
    }


def is_overlay(path: Path) -> bool:
    """Whether a ``pack.yaml`` says that it is one; read before it is checked."""
    return bool(_OVERLAY.search(path.read_bytes()))


@lru_cache(maxsize=1)
def installed_packs() -> Mapping[str, PackSource]:
    """Packs that installed distributions offer, by name; their code is not run."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and seldom needed

    found: dict[str, PackSource] = {}
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda one: one.name):
        spec = find_spec(entry.value)
        for place in spec.submodule_search_locations or () if spec else ():
            found.setdefault(entry.name, PackSource(Path(place), "installed"))
    return found


def find_packs(word: str | Path, shipped: Mapping[str, PackSource]) -> list[PackSource]:
    """The packs that a name or folder means; a folder of packs means each of them.

    Raises:
        UsageError: There is no such pack or folder.
    """
    if word in (DEFAULT, EVERY):
        return [pack for pack in shipped.values() if word == EVERY or not pack.overlay]
    if str(word) in shipped and not isinstance(word, Path):
        return [shipped[str(word)]]
    folder = Path(word)
    if isinstance(word, Path) or os.sep in word or "/" in word or folder.is_dir():
        return _in_folder(folder)
    if word in installed_packs():
        return [installed_packs()[word]]
    known = [DEFAULT, EVERY, *shipped, *installed_packs()]
    raise UsageError(f"没有规则包“{word}”；可用：{'、'.join(known)}{nearest(word, known)}")


def folders_of(words: Iterable[str | Path]) -> list[Path]:
    """The folders of all packs that names mean, and that of the words shipped."""
    home = rules_folder()
    known = shipped_packs(home)
    found = [
        source.folder for word in words or (DEFAULT,) for source in find_packs(word, known)
    ]
    return [*dict.fromkeys([*found, home / LEXICON])]


def _in_folder(folder: Path) -> list[PackSource]:
    if not folder.is_dir():
        raise UsageError(f"没有规则文件夹“{folder}”；请给出放规则文件（.yaml）的文件夹")
    if not any(folder.glob("*.y*ml")):
        inside = sorted(folder.glob(f"*/{PACK_FILE}"))
        if inside:
            return [PackSource(path.parent, "folder", is_overlay(path)) for path in inside]
        raise UsageError(f"文件夹“{folder}”里没有规则文件（.yaml）；请给出直接放着规则的文件夹")
    return [PackSource(folder, "folder")]


def _head(git: Path) -> str:
    """The commit that a checkout stands on, read from its files."""
    try:
        head = (git / "HEAD").read_text(encoding="ascii").strip()
        if not head.startswith("ref: "):
            return head if _COMMIT.fullmatch(head) else ""
        name = head.removeprefix("ref: ")
        if (git / name).is_file():
            return (git / name).read_text(encoding="ascii").strip()
        return _packed((git / "packed-refs").read_text(encoding="utf-8").splitlines(), name)
    except (OSError, UnicodeDecodeError):
        return ""


def _packed(lines: Iterable[str], name: str) -> str:
    found = (line.split(" ", 1)[0] for line in lines if line.endswith(f" {name}"))
    return next(found, "")
