"""Draws docs/terminal.svg, the picture in the README: `python docs/picture.py`.

The sentence that started it, checked by the shipped rules and printed by the terminal
reporter; so the picture is what a user sees.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from validator.reporters.terminal import Terminal
from validator.reporters.words import LANGUAGES
from validator.run import check

SENTENCES = """七、“三公”经费财政拨款支出决算情况说明
2020年“三公”经费财政拨款支出决算为23.88万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费23.04万元，公务接待费0.84万元。
公务用车购置及运行维护费支出决算比2019年增加5.71万元，下降20%，主要原因是公务出行减少。
公务接待费全年预算数1.00万元，执行数为0.84万元，完成预算的0.84%。
"""


def main() -> None:
    """Check the sentences and draw what is printed."""
    report = check(SENTENCES.encode(), name="某县2020年度部门决算.txt")
    console = Console(
        record=True, width=88, file=io.StringIO(), highlight=False, markup=False, emoji=False
    )
    Terminal(console, LANGUAGES["zh"]).report(report)
    Path(__file__).with_name("terminal.svg").write_text(
        console.export_svg(title="gouji check"), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
