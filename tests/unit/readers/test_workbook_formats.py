"""What a cell shows of its number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.readers.workbook_formats import (
    GENERAL,
    built_in,
    dated,
    number_format,
    number_of,
    printed,
)

ACCOUNTING = r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ '

SHOWN = [
    ("General", "1190.5", "1190.5"),
    ("General", "12", "12"),
    ("General", "609.93999999999983", "609.94"),
    ("General", "34.559999999999945", "34.56"),
    ("General", "0.30000000000000004", "0.3"),
    ("General", "0.333333333333333", "0.333333333333333"),
    ("General", "-0", "0"),
    ("General", "1.5E+3", "1500"),
    ("General", "1E-20", "0"),
    ("General", "12345678901.23", "12345678901.23"),
    ("General", "123456789012345678", "123456789012346000"),
    ("@", "2080501", "2080501"),
    ("0", "2.5", "3"),
    ("0", "-2.5", "-3"),
    ("0.00", "1190.5", "1190.50"),
    ("0.00", "2.675", "2.68"),
    ("0.00", "-0.004", "0.00"),
    ("#,##0.00", "1190.5", "1190.50"),
    ("#,##0.00;[Red]-#,##0.00", "-1190.5", "-1190.50"),
    ("#,##0.00;[Red]#,##0.00", "-1190.5", "-1190.50"),
    ("[红色]0.0", "1.25", "1.3"),
    (ACCOUNTING, "1190.5", "1190.50"),
    (ACCOUNTING, "-1190.5", "-1190.50"),
    (ACCOUNTING, "0", "0.00"),
    ("0.00;-0.00;", "0", "0.00"),
    ("0%", "0.85", "85%"),
    ("0.00%", "0.85", "85.00%"),
    ("0.00 %", "0.85", "85.00%"),
    ("0.00%", "-0.08333", "-8.33%"),
    ("#.##", "1.5", "1.5"),
    ("0.0#", "1", "1.0"),
    ("00", "1", "01"),
    ("0000000", "201", "0000201"),
    ('0.00"万元"', "12.345", "12.35万元"),
    (r"0.00\万\元", "12.345", "12.35万元"),
    ("[$¥-804]#,##0.00", "12.345", "12.35"),
    ("¥#,##0.00", "12.345", "12.35"),
    # Not plain: the value itself.
    ("0.00E+00", "1190.5", "1190.5"),
    ("# ?/?", "0.5", "0.5"),
    ("#,##0.00,", "1190500", "1190500"),
    ("0!.0000", "11905", "11905"),
    ("[>=10000]0.0;0.00", "12.345", "12.345"),
    ("000-0000", "5550123", "5550123"),
    ('General"年"', "2023", "2023"),
]


@pytest.mark.parametrize(("code", "stored", "shown"), SHOWN)
def test_number_prints_as_its_format_says(code: str, stored: str, shown: str) -> None:
    value = number_of(stored)

    assert value is not None
    assert printed(value, number_format(code)) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0.855"), (2, "0.86"), (9, "86%"), (10, "85.50%"), (43, "0.86")]
)
def test_format_named_by_its_number(number: int, shown: str) -> None:
    assert printed(Decimal("0.855"), built_in(number)) == shown


def test_unknown_number_is_general() -> None:
    assert built_in(99) is GENERAL


DATES = [
    ("yyyy-mm-dd", "45291", "2023-12-31"),
    ("yyyy/m/d", "45291", "2023-12-31"),
    ('yyyy"年"m"月"d"日"', "45291", "2023年12月31日"),
    ("[$-804]yyyy年m月;@", "45291", "2023年12月"),
    ('yyyy"年"', "45291", "2023年"),
    ('yy"年"mm"月"', "44927", "23年01月"),
    ('yyyy"年"m"月"d"日" h:mm', "45291.5", "2023-12-31 12:00"),
    ("yyyy-m-d h:mm:ss", "45291.50001", "2023-12-31 12:00:01"),
    ("h:mm", "0.354166666666667", "08:30"),
    ("[h]:mm", "0.5", "12:00"),
    ("yyyy-mm-dd", "-1", "-1"),
]


@pytest.mark.parametrize(("code", "stored", "shown"), DATES)
def test_date_prints_its_parts(code: str, stored: str, shown: str) -> None:
    form = number_format(code)

    assert form.date
    assert dated(Decimal(stored), form) == shown


def test_days_count_from_1904_in_some_workbooks() -> None:
    form = number_format("yyyy-mm-dd")

    assert dated(Decimal(43829), form, since_1904=True) == "2023-12-31"


@pytest.mark.parametrize("stored", ["", "合计", "NaN", "INF", "1.2.3"])
def test_what_is_no_number(stored: str) -> None:
    assert number_of(stored) is None
