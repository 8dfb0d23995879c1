"""What a call asks to check: archives opened, old files converted ahead, order kept."""

from __future__ import annotations

import io
import os
import pickle
import sys
import zipfile
from itertools import islice
from typing import TYPE_CHECKING

import docx
import pytest

from validator import run
from validator.errors import UnreadableDocument
from validator.findings import Status
from validator.readers import digest_of
from validator.readers import sources as module
from validator.readers.sources import Source, read_source, sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Converted = dict[int, bytes | UnreadableDocument]

GOOD = "本年收入合计100.00万元，其中：财政拨款收入80.00万元，占90%。"


def old(number: int) -> bytes:
    return b"{\\rtf1 %d}" % number


def word(words: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(words)
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sizes of the batches that were converted; files with a 7 in them cannot be."""
    sizes: list[int] = []
    made = word(GOOD)

    def convert(files: Mapping[int, bytes]) -> Converted:
        if files:
            sizes.append(len(files))
        refused = UnreadableDocument("转换不了", "请换一个")
        return {key: refused if b"7" in data else made for key, data in files.items()}

    monkeypatch.setattr(module, "convert", convert)
    return sizes


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return raw.getvalue()


def test_old_files_are_converted_together(tmp_path: Path, batches: list[int]) -> None:
    paths = [write(tmp_path, f"{at:02}.doc", old(at)) for at in range(45)]

    found = list(sources(paths))

    assert batches == [20, 20, 5]
    assert [one.name for one in found] == [path.as_posix() for path in paths]
    assert [at for at, one in enumerate(found) if one.fault] == [7, 17, 27, 37]
    assert read_source(found[3]).format == "rtf"
    assert read_source(found[3]).digest == digest_of(old(3))
    assert read_source(found[3]).name == paths[3].as_posix()


def test_other_files_are_left_until_their_turn(tmp_path: Path, batches: list[int]) -> None:
    paths = [write(tmp_path, "a.txt", b"a"), write(tmp_path, "b.docx", word(GOOD))]

    assert list(sources(paths)) == [Source(path.as_posix(), path) for path in paths]
    assert batches == []


def test_nothing_is_converted_before_it_is_asked_for(
    tmp_path: Path, batches: list[int]
) -> None:
    paths = [write(tmp_path, f"{at:02}.doc", old(at)) for at in range(30)]
    first = write(tmp_path, "a.txt", b"a")

    found = sources([first, *paths])

    assert next(found).name == first.as_posix()
    assert batches == []
    assert len(list(islice(found, 20))) == 20
    assert batches == [20]


def test_little_is_kept_back(
    tmp_path: Path, batches: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WEIGHT", 25)
    paths = [write(tmp_path, f"{at}.doc", old(at)) for at in range(5)]

    assert len(list(sources(paths))) == 5
    assert batches == [3, 2]


def test_few_old_files_do_not_hold_up_many_others(tmp_path: Path, batches: list[int]) -> None:
    paths = [write(tmp_path, "a.doc", old(1))]
    paths += [write(tmp_path, f"{at}.txt", b"a") for at in range(300)]

    found = sources(paths)
    list(islice(found, 1))

    assert batches == [1]


def test_archive_is_opened_in_its_place(tmp_path: Path, batches: list[int]) -> None:
    inside = {"乙.doc": old(1), "甲.doc": old(7), "a.txt": b"a", "b.zip": zipped({})}
    paths = [
        write(tmp_path, "0.txt", b"a"),
        write(tmp_path, "1.zip", zipped(inside)),
        write(tmp_path, "2.doc", old(2)),
        write(tmp_path, "3.zip", zipped({})),
    ]

    found = list(sources(paths))

    names = [one.name.removeprefix(f"{tmp_path.as_posix()}/") for one in found]
    assert names == [
        "0.txt",
        "1.zip/a.txt",
        "1.zip/b.zip",
        "1.zip/乙.doc",
        "1.zip/甲.doc",
        "2.doc",
        "3.zip",
    ]
    assert [bool(one.fault) for one in found] == [False, False, True, False, True, False, True]
    assert batches == [3]


def test_reports_of_archives_and_old_files_in_processes(
    tmp_path: Path, batches: list[int]
) -> None:
    inside = {f"{at}.txt": f"{GOOD}\n".encode() for at in range(6)}
    paths = [write(tmp_path, f"{at:02}.doc", old(at)) for at in range(9)]
    paths.insert(4, write(tmp_path, "报送.zip", zipped(inside)))

    one, two = list(run.check_many(paths)), list(run.check_many(paths, jobs=2))

    assert one == two
    assert len(one) == 15
    assert [report.name for report in one if report.status is Status.UNREADABLE] == [
        paths[8].as_posix()
    ]
    assert batches == [9, 9]


def test_archive_is_no_report_of_its_own(tmp_path: Path) -> None:
    path = write(tmp_path, "报送.zip", zipped({"a.txt": GOOD.encode()}))

    report = run.check(path)

    assert report.status is Status.UNREADABLE
    assert report.error is not None
    assert "check_many" in report.error
    assert [one.name for one in run.check_many([path])] == [f"{path.as_posix()}/a.txt"]


def test_fault_travels_between_processes() -> None:
    fault = UnreadableDocument("坏了", "请换一个")

    again = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own bytes

    assert (again.what, again.advice, str(again)) == ("坏了", "请换一个", "坏了；请换一个")


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_pipe_is_left_to_its_reader(tmp_path: Path) -> None:
    """Looking into it first would take its content away, or wait without end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert list(sources([pipe])) == [Source(pipe.as_posix(), pipe)]
