"""SARIF from end to end: every broken example, every kind of file, held against the standard."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import jsonschema
import pytest
from click.testing import CliRunner
from pdf_drawing import Drawing
from sarif_rules import edited, faults, official_schema

from validator.cli import main
from validator.run import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

BROKEN = Path(__file__).parents[2] / "examples" / "broken"
EXAMPLES = sorted(p.name for p in BROKEN.iterdir() if not p.name.endswith(".expected.yaml"))
HEAD = "云岭县水务局2022年度部门决算\n一、收入决算情况说明\n"
WRONG = "本年收入合计100.00万元，其中：财政拨款收入80.00万元，占90%。"
SPACED = "报 告/决算#1 50%.txt"
FACES = f"{HEAD}😀𠮷{WRONG}\n".replace("\n", "\r\n")
TEXTS = (".txt", ".md", ".yaml")


def gouji(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", *args])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working folder with all examples and a file of every other kind."""
    place = tmp_path_factory.mktemp("sarif")
    for name in EXAMPLES:
        shutil.copy(BROKEN / name, place / name)
    for name in ("final_accounts.docx", "final_accounts_tables.xlsx"):
        (place / "成套").mkdir(exist_ok=True)
        shutil.copy(BROKEN / name, place / "成套" / name)
    (place / "报 告").mkdir()
    (place / SPACED).write_bytes(b"\xef\xbb\xbf" + FACES.encode())
    (place / "报 告" / "老.md").write_bytes(f"# {HEAD}{WRONG}\n".encode("gb18030"))
    with zipfile.ZipFile(place / "包.zip", "w") as archive:
        archive.writestr("说明.txt", HEAD + WRONG)
    (place / "坏.docx").write_bytes(b"PK\x03\x04 not a file of Word")
    body = "".join(f"<p>{line}</p>" for line in (HEAD + WRONG).split("\n"))
    (place / "网页.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    drawing = Drawing()
    for line in (HEAD + WRONG).split("\n"):
        drawing.line(line)
    drawing.canvas.save()
    (place / "印.pdf").write_bytes(drawing.raw.getvalue())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        yield place


@pytest.fixture(scope="module")
def logs(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The SARIF log and the JSON report of one run over everything."""
    gouji(
        ".",
        "final_accounts.records.yaml",
        "--format",
        "sarif:out.sarif",
        "--format",
        "json:out.json",
    )
    return (
        json.loads((folder / "out.sarif").read_bytes()),
        json.loads((folder / "out.json").read_bytes()),
    )


def texts(folder: Path) -> dict[str, str]:
    """Text files by URI."""
    files = [p for p in folder.rglob("*") if p.suffix in TEXTS]
    found = {quote(p.relative_to(folder).as_posix()): p.read_bytes() for p in files}
    encoding = {name: "gb18030" if name.endswith(".md") else "utf-8-sig" for name in found}
    return {name: data.decode(encoding[name]) for name, data in found.items()} | {
        quote("包.zip/说明.txt"): HEAD + WRONG
    }


def of_file(log: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [one for one in log["runs"][0]["results"] if file_of(one) == name]


def file_of(result: dict[str, Any]) -> str:
    return unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_broken_example_holds_to_the_standard(folder: Path, name: str) -> None:
    log = json.loads(gouji(name, "--format", "sarif").stdout)

    assert log["runs"][0]["results"]
    assert faults(log, texts(folder)) == []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_broken_example_holds_to_the_official_schema(name: str) -> None:
    log = json.loads(gouji(name, "--format", "sarif").stdout)

    jsonschema.Draft7Validator(official_schema()).validate(log)


def test_a_run_over_everything_holds_to_the_standard(
    folder: Path, logs: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    log, _ = logs

    assert faults(log, texts(folder)) == []
    assert {Path(file_of(one)).suffix for one in log["runs"][0]["results"]} == {
        ".docx", ".html", ".md", ".pdf", ".txt", ".xlsx", ".yaml",
    }  # fmt: skip


def test_a_run_over_everything_holds_to_the_official_schema(
    logs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    jsonschema.Draft7Validator(official_schema()).validate(logs[0])


def test_says_the_same_as_the_json_report(
    logs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    log, report = logs
    (run,) = log["runs"]
    documents = report["documents"]

    assert [unquote(a["location"]["uri"]) for a in run["artifacts"]] == [
        document["path"] for document in documents
    ]
    assert [
        (r["ruleId"], r["level"], file_of(r), r["partialFingerprints"]["gouji/v1"])
        for r in run["results"]
    ] == [
        (f["rule"], f["severity"], document["path"], f["fingerprint"])
        for document in documents
        for f in document["findings"]
    ]
    for result, finding in zip(
        run["results"], (f for d in documents for f in d["findings"]), strict=True
    ):
        places = [*result["locations"], *result.get("relatedLocations", [])]
        assert [place["properties"]["role"] for place in places] == [
            evidence["role"] for evidence in finding["evidence"]
        ]
        assert finding["message"] in result["message"]["text"]
    assert run["properties"]["verdict"] == report["verdict"]
    assert run["properties"]["coverage"]["ratio"] == report["summary"]["coverage"]


def test_regions_count_code_points_of_the_file_itself(
    logs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    log, _ = logs
    (result,) = of_file(log, SPACED)
    place = result["locations"][0]["physicalLocation"]
    line = FACES.split("\r\n")[2]

    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    assert place["artifactLocation"]["uri"] == (
        "%E6%8A%A5%20%E5%91%8A/%E5%86%B3%E7%AE%97%231%2050%25.txt"
    )
    words = place["region"]["snippet"]["text"]
    assert "90%" in words
    assert place["region"]["startLine"] == 3
    assert place["region"]["startColumn"] == line.index(words) + 1
    assert place["region"]["charOffset"] == FACES.index(words)


def test_places_outside_text_files_have_names_and_no_lines(
    logs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    log, _ = logs
    named = {
        name: {place["fullyQualifiedName"] for place in one["locations"][0]["logicalLocations"]}
        for name in ("网页.html", "印.pdf", "final_accounts_tables.xlsx")
        for one in of_file(log, name)[:1]
    }

    assert named["网页.html"] == {"一、收入决算情况说明/第3段"}
    assert named["印.pdf"] == {"一、收入决算情况说明/第1页第3段"}
    assert all("!" in name for name in named["final_accounts_tables.xlsx"])
    (printed,) = of_file(log, "印.pdf")
    assert printed["locations"][0]["properties"]["page"] == 1
    assert "第1页第3段：" in printed["message"]["text"]
    assert printed["partialFingerprints"]["primaryLocationLineHash"]


def test_evidence_in_another_file_of_the_set_is_placed_there(
    logs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    log, report = logs
    (document,) = (d for d in report["documents"] if d["path"] == "成套/final_accounts.docx")
    elsewhere = sum(
        e.get("path") is not None for f in document["findings"] for e in f["evidence"]
    )
    placed = Counter(
        unquote(place["physicalLocation"]["artifactLocation"]["uri"])
        for result in of_file(log, "成套/final_accounts.docx")
        for place in result.get("relatedLocations", [])
    )

    assert elsewhere
    assert placed["成套/final_accounts_tables.xlsx"] == elsewhere


def test_fixes_are_the_repairs_and_can_be_made(
    folder: Path, logs: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    log, report = logs
    contents = texts(folder)
    findings = (
        (document, finding)
        for document in report["documents"]
        for finding in document["findings"]
    )
    made = 0
    for result, (document, finding) in zip(log["runs"][0]["results"], findings, strict=True):
        if document["format"] not in ("txt", "md") or ".zip/" in document["path"]:
            assert "fixes" not in result
            told = result["properties"].get("repairs", [])
            assert [one["with"] for one in told] == [r["with"] for r in finding["repairs"]]
            continue
        text = contents[quote(document["path"])]
        assert [edited(text, fix) for fix in result.get("fixes", [])] == [
            text[: repair["start"]] + repair["with"] + text[repair["end"] :]
            for repair in finding["repairs"]
        ]
        made += len(finding["repairs"])
    assert made > 20


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.endswith(".txt")])
def test_a_fix_mends_its_problem(
    folder: Path, logs: tuple[dict[str, Any], dict[str, Any]], name: str
) -> None:
    result = next(one for one in of_file(logs[0], name) if "fixes" in one)
    mended = edited(texts(folder)[name], result["fixes"][0])

    left = check(mended.encode(), name=name)

    found = {one.fingerprint for one in left.findings}
    assert result["partialFingerprints"]["gouji/v1"] not in found


def test_what_was_not_checked_fails_the_run(
    logs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    (run,) = logs[0]["runs"]
    (invocation,) = run["invocations"]
    (told,) = (n for n in invocation["toolExecutionNotifications"] if n["level"] == "error")

    assert told["descriptor"]["id"] == "unreadable"
    where = told["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(run["artifacts"][where["index"]]["location"]["uri"]) == "坏.docx"
    assert not invocation["executionSuccessful"]
    assert invocation["exitCode"] == 2
    assert "1个文件读不了" in invocation["exitCodeDescription"]


def test_too_little_checked_and_what_could_not_be_used_are_told(folder: Path) -> None:
    (folder / "坏包").mkdir(exist_ok=True)
    (folder / "坏包" / "pack.yaml").write_text("id: X\nfoo: 1\n", encoding="utf-8")
    packs = [str(folder / "坏包"), str(folder.parent / "没有的包")]
    log = json.loads(
        gouji(
            "budget.txt", "--min-coverage", "1", "--rules", packs[0], "--rules", packs[1],
            "--format", "sarif",
        ).stdout
    )  # fmt: skip
    (invocation,) = log["runs"][0]["invocations"]

    assert faults(log, texts(folder)) == []
    assert [n["descriptor"]["id"] for n in invocation["toolExecutionNotifications"]] == ["thin"]
    bad, missing = invocation["toolConfigurationNotifications"]
    assert bad["descriptor"]["id"] == missing["descriptor"]["id"] == "refused"
    assert bad["message"]["text"].startswith("坏包/pack.yaml:2:1 ")
    assert "“坏包”" in bad["message"]["text"]
    assert "“没有的包”" in missing["message"]["text"]
    assert str(folder.parent) not in json.dumps(log, ensure_ascii=False)


def test_files_elsewhere_are_shown_without_their_folders(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outside = gouji(str(folder / SPACED), "--format", "sarif").stdout
    monkeypatch.chdir(folder / "成套")
    above = gouji(f"../{SPACED}", "--format", "sarif").stdout
    monkeypatch.chdir(folder)
    below = gouji(str(folder / SPACED), f"./报 告/../{SPACED}", "--format", "sarif").stdout

    assert str(folder) not in outside + above + below
    assert [a["location"] for a in json.loads(outside)["runs"][0]["artifacts"]] == [
        {"uri": quote(Path(SPACED).name), "index": 0}
    ]
    assert [a["location"] for a in json.loads(above)["runs"][0]["artifacts"]] == [
        {"uri": f"../{quote(SPACED)}", "index": 0}
    ]
    assert [a["location"] for a in json.loads(below)["runs"][0]["artifacts"]] == [
        {"uri": quote(SPACED), "uriBaseId": "%SRCROOT%", "index": index} for index in (0, 1)
    ]


@pytest.mark.usefixtures("folder")
def test_the_same_run_gives_the_same_bytes() -> None:
    words = ["budget.txt", "包.zip", "印.pdf", "--format", "sarif"]

    assert gouji(*words).stdout_bytes == gouji(*words).stdout_bytes


@pytest.mark.usefixtures("folder")
def test_a_clean_run_has_results_and_no_rules() -> None:
    Path("对.txt").write_text(HEAD + WRONG.replace("90%", "80%"), encoding="utf-8")

    (run,) = json.loads(gouji("对.txt", "--format", "sarif", "--lang", "en").stdout)["runs"]

    assert run["results"] == run["tool"]["driver"]["rules"] == []
    assert run["invocations"][0]["executionSuccessful"]
    assert run["invocations"][0]["exitCodeDescription"] == "Verdict: nothing found."
