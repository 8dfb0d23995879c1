"""What is a whole report: opening, body and closing with text, and nothing less."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from validator.engine.checks.chapters import Whole, chapters, whole_report
from validator.engine.outcome import Context
from validator.extract import understand
from validator.readers import read_bytes
from validator.run import shipped_rules

EXAMPLES = Path(__file__).parents[3] / "examples"
OPENING = "第一部分 部门概况\n负责林区管护。\n第二部分 2022年度部门决算情况说明\n"
BODY = """一、收入支出决算总体情况说明
收、支总计均为80.00万元。
二、收入决算情况说明
本年收入合计80.00万元。
三、支出决算情况说明
本年支出合计80.00万元。
四、财政拨款收入支出决算总体情况说明
财政拨款收、支总计均为80.00万元。
五、一般公共预算财政拨款支出决算情况说明
一般公共预算财政拨款支出80.00万元。
六、“三公”经费财政拨款支出决算情况说明
“三公”经费支出0万元。
七、政府性基金预算财政拨款支出决算情况说明
本年没有此项收支。
"""
CLOSING = "第三部分 名词解释\n基本支出：指保障机构正常运转的支出。\n"
LISTED = "".join(line + "\n" for line in BODY.splitlines() if line[1] == "、")
TABLES = "第二部分 2022年度部门决算表\n" + "".join(
    f"{number}、{name}\n{name}\n| 项目 | 金额 |\n| 合计 | 80.00 |\n"
    for number, name in zip(
        "一二三四五六",
        (
            "收入支出决算总表",
            "收入决算表",
            "支出决算表",
            "一般公共预算财政拨款支出决算表",
            "政府性基金预算财政拨款收入支出决算表",
            "“三公”经费支出决算表",
        ),
        strict=True,
    )
)


def context_of(text: str, *unread: str) -> Context:
    document = replace(read_bytes(text.encode(), "t.txt"), unread=unread)
    lexicon = shipped_rules().lexicon
    return Context(document, understand(document, lexicon), lexicon)


def whole_of(text: str) -> Whole | None:
    return whole_report(context_of(text))


OUTLINES = ("final_accounts", "budget", "performance")


@pytest.mark.parametrize("suffix", ["txt", "docx"])
@pytest.mark.parametrize("name", OUTLINES)
def test_the_examples_are_whole_reports(name: str, suffix: str) -> None:
    path = EXAMPLES / "clean" / f"{name}.{suffix}"
    document = read_bytes(path.read_bytes(), path.name)
    lexicon = shipped_rules().lexicon

    assert whole_report(Context(document, understand(document, lexicon), lexicon)) is not None


def test_body_lies_between_opening_and_closing() -> None:
    context = context_of("某局2022年度部门决算\n" + OPENING + BODY + CLOSING)
    whole = whole_report(context)

    assert whole is not None
    blocks = context.document.blocks
    assert context.document.quote(blocks[whole.start].span) == "第一部分 部门概况"
    assert context.document.quote(blocks[whole.end].span) == "第三部分 名词解释"


def test_annexes_below_the_closing_are_no_second_report() -> None:
    annex = "第四部分 附件\n附件1\n一、部门概况\n负责管护。\n二、绩效分析\n完成较好。\n"

    assert whole_of(OPENING + BODY + CLOSING + annex) is not None


@pytest.mark.parametrize(
    "text",
    [
        "2022年度公务接待费支出3.20万元。",
        BODY,
        OPENING + BODY,
        BODY + CLOSING,
        OPENING + CLOSING,
        OPENING + "\n".join(BODY.splitlines()[:6]) + "\n" + CLOSING,
        OPENING + LISTED + CLOSING,
        "目录\n第一部分 部门概况\n第二部分 决算情况说明\n" + LISTED + "第三部分 名词解释\n",
        OPENING + TABLES + CLOSING,
        TABLES,
        "附件1\n某局2022年度部门整体支出绩效自评报告\n一、部门概况\n负责管护。\n",
        CLOSING + BODY + OPENING,
        2 * (OPENING + BODY + CLOSING),
    ],
    ids=[
        "sentence",
        "body",
        "no closing",
        "no opening",
        "no body",
        "few sections",
        "headings without text",
        "contents",
        "tables with a glossary",
        "tables",
        "annex",
        "wrong order",
        "two reports in one file",
    ],
)
def test_less_or_more_is_not_a_whole_report(text: str) -> None:
    assert whole_of(text) is None


def test_a_file_that_was_not_read_to_the_end_is_not_whole() -> None:
    assert whole_report(context_of(OPENING + BODY + CLOSING, "第3页没有文字")) is None


def test_an_example_may_say_that_it_is_whole() -> None:
    context = replace(context_of("八、其他\n公务接待费0万元。"), whole=True)

    assert whole_report(context) is not None


def test_a_chapter_ends_where_its_level_comes_again() -> None:
    found = chapters(context_of("一、甲\n（一）乙\n有文字。\n（二）丙\n二、丁\n有文字。"))

    assert [(one.title, one.head, one.own, one.end, one.bare) for one in found] == [
        ("甲", 0, 1, 4, False),
        ("乙", 1, 3, 3, False),
        ("丙", 3, 4, 4, True),
        ("丁", 4, 6, 6, False),
    ]
