"""Running LibreOffice: missing, hanging, crashing, and giving only some of the files."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.errors import UnreadableDocument
from validator.findings import Status
from validator.readers import office, read_bytes
from validator.run import check_many

if TYPE_CHECKING:
    from collections.abc import Callable

    Fake = Callable[[str], None]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fake programs are scripts")
FILES = {name: (name.encode(), "doc") for name in ("good1", "bad", "good2")}
GIVE = """
import pathlib, sys, time, zipfile
args = sys.argv[1:]
at = args.index("--outdir")
out = pathlib.Path(args[at + 1])
out.mkdir()
for path in map(pathlib.Path, args[at + 2 :]):
    words = path.read_text()
    {act}
    with zipfile.ZipFile(out / (path.stem + ".docx"), "w") as made:
        made.writestr("words", words)
"""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Puts a program in the place of LibreOffice, which does something to bad files."""

    def make(act: str) -> None:
        path = tmp_path / "soffice"
        path.write_text(f"#!{sys.executable}{GIVE.format(act=act)}", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv(office.VARIABLE, str(path))

    return make


def told(files: dict[str, tuple[bytes, str]]) -> dict[str, str]:
    results = office.convert(files)
    assert list(results) == list(files)
    return {
        key: str(one) if isinstance(one, UnreadableDocument) else "word"
        for key, one in results.items()
    }


@pytest.mark.parametrize(
    "act",
    [
        "if 'bad' in words: continue",
        "if 'bad' in words: sys.exit(81)",
        "if 'bad' in words: import os; os.abort()",
        "if 'bad' in words: (out / (path.stem + '.docx')).write_text('half'); continue",
    ],
    ids=["leaves-it-out", "fails", "crashes", "writes-half"],
)
def test_bad_file_costs_only_itself(fake: Fake, act: str) -> None:
    fake(act)

    results = told(FILES)

    assert (results["good1"], results["good2"]) == ("word", "word")
    assert results["bad"].startswith("LibreOffice 没能转换这个文件；")


def test_hanging_file_costs_only_itself(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake("if 'bad' in words: time.sleep(60)")
    monkeypatch.setattr(office, "DEADLINE", 1.5)
    monkeypatch.setattr(office, "DEADLINE_EACH", 0.0)
    begun = time.monotonic()

    results = told(FILES)

    assert (results["good1"], results["good2"]) == ("word", "word")
    assert results["bad"].startswith("LibreOffice 转换这个文件超时；")
    assert time.monotonic() - begun < 20


def test_hanging_program_does_not_stop_other_files(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake("time.sleep(60)")
    monkeypatch.setattr(office, "DEADLINE", 0.2)
    monkeypatch.setattr(office, "DEADLINE_EACH", 0.0)
    old, good = tmp_path / "a.rtf", tmp_path / "b.txt"
    old.write_bytes(b"{\\rtf1 a}")
    good.write_text("本年收入合计100.00万元。", encoding="utf-8")

    first, second = check_many([old, good])

    assert (first.error or "").startswith("LibreOffice 转换这个文件超时；")
    assert second.status is Status.CHECKED


def test_program_that_always_hangs_is_given_up(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake("time.sleep(60)")
    monkeypatch.setattr(office, "DEADLINE", 0.2)
    monkeypatch.setattr(office, "DEADLINE_EACH", 0.0)
    begun = time.monotonic()

    results = told({str(number): (b"", "doc") for number in range(40)})

    assert all("超时" in one for one in results.values())
    assert time.monotonic() - begun < 20


def test_what_hangs_is_ended_with_all_it_started(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "number"
    child = f"{sys.executable} -c 'import time; time.sleep(60)' & echo $! > {note}; wait"
    fake(f"import subprocess; subprocess.run(['/bin/sh', '-c', {child!r}])")
    monkeypatch.setattr(office, "DEADLINE", 2.5)
    monkeypatch.setattr(office, "DEADLINE_EACH", 0.0)

    told({"one": (b"", "doc")})

    assert not is_alive(int(note.read_text(encoding="utf-8")))


def is_alive(number: int) -> bool:
    """Whether a process still runs; one that ended and was not yet collected does not."""
    for _ in range(50):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{number}/stat")
        if state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].startswith(
            " Z"
        ):
            return False
        time.sleep(0.05)
    return True


def test_user_name_of_a_file_is_never_told(fake: Fake) -> None:
    fake("assert path.name in {'0.doc', '1.rtf'}, path")

    assert told({"甲; rm": (b"", "doc"), "--乙": (b"", "rtf")}) == {
        "甲; rm": "word",
        "--乙": "word",
    }


def test_own_folder_and_settings_forbid_macros(fake: Fake) -> None:
    fake(
        "profile = pathlib.Path(args[0].partition('file://')[2]); "
        "words = (profile / 'user' / 'registrymodifications.xcu').read_text()"
    )

    (result,) = office.convert({1: (b"", "doc")}).values()

    assert isinstance(result, bytes)
    assert b'"DisableMacrosExecution" oor:op="fuse"><value>true<' in result
    assert b'"BlockUntrustedRefererLinks" oor:op="fuse"><value>true<' in result


def test_missing_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(office.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_PLACES", (f"{tmp_path}/nowhere*/soffice",))
    monkeypatch.setattr(sys, "platform", "linux")

    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(b"{\\rtf1 a}", "a.rtf")

    assert caught.value.what == "要靠 LibreOffice 读这种旧格式，这台电脑没有装"
    assert "apt install libreoffice-writer" in caught.value.advice
    assert "另存为 .docx" in caught.value.advice


def test_no_folder_for_its_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose file system is read-only."""
    program = tmp_path / "soffice"
    program.touch(0o755)
    monkeypatch.setenv(office.VARIABLE, str(program))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))

    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(b"{\\rtf1 a}", "a.rtf")

    assert "没有可写的临时文件夹" in caught.value.what
    assert "TMPDIR" in caught.value.advice


def test_usual_places_are_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("7.4", "24.8"):
        program = tmp_path / f"libreoffice{version}" / "soffice"
        program.parent.mkdir()
        program.touch(0o755)
    monkeypatch.delenv(office.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_PLACES", ("/no/soffice", f"{tmp_path}/libreoffice*/soffice"))

    assert office.find() in {
        str(tmp_path / f"libreoffice{version}" / "soffice") for version in ("7.4", "24.8")
    }


def test_program_beside_the_reports_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "soffice").touch(0o755)
    monkeypatch.delenv(office.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", ".")
    monkeypatch.setattr(office, "_PLACES", ("soffice",))
    monkeypatch.chdir(tmp_path)

    assert office.find() is None


def test_named_program_may_stand_anywhere(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake("pass")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(office.VARIABLE, "./soffice")

    assert told({"a": (b"", "doc")}) == {"a": "word"}


def test_named_program_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.VARIABLE, "/no/such/program")

    assert told({"a": (b"", "doc")})["a"].startswith(
        "环境变量 GOUJI_SOFFICE 指的 LibreOffice 不存在；"
    )


def test_program_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "soffice"
    path.write_text("no script", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv(office.VARIABLE, str(path))

    assert told(FILES)["bad"].startswith("LibreOffice 启动不了；")


def test_nothing_to_do_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.VARIABLE, "/no/such/program")

    assert office.convert({}) == {}
