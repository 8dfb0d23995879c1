"""The page of a report: all of its text once, every figure and finding marked, nothing alive."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from charted_file import charted
from lxml import html
from markupsafe import Markup

from validator import check
from validator.findings import FigureState, Gone, Report, Severity, Status, Verdict
from validator.readers import read_bytes
from validator.reporters import rendered
from validator.reporters.base import Look, RuleCard, Run
from validator.reporters.html.view import view
from validator.reporters.places import shown_path
from validator.reporters.summary import summarise
from validator.reporters.told import visible
from validator.reporters.words import LANGUAGES
from validator.run import check_document, check_many, shipped_rules
from validator.standing import Standing, Waiver

EXAMPLES = Path(__file__).parents[3] / "examples" / "broken"
FILES = (
    "final_accounts.docx", "final_accounts.txt", "final_accounts_tables.xlsx",
    "performance.docx", "performance.txt", "final_accounts.records.yaml", "budget.docx",
)  # fmt: skip
MARKDOWN = (
    "# 云岭县水务局2023年度部门决算\n\n一、支出情况\n\n本年支出100.00万元，其中：基本支出60.00万元，"
    "项目支出50.00万元。\n\n| 项目 | 决算数 |\n|---|---:|\n| 基本支出 | 60.00 |\n"
)
HOSTILE = "<script>alert(1)</script></script><!-- ]]> & \" ' {{ 7*7 }} \u202e\x1b[31m\u2028"


@cache
def example(name: str) -> Report:
    return replace(check(EXAMPLES / name), name=name)


@cache
def made(name: str, data: bytes) -> Report:
    return check_document(read_bytes(data, name), shipped_rules())


def reports() -> list[Any]:
    return [
        *(pytest.param(example(name), id=name) for name in FILES),
        pytest.param(made("图.docx", charted()), id="charted"),
        pytest.param(made("表.md", MARKDOWN.encode()), id="markdown"),
    ]


def tree(report: Report, lang: str = "zh") -> Any:
    return html.fragment_fromstring(str(view(report, LANGUAGES[lang])))


def parsed(text: str) -> Any:
    return html.document_fromstring(text)


def page(*chosen: Report, look: Look | None = None) -> str:
    rules = shipped_rules()
    cards = {rule.id: RuleCard.of(rule) for rule in rules.rules}
    run = Run(summarise(chosen), rules.fingerprint, len(cards), cards)
    return rendered("html", chosen, run, look or Look())


def words_of(element: Any) -> str:
    return "".join(element.itertext())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def island(root: Any) -> Any:
    return json.loads(root.find(".//script[@class='gouji-data']").text)


@pytest.mark.parametrize("report", reports())
def test_every_figure_is_marked_once_with_its_own_words(report: Report) -> None:
    assert report.document is not None
    assert report.reading is not None

    marked = [
        (int(one.get("data-f")), words_of(one))
        for one in tree(report).findall(".//span[@data-f]")
    ]

    wanted = [(f.id, visible(report.document.quote(f.span))) for f in report.reading.figures]
    assert sorted(marked) == wanted


@pytest.mark.parametrize("report", reports())
def test_every_block_says_what_the_document_says(report: Report) -> None:
    assert report.document is not None
    root = tree(report)
    prefix = root.get("id")

    shown = {
        block.index: words_of(root.get_element_by_id(f"{prefix}-b{block.index}"))
        for block in report.document.blocks
    }

    for block in report.document.blocks:
        text = visible(report.document.quote(block.span))
        assert squeezed(shown[block.index]) == squeezed(text)
        if block.kind.value != "chart":
            assert shown[block.index] == text


@pytest.mark.parametrize("report", reports())
def test_no_word_of_the_text_is_lost_or_told_twice(report: Report) -> None:
    assert report.document is not None

    told = "".join(words_of(one) for one in tree(report).find_class("g-block"))

    # Signs between blocks, such as those that draw a table in Markdown, are no words.
    assert re.sub(r"\W", "", told) == re.sub(r"\W", "", visible(report.document.text))


@pytest.mark.parametrize("report", reports())
def test_every_operand_of_a_finding_is_marked(report: Report) -> None:
    assert report.document is not None
    root = tree(report)
    marked: dict[str, str] = {}
    for one in root.findall(".//*[@data-of]"):
        for name in one.get("data-of").split():
            marked[name] = marked.get(name, "") + words_of(one)

    for number, finding in enumerate(report.findings):
        for at, evidence in enumerate(finding.evidence):
            if not evidence.document:
                quote = visible(report.document.quote(evidence.span))
                assert squeezed(marked[f"{number}.{at}"]) == squeezed(quote)


@pytest.mark.parametrize("report", reports())
def test_every_finding_stands_beside_its_words(report: Report) -> None:
    root = tree(report)

    cards = root.findall(".//article[@data-n]")

    assert [int(one.get("data-n")) for one in cards] == list(range(len(report.findings)))
    for card, finding in zip(cards, report.findings, strict=True):
        row = next(one for one in card.iterancestors() if "g-row" in one.get("class"))
        marks = {
            name.split(".")[0]
            for one in row.findall(".//*[@data-of]")
            for name in one.get("data-of").split()
        }
        assert card.get("data-n") in marks
        assert visible(finding.message) in words_of(card)
        assert finding.title in words_of(card)
        assert finding.rule in words_of(card)


def test_states_are_told_by_classes() -> None:
    report = example("final_accounts.docx")
    assert report.reading is not None
    found = {
        int(one.get("data-f")): one.get("class").split()[1]
        for one in tree(report).findall(".//span[@data-f]")
    }
    grave = {
        figure.id
        for figure in report.reading.figures
        for finding in report.findings
        if finding.severity is Severity.ERROR
        and any(one.span.overlaps(figure.span) for one in finding.evidence)
    }

    for figure, state in zip(report.reading.figures, report.states, strict=True):
        match found[figure.id]:
            case "ok":
                assert state is FigureState.CONSISTENT
            case "un":
                assert state is FigureState.UNCHECKED
            case "ig":
                assert state is FigureState.IGNORED
            case "bad":
                assert state is FigureState.INCONSISTENT
            case "hint":
                assert figure.id not in grave
    assert set(found.values()) == {"ok", "bad", "hint", "un", "ig"}
    assert all(found[one] == "bad" for one in grave if report.states[one] != "ignored")


def test_merged_cells_stay_merged_and_numbers_are_told() -> None:
    root = tree(made("图.docx", charted()))

    first = root.find(".//table//*[@colspan]")
    numbers = [words_of(one) for one in root.findall(".//table//td[@class='n']")]

    assert (words_of(first), first.get("colspan")) == ("项目", "2")
    assert numbers[:1] == ["148.20"]


def test_sections_tell_what_was_checked() -> None:
    report = example("final_accounts.docx")

    shares = [words_of(one).strip() for one in tree(report).find_class("g-of") if words_of(one)]

    assert shares == [f"{one.checked}/{one.numbers}" for one in report.coverage.sections]


def test_contents_lead_to_places_of_the_page() -> None:
    root = tree(example("final_accounts.docx"))

    links = [one.get("href") for one in root.findall(".//nav//a")]

    assert len(links) > 20
    assert all(root.get_element_by_id(link[1:]) is not None for link in links)


def test_comparisons_of_a_figure_can_be_told() -> None:
    report = example("final_accounts.docx")
    root = tree(report)
    data = island(root)
    quotes = {int(o.get("data-f")): words_of(o) for o in root.findall(".//span[@data-f]")}

    told = [
        (data["rules"][one[0]], data["verdicts"][one[1]], one[2], {quotes[f] for f in one[3]})
        for one in data["evaluations"]
    ]

    assert (
        "CHG002", "inconsistent", "129.32 ÷ (1573.80 − 129.32) = 8.95%，文中 9.85%",
        {"9.85%", "129.32万元", "1573.80万元"},
    ) in told  # fmt: skip
    assert data["titles"]["CHG002"] == "增减率与增减额不符"
    assert len(data["at"]) == len(quotes)


def test_operands_in_another_file_name_it_and_lead_there() -> None:
    names = [
        str(EXAMPLES / name) for name in ("final_accounts.docx", "final_accounts_tables.xlsx")
    ]
    found = list(check_many(names))
    root = parsed(page(*found))

    far = list(root.findall(".//a[@data-far]"))

    assert any("final_accounts_tables.xlsx" in words_of(one) for one in far)
    assert all(root.get_element_by_id(one.get("data-far")) is not None for one in far)


def hostile() -> Report:
    found = example("budget.txt")
    assert found.document is not None
    assert found.reading is not None
    first = found.findings[0].evidence[0].span
    text = found.document.text
    text = text[: first.start - len(HOSTILE)] + HOSTILE + text[first.start :]
    waiver = Waiver(HOSTILE, HOSTILE, date(2030, 1, 1), HOSTILE)
    bad = tuple(
        replace(one, message=HOSTILE, title=HOSTILE, computation=HOSTILE, name=HOSTILE)
        for one in found.findings
    )
    return replace(
        found,
        name=f"{HOSTILE.replace('/', '')}.txt",
        document=replace(found.document, text=text, unread=(HOSTILE,), _line_starts=()),
        reading=replace(found.reading, entity=HOSTILE, unread=(HOSTILE,)),
        findings=(*bad, replace(bad[0], waiver=waiver)),
        evaluations=tuple(replace(one, computation=HOSTILE) for one in found.evaluations),
        gone=(Gone("SUM001", HOSTILE, Severity.ERROR, HOSTILE, "f" * 16),),
    )


def test_words_of_a_report_are_never_markup() -> None:
    text = page(hostile(), example("budget.txt"))
    root = parsed(text)

    scripts = root.findall(".//script")

    assert [one.get("class") for one in scripts] == [
        "gouji-data", "gouji-data", "gouji-titles", None, None,
    ]  # fmt: skip
    assert "alert(1)" not in "".join(one.text for one in scripts if one.get("class") is None)
    assert "7*7" in text
    assert not any(isinstance(one, html.HtmlComment) for one in root.iter())
    assert "\u202e" not in text
    assert "\x1b" not in text


def test_data_end_no_element() -> None:
    root = tree(hostile())

    told = {one[2] for one in island(root)["evaluations"]}

    assert told == {visible(HOSTILE)}
    raw = str(view(hostile(), LANGUAGES["zh"])).split('class="gouji-data">')[1]
    assert not set("<>&\u2028\u2029") & set(raw.split("</script>")[0])


@pytest.mark.parametrize("report", [*reports(), pytest.param(hostile(), id="hostile")])
def test_nothing_but_our_own_files_runs_or_looks(report: Report) -> None:
    root = parsed(page(report))

    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            assert "javascript:" not in value
            if name in ("src", "href"):
                assert value.startswith("#") or value == "data:,"


def test_policy_allows_exactly_what_the_page_holds() -> None:
    root = parsed(page(example("budget.txt")))
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    rules = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    scripts = [one.text for one in root.findall(".//script") if one.get("type") is None]
    styles = [one.text for one in root.findall(".//style")]

    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [digest(one) for one in scripts]
    assert rules["style-src"].split() == [digest(one) for one in styles]


def digest(text: str) -> str:
    made = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{made}'"


def test_same_report_same_bytes() -> None:
    first = page(replace(check(EXAMPLES / "performance.docx"), name="a.docx"))

    assert page(replace(check(EXAMPLES / "performance.docx"), name="a.docx")) == first


def test_what_does_not_count_stands_apart() -> None:
    report = example("budget.txt")
    first, second, *others = report.findings
    waiver = Waiver("附表口径不同", "李四", date(2030, 1, 1), "gouji-waivers.yaml:3")
    gone = Gone("SHR001", "占比算错", Severity.ERROR, "占1.35%", "c" * 16)
    gated = replace(
        report,
        findings=(
            replace(first, waiver=waiver), replace(second, standing=Standing.KNOWN), *others,
        ),
        gone=(gone,),
    )  # fmt: skip
    root = tree(gated)

    apart = root.find_class("g-asides")[0]

    assert [one.get("data-n") for one in apart.findall(".//article")] == ["0", "1"]
    assert "附表口径不同（李四，到2030-01-01为止，gouji-waivers.yaml:3）" in words_of(apart)
    assert len(root.find_class("g-text")[0].findall(".//article")) == len(others)
    assert "占1.35%" in words_of(root.find_class("g-gone")[0])


def test_a_page_that_holds_it_adds_to_cards() -> None:
    report = example("budget.txt")

    text = view(
        report, LANGUAGES["zh"], extra=lambda one: Markup("<!--{}-->").format(one.fingerprint)
    )

    comments = re.findall("<!--([0-9a-f]+)-->", text)
    assert comments == [one.fingerprint for one in report.findings]


def test_titles_of_rules_may_be_given() -> None:
    card = RuleCard.of(next(iter(shipped_rules().rules)))

    text = view(example("budget.txt"), LANGUAGES["zh"], rules={card.id: card})

    assert island(html.fragment_fromstring(str(text)))["titles"][card.id] == card.title


def test_a_file_that_was_not_checked_is_told() -> None:
    bad = Report("乙.docx", Status.UNREADABLE, error="文件有打开密码；请去掉密码")
    root = parsed(page(example("budget.txt"), bad))

    entries = [words_of(one) for one in root.findall(".//nav[@class='gouji-files']//li")]

    assert "budget.txt" in entries[0]
    assert entries[1].split() == ["乙.docx", "这个文件没有检查"]
    assert "文件有打开密码；请去掉密码" in words_of(root.find_class("gouji-failed")[0])


def test_what_was_not_read_is_told() -> None:
    report = example("budget.txt")
    assert report.document is not None
    lost = replace(report.document, unread=("有嵌入的对象没有读出",))

    text = words_of(tree(replace(report, document=lost)).find_class("g-missed")[0])

    assert "没有读出：有嵌入的对象没有读出" in text


def test_speaks_english() -> None:
    text = page(example("budget.txt"), look=Look("en"))

    tools = words_of(parsed(text).find_class("g-tools")[0])
    assert not re.search("[\u4e00-\u9fff]", tools)
    assert '<html lang="en">' in text


@cache
def together() -> tuple[Report, Report]:
    text, book = check_many([EXAMPLES / FILES[0], EXAMPLES / FILES[2]])
    return text, book


def figure_at(report: Report, place: int) -> int:
    assert report.reading is not None
    return next(f.id for f in report.reading.figures if f.span.start <= place < f.span.end)


def test_figures_of_each_file_of_a_set_list_what_they_were_compared_with() -> None:
    text, book = together()
    for one, other in ((text, book), (book, text)):
        data = island(tree(one))
        far = {at for found in data["evaluations"] if found[4] for at in found[3]}
        wanted = {
            figure_at(one, e.span.start)
            for made in (one.evaluations, one.evaluations_abroad)
            for judged in made
            if judged.verdict in (Verdict.CONSISTENT, Verdict.INCONSISTENT)
            if any(e.document for e in judged.evidence)
            for e in judged.evidence
            if not e.document and e.value is not None
        }
        assert len(wanted) > 20
        assert wanted <= far
        places = [words for found in data["evaluations"] for words, _ in found[4]]
        assert all(words.startswith(shown_path(other.name)) for words in places)


def test_a_figure_names_the_file_in_which_its_finding_stands() -> None:
    text, book = together()
    assert text.document is not None
    wrong = next(f for f in book.findings if f.computation == "624.56 ≠ 642.56万元")
    (here,) = [e for e in wrong.evidence if e.document]

    told = island(tree(text))["abroad"]

    found = [one for one in told if figure_at(text, here.span.start) in one[2]]
    assert [(severity, words) for severity, words, *_ in found] == [
        ("error", f"问题列在 {shown_path(book.name)}：{wrong.title}")
    ]
    assert text.document.quote(here.span) == "624.56万元"
    assert island(tree(example(FILES[0])))["abroad"] == []
