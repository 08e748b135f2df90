"""Looking at disks from the GUI thread, which must not wait for a network drive that is slow."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

#: A disk that takes longer is not waited for.
PATIENCE_S = 0.1

_is_waiting = threading.Lock()


def look(at: Callable[[], T], otherwise: T) -> T:
    """Return what a look at a disk finds, or something else if the disk does not answer soon.

    As long as an earlier look still waits for its disk, no other one is begun.

    Parameters
    ----------
    at : callable
        Looks, in another thread, and raises nothing.
    otherwise : object
        What is taken for it meanwhile.
    """
    if not _is_waiting.acquire(blocking=False):
        return otherwise
    found: list[T] = []

    def work() -> None:
        try:
            found.append(at())
        finally:
            _is_waiting.release()

    thread = threading.Thread(target=work, name="look", daemon=True)  # it may never come back
    try:
        thread.start()
    except RuntimeError:  # the system gives no thread: the next look may have one
        _is_waiting.release()
        return otherwise
    thread.join(PATIENCE_S)
    return found[0] if found else otherwise


def reachable(folder: Path) -> Path:
    """Return a folder that a dialog can begin with: this one, or the nearest above it, or home."""

    def nearest() -> Path:
        it = folder
        while not it.is_dir() and it != it.parent:
            it = it.parent
        return it

    return look(nearest, Path.home())
