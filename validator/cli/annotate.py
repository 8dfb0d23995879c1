"""``gouji annotate``（批注稿）: files in, copies with a comment at each finding out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand
from validator.cli.gate_options import CHECKING, KNOWN, chosen, options, today
from validator.cli.outputs import guard, put, refuse_unnameable
from validator.cli.said import listed, say
from validator.cli.values import day, one_of
from validator.errors import UnreadableDocument, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from validator.annotating.copies import Copy, Original, Wish
    from validator.findings import Report
    from validator.gate import Gate
    from validator.settings import Settings

_HELP = """另写一份批注稿：原样的文件，每个问题的原话上有一条批注；原文件不动。

例：gouji annotate 报告.docx

报告和附表一起给出时放在一起查，各写一份。

退出码：0 都写了，有没有问题不管；2 用法不对，或有文件没有写成；3 程序出错。"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for besides how to check; names and meanings are those of the options."""

    files: tuple[Path, ...]
    output: Path | None
    force: bool
    changes: bool
    date: date | None
    severity: str
    show_all: bool


@click.command(cls=ChineseCommand, help=_HELP)
@click.argument(
    "files", nargs=-1, required=True, metavar="文件…",
    type=click.Path(path_type=Path, readable=False),
)  # fmt: skip
@options(
    click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="文件或文件夹",
        help="写到哪里；几份一起写时是文件夹。默认是原文件旁边的“报告.批注.docx”。",
    ),
    click.option("--force", is_flag=True, help="已有的批注稿也覆盖。默认不覆盖。"),
    click.option(
        "--changes", is_flag=True,
        help="只有一种改法的问题，在 Word 里直接写成修订，数字也写；看过再接受或拒绝。"
        "默认只写批注。",
    ),
    click.option(
        "--date", type=day(), help="Word 的批注和修订写上这个日期，如 2024-05-10。默认不写。"
    ),
    click.option(
        "--severity", type=one_of("note", "warning", "error"), default="note",
        help="从哪一级起写批注：note 全写，warning 不写提示，error 只写错误。默认 note。",
    ),
    click.option(
        "--all", "show_all", is_flag=True,
        help="基线里已有的和豁免了的问题也写批注。默认不写。",
    ),
    CHECKING,
    KNOWN,
)  # fmt: skip
@click.pass_context
def annotate(context: click.Context, /, **_: object) -> int:
    """Write annotated copies of files."""
    asked = Asked(**{name: context.params[name] for name in Asked.__slots__})
    _refuse(asked)
    from validator.annotating.copies import Wish, originals  # noqa: PLC0415 - quick start
    from validator.findings import Severity  # noqa: PLC0415 - quick start
    from validator.gate import Gate  # noqa: PLC0415 - quick start

    settings, refused = chosen(context)
    files = originals(asked.files)
    outputs = _outputs([*files.found.values()], asked, settings)
    gate = Gate(settings, today=today(context), refused=refused, partly=True)
    for line in gate.faults:
        say(line)
    for path, why in files.unable.items():
        say(f"{path.as_posix()}: {why}")
    for path in files.beside:
        say(f"{path.as_posix()}: 记录文件只用来对照，里面放不下批注")
    day_ = asked.date.isoformat() if asked.date else ""
    wish = Wish(Severity(asked.severity), asked.show_all, asked.changes, day_)
    tally = _Tally(lost=len(files.unable))
    order = [one for one in dict.fromkeys(asked.files) if one not in files.unable]
    for report in gate.check(order) if files.found else ():
        original = files.found.get(Path(report.name))
        if original is not None:
            _write(original, report, gate, wish, outputs[original.path], tally, asked)
        elif report.findings and Path(report.name) in files.beside:
            count = len(report.findings)
            say(f"{report.name}: 有{count}个问题没有地方写批注，请看 gouji check")
    say(tally.sentence())
    return 2 if tally.lost or gate.faults else 0


@dataclass(slots=True)
class _Tally:
    """What was written."""

    lost: int = 0
    written: list[Path] = field(default_factory=list)
    comments: int = 0
    changes: int = 0
    elsewhere: Counter[str] = field(default_factory=Counter)

    def add(self, path: Path, copy: Copy) -> None:
        """Count a copy."""
        self.written.append(path)
        self.comments += len(copy.annotated.placed) + len(copy.annotated.unplaced)
        self.changes += copy.changes
        self.elsewhere.update(one.why for one in copy.annotated.unplaced)

    def sentence(self) -> str:
        """The last line of a run."""
        lost = f"有{self.lost}份没有写成" if self.lost else ""
        if not self.written:
            return f"结论：{lost}，没有写批注稿。"
        count = f"{self.comments}条批注" if self.comments else "没有要批注的问题"
        changes = f"、{self.changes}处修订" if self.changes else ""
        away = ""
        if self.elsewhere:
            whys = "；".join(f"{why}（{n}条）" for why, n in self.elsewhere.most_common())
            away = f"，其中{self.elsewhere.total()}条不在原话上：{whys}"
        rest = f"；{lost}" if lost else ""
        names = listed(self.written)
        return f"结论：写了“{names}”，{count}{changes}{away}{rest}；原文件没有动。"


def _write(
    original: Original, report: Report, gate: Gate, wish: Wish, output: Path, tally: _Tally,
    asked: Asked,
) -> None:  # fmt: skip
    """Write the copy of one file, or say why not."""
    from validator.annotating.copies import annotate as annotated  # noqa: PLC0415 - quick start
    from validator.reporters.summary import lost  # noqa: PLC0415 - quick start
    from validator.reporters.words import LANGUAGES  # noqa: PLC0415 - quick start

    name = original.path.as_posix()
    treatment = gate.treatments.of(report.lead or report.name)
    try:
        copy = annotated(original, report, treatment, wish, LANGUAGES[gate.settings.lang])
        put(output, copy.annotated.data, "批注稿", force=asked.force)
    except (UnreadableDocument, UsageError) as error:
        say(f"{name}: {error}")
        tally.lost += 1
        return
    tally.add(output, copy)
    if original.kind == "legacy":
        say(f"{name}: 旧格式，批注写在转换成的 .docx 里，版面可能与原文件略有不同")
    elif asked.changes and original.kind != "docx":
        say(f"{name}: 修订只能写在 Word 文件里，这份只有批注")
    if lost(report):
        say(f"{name}: 有一部分没有读出，那里没有批注；是哪一部分，请看 gouji check")


def _folder(output: Path | None) -> Path | None:
    """The folder that ``-o`` names, made where it is not there; None when it names a file.

    Copies have a suffix, so what has none is a folder.
    """
    if output is None or output.is_dir():
        return output
    if output.exists() or output.suffix:
        return None
    try:
        output.mkdir()
    except OSError as error:
        raise UsageError(f"-o 的文件夹“{output}”建不了；请换一个") from error
    return output


def _outputs(files: Sequence[Original], asked: Asked, settings: Settings) -> dict[Path, Path]:
    """Where each copy goes; refused before any work when one cannot be written."""
    from validator.rewriting.own_copies import ANNOTATED, name_of  # noqa: PLC0415 - quick start

    if asked.output is not None:
        refuse_unnameable(asked.output)
    folder = _folder(asked.output)
    if asked.output is not None and folder is None and len(asked.files) > 1:
        raise UsageError(
            f"几份一起写，-o 要是文件夹，“{asked.output}”不是；请换一个，或一份一份地写"
        )
    found: dict[Path, Path] = {}
    for one in files:
        path = one.path
        output = asked.output if folder is None else None
        if output is None:
            output = (folder or path.parent) / name_of(path, ANNOTATED, one.suffixes[0])
        if output.suffix.lower() not in one.suffixes:
            raise UsageError(
                f"“{path.as_posix()}”的批注稿是 {one.suffixes[0]} 文件，"
                f"-o 的“{output}”不是；请换一个文件名"
            )
        if output.resolve() in {other.resolve() for other in found.values()}:
            raise UsageError(f"两份批注稿都要写成“{output}”；请一份一份地写")
        _guard(output, asked, settings)
        found[path] = output
    return found


def _guard(output: Path, asked: Asked, settings: Settings) -> None:
    """Refuse to write over anything but an older copy, and over that unless asked to."""
    guard(output, asked.files, "原文件", "document")
    guard(output, settings.files, "配置、基线或豁免文件", "document")
    if not asked.force and (output.exists() or output.is_symlink()):
        raise UsageError(f"已有文件“{output}”；要覆盖它请加 --force，或用 -o 换一个文件名")


def _refuse(asked: Asked) -> None:
    """Refuse folders before anything is read: whoever means a file should name it."""
    for path in asked.files:
        if path.is_dir():
            raise UsageError(f"“{path.as_posix()}”是文件夹；请写出要批注的文件")
