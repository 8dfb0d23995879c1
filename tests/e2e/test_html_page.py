"""The page in a browser: clicks, keys, filter, print; no complaint, nothing asked of anybody."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import browser
from click.testing import CliRunner
from pypdf import PdfReader

from validator import check
from validator.cli import main
from validator.reporters.html.page import SCRIPTS, STYLES, static
from validator.reporters.html.view import view
from validator.reporters.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

__all__ = ["browser"]

EXAMPLES = Path(__file__).parents[2] / "examples" / "broken"
NAMES = ("final_accounts.docx", "final_accounts_tables.xlsx")


@dataclass
class Opened:
    """A page and what it complained of or asked for."""

    page: Page
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def card(self) -> str:
        """Title of the chosen finding."""
        return self.page.locator(".g-card.g-on .g-title").text_content() or ""

    def texts(self, wanted: str) -> list[str]:
        return self.page.locator(wanted).all_text_contents()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, files in (("one", NAMES[:1]), ("two", NAMES), ("tables", NAMES[1:])):
        paths = [str(EXAMPLES / file) for file in files]
        done = CliRunner().invoke(
            main, ["check", *paths, "--format", f"html:{folder / name}.html"]
        )
        assert done.exit_code == 1
    return folder


@pytest.fixture
def opened(browser: Browser, pages: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    given: Any = getattr(request, "param", ("one", 1440, "light"))
    name, width, scheme = given
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    made = Opened(page)
    page.on("console", lambda told: made.faults.append(told.text))
    page.on("pageerror", lambda error: made.faults.append(str(error)))
    page.on("request", lambda asked: made.asked.append(asked.url))
    page.goto((pages / f"{name}.html").as_uri())
    yield made
    context.close()
    assert made.faults == []
    assert [url for url in made.asked if not url.startswith(("file:", "data:"))] == []


def test_click_on_a_finding_marks_what_it_compares(opened: Opened) -> None:
    page = opened.page

    page.locator(".g-card", has_text="增减率与增减额不符").first.locator(".g-say").click()

    assert opened.card == "增减率与增减额不符"
    assert opened.texts(".g-hit") == ["1573.80万元", "增加", "129.32万元", "增长", "9.85%"]
    assert opened.texts(".g-wrong") == ["增长", "9.85%"]


def test_enter_on_a_finding_marks_and_unmarks(opened: Opened) -> None:
    button = opened.page.locator(".g-pick").nth(2)

    button.focus()
    opened.page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert opened.page.locator(".g-hit").count() > 1

    opened.page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"
    assert opened.page.locator(".g-hit").count() == 0


def test_a_link_leads_to_the_operand_elsewhere(opened: Opened) -> None:
    link = opened.page.locator(".g-card [data-go]").first
    words = (link.text_content() or "").split("“")[1].rstrip("”")

    link.click()

    here = opened.page.locator(".g-here")
    assert words.startswith(here.inner_text()) or here.inner_text() in words
    box = here.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 900
    assert here.evaluate("(one) => one === document.activeElement")


def test_click_on_a_figure_lists_its_comparisons(opened: Opened) -> None:
    page = opened.page
    report = check(EXAMPLES / NAMES[0])
    assert report.reading is not None
    assert report.document is not None
    wanted = next(
        one.id for one in report.reading.figures if report.document.quote(one.span) == "9.85%"
    )
    judged = [
        one
        for one in report.evaluations
        if wanted in one.figures and one.verdict.value not in ("undetermined", "inapplicable")
    ]

    page.locator(f'.f[data-f="{wanted}"]').click()

    assert opened.texts(".g-panel-title") == ["“9.85%”的核对"]
    assert len(opened.texts(".g-compared > li")) == len(judged) > 0
    first = opened.texts(".g-compared > li")[0]
    assert "不符 增减率与增减额不符" in first
    assert "129.32 ÷ (1573.80 − 129.32) = 8.95%，文中 9.85%" in first
    assert "第18段 129.32万元" in first

    page.locator(".g-to", has_text="129.32万元").first.click()
    assert opened.texts(".g-here") == ["129.32万元"]


def test_titles_of_rules_that_found_nothing_are_told_too(opened: Opened) -> None:
    opened.page.locator(".g-text .f.ok").first.click()

    verdict = opened.texts(".g-compared .g-verdict")[0]
    assert any("\u4e00" <= sign <= "\u9fff" for sign in verdict.replace("相符", ""))


def test_an_unchecked_figure_says_so(opened: Opened) -> None:
    opened.page.locator(".g-text .f.un").first.click()

    assert "没有核对：没有能与它对照的数" in opened.texts(".g-panel-body")[0]


def test_escape_closes_and_gives_the_focus_back(opened: Opened) -> None:
    page = opened.page
    figure = page.locator(".g-text .f.bad").nth(1)
    figure.click()
    assert page.locator(".g-panel").is_visible()

    page.keyboard.press("Escape")

    assert page.locator(".g-panel").is_hidden()
    assert figure.evaluate("(one) => one === document.activeElement")


def test_keys_go_from_finding_to_finding_and_around(opened: Opened) -> None:
    page = opened.page
    titles = opened.texts(".g-text .g-card .g-title")

    seen = []
    for key in ("j", "n", "k", "p", "p"):
        page.keyboard.press(key)
        seen.append(opened.card)

    assert seen == [titles[0], titles[1], titles[0], titles[-1], titles[-2]]
    assert opened.texts(".g-position") == [f"{len(titles) - 1} / {len(titles)}"]
    assert page.evaluate("document.activeElement.className") == "g-pick"


def test_keys_go_from_figure_to_figure(opened: Opened) -> None:
    page = opened.page
    figures = opened.texts(".g-text .f:not(.ig)")

    page.keyboard.press("f")
    page.keyboard.press("f")
    assert opened.texts(".g-asked") == [figures[1]]
    assert opened.texts(".g-panel-title") == [f"“{figures[1]}”的核对"]

    page.keyboard.press("Shift+F")
    assert opened.texts(".g-asked") == [figures[0]]


def test_question_mark_shows_the_keys(opened: Opened) -> None:
    opened.page.keyboard.press("Shift+?")

    assert "下一处问题" in opened.texts(".g-keys[open]")[0]
    opened.page.locator(".g-keys button").click()
    assert opened.texts(".g-keys[open]") == []
    opened.page.locator('[data-do="keys"]').click()
    opened.page.keyboard.press("Escape")
    assert opened.texts(".g-keys[open]") == []


def test_severities_can_be_hidden(opened: Opened) -> None:
    page = opened.page
    warnings = page.locator(".g-text .g-card.g-warning")
    assert warnings.first.is_visible()

    page.get_by_role("checkbox", name="存疑").focus()
    page.keyboard.press("Space")

    assert not any(one.is_visible() for one in warnings.all())
    page.keyboard.press("n")
    count = page.locator(".g-text .g-card.g-error").count()
    assert opened.texts(".g-position") == [f"1 / {count}"]


def test_only_paragraphs_with_findings_and_their_headings(opened: Opened) -> None:
    page = opened.page
    every = page.locator(".g-row").count()

    page.keyboard.press("o")

    shown = page.locator(".g-row:not([hidden])")
    assert 0 < shown.count() < every
    assert page.locator(".g-row.g-has[hidden]").count() == 0
    plain = page.locator(".g-row:not([hidden]):not(.g-has)")
    assert all("g-h" in (one.get_attribute("class") or "").split() for one in plain.all())

    page.locator(".g-contents a").first.click()
    assert page.locator(".g-row:not([hidden])").count() > 0
    page.keyboard.press("o")
    assert page.locator(".g-row:not([hidden])").count() == every


@pytest.mark.parametrize(
    "opened", [("one", 1440, "light"), ("one", 1440, "dark")], indirect=True
)
def test_the_button_changes_light_and_dark(opened: Opened) -> None:
    page = opened.page
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)

    page.locator('[data-do="theme"]').click()
    assert page.evaluate(colour) != before
    page.locator('[data-do="theme"]').click()
    assert page.evaluate(colour) == before


CONTRAST = """() => {
  const number = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const colour = number(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const sheet = number(getComputedStyle(document.querySelector(".g-text"), "::before").backgroundColor);
  const low = [];
  const every = ".gouji-page h1, .gouji-page p, .gouji-page dt, .gouji-page dd, .gouji-page li > *, "
    + ".gouji-page label, .gouji-page button, .gouji-page .f, .gouji-page summary, .g-sign, .g-severity";
  for (const one of document.querySelectorAll(every)) {
    if (!one.textContent.trim() || one.closest("svg, [hidden], dialog, .g-zero, .g-aside")) continue;
    const words = light(number(getComputedStyle(one).color));
    const own = ground(one);
    for (const behind of one.closest(".g-words") ? [own.join() === number(getComputedStyle(document.body).backgroundColor).join() ? sheet : own] : [own]) {
      const back = light(behind);
      const ratio = (Math.max(words, back) + 0.05) / (Math.min(words, back) + 0.05);
      if (ratio < 4.5) low.push(`${one.className || one.tagName} ${ratio.toFixed(2)}`);
    }
  }
  return [...new Set(low)];
}"""


@pytest.mark.parametrize(
    "opened", [("two", 1440, "light"), ("two", 1440, "dark")], indirect=True
)
def test_words_can_be_read_in_light_and_dark(opened: Opened) -> None:
    assert opened.page.evaluate(CONTRAST) == []


@pytest.mark.parametrize(
    "opened", [("one", 400, "light"), ("one", 720, "light")], indirect=True
)
def test_cards_stand_below_their_words_where_it_is_narrow(opened: Opened) -> None:
    page = opened.page
    row = page.locator(".g-row.g-has").first

    words, card = (
        row.locator(".g-words").bounding_box(),
        row.locator(".g-card").first.bounding_box(),
    )

    assert words is not None
    assert card is not None
    assert card["y"] >= words["y"] + words["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_cards_stand_beside_their_words_where_it_is_wide(opened: Opened) -> None:
    row = opened.page.locator(".g-row.g-has").first

    words, card = (
        row.locator(".g-words").bounding_box(),
        row.locator(".g-card").first.bounding_box(),
    )

    assert words is not None
    assert card is not None
    assert card["x"] >= words["x"] + words["width"]
    assert abs(card["y"] - words["y"]) < 20


@pytest.mark.parametrize("opened", [("tables", 1440, "light")], indirect=True)
def test_beside_a_long_table_both_the_card_and_its_words_are_in_sight(opened: Opened) -> None:
    page = opened.page

    for _ in range(page.locator(".g-text .g-card").count()):
        page.keyboard.press("n")
        hit = ".g-wrong" if page.locator(".g-wrong").count() else ".g-hit"
        for wanted in (".g-card.g-on .g-pick", hit):
            box = page.locator(wanted).first.bounding_box()
            assert box is not None
            assert 40 < box["y"] < 880


@pytest.mark.parametrize("opened", [("two", 1440, "light")], indirect=True)
def test_reports_of_a_set_lead_to_one_another(opened: Opened) -> None:
    page = opened.page
    far = page.locator("a[data-far]").first

    target = far.get_attribute("href")

    assert target == "#" + (far.get_attribute("data-far") or "")
    page.locator(".gouji-files a").nth(1).click()
    page.locator('.gouji-report >> nth=1 >> [data-do="next"]').click()
    inside = page.locator(".gouji-report").nth(1).locator(".g-on")
    assert inside.count() == 1
    assert page.locator(".gouji-report").nth(0).locator(".g-on").count() == 0


def test_prints_all_of_it_without_the_buttons(opened: Opened) -> None:
    report = check(EXAMPLES / NAMES[0])

    data = opened.page.pdf(prefer_css_page_size=True)

    printed = PdfReader(io.BytesIO(data))
    text = "".join(page.extract_text() for page in printed.pages)
    flat = "".join(text.split())
    width, height = printed.pages[0].mediabox.width, printed.pages[0].mediabox.height
    assert (round(width), round(height)) in {(594, 841), (595, 842), (594, 842), (595, 841)}
    assert all(one.fingerprint in flat for one in report.findings)
    sums = [fix.because for one in report.findings for fix in one.repairs if "÷" in fix.because]
    assert len(sums) > 3
    assert all("".join(one.split()) in flat for one in sums)
    assert "只看有问题的段落" not in flat


def test_a_fragment_works_in_a_page_with_a_strict_policy(browser: Browser) -> None:
    report = check(EXAMPLES / NAMES[0])
    held = (
        '<!DOCTYPE html><link rel="stylesheet" href="/report.css">'
        + "".join(f'<script src="/{name}" defer></script>' for name in SCRIPTS)
        + str(view(report, LANGUAGES["zh"]))
    )
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'",
    }
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda told: faults.append(told.text))
    page.on("pageerror", lambda error: faults.append(str(error)))

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        if name in (*STYLES, *SCRIPTS):
            route.fulfill(body=static(name), content_type=f"{kind}; charset=utf-8")
        else:
            route.fulfill(body=held, headers=headers)

    page.route("http://page.test/**", answer)
    page.goto("http://page.test/")
    page.locator(".g-pick").first.click()
    page.locator(".g-text .f.bad").first.click()

    assert faults == []
    assert page.locator(".g-hit").count() > 1
    assert page.locator(".g-panel").is_visible()
    assert (
        page.locator(".g-group").first.evaluate("(one) => getComputedStyle(one).display")
        == "grid"
    )
    assert faults == []
    context.close()


def test_works_without_its_script(browser: Browser, pages: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto((pages / "one.html").as_uri())

    assert page.locator(".g-card").first.is_visible()
    assert page.locator(".g-tools").is_hidden()
    assert "要允许网页运行脚本" in page.locator("noscript").first.inner_text()
    context.close()


@pytest.mark.parametrize("opened", [("two", 1440, "light")], indirect=True)
def test_a_figure_tells_what_it_was_compared_with_in_the_other_file(opened: Opened) -> None:
    page = opened.page
    book = page.locator(".gouji-report").nth(1)
    alone = book.locator(".f.bad[data-f]:not([data-of]):not(:has([data-of]))")

    alone.first.click()

    panel = book.locator(".g-panel")
    listed = panel.locator(".g-listed a")
    assert (listed.first.text_content() or "").startswith("问题列在 ")
    assert NAMES[0] in (listed.first.text_content() or "")
    target = (listed.first.get_attribute("href") or "").removeprefix("#")
    assert page.locator(".gouji-report").first.locator(f'[id="{target}"]').count() == 1
    assert any(NAMES[0] in words for words in panel.locator(".g-far").all_text_contents())
