"""Rules made ready, kept for the next run（规则缓存）: reading 300 YAML files takes longer.

The cache is a convenience and nothing else: what is kept is found by the content of all the
files that it was made of, and wherever something is amiss the rules are read anew. It lies in
the user's own cache folder, as compiled patterns and bytecode do elsewhere; a file that
others could have written is not looked at. ``GOUJI_CACHE=off`` does without it, and so does a
user who has no home, as in a container.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from validator.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.engine.packs import RuleSet

SWITCH = "GOUJI_CACHE"
_KEPT = 8
"""Rule sets kept at most; the oldest go first."""
_OTHERS_MAY_WRITE = 0o022


def cached(words: Sequence[str], folder: Path, make: Callable[[], RuleSet]) -> RuleSet:
    """The rules that were made of these files before, or made now and kept.

    Args:
        words: Names of the packs.
        folder: The packs shipped; all files in it count.
        make: Reads the rules.
    """
    home = None if os.environ.get(SWITCH, "").lower() == "off" else _home()
    if home is None:
        return make()
    path = home / f"rules-{_key(words, folder)}.pickle"
    kept = _kept(path)
    if kept is None:
        kept = make()
        with suppress(OSError, pickle.PicklingError):
            _keep(path, kept)
    return kept


def _home() -> Path | None:
    """The user's own cache folder; None where nothing tells which it is."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()
    else:
        # Unlike Path.expanduser, this leaves the ~ of a user without a home and does not raise.
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(base, "gouji") if Path(base).is_absolute() else None


def _key(words: Sequence[str], folder: Path) -> str:
    """Digest of all that the result depends on: files, program, place."""
    about = (__version__, sys.version, os.fspath(folder), *words)
    digest = hashlib.sha256("\0".join(about).encode())
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(f"\0{path.name}{path.stat().st_mtime_ns}".encode())
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _kept(path: Path) -> RuleSet | None:
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (
                status.st_uid != os.getuid() or status.st_mode & _OTHERS_MAY_WRITE
            ):
                return None
            found: RuleSet = pickle.load(file)  # noqa: S301 - written by this user, see above
    except Exception:
        return None
    return found


def _keep(path: Path, ruleset: RuleSet) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            pickle.dump(ruleset, file, protocol=5)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    old = sorted(path.parent.glob("rules-*.pickle"), key=lambda one: one.stat().st_mtime_ns)
    for one in old[:-_KEPT]:
        one.unlink(missing_ok=True)
