"""What was understood of a report（读数）, for people who write rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from validator.quantity import plain
from validator.reporters.passages import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.claims import Claim, Operand
    from validator.document import Document, Span
    from validator.facts import Fact, Figure, Section
    from validator.reading import Reading


def render_text(document: Document, reading: Reading) -> str:
    """One line for each section, figure, fact and claim."""
    return "\n".join(_lines(document, reading)) + "\n"


def render_json(document: Document, reading: Reading) -> str:
    """The same for programs; offsets are those of the document's text."""
    data = {
        "path": document.name,
        "kind": reading.kind.value,
        "year": reading.year or None,
        "entity": reading.entity or None,
        "default_unit": reading.default_unit or None,
        "sections": [_section(document, one) for one in reading.sections],
        "figures": [_figure(document, one) for one in reading.figures],
        "facts": [_fact(document, one) for one in reading.facts],
        "claims": [_claim(document, one) for one in reading.claims],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _lines(document: Document, reading: Reading) -> Iterator[str]:
    year = str(reading.year) if reading.year else "年度不明"
    unit = reading.default_unit or "不明"
    about = f"{reading.entity or '单位不明'} {year} {reading.kind}，默认单位{unit}"
    yield f"{document.name}：{about}"
    for line in (*document.unread, *reading.unread):
        yield f"没有读出：{line}"
    yield f"\n章节 {len(reading.sections)}"
    for section in reading.sections:
        indent = "  " * (section.level + 1)
        scope = f" {section.scope}" if section.scope else ""
        yield f"{indent}{section.title or '（开头）'}  [{section.role}{scope}]"
    counted = sum(not figure.ignored for figure in reading.figures)
    yield f"\n数字 {len(reading.figures)}，要核对 {counted}"
    for figure in reading.figures:
        note = figure.ignored or figure.flaw
        yield (
            f"  #{figure.id} {_line(document, figure.span)} {figure.kind} "
            f"{_quote(document, figure.span)}{f'  （{note}）' if note else ''}"
        )
    yield f"\n事实数 {len(reading.facts)}"
    for fact in reading.facts:
        stated = f"{_coordinates(fact)} = {fact.figure.quantity}"
        yield f"  {_line(document, fact.span)} {stated}  “{_quote(document, fact.span)}”"
    yield f"\n说法 {len(reading.claims)}"
    for claim in reading.claims:
        stated = _relation(claim)
        yield f"  {_line(document, claim.span)} {stated}  “{_quote(document, claim.span)}”"


def _line(document: Document, span: Span) -> str:
    return f"第{document.line_of(span.start)}行"


def _quote(document: Document, span: Span) -> str:
    return shortened(document.quote(span))


def _coordinates(fact: Fact) -> str:
    key = fact.key
    name = key.item if fact.known else f"“{key.item}”"
    parts = [name, str(key.year), key.level, key.basis, key.scope, key.measure]
    parent = f" ⊂ {key.parent}" if key.parent else ""
    return " ".join(part for part in parts if part) + f"{parent} [{fact.role}]"


def _relation(claim: Claim) -> str:
    slots = [f"{name}={_operand(operand)}" for name, operand in claim.slots.items()]
    words = [f"{name}={plain(value)}" for name, value in claim.words.items()]
    subject = f"（{claim.subject}）" if claim.subject else ""
    return " ".join([f"{claim.kind}{subject}", *slots, *words])


def _operand(operand: Operand) -> str:
    """Every candidate, the best first: ``#3`` or, for a list, ``#3+#4-#5``."""
    return "|".join(
        "".join(f"{'-' if term.sign < 0 else '+'}#{term.figure.id}" for term in terms).lstrip(
            "+"
        )
        for terms in operand.candidates
    )


def _section(document: Document, section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "level": section.level,
        "parent": section.parent,
        "role": section.role.value,
        "scope": section.scope.value,
        "line": document.line_of(section.span.start),
        "start": section.span.start,
        "end": section.span.end,
    }


def _figure(document: Document, figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.id,
        "kind": figure.kind.value,
        "value": plain(figure.quantity.number),
        "unit": figure.quantity.unit.symbol or None,
        "quantum": plain(figure.quantity.quantum),
        "qualifier": figure.quantity.qualifier.value or None,
        "section": figure.section,
        "ignored": figure.ignored or None,
        "flaw": figure.flaw or None,
        **_place(document, figure.span),
    }


def _fact(document: Document, fact: Fact) -> dict[str, Any]:
    key = fact.key
    return {
        "item": key.item,
        "known": fact.known,
        "year": key.year,
        "basis": key.basis.value,
        "scope": key.scope.value,
        "measure": key.measure,
        "parent": key.parent or None,
        "label": fact.label,
        "role": fact.role,
        "figure": fact.figure.id,
        "section": fact.section,
        **_place(document, fact.span),
    }


def _claim(document: Document, claim: Claim) -> dict[str, Any]:
    return {
        "kind": claim.kind.value,
        "subject": claim.subject or None,
        "dimension": claim.dimension or None,
        "slots": {name: _candidates(operand) for name, operand in claim.slots.items()},
        "words": {name: plain(value) for name, value in claim.words.items()},
        "section": claim.section,
        **_place(document, claim.span),
    }


def _candidates(operand: Operand) -> list[list[dict[str, int]]]:
    return [
        [{"figure": t.figure.id, "sign": t.sign} for t in terms] for terms in operand.candidates
    ]


def _place(document: Document, span: Span) -> dict[str, Any]:
    return {
        "quote": document.quote(span),
        "line": document.line_of(span.start),
        "start": span.start,
        "end": span.end,
    }
