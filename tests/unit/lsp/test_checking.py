"""Buffers in, problems out: reports, rule files, configurations, and failures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from validator.document import Span
from validator.findings import Severity
from validator.lsp import reports
from validator.lsp.checking import Buffer, Checker
from validator.lsp.hover import hover_at
from validator.lsp.problems import Checked, Problem
from validator.lsp.reports import check_text
from validator.lsp.settings import ChosenByFolder
from validator.reporters.told import told
from validator.reporters.words import LANGUAGES
from validator.run import check

ROOT = Path(__file__).parents[3]
WRONG = "公务用车运行维护费支出23.04万元，比2019年增加5.71万元，下降20%。\n"
EXAMPLES = sorted((ROOT / "examples").glob("*/*.txt"))
RULE = (ROOT / "rules" / "core" / "CHG002-rate-differs-from-amount.yaml").read_text("utf-8")
MINE = RULE.replace("CHG002", "ORG001").replace("rate-differs-from-amount", "our-rate")
NAME = "ORG001-our-rate.yaml"


def checked(path: Path, text: str, language: str = "plaintext") -> Checked:
    found = Checker().check(
        Buffer(path, language, text), {path: text.encode("utf-8", "replace")}
    )
    assert found.trace == ""
    return found


def underlined(found: Checked) -> list[str]:
    return [found.text[one.span.start : one.span.end] for one in found.problems]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "本局"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: 本局\ntitle: 本局\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_a_buffer_is_judged_as_the_file_is(tmp_path: Path, path: Path) -> None:
    whole = check(path)
    assert whole.document is not None

    found = checked(tmp_path / path.name, whole.document.text)

    assert [one.fingerprint for one in found.problems] == [
        one.fingerprint for one in whole.findings
    ]
    assert [one.span for one in found.problems] == [
        one.evidence[0].span for one in whole.findings
    ]


@pytest.mark.parametrize("before", ["\ufeff", "\f", "\r\n", "😀\n", "\ud83d\n", "\x85"])
def test_strange_characters_move_nothing(tmp_path: Path, before: str) -> None:
    found = checked(tmp_path / "报告.txt", before + WRONG)

    assert underlined(found) == ["增加5.71万元"]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "<html><body>收入</body></html>", "%PDF-1.7", "苹果 3斤\n3. 卖\n", "a\0b"],
)
def test_what_is_no_report_has_no_problems(tmp_path: Path, text: str) -> None:
    assert checked(tmp_path / "报告.txt", text).problems == ()


def test_only_sure_edits_are_preferred(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "broken" / "budget.txt").read_text(encoding="utf-8")
    fixes = [fix for one in checked(tmp_path / "报告.txt", text).problems for fix in one.fixes]

    changed = {fix for fix in fixes if fix.title.startswith("改数字（请先核对账表）：")}
    assert changed
    assert {fix.preferred for fix in changed} == {False}
    assert {fix.preferred for fix in {*fixes} - changed} == {True}


def test_a_failure_is_told_not_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("as planned")

    monkeypatch.setattr(reports, "check_document", fail)
    found = Checker().check(Buffer(tmp_path / "报告.txt", "plaintext", WRONG), {})

    assert found.problems == ()
    assert "as planned" in found.trace


def test_a_report_that_is_too_long_is_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.lsp.checking.LONGEST", 10)
    found = checked(tmp_path / "报告.txt", WRONG)

    assert found.problems == ()
    assert "编辑时不检查；请用 gouji check 检查" in found.told[0]


def test_the_nearest_configuration_counts(tmp_path: Path) -> None:
    inner = tmp_path / "2020年" / "水务局"
    inner.mkdir(parents=True)
    (tmp_path / "gouji.toml").write_text('[rules]\nCHG001 = "note"\n', encoding="utf-8")
    checker = Checker()
    buffer = Buffer(inner / "报告.txt", "plaintext", WRONG)

    assert [one.severity for one in checker.check(buffer, {}).problems] == [Severity.NOTE]

    (inner / "gouji.toml").write_text('[rules]\nCHG = "disable"\n', encoding="utf-8")
    assert checker.check(buffer, {}).problems == ()


@pytest.mark.parametrize(
    ("content", "words", "where"),
    [
        ("yaer = 2020\n", "不认识的键“yaer”", "yaer"),
        ('packs = ["default", "本具"]\n', "没有规则包“本具”", "本具"),
        ('[rules]\nCHG999 = "note"\n', "没有规则 CHG999", "CHG999"),
        ("year = \n", "toml", "year = "),
    ],
)
def test_faults_of_a_configuration(
    tmp_path: Path, content: str, words: str, where: str
) -> None:
    path = tmp_path / "gouji.toml"
    path.write_text(content, encoding="utf-8")

    (fault,) = (found := checked(path, content, "toml")).problems
    report = checked(tmp_path / "报告.txt", WRONG)

    assert words in fault.message.lower() or words in fault.message
    assert underlined(found)[0].strip() in where
    assert len(report.told) == 1
    assert underlined(report) == ["增加5.71万元"], "the check goes on as shipped"


def test_settings_by_path_count(tmp_path: Path) -> None:
    config = '[[overrides]]\nfiles = ["试点/*.txt"]\nignore = ["CHG"]\n'
    (tmp_path / "gouji.toml").write_text(config, encoding="utf-8")
    (tmp_path / "试点").mkdir()

    assert checked(tmp_path / "试点" / "报告.txt", WRONG).problems == ()
    assert len(checked(tmp_path / "报告.txt", WRONG).problems) == 1


def test_a_fault_of_settings_by_path_is_underlined(tmp_path: Path) -> None:
    content = '[[overrides]]\nfiles = ["*.txt"]\nignore = ["CHG999"]\n'
    path = tmp_path / "gouji.toml"
    path.write_text(content, encoding="utf-8")

    (fault,) = checked(path, content, "toml").problems

    assert "没有规则“CHG999”" in fault.message
    assert fault.span.start == 0


def test_a_table_of_the_project_file_is_a_configuration(tmp_path: Path) -> None:
    content = "[tool.gouji]\nyaer = 2020\n"
    path = tmp_path / "pyproject.toml"
    path.write_text(content, encoding="utf-8")

    assert underlined(checked(path, content, "toml")) == ["yaer"]


def test_waived_findings_are_told_on_hover_only(tmp_path: Path) -> None:
    (tmp_path / "gouji.toml").write_text('waivers = "豁免.yaml"\n', encoding="utf-8")
    waivers = tmp_path / "豁免.yaml"
    entry = (
        "waivers:\n  - rule: CHG001\n    quote: 增加5.71万元\n    reason: 已说明\n"
        "    owner: 张三\n    expires: 2100-01-01\n"
    )
    waivers.write_text(entry, encoding="utf-8")

    found = checked(tmp_path / "报告.txt", WRONG)
    hover = hover_at(found, WRONG.index("5.71"))

    assert found.problems == ()
    assert hover is not None
    assert hover.plain().startswith("豁免：增减与升降方向相反")
    assert "豁免：已说明（张三，到2100-01-01为止" in hover.plain()

    waivers.write_text(entry.replace("2100", "2001"), encoding="utf-8")
    assert len(checked(tmp_path / "报告.txt", WRONG).problems) == 1


def test_looking_again_and_again_counts_nothing(tmp_path: Path) -> None:
    (tmp_path / "gouji.toml").write_text('waivers = "豁免.yaml"\n', encoding="utf-8")
    entry = (
        "waivers:\n  - rule: CHG001\n    quote: 增加5.71万元\n    reason: 已说明\n"
        "    owner: 张三\n    expires: 2100-01-01\n"
    )
    (tmp_path / "豁免.yaml").write_text(entry, encoding="utf-8")
    chosen = ChosenByFolder().of(tmp_path)

    for _ in range(3):
        assert check_text(WRONG, tmp_path / "报告.txt", chosen).problems == ()

    assert chosen.gate.total.documents == 0
    assert list(chosen.gate.judge([])) == [], "no waiver seems too broad for being used often"


def test_the_language_of_the_configuration_counts(tmp_path: Path) -> None:
    inner = tmp_path / "英文"
    inner.mkdir()
    (inner / "gouji.toml").write_text('lang = "en"\n', encoding="utf-8")

    def said(language: str | None, folder: Path) -> tuple[str, str]:
        buffer = Buffer(folder / "报告.txt", "plaintext", WRONG)
        found = Checker(language).check(buffer, {})
        hover = hover_at(found, WRONG.index("5.71"))
        assert hover is not None
        return found.problems[0].fixes[0].title[:3], hover.plain()[:2]

    assert said(None, inner) == ("wor", "ER")
    assert said("zh", inner) == ("改用词", "错误")
    assert said(None, tmp_path) == ("改用词", "错误")


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_findings_are_told_as_in_every_report(tmp_path: Path, path: Path) -> None:
    whole = check(path)
    assert whole.document is not None
    found = checked(tmp_path / path.name, whole.document.text)

    for one, problem in zip(told(whole, LANGUAGES["zh"]), found.problems, strict=True):
        hover = hover_at(found, problem.span.start)
        assert hover is not None
        lines = {line for paragraph in hover.paragraphs for line in paragraph}
        said = {one.message, one.computation, one.impact, *one.advice, one.consequences}
        assert said - {""} <= lines
        titles = [fix.title.partition("：")[2] for fix in problem.fixes]
        assert titles == (list(one.edits) if one.finding.repairs else [])


def test_sums_that_a_repair_tells_are_not_told_twice(tmp_path: Path) -> None:
    found = checked(tmp_path / "报告.txt", WRONG)
    assert found.report is not None
    (finding,) = found.report.findings
    sum_ = "23.04 ÷ 2 = 11.52"
    repair = replace(finding.repairs[0], because=sum_, replacement="减少5.71万元" * 20)
    finding = replace(finding, computation=sum_, repairs=(repair,))
    found = replace(found, report=replace(found.report, findings=(finding,)))

    hover = hover_at(found, WRONG.index("5.71"))

    assert hover is not None
    assert hover.plain().count(sum_) == 1
    assert repair.replacement not in hover.plain()
    assert "…" in hover.plain()


def test_a_good_rule_has_no_problems(pack: Path) -> None:
    assert checked(pack / NAME, MINE, "yaml").problems == ()


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("severity: error", "severty: error", "severty", "是否指 severity"),
        ("severity: error", "severity: eror", "eror", "是否指 error"),
        ("each: change", "each: chang", "chang", "是否指 change"),
        ("{left}", "{lefft}", "lefft", "是否指 left"),
        ("= rate\n  down", "= rat\n  down", "rat", "是否指 rate"),
        ("title: 增减率", "  title: 增减率", ": ", "YAML"),
        ("[[14.29%]]", "[[16.67%]]", "fail: 2023年机关运行经费支出70.00万元", "却没有报"),
        ("增长16.67%", "增长17.67%", "pass: 2023年机关运行经费支出70.00万元", "不该有问题"),
        ("why: ", "# ", "ORG001", "缺少 why"),
        ("id: ORG001", "id: ORG002", "id: ORG002", "文件名应是"),
    ],
)
def test_faults_of_a_rule(pack: Path, old: str, new: str, where: str, words: str) -> None:
    assert old in MINE
    found = checked(pack / NAME, MINE.replace(old, new, 1), "yaml")

    told = [
        (text, one.message) for text, one in zip(underlined(found), found.problems, strict=True)
    ]
    assert [text for text, what in told if words in what and text.startswith(where)], told


def test_the_likely_word_is_offered(pack: Path) -> None:
    found = checked(pack / NAME, MINE.replace("= rate\n  down", "= rat\n  down"), "yaml")

    (fix,) = found.problems[0].fixes
    assert (fix.title, fix.replacement) == ("把“rat”改为“rate”", "rate")
    assert found.text[fix.span.start : fix.span.end] == "rat"


def test_another_file_of_the_pack_is_blamed_by_name(pack: Path) -> None:
    (pack / "ORG002-other.yaml").write_text("id: [\n", encoding="utf-8")

    (fault,) = checked(pack / NAME, MINE, "yaml").problems

    assert fault.severity is Severity.WARNING
    assert "另有文件不能用" in fault.message
    assert "ORG002-other.yaml:2:1" in fault.message


def test_unsaved_neighbours_count(pack: Path) -> None:
    other = pack / "ORG002-other.yaml"
    other.write_text("id: [\n", encoding="utf-8")
    mended = MINE.replace("ORG001", "ORG002").replace("our-rate", "other")
    drafts = {pack / NAME: MINE.encode(), other: mended.encode()}

    found = Checker().check(Buffer(pack / NAME, "yaml", MINE), drafts)

    assert found.problems == ()


def test_words_of_an_unsaved_lexicon_are_known_to_examples(pack: Path) -> None:
    lexicon = pack / "lexicon.yaml"
    lexicon.write_text("cues: {}\n", encoding="utf-8")
    text = MINE.replace("增加10.00万元，增长16.67%", "上扬10.00万元，上扬99.00%")
    text = text.replace("  - pass: 2023年机关", "  - fail: 2023年机关", 1)
    text = text.replace("上扬99.00%", "上扬[[99.00%]]")
    checker, buffer = Checker(), Buffer(pack / NAME, "yaml", text)

    before = checker.check(buffer, {pack / NAME: text.encode()}).problems
    words = {lexicon: "cues: {up: [上扬]}\n".encode(), pack / NAME: text.encode()}
    after = checker.check(buffer, words).problems

    assert any("却没有报" in one.message for one in before)
    assert not any("却没有报" in one.message for one in after)


def test_a_shipped_pack_of_another_checkout_is_checked_alone(tmp_path: Path) -> None:
    core = tmp_path / "core"
    core.mkdir()

    name = "CHG002-rate-differs-from-amount.yaml"
    assert checked(core / name, RULE, "yaml").problems == ()
    assert underlined(checked(core / name, RULE.replace("title", "titel"), "yaml"))


def test_a_shipped_rule_is_checked_in_its_pack() -> None:
    path = ROOT / "rules" / "core" / "CHG002-rate-differs-from-amount.yaml"

    assert checked(path, RULE, "yaml").problems == ()
    found = checked(path, RULE.replace("[[14.29%]]", "[[16.67%]]"), "yaml")
    assert ["却没有报" in one.message for one in found.problems] == [True]


def test_hover_shows_the_shortest_words_and_escapes_markdown(tmp_path: Path) -> None:
    found = checked(tmp_path / "报告.txt", WRONG)
    hover = hover_at(found, WRONG.index("5.71"))

    assert hover is not None
    assert WRONG[hover.span.start : hover.span.end] == "增加5.71万元"
    assert "改为“减少5.71万元”" in hover.plain()
    assert "**错误：增减与升降方向相反 CHG001**" in hover.markdown()
    assert hover_at(found, WRONG.index("公务")) is None
    assert hover_at(Checked("x", (Problem(Span(0, 1), Severity.NOTE, "x"),)), 0) is None


def test_hover_tells_why_a_figure_was_not_checked(tmp_path: Path) -> None:
    found = checked(tmp_path / "报告.txt", WRONG)
    year = hover_at(found, WRONG.index("2019"))

    assert year is not None
    assert year.plain().splitlines()[1] == "不核对：年份"
