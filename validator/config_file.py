"""What a ``gouji.toml`` may say（配置文件的写法）: keys, values and what they mean."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from validator.engine.pack_files import Overrides
from validator.engine.pack_sources import DEFAULT
from validator.engine.schema import Strict, Text, Words, Year
from validator.engine.yaml_load import nearest
from validator.facts import ReportKind
from validator.reporters import FORMATS, SCREEN
from validator.reporters.summary import FailOn

MOST_JOBS = 64
SHARE = " 0 到 1 的小数，如 0.8；或百分数，如 80%"
"""What a share may be."""
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})([%％]?)")
_WHOLE = re.compile("[0-9]{1,9}")


class Rounding(StrEnum):
    """How the figures of a report were made（取位）."""

    NEAREST = "nearest"
    TRUNCATE = "truncate"


class Language(StrEnum):
    """Language of what is said around the findings（界面语言）."""

    CHINESE = "zh"
    ENGLISH = "en"


def share_of(words: str) -> Decimal:
    """A share from 0 to 1, or a percentage, as written.

    >>> share_of("80%"), share_of("0.8")
    (Decimal('0.8'), Decimal('0.8'))

    Raises:
        ValueError: It is neither.
    """
    found = _SHARE.fullmatch(words.strip())
    number = Decimal(found[1]) / (100 if found[2] else 1) if found else Decimal(2)
    if not 0 <= number <= 1:
        raise ValueError(f"应是{SHARE}")
    return number


def _share(value: Any) -> Any:
    return share_of(str(value)) if isinstance(value, str | int | Decimal) else value


def _one(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _format(value: str) -> str:
    form = value.partition(":")[0].lower()
    if form not in FORMATS:
        raise ValueError(
            f"没有格式“{form}”{nearest(form, FORMATS)}；可用：{'、'.join(FORMATS)}"
        )
    return value


def _whole(low: int, high: int) -> BeforeValidator:
    def check(value: Any) -> Any:
        if not isinstance(value, str | int):
            return value
        if not (_WHOLE.fullmatch(str(value)) and low <= int(value) <= high):
            raise ValueError(f"应是 {low} 到 {high} 的整数")
        return int(value)

    return BeforeValidator(check)


Share = Annotated[Decimal, BeforeValidator(_share)]
Format = Annotated[Text, AfterValidator(_format)]
Count = Annotated[int, _whole(0, 1_000_000)]
Jobs = Annotated[int, _whole(1, MOST_JOBS)]
Listed = Words
Patterns = Annotated[Words, Field(min_length=1)]


class PathOverride(Strict):
    """Settings for some files only（按路径的设置）; what is not named stays as it is.

    Attributes:
        files: Patterns of paths, as in ``.gitignore``, from the folder of the configuration.
        rules: What is changed in rules, by id, family or category.
        select: Only these rules run.
        ignore: These rules do not run.
        rounding: How the figures were made.
        year: Fiscal year of the reports.
        kind: Which reports they are.
        fail_on: From which severity on a finding fails the run.
        min_coverage: Least share of figures checked in each file.
        allow_unread: Whether a file may pass of which a part could not be read.
    """

    files: Patterns
    rules: Overrides = Field(default_factory=dict)
    select: Listed | None = None
    ignore: Listed | None = None
    rounding: Rounding | None = None
    year: Year | None = None
    kind: ReportKind | None = None
    fail_on: FailOn | None = None
    min_coverage: Share | None = None
    allow_unread: bool | None = None


class ConfigFile(Strict):
    """A ``gouji.toml``, or the table ``tool.gouji`` of a ``pyproject.toml``.

    Attributes:
        packs: Names or folders of packs; ``default`` stands for all that are no overlays.
        preview: Whether rules on trial run too.
        year: Fiscal year of the reports; without it their text tells.
        select: Only these rules run: ids, families or categories; all when empty.
        ignore: These rules do not run.
        rounding: How the figures were made.
        separate: Whether every file is checked by itself.
        fail_on: From which severity on a finding fails the run.
        min_coverage: Least share of figures checked in each file.
        max_findings: How many of the findings that fail the run are put up with.
        allow_unread: Whether a file may pass of which a part could not be read.
        baseline: The file of known findings.
        waivers: The file of waivers.
        format: Outputs, as ``--format`` takes them.
        lang: Language of what is said around the findings.
        jobs: Processes at once.
        rules: What is changed in rules, by id, family or category.
        overrides: Settings for some files only; the last that matches wins.
    """

    packs: Annotated[tuple[Text, ...], Field(min_length=1)] = (DEFAULT,)
    preview: bool = False
    year: Year | None = None
    select: Listed = ()
    ignore: Listed = ()
    rounding: Rounding = Rounding.NEAREST
    separate: bool = False
    fail_on: FailOn = FailOn.ERROR
    min_coverage: Share | None = None
    max_findings: Count = 0
    allow_unread: bool = False
    baseline: Text | None = None
    waivers: Text | None = None
    format: Annotated[tuple[Format, ...], BeforeValidator(_one), Field(min_length=1)] = (
        SCREEN,
    )
    lang: Language = Language.CHINESE
    jobs: Jobs = 1
    rules: Overrides = Field(default_factory=dict)
    overrides: tuple[PathOverride, ...] = ()
