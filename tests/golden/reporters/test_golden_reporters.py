"""Reports made by hand against the bytes that we found right by eye.

After a wanted change, ``python -m tests.golden.reporters.test_golden_reporters`` writes the
files anew; review them as a diff.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from validator.document import Block, BlockKind, Cell, Document, Span, Table
from validator.facts import Figure, FigureKind, FundScope, ReportKind, Section, SectionRole
from validator.findings import (
    Category,
    Coverage,
    Evaluation,
    Evidence,
    FigureState,
    Finding,
    Gone,
    Repair,
    Report,
    SectionCoverage,
    Severity,
    Status,
    Verdict,
)
from validator.quantity import PERCENT, WAN, Quantity, Unit
from validator.reading import Reading
from validator.reporters import rendered
from validator.reporters.base import Look, RuleCard, Run
from validator.reporters.schema import render_schema
from validator.reporters.summary import Demands, FailOn, summarise
from validator.standing import Standing, Waiver
from validator.version import __version__

HERE = Path(__file__).parent
RULES = "sha256:" + "0" * 64
DIGEST = "sha256:" + "1" * 64
SUFFIXES = {
    "junit": ".junit.xml",
    "github": ".github.txt",
    "gitlab": ".gitlab.json",
    "csv": ".csv",
    "markdown": ".md",
    "html": ".html",
}
LINES = (
    "清河县档案馆2022年度部门决算",
    "一、公务用车情况说明",
    (
        "公务用车运行维护费支出12.00万元，比2021年增加3.00万元，下降20%，"
        "主要原因是按照有关规定严格控制公务用车出行次数，燃料费和维修费都有所减少。"
    ),
    "二、档案数字化情况说明",
    "项目\t金额\n扫描费\tXX万元",
)
TEXT = "\n".join(LINES)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def document() -> Document:
    cells = [at(words) for words in ("项目", "金额", "扫描费", "XX万元")]
    paragraphs = [
        Block(i, BlockKind.PARAGRAPH, at(s), line=i + 1) for i, s in enumerate(LINES[:4])
    ]
    blocks = [
        Block(4 + i, BlockKind.CELL, span, line=5 + i // 2, table=0, row=i // 2, column=i % 2)
        for i, span in enumerate(cells)
    ]
    grid = Table(
        0, tuple(Cell(i // 2, i % 2, s) for i, s in enumerate(cells)), ((0, 1), (2, 3))
    )
    unread = ("有嵌入的对象（如 Excel 表）没有读出",)
    return Document(
        "reports/甲.txt", "txt", DIGEST, TEXT, (*paragraphs, *blocks), (grid,), unread=unread
    )


def figure(number: int, words: str, value: str, unit: Unit, ignored: str = "") -> Figure:
    quantity = Quantity(Decimal(value), unit, Decimal("0.01"))
    return Figure(number, FigureKind.AMOUNT, quantity, at(words), 1, ignored)


def reading() -> Reading:
    starts = [0, at("一、").start, at("二、").start, len(TEXT)]
    sections = tuple(
        Section(
            i, title, Span(starts[i], starts[i + 1]), i and 1, -1, SectionRole.ACCOUNTS,
            FundScope.UNKNOWN,
        )
        for i, title in enumerate(("", "公务用车情况说明", "档案数字化情况说明"))
    )  # fmt: skip
    figures = (
        figure(0, "12.00万元", "12.00", WAN),
        figure(1, "2021", "2021", WAN, "年份"),
        figure(2, "3.00万元", "3.00", WAN),
        figure(3, "20%", "20", PERCENT),
    )
    return Reading(
        ReportKind.FINAL_ACCOUNTS, 2022, "清河县档案馆", "万元", sections, figures, (), ()
    )


def findings() -> tuple[Finding, ...]:
    direction = Finding(
        "CHG001",
        "change-words-disagree",
        "增减与升降方向相反",
        Category.CHANGE_DIRECTION,
        Severity.ERROR,
        "“增加3.00万元”与“下降20%”方向相反。",
        "3.00 ÷ (12.00 + 3.00) = 20.00%",
        (
            Evidence("rate", at("下降20%"), Decimal(20), "%"),
            Evidence("amount", at("增加3.00万元"), Decimal("3.00"), "万元"),
        ),
        (Repair(at("增加"), "减少", "3.00 ÷ 15.00 = 20.00%"),),
        ("CHG002",),
        "a" * 16,
    )
    doubt = Finding(
        "UNT003",
        "unit-does-not-fit",
        "单位可能不对",
        Category.UNIT_ERROR,
        Severity.WARNING,
        "“12.00万元”的单位与别处不同。",
        "",
        (Evidence("figure", at("12.00万元"), Decimal("12.00"), "万元"),),
        fingerprint="b" * 16,
    )
    residue = Finding(
        "TPL001",
        "placeholder-left",
        "占位符没有换成实际内容",
        Category.TEMPLATE_RESIDUE,
        Severity.NOTE,
        "残留占位符“XX万元”，应换成实际内容。",
        "",
        (Evidence("text", at("XX万元")),),
    )
    notes = tuple(
        Finding(**{name: getattr(residue, name) for name in Finding.__slots__})
        for _ in range(7)
    )
    return (doubt, direction, *notes)


def reports() -> list[Report]:
    direction = findings()[1]
    passed = Evaluation(
        "CHG003", "amount", Category.CHANGE_AMOUNT, Verdict.CONSISTENT,
        "15.00 − 12.00 = 3.00", (Evidence("amount", at("3.00万元"), Decimal("3.00"), "万元"),),
        (0, 2),
    )  # fmt: skip
    failed = Evaluation(
        "CHG001", "direction", direction.category, Verdict.INCONSISTENT,
        direction.computation, direction.evidence, (2, 3),
    )  # fmt: skip
    beside = Evaluation(
        "CHG006", "base", Category.CHANGE_PERCENT, Verdict.INAPPLICABLE, "", passed.evidence
    )
    checked = Report(
        "reports/甲.txt",
        Status.CHECKED,
        "txt",
        DIGEST,
        document=document(),
        reading=reading(),
        coverage=Coverage(4, 3, 1, 2, (SectionCoverage("公务用车情况说明", 3, 3),), 5, 3),
        findings=findings(),
        evaluations=(passed, failed, beside),
        states=(
            FigureState.CONSISTENT,
            FigureState.IGNORED,
            FigureState.INCONSISTENT,
            FigureState.UNCHECKED,
        ),
    )
    unreadable = Report("乙.docx", Status.UNREADABLE, error="文件有打开密码；请去掉密码")
    failing = Report(
        "丙.txt",
        Status.QUARANTINED,
        "txt",
        DIGEST,
        "程序自己出错（KeyError）",
        trace="KeyError: 1",
    )
    return [checked, unreadable, failing]


def gated() -> list[Report]:
    """The first report as a baseline and a waiver leave it."""
    doubt, direction, *notes = findings()
    waiver = Waiver("附表口径不同，已核实", "李四", date(2026, 12, 31), "gouji-waivers.yaml:3")
    marked = (
        replace(doubt, waiver=waiver, standing=Standing.NEW),
        replace(direction, standing=Standing.KNOWN),
        *(replace(note, standing=Standing.NEW) for note in notes[:1]),
    )
    gone = Gone("SHR001", "占比算错", Severity.ERROR, "占1.35%", "c" * 16)
    return [replace(reports()[0], findings=marked, gone=(gone,))]


def page(form: str, chosen: list[Report], look: Look, run: Run | None = None) -> str:
    return unversioned(rendered(form, chosen, run or Run(summarise(chosen), RULES, 2), look))


def strict(chosen: list[Report]) -> Run:
    """A run that demands more, with an option that could not be used."""
    demands = Demands(FailOn.WARNING, Decimal("0.8"), allow_unread=True)
    refused = ("规则包“地方”没有找到；请检查名称",)
    cards = {
        "CHG003": RuleCard(
            "CHG003", "amount", "增减额算错", Category.CHANGE_AMOUNT, Severity.ERROR
        )
    }
    total = summarise(chosen, demands, refused=len(refused))
    return Run(total, RULES, 2, cards, demands, refused)


def unversioned(text: str) -> str:
    for key in ("version", "semanticVersion"):
        text = text.replace(f'"{key}": "{__version__}"', f'"{key}": "0.0.0"')
    # Style and script of the page are files of their own; their digests stand in its policy.
    text = re.sub(r"<(style|script)>.*?</\1>", r"<\1>…</\1>", text, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]{44}", "sha256-…", text)


def pages() -> dict[str, str]:
    others = {
        f"{name}{suffix}": page(form, chosen, look, run)
        for form, suffix in SUFFIXES.items()
        for name, chosen, look, run in (
            ("report", reports(), Look(), None),
            ("strict.en", reports(), Look("en"), strict(reports())),
            ("gated", gated(), Look(), None),
        )
    }
    return others | {
        "report.json": page("json", reports(), Look(evaluations=True, numbers=True)),
        "short.json": page("json", reports()[:1], Look()),
        "gated.json": page("json", gated(), Look()),
        "gated.zh.txt": page("terminal", gated(), Look(colour=False)),
        "gated.en.txt": page("terminal", gated(), Look("en", colour=False)),
        "report.sarif": page("sarif", reports(), Look()),
        "gated.sarif": page("sarif", gated(), Look()),
        "gated.en.sarif": page("sarif", gated(), Look("en")),
        "schema.json": render_schema(),
        "terminal.zh.txt": page("terminal", reports(), Look(colour=False)),
        "terminal.en.txt": page(
            "terminal", reports(), Look("en", colour=False, all_notes=True)
        ),
    }


@pytest.mark.parametrize("name", sorted(pages()))
def test_writes_as_before(name: str) -> None:
    expected = (HERE / name).read_bytes().decode()

    assert pages()[name] == expected


@pytest.mark.parametrize("name", ["report.json", "short.json", "gated.json"])
def test_json_holds_to_its_schema(name: str) -> None:
    made: Any = json.loads(pages()[name])

    jsonschema.validate(made, json.loads(pages()["schema.json"]))


@pytest.mark.parametrize("name", ["report.sarif", "gated.sarif", "gated.en.sarif"])
def test_sarif_holds_to_the_standard(name: str) -> None:
    from sarif_rules import faults  # noqa: PLC0415 - pages need no tests

    made: Any = json.loads(pages()[name])

    assert faults(made, {"reports/%E7%94%B2.txt": TEXT}) == []


@pytest.mark.parametrize("name", ["report.sarif", "gated.sarif", "gated.en.sarif"])
def test_sarif_holds_to_its_schema(name: str) -> None:
    from sarif_rules import official_schema  # noqa: PLC0415 - pages need no tests

    made: Any = json.loads(pages()[name])

    jsonschema.Draft7Validator(official_schema()).validate(made)


def test_every_quote_is_the_text_at_its_place() -> None:
    made: Any = json.loads(pages()["report.json"])

    quoted = [
        (item["quote"], TEXT[item["start"] : item["end"]])
        for document_ in made["documents"]
        for group in (*document_["findings"], *document_["evaluations"])
        for item in group["evidence"]
    ]
    assert len(quoted) > 3
    assert all(quote == text for quote, text in quoted)


if __name__ == "__main__":
    for name_, text_ in pages().items():
        (HERE / name_).write_bytes(text_.encode())
