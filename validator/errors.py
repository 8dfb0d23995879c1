"""Everything gouji refuses（错误）: where, what, what is allowed, what to do.

```text
GoujiError
├── UnreadableDocument    a file that cannot be read as a report
├── RuleError             a rule file, pack or lexicon that cannot be used
└── UsageError            an option or a configuration value that cannot be used
```
"""

from __future__ import annotations


class GoujiError(Exception):
    """Root of every error that a user can cause and can mend."""


class UnreadableDocument(GoujiError):  # noqa: N818 - reads as what it says, as in `except UnreadableDocument`
    """A file that cannot be read as a report.

    Args:
        what: What is wrong, one Chinese clause without the file name.
        advice: What the reader can do about it, one Chinese clause.
    """

    def __init__(self, what: str, advice: str) -> None:
        self.what = what
        self.advice = advice
        super().__init__(f"{what}；{advice}")

    def __reduce__(self) -> tuple[type[UnreadableDocument], tuple[str, str]]:
        """Travel between processes; an exception's own way knows only its message."""
        return type(self), (self.what, self.advice)


class RuleError(GoujiError):
    """A rule file that cannot be used; the message begins with file:line:column."""


class UsageError(GoujiError):
    """An option value or an argument that cannot be used."""
