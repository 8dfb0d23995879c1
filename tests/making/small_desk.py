"""A desk in memory for tests of pages: checks end when a test says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from validator.desk.desk import Desk
from validator.desk.records import (
    Change,
    CheckInfo,
    Choice,
    Decision,
    FileResult,
    FindingRow,
    Limits,
    State,
)
from validator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validator.desk.records import Kind

WHEN = datetime(2024, 5, 10, 1, 30, tzinfo=UTC)
MARK = "a1b2c3d4"
ROW = FindingRow(
    0, MARK, "CHG001", "增减与升降方向相反", "error", "第88行", "【增加5.71万元】",
    "是增还是减？", "",
)  # fmt: skip


class SmallDesk(Desk):
    """Files that are handed in have one finding each."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self.limits = limits or Limits()
        self.kept: dict[str, CheckInfo] = {}
        self.files: dict[str, list[tuple[str, bytes]]] = {}
        self.decided: dict[str, Decision] = {}
        self.changes: dict[str, Change] = {}
        self.days: int | None = None
        self.state = State.DONE
        self.fragment = (
            f'<article data-fingerprint="{MARK}">有问题<!--decision:{MARK}--></article>'
        )
        self.download = "决算 “终稿”.docx"
        self.purged = 0

    def start(self) -> None:
        pass

    def close(self) -> None:
        pass

    def submit(self, files: Sequence[tuple[str, bytes]], *, follows: str = "") -> str:
        if follows and follows not in self.kept:
            raise KeyError(follows)
        new = f"check{len(self.kept)}"
        self.files[new] = list(files)
        results = tuple(
            FileResult(
                number, name, State.FAILED if name.endswith(".ofd") else self.state,
                error="还不能读 .ofd 文件；请另存为 .docx" if name.endswith(".ofd") else "",
                counts={} if name.endswith(".ofd") else {"error": 1, "warning": 0, "note": 0},
            )
            for number, (name, _) in enumerate(files)
        )  # fmt: skip
        self.kept[new] = CheckInfo(new, WHEN, files[0][0], self.state, results, follows)
        return new

    def end(self, check_id: str) -> None:
        """Let a check be done."""
        one = self.kept[check_id]
        files = tuple(
            FileResult(f.number, f.name, State.DONE, counts=f.counts) for f in one.files
        )
        self.kept[check_id] = CheckInfo(
            one.id, one.created, one.title, State.DONE, files, one.follows
        )

    def check(self, check_id: str) -> CheckInfo:
        return self.kept[check_id]

    def checks(self) -> list[CheckInfo]:
        return list(reversed(self.kept.values()))

    def findings(self, check_id: str) -> list[FindingRow]:
        self.check(check_id)
        return [ROW]

    def view(self, check_id: str, number: int) -> str:
        self.check(check_id).files[number]
        return self.fragment

    def decisions(self, check_id: str) -> dict[str, Decision]:
        self.check(check_id)
        return self.decided

    def decide(
        self, check_id: str, fingerprint: str, choice: Choice | None, note: str = ""
    ) -> Decision:
        self.check(check_id)
        if fingerprint != MARK:
            raise KeyError(fingerprint)
        if len(note) > 1000:
            raise UsageError("备注太长；最多 1000 字")
        self.decided[fingerprint] = Decision(fingerprint, choice, note, WHEN)
        return self.decided[fingerprint]

    def change(self, check_id: str) -> Change | None:
        return self.changes.get(check_id)

    def artefact(self, check_id: str, number: int | None, kind: Kind) -> tuple[str, Path]:
        self.check(check_id)
        if kind == "annotated" and number is None:
            raise UsageError("批注稿一次一个文件；请选一个文件")
        path = self.folder / "made"
        path.write_bytes(b"<script>alert(1)</script>")
        return self.download, path

    def delete(self, check_id: str) -> None:
        del self.kept[check_id]

    def delete_all(self) -> None:
        self.kept.clear()

    def retention(self) -> int | None:
        return self.days

    def set_retention(self, days: int | None) -> None:
        self.days = days

    def purge(self, now: datetime | None = None) -> int:
        self.purged += 1
        return 0
