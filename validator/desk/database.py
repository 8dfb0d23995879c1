"""The SQLite file（数据库）: its tables, its version, deleting without traces."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from validator.desk.folder import FULL
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

VERSION = 2
"""Of the tables; raised with every change, with a step in ``_STEPS`` that makes it."""
_TABLES = """
CREATE TABLE checks (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    follows TEXT REFERENCES checks (id) ON DELETE SET NULL,
    compared INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE uploads (
    check_id TEXT NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (check_id, number)
);
CREATE TABLE files (
    check_id TEXT NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    verdict TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    errors INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0,
    notes INTEGER NOT NULL DEFAULT 0,
    coverage TEXT NOT NULL DEFAULT '',
    numbers INTEGER NOT NULL DEFAULT 0,
    checked INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (check_id, number)
);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    check_id TEXT NOT NULL,
    file INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    rule TEXT NOT NULL,
    title TEXT NOT NULL,
    severity TEXT NOT NULL,
    place TEXT NOT NULL,
    quote TEXT NOT NULL,
    message TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    FOREIGN KEY (check_id, file) REFERENCES files (check_id, number) ON DELETE CASCADE
);
CREATE INDEX findings_of_check ON findings (check_id, file);
CREATE TABLE decisions (
    check_id TEXT NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    choice TEXT,
    note TEXT NOT NULL,
    made TEXT NOT NULL,
    PRIMARY KEY (check_id, fingerprint)
);
CREATE TABLE changes (
    check_id TEXT NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
    finding INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    became TEXT NOT NULL,
    PRIMARY KEY (check_id, finding)
);
CREATE INDEX changes_of_finding ON changes (finding);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_APART = "ALTER TABLE checks ADD COLUMN apart TEXT NOT NULL DEFAULT '';"
_STEPS = (_TABLES, _APART)
"""What brings a file from each version to the next."""
_PRAGMAS = (
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    # What is moved about while the file is rebuilt must not land in another folder.
    "PRAGMA temp_store = MEMORY",
)
_LOCKED = "数据库正被别的程序占用，没有存下；请关掉那个程序再试"
_UNUSABLE = "数据库读写不了；请检查数据文件夹的权限和磁盘"
_DAMAGED = "数据库已损坏；请关掉 gouji，换一个数据文件夹再打开"
_WHY = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
_FOREIGN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""What comes of a file that is damaged, or has tables of another program."""
PATIENCE = 5.0
"""Seconds to wait for another program to let go of the file."""


class Database:
    """One connection that threads take turns at."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        """Open the file, or make it.

        Args:
            path: The file.
            patience: Seconds to wait for another program to let go of it.

        Raises:
            UsageError: It is damaged, none of ours, of a newer gouji, or in use.
        """
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                path, patience, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise UsageError(f"“{path}”打不开；请检查权限和磁盘") from error
        try:
            for pragma in _PRAGMAS:
                self._connection.execute(pragma)
            self._advance(path)
        except sqlite3.Error as error:
            self._connection.close()
            if _WHY.get(_code(error)) == _LOCKED:
                what = f"“{path}”正被别的程序占用；请关掉那个程序，再打开 gouji"
                raise UsageError(what) from error
            if _code(error) not in _FOREIGN:
                raise UsageError(f"“{path}”打不开；请检查权限和磁盘") from error
            raise UsageError(
                f"“{path}”不是 gouji 的数据库，或已损坏；请移走它，或换一个数据文件夹"
            ) from error
        except UsageError:
            self._connection.close()
            raise

    def _advance(self, path: Path) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise UsageError(f"“{path}”是更新的 gouji 建的；请升级 gouji，或换一个数据文件夹")
        for number, step in enumerate(_STEPS[version:], start=version + 1):
            self._connection.executescript(
                f"BEGIN; {step} PRAGMA user_version = {number}; COMMIT;"
            )

    def close(self) -> None:
        """Put everything into the file itself and let go of it."""
        with self._lock:
            self._connection.close()

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a question.

        Raises:
            UsageError: The file is damaged, or cannot be read.
        """
        with self._lock, _told():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """All of several changes, or none.

        Raises:
            UsageError: The disk is full, or the file is locked or damaged.
        """
        with self._lock, _told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writer(self._connection)
                self._connection.commit()
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise

    def forget(self) -> None:
        """Take off the disk what was deleted.

        ``secure_delete`` blanks deleted rows, but copies may stand in pages that were split and
        in the write-ahead log: the file is written anew and the log cut off.

        Raises:
            UsageError: The disk is full, or the file is locked or damaged: the rows are gone,
                their traces may not be.
        """
        with self._lock, _told():
            try:
                self._connection.execute("VACUUM")
            finally:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _told() -> Iterator[None]:
    """Say in Chinese what keeps the database from its work."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise UsageError(_why(error)) from error


def _why(error: sqlite3.Error) -> str:
    return _WHY.get(_code(error), _UNUSABLE)


def _code(error: sqlite3.Error) -> int:
    """The kind of an error, without what SQLite adds to it."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


class Writer:
    """Changes of one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def write(self, statement: str, *values: Any) -> int:
        """Carry out one → how many rows it concerned."""
        return self._connection.execute(statement, values).rowcount

    def write_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Carry out one for each row of values."""
        self._connection.executemany(statement, rows)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        return self._connection.execute(query, values).fetchall()
