"""New rules: what is drafted works at once, its examples too, and nothing is overwritten."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import rulebook
from validator.engine.packs import load_rules
from validator.errors import UsageError
from validator.rulebook import explain, lint
from validator.rulebook.draft import (
    Draft,
    from_rule,
    from_table,
    from_words,
    next_id,
    save_draft,
)
from validator.rulebook.equation import read_equation

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = Draft("ORG001", "rows-do-not-fit", "食堂收入小计不等于各项之和", "error")
SHIPPED = load_rules(examples=False)


def drafted(folder: Path, files: dict[str, str]) -> list[str]:
    """Problems of the examples and of the files, after saving."""
    save_draft(folder, "ORG", files)
    ruleset = load_rules(extra=[folder])
    problems = [
        tested.problem for tested in rulebook.test_rules(["ORG001"], ruleset) if tested.problem
    ]
    return problems + [line for line in lint(ruleset.only("ORG001")) if "请写明" not in line]


@pytest.mark.parametrize(
    "identity",
    [
        "餐费收入 + 食堂补助 = 收入小计",
        "收入小计 = 餐费收入 + 食堂补助",
        "餐费收入＋食堂补助－退款＝收入小计",
        "收入小计 - 食材支出 - 燃料支出 = 食堂结余",
        "食堂结余 <= 收入小计",
        "收入小计 ≥ 食材支出 + 燃料支出",
        "基本支出 + 项目支出 = 支出小计",
        "期初 + 收入小计 = 食材支出 + 期末",
    ],
)
def test_an_identity_of_a_table_becomes_a_working_rule(tmp_path: Path, identity: str) -> None:
    files = from_table(DRAFT, "机关食堂收支情况表", identity, SHIPPED)

    assert drafted(tmp_path / "食堂", files) == []


def test_known_tables_and_rows_bring_no_new_words(tmp_path: Path) -> None:
    files = from_table(DRAFT, "支出决算表", "基本支出 <= 本年支出合计", SHIPPED)

    assert list(files) == ["ORG001-rows-do-not-fit.yaml"]
    assert "form: expenditure, row: basic" in files["ORG001-rows-do-not-fit.yaml"]
    save_draft(tmp_path / "mine", "ORG", files)
    assert "取数 a：表 expenditure" in explain("ORG001", load_rules(extra=[tmp_path / "mine"]))


@pytest.mark.parametrize("words", ["此件仅供内部", "（待定）", "a.b*c", "它's “引号”"])
def test_words_become_a_working_rule(tmp_path: Path, words: str) -> None:
    assert drafted(tmp_path / "文字", from_words(DRAFT, words)) == []


@pytest.mark.parametrize("like", ["SHR001", "TPL001", "STM001", "totals-do-not-balance"])
def test_a_rule_is_written_like_another(tmp_path: Path, like: str) -> None:
    files = from_rule(DRAFT, like, SHIPPED)

    assert drafted(tmp_path / "照抄", files) == []


@pytest.mark.parametrize(
    ("identity", "error"),
    [
        ("甲 + 乙", "不是等式；请这样写"),
        ("甲 = 乙 = 丙", "不是等式"),
        ("甲 + = 乙", "不完整"),
        (" = 乙", "不完整"),
        ("甲 = 甲", "抵消"),
        ("甲 - 甲 - 乙 = 丙", "凑不出都大于0的数"),
    ],
)
def test_what_is_no_identity_is_refused(identity: str, error: str) -> None:
    with pytest.raises(UsageError, match=error):
        from_table(DRAFT, "表", identity, SHIPPED)


@given(
    st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=1, max_size=4, unique=True),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_figures_of_an_identity_satisfy_it(names: list[str], signs: list[bool]) -> None:
    written = "".join(
        f" {'+' if plus else '-'} {name}" for name, plus in zip(names, signs, strict=False)
    )
    equation = read_equation(f"{written} = 合计")
    try:
        figures = equation.figures()
    except UsageError:  # nothing is added: no amounts above zero can do
        assert not any(signs[: len(names)])
        return

    total = sum((sign * figures[name] for sign, name in equation.left), Decimal(0))
    assert total == figures["合计"]
    assert min(figures.values()) > 0


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    files = from_words(DRAFT, "待定")
    save_draft(tmp_path, "ORG", files)

    with pytest.raises(UsageError, match="已经有了；请换一个编号或文件夹"):
        save_draft(tmp_path, "ORG", files)


def test_a_new_folder_gets_a_pack_file_and_an_old_one_none(tmp_path: Path) -> None:
    first = save_draft(tmp_path / "食堂", "ORG", from_words(DRAFT, "待定"))
    second = save_draft(tmp_path / "食堂", "ORG", {"ORG002-x.yaml": "id: ORG002\n"})

    assert [path.name for path in first] == [
        "pack.yaml",
        "ORG001-rows-do-not-fit.yaml",
        "rule.schema.json",
    ]
    assert [path.name for path in second] == ["ORG002-x.yaml"]


def test_the_next_id_is_free() -> None:
    assert next_id("ORG", SHIPPED) == "ORG001"
    number = int(next_id("SHR", SHIPPED)[3:])
    assert f"SHR{number - 1:03}" in {rule.id for rule in SHIPPED.rules}
