"""Takes docs/local-page.png, the picture of the local page: `python docs/page_picture.py`.

Needs Chromium and `gouji[web,test]`. The broken example is dropped on the page as its user
would do it; the picture shows the sentence that started gouji and what is said of it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "making")]

from browser import opened  # noqa: E402 - found through the path above
from served import serving  # noqa: E402

EXAMPLE = ROOT / "examples" / "broken" / "final_accounts.docx"
TITLE = "增减与升降方向相反"


def main() -> None:
    """Take the picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as server,
        opened() as browser,
    ):
        page = browser.new_page(viewport={"width": 1240, "height": 600}, locale="zh-CN")
        page.goto(server.url)
        page.get_by_test_id("drop-input").set_input_files([EXAMPLE])
        page.get_by_test_id("outcome").wait_for(timeout=60_000)
        card = page.locator(".g-card").filter(has_text=TITLE)
        card.locator(".g-pick").click()
        card.get_by_text("确认", exact=True).click()
        page.evaluate("e => e.scrollIntoView({block: 'center'})", card.element_handle())
        page.wait_for_timeout(600)
        page.screenshot(path=ROOT / "docs" / "local-page.png")


if __name__ == "__main__":
    main()
