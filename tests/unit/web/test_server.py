"""Starting the local page: files from the command line, the port, the instance file."""

from __future__ import annotations

import os
import socket
import webbrowser
from pathlib import Path

import pytest

from validator.desk.records import Limits
from validator.errors import UsageError
from validator.web import server
from validator.web.access import Access, is_loopback
from validator.web.instance import Instance, running
from validator.web.server import Wish, browse, contents

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is asked for here


def test_the_usual_port_or_a_free_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        usual = taken.getsockname()[1]
        monkeypatch.setattr(server, "PORT", usual)
        with server._listening(Wish(tmp_path)) as found:
            assert found.getsockname()[1] not in (0, usual)
    with server._listening(Wish(tmp_path)) as found:
        assert found.getsockname()[1] == usual


@pytest.mark.parametrize("host", ["没有" * 40, "256.1.1.1", "::1%nothing"])
def test_an_address_that_is_none_is_told_of(tmp_path: Path, host: str) -> None:
    with (
        pytest.raises(UsageError, match=r"--host"),
        server._listening(Wish(tmp_path, host=host, port=0)),
    ):
        pass


def test_names_of_files_keep_the_folders_below_what_was_given(tmp_path: Path) -> None:
    folder = tmp_path / "2023年" / "水务局"
    folder.mkdir(parents=True)
    (folder / "决算 “终稿”.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "单独.txt").write_text("乙", encoding="utf-8")

    found = contents([tmp_path / "2023年", tmp_path / "单独.txt"], Limits())

    assert [(name.replace(os.sep, "/"), data.decode()) for name, data in found] == [
        ("2023年/水务局/决算 “终稿”.txt", "甲"),
        ("单独.txt", "乙"),
    ]


def test_files_that_cannot_be_used_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "大.txt").write_bytes(b"x" * 11)
    (tmp_path / "空").mkdir()

    for name, told in (("大.txt", "太大了"), ("空", "没有能查的报告"), ("无.txt", "没有文件")):
        with pytest.raises(UsageError, match=told):
            contents([tmp_path / name], Limits(file_bytes=10))


def test_an_instance_that_does_not_answer_is_none(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    Instance(1, "127.0.0.1", port, "token").write(tmp_path)
    assert running(tmp_path) is None

    for text in ("", "{}", "[]", '{"pid": "x"}', "null"):
        (tmp_path / "gouji.serve.json").write_text(text, encoding="utf-8")
        assert running(tmp_path) is None


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True),
        ("127.8.8.8", True), (EVERYWHERE, False), ("192.168.1.5", False), ("gouji.example", False),
        ("", False),
    ],
)  # fmt: skip
def test_which_addresses_only_this_machine_reaches(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1", "http://127.0.0.1:8417"),
        ("::1", "http://[::1]:8417"),
        (EVERYWHERE, "http://127.0.0.1:8417"),
        ("gouji.example", "http://gouji.example:8417"),
    ],
)
def test_the_address_that_is_shown(host: str, origin: str) -> None:
    access = Access(8417, host)

    assert access.origin == origin
    assert access.admits(origin.removeprefix("http://"))


def test_no_browser_is_started_where_there_is_no_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)

    browse("http://127.0.0.1:8417/")

    assert opened == []


def test_no_more_files_are_read_than_a_check_may_hold(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(b"12345")
    with pytest.raises(UsageError, match="一次最多查 2 个文件"):
        contents([tmp_path], Limits(files=2))
    with pytest.raises(UsageError, match="一次最多"):
        contents([tmp_path], Limits(total_bytes=14))
    with pytest.raises(UsageError, match="不是文件"):
        contents([Path("/dev/zero")], Limits())
    assert len(contents([tmp_path], Limits(files=3, total_bytes=15))) == 3
