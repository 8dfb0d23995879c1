"""The page for people（网页）: a report's text, its figures coloured, findings beside it."""

from __future__ import annotations

from validator.reporters.html.page import Html

__all__ = ["Html"]
