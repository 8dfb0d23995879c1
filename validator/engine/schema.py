"""Rule files（规则文件）as they are written, and rules as the engine uses them.

``RuleFile`` is the edge: strict, every unknown key an error. ``Rule`` is what checks see:
frozen, its assertions parsed, nothing left to look up while documents are judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from validator.claims import ClaimKind
from validator.document import Span
from validator.facts import Basis, FundScope, ReportKind, Tier
from validator.findings import Category, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.engine.expr_tree import Expression

EACH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "claim": tuple(kind.value for kind in ClaimKind),
        "identity": ("scope", "document", "item"),
        "statement": ("once", "form", "fund", "scope", "row", "class", "column", "cell"),
        "pattern": ("prose", "heading", "cell", "chart", "text", "any"),
        "presence": ("document", "section", "item", "table", "order", "empty_table"),
        "passages": ("bare", "misplaced", "repeated"),
        "glossary": ("unused", "unexplained"),
        "entity": ("stranger", "own_word"),
        "numbering": (
            "skip",
            "repeat",
            "mixed",
            "separator",
            "missing_separator",
            "bracket",
            "nested",
        ),
        "codes": (
            "name_by_year",
            "no_such_class",
            "code_name",
            "two_names",
            "code_validity",
            "chain_code",
            "class_as_item",
            "level_word",
            "code_level",
            "block_order",
            "repeated_row",
            "two_systems",
            "revenue_code",
            "cost_group",
        ),
        "figure": (
            "comma",
            "no_unit",
            "wan",
            "damaged_year",
            "stale_year",
            "odd_unit",
            "as_of",
            "title_year",
        ),
    }
)
"""The closed set of checks, and what each of them runs over."""

_MARK = re.compile(r"\[\[|\]\]")


class Maturity(StrEnum):
    """How settled a rule is（成熟度）."""

    PREVIEW = "preview"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Strict(BaseModel):
    """What a file may hold, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) and value else value


def _keyed(value: Any) -> Any:
    return {"": value} if isinstance(value, str) else value


def shaped(pattern: str, advice: str) -> AfterValidator:
    """A string that matches as a whole, or the advice."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(advice)
        return value

    return AfterValidator(check)


Text = Annotated[str, Field(min_length=1)]
RuleId = Annotated[str, shaped("[A-Z]{3}[0-9]{3}", "应是三个大写字母加三位数字，如 SHR001")]
RuleName = Annotated[
    str, shaped("[a-z0-9]+(-[a-z0-9]+)*", "应是小写英文词用连字符相连，如 parts-do-not-sum")
]
Word = Annotated[str, shaped("[a-z_][a-z0-9_]*", "应是小写英文名称，如 whole")]
Words = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


Year = Annotated[int, Field(ge=1990, le=2100)]


class Years(Strict):
    """Fiscal years, both ends included（年度范围）; an end that is not given is open."""

    first: Year | None = Field(default=None, alias="from")
    last: Year | None = Field(default=None, alias="to")

    def __contains__(self, year: int) -> bool:
        return (self.first or year) <= year <= (self.last or year)

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first}年度"
        first = f"{self.first}年度起" if self.first else ""
        return first + (f"至{self.last}年度止" if self.last else "")


class Scope(Strict):
    """Where a rule applies（适用范围）; empty means everywhere.

    Attributes:
        report: Kinds of report.
        years: Fiscal years of reports; one whose year is not known is left alone.
    """

    report: Annotated[tuple[ReportKind, ...], BeforeValidator(_listed)] = ()
    years: Years | None = None

    def holds(self, report: ReportKind, year: int) -> bool:
        """Whether a report of this kind and fiscal year (0: not known) is meant."""
        kinds = not self.report or report in (*self.report, ReportKind.UNKNOWN)
        return kinds and (self.years is None or (year > 0 and year in self.years))


class Selector(Strict):
    """Which facts a name of ``let`` stands for（取数）.

    Attributes:
        items: Line items, any of them.
        scope: Fund scope, or None for the one of the group.
        basis: Budget or actual, or None for the one of the group.
        tier: Level of government, or None for the one of the group.
        year: Years after the report's own, 1 for its draft budget; None for that of the group.
        parents: Items that it must be a part of, or the balance of; empty for any.
        default: What an absent item counts as, or None when it must be stated.
        measure: ``money`` or the classifier of a count, such as 人.
    """

    items: Words = Field(alias="item")
    scope: FundScope | None = None
    basis: Basis | None = None
    tier: Tier | None = None
    year: Annotated[int | None, Field(ge=-1, le=1)] = None
    parents: Words = Field(default=(), alias="of")
    default: Decimal | None = None
    measure: Text = "money"


class CellSelector(Strict):
    """Which numbers of the public forms a name of ``cells`` stands for（取表内数）.

    Attributes:
        forms: Ids of the forms to look in.
        rows: Line items of the row, ``total``, ``code`` for any coded row, ``class`` for a
            three-digit one; ``family:source`` means every line item of a family.
        columns: Line items of the column; ``total`` for 合计 and for a stage such as 决算数.
        scope: Fund scope, or None for any.
        basis: Budget or actual, or None for any.
        year: 0 this year, -1 last year.
        many: Whether it stands for all of them together, as in a sum.
        default: What an absent cell counts as, or None when it must be printed.
    """

    forms: Words = Field(alias="form")
    rows: Words = Field(default=("total",), alias="row")
    columns: Words = Field(default=("total",), alias="column")
    scope: FundScope | None = None
    basis: Basis | None = None
    year: int = 0
    many: bool = False
    default: Decimal | None = None


class Expectation(Strict):
    """What an example must show besides its marks（预期）."""

    failed: Annotated[tuple[Word, ...], BeforeValidator(_listed)] = ()
    repair: dict[str, str] = Field(default_factory=dict)
    gap: str = ""


def _balanced(text: str) -> str:
    marks = _MARK.findall(text)
    if marks != ["[[", "]]"] * (len(marks) // 2):
        raise ValueError("“[[”和“]]”应成对出现，标出错在哪几个字")
    return text


def _unmarked(text: str) -> str:
    if _MARK.search(text):
        raise ValueError("pass 的例子没有错，不要用“[[ ]]”标记")
    return text


class Example(Strict):
    """A passage that must pass or fail（例子）: a test, and a paragraph of the manual.

    Attributes:
        holds: The passage, when it must pass.
        fails: The passage, when it must fail; ``[[ ]]`` marks the words to be underlined.
        because: Why, when it is not obvious.
        silent: It passes because the rule has nothing to compare.
        year: Fiscal year to assume.
        report: Kind of report to assume.
        whole: Whether to take the passage as a whole report, though it shows one section only.
        expect: What else must come out.
    """

    holds: Annotated[str, Field(min_length=1), AfterValidator(_unmarked)] = Field(
        default="-", alias="pass"
    )
    fails: Annotated[str, Field(min_length=1), AfterValidator(_balanced)] = Field(
        default="-", alias="fail"
    )
    because: str = ""
    silent: bool = False
    year: Year | None = None
    report: ReportKind | None = None
    whole: bool = False
    expect: Expectation = Field(default_factory=Expectation)

    @property
    def must_pass(self) -> bool:
        """Whether nothing may be found in it."""
        return "holds" in self.model_fields_set

    @property
    def text(self) -> str:
        """The passage without marks."""
        return _MARK.sub("", self.holds if self.must_pass else self.fails)

    @property
    def marks(self) -> tuple[Span, ...]:
        """Where the marked words stand in ``text``."""
        spans, at, start = [], 0, 0
        for index, piece in enumerate(_MARK.split(self.fails)):
            start, at = at, at + len(piece)
            if index % 2:
                spans.append(Span(start, at))
        return tuple(spans)


class RuleFile(Strict):
    """A rule as its file says it; read top to bottom: who, where, what, why, proof."""

    id: RuleId
    name: RuleName
    kind: str
    each: str
    status: Maturity = Maturity.STABLE
    since: str = "0.1.0"
    replaced_by: RuleId | None = None
    severity: Severity
    category: Category
    title: Text
    applies_to: Scope = Field(default_factory=Scope)
    let: dict[Word, Selector] = Field(default_factory=dict)
    cells: dict[Word, CellSelector] = Field(default_factory=dict)
    where: str = ""
    when: dict[str, Text] = Field(default_factory=dict)
    asserts: dict[Word, Text] = Field(default_factory=dict, alias="assert")
    params: dict[Word, str] = Field(default_factory=dict)
    match: dict[Word, Text] = Field(default_factory=dict)
    unless: dict[Word, Text] = Field(default_factory=dict)
    within: str = ""
    given: Annotated[dict[str, Text], BeforeValidator(_keyed)] = Field(default_factory=dict)
    require: dict[Text, Text] = Field(default_factory=dict)
    message: Annotated[dict[str, Text], BeforeValidator(_keyed)]
    why: str = ""
    references: tuple[Text, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to run（规则）.

    Attributes:
        id: Three letters and three digits; never reused.
        name: Readable name, as in "allow parts-do-not-sum".
        kind: Which check runs it, a key of ``EACH``.
        each: What the check runs over.
        status: How settled it is.
        since: Version that brought it.
        replaced_by: Id of the rule to use instead of a deprecated one, or "".
        pack: Id of the pack that brought it.
        severity: How grave a finding is.
        category: What kind of problem.
        title: Short Chinese title.
        applies_to: Where it applies.
        let: Names of an identity and the facts they stand for.
        cells: Names of a statement rule and the numbers of forms they stand for.
        where_expression: Guard over the whole rule; it must be certain.
        guards: Guard of single assertions; each must be certain.
        assertions: What must be possible, by name.
        params: Settings of the check, and numbers that assertions name.
        match: Patterns to report, by name.
        unless: Patterns to leave alone, by name.
        within: Pattern of the headings whose sections a presence rule looks at; "" for all.
        given: What must stand there before something is required, by name of what is required;
            "" for all of it.
        require: What must be there, by name: any words that fit the pattern.
        messages: Sentence of each assertion; "" for all that have none of their own.
        why: The reason, for people.
        references: Legal basis.
        examples: Its tests.
    """

    id: str
    name: str
    kind: str
    each: str
    severity: Severity
    category: Category
    title: str
    messages: Mapping[str, str]
    status: Maturity = Maturity.STABLE
    since: str = ""
    replaced_by: str = ""
    pack: str = ""
    applies_to: Scope = field(default_factory=Scope)
    let: Mapping[str, Selector] = field(default_factory=dict)
    cells: Mapping[str, CellSelector] = field(default_factory=dict)
    where_expression: Expression | None = None
    guards: Mapping[str, Expression] = field(default_factory=dict)
    assertions: Mapping[str, Expression] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    match: Mapping[str, str] = field(default_factory=dict)
    unless: Mapping[str, str] = field(default_factory=dict)
    within: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    require: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    references: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def defaults(self) -> Mapping[str, Decimal]:
        """What absent names of ``let`` and ``cells`` count as."""
        facts = {name: one.default for name, one in self.let.items()}
        cells = {name: one.default for name, one in self.cells.items()}
        return {n: default for n, default in (facts | cells).items() if default is not None}

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression of it."""
        where = (self.where_expression,) if self.where_expression else ()
        return (*where, *self.guards.values(), *self.assertions.values())

    @property
    def numbers(self) -> frozenset[str]:
        """Parameters that an expression names, which must therefore be numbers."""
        return frozenset(n for e in self.expressions for n in e.names if n in self.params)

    def message_for(self, assertion: str) -> str:
        """The sentence for a failed assertion or pattern."""
        return self.messages.get(assertion) or self.messages[""]
