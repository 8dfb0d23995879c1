"""Work spread over processes（多进程）: in order, and a process that dies costs one item."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")
_CHUNK = 8


def pooled(
    work: Callable[[Item], Result],
    found: Iterable[Item],
    jobs: int,
    lost: Callable[[Item, BaseException], Result],
) -> Iterator[Result]:
    """Run ``work`` over items in processes → results in the order of the items.

    Args:
        work: Picklable; does one item.
        found: The items.
        jobs: Processes at once.
        lost: What to give for an item whose process died.
    """
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - rarely needed

    rest = iter(found)
    under_way: deque[list[Item]] = deque()
    more = True
    while more or under_way:
        pool = _pool(jobs)
        futures: deque[Future[list[Result]]] = deque()
        try:
            futures.extend(pool.submit(_each, work, chunk) for chunk in under_way)
            while True:
                while more and len(futures) < jobs * 2:
                    chunk = list(islice(rest, _CHUNK))
                    more = bool(chunk)
                    if chunk:
                        under_way.append(chunk)
                        futures.append(pool.submit(_each, work, chunk))
                if not futures:
                    return
                results = futures.popleft().result()
                under_way.popleft()
                yield from results
        except BrokenProcessPool:
            # Nobody knows which item it was: those of the first chunk go one by one.
            for item in under_way.popleft():
                yield _alone(work, item, lost)
        finally:
            pool.shutdown(cancel_futures=True)


def _each(work: Callable[[Item], Result], chunk: list[Item]) -> list[Result]:
    return [work(item) for item in chunk]


def _alone(
    work: Callable[[Item], Result],
    item: Item,
    lost: Callable[[Item, BaseException], Result],
) -> Result:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - rarely needed

    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool as error:
            return lost(item, error)


def _pool(jobs: int) -> ProcessPoolExecutor:
    import multiprocessing  # noqa: PLC0415 - rarely needed
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - rarely needed

    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_stoppable)


def _stoppable() -> None:
    """End at Ctrl-C at once, without a traceback: the process that asked tells of it."""
    import signal  # noqa: PLC0415 - only in workers

    signal.signal(signal.SIGINT, signal.SIG_DFL)
