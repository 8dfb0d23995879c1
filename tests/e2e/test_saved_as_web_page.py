"""The examples saved as web pages by LibreOffice tell the same as the Word files.

A page cannot carry everything: the data behind a chart become a picture, and the form of an
automatic number is lost（一、 becomes 1. in a list）. The examples have neither.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.run import check

if TYPE_CHECKING:
    from validator.findings import Report

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = ("clean", "broken")
KINDS = ("final_accounts", "budget", "performance", "execution_report")
OFFICE = shutil.which("soffice")
MENU = "".join(f'<li><a href="/{n}.html">栏目{n}</a></li>' for n in range(1, 9))
BEFORE = (
    f'<div id="top"><ul>{MENU}</ul></div><div>当前位置：<a href="/">首页</a> &gt; 信息公开</div>'
    '<div id="page"><table width="1000"><tr><td width="200"><h4>相关栏目</h4>'
    f'<ul>{MENU}</ul></td><td><div class="text">'
)
AFTER = (
    "</div><p>【打印】【关闭】</p></td></tr></table></div><div>联系我们 | 网站地图</div>"
    "<div>版权所有：云岭县人民政府</div>"
)

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice（soffice）is not installed: it saves the pages"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the saved pages."""
    made = tmp_path_factory.mktemp("pages")
    profile = tmp_path_factory.mktemp("profile").as_uri()
    for folder in FOLDERS:
        files = [str(EXAMPLES / folder / f"{kind}.docx") for kind in KINDS]
        options = ["--headless", f"-env:UserInstallation={profile}", "--convert-to", "html"]
        subprocess.run(
            [OFFICE or "", *options, "--outdir", str(made / folder), *files],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return made


def told(report: Report) -> list[tuple[str, list[str]]]:
    """Rule and quotes of each finding, blanks left out."""
    document = report.document
    assert document is not None, report.error
    return [
        (one.rule, [re.sub(r"\s", "", document.quote(e.span)) for e in one.evidence])
        for one in report.findings
    ]


def lines(report: Report) -> list[tuple[int, int, int, str]]:
    """Heading level, place in a table and words of each block, blanks left out."""
    document = report.document
    assert document is not None, report.error
    return [
        (block.level, block.row, block.column, re.sub(r"\s", "", document.quote(block.span)))
        for block in document.blocks
    ]


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("kind", KINDS)
def test_page_tells_what_the_word_file_tells(pages: Path, folder: str, kind: str) -> None:
    word = check(EXAMPLES / folder / f"{kind}.docx")
    page = check(pages / folder / f"{kind}.html")

    assert told(page) == told(word)
    assert lines(page) == lines(word)


@pytest.mark.parametrize("kind", KINDS)
def test_web_site_around_the_report_changes_nothing(
    pages: Path, tmp_path: Path, kind: str
) -> None:
    saved = (pages / "broken" / f"{kind}.html").read_text(encoding="utf-8")
    body = re.sub(
        r"(<body[^>]*>)(.*)(</body>)", rf"\1{BEFORE}\2{AFTER}\3", saved, flags=re.DOTALL
    )
    framed = tmp_path / "a.html"
    framed.write_text(body, encoding="gb18030", errors="xmlcharrefreplace")

    word = check(EXAMPLES / "broken" / f"{kind}.docx")

    assert told(check(framed)) == told(word)
