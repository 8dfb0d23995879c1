"""Documents that attack the page which shows them: nothing of theirs runs, all is shown as text."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from browser import browser
from docx import Document
from openpyxl import Workbook
from served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page

__all__ = ["browser"]

SCRIPT = "<script>alert(1)</script>"
PICTURE = '"><img src=x onerror=alert(1)>'
COMMENT = "</script><!--decision:a1--><svg/onload=alert(1)>"
WRONG = "公务用车运行维护费支出23.04万元，比2019年增加5.71万元，下降20%"
LINK = "javascript:alert(1)"
NAMES = (
    "../../etc/passwd.docx",
    "..\\..\\x.docx",
    "<img src=x onerror=alert(1)>.docx",
    "CON.docx",
    "长" * 295 + ".docx",
    'a"; filename="b.html',
)
PATIENCE = 60_000


def report() -> bytes:
    """A report with markup in its headings, text, table and properties."""
    document = Document()
    document.core_properties.author = PICTURE
    document.core_properties.title = SCRIPT
    document.add_paragraph(f"云岭县{SCRIPT}水务局2020年度部门决算")
    document.add_heading(f"一、{SCRIPT}{PICTURE}", 1)
    document.add_paragraph(f"{PICTURE}{WRONG}，{COMMENT}{LINK}。")
    table = document.add_table(3, 3)
    rows = (("项目", SCRIPT, COMMENT), (PICTURE, "12.00", "13.00"), ("合计", "15.00", "13.00"))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def book() -> bytes:
    """A workbook with markup in the names of its sheets and in its cells."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "<img src=x onerror=alert()>"
    for row in (("项目", PICTURE), (SCRIPT, 12), ("甲", 3), ("合计", 99), (COMMENT, LINK)):
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@contextmanager
def watched(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may run, be asked for elsewhere or go wrong."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script("window.ran = []; window.alert = (one) => window.ran.push(one);")
    wrong: list[str] = []

    def refused(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refused)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda one: wrong.append(one.url) if not _ours(one.url) else None)
    try:
        yield page
        assert page.evaluate("window.ran") == []
    finally:
        context.close()
    assert wrong == []


def _ours(url: str) -> bool:
    return re.match(r"http://127\.0\.0\.1:\d+/|file:///|data:", url) is not None


def quiet(page: Page) -> None:
    """Nothing of a document became an element."""
    assert page.evaluate("window.ran") == []
    assert page.locator("img, [onerror], [onload], a[href^='javascript:' i]").count() == 0


def test_documents_are_text(browser: Browser, tmp_path: Path) -> None:
    files = [(name, report()) for name in NAMES] + [("附表.xlsx", book())]
    data = tmp_path / "数据"
    with (
        serving(data) as served,
        served.browser() as hand,
        watched(browser) as page,
    ):
        hand.upload(*files)
        hand.wait()
        page.goto(served.url)
        quiet(page)
        page.goto(served.origin + hand.path)
        shown = page.get_by_test_id("file").locator(".name")
        names = shown.all_text_contents()
        assert len(names) == len(files)
        assert not any("/" in name or "\\" in name or len(name) > 200 for name in names)
        for number in range(len(files)):
            page.goto(f"{served.origin}{hand.path}/{number}")
            quiet(page)
        page.goto(f"{served.origin}{hand.path}/0")
        text = page.locator(".g-text").inner_text()
        assert all(one in text for one in (SCRIPT, PICTURE, COMMENT, LINK))
        page.get_by_test_id("first-finding").click()
        page.keyboard.press("2")
        page.get_by_text("已保存：误报").first.wait_for()
        page.get_by_test_id("note").first.fill(PICTURE)
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        page.reload()
        assert page.get_by_test_id("note").first.input_value() == PICTURE
        page.locator(".f").first.click()
        quiet(page)

        for kind in ("annotated", "html"):
            with page.expect_download() as coming:
                page.get_by_test_id(f"download-{kind}").click()
            name = coming.value.suggested_filename
            assert not re.search(r'[\\/<>:"|?*]', name)
            coming.value.save_as(tmp_path / f"saved.{kind}")
        page.get_by_role("link", name="检查记录").click()
        quiet(page)

    stray = [one for one in tmp_path.rglob("*") if "passwd" in one.name or one.name == "x.docx"]
    assert stray == []
    assert {one.name for one in tmp_path.iterdir()} == {
        "数据", "saved.annotated", "saved.html",
    }  # fmt: skip


def test_the_page_that_is_saved_is_text_too(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "数据") as served, served.browser() as hand:
        hand.upload(("<img src=x onerror=alert(1)>.docx", report()), ("附表.xlsx", book()))
        hand.wait()
        saved = hand.client.get(f"{hand.path}/download/html")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.headers["x-content-type-options"] == "nosniff"
    target = tmp_path / "saved.html"
    target.write_bytes(saved.content)
    with watched(browser) as page:
        page.goto(target.as_uri())
        text = page.locator(".g-text").first.inner_text()
        assert all(one in text for one in (SCRIPT, PICTURE, COMMENT, LINK))
        page.keyboard.press("j")
        page.locator(".f").first.click()
        quiet(page)
