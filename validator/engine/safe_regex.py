"""Regular expressions from rule files（正则）: only such as cannot run away.

Python's engine backtracks: ``(a+)+b`` takes exponential time on a long line of a's. So a
repeat without end may not stand inside another, and nothing may refer back to a group.
"""

from __future__ import annotations

import re

MAX_LENGTH = 600
_MANY = 1000
"""A repeat of this many times or more counts as one without end."""

_PART = re.compile(
    r"(?P<back>\\[1-9]|\(\?P=|\(\?\()"
    r"|(?P<skip>\\.|\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<open>\((?:\?(?:P<\w+>|<?[=!]|[:>]|\w+:?))?)"
    r"|(?P<close>\))"
    r"|(?P<endless>[*+]|\{\d*,(?P<most>\d*)\})",
    re.DOTALL,
)


def fault(pattern: str) -> str:
    """What is wrong with a pattern, in Chinese, or "" when it may run."""
    if len(pattern) > MAX_LENGTH:
        return f"正则太长，最多 {MAX_LENGTH} 个字符"
    try:
        re.compile(pattern, re.MULTILINE)
    except re.error as error:
        return f"正则写得不对（{error.msg}，第 {(error.pos or 0) + 1} 个字符）"
    return _runaway(pattern)


def _runaway(pattern: str) -> str:
    held = [False]
    """Whether each open group holds a repeat without end, outermost first."""
    closed, end = False, 0
    """Whether the part just read, up to ``end``, is a group that does."""
    for found in _PART.finditer(pattern):
        last, closed = closed and found.start() == end, False
        end = found.end()
        if found["back"]:
            return f"正则不能引用前面的组（{found['back']}）"
        if found["open"]:
            held.append(False)
        elif found["close"]:
            closed = held.pop()
            held[-1] = held[-1] or closed
        elif found["endless"]:
            if found["most"] and int(found["most"]) < _MANY:
                continue
            if last:
                return "正则里不限次数的重复不能套在另一个里面，如 (a+)+"
            held[-1] = True
    return ""
