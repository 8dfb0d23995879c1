"""Rules kept for the next run: the same rules, never stale, never someone else's."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from validator.engine import packs
from validator.engine.pack_sources import rules_folder
from validator.engine.packs import load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from validator.engine.packs import RuleSet


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.delenv("GOUJI_CACHE", raising=False)
    return tmp_path / "gouji"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packs shipped, to be changed."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    monkeypatch.setattr(packs, "rules_folder", lambda: folder)
    return folder


def quick() -> RuleSet:
    return load_rules(examples=False)


def kept(home: Path) -> list[Path]:
    return sorted(home.glob("rules-*.pickle"))


def no_reading(*_: object, **__: object) -> RuleSet:
    raise AssertionError("the rules were read anew")


def test_the_second_time_nothing_is_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = quick()
    assert len(kept(home)) == 1
    monkeypatch.setattr(packs, "_read", no_reading)

    assert quick() == first
    assert quick().fingerprint == first.fingerprint


def test_a_changed_rule_is_seen(home: Path, shipped: Path) -> None:
    before = quick()
    path = next(shipped.glob("core/SHR001-*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("severity: error", "severity: note"), encoding="utf-8")

    after = quick()

    assert {r.id: r.severity for r in before.rules}["SHR001"] == "error"
    assert {r.id: r.severity for r in after.rules}["SHR001"] == "note"
    assert len(kept(home)) == 2


@pytest.mark.parametrize("damage", [b"", b"not a pickle", pickle.dumps(["other"])[:-3]])
def test_a_damaged_file_is_read_anew(home: Path, damage: bytes) -> None:
    first = quick()
    kept(home)[0].write_bytes(damage)

    assert quick() == first


@pytest.mark.skipif(sys.platform == "win32", reason="file modes of POSIX")
def test_a_file_that_others_may_write_is_not_looked_at(home: Path) -> None:
    first = quick()
    path = kept(home)[0]
    path.write_bytes(pickle.dumps("planted"))
    path.chmod(0o666)

    assert quick() == first


def test_it_can_be_switched_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_CACHE", "off")

    assert quick().rules
    assert not home.exists()


def test_a_home_that_cannot_be_written_does_not_matter(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.parent.joinpath("blocked").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(home.parent / "blocked"))
    monkeypatch.setenv("LOCALAPPDATA", os.fspath(home.parent / "blocked"))

    assert quick().rules


def test_old_sets_go(home: Path, shipped: Path) -> None:
    path = next(shipped.glob("core/SHR001-*.yaml"))
    for number in range(10):
        with path.open("a", encoding="utf-8") as file:
            file.write(f"# {number}\n")
        quick()

    assert len(kept(home)) == 8


def test_rules_of_others_and_changes_are_read_each_time(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.yaml").write_text("id: mine\ntitle: 我的\n", encoding="utf-8")
    load_rules(extra=[tmp_path / "mine"], examples=False)
    load_rules(examples=True)

    assert kept(home) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it has a folder for what is kept")
@pytest.mark.parametrize("home", [None, "nowhere"])
def test_a_user_without_a_home_reads_the_rules(
    home: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container that runs as any number; nothing is left where the reports lie."""
    monkeypatch.delenv("GOUJI_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 987_654)
    if home is None:
        monkeypatch.delenv("HOME", raising=False)
    else:
        monkeypatch.setenv("HOME", home)
    monkeypatch.chdir(tmp_path)

    assert len(quick().rules) > 100
    assert list(tmp_path.iterdir()) == []
