"""Classification codes and names（科目编码与名称）: right for the year, and for each other.

A rule's ``each`` says which comparison it makes:

``name_by_year``
    Names of classes（``level: class``）or 款（``level: group``）that were replaced before the
    report's year; one finding per name, with every place.
``no_such_class``
    X（类）where no class was ever called X.
``code_name``
    A code printed beside the name of another code.
``code_validity``
    A code that did not exist in the report's year.
``class_as_item``
    A class name printed as the 项 of another class.
``economic_group``
    An economic item listed under 人员经费 that belongs to 公用经费, or the reverse.
``level_word``
    （项目）printed where（项）is meant.

Names and codes are right *for a year*: without a report year the year-bound checks are silent,
and a sentence about another year is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.engine.checks.economic_groups import economic_group
from validator.engine.checks.printed_codes import agrees, read_mentions
from validator.engine.checks.wording import wording
from validator.engine.outcome import Outcome
from validator.extract.classification import FIRST_YEAR, LAST_YEAR, CodeStatus, short_name
from validator.findings import Evaluation, Evidence, Repair, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.document import Span
    from validator.engine.checks.printed_codes import CodeMention
    from validator.engine.checks.wording import Wording
    from validator.engine.outcome import Context
    from validator.engine.schema import Rule
    from validator.extract.classification import Classification, Naming

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_OTHER_TALK = re.compile(r"(?:原|旧|曾用|由|将|把)“?$")
_RENAMED = re.compile(r"(?:支出)?(?:（类）)?”?(?:科目)?(?:调整|更名|改|变更|并入)")
_AMOUNT = r"(?:（[类款]）)?(?:决算|预算)?数?(?:为|：)?\d"
_DISTINCT = 6
"""Class names this long are never common words; 医疗卫生 and 环境保护 are."""
_NOT_CLASSES = re.compile(
    r"分类|科目|项目|功能|采购|货物|工程|公益|专业|岗位|收入|上述|以上|编码|名称|经济|其余"
)
_CLASS = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,24})（类）")
_CHAIN = re.compile(
    r"(?P<top>[\u4e00-\u9fff]{2,16}?)（类）(?P<mid>[^（）\n，。；：\d]{2,20}(?:（室）[^（）\n，。；：\d]{2,12})?)（款）"
    r"(?:(?P<low>[^（）\n，。；：\d]{2,24})（项目?）)?"
)
_LEVEL_WORD = re.compile(r"（款）(?P<mark>[^（）\n，。；：]{2,24}（项目）)")
_ORDINARY = {str(code) for code in (*range(201, 209), *range(210, 218), 220, 221, 222, 224)}
"""Classes whose name is never the name of one of their own 款 or 项."""


def check(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Yield every comparison of codes and names that the rule makes."""
    yield from _KINDS[rule.each](rule, context)


def _outcome(
    rule: Rule,
    verdict: Verdict,
    computation: str,
    places: list[tuple[str, Span]],
    values: dict[str, str],
    repairs: tuple[Repair, ...] = (),
) -> Outcome:
    evidence = tuple(Evidence(role, span) for role, span in places)
    evaluation = Evaluation(rule.id, rule.each, rule.category, verdict, computation, evidence)
    return Outcome(evaluation, values, repairs)


def _name_by_year(rule: Rule, context: Context) -> Iterator[Outcome]:
    """Names out of use in the report's year, and classes named rightly."""
    year, classification = context.reading.year, context.lexicon.classification
    if not year:
        return
    of_group = rule.params.get("level") == "group"
    find = _stale_groups if of_group else _stale_classes
    places: dict[str, list[Span]] = {}
    for name, span in sorted(find(context, year), key=lambda found: found[1]):
        places.setdefault(name, []).append(span)
    for name, spans in places.items():
        stale = classification.stale(name, year)
        if stale is None:
            continue
        last = stale.naming.last
        printed = context.document.quote(spans[0])
        now = stale.current if printed.endswith("支出") else _without(stale.current)
        values = {
            "name": printed,
            "code": stale.code,
            "last": str(last),
            "year": str(year),
            "current": stale.current,
            "count": str(len(spans)),
        }
        because = _since(stale.code, year, classification)
        repairs = (Repair(spans[0], now, because, 0),) if stale.current else ()
        pairs = [("name", span) for span in spans]
        yield _outcome(rule, Verdict.INCONSISTENT, because, pairs, values, repairs)
    if not of_group:
        yield from _classes_named_rightly(rule, context, year)


def _since(code: str, year: int, classification: Classification) -> str:
    for naming in classification.namings[code]:
        if naming.covers(year):
            return f"{code} 自{naming.first}年度起称“{naming.name}”"
    return f"{year}年度没有 {code}"


def _without(name: str) -> str:
    return name.removesuffix("支出")


def _stale_names(classification: Classification, year: int) -> list[str]:
    names = {name for name, _, _ in classification.class_names()}
    return [name for name in names if classification.stale(name, year)]


def _any_of(names: list[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


def _stale_classes(context: Context, year: int) -> Iterator[tuple[str, Span]]:
    classification = context.lexicon.classification
    stale = _stale_names(classification, year)
    if not stale:
        return
    words = wording(context.document, "text")
    every = re.compile(f"(?:{_any_of([n for n, _, _ in classification.class_names()])})支出")
    used = re.compile(
        rf"(?P<name>{_any_of(stale)})(?:支出)?(?P<tail>（类）|（2\d\d）|(?<=支出)|{_AMOUNT})"
    )
    for match in used.finditer(words.text):
        name, at = match["name"], match.start()
        start, end = words.line(at)
        if words.text[max(start, at - 2) : at] == "其他" or _elsewhere(words, match, year):
            continue
        if len(name) < _DISTINCT and not match["tail"].startswith("（"):
            listed = at == start or words.text[at - 1] in "；，、：。.（）"
            amount = re.compile(f"支出{_AMOUNT}").match(words.text, at + len(name))
            others = {m.group() for m in every.finditer(words.text, start, end)}
            if not (listed and amount and len(others) > 1):
                continue
        stop = at + len(name) + (2 if words.text.startswith("支出", at + len(name)) else 0)
        yield name, words.span(at, stop)
    for chart in context.document.charts:
        for point in (point for series in chart.series for point in series.points):
            if (name := short_name(point.label)) in stale:
                yield name, point.label_span


def _stale_groups(context: Context, year: int) -> Iterator[tuple[str, Span]]:
    classification = context.lexicon.classification
    stale = {
        short_name(naming.name): naming.name
        for code, names in classification.namings.items()
        if len(code) == 5
        for naming in names
        if classification.class_of_name(naming.name) is None
        and classification.stale(naming.name, year)
    }
    if not stale:
        return
    words = wording(context.document, "text")
    for match in re.finditer(rf"(?P<name>{_any_of(list(stale))})(?:支出)?", words.text):
        at, stop = match.span()
        start, _ = words.line(at)
        if words.text[max(start, at - 2) : at] == "其他" or _elsewhere(words, match, year):
            continue
        long = len(match["name"]) >= _DISTINCT + 2
        followed = re.compile(rf"（款）|（2\d{{4}}）|{_AMOUNT}").match(words.text, stop)
        beneath = any(
            classification.codes_named(words.text[stop : stop + n]) for n in range(24, 3, -1)
        )
        if words.text.startswith("（款）", stop) or (long and (followed or beneath)):
            yield match["name"], words.span(at, stop)


def _elsewhere(words: Wording, match: re.Match[str], year: int) -> bool:
    """Whether the name stands in a title, in talk of a renaming, or belongs to another year."""
    at = match.start()
    start, _ = words.line(at)
    head = words.text[start:at]
    if head.count("《") > head.count("》") or _OTHER_TALK.search(head):
        return True
    if _RENAMED.match(words.text, match.end("name")):
        return True
    sentence = re.split("[。；]", head)[-1]
    years = _YEAR.findall(sentence)
    return bool(years) and int(years[-1]) != year


def _classes_named_rightly(rule: Rule, context: Context, year: int) -> Iterator[Outcome]:
    classification = context.lexicon.classification
    right = {
        name: naming.name
        for name, _, naming in classification.class_names()
        if classification.class_of_name(name, year)
    }
    words = wording(context.document, "text")
    seen: set[str] = set()
    for match in re.finditer(
        rf"({_any_of(list(right))})(?:支出)?(?:（类）|{_AMOUNT})", words.text
    ):
        name = match.group(1)
        if name not in seen:
            seen.add(name)
            span = words.span(match.start(), match.end(1))
            text = f"{right[name]}是{year}年度的类名"
            yield _outcome(rule, Verdict.CONSISTENT, text, [("name", span)], {})


def _no_such_class(rule: Rule, context: Context) -> Iterator[Outcome]:
    classification = context.lexicon.classification
    words = wording(context.document, "text")
    unknown: dict[str, list[Span]] = {}
    for match in _CLASS.finditer(words.text):
        name = match["name"]
        known = any(
            any(len(code) == 3 for code in classification.codes_named(name[-length:]))
            for length in range(2, len(name) + 1)
        )
        start, _ = words.line(match.start())
        alone = match.start() == start or words.text[match.start() - 1] in "；，、：。.）"
        if known or not alone or len(name) > 12 or _NOT_CLASSES.search(name):
            continue
        if re.compile(r"支出|\d|，|：|…|[\u4e00-\u9fff]{2,16}（款）").match(
            words.text, match.end()
        ):
            unknown.setdefault(name, []).append(words.span(match.start(), match.end()))
    for name, spans in unknown.items():
        codes = sorted(classification.codes_named(name))
        hint = f"“{name}”是 {codes[0]} 的名称，不是类" if codes else "功能分类没有这个类"
        values = {"name": name, "hint": hint, "count": str(len(spans))}
        yield _outcome(rule, Verdict.INCONSISTENT, "", [("name", s) for s in spans], values)


def _code_name(rule: Rule, context: Context) -> Iterator[Outcome]:
    classification, year = context.lexicon.classification, context.reading.year
    seen: set[tuple[str, str]] = set()
    for mention in read_mentions(context.document, classification):
        verdict = agrees(mention.code, mention.name, classification) if mention.name else None
        if verdict is None or (mention.code, mention.name) in seen:
            continue
        seen.add((mention.code, mention.name))
        names = classification.names_of(mention.code, year) or classification.names_of(
            mention.code
        )
        right = "、".join(names) or "别的科目"
        places = [("code", mention.span), ("name", mention.name_span)]
        text = f"{mention.code} 是“{right}”" if names else ""
        values = {"code": mention.code, "name": mention.name, "right": right}
        state = Verdict.CONSISTENT if verdict else Verdict.INCONSISTENT
        yield _outcome(rule, state, text, places, values)


def _code_validity(rule: Rule, context: Context) -> Iterator[Outcome]:
    classification, year = context.lexicon.classification, context.reading.year
    if not year:
        return
    words = wording(context.document, "text")
    by_code: dict[str, list[CodeMention]] = {}
    for mention in read_mentions(context.document, classification):
        if mention.at < 0 or not _of_another_year(words, mention.at, year):
            by_code.setdefault(mention.code, []).append(mention)
    for code, found in by_code.items():
        status = classification.code_status(code, year)
        if status is CodeStatus.UNKNOWN:
            continue
        places = [("code", mention.span) for mention in found]
        if status is CodeStatus.VALID:
            text = f"{year}年度有编码 {code}"
            yield _outcome(rule, Verdict.CONSISTENT, text, places[:1], {})
            continue
        current = _code_for(code, year, classification)
        values = {
            "code": code,
            "year": str(year),
            "why": _why(code, status, current, classification),
        }
        repairs = (Repair(found[0].span, current, values["why"], 0),) if current else ()
        yield _outcome(rule, Verdict.INCONSISTENT, values["why"], places, values, repairs)


def _of_another_year(words: Wording, at: int, year: int) -> bool:
    start, _ = words.line(at)
    years = _YEAR.findall(re.split("[。；]", words.text[start:at])[-1])
    return bool(years) and int(years[-1]) != year


def _code_for(code: str, year: int, classification: Classification) -> str:
    """The one code that bears in this year the name that the old code had, or ""."""
    held = {
        other
        for name in classification.names_of(code)
        for other in classification.codes_named(name)
        if other[0] == "2" and classification.code_status(other, year) is CodeStatus.VALID
    }
    return held.pop() if len(held) == 1 else ""


def _why(code: str, status: CodeStatus, current: str, classification: Classification) -> str:
    if status is CodeStatus.IMPOSSIBLE:
        return f"功能分类没有 {code[:3]} 类"
    known = next(c for c in (code[:3], code[:5], code) if _bounded(c, status, classification))
    names = classification.namings[known]
    if status is CodeStatus.NOT_YET:
        return f"{known} 从{min(n.first for n in names)}年度才有"
    moved = f"，现为 {current}" if current else ""
    return f"{known} 用到{max(n.last for n in names)}年度为止{moved}"


def _bounded(code: str, status: CodeStatus, classification: Classification) -> bool:
    names: tuple[Naming, ...] = classification.namings.get(code, ())
    if status is CodeStatus.NOT_YET:
        return bool(names) and all(n.first > FIRST_YEAR for n in names)
    return bool(names) and all(n.last < LAST_YEAR for n in names)


def _class_as_item(rule: Rule, context: Context) -> Iterator[Outcome]:
    """类、款、项 in one chain: a class name is no 项, a 款 belongs to its class."""
    classification = context.lexicon.classification
    words = wording(context.document, "text")
    seen: set[str] = set()
    for match in _CHAIN.finditer(words.text):
        top = classification.class_of_name(_class_suffix(match["top"], classification))
        span = words.span(match.start(), match.end())
        if top is None:
            continue
        for level, printed in (("项", match["low"]), ("款", match["mid"])):
            code = classification.class_of_name(printed) if printed else None
            if code in _ORDINARY and (level == "项" or code != top):
                values = {"name": printed, "what": f"{code} 类的名称，不是{level}"}
                yield _outcome(rule, Verdict.INCONSISTENT, "", [("item", span)], values)
                break
        else:
            groups = {c for c in classification.codes_named(match["mid"]) if len(c) == 5}
            functional = {c[:3] for c in groups if c[0] == "2"}
            if functional and top not in functional:
                what = f"{min(functional)} 类下的款，不属于 {top} 类"
                values = {"name": match["mid"], "what": what}
                yield _outcome(rule, Verdict.INCONSISTENT, "", [("item", span)], values)
            elif functional and match.group() not in seen:
                seen.add(match.group())
                text = f"“{match['mid']}”在 {top} 类下"
                yield _outcome(rule, Verdict.CONSISTENT, text, [("item", span)], {})


def _class_suffix(name: str, classification: Classification) -> str:
    """The class name at the end of a run of words, the longest there is."""
    for length in range(len(name), 1, -1):
        if classification.class_of_name(name[-length:]):
            return name[-length:]
    return name


def _level_word(rule: Rule, context: Context) -> Iterator[Outcome]:
    words = wording(context.document, "text")
    spans = [words.span(*match.span("mark")) for match in _LEVEL_WORD.finditer(words.text)]
    if spans:
        values = {"count": str(len(spans)), "first": context.document.quote(spans[0])}
        places = [("text", span) for span in spans]
        yield _outcome(rule, Verdict.INCONSISTENT, "", places, values)


_KINDS: dict[str, Callable[[Rule, Context], Iterator[Outcome]]] = {
    "name_by_year": _name_by_year,
    "no_such_class": _no_such_class,
    "code_name": _code_name,
    "code_validity": _code_validity,
    "class_as_item": _class_as_item,
    "economic_group": economic_group,
    "level_word": _level_word,
}
