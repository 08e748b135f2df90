"""Work that takes time, in a thread of its own.

A job's work reports through a mailbox with room for one message: the window reads it from a
timer at its own pace, so however fast the work is, it never floods the window's event queue.
Signals are used for the end only.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from isnmf_gui.errors import IsnmfError, Stopped

log = logging.getLogger(__name__)

#: Puts a message into the mailbox; returns whether to go on.
Report = Callable[[Any], bool]
Work = Callable[[Report], Any]


class Job(QThread):
    """Runs `work(report)` in a thread.

    Parameters
    ----------
    work : callable
        Called in the thread. It calls `report(message)` now and then, and stops early when that
        returns False. What it returns is the outcome; None means that it was stopped.
    parent : QObject
        Keeps the thread object alive.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._mailbox: deque[Any] = deque(maxlen=1)  # each of its operations is atomic

    def run(self) -> None:
        """Do the work. Worker thread."""
        try:
            outcome = self._work(self._report)
        except Stopped:
            self.stopped.emit()
        except IsnmfError as error:
            self.failed.emit(error)
        except MemoryError as error:
            sentence = (
                "There is not enough memory for this. Try a shorter recording or fewer bases."
            )
            self.failed.emit(IsnmfError(sentence, repr(error)))
        except Exception as error:  # a fault of the program must not end it
            log.exception("a job failed")
            sentence = "Something went wrong inside the program; your work is still here."
            self.failed.emit(IsnmfError(sentence, repr(error)))
        else:
            if outcome is None:
                self.stopped.emit()
            else:
                self.succeeded.emit(outcome)

    def _report(self, message: Any) -> bool:
        """Replace the message in the mailbox. Worker thread."""
        self._mailbox.append(message)
        return not self.isInterruptionRequested()

    def take_message(self) -> Any:
        """Return the newest message that was not taken yet, or None. GUI thread."""
        return self._mailbox.pop() if self._mailbox else None

    def cancel(self) -> None:
        """Ask the work to stop; what it has reached comes as the outcome. GUI thread."""
        self.requestInterruption()

    def end(self) -> None:
        """Ask the work to stop and wait until it has. GUI thread, when the window closes."""
        self.requestInterruption()
        self.wait()
