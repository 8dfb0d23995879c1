"""A file of a rule pack in a buffer → what is wrong with it（查规则文件）.

First the file alone, then as a part of its pack and of the rules that the nearest
``gouji.toml`` chooses, last its examples; unsaved buffers stand in for their files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.engine.drafts import drafted
from validator.engine.lexicon_file import LexiconFile
from validator.engine.pack_files import PackFile
from validator.engine.pack_sources import rules_folder, shipped_packs
from validator.engine.rule_load import load_rule
from validator.engine.schema import RuleFile
from validator.engine.strict import faults
from validator.engine.yaml_load import parse_yaml
from validator.errors import GoujiError, RuleError
from validator.findings import Severity
from validator.lsp.kinds import Kind
from validator.lsp.places import Located, located, problem, rest_of_line
from validator.lsp.positions import yaml_offset
from validator.lsp.problems import Checked, Problem
from validator.rulebook.examples import run_example
from validator.rulebook.linting import lint
from validator.rulebook.lookup import cases_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic import BaseModel

    from validator.config import Config
    from validator.document import Span
    from validator.engine import yaml_load
    from validator.engine.packs import RuleSet
    from validator.engine.schema import Rule

_MODELS: Mapping[Kind, type[BaseModel]] = {
    Kind.RULE: RuleFile,
    Kind.PACK: PackFile,
    Kind.LEXICON: LexiconFile,
}
_NOT_RUN = "同一批规则里另有文件不能用，例子没有运行：{error}"


def check_rule_file(
    text: str, path: Path, kind: Kind, config: Config, drafts: Mapping[Path, bytes]
) -> Checked:
    """Check a buffer.

    Args:
        text: What it holds.
        path: Its file.
        kind: One of ``YAML_KINDS``.
        config: Which packs are read with it.
        drafts: All unsaved files of packs, by resolved path, this one included.
    """
    try:
        alone = parse_yaml(drafts[path.resolve()], path.name)
        refused = [str(error) for error in faults(_MODELS[kind], alone)]
        rule = load_rule(alone) if kind is Kind.RULE and not refused else None
    except RuleError as error:
        refused = [str(error)]
    if refused:
        return Checked(text, tuple(problem(text, located(error)) for error in refused))
    if _foreign(path.parent):
        return Checked(text)
    with drafted(drafts):
        return Checked(text, tuple(_in_company(text, path, config, alone, rule)))


def _foreign(folder: Path) -> bool:
    """Whether it is a shipped pack in another checkout: its rules are all there already."""
    shipped = shipped_packs(rules_folder()).get(folder.resolve().name)
    return shipped is not None and shipped.folder.resolve() != folder.resolve()


def _in_company(
    text: str, path: Path, config: Config, alone: yaml_load.Located, rule: Rule | None
) -> Iterator[Problem]:
    """What only shows together with the other rules."""
    try:
        ruleset = config.rules([path.parent])
    except GoujiError as error:
        place = located(str(error))
        if place.is_in(path):
            yield problem(text, place)
        else:
            what = _NOT_RUN.format(error=error)
            yield problem(text, Located("", 1, 1, what), Severity.WARNING)
        return
    if rule is not None:
        yield from _of_rule(text, path, alone, rule.id, ruleset)


def _of_rule(
    text: str, path: Path, alone: yaml_load.Located, rule_id: str, ruleset: RuleSet
) -> Iterator[Problem]:
    """What the linter says of a rule, and which of its examples do not come out."""
    rule = next((one for one in ruleset.rules if one.id == rule_id), None)
    if rule is None:
        return
    own = f"{ruleset.origins[rule_id]['']}："
    if not Located(own[:-1], 1, 1, "").is_in(path):
        return
    for line in lint(ruleset):
        if line.startswith(own):
            what = line.removeprefix(own)
            yield Problem(_at(text, alone, ("id",)), Severity.WARNING, what, rule_id)
    for at, case in enumerate(cases_of(rule)):
        if what := run_example(case, ruleset):
            key = "pass" if case.example.must_pass else "fail"
            span = _at(text, alone, ("examples", at, f"key:{key}"))
            yield Problem(span, Severity.ERROR, f"例子 {case.id}：{what}", rule_id)


def _at(text: str, alone: yaml_load.Located, path: tuple[str | int, ...]) -> Span:
    place = alone.place(path)
    return rest_of_line(text, yaml_offset(text, place.line, place.column))
