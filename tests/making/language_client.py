"""An editor（编辑器）for tests: pygls' own client, talking to ``gouji lsp`` over its pipes."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Sequence

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which a test gives up; nothing here waits for a time to pass."""
COMMAND = (sys.executable, "-m", "validator", "lsp")
_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Editor(LanguageClient):
    """Opens files, types, and keeps what it is told."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.encoding = "utf-16"
        self.exit_code: int | None = None
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.shown: asyncio.Queue[str] = asyncio.Queue()
        self.logged: asyncio.Queue[str] = asyncio.Queue()
        self.watching: asyncio.Queue[list[str]] = asyncio.Queue()
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}

        def published(params: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

        def shown(params: types.ShowMessageParams) -> None:
            self.shown.put_nowait(params.message)

        def logged(params: types.LogMessageParams) -> None:
            self.logged.put_nowait(params.message)

        def registered(params: types.RegistrationParams) -> None:
            self.watching.put_nowait([one.method for one in params.registrations])

        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)
        self.feature(types.WINDOW_SHOW_MESSAGE)(shown)
        self.feature(types.WINDOW_LOG_MESSAGE)(logged)
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(registered)

    async def server_exit(self, server: Process) -> None:
        self.exit_code = server.returncode

    async def greet(
        self, encodings: Sequence[types.PositionEncodingKind] = (), *, plain: bool = False
    ) -> types.InitializeResult:
        """Say what this editor can do; an old one can do little."""
        general = types.GeneralClientCapabilities(position_encodings=list(encodings) or None)
        if plain:
            capabilities = types.ClientCapabilities(general=general)
        else:
            formats = [types.MarkupKind.Markdown, types.MarkupKind.PlainText]
            hover = types.HoverClientCapabilities(content_format=formats)
            edits = types.WorkspaceEditClientCapabilities(document_changes=True)
            files = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
            capabilities = types.ClientCapabilities(
                general=general,
                text_document=types.TextDocumentClientCapabilities(hover=hover),
                workspace=types.WorkspaceClientCapabilities(
                    workspace_edit=edits, did_change_watched_files=files
                ),
            )
        result = await asyncio.wait_for(
            self.initialize_async(types.InitializeParams(capabilities)), PATIENCE
        )
        told = result.capabilities.position_encoding
        self.encoding = str(getattr(told, "value", told))
        self.initialized(types.InitializedParams())
        return result

    def open(self, path: Path, text: str, language: str = "plaintext") -> str:
        """Open a file with a text that need not be the saved one → its URI."""
        uri = path.as_uri()
        self.texts[uri], self.versions[uri] = text, 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def type(self, uri: str, text: str) -> None:
        """Change the whole text of a file."""
        self.texts[uri] = text
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def save(self, uri: str) -> None:
        """Say that a file was saved."""
        document = types.TextDocumentIdentifier(uri)
        self.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, uri: str) -> None:
        """Close a file."""
        document = types.TextDocumentIdentifier(uri)
        self.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def changed(self, path: Path) -> None:
        """Say that another program wrote a file, if the server asked for it."""
        asked = await asyncio.wait_for(self.watching.get(), PATIENCE)
        assert asked == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        event = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
        params = types.DidChangeWatchedFilesParams([event])
        self.workspace_did_change_watched_files(params)

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """What is told next of the text that the file has now."""
        while True:
            told = await asyncio.wait_for(self.published.get(), PATIENCE)
            if told.uri == uri and told.version in (None, self.versions[uri]):
                return list(told.diagnostics)

    async def message(self) -> str:
        """The next line that is shown to the user."""
        return await asyncio.wait_for(self.shown.get(), PATIENCE)

    async def log(self) -> str:
        """The next line of the log."""
        return await asyncio.wait_for(self.logged.get(), PATIENCE)

    async def actions(self, uri: str, at: types.Range) -> list[types.CodeAction]:
        """Edits that are offered for a place."""
        document = types.TextDocumentIdentifier(uri)
        params = types.CodeActionParams(document, at, types.CodeActionContext([]))
        found = await asyncio.wait_for(self.text_document_code_action_async(params), PATIENCE)
        return [one for one in found or [] if isinstance(one, types.CodeAction)]

    async def hover(self, uri: str, word: str) -> types.Hover | None:
        """What is told of the first place of a word."""
        offset = self.texts[uri].index(word)
        params = types.HoverParams(
            types.TextDocumentIdentifier(uri), self.position(uri, offset)
        )
        return await asyncio.wait_for(self.text_document_hover_async(params), PATIENCE)

    def position(self, uri: str, offset: int) -> types.Position:
        """The position of a character, counted in this editor's units."""
        before = self.texts[uri][:offset].split("\n")
        codec, size = _UNITS[self.encoding]
        return types.Position(len(before) - 1, len(before[-1].encode(codec)) // size)

    def quote(self, uri: str, at: types.Range) -> str:
        """The words of a range."""
        text = self.texts[uri]
        return text[self._offset(text, at.start) : self._offset(text, at.end)]

    def apply(self, action: types.CodeAction) -> None:
        """Make an edit and tell the server."""
        assert action.edit is not None
        for uri, edit in _edits(action.edit, self.versions):
            text = self.texts[uri]
            start, end = (self._offset(text, at) for at in (edit.range.start, edit.range.end))
            self.type(uri, text[:start] + edit.new_text + text[end:])

    def _offset(self, text: str, position: types.Position) -> int:
        lines = text.split("\n")
        codec, size = _UNITS[self.encoding]
        units = lines[position.line].encode(codec)[: position.character * size]
        return sum(len(line) + 1 for line in lines[: position.line]) + len(units.decode(codec))


def _edits(
    edit: types.WorkspaceEdit, versions: dict[str, int]
) -> list[tuple[str, types.TextEdit]]:
    found = [(uri, one) for uri, edits in (edit.changes or {}).items() for one in edits]
    for change in edit.document_changes or []:
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document.version == versions[change.text_document.uri]
        for one in change.edits:
            assert isinstance(one, types.TextEdit)
            found.append((change.text_document.uri, one))
    return found


@asynccontextmanager
async def editing(*command: str, goodbye: bool = True) -> AsyncIterator[Editor]:
    """An editor whose server runs; at the end it says goodbye, or just goes away."""
    editor = Editor()
    program, *words = command or COMMAND
    await editor.start_io(program, *words, cwd=ROOT)
    try:
        yield editor
        if goodbye:
            await asyncio.wait_for(editor.shutdown_async(None), PATIENCE)
    finally:
        editor.exit(None)
        stopped = editor.stop()  # type: ignore[no-untyped-call]  # pygls leaves it so
        await asyncio.wait_for(stopped, PATIENCE)
