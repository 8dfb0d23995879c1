"""Kind ``claim``（说法类规则）: a rule over every claim of a kind, every binding tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.claims import ClaimKind
from validator.engine.explain import explain
from validator.engine.judging import HOLDS, Judged, applies, first_binding, judge, values_of
from validator.engine.outcome import Outcome
from validator.findings import Evaluation, Evidence, Verdict
from validator.quantity import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.claims import Claim
    from validator.document import Span
    from validator.engine.explain import Binding
    from validator.engine.expr import Expression
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Judge every claim that the rule is about."""
    kind = ClaimKind(rule.each)
    for claim in context.reading.claims:
        if claim.kind is kind:
            yield from judge_claim(rule, context, claim)


def judge_claim(rule: Rule, context: Context, claim: Claim) -> Iterator[Outcome]:
    """Judge one claim by every assertion of a rule."""
    if not applies(rule, claim):
        return
    for name in rule.assertions:
        judged = judge(rule, claim, name, truncating=context.truncating)
        if judged is None:
            continue
        if judged.missing:
            yield _missing(rule, claim, name, judged)
        else:
            yield _outcome(rule, context, claim, name, judged)


def agreed(
    context: Context, outcomes: Sequence[tuple[Rule, Outcome]]
) -> list[tuple[Rule, Outcome]]:
    """The same outcomes, a claim told with one reading in all that fails of it.

    减少96.48万元 may be of the last item or of the whole; where the amount holds for the whole,
    the rate that fails for both is told of the whole.
    """
    held: dict[int, Binding] = {}
    for rule, outcome in outcomes:
        if outcome.claim is None or outcome.evaluation.verdict not in HOLDS:
            continue
        # That one is larger than another proves little: only sums that come out tell.
        assertion = rule.assertions[outcome.evaluation.assertion]
        if {assertion.left_name, assertion.right_name} & outcome.binding.keys():
            held.setdefault(id(outcome.claim), {}).update(outcome.binding)
    return [(rule, _like(context, rule, one, held)) for rule, one in outcomes]


def _like(
    context: Context, rule: Rule, outcome: Outcome, held: Mapping[int, Binding]
) -> Outcome:
    claim, name = outcome.claim, outcome.evaluation.assertion
    if claim is None or outcome.evaluation.verdict is not Verdict.INCONSISTENT:
        return outcome
    known = held.get(id(claim), {})
    binding = {slot: known.get(slot, terms) for slot, terms in outcome.binding.items()}
    if binding == outcome.binding:
        return outcome
    return _outcome(rule, context, claim, name, Judged(Verdict.INCONSISTENT, binding))


def _missing(rule: Rule, claim: Claim, name: str, judged: Judged) -> Outcome:
    """An operand was not stated: nothing can be judged, and nothing is claimed."""
    evidence = tuple(
        Evidence(slot, t.figure.span, t.figure.quantity.number, str(t.figure.quantity.unit))
        for slot, terms in judged.binding.items()
        for t in terms
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


def _outcome(rule: Rule, context: Context, claim: Claim, name: str, judged: Judged) -> Outcome:
    assertion = rule.assertions[name]
    computation, values, sides = explain(assertion, judged.binding, values_of(rule, claim))
    figures = {
        t.figure.id
        for slot in assertion.names
        if slot in judged.binding
        for t in judged.binding[slot]
    }
    if judged.verdict is Verdict.INCONSISTENT:
        first = first_binding(claim)
        figures |= {first[slot][0].figure.id for slot in _directed(claim, assertion)}
    if judged.verdict is Verdict.INCONSISTENT or judged.truncated:
        values |= _quotes(context, claim, judged.binding)
    evaluation = Evaluation(
        rule.id,
        name,
        rule.category,
        judged.verdict,
        computation,
        _evidence(context, claim, judged.binding, assertion),
        tuple(sorted(figures)),
        judged.truncated,
        judged.fit,
        sides,
    )
    return Outcome(evaluation, values, claim=claim, binding=judged.binding)


def _quotes(context: Context, claim: Claim, binding: Binding) -> dict[str, str]:
    """What a message may name: operands and words as they stand in the report."""
    quote = context.document.quote
    first = first_binding(claim)
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
        for term in binding.get(name) or first_binding(claim).get(name, ()):
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
    current = first_binding(claim).get("current")
    if current is None:
        return []
    facts = context.reading.facts
    return [Evidence("current", f.span) for f in facts if f.figure is current[0].figure]


def _word_slots(claim: Claim, assertion: Expression) -> set[str]:
    """Slots whose direction words the assertion is about and stand in the text."""
    return _directed(claim, assertion) & {
        n.removesuffix("_direction") for n in claim.word_spans
    }


def _directed(claim: Claim, assertion: Expression) -> set[str]:
    """Slots whose direction the assertion is about."""
    named = {n.removesuffix("_direction") for n in assertion.names if n.endswith("_direction")}
    return named & set(claim.slots)


_UNDERLINE = (
    "share", "rate", "points", "amount", "difference", "total", "first", "shares", "parts",
    "part", "whole",
)  # fmt: skip
