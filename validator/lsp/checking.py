"""One buffer in, what is wrong with it out（查一个缓冲区）: nothing here knows the protocol."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.lsp.config_files import check_config
from validator.lsp.kinds import YAML_KINDS, Kind, kind_of
from validator.lsp.problems import Checked
from validator.lsp.reports import LONGEST, check_text
from validator.lsp.rule_files import check_rule_file
from validator.lsp.settings import ChosenByFolder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Buffer:
    """An open file（打开的文件）.

    Attributes:
        path: Its file, resolved; it may not be on the disk yet.
        language: What the editor calls its language.
        text: What it holds.
    """

    path: Path
    language: str
    text: str

    @property
    def kind(self) -> Kind:
        """What it is taken for."""
        return kind_of(self.path, self.language, self.text)


class Checker:
    """Checks buffers, one at a time."""

    def __init__(self, language: str | None = None) -> None:
        """Start with nothing read.

        Args:
            language: Of labels, ``zh`` or ``en``; None for what the configuration says.
        """
        self._settings = ChosenByFolder(language)

    def check(self, buffer: Buffer, drafts: Mapping[Path, bytes]) -> Checked:
        """Check a buffer; what fails in the program itself is told in ``trace``.

        Args:
            buffer: The open file.
            drafts: All open files of rule packs, by resolved path.
        """
        try:
            return self._checked(buffer, drafts)
        except Exception:  # whatever it is, the editor goes on
            return Checked(buffer.text, trace=traceback.format_exc())

    def _checked(self, buffer: Buffer, drafts: Mapping[Path, bytes]) -> Checked:
        kind = buffer.kind
        if kind is Kind.OTHER:
            return Checked(buffer.text)
        chosen = self._settings.of(buffer.path.parent)
        if kind is Kind.CONFIG:
            return check_config(buffer.path, chosen)
        if kind in YAML_KINDS:
            return check_rule_file(buffer.text, buffer.path, kind, chosen.config, drafts)
        if len(buffer.text) > LONGEST:
            what = f"“{buffer.path.name}”超过{LONGEST // 10_000}万字，编辑时不检查"
            return Checked(buffer.text, told=(f"{what}；请用 gouji check 检查",))
        return check_text(buffer.text, buffer.path, chosen)
