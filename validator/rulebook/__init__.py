"""The rules as a book（规则手册）: list, explain, test, lint, write, and print them."""

from validator.rulebook.examples import Tested, cases, run_example, test_rules
from validator.rulebook.linting import lint
from validator.rulebook.listing import explain, list_packs, list_rules, unread
from validator.rulebook.lookup import Case
from validator.rulebook.pages import compare, pages, write
from validator.rulebook.usage import Usage, usage

__all__ = [
    "Case",
    "Tested",
    "Usage",
    "cases",
    "compare",
    "explain",
    "lint",
    "list_packs",
    "list_rules",
    "pages",
    "run_example",
    "test_rules",
    "unread",
    "usage",
    "write",
]
