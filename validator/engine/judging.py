"""Judging a claim（判定）: every plausible binding is tried before anything is called wrong.

Nothing is told here, only decided: the same judgement serves the rules that run over a report
and the diagnosis, which asks what they would say of another figure.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import LIST_SLOTS
from validator.engine import show
from validator.engine.explain import Binding, printed, signed, stated
from validator.engine.expr import certain, compute, possible
from validator.engine.rounding_profile import fit_of
from validator.facts import FigureKind
from validator.findings import Verdict
from validator.quantity import Interval, Rounding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims import Claim
    from validator.engine.expr import Expression
    from validator.engine.schema import Rule
    from validator.facts import Figure
    from validator.findings import PercentFit

MAX_BINDINGS = 96
"""Combinations of plausible figures that are tried."""
HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)
_PERCENTS = (FigureKind.PERCENT, FigureKind.POINTS)


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one assertion over one claim（判定结果）.

    Attributes:
        verdict: Outcome.
        binding: Figures that it was reached with: those that hold, else the likeliest.
        truncated: It holds only if percentages were cut off, not rounded.
        missing: An operand was not stated, or too many combinations remain untried.
        fit: Which ways of making its percentages it allows, where it has any.
    """

    verdict: Verdict
    binding: Binding
    truncated: bool = False
    missing: bool = False
    fit: PercentFit | None = None


def applies(rule: Rule, claim: Claim) -> bool:
    """Whether the rule's ``where`` certainly holds for a claim."""
    if rule.where_expression is None:
        return True
    values = values_of(rule, claim)
    env: dict[str, Interval | tuple[Interval, ...]] = {**values}
    if not values.keys() >= set(rule.where_expression.names):
        env |= environment(first_binding(claim))
    return certain(rule.where_expression, env) is True


def values_of(rule: Rule, claim: Claim) -> dict[str, Interval]:
    """Values that come from words, and the rule's own numbers."""
    values = {name: Interval.exact(value) for name, value in claim.words.items()}
    if not rule.params:
        return values
    return {n: Interval.exact(Decimal(rule.params[n])) for n in rule.numbers} | values


def judge(
    rule: Rule, claim: Claim, name: str, *, truncating: bool = False, brief: bool = False
) -> Judged | None:
    """Judge a claim by one assertion of a rule that applies to it.

    Args:
        rule: The rule.
        claim: What is stated.
        name: Which assertion.
        truncating: Whether all figures of the document were cut off.
        brief: Whether to tell only that it holds, not how exactly nor how it was rounded.

    Returns:
        None when the assertion is guarded and no binding satisfies the guard.
    """
    assertion, guard = rule.assertions[name], rule.guards.get(name)
    values = values_of(rule, claim)
    used = [s for s in claim.slots if s in assertion.names or (guard and s in guard.names)]
    if any(n not in values and n not in claim.slots for n in assertion.names):
        if guard is not None and certain(guard, values) is False:
            return None
        return _untold(claim, used)
    results: list[Judged] = []
    for binding in _bindings(claim, used):
        if guard is not None and certain(guard, {**values, **environment(binding)}) is not True:
            continue
        results.append(_try(assertion, binding, values, truncating=truncating, brief=brief))
        if results[-1].verdict in HOLDS and not results[-1].truncated:
            break
    if not results:
        return None
    chosen = _best(results)
    if chosen.verdict is Verdict.INCONSISTENT and _ways(claim, used) > MAX_BINDINGS:
        # A combination that was not tried may hold: no contradiction is proved.
        return _untold(claim, used)
    return chosen


def _untold(claim: Claim, used: Sequence[str]) -> Judged:
    first = first_binding(claim)
    return Judged(Verdict.UNDETERMINED, {slot: first[slot] for slot in used}, missing=True)


def first_binding(claim: Claim) -> Binding:
    """The likeliest figures of every slot."""
    return {name: operand.candidates[0] for name, operand in claim.slots.items()}


def _ways(claim: Claim, used: Sequence[str]) -> int:
    return math.prod(len(claim.slots[name].candidates) for name in used)


def _bindings(claim: Claim, used: Sequence[str]) -> Iterator[Binding]:
    choices = [claim.slots[name].candidates for name in used]
    for pick in itertools.islice(itertools.product(*choices), MAX_BINDINGS):
        yield dict(zip(used, pick, strict=True))


def environment(
    binding: Binding, rounding: Rounding = Rounding.NEAREST, cut: Sequence[FigureKind] = ()
) -> dict[str, Interval | tuple[Interval, ...]]:
    """Intervals of the figures of a binding.

    Args:
        binding: Figures by slot.
        rounding: How figures were made from true values.
        cut: Kinds of figures that this holds for; all when empty.
    """
    env: dict[str, Interval | tuple[Interval, ...]] = {}
    for name, terms in binding.items():
        values = tuple(signed(_interval(t.figure, rounding, cut), t.sign) for t in terms)
        env[name] = values if name in LIST_SLOTS or len(values) != 1 else values[0]
    return env


def _interval(figure: Figure, rounding: Rounding, cut: Sequence[FigureKind]) -> Interval:
    if rounding is Rounding.NEAREST or (cut and figure.kind not in cut):
        return figure.interval
    return figure.quantity.interval_when(rounding)


def _try(
    assertion: Expression, binding: Binding, values: Mapping[str, Interval], *,
    truncating: bool, brief: bool,
) -> Judged:  # fmt: skip
    """One binding: nearest rounding first; a percentage may also have been cut off."""
    if truncating:
        env = environment(binding, Rounding.TRUNCATE)
        truth = possible(assertion, {**values, **env})
        return Judged(_verdict(truth), binding)
    nearest = {**values, **environment(binding)}
    truth = possible(assertion, nearest)
    if brief and truth:
        return Judged(Verdict.CONSISTENT, binding)
    fit = None
    if truth is not None and _has_percent(binding):
        cut = {**values, **environment(binding, Rounding.TRUNCATE, _PERCENTS)}
        if assertion.operator == "=":
            fit = fit_of(assertion, nearest, cut)
        if not truth and possible(assertion, cut):
            return Judged(Verdict.CONSISTENT_BY_ROUNDING, binding, truncated=True, fit=fit)
    if truth is False:
        return Judged(Verdict.INCONSISTENT, binding)
    verdict = _exactness(assertion, binding, values) if truth else Verdict.UNDETERMINED
    return Judged(verdict, binding, fit=fit)


def _has_percent(binding: Binding) -> bool:
    return any(t.figure.kind in _PERCENTS for terms in binding.values() for t in terms)


def _verdict(truth: bool | None) -> Verdict:
    if truth is None:
        return Verdict.UNDETERMINED
    return Verdict.CONSISTENT if truth else Verdict.INCONSISTENT


def _exactness(
    assertion: Expression, binding: Binding, values: Mapping[str, Interval]
) -> Verdict:
    """Whether the printed numbers themselves satisfy the rule, to the printed place."""
    computed = compute(assertion, printed(binding, values))
    if computed is None or computed.left is None or computed.right is None:
        return Verdict.CONSISTENT
    if computed.operator != "=" or computed.left == computed.right:
        return Verdict.CONSISTENT
    like = stated(assertion, binding)
    if like is None:
        return Verdict.CONSISTENT_BY_ROUNDING
    same = show.exact_like(computed.left, like) == show.exact_like(computed.right, like)
    return Verdict.CONSISTENT if same else Verdict.CONSISTENT_BY_ROUNDING


def _best(results: list[Judged]) -> Judged:
    for verdict in (*HOLDS, Verdict.UNDETERMINED):
        for cut in (False, True):
            for result in results:
                if result.verdict is verdict and result.truncated is cut:
                    return result
    return results[0]
