"""Repairs（修改建议）: the smallest edit of a claim that makes its rule hold.

Offered only when it is the one edit of its kind that works: a flipped direction word, a
ratio printed as a percentage, 元 for 万元, one digit. Money is never changed silently;
these are suggestions with their arithmetic.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import LIST_SLOTS, Claim, ClaimKind, Term
from validator.engine import show
from validator.engine.expr import compute, possible
from validator.facts import FigureKind
from validator.findings import Repair
from validator.quantity import HUNDRED, MONEY_UNITS, ZERO, Interval, Quantity, divide, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.engine.expr import Expression
    from validator.engine.outcome import Context
    from validator.facts import Figure

Binding = dict[str, tuple[Term, ...]]
_MAX = 3
_CHANGED = {"amount", "rate", "amount_direction", "rate_direction"}
"""What a wrong direction word can be blamed for; a wrong year is not."""


def repairs_for(
    context: Context, claim: Claim, assertion: Expression, binding: Binding,
    words: Mapping[str, Interval],
) -> tuple[Repair, ...]:  # fmt: skip
    """At most three repairs of a violated claim, best first."""
    found: list[Repair] = []
    if claim.kind is ClaimKind.CHANGE and _CHANGED & set(assertion.names):
        found += _direction(context, claim)
    found += _percent_slip(context, assertion, binding, words)
    slips = list(_unit_slip(context, claim, assertion, binding, words))
    found += slips or _one_digit(context, claim, assertion, binding, words)
    unique: dict[object, Repair] = {}
    for repair in found:
        digits = re.sub(r"\.?0+(?=\D*$)", "", repair.replacement)
        unique.setdefault((repair.span, digits), repair)
    return tuple(unique.values())[:_MAX]


def _direction(context: Context, claim: Claim) -> Iterator[Repair]:
    """增加5.71万元，下降20%: the rate tells which of the two words is wrong."""
    if not {"current", "amount", "rate"} <= set(claim.slots):
        return
    said = claim.words
    if said.get("amount_direction", ZERO) == said.get("rate_direction", ZERO):
        return
    amount = claim.slots["amount"].candidates[0][0].figure
    rate = claim.slots["rate"].candidates[0][0].figure
    for (current,) in claim.slots["current"].candidates:
        held = [d for d in (1, -1) if _rate_holds(current.figure, amount, rate, d)]
        if len(held) != 1:
            continue
        direction = held[0]
        wrong = "amount" if said["amount_direction"] != direction else "rate"
        cue = claim.word_spans[f"{wrong}_direction"]
        figure = amount if wrong == "amount" else rate
        opposite = context.lexicon.opposites.get(context.document.quote(cue))
        if opposite is None:
            return
        span = cue.cover(figure.span)
        tail = context.document.text[cue.end : span.end]
        yield Repair(span, opposite + tail, _rate_sum(current.figure, amount, rate, direction))
        return


def _rate_holds(current: Figure, amount: Figure, rate: Figure, direction: int) -> bool:
    now, delta = current.quantity.interval, amount.quantity.interval
    base = now - delta if direction > 0 else now + delta
    quotient = delta.divided_by(base)
    return quotient is not None and quotient.touches(rate.quantity.interval)


def _rate_sum(current: Figure, amount: Figure, rate: Figure, direction: int) -> str:
    now, delta = current.quantity.base, amount.quantity.base
    base = now - delta if direction > 0 else now + delta
    same = show.one_unit([current.quantity, amount.quantity])
    parts = [show.number_of(q.quantity, with_unit=not same) for q in (amount, current)]
    sign = "−" if direction > 0 else "+"
    value = show.value_like(divide(delta, base), rate.quantity)
    rounded = show.exact_like(divide(delta, base), rate.quantity)
    text = f"{parts[0]} ÷ ({parts[1]} {sign} {parts[0]}) = {value}"
    stated = f"{plain(rounded)}{rate.quantity.unit}"
    return text if stated == value else f"{text} ≈ {stated}"


def _percent_slip(
    context: Context, assertion: Expression, binding: Binding, words: Mapping[str, Interval]
) -> Iterator[Repair]:
    """82/100 printed as 0.82%: the ratio stands where the percentage should."""
    for name, terms in binding.items():
        if len(terms) != 1 or terms[0].figure.kind is not FigureKind.PERCENT:
            continue
        figure = terms[0].figure
        if figure.quantity.number == ZERO:
            continue
        for factor in (HUNDRED, divide(Decimal(1), HUNDRED)):
            number = (figure.quantity.number * factor).normalize()
            quantum = figure.quantity.quantum * factor
            if _holds_with(
                assertion, binding, words, name, 0, number, quantum, figure.quantity
            ):
                digits = plain(number)
                text = _replace_digits(context, figure, digits)
                yield Repair(
                    figure.span, text, _sum(assertion, binding, words, figure.quantity)
                )


def _unit_slip(
    context: Context, claim: Claim, assertion: Expression, binding: Binding,
    words: Mapping[str, Interval],
) -> Iterator[Repair]:  # fmt: skip
    """9.84元 where the report's other amounts are 万元."""
    del claim
    hits: list[Repair] = []
    for name, terms in binding.items():
        for k, term in enumerate(terms):
            quantity = term.figure.quantity
            for symbol in ("元", "万元", "亿元"):
                unit = MONEY_UNITS[symbol]
                if quantity.unit.symbol not in MONEY_UNITS or unit == quantity.unit:
                    continue
                changed = Quantity(quantity.number, unit, quantity.quantum, quantity.qualifier)
                if quantity.number != ZERO and _holds_as(
                    assertion, binding, words, name, k, changed
                ):
                    quote = context.document.quote(term.figure.span)
                    text = quote.replace(quantity.unit.symbol, symbol)
                    if text != quote:
                        hits.append(Repair(term.figure.span, text, f"改为{symbol}后相符"))
    usual = context.reading.default_unit
    fitting = [h for h in hits if h.replacement.endswith(usual)] if len(hits) > 1 else hits
    if len(fitting) == 1:
        yield fitting[0]


def _one_digit(
    context: Context, claim: Claim, assertion: Expression, binding: Binding,
    words: Mapping[str, Interval],
) -> Iterator[Repair]:  # fmt: skip
    """The one figure that a single mistyped digit would explain."""
    hits: list[Repair] = []
    for name, terms in binding.items():
        for k, term in enumerate(terms):
            wanted = _wanted(assertion, binding, words, name, k)
            if wanted is None:
                continue
            quantity = term.figure.quantity
            number = show.exact_like(wanted, quantity)
            if number <= ZERO or not _slip(plain(quantity.number), plain(number)):
                continue
            if _holds_with(
                assertion, binding, words, name, k, number, quantity.quantum, quantity
            ):
                text = _replace_digits(context, term.figure, plain(number))
                because = _sum(assertion, binding, words, quantity, (name, k, number))
                hits.append(Repair(term.figure.span, text, because))
    stated = [h for h in hits if _is_percent(claim, h)]
    if len(hits) == 1:
        yield hits[0]
    elif len(stated) == 1:
        yield stated[0]


def _is_percent(claim: Claim, repair: Repair) -> bool:
    return any(
        t.figure.span == repair.span and t.figure.kind is FigureKind.PERCENT
        for o in claim.slots.values()
        for t in o.candidates[0]
    )


def _wanted(
    assertion: Expression, binding: Binding, words: Mapping[str, Interval], name: str, k: int
) -> Decimal | None:
    """The value of one figure that satisfies ``=``, the others as printed (secant step)."""
    term = binding[name][k]
    here = term.figure.quantity.base
    step = term.figure.quantity.quantum * term.figure.quantity.unit.factor
    first = _gap(assertion, binding, words, name, k, here)
    second = _gap(assertion, binding, words, name, k, here + step)
    if first is None or second is None or first == second:
        return None
    guess = here + divide(first * step, first - second)
    # One more step settles quotients, which are not linear.
    third = _gap(assertion, binding, words, name, k, guess)
    if third is None or third in (ZERO, first):
        return guess
    return guess + divide(third * (guess - here), first - third)


def _gap(
    assertion: Expression, binding: Binding, words: Mapping[str, Interval], name: str, k: int,
    value: Decimal,
) -> Decimal | None:  # fmt: skip
    env = _env(binding, words, name, k, Interval.exact(value), printed=True)
    computed = compute(assertion, env)
    if computed is None or computed.operator != "=":
        return None
    if computed.left is None or computed.right is None:
        return None
    return computed.left - computed.right


def _env(
    binding: Binding, words: Mapping[str, Interval], name: str, k: int, value: Interval, *,
    printed: bool = False,
) -> dict[str, Interval | tuple[Interval, ...]]:  # fmt: skip
    env: dict[str, Interval | tuple[Interval, ...]] = dict(words)
    for slot, terms in binding.items():
        values = []
        for i, term in enumerate(terms):
            q = term.figure.quantity
            interval = Interval.exact(q.base) if printed else q.interval
            if slot == name and i == k:
                interval = value
            values.append(interval if term.sign >= 0 else -interval)
        single = len(values) == 1 and slot not in LIST_SLOTS
        env[slot] = values[0] if single else tuple(values)
    return env


def _holds_with(
    assertion: Expression, binding: Binding, words: Mapping[str, Interval], name: str, k: int,
    number: Decimal, quantum: Decimal, like: Quantity,
) -> bool:  # fmt: skip
    return _holds_as(assertion, binding, words, name, k, Quantity(number, like.unit, quantum))


def _holds_as(
    assertion: Expression, binding: Binding, words: Mapping[str, Interval], name: str, k: int,
    changed: Quantity,
) -> bool:  # fmt: skip
    return possible(assertion, _env(binding, words, name, k, changed.interval)) is True


def _sum(
    assertion: Expression, binding: Binding, words: Mapping[str, Interval], like: Quantity,
    changed: tuple[str, int, Decimal] | None = None,
) -> str:  # fmt: skip
    if changed is None:
        name, k, base = (
            next(iter(binding)),
            0,
            binding[next(iter(binding))][0].figure.quantity.base,
        )
    else:
        name, k = changed[0], changed[1]
        base = changed[2] * like.unit.factor
    computed = compute(
        assertion, _env(binding, words, name, k, Interval.exact(base), printed=True)
    )
    if computed is None or computed.left is None:
        return ""
    return f"算得{show.value_like(computed.left, like)}"


def _replace_digits(context: Context, figure: Figure, digits: str) -> str:
    quote = context.document.quote(figure.span)
    start = next(i for i, c in enumerate(quote) if c.isdigit())
    end = start
    while end < len(quote) and (quote[end].isdigit() or quote[end] in ".,．，"):
        end += 1
    return quote[:start] + digits + quote[end:]


def _slip(printed: str, wanted: str) -> bool:
    """One digit changed, dropped, doubled, swapped with its neighbour, or the point moved."""
    if printed == wanted:
        return False
    if printed.replace(".", "").strip("0") == wanted.replace(".", "").strip("0"):
        return True
    if len(printed) == len(wanted):
        if printed.find(".") == wanted.find("."):
            # 5.68 and 6.58: neighbours across the point are neighbours.
            printed, wanted = printed.replace(".", ""), wanted.replace(".", "")
        differing = [i for i, (a, b) in enumerate(zip(printed, wanted, strict=True)) if a != b]
        if len(differing) == 1:
            return True
        return (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and printed[differing[0]] == wanted[differing[1]]
            and printed[differing[1]] == wanted[differing[0]]
        )
    longer, shorter = sorted((printed, wanted), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )
