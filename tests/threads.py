"""Several threads that get in each other's way as often as they can."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def hasty_switches() -> Iterator[None]:
    """Let threads take turns every microsecond."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def at_once(act: Callable[[], T], n_threads: int = 8) -> list[T]:
    """Return what an act returns in several threads that begin together; its error is raised."""
    ready, results, errors = threading.Barrier(n_threads), [], []

    def run() -> None:
        ready.wait()
        try:
            results.append(act())
        except Exception as error:  # noqa: BLE001 - raised below
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(n_threads)]
    with hasty_switches():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if errors:
        raise errors[0]
    return results
