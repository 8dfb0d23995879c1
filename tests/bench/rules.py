"""How long rules take to load: ``python tests/bench/rules.py``.

Prints the least of several runs in milliseconds, each in a process of its own: rules read
from their YAML files as authors read them, as checking reads them the first time and after
that, and the lexicon.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

RUNS = 9
_PROGRAM = """
import time
from validator.engine.packs import load_rules
from validator.extract.lexicon import load_lexicon
start = time.perf_counter()
ruleset = load_rules(["all"], examples={examples})
middle = time.perf_counter()
_ = ruleset.lexicon
print(len(ruleset.rules), middle - start, time.perf_counter() - middle)
"""


def measure(examples: bool, cache: str) -> tuple[int, float, float]:
    """Rules, and the least seconds that they and the lexicon took."""
    least, words, count = 9.0, 9.0, 0
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM.format(examples=examples)],
            env={**os.environ, "XDG_CACHE_HOME": cache, "GOUJI_CACHE": "" if cache else "off"},
            capture_output=True,
            text=True,
            check=True,
        )
        number, rules, lexicon = done.stdout.split()
        count, least, words = int(number), min(least, float(rules)), min(words, float(lexicon))
    return count, least, words


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            ("read with examples", measure(True, "")),
            ("read for checking", measure(False, "")),
            ("kept from before", measure(False, folder)),
        ]
    for name, (count, seconds, _) in rows:
        print(f"{name:20} {count} rules {seconds * 1000:6.1f} ms")  # noqa: T201 - its output
    print(f"{'lexicon':20} {min(row[1][2] for row in rows) * 1000:16.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
