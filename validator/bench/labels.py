"""Label files（标注文件）: what is wrong in a report, and what holds, as a person sees it.

One file for each report, JSON or YAML. Docs and ``gouji schema labels`` tell each key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from validator.engine.schema import Strict, Text
from validator.engine.strict import validated
from validator.engine.yaml_load import Located, load_yaml
from validator.errors import UsageError
from validator.findings import Category, Severity
from validator.published import schema_of

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "gouji.labels/1"
SUFFIXES = (".yaml", ".yml", ".json")
_ENDING = ".expected"


class Passage(Strict):
    """Words of a report（原话）.

    Attributes:
        quote: The words, as they stand.
        start: Their first character in the text that ``gouji text`` prints; without it they
            are looked for.
        end: The character behind their last.
        line: Line to look from, when the words stand more than once.
        category: What it is about.
        computation: The sum written out.
    """

    quote: Text
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None
    line: Annotated[int, Field(ge=1)] | None = None
    category: Category | None = None
    computation: str = ""


class Mending(Strict):
    """The one right repair（改法）.

    Attributes:
        replace: Words of the quote, standing once in it.
        with_: What to put there.
    """

    replace: Text
    with_: Text = Field(alias="with")


class Label(Passage):
    """Something wrong（标注的问题）.

    Attributes:
        severity: How grave; ``info`` is the same as ``note``.
        numbers: Figures that take part; those of the quote when there are none.
        root: Name of the root cause; labels with one root are one problem.
        ambiguous: Whether people could disagree; it then counts neither way.
        repair: The one right repair, where there is one.
        id: Name of the label.
        why: Why it is wrong.
        suggested_fix: What to do, in words.
        ambiguous_why: Why people could disagree.
        why_ambiguous: The same.
    """

    severity: Literal["error", "warning", "note", "info"]
    numbers: tuple[str, ...] = ()
    root: str = ""
    ambiguous: bool = False
    repair: Mending | None = None
    id: str = ""
    why: str = ""
    suggested_fix: str = ""
    ambiguous_why: str = ""
    why_ambiguous: str = ""

    @property
    def grave(self) -> Severity:
        """How grave."""
        return Severity.NOTE if self.severity == "info" else Severity(self.severity)


class LabelFile(Strict):
    """The labels of one report（标注）.

    Attributes:
        schema_: Which format, ``gouji.labels/1``.
        document: File name of the report; without it the report is the file of the same
            name beside the labels.
        entity: Reporting entity.
        unit: The same.
        year: Fiscal year.
        kind: Which report.
        findings: All that is wrong.
        consistent: Statements that hold.
    """

    schema_: Literal["gouji.labels/1"] = Field("gouji.labels/1", alias="schema")
    document: str = ""
    entity: str = ""
    unit: str = ""
    year: str = ""
    kind: str = ""
    findings: tuple[Label, ...] = ()
    consistent: tuple[Passage, ...] = ()


def load_labels(path: Path) -> LabelFile:
    """Read a label file; a bare list is its findings.

    Raises:
        RuleError: It cannot be read, or does not fit; says where.
    """
    located = load_yaml(path, path.as_posix())
    if isinstance(located.data, list):
        located = _wrapped(located)
    return validated(LabelFile, located)


def _wrapped(located: Located) -> Located:
    places = {("findings", *trail): place for trail, place in located.places.items()}
    return Located(located.name, {"findings": located.data}, places | located.places)


def label_files(paths: tuple[Path, ...]) -> list[Path]:
    """Label files named, and those in the folders named.

    Raises:
        UsageError: There is no such file, or no label file in a folder.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"找不到“{path.as_posix()}”；请检查文件名和所在的文件夹")
        if not path.is_dir():
            found.append(path)
            continue
        inside = [p for p in sorted(path.iterdir()) if p.suffix in SUFFIXES and _labels(p)]
        if not inside:
            raise UsageError(f"文件夹“{path.as_posix()}”里没有标注文件（.yaml 或 .json）")
        found += inside
    return found


def _labels(path: Path) -> bool:
    """Whether a file of a folder is meant as labels: it does not say that it is another."""
    data = load_yaml(path, path.as_posix()).data
    return not isinstance(data, dict) or data.get("schema", SCHEMA) == SCHEMA


def report_of(path: Path, labels: LabelFile, folder: Path | None) -> Path:
    """The report that labels are about.

    Args:
        path: The label file.
        labels: What it says.
        folder: Where reports are; the folder of the labels when None.

    Raises:
        UsageError: There is no such report.
    """
    place = folder or path.parent
    stem = path.stem.removesuffix(_ENDING)
    named = [place / labels.document] if labels.document else []
    beside = sorted(p for p in place.glob(f"{stem}.*") if p.suffix not in SUFFIXES)
    # A text shows its own lines; of several forms of one report it is the first choice.
    beside.sort(key=lambda p: p.suffix != ".txt")
    for one in named or beside:
        if one.is_file():
            return one
    wanted = labels.document or f"{stem}.txt"
    raise UsageError(
        f"{path.as_posix()}: 找不到报告“{wanted}”；请用 --documents 指明报告所在的文件夹"
    )


def render_schema() -> str:
    """The JSON Schema of a label file, ending in a line feed."""
    return schema_of(LabelFile, SCHEMA, "validation")
