"""Records: no text whatever makes the reader fail; the unit that is printed changes nothing."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from validator.errors import UnreadableDocument
from validator.findings import Report, Status
from validator.readers import read_bytes
from validator.readers.records_model import BASES, KINDS, SCOPES
from validator.run import check

PIECES = (
    "schema: gouji.records/1\n", "kind: budget\n", "year: 2020\n", "facts:\n", "  - item: car\n", "    value: 1\n",
    "- {item: car, value: '1'}", "{", "}", "[", "]", ":", ",", '"', "'", "&a ", "*a", "!!x ", "|", ">", "---\n", "\t", "\n",
    " ", "#", "\\", "\\u12", "null", "1,5", "-", "?", "科目", "数值", "\ufeff", "\x85", "\u2028", "\x00", "\r", "%", "@", "`",
    '"schema": "gouji.records/1"', '"facts": [', '"item": "car"', '"value": 1e999', "# kind: budget\n", "item,value\n",
)  # fmt: skip
STARTS = (
    "schema: gouji.records/1\n",
    '{"schema": "gouji.records/1"',
    "# schema: gouji.records/1\n",
)
SUFFIXES = ("yaml", "json", "csv", "txt")


def check_any(text: str, suffix: str) -> None:
    """Only a refusal, or a document whose places are right."""
    try:
        document = read_bytes(text.encode("utf-8", "surrogatepass"), f"t.{suffix}")
    except UnreadableDocument:
        return
    ends = [block.span.end for block in document.blocks]
    assert ends == sorted(ends)
    for told in document.records:
        for record in told.records:
            block = document.block_at(record.span.start)
            assert block is not None
            assert record.span.end <= block.span.end <= len(document.text)
            assert record.line == document.line_of(record.span.start)
    if document.records:
        report = check(document.text.encode(), name=f"t.{suffix}")
        assert report.status is Status.CHECKED, report.trace


@given(st.sampled_from(STARTS), st.text(max_size=200), st.sampled_from(SUFFIXES))
def test_any_characters(start: str, text: str, suffix: str) -> None:
    check_any(start + text, suffix)


@given(
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(PIECES), max_size=40),
    st.sampled_from(SUFFIXES),
)
def test_pieces_in_any_order(start: str, pieces: list[str], suffix: str) -> None:
    check_any(start + "".join(pieces), suffix)


WORDS = (
    "car", "三公经费", "合计", "total", "2130301", "e30217", "213", "基本支出", "财政拨款收入", "收入总计", "支出总计",
    "一般公共预算财政拨款", "年初结转和结余", "summary", "fiscal_summary", "general", "three_public", "fund", "决算数",
    "总计", "其中：税收收入", "没有这个", " ", "（", "e", "0",
)  # fmt: skip
ITEMS = st.sampled_from(WORDS)
FACT = st.fixed_dictionaries(
    {"item": ITEMS, "value": st.sampled_from(("0", "1.00", "-2", "１，２３４．５", "9,9", "5万元", "3人", "12%", "无"))},
    optional={
        "form": ITEMS, "column": ITEMS, "unit": st.sampled_from(("元", "人", "%", "百分点")), "year": st.just("2019"),
        "basis": st.sampled_from(sorted(BASES)), "scope": st.sampled_from(sorted(SCOPES)),
    },
)  # fmt: skip


@given(st.lists(FACT, min_size=1, max_size=30), st.sampled_from(sorted(KINDS)))
def test_any_coordinates(facts: list[dict[str, str]], kind: str) -> None:
    told = {"schema": "gouji.records/1", "kind": kind, "year": 2020, "facts": facts}

    report = check(json.dumps(told).encode(), name="a.json")

    assert report.status is Status.CHECKED, report.trace
    assert report.document is not None
    assert report.reading is not None
    for figure in report.reading.figures:
        assert any(c.isdigit() for c in report.document.quote(figure.span))
    assert len(report.reading.figures) + len(report.reading.unread) >= len(facts)


NAMES = (
    "assets",
    "liabilities",
    "net_assets",
    "收入总计",
    "支出总计",
    "本年支出合计",
    "basic",
    "project",
)
UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
AMOUNTS = st.integers(min_value=0, max_value=10**9)


def verdicts(amounts: dict[str, int], unit: str) -> list[tuple[str, str]]:
    """Rules and verdicts for amounts in whole 元, printed to the 元 in a unit."""
    places = str(UNITS[unit]).count("0")
    facts = [
        {"item": item, "value": f"{(Decimal(amount) / UNITS[unit]):.{places}f}"}
        for item, amount in amounts.items()
    ]
    told = {
        "schema": "gouji.records/1",
        "kind": "final_accounts",
        "year": 2020,
        "unit": unit,
        "facts": facts,
    }
    report: Report = check(json.dumps(told).encode(), name="a.json")
    assert report.status is Status.CHECKED, report.error
    return sorted((f.rule, f.name) for f in report.findings)


@given(st.dictionaries(st.sampled_from(NAMES), AMOUNTS, min_size=2))
def test_restated_in_another_unit(amounts: dict[str, int]) -> None:
    """元 without decimals, 万元 with four, 亿元 with eight: the same digits, the same verdicts."""
    plain = verdicts(amounts, "元")

    assert verdicts(amounts, "万元") == plain
    assert verdicts(amounts, "亿元") == plain


@given(AMOUNTS, AMOUNTS, st.sampled_from(sorted(UNITS)))
def test_true_records_are_never_accused(debts: int, own: int, unit: str) -> None:
    amounts = {"assets": debts + own, "liabilities": debts, "net_assets": own}

    assert verdicts(amounts, unit) == []
