"""The law of judgement: a finding only when no true values print as these figures."""

from __future__ import annotations

import pytest

from validator.findings import FigureState, Report, Severity, Verdict
from validator.readers import read_bytes
from validator.run import check_document, shipped_rules


def report(text: str, *rules: str, rounding: str = "nearest") -> Report:
    """Check a text with some of the shipped rules, or all."""
    ruleset = shipped_rules().only(*rules) if rules else shipped_rules()
    return check_document(read_bytes(text.encode(), "t.txt"), ruleset, rounding=rounding)


def verdicts(text: str, *rules: str, rounding: str = "nearest") -> list[str]:
    return [e.verdict.value for e in report(text, *rules, rounding=rounding).evaluations]


SHARE = "本年收入合计300.00万元，其中：财政拨款收入100.00万元，占{}。"
VERDICTS = [
    ("printed value is the computed one", SHARE.format("33.33%"), ["consistent"]),
    ("coarser print", SHARE.format("33%"), ["consistent"]),
    ("a digit off", SHARE.format("33.43%"), ["inconsistent"]),
    ("cut off, not rounded", "本年收入合计300.00万元，其中：财政拨款收入200.00万元，占66.66%。", ["consistent_by_rounding"]),
    ("only within the rounding of the amounts", "本年收入合计3.0万元，其中：财政拨款收入1.0万元，占32.2%。", ["consistent_by_rounding"]),
    ("no base anywhere", "该项目支出100.00万元，占有关经费的33.33%。", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [(t, v) for _, t, v in VERDICTS], ids=[n for n, _, _ in VERDICTS]
)
def test_verdict_of_a_share(text: str, expected: list[str]) -> None:
    assert verdicts(text, "SHR001") == expected


def test_combinations_left_untried_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "设独立编制机构3个，独立核算机构2个，其中：行政单位1个，事业单位7个。"
    assert "inconsistent" in verdicts(text, "CNT002")

    monkeypatch.setattr("validator.engine.judging.MAX_BINDINGS", 1)

    assert verdicts(text, "CNT002") == ["undetermined"]
    assert report(text, "CNT002").findings == ()


def test_any_plausible_binding_that_holds_is_enough() -> None:
    text = "设独立编制机构3个，独立核算机构2个，其中：行政单位1个，事业单位2个。"

    assert Verdict.CONSISTENT in {e.verdict for e in report(text, "CNT002").evaluations}
    assert report(text).findings == ()


def test_a_missing_operand_is_undetermined_and_no_finding() -> None:
    result = report("公务接待费支出2.00万元，比上年增加0.50万元，增长33.33%。", "CHG003")

    assert [e.verdict for e in result.evaluations] == [Verdict.UNDETERMINED]
    assert result.findings == ()


def test_a_plain_zero_is_nothing_but_a_rounded_zero_is_not() -> None:
    whole = "本年支出合计10.00万元，其中：基本支出{}，项目支出10.{}万元。"

    assert verdicts(whole.format("0万元", "01"), "SUM001") == ["consistent_by_rounding"]
    assert verdicts(whole.format("0万元", "02"), "SUM001") == ["inconsistent"]
    assert verdicts(whole.format("0.0万元", "02"), "SUM001") == ["consistent_by_rounding"]


def test_truncation_of_the_whole_document_is_a_setting() -> None:
    text = "本年收入合计300.00万元，其中：财政拨款收入200.00万元，占66.66%。"

    assert verdicts(text, "SHR001", rounding="truncate") == ["consistent"]


def test_units_do_not_change_the_verdict() -> None:
    texts = [
        "支出合计1.50亿元，其中：基本支出1.00亿元，项目支出0.60亿元。",
        "支出合计15000万元，其中：基本支出10000万元，项目支出6000万元。",
        "支出合计150000000元，其中：基本支出100000000元，项目支出60000000元。",
    ]

    assert [verdicts(t, "SUM001") for t in texts] == [["inconsistent"]] * 3


def test_shares_of_a_wrong_whole_are_one_finding() -> None:
    text = (
        "本年收入合计1,100.00万元，其中：一般公共预算财政拨款收入800.00万元，占80.00%；"
        "事业收入150.00万元，占15.00%；其他收入50.00万元，占5.00%。"
    )
    found = [f for f in report(text, "SHR001").findings if f.rule == "SHR001"]

    assert len(found) == 1
    assert len(found[0].consequences) == 2


def test_direction_words_are_repaired_by_the_rate() -> None:
    text = "公务用车购置及运行维护费支出23.04万元，比2019年增加5.71万元，下降20%。"
    (finding,) = report(text).findings

    assert finding.rule == "CHG001"
    assert [r.replacement for r in finding.repairs] == ["减少5.71万元"]
    assert finding.repairs[0].because == "5.71 ÷ (23.04 + 5.71) = 19.86% ≈ 20%"


def test_fingerprints_do_not_depend_on_the_place() -> None:
    text = "本年收入合计300.00万元，其中：财政拨款收入100.00万元，占35%。"
    first = report(text).findings[0]
    later = report(f"说明如下。\n\n{text}").findings[0]

    assert first.fingerprint == later.fingerprint


def test_coverage_counts_only_figures_of_account() -> None:
    text = """一、主要职能
2023年共办理信访件120件。
三、支出决算情况说明
2023年本年支出合计300.00万元，其中：基本支出100.00万元，项目支出200.00万元。另有押金5.00万元。
"""
    result = report(text)

    assert (result.coverage.numbers, result.coverage.checked) == (4, 3)
    assert result.states.count(FigureState.IGNORED) == 2


def test_notes_never_outrank_errors() -> None:
    text = "本年收入合计300.00万元，其中：财政拨款收入100.00万元，占35%。。"
    severities = {f.rule: f.severity for f in report(text).findings}

    assert severities["SHR001"] is Severity.ERROR
    assert severities["PUN001"] is Severity.NOTE
