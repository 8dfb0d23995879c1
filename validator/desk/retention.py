"""How long checks are kept（保留期限）: for good, or for a number of days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.desk.records import CheckInfo

LONGEST = 36_500
"""Days that may be asked for; whoever wants more keeps them for good."""
_FOR_GOOD = "never"


def as_setting(days: int | None) -> str:
    """Days as they are written down, None for good.

    Raises:
        UsageError: There are too few or too many.
    """
    if days is not None and not 1 <= days <= LONGEST:
        raise UsageError(f"保留天数是{days}；请给1到{LONGEST}之间的整数，或不设期限")
    return _FOR_GOOD if days is None else str(days)


def from_setting(words: str | None) -> int | None:
    """Days as they were written down; for good where nobody did."""
    return int(words) if words is not None and words.isdecimal() else None


def overdue(checks: Iterable[CheckInfo], days: int | None, now: datetime | None) -> list[str]:
    """Ids of the checks whose days are over.

    Args:
        checks: All checks.
        days: How long they are kept, None for good.
        now: The time by which they are; the present when None.
    """
    if days is None:
        return []
    last = (now or datetime.now(UTC)) - timedelta(days=days)
    return [one.id for one in checks if one.created < last]
