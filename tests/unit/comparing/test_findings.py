"""Which findings are new, fixed, or still there between two versions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from validator.comparing import Comparison, compare
from validator.findings import Finding, Severity
from validator.run import check

HEAD = "云岭县水务局2020年度部门决算\n一、“三公”经费支出决算情况说明\n"
RATE = "公务用车运行维护费支出3.00万元，比2019年减少1.00万元，下降52%。\n"
OTHER_RATE = "因公出国（境）费支出6.00万元，比2019年减少2.00万元，下降51%。\n"
FLIPPED = "公务接待费支出3.00万元，比2019年增加0.80万元，下降21.05%。\n"


def compared(old: str, new: str) -> Comparison:
    first, second = (check((HEAD + text).encode(), name="报告.txt") for text in (old, new))
    return compare(first, second)


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def counts(both: Comparison) -> tuple[int, int, int, int]:
    """New, fixed, kept, and how many of those kept had a figure changed."""
    return len(both.fresh), len(both.fixed), len(both.kept), len(both.altered)


def test_new_finding() -> None:
    both = compared(FLIPPED.replace("增加", "减少"), FLIPPED)

    assert rules(both.fresh) == ["CHG001"]
    assert counts(both) == (1, 0, 0, 0)


def test_fixed_finding() -> None:
    both = compared(RATE, RATE.replace("52%", "25%"))

    assert rules(both.fixed) == ["CHG002"]
    assert counts(both) == (0, 1, 0, 0)


def test_unchanged_finding_behind_an_inserted_paragraph() -> None:
    assert counts(compared(RATE, FLIPPED.replace("增加", "减少") + RATE)) == (0, 0, 1, 0)


def test_changed_figure_that_is_still_wrong() -> None:
    """It was worked on: neither fixed nor new."""
    both = compared(RATE, RATE.replace("52%", "42%"))

    assert counts(both) == (0, 0, 1, 1)
    assert both.kept[0].old.fingerprint != both.kept[0].new.fingerprint


def test_reworded_sentence_that_is_still_wrong() -> None:
    assert counts(compared(RATE, RATE.replace("下降", "降低"))) == (0, 0, 1, 0)


def test_renamed_section_leaves_a_finding_what_it_is() -> None:
    new = HEAD.replace("支出决算情况说明", "支出情况")
    first, second = (check((h + RATE).encode(), name="报告.txt") for h in (HEAD, new))

    assert counts(compare(first, second)) == (0, 0, 1, 0)


def test_one_fixed_and_another_made() -> None:
    """Another rule at the same place is another finding."""
    both = compared(RATE, RATE.replace("52%", "25%").replace("减少", "增加"))

    assert rules(both.fixed) == ["CHG002"]
    assert rules(both.fresh) == ["CHG001"]


def test_the_same_rule_elsewhere() -> None:
    both = compared(
        RATE + OTHER_RATE.replace("51", "25"), RATE.replace("52", "25") + OTHER_RATE
    )

    assert counts(both) == (1, 1, 0, 0)


def test_fingerprints_are_counted() -> None:
    """What occurs twice and then once was fixed once."""
    first = check((HEAD + RATE).encode(), name="报告.txt")
    (finding,) = first.findings
    twice = replace(first, findings=(finding, finding))

    assert counts(compare(twice, first)) == (0, 1, 1, 0)
    assert counts(compare(first, twice)) == (1, 0, 1, 0)


@pytest.mark.parametrize(("old", "new"), [(Severity.NOTE, 1), (Severity.ERROR, 0)])
def test_graver_than_before_is_new(old: Severity, new: int) -> None:
    first = check((HEAD + RATE).encode(), name="报告.txt")
    second = check((HEAD + RATE.replace("52%", "42%")).encode(), name="报告.txt")
    (finding,) = first.findings

    both = compare(replace(first, findings=(replace(finding, severity=old),)), second)

    assert len(both.fresh) == new


def test_what_was_told_as_a_consequence_is_not_new() -> None:
    """The cause is fixed; what else was wrong with its figure comes to light."""
    first = check((HEAD + FLIPPED).encode(), name="报告.txt")
    second = check((HEAD + FLIPPED.replace("3.00", "3.01")).encode(), name="报告.txt")
    (finding,) = first.findings
    cause = replace(finding, rule="SUM001", fingerprint="1", consequences=(finding.rule,))

    both = compare(replace(first, findings=(cause,)), second)

    assert counts(both) == (0, 1, 1, 0)
    assert both.kept[0].old.rule == "SUM001"
