"""Records files: what is read where, and what is refused how."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from validator.document import BlockKind
from validator.errors import UnreadableDocument
from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.document import Document

YAML = """\
# 水务局
schema: gouji.records/1
kind: final_accounts
entity: 云岭县水务局
year: 2020
facts:
  - {item: 三公经费, value: "26.90", basis: 预算}
  - item: car
    value: 1503.50   # 印出的末位零
    form: summary
"""
JSON = """\
{
\t"facts": [
\t\t{"item": "\\u4e09公经费", "value": "26.90", "basis": "预算", "unit": null},
\t\t{"item": "car", "value": 1503.50, "form": "summary"}
\t],
\t"kind": "部门决算", "year": 2020, "entity": "云岭县水务局",
\t"schema": "gouji.records/1"
}
"""
CSV = """\
# schema: gouji.records/1
# kind: final_accounts
# entity：云岭县水务局
# year: 2020
科目,数值,口径,表
三公经费,26.90,预算,
"car","1503.50",,summary
公务接待费,,,
"""
SAME = {"a.yaml": YAML, "a.json": JSON, "a.csv": CSV, "upload": CSV, "a.txt": JSON}


def read(text: str, name: str = "a.yaml", encoding: str = "utf-8") -> Document:
    return read_bytes(text.encode(encoding), name)


def refused(text: str, name: str = "a.yaml") -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(text, name)
    return str(caught.value)


@pytest.mark.parametrize("name", SAME)
def test_one_content_in_every_form(name: str) -> None:
    document = read(SAME[name], name)
    (told,) = document.records

    assert document.format == "records"
    assert document.text == SAME[name]
    assert (told.kind, told.entity, told.year, told.unit) == (
        "final_accounts", "云岭县水务局", 2020, "万元",
    )  # fmt: skip
    assert [(r.item, r.value, r.basis, r.form) for r in told.records] == [
        ("三公经费", "26.90", "budget", ""),
        ("car", "1503.50", "", "summary"),
    ]


@pytest.mark.parametrize("name", SAME)
def test_quotes_are_the_characters_of_the_file(name: str) -> None:
    document = read(SAME[name], name)
    records = document.records[0].records

    assert [document.quote(r.span) for r in records] == ["26.90", "1503.50"]
    assert document.quote(records[1].item_span) == "car"
    assert [document.line_of(r.span.start) for r in records] == [r.line for r in records]
    assert {b.kind for b in document.blocks} == {BlockKind.RECORD}
    for block, record in zip(document.blocks, records, strict=True):
        assert block.span.start <= record.item_span.start
        assert record.span.end <= block.span.end


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.csv", "upload"])
def test_encodings(name: str, encoding: str) -> None:
    document = read(SAME[name], name, encoding)

    assert document.text == SAME[name]
    assert document.records[0].entity == "云岭县水务局"


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.csv"])
def test_line_ends_of_windows(name: str) -> None:
    document = read(SAME[name].replace("\n", "\r\n"), name)
    records = document.records[0].records

    assert [document.quote(r.span) for r in records] == ["26.90", "1503.50"]
    assert [document.quote(r.item_span)[-3:] for r in records][1] == "car"


def test_manual_that_quotes_a_file_is_no_records_file() -> None:
    assert read(f"# 用法\n\n把数写成这样：\n\n{YAML}", "docs.md").format == "md"


def test_year_of_the_file_is_the_latest_of_its_records() -> None:
    text = "item,value,year,kind\ncar,1.00,2019,决算\ncar,2.00,2020,决算\n"

    assert read(text, "a.csv").records[0].year == 2020


def edited(old: str, new: str) -> str:
    assert old in YAML
    return YAML.replace(old, new)


BAD = {
    "unknown-key": (
        edited("basis", "bases"),
        "第7行第34列：没有“bases”这个键（是否指 basis？）",
    ),
    "unknown-top-key": (edited("entity", "enttiy"), "第4行第1列：没有“enttiy”"),
    "missing-value": (edited("    value: 1503.50", "    label: x"), "第8行第5列：缺少 value"),
    "missing-kind": (edited("kind: final_accounts\n", ""), "缺少 kind"),
    "wrong-kind": (edited("final_accounts", "final_acounts"), "是否指 final_accounts？"),
    "wrong-basis": (edited("预算}", "预祘}"), "basis 不能是“预祘”"),
    "wrong-schema": (edited("records/1", "records/9"), "schema 不能是“gouji.records/9”"),
    "wrong-unit": (edited("year: 2020", "year: 2020\nunit: 万"), "unit 不能是“万”"),
    "wrong-year": (edited("year: 2020", "year: 20"), "year 应是四位年份"),
    "number-as-unit": (edited("form: summary", "unit: 503.50"), "unit 应是单位"),
    "list-as-value": (edited("1503.50 ", "[1] "), "第9行第12列：value 应是文字或数字"),
    "twice": (edited("    form: summary", "    item: x"), "“item”写了两次"),
    "no-facts": (edited("facts:\n", "facts: []\nx:\n"), "facts 里没有一条记录"),
    "facts-are-no-list": (f"{YAML.split('facts', maxsplit=1)[0]}facts: 5\n", "facts 应是列表"),
    "several": (edited("# 水务局", "# 水务局") + "---\na: 1\n", "只能有一份内容"),
    "alias": (edited("value: 1503.50", "value: *x"), "不支持 YAML 引用"),
    "anchor": (edited("value: 1503.50", "value: &x 1"), "不支持 YAML 锚点"),
    "tag": (edited("value: 1503.50", "value: !!float 1"), "不支持 YAML 标签"),
    "deep": (edited("value: 1503.50", f"value: {'[' * 500}"), "套得太深"),
    "block-text": (edited("value: 1503.50   # 印出的末位零", "value: |\n      1"), "写了几行"),
    "tab": (edited("    value: 15", "\tvalue: 15"), "不是有效的 YAML"),
    "no-values": (YAML.replace('"26.90"', "null").replace("1503.50", "''"), "没有一个数"),
    "no-year": (edited("year: 2020\n", ""), "没有写年度"),
    "no-schema": ("kind: budget\n", "最外层没有 schema: gouji.records/1"),
    "others-yaml": ("a: &x 1\nb: [*x\n", "最外层没有 schema"),
    "words": ("只是文字", "最外层没有 schema"),
    "empty": (" \n", "空的"),
}


@pytest.mark.parametrize(("text", "what"), BAD.values(), ids=BAD)
def test_yaml_that_is_refused(text: str, what: str) -> None:
    assert what in refused(text)


BAD_JSON = {
    "unclosed": (JSON[:-3], "内容不完整"),
    "unclosed-words": (JSON.replace('"car"', '"car'), "第4行"),
    "twice": (JSON.replace('"year": 2020', '"kind": "x"'), "“kind”写了两次"),
    "comma": (JSON.replace('"summary"}', '"summary",}'), "多了逗号"),
    "no-comma": (JSON.replace("},", "}"), "这里应是逗号或“]”"),
    "no-colon": (JSON.replace('"year":', '"year"'), "少了冒号"),
    "bare-key": (JSON.replace('"year"', "year"), "加引号的键"),
    "bare-word": (
        JSON.replace("1503.50", "abc"),
        "第4行第28列：不是有效的 JSON，这里应是一个值",
    ),
    "not-a-number": (JSON.replace("1503.50", "NaN"), "这里应是一个值"),
    "half-a-character": (JSON.replace("\\u4e09", "\\ud800"), "转义符不对"),
    "after-the-end": (JSON + "{}", "数据到这里已经结束"),
    "truth": (JSON.replace("1503.50", "true"), "value 应是文字或数字"),
    "deep": (JSON.replace("1503.50", "[" * 5000), "套得太深"),
    "others-broken": ('{"a": ', "最外层没有 schema"),
    "other-report": ('{"schema": "gouji.report/1", "documents": []}', "最外层没有 schema"),
    "other": ('{"name": "x"}', "最外层没有 schema"),
    "list": ("[1, 2]", "最外层没有 schema"),
}


@pytest.mark.parametrize(("text", "what"), BAD_JSON.values(), ids=BAD_JSON)
def test_json_that_is_refused(text: str, what: str) -> None:
    assert what in refused(text, "a.json")


BAD_CSV = {
    "other-table": ("姓名,年龄\n甲,3\n", "要有“科目”（item）和“数值”（value）两栏"),
    "report-in-disguise": ("收入合计100万元。\n", "要有“科目”"),
    "no-kind": ("科目,数值\ncar,1\n", "缺少 kind；请在表头上方写一行“# kind: …”"),
    "thousands": (CSV.replace("26.90,预算,", "1,503.50,预算,"), "第6行第1列：这一行有 5 格"),
    "unknown-head": (CSV.replace("口径", "囗径"), "没有“囗径”这个键"),
    "head-twice": (CSV.replace("口径", "数值"), "“value”写了两次"),
    "two-offices": (
        "科目,数值,部门,报告类型,年度\ncar,1,甲局,决算,2020\ncar,1,乙局,决算,2020\n",
        "这里是“乙局”，前面是“甲局”",
    ),
    "no-item": (CSV.replace("三公经费,", ","), "缺少 item"),
    "unclosed": (CSV.replace('"car",', '"car,'), "第7行"),
}


@pytest.mark.parametrize(("text", "what"), BAD_CSV.values(), ids=BAD_CSV)
def test_csv_that_is_refused(text: str, what: str) -> None:
    assert what in refused(text, "a.csv")


def test_many_records_are_read_quickly() -> None:
    facts = [{"item": "car", "value": f"{n}.00"} for n in range(20_000)]
    text = json.dumps(
        {"schema": "gouji.records/1", "kind": "unknown", "year": 2020, "facts": facts}
    )

    begin = time.process_time()
    document = read(text, "a.json")

    assert len(document.records[0].records) == 20_000
    assert time.process_time() - begin < 20
    assert "太多，最多 50000 条" in refused(
        text.replace('"facts": [', '"facts": [' + '{"item": "car", "value": "1"},' * 30_001),
        "a.json",
    )
