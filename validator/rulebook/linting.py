"""Lint rule files as a collection（检查规则文件）: what no single file can show."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from validator.engine.schema import Maturity
from validator.engine.yaml_load import nearest
from validator.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.packs import RuleSet
    from validator.engine.schema import CellSelector, Rule
    from validator.extract.lexicon import Lexicon

_MIN_FAILS = 2
_CODE = re.compile(r"e?\d{3,7}")
_UNFINISHED = "请写明"
"""Stands in a draft where its author has to say something."""
_ROW_WORDS = frozenset({"total", "code", "class", "named"})
_VARIANTS = ("_government", "_units")


def lint(ruleset: RuleSet) -> list[str]:
    """What is wrong with the rule files as a collection; each line names its file."""
    names = Counter(rule.name for rule in ruleset.rules)
    return [
        f"{ruleset.origins[rule.id]['']}：{what}"
        for rule in ruleset.rules
        for what in _faults(rule, names, ruleset)
    ]


def _faults(rule: Rule, names: Counter[str], ruleset: RuleSet) -> Iterator[str]:
    if names[rule.name] > 1:
        yield f"name 与另一条规则相同：{rule.name}"
    if not rule.why.strip():
        yield "缺少 why：一句话说明为什么"
    if rule.severity is Severity.ERROR and not rule.references:
        yield "严重程度是 error，要写依据（references）"
    if any(_UNFINISHED in text for text in (rule.why, *rule.references)):
        yield f"why 和 references 里还有“{_UNFINISHED}”，请写完"
    if rule.status is Maturity.DEPRECATED and not rule.replaced_by:
        yield "停用的规则要写由哪一条代替（replaced_by）"
    if rule.replaced_by and rule.replaced_by not in {one.id for one in ruleset.rules}:
        yield f"replaced_by：没有规则 {rule.replaced_by}"
    yield from _example_faults(rule)
    yield from _unknown_names(rule, ruleset.lexicon)


def _example_faults(rule: Rule) -> Iterator[str]:
    """Examples that are missing, or do not say what they show."""
    passes = [example for example in rule.examples if example.must_pass]
    fails = [example for example in rule.examples if not example.must_pass]
    if not passes:
        yield "至少要有一个 pass 的例子"
    elif not any(example.because for example in passes):
        yield "至少要有一个看起来像错、其实没错的 pass，用 because 说明为什么没错"
    if len(fails) < _MIN_FAILS:
        yield f"至少要有 {_MIN_FAILS} 个 fail 的例子，现有 {len(fails)} 个"
    for number, example in enumerate(fails, 1):
        if not example.marks:
            yield f"第 {number} 个 fail 的例子没有用 [[ ]] 标出错在哪里"
    if any(example.silent and not example.because for example in passes):
        yield "silent 的例子要用 because 说明为什么无可核对"


def _unknown_names(rule: Rule, lexicon: Lexicon) -> Iterator[str]:
    """Line items and forms that the lexicon does not have."""
    items = lexicon.by_id
    for name, one in rule.let.items():
        for item in one.items:
            if item not in items:
                yield f"let 的 {name}：词汇表里没有科目“{item}”{nearest(item, items)}"
    for name, cell in rule.cells.items():
        yield from _cell_faults(name, cell, lexicon)


def _cell_faults(name: str, cell: CellSelector, lexicon: Lexicon) -> Iterator[str]:
    """Forms and line items of a selector that do not exist."""
    forms, items = lexicon.tables["forms"], lexicon.by_id
    for form in cell.forms:
        base = next((form.removesuffix(v) for v in _VARIANTS if form.endswith(v)), form)
        if base not in forms and form != "text":
            yield f"cells 的 {name}：词汇表里没有表“{form}”{nearest(form, forms)}"
    for item in (*cell.rows, *cell.columns):
        if not (item in _ROW_WORDS or item in items or _known_group(item, lexicon)):
            yield f"cells 的 {name}：词汇表里没有科目“{item}”{nearest(item, items)}"


def _known_group(item: str, lexicon: Lexicon) -> bool:
    """Whether words with a colon name a family, a first digit, a length, or a list of codes."""
    kind, mark, rest = item.partition(":")
    if not mark:
        return _CODE.fullmatch(item) is not None
    match kind:
        case "family":
            return bool(lexicon.members(rest))
        case "class":
            return rest in ("1", "2", "3", "5")
        case "level":
            return rest in ("3", "5", "7")
        case "codes":
            return rest in lexicon.tables["codes"]
        case _:
            return False
