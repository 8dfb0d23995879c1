"""``--format xlsx``: where a workpaper goes, and what it may take the place of."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from validator import UsageError, render, render_bytes
from validator.cli import main
from validator.reporters import FORMATS
from validator.reporters.workpaper_mark import WorkbookKind, kind_of
from validator.run import check

EXAMPLES = Path(__file__).parents[2] / "examples" / "broken"
TEXT = "云岭县水务局2023年度部门决算\n2023年度收入总计100.00万元，支出总计90.00万元。\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("报告.txt").write_text(TEXT, encoding="utf-8")


def gouji(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", *words])


def test_the_file_is_a_workbook() -> None:
    done = gouji("报告.txt", "--format", "xlsx:底稿.xlsx")

    assert (done.exit_code, done.stdout) == (1, "")
    assert openpyxl.load_workbook("底稿.xlsx")["问题清单"].max_row == 2


def test_output_names_the_file_too() -> None:
    done = gouji("报告.txt", "--format", "XLSX", "-o", "底稿.xlsx")

    assert done.exit_code == 1
    assert kind_of(Path("底稿.xlsx")) is WorkbookKind.UNTOUCHED


def test_it_is_written_beside_other_formats() -> None:
    done = gouji("报告.txt", "--format", "terminal", "--format", "xlsx:底稿.xlsx")

    assert "应相等" in done.stdout
    assert Path("底稿.xlsx").is_file()


def test_the_screen_is_refused_before_the_work() -> None:
    done = gouji("报告.txt", "--format", "xlsx")

    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr == ("格式 xlsx 写到屏幕看不了；请写明文件，如 --format xlsx:底稿.xlsx\n")


def test_a_workpaper_of_ours_is_written_anew() -> None:
    gouji("报告.txt", "--format", "xlsx:底稿.xlsx")
    first = Path("底稿.xlsx").read_bytes()
    Path("报告.txt").write_text(TEXT.replace("90.00", "100.00"), encoding="utf-8")

    done = gouji("报告.txt", "--format", "xlsx:底稿.xlsx")

    assert done.exit_code == 0
    assert Path("底稿.xlsx").read_bytes() != first


def test_what_somebody_wrote_into_a_workpaper_is_never_lost() -> None:
    gouji("报告.txt", "--format", "xlsx:底稿.xlsx")
    book = openpyxl.load_workbook("底稿.xlsx")
    book["问题清单"]["P2"] = "确认"
    book.save("底稿.xlsx")
    filled = Path("底稿.xlsx").read_bytes()

    done = gouji("报告.txt", "--format", "xlsx:底稿.xlsx")

    assert done.exit_code == 2
    assert "有人改过的底稿，会把它覆盖" in done.stderr
    assert Path("底稿.xlsx").read_bytes() == filled


@pytest.mark.parametrize("form", ["json", "csv"])
def test_other_formats_never_take_the_place_of_a_workpaper(form: str) -> None:
    gouji("报告.txt", "--format", "xlsx:底稿.xlsx")
    before = Path("底稿.xlsx").read_bytes()

    done = gouji("报告.txt", "--format", f"{form}:底稿.xlsx")

    assert (done.exit_code, Path("底稿.xlsx").read_bytes()) == (2, before)
    assert "一份底稿，会把它覆盖" in done.stderr


def test_other_workbooks_are_never_written_over() -> None:
    tables = (EXAMPLES / "final_accounts_tables.xlsx").read_bytes()
    Path("附表.xlsx").write_bytes(tables)
    Path("坏.xlsx").write_bytes(b"PK\x03\x04no")
    with zipfile.ZipFile("别的.zip", "w") as other:
        other.writestr("docProps/custom.xml", "<x/>")
        other.writestr("docProps/core.xml", "<x/>")

    for name in ("附表.xlsx", "坏.xlsx", "别的.zip"):
        before = Path(name).read_bytes()
        done = gouji("报告.txt", "--format", f"xlsx:{name}")
        assert (done.exit_code, Path(name).read_bytes()) == (2, before)
        assert "一份文档，会把它覆盖" in done.stderr


def test_a_workpaper_in_the_folder_is_no_report() -> None:
    Path("报送").mkdir()
    Path("报告.txt").rename("报送/报告.txt")

    for _ in range(2):
        done = gouji("报送", "--format", "xlsx:报送/底稿.xlsx")
        assert done.exit_code == 1

    assert "1份底稿不是报告，没有检查：报送/底稿.xlsx" in done.stderr
    assert "结论：没有通过，错误1处。" in done.stderr


def test_a_disk_that_is_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.packager.Packager._create_package", full)

    done = gouji("报告.txt", "--format", "xlsx:底稿.xlsx")

    assert done.exit_code == 2
    assert "底稿.xlsx”写不了；请换一个路径，或看磁盘是否满了" in done.stderr


def test_every_format_can_be_had_as_bytes() -> None:
    report = check("报告.txt")

    for form in FORMATS:
        made = render_bytes(report, form)
        assert (
            made.startswith(b"PK") if form == "xlsx" else made == render(report, form).encode()
        )
    with pytest.raises(UsageError, match="请用 render_bytes"):
        render(report, "xlsx")
    with pytest.raises(UsageError, match="没有格式"):
        render_bytes(report, "xls")
