"""The grammar of assertions（断言的文法）: text of a rule → a small tree.

```text
or         = and { "or" and } ;              and   = not { "and" not } ;
not        = "not" not | comparison ;
comparison = sum [ ("=" | "!=" | "<" | "<=" | ">" | ">=") sum ] ;
sum        = product { ("+" | "-") product } ;
product    = unary { ("*" | "/") unary } ;   unary = [ "-" ] primary ;
primary    = NUMBER [ "%" ] | NAME | FUNCTION "(" sum { "," sum } ")" | "(" or ")" ;
FUNCTION   = "sum" | "abs" | "sign" | "min" | "max" | "count" | "fraction" ;
```

Nothing else exists: no attributes, no indexing, no strings, no eval. A truth cannot stand
where a value is wanted, nor a value where a truth is wanted.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from validator.engine.expr_tree import (
    Binary,
    Call,
    Comparison,
    Expression,
    Logic,
    Name,
    Negative,
    Number,
    walk,
)
from validator.errors import RuleError
from validator.quantity import HUNDRED, divide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.engine.expr_tree import Truth, Value

MAX_TOKENS = 200
MAX_DEPTH = 32
FUNCTIONS = ("abs", "count", "fraction", "max", "min", "sign", "sum")
_ONE_ARGUMENT = ("abs", "count", "fraction", "sign")
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_WORDS = ("and", "or", "not")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,30}(?:\.\d{1,30})?%?)(?![\w.])|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>!=|<=|>=|[-+*/=<>(),]))"
)


class ExprError(RuleError):
    """An expression that cannot be used.

    Args:
        what: What is wrong and what is allowed, in Chinese.
        column: 1-based place in the expression's text.
    """

    def __init__(self, what: str, column: int) -> None:
        self.what = what
        self.column = column
        super().__init__(f"第{column}个字符：{what}")


def parse(text: str) -> Expression:
    """Read an assertion or a guard.

    >>> parse("part / whole = share").names
    ('part', 'whole', 'share')

    Raises:
        ExprError: It does not follow the grammar, or is too long or too deep.
    """
    parser = _Parser(list(_tokens(text)), len(text) + 1)
    root = parser.truth(parser.either(0))
    if parser.here.text:
        raise ExprError(f"多余的“{parser.here.text}”", parser.here.column)
    names = tuple(dict.fromkeys(node.name for node in walk(root) if isinstance(node, Name)))
    return Expression(text, root, names)


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    at = count = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            allowed = "名称、数字、+ - * / = != < <= > >= ( ) , and or not"
            raise ExprError(f"不认识的“{text[start]}”；可用：{allowed}", start + 1)
        count += 1
        if count > MAX_TOKENS:
            raise ExprError(f"断言太长，最多 {MAX_TOKENS} 个记号；请拆成几条", at + 1)
        yield _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup) + 1)
        at = found.end()


class _Parser:
    """Recursive descent, one method a line of the grammar."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = [*tokens, _Token("end", "", end)]
        self._at = 0

    @property
    def here(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> _Token | None:
        token = self.here
        if token.kind in ("sign", "name") and token.text in texts:
            self._at += 1
            return token
        return None

    def _expect(self, text: str) -> None:
        if self._take(text) is None:
            found = f"，这里是“{self.here.text}”" if self.here.text else ""
            raise ExprError(f"这里应有“{text}”{found}", self.here.column)

    def either(self, depth: int) -> Truth | Value:
        first = self._both(depth)
        parts = [first]
        while self._take("or"):
            parts.append(self._both(depth))
        return self._joined("or", parts)

    def _both(self, depth: int) -> Truth | Value:
        parts = [self._denied(depth)]
        while self._take("and"):
            parts.append(self._denied(depth))
        return self._joined("and", parts)

    def _joined(self, word: str, parts: list[Truth | Value]) -> Truth | Value:
        if len(parts) == 1:
            return parts[0]
        truths = tuple(self.truth(part) for part in parts)
        return Logic(word, truths, truths[0].column)

    def _denied(self, depth: int) -> Truth | Value:
        if token := self._take("not"):
            self._check(depth, token)
            return Logic("not", (self.truth(self._denied(depth + 1)),), token.column)
        return self._comparison(depth)

    def _comparison(self, depth: int) -> Truth | Value:
        left = self._sum(depth)
        token = self._take(*_COMPARISONS)
        if token is None:
            return left
        right = self._sum(depth)
        if self.here.text in _COMPARISONS:
            raise ExprError("一次只能比较两边；连着比较请用 and", self.here.column)
        return Comparison(token.text, self._value(left), self._value(right), token.column)

    def _sum(self, depth: int) -> Truth | Value:
        left = self._product(depth)
        while token := self._take("+", "-"):
            right = self._value(self._product(depth))
            left = Binary(token.text, self._value(left), right, token.column)
        return left

    def _product(self, depth: int) -> Truth | Value:
        left = self._unary(depth)
        while token := self._take("*", "/"):
            right = self._value(self._unary(depth))
            left = Binary(token.text, self._value(left), right, token.column)
        return left

    def _unary(self, depth: int) -> Truth | Value:
        if token := self._take("-"):
            return Negative(self._value(self._primary(depth)), token.column)
        return self._primary(depth)

    def _primary(self, depth: int) -> Truth | Value:
        token = self.here
        self._check(depth, token)
        if self._take("("):
            inside = self.either(depth + 1)
            self._expect(")")
            return inside
        if token.kind == "number":
            self._at += 1
            return _number(token)
        if token.kind != "name" or token.text in _WORDS:
            found = f"，这里是“{token.text}”" if token.text else ""
            raise ExprError(f"这里应有名称、数字或括号{found}", token.column)
        self._at += 1
        if token.text in FUNCTIONS:
            return self._call(token, depth)
        if self.here.text == "(":
            raise ExprError(
                f"没有函数“{token.text}”；可用：{'、'.join(FUNCTIONS)}", token.column
            )
        return Name(token.text, token.column)

    def _call(self, token: _Token, depth: int) -> Call:
        self._expect("(")
        arguments = [self._value(self._sum(depth + 1))]
        while self._take(","):
            arguments.append(self._value(self._sum(depth + 1)))
        self._expect(")")
        if token.text in _ONE_ARGUMENT and len(arguments) > 1:
            raise ExprError(f"{token.text} 只能有一个参数", token.column)
        return Call(token.text, tuple(arguments), token.column)

    @staticmethod
    def _check(depth: int, token: _Token) -> None:
        if depth > MAX_DEPTH:
            raise ExprError(f"括号套得太深，最多 {MAX_DEPTH} 层", token.column)

    @staticmethod
    def truth(node: Truth | Value) -> Truth:
        """The node, if it is true or false."""
        if not isinstance(node, Comparison | Logic):
            raise ExprError("这里应是一个比较，例如 part = whole", node.column)
        return node

    @staticmethod
    def _value(node: Truth | Value) -> Value:
        if isinstance(node, Comparison | Logic):
            raise ExprError("比较的结果不能参与计算", node.column)
        return node


def _number(token: _Token) -> Number:
    if token.text.endswith("%"):
        value = divide(Decimal(token.text[:-1]), HUNDRED)
    else:
        value = Decimal(token.text)
    return Number(value, token.text, token.column)
