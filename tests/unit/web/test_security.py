"""The doorkeeper of the local page: who gets in, from where, and what comes back."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from small_desk import MARK, SmallDesk
from web_client import ORIGIN, PORT, Browser

from validator.desk.records import Limits
from validator.web.access import Access
from validator.web.app import ROUTES, application
from validator.web.checks import attachment

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    from starlette.types import Message

SMALL = Limits(file_bytes=1024**2, files=3, total_bytes=2 * 1024**2)


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return SmallDesk(tmp_path, SMALL)


@pytest.fixture
def browser(desk: SmallDesk, tmp_path: Path) -> Browser:
    return Browser(desk, folder=tmp_path)


@pytest.fixture
def inside(browser: Browser) -> Browser:
    return browser.enter()


def routes(method: str) -> list[str]:
    """Paths that are answered, with something in their gaps."""
    gaps = {"id": "check0", "fingerprint": MARK, "kind": "html", "name": "web.css"}
    return [
        re.sub(r"\{(\w+)[^}]*\}", lambda gap: gaps.get(gap[1], "0"), route.path)
        for route in ROUTES
        if method in (route.methods or ())
    ]


PAGES = routes("GET")
WRITES = routes("POST")
UNGUARDED = {"/static/web.css", "/login", "/alive", "/favicon.ico"}


def is_page(answer: httpx.Response) -> bool:
    return "<main" in answer.text and "Traceback" not in answer.text


# Getting in


@pytest.mark.parametrize("path", sorted(set(PAGES) - UNGUARDED))
def test_without_the_token_there_is_only_a_page_that_says_how_to_get_in(
    browser: Browser, path: str
) -> None:
    answer = browser.get(path)

    assert answer.status_code == 403
    assert is_page(answer)
    assert "终端里显示的网址" in answer.text
    assert "检查记录" not in answer.text


def test_the_token_becomes_a_cookie_and_leaves_the_address(browser: Browser) -> None:
    answer = browser.get("/checks/check0?open=1&token=" + browser.access.token)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/checks/check0?open=1"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert browser.access.token not in cookie
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "错", "x" * 5000])
def test_a_wrong_token_does_not_get_in(browser: Browser, token: str) -> None:
    assert browser.get("/", params={"token": token}).status_code == 403
    assert browser.get("/").status_code == 403


def test_a_wrong_token_does_not_throw_out_who_is_in(inside: Browser) -> None:
    assert inside.get("/?token=old").headers["location"] == "/"
    assert inside.get("/").status_code == 200


def test_a_redirect_never_leads_elsewhere(browser: Browser) -> None:
    answer = browser.client.get(f"{ORIGIN}//evil.example/?token={browser.access.token}")

    assert answer.headers["location"] == "/evil.example/"


def test_a_ticket_works_once_and_not_for_long(desk: SmallDesk, tmp_path: Path) -> None:
    now = [0.0]
    browser = Browser(desk, Access(PORT, clock=lambda: now[0]), folder=tmp_path)
    first, second = browser.access.ticket(), browser.access.ticket()

    assert browser.get(f"/?token={first}").status_code == 303
    browser.client.cookies.clear()
    assert browser.get(f"/?token={first}").status_code == 403
    now[0] = 121.0
    assert browser.get(f"/?token={second}").status_code == 403


def test_a_made_up_cookie_does_not_get_in(browser: Browser) -> None:
    for value in ("x", browser.access.token, '"\\303'):
        answer = browser.get("/", headers={"Cookie": f"{browser.access.cookie}={value}"})
        assert answer.status_code == 403


# Addresses and methods


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (f"127.0.0.1:{PORT}", 200),
        (f"localhost:{PORT}", 200),
        (f"[::1]:{PORT}", 200),
        (f"evil.example:{PORT}", 403),
        ("127.0.0.1", 403),
        ("127.0.0.1:1", 403),
        (f"127.0.0.1.evil.example:{PORT}", 403),
        (f"evil.example#127.0.0.1:{PORT}", 403),
        (f"192.168.1.5:{PORT}", 403),
        ("", 403),
        (f"127.0.0.1:{PORT}x", 403),
    ],
)
def test_only_addresses_of_this_machine_are_answered(
    inside: Browser, host: str, status: int
) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in inside.client.cookies.items())

    answer = inside.client.get("/", headers={"Host": host, "Cookie": cookies})

    assert answer.status_code == status


def test_a_rebound_name_does_not_even_get_the_styles(browser: Browser) -> None:
    assert browser.get("/static/web.css", headers={"Host": "evil.example"}).status_code == 403
    assert browser.get("/alive", headers={"Host": "evil.example"}).status_code == 403


def test_a_server_for_all_addresses_takes_digits_and_no_names() -> None:
    access = Access(PORT, "0.0.0.0", "long enough")  # noqa: S104 - it is only compared

    assert access.admits(f"192.168.1.5:{PORT}")
    assert access.admits(f"[fe80::1]:{PORT}")
    assert not access.admits(f"evil.example:{PORT}")


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH"])
def test_methods_that_are_not_used_are_refused(inside: Browser, method: str) -> None:
    answer = inside.client.request(method, "/")

    assert answer.status_code == 405
    assert is_page(answer)


# Writes


@pytest.mark.parametrize("path", sorted(set(WRITES) - {"/hand-in"}))
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": f"https://127.0.0.1:{PORT}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_writes_come_from_our_own_pages_only(
    inside: Browser, path: str, headers: dict[str, str]
) -> None:
    answer = inside.client.post(path, data={"csrf": inside.csrf}, headers=headers)

    assert answer.status_code == 403
    assert "不是从本页面发出的" in answer.text


@pytest.mark.parametrize("path", sorted(set(WRITES) - {"/hand-in", "/login"}))
@pytest.mark.parametrize("csrf", ["", "0" * 64, "错"])
def test_writes_need_the_token_of_a_form(inside: Browser, path: str, csrf: str) -> None:
    answer = inside.client.post(path, data={"csrf": csrf}, headers={"Origin": ORIGIN})

    assert answer.status_code == 403
    assert "已经过期" in answer.text


def test_the_token_of_a_form_belongs_to_one_session(
    desk: SmallDesk, browser: Browser, tmp_path: Path
) -> None:
    other = Browser(desk, browser.access, folder=tmp_path).enter().csrf

    answer = browser.enter().client.post(
        "/settings/delete-all", data={"csrf": other}, headers={"Origin": ORIGIN}
    )

    assert answer.status_code == 403


def test_nothing_is_changed_by_opening_an_address(inside: Browser) -> None:
    for path in ("/checks/check0/delete", "/settings/delete-all"):
        assert inside.get(path).status_code == 405


# A second gouji serve


def test_another_process_needs_the_token_itself(inside: Browser, desk: SmallDesk) -> None:
    sent = {"files": ("a.txt", b"a")}
    refused = inside.client.post("/hand-in", files=sent, headers={"Origin": ORIGIN})
    wrong = inside.client.post("/hand-in", files=sent, headers={"X-Gouji-Token": "x"})
    taken = inside.client.post(
        "/hand-in", files=sent, headers={"X-Gouji-Token": inside.access.token}
    )

    assert (refused.status_code, wrong.status_code, taken.status_code) == (403, 403, 200)
    assert desk.files == {"check0": [("a.txt", b"a")]}
    inside.client.cookies.clear()
    told = taken.json()
    assert inside.get(f"{told['path']}?token={told['ticket']}").status_code == 303


def test_the_server_proves_itself_without_telling_the_token(browser: Browser) -> None:
    told = browser.get("/alive?nonce=abc").json()["gouji"]

    assert told == browser.access.proof("abc")
    assert told != browser.access.proof("abd")
    assert browser.access.token not in browser.get("/alive").text


# The password


@pytest.fixture
def locked(desk: SmallDesk, tmp_path: Path) -> Browser:
    return Browser(desk, Access(PORT, password="云岭县 水务局"), folder=tmp_path)  # noqa: S106 - made up


def log_in(browser: Browser, password: str) -> httpx.Response:
    return browser.client.post(
        "/login", data={"password": password}, headers={"Origin": ORIGIN}
    )


def test_with_a_password_strangers_are_asked_for_it(locked: Browser) -> None:
    assert locked.get("/").headers["location"] == "/login"
    assert 'type="password"' in locked.get("/login").text

    wrong = log_in(locked, "云岭县")
    assert wrong.status_code == 403
    assert "密码不对" in wrong.text
    assert locked.get("/").status_code == 303

    assert log_in(locked, "云岭县 水务局").headers["location"] == "/"
    assert locked.get("/").status_code == 200


@pytest.mark.parametrize(
    ("host", "there"), [("127.0.0.1", "文件只存在本机"), ("192.0.2.7", "运行 gouji 的那台电脑")]
)
def test_people_are_told_where_their_files_are(
    desk: SmallDesk, tmp_path: Path, host: str, there: str
) -> None:
    access = Access(PORT, host, password="云岭县 水务局")  # noqa: S106 - made up
    browser = Browser(desk, access, folder=tmp_path)

    assert log_in(browser, "云岭县 水务局").status_code == 303
    assert there in browser.get("/").text


def test_guessing_is_stopped(desk: SmallDesk, tmp_path: Path) -> None:
    now = [0.0]
    access = Access(PORT, password="long enough", clock=lambda: now[0])  # noqa: S106 - made up
    browser = Browser(desk, access, folder=tmp_path)

    answers = [log_in(browser, f"guess {number}").status_code for number in range(6)]
    right = log_in(browser, "long enough")
    assert answers == [403] * 5 + [429]
    assert right.status_code == 429
    assert "5 分钟" in right.text

    now[0] = 301.0
    assert log_in(browser, "long enough").status_code == 303


def test_without_a_password_nobody_logs_in(browser: Browser) -> None:
    assert log_in(browser, "").status_code == 403
    assert browser.get("/").status_code == 403


# What is sent back


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/static/web.css", "/static/nothing", "/checks/x", "/login"]
)
def test_every_answer_ties_the_browser_down(inside: Browser, path: str) -> None:
    headers = inside.get(path).headers

    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


def test_refusals_are_tied_down_too(browser: Browser) -> None:
    for answer in (
        browser.get("/"),
        browser.get("/", headers={"Host": "evil.example"}),
        browser.client.request("TRACE", "/"),
    ):
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_pages_hold_no_scripts_or_styles_of_their_own(inside: Browser, desk: SmallDesk) -> None:
    inside.upload(("a.txt", b"a"))
    for path in (
        "/",
        "/checks",
        "/checks/check0",
        "/rules",
        "/rules/CHG001",
        "/settings",
        "/help",
    ):
        text = inside.get(path).text
        assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
        assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", text) == []
        assert set(re.findall(r'(?:src|href|action)="(\w+:[^"]*)', text)) == set()


def test_what_nobody_foresaw_is_a_page(
    inside: Browser, desk: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(desk, "checks", broken)
    answer = inside.get("/checks")

    assert answer.status_code == 500
    assert is_page(answer)
    assert "secret inside" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/checks/..%2f..%2fetc",
        "/checks/%2e%2e",
        "/checks/a%00b",
        "/checks/check0/0x1",
        "/checks/check0/99",
        "/checks/check0/download/secret",
        "/checks/check0/download/..%2fhtml",
        "/checks/" + "a" * 500,
        "/rules/%2e%2e",
        "/rules/XXX000",
        "/checks/",
        "/nothing",
    ],
)
def test_addresses_that_lead_nowhere_are_pages_that_say_so(inside: Browser, path: str) -> None:
    inside.upload(("a.txt", b"a"))

    answer = inside.client.get(ORIGIN + path)

    assert answer.status_code == 404
    assert is_page(answer)


# Uploads


def test_a_file_that_is_too_large_is_refused_while_it_comes(
    inside: Browser, desk: SmallDesk
) -> None:
    answer = inside.upload(("大.docx", b"x" * (1024**2 + 1)))

    assert answer.status_code == 413
    assert "“大.docx”太大了" in answer.text
    assert desk.files == {}


def test_files_that_are_too_large_together_are_refused(
    inside: Browser, desk: SmallDesk
) -> None:
    answer = inside.upload(*((f"{n}.txt", b"x" * 1024**2) for n in range(3)))

    assert answer.status_code == 413
    assert "一次最多上传 2 MB" in answer.text
    assert desk.files == {}


def test_too_many_files_are_refused(inside: Browser, desk: SmallDesk) -> None:
    answer = inside.upload(*((f"{n}.txt", b"x") for n in range(4)))

    assert answer.status_code == 413
    assert "最多查 3 个文件" in answer.text
    assert desk.files == {}


def test_a_body_without_end_is_refused(inside: Browser) -> None:
    for path in ("/checks", "/settings"):
        answer = inside.post(path, {"x": "x" * (7 * 1024**2)})
        assert answer.status_code == 413
        assert is_page(answer)


def test_fields_have_limits(inside: Browser) -> None:
    many = {f"field{n}": "x" for n in range(30)}

    assert inside.post("/settings", many).status_code == 400
    assert inside.post("/checks", many, files={"files": ("a.txt", b"a")}).status_code == 413
    assert (
        inside.post("/checks", {"a": "x" * 20_000}, files={"files": ("a", b"a")}).status_code
        == 413
    )


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=" + "b" * 300, b"x", 400),
        ("multipart/form-data; boundary=b", b"nothing of the kind", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nbroken", 400),
        ("text/plain", b"x", 415),
        ("", b"x", 415),
    ],
)
def test_broken_forms_are_refused(inside: Browser, kind: str, body: bytes, status: int) -> None:
    headers = {"Origin": ORIGIN, "X-CSRF": inside.csrf, "Content-Type": kind}

    answer = inside.client.post("/checks", content=body, headers=headers)

    assert answer.status_code == status
    assert is_page(answer)


# Downloads and texts of others


def test_a_download_is_saved_under_its_name_and_never_shown(inside: Browser) -> None:
    inside.upload(("a.txt", b"a"))

    answer = inside.get("/checks/check0/download/html")

    assert answer.headers["content-type"] == "application/octet-stream"
    told = answer.headers["content-disposition"]
    assert told.startswith("attachment; ")
    assert f"filename*=UTF-8''{quote('决算 “终稿”.docx', safe='')}" in told


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: x=1.docx", "../../etc/passwd", 'a"b.docx', ""]
)
def test_names_of_downloads_cannot_break_out(name: str) -> None:
    told = attachment(name)

    assert re.fullmatch(r"attachment; filename=file[.a-z]*; filename\*=UTF-8''[\w%.-]+", told)
    assert "%2F" not in told
    assert "%0D" not in told


def test_names_and_notes_are_text(inside: Browser, desk: SmallDesk) -> None:
    nasty = "<img src=x onerror=alert(1)>'\"&.docx"
    inside.upload((nasty, b"a"))
    inside.post(
        f"/checks/check0/decisions/{MARK}", {"choice": "", "note": '"><script>1</script>'}
    )

    for path in ("/", "/checks", "/checks/check0"):
        text = inside.get(path).text
        assert "<img" not in text
        assert "<script>1" not in text
        assert "&lt;img" in text


# Found by attacking it


def test_cookies_of_other_programs_do_not_lock_out(inside: Browser) -> None:
    # Browsers send the cookies of all ports of a machine, and whatever is in them.
    ours = "; ".join(f"{name}={value}" for name, value in inside.client.cookies.items())
    name = inside.access.cookie
    inside.client.cookies.clear()

    for header in (f'other={{"a": "b"}}; {ours}', f"{ours}; {name}=bad", f"{name}=bad; {ours}"):
        assert inside.get("/", headers={"Cookie": header}).status_code == 200
    assert inside.get("/", headers={"Cookie": f"{name}=bad; {name}"}).status_code == 403


@pytest.mark.parametrize("number", ["9" * 5000, "00000000", "-1", "1x"])
def test_numbers_without_sense_are_refused(
    inside: Browser, desk: SmallDesk, number: str
) -> None:
    new = desk.submit([("甲.txt", b"1")])
    assert inside.get(f"/checks/{new}/{number}").status_code == 404
    assert inside.get(f"/checks/{new}/download/html/{number}").status_code == 404
    answer = inside.post("/settings", {"keep": "days", "days": number})
    assert answer.status_code == 400
    assert len(answer.text) < 5000
    path = f"/checks/{new}/decisions/{MARK}"
    answer = inside.post(path, {"choice": "confirmed", "number": number})
    assert answer.headers["location"] == f"/checks/{new}#decision-{MARK}"


@pytest.mark.parametrize("asked", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_scripts_of_strangers_do_not_get_the_page_for_passwords(
    locked: Browser, asked: dict[str, str]
) -> None:
    answer = locked.get("/checks/abc/progress", headers=asked)
    assert answer.status_code == 403
    assert "密码" in answer.text
    assert "<main" not in answer.text


def test_who_leaves_in_mid_upload_is_no_fault_of_the_program(
    inside: Browser, desk: SmallDesk, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {
        "host": f"127.0.0.1:{PORT}",
        "origin": ORIGIN,
        "cookie": "; ".join(f"{name}={value}" for name, value in inside.client.cookies.items()),
        "content-type": "multipart/form-data; boundary=b",
    }
    scope = {
        "type": "http", "method": "POST", "path": "/checks", "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    sent = [{"type": "http.request", "body": b"--b\r\n", "more_body": True}]
    answers = []

    async def receive() -> Message:
        return sent.pop() if sent else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        answers.append(message)

    asyncio.run(application(desk, inside.access)(scope, receive, send))
    assert caplog.messages == []
    assert answers == []


def test_what_is_on_the_screen_cannot_steer_the_terminal(
    inside: Browser,
    desk: SmallDesk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> None:
        raise RuntimeError("\x1b]0;owned\x07\nnext line")

    monkeypatch.setattr(desk, "checks", broken)
    assert inside.get("/").status_code == 500
    assert not re.search(r"[\x00-\x1f]", caplog.messages[0])


def test_a_form_that_breaks_off_is_refused(inside: Browser, desk: SmallDesk) -> None:
    part = 'Content-Disposition: form-data; name="files"; filename="{}.txt"\r\n\r\n1\r\n'
    body = f"--b\r\n{part.format('甲')}--b\r\n{part.format('乙')[:-6]}"
    kind = "multipart/form-data; boundary=b"
    headers = {"Origin": ORIGIN, "X-CSRF": inside.csrf, "Content-Type": kind}
    answer = inside.client.post("/checks", content=body.encode(), headers=headers)
    assert answer.status_code == 400
    assert not desk.kept
