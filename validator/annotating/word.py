"""Word files with comments（Word 批注）: each finding at its words, all else as it was.

Comments that we wrote into the file before give way to those of now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.annotating.placing import Annotated, Unplaced
from validator.annotating.word_comments import Comments
from validator.annotating.word_earlier import Earlier
from validator.annotating.word_marks import mark
from validator.annotating.word_targets import Targets
from validator.errors import UsageError
from validator.reporters.passages import shortened
from validator.reporters.told import visible
from validator.rewriting.own_copies import AUTHOR
from validator.rewriting.packages import EditedPackage
from validator.rewriting.word_places import WordPlaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.annotating.notes import Note
    from validator.annotating.word_targets import Target

_STRICT = "这是严格格式（Strict）的 Word 文件；请在 Word 里另存为普通的 .docx 再批注"


def open_file(data: bytes, name: str, date: str = "") -> WordFile:
    """A Word file to be annotated.

    Args:
        data: The whole file.
        name: What it is called.
        date: Day of the comments as ``2024-05-10``; "" leaves them undated, so that the same
            file gives the same copy on every day.

    Raises:
        UnreadableDocument: It is damaged.
    """
    del name
    return WordFile(data, date)


class WordFile:
    """A Word file that comments are written into copies of."""

    def __init__(self, data: bytes, date: str) -> None:
        """Open a file; see ``open_file``."""
        self._data = data
        self._date = date

    def written(self, notes: Sequence[Note]) -> Annotated:
        """The file with a comment for each note.

        Raises:
            UnreadableDocument: It is damaged.
            UsageError: Its comments are, or it is of the strict format.
        """
        package = EditedPackage(self._data)
        root = package.part(package.main)
        earlier = Earlier(package)
        if not notes and not earlier.changed:
            return Annotated(self._data, ())
        if package.is_strict(root):
            raise UsageError(_STRICT)
        places = WordPlaces(package)
        found = Targets(package, places)
        comments = Comments(package, self._date)
        marked, placed, unplaced = [], [], []
        for note in notes:
            target = found.of(note.span)
            quote = places.text[note.span.start : note.span.end]
            lines = list(_lines(note, target, quote))
            if [line for line, _ in lines] in earlier.kept:
                earlier.kept.remove([line for line, _ in lines])
            else:
                marked.append((comments.add(lines), target))
            if target.why:
                unplaced.append(Unplaced(note, target.why))
            else:
                placed.append(note)
        mark(marked, found.order, AUTHOR)
        comments.close()
        roots = dict.fromkeys([root, *comments.changed, *earlier.changed])
        copy = package.copy([*roots], comments.new)
        return Annotated(copy, tuple(placed), tuple(unplaced))


def _lines(note: Note, target: Target, quote: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a comment, and whether they are bold."""
    if target.why:
        where = target.where or f"{note.place}的"
        yield visible(f"{where}“{shortened(' '.join(quote.split()))}”："), False
    yield note.title, True
    for line in note.lines:
        for part in visible(line).splitlines():
            yield part, False
