"""Finds in the background what the strokes do that are to be seen, and which are doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.guidance.guidance_panel import GuidancePanel
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.guidance.memberships import silent_strokes
from isnmf_gui.session.guidance.stroke_doubts import contradictions, doubtful_strokes
from isnmf_gui.session.guidance.stroke_effects import Effect, effects_of

JOB = "effects"
#: Strokes that are painted in quick turns are looked at together.
DELAY_MS = 150
#: Fewer strokes are looked at in some hundredths of a second, of which a run takes no notice.
MOST_AT_ONCE = 500

Notes = Mapping[int, tuple[str, ...]]


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
    notes : mapping of int to tuple of str
        What is wrong with strokes, of all of them: keys of `stroke_words.NOTES`.
    """

    run: Run
    asked: frozenset[int]
    effects: Mapping[int, Effect]
    notes: Notes


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
        self._known: Found | None = None
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
        known = self._known if self._known and self._known.run is run else None
        wanted = frozenset(it.id for it in self._panel.strokes_seen)
        if known is not None and wanted <= known.asked:
            return
        jobs = self._controller.jobs
        jobs.cancel(JOB)
        notes = None if known is None else known.notes
        stands_back = len(run.strokes) > MOST_AT_ONCE
        jobs.start(JOB, partial(_found, run, wanted, notes), self._take, stands_back)

    def _take(self, found: Found) -> None:
        if self._controller.shown_run() is not found.run:
            return
        known = self._known
        asked = known.asked if known is not None and known.run is found.run else frozenset()
        self._known = replace(found, asked=asked | found.asked)
        self.found.emit(found)


def _found(run: Run, asked: frozenset[int], notes: Notes | None, report: Report) -> Found:
    """Look. Worker thread."""
    effects = effects_of(run, asked, lambda: report(None))
    return Found(run, asked, effects, _notes_of(run) if notes is None else notes)


def _notes_of(run: Run) -> Notes:
    notes: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    opposed = [it for each in contradictions(run) for it in (each.stroke, each.other)]
    for note, strokes in (
        ("silent", silent_strokes(run)),
        ("opposed", list(dict.fromkeys(opposed))),
        ("doubtful", doubtful_strokes(run)),
    ):
        for stroke in strokes:
            notes[stroke.id] += (note,)
    return dict(notes)
