"""Write a new rule（起草规则）: a file that already works, with examples to be edited.

A rule starts from one of three things: an identity between the rows of a table, words that
must not stand in a report, or a rule that is much like it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.editor_schema import editor_schema
from validator.engine.pack_files import PACK_FILE
from validator.errors import UsageError
from validator.rulebook.equation import read_equation
from validator.rulebook.lookup import find_rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from validator.engine.packs import RuleSet
    from validator.extract.lexicon import Lexicon
    from validator.rulebook.equation import Equation

SCHEMA_FILE = "rule.schema.json"
"""Tells an editor what may stand in a rule file; each draft names it in its first line."""
_FOR_EDITORS = f"# yaml-language-server: $schema={SCHEMA_FILE}"
_PLAIN = re.compile(r"[\u4e00-\u9fff（“][\w（）“”、，。；+=<-]*(?: [\w（）“”、，。；+=<-]+)*")
"""Text that YAML reads as it is, without quotes."""
_CENT = Decimal("0.01")
_SLIP = Decimal(10)
_SHORT = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new rule is called（新规则）.

    Attributes:
        id: Its id, not used yet.
        name: Its English name.
        title: Its Chinese title.
        severity: How grave a finding is.
    """

    id: str
    name: str
    title: str
    severity: str = "warning"

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.id}-{self.name}.yaml"


def next_id(family: str, ruleset: RuleSet) -> str:
    """The first id of a family that no rule has."""
    used = {rule.id for rule in ruleset.rules} | set(ruleset.disabled)
    return next(i for n in range(1, 1000) if (i := f"{family}{n:03}") not in used)


def from_table(draft: Draft, table: str, identity: str, ruleset: RuleSet) -> dict[str, str]:
    """Files of a rule about rows of a table: the rule, and words that gouji did not know.

    Args:
        draft: What it is called.
        table: Title of the table, as printed.
        identity: ``甲 + 乙 = 丙``, in the words of the rows.
        ruleset: Rules and words there are.

    Raises:
        UsageError: The identity cannot be read.
    """
    equation, said = read_equation(identity), identity.strip()
    if len(equation.names) > len(_SHORT):
        raise UsageError(f"等式里最多写 {len(_SHORT)} 行")
    lexicon = ruleset.lexicon
    form = _form(table, lexicon) or f"{draft.id.lower()}_form"
    rows = {
        name: _row(name, lexicon) or f"{draft.id.lower()}_{letter}"
        for name, letter in zip(equation.names, _SHORT, strict=False)
    }
    short = dict(zip(equation.names, _SHORT, strict=False))
    cells = [
        f"  {short[name]}: {{form: {form}, row: {_word(rows[name])}}}    # {name}"
        for name in rows
    ]
    lines = [
        *_head(draft, "statement", "form", "sum_mismatch"),
        "cells:",
        *cells,
        f"assert: {{fits: {equation.written(short)}}}",
        f"message: {_quoted(f'{table}：按“{said}”算得 {{left}}，表中 {{right}}。')}",
        *_foot(f"{said}。"),
        *_examples(table, equation),
    ]
    files = {draft.file: "\n".join(lines) + "\n"}
    words = _words(table, form, rows, lexicon)
    return files | ({f"lexicon-{draft.id.lower()}.yaml": words} if words else {})


def from_words(draft: Draft, words: str) -> dict[str, str]:
    """The file of a rule about words that must not stand in a report.

    Args:
        draft: What it is called.
        words: The words, as they would be printed.
    """
    lines = [
        *_head(draft, "pattern", "any", "template_residue"),
        f"match: {{words: {_quoted(re.escape(''.join(words.split())))}}}",
        "message: “{match}”不应出现在公开的报告里。",
        *_foot("请写明为什么。"),
        "examples:",
        "  - pass: 本单位按规定公开决算。",
        "    because: 没有这些文字。",
        f"  - fail: {_quoted(f'本单位说明：[[{words}]]。')}",
        f"  - fail: {_quoted(f'二、收入决算情况说明（[[{words}]]）')}",
    ]
    return {draft.file: "\n".join(lines) + "\n"}


def from_rule(draft: Draft, like: str, ruleset: RuleSet) -> dict[str, str]:
    """The file of a rule that starts as another one.

    Args:
        draft: What it is called.
        like: Id or name of the other.
        ruleset: Where it is.

    Raises:
        UsageError: There is no such rule.
    """
    rule = find_rule(like, ruleset)
    pack = next(one for one in ruleset.packs if one.id == rule.pack)
    path = pack.source.folder / f"{rule.id}-{rule.name}.yaml"
    text = path.read_text(encoding="utf-8")
    new = {"id": draft.id, "name": draft.name, "title": _quoted(draft.title)}
    text = re.sub(
        r"^(id|name|title): .*$", lambda m: f"{m[1]}: {new[m[1]]}", text, flags=re.MULTILINE
    )
    return {draft.file: f"{_FOR_EDITORS}\n# 照 {rule.id} 改的。\n{text}"}


def save_draft(folder: Path, family: str, files: Mapping[str, str]) -> list[Path]:
    """Write the files of a draft, what editors need, and a ``pack.yaml`` into a new folder.

    Args:
        folder: Where to; it is made where it does not exist.
        family: The three letters of the new rule.
        files: File name → content.

    Raises:
        UsageError: A file is there already, or the folder cannot be written.
    """
    name = folder.resolve().name
    pack = (
        f"id: {_quoted(name)}\ntitle: {_quoted(name)}\nfamilies:\n  {family}: {_quoted(name)}\n"
    )
    wanted = dict(files)
    if not folder.is_dir() or not any(folder.glob("*.yaml")):
        wanted = {PACK_FILE: pack, **wanted}
    if not (folder / SCHEMA_FILE).exists():
        wanted[SCHEMA_FILE] = editor_schema("rule")
    there = [file for file in wanted if (folder / file).exists()]
    if there:
        raise UsageError(f"“{(folder / there[0]).as_posix()}”已经有了；请换一个编号或文件夹")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in wanted.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"“{folder}”写不了（{error.strerror}）；请换一个文件夹") from error
    return [folder / file for file in wanted]


def _head(draft: Draft, kind: str, each: str, category: str) -> list[str]:
    return [
        _FOR_EDITORS,
        f"id: {draft.id}",
        f"name: {draft.name}",
        f"kind: {kind}",
        f"each: {each}",
        "status: stable",
        f"severity: {draft.severity}",
        f"category: {category}",
        f"title: {_quoted(draft.title)}",
    ]


def _foot(why: str) -> list[str]:
    return [f"why: {_quoted(why)}", "references: [请写明依据：哪个文件、哪个表的编制说明]"]


def _examples(table: str, equation: Equation) -> list[str]:
    """Tables that hold, hold although they do not look it, and twice do not."""
    right = equation.figures()
    total = equation.right[0][1]
    part = equation.left[0][1]
    lines = ["examples:", *_example("pass", table, right)]
    if equation.relation == "=" and len(right) > 2:
        lines += _example("pass", table, right | {total: right[total] + _CENT})
        lines.append("    because: 每个数都是四舍五入的，末位可以差1。")
    else:
        lines.append("    because: 正好相等，也符合。")
    away = -1 if equation.relation == "<=" else 1
    wrong_total = right[total] + away * _slip(right[total])
    for name, wrong in ((total, wrong_total), (part, _worse(equation, right))):
        lines += _example("fail", table, right | {name: wrong}, marked=name)
    return lines


def _slip(value: Decimal) -> Decimal:
    """An error that leaves the value above zero."""
    return min(_SLIP, value / 2).quantize(_CENT)


def _worse(equation: Equation, right: Mapping[str, Decimal]) -> Decimal:
    sign, part = equation.left[0]
    up = sign if equation.relation in ("=", "<=") else -sign
    return right[part] + up * _slip(right[part])


def _example(
    word: str, table: str, figures: Mapping[str, Decimal], marked: str = ""
) -> list[str]:
    rows = [
        f"      | {name} | {f'[[{value:.2f}]]' if name == marked else f'{value:.2f}'} |"
        for name, value in figures.items()
    ]
    head = [f"      {table}", "      单位：万元", "      | 项目 | 金额 |"]
    return [f"  - {word}: |", *head, *rows]


def _form(table: str, lexicon: Lexicon) -> str:
    """The id of a form with exactly this title, or ""."""
    forms = lexicon.tables["forms"].items()
    return next((name for name, form in forms if table in form["titles"]), "")


def _row(name: str, lexicon: Lexicon) -> str:
    """The id of a line item with exactly this name, or ""."""
    item = lexicon.items.get(name)
    return item.id if item else ""


def _words(table: str, form: str, rows: Mapping[str, str], lexicon: Lexicon) -> str:
    """A ``lexicon.yaml`` with what is not known yet, or ""."""
    lines: list[str] = []
    if not _form(table, lexicon):
        lines += ["forms:", f"  {form}: {{titles: [{_quoted(table)}]}}"]
    new = [name for name in rows if not _row(name, lexicon)]
    if new:
        lines.append("items:")
        lines += [f"  - {{id: {rows[name]}, name: {_quoted(name)}}}" for name in new]
    return "\n".join(["# 本规则包自己的表名和行名。", *lines]) + "\n" if lines else ""


def _word(text: str) -> str:
    return f"'{text}'" if text.isdecimal() else text


def _quoted(text: str) -> str:
    """A string that YAML takes as it is."""
    if _PLAIN.fullmatch(text):
        return text
    return "'" + text.replace("'", "''") + "'"
