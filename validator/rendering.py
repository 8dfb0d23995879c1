"""Reports in a format（输出结果）, for programs that checked them themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.errors import UsageError
from validator.findings import Report
from validator.reporters import BINARY, FORMATS, rendered, rendered_bytes
from validator.reporters.base import Look, RuleCard, Run
from validator.reporters.summary import summarise
from validator.run import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.engine.packs import RuleSet


def render(
    reports: Report | Sequence[Report],
    form: str = "json",
    *,
    lang: str = "zh",
    run: Run | None = None,
    ruleset: RuleSet | None = None,
    evaluations: bool = False,
    numbers: bool = False,
) -> str:
    """Reports in one of the formats of ``gouji check --format``.

    Args:
        reports: One result, or results in the order of the files.
        form: Name of the format.
        lang: Language of what is said around the findings, ``zh`` or ``en``.
        run: What a gate made of them; without it the usual demands hold.
        ruleset: The rules that they were checked with, where there was no gate; the shipped
            ones when None.
        evaluations: Whether JSON lists every comparison.
        numbers: Whether JSON lists every figure.

    Raises:
        UsageError: There is no such format, or it is no text.
    """
    if form in BINARY:
        raise UsageError(f"格式“{form}”是文件，不是文字；请用 render_bytes")
    look = Look(lang, colour=False, evaluations=evaluations, numbers=numbers)
    return rendered(form, *_run_over(reports, form, run, ruleset), look)


def render_bytes(
    reports: Report | Sequence[Report],
    form: str,
    *,
    lang: str = "zh",
    run: Run | None = None,
    ruleset: RuleSet | None = None,
) -> bytes:
    """Reports as the file that ``gouji check --format 格式:文件`` writes, in any format.

    Args:
        reports: One result, or results in the order of the files.
        form: Name of the format.
        lang: Language of what is said around the findings, ``zh`` or ``en``.
        run: What a gate made of them; without it the usual demands hold.
        ruleset: The rules that they were checked with, where there was no gate; the shipped
            ones when None.

    Raises:
        UsageError: There is no such format.
    """
    look = Look(lang, colour=False)
    return rendered_bytes(form, *_run_over(reports, form, run, ruleset), look)


def _run_over(
    reports: Report | Sequence[Report], form: str, run: Run | None, ruleset: RuleSet | None
) -> tuple[list[Report], Run]:
    if form not in FORMATS:
        raise UsageError(f"没有格式“{form}”；可用：{'、'.join(FORMATS)}")
    listed = [reports] if isinstance(reports, Report) else list(reports)
    if run is None:
        rules = ruleset if ruleset is not None else shipped_rules()
        cards = {rule.id: RuleCard.of(rule) for rule in rules.rules}
        run = Run(summarise(listed), rules.fingerprint, len(cards), cards)
    return listed, run
