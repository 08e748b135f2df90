"""Signals that ask the program to end: Ctrl+C, SIGTERM, a terminal or session that closes.

Python handles a signal between any two steps of the main thread, also of one that holds a lock.
So nothing is done there: the signal is noted in a socket, which the event loop reads when it gets
to it, in the loop of a dialog too. Those that follow the first change nothing.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from shiboken6 import isValid

#: Windows has no SIGHUP, the others no SIGBREAK.
NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class EndSignals:
    """Notes signals from now on, for whoever heeds them once there is an event loop.

    A signal that the program was started to ignore, as `nohup` does, stays ignored.
    """

    def __init__(self) -> None:
        self._heeding: _Heeding | None = None
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        for name in NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _noted)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)

    def heed(self, parent: QObject, leave: Callable[[], object]) -> None:
        """Call something from the event loop once a signal has come, or if one has already."""
        self._heeding = _Heeding(self._read, parent, leave)

    def close(self) -> None:
        """Note no more signals: the event loop has ended, and with it all that they could end."""
        signal.set_wakeup_fd(-1)
        if self._heeding is not None and isValid(self._heeding):
            self._heeding.stop()
        self._read.close()
        self._write.close()


class _Heeding(QObject):
    """Waits for the first signal."""

    def __init__(self, read: socket.socket, parent: QObject, leave: Callable[[], object]) -> None:
        super().__init__(parent)
        self._leave = leave
        self._notifier = QSocketNotifier(read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._came)

    @Slot()
    def _came(self) -> None:
        self.stop()
        self._leave()

    def stop(self) -> None:
        """Look at the socket no more."""
        self._notifier.setEnabled(False)


def _noted(_number: int, _frame: object) -> None:
    """Do nothing: that a signal came is in the socket already."""
