"""Work shared by rules（共用结果）: computed once for a document, kept for the last one only.

Some thirty rules ask in turn for the same words, codes and labels of one document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Subject = TypeVar("Subject")
Result = TypeVar("Result")


class PerDocument(Generic[Subject, Result]):
    """A result that depends on a document, or on what was read of it, alone.

    Args:
        compute: Makes the result.
    """

    def __init__(self, compute: Callable[[Subject], Result]) -> None:
        self._compute = compute
        self._last: tuple[Subject, Result] | None = None

    def of(self, document: Subject) -> Result:
        """The result for a document; the slot is replaced as a whole, so threads cannot mix."""
        last = self._last
        if last is None or last[0] is not document:
            last = self._last = (document, self._compute(document))
        return last[1]
