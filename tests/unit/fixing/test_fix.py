"""Repairs made in a copy that is checked again: nothing new comes in, nothing goes unsaid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from word_bodies import par, run, word_file

import validator
from validator.document import Span
from validator.edits import Edit
from validator.errors import UnreadableDocument, UsageError
from validator.findings import Finding, RepairGroup, Report, Severity
from validator.fixing import (
    AUTOMATIC,
    Answer,
    Fixed,
    Proposal,
    Question,
    Reason,
    Wishes,
    fix,
)
from validator.fixing.aftermath import aftermath
from validator.fixing.proposals import proposals
from validator.fixing.workbench import Workbench
from validator.rewriting import rewriter
from validator.run import check

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = "云岭县水务局2020年度部门决算\n一、“三公”经费支出决算情况说明\n"
FLIPPED = "公务接待费支出3.00万元，比2019年增加0.80万元，下降21.05%。\n"
MENDED = FLIPPED.replace("增加", "减少")
WRONG_RATE = "公务用车运行维护费支出3.00万元，比2019年减少1.00万元，下降52%。\n"
EXAMPLES = Path(__file__).parents[3] / "examples"
BROKEN = EXAMPLES / "broken" / "final_accounts.txt"


def fixed(text: str, wishes: Wishes | None = None) -> Fixed:
    return fix(text.encode(), wishes, name="报告.txt")


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [one.rule for one in findings]


def always(answer: Answer) -> tuple[list[Question], Wishes]:
    asked: list[Question] = []

    def ask(question: Question) -> Answer:
        asked.append(question)
        return answer

    return asked, Wishes(ask=ask)


def test_a_direction_is_mended_and_nothing_else() -> None:
    result = fixed(HEAD + FLIPPED)

    assert result.data.decode() == HEAD + MENDED
    assert [one.edit.text for one in result.made] == ["减少"]
    assert rules(result.aftermath.gone) == ["CHG001"]
    assert result.aftermath.left == result.aftermath.fresh == ()
    assert result.left == ()
    assert result.after.findings == ()


def test_nothing_to_change() -> None:
    result = fixed(HEAD + MENDED)

    assert (result.data, result.made, result.left) == ((HEAD + MENDED).encode(), (), ())


@pytest.mark.parametrize(
    ("groups", "texts"),
    [
        (AUTOMATIC, ["2020", "卫生健康", "减少"]),
        ({RepairGroup.WORDING}, ["卫生健康", "减少"]),
        ({RepairGroup.YEARS}, ["2020"]),
    ],
)
def test_groups_choose_what_is_changed(groups: set[RepairGroup], texts: list[str]) -> None:
    result = fix(BROKEN, Wishes(groups))

    assert [one.edit.text for one in result.made] == texts
    assert len(result.aftermath.gone) == len(texts)
    assert result.unasked > 0


def test_only_wanted_findings_are_mended() -> None:
    result = fix(BROKEN, Wishes(wanted=lambda one: one.rule == "CHG001"))

    assert [one.edit.text for one in result.made] == ["减少"]


def test_money_cannot_be_asked_for_without_asking() -> None:
    with pytest.raises(ValueError, match="asked"):
        Wishes({RepairGroup.MONEY})


def test_figures_stay_unless_somebody_says_so() -> None:
    result = fix(BROKEN)

    text = BROKEN.read_text(encoding="utf-8")
    taken = [text[one.edit.span.start : one.edit.span.end] for one in result.made]
    assert taken == ["2019", "医疗卫生与计划生育", "增加"]
    assert result.unasked > 3


def test_a_figure_is_changed_when_somebody_says_so() -> None:
    asked, wishes = always(Answer.CHANGE)

    result = fixed(HEAD + WRONG_RATE, wishes)

    assert [(one.number, one.total) for one in asked] == [(1, 1)]
    wanted = (HEAD + WRONG_RATE.replace("52%", one) for one in ("25%", "25.00%"))
    assert result.data.decode() in wanted
    assert rules(result.aftermath.gone) == rules(asked[0].proposal.findings)


def test_no_means_no() -> None:
    asked, wishes = always(Answer.LEAVE)

    result = fix(BROKEN, wishes)

    assert len(asked) > 3
    assert {one.reason for one in result.left} <= {Reason.DECLINED, Reason.HARM, Reason.OVERLAP}
    assert {one.group for one in result.made} <= AUTOMATIC
    assert result.unasked == 0


def test_stop_asks_no_more() -> None:
    asked, wishes = always(Answer.STOP)

    result = fix(BROKEN, wishes)

    assert len(asked) == 1
    assert len([one for one in result.left if one.reason is Reason.DECLINED]) > 3


def bench(path: Path) -> tuple[Workbench, list[Proposal]]:
    data = path.read_bytes()

    def checked(copy: bytes) -> Report:
        return check(copy, name=path.name)

    before = checked(data)
    found = [one for one in proposals(before, before.findings) if one.group in AUTOMATIC]
    return Workbench(data, before, rewriter(data, path.name), checked), found


def moved(one: Proposal, span: Span, text: str) -> Proposal:
    return replace(one, span=span, replacement=text, edit=Edit(span, text))


def put(one: Proposal, text: str) -> Proposal:
    return replace(one, replacement=text, edit=replace(one.edit, text=text))


def test_a_figure_that_would_break_another_rule_is_not_even_offered() -> None:
    """4.73% would bring the shares to 100%, but 72.35 ÷ 1518.25 is 4.77%."""
    tool, found = bench(BROKEN)
    at = BROKEN.read_text(encoding="utf-8").index("4.77%")
    one = moved(found[0], Span(at, at + 5), "4.73%")
    asked, wishes = always(Answer.CHANGE)
    assert wishes.ask is not None

    tool.make_asking([one], wishes.ask)

    (left,) = tool.result(0).left
    assert (left.proposal, left.reason, rules(left.harm)) == (one, Reason.HARM, ["SHR001"])
    assert asked == []


def test_a_change_that_does_harm_is_left_while_others_are_made() -> None:
    tool, found = bench(BROKEN)
    text = BROKEN.read_text(encoding="utf-8")
    at = text.index("减少1.16万元，下降23.11%")
    harmful = moved(found[0], Span(at, at + 2), "增加")

    tool.make([*found, harmful])

    result = tool.result(0)
    (left,) = result.left
    assert [one.edit.text for one in result.made] == ["2020", "卫生健康", "减少"]
    assert left.proposal is harmful
    assert left.reason is Reason.HARM
    assert left.harm[0].severity is not Severity.NOTE
    assert result.aftermath.fresh == ()


def test_a_copy_that_says_something_else_is_thrown_away() -> None:
    class Careless:
        shows_changes = False

        def unable(self, edit: Edit) -> str:
            return ""

        def written(self, edits: Sequence[Edit]) -> bytes:
            words = BROKEN.read_text(encoding="utf-8")
            words = words.replace("增加5.71", "减少5.71").replace("集中派车", "统一派车")
            return words.encode()

    def checked(copy: bytes) -> Report:
        return check(copy, name="a.txt")

    _, found = bench(BROKEN)
    tool = Workbench(b"", checked(BROKEN.read_bytes()), Careless(), checked)

    tool.make([one for one in found if one.edit.text == "减少"])

    (left,) = tool.result(0).left
    assert (left.reason, left.because) == (Reason.NO_PLACE, "写进去以后读出来的不一样")
    assert tool.result(0).made == ()


def test_of_two_changes_of_the_same_words_one_is_made() -> None:
    tool, found = bench(BROKEN)
    first = next(one for one in found if one.edit.text == "减少")
    second = put(first, "压减")

    tool.make([first, second])

    result = tool.result(0)
    assert result.made == (first,)
    assert [(one.proposal, one.reason, one.other) for one in result.left] == [
        (second, Reason.OVERLAP, first)
    ]


def test_words_that_cannot_be_found_again_are_left() -> None:
    data = word_file(
        par(run("云岭县水务局2020年度部门决算")) + par(run("一、“三公”经费支出决算情况说明"))
        + par(run("公务接待费支出3.00万元，比2019年")
              + f'<w:fldSimple w:instr="REF x">{run("增加")}</w:fldSimple>'
              + run("0.80万元，下降21.05%。"))
    )  # fmt: skip

    result = fix(data, name="报告.docx")

    (left,) = result.left
    assert (left.reason, left.reason.needs_person) == (Reason.NO_PLACE, True)
    assert "域" in left.because
    assert result.data == data


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_the_copy_says_what_the_report_says_but_for_the_changes(form: str) -> None:
    _, wishes = always(Answer.CHANGE)

    result = fix(BROKEN.with_suffix(f".{form}"), wishes)

    before, after = result.before.document, result.after.document
    assert before is not None
    assert after is not None
    text = before.text
    for one in reversed(result.made):
        text = text[: one.edit.span.start] + one.edit.text + text[one.edit.span.end :]
    assert after.text == text
    assert check(result.data, name="a").findings == result.after.findings


@pytest.mark.parametrize("suffix", ["docx", "txt"])
def test_a_clean_report_has_nothing_to_change(suffix: str) -> None:
    result = fix(EXAMPLES / "clean" / f"final_accounts.{suffix}")

    assert (result.made, result.left, result.unasked) == ((), (), 0)


def test_a_workbook_cannot_be_changed() -> None:
    with pytest.raises(UsageError, match="Excel"):
        fix(EXAMPLES / "broken" / "final_accounts_tables.xlsx")


def test_a_missing_file_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="找不到"):
        fix("none.docx")


def test_findings_are_followed_through_an_edit() -> None:
    """Words put in before a finding move it; it is neither gone nor new."""
    before = check((HEAD + FLIPPED).encode(), name="a.txt")
    after = check((HEAD + "第一，" + FLIPPED).encode(), name="a.txt")

    result = aftermath(before, after, [Edit(Span(len(HEAD), len(HEAD)), "第一，")])

    assert (rules(result.gone), rules(result.left), rules(result.fresh)) == ([], ["CHG001"], [])


def test_new_findings_are_seen() -> None:
    before = check((HEAD + MENDED).encode(), name="a.txt")
    after = check((HEAD + FLIPPED).encode(), name="a.txt")
    at = len(HEAD) + MENDED.index("减少")

    result = aftermath(before, after, [Edit(Span(at, at + 2), "增加")])

    assert rules(result.harm) == ["CHG001"]
    assert result.harm[0].severity is Severity.ERROR


def test_public_names() -> None:
    assert validator.fix is fix
    assert validator.Wishes is Wishes
