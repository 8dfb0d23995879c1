"""A thousand reports in one call: every one is in the output, and memory does not grow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]
REPORTS = 1_000
MOST = 300
"""Megabytes."""
MEASURE = """\
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""
"""Runs a command from a small process: Linux counts to a new one what its parent held."""
TEXT = """\
云岭县第{number}小学2023年度部门决算
一、收入支出决算总体情况说明
2023年度收入总计{total}.00万元，支出总计{total}.00万元。
二、“三公”经费财政拨款支出决算情况说明
公务接待费支出0.84万元，比2022年增加0.21万元，下降20%。
三、其他重要事项的情况说明
2023年机关运行经费支出{total}.50万元，比2022年增加10.00万元，主要原因是人员增加。
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in kilobytes on Linux")
@pytest.mark.parametrize("form", ["sarif", "json", "xlsx"])
def test_memory_does_not_grow_with_the_files(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for number in range(REPORTS):
        text = TEXT.format(number=number, total=100 + number)
        (folder / f"第{number:04}小学.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "validator", "check", "报送", "--format", f"{form}:out"]

    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    code, kilobytes = map(int, done.stdout.split())
    assert code == 1, done.stderr
    assert kilobytes / 1024 < MOST
    if form == "xlsx":
        with (tmp_path / "out").open("rb") as file:
            listed = openpyxl.load_workbook(file, read_only=True)["问题清单"]
            assert len({row[2] for row in listed.values}) == REPORTS + 1
        return
    made = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    if form == "sarif":
        (run,) = made["runs"]
        assert (
            len(
                {
                    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                    for result in run["results"]
                }
            )
            == REPORTS
        )
    else:
        assert all(document["findings"] for document in made["documents"])
        assert len(made["documents"]) == REPORTS
