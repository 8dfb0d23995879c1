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
    from validator.document import Document, Span
    from validator.engine.packs import RuleSet, load_rules
    from validator.errors import GoujiError, RuleError, UnreadableDocument, UsageError
    from validator.findings import (
        Coverage,
        Evaluation,
        Evidence,
        Finding,
        Repair,
        Report,
        Severity,
        Status,
        Verdict,
    )
    from validator.fixing import Fixed, Wishes, fix
    from validator.readers import read, read_bytes
    from validator.run import check, check_document, check_many, expand

__all__ = [
    "Coverage",
    "Document",
    "Evaluation",
    "Evidence",
    "Finding",
    "Fixed",
    "GoujiError",
    "Repair",
    "Report",
    "RuleError",
    "RuleSet",
    "Severity",
    "Span",
    "Status",
    "UnreadableDocument",
    "UsageError",
    "Verdict",
    "Wishes",
    "check",
    "check_document",
    "check_many",
    "expand",
    "fix",
    "load_rules",
    "read",
    "read_bytes",
]

_HOME = {
    "Document": "document",
    "Fixed": "fixing",
    "GoujiError": "errors",
    "RuleError": "errors",
    "RuleSet": "engine.packs",
    "Span": "document",
    "UnreadableDocument": "errors",
    "UsageError": "errors",
    "Wishes": "fixing",
    "check": "run",
    "check_document": "run",
    "check_many": "run",
    "expand": "run",
    "fix": "fixing",
    "load_rules": "engine.packs",
    "read": "readers",
    "read_bytes": "readers",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: ``gouji --version`` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOME.get(name, 'findings')}"), name)
    globals()[name] = found
    return found
