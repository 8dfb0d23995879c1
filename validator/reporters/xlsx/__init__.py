"""Reports → workpaper（底稿）: an Excel workbook for auditors, with every comparison in it."""

from __future__ import annotations

from validator.reporters.xlsx.workpaper import Decision, Workpaper

__all__ = ["Decision", "Workpaper"]
