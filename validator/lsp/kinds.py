"""What a buffer is（缓冲区的种类）: a report, a file of a rule pack, a configuration, other."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from validator.config import CONFIG_FILE, PROJECT_FILE
from validator.engine.lexicon_file import LEXICON_FILES
from validator.engine.pack_files import PACK_FILE

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = frozenset({".txt", ".md", ".markdown"})
"""Suffixes of reports that an editor can hold."""
LANGUAGES = frozenset({"plaintext", "text", "markdown"})
"""What editors call such files."""
_YAML = frozenset({".yaml", ".yml"})
_RULE_NAME = re.compile(r"[A-Z]{3}[0-9]{3}-.+")
_RULE = re.compile(r"^id:[ \t]*[\"']?[A-Z]{3}[0-9]{3}\b", re.MULTILINE)
_PACK = re.compile(r"^(?:id|title|extends|families|overlay|rules):", re.MULTILINE)
_LEXICON = re.compile(r"^(?:forms|items|families|aliases|columns|cues):", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[\[?\s*tool\s*\.\s*gouji\b", re.MULTILINE)
_PROGRAM = re.compile(r"^ {0,3}(?:```|~~~)|`[^`\n]+`", re.MULTILINE)
_ABOUT = re.compile(
    r"(?:readme|changelog|changes|contributing|license|copying|notice|authors|security|todo)\b",
    re.IGNORECASE,
)


class Kind(Enum):
    """What a buffer is taken for."""

    REPORT = auto()
    RULE = auto()
    PACK = auto()
    LEXICON = auto()
    CONFIG = auto()
    OTHER = auto()


YAML_KINDS = frozenset({Kind.RULE, Kind.PACK, Kind.LEXICON})


def kind_of(path: Path, language: str, text: str) -> Kind:
    """What a buffer is.

    Args:
        path: Its file, which may not be on the disk yet.
        language: What the editor calls its language.
        text: What it holds.
    """
    suffix = path.suffix.lower()
    if suffix in REPORTS:
        ours = language in LANGUAGES and not _manual(path, text)
        return Kind.REPORT if ours else Kind.OTHER
    if path.name == CONFIG_FILE or (path.name == PROJECT_FILE and _TABLE.search(text)):
        return Kind.CONFIG
    return _yaml_kind(path, text) if suffix in _YAML else Kind.OTHER


def _manual(path: Path, text: str) -> bool:
    """Whether a text is clearly about software: no report quotes code."""
    if _ABOUT.match(path.stem):
        return True
    return path.suffix.lower() != ".txt" and _PROGRAM.search(text) is not None


def _yaml_kind(path: Path, text: str) -> Kind:
    if path.name == PACK_FILE:
        return Kind.PACK if _PACK.search(text) or not text.strip() else Kind.OTHER
    in_pack = (path.parent / PACK_FILE).is_file()
    if LEXICON_FILES.fullmatch(path.name):
        return Kind.LEXICON if in_pack or _LEXICON.search(text) else Kind.OTHER
    if in_pack or _RULE_NAME.fullmatch(path.stem) or _RULE.search(text):
        return Kind.RULE
    return Kind.OTHER
