"""The database: rows come back as records, what is deleted is gone from the bytes on disk."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from validator.desk.database import _STEPS, VERSION
from validator.desk.decisions import decide, decided
from validator.desk.records import Change, CheckInfo, Choice, FileResult, FindingRow, State
from validator.desk.store import Store
from validator.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

WHEN = datetime(2024, 3, 1, 8, 30, tzinfo=UTC)


def check(check_id: str, *names: str, follows: str = "") -> CheckInfo:
    files = tuple(FileResult(number, name) for number, name in enumerate(names))
    return CheckInfo(check_id, WHEN, names[0], State.WAITING, files, follows)


def finding(
    fingerprint: str, file: int = 0, quote: str = "公务接待费【3.00万元】"
) -> FindingRow:
    return FindingRow(
        file, fingerprint, "CHG002", "增减额与增减率不符", "error", "第3段", quote,
        "算出来是 20%", "把“2”改为“3”",
    )  # fmt: skip


def result(number: int = 0) -> FileResult:
    counts = {"error": 1, "warning": 2, "note": 3}
    return FileResult(number, "", State.DONE, "没有通过", "", counts, "0.5000", 8, 4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gouji.sqlite3"


@pytest.fixture
def store(path: Path) -> Store:
    return Store(path)


def chain(store: Store) -> None:
    """Checks a ← b ← c, each with findings 11 and its own."""
    for check_id, follows, own in (("a", "", "aa"), ("b", "a", "bb"), ("c", "b", "cc")):
        store.add(check(check_id, "报告.docx", follows=follows), ["报告.docx"])
        store.put(check_id, result(), [finding("11"), finding(own)])


def test_records_come_back(store: Store, path: Path) -> None:
    store.add(check("a", "报告.docx", "表.xlsx"), ["局/报告.docx", "局/表.xlsx"])
    store.put("a", result(1), [finding("22", 1), finding("11", 1)])
    store.set_state("a", State.RUNNING)
    store.set_state("a", State.RUNNING, [0])
    store.close()

    again = Store(path)

    found = again.check("a")
    assert (found.created, found.state, found.title) == (WHEN, State.RUNNING, "报告.docx")
    assert found.files[0] == FileResult(
        0, "报告.docx", State.RUNNING, counts={"error": 0, "warning": 0, "note": 0}
    )
    assert found.files[1].name == "表.xlsx"
    assert found.files[1].counts == {"error": 1, "warning": 2, "note": 3}
    assert again.uploads("a") == ["局/报告.docx", "局/表.xlsx"]
    assert again.findings("a") == [finding("22", 1), finding("11", 1)]
    assert again.checks() == [found]
    again.close()


def test_newest_check_comes_first(store: Store) -> None:
    for one in "abc":
        store.add(check(one, "报告.docx"), ["报告.docx"])

    assert [one.id for one in store.checks()] == ["c", "b", "a"]
    assert store.waiting() == ["a", "b", "c"]


def test_checking_again_forgets_what_was_found(store: Store) -> None:
    chain(store)
    store.set_state("a", State.DONE)

    store.begin_again("a", ["报告.docx"])

    assert store.check("a").state is store.check("a").files[0].state is State.WAITING
    assert store.findings("a") == []
    assert len(store.findings("b")) == 2


def test_what_is_gone_stays_gone(store: Store) -> None:
    chain(store)
    store.delete(["c"])

    store.put("c", result(), [finding("33")])
    store.set_files("c", ["报告.docx"])
    store.set_state("c", State.DONE)
    store.put_change("c", "b", {"left": {(0, "11")}})

    assert [one.id for one in store.checks()] == ["b", "a"]
    assert store.database.rows("SELECT count(*) FROM findings WHERE check_id = 'c'") == [(0,)]
    with pytest.raises(KeyError):
        store.check("c")


def test_decision_is_seen_from_later_checks(store: Store) -> None:
    chain(store)
    first = decide(store.database, "a", "11", Choice.CONFIRMED, " 看过\x1b \n对的 ")
    assert first.note == "看过�\n对的"

    assert decided(store.database, "c") == {"11": first}

    second = decide(store.database, "b", "11", Choice.FALSE_ALARM, "再看")
    assert decided(store.database, "c") == {"11": second}
    assert decided(store.database, "a") == {"11": first}

    decide(store.database, "c", "11", None, "不要了")
    assert decided(store.database, "c") == {}
    assert decided(store.database, "b") == {"11": second}


def test_decision_outlives_the_middle_of_a_chain(store: Store) -> None:
    chain(store)
    kept = decide(store.database, "a", "11", Choice.MENDED, "已改")
    decide(store.database, "b", "bb", Choice.MENDED, "只在中间")

    store.delete(["b"])

    assert decided(store.database, "c") == {"11": kept}
    assert store.check("c").follows == ""


def test_change_is_of_findings_that_are_there(store: Store) -> None:
    chain(store)
    keys = {"fixed": {(0, "aa"), (0, "ff")}, "left": {(0, "11")}, "new": {(0, "bb"), (9, "bb")}}

    assert store.change("b") is None
    store.put_change("b", "a", keys)

    assert store.change("b") == Change((finding("aa"),), (finding("11"),), (finding("bb"),))
    store.delete(["a"])
    assert store.change("b") is None


def test_deleted_rows_leave_no_bytes(store: Store, path: Path) -> None:
    for number in range(40):
        store.add(check(f"id{number}", f"报告{number}.docx"), [f"报告{number}.docx"])
        rows = [finding(f"{at:016x}", quote=f"机密{number}号{'很长' * at}") for at in range(40)]
        store.put(f"id{number}", result(), rows)
    gone = [f"id{number}" for number in range(40) if number != 7]

    store.delete(gone)

    raw = b"".join(one.read_bytes() for one in path.parent.iterdir())
    assert "机密7号".encode() in raw
    assert "机密8号".encode() not in raw
    assert "报告8".encode() not in raw
    assert len(store.findings("id7")) == 40
    store.close()


def test_settings_are_kept(store: Store, path: Path) -> None:
    assert store.setting("days") is None
    store.set_setting("days", "3")
    store.set_setting("days", "4")
    store.close()

    assert Store(path).setting("days") == "4"


def test_file_of_the_first_version_is_brought_up(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(f"{_STEPS[0]} PRAGMA user_version = 1;")
        connection.execute(
            "INSERT INTO checks (id, created, title, state, compared) "
            "VALUES ('old', '2024-05-01T08:00:00+00:00', '旧', 'done', 0)"
        )
    connection.close()

    opened = Store(path)

    assert [one.id for one in opened.checks()] == ["old"]
    opened.put_change("old", "", {}, "没有比")
    assert opened.database.rows("SELECT apart FROM checks") == [("没有比",)]
    assert opened.database.rows("PRAGMA user_version") == [(VERSION,)]
    opened.close()


def test_file_of_a_newer_version_is_refused(store: Store, path: Path) -> None:
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()

    with pytest.raises(UsageError, match="是更新的 gouji 建的；请升级 gouji"):
        Store(path)


def test_locked_file_is_told(store: Store, path: Path) -> None:
    store.database.rows("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(UsageError, match="数据库正被别的程序占用，没有存下；请"):
        store.set_setting("days", "3")

    other.close()
    store.set_setting("days", "3")
    store.close()


def test_file_in_use_is_not_called_damaged(store: Store, path: Path) -> None:
    store.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(UsageError, match="正被别的程序占用；请关掉") as raised:
        Store(path, patience=0)

    assert "移走" not in str(raised.value)
    other.close()
    Store(path).close()


def test_file_that_is_damaged_later_is_told(store: Store, path: Path) -> None:
    store.add(check("甲", *(f"报告{number}.docx" for number in range(400))), ["报告.docx"])
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    damaged = Store(path)

    with pytest.raises(UsageError, match="数据库已损坏；请"):
        damaged.checks()
    with pytest.raises(UsageError, match="数据库已损坏；请"):
        damaged.set_setting("a", "b")
    with pytest.raises(UsageError, match="数据库已损坏；请"):
        damaged.delete(["甲"])
    damaged.close()
