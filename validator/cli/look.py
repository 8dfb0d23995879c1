"""``gouji text``, ``extract``, ``schema``（查看）: what the machine read and understood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.chinese import ChineseCommand, ChineseGroup
from validator.cli.packs import chosen_rules, pack_options
from validator.cli.values import one_of
from validator.errors import UnreadableDocument, UsageError

if TYPE_CHECKING:
    from validator.document import Document

_FILE = click.Path(path_type=Path, readable=False)
"""Whether it can be opened is told by the reader, as of every other file."""


@click.command(
    cls=ChineseCommand,
    help="程序读到的文字；JSON 里的 start、end 就是它的字符位置。\n\n例：gouji text 报告.docx",
)
@click.argument("file", metavar="文件", type=_FILE)
def text(file: Path) -> None:
    """Print the text of a report, as it was read."""
    click.echo(_read(file).text, nl=False)


@click.command(
    cls=ChineseCommand,
    help="程序看到的章节、数字、事实数和说法，给写规则的人看。\n\n例：gouji extract 报告.docx",
)
@click.argument("file", metavar="文件", type=_FILE)
@click.option(
    "--format", "form", type=one_of("text", "json"), default="text",
    help="text 一行一条，json 给程序看。默认 text。",
)  # fmt: skip
@pack_options
def extract(file: Path, form: str, packs: tuple[str, ...], config: Path | None) -> None:
    """Print what was understood of a report."""
    from validator.extract import understand  # noqa: PLC0415 - quick start
    from validator.reporters import reading  # noqa: PLC0415 - quick start

    document = _read(file)
    understood = understand(document, chosen_rules(packs, config, examples=False).lexicon)
    render = reading.render_json if form == "json" else reading.render_text
    click.echo(render(document, understood), nl=False)


@click.group(
    cls=ChineseGroup, help="程序用的数据格式（JSON Schema）。\n\n例：gouji schema report"
)
def schema() -> None:
    """Schemas."""


@schema.command(
    "report",
    cls=ChineseCommand,
    help="check --format json 的 JSON Schema。\n\n例：gouji schema report > report.schema.json",
)
def report_schema() -> None:
    """Print the schema of the JSON report."""
    from validator.reporters.schema import render_schema  # noqa: PLC0415 - quick start

    click.echo(render_schema(), nl=False)


@schema.command(
    "records",
    cls=ChineseCommand,
    help="记录文件的 JSON Schema。\n\n例：gouji schema records > records.schema.json",
)
def records_schema() -> None:
    """Print the schema of a records file."""
    from validator.readers.records_model import render_schema  # noqa: PLC0415 - quick start

    click.echo(render_schema(), nl=False)


@schema.command(
    "labels",
    cls=ChineseCommand,
    help="标注文件的 JSON Schema。\n\n例：gouji schema labels > labels.schema.json",
)
def labels_schema() -> None:
    """Print the schema of a label file."""
    from validator.bench.labels import render_schema  # noqa: PLC0415 - quick start

    click.echo(render_schema(), nl=False)


@schema.command(
    "diff",
    cls=ChineseCommand,
    help="diff --format json 的 JSON Schema。\n\n例：gouji schema diff > diff.schema.json",
)
def diff_schema() -> None:
    """Print the schema of the JSON comparison."""
    from validator.comparing.schema import render_schema  # noqa: PLC0415 - quick start

    click.echo(render_schema(), nl=False)


def _editor_schema(what: str, title: str) -> click.Command:
    """A command that prints the schema of one kind of file."""

    def show() -> None:
        from validator.editor_schema import editor_schema  # noqa: PLC0415 - quick start

        click.echo(editor_schema(what), nl=False)

    sample = f"例：gouji schema {what} > {what}.schema.json"
    text = f"{title}的 JSON Schema，给编辑器用。\n\n{sample}"
    return click.command(what, cls=ChineseCommand, help=text)(show)


for _what, _title in (
    ("rule", "规则文件"),
    ("pack", "规则包说明 pack.yaml "),
    ("lexicon", "规则包词汇 lexicon.yaml "),
    ("config", "配置文件 gouji.toml "),
):
    schema.add_command(_editor_schema(_what, _title))


def _read(file: Path) -> Document:
    from validator.readers import read  # noqa: PLC0415 - quick start

    try:
        return read(file)
    except UnreadableDocument as error:
        raise UsageError(f"{file.as_posix()}: {error}") from error
