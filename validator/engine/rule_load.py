"""A rule file → a rule（装载规则）: what a schema cannot see is checked here, once.

Names must exist for the claim, units must go together, messages may only name what will be
known, patterns may not run away. Every error says where it stands and what is allowed.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from validator.claims import CLAIM_SHAPES, ClaimKind
from validator.engine import messages, safe_regex
from validator.engine.expr_parse import FUNCTIONS, ExprError, parse
from validator.engine.expr_units import Kind, Measure, check_units
from validator.engine.schema import EACH, Rule, RuleFile
from validator.engine.strict import validated
from validator.engine.yaml_load import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.engine.expr_tree import Expression
    from validator.engine.yaml_load import Located

_MEASURES = {
    "share": Measure.RATIO,
    "shares": Measure.RATIO,
    "rate": Measure.RATIO,
    "ratio": Measure.RATIO,
    "part_rates": Measure.RATIO,
    "points": Measure.RATIO,
    "price": Measure.PRICE,
}
"""What slots of claims measure; all others hold amounts or counts."""
_WORDS = dict.fromkeys(
    ("least", "most", "grain", "hundred", "low", "high", "forms"), Measure.QUANTITY
)
"""Words that count things or points; all others are directions and flags."""

_AS_SHARES = {
    ClaimKind.CHANGE: dict.fromkeys(("current", "prior"), Kind(Measure.RATIO)),
    ClaimKind.SAME: dict.fromkeys(("first", "second"), Kind(Measure.RATIO)),
}
"""Slots that hold ratios when the claim is about a share: 占比由40%提高到45%."""

_COMPUTED = ("left", "right", "gap")
_KEYS = {
    "claim": ("where", "when", "assert"),
    "identity": ("let", "where", "when", "assert"),
    "statement": ("cells", "where", "when", "assert"),
    "pattern": ("match", "unless"),
    "passages": ("match", "unless"),
    "glossary": ("require", "unless"),
    "entity": ("unless",),
    "presence": ("let", "where", "within", "given", "unless", "require"),
}
"""Keys that only some kinds of rule use."""
_FIELDS = {
    "presence": ("missing", "section", "quote"),
    "passages": ("section", "other"),
    "glossary": ("missing", "section", "quote", "count"),
    "entity": ("name", "own", "kind", "word", "right", "count"),
}
"""What a message may name, where the kind of rule alone decides."""


def load_rule(located: Located, *, known_good: bool = False) -> Rule:
    """Check a rule file and make it ready to run.

    Args:
        located: What it says.
        known_good: Whether it went through all this before, as shipped rules did in the
            tests; then only what it is made of is put together.

    Raises:
        RuleError: Something in it cannot work; the message says where and what is allowed.
    """
    return _Loader(validated(RuleFile, located), located, known_good).rule()


def slot_kinds(kind: ClaimKind) -> dict[str, Kind]:
    """What each slot and word of a claim measures."""
    shape = CLAIM_SHAPES[kind]
    kinds = {
        slot.rstrip("*"): Kind(
            _MEASURES.get(slot.rstrip("*"), Measure.QUANTITY), slot.endswith("*")
        )
        for slot in shape.slots
    }
    return kinds | {word: Kind(_WORDS.get(word, Measure.NUMBER)) for word in shape.words}


class _Loader:
    def __init__(self, file: RuleFile, located: Located, known_good: bool) -> None:
        self._file = file
        self._located = located
        self._known_good = known_good

    def rule(self) -> Rule:
        """The rule, or the first thing in it that cannot work."""
        file = self._file
        if not self._known_good:
            self._check_kind()
        kinds = self._kinds()
        where = self._expression(("where",), file.where, kinds) if file.where else None
        assertions = {
            name: self._expression(("assert", name), text, kinds)
            for name, text in file.asserts.items()
        }
        self._among(("when",), file.when, assertions)
        guards = {
            name: self._expression(("when", name), text, kinds)
            for name, text in file.when.items()
        }
        if not self._known_good:
            self._check_patterns()
            self._check_examples([*assertions, *file.match])
        rule = Rule(
            id=file.id,
            name=file.name,
            kind=file.kind,
            each=file.each,
            severity=file.severity,
            category=file.category,
            title=file.title,
            messages=self._messages([*assertions, *file.match]),
            status=file.status,
            since=file.since,
            replaced_by=file.replaced_by or "",
            applies_to=file.applies_to,
            let=file.let,
            cells=file.cells,
            where_expression=where,
            guards=guards,
            assertions=assertions,
            params=file.params,
            match=file.match,
            unless=file.unless,
            within=file.within,
            given=file.given,
            require=file.require,
            why=file.why,
            references=file.references,
            examples=file.examples,
        )
        for name in rule.numbers:
            if not is_number(rule.params[name]):
                what = f"断言用到“{name}”，它应是一个数，如 0.05"
                raise self._located.error(("params", name), what)
        return rule

    def _check_kind(self) -> None:
        file = self._file
        self._allowed(("kind",), file.kind, EACH)
        self._allowed(("each",), file.each, EACH[file.kind])
        given = file.model_dump(by_alias=True, exclude_unset=True)
        for kind_keys in _KEYS.values():
            for key in kind_keys:
                if key in given and key not in _KEYS.get(file.kind, ()):
                    what = f"kind: {file.kind} 的规则不用“{key}”"
                    raise self._located.error((f"key:{key}",), what)
        if file.kind in ("claim", "identity", "statement") and not file.asserts:
            raise self._located.error((), f"缺少“assert”：kind: {file.kind} 的规则要写断言")
        if file.kind == "identity" and not file.let:
            raise self._located.error((), "缺少“let”：先写明每个名称取哪个科目")
        if file.kind == "statement" and not file.cells:
            raise self._located.error((), "缺少“cells”：先写明每个名称取哪张表的哪一格")
        if file.kind == "presence":
            self._check_presence()

    def _check_presence(self) -> None:
        file = self._file
        if not file.require:
            raise self._located.error((), "缺少“require”：先写明应当有什么")
        if file.each in ("item", "empty_table") and not file.given:
            raise self._located.error((), f"缺少“given”：each: {file.each} 要写明有什么时才查")
        self._among(("given",), (name for name in file.given if name), file.require)

    def _kinds(self) -> dict[str, Kind]:
        file = self._file
        params = dict.fromkeys(file.params, Kind(Measure.LITERAL))
        if file.kind == "claim":
            return params | slot_kinds(ClaimKind(file.each))
        for key, names in (("let", file.let), ("cells", file.cells)):
            for name in names:
                if name in FUNCTIONS:
                    what = f"“{name}”是函数名，请换一个"
                    raise self._located.error((key, f"key:{name}"), what)
        facts = {
            name: Kind(Measure.RATIO if one.measure == "ratio" else Measure.QUANTITY)
            for name, one in file.let.items()
        }
        cells = {name: Kind(Measure.QUANTITY, one.many) for name, one in file.cells.items()}
        return params | facts | cells

    def _expression(
        self, path: Sequence[str], text: str, kinds: Mapping[str, Kind]
    ) -> Expression:
        try:
            expression = parse(text)
            if self._known_good:
                return expression
            for name in expression.names:
                if name not in kinds:
                    at = text.index(name) + 1
                    what = f"没有“{name}”；可用：{'、'.join(kinds)}{nearest(name, kinds)}"
                    raise ExprError(what, at)  # noqa: TRY301 - located below like the others
            self._check_units(expression, kinds)
        except ExprError as error:
            raise self._located.error(path, error.what, error.column) from error
        return expression

    def _check_units(self, expression: Expression, kinds: Mapping[str, Kind]) -> None:
        try:
            check_units(expression, kinds)
        except ExprError:
            file = self._file
            shares = _AS_SHARES.get(ClaimKind(file.each)) if file.kind == "claim" else None
            if shares is None:
                raise
            with suppress(ExprError):
                check_units(expression, {**kinds, **shares})
                return
            raise

    def _check_patterns(self) -> None:
        file = self._file
        groups = {
            "match": file.match,
            "unless": file.unless,
            "given": file.given,
            "require": file.require,
            "within": {"": file.within},
        }
        for key, patterns in groups.items():
            for name, pattern in patterns.items():
                if fault := safe_regex.fault(pattern):
                    raise self._located.error((key, name) if name else (key,), fault)

    def _check_examples(self, names: Sequence[str]) -> None:
        for at, example in enumerate(self._file.examples):
            here = ("examples", at)
            given = example.model_fields_set
            if len({"holds", "fails"} & given) != 1:
                raise self._located.error(here, "每个例子写 pass 或 fail 之一")
            if example.must_pass and "expect" in given:
                raise self._located.error((*here, "key:expect"), "pass 的例子不用 expect")
            for index, name in enumerate(example.expect.failed):
                self._allowed((*here, "expect", "failed", index), name, names)

    def _messages(self, names: Sequence[str]) -> dict[str, str]:
        """The sentence of each assertion, ``{name.left}`` written ``{left}``."""
        given = self._file.message
        if "" in given:
            self._check_fields(("message",), given[""], names[0] if len(names) == 1 else "")
            only = names[0] if len(names) == 1 else ""
            return {"": messages.renamed(given[""], only)}
        if not names or "pairs" in self._file.params:
            raise self._located.error(("message",), "这种规则的提示语只写一句")
        self._among(("message",), given, names)
        for name in names:
            if name not in given:
                raise self._located.error(("message",), f"缺少“{name}”的提示语")
        for name, text in given.items():
            self._check_fields(("message", name), text, name)
        return {name: messages.renamed(text, name) for name, text in given.items()}

    def _check_fields(self, path: Sequence[str], text: str, assertion: str) -> None:
        allowed = None if self._known_good else self._fields()
        if allowed is None:
            return
        own = [f"{assertion}.{value}" for value in _COMPUTED] if assertion else []
        for name, column in messages.fields(text):
            if name not in allowed and name not in own:
                what = f"提示语里没有“{{{name}}}”；可用：{'、'.join(allowed)}"
                raise self._located.error(path, what + nearest(name, allowed), column)

    def _fields(self) -> list[str] | None:
        """What a message may name, or None when the check decides."""
        file = self._file
        if file.kind == "pattern":
            return ["match", "around", "count", *file.match]
        if file.kind in _FIELDS:
            return list(_FIELDS[file.kind])
        if file.kind in ("identity", "statement"):
            return [*_COMPUTED, "computation", "subject", *file.let, *file.cells]
        if file.kind != "claim":
            return None
        kinds = slot_kinds(ClaimKind(file.each))
        phrases = [f"{slot}_phrase" for slot in kinds if f"{slot}_direction" in kinds]
        return [*_COMPUTED, "computation", "subject", *kinds, *phrases]

    def _among(self, path: Sequence[str], given: Iterable[str], names: Iterable[str]) -> None:
        for name in given:
            self._allowed((*path, f"key:{name}"), name, names)

    def _allowed(self, path: Sequence[str | int], name: str, allowed: Iterable[str]) -> None:
        if name not in allowed:
            what = f"没有“{name}”；可用：{'、'.join(allowed)}{nearest(name, allowed)}"
            raise self._located.error(path, what)


def is_number(text: str) -> bool:
    """Whether a parameter can be used in an assertion."""
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
