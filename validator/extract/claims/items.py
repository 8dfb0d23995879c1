"""类＝Σ项（项级明细）: the item list against the class totals of the structure section."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.claims import Claim, ClaimKind, Operand, Term
from validator.extract.labels import stem
from validator.facts import Basis, ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.extract.desk import Desk
    from validator.facts import Fact

ZERO, ONE = Decimal(0), Decimal(1)
_MIN_CODE = 7
_CODED = re.compile(r"\d{7}|（款）|（项")


def class_totals(desk: Desk) -> Iterator[Claim]:
    """One claim per class that has both a total and items in the same fund scope."""
    stage = Basis.BUDGET if desk.profile.kind is ReportKind.BUDGET else Basis.ACTUAL
    totals: dict[str, list[Fact]] = defaultdict(list)
    items: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in desk.facts:
        key = fact.key
        if key.basis is not stage or key.measure != "money":
            continue
        if len(key.item) == 3 and key.item.isdigit():
            if key.year == desk.profile.year:
                totals[key.item].append(fact)
        elif fact.known and _CODED.search(fact.label) and (code := _class_of(desk, fact)):
            items[fact.section][code].append(fact)
    for section, classes in items.items():
        for code, parts in classes.items():
            if section_scope(desk, section) is None:
                continue
            whole = [t for t in totals.get(code, []) if t.key.scope is parts[0].key.scope]
            distinct = list({stem(p.label): p for p in reversed(parts)}.values())[::-1]
            if not whole or len(distinct) != len(parts):
                continue
            figures = list({t.figure.quantity: t for t in whole}.values())
            slots = {
                "whole": Operand(tuple((Term(t.figure),) for t in figures)),
                "parts": Operand((tuple(Term(p.figure) for p in distinct),)),
            }
            words = {
                "closed": ONE,
                "partial": ZERO,
                "items": Decimal(len(distinct)),
                "counts": ZERO,
                "single": ONE if len(distinct) == 1 else ZERO,
                "outline": ONE,
                "overlap": ZERO,
            }
            span = distinct[0].span
            for part in distinct[1:]:
                span = span.cover(part.span)
            yield Claim(
                ClaimKind.DECOMPOSITION,
                span,
                slots,
                words,
                section,
                f"{whole[0].label}（{code}类）",
                "class_total",
            )


def _class_of(desk: Desk, fact: Fact) -> str:
    """Class of an item: the first digits of its code, else the （类） it is printed under."""
    if len(fact.key.item) == _MIN_CODE and fact.key.item.isdigit():
        return fact.key.item[:3]
    head, found, _ = fact.label.partition("（类）")
    item = desk.lexicon.find(re.sub(r"^\d{1,2}[.、]", "", head)) if found else None
    return item.id if item is not None and item.level == 1 else ""


def section_scope(desk: Desk, section: int) -> str | None:
    """Fund scope of a section, or None when its heading names none."""
    return desk.sections[section].scope.value or None
