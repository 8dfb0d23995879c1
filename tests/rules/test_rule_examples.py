"""Every example in every rule file comes out as the file says."""

from __future__ import annotations

import pytest

from validator import rulebook
from validator.engine.packs import load_rules

RULES = load_rules(["all"])
EXAMPLES = rulebook.cases(RULES)


@pytest.mark.parametrize("case", EXAMPLES, ids=[case.id for case in EXAMPLES])
def test_example_comes_out(case: rulebook.Case) -> None:
    assert rulebook.run_example(case, RULES) == ""


def test_rule_files_are_in_order() -> None:
    assert rulebook.lint(RULES) == []
