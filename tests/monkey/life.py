"""A monkey's life: deeds from a timer, so that they go on inside of menus and dialogs too."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from isnmf_gui.gui.appearance.theme import Choice, Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.window.main_window import MainWindow
from tests.monkey.belongings import Belongings
from tests.monkey.deeds import Deeds
from tests.monkey.hands import Hands
from tests.monkey.invariants import contradictions
from tests.monkey.listening import listen
from tests.monkey.sights import topmost
from tests.monkey.traces import Traces, measure
from tests.monkey.watch import Tell

#: A window that is not at rest after so long never will be.
REST_S = 60.0
#: Between deeds: mostly none, so that they meet what is going on at every moment of it.
PAUSES_MS = (0, 0, 0, 2, 2, 5, 20, 80)
#: So many deeds are told with a fault.
RECENT = 6
#: After so many deeds a screen reader asks everything what it is.
LISTENED = 20
JOBS = ("open", "run", "export", "split", "suggest", "save", "keep", "plot", "devices")


@dataclass(frozen=True)
class Plan:
    """What is to be done.

    Attributes
    ----------
    seed : int
        Of the dice.
    start, stop : int
        Numbers of the first deed, and of that after the last.
    rest_every : int
        Memory is measured after so many deeds.
    listens : bool
        Whether a screen reader listens, for which PySide keeps a little of every widget.
    """

    seed: int
    start: int
    stop: int
    rest_every: int
    listens: bool


class Monkey(QObject):
    """Does one deed after another to the window, and opens another one if it closes it.

    Every deed has dice of its own, so that one plan does the same wherever it starts.
    """

    def __init__(self, plan: Plan, belongings: Belongings, journal: Path, tell: Tell) -> None:
        super().__init__()
        self._plan, self._belongings, self._tell = plan, belongings, tell
        self._journal = journal.open("w", buffering=1)
        self._hands = Hands()
        self._deeds = Deeds(self._hands, belongings)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)
        self._levels: list[int] = []
        self._resting = self._is_over = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._theme = Theme(app, Choice.SYSTEM)
        self.window = self._open_window()
        self.next = plan.start
        self.n_windows = 1
        self.measured: list[Traces] = []
        self.recent: deque[str] = deque(maxlen=RECENT)

    def begin(self) -> None:
        """Begin, with the event loop."""
        self._soon(0)

    def _open_window(self) -> MainWindow:
        """Start the program again, as `app.main` does."""
        window = MainWindow(self._theme, Preferences())
        window.show()
        QTimer.singleShot(0, window.recovery, window.recovery.offer)
        window.files.open(self._belongings.usual)
        return window

    def _soon(self, delay_ms: int) -> None:
        """Come back, also within a loop that the next deed begins."""
        self._timer.start(delay_ms)

    @Slot()
    def _tick(self) -> None:
        """Do the next deed, unless it would fall into the middle of another one."""
        if self._is_over:
            return
        level = QThread.currentThread().loopLevel()
        if self._levels and level <= self._levels[-1]:
            self._soon(2)  # a deed lets events through: no dialog waits
            return
        if self._resting:
            self._come_to_rest(level)
        elif self.next < self._plan.stop:
            self._levels.append(level)
            try:
                self._do(random.Random(f"{self._plan.seed}/{self.next}"))
            finally:
                self._levels.pop()
        else:
            self._resting = True
            self._soon(0)

    def _do(self, dice: random.Random) -> None:
        number, self.next = self.next, self.next + 1
        self._resting = self.next % self._plan.rest_every == 0
        if not self.window.isVisible():
            self._replace_window()
        self._soon(dice.choice(PAUSES_MS))
        self._journal.write(f"{number}\t…\n")  # should it be the last
        told = self._deeds.do(self.window, dice)
        self._journal.write(f"{number}\t{told}\n")
        self.recent.append(f"  {number} {told}")
        self.check()

    def _replace_window(self) -> None:
        self._hands.held = None
        for box in self.window.findChildren(QDialog):
            box.close()
        self.window.deleteLater()
        self.window = self._open_window()
        self.n_windows += 1

    def check(self) -> None:
        """Compare the window with the document."""
        if self.window.isVisible():
            for sentence in contradictions(self.window):
                self._tell("a contradiction", sentence)
            if self._plan.listens and self.next % LISTENED == 0:
                for sentence in listen(self.window):
                    self._tell("nonsense to listeners", sentence)

    # -- rest ---------------------------------------------------------------------------------

    def _come_to_rest(self, level: int) -> None:
        """Close what is open; once nothing is, measure what is left."""
        top = topmost(self.window)
        self._soon(2)
        if self._hands.held is not None:
            self._hands.let_go(self.window.rect().center())
        elif top is not self.window:
            top.close()
        elif level <= 1:
            self._levels.append(level)
            try:
                self._measure()
            finally:
                self._levels.pop()
            self._resting = False
            if self.next >= self._plan.stop:
                self._is_over = True
                QApplication.exit()

    def _measure(self) -> None:
        """Open the same recording each time, wait until nothing goes on, and measure."""
        if not self.window.isVisible():
            self._replace_window()
        controller = self.window.controller
        for kind in JOBS:
            controller.cancel(kind)
        self._until(lambda: not any(controller.is_busy(kind) for kind in JOBS))
        controller.history.mark_saved(controller.history.step)
        self.window.resize(1360, 860)
        self.window.files.open(self._belongings.usual)
        controller.player.stop()
        self._until(lambda: not any(controller.is_busy(kind) for kind in JOBS))
        QTest.qWait(50)
        self.check()
        self.measured.append(measure())
        self._journal.write(f"{self.next}\tat rest: {self.measured[-1]}\n")

    def _until(self, condition: Callable[[], bool]) -> None:
        limit_s = time.monotonic() + REST_S
        while not condition():
            QTest.qWait(5)
            if time.monotonic() > limit_s:
                busy = [kind for kind in JOBS if self.window.controller.is_busy(kind)]
                self._tell("no rest", f"{busy} did not end within {REST_S:.0f} s")
                return

    def end(self) -> None:
        """Close the window."""
        self._is_over = True
        self.window.files.close_now()
        for box in self.window.findChildren(QDialog):
            box.close()
        self.window.deleteLater()
        self._journal.close()
