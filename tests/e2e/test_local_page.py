"""A day of a clerk at the local page: check, decide, restart, mend, check again, download."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from browser import browser
from playwright.sync_api import TimeoutError, expect  # noqa: A004 - the one that it raises
from served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

EXAMPLES = Path(__file__).parents[2] / "examples"
BROKEN = EXAMPLES / "broken" / "final_accounts.docx"
CLEAN = EXAMPLES / "clean" / "final_accounts.docx"
CHECKED = re.compile(r"/checks/[\w-]+(?:/\d+)?$")
HOME = re.compile(r"http://[^/]+/|file://")
PATIENCE = 60_000


@contextmanager
def page_of(browser: Browser, url: str) -> Iterator[Page]:
    """A page in a browser that knows nothing yet; nothing on it may go wrong or go out."""
    context = browser.new_context(locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    home = HOME.match(url)
    assert home is not None
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((home[0], "data:", "blob:"))
            else wrong.append(asked.url)
        ),
    )
    try:
        page.goto(url)
        yield page
    finally:
        context.close()
    assert wrong == []


def uploaded(page: Page, which: str, *files: Path) -> str:
    """Give files to a drop zone and wait for the result → its address."""
    before = page.url
    page.get_by_test_id(which).set_input_files(files)
    try:
        page.wait_for_url(lambda url: url != before)
    except TimeoutError as error:
        raise AssertionError(page.inner_text("body")) from error
    page.get_by_test_id("outcome").wait_for()
    page.wait_for_url(CHECKED)
    return page.url


def download(page: Page, which: str) -> tuple[str, bytes]:
    """The name and the bytes of a download."""
    with page.expect_download() as expected:
        page.get_by_test_id(which).click()
    got = expected.value
    return got.suggested_filename, Path(got.path()).read_bytes()


def test_a_day_of_a_clerk(browser: Browser, tmp_path: Path) -> None:
    corrected = tmp_path / "决算公开 （改好）.docx"
    corrected.write_bytes(CLEAN.read_bytes())

    with serving(tmp_path / "数据") as server, page_of(browser, server.url) as page:
        address = uploaded(page, "drop-input", BROKEN).removeprefix(server.origin)

        wrong = page.locator(".gouji-report .f.bad")
        assert "5.71万元" in wrong.all_text_contents()
        finding = page.locator(".g-card").filter(has_text="增减与升降方向相反")
        finding.scroll_into_view_if_needed()
        expect(finding).to_be_visible()
        expect(finding).to_contain_text("改为“减少5.71万元”：5.71 ÷ (23.04 + 5.71) = 19.86%")

        finding.get_by_text("确认", exact=True).click()
        expect(finding.get_by_test_id("saved")).to_have_text("已保存：确认")
        finding.get_by_test_id("note").fill("已告诉办公室 <b>")
        finding.get_by_test_id("note").blur()
        page.wait_for_load_state("networkidle")  # the note is saved in the background

    with serving(tmp_path / "数据") as server, page_of(browser, server.url) as page:
        page.get_by_role("link", name="检查记录").click()
        page.get_by_role("link", name=BROKEN.name).first.click()
        assert page.url.removeprefix(server.origin).startswith(address)
        finding = page.locator(".g-card").filter(has_text="增减与升降方向相反")
        assert finding.get_by_test_id("decision-confirmed").is_checked()
        assert finding.get_by_test_id("note").input_value() == "已告诉办公室 <b>"

        name, data = download(page, "download-annotated")
        assert name == "final_accounts.批注.docx"
        comments = [comment.text for comment in docx.Document(io.BytesIO(data)).comments]
        assert any("增减与升降方向相反" in text and "CHG001" in text for text in comments)

        name, data = download(page, "download-workpaper")
        assert name.endswith(".xlsx")
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert book.sheetnames == ["结论", "问题清单", "核对底稿", "数字清单", "规则"]
        words = [str(cell) for row in book["问题清单"].values for cell in row if cell]
        assert "确认" in words
        assert "已告诉办公室 <b>" in words

        name, data = download(page, "download-html")
        assert name.endswith(".html")
        saved = tmp_path / "结果.html"
        saved.write_bytes(data)

        uploaded(page, "recheck-input", corrected)
        gone = page.get_by_test_id("change-fixed").all_text_contents()
        assert any("增减" in text or "5.71" in text for text in gone)
        assert page.get_by_test_id("change-left").count() == 0
        assert page.get_by_test_id("change-new").count() == 0

    with page_of(browser, saved.as_uri()) as page:
        expect(page.locator(".g-card")).to_contain_text(["增减与升降方向相反"])
        assert "5.71万元" in page.locator(".f.bad").all_text_contents()


def test_what_is_deleted_is_gone(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server, page_of(browser, server.url) as page:
        uploaded(page, "drop-input", BROKEN)
        page.get_by_test_id("delete-check").click()
        page.get_by_test_id("delete-confirm").click()
        page.wait_for_url(lambda url: "/checks/" not in url)
        assert BROKEN.name not in page.inner_text("main")

    left = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert not any("5.71万元".encode() in path.read_bytes() for path in left)
    assert not any(path.read_bytes()[:4] == b"PK\x03\x04" for path in left)


@pytest.mark.parametrize("name", ["我的 报告（终稿）.docx", "a & b's #1 100%.docx"])
def test_files_dropped_on_the_icon_are_checked(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    report = tmp_path / "桌面 一" / name
    report.parent.mkdir()
    report.write_bytes(BROKEN.read_bytes())

    data = tmp_path / "data"
    with serving(data, report) as server, page_of(browser, server.url) as page:
        page.get_by_test_id("outcome").wait_for()
        assert name in page.inner_text("h1")
