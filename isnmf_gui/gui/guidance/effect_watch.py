"""Finds in the background what the strokes do that are to be seen, and which say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.guidance.guidance_panel import GuidancePanel
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.memberships import silent_strokes
from isnmf_gui.session.document.stroke_effects import Effect, effects_of
from isnmf_gui.session.files.progress import Report

JOB = "effects"
#: Strokes that are painted in quick turns are looked at together.
DELAY_MS = 150


@dataclass(frozen=True, eq=False)
class Found:
    """What was found of the strokes of a run.

    Attributes
    ----------
    run : Run
        As it was then.
    asked : frozenset of int
        The strokes that were looked at.
    effects : mapping of int to Effect
        Of those of them that count.
    silent : frozenset of int
        Numbers of all strokes that say nothing.
    """

    run: Run
    asked: frozenset[int]
    effects: Mapping[int, Effect]
    silent: frozenset[int]


class EffectWatch(QObject):
    """Looks anew a moment after something has changed; the newest question counts.

    Parameters
    ----------
    controller : Controller
        Whose run is looked at, as the job "effects".
    panel : GuidancePanel
        Knows which strokes are to be seen.
    """

    #: Something was found of the run that is shown: a `Found`.
    found = Signal(object)

    def __init__(self, controller: Controller, panel: GuidancePanel) -> None:
        super().__init__(panel)
        self._controller, self._panel = controller, panel
        self._known: tuple[Run | None, frozenset[int]] = None, frozenset()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._look)
        panel.looked.connect(self.look_soon)

    @Slot()
    def look_soon(self) -> None:
        """Look in a moment."""
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        run = self._controller.shown_run()
        if run is None or not run.strokes:
            return
        is_known = self._known[0] is run
        wanted = frozenset(it.id for it in self._panel.strokes_seen)
        if is_known and wanted <= self._known[1]:
            return
        jobs = self._controller.jobs
        jobs.cancel(JOB)
        jobs.start(JOB, partial(_found, run, wanted), self._take, stands_back=True)

    def _take(self, found: Found) -> None:
        if self._controller.shown_run() is not found.run:
            return
        known = self._known[1] if self._known[0] is found.run else frozenset()
        self._known = found.run, known | found.asked
        self.found.emit(found)


def _found(run: Run, asked: frozenset[int], report: Report) -> Found:
    """Look. Worker thread."""
    silent = frozenset(it.id for it in silent_strokes(run))
    return Found(run, asked, effects_of(run, asked, lambda: report(None)), silent)
