"""Forms of self-assessment（绩效自评表）: what they are about, funds, indicators and scores."""

from validator.extract.assessments.funds import Funds, funds_of, stages_of
from validator.extract.assessments.lines import Level, Line, Lines, lines_of, score_columns
from validator.extract.assessments.projects import Named, named_forms
from validator.extract.assessments.words import Words, tells

__all__ = [
    "Funds",
    "Level",
    "Line",
    "Lines",
    "Named",
    "Words",
    "funds_of",
    "lines_of",
    "named_forms",
    "score_columns",
    "stages_of",
    "tells",
]
