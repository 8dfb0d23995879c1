"""Changes of figures（改数）: slips undone, copies taken back, values that the others prove."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.claims import ClaimKind
from validator.engine.diagnosis.candidates import candidates, computed
from validator.engine.diagnosis.changes import Change
from validator.engine.diagnosis.style import Style
from validator.engine.diagnosis.trial import Trial
from validator.findings import RepairKind
from validator.quantity import Dimension

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from decimal import Decimal

    from validator.engine.diagnosis.candidates import Candidate
    from validator.engine.diagnosis.comparisons import Comparisons, Effects
    from validator.engine.diagnosis.suspects import Suspect
    from validator.engine.outcome import Context
    from validator.facts import Figure

_MOST_ALIKE = 2


class FigureChanges:
    """What can be done about suspects, each change tried on the whole report.

    Args:
        context: The document and what was read of it.
        comparisons: Every comparison of the report.
    """

    def __init__(self, context: Context, comparisons: Comparisons) -> None:
        self._context = context
        self._comparisons = comparisons
        self._style = Style(context.reading.figures)
        self._known: dict[tuple[int, Decimal, Decimal, str], Effects | None] = {}

    def slips(
        self, suspect: Suspect, failures: frozenset[int], rivals: Collection[int] = ()
    ) -> Iterator[Change]:
        """Slips of a figure that mend the failures and break nothing.

        Args:
            suspect: The figure.
            failures: Indexes of the failed comparisons.
            rivals: Ids of the figures that could be to blame as well.
        """
        kinds: dict[RepairKind, list[Candidate]] = defaultdict(list)
        for candidate in candidates(self._context.document, suspect):
            kinds[candidate.kind].append(candidate)
        for found in kinds.values():
            # Where many slips of a kind would do, none of them is the one, unless another
            # figure of the comparison says the same.
            many = len(found) > _MOST_ALIKE
            for candidate in found:
                echoes = self._echoes(failures, suspect, candidate)
                odd = self._odd(suspect, candidate)
                # Of two prints of one fact either may be the wrong one; an odd print is. And
                # nobody misses a decimal that no figure of the report has.
                either = bool(echoes) and echoes <= set(rivals)
                finer = candidate.figure.quantity.quantum < suspect.figure.quantity.quantum
                invented = finer and candidate.kind is RepairKind.DROPPED and not echoes
                if (many and not echoes) or odd > 0 or (odd == 0 and (either or invented)):
                    continue
                change = self._tried(suspect, candidate)
                if change is not None and failures <= change.mends(failures):
                    yield change

    def vouched(self, figure: Figure) -> bool:
        """Whether its paragraph prints a figure again and reckons it there.

        执行数82万元，…1640份，每份500元，共支出82万元: the product vouches for both prints.
        """
        document = self._context.document
        block = document.block_at(figure.span.start)
        if block is None or block.table >= 0:
            return False
        twins = [
            other
            for other in self._context.reading.figures
            if other is not figure
            and other.quantity.same_print(figure.quantity)
            and document.block_at(other.span.start) is block
        ]
        return any(self._reckoned(other, figure) for other in twins)

    def _reckoned(self, figure: Figure, apart_from: Figure) -> bool:
        """Whether a figure is the product that others come to, without another figure."""
        return any(
            outcome.claim is not None
            and outcome.claim.kind is ClaimKind.PRODUCT
            and apart_from.id not in outcome.evaluation.figures
            and rule.assertions[outcome.evaluation.assertion].operator == "="
            for rule, outcome in self._comparisons.held(figure.id)
        )

    def copied(self, suspects: Sequence[Suspect], failures: frozenset[int]) -> list[Change]:
        """What stands where a neighbour's figure was copied into the place of another."""
        repeated = [one for one in suspects if self._repeats(one.figure)]
        known = [change for one in repeated for change in self.proven(one, failures)]
        return [replace(known[0], kind=RepairKind.COPIED)] if len(known) == 1 else []

    def _repeats(self, figure: Figure) -> bool:
        """Whether a figure says what the one before or behind it says."""
        figures = self._context.reading.figures
        beside = [
            figures[at] for at in (figure.id - 1, figure.id + 1) if 0 <= at < len(figures)
        ]
        quantity = figure.quantity
        if quantity.unit.dimension is Dimension.RATIO:
            # 增加2.40万元，增长2.40%: the amount was typed again for the rate.
            return any(
                one.quantity.number == quantity.number and one.quantity.unit != quantity.unit
                for one in beside[:1]
            )
        return any(one.quantity.same_print(quantity) for one in beside)

    def proven(self, suspect: Suspect, failures: frozenset[int]) -> list[Change]:
        """What the other figures prove must stand there, when they do; at most one."""
        right = computed(self._context.document, suspect)
        change = self._tried(suspect, right) if right is not None else None
        return [change] if change is not None and failures <= change.mends(failures) else []

    def _tried(self, suspect: Suspect, candidate: Candidate) -> Change | None:
        effects = self._effects(candidate.figure)
        if effects is None or not effects.mended:
            return None
        return Change(
            candidate.kind,
            suspect.figure.span,
            candidate.text,
            effects,
            candidate.figure,
            suspect.figure.quantity.unit.dimension is Dimension.RATIO,
            bool(self._echoes(effects.mended, suspect, candidate)),
            self._odd(suspect, candidate),
        )

    def _odd(self, suspect: Suspect, candidate: Candidate) -> int:
        """What a candidate does to the figure's decimals; see ``Change.odd``."""
        if candidate.kind is RepairKind.UNIT:
            return 0
        return self._style.change(suspect.figure.quantity, candidate.figure.quantity)

    def _effects(self, figure: Figure) -> Effects | None:
        """What a figure printed otherwise would do; tried once."""
        quantity = figure.quantity
        key = (figure.id, quantity.number, quantity.quantum, quantity.unit.symbol)
        if key not in self._known:
            self._known[key] = self._comparisons.after(Trial({figure.id: figure}))
        return self._known[key]

    def _echoes(
        self, failures: Collection[int], suspect: Suspect, candidate: Candidate
    ) -> set[int]:
        """Other figures of failed comparisons that say the same, digit for digit."""
        bindings = (self._comparisons.judged[at][1].binding for at in failures)
        return {
            t.figure.id
            for binding in bindings
            for terms in binding.values()
            for t in terms
            if t.figure.id != suspect.figure.id
            and t.figure.quantity.same_print(candidate.figure.quantity)
        }
