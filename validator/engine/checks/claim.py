"""Kind ``claim``（说法类规则）: a rule over every claim of a kind, every binding tried."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import LIST_SLOTS, ClaimKind
from validator.engine import show
from validator.engine.explain import Binding, explain, printed, signed, stated
from validator.engine.expr import certain, compute, possible
from validator.engine.outcome import Outcome
from validator.engine.repair import repairs_for
from validator.facts import FigureKind
from validator.findings import Evaluation, Evidence, Verdict
from validator.quantity import Interval, Rounding, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims import Claim
    from validator.document import Span
    from validator.engine.expr import Expression
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule
    from validator.facts import Figure
    from validator.findings import Repair

_MAX_BINDINGS = 96
_NOT_SLIPS = frozenset({
    ClaimKind.UNIT_LINE, ClaimKind.SPREAD, ClaimKind.APPRAISAL, ClaimKind.GRADE,
    ClaimKind.OUTLAY, ClaimKind.ACHIEVED, ClaimKind.PROJECT_COUNT, ClaimKind.PROJECT_FORMS,
})  # fmt: skip
"""What is wrong here is a judgement or a line of words: another digit would not mend it."""


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Judge every claim that the rule is about."""
    kind = ClaimKind(rule.each)
    for claim in context.reading.claims:
        if claim.kind is kind:
            yield from judge_claim(rule, context, claim)


def judge_claim(rule: Rule, context: Context, claim: Claim) -> Iterator[Outcome]:
    """Judge one claim by every assertion of a rule."""
    words = {name: Interval.exact(value) for name, value in claim.words.items()}
    if rule.where_expression is not None:
        env: Mapping[str, Interval | tuple[Interval, ...]] = words
        if not words.keys() >= set(rule.where_expression.names):
            env = words | _environment(_first(claim), Rounding.NEAREST, ())
        if certain(rule.where_expression, env) is not True:
            return
    for name, assertion in rule.assertions.items():
        outcome = _judge(rule, context, claim, name, assertion, words)
        if outcome is not None:
            yield outcome


@dataclass(frozen=True, slots=True)
class _Judged:
    verdict: Verdict
    binding: Binding
    truncated: bool = False


def _judge(
    rule: Rule, context: Context, claim: Claim, name: str, assertion: Expression,
    words: Mapping[str, Interval],
) -> Outcome | None:  # fmt: skip
    guard = rule.guards.get(name)
    used = [
        slot
        for slot in claim.slots
        if slot in assertion.names or (guard and slot in guard.names)
    ]
    wanted = [
        n
        for n in assertion.names
        if n not in words and n not in claim.slots and n not in rule.params
    ]
    params = {
        k: Interval.exact(Decimal(v)) for k, v in rule.params.items() if k in assertion.names
    }
    if wanted:
        if guard is not None and certain(guard, {**params, **words}) is False:
            return None
        return _missing(rule, claim, name, used)
    results: list[_Judged] = []
    for binding in _bindings(claim, used):
        if guard is not None:
            env = {**params, **words, **_environment(binding, Rounding.NEAREST, ())}
            if certain(guard, env) is not True:
                continue
        results.append(_try(context, assertion, binding, {**params, **words}))
        if results[-1].verdict in (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING) and not (
            results[-1].truncated
        ):
            break
    if not results:
        return None
    chosen = _best(results)
    if chosen.verdict is Verdict.INCONSISTENT and _ways(claim, used) > _MAX_BINDINGS:
        # A combination that was not tried may hold: no contradiction is proved.
        return _missing(rule, claim, name, used)
    return _outcome(rule, context, claim, name, assertion, chosen, {**params, **words})


def _missing(rule: Rule, claim: Claim, name: str, used: Sequence[str]) -> Outcome:
    """An operand was not stated: nothing can be judged, and nothing is claimed."""
    first = _first(claim)
    evidence = tuple(
        Evidence(slot, t.figure.span, t.figure.quantity.number, str(t.figure.quantity.unit))
        for slot in used
        for t in first[slot]
    )
    return Outcome(
        Evaluation(
            rule.id,
            name,
            rule.category,
            Verdict.UNDETERMINED,
            "",
            evidence or (Evidence("text", claim.span),),
        )
    )


def _first(claim: Claim) -> Binding:
    return {name: operand.candidates[0] for name, operand in claim.slots.items()}


def _ways(claim: Claim, used: Sequence[str]) -> int:
    return math.prod(len(claim.slots[name].candidates) for name in used)


def _bindings(claim: Claim, used: Sequence[str]) -> Iterator[Binding]:
    choices = [claim.slots[name].candidates for name in used]
    for pick in itertools.islice(itertools.product(*choices), _MAX_BINDINGS):
        yield dict(zip(used, pick, strict=True))


def _environment(
    binding: Binding, rounding: Rounding, cut: Sequence[FigureKind]
) -> dict[str, Interval | tuple[Interval, ...]]:
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
    context: Context, assertion: Expression, binding: Binding, words: Mapping[str, Interval]
) -> _Judged:
    """One binding: nearest rounding first; a percentage may also have been cut off."""
    if context.truncating:
        env = _environment(binding, Rounding.TRUNCATE, ())
        truth = possible(assertion, {**words, **env})
        return _Judged(_verdict(truth), binding)
    truth = possible(assertion, {**words, **_environment(binding, Rounding.NEAREST, ())})
    if truth is not False:
        return _Judged(
            _exactness(assertion, binding, words) if truth else Verdict.UNDETERMINED, binding
        )
    percents = (FigureKind.PERCENT, FigureKind.POINTS)
    if any(t.figure.kind in percents for terms in binding.values() for t in terms):
        env = _environment(binding, Rounding.TRUNCATE, percents)
        if possible(assertion, {**words, **env}):
            return _Judged(Verdict.CONSISTENT_BY_ROUNDING, binding, truncated=True)
    return _Judged(Verdict.INCONSISTENT, binding)


def _verdict(truth: bool | None) -> Verdict:
    if truth is None:
        return Verdict.UNDETERMINED
    return Verdict.CONSISTENT if truth else Verdict.INCONSISTENT


def _exactness(
    assertion: Expression, binding: Binding, words: Mapping[str, Interval]
) -> Verdict:
    """Whether the printed numbers themselves satisfy the rule, to the printed place."""
    computed = compute(assertion, printed(binding, words))
    if computed is None or computed.left is None or computed.right is None:
        return Verdict.CONSISTENT
    if computed.operator != "=" or computed.left == computed.right:
        return Verdict.CONSISTENT
    like = stated(assertion, binding)
    if like is None:
        return Verdict.CONSISTENT_BY_ROUNDING
    same = show.exact_like(computed.left, like) == show.exact_like(computed.right, like)
    return Verdict.CONSISTENT if same else Verdict.CONSISTENT_BY_ROUNDING


def _best(results: list[_Judged]) -> _Judged:
    order = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING, Verdict.UNDETERMINED)
    for verdict in order:
        for cut in (False, True):
            for result in results:
                if result.verdict is verdict and result.truncated is cut:
                    return result
    return results[0]


def _outcome(
    rule: Rule, context: Context, claim: Claim, name: str, assertion: Expression,
    chosen: _Judged, words: Mapping[str, Interval],
) -> Outcome:  # fmt: skip
    computation, values = explain(assertion, chosen.binding, words)
    evidence = _evidence(context, claim, chosen.binding, assertion)
    figures = sorted(
        {
            t.figure.id
            for slot in assertion.names
            if slot in chosen.binding
            for t in chosen.binding[slot]
        }
    )
    if chosen.verdict is Verdict.INCONSISTENT:
        judged = {
            n.removesuffix("_direction") for n in assertion.names if n.endswith("_direction")
        }
        judged &= set(claim.slots)
        figures = sorted(
            {*figures, *(claim.slots[n].candidates[0][0].figure.id for n in judged)}
        )
    if chosen.verdict is Verdict.INCONSISTENT or chosen.truncated:
        values |= _quotes(context, claim, chosen.binding)
    evaluation = Evaluation(
        rule.id,
        name,
        rule.category,
        chosen.verdict,
        computation,
        evidence,
        tuple(figures),
        chosen.truncated,
    )
    repairs: tuple[Repair, ...] = ()
    if chosen.verdict is Verdict.INCONSISTENT and claim.kind not in _NOT_SLIPS:
        repairs = repairs_for(context, claim, assertion, chosen.binding, words)
        if not computation and repairs:
            evaluation = replace(evaluation, computation=repairs[0].because)
    return Outcome(evaluation, values, repairs)


def _quotes(context: Context, claim: Claim, binding: Binding) -> dict[str, str]:
    """What a message may name: operands and words as they stand in the report."""
    quote = context.document.quote
    first = _first(claim)
    values = {
        slot: "、".join(quote(t.figure.span) for t in terms)
        for slot, terms in (first | binding).items()
    }
    for word, span in claim.word_spans.items():
        values.setdefault(word, quote(span))
        slot = word.removesuffix("_direction")
        if slot in claim.slots:
            values[f"{slot}_phrase"] = quote(span.cover(first[slot][0].figure.span))
    for word, value in claim.words.items():
        values.setdefault(word, plain(value))
    return values | {"subject": claim.subject}


def _evidence(
    context: Context, claim: Claim, binding: Binding, assertion: Expression
) -> tuple[Evidence, ...]:
    """Operands in the order to underline: the stated result first, then the rest."""
    judged = _word_slots(claim, assertion)
    names = [n for n in _UNDERLINE if n in binding or n in judged]
    names += [n for n in binding if n not in names]
    found: list[Evidence] = []
    seen: set[Span] = set()
    for name in names:
        for term in binding.get(name) or _first(claim).get(name, ()):
            span = term.figure.span
            if cue := claim.word_spans.get(f"{name}_direction"):
                span = span.cover(cue) if abs(cue.start - span.start) < 30 else span
            if span not in seen:
                seen.add(span)
                found.append(
                    Evidence(
                        name, span, term.figure.quantity.number, str(term.figure.quantity.unit)
                    )
                )
    told = sorted(claim.word_spans.items(), key=lambda pair: pair[0] not in assertion.names)
    for name, span in told:
        if not any(e.span.overlaps(span) for e in found) and (
            name in assertion.names or not found
        ):
            found.append(Evidence(name, span))
    if not found:
        found.append(Evidence("text", claim.span))
        found += _subject_evidence(context, claim)
    return tuple(found)


def _subject_evidence(context: Context, claim: Claim) -> list[Evidence]:
    """What the words are about, where they name a value."""
    current = _first(claim).get("current")
    if current is None:
        return []
    facts = context.reading.facts
    return [Evidence("current", f.span) for f in facts if f.figure is current[0].figure]


def _word_slots(claim: Claim, assertion: Expression) -> set[str]:
    """Slots whose direction words the assertion is about."""
    named = {n.removesuffix("_direction") for n in assertion.names if n.endswith("_direction")}
    return named & {n.removesuffix("_direction") for n in claim.word_spans} & set(claim.slots)


_UNDERLINE = (
    "share", "rate", "points", "amount", "difference", "total", "first", "shares", "parts",
    "part", "whole",
)  # fmt: skip
