"""What must not happen, wherever it does: exceptions, complaints of Qt, a window that hangs."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    Slot,
    qInstallMessageHandler,
)

from tests.monkey.belongings import within

BEAT_MS = 50
#: What Qt says without there being a fault of the program, and why.
HARMLESS = (
    # Of the offscreen platform: there is no window manager, nor another program's window.
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
    "This plugin does not support grabbing the mouse",
    # Of QTest: people drag beyond the edges of a window too.
    "Mouse event at",
)
#: Where a program may write besides its folder.
NOBODYS = ("/dev/", "/proc/")
WRITES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "shutil.rmtree")

Tell = Callable[[str, str], None]


class LogWatch(logging.Handler):
    """Tells of errors in the log; warnings are what people are shown too.

    Parameters
    ----------
    tell : callable
        Takes a kind of fault and what is known of it. From any thread.
    """

    def __init__(self, tell: Tell) -> None:
        super().__init__(logging.ERROR)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        self._tell("an error in the log", f"{record.getMessage()}\n{trace}")


def watch_exceptions(tell: Tell) -> None:
    """Tell of every exception that nobody catches, of warnings and of errors in the log."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        tell("an exception", "".join(traceback.format_exception(kind, error, trace)))

    def unraisable(args: sys.UnraisableHookArgs) -> None:
        lines = traceback.format_exception(args.exc_type, args.exc_value, args.exc_traceback)
        tell("an exception in passing", f"{args.err_msg} {args.object!r}\n{''.join(lines)}")

    def warned(
        message: Warning | str, kind: type[Warning], file: str, line: int, *_: object
    ) -> None:
        stack = "".join(traceback.format_stack(limit=12))
        tell("a warning of Python", f"{kind.__name__}: {message} ({file}:{line})\n{stack}")

    sys.excepthook, sys.unraisablehook = hook, unraisable
    threading.excepthook = lambda args: hook(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )
    warnings.simplefilter("always")
    # Of sounddevice, in its callback for every buffer.
    warnings.filterwarnings("ignore", "Setting the shape on a NumPy array", DeprecationWarning)
    warnings.showwarning = warned
    logging.getLogger().addHandler(LogWatch(tell))


def watch_qt(tell: Tell) -> None:
    """Tell of every warning of Qt that is not known to be harmless."""

    def handler(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        serious = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if serious and not text.startswith(HARMLESS):
            tell("a warning of Qt", f"{text}\n{''.join(traceback.format_stack(limit=12))}")

    qInstallMessageHandler(handler)


def watch_writing(tell: Tell, folder: Path) -> None:
    """Tell of files that Python opens to write, makes or removes outside of a folder."""

    def check(path: object) -> None:
        if isinstance(path, int) or path is None:
            return
        text = os.fsdecode(path)  # type: ignore[arg-type]
        if not text.startswith(NOBODYS) and not within(text, folder):
            tell("a file outside of its folder", "".join(traceback.format_stack(limit=12)) + text)

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event == "open" and isinstance(args[2], int):
            if args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
                check(args[0])
        elif event in WRITES:
            check(args[0])

    sys.addaudithook(hook)


class Pulse(QObject):
    """Feels the window's pulse: tells when its event loop stood still for too long.

    Time in which the system gave the processor to others does not count.

    Parameters
    ----------
    tell : callable
        Takes a kind of fault and what is known of it.
    longest_s : float
        What is not yet a hang.
    stacks : Path
        A file for what goes on during a hang.
    """

    def __init__(self, tell: Tell, longest_s: float, stacks: Path) -> None:
        super().__init__()
        self._tell, self._longest_s = tell, longest_s
        # Without a buffer: what is written past Python would be missed by one.
        self._stacks = stacks.open("w+b", buffering=0)
        self._last_s, self._waited_s = time.monotonic(), _waited_s()
        self.worst_s = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Begin to feel it, with the event loop."""
        self._wait_for_beat()
        self._timer.start(BEAT_MS)

    @Slot()
    def beat(self) -> None:
        """Measure the time since the last beat."""
        now_s, waited_s = time.monotonic(), _waited_s()
        still_s = now_s - self._last_s - (waited_s - self._waited_s)
        self.worst_s = max(self.worst_s, still_s)
        if still_s > self._longest_s:
            self._stacks.seek(0)
            self._tell("a hang", f"of {still_s:.2f} s\n{self._stacks.read().decode()}")
        self._wait_for_beat()

    def _wait_for_beat(self) -> None:
        self._last_s, self._waited_s = time.monotonic(), _waited_s()
        self._stacks.seek(0)
        self._stacks.truncate()
        faulthandler.dump_traceback_later(self._longest_s, file=self._stacks)

    def stop(self) -> None:
        """Feel it no more."""
        self._timer.stop()
        faulthandler.cancel_dump_traceback_later()
        self._stacks.close()


def _waited_s() -> float:
    """Return for how long this thread was ready and did not get a processor."""
    try:
        fields = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text().split()
    except OSError:  # not on Linux
        return 0.0
    return int(fields[1]) / 1e9
