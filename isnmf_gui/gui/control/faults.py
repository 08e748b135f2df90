"""Faults of the program itself: what nothing else has caught is logged and shown, and it goes on.

Python hands such exceptions to three hooks: those of slots and event handlers, those of threads,
and those of finalizers and of callbacks from C.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from types import TracebackType

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui.widgets.message import show_error
from isnmf_gui.texts import N_

log = logging.getLogger(__name__)

FAULT = N_("Something went wrong inside the program; your work is still here.")
NO_MEMORY = N_("There is not enough memory for this. Try a shorter recording or fewer bases.")
#: A fault is shown again when it has not come for so long, nor its message been open: one that
#: comes with every paint must not open a message after every other.
QUIET_S = 3.0


def as_error(error: BaseException) -> IsnmfError:
    """Return a sentence for an exception that was not expected, with where it comes from."""
    if isinstance(error, IsnmfError):
        return error
    sentence = NO_MEMORY if _lacks_memory(error) else FAULT
    return IsnmfError(str(sentence), "".join(traceback.format_exception(error)))


def _lacks_memory(error: BaseException) -> bool:
    """Tell whether memory ended: a thread needs some too, of which Python says it otherwise."""
    return isinstance(error, MemoryError) or "can't start new thread" in str(error)


class Faults(QObject):
    """Takes the exceptions that nothing else has caught. Faults may come from any thread.

    Parameters
    ----------
    window : QWidget
        What messages belong to.
    clock : callable, optional
        Returns seconds; for tests.
    """

    _came = Signal(str, object)

    def __init__(self, window: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self._counts: Counter[str] = Counter()
        self._last_s: dict[str, float] = {}
        # Queued: a message must not be opened in the middle of a paint, nor in another thread.
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take all of them from now on."""
        sys.excepthook = lambda kind, error, trace: self.take(error, trace)
        threading.excepthook = lambda told: self.take(told.exc_value, told.exc_traceback)
        sys.unraisablehook = lambda told: self.take(told.exc_value, told.exc_traceback)

    def take(self, error: BaseException | None, trace: TracebackType | None = None) -> None:
        """Log an exception, and show it unless it keeps coming. Any thread."""
        if error is None or not isinstance(error, Exception):  # the program is to end
            return
        trace = trace or error.__traceback__
        place = _place(error, trace)
        self._counts[place] += 1
        count = self._counts[place]
        if count == 1:
            log.error("unexpected", exc_info=error)
            sys.__excepthook__(type(error), error, trace)
        elif str(count).strip("0") == "1":  # 10, 100, …: the log must not lose how it began
            log.error("%d times: %s", count, place)
        told = as_error(error)
        traceback.clear_frames(trace)  # or a painter in one of them would go on painting
        if shiboken6.isValid(self):  # the window may have gone
            self._came.emit(place, told)

    @Slot(str, object)
    def _show(self, place: str, error: IsnmfError) -> None:
        quiet_s = self._clock() - self._last_s.get(place, -float("inf"))
        self._last_s[place] = self._clock()
        if quiet_s >= QUIET_S:
            box = show_error(self._window, error)
            box.finished.connect(lambda _: self._last_s.update({place: self._clock()}))


def _place(error: BaseException, trace: TracebackType | None) -> str:
    """Return what tells a fault from others: its kind, and the line that it comes from."""
    frames = traceback.extract_tb(trace)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(error)
    return f"{type(error).__name__} at {where}"
