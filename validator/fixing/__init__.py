"""Repairs made in a copy of a report（修改稿）: words and years at once, figures if asked for.

```text
Report → proposals → trial copies, each checked again → the copy that brings nothing new
```
"""

from __future__ import annotations

from validator.fixing.aftermath import Aftermath
from validator.fixing.mending import AUTOMATIC, Wishes, fix
from validator.fixing.proposals import Proposal
from validator.fixing.results import Answer, Ask, Fixed, Left, Question, Reason

__all__ = [
    "AUTOMATIC",
    "Aftermath",
    "Answer",
    "Ask",
    "Fixed",
    "Left",
    "Proposal",
    "Question",
    "Reason",
    "Wishes",
    "fix",
]
