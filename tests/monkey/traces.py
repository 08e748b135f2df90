"""What a monkey leaves behind in memory: measured when all has come to rest."""

from __future__ import annotations

import ctypes
import gc
import os
import threading
from dataclasses import astuple, dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from PySide6.QtGui import QAccessibleInterface
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.this_process import memory_bytes, n_open_files

#: By how much each may grow over a run that is at rest again, beyond what the first part of it
#: needed: the memory for pixmaps and fonts that Qt keeps.
MOST_MIB, MOST_THREADS, MOST_FILES, MOST_WIDGETS, MOST_OBJECTS = 40, 2, 4, 60, 6_000


@dataclass(frozen=True)
class Traces:
    """Resident memory in MiB; threads, open files, widgets and Python's objects in number."""

    memory_mib: float
    n_threads: int
    n_files: int
    n_widgets: int
    n_objects: int

    def __str__(self) -> str:
        return (
            f"{self.memory_mib:.0f} MiB, {self.n_threads} threads, {self.n_files} files, "
            f"{self.n_widgets} widgets, {self.n_objects} objects"
        )


def measure() -> Traces:
    """Let go of what is to be deleted, then measure."""
    let_go()
    return Traces(
        memory_bytes("VmRSS") / 2**20,
        len(os.listdir("/proc/self/task")),
        n_open_files(),
        len(QApplication.allWidgets()),
        # PySide keeps what screen readers asked; of what that tells the widgets are counted.
        sum(not isinstance(it, QAccessibleInterface) for it in gc.get_objects()),
    )


def let_go() -> None:
    """Delete what waits for it, and give memory back to the system."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except AttributeError:  # another C library than GNU's
        return


def growth(measured: list[Traces]) -> str:
    """Say what grew from one rest to the next, or "".

    The first rest comes too early: fonts, pictures and pools of threads are made once.
    """
    if len(measured) < 3:
        return ""
    first, last = astuple(measured[len(measured) // 3]), astuple(measured[-1])
    limits = (MOST_MIB, MOST_THREADS, MOST_FILES, MOST_WIDGETS, MOST_OBJECTS)
    grown = any(
        after - before > most for before, after, most in zip(first, last, limits, strict=True)
    )
    return "\n".join(map(str, measured)) if grown else ""


def alive(kind: type[QObject]) -> list[QObject]:
    """Return the objects of a kind that Qt has not deleted."""
    return [it for it in gc.get_objects() if isinstance(it, kind) and isValid(it)]


def threads_left(before: set[threading.Thread]) -> list[str]:
    """Return the names of threads that were not there before, Qt's with them."""
    new = [it.name for it in set(threading.enumerate()) - before]
    left = [name for name in new if not name.startswith("Dummy")]
    qt = [it for it in alive(QThread) if isinstance(it, QThread) and it.parent() is not None]
    return left + [f"running {it}" for it in qt if it.isRunning()]
