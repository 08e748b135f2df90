"""Work that takes time, in a thread of its own.

A job's work reports through a mailbox with room for one message: the window reads it from a
timer at its own pace, so however fast the work is, it never floods the window's event queue.
Signals are used for the end only.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from isnmf_gui.errors import IsnmfError, Stopped
from isnmf_gui.gui.control.faults import as_error
from isnmf_gui.session.files.progress import Report
from isnmf_gui.texts import N_

log = logging.getLogger(__name__)

NO_THREAD = N_(
    "The system has no room for more work at the moment. Close other programs, then try again."
)
MAILBOX_MS = 50
#: Steps of politeness of a job that stands back: others then get nine times its share of a core.
NICENESS = 10

Work = Callable[[Report], Any]


class JobThread(QThread):
    """Runs `work(report)` in a thread.

    Parameters
    ----------
    work : callable
        Called in the thread. It calls `report(message)` now and then, and stops early when that
        returns False. What it returns is the outcome; None means that it was stopped.
    parent : QObject
        Keeps the thread object alive.
    stands_back : bool
        Whether the window, the sound and other programs go first where cores are scarce.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, work: Work, parent: QObject, stands_back: bool = False) -> None:
        super().__init__(parent)
        self._work, self._stands_back = work, stands_back
        self._mailbox: deque[Any] = deque(maxlen=1)  # each of its operations is atomic

    def run(self) -> None:
        """Do the work. Worker thread."""
        if self._stands_back:
            _stand_back()
        work, self._work = self._work, _done  # what it holds goes with it, not with this object
        try:
            outcome = work(self._report)
        except Stopped:
            self.stopped.emit()
        except Exception as error:  # a fault of the program must not end it
            if not isinstance(error, IsnmfError):
                log.exception("a job failed")
            self.failed.emit(as_error(error))
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


def _done(_report: Report) -> None:
    """Stand for work that was done."""


def _stand_back() -> None:
    """Let others go first from now on, in this thread and those that it starts."""
    QThread.currentThread().setPriority(QThread.Priority.LowPriority)
    if sys.platform == "linux":  # where that does nothing, but threads have a niceness each
        thread = threading.get_native_id()
        niceness = os.getpriority(os.PRIO_PROCESS, thread) + NICENESS
        os.setpriority(os.PRIO_PROCESS, thread, niceness)


@dataclass(frozen=True)
class _Order:
    """A job to be begun: what `Jobs.start` was told."""

    work: Work
    succeeded: Callable[[Any], None]
    stands_back: bool


class Jobs(QObject):
    """The jobs that go on, at most one of each kind ("open", "run", "export"). GUI thread only.

    Those of one kind are done one after another, in the order in which they were started.
    """

    #: A job begins or ends.
    busy_changed = Signal()
    #: A job reports: its kind, and the newest message.
    reported = Signal(str, object)
    #: A job ended in an error: an `IsnmfError`.
    failed = Signal(object)
    #: A job was stopped and left nothing: its kind.
    stopped = Signal(str)
    #: A job of this kind goes on no more, whatever came of it; others of it may wait.
    ended = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs: dict[str, JobThread] = {}
        self._waiting: defaultdict[str, deque[_Order]] = defaultdict(deque)
        self._closed = False
        self._takers: dict[str, Callable[[Any], None]] = {}
        self._mailbox = QTimer(self)
        self._mailbox.setInterval(MAILBOX_MS)
        self._mailbox.timeout.connect(self._read_mailboxes)

    def is_busy(self, kind: str) -> bool:
        """Tell whether a job of a kind goes on, or waits for its turn."""
        return kind in self._jobs or bool(self._waiting[kind])

    def start(
        self,
        kind: str,
        work: Work,
        succeeded: Callable[[Any], None],
        stands_back: bool = False,
    ) -> bool:
        """Start a job, at once or as soon as the others of its kind have ended.

        None is started any more once the jobs were closed.

        Parameters
        ----------
        kind : str
            What goes on one at a time.
        work : callable
            See `JobThread`.
        succeeded : callable
            Takes the outcome. Called in the GUI thread.
        stands_back : bool
            Whether the window, the sound and other programs go first where cores are scarce.

        Returns
        -------
        bool
            Whether it has begun; if not, it waits.
        """
        if self._closed:
            return False
        self._waiting[kind].append(_Order(work, succeeded, stands_back))
        return self._begin_next(kind)

    def _begin_next(self, kind: str) -> bool:
        """Begin the job that has waited longest, unless one of its kind goes on."""
        if kind in self._jobs or not self._waiting[kind]:
            return False
        order = self._waiting[kind].popleft()
        job = JobThread(order.work, self, order.stands_back)
        for ended in (job.succeeded, job.failed, job.stopped):
            ended.connect(self._forget_message)  # before what the outcome does
        job.succeeded.connect(self._job_succeeded)
        job.failed.connect(self.failed)
        job.stopped.connect(self._job_stopped)
        job.finished.connect(self._job_finished)
        self._jobs[kind], self._takers[kind] = job, order.succeeded
        job.start()
        if not (job.isRunning() or job.isFinished()):  # Qt only warns
            log.error("no thread for the job %r", kind)
            QTimer.singleShot(0, self, partial(self._give_up, kind))  # the caller goes on first
        self._mailbox.start()
        self.busy_changed.emit()
        return True

    def _give_up(self, kind: str) -> None:
        """Let a job end in an error that got no thread."""
        self.failed.emit(IsnmfError(str(NO_THREAD)))
        self._end(kind)

    def cancel(self, kind: str) -> None:
        """Stop a job, and begin none that waits for it; a run keeps what it has reached."""
        self._waiting[kind].clear()
        if kind in self._jobs:
            self._jobs[kind].cancel()

    def close(self) -> None:
        """Stop all and wait until they have. What ends on the way begins nothing new."""
        self._closed = True
        self._waiting.clear()
        self._mailbox.stop()
        for job in self._jobs.values():
            job.cancel()
        for job in self._jobs.values():
            job.end()

    @Slot()
    def _forget_message(self) -> None:
        """Drop the last progress, which would overwrite the outcome if it was read after it."""
        job = self.sender()
        assert isinstance(job, JobThread)
        job.take_message()

    @Slot(object)
    def _job_succeeded(self, outcome: object) -> None:
        """Hand the outcome on: what is no slot of a QObject might run in the job's thread."""
        self._takers[self._kind_of(self.sender())](outcome)

    @Slot()
    def _job_stopped(self) -> None:
        self.stopped.emit(self._kind_of(self.sender()))

    @Slot()
    def _job_finished(self) -> None:
        # Only the sender's: another job may have finished too, with its outcome still on the way.
        self._end(self._kind_of(self.sender()))

    def _end(self, kind: str) -> None:
        """Forget a job that has ended, and begin the next of its kind."""
        self._jobs.pop(kind).deleteLater()
        self._takers.pop(kind)
        if not self._jobs:
            self._mailbox.stop()
        self.ended.emit(kind)
        self._begin_next(kind)
        self.busy_changed.emit()

    def _kind_of(self, sender: QObject) -> str:
        return next(kind for kind, job in self._jobs.items() if job is sender)

    @Slot()
    def _read_mailboxes(self) -> None:
        for kind, job in list(self._jobs.items()):
            message = job.take_message()
            if message is not None:
                self.reported.emit(kind, message)
