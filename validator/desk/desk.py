"""Everything behind the local page（工作台）: files in, checks, decisions and downloads out."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from validator.desk.decisions import decide, decided
from validator.desk.downloads import Downloads
from validator.desk.folder import FULL, VIEW, Folder, disk_full
from validator.desk.names import apart, relative, shown
from validator.desk.receiving import refuse, title_of
from validator.desk.records import CheckInfo, FileResult, Limits, State
from validator.desk.retention import as_setting, from_setting, overdue
from validator.desk.store import Store
from validator.desk.worker import Worker
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validator.desk.records import Change, Choice, Decision, FindingRow, Kind

_RETENTION = "retention_days"


class Desk:
    """Checks of one data folder; safe to use from several threads, every method blocks."""

    def __init__(
        self, folder: Path, limits: Limits | None = None, retention_days: int | None = None,
        *, config: Path | None = None,
    ) -> None:  # fmt: skip
        """Open a data folder, or make one.

        Args:
            folder: Where everything is kept.
            limits: How much a check may hold and cost; the usual when None.
            retention_days: After so many days checks are deleted; as set before when None.
            config: A configuration file that says how files are checked; as usual when None.

        Raises:
            UsageError: The folder cannot be used, or another gouji is using it.
        """
        setting = None if retention_days is None else as_setting(retention_days)
        self.limits = limits or Limits()
        named = None if config is None else str(config.absolute())
        self._folder = Folder(folder)
        try:
            self._store = Store(self._folder.database)
            try:
                self._interrupted = self._again()
                if setting is not None:
                    self._store.set_setting(_RETENTION, setting)
            except BaseException:
                self._store.close()
                raise
        except BaseException:
            self._folder.close()
            raise
        self._worker = Worker(self._store, self._folder, self.limits, named)
        self._downloads = Downloads(self._folder, self.limits, named)

    def start(self) -> None:
        """Begin to work on what waits; what was interrupted is checked again."""
        self.purge()
        for check_id in self._interrupted:
            self._worker.put(check_id)
        self._worker.start(self.purge)

    def close(self) -> None:
        """End the work under way and let go of the folder; what waits is kept."""
        self._downloads.close()
        self._worker.close()
        self._store.close()
        self._folder.close()

    def submit(self, files: Sequence[tuple[str, bytes]], *, follows: str = "") -> str:
        """Hand in files that are checked together → id of the check; returns at once.

        Args:
            files: Name as the browser sent it, and the whole file.
            follows: Id of the check that they check again, or "".

        Raises:
            UsageError: There are none, too many or too large ones, the disk is full, or the
                check to follow is gone.
        """
        refuse(files, self.limits)
        if follows:
            self._followed(follows)
        names = apart([relative(name) for name, _ in files])
        told = shown(names)
        results = tuple(FileResult(number, name) for number, name in enumerate(told))
        check_id, created = secrets.token_hex(16), datetime.now(UTC)
        check = CheckInfo(check_id, created, title_of(told), State.WAITING, results, follows)
        try:
            self._folder.keep(check_id, [data for _, data in files])
        except OSError as error:
            what = "存不下这些文件；请检查数据文件夹的权限和磁盘"
            raise UsageError(FULL if disk_full(error) else what) from error
        try:
            self._store.add(check, names)
        except UsageError:
            self._folder.drop(check_id)
            raise
        self._worker.put(check_id)
        return check_id

    def check(self, check_id: str) -> CheckInfo:
        """One check.

        Raises:
            KeyError: There is none of this id.
        """
        return self._store.check(check_id)

    def checks(self) -> list[CheckInfo]:
        """All checks, the newest first."""
        return self._store.checks()

    def findings(self, check_id: str) -> list[FindingRow]:
        """Findings of a check, by file and place.

        Raises:
            KeyError: There is no such check.
        """
        self._store.check(check_id)
        return self._store.findings(check_id)

    def view(self, check_id: str, number: int) -> str:
        """One file as an HTML fragment, with ``<!--decision:FINGERPRINT-->`` for each finding.

        Raises:
            KeyError: There is no such file, or it was not checked.
        """
        check = self._store.check(check_id)
        if not any(one.number == number and one.state is State.DONE for one in check.files):
            raise KeyError(number)
        try:
            page = self._folder.made(check_id, number) / VIEW
            return page.read_text("utf-8")
        except OSError as error:
            raise KeyError(number) from error

    def decisions(self, check_id: str) -> dict[str, Decision]:
        """Decisions by fingerprint, those on the checks that this one follows too.

        Raises:
            KeyError: There is no such check.
        """
        self._store.check(check_id)
        return decided(self._store.database, check_id)

    def decide(
        self, check_id: str, fingerprint: str, choice: Choice | None, note: str = ""
    ) -> Decision:
        """Decide on a finding; None takes a decision back.

        Raises:
            KeyError: There is no such check, or no such finding in it.
            UsageError: The note is too long, or the disk is full.
        """
        return decide(self._store.database, check_id, fingerprint, choice, note)

    def change(self, check_id: str) -> Change | None:
        """What became of the findings of the check before.

        None where there is none before it, or one of the two is not done.

        Raises:
            KeyError: There is no such check.
        """
        self._store.check(check_id)
        return self._store.change(check_id)

    def artefact(self, check_id: str, number: int | None, kind: Kind) -> tuple[str, Path]:
        """A download → its name, and the file.

        Args:
            check_id: Id of the check.
            number: One file of it; None for all of them (not for ``annotated``).
            kind: What to make.

        Raises:
            KeyError: There is no such check or file.
            UsageError: It cannot be made; the message says why.
        """
        return self._downloads.make(
            self._store.check(check_id),
            number,
            kind,
            self._worker.uploads(check_id),
            self.decisions(check_id),
        )

    def delete(self, check_id: str) -> None:
        """Take a check off the disk: files, findings and decisions.

        Raises:
            KeyError: There is no such check.
            UsageError: Another program holds one of its files; the rest is gone.
        """
        self._store.check(check_id)
        self._delete([check_id])

    def delete_all(self) -> None:
        """Take all checks off the disk.

        Raises:
            UsageError: Another program holds a file; the rest is gone.
        """
        self._delete([one.id for one in self._store.checks()])

    def retention(self) -> int | None:
        """After how many days checks are deleted, None for never."""
        return from_setting(self._store.setting(_RETENTION))

    def set_retention(self, days: int | None) -> None:
        """Delete checks after so many days, None for never.

        Raises:
            UsageError: It is less than one day, or far too many.
        """
        self._store.set_setting(_RETENTION, as_setting(days))

    def purge(self, now: datetime | None = None) -> int:
        """Delete the checks whose days are over → how many.

        Args:
            now: The time by which they are; the present when None.
        """
        gone = overdue(self._store.checks(), self.retention(), now)
        if gone:
            self._delete(gone)
        return len(gone)

    def _again(self) -> list[str]:
        """Let wait what was interrupted, and take away what belongs to nothing."""
        self._folder.sweep({one.id for one in self._store.checks()})
        interrupted = self._store.waiting()
        for check_id in interrupted:
            self._store.begin_again(check_id, shown(self._store.uploads(check_id)))
        return interrupted

    def _followed(self, check_id: str) -> None:
        try:
            self._store.check(check_id)
        except KeyError as error:
            raise UsageError("要复查的那次检查已经删去；请当作新的检查提交") from error

    def _delete(self, check_ids: Sequence[str]) -> None:
        """Rows first: what works on a check that is gone writes nothing any more."""
        try:
            self._store.delete(check_ids)
        finally:
            kept = {one.id for one in self._store.checks()}
            held = False
            for check_id in set(check_ids) - kept:
                self._worker.drop(check_id)
                self._downloads.drop(check_id)
                held = not self._folder.drop(check_id) or held
        if held:
            raise UsageError(
                "有文件正被别的程序占用，没有删净；请关掉那个程序，再打开一次 gouji"
            )
