"""The workbook itself（工作簿）: sheets with headings, written row by row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_col_to_name

from validator.reporters.workpaper_mark import MARK, SEAL, VERSION, WRITTEN
from validator.reporters.xlsx.cells import Year, fitting, lines, places
from validator.reporters.xlsx.looks import on_paper, properties
from validator.reporters.xlsx.sink import Sink

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

    from validator.reporters.xlsx.cells import Value
    from validator.reporters.xlsx.words import PaperWords

ROWS = 1_048_576
"""Rows of a sheet."""
LINKS = 60_000
"""Links of a sheet; Excel takes a few more."""
_LINE = 14
_HIGHEST = 409
"""Points of a row; Excel takes no more."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the columns of a list look.

    Attributes:
        widths: Of each column, in characters.
        printed: How many columns are printed; the others are for the screen.
        fixed: How many columns stay in view.
        file: The column that names the file, hidden where there is only one; 0 for none.
    """

    widths: tuple[int, ...]
    printed: int = 0
    fixed: int = 1
    file: int = 0


class Book:
    """A workbook that is being written; leaving it removes what it kept on disk.

    Attributes:
        words: Language.
        title: The one report that it is about, or "".
        sheets: Its lists.
    """

    def __init__(self, words: PaperWords, title: str) -> None:
        """Open an empty workbook.

        Args:
            words: Language.
            title: The one report that it is about, for the head of printed pages, or "".
        """
        self._folder, file = _room()
        self._file = Sink(file)
        self.words = words
        self.title = title
        self._styles: dict[tuple[str, ...], Any] = {}
        self._book = xlsxwriter.Workbook(
            self._file,
            {
                "constant_memory": self._folder is not None,
                "in_memory": self._folder is None,
                "tmpdir": self._folder.name if self._folder else None,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "use_zip64": True,
            },
        )
        self._book.set_properties(
            {"created": WRITTEN.replace(tzinfo=None), "title": words.title}
        )
        self._book.set_custom_property(MARK, VERSION, "text")
        self._sheets = {name: self._book.add_worksheet(name) for name in words.sheets}
        self.sheets: list[Sheet] = []

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._file.close()
        if self._folder is not None:
            for sheet in self._sheets.values():
                sheet._opt_close()  # noqa: SLF001 - else open when the work was broken off
            self._folder.cleanup()

    def sheet(self, name: str, headings: Sequence[str], layout: Layout) -> Sheet:
        """A list with headings that stay in view and are printed on every page."""
        sheet = Sheet(self, self._sheets[name], name, headings, layout)
        self.sheets.append(sheet)
        return sheet

    def bare(self, name: str, widths: Sequence[int]) -> Any:
        """A sheet that is laid out by hand, ready to be printed."""
        sheet = self._sheets[name]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        on_paper(sheet, self.words, self.title)
        return sheet

    def high(
        self, sheet: Any, row: int, values: Sequence[Value], widths: Sequence[int]
    ) -> None:
        """Make a row just written high enough; not every program does so by itself."""
        count = max(map(lines, values, widths), default=1)
        sheet.set_row(row, min(_HIGHEST, _LINE * count + 2))
        # The row before is on disk by now; there may be a million of them.
        sheet.row_info.pop(row - 1, None)

    def style(self, *names: str) -> Any:
        """A format of cells: names of fills, ``bold``, ``title``, ``plain``, or a number's."""
        if names not in self._styles:
            self._styles[names] = self._book.add_format(properties(names))
        return self._styles[names]

    def put(self, sheet: Any, row: int, column: int, value: Value, *names: str) -> None:
        """Write a value as what it is: text never becomes a formula, a number never text."""
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self.style(*names))
            case str():
                text = fitting(value, self.words.cut)
                sheet.write_string(row, column, text, self.style(*names))
            case Year(number):
                sheet.write_number(row, column, number, self.style(*names, "0"))
            case Decimal():
                form = "#,##0" + ("." + "0" * places(value) if places(value) else "")
                sheet.write_number(row, column, value, self.style(*names, form))
            case int():
                sheet.write_number(row, column, value, self.style(*names, "0"))
            case _:
                sheet.write_datetime(row, column, value, self.style(*names, "yyyy-mm-dd"))

    def pieces(self) -> Iterator[bytes]:
        """All bytes of the workbook.

        Raises:
            OSError: There is no room to write it.
        """
        try:
            self._book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        with ZipFile(self._file.file, "a") as sealed:
            sealed.comment = SEAL
        yield from self._file.pieces()


class Sheet:
    """A list: headings, then a row for each thing.

    Attributes:
        name: Its name.
        left_out: How many rows had no room.
        rows: How many rows it has.
    """

    def __init__(
        self, book: Book, sheet: Any, name: str, headings: Sequence[str], layout: Layout
    ) -> None:
        self.name = name
        self.left_out = 0
        self.rows = 0
        self._book, self._sheet, self._columns = book, sheet, len(headings)
        self._links = 0
        for column, (text, width) in enumerate(zip(headings, layout.widths, strict=True)):
            hidden = {"hidden": bool(column and column == layout.file and book.title)}
            sheet.set_column(column, column, width, None, hidden)
            book.put(sheet, 0, column, text, "head", "bold", "centre")
        book.high(sheet, 0, headings, layout.widths)
        sheet.freeze_panes(1, layout.fixed)
        sheet.repeat_rows(0)
        on_paper(sheet, book.words, book.title)
        self._printed = layout.printed or self._columns
        self._widths = layout.widths

    def add(
        self, values: Sequence[Value], *, fills: Mapping[int, str] | None = None,
        links: Mapping[int, str] | None = None,
    ) -> None:  # fmt: skip
        """Add a row.

        Args:
            values: One for each heading.
            fills: Columns with a fill, and which.
            links: Columns that lead elsewhere in the workbook, and where.
        """
        if self.rows + 2 > ROWS:
            self.left_out += 1
            return
        self.rows += 1
        for column, value in enumerate(values):
            names = ("plain", fills[column]) if fills and column in fills else ("plain",)
            if links and column in links and self._links < LINKS:
                self._links += 1
                names = (*names, "link")
                self._sheet.write_url(self.rows, column, f"internal:{links[column]}")
            self._book.put(self._sheet, self.rows, column, value, *names)
        self._book.high(self._sheet, self.rows, values, self._widths)

    def choices(self, column: int, words: Sequence[str], otherwise: str) -> None:
        """Offer words to choose from in a column."""
        if self.rows:
            self._sheet.data_validation(
                1, column, self.rows, column,
                {"validate": "list", "source": list(words), "error_message": otherwise},
            )  # fmt: skip

    def place(self, number: int, column: int = 0) -> str | None:
        """Where the row of a number stands, to be linked to; None where it had no room."""
        if number + 1 > ROWS:
            return None
        return f"'{self.name}'!{xl_col_to_name(column)}{number + 1}"

    def finish(self) -> None:
        """Let people filter it, and say what of it is printed."""
        self._sheet.autofilter(0, 0, self.rows, self._columns - 1)
        self._sheet.print_area(0, 0, self.rows, self._printed - 1)


def _room() -> tuple[TemporaryDirectory[str] | None, IO[bytes]]:
    """Where the workbook is put together: on disk, or in memory where no folder is free."""
    try:
        return TemporaryDirectory(ignore_cleanup_errors=True), TemporaryFile()
    except OSError:
        return None, BytesIO()
