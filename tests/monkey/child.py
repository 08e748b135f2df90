"""The process that a monkey lives in: faults are written down, and end it."""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pyqtgraph  # noqa: F401 - as the program does, before any window
from PySide6.QtCore import QSettings
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.app import keep_blas_to_one_thread, keep_collections_short
from tests.monkey.belongings import Belongings
from tests.monkey.life import Monkey, Plan
from tests.monkey.listening import begin_to_listen
from tests.monkey.traces import growth, let_go, threads_left
from tests.monkey.watch import Pulse, watch_exceptions, watch_qt, watch_writing


class Faults:
    """What was found, each written into a file at once: the process may not live on.

    Parameters
    ----------
    path : Path
        Lines of JSON.
    goes_on : bool
        Whether to look for more; the same is told once.
    """

    def __init__(self, path: Path, goes_on: bool) -> None:
        self._file = path.open("w", buffering=1)
        self._goes_on = goes_on
        self._told: set[str] = set()
        self.monkey: Monkey | None = None

    def tell(self, kind: str, what: str) -> None:
        """Write a fault down. From any thread."""
        where = [line for line in what.splitlines() if "isnmf_gui/" in line]
        key = f"{kind}: {where[-1] if where else what[:60]}"
        if key in self._told:
            return
        self._told.add(key)
        number, before = -1, "\n"
        if self.monkey is not None:
            number, before = self.monkey.next - 1, "\n".join(("", "after", *self.monkey.recent))
        fault = {"number": number, "kind": kind, "what": what.rstrip() + before}
        self._file.write(json.dumps(fault) + "\n")
        if not self._goes_on and threading.current_thread() is threading.main_thread():
            QApplication.exit(1)

    def __len__(self) -> int:
        return len(self._told)


def live(folder: Path, plan: Plan, longest_s: float, goes_on: bool) -> int:
    """Live by a plan; return the number of faults."""
    faults = Faults(folder.parent / "faults", goes_on)
    os.chdir(folder)
    app = QApplication([])
    app.setApplicationName("isnmf-gui")
    app.setQuitOnLastWindowClosed(False)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "config"))
    keep_blas_to_one_thread()
    belongings = Belongings(folder)
    QDesktopServices.openUrl = lambda url: True  # no other program is to open
    watch_exceptions(faults.tell)
    watch_qt(faults.tell)
    watch_writing(faults.tell, folder.parent)
    if plan.listens:
        begin_to_listen()
    threads = set(threading.enumerate())
    monkey = faults.monkey = Monkey(plan, belongings, folder.parent / "journal", faults.tell)
    pulse = Pulse(faults.tell, longest_s, folder.parent / "stacks")
    keep_collections_short()
    pulse.start()
    monkey.begin()
    app.exec()
    pulse.stop()
    monkey.end()
    _look_back(faults, monkey, threads)
    print(f"{monkey.n_windows} windows; the longest standstill took {pulse.worst_s:.2f} s")
    return len(faults)


def _look_back(faults: Faults, monkey: Monkey, threads: set[threading.Thread]) -> None:
    """Tell of what is left once the window is closed."""
    let_go()
    gc.collect()
    for name in threads_left(threads):
        faults.tell("a thread is left", name)
    if found := growth(monkey.measured):
        faults.tell("it grows", found)
    for traces in monkey.measured:
        print("at rest:", traces)


def main(arguments: Sequence[str]) -> int:
    """Take a folder, numbers of a plan, the longest standstill, and whether to go on, to listen."""
    folder, seed, start, stop, rest_every, longest_s, goes_on, listens = arguments
    faulthandler.enable()
    plan = Plan(int(seed), int(start), int(stop), int(rest_every), listens == "on")
    return min(live(Path(folder), plan, float(longest_s), goes_on == "on"), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
