"""Tables → statements（读表）: header, columns, rows and the form that a table is."""

from validator.extract.tables.continued import joined
from validator.extract.tables.crossings import crossings_of, facts_of, headings_of
from validator.extract.tables.layout import Hint, Layout, lay_out, with_figures

__all__ = [
    "Hint",
    "Layout",
    "crossings_of",
    "facts_of",
    "headings_of",
    "joined",
    "lay_out",
    "with_figures",
]
