"""The pages of the local page: what somebody who wants a report checked sees and does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from small_desk import MARK, ROW, SmallDesk
from web_client import Browser

from validator.desk.records import Change, Choice, State
from validator.reporters.html.page import SCRIPTS, STYLES

if TYPE_CHECKING:
    from pathlib import Path

JSON = {"Accept": "application/json"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return SmallDesk(tmp_path)


@pytest.fixture
def page(desk: SmallDesk, tmp_path: Path) -> Browser:
    return Browser(desk, folder=tmp_path / "数据").enter()


def marks(text: str) -> set[str]:
    return set(re.findall(r'data-testid="([^"]+)"', text))


def test_the_start_page_says_what_to_do_first(page: Browser) -> None:
    text = page.get("/").text

    assert "把报告和附表拖到这里" in text
    assert "文件只存在本机" in text
    assert "drop-input" in marks(text)
    assert "webkitdirectory" in text
    assert 'aria-current="page">查报告' in text
    assert "最近查过的" not in text


def test_files_become_a_check_that_is_opened(page: Browser, desk: SmallDesk) -> None:
    answer = page.upload(("决算 “终稿”.docx", b"PK"), ("附表.xlsx", b"PK2"))

    assert (answer.status_code, answer.headers["location"]) == (303, "/checks/check0")
    assert desk.files["check0"] == [("决算 “终稿”.docx", b"PK"), ("附表.xlsx", b"PK2")]
    assert "最近查过的" in page.get("/").text


def test_scripts_are_told_where_to_go_and_what_is_wrong(page: Browser) -> None:
    assert page.post("/checks", files={"files": ("a.txt", b"a")}, headers=JSON).json() == {
        "url": "/checks/check0"
    }
    refused = page.post("/checks", headers=JSON)
    assert refused.status_code == 400
    assert refused.json()["what"] == "没有选文件"


def test_an_empty_file_input_is_no_file(page: Browser, desk: SmallDesk) -> None:
    answer = page.upload(("", b""))

    assert answer.status_code == 400
    assert desk.files == {}


def test_of_a_folder_only_reports_are_taken(page: Browser, desk: SmallDesk) -> None:
    page.upload(
        ("2023年/水务局/决算.docx", b"1"),
        ("2023年/水务局/~$决算.docx", b"2"),
        ("2023年/公章.png", b"3"),
        ("2023年/.git/config", b"4"),
        ("2023年/旧表.ofd", b"5"),
        ("2023年/决算", b"6"),
        ("单独选的.png", b"7"),
    )

    names = [name for name, _ in desk.files["check0"]]
    assert names == [
        "2023年/水务局/决算.docx",
        "2023年/旧表.ofd",
        "2023年/决算",
        "单独选的.png",
    ]


def test_a_folder_without_reports_is_told_of(page: Browser) -> None:
    answer = page.upload(("图片/1.png", b"1"))

    assert answer.status_code == 400
    assert "没有能查的文件" in answer.text


def test_progress_is_shown_until_the_end(page: Browser, desk: SmallDesk) -> None:
    desk.state = State.RUNNING
    page.upload(("决算.docx", b"1"), ("旧表.ofd", b"2"))

    text = page.get("/checks/check0").text
    assert "正在查" in text
    assert "另存为 .docx" in text
    assert {"file-progress"} <= marks(text)
    assert 'hx-get="/checks/check0/progress?seen=1.1"' in text
    going = page.get("/checks/check0/progress", headers=HTMX)
    assert "hx-refresh" not in going.headers
    assert "查完 1/2 个文件" in going.text
    same = page.get("/checks/check0/progress?seen=1.1", headers=HTMX)
    assert (same.status_code, same.text) == (204, "")

    desk.end("check0")
    assert page.get("/checks/check0/progress", headers=HTMX).headers["hx-refresh"] == "true"


def test_a_check_shows_the_report_with_a_form_at_each_finding(page: Browser) -> None:
    page.upload(("决算.docx", b"1"))

    text = page.get("/checks/check0").text

    assert "错误1处。" in text
    assert "<!--decision" not in text
    assert f'action="/checks/check0/decisions/{MARK}"' in text
    assert "还有 1 处没有核实" in text
    assert {
        "decision-confirmed", "decision-false_alarm", "decision-mended", "note",
        "recheck-input", "download-annotated", "download-workpaper", "download-html",
        "delete-check",
    } <= marks(text)  # fmt: skip
    assert "change-fixed" not in marks(text)


def test_the_styles_and_scripts_of_the_report_are_there(page: Browser) -> None:
    page.upload(("决算.docx", b"1"))
    text = page.get("/checks/check0").text

    for name in (*STYLES, *SCRIPTS):
        assert f'"/static/{name}"' in text
        assert page.get(f"/static/{name}").status_code == 200
    for name in re.findall(r'"(/static/[^"]+)"', text):
        assert page.get(name).status_code == 200, name


def test_a_file_that_could_not_be_read_says_what_to_do(page: Browser) -> None:
    page.upload(("决算.docx", b"1"), ("旧表.ofd", b"2"))

    text = page.get("/checks/check0/1").text

    assert "还不能读 .ofd 文件；请另存为 .docx" in text
    assert "download-annotated" not in marks(text)
    assert "1个文件没有查成" in text


def test_the_first_file_with_findings_is_opened(page: Browser) -> None:
    page.upload(("旧表.ofd", b"2"), ("决算.docx", b"1"))

    text = page.get("/checks/check0").text

    assert re.search(r'href="/checks/check0/1" aria-current="true"', text)


def test_a_decision_is_kept_at_once(page: Browser, desk: SmallDesk) -> None:
    page.upload(("决算.docx", b"1"))
    place = f"/checks/check0/decisions/{MARK}"

    saved = page.post(place, {"choice": "false_alarm", "note": " 口径不同 "}, headers=HTMX)

    assert "已保存：误报" in saved.text
    assert "1 处都核实了" in saved.text
    assert 'hx-swap-oob="true"' in saved.text
    assert desk.decided[MARK].choice is Choice.FALSE_ALARM
    text = page.get("/checks/check0").text
    assert re.search(r'value="false_alarm" checked', text)
    assert 'value="口径不同"' in text
    assert "1 处都核实了" in text

    page.post(place, {"choice": "", "note": ""}, headers=HTMX)
    assert desk.decided[MARK].choice is None
    assert "还有 1 处没有核实" in page.get("/checks/check0").text


def test_a_decision_without_scripts_returns_to_its_place(page: Browser) -> None:
    page.upload(("决算.docx", b"1"))

    answer = page.post(f"/checks/check0/decisions/{MARK}", {"choice": "mended", "number": "0"})

    assert answer.headers["location"] == f"/checks/check0/0#decision-{MARK}"


@pytest.mark.parametrize(
    ("place", "choice", "note", "status"),
    [
        (f"check0/decisions/{MARK}", "maybe", "", 400),
        ("check0/decisions/ffff", "mended", "", 404),
        (f"check9/decisions/{MARK}", "mended", "", 404),
        (f"check0/decisions/{MARK}", "mended", "字" * 1001, 409),
    ],
)
def test_a_wrong_decision_says_why(
    page: Browser, place: str, choice: str, note: str, status: int
) -> None:
    page.upload(("决算.docx", b"1"))

    answer = page.post(f"/checks/{place}", {"choice": choice, "note": note}, headers=HTMX)

    assert answer.status_code == status
    assert answer.text.startswith('<span class="refused" role="alert">没有做成')


def test_a_recheck_says_what_became_of_the_findings(page: Browser, desk: SmallDesk) -> None:
    page.upload(("决算.docx", b"1"))
    page.upload(("决算2.docx", b"2"), follows="check0")
    desk.changes["check1"] = Change(fixed=(ROW, ROW), new=(ROW,))

    text = page.get("/checks/check1").text

    assert desk.kept["check1"].follows == "check0"
    assert "已改好 2" in text
    assert "还在 0" in text
    assert "新出现 1" in text
    assert text.count('data-testid="change-fixed"') == 2
    assert 'href="/checks/check0"' in text


def test_a_recheck_says_what_was_not_compared(page: Browser, desk: SmallDesk) -> None:
    page.upload(("决算.docx", b"1"), ("附表.xlsx", b"2"))
    page.upload(("决算.docx", b"1"), follows="check0")
    desk.changes["check1"] = Change(missing=(ROW,), apart="“预算.docx”没有和<上次>比")

    text = page.get("/checks/check1").text

    assert "没有再查 1" in text
    assert "没有再交或读不了的文件里，不知道改了没有" in text
    assert text.count('data-testid="change-missing"') == 1
    assert "“预算.docx”没有和&lt;上次&gt;比" in text
    desk.changes["check1"] = Change()
    assert not {"change-apart", "change-not-again"} & marks(page.get("/checks/check1").text)


def test_a_recheck_of_what_is_gone_says_so(page: Browser) -> None:
    assert page.upload(("a.txt", b"a"), follows="gone").status_code == 404


def test_a_recheck_stays_when_the_check_before_is_deleted(
    page: Browser, desk: SmallDesk
) -> None:
    page.upload(("决算.docx", b"1"))
    page.upload(("决算2.docx", b"2"), follows="check0")
    desk.delete("check0")

    assert page.get("/checks/check1").status_code == 200


def test_what_cannot_be_downloaded_says_why(page: Browser) -> None:
    page.upload(("决算.docx", b"1"))

    answer = page.get("/checks/check0/download/annotated")

    assert answer.status_code == 409
    assert "批注稿一次一个文件" in answer.text


def test_a_check_is_deleted(page: Browser, desk: SmallDesk) -> None:
    page.upload(("决算.docx", b"1"))

    assert page.post("/checks/check0/delete").headers["location"] == "/checks"
    assert desk.kept == {}
    assert page.get("/checks/check0").status_code == 404
    assert "还没有查过" in page.get("/checks").text


def test_how_long_checks_are_kept(page: Browser, desk: SmallDesk) -> None:
    page.post("/settings", {"keep": "days", "days": "90"})
    assert (desk.days, desk.purged) == (90, 1)
    assert 'value="90"' in page.get("/settings").text

    for words in ("0", "-1", "九十", "99999", "", "９０"):
        assert page.post("/settings", {"keep": "days", "days": words}).status_code == 400
    assert desk.days == 90

    page.post("/settings", {"keep": "forever", "days": "90"})
    assert desk.days is None


def test_all_is_deleted_only_by_somebody_who_is_sure(page: Browser, desk: SmallDesk) -> None:
    page.upload(("决算.docx", b"1"))

    assert page.post("/settings/delete-all").status_code == 400
    assert desk.kept
    page.post("/settings/delete-all", {"sure": "yes"})
    assert desk.kept == {}


def test_settings_say_where_the_data_are(page: Browser, tmp_path: Path) -> None:
    assert str(tmp_path / "数据") in page.get("/settings").text


def test_rules_are_listed_and_explained(page: Browser) -> None:
    listed = page.get("/rules").text
    assert 'href="/rules/CHG001"' in listed

    text = page.get("/rules/CHG001").text
    assert "增减与升降方向相反" in text
    assert "为什么" in text
    assert "<mark>" in text
    assert "[[" not in text


def test_every_rule_has_a_page(page: Browser) -> None:
    for name in dict.fromkeys(
        re.findall(r'href="/rules/([A-Z]+\d+)"', page.get("/rules").text)
    ):
        assert page.get(f"/rules/{name}").status_code == 200, name


def test_help_lists_the_keys(page: Browser) -> None:
    assert "<kbd>" in page.get("/help").text


def test_forms_of_all_pages_carry_the_token(page: Browser) -> None:
    page.upload(("决算.docx", b"1"))
    for path in ("/", "/checks/check0", "/settings"):
        for form in re.findall(r"<form.*?</form>", page.get(path).text, re.DOTALL):
            assert f'name="csrf" value="{page.csrf}"' in form


def test_of_many_findings_the_forms_come_one_by_one(page: Browser, desk: SmallDesk) -> None:
    desk.fragment = f"<article><!--decision:{MARK}--></article>" * 301
    page.upload(("决算.txt", b"1"))
    path = f"/checks/check0/decisions/{MARK}"
    text = page.get("/checks/check0").text
    assert text.count(f'href="{path}?number=0"') == 301
    assert 'name="choice"' not in text
    assert "还没有核实" in text

    # Without scripts each has a page of its own.
    alone = page.get(path)
    assert 'name="choice"' in alone.text
    assert "<main" in alone.text
    page.post(path, {"choice": "confirmed", "number": "0"})
    fragment = page.get(path, headers={"HX-Request": "true"}).text
    assert fragment.startswith("<form")
    assert "已保存：确认" in fragment
    assert "已保存：确认" in page.get("/checks/check0").text
    assert page.get("/checks/check0/decisions/nothing").status_code == 404


def test_progress_is_read_out_in_one_line(page: Browser, desk: SmallDesk) -> None:
    desk.state = State.RUNNING
    page.upload(("甲.txt", b"1"), ("乙.txt", b"1"))
    text = page.get("/checks/check0").text
    # Not the list: it would be read out from its start at each step.
    assert text.count("aria-live") == 0
    assert text.count('role="status" id="told"></p>') == 1
    fragment = page.get("/checks/check0/progress", headers=HTMX).text
    assert re.search(r'id="told" hx-swap-oob="innerHTML">查完 \d/2 个文件<', fragment)
