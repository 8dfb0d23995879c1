"""The steps of a check are timed; how long they take is not tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.bench.page import render
from validator.bench.speed import page, times
from validator.errors import UsageError
from validator.readers.sources import Source
from validator.run import shipped_rules

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "云岭县水务局2023年度部门决算\n本年支出合计100.00万元，其中：基本支出60.00万元，项目支出30.00万元。\n"


def test_every_step_takes_its_time() -> None:
    (timing,) = times([Source("甲.txt", data=TEXT.encode())], shipped_rules(), 1)

    assert timing.characters == len(TEXT)
    assert timing.figures == 4
    assert min(timing.reading, timing.understanding, timing.evaluating) > 0
    assert timing.diagnosing >= 0
    assert timing.memory is None or timing.memory > 10
    assert "甲.txt" in render(page([timing], 0.1, "gouji bench"), "table")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04no")

    with pytest.raises(UsageError, match=r"坏\.docx"):
        times([Source("坏.docx", broken)], shipped_rules(), 1)
