"""Names that a browser sends（文件名）: cleaned, told apart, never used as a path."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from validator.reporters.told import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 200
"""Characters that a name may have."""
_NAMELESS = "未命名"
_DRIVE = re.compile(r"^[A-Za-z]:")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Characters that nobody sees, or that turn a name around."""
_LONGEST_SUFFIX = 10


def relative(name: str) -> str:
    r"""A name with its folders, as pairing of sets needs them.

    >>> relative("C:\\用户\\..\\水务局\\报告.docx")
    '用户/水务局/报告.docx'
    """
    parts = [_part(one) for one in name.replace("\\", "/").split("/")]
    kept = [one for one in parts if one]
    if not kept or name.endswith(("/", "\\")):
        kept.append(_NAMELESS)
    folders = "/".join(kept[:-1])
    room = max(0, LONGEST - len(kept[-1]) - 1)
    return f"{folders}/{kept[-1]}" if folders and len(folders) <= room else kept[-1]


def apart(names: Sequence[str]) -> list[str]:
    """Names in their order, each once whatever the case; later ones get numbers."""
    taken: set[str] = set()
    told = []
    for name in names:
        number, one = 1, name
        while one.lower() in taken:
            number += 1
            one = marked(name, str(number))
        taken.add(one.lower())
        told.append(one)
    return told


def shown(names: Sequence[str]) -> list[str]:
    """Last parts of names; where two are alike, with the folder, else with a number.

    >>> shown(["甲局/决算.docx", "乙局/决算.docx", "说明.docx"])
    ['决算（甲局）.docx', '决算（乙局）.docx', '说明.docx']
    """
    lasts = [name.rpartition("/")[2] for name in names]
    times = Counter(one.lower() for one in lasts)
    told = []
    for name, last in zip(names, lasts, strict=True):
        folder = name.rpartition("/")[0].rpartition("/")[2]
        told.append(marked(last, folder) if times[last.lower()] > 1 and folder else last)
    return apart(told)


def marked(name: str, mark: str) -> str:
    """A name with something in brackets before its suffix.

    >>> marked("决算.docx", "甲局")
    '决算（甲局）.docx'
    """
    stem, suffix = _split(name)
    mark = mark[: LONGEST // 4]
    return f"{_cut(stem, LONGEST - len(mark) - len(suffix) - 2)}（{mark}）{suffix}"


def of_copy(name: str, word: str, suffix: str) -> str:
    """The name of what was made of a file, as ``gouji annotate`` gives it.

    >>> of_copy("报告.doc", "批注", ".docx")
    '报告.批注.docx'
    """
    end = f".{word}{suffix}"
    return _cut(_split(name)[0], LONGEST - len(end)) + end


def _part(text: str) -> str:
    """One part of a path without what hides, leads elsewhere or cannot be stored."""
    text = text.encode("utf-8", "replace").decode()
    text = visible(normalize("NFC", text)).strip()
    text = "".join("\ufffd" if category(one) in _UNSEEN else one for one in text)
    text = _DRIVE.sub("", text, count=1).strip()
    return _short(text) if text.strip(". ") else ""


def _short(name: str) -> str:
    """At most so many characters, with the suffix kept."""
    if len(name) <= LONGEST:
        return name
    stem, suffix = _split(name)
    return _cut(stem, LONGEST - len(suffix)) + suffix


def _split(name: str) -> tuple[str, str]:
    """A name and its suffix with the dot, "" where what follows the last dot is none."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if stem and len(suffix) <= _LONGEST_SUFFIX else (name, "")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(1, most - 1)] + "…"
