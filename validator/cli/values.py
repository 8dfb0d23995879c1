"""Option values（选项的值）: refused in Chinese, with what is allowed.

A *lenient* option of a check that is given a wrong value says so and falls back to its
default: the files are still checked, but the run does not pass.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from validator.cli.chinese import nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    _Type = click.ParamType[Any]
else:
    _Type = click.ParamType  # generic only since click 8.4

_COMPLAINTS = "gouji.complaints"
_DIGITS = 9


def complaints(ctx: click.Context) -> list[str]:
    """What was wrong with lenient options, one Chinese line each."""
    lines: list[str] = ctx.meta.setdefault(_COMPLAINTS, [])
    return lines


class Value(_Type):
    """A value that is converted or refused."""

    def __init__(
        self,
        name: str,
        convert: Callable[[str], Any],
        allowed: str,
        *,
        lenient: bool,
        fallback: str | None = None,
    ) -> None:
        """Make a kind of value.

        Args:
            name: Placeholder on the help page.
            convert: Gives the value; raises ValueError when it cannot.
            allowed: What is allowed, in Chinese.
            lenient: Whether to go on with the default.
            fallback: What to go on with instead, for an option that may be repeated.
        """
        self._fallback = fallback
        self.name = name
        self._convert = convert
        self._allowed = allowed
        self._lenient = lenient

    def get_metavar(self, *_: Any, **__: Any) -> str:
        """The placeholder as it is, not in capitals."""
        return self.name

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """The value itself, or the default when the option is lenient."""
        if not isinstance(value, str):
            return value
        try:
            return self._convert(value.strip())
        except ValueError as error:
            what = f"的值“{value}”不对；可用：{self._allowed}{error}"
            if not (self._lenient and ctx and param):
                self.fail(what, param, ctx)
            option = max(param.opts, key=len)
            default = self._fallback or param.get_default(ctx)
            if not isinstance(default, str):  # newer click has a mark of its own for "none"
                complaints(ctx).append(f"选项 {option} {what}；这次不用这个选项")
                return None
            complaints(ctx).append(f"选项 {option} {what}；这次按 {default} 处理")
            return self._convert(default)


def one_of(*allowed: str, lenient: bool = False) -> Value:
    """One of some words."""

    def convert(value: str) -> str:
        if value.lower() not in allowed:
            raise ValueError(nearest(value.lower(), allowed))
        return value.lower()

    return Value("|".join(allowed), convert, "、".join(allowed), lenient=lenient)


def formats() -> Value:
    """A format of the output, and the file that it goes to if there is one."""
    from validator.reporters import FORMATS, SCREEN  # noqa: PLC0415 - quick start

    def convert(value: str) -> str:
        form, colon, path = value.partition(":")
        if form.lower() not in FORMATS:
            raise ValueError(nearest(form.lower(), FORMATS))
        return f"{form.lower()}{colon}{path}"

    return Value("格式", convert, "、".join(FORMATS), lenient=True, fallback=SCREEN)


def whole(low: int, high: int, *, lenient: bool = False) -> Value:
    """A whole number from ``low`` to ``high``."""

    def convert(value: str) -> int:
        if not (
            len(value) <= _DIGITS
            and value.isascii()
            and value.isdigit()
            and low <= int(value) <= high
        ):
            raise ValueError
        return int(value)

    return Value("数字", convert, f"{low} 到 {high} 的整数", lenient=lenient)


def day(*, lenient: bool = False) -> Value:
    """A day of the calendar."""

    def convert(value: str) -> date:
        return date.fromisoformat(value)

    return Value("日期", _quietly(convert), "日期，如 2026-12-31", lenient=lenient)


def _quietly(convert: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same, without English words about what is wrong."""

    def quiet(value: str) -> Any:
        try:
            return convert(value)
        except ValueError:
            raise ValueError from None

    return quiet


def share(*, lenient: bool = False) -> Value:
    """A share from 0 to 1, or a percentage."""

    def convert(value: str) -> Decimal:
        from validator.config_file import share_of  # noqa: PLC0415 - quick start

        return share_of(value)

    allowed = "0 到 1 的小数，如 0.8；或百分数，如 80%"
    return Value("比例", _quietly(convert), allowed, lenient=lenient)
