"""What is said of a report as a whole（报告概况）: whose it is, how it rounds percentages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.findings import Report
    from validator.reporters.words import Words


def subject(report: Report, words: Words) -> str:
    """Whose report it is, of which year and kind, as far as that was understood."""
    reading = report.reading
    if reading is None:
        return ""
    year = words.year.format(year=reading.year) if reading.year else ""
    return " ".join(filter(None, [reading.entity, year, words.kind[reading.kind]]))


def rounding_words(report: Report, words: Words) -> str:
    """How percentages were made, where it is not simply by rounding, else ""."""
    said, profile = words.rounding, report.profile
    if report.rounding == "nearest":
        return ""
    if profile is None or profile.habit != report.rounding:
        return said[report.rounding]
    form = "mostly_cut" if profile.truncated >= profile.nearest else "mostly_near"
    form = form if profile.nearest else "all_cut"
    return said[form].format(cut=profile.truncated, near=profile.nearest)
