"""The page for people（网页）: the report's text with every figure coloured, findings beside."""

from __future__ import annotations

from validator.reporters.html.page import Html

__all__ = ["Html"]
