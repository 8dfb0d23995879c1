"""Questions about figures（逐处询问）: a figure is changed only when a person says so."""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from validator.cli.fix_story import console, show
from validator.fixing import Answer

if TYPE_CHECKING:
    from validator.fixing import Question

_ANSWERS = MappingProxyType(
    {
        "y": Answer.CHANGE,
        "改": Answer.CHANGE,
        "n": Answer.LEAVE,
        "不改": Answer.LEAVE,
        "q": Answer.STOP,
        "后面都不改": Answer.STOP,
    }
)


class Asker:
    """Shows each change of a figure on standard error and waits for an answer."""

    def __init__(self, *, colour: bool) -> None:
        """Ask at a terminal.

        Args:
            colour: Whether to use colours where there are any.
        """
        self._page = console(sys.stderr, colour=colour)

    def __call__(self, question: Question) -> Answer:
        """Ask until the answer is one of those that are allowed; none means no change."""
        click.echo(f"\n第{question.number}处，共{question.total}处", err=True)
        show(self._page, question.report, question.proposal)
        while True:
            word = click.prompt(
                "  改（y）、不改（n）、后面都不改（q）", default="n", show_default=False,
                prompt_suffix="：", err=True,
            )  # fmt: skip
            answer = _ANSWERS.get(str(word).strip().lower())
            if answer is not None:
                return answer
            click.echo("  请答 y、n 或 q；直接按回车是不改。", err=True)
