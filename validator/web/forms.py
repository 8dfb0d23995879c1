"""What a page sends（表单）: fields and files, held to the limits while they arrive.

Files are kept in memory until they are handed in: nothing is written beside the data folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.requests import Request

    from validator.desk.records import Limits

_FIELDS = 20
_FIELD_BYTES = 16 * 1024
_BOUNDARY_BYTES = 200
_BROKEN = "收到的内容不完整"
_AGAIN = "请回到上一页再试。"


class Refused(HTTPException):
    """A request that is turned away, with words for the reader.

    Args:
        status: HTTP status.
        what: What is wrong.
        advice: What to do.
    """

    def __init__(self, status: int, what: str, advice: str) -> None:
        super().__init__(status, what)
        self.what = what
        self.advice = advice


@dataclass(slots=True)
class Form:
    """A form（表单）.

    Attributes:
        fields: By name; of several with one name, the last.
        files: Names as they were sent, and whole files.
    """

    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, bytes]] = field(default_factory=list)


async def read_form(request: Request, limits: Limits) -> Form:
    """Read a form.

    Raises:
        Refused: It is broken, or larger than it may be.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"multipart/form-data":
        return await _read_parts(request, options.get(b"boundary", b""), limits)
    if kind != b"application/x-www-form-urlencoded":
        raise Refused(415, "不支持这种内容", "请在页面上操作。")
    body = (await request.body()).decode("latin-1")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError as error:
        raise Refused(400, _BROKEN, _AGAIN) from error
    return Form(dict(pairs))


async def _read_parts(request: Request, boundary: bytes, limits: Limits) -> Form:
    parts = _Parts(limits)
    if not 0 < len(boundary) <= _BOUNDARY_BYTES:
        raise Refused(400, _BROKEN, _AGAIN)
    try:
        parser = MultipartParser(boundary, parts.callbacks())
        async for chunk in request.stream():
            if not parts.refusal:  # else read to the end: only then browsers look at the answer
                parser.write(chunk)
        if not parts.refusal:
            parser.finalize()
            if not parts.ended:
                raise Refused(400, _BROKEN, _AGAIN)
    except FormParserError as error:
        raise Refused(400, _BROKEN, _AGAIN) from error
    if parts.refusal:
        raise Refused(413, *parts.refusal)
    return parts.form


class _Parts:
    """Takes what the parser finds; once something is too much, takes no more."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.form = Form()
        self.refusal: tuple[str, str] | None = None
        self.ended = False
        self._data = bytearray()
        self._header = bytearray()
        self._value = bytearray()
        self._disposition = b""
        self._name = ""
        self._file: str | None = None
        self._total = 0

    def callbacks(self) -> Any:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_part_data": self._take,
            "on_part_end": self._end,
            "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._identify,
            "on_end": self._stop,
        }

    def _begin(self) -> None:
        self._data = bytearray()
        self._disposition = b""

    def _end_header(self) -> None:
        if bytes(self._header).lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _identify(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        name = options.get(b"filename")
        self._file = None if name is None else name.decode("utf-8", "replace")
        if self._file and len(self.form.files) >= self.limits.files:
            most = self.limits.files
            self._refuse("文件太多了", f"一次最多查 {most} 个文件；请分几次。")
        if self._file is None and len(self.form.fields) >= _FIELDS:
            self._refuse(_BROKEN, _AGAIN)

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self.refusal:
            return
        self._data.extend(data[start:end])
        if self._file is None:
            if len(self._data) > _FIELD_BYTES:
                self._refuse("填的字太多了", "请写短一点。")
            return
        self._total += end - start
        if len(self._data) > self.limits.file_bytes:
            size = self.limits.file_bytes // 1024**2
            advice = f"一个文件最多 {size} MB；请去掉里面的大图片，或拆成几份再查。"
            self._refuse(f"“{self._file}”太大了", advice)
        elif self._total > self.limits.total_bytes:
            size = self.limits.total_bytes // 1024**2
            self._refuse("太大了", f"一次最多上传 {size} MB；请分几次。")

    def _end(self) -> None:
        if self.refusal:
            return
        if self._file is None:
            self.form.fields[self._name] = self._data.decode("utf-8", "replace")
        elif self._file:  # a file input that was left empty sends a part without a name
            self.form.files.append((self._file, bytes(self._data)))
        self._data = bytearray()

    def _stop(self) -> None:
        self.ended = True

    def _refuse(self, what: str, advice: str) -> None:
        self.refusal = self.refusal or (what, advice)
        self._data = bytearray()
