"""The manual of rules（规则手册的页面）: one Markdown page a rule, and an index of families.

The pages are made from the rule files and from nothing else, so that what a rule says, what
its tests show and what the manual tells cannot part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.errors import UsageError
from validator.rulebook.listing import scope_of
from validator.rulebook.lookup import MATURITIES, SEVERITIES, cases_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from validator.engine.packs import RuleSet
    from validator.engine.schema import Rule

INDEX = "README.md"
_NOTE = "<!-- 由 gouji rules docs 生成；改规则文件，不要改这一页。 -->"
_PAGE = re.compile(r"[A-Z]{3}\d{3}\.md")
_KINDS = {
    "claim": "一种说法",
    "identity": "几个科目",
    "statement": "表里的数",
    "pattern": "文字",
    "numbering": "编号",
    "codes": "科目编码和名称",
    "figure": "数字的写法",
    "presence": "该有的内容",
}


def pages(ruleset: RuleSet) -> dict[str, str]:
    """File name → Markdown: ``README.md`` and a page for each rule, ``SHR001.md``."""
    found = {f"{rule.id}.md": _page(rule, ruleset) for rule in ruleset.rules}
    return {INDEX: _index(ruleset), **found}


def write(folder: Path, wanted: Mapping[str, str]) -> int:
    """Write pages that changed, remove those of rules that are gone; how many there were.

    Raises:
        UsageError: The folder cannot be written.
    """
    gone = stale(folder, wanted)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        changed = [n for n, text in wanted.items() if _content(folder / n) != text]
        for name in changed:
            (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        for path in gone:
            path.unlink()
    except OSError as error:
        raise UsageError(f"“{folder}”写不了（{error.strerror}）；请换一个文件夹") from error
    return len(changed) + len(gone)


def compare(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """What is not up to date in a folder of pages, one Chinese line each."""
    faults = []
    for name, text in wanted.items():
        path = folder / name
        found = _content(path)
        if found != text:
            faults.append(
                f"{path.as_posix()}：{'没有这一页' if found is None else '不是最新的'}"
            )
    return faults + [f"{path.as_posix()}：没有这条规则了" for path in stale(folder, wanted)]


def stale(folder: Path, wanted: Mapping[str, str]) -> list[Path]:
    """Pages of rules that are gone."""
    there = sorted(folder.glob("*.md")) if folder.is_dir() else []
    return [path for path in there if _PAGE.fullmatch(path.name) and path.name not in wanted]


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _index(ruleset: RuleSet) -> str:
    lines = [_NOTE, "", "# 规则一览", ""]
    lines += [
        f"共 {len(ruleset.rules)} 条。每条的依据、断言和例子在它自己的页里；例子就是它的测试。"
    ]
    for pack in ruleset.packs:
        rules = [rule for rule in ruleset.rules if rule.pack == pack.id]
        if not rules:
            continue
        overlay = "，要写明名称才用" if pack.source.overlay else ""
        lines += ["", f"## {pack.title}（{pack.id}，{len(rules)}条{overlay}）"]
        for family in dict.fromkeys(rule.id[:-3] for rule in rules):
            title = ruleset.families.get(family, "")
            lines += ["", f"### {family} {title}".rstrip(), ""]
            lines += ["| 编号 | 程度 | 查什么 |", "|---|---|---|"]
            lines += [_row(rule) for rule in rules if rule.id[:-3] == family]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    status = "" if rule.status == "stable" else f"（{MATURITIES[rule.status]}）"
    title = _cell(rule.title)
    return f"| [{rule.id}]({rule.id}.md) | {SEVERITIES[rule.severity]} | {title}{status} |"


def _page(rule: Rule, ruleset: RuleSet) -> str:
    pack = next((one for one in ruleset.packs if one.id == rule.pack), None)
    lines = [_NOTE, "", f"# {rule.id} {rule.title}", ""]
    facts = (f"`{rule.name}`", SEVERITIES[rule.severity], MATURITIES[rule.status])
    lines.append(" · ".join([*facts, pack.title if pack else rule.pack]))
    if rule.replaced_by:
        lines += ["", f"改用 [{rule.replaced_by}]({rule.replaced_by}.md)。"]
    if rule.why:
        lines += ["", " ".join(rule.why.split())]
    lines += ["", "| | |", "|---|---|"]
    lines += [f"| {label} | {value} |" for label, value in _table(rule)]
    for word, title in (("pass", "没有问题的"), ("fail", "有问题的")):
        cases = [case for case in cases_of(rule) if case.example.must_pass is (word == "pass")]
        for number, case in enumerate(cases, 1):
            lines += ["", f"## {title}例子" if number == 1 else "", ""]
            example = case.example
            text = example.holds if example.must_pass else example.fails
            marked = text.rstrip("\n").replace("[[", "【").replace("]]", "】")
            lines += ["```text", marked, "```"]
            if example.because:
                lines += ["", example.because]
    folded = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return folded + "\n"


def _table(rule: Rule) -> Iterator[tuple[str, str]]:
    """Label and value of what the rule is and judges."""
    yield "适用", scope_of(rule)
    yield "依据", "；".join(map(_cell, rule.references)) or "无"
    yield "查什么", f"{_KINDS.get(rule.kind, rule.kind)}（`{rule.kind}` / `{rule.each}`）"
    for name, items in rule.let.items():
        yield f"取数 `{name}`", "、".join(f"`{item}`" for item in items.items)
    for name, cell in rule.cells.items():
        yield (
            f"取数 `{name}`",
            f"表 {_codes(cell.forms)}，行 {_codes(cell.rows)}，栏 {_codes(cell.columns)}",
        )
    if rule.where_expression:
        yield "前提", f"`{_cell(rule.where_expression.text)}`"
    for name, assertion in rule.assertions.items():
        guard = f"，当 `{_cell(rule.guards[name].text)}`" if name in rule.guards else ""
        yield f"断言 `{name}`", f"`{_cell(assertion.text)}`{guard}"
    for name, pattern in rule.match.items():
        yield f"查找 `{name}`", f"`{_cell(pattern)}`"
    for name, value in rule.params.items():
        yield f"参数 `{name}`", f"`{_cell(value)}`"
    for name, text in rule.messages.items():
        yield f"提示语{f' `{name}`' if name else ''}", _cell(text)


def _codes(words: tuple[str, ...]) -> str:
    return "、".join(f"`{word}`" for word in words)


def _cell(text: str) -> str:
    """Text that does not end a table cell."""
    return " ".join(text.split()).replace("|", "\\|")
