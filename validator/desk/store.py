"""Checks and their findings as they are kept（存放）: rows in, records out."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime
from typing import TYPE_CHECKING, Any

from validator.desk.database import PATIENCE, Database
from validator.desk.decisions import hand_on
from validator.desk.records import Change, CheckInfo, FileResult, FindingRow, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from validator.desk.database import Writer

_ONE_CHECK = """
SELECT id, created, title, state, coalesce(follows, '') FROM checks WHERE id = ?
"""
_ALL_CHECKS = """
SELECT id, created, title, state, coalesce(follows, '') FROM checks ORDER BY serial DESC
"""
_FILES = """
SELECT check_id, number, name, state, verdict, error, errors, warnings, notes, coverage,
    numbers, checked
FROM files WHERE ?1 IN (check_id, '') ORDER BY check_id, number
"""
_ADD = "INSERT INTO checks (id, created, title, state, follows) VALUES (?, ?, ?, ?, ?)"
_PUT = """
UPDATE files SET state = ?, verdict = ?, error = ?, errors = ?, warnings = ?, notes = ?,
    coverage = ?, numbers = ?, checked = ?
WHERE check_id = ? AND number = ?
"""
_PUT_FINDING = """
INSERT INTO findings
    (check_id, file, fingerprint, rule, title, severity, place, quote, message, suggestion)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_FINDINGS = """
SELECT file, fingerprint, rule, title, severity, place, quote, message, suggestion
FROM findings WHERE check_id = ? ORDER BY file, id
"""
_CHANGED = """
SELECT file, fingerprint, rule, title, severity, place, quote, message, suggestion
FROM changes JOIN findings ON findings.id = changes.finding
WHERE changes.check_id = ? AND became = ? ORDER BY file, findings.id
"""
_OPEN = (State.WAITING.value, State.RUNNING.value)
_FIXED, _LEFT, _NEW, _MISSING = "fixed", "left", "new", "missing"


class Store:
    """Rows of the database as records; of a check that is gone, changes do nothing."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        """Open the database, or make it.

        Args:
            path: The file.
            patience: Seconds to wait for another program to let go of it.

        Raises:
            UsageError: It cannot be used.
        """
        self.database = Database(path, patience)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def add(self, check: CheckInfo, uploads: Sequence[str]) -> None:
        """Add a check with what came in, before anything is known about it.

        Args:
            check: The check.
            uploads: Names of its files with their folders, as pairing needs them.
        """
        with self.database.writing() as writer:
            writer.write(
                _ADD, check.id, check.created.isoformat(), check.title, check.state.value,
                check.follows or None,
            )  # fmt: skip
            rows = [(check.id, number, name) for number, name in enumerate(uploads)]
            writer.write_many("INSERT INTO uploads VALUES (?, ?, ?)", rows)
            _put_files(writer, check.id, [one.name for one in check.files])

    def check(self, check_id: str) -> CheckInfo:
        """One check.

        Raises:
            KeyError: There is none of this id.
        """
        found = self.database.rows(_ONE_CHECK, check_id)
        if not found:
            raise KeyError(check_id)
        return _check(found[0], self.database.rows(_FILES, check_id))

    def checks(self) -> list[CheckInfo]:
        """All checks, the newest first."""
        files: dict[str, list[tuple[Any, ...]]] = {}
        for row in self.database.rows(_FILES, ""):
            files.setdefault(row[0], []).append(row)
        listed = self.database.rows(_ALL_CHECKS)
        return [_check(row, files.get(row[0], [])) for row in listed]

    def uploads(self, check_id: str) -> list[str]:
        """Names of the files of a check as they came in."""
        query = "SELECT name FROM uploads WHERE check_id = ? ORDER BY number"
        return [name for (name,) in self.database.rows(query, check_id)]

    def waiting(self) -> list[str]:
        """Ids of checks that are not finished, the oldest first."""
        query = "SELECT id FROM checks WHERE state IN (?, ?) ORDER BY serial"
        return [check_id for (check_id,) in self.database.rows(query, *_OPEN)]

    def begin_again(self, check_id: str, names: Sequence[str]) -> None:
        """Forget what was found, and let a check wait.

        Args:
            check_id: Id of the check.
            names: What its files are called.
        """
        with self.database.writing() as writer:
            writer.write(
                "UPDATE checks SET state = ? WHERE id = ?", State.WAITING.value, check_id
            )
            _put_files(writer, check_id, names)

    def set_files(self, check_id: str, names: Sequence[str]) -> None:
        """Tell which files a check has: a zip becomes those that it holds."""
        with self.database.writing() as writer:
            _put_files(writer, check_id, names)

    def set_state(self, check_id: str, state: State, files: Iterable[int] = ()) -> None:
        """Tell how far a check is, or only some of its files."""
        with self.database.writing() as writer:
            rows = [(state.value, check_id, number) for number in files]
            if rows:
                writer.write_many(
                    "UPDATE files SET state = ? WHERE check_id = ? AND number = ?", rows
                )
            else:
                writer.write("UPDATE checks SET state = ? WHERE id = ?", state.value, check_id)

    def put(self, check_id: str, result: FileResult, findings: Sequence[FindingRow]) -> None:
        """Tell what became of a file; its name stays."""
        counts = (result.counts.get(one, 0) for one in ("error", "warning", "note"))
        with self.database.writing() as writer:
            known = writer.write(
                _PUT, result.state.value, result.verdict, result.error, *counts,
                result.coverage, result.numbers, result.checked, check_id, result.number,
            )  # fmt: skip
            if known:
                rows = [(check_id, *astuple(one)) for one in findings]
                writer.write_many(_PUT_FINDING, rows)

    def findings(self, check_id: str) -> list[FindingRow]:
        """Findings of a check, by file and place."""
        return [FindingRow(*row) for row in self.database.rows(_FINDINGS, check_id)]

    def put_change(
        self, check_id: str, before: str, keys: Mapping[str, set[Key]], apart: str = ""
    ) -> None:
        """Tell what became of the findings of the check before.

        Args:
            check_id: Id of the check.
            before: Id of the check that it follows.
            keys: ``fixed`` and ``missing`` findings of the check before, ``left`` and ``new``
                ones of this check, by file and fingerprint. What neither check has is passed
                over.
            apart: Which files were not compared, or "".
        """
        with self.database.writing() as writer:
            done = "UPDATE checks SET compared = 1, apart = ? WHERE id = ?"
            if not writer.write(done, apart, check_id):
                return
            for became in (_FIXED, _LEFT, _NEW, _MISSING):
                owner = before if became in (_FIXED, _MISSING) else check_id
                rows = writer.rows(
                    "SELECT id, file, fingerprint FROM findings WHERE check_id = ?", owner
                )
                wanted = keys.get(became, set())
                writer.write_many(
                    "INSERT OR REPLACE INTO changes VALUES (?, ?, ?)",
                    [(check_id, key, became) for key, *place in rows if tuple(place) in wanted],
                )

    def change(self, check_id: str) -> Change | None:
        """What became of the findings of the check before; None where nobody compared."""
        told = self.database.rows(
            "SELECT apart FROM checks WHERE id = ? AND compared = 1 AND follows IS NOT NULL",
            check_id,
        )
        if not told:
            return None
        fixed, left, new, missing = (
            tuple(FindingRow(*row) for row in self.database.rows(_CHANGED, check_id, became))
            for became in (_FIXED, _LEFT, _NEW, _MISSING)
        )
        return Change(fixed, left, new, missing, told[0][0])

    def delete(self, check_ids: Sequence[str]) -> None:
        """Delete checks with all that was found and decided, beyond recovery.

        Decisions on findings that a check which follows has too are handed on to it.
        """
        with self.database.writing() as writer:
            for check_id in check_ids:
                hand_on(writer, check_id)
                writer.write("DELETE FROM checks WHERE id = ?", check_id)
        self.database.forget()

    def setting(self, name: str) -> str | None:
        """A setting as it was written, None where nobody wrote it."""
        found = self.database.rows("SELECT value FROM settings WHERE name = ?", name)
        return found[0][0] if found else None

    def set_setting(self, name: str, value: str) -> None:
        """Write a setting."""
        with self.database.writing() as writer:
            writer.write("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)


Key = tuple[int, str]
"""A finding by its file and fingerprint."""


def _put_files(writer: Writer, check_id: str, names: Sequence[str]) -> None:
    if not writer.rows("SELECT 1 FROM checks WHERE id = ?", check_id):
        return
    writer.write("DELETE FROM files WHERE check_id = ?", check_id)
    writer.write_many(
        "INSERT INTO files (check_id, number, name, state) VALUES (?, ?, ?, ?)",
        [
            (check_id, number, name, State.WAITING.value)
            for number, name in enumerate(names)
        ],
    )  # fmt: skip


def _check(row: tuple[Any, ...], files: Iterable[tuple[Any, ...]]) -> CheckInfo:
    check_id, created, title, state, follows = row
    results = tuple(map(_file, files))
    when = datetime.fromisoformat(created)
    return CheckInfo(check_id, when, title, State(state), results, follows)


def _file(row: tuple[Any, ...]) -> FileResult:
    _, number, name, state, verdict, error, *counted = row
    errors, warnings, notes, coverage, numbers, checked = counted
    counts = {"error": errors, "warning": warnings, "note": notes}
    return FileResult(
        number, name, State(state), verdict, error, counts, coverage, numbers, checked
    )
