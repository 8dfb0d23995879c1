"""Which files changed（改过的文件）: what ``git`` says has changed since a revision.

A file is *unchanged* only where git vouches for it: it stood at the revision under this very
name, and the working tree still holds the same content. All else is changed: committed, staged
or merely saved since, renamed or moved (names and folders decide which files are a set),
untracked, ignored, missing. So what is left out has been there to be checked before.

The tree of the revision itself is compared, as by ``git diff REV``. Where the other branch has
moved on, that takes more files than a comparison with the common ancestor, never fewer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from validator.config import CONFIG_FILE
from validator.errors import UsageError
from validator.sets import plan, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST = 120
"""Seconds that one call of git may take."""
_ELSEWHERE = frozenset(
    {
        "GIT_COMMON_DIR", "GIT_DIR", "GIT_EXTERNAL_DIFF", "GIT_INDEX_FILE", "GIT_NAMESPACE",
        "GIT_PREFIX", "GIT_WORK_TREE",
    }
)  # fmt: skip
"""Variables by which a hook tells git of one repository; ours are found by their files."""
_SETTINGS = ("-c", "core.quotePath=false", "-c", "core.fsmonitor=false")
"""A file system monitor is a program that the checkout names: another one's is not run."""
_GITLINK = b"160000 commit "


def changed_since(revision: str, files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Tell the changed files from the unchanged ones → (changed, unchanged), in their order.

    Files may lie in several repositories; each is asked for the revision. In a submodule, seen
    from outside of it, the revision is the commit that the repository around it had recorded.

    Args:
        revision: A commit, branch or tag, as git names them.
        files: Files in git checkouts, by any path; a link counts with what it leads to.

    Raises:
        UsageError: git is missing or fails, a file is in no checkout, no such revision.
    """
    if not revision.strip() or revision.startswith("-") or "\0" in revision:
        raise UsageError(
            f"--since 的值“{revision}”不对；请写一个提交、分支或标签，如 origin/main"
        )
    checkouts = _Checkouts(revision)
    changed: list[Path] = []
    unchanged: list[Path] = []
    for file in files:
        kept = file.is_file() and all(checkouts.keeps(one, file) for one in _places(file))
        (unchanged if kept else changed).append(file)
    return changed, unchanged


def changed_settings(
    revision: str, settings: Sequence[Path], files: Sequence[Path]
) -> list[Path]:
    """What of configuration, baseline, waivers and rules changed, or was deleted.

    Settings that lie in no checkout have no revision and are left out.
    """
    kept = [one for one in settings if one.exists() and _home(one) is not None]
    changed = changed_since(revision, kept)[0] if kept else []
    homes = {home for one in files if (home := _home(one)) is not None}
    gone = deleted_since(revision, sorted(homes))
    return [*changed, *(path for path in gone if path.name == CONFIG_FILE)]


def deleted_since(revision: str, folders: Sequence[Path]) -> list[Path]:
    """Files below some folders that stood at the revision and are no longer there, sorted.

    Args:
        revision: See ``changed_since``.
        folders: Folders in git checkouts.

    Raises:
        UsageError: See ``changed_since``.
    """
    checkouts = _Checkouts(revision)
    gone: dict[Path, None] = {}
    for folder in folders:
        inside = folder.absolute().resolve()
        for place in checkouts.deleted(inside, folder):
            gone[folder / place.relative_to(inside)] = None
    return sorted(gone)


def with_their_sets(changed: Iterable[Path], files: Sequence[Path]) -> list[Path]:
    """The changed files with all that is checked together with them, in the order of files.

    A report is judged against its workbooks, so one changed file makes the set a changed one.

    Args:
        changed: Some of the files.
        files: All of them.
    """
    touched = {path.as_posix() for path in changed}
    groups = plan([path.as_posix() for path in files], units_of)
    wanted = {name for names in groups if touched.intersection(names) for name in names}
    return [path for path in files if path.as_posix() in wanted]


def _above(folder: Path) -> Path | None:
    """The top of the checkout that a folder lies in, or None."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def _home(file: Path) -> Path | None:
    return _above(file.absolute().parent.resolve())


def _places(file: Path) -> list[Path]:
    """Where a file stands, without links in its folders; of a link, its target too."""
    own = file.absolute().parent.resolve() / file.name
    return [own, file.resolve()] if file.is_symlink() else [own]


@dataclass(frozen=True, slots=True)
class _Checkout:
    """A working tree and what it still shares with a revision.

    Attributes:
        root: Its top folder.
        base: Commit to compare with, "" where it was not there yet.
        same: Names of files, as seen from the top, whose content is that of the commit.
        there: Names of all files of the commit.
    """

    root: Path
    base: str
    same: frozenset[str]
    there: frozenset[str]


@dataclass(slots=True)
class _Checkouts:
    """The checkouts that files lie in, each asked once."""

    revision: str
    _known: dict[Path, _Checkout] = field(default_factory=dict)

    def keeps(self, place: Path, file: Path) -> bool:
        """Whether a file is what it was at the revision.

        Args:
            place: Where it stands.
            file: How the user calls it.
        """
        checkout = self._around(place.parent, file)
        if not place.is_relative_to(checkout.root):
            return False
        return place.relative_to(checkout.root).as_posix() in checkout.same

    def deleted(self, inside: Path, folder: Path) -> list[Path]:
        """Files of the revision below a folder that are gone, by their whole paths."""
        checkout = self._around(inside, folder)
        places = [checkout.root / name for name in checkout.there]
        return [p for p in places if p.is_relative_to(inside) and not p.exists()]

    def _around(self, folder: Path, file: Path) -> _Checkout:
        home = _above(folder)
        if home is None:
            raise UsageError(
                f"--since 只能用于 git 检出里的文件，“{file.as_posix()}”不在里面；"
                "请去掉 --since，或只给检出里的文件"
            )
        if home not in self._known:
            self._known[home] = self._asked(home, file)
        return self._known[home]

    def _asked(self, home: Path, file: Path) -> _Checkout:
        shown = _git(home, "rev-parse", "--show-toplevel")
        if shown.returncode:
            raise UsageError(_refusal(home, file, shown.stderr))
        root = Path(_line(shown.stdout)).resolve()
        base = self._base(root, file)
        if not base:
            return _Checkout(root, base, frozenset(), frozenset())
        there = _names(_said(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", base))
        return _Checkout(root, base, _same(root, base, there), frozenset(there))

    def _base(self, root: Path, file: Path) -> str:
        """The commit that a checkout is compared with."""
        outer = _line(_said(root, "rev-parse", "--show-superproject-working-tree"))
        if not outer or Path.cwd().resolve().is_relative_to(root):
            return _commit(root, self.revision, file)
        around = self._around(Path(outer).resolve(), file)
        name = root.relative_to(around.root).as_posix() if around.base else ""
        entry = _said(around.root, "ls-tree", "-z", around.base, "--", name) if name else b""
        if not entry.startswith(_GITLINK):
            return ""
        recorded = entry.removeprefix(_GITLINK).split(b"\t")[0].decode("ascii")
        return _commit(root, recorded, file)


def _same(root: Path, base: str, there: Sequence[str]) -> frozenset[str]:
    """Names of files at a commit whose content the working tree still has."""
    index = Path(
        _line(_said(root, "rev-parse", "--path-format=absolute", "--git-path", "index"))
    )
    with TemporaryDirectory(prefix="gouji-") as folder:
        # To tell touched files from changed ones, git refreshes its index under a lock even if
        # it is asked for none; a copy with the same time leaves that of the checkout alone.
        copy = Path(folder, "index")
        if index.is_file():
            shutil.copy2(index, copy)
        differing = _said(
            root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv",
            "--ignore-submodules=all", base, "--",
            index=copy,
        )  # fmt: skip
        flagged = _said(root, "ls-files", "-v", "-z", index=copy)
    return frozenset(there).difference(_names(differing), _untold(flagged))


def _untold(listed: bytes) -> list[str]:
    """Files whose changes git has been told not to look for; it vouches for none of them."""
    marked = (os.fsdecode(entry).partition(" ") for entry in listed.split(b"\0") if entry)
    return [name for mark, _, name in marked if mark.islower() or mark == "S"]


def _names(listed: bytes) -> list[str]:
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def _commit(root: Path, revision: str, file: Path) -> str:
    """The full name of a commit."""
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    if not found.returncode:
        # Forty hex digits are a name to git whether or not it has such an object.
        peeled = f"{_line(found.stdout)}^{{commit}}"
        found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", peeled)
    if not found.returncode:
        return _line(found.stdout)
    shallow = _line(_said(root, "rev-parse", "--is-shallow-repository")) == "true"
    advice = (
        "这里只有一部分历史（浅克隆），请先运行 git fetch --unshallow，"
        "流水线里写 fetch-depth: 0"
        if shallow
        else "请检查写法，远处才有的请先运行 git fetch"
    )
    raise UsageError(
        f"“{file.as_posix()}”所在的 git 检出里没有 --since 的版本“{revision}”；{advice}"
    )


def _refusal(home: Path, file: Path, said: bytes) -> str:
    """Why a folder that looks like a checkout is none."""
    if b"dubious ownership" in said:
        return (
            f"“{file.as_posix()}”所在的 git 检出属于另一个用户，git 不读；"
            f"请先运行 git config --global --add safe.directory '{home.as_posix()}'"
        )
    return (
        f"“{file.as_posix()}”所在的 git 检出不能用（git 打不开它）；请去掉 --since，或重新检出"
    )


def _said(root: Path, *words: str, index: Path | None = None) -> bytes:
    """What git answers; a refusal that nobody expects is an error."""
    done = _git(root, *words, index=index)
    if done.returncode:
        raise UsageError(
            f"git {words[0]} 没有成功（退出码 {done.returncode}）；"
            f"请在“{os.path.relpath(root)}”里运行 git status 看原因，或去掉 --since"
        )
    return done.stdout


def _git(
    folder: Path, *words: str, index: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *_SETTINGS, *words]
    try:
        return subprocess.run(  # noqa: S603 - a list, no shell; the revision is no option
            command, env=_environment(os.environ, index), stdin=subprocess.DEVNULL,
            capture_output=True, timeout=LONGEST, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise UsageError(
            "--since 要用 git，这台机器上没有找到它；请先安装 git，或去掉 --since"
        ) from error
    except PermissionError as error:
        raise UsageError("--since 要用 git，它不能运行；请检查 git 的安装") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(
            f"git {words[0]} 过了{LONGEST}秒还没有结果；请再试一次，或去掉 --since"
        ) from error


def _environment(own: Mapping[str, str], index: Path | None) -> dict[str, str]:
    """The environment for git: plain words, no locks, no questions, no other repository."""
    kept = {name: value for name, value in own.items() if name not in _ELSEWHERE}
    kept |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    return kept | ({"GIT_INDEX_FILE": str(index)} if index else {})


def _line(said: bytes) -> str:
    """One answer without the line feed that ends it; a folder may hold others."""
    return os.fsdecode(said.removesuffix(b"\n").removesuffix(b"\r"))
