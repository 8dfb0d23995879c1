"""gouji 勾稽: a linter for published Chinese government accounts.

>>> from validator import check
>>> report = check("某某局2023年度部门决算.docx")
>>> report.status.value
'unreadable'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.config import Config, find_config, load_config
    from validator.document import Document, Span
    from validator.engine.packs import RuleSet, load_rules
    from validator.errors import GoujiError, RuleError, UnreadableDocument, UsageError
    from validator.findings import (
        Coverage,
        Evaluation,
        Evidence,
        Finding,
        Gone,
        Repair,
        Report,
        Severity,
        Status,
        Verdict,
    )
    from validator.fixing import Fixed, Wishes, fix
    from validator.gate import Gate
    from validator.inputs import expand
    from validator.readers import read, read_bytes
    from validator.rendering import render, render_bytes
    from validator.run import check, check_document, check_many
    from validator.settings import Settings
    from validator.standing import Standing, Waiver

__all__ = [
    "Config",
    "Coverage",
    "Document",
    "Evaluation",
    "Evidence",
    "Finding",
    "Fixed",
    "Gate",
    "Gone",
    "GoujiError",
    "Repair",
    "Report",
    "RuleError",
    "RuleSet",
    "Settings",
    "Severity",
    "Span",
    "Standing",
    "Status",
    "UnreadableDocument",
    "UsageError",
    "Verdict",
    "Waiver",
    "Wishes",
    "check",
    "check_document",
    "check_many",
    "expand",
    "find_config",
    "fix",
    "load_config",
    "load_rules",
    "read",
    "read_bytes",
    "render",
    "render_bytes",
]

_HOME = {
    "Config": "config",
    "Document": "document",
    "Fixed": "fixing",
    "Gate": "gate",
    "GoujiError": "errors",
    "RuleError": "errors",
    "RuleSet": "engine.packs",
    "Settings": "settings",
    "Span": "document",
    "Standing": "standing",
    "UnreadableDocument": "errors",
    "UsageError": "errors",
    "Waiver": "standing",
    "Wishes": "fixing",
    "check": "run",
    "check_document": "run",
    "check_many": "run",
    "expand": "inputs",
    "find_config": "config",
    "fix": "fixing",
    "load_config": "config",
    "load_rules": "engine.packs",
    "read": "readers",
    "read_bytes": "readers",
    "render": "rendering",
    "render_bytes": "rendering",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: ``gouji --version`` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOME.get(name, 'findings')}"), name)
    globals()[name] = found
    return found
