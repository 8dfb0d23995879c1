"""Everything behind the local page（工作台）: files in, checks, decisions and downloads out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.web.records import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from validator.web.records import Change, CheckInfo, Choice, Decision, FindingRow, Kind


class Desk:
    """Checks of one data folder; safe to use from several threads, every method blocks."""

    def __init__(
        self, folder: Path, limits: Limits | None = None, retention_days: int | None = None
    ) -> None:
        """Open a data folder, or make one.

        Args:
            folder: Where everything is kept.
            limits: How much a check may hold and cost; the usual when None.
            retention_days: After so many days checks are deleted; as set before when None.

        Raises:
            UsageError: The folder cannot be used, or another gouji is using it.
        """
        self.limits = limits or Limits()

    def start(self) -> None:
        """Begin to work on what waits; what was interrupted is checked again."""

    def close(self) -> None:
        """End the work under way and let go of the folder; what waits is kept."""

    def submit(self, files: Sequence[tuple[str, bytes]], *, follows: str = "") -> str:
        """Hand in files that are checked together → id of the check; returns at once.

        Args:
            files: Name as the browser sent it, and the whole file.
            follows: Id of the check that they check again, or "".

        Raises:
            UsageError: There are none, too many or too large ones, or the disk is full.
            KeyError: There is no check to follow.
        """
        raise NotImplementedError

    def check(self, check_id: str) -> CheckInfo:
        """One check.

        Raises:
            KeyError: There is none of this id.
        """
        raise NotImplementedError

    def checks(self) -> list[CheckInfo]:
        """All checks, the newest first."""
        raise NotImplementedError

    def findings(self, check_id: str) -> list[FindingRow]:
        """Findings of a check, by file and place.

        Raises:
            KeyError: There is no such check.
        """
        raise NotImplementedError

    def view(self, check_id: str, number: int) -> str:
        """One file as an HTML fragment, with ``<!--decision:FINGERPRINT-->`` for each finding.

        Raises:
            KeyError: There is no such file, or it was not checked.
        """
        raise NotImplementedError

    def decisions(self, check_id: str) -> dict[str, Decision]:
        """Decisions by fingerprint, those on the checks that this one follows too.

        Raises:
            KeyError: There is no such check.
        """
        raise NotImplementedError

    def decide(
        self, check_id: str, fingerprint: str, choice: Choice | None, note: str = ""
    ) -> Decision:
        """Decide on a finding; None takes a decision back.

        Raises:
            KeyError: There is no such check, or no such finding in it.
            UsageError: The note is too long.
        """
        raise NotImplementedError

    def change(self, check_id: str) -> Change | None:
        """What became of the findings of the check before.

        None where there is none before it, or one of the two is not done.

        Raises:
            KeyError: There is no such check.
        """
        raise NotImplementedError

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
        raise NotImplementedError

    def delete(self, check_id: str) -> None:
        """Take a check off the disk: files, findings and decisions.

        Raises:
            KeyError: There is no such check.
        """
        raise NotImplementedError

    def delete_all(self) -> None:
        """Take all checks off the disk."""

    def retention(self) -> int | None:
        """After how many days checks are deleted, None for never."""
        raise NotImplementedError

    def set_retention(self, days: int | None) -> None:
        """Delete checks after so many days, None for never.

        Raises:
            UsageError: It is less than one day.
        """

    def purge(self, now: datetime | None = None) -> int:
        """Delete the checks whose days are over → how many.

        Args:
            now: The time by which they are; the present when None.
        """
        raise NotImplementedError
