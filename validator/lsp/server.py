"""The server itself（服务端）: the protocol's messages, handed on to the session."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from validator.lsp.session import Session
from validator.version import __version__

if TYPE_CHECKING:
    from pygls.server import ServerErrors

_WATCHED = ("**/gouji*.*", "**/pyproject.toml", "**/*.yaml")
_FIXES = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])


class _Server(LanguageServer):
    """Says in the log, in Chinese, what goes wrong outside of a request."""

    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Log an error; the editor's user can do nothing about it."""
        del source
        what = f"程序自己出错（{type(error).__name__}: {error}）；请告诉开发者"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, what))


def serve(language: str | None = None) -> int:
    """Serve an editor over standard input and output until it says goodbye.

    Args:
        language: Of labels, ``zh`` or ``en``; None for what the configuration says.

    Returns:
        The exit code: 0 after a proper goodbye, 1 when the editor just went away.
    """
    server = _Server(
        "gouji",
        __version__,
        # Whole texts: nobody must agree on what ends a line to keep the buffers alike.
        text_document_sync_kind=types.TextDocumentSyncKind.Full,
    )
    session = Session(server, language)
    ended: list[bool] = []
    _register(server, session, ended)
    # The protocol has the standard output for itself; what else is printed goes to the log.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb", closefd=True) as out:
        sys.stdout = sys.stderr
        server.start_io(sys.stdin.buffer, out)
    session.end()
    return 0 if ended else 1


def _register(server: LanguageServer, session: Session, ended: list[bool]) -> None:
    @server.feature(types.INITIALIZED)
    async def _begin(_: types.InitializedParams) -> None:
        if _can_watch(server.client_capabilities):
            await server.client_register_capability_async(_watching())

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _open(params: types.DidOpenTextDocumentParams) -> None:
        session.touch(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _change(params: types.DidChangeTextDocumentParams) -> None:
        session.edited(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _save(params: types.DidSaveTextDocumentParams) -> None:
        session.saved(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _close(params: types.DidCloseTextDocumentParams) -> None:
        session.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _files(_: types.DidChangeWatchedFilesParams) -> None:
        session.touch_all()

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, _FIXES)
    def _actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return session.actions(params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _hover(params: types.HoverParams) -> types.Hover | None:
        return session.hover(params)

    @server.feature(types.SHUTDOWN)
    def _shutdown(_: None) -> None:
        ended.append(True)
        session.end()


def _can_watch(client: types.ClientCapabilities) -> bool:
    """Whether the editor tells of files that others change, if asked to."""
    files = client.workspace and client.workspace.did_change_watched_files
    return bool(files and files.dynamic_registration)


def _watching() -> types.RegistrationParams:
    """Asks to be told when rules or configurations change on the disk."""
    watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    return types.RegistrationParams([types.Registration("gouji-files", method, options)])
