"""The zip of a Word file（Word 文件包）: an Office file that starts from its text."""

from __future__ import annotations

from validator.errors import UnreadableDocument
from validator.readers.office_package import OfficePackage

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MEND = "请重新下载，或用 Word 打开后另存为 .docx，再检查"


class Package(OfficePackage):
    """An opened Word file.

    Attributes:
        main: Name of the part that holds the text.
    """

    def __init__(self, data: bytes) -> None:
        """Open it.

        Args:
            data: The whole file.

        Raises:
            UnreadableDocument: It is damaged, locked with a password, or a zip bomb.
        """
        super().__init__(data, _MEND)
        main = self.main_part("word/document.xml")
        if main is None:
            raise UnreadableDocument("不是完整的 Word 文件，找不到正文", _MEND)
        self.main = main
