"""The desk with real files: checked apart, decided on, checked again, deleted without traces."""

from __future__ import annotations

import io
import re
import sqlite3
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from validator.desk.desk import Desk
from validator.desk.folder import default_folder
from validator.desk.records import Change, CheckInfo, Choice, Limits, State
from validator.errors import UsageError
from validator.run import check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXAMPLES = Path(__file__).parents[3] / "examples"
HEAD = "云岭县水务局2020年度部门决算\n一、“三公”经费支出决算情况说明\n"
FLIPPED = "公务接待费支出3.00万元，比2019年增加0.80万元，下降21.05%。\n"
MENDED = FLIPPED.replace("增加", "减少")
WRONG_RATE = "公务用车运行维护费支出3.00万元，比2019年减少1.00万元，下降52%。\n"
TABLES = (EXAMPLES / "broken" / "final_accounts_tables.xlsx").read_bytes()


def example(name: str) -> bytes:
    return (EXAMPLES / name).read_bytes()


def text(*sentences: str) -> bytes:
    return "".join((HEAD, *sentences)).encode()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def packed(path: Path) -> str:
    """All text of an Office file."""
    with zipfile.ZipFile(path) as package:
        return b"".join(map(package.read, package.namelist())).decode("utf-8", "replace")


def done(desk: Desk, check_id: str) -> CheckInfo:
    for _ in range(1200):
        found = desk.check(check_id)
        if found.state in (State.DONE, State.FAILED):
            return found
        time.sleep(0.05)
    raise AssertionError(desk.check(check_id))


def checked(desk: Desk, files: Sequence[tuple[str, bytes]], *, follows: str = "") -> CheckInfo:
    return done(desk, desk.submit(files, follows=follows))


def quotes(rows: Sequence[object]) -> list[str]:
    return [re.sub("[【】]", "", getattr(one, "quote")) for one in rows]  # noqa: B009


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "数据"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = Desk(tmp_path_factory.mktemp("desk") / "数据")
    opened.start()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def budget(desk: Desk) -> CheckInfo:
    return checked(desk, [("预算.docx", example("broken/budget.docx"))])


@pytest.fixture(scope="module")
def accounts(desk: Desk) -> CheckInfo:
    report = ("水务局/报告.docx", example("broken/final_accounts.docx"))
    return checked(desk, [("水务局/附表.xlsx", TABLES), report])


@pytest.fixture(scope="module")
def flipped(desk: Desk) -> CheckInfo:
    return checked(desk, [("报告.txt", text(FLIPPED))])


def test_check_says_what_the_tool_says(desk: Desk, budget: CheckInfo) -> None:
    expected, found = check(example("broken/budget.docx"), name="预算.docx"), budget

    (file,) = found.files
    assert (found.state, file.state, file.error) == (State.DONE, State.DONE, "")
    assert found.title == file.name == "预算.docx"
    assert sum(file.counts.values()) == len(expected.findings)
    assert (file.numbers, file.checked) == (
        expected.coverage.numbers,
        expected.coverage.checked,
    )
    assert file.verdict.startswith("没有通过，错误")
    rows = desk.findings(found.id)
    assert [(one.rule, one.fingerprint) for one in rows] == [
        (one.rule, one.fingerprint) for one in expected.findings
    ]
    assert all(one.place and one.quote and one.message and one.suggestion for one in rows)


def test_view_has_a_place_for_each_decision(desk: Desk, budget: CheckInfo) -> None:
    found = budget

    page = desk.view(found.id, 0)

    marks = re.findall("<!--decision:([0-9a-f]+)-->", page)
    assert sorted(marks) == sorted(one.fingerprint for one in desk.findings(found.id))
    assert "<script>" not in page
    with pytest.raises(KeyError):
        desk.view(found.id, 1)


def test_document_forges_no_place_for_a_decision(desk: Desk) -> None:
    forged = "<!--decision:00000000--> <script>alert(1)</script>\n"
    found = checked(desk, [("<!--decision:1-->.txt", text(forged, FLIPPED))])

    page = desk.view(found.id, 0)

    assert len(re.findall("<!--decision:", page)) == len(desk.findings(found.id)) == 1
    assert "<script>alert" not in page


def test_report_and_workbook_are_judged_as_one(desk: Desk, accounts: CheckInfo) -> None:
    alone = check(example("broken/final_accounts.docx"), name="报告.docx")

    assert [one.name for one in accounts.files] == ["附表.xlsx", "报告.docx"]
    found = {one.fingerprint for one in desk.findings(accounts.id)}
    assert found > {one.fingerprint for one in alone.findings}


def test_zip_becomes_what_it_holds(desk: Desk) -> None:
    data = zipped(
        **{"甲局/决算.txt": text(FLIPPED), "乙局/决算.txt": text(MENDED), "章.png": b"x"}
    )

    found = checked(desk, [("提交.zip", data), ("说明.txt", text(MENDED))])

    assert [one.name for one in found.files] == [
        "决算（乙局）.txt", "决算（甲局）.txt", "说明.txt",
    ]  # fmt: skip
    assert [sum(one.counts.values()) for one in found.files] == [0, 1, 0]
    assert found.title == "提交.zip 等2个文件"


def test_configuration_says_how_files_are_checked(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "gouji.toml"
    config.write_text('ignore = ["CHG002"]\n', encoding="utf-8")
    desk = Desk(folder, config=config)
    desk.start()
    try:
        assert desk.findings(checked(desk, [("报告.txt", text(WRONG_RATE))]).id) == []
        config.write_text('ignore = ["NOBODY"]\n', encoding="utf-8")
        (doubtful,) = checked(desk, [("报告.txt", text(MENDED))]).files
        config.write_text("nothing = 3\n", encoding="utf-8")
        (refused,) = checked(desk, [("报告.txt", text(MENDED))]).files
    finally:
        desk.close()

    assert doubtful.verdict == "没有查完，1个选项、规则或设置没有用上"
    assert refused.state is State.FAILED
    assert "gouji.toml" in refused.error


def test_bad_file_leaves_the_others_alone(desk: Desk) -> None:
    found = checked(desk, [("坏.docx", b"PK\x03\x04nonsense"), ("好.txt", text(MENDED))])

    bad, good = found.files
    assert (found.state, bad.state, good.state) == (State.DONE, State.FAILED, State.DONE)
    assert "；" in bad.error
    assert "Traceback" not in bad.error
    with pytest.raises(KeyError):
        desk.view(found.id, 0)
    with pytest.raises(UsageError, match=r"“坏.docx”没有检查：") as caught:
        desk.artefact(found.id, 0, "annotated")
    assert bad.error in str(caught.value)


def test_check_of_bad_files_only_has_failed(desk: Desk) -> None:
    assert checked(desk, [("空.docx", b"")]).state is State.FAILED


def test_deadline_fails_the_file_under_way_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = "import time\nfrom validator.desk import checking, reading\n"
    slow += (
        "real = reading.check_set\n"
        "def check_set(found, *, treat):\n"
        "    if found[0].name.startswith('慢'):\n"
        "        time.sleep(600)\n"
        "    return real(found, treat=treat)\n"
        "reading.check_set = check_set\n"
        "check_files = checking.check_files\n"
    )
    (tmp_path / "slow_checking.py").write_text(slow, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("validator.desk.worker.CHECKING", "slow_checking:check_files")
    desk = Desk(folder, Limits(seconds=5))
    desk.start()
    try:
        files = [("一.txt", text(MENDED)), ("慢.txt", text(MENDED)), ("三.txt", text(FLIPPED))]

        one, two, three = checked(desk, files).files
    finally:
        desk.close()

    assert (one.state, two.state, three.state) == (State.DONE, State.FAILED, State.DONE)
    assert two.error.startswith("超过5秒还没有做完，已经停下；请")
    assert three.counts["error"] == 1


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\用户\\小王\\报告.txt", "报告.txt"),
        ("C:报告.txt", "报告.txt"),
        ("/etc/cron.d/报告.txt", "报告.txt"),
        ("报告\x1b[2J\x00.txt", "报告�[2J�.txt"),
        ("报告\u202etxt.exe", "报告�txt.exe"),
        ("", "未命名"),
        ("..", "未命名"),
        ("a/../", "未命名"),
        ("\ud800报告.txt", "?报告.txt"),
    ],
)
def test_name_is_shown_and_never_a_path(folder: Path, sent: str, shown: str) -> None:
    desk = Desk(folder)
    try:
        found = desk.check(desk.submit([(sent, text(MENDED))]))
    finally:
        desk.close()

    assert [one.name for one in found.files] == [shown]
    stored = [one.relative_to(folder).parts[2:] for one in folder.rglob("uploads/*")]
    assert stored == [("uploads", "0")]
    assert not list(folder.parent.rglob("*.txt"))


def test_long_and_equal_names_are_told_apart(folder: Path) -> None:
    desk = Desk(folder)
    names = ["长" * 500 + ".docx", "报告.txt", "报告.txt", "甲/表.txt", "乙/表.txt"]
    try:
        found = desk.check(desk.submit([(one, text(MENDED)) for one in names]))
    finally:
        desk.close()

    shown = [one.name for one in found.files]
    assert shown[1:] == ["报告.txt", "报告（2）.txt", "表（甲）.txt", "表（乙）.txt"]
    assert shown[0].endswith("….docx")
    assert len(shown[0]) == 200


def test_too_much_is_refused_before_anything_is_written(folder: Path) -> None:
    desk = Desk(folder, Limits(file_bytes=100, files=2, total_bytes=150))
    small, large = ("a.txt", b"x" * 90), ("d/大.txt", b"x" * 101)
    try:
        for files, message in (
            ([], "没有收到文件；请"),
            ([small] * 3, "一次最多检查2个文件，这次有3个；请"),
            ([large], "“大.txt”有101字节，一个文件最大100字节；请"),
            ([small] * 2, "这些文件共180字节，一次最多150字节；请"),
        ):
            with pytest.raises(UsageError, match=message):
                desk.submit(files)
        assert desk.checks() == []
    finally:
        desk.close()

    assert list((folder / "checks").iterdir()) == []


def test_full_disk_is_told_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(folder)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    try:
        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(UsageError, match="磁盘满了，没有存下；请"):
            desk.submit([("a.txt", b"x")])
        assert desk.checks() == []
    finally:
        desk.close()

    assert list((folder / "checks").iterdir()) == []


def test_decisions_outlive_the_desk(folder: Path) -> None:
    with_desk = Desk(folder)
    with_desk.start()
    found = checked(with_desk, [("报告.txt", text(FLIPPED))])
    (row,) = with_desk.findings(found.id)
    made = with_desk.decide(found.id, row.fingerprint, Choice.FALSE_ALARM, "口径不同")
    with_desk.close()

    again = Desk(folder)
    try:
        assert again.decisions(found.id) == {row.fingerprint: made}
        assert (made.choice, made.note) == (Choice.FALSE_ALARM, "口径不同")
        assert again.check(found.id) == found
        assert again.findings(found.id) == [row]
        assert "gouji-report" in again.view(found.id, 0)
    finally:
        again.close()


def test_only_findings_that_are_there_are_decided(desk: Desk, flipped: CheckInfo) -> None:
    found = flipped
    (row,) = desk.findings(found.id)

    with pytest.raises(KeyError):
        desk.decide(found.id, "0123456789abcdef", Choice.CONFIRMED)
    with pytest.raises(KeyError):
        desk.decide("nobody", row.fingerprint, Choice.CONFIRMED)
    with pytest.raises(UsageError, match="说明有3000个字，最多2000个"):
        desk.decide(found.id, row.fingerprint, Choice.CONFIRMED, "长" * 3000)
    assert desk.decisions(found.id) == {}


def test_corrected_file_under_another_name(desk: Desk) -> None:
    old = checked(desk, [("报告.txt", text(FLIPPED, WRONG_RATE))])
    flipped, rate = desk.findings(old.id)
    desk.decide(old.id, rate.fingerprint, Choice.FALSE_ALARM, "核过")
    worse = "差旅费支出2.00万元，比2019年增加1.00万元，下降33.33%。\n"

    new = checked(desk, [("报告（改）.txt", text(MENDED, WRONG_RATE, worse))], follows=old.id)

    change = desk.change(new.id)
    assert change is not None
    assert change.fixed == (flipped,)
    assert [one.fingerprint for one in change.left] == [rate.fingerprint]
    assert quotes(change.new) == [worse.strip()]
    assert desk.decisions(new.id)[rate.fingerprint].note == "核过"
    assert desk.change(old.id) is None
    desk.decide(new.id, rate.fingerprint, None)
    assert desk.decisions(new.id) == {}
    assert desk.decisions(old.id).keys() == {rate.fingerprint}


def test_corrected_word_file_beside_its_workbook(desk: Desk, accounts: CheckInfo) -> None:
    theirs = [one for one in desk.findings(accounts.id) if one.file == 0]

    new = checked(
        desk,
        [("附表.xlsx", TABLES), ("终稿.docx", example("clean/final_accounts.docx"))],
        follows=accounts.id,
    )

    change = desk.change(new.id)
    assert change is not None
    assert {one.file for one in change.fixed} == {1}
    assert len(change.fixed) > 10
    assert {one.fingerprint for one in theirs} <= {one.fingerprint for one in change.left}


def test_nothing_is_fixed_by_leaving_a_file_out(desk: Desk) -> None:
    old = checked(desk, [("一.txt", text(FLIPPED)), ("二.txt", text(WRONG_RATE))])
    new = checked(desk, [("一.txt", text(MENDED))], follows=old.id)
    bad = checked(desk, [("一.txt", b"PK\x03\x04")], follows=old.id)

    change = desk.change(new.id)
    assert change is not None
    assert [one.file for one in change.fixed] == [0]
    assert [(one.file, *quotes([one])) for one in change.missing] == [(1, WRONG_RATE.strip())]
    assert desk.change(bad.id) == Change(missing=tuple(desk.findings(old.id)))


def test_findings_of_a_workbook_that_is_not_there_again_are_listed(
    desk: Desk, accounts: CheckInfo
) -> None:
    before = {one.fingerprint for one in desk.findings(accounts.id)}

    new = checked(
        desk, [("报告.docx", example("broken/final_accounts.docx"))], follows=accounts.id
    )

    change = desk.change(new.id)
    assert change is not None
    assert (change.fixed, change.apart) == ((), "")
    assert {one.fingerprint for one in desk.findings(accounts.id) if one.file == 0} <= {
        one.fingerprint for one in change.missing
    }
    kept = {one.fingerprint for one in (*change.left, *change.missing)}
    assert before <= kept
    assert not {o.fingerprint for o in change.left} & {o.fingerprint for o in change.missing}


OTHER = "清河县文化和旅游局2024年度部门预算\n一、“三公”经费支出预算情况说明\n公务接待费预算3.00万元。\n"


@pytest.mark.parametrize(
    ("words", "now"),
    [
        (OTHER, "清河县文化和旅游局 2024年度 部门预算"),
        (
            (HEAD + MENDED).replace("云岭县水务局", "清河县教育局"),
            "清河县教育局 2020年度 部门决算",
        ),
        (
            (HEAD + MENDED).replace("2020", "2023").replace("2019", "2022"),
            "云岭县水务局 2023年度 部门决算",
        ),
    ],
    ids=["all", "unit", "year"],
)
@pytest.mark.parametrize("name", ["报告.txt", "别的.txt"])
def test_another_report_is_no_corrected_one(
    desk: Desk, flipped: CheckInfo, words: str, now: str, name: str
) -> None:
    new = checked(desk, [(name, words.encode())], follows=flipped.id)

    assert desk.change(new.id) == Change(
        apart=f"“{name}”与上次的“报告.txt”不是同一份报告"
        f"（上次是云岭县水务局 2020年度 部门决算，这次是{now}），没有和上次比"
    )


def test_change_is_told_by_fingerprints_where_comparing_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.desk.worker.COMPARING", "validator.desk.changes:absent")
    old = checked(desk, [("报告.txt", text(FLIPPED, WRONG_RATE))])

    new = checked(desk, [("报告.txt", text(MENDED, WRONG_RATE))], follows=old.id)

    change = desk.change(new.id)
    assert change is not None
    assert (change.fixed, change.new) == ((), ())
    assert quotes(change.left) == [WRONG_RATE.strip()]


def test_interrupted_check_is_done_again(folder: Path) -> None:
    first = Desk(folder)
    never = first.submit([("报告.txt", text(FLIPPED))])
    first.close()

    second = Desk(folder)
    assert second.check(never).state is State.WAITING
    second.start()
    try:
        assert done(second, never).state is State.DONE
        assert len(second.findings(never)) == 1
    finally:
        second.close()


def test_two_desks_never_share_a_folder(folder: Path) -> None:
    first = Desk(folder)
    with pytest.raises(UsageError, match="另一个 gouji 正在用数据文件夹"):
        Desk(folder)
    first.close()

    Desk(folder).close()


def test_data_goes_where_the_system_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert default_folder() == Path.home() / ".local" / "share" / "gouji"
    here = Path.cwd()
    monkeypatch.setenv("XDG_DATA_HOME", str(here))
    assert default_folder() == here / "gouji"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(here / "Local"))
    assert default_folder() == here / "Local" / "gouji"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_folder() == Path.home() / "Library" / "Application Support" / "gouji"


def test_threads_take_turns(desk: Desk) -> None:
    found = checked(desk, [("预算（多人）.docx", example("broken/budget.docx"))])
    rows = desk.findings(found.id)

    def work(number: int) -> int:
        for row in rows:
            desk.decide(found.id, row.fingerprint, Choice.CONFIRMED, str(number))
            assert desk.check(found.id) in desk.checks()
            assert desk.view(found.id, 0)
        return len(desk.decisions(found.id))

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(work, range(8))) == {len(rows)}


def test_folder_is_private_and_none_of_the_users(folder: Path, tmp_path: Path) -> None:
    Desk(folder).close()
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700

    theirs = tmp_path / "文档"
    theirs.mkdir(mode=0o755)
    (theirs / "家书.txt").write_text("想你")
    with pytest.raises(UsageError, match="里有别的文件；请给一个空文件夹"):
        Desk(theirs)
    assert theirs.stat().st_mode & 0o777 == 0o755
    with pytest.raises(UsageError, match="是文件；请给一个文件夹"):
        Desk(theirs / "家书.txt")


def test_database_of_another_is_refused(folder: Path) -> None:
    Desk(folder).close()
    database = folder / "gouji.sqlite3"
    database.write_bytes(b"no database at all" * 100)

    with pytest.raises(UsageError, match="不是 gouji 的数据库，或已损坏；请"):
        Desk(folder)
    database.unlink()
    Desk(folder).close()


def test_deleting_leaves_nothing(folder: Path) -> None:
    desk = Desk(folder)
    desk.start()
    many = [FLIPPED.replace("3.00", f"{3 + at}.00") for at in range(60)]
    secret = checked(desk, [("机密报告.txt", text(*many))])
    kept = checked(desk, [("别的.txt", text(WRONG_RATE))])
    rows = desk.findings(secret.id)
    assert len(rows) > 10
    desk.decide(secret.id, rows[0].fingerprint, Choice.CONFIRMED, "内部说明")
    desk.artefact(secret.id, 0, "workpaper")

    desk.delete(secret.id)

    with pytest.raises(KeyError):
        desk.check(secret.id)
    assert [one.id for one in desk.checks()] == [kept.id]
    assert len(desk.findings(kept.id)) == 1
    for stage in ("open", "closed"):
        raw = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
        for words in ("公务接待费", "机密报告", "内部说明", secret.id, rows[0].fingerprint):
            assert words.encode() not in raw, (stage, words)
        assert "公务用车运行维护费".encode() in raw
        if stage == "open":
            desk.close()


def test_deleting_all_and_what_is_under_way(folder: Path) -> None:
    desk = Desk(folder)
    desk.start()
    for _ in range(3):
        desk.submit([("报告.txt", text(FLIPPED))])

    desk.delete_all()

    assert desk.checks() == []
    assert list((folder / "checks").iterdir()) == []
    assert checked(desk, [("报告.txt", text(FLIPPED))]).state is State.DONE
    desk.close()


def test_deleting_the_first_check_keeps_what_the_second_shows(desk: Desk) -> None:
    old = checked(desk, [("报告.txt", text(FLIPPED, WRONG_RATE))])
    flipped, rate = desk.findings(old.id)
    for row, note in ((flipped, "只在旧的里"), (rate, "还在")):
        desk.decide(old.id, row.fingerprint, Choice.CONFIRMED, note)
    new = checked(desk, [("报告.txt", text(MENDED, WRONG_RATE))], follows=old.id)

    desk.delete(old.id)

    assert desk.check(new.id) == replace(new, follows="")
    assert [one.note for one in desk.decisions(new.id).values()] == ["还在"]
    assert desk.change(new.id) is None


def test_check_that_is_gone_cannot_be_followed(desk: Desk) -> None:
    with pytest.raises(UsageError, match="要复查的那次检查已经删去"):
        desk.submit([("报告.txt", text(FLIPPED))], follows="nobody")


def test_retention_deletes_what_is_over(folder: Path) -> None:
    desk = Desk(folder, retention_days=30)
    first = desk.submit([("报告.txt", text(FLIPPED))])
    now = datetime.now(UTC)
    assert desk.retention() == 30
    assert desk.purge(now + timedelta(days=29)) == 0
    desk.set_retention(None)
    assert desk.purge(now + timedelta(days=9999)) == 0
    desk.set_retention(7)
    for days in (0, -1, 10**9):
        with pytest.raises(UsageError, match="保留天数是"):
            desk.set_retention(days)
    desk.close()

    again = Desk(folder)
    assert again.retention() == 7
    assert [one.id for one in again.checks()] == [first]
    assert again.purge(now + timedelta(days=8)) == 1
    assert again.checks() == []
    again.close()


def test_downloads(desk: Desk, accounts: CheckInfo) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    found = accounts
    row = desk.findings(found.id)[-1]
    desk.decide(found.id, row.fingerprint, Choice.FALSE_ALARM, "口径不同")

    name, paper = desk.artefact(found.id, None, "workpaper")
    assert name == "底稿.xlsx"
    assert "口径不同" in packed(paper)

    name, page = desk.artefact(found.id, 1, "html")
    assert name == "报告.检查结果.html"
    assert "Content-Security-Policy" in page.read_text("utf-8")

    name, copy = desk.artefact(found.id, 0, "annotated")
    assert name == "附表.批注.xlsx"
    book = openpyxl.load_workbook(copy)
    assert any(one.comment for sheet in book for line in sheet for one in line)

    name, word = desk.artefact(found.id, 1, "annotated")
    assert name == "报告.批注.docx"
    assert desk.findings(found.id)[-2].title in packed(word)

    with pytest.raises(UsageError, match="批注是一份一份做的；请选一份文件"):
        desk.artefact(found.id, None, "annotated")
    with pytest.raises(KeyError):
        desk.artefact(found.id, 2, "html")


def test_download_shows_the_latest_decisions(desk: Desk, flipped: CheckInfo) -> None:
    found = flipped
    (row,) = desk.findings(found.id)
    _, before = desk.artefact(found.id, 0, "workpaper")
    assert desk.artefact(found.id, 0, "workpaper")[1] == before

    desk.decide(found.id, row.fingerprint, Choice.MENDED, "")

    _, after = desk.artefact(found.id, 0, "workpaper")
    assert after != before
    assert list(after.parent.glob("workpaper*")) == [after]


def test_false_alarms_get_no_comment(desk: Desk) -> None:
    found = checked(desk, [("预算.docx", example("broken/budget.docx"))])
    rows = desk.findings(found.id)
    wrong, mended, confirmed = rows[:3]
    _, copy = desk.artefact(found.id, 0, "annotated")
    before = [one.text for one in docx.Document(str(copy)).comments]

    desk.decide(found.id, wrong.fingerprint, Choice.FALSE_ALARM, "")
    desk.decide(found.id, mended.fingerprint, Choice.MENDED, "")
    desk.decide(found.id, confirmed.fingerprint, Choice.CONFIRMED, "")

    _, copy = desk.artefact(found.id, 0, "annotated")
    after = [one.text for one in docx.Document(str(copy)).comments]
    (gone,) = [words for words in before if words not in after]
    assert wrong.message in gone
    assert len(after) == len(before) - 1
    desk.decide(found.id, wrong.fingerprint, None, "")
    _, copy = desk.artefact(found.id, 0, "annotated")
    assert [one.text for one in docx.Document(str(copy)).comments] == before


def test_text_file_cannot_hold_notes(desk: Desk, flipped: CheckInfo) -> None:
    found = flipped

    with pytest.raises(UsageError, match=r"^文本文件里放不下批注；请改为下载检查结果$"):
        desk.artefact(found.id, 0, "annotated")


def test_nothing_is_downloaded_before_it_is_checked(folder: Path) -> None:
    desk = Desk(folder)
    waiting = desk.submit([("报告.txt", text(FLIPPED))])
    try:
        with pytest.raises(UsageError, match="还没有查完；请"):
            desk.artefact(waiting, 0, "html")
    finally:
        desk.close()


def test_database_that_breaks_does_not_end_the_queue(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(folder)
    broken = desk.submit([("报告.txt", text(FLIPPED))])
    store = desk._store
    asked = store.check

    def check_of(check_id: str) -> CheckInfo:
        if check_id == broken and threading.current_thread().name == "gouji-worker":
            raise sqlite3.OperationalError("disk I/O error")
        return asked(check_id)

    monkeypatch.setattr(store, "check", check_of)
    desk.start()
    try:
        found = checked(desk, [("报告.txt", text(FLIPPED))])
        assert found.state is State.DONE
    finally:
        desk.close()


def test_nothing_is_made_once_the_desk_is_closed(folder: Path) -> None:
    desk = Desk(folder)
    desk.start()
    found = checked(desk, [("报告.txt", text(FLIPPED))])
    uploads = desk._worker.uploads(found.id)
    desk.close()

    with pytest.raises(UsageError, match="gouji 已经关闭；请"):
        desk._downloads.make(found, 0, "html", uploads, {})

    assert list((folder / "work").iterdir()) == []
