"""gouji serve, used: a real server, real files, real HTTP."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import httpx
import pytest
from served import ROOT, command, serving

if TYPE_CHECKING:
    from pathlib import Path

WRONG = "云岭县水务局\n公务用车运行维护费支出23.04万元，比2019年增加5.71万元，下降20%。\n"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is asked for here
RIGHT = WRONG.replace("增加", "减少").replace("20%", "19.86%")


def ran(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words), cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=90,
        check=False, env={**os.environ, **environment},
    )  # fmt: skip


def test_a_report_is_checked_decided_mended_and_forgotten(tmp_path: Path) -> None:
    data = tmp_path / "数据 文件夹"
    folder = tmp_path / "报送 材料" / "2023年"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "examples/broken/final_accounts.docx", folder / "水务局 决算.docx")
    (folder / "说明.txt").write_text(WRONG, encoding="utf-8")
    (folder / "公章.png").write_bytes(b"PNG")

    with serving(data, folder.parent) as served, served.browser() as page:
        assert page.path.startswith("/checks/")
        first = page.path
        page.wait()
        assert "水务局 决算.docx" in page.text
        assert "公章.png" not in page.text
        assert page.text.count('data-testid="file"') == 2
        assert 'data-testid="decision-confirmed"' in page.text

        page.upload(("说明.txt", WRONG.encode()))
        second = page.path
        page.wait()
        assert "没有通过，错误1处" in page.text
        action = re.search(r'action="(/checks/\w+/decisions/\w+)"', page.text)
        assert action is not None
        page.send(action[1], {"choice": "confirmed", "note": "口径", "number": "0"})
        assert re.search(r'value="confirmed" checked', page.text)
        assert 'value="口径"' in page.text

        page.upload(("说明.txt", RIGHT.encode()), follows=second.rpartition("/")[2])
        page.wait()
        assert page.text.count('data-testid="change-fixed"') == 1
        assert "已改好 1" in page.text

        book = page.client.get(f"{second}/download/workpaper")
        assert book.content.startswith(b"PK")
        assert book.headers["content-disposition"].startswith("attachment; filename=file.xlsx")
        whole = page.client.get(f"{second}/download/html")
        assert whole.content.lower().startswith(b"<!doctype html>")
        assert whole.headers["content-type"] == "application/octet-stream"

        page.open(first)
        page.send(f"{first}/delete")
        assert page.open(first).status_code == 404
        page.open("/settings")
        assert str(data) in page.text
        page.send("/settings/delete-all", {"sure": "yes"})
        assert list((data / "checks").iterdir()) == []

        code, out, err = served.stop()
    assert (code, out, err) == (0, "已停止；检查记录还在，下次接着用。\n", "")
    assert not (data / "gouji.serve.json").exists()


def test_a_second_call_hands_its_files_to_the_server_that_is_there(tmp_path: Path) -> None:
    data = tmp_path / "数据"
    report = tmp_path / "决算 “终稿”.txt"
    report.write_text(WRONG, encoding="utf-8")

    with serving(data) as served:
        instance = data / "gouji.serve.json"
        assert stat.S_IMODE(instance.stat().st_mode) == 0o600
        done = ran("--data", data, "--no-open", report)

        assert (done.returncode, done.stderr) == (0, "")
        assert "gouji 已经打开了，文件交给它查" in done.stdout
        address = done.stdout.split()[-1]
        assert address.startswith(f"{served.origin}/checks/")
        with served.browser() as page:
            page.open(address)
            page.wait()
            assert "决算 “终稿”.txt" in page.text
            assert 'data-testid="decision-mended"' in page.text
        assert served.stop()[0] == 0


def test_checks_outlive_the_server(tmp_path: Path) -> None:
    with serving(tmp_path / "数据") as served, served.browser() as page:
        page.upload(("说明.txt", WRONG.encode()))
        page.wait()
        path = page.path
        served.stop()
    with serving(tmp_path / "数据", "--keep-days", "30") as served, served.browser() as page:
        assert page.open(path).status_code == 200
        page.open("/settings")
        assert 'value="30"' in page.text
        served.process.terminate()
        served.process.wait(timeout=60)
    assert served.process.returncode == 0
    assert not (tmp_path / "数据" / "gouji.serve.json").exists()


class _Impostor(BaseHTTPRequestHandler):
    """Whoever took the port of a server that is gone."""

    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        body = json.dumps({"gouji": "yes"}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - as above

    def log_message(self, *_: object) -> None:
        pass


def test_whoever_took_the_port_of_an_old_server_is_told_nothing(tmp_path: Path) -> None:
    data = tmp_path / "数据"
    with serving(data) as served:
        served.stop()
    report = tmp_path / "决算.txt"
    report.write_text(WRONG, encoding="utf-8")
    _Impostor.asked = []
    with HTTPServer(("127.0.0.1", 0), _Impostor) as impostor:
        thread = threading.Thread(target=impostor.serve_forever)
        thread.start()
        try:
            told = {
                "pid": 1,
                "host": "127.0.0.1",
                "port": impostor.server_port,
                "token": "geheim",
            }
            (data / "gouji.serve.json").write_text(json.dumps(told), encoding="utf-8")
            with serving(data, report) as served, served.browser() as page:
                page.wait()
                assert "没有通过" in page.text
        finally:
            impostor.shutdown()
            thread.join()
    assert _Impostor.asked
    assert all(path.startswith("/alive?nonce=") for path, _ in _Impostor.asked)
    assert "geheim" not in str(_Impostor.asked)


def test_a_file_that_is_too_large_is_told_of_over_a_real_connection(tmp_path: Path) -> None:
    with serving(tmp_path / "数据") as served, served.browser() as page:
        page.open("/")
        answer = page.upload(("大.docx", bytes(51 * 1024 * 1024)))

        assert answer.status_code == 413
        assert "“大.docx”太大了" in answer.text
        assert page.open("/").status_code == 200
        assert served.stop()[2] == ""


def test_raw_requests_of_the_odd_kind_do_not_upset_it(tmp_path: Path) -> None:
    with serving(tmp_path / "数据") as served:
        host = served.origin.removeprefix("http://")
        name, _, port = host.rpartition(":")
        for request in (
            b"GET /../../etc/passwd HTTP/1.1\r\nHost: %b\r\n\r\n",
            b"TRACE / HTTP/1.1\r\nHost: %b\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: %b\r\nHost: evil.example\r\n\r\n",
            b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            b"POST /checks HTTP/1.1\r\nHost: %b\r\nContent-Length: 9\r\n\r\nshort",
        ):
            with socket.create_connection((name, int(port)), timeout=20) as connection:
                connection.sendall(request.replace(b"%b", host.encode()))
                connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(65536)
            assert not answer.startswith(b"HTTP/1.1 200")
            assert b"root:" not in answer
            assert b"Traceback" not in answer
        with served.browser() as page:
            assert "把报告和附表拖到这里" in page.text
        assert served.stop()[2] == ""


def test_other_machines_need_a_password(tmp_path: Path) -> None:
    refused = ran("--data", tmp_path / "a", "--host", EVERYWHERE, GOUJI_PASSWORD="")
    short = ran("--data", tmp_path / "a", "--host", EVERYWHERE, GOUJI_PASSWORD="短")  # noqa: S106 - made up
    assert (refused.returncode, short.returncode) == (2, 2)
    assert "--password-file" in refused.stderr
    assert "密码太短" in short.stderr
    assert not (tmp_path / "a").exists()

    word = tmp_path / "密码.txt"
    word.write_text("云岭县水务局 2024\n第二行", encoding="utf-8")
    with serving(tmp_path / "b", "--host", EVERYWHERE, "--password-file", word) as served:
        assert any("密码" in line for line in served.lines)
        with httpx.Client(base_url=served.origin, follow_redirects=True, timeout=30) as client:
            assert 'type="password"' in client.get("/").text
            client.headers["Origin"] = served.origin
            wrong = client.post("/login", data={"password": "第二行"})
            assert "密码不对" in wrong.text
            right = client.post("/login", data={"password": "云岭县水务局 2024"})
            assert "把报告和附表拖到这里" in right.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["没有.docx"], "没有文件“没有.docx”；请检查路径"),
        (["--port", "99999"], "没有端口 99999"),
        (["--keep-days", "0"], "至少 1 天"),
        (["--password-file", "没有.txt"], "没有密码文件“没有.txt”；请检查路径"),
        (["--host", "没有这个地址", "--port", "0"], "要有密码"),
    ],
)
def test_what_cannot_be_is_one_line(tmp_path: Path, words: list[str], told: str) -> None:
    done = ran("--data", tmp_path / "数据", *words, GOUJI_PASSWORD="")

    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_port_that_is_taken_is_told_of(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = ran("--data", tmp_path / "数据", "--port", port)

    assert done.returncode == 2
    assert f"端口 {port} 用不了" in done.stderr
    assert "--port" in done.stderr


def test_without_the_extra_it_says_what_to_install() -> None:
    program = (
        "import sys\nsys.modules['uvicorn'] = None\n"
        "from validator.cli import main\nmain(['serve'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert 'python -m pip install ".[web]"' in done.stderr
