"""Problems and edits in the words of the protocol（协议里的写法）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from validator.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.lsp.positions import Lines
    from validator.lsp.problems import Checked, Fix, Problem

SOURCE = "gouji"
_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


def diagnostics(checked: Checked, lines: Lines, uri: str) -> list[types.Diagnostic]:
    """A diagnostic for each problem, in their order."""
    return [_diagnostic(problem, lines, uri) for problem in checked.problems]


def _diagnostic(problem: Problem, lines: Lines, uri: str) -> types.Diagnostic:
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, lines.range(span)), said)
        for span, said in problem.related
    ]
    return types.Diagnostic(
        range=lines.range(problem.span),
        message=problem.message,
        severity=_SEVERITY[problem.severity],
        code=problem.code or None,
        source=SOURCE,
        related_information=related or None,
        data={"fingerprint": problem.fingerprint} if problem.fingerprint else None,
    )


def actions(
    problems: Sequence[tuple[Problem, types.Diagnostic]],
    wanted: types.Range,
    lines: Lines,
    document: types.OptionalVersionedTextDocumentIdentifier,
    *,
    versioned: bool,
) -> Iterator[types.CodeAction]:
    """The edits of all problems that a range touches.

    Args:
        problems: What is wrong, and the diagnostic of each.
        wanted: Where the cursor or the selection is.
        lines: The buffer.
        document: The buffer as it was checked.
        versioned: Whether the client can be told which version an edit is for.
    """
    for problem, diagnostic in problems:
        if not _touch(diagnostic.range, wanted):
            continue
        for fix in problem.fixes:
            yield types.CodeAction(
                title=fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                is_preferred=fix.preferred or None,
                edit=_edit(fix, lines, document, versioned=versioned),
            )


def _edit(
    fix: Fix,
    lines: Lines,
    document: types.OptionalVersionedTextDocumentIdentifier,
    *,
    versioned: bool,
) -> types.WorkspaceEdit:
    change = types.TextEdit(lines.range(fix.span), fix.replacement)
    if versioned:
        return types.WorkspaceEdit(
            document_changes=[types.TextDocumentEdit(document, [change])]
        )
    return types.WorkspaceEdit(changes={document.uri: [change]})


def _touch(one: types.Range, other: types.Range) -> bool:
    return _order(one.start) <= _order(other.end) and _order(other.start) <= _order(one.end)


def _order(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
