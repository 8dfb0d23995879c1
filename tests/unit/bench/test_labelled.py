"""Findings against labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from validator.bench.labelled import Labelled, compared, total
from validator.bench.labelled_page import page, rates
from validator.bench.labels import (
    Label,
    LabelFile,
    Mending,
    label_files,
    load_labels,
    render_schema,
    report_of,
)
from validator.bench.page import render
from validator.bench.rates import Rate
from validator.errors import RuleError, UsageError
from validator.findings import Severity
from validator.run import check

ROOT = Path(__file__).parents[3]
TEXT = (
    "云岭县水务局2023年度部门决算\n第二部分 2023年度部门决算情况说明\n一、支出决算情况说明\n"
    "2023年度本年支出合计100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元，占40.00%。\n"
    "公务接待费支出2.00万元，比2022年度增加1.00万元，下降33.33%。\n"
)
WRONG = {
    "quote": "增加1.00万元，下降33.33%",
    "severity": "error",
    "category": "change_direction",
    "repair": {"replace": "增加", "with": "减少"},
}
UNSEEN = {"quote": "部门决算情况说明", "severity": "info", "category": "other"}
HOLDS = {"quote": "占60.00%"}


def written(folder: Path, content: dict[str, Any], name: str = "甲.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    folder.joinpath("甲.txt").write_text(TEXT, encoding="utf-8")
    return path


def scored(folder: Path, **content: Any) -> Labelled:
    path = written(folder, content)
    labels = load_labels(path)
    return compared(check(report_of(path, labels, None)), labels)


def test_a_label_is_found_and_mended(tmp_path: Path) -> None:
    result = scored(tmp_path, findings=[WRONG, UNSEEN], consistent=[HOLDS])

    assert result.found[Severity.ERROR] == Rate(1, 1)
    assert result.found[Severity.NOTE] == Rate(0, 1)
    assert result.alarms == Rate(0, 1)
    assert result.repaired == Rate(1, 1)
    assert result.held == Rate(1, 1)
    assert (result.told, result.roots) == (1, 1)
    assert result.missed == ("info 部门决算情况说明",)


def test_a_finding_without_a_label_is_a_false_alarm(tmp_path: Path) -> None:
    result = scored(tmp_path)

    assert result.alarms == Rate(1, 1)
    assert "CHG001" in result.false[0]


def test_another_repair_is_none(tmp_path: Path) -> None:
    other = WRONG | {"repair": {"replace": "33.33%", "with": "50.00%"}}

    result = scored(tmp_path, findings=[other])

    assert result.repaired == Rate(0, 1)
    assert result.unmended == (WRONG["quote"],)


def test_an_ambiguous_label_counts_neither_way(tmp_path: Path) -> None:
    result = scored(tmp_path, findings=[WRONG | {"ambiguous": True}])

    assert result.found[Severity.ERROR] == Rate(0, 0)
    assert result.alarms == Rate(0, 1)


def test_labels_of_one_root_are_one_problem(tmp_path: Path) -> None:
    second = {"quote": "下降33.33%", "severity": "error", "category": "change_percent"}
    apart = scored(tmp_path, findings=[WRONG, second])
    together = scored(tmp_path, findings=[WRONG | {"root": "甲"}, second | {"root": "甲"}])

    assert (apart.roots, together.roots) == (2, 1)


def test_a_place_is_used_as_told(tmp_path: Path) -> None:
    start = TEXT.index("增加1.00万元")
    placed = WRONG | {"start": start, "end": start + len("增加1.00万元，下降33.33%")}

    assert scored(tmp_path, findings=[placed]).found[Severity.ERROR] == Rate(1, 1)
    with pytest.raises(ValueError, match="不在"):
        scored(tmp_path, findings=[placed | {"start": 3}])


def test_a_quote_that_is_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="找不到"):
        scored(tmp_path, findings=[WRONG | {"quote": "没有这句"}])


def test_reports_add_up(tmp_path: Path) -> None:
    one = scored(tmp_path, findings=[WRONG], consistent=[HOLDS])

    whole = total([one, one])

    assert whole.found[Severity.ERROR] == Rate(2, 2)
    assert rates(whole)["precision"] == Rate(2, 2)
    shown = render(page([one, one], "gouji bench", "sha256:0", listed=3), "table")
    assert "甲.txt" in shown
    assert "合计" in shown


def test_bundled_labels_are_all_found() -> None:
    paths = label_files((ROOT / "examples" / "broken",))
    results = []
    for path in paths:
        labels = load_labels(path)
        results.append(compared(check(report_of(path, labels, None)), labels))

    assert len(paths) == 4
    found = rates(total(results))["error"]
    assert found.hits == found.of > 30


def test_a_wrong_key_is_told_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, {"findings": [WRONG | {"serverity": "error"}]})

    with pytest.raises(RuleError, match="不认识的键“serverity”"):
        load_labels(path)


def test_labels_without_a_report_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, {"document": "乙.txt"})

    with pytest.raises(UsageError, match="--documents"):
        report_of(path, load_labels(path), None)


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有标注文件"):
        label_files((tmp_path,))
    with pytest.raises(UsageError, match="找不到"):
        label_files((tmp_path / "没有",))


def test_the_schema_takes_what_the_program_takes() -> None:
    content = {"schema": "gouji.labels/1", "findings": [WRONG, UNSEEN], "consistent": [HOLDS]}

    jsonschema.validate(content, json.loads(render_schema()))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"finding": []}, json.loads(render_schema()))


def test_every_key_is_explained() -> None:
    text = (ROOT / "docs" / "labels.md").read_text(encoding="utf-8")
    models = (LabelFile, Label, Mending)
    keys = {
        field.alias or name for model in models for name, field in model.model_fields.items()
    }

    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_the_example_of_the_manual_can_be_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "labels.md").read_text(encoding="utf-8")
    path = tmp_path / "甲.yaml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")

    assert [label.grave for label in load_labels(path).findings] == ["error", "warning"]
