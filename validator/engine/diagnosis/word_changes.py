"""Changes of words（改词）: 增加 for 减少, 下降 for 增长, 大于 for 小于."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from validator.document import Span
from validator.engine.diagnosis.changes import Change
from validator.engine.diagnosis.trial import Trial
from validator.findings import RepairKind
from validator.quantity import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.engine.diagnosis.comparisons import Comparisons
    from validator.engine.outcome import Context
    from validator.facts import Figure

_LONGEST = 4


def word_changes(
    context: Context, comparisons: Comparisons, failed: Iterable[int]
) -> Iterator[Change]:
    """Direction words of failed comparisons that should say the opposite.

    Args:
        context: The document and what was read of it.
        comparisons: Every comparison of the report.
        failed: Indexes of the failed ones.
    """
    document, opposites = context.document, context.lexicon.opposites
    words: dict[Span, Figure | None] = {}
    for at in failed:
        outcome = comparisons.judged[at][1]
        for term in itertools.chain(*outcome.binding.values()):
            _note_word_before(context, comparisons, term.figure)
        if outcome.claim is not None:
            words |= comparisons.words_of(outcome.claim)
    for cue, figure in words.items():
        quote = document.quote(cue)
        word = max((w for w in opposites if w in quote), key=len, default="")
        if not word or (figure is not None and figure.quantity.number < ZERO):
            continue  # 减少-5.71万元: the minus is one too many, not the word
        effects = comparisons.after(Trial(flipped=frozenset({cue})))
        if effects is None or not effects.mended:
            continue
        span = cue if figure is None else cue.cover(figure.span)
        text = document.quote(span).replace(word, opposites[word], 1)
        yield Change(RepairKind.DIRECTION, span, text, effects)


def _note_word_before(context: Context, comparisons: Comparisons, figure: Figure) -> None:
    """增加4.48万元: a sum of changes knows signs, not the words that they come from."""
    cues, start = comparisons.cues, figure.span.start
    before = context.document.text[max(0, start - _LONGEST) : start]
    words = [word for word in context.lexicon.opposites if len(word) > 1]
    found = max((word for word in words if before.endswith(word)), key=len, default="")
    if found and figure.id not in cues:
        cues[figure.id] = Span(start - len(found), start)
