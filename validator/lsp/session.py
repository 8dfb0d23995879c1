"""The open files of an editor（打开的文件）: when to check, what to show, what was shown.

A file is checked a moment after the last keystroke, in one thread of its own, so the editor
is answered meanwhile. What was found in a text that is no longer there is thrown away.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import to_fs_path

from validator.lsp import wire
from validator.lsp.checking import Buffer, Checker
from validator.lsp.hover import hover_at
from validator.lsp.kinds import YAML_KINDS, Kind
from validator.lsp.positions import Lines

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer
    from pygls.workspace import TextDocument

    from validator.lsp.hover import Hover
    from validator.lsp.problems import Checked

PAUSE = 0.3
"""Seconds without a keystroke before a file is checked."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the editor was last told of a file（给编辑器看的结果）."""

    version: int | None
    checked: Checked
    lines: Lines
    diagnostics: list[types.Diagnostic]


class Session:
    """What one editor has open."""

    def __init__(self, server: LanguageServer, language: str | None = None) -> None:
        """Serve an editor.

        Args:
            server: Knows the texts, and speaks to the editor.
            language: Of labels; None for what the configuration of each file says.
        """
        self._server = server
        self._checker = Checker(language)
        self._thread = ThreadPoolExecutor(1, "gouji")
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._shown: dict[str, Shown] = {}
        self._told: dict[str, tuple[str, ...]] = {}

    def touch(self, uri: str, pause: float = 0) -> None:
        """Check a file after a pause; a check of it that has not begun is not made."""
        self._stop_waiting(uri)
        task = asyncio.get_running_loop().create_task(self._check(uri, pause))
        self._waiting[uri] = task
        task.add_done_callback(lambda done: self._done(uri, done))

    def touch_all(self) -> None:
        """Check every open file again, since what they are checked with has changed."""
        for document in list(self._server.workspace.text_documents.values()):
            self.touch(document.uri)

    def edited(self, uri: str) -> None:
        """Check a file whose text changes; a configuration counts when it is saved."""
        buffer = self._buffer(self._document(uri))
        if buffer is not None and buffer.kind is not Kind.CONFIG:
            self.touch(uri, PAUSE)

    def saved(self, uri: str) -> None:
        """Check what depends on a file: after rules and configurations, every open file."""
        buffer = self._buffer(self._document(uri))
        if buffer is not None and buffer.kind in {*YAML_KINDS, Kind.CONFIG}:
            self.touch_all()
        else:
            self.touch(uri)

    def closed(self, uri: str) -> None:
        """Forget a file and take its diagnostics away."""
        self._stop_waiting(uri)
        self._shown.pop(uri, None)
        self._told.pop(uri, None)
        self._publish(uri, None, [])

    def end(self) -> None:
        """Begin no more checks."""
        for uri in list(self._waiting):
            self._stop_waiting(uri)
        self._thread.shutdown(wait=False, cancel_futures=True)

    def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Edits for a place of a file; none while its text is newer than what was checked."""
        uri, only = params.text_document.uri, params.context.only
        shown = self._current(uri)
        if shown is None or (only and not any(_holds_fixes(kind) for kind in only)):
            return []
        document = types.OptionalVersionedTextDocumentIdentifier(uri, shown.version)
        pairs = list(zip(shown.checked.problems, shown.diagnostics, strict=True))
        return list(
            wire.actions(
                pairs, params.range, shown.lines, document, versioned=self._takes_versions()
            )
        )

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is known of the words at a place."""
        shown = self._current(params.text_document.uri)
        if shown is None:
            return None
        offset = shown.lines.offset(params.position)
        found = hover_at(shown.checked, offset)
        if found is None:
            return None
        return types.Hover(self._content(found), shown.lines.range(found.span))

    async def _check(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        document = self._document(uri)
        buffer = self._buffer(document)
        if document is None or buffer is None:
            return
        version = document.version
        checked = await asyncio.get_running_loop().run_in_executor(
            self._thread, self._checker.check, buffer, self._drafts()
        )
        now = self._document(uri)
        if now is not None and now.version == version:
            self._show(uri, version, checked)

    def _show(self, uri: str, version: int | None, checked: Checked) -> None:
        encoding = self._server.workspace.position_encoding or "utf-16"
        lines = Lines(checked.text, encoding)
        found = wire.diagnostics(checked, lines, uri)
        self._shown[uri] = Shown(version, checked, lines, found)
        self._publish(uri, version, found)
        if checked.trace:
            what = f"程序自己出错，没有查完；请告诉开发者\n{checked.trace}"
            self._log(types.MessageType.Error, what)
        self._tell(uri, checked.told)

    def _tell(self, uri: str, lines: tuple[str, ...]) -> None:
        """Show lines that the owner has not been shown; other files may have the same."""
        known = {line for told in self._told.values() for line in told}
        self._told[uri] = lines
        for line in lines:
            if line not in known:
                self._server.window_show_message(
                    types.ShowMessageParams(types.MessageType.Warning, line)
                )

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, version)
        )

    def _log(self, kind: types.MessageType, line: str) -> None:
        self._server.window_log_message(types.LogMessageParams(kind, line))

    def _current(self, uri: str) -> Shown | None:
        """What was shown, if the text is still the one that was checked."""
        document, shown = self._document(uri), self._shown.get(uri)
        if document is None or shown is None or document.version != shown.version:
            return None
        return shown

    def _document(self, uri: str) -> TextDocument | None:
        documents = self._server.workspace.text_documents.values()
        return next((one for one in documents if one.uri == uri), None)

    @staticmethod
    def _buffer(document: TextDocument | None) -> Buffer | None:
        """A file with a path; what has none yet, and what lies on a server, is left alone."""
        if document is None or not document.uri.startswith("file:"):
            return None
        path = to_fs_path(document.uri)
        if path is None:
            return None
        return Buffer(Path(path).resolve(), document.language_id or "", document.source)

    def _drafts(self) -> dict[Path, bytes]:
        documents = self._server.workspace.text_documents.values()
        buffers = [self._buffer(document) for document in documents]
        return {
            one.path: one.text.encode("utf-8", "replace")
            for one in buffers
            if one is not None and one.kind in YAML_KINDS
        }

    def _stop_waiting(self, uri: str) -> None:
        if task := self._waiting.pop(uri, None):
            task.cancel()

    def _done(self, uri: str, task: asyncio.Task[None]) -> None:
        if self._waiting.get(uri) is task:
            del self._waiting[uri]
        if not task.cancelled() and (error := task.exception()):
            self._log(types.MessageType.Error, f"程序自己出错（{error!r}）；请告诉开发者")

    def _takes_versions(self) -> bool:
        workspace = self._server.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        return bool(edit and edit.document_changes)

    def _content(self, found: Hover) -> types.MarkupContent:
        about = self._server.client_capabilities.text_document
        hover = about.hover if about else None
        formats = hover.content_format if hover else None
        if formats and types.MarkupKind.Markdown in formats:
            return types.MarkupContent(types.MarkupKind.Markdown, found.markdown())
        return types.MarkupContent(types.MarkupKind.PlainText, found.plain())


def _holds_fixes(kind: types.CodeActionKind | str) -> bool:
    """Whether a wanted kind of action is that of quick fixes, or all kinds."""
    return str(getattr(kind, "value", kind)) in ("", types.CodeActionKind.QuickFix.value)
