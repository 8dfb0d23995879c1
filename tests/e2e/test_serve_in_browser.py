"""gouji serve in a real browser: folders that are dropped, keys, forms, without scripts."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from browser import browser
from served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from served import Served

__all__ = ["browser"]

WRONG = "云岭县水务局\n公务用车运行维护费支出23.04万元，比2019年增加5.71万元，下降20%。\n"
PATIENCE = 60_000


@contextmanager
def opened(browser: Browser, served: Served, *, scripts: bool = True) -> Iterator[Page]:
    """The page on the screen; nothing on it may go wrong."""
    context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    try:
        page.goto(served.url)
        yield page
    finally:
        context.close()
    assert wrong == []


def drop(page: Page, *paths: Path) -> None:
    """Let files and folders fall on the drop zone, as from a file manager."""
    box = page.locator("[data-drop]").bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent",
            {
                "type": kind,
                "x": box["x"] + box["width"] / 2,
                "y": box["y"] + box["height"] / 2,
                "data": {
                    "items": [],
                    "files": [str(path) for path in paths],
                    "dragOperationsMask": 1,
                },
            },
        )


def test_a_folder_is_dropped_with_all_that_is_in_it(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "报送 材料"
    for name in ("水务局", "林业局"):
        (folder / name).mkdir(parents=True)
        text = WRONG.replace("水务局", name)
        (folder / name / "决算 #1 100%.txt").write_text(text, encoding="utf-8")
    (folder / "水务局" / "~$决算.docx").write_bytes(b"lock")
    (folder / "公章.png").write_bytes(b"PNG")
    many = folder / "许多"
    many.mkdir()
    for number in range(110):
        (many / f"{number}.png").write_bytes(b"PNG")

    with serving(tmp_path / "数据") as served, opened(browser, served) as page:
        drop(page, folder)
        page.get_by_test_id("outcome").wait_for()

        names = page.get_by_test_id("file").locator(".name").all_text_contents()
        assert sorted(names) == ["决算 #1 100%（林业局）.txt", "决算 #1 100%（水务局）.txt"]


def test_what_cannot_be_sent_is_said_at_once(browser: Browser, tmp_path: Path) -> None:
    large = tmp_path / "大.docx"
    with large.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    lock = tmp_path / "~$决算.docx"
    lock.write_bytes(b"lock")

    with serving(tmp_path / "数据") as served, opened(browser, served) as page:
        told = page.locator("[data-drop-error]")
        drop(page, large)
        told.get_by_text("“大.docx”太大了").wait_for()
        drop(page, lock)
        told.get_by_text("里面没有能查的文件").wait_for()
        assert page.url == f"{served.origin}/"

        good = tmp_path / "决算.txt"
        good.write_text(WRONG, encoding="utf-8")
        drop(page, good)
        page.get_by_test_id("outcome").wait_for()


def test_findings_are_decided_with_keys(browser: Browser, tmp_path: Path) -> None:
    report = tmp_path / "决算.txt"
    report.write_text(WRONG, encoding="utf-8")

    with serving(tmp_path / "数据", report) as served, opened(browser, served) as page:
        page.get_by_test_id("first-finding").click()
        page.keyboard.press("2")
        page.get_by_text("已保存：误报").wait_for()
        assert page.get_by_test_id("undecided").inner_text() == "1 处都核实了"
        assert page.get_by_test_id("decision-false_alarm").is_checked()

        page.get_by_test_id("note").fill("口径 1 2 3")
        page.keyboard.press("Enter")
        page.get_by_test_id("only-undecided").check()
        assert page.locator(".g-card:visible").count() == 0
        page.get_by_test_id("only-undecided").uncheck()

        page.reload()
        assert page.get_by_test_id("note").input_value() == "口径 1 2 3"
        page.get_by_test_id("first-finding").click()
        page.keyboard.press("0")
        page.get_by_text("还有 1 处没有核实").wait_for()
        assert not page.get_by_test_id("decision-none").is_checked()


def test_steps_pass_over_what_is_decided(browser: Browser, tmp_path: Path) -> None:
    report = tmp_path / "决算.txt"
    lines = [
        f"{n}、公务接待费支出{n}.00万元，比2019年增加0.50万元，下降20%。" for n in (3, 5, 7)
    ]
    report.write_text("云岭县水务局\n" + "\n".join(lines), encoding="utf-8")

    with serving(tmp_path / "数据", report) as served, opened(browser, served) as page:
        page.get_by_test_id("outcome").wait_for()
        picked = page.locator(".g-card:has([aria-pressed=true])")
        numbers = page.locator(".g-card").evaluate_all("all => all.map(one => one.dataset.n)")
        assert len(numbers) > 2
        page.get_by_test_id("first-finding").click()
        page.keyboard.press("j")
        page.keyboard.press("1")
        page.get_by_text("已保存：确认").wait_for()
        page.keyboard.press("k")
        page.get_by_test_id("only-undecided").check()
        for key, number in (("j", 2), ("k", 0), ("p", -1), ("n", 0)):
            page.keyboard.press(key)
            assert picked.get_attribute("data-n") == numbers[number]


def test_a_server_that_is_gone_is_told_of(browser: Browser, tmp_path: Path) -> None:
    report = tmp_path / "决算.txt"
    report.write_text(WRONG, encoding="utf-8")

    with serving(tmp_path / "数据", report) as served:
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(served.url)
        page.get_by_test_id("first-finding").click()
        assert served.stop()[0] == 0
        page.keyboard.press("1")
        page.get_by_text("没有保存；连不上程序").wait_for()
        context.close()


def test_forms_work(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "数据") as served, opened(browser, served) as page:
        page.get_by_role("link", name="设置").click()
        page.get_by_label("天数").fill("90")
        page.get_by_label("只保留").first.check()
        page.get_by_role("button", name="保存").click()
        page.get_by_text("已保存。").wait_for()
        assert page.get_by_label("天数").input_value() == "90"
        page.get_by_text("删除全部检查记录").click()
        page.get_by_label("我知道删了找不回来").check()
        page.get_by_role("button", name="全部删除").click()
        page.get_by_text("全部删除了。").wait_for()


def test_it_works_without_scripts(browser: Browser, tmp_path: Path) -> None:
    report = tmp_path / "决算 “终稿”.txt"
    report.write_text(WRONG, encoding="utf-8")

    with (
        serving(tmp_path / "数据") as served,
        opened(browser, served, scripts=False) as page,
    ):
        page.get_by_test_id("drop-input").set_input_files(report)
        page.get_by_role("button", name="开始检查").click()
        page.get_by_test_id("outcome").wait_for()
        page.get_by_test_id("decision-mended").check()
        page.get_by_test_id("note").fill("改好了")
        page.get_by_role("button", name="保存").click()
        page.get_by_text("已保存：已改").wait_for()
        page.get_by_test_id("delete-check").click()
        page.get_by_test_id("delete-confirm").click()
        page.get_by_text("还没有查过").wait_for()


def test_others_enter_with_the_password(browser: Browser, tmp_path: Path) -> None:
    word = "云岭县水务局 2024"
    with serving(tmp_path / "数据", "--host", "0.0.0.0", GOUJI_PASSWORD=word) as served:  # noqa: S104
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(served.origin)
        page.get_by_label("密码").fill(word)
        page.get_by_role("button", name="进入").click()
        page.get_by_text("把报告和附表拖到这里").wait_for()
        context.close()


def test_of_hundreds_of_findings_each_is_decided(browser: Browser, tmp_path: Path) -> None:
    report = tmp_path / "决算.txt"
    lines = [
        f"{n}、公务接待费支出{n}.04万元，比2019年增加5.71万元，下降20%。"
        for n in range(10, 410)
    ]
    report.write_text("云岭县水务局\n" + "\n".join(lines), encoding="utf-8")

    with serving(tmp_path / "数据", report) as served, opened(browser, served) as page:
        page.get_by_test_id("first-finding").click()
        page.keyboard.press("2")
        page.get_by_text("已保存：误报").wait_for()
        assert page.get_by_test_id("decision-false_alarm").first.is_checked()
        # Only what is looked at has a form.
        assert 0 < page.locator("form.decision").count() < 200
        page.keyboard.press("k")
        page.keyboard.press("1")
        page.get_by_text("已保存：确认").wait_for()


def test_going_back_keeps_the_filter(browser: Browser, tmp_path: Path) -> None:
    report = tmp_path / "决算.txt"
    report.write_text(WRONG, encoding="utf-8")

    with serving(tmp_path / "数据", report) as served, opened(browser, served) as page:
        page.get_by_test_id("first-finding").click()
        page.keyboard.press("1")
        page.get_by_text("已保存：确认").wait_for()
        page.get_by_test_id("only-undecided").check()
        page.get_by_role("link", name="帮助").click()
        page.go_back()
        page.get_by_test_id("outcome").wait_for()
        page.wait_for_load_state()
        ticked = page.get_by_test_id("only-undecided").is_checked()
        assert (page.locator(".g-card:visible").count() == 0) == ticked


def test_files_are_sent_once_however_often_they_are_picked(
    browser: Browser, tmp_path: Path
) -> None:
    twice = """(text) => {
      const input = document.querySelector("[data-testid=drop-input]");
      for (const name of ["决算.txt", "预算.txt"]) {
        const held = new DataTransfer();
        held.items.add(new File([text], name));
        input.files = held.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }"""
    with serving(tmp_path / "数据") as served, opened(browser, served) as page:
        page.evaluate(twice, WRONG)
        page.get_by_test_id("outcome").wait_for()
        page.get_by_role("link", name="检查记录").click()
        page.locator(".checks li").first.wait_for()
        assert page.locator(".checks li").all_inner_texts()[0].startswith("决算.txt")
        assert page.locator(".checks li").count() == 1
