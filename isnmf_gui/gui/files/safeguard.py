"""What is asked before the window closes or another file is opened.

The questions come first: nothing is stopped before the person has said so, and what goes on goes
on while a question is open. Where it ends by itself meanwhile, the question goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QMessageBox
from shiboken6 import isValid

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.files.unsaved import ask_about_run, ask_about_unsaved, ask_to_wait
from isnmf_gui.texts import tr

if TYPE_CHECKING:
    from isnmf_gui.gui.files.file_desk import FileDesk

#: Jobs that end with the window, and those that end with what is open.
OF_WINDOW = ("export", "split", "save", "plot")
OF_DOCUMENT = ("split", "save")
Act = Callable[[], object]


class Safeguard(QObject):
    """Lets acts that end work or jobs wait until the person agrees.

    Parameters
    ----------
    controller : Controller
        Knows what goes on.
    files : FileDesk
        Saves.
    window : QMainWindow
        What is asked belongs to it.
    """

    #: Something for the status bar.
    noticed = Signal(str)

    def __init__(self, controller: Controller, files: FileDesk, window: QMainWindow) -> None:
        super().__init__(controller)
        self._controller, self._files, self._window = controller, files, window
        self._box: QMessageBox | None = None
        self._after_run: Act | None = None
        self._after_jobs: tuple[Act, Sequence[str]] | None = None
        controller.running.ended.connect(self._run_ended)
        controller.jobs.busy_changed.connect(self._jobs_changed)
        controller.jobs.stopped.connect(self._stopped)

    def when_safe(self, then: Act, kinds: Sequence[str] = OF_DOCUMENT) -> None:
        """Do something that ends the work, once that is saved or the person discards it.

        Parameters
        ----------
        then : callable
            What is to be done.
        kinds : sequence of str
            Jobs that it would cancel.
        """
        if self._box is not None and isValid(self._box) and self._box.isVisible():
            self._box.activateWindow()  # one question at a time
            return
        self._after_run = self._after_jobs = None
        if self._busy(kinds):
            self._ask_to_wait(then, kinds)
        else:
            self._end_work(then, kinds)

    def is_needed(self) -> bool:
        """Tell whether closing the window would end work, or a job that is worth it."""
        return self._files.is_unsaved or bool(self._busy(("run", *OF_WINDOW)))

    def _busy(self, kinds: Sequence[str]) -> list[str]:
        return [kind for kind in kinds if self._controller.is_busy(kind)]

    # -- jobs ---------------------------------------------------------------------------------

    def _ask_to_wait(self, then: Act, kinds: Sequence[str]) -> None:
        busy = self._busy(kinds)
        self._after_jobs = then, kinds

        def wait() -> None:
            self._after_jobs = then, kinds
            self.noticed.emit(tr("Waiting until that has ended …"))

        def do_not() -> None:
            self._after_jobs = None
            self._end_work(lambda: self._cancel(busy, then), ())

        def go_back() -> None:
            self._after_jobs = None

        self._box = ask_to_wait(self._window, busy, wait, do_not, go_back)

    def _cancel(self, kinds: Sequence[str], then: Act) -> None:
        for kind in kinds:
            self._controller.cancel(kind)
        then()

    @Slot()
    def _jobs_changed(self) -> None:
        """Go on once nothing is waited for any more, unless a message came of it."""
        if self._after_jobs is None or self._busy(self._after_jobs[1]):
            return
        (then, kinds), self._after_jobs = self._after_jobs, None
        self._take_back_question()
        if not any(box.isVisible() for box in self._window.findChildren(QMessageBox)):
            self.when_safe(then, kinds)

    @Slot(str)
    def _stopped(self, kind: str) -> None:
        """Wait no more where the person has stopped what was waited for."""
        if self._after_jobs is not None and kind in self._after_jobs[1]:
            self._after_jobs = None

    def _take_back_question(self) -> None:
        """Close the question, which has no object any more."""
        box, self._box = self._box, None
        if box is not None and isValid(box):
            box.hide()
            box.deleteLater()

    # -- the run and unsaved work -------------------------------------------------------------

    def _end_work(self, then: Act, kinds: Sequence[str]) -> None:
        if self._controller.is_busy("run"):
            self._ask_about_run(then, kinds)
        elif self._files.is_unsaved:
            self._box = ask_about_unsaved(
                self._window, self._files.name, lambda: self._save_and(then, kinds), then
            )
        else:
            then()

    def _save_and(self, then: Act, kinds: Sequence[str]) -> None:
        """Save, then ask again: it may have been changed meanwhile, or not have been saved."""
        if self._files.is_unsaved:
            self._files.save_and(lambda: self.when_safe(then, kinds))
        else:
            then()

    def _ask_about_run(self, then: Act, kinds: Sequence[str]) -> None:
        self._after_run = lambda: self.when_safe(then, kinds)  # if it ends by itself

        def stop_and(act: Act) -> Act:
            def stop() -> None:
                self._after_run = act
                self._controller.cancel("run")

            return stop

        def go_back() -> None:
            self._after_run = None

        self._box = ask_about_run(
            self._window,
            len(self._controller.running.waiting),
            stop_and(lambda: self._save_and(then, kinds)),
            stop_and(then),
            go_back,
        )

    @Slot()
    def _run_ended(self) -> None:
        then, self._after_run = self._after_run, None
        if then is not None:
            self._take_back_question()
            then()
