"""The gate of a shared folder: the script of the manual, run as it is printed there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_gate import ROOT, commands, report, surroundings, workbook

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "ci.md"
pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None or sys.platform == "win32", reason="needs bash"
)


def sort_out(folder: Path, env: dict[str, str]) -> str:
    """Run the script → what it says on standard error."""
    found = re.search(r"```bash\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    done = subprocess.run(
        ["bash", "-c", found[1]], cwd=folder, env=env, capture_output=True, encoding="utf-8",
        check=True,
    )  # fmt: skip
    return done.stderr


def test_what_passes_is_taken_in_and_the_rest_goes_back(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    env["PATH"] = f"{commands(tmp_path / 'bin')}:{env['PATH']}"
    desk = tmp_path / "关口"
    inbox = desk / "收件"
    report(inbox / "水务局 2020" / "决算.txt")
    workbook(inbox / "水务局 2020" / "决算表.xlsx")
    report(inbox / "林业局" / "决算.txt")
    workbook(inbox / "林业局" / "决算表.xlsx", differs=True)
    report(inbox / "--help" / "决算.txt", share="58.65%")
    (inbox / "空的").mkdir()
    report(inbox / "又交" / "决算.txt")
    report(desk / "已收" / "又交" / "决算.txt")

    said = sort_out(desk, env)

    def inside(name: str) -> list[str]:
        return sorted(path.name for path in (desk / name).iterdir())

    assert inside("收件") == ["又交"]
    assert inside("已收") == ["又交", "水务局 2020"]
    assert inside("退回") == ["--help", "林业局", "空的"]
    assert "已收 里已有 又交，没有移" in said
    why = (desk / "退回" / "林业局" / "检查结果.log").read_text(encoding="utf-8")
    assert "3.86万元" in why
    assert "3.68" in why
    # What goes back is mended and handed in again: the story beside it is no report.
    (desk / "退回" / "林业局").rename(inbox / "林业局")
    workbook(inbox / "林业局" / "决算表.xlsx")
    sort_out(desk, env)
    assert inside("已收") == ["又交", "林业局", "水务局 2020"]
