"""Write the workbook of the nine public tables that goes with the final accounts.

Run it after editing the figures here: ``python examples/make_workbook.py``. The clean workbook
agrees with ``final_accounts.txt`` beside it; the broken one has the errors in ``BROKEN``.
The zip carries no clock, so the same figures give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "final_accounts_tables.xlsx"
ENTITY = "云岭县水务局"
YEAR = 2020
BROKEN = {
    "公开01表!B9": 22.15,
    "公开03表!D17": 642.56,
    "公开05表!C19": 642.56,
    "公开06表!C19": 784.31,
    "公开07表!L7": 4.86,
}
"""Cell → what the broken workbook prints there."""
_CLOCK = datetime(1980, 1, 1)  # noqa: DTZ001 - a fixed stamp, no moment in time
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MONEY = "#,##0.00"

Cells = list[list[Any]]

FUNCTIONS: list[tuple[str, str, float | None, float | None, float | None]] = [
    # code, name, basic, project of the general budget, project of other money
    ("208", "社会保障和就业支出", 118.63, None, None),
    ("20805", "行政事业单位养老支出", 115.63, None, None),
    ("2080501", "行政单位离退休", 12.46, None, None),
    ("2080505", "机关事业单位基本养老保险缴费支出", 84.27, None, None),
    ("2080506", "机关事业单位职业年金缴费支出", 18.90, None, None),
    ("20808", "抚恤", 3.00, None, None),
    ("2080801", "死亡抚恤", 3.00, None, None),
    ("210", "卫生健康支出", 46.92, None, None),
    ("21011", "行政事业单位医疗", 46.92, None, None),
    ("2101101", "行政单位医疗", 31.48, None, None),
    ("2101103", "公务员医疗补助", 15.44, None, None),
    ("213", "农林水支出", 624.56, 655.79, 23.41),
    ("21303", "水利", 624.56, 655.79, 23.41),
    ("2130301", "行政运行", 624.56, None, None),
    ("2130306", "水利工程运行与维护", None, 286.40, None),
    ("2130310", "水土保持", None, 158.35, None),
    ("2130311", "水资源节约管理与保护", None, 91.04, None),
    ("2130314", "防汛", None, 120.00, None),
    ("2130399", "其他水利支出", None, None, 23.41),
    ("221", "住房保障支出", 72.35, None, None),
    ("22102", "住房改革支出", 72.35, None, None),
    ("2210201", "住房公积金", 72.35, None, None),
]
STAFF = [
    ("301", "工资福利支出", 732.85),
    ("30101", "基本工资", 222.46),
    ("30102", "津贴补贴", 198.42),
    ("30103", "奖金", 86.05),
    ("30108", "机关事业单位基本养老保险缴费", 84.27),
    ("30109", "职业年金缴费", 18.90),
    ("30110", "职工基本医疗保险缴费", 31.48),
    ("30111", "公务员医疗补助缴费", 15.44),
    ("30112", "其他社会保障缴费", 3.48),
    ("30113", "住房公积金", 72.35),
    ("303", "对个人和家庭的补助", 15.46),
    ("30302", "退休费", 12.46),
    ("30304", "抚恤金", 3.00),
]
PUBLIC = [
    ("302", "商品和服务支出", 114.15),
    ("30201", "办公费", 18.36),
    ("30205", "水费", 1.20),
    ("30206", "电费", 4.85),
    ("30207", "邮电费", 6.72),
    ("30211", "差旅费", 21.44),
    ("30213", "维修（护）费", 3.18),
    ("30216", "培训费", 2.65),
    ("30217", "公务接待费", 3.86),
    ("30228", "工会经费", 7.25),
    ("30231", "公务用车运行维护费", 23.04),
    ("30239", "其他交通费用", 21.60),
    ("310", "资本性支出", None),
]


def summary() -> Cells:
    """收入支出决算总表."""
    return [
        ["收入", None, "支出", None],
        ["项目", "决算数", "项目", "决算数"],
        ["一、一般公共预算财政拨款收入", 1486.37, "一、社会保障和就业支出", 118.63],
        ["二、政府性基金预算财政拨款收入", None, "二、卫生健康支出", 46.92],
        ["三、国有资本经营预算财政拨款收入", None, "三、农林水支出", 1303.76],
        ["四、其他收入", 23.15, "四、住房保障支出", 72.35],
        ["本年收入合计", 1509.52, "本年支出合计", 1541.66],
        ["年初结转和结余", 64.28, "年末结转和结余", 32.14],
        ["总计", 1573.80, "总计", 1573.80],
    ]


def revenue() -> Cells:
    """收入决算表."""
    return [
        ["科目编码", "科目名称", "本年收入合计", "财政拨款收入", "事业收入", "其他收入"],
        ["合计", None, 1509.52, 1486.37, None, 23.15],
        ["208", "社会保障和就业支出", 118.63, 118.63, None, None],
        ["210", "卫生健康支出", 46.92, 46.92, None, None],
        ["213", "农林水支出", 1271.62, 1248.47, None, 23.15],
        ["221", "住房保障支出", 72.35, 72.35, None, None],
    ]


def expenditure() -> Cells:
    """支出决算表."""
    rows: Cells = [
        ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
        ["合计", None, 1541.66, 862.46, 679.20],
    ]
    for code, name, basic, project, other in FUNCTIONS:
        rows.append([code, name, total(basic, project, other), basic, total(project, other)])
    return rows


def fiscal_summary() -> Cells:
    """财政拨款收入支出决算总表."""
    general, fund = "一般公共预算财政拨款", "政府性基金预算财政拨款"
    capital = "国有资本经营预算财政拨款"
    blank = [None] * 5
    return [
        ["收入", None, "支出", *blank[1:]],
        ["项目", "决算数", "项目", "合计", general, fund, capital],
        [f"一、{general}", 1486.37, "一、社会保障和就业支出", 118.63, 118.63, None, None],
        [f"二、{fund}", 0.00, "二、卫生健康支出", 46.92, 46.92, None, None],
        [f"三、{capital}", 0.00, "三、农林水支出", 1280.35, 1280.35, None, None],
        [None, None, "四、住房保障支出", 72.35, 72.35, None, None],
        ["本年收入合计", 1486.37, "本年支出合计", 1518.25, 1518.25, 0.00, 0.00],
        ["年初财政拨款结转和结余", 58.90, "年末财政拨款结转和结余", 27.02, 27.02, 0.00, 0.00],
        [general, 58.90, *blank],
        [fund, 0.00, *blank],
        [capital, 0.00, *blank],
        ["总计", 1545.27, "总计", 1545.27, 1545.27, 0.00, 0.00],
    ]


def general() -> Cells:
    """一般公共预算财政拨款支出决算表."""
    rows: Cells = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["合计", None, 1518.25, 862.46, 655.79],
    ]
    for code, name, basic, project, other in FUNCTIONS:
        if total(basic, project) is not None or other is None:
            rows.append([code, name, total(basic, project), basic, project])
    return rows


def basic() -> Cells:
    """一般公共预算财政拨款基本支出决算明细表."""
    rows: Cells = [
        ["人员经费", None, None, "公用经费", None, None],
        ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
        *([*left, *right] for left, right in zip(STAFF, PUBLIC, strict=True)),
        ["人员经费合计", None, 748.31, "公用经费合计", None, 114.15],
        ["合计", None, 862.46, None, None, None],
    ]
    return rows


def three_public() -> Cells:
    """财政拨款“三公”经费支出决算表."""
    heads = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", None, None, "公务接待费"]
    parts = [None, None, "小计", "公务用车购置费", "公务用车运行维护费", None]
    return [
        ["预算数", None, None, None, None, None, "决算数", None, None, None, None, None],
        [*heads, *heads],
        [*parts, *parts],
        [31.20, 0.00, 26.00, 0.00, 26.00, 5.20, 26.90, 0.00, 23.04, 0.00, 23.04, 3.86],
    ]


def fund() -> Cells:
    """政府性基金预算财政拨款收入支出决算表: nothing was spent, which is said below it."""
    opening, closing = "年初结转和结余", "年末结转和结余"
    return [
        ["科目编码", "科目名称", opening, "本年收入", "本年支出", None, None, closing],
        [None, None, None, None, "小计", "基本支出", "项目支出", None],
        ["合计", None, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00],
    ]


def capital() -> Cells:
    """国有资本经营预算财政拨款支出决算表."""
    return [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["合计", None, 0.00, 0.00, 0.00],
    ]


TABLES = [
    ("公开01表", "收入支出决算总表", summary, ["A4:B4", "C4:D4"]),
    ("公开02表", "收入决算表", revenue, ["A5:B5"]),
    ("公开03表", "支出决算表", expenditure, ["A5:B5"]),
    ("公开04表", "财政拨款收入支出决算总表", fiscal_summary, ["A4:B4", "C4:G4"]),
    ("公开05表", "一般公共预算财政拨款支出决算表", general, ["A5:B5"]),
    ("公开06表", "一般公共预算财政拨款基本支出决算明细表", basic, ["A4:C4", "D4:F4"]),
    (
        "公开07表",
        "财政拨款“三公”经费支出决算表",
        three_public,
        [
            "A4:F4",
            "G4:L4",
            "C5:E5",
            "I5:K5",
            "A5:A6",
            "B5:B6",
            "F5:F6",
            "G5:G6",
            "H5:H6",
            "L5:L6",
        ],
    ),
    (
        "公开08表",
        "政府性基金预算财政拨款收入支出决算表",
        fund,
        ["E4:G4", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "H4:H5", "A6:B6"],
    ),
    ("公开09表", "国有资本经营预算财政拨款支出决算表", capital, ["A5:B5"]),
]
"""Sheet, title, rows, merged cells."""
NOTES = {
    "公开08表": "本部门2020年度无政府性基金预算财政拨款收支，故本表无数据。",
    "公开09表": "本部门2020年度无国有资本经营预算财政拨款支出，故本表无数据。",
}


def total(*amounts: float | None) -> float | None:
    """Sum of what is printed, to the 分; None when nothing is."""
    given = [amount for amount in amounts if amount is not None]
    return sum(int(amount * 100 + 0.5) for amount in given) / 100 if given else None


def fill(sheet: Worksheet, title: str, rows: Cells, merged: list[str]) -> None:
    """Write a table: its title, its number and unit, its rows."""
    width = max(map(len, rows))
    sheet.cell(1, 1, title).font = Font(size=16, bold=True)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    sheet.cell(2, width, sheet.title)
    sheet.cell(3, 1, f"部门：{ENTITY}")
    sheet.cell(3, width, "金额单位：万元")
    for at, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(at, column, value)
            cell.border = _BOX
            if isinstance(value, float):
                cell.number_format = _MONEY
    for cells in merged:
        sheet.merge_cells(cells)
    if note := NOTES.get(sheet.title):
        sheet.cell(4 + len(rows), 1, note)


def workbook(changes: dict[str, float] | None = None) -> bytes:
    """The nine tables as a workbook.

    Args:
        changes: Cell address such as ``公开01表!D9`` → another number.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, title, rows, merged in TABLES:
        fill(book.create_sheet(name), title, rows(), merged)
    for address, value in (changes or {}).items():
        name, _, place = address.partition("!")
        if not isinstance(book[name][place].value, int | float):
            msg = f"{address} holds no number: {book[name][place].value!r}"
            raise TypeError(msg)
        book[name][place].value = value
    raw = io.BytesIO()
    book.properties.creator = "gouji"
    book.properties.created = book.properties.modified = _CLOCK
    book.save(raw)
    return unclocked(raw.getvalue())


def unclocked(data: bytes) -> bytes:
    """The same zip without the time of day."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = stamped(content)
            target.writestr(info, content)
    return out.getvalue()


def stamped(core: bytes) -> bytes:
    """Document properties with a fixed time: saving sets the clock once more."""
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", core)


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / "clean" / NAME).write_bytes(workbook())
    (here / "broken" / NAME).write_bytes(workbook(BROKEN))
