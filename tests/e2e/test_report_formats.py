"""Every format over every bundled broken report: its readers take it, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from lxml import etree
from markdown_it import MarkdownIt

from validator.cli import main
from validator.findings import Finding, Gone, Report, Severity, Status
from validator.reporters import rendered
from validator.reporters.base import Look, RuleCard, Run
from validator.reporters.missed import flat
from validator.reporters.places import shown_path
from validator.reporters.summary import Demands, FailOn, summarise
from validator.run import check, shipped_rules
from validator.standing import Standing, Waiver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXAMPLES = Path(__file__).parents[2] / "examples" / "broken"
FILES = tuple(
    path.name
    for path in sorted(EXAMPLES.iterdir())
    if path.suffix in (".txt", ".docx", ".xlsx")
)
FORMS = ("junit", "github", "gitlab", "csv", "markdown")
UNREADABLE = Report("乙 册.docx", Status.UNREADABLE, error="文件有打开密码；请去掉密码")
QUARANTINED = Report(
    "丙.txt", Status.QUARANTINED, error="程序自己出错（KeyError）", trace="x: 1"
)
HOSTILE = (
    "<script>alert(1)</script>|\r\n::error::x\n##[error]y\x00\x1b[31m\u202e\ud800 @all #1 !2 ~3 "
    "[x](http://a.b) ![y](z) `c` **d** https://e.f www.g.h i@j.k $l$ :tada: &amp; ]]> \"'%0A,:"
)


@cache
def example(name: str) -> Report:
    return replace(check(EXAMPLES / name), name=name)


def run_over(reports: Sequence[Report], demands: Demands | None = None, *refused: str) -> Run:
    demands = demands or Demands()
    rules = shipped_rules()
    cards = {rule.id: RuleCard.of(rule) for rule in rules.rules}
    total = summarise(reports, demands, refused=len(refused))
    return Run(total, rules.fingerprint, len(cards), cards, demands, refused)


def page(form: str, reports: Sequence[Report], run: Run | None = None) -> str:
    return rendered(form, reports, run or run_over(reports), Look())


def hostile() -> Report:
    """A report in which every word is written by somebody who means ill."""
    found = example("budget.txt")
    assert found.document is not None
    waiver = Waiver(HOSTILE, HOSTILE, date(2030, 1, 1), HOSTILE)
    bad = [
        replace(one, message=HOSTILE, computation=f"={HOSTILE}", title=HOSTILE)
        for one in found.findings
    ]
    first = bad[0].evidence[0].span
    text = found.document.text
    words = "<b>*x* [a](b) @q #1|"  # stands in the quotation of the first finding
    text = text[: first.start - len(words)] + words + text[first.start :]
    document = replace(found.document, text=text, unread=(HOSTILE,), _line_starts=())
    gone = Gone("SUM001", HOSTILE, Severity.ERROR, HOSTILE, "f" * 16)
    return replace(
        found,
        name=f"目录 一/{HOSTILE.replace('/', '')}.txt",
        document=document,
        findings=(*bad, replace(bad[0], rule="SUM999", waiver=waiver)),
        gone=(gone,),
    )


EVERY = [
    pytest.param([name], id=name) for name in FILES
] + [pytest.param([*FILES, "unreadable", "quarantined", "hostile"], id="all-together")]  # fmt: skip


def chosen(names: Sequence[str]) -> list[Report]:
    others = {"unreadable": UNREADABLE, "quarantined": QUARANTINED}
    return [
        hostile() if name == "hostile" else others.get(name) or example(name) for name in names
    ]


def counted(reports: Sequence[Report]) -> list[Finding]:
    return [one for report in reports for one in report.findings if one.counts]


# JUnit: what Jenkins' schema of test results (junit-10) allows, and what GitLab reads of it.

ALLOWED: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"testsuite"}, set(), {"name", "time", "tests", "failures", "errors"}),
    "testsuite": (
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
        {"name", "tests", "failures", "errors"},
        {
            "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log",
            "url",
        },
    ),
    "testcase": (
        {"skipped", "error", "failure", "system-out", "system-err"},
        {"name"},
        {"time", "classname", "group"},
    ),
    **{name: (set(), set(), {"type", "message"}) for name in ("skipped", "error", "failure")},
    "system-out": (set(), set(), set()),
}  # fmt: skip
"""Of each element: what may stand in it, the attributes it needs, those it may have."""
TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?")


def suites(text: str) -> Any:
    return etree.fromstring(text.encode())


def junit_faults(root: Any) -> Iterator[str]:
    if root.tag != "testsuites":
        yield f"root {root.tag}"
    for element in root.iter():
        inside, needed, free = ALLOWED[element.tag]
        attributes = set(element.attrib)
        if not needed <= attributes <= needed | free:
            yield f"{element.tag} has {sorted(attributes)}"
        if not {child.tag for child in element} <= inside:
            yield f"{element.tag} holds {[child.tag for child in element]}"
        if not TIME.fullmatch(element.get("time", "")):
            yield f"time {element.get('time')}"
        if element.tag in ("testsuite", "testsuites"):
            cases = list(element.iter("testcase"))
            counts = {"tests": len(cases)} | {
                name: sum(case.find(what) is not None for case in cases)
                for name, what in (("failures", "failure"), ("errors", "error"))
            }
            if {name: int(element.get(name)) for name in counts} != counts:
                yield f"{element.get('name')} miscounts"
    names = Counter((case.get("classname"), case.get("name")) for case in root.iter("testcase"))
    yield from (f"{name} twice" for name, count in names.items() if count > 1)
    if any(not all(name) for name in names):
        yield "a case without a name"


@pytest.mark.parametrize("names", EVERY)
def test_junit_is_what_its_readers_take(names: list[str]) -> None:
    root = suites(page("junit", chosen(names)))

    assert list(junit_faults(root)) == []
    assert len(root) == len(names)


@pytest.mark.parametrize("fail_on", list(FailOn))
def test_junit_fails_where_the_run_does(fail_on: FailOn) -> None:
    report = example("final_accounts.txt")
    grave = list(Severity)[: {"error": 1, "warning": 2, "note": 3, "never": 0}[fail_on]]
    wanted = {one.rule for one in report.findings if one.severity in grave}

    root = suites(page("junit", [report], run_over([report], Demands(fail_on))))

    failed = {case.get("name").split()[0] for case in root.iterfind(".//failure/..")}
    assert failed == wanted
    below = [one for one in report.findings if one.severity not in grave]
    passed = "".join(root.xpath("//testcase[not(failure)]/system-out/text()"))
    assert all(passed.count(f"指纹：{one.fingerprint}") == 1 for one in below)


def test_junit_fails_nothing_that_is_put_up_with() -> None:
    report = example("final_accounts.txt")
    demands = Demands(max_findings=len(report.findings))

    root = suites(page("junit", [report], run_over([report], demands)))

    assert root.get("failures") == "0"
    assert "容许不超过" in "".join(root.itertext())


def test_junit_passes_no_rule_that_is_broken() -> None:
    """A rule whose break is told at another one neither passes nor fails twice."""
    report = example("final_accounts.txt")
    broken = {e.rule for e in report.evaluations if e.verdict == "inconsistent"}
    told = {one.rule for one in report.findings}
    assert broken - told

    root = suites(page("junit", [report]))

    passed = {
        case.get("name").split()[0]
        for case in root.iter("testcase")
        if not {"failure", "error", "skipped"} & {child.tag for child in case}
    }
    assert len(passed) > 20
    assert broken & passed == {
        one.rule for one in report.findings if one.severity is not Severity.ERROR
    }
    skipped = {case.get("name").split()[0] for case in root.iterfind(".//skipped/..")}
    assert broken - told <= skipped


def test_junit_never_passes_what_was_not_checked() -> None:
    bare = replace(example("budget.txt"), coverage=replace(UNREADABLE.coverage))
    reports = [UNREADABLE, QUARANTINED, bare]

    root = suites(page("junit", reports, run_over(reports, None, "选项 --x 没有用上")))

    options, unreadable, quarantined, last = root
    assert [len(one.findall(".//error")) for one in (options, unreadable, quarantined)] == [
        1
    ] * 3
    assert [len(one) for one in (unreadable, quarantined)] == [1, 1]
    assert last.find("testcase[@name='数字核对率']/skipped") is not None


@pytest.mark.parametrize("allowed", [False, True])
def test_a_part_that_was_not_read_is_told_in_every_format(*, allowed: bool) -> None:
    found = example("budget.txt")
    assert found.document is not None
    document = replace(found.document, unread=("第3页是扫描的图片",))
    reports = [replace(found, document=document)]
    run = run_over(reports, Demands(allow_unread=allowed))
    assert run.total.lost == (not allowed)

    said = {form: page(form, reports, run) for form in FORMS}

    counts = {form: text.count("第3页是扫描的图片") for form, text in said.items()}
    assert counts == dict.fromkeys(FORMS, 1) | {"junit": 2}  # its message and its text
    case = suites(said["junit"]).find(".//testcase[@name='全部读出、看懂']")
    assert [child.tag for child in case] == ["skipped" if allowed else "error"]
    (command,) = [name for name, _, text in commands(said["github"]) if "扫描" in text]
    assert command == ("warning" if allowed else "error")
    (issue,) = [one for one in json.loads(said["gitlab"]) if "扫描" in one["description"]]
    assert issue["severity"] == ("info" if allowed else "blocker")


def test_coverage_below_the_demand_is_told_in_every_format() -> None:
    reports = [example("budget.txt")]
    run = run_over(reports, Demands(min_coverage=Decimal(1)))
    assert run.total.thin == 1

    said = {form: page(form, reports, run) for form in FORMS}

    counts = {form: text.count("低于要求的100%") for form, text in said.items()}
    assert counts == dict.fromkeys(FORMS, 1) | {"junit": 2}  # its message and its text
    root = suites(said["junit"])
    assert root.find(".//testcase[@name='数字核对率']/failure") is not None


def test_files_of_one_name_are_kept_apart() -> None:
    """Outside the current folder only the name of a file is told."""
    report = example("budget.txt")
    reports = [replace(report, name=f"/somewhere/{name}/a.txt") for name in "xy"]

    root = suites(page("junit", reports))
    issues = json.loads(page("gitlab", reports))

    assert [suite.get("name") for suite in root] == ["a.txt", "a.txt (2)"]
    assert list(junit_faults(root)) == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert len(issues) == 2 * len(report.findings)


# GitHub: lines as its runner reads them.


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    for line in text.split("\n")[:-1]:
        found = re.fullmatch(r"::([a-z]+)(?: ([^:]*))?::(.*)", line)
        assert found, line
        given = [part.partition("=") for part in (found[2] or "").split(",") if part]
        yield (
            found[1],
            {name: unescaped(value) for name, _, value in given},
            unescaped(found[3]),
        )


def unescaped(text: str) -> str:
    for code, character in (
        ("%3A", ":"),
        ("%2C", ","),
        ("%0A", "\n"),
        ("%0D", "\r"),
        ("%25", "%"),
    ):
        text = text.replace(code, character)
    return text


@pytest.mark.parametrize("names", EVERY)
def test_github_reads_every_line_as_a_command(names: list[str]) -> None:
    reports = chosen(names)

    made = list(commands(page("github", reports)))

    kinds = Counter(name for name, _, _ in made)
    assert kinds.keys() <= {"error", "warning", "notice", "group", "endgroup"}
    assert kinds["group"] == kinds["endgroup"]
    by = Counter(one.severity for one in counted(reports))
    missing = sum(report.status is not Status.CHECKED for report in reports)
    parts = sum(len(r.document.unread) for r in reports if r.document)
    unread = sum(len(r.reading.unread) for r in reports if r.reading)
    assert kinds["error"] == by[Severity.ERROR] + missing + parts
    assert kinds["warning"] == by[Severity.WARNING] + unread
    assert kinds["notice"] == by[Severity.NOTE] + 1  # the verdict
    for _, properties, _ in made:
        assert properties.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
    files = {flat(shown_path(report.name)) for report in reports}
    assert {properties["file"] for _, properties, _ in made if "file" in properties} <= files


def test_github_points_at_the_words_of_a_text_file() -> None:
    report = example("budget.txt")
    lines = (EXAMPLES / "budget.txt").read_text(encoding="utf-8").split("\n")
    quotes = {}
    for _, at, text in commands(page("github", [report])):
        if found := re.search("指纹：([0-9a-f]+)$", text):
            assert at["line"] == at["endLine"]
            line = lines[int(at["line"]) - 1]
            quotes[found[1]] = line[int(at["col"]) - 1 : int(at["endColumn"]) - 1]

    assert report.document is not None
    for one in report.findings:
        assert quotes[one.fingerprint] in {
            report.document.quote(evidence.span) for evidence in one.evidence
        }


@pytest.mark.parametrize("name", ["budget.docx", "final_accounts_tables.xlsx"])
def test_github_names_no_line_where_the_file_has_none(name: str) -> None:
    found = [at for _, at, text in commands(page("github", [example(name)])) if "指纹" in text]

    assert found
    assert all(at.keys() == {"file", "title"} and at["file"] == name for at in found)


# GitLab: the fields that its report of code quality needs.


@pytest.mark.parametrize("names", EVERY)
def test_gitlab_finds_what_it_needs(names: list[str]) -> None:
    reports = chosen(names)
    text = page("gitlab", reports)

    issues: list[dict[str, Any]] = json.loads(text)

    assert text.startswith("[")  # no byte order mark
    for issue in issues:
        assert issue["description"]
        assert issue["check_name"]
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["location"]["path"]
        assert not issue["location"]["path"].startswith(("./", "/"))
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)
    found = Counter(issue["check_name"] for issue in issues)
    wanted = Counter(one.rule for one in counted(reports))
    assert {rule: found[rule] for rule in wanted} == wanted


def test_gitlab_gives_a_finding_the_same_fingerprint_beside_others() -> None:
    def prints(names: list[str]) -> set[str]:
        issues = json.loads(page("gitlab", chosen(names)))
        return {i["fingerprint"] for i in issues if i["location"]["path"] == "budget.txt"}

    assert prints(["budget.txt"]) == prints(["budget.docx", "budget.txt", "hostile"])


def test_gitlab_lines_are_those_of_the_text() -> None:
    report = example("budget.docx")
    assert report.document is not None
    lines = report.document.text.split("\n")

    for issue, finding in zip(
        json.loads(page("gitlab", [report])), report.findings, strict=True
    ):
        line = lines[issue["location"]["lines"]["begin"] - 1]
        quotes = [report.document.quote(one.span) for one in finding.evidence]
        assert any(quote in line for quote in quotes)


# CSV: what Excel and WPS make of it.


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    assert text.count("\n") == text.count("\r\n") == text.count("\r")
    found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert {len(row) for row in found} == {15}
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


@pytest.mark.parametrize("names", EVERY)
def test_csv_has_a_row_for_everything(names: list[str]) -> None:
    reports = chosen(names)

    found = rows(page("csv", reports))

    wanted = Counter(one.fingerprint for report in reports for one in report.findings)
    wanted.update(gone.fingerprint for report in reports for gone in report.gone)
    assert Counter(row["指纹"] for row in found if row["指纹"]) == wanted
    for report in reports:
        if report.status is not Status.CHECKED:
            (row,) = [row for row in found if row["文件"] == report.name]
            assert row["级别"] in ("读不了", "程序出错")
            assert row["问题"] == report.error
    for row in found:
        for cell in row.values():
            assert not re.match(r"\s*[=+@\t\r]", cell), cell
            assert not re.match(r"-(?!\d[\d,.]*[%％]?[\u4e00-\u9fff]*$)", cell), cell


@pytest.mark.parametrize(
    ("message", "cell"),
    [
        ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
        ("\t=1", "'=1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("-1+cmd", "'-1+cmd"),
        ("＝1+1", "'＝1+1"),
        ("-3.00万元", "-3.00万元"),
        ("-1,234.50%", "-1,234.50%"),
        ("算式：-3", "算式：-3"),
    ],
)
def test_csv_cells_are_no_formulas(message: str, cell: str) -> None:
    report = example("budget.txt")
    first = replace(report.findings[0], message=message)

    (row,) = rows(page("csv", [replace(report, findings=(first,))]))

    assert row["问题"] == cell


def test_csv_without_findings_has_its_heading() -> None:
    clean = replace(example("budget.txt"), findings=())

    assert page("csv", [clean]).startswith("\ufeff文件,位置,章节,级别,规则,名称,原话,问题,算式")
    assert rows(page("csv", [clean])) == []


# Markdown: what a site shows of it.

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
LOOKED_FOR = re.compile(
    r"(?a:@\w|[#!~]\d|https?://|\bwww\.|:\w+:|\$)|\b(?=\d*[a-f])[0-9a-f]{7,}\b"
)
"""What sites make links, people, pictures or formulas of, once the text is shown."""


def shown(text: str) -> Iterator[tuple[str, str]]:
    """Kinds and words of what is shown, formulas' own mark taken out."""
    for token in MARKDOWN.parse(text.replace("<span>$</span>", "")):
        yield token.type, token.content if token.type == "html_block" else ""
        for child in token.children or ():
            yield child.type, child.content


@pytest.mark.parametrize("names", EVERY)
def test_markdown_takes_no_markup_from_a_report(names: list[str]) -> None:
    made = list(shown(page("markdown", chosen(names))))

    kinds = {kind for kind, _ in made}
    assert not kinds & {"link_open", "image", "html_inline", "fence", "code_block", "s_open"}
    blocks = [words for kind, words in made if kind == "html_block"]
    frame = r"(<details><summary>[^<>\n]*</summary>|</details>)\n"
    assert [words for words in blocks if not re.fullmatch(frame, words)] == []
    text = [words for kind, words in made if kind == "text"] + [*map(unescape, blocks)]
    assert [words for words in text if LOOKED_FOR.search(words)] == []
    assert all(
        re.fullmatch("[0-9a-f]+", words) for kind, words in made if kind == "code_inline"
    )


def test_markdown_shows_the_words_as_they_are() -> None:
    sentence = "*1* _2_ `3` [4](5) <6> 7|8 \\9 1. 2) #3 & 4"
    report = example("budget.txt")
    first = replace(report.findings[0], message=sentence)

    made = list(shown(page("markdown", [replace(report, findings=(first,))])))

    apart = "\u200b"
    words = "".join(w for kind, w in made if kind in ("text", "text_special"))
    assert sentence in words.replace(apart, "")


def many(count: int) -> list[Report]:
    found = [example(name) for name in FILES]
    return [
        replace(found[i % len(found)], name=f"{i:04}/{found[i % len(found)].name}")
        for i in range(count)
    ]


def test_markdown_is_cut_to_what_github_takes() -> None:
    reports = [*many(500), *(replace(UNREADABLE, name=f"乙{i}.docx") for i in range(500))]

    text = page("markdown", reports)

    assert len(text.encode("utf-16-le")) // 2 <= 65_536
    assert len(text) > 40_000
    findings = counted(reports)
    left_out = re.search(r"太长，另有(\d+)处没有列出", text)
    assert left_out is not None
    assert text.count("\n- 指纹：") + int(left_out[1]) == len(findings)
    listed = text.count("- 乙") + text.count("- 0")
    rest = re.search(r"另有(\d+)条没有列出", text)
    assert rest is not None
    unread = sum(
        len(r.document.unread) + len(r.reading.unread)
        for r in reports
        if r.document and r.reading
    )
    assert listed + int(rest[1]) == 500 + unread
    table = len(re.findall(r"^\| (?!文件)", text, re.MULTILINE))
    files = re.search(r"另有(\d+)个文件没有列出", text)
    assert files is not None
    assert table + int(files[1]) == len(reports)


def test_markdown_leaves_out_the_lightest_first() -> None:
    report = example("final_accounts.txt")
    notes = tuple(replace(one, severity=Severity.NOTE) for one in report.findings * 20)
    light, grave = (
        replace(report, name="轻.txt", findings=notes),
        replace(report, name="重.txt"),
    )

    text = page("markdown", [light, grave])

    assert text.count("**错误** ") == sum(one.severity == "error" for one in report.findings)
    assert re.search(r"另有\d+处没有列出（提示 \d+）", text)


# All of them.


def occurrences(form: str, text: str, fingerprint: str) -> int:
    if form == "csv":
        return sum(row["指纹"] == fingerprint for row in rows(text))
    return len(re.findall(f"指纹：`?{fingerprint}", text))


@pytest.mark.parametrize("form", [form for form in FORMS if form != "gitlab"])
@pytest.mark.parametrize("name", FILES)
def test_every_finding_stands_once_in_every_format(name: str, form: str) -> None:
    report = example(name)
    assert report.findings

    text = page(form, [report])

    found = {
        one.fingerprint: occurrences(form, text, one.fingerprint) for one in report.findings
    }
    assert found == dict.fromkeys(found, 1)
    assert len(found) == len(report.findings)


def test_known_and_waived_findings_are_told_apart() -> None:
    report = example("budget.txt")
    waiver = Waiver("口径不同", "李四", date(2030, 1, 1), "gouji-waivers.yaml:3")
    first, second, *rest = report.findings
    marked = replace(
        report,
        findings=(
            replace(first, waiver=waiver),
            replace(second, standing=Standing.KNOWN),
            *rest,
        ),
    )

    said = {form: page(form, [marked]) for form in FORMS}

    states = {row["指纹"]: row["状态"] for row in rows(said["csv"])}
    assert (states[first.fingerprint], states[second.fingerprint]) == ("豁免", "已知")
    assert {states[one.fingerprint] for one in rest} == {"新"}
    for form in ("github", "markdown"):
        assert occurrences(form, said[form], first.fingerprint) == 0
        assert occurrences(form, said[form], second.fingerprint) == 0
        assert "已知1处，豁免1处" in said[form]
    assert len(json.loads(said["gitlab"])) == len(report.findings) - 1
    root = suites(said["junit"])
    failed = "".join(root.xpath("//failure/text()"))
    assert first.fingerprint not in failed
    assert second.fingerprint not in failed
    alone = {one.rule for one in (first, second)} - {one.rule for one in rest}
    skipped = {case.get("name").split()[0] for case in root.iterfind(".//skipped/..")}
    assert alone <= skipped


def test_all_formats_in_one_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the command, with Chinese, a space and signs of the formats in the path."""
    folder = tmp_path / "报送 材料"
    folder.mkdir()
    name = "甲,乙：100%.txt"
    (folder / name).write_bytes((EXAMPLES / "budget.txt").read_bytes())
    (folder / "坏 的.docx").write_bytes(b"PK\x03\x04 broken")
    monkeypatch.chdir(tmp_path)

    def made(into: str) -> dict[str, bytes]:
        Path(into).mkdir()
        wanted = [f"--format={form}:{into}/{form}" for form in FORMS]
        result = CliRunner().invoke(main, ["check", "报送 材料", *wanted])
        assert result.exit_code == 2, result.output
        return {form: Path(into, form).read_bytes() for form in FORMS}

    first = made("一")

    assert first == made("二")
    text = {form: content.decode() for form, content in first.items()}
    path = f"报送 材料/{name}"
    assert path in {at.get("file") for _, at, _ in commands(text["github"])}
    assert path in {one["location"]["path"] for one in json.loads(text["gitlab"])}
    assert path in {row["文件"] for row in rows(text["csv"])}
    assert path in {case.get("classname") for case in suites(text["junit"]).iter("testcase")}
    assert path in text["markdown"]
    assert all(str(tmp_path) not in content for content in text.values())
    assert "坏 的.docx" in text["markdown"].split("| 文件 |")[0]


def test_each_file_is_judged_by_its_own_demands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings by path: one and the same report fails here and passes there."""
    content = (EXAMPLES / "performance.txt").read_bytes()
    for name in ("严", "宽"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(content)
    (tmp_path / "gouji.toml").write_text(
        '[[overrides]]\nfiles = ["严/**"]\nmin_coverage = 1\n'
        '[[overrides]]\nfiles = ["宽/**"]\nfail_on = "never"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)

    wanted = [f"--format={form}:{form}" for form in FORMS]
    result = CliRunner().invoke(main, ["check", "严", "宽", *wanted])

    assert result.exit_code == 2, result.output
    text = {form: Path(form).read_bytes().decode() for form in FORMS}
    root = suites(text["junit"])
    strict, lenient = root
    assert strict.find("testcase[@name='数字核对率']/failure") is not None
    assert int(strict.get("failures")) > 1
    assert lenient.get("failures") == "0"
    thin = [row["文件"] for row in rows(text["csv"]) if row["级别"] == "核对率不够"]
    assert thin == ["严/a.txt"]
    assert text["markdown"].count("**核对率不够**") == 1
    assert [
        i["location"]["path"] for i in json.loads(text["gitlab"]) if i["check_name"] == "thin"
    ]
    assert [
        at["file"] for _, at, _ in commands(text["github"]) if at.get("title") == "核对率不够"
    ]


def test_what_is_wrong_with_waivers_is_told_in_every_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes((EXAMPLES / "budget.txt").read_bytes())
    (tmp_path / "w.yaml").write_text(
        "waivers:\n  - rule: SUM001\n    quote: 没有这样一句话\n    reason: 试\n"
        "    owner: 李四\n    expires: 2020-01-01\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)

    wanted = [f"--format={form}:{form}" for form in FORMS]
    call = ["check", "a.txt", "--waivers", "w.yaml", *wanted]
    result = CliRunner().invoke(main, call)

    assert result.exit_code == 1, result.output
    text = {form: Path(form).read_bytes().decode() for form in FORMS}
    *_, last = suites(text["junit"])
    assert [case.get("name") for case in last] == ["全部读出、看懂", "WAV001 豁免到期"]
    *_, row = rows(text["csv"])
    assert (row["文件"], row["位置"], row["规则"], row["建议"]) == (
        "w.yaml",
        "第2行",
        "WAV001",
        "",
    )
    assert json.loads(text["gitlab"])[-1]["location"] == {
        "path": "w.yaml",
        "lines": {"begin": 2},
    }
    told_at = [at for _, at, _ in commands(text["github"]) if at.get("file") == "w.yaml"]
    assert [at["line"] for at in told_at] == ["2"]
    assert "| w.yaml | 0 | 1 | 0 | 0 | 0 | 0 | – |" in text["markdown"]
