"""The same files give the same bytes, whatever the machine, the order and the workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from validator.reporters import FORMATS

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
MACHINES = (
    {"PYTHONHASHSEED": "1", "LANG": "C", "TZ": "UTC", "COLUMNS": "60"},
    {"PYTHONHASHSEED": "77", "LANG": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "COLUMNS": "200"},
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Every format of the same reports, as two machines and one or two workers write it."""
    made = []
    for number, machine in enumerate(MACHINES, 1):
        home = tmp_path_factory.mktemp(f"machine-{number}")
        reports = home / "报送 材料"
        for kind in ("clean", "broken"):
            shutil.copytree(EXAMPLES / kind, reports / kind)
        words = [f"--format={form}:{form}.out" for form in FORMATS]
        done = subprocess.run(
            [
                *(sys.executable, "-m", "validator", "check", "报送 材料", *words),
                *("--jobs", str(number), "--evaluations", "--numbers"),
            ],
            cwd=home,
            env={**os.environ, **machine, "PYTHONPATH": str(ROOT), "GOUJI_CACHE": "off"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr.decode()
        made.append({form: (home / f"{form}.out").read_bytes() for form in FORMATS})
    return made


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_files_give_the_same_bytes(outputs: list[dict[str, bytes]], form: str) -> None:
    one, other = outputs

    assert one[form] == other[form]
    assert len(one[form]) > 100


@pytest.mark.parametrize("form", FORMATS)
def test_no_output_tells_of_the_machine(outputs: list[dict[str, bytes]], form: str) -> None:
    for made in outputs:
        assert b"machine-" not in made[form]
        assert str(ROOT).encode() not in made[form]
