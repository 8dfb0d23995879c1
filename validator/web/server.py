"""Run the local page（启动）: a socket, a desk, a browser, and a clean end."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import stat
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from validator.desk.desk import Desk
from validator.desk.records import Limits
from validator.errors import UsageError
from validator.inputs import expand
from validator.web.access import ANY, Access, is_loopback
from validator.web.app import application
from validator.web.instance import Instance, forget, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PORT = 8417
_PASSWORD = 8
_STARTING = 8.0
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@dataclass(frozen=True, slots=True)
class Wish:
    """What ``gouji serve`` was asked for（启动选项）.

    Attributes:
        folder: The data folder.
        files: Files and folders to check at once.
        port: Where to listen; None for the usual one, or any that is free.
        host: What to listen on.
        password: For those without the token, "" for none.
        browse: Whether to open a browser.
        keep_days: Days after which checks are deleted; None leaves that as it was.
    """

    folder: Path
    files: tuple[Path, ...] = ()
    port: int | None = None
    host: str = "127.0.0.1"
    password: str = ""
    browse: bool = False
    keep_days: int | None = None


def serve(wish: Wish, say: Callable[[str], None]) -> int:
    """Serve until somebody stops it, or hand the files to the server that is there already.

    Args:
        wish: What was asked for.
        say: Takes lines for the screen.

    Raises:
        UsageError: It cannot be served so, or a file cannot be used.
    """
    if not is_loopback(wish.host) and not wish.password:
        raise UsageError(
            f"--host {wish.host} 别的电脑也能打开，要有密码；"
            "请加 --password-file 文件，或设环境变量 GOUJI_PASSWORD"
        )
    if wish.password and len(wish.password) < _PASSWORD:
        raise UsageError(f"密码太短；至少 {_PASSWORD} 个字")
    files = contents(wish.files, Limits())
    found = running(wish.folder)
    desk = None if found else _desk(wish)
    if desk is None:
        return _join(found or _awaited(wish.folder), files, wish, say)
    try:
        return _run(desk, files, wish, say)
    finally:
        desk.close()


def contents(paths: Sequence[Path], limits: Limits) -> list[tuple[str, bytes]]:
    """Files, and all reports in folders, with the names to show.

    Raises:
        UsageError: One is not there, cannot be read or is too large, or they are too many.
    """
    read: list[tuple[str, bytes]] = []
    room = limits.total_bytes
    for given in paths:
        for path in expand([given]).files:
            if len(read) >= limits.files:
                raise UsageError(f"文件太多了；一次最多查 {limits.files} 个文件，请分几次")
            if path.is_dir():
                raise UsageError(f"“{path}”里没有能查的报告；请换一个文件夹")
            name = path.relative_to(given.parent) if path != given else path.name
            try:
                known = path.stat()
                if not stat.S_ISREG(known.st_mode):
                    raise UsageError(f"“{path}”不是文件；请换一个")
                if known.st_size > limits.file_bytes:
                    size = limits.file_bytes // 1024**2
                    raise UsageError(f"“{path}”太大了；一个文件最多 {size} MB")
                room -= known.st_size
                if room < 0:
                    size = limits.total_bytes // 1024**2
                    raise UsageError(f"这些文件太大了；一次最多 {size} MB，请分几次")
                read.append((str(name).encode("utf-8", "replace").decode(), path.read_bytes()))
            except FileNotFoundError as error:
                raise UsageError(f"没有文件“{path}”；请检查路径") from error
            except OSError as error:
                what = f"“{path}”打不开；请关掉正在用它的程序，或检查权限"
                raise UsageError(what) from error
    return read


def _desk(wish: Wish) -> Desk | None:
    """The desk; None when another server has the folder."""
    try:
        return Desk(wish.folder, retention_days=wish.keep_days)
    except UsageError:
        if _awaited(wish.folder) is None:
            raise
        return None


def _awaited(folder: Path) -> Instance | None:
    """The server of a folder, which may just be starting."""
    end = time.monotonic() + _STARTING
    while (folder / "gouji.lock").exists() and time.monotonic() < end:
        if (found := running(folder)) is not None:
            return found
        time.sleep(0.1)
    return None


def _join(
    there: Instance | None,
    files: list[tuple[str, bytes]],
    wish: Wish,
    say: Callable[[str], None],
) -> int:
    """Have files checked by the server that is there."""
    if there is None:
        raise UsageError("已经打开的 gouji 刚刚停了；请再启动一次")
    path, ticket = there.hand_in(files)
    origin = Access(there.port, there.host).origin
    say("gouji 已经打开了" + ("，文件交给它查：" if files else "："))
    say(f"  {origin}{path}?token={there.token}")
    if wish.browse:
        browse(f"{origin}{path}?token={ticket}")
    return 0


def _run(
    desk: Desk, files: list[tuple[str, bytes]], wish: Wish, say: Callable[[str], None]
) -> int:
    with _listening(wish) as listener:
        port = listener.getsockname()[1]
        access = Access(port, wish.host, wish.password)
        app = application(desk, access, wish.folder)
        desk.start()
        path = f"/checks/{desk.submit(files)}" if files else "/"
        host = access.origin.removeprefix("http://").rpartition(":")[0]
        Instance(os.getpid(), host, port, access.token).write(wish.folder)
        try:
            _announce(access, path, wish, say)
            if wish.browse:
                browse(f"{access.origin}{path}?token={access.ticket()}")
            _answer(app, listener)
        finally:
            forget(wish.folder)
    say("已停止；检查记录还在，下次接着用。")
    return 0


def _answer(app: object, listener: socket.socket) -> None:
    """Answer requests until a signal comes."""
    _errors_in_a_line()
    settings = uvicorn.Config(
        app,  # type: ignore[arg-type] # uvicorn and Starlette name the same thing differently
        http="h11", ws="none", lifespan="off", log_config=None, log_level="critical",
        access_log=False, server_header=False, proxy_headers=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(settings)

    def end(*_: object) -> None:
        server.should_exit = True

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        server.run(sockets=[listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _announce(access: Access, path: str, wish: Wish, say: Callable[[str], None]) -> None:
    say("gouji 打开了，请在浏览器里用这个网址（只给自己用，不要发给别人）：")
    say(f"  {access.origin}{path}?token={access.token}")
    if not is_loopback(wish.host):
        where = (
            access.origin if wish.host not in ANY else f"http://这台电脑的IP地址:{access.port}"
        )
        say(f"别的电脑用 {where}/ 和密码进入；路上没有加密，只在可信的内网里用。")
    say(f"数据在 {wish.folder}；按 Ctrl+C 停止。")


@contextlib.contextmanager
def _listening(wish: Wish) -> Iterator[socket.socket]:
    """A socket that takes connections: on the port asked for, or the usual, or a free one.

    Raises:
        UsageError: There is no such address, or the port asked for is taken.
    """
    ports = [wish.port] if wish.port is not None else [PORT, 0]
    for port in ports:
        try:
            found = _bound(wish.host, port)
        except (OSError, UnicodeError) as error:
            if port == ports[-1]:
                told = f"“{wish.host}”的端口 {port} 用不了"
                raise UsageError(
                    f"{told}，可能别的程序在用；请换一个 --port 或 --host"
                ) from error
            continue
        try:
            yield found
        finally:
            found.close()
        return


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    found = socket.socket(family, kind, protocol)
    try:
        if sys.platform == "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen()
    except OSError:
        found.close()
        raise
    return found


def browse(address: str) -> None:
    """Open a browser, where there is a screen for one; never wait for it."""
    import webbrowser  # noqa: PLC0415 - only where it is wanted

    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform.startswith("linux") and not any(os.environ.get(one) for one in screens):
        return
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _errors_in_a_line() -> None:
    """What nobody foresaw is one line on the screen."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("程序自己出错了：%(message)s"))
    log = logging.getLogger("validator.web")
    log.handlers[:] = [handler]
    log.propagate = False
