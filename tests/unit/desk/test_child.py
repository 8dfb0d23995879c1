"""Work in a child process: results as plain data; whatever goes wrong is one Chinese line."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from validator.desk.child import Child, ChildError, ChildRefused, ChildStopped
from validator.desk.records import Limits

MEGABYTE = 1024 * 1024
FUNCTIONS = """
import os, subprocess, sys, tempfile, time
from pathlib import Path

from validator.errors import UsageError


def double(tell, number):
    print("printed")
    os.write(1, b"written")
    tell({"half": number})
    return {"whole": number * 2}

def slow_but_telling(tell):
    for _ in range(4):
        time.sleep(0.4)
        tell("still here")
    return "done"

def sleep(tell):
    time.sleep(600)

def spawn_and_sleep(tell):
    code = "import time; time.sleep(600)"
    started = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    tell(started.pid)
    time.sleep(600)

def swallow(tell, size):
    return len(bytearray(size))

def crash(tell):
    os.abort()

def refuse(tell):
    raise UsageError("这里不行；请换一个")

def fail(tell):
    raise KeyError("secret")

def garbage(tell):
    return {1, 2}

def litter(tell):
    Path(tempfile.mkdtemp(), "left.txt").write_text("机密")
    return tempfile.gettempdir()
"""


@pytest.fixture(autouse=True)
def functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "functions"
    place.mkdir()
    (place / "harmless.py").write_text(FUNCTIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(place)


def child(tmp_path: Path, **limits: int) -> Child:
    return Child(Limits(**limits), tmp_path)


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except OSError:
        return False
    stat = Path(f"/proc/{number}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(number: int) -> bool:
    for _ in range(100):
        if not is_alive(number):
            return True
        time.sleep(0.05)
    return False


def test_result_and_messages_come_back_and_prints_do_not(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[object] = []

    result = child(tmp_path).run("harmless:double", {"number": 21}, told.append)

    assert (result, told) == ({"whole": 42}, [{"half": 21}])
    assert capfd.readouterr() == ("", "")


def test_deadline_ends_it(tmp_path: Path) -> None:
    with pytest.raises(ChildError, match="超过1秒还没有做完，已经停下；请"):
        child(tmp_path, seconds=1).run("harmless:sleep", {})


def test_deadline_counts_from_the_last_message(tmp_path: Path) -> None:
    assert child(tmp_path, seconds=1).run("harmless:slow_but_telling", {}) == "done"


@pytest.mark.skipif(sys.platform == "win32", reason="ended by taskkill there")
def test_deadline_ends_what_it_started_too(tmp_path: Path) -> None:
    started: list[int] = []

    with pytest.raises(ChildError):
        child(tmp_path, seconds=1).run("harmless:spawn_and_sleep", {}, started.append)

    assert started
    assert gone(started[0])


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is that of Linux")
def test_memory_is_limited(tmp_path: Path) -> None:
    some = child(tmp_path, memory=1024 * MEGABYTE)
    assert some.run("harmless:swallow", {"size": 10 * MEGABYTE}) == 10 * MEGABYTE

    with pytest.raises(ChildError, match="内存不够，没有做完；请把文件拆小后再试"):
        some.run("harmless:swallow", {"size": 2048 * MEGABYTE})


def test_crash_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChildError, match="程序意外中止，没有做完；文件可能已损坏，请"):
        child(tmp_path).run("harmless:crash", {})


def test_refusal_keeps_its_words(tmp_path: Path) -> None:
    with pytest.raises(ChildRefused) as caught:
        child(tmp_path).run("harmless:refuse", {})

    assert str(caught.value) == "这里不行；请换一个"


@pytest.mark.parametrize("name", ["fail", "garbage", "absent"])
def test_failure_names_the_error_only(tmp_path: Path, name: str) -> None:
    with pytest.raises(ChildError, match=r"程序自己出错（[A-Za-z]+），没有做完") as caught:
        child(tmp_path).run(f"harmless:{name}", {})

    assert "secret" not in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_stop_ends_it_from_another_thread(tmp_path: Path) -> None:
    started: list[int] = []
    one = child(tmp_path)

    def stop(pid: int) -> None:
        started.append(pid)
        threading.Thread(target=one.stop).start()

    with pytest.raises(ChildStopped):
        one.run("harmless:spawn_and_sleep", {}, stop)

    assert gone(started[0])


def test_stopped_before_its_turn_it_never_starts(tmp_path: Path) -> None:
    one = child(tmp_path)
    one.stop()

    with pytest.raises(ChildStopped):
        one.run("harmless:double", {"number": 1})


def test_temporary_files_go_with_it(tmp_path: Path) -> None:
    place = Path(child(tmp_path).run("harmless:litter", {}))

    assert place.is_relative_to(tmp_path)
    assert not place.exists()


SERVER = """
import sys
from pathlib import Path

from validator.desk.child import Child
from validator.desk.records import Limits

Child(Limits(), Path(sys.argv[1])).run(
    "harmless:spawn_and_sleep", {}, lambda pid: print(pid, flush=True)
)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="killed otherwise there")
def test_child_ends_when_the_server_is_killed(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    )
    assert server.stdout
    started = int(server.stdout.readline())

    server.kill()
    server.wait()
    server.stdout.close()

    assert gone(started)
