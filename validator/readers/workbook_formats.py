"""Number formats of cells（数字格式）: a stored value → the characters that people see.

A format with a fixed number of decimals, or a percentage, decides how the value prints; any
other prints the value itself. Two things are printed though a format may hide them: the minus
sign, and a zero（a format may show ``-`` or nothing）, because a zero is not a blank.
Thousands separators and currency signs are left out, a unit such as 万元 is kept.
"""

from __future__ import annotations

import datetime
import decimal
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

_TYPED = decimal.Context(prec=15, rounding=decimal.ROUND_HALF_EVEN)
_WIDE = decimal.Context(prec=60, rounding=decimal.ROUND_HALF_UP)
_FINEST = Decimal("0.000001")
"""万元 to the 分: no amount is written finer."""
_RESIDUE = Decimal("0.000000001")
_TYPED_DIGITS = 9
"""Characters of numbers that are too short to have such residue."""
_LARGEST = Decimal(10) ** 15
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[(?P<mark>[^\]]*)\]|(?P<digits>[0#?,.%]+)|(?P<end>;)|(?P<bare>.)",
    re.DOTALL,
)
_DIGITS = re.compile(r"(?P<whole>[#?0,]*[#?0])?(?:\.(?P<part>[#?0]*))?(?P<percent>%?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = tuple("<>=")
_SIGNS = frozenset(" -+()（）¥￥$€£")
"""Characters that may stand bare around the digits and tell nothing about the value."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_DATE_WORD = re.compile(
    r'"([^"]*)"|[\\!](.)|\[[^\]]*\]|(y{2,4}|m{1,2}|d{1,2})|(.)', re.IGNORECASE
)
_UNSPELLED = re.compile(r"[hs]|aaa|DBNum", re.IGNORECASE)
"""Times, weekdays and Chinese numerals in a date's format."""
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-m-d", 18: "h:mm", 19: "h:mm", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: "h:mm", 33: "h:mm:ss",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0",
    43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0",
    49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
} | dict.fromkeys((15, 16, 17, 36, 52, 53, 54), "yyyy-m-d")  # fmt: skip
"""Formats that a file names by number alone; the Chinese ones are those of a Chinese Office."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How numbers print in a cell（单元格格式）.

    Attributes:
        fixed: Whether decimals are as many as ``least`` to ``most`` say.
        least: Decimals that always print.
        most: Decimals that print at most.
        whole: Digits before the point at least, as in ``00``.
        percent: Whether a hundredfold prints with %.
        before: Words before the digits.
        after: Words after the digits.
        date: The format's own code when it shows a date or a time.
        step: The last digit's worth.
        bare: Whether nothing but ``most`` decimals makes it differ.
    """

    fixed: bool = False
    least: int = 0
    most: int = 0
    whole: int = 1
    percent: bool = False
    before: str = ""
    after: str = ""
    date: str = ""
    step: Decimal = field(init=False, repr=False)
    bare: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "step", Decimal(1).scaleb(-self.most))
        plain = self.least == self.most and self.whole == 1
        bare = plain and not (self.percent or self.before or self.after)
        object.__setattr__(self, "bare", bare)


GENERAL = NumberFormat()


def built_in(number: int) -> NumberFormat:
    """The format that a file names by its number."""
    return number_format(_BUILT_IN.get(number, "General"))


@lru_cache(maxsize=1000)
def number_format(code: str) -> NumberFormat:
    """What a format's code says about its first section, that of positive numbers.

    >>> number_format('#,##0.00"万元"').after
    '万元'
    """
    if code.strip().lower() in {"general", "", "@"}:
        return GENERAL
    digits = ""
    around = ["", ""]
    for token in _TOKEN.finditer(code):
        kind = token.lastgroup
        if kind == "end":
            break
        words = token[kind] if kind else ""
        if kind == "digits" and not (digits and around[1].strip()):
            digits += words
        elif kind in {"quoted", "escaped"} or (
            kind == "bare" and (words in _SIGNS or _CHINESE.match(words))
        ):
            around[bool(digits)] += words
        elif (kind == "bare" and words.lower() in "ymdhs") or (
            kind == "mark" and _ELAPSED.fullmatch(words)
        ):
            return NumberFormat(date=code)
        elif kind in {"bare", "digits"} or words.startswith(_CONDITION):
            return GENERAL
    shape = _DIGITS.fullmatch(digits)
    if shape is None or not (shape["whole"] or shape["part"]):
        return GENERAL
    part = shape["part"] or ""
    before, after = (words.strip() if _CHINESE.search(words) else "" for words in around)
    return NumberFormat(
        True, part.count("0"), len(part), max(1, (shape["whole"] or "").count("0")),
        bool(shape["percent"]), before, after,
    )  # fmt: skip


def number_of(written: str) -> Decimal | None:
    """A stored number without floating-point residue; None when it is no number.

    >>> number_of("609.93999999999983")
    Decimal('609.94')
    """
    try:
        value = _TYPED.create_decimal(written.strip())
    except decimal.InvalidOperation:
        return None
    if not value.is_finite():
        return None
    long = len(written) > _TYPED_DIGITS or "E" in written or "e" in written
    if long and abs(value) < _LARGEST:
        rounded = value.quantize(_FINEST, context=_WIDE)
        if abs(value - rounded) < _RESIDUE:
            return rounded.normalize(_WIDE)
    return value


def printed(value: Decimal, form: NumberFormat = GENERAL) -> str:
    """A number as the reader of the sheet sees it.

    >>> printed(Decimal("1190.5"), number_format("#,##0.00"))
    '1190.50'
    """
    if not form.fixed or abs(value) >= _LARGEST:
        value = value.normalize(_WIDE)
        return f"{value:f}" if value else "0"
    shown = value.scaleb(2) if form.percent else value
    shown = shown.quantize(form.step, context=_WIDE)
    if not shown:
        shown = abs(shown)
    digits = f"{shown:f}"
    return digits if form.bare else _dressed(digits, form)


def _dressed(digits: str, form: NumberFormat) -> str:
    """Digits with what the format puts around them."""
    sign = "-" if digits.startswith("-") else ""
    whole, _, part = digits.removeprefix("-").partition(".")
    part = part[: form.least] + part[form.least :].rstrip("0")
    point = "." if part else ""
    percent = "%" if form.percent else ""
    return f"{sign}{form.before}{whole.zfill(form.whole)}{point}{part}{percent}{form.after}"


def dated(value: Decimal, form: NumberFormat, *, since_1904: bool = False) -> str:
    """A date or time as the reader of the sheet sees it, the usual ones as 2023-12-31.

    Args:
        value: Days since the workbook's first day.
        form: A format with ``date``.
        since_1904: Whether the days count from 1904, as in old workbooks of the Mac.
    """
    # The count from 1900 knows a 29 February 1900 that never was.
    first = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no zone
    if not 0 <= value < 2_958_466:
        return f"{value:f}"
    moment = first + datetime.timedelta(seconds=int((value * 86400).to_integral_value()))
    code = form.date.split(";")[0]
    if ("年" in code or "月" in code) and not _UNSPELLED.search(code):
        return _in_words(moment.date(), code)
    return in_short(moment, with_date=bool(re.search("[yd]", code, re.IGNORECASE)))


def in_short(moment: datetime.datetime, *, with_date: bool = True) -> str:
    """A moment without the parts that it does not have.

    >>> in_short(datetime.datetime(2023, 12, 31))
    '2023-12-31'
    """
    time = moment.strftime("%H:%M:%S").removesuffix(":00")
    if not with_date:
        return time
    day = moment.date().isoformat()
    return day if time == "00:00" else f"{day} {time}"


def _in_words(day: datetime.date, code: str) -> str:
    """A date as a Chinese format spells it."""
    words = ""
    for quoted, escaped, part, bare in _DATE_WORD.findall(code):
        if part:
            number = {"y": day.year, "m": day.month, "d": day.day}[part[0].lower()]
            short = part.lower() == "yy"
            words += f"{number % 100 if short else number:0{len(part)}d}"
        else:
            words += quoted + escaped + ("" if bare in "@_;" else bare)
    return words.strip()
