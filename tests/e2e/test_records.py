"""Records from file to finding: in every form, beside a report, and on the command line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from validator.findings import Report, Status
from validator.readers.records_model import render_schema
from validator.run import check, check_many, expand

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
NAME = "final_accounts.records.yaml"
PLANTED = [
    ("BAL001", ["1,573.80", "1,578.30"]),
    ("BAL006", ["8,412.36", "612.08", "7,080.28"]),
]


def content(folder: str) -> dict[str, Any]:
    text = (EXAMPLES / folder / NAME).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - strings only
    return loaded


def as_json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent="\t").encode()


def as_csv(told: dict[str, Any]) -> bytes:
    stream = io.StringIO()
    heads = ("科目", "数值", "口径", "资金范围", "表", "栏")
    keys = ("item", "value", "basis", "scope", "form", "column")
    stream.writelines(f"# {k}: {v}\n" for k, v in told.items() if k != "facts")
    writer = csv.writer(stream)
    writer.writerow(heads)
    writer.writerows([one.get(key, "") for key in keys] for one in told["facts"])
    return stream.getvalue().encode("gb18030")


def found(report: Report) -> list[tuple[str, list[str]]]:
    assert report.status is Status.CHECKED, report.error
    assert report.document is not None
    quote = report.document.quote
    return [(f.rule, [quote(e.span) for e in f.evidence]) for f in report.findings]


def test_clean_records_are_silent_and_checked() -> None:
    report = check(EXAMPLES / "clean" / NAME)

    assert found(report) == []
    assert report.coverage.checked > 0.9 * report.coverage.numbers
    assert report.reading is not None
    assert report.reading.unread == ()


def test_planted_errors_are_found_and_nothing_else() -> None:
    assert found(check(EXAMPLES / "broken" / NAME)) == PLANTED


@pytest.mark.parametrize(("folder", "wanted"), [("clean", []), ("broken", PLANTED)])
@pytest.mark.parametrize("make", [as_json, as_csv])
def test_json_and_csv_give_the_same_findings(make: Any, folder: str, wanted: Any) -> None:
    data = make(content(folder))

    assert found(check(data, name="a.csv" if make is as_csv else "a.json")) == wanted


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv"])
def test_report_and_its_records_are_judged_together(tmp_path: Path, suffix: str) -> None:
    told = content("broken")
    data = {".yaml": as_json, ".json": as_json, ".csv": as_csv}[suffix](told)
    records = tmp_path / f"records{suffix}"
    records.write_bytes(data)

    text, own = check_many([EXAMPLES / "clean" / "final_accounts.txt", records])

    # The text is right and the records are wrong: it is told where the wrong number stands.
    assert text.findings == ()
    (finding,) = [f for f in own.findings if "TBL009" in (f.rule, *f.consequences)]
    assert "BAL001" in (finding.rule, *finding.consequences)
    assert own.document is not None
    assert own.document.quote(finding.evidence[0].span) == "1,578.30"
    assert text.name in [e.document for e in finding.evidence]
    for report in (text, own):
        assert report.document is not None
        for evidence in (e for f in report.findings for e in f.evidence if not e.document):
            assert any(c.isdigit() for c in report.document.quote(evidence.span))


def test_report_and_true_records_agree() -> None:
    paths = [EXAMPLES / "clean" / "final_accounts.txt", EXAMPLES / "clean" / NAME]

    assert [found(report) for report in check_many(paths)] == [[], []]


def test_folders_leave_data_alone(tmp_path: Path) -> None:
    for name in ("package.json", "settings.yaml", "table.csv", "report.txt"):
        (tmp_path / name).write_text("收入合计100万元。", encoding="utf-8")

    assert [path.name for path in expand([tmp_path]).files] == ["report.txt"]


def test_unknown_names_are_told_in_the_right_file(tmp_path: Path) -> None:
    told = content("clean")
    told["facts"].append({"item": "没有的科目", "value": "1.00"})
    (tmp_path / "r.json").write_bytes(as_json(told))

    reports = list(check_many([EXAMPLES / "clean" / "final_accounts.txt", tmp_path / "r.json"]))

    lines = [line for r in reports if r.reading for line in r.reading.unread]
    assert len(lines) == 1
    assert "r.json" in lines[0]
    assert "没有的科目" in lines[0]


def gouji(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "validator", *words],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
    )  # fmt: skip


def test_command_line() -> None:
    done = gouji("check", f"examples/broken/{NAME}", "--format", "json", "--numbers")
    (document,) = json.loads(done.stdout)["documents"]
    lines = (EXAMPLES / "broken" / NAME).read_text(encoding="utf-8").splitlines()

    assert done.returncode == 1
    assert (document["format"], document["kind"], document["year"]) == (
        "records", "final_accounts", 2020,
    )  # fmt: skip
    for finding in document["findings"]:
        for evidence in finding["evidence"]:
            assert evidence["quote"] in lines[evidence["line"] - 1]
    assert len(document["numbers"]) == len(content("broken")["facts"])
    assert "第20行" in gouji("check", f"examples/broken/{NAME}").stdout
    assert gouji("check", f"examples/clean/{NAME}").returncode == 0


def test_examples_fit_the_published_schema() -> None:
    schema = json.loads(render_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    assert json.loads(gouji("schema", "records").stdout) == schema
    for folder in ("clean", "broken"):
        assert list(validator.iter_errors(content(folder))) == []
    assert list(validator.iter_errors({**content("clean"), "more": 1})) != []


def test_manual_shows_files_that_can_be_read() -> None:
    manual = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    samples = {
        form: manual.split(f"```{form}\n")[1].split("```")[0] for form in ("yaml", "csv")
    }

    for form, text in samples.items():
        report = check(text.encode(), name=f"a.{form}")
        assert found(report) == []
        assert report.reading is not None
        assert report.reading.unread == ()
    for key in json.loads(render_schema())["$defs"]["FactRecord"]["properties"]:
        assert f"| `{key}` |" in manual
