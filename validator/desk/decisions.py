"""What people decided（核实）: kept with a check, seen from every check that follows it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from validator.desk.records import Choice, Decision
from validator.errors import UsageError
from validator.reporters.told import visible

if TYPE_CHECKING:
    from validator.desk.database import Database, Writer

LONGEST_NOTE = 2000
"""Characters of the note on a decision."""
_CHAIN = """
WITH RECURSIVE chain (id, steps) AS (
    SELECT id, 0 FROM checks WHERE id = ?
    UNION
    SELECT checks.follows, steps + 1 FROM checks JOIN chain ON checks.id = chain.id
    WHERE checks.follows IS NOT NULL
)
SELECT fingerprint, choice, note, made
FROM decisions JOIN chain ON check_id = chain.id
WHERE fingerprint IN (SELECT fingerprint FROM findings WHERE check_id = ?)
ORDER BY steps DESC
"""


def decided(database: Database, check_id: str) -> dict[str, Decision]:
    """Decisions on findings of a check, by fingerprint; the latest of its chain counts."""
    found = {}
    for fingerprint, choice, note, made in database.rows(_CHAIN, check_id, check_id):
        when = datetime.fromisoformat(made)
        known = Choice(choice) if choice else None
        found[fingerprint] = Decision(fingerprint, known, note, when)
    return {key: one for key, one in found.items() if one.choice is not None}


def decide(
    database: Database, check_id: str, fingerprint: str, choice: Choice | None, note: str
) -> Decision:
    """Keep a decision; None takes one back, also where a check before made it.

    Raises:
        KeyError: There is no such finding.
        UsageError: The note is too long.
    """
    words = "\n".join(visible(line).rstrip() for line in note.strip().splitlines())
    if len(words) > LONGEST_NOTE:
        raise UsageError(f"说明有{len(words)}个字，最多{LONGEST_NOTE}个；请写短一些")
    decision = Decision(fingerprint, choice, words if choice else "", datetime.now(UTC))
    with database.writing() as writer:
        if not writer.rows(
            "SELECT 1 FROM findings WHERE check_id = ? AND fingerprint = ?",
            check_id,
            fingerprint,
        ):
            raise KeyError(fingerprint)
        writer.write(
            "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?)",
            check_id, fingerprint, choice.value if choice else None, decision.note,
            decision.when.isoformat(),
        )  # fmt: skip
    return decision


def hand_on(writer: Writer, check_id: str) -> None:
    """Keep what was decided on findings that a later check has too, before a check goes."""
    for (later,) in writer.rows("SELECT id FROM checks WHERE follows = ?", check_id):
        # The latest of the chain comes last.
        latest = {row[0]: row for row in writer.rows(_CHAIN, check_id, later)}
        writer.write_many(
            "INSERT OR IGNORE INTO decisions VALUES (?, ?, ?, ?, ?)",
            [(later, *row) for row in latest.values()],
        )
