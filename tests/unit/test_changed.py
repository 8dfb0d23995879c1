"""Files changed since a revision, in real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from validator import changed as module
from validator.changed import changed_since, with_their_sets
from validator.errors import UsageError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

AWKWARD = ("报告 2023.txt", "换\n行.txt", '引"号.txt', "-c.txt", "tab\t.txt", "café.txt")


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The settings of whoever runs the tests do not count."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-settings"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "张三")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "zhang@example.invalid")
    monkeypatch.chdir(tmp_path)


def git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), "-c", "protocol.file.allow=always", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def save(path: Path, text: str = "收入合计1.00万元。\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def commit(folder: Path) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "改")
    return git(folder, "rev-parse", "HEAD")


def repository(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    for name in names:
        save(folder / name)
    commit(folder)
    return folder


def names(files: list[Path]) -> list[str]:
    return [file.name for file in files]


def refusal(revision: str, *files: Path) -> str:
    with pytest.raises(UsageError) as caught:
        changed_since(revision, files)
    line = str(caught.value)
    assert "\n" not in line
    assert "fatal" not in line
    return line


def test_committed_staged_and_saved_changes_count(tmp_path: Path) -> None:
    home = repository(tmp_path / "库", "a.txt", "b.txt", "c.txt", "d.txt")
    save(home / "a.txt", "改\n")
    commit(home)
    save(home / "b.txt", "改\n")
    git(home, "add", "b.txt")
    save(home / "c.txt", "改\n")
    files = [home / f"{name}.txt" for name in "dcba"]

    changed, unchanged = changed_since("HEAD~1", files)

    assert names(changed) == ["c.txt", "b.txt", "a.txt"]
    assert names(unchanged) == ["d.txt"]
    assert names(changed_since("HEAD", files)[0]) == ["c.txt", "b.txt"]


def test_what_was_changed_back_is_unchanged(tmp_path: Path) -> None:
    home = repository(tmp_path / "库", "a.txt")
    save(home / "a.txt", "改\n")
    commit(home)
    file = save(home / "a.txt")

    assert changed_since("HEAD~1", [file]) == ([], [file])
    os.utime(file, (1, 1))
    assert changed_since("HEAD~1", [file]) == ([], [file])


def test_what_git_does_not_hold_is_changed(tmp_path: Path) -> None:
    """Nobody has seen it at the revision: it is new, ignored, or gone."""
    home = repository(tmp_path / "库", "a.txt", "取消.txt")
    save(home / ".gitignore", "忽略*\n")
    commit(home)
    git(home, "rm", "-q", "--cached", "取消.txt")
    files = [
        save(home / "新.txt"),
        save(home / "忽略.txt"),
        home / "取消.txt",
        home / "没有.txt",
    ]

    assert changed_since("HEAD", files) == (files, [])


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_what_git_was_told_not_to_look_at_is_changed(tmp_path: Path, flag: str) -> None:
    home = repository(tmp_path / "a", "甲.txt", "乙.txt")
    git(home, "update-index", flag, "甲.txt")
    save(home / "甲.txt", "收入合计2.00万元。\n")

    changed, unchanged = changed_since("HEAD", [home / "甲.txt", home / "乙.txt"])

    assert (names(changed), names(unchanged)) == (["甲.txt"], ["乙.txt"])


def test_renamed_file_is_changed(tmp_path: Path) -> None:
    """Names decide which files are a set."""
    home = repository(tmp_path / "库", "旧.txt")
    git(home, "mv", "旧.txt", "新.txt")

    assert changed_since("HEAD", [home / "新.txt"]) == ([home / "新.txt"], [])


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names(tmp_path: Path, name: str) -> None:
    home = repository(tmp_path / "我的 库", name, f"下级/{name}")
    save(home / "下级" / name, "改\n")

    changed, unchanged = changed_since("main", [home / name, home / "下级" / name])

    assert changed == [home / "下级" / name]
    assert unchanged == [home / name]


def test_from_a_folder_below_with_relative_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = repository(tmp_path / "库", "a.txt", "2023/b.txt")
    save(home / "a.txt", "改\n")
    monkeypatch.chdir(home / "2023")
    files = [Path("../a.txt"), Path("b.txt")]

    assert changed_since("HEAD", files) == ([Path("../a.txt")], [Path("b.txt")])


def test_each_repository_is_asked_for_the_revision(tmp_path: Path) -> None:
    one, two = repository(tmp_path / "甲", "a.txt"), repository(tmp_path / "乙", "a.txt")
    save(two / "a.txt", "改\n")

    assert changed_since("main", [one / "a.txt", two / "a.txt"]) == (
        [two / "a.txt"],
        [one / "a.txt"],
    )


def test_linked_files_count_with_what_they_lead_to(tmp_path: Path) -> None:
    home = repository(tmp_path / "库", "a.txt")
    (home / "链接.txt").symlink_to("a.txt")
    (tmp_path / "捷径").symlink_to(home)
    commit(home)
    files = [home / "链接.txt", tmp_path / "捷径" / "a.txt"]
    assert changed_since("HEAD", files) == ([], files)

    save(home / "a.txt", "改\n")

    assert changed_since("HEAD", files) == (files, [])


def test_another_working_tree(tmp_path: Path) -> None:
    home = repository(tmp_path / "库", "a.txt", "b.txt")
    git(home, "worktree", "add", "-q", str(tmp_path / "另"), "-b", "另")
    file = save(tmp_path / "另" / "a.txt", "改\n")

    assert changed_since("main", [file, home / "a.txt"]) == ([file], [home / "a.txt"])


def test_submodule_is_compared_with_the_commit_recorded_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = repository(tmp_path / "内", "a.txt", "b.txt")
    home = repository(tmp_path / "外", "c.txt")
    git(home, "submodule", "-q", "add", str(inner), "下级 库")
    before = commit(home)
    sub = home / "下级 库"
    save(sub / "a.txt", "改\n")
    commit(sub)
    commit(home)
    files = [sub / "a.txt", sub / "b.txt", home / "c.txt"]

    assert changed_since(before, files) == (files[:1], files[1:])
    assert changed_since("HEAD", files) == ([], files)
    assert changed_since(f"{before}~1", files) == (files[:2], files[2:])
    monkeypatch.chdir(sub)
    assert changed_since("HEAD~1", files[:2]) == (files[:1], files[1:2])


def test_inside_a_hook_git_is_not_told_of_another_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = repository(tmp_path / "库", "a.txt", "2023/b.txt")
    other = repository(tmp_path / "别", "x.txt")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))

    assert changed_since("HEAD", [home / "2023" / "b.txt"])[0] == []


def test_checkout_is_left_as_it_was(tmp_path: Path) -> None:
    home = repository(tmp_path / "库", "a.txt")
    index = (home / ".git" / "index").read_bytes()
    os.utime(home / "a.txt", (1, 1))

    changed_since("HEAD", [home / "a.txt"])

    assert (home / ".git" / "index").read_bytes() == index


@pytest.mark.parametrize("revision", ["没有", "HEAD~9", "main..HEAD", "0" * 40, "HEAD:a.txt"])
def test_unknown_revision(tmp_path: Path, revision: str) -> None:
    home = repository(tmp_path / "库", "a.txt")

    line = refusal(revision, home / "a.txt")

    assert f"没有 --since 的版本“{revision}”" in line
    assert "浅克隆" not in line


@pytest.mark.parametrize("revision", ["--output=x", "-p", "", " ", "a\0b"])
def test_what_cannot_be_a_revision(tmp_path: Path, revision: str) -> None:
    home = repository(tmp_path / "库", "a.txt")

    assert "如 origin/main" in refusal(revision, home / "a.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["库"]


def test_shallow_clone(tmp_path: Path) -> None:
    home = repository(tmp_path / "库", "a.txt")
    first = git(home, "rev-parse", "HEAD")
    commit(home)
    git(tmp_path, "clone", "-q", "--depth=1", home.as_uri(), "浅")

    line = refusal(first, tmp_path / "浅" / "a.txt")

    assert "git fetch --unshallow" in line
    assert "fetch-depth: 0" in line


def test_not_a_checkout(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "光.git")

    for file in (save(tmp_path / "a.txt"), save(tmp_path / "光.git" / "b.txt")):
        assert f"“{file.as_posix()}”不在里面" in refusal("HEAD", file)


def test_checkout_that_git_cannot_open(tmp_path: Path) -> None:
    file = save(tmp_path / "a.txt")
    save(tmp_path / ".git", "gitdir: 没有\n")

    assert "不能用" in refusal("HEAD", file)


def test_checkout_of_another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = repository(tmp_path / "库", "a.txt")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    assert "safe.directory" in refusal("HEAD", home / "a.txt")


def test_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "空")

    assert "没有 --since 的版本“HEAD”" in refusal("HEAD", save(tmp_path / "空" / "a.txt"))


def test_git_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = repository(tmp_path / "库", "a.txt")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "请先安装 git" in refusal("HEAD", home / "a.txt")


def test_git_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = repository(tmp_path / "库", "a.txt")
    slow = save(tmp_path / "bin" / "git", "#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(module, "LONGEST", 0.05)

    assert "还没有结果" in refusal("HEAD", home / "a.txt")


def test_a_changed_file_takes_its_set_along() -> None:
    files = [
        Path("甲/水务局决算公开.docx"), Path("甲/水务局决算公开表.xlsx"),
        Path("乙/林业局决算公开.docx"), Path("乙/林业局决算公开表.xlsx"),
    ]  # fmt: skip

    assert with_their_sets([files[1]], files) == files[:2]
    assert with_their_sets([files[2]], files) == files[2:]
    assert with_their_sets([], files) == []
