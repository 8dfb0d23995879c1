"""How fast and how large（速度和内存）: CPU time of each step, best of several runs.

The numbers belong to the machine; nothing is checked against them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from validator.bench.page import Page, Sheet
from validator.engine.evaluate import evaluate
from validator.errors import UnreadableDocument, UsageError
from validator.extract import understand
from validator.readers import load, read_bytes
from validator.readers.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from validator.bench.grounds import Origin
    from validator.engine.packs import RuleSet

_DIAGNOSIS = ("validator.engine.evaluate", "diagnose")
"""Where the evaluation calls the diagnosis; while there is no such call, it takes no time."""
_HEADER = ("文件", "字符", "数字", "读取", "理解", "核对", "诊断", "合计", "内存")
_MEANING = "毫秒是 CPU 时间，多次里最快的一次；内存是另起一个进程检查这个文件的峰值（MB）。"
_KILO = 1024
# What getrusage tells includes the process that started this one; the status file does not.
_CHECK = """
import re, sys
from pathlib import Path
from validator.run import check
check(Path(sys.argv[1]))
status = Path("/proc/self/status")
found = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
print(found[1] if found else "")
"""


@dataclass(frozen=True, slots=True)
class Timing:
    """What one file took（用时）; seconds of CPU time.

    Attributes:
        name: The file.
        characters: Length of its text.
        figures: How many numbers it has.
        reading: Bytes to text.
        understanding: Text to figures and claims.
        evaluating: Rules over them, the diagnosis left out.
        diagnosing: The diagnosis, 0 where there is none.
        memory: Peak of a process that checks it, in MB; None where the system does not tell.
    """

    name: str
    characters: int
    figures: int
    reading: float
    understanding: float
    evaluating: float
    diagnosing: float
    memory: float | None = None


def times(origins: Sequence[Origin], ruleset: RuleSet, runs: int) -> list[Timing]:
    """Time reports, one after the other.

    Raises:
        UsageError: One cannot be read as a report.
    """
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for origin in origins:
            try:
                data = _bytes(origin)
                timing = timed(origin.name, data, ruleset, runs)
            except UnreadableDocument as error:
                raise UsageError(f"{origin.name}: {error}") from error
            path = Path(folder, Path(origin.name).name)
            path.write_bytes(data)
            found.append(replace(timing, memory=peak_memory(path)))
    return found


def _bytes(origin: Origin) -> bytes:
    if not isinstance(origin, Source):
        return origin.text.encode()
    if origin.fault is not None:
        raise origin.fault
    return load(origin.path) if origin.path is not None and not origin.data else origin.data


def timed(name: str, data: bytes, ruleset: RuleSet, runs: int) -> Timing:
    """Time one file; ``times`` adds its memory.

    Raises:
        UnreadableDocument: It cannot be read as a report.
    """
    document = read_bytes(data, name)
    reading = understand(document, ruleset.lexicon)
    read = _best(lambda: read_bytes(data, name), runs)
    understood = _best(lambda: understand(document, ruleset.lexicon), runs)
    evaluated, diagnosed = min(
        _evaluation(lambda: evaluate(document, reading, ruleset)) for _ in range(runs)
    )
    counts = (len(document.text), len(reading.figures))
    return Timing(name, *counts, read, understood, evaluated - diagnosed, diagnosed)


def _best(work: Callable[[], object], runs: int) -> float:
    return min(_once(work) for _ in range(runs))


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _evaluation(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds in all, and those of the diagnosis."""
    with _clocked(*_DIAGNOSIS) as spent:
        whole = _once(work)
    return whole, sum(spent)


@contextmanager
def _clocked(module: str, name: str) -> Iterator[list[float]]:
    """Seconds of each call of a module's function while inside."""
    spent: list[float] = []
    place = import_module(module)
    work = getattr(place, name, None)
    if work is None:
        yield spent
        return

    def clocked(*args: object, **named: object) -> object:
        start = time.process_time()
        try:
            return work(*args, **named)
        finally:
            spent.append(time.process_time() - start)

    setattr(place, name, clocked)
    try:
        yield spent
    finally:
        setattr(place, name, work)


def peak_memory(path: Path) -> float | None:
    """MB that a process of its own needs at most to check a file; None where unknown."""
    command = [sys.executable, "-c", _CHECK, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - itself
    return int(done.stdout) / _KILO if done.stdout.strip() else None


def start_time(runs: int) -> float:
    """Seconds until ``gouji --version`` is through, the fastest of several."""
    command = [sys.executable, "-m", "validator", "--version"]
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - itself
        times.append(time.perf_counter() - start)
    return min(times)


def page(timings: Sequence[Timing], start: float, command: str) -> Page:
    """The numbers of a run.

    Args:
        timings: One for each file.
        start: Seconds of ``gouji --version``.
        command: The command that repeats it.
    """
    lines = (f"gouji --version：{_ms(start)} 毫秒。", _MEANING)
    data = {
        "schema": "gouji.bench.speed/1",
        "start_ms": _ms(start),
        "files": [
            {
                "name": t.name,
                "characters": t.characters,
                "figures": t.figures,
                "reading_ms": _ms(t.reading),
                "understanding_ms": _ms(t.understanding),
                "evaluating_ms": _ms(t.evaluating),
                "diagnosing_ms": _ms(t.diagnosing),
                "memory_mb": None if t.memory is None else f"{t.memory:.0f}",
            }
            for t in timings
        ],
    }
    rows = tuple(_row(timing) for timing in timings)
    return Page("速度", command, lines, (Sheet("用时（毫秒）", _HEADER, rows),), data)


def _row(timing: Timing) -> tuple[str, ...]:
    steps = (timing.reading, timing.understanding, timing.evaluating, timing.diagnosing)
    memory = "–" if timing.memory is None else f"{timing.memory:.0f}"
    counts = (str(timing.characters), str(timing.figures))
    return (timing.name, *counts, *map(_ms, steps), _ms(sum(steps)), memory)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
