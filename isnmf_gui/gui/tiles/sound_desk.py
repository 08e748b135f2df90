"""Finding out what components sound like, away from the window: in an hour it takes a second."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.tiles.components_panel import ComponentsPanel
from isnmf_gui.session.document.component_sounds import descriptors_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.files.progress import Report
from isnmf_gui.spectral.hearing.descriptors import Descriptors

#: While a run goes on, its components are listened to this often at most.
REST_MS = 500


class SoundDesk(QObject):
    """Describes the components of the run that is shown whenever they are others.

    Parameters
    ----------
    controller : Controller
        Whose jobs do it, as the job "describe".
    tiles : ComponentsPanel
        Wants it, and gets it.
    """

    def __init__(self, controller: Controller, tiles: ComponentsPanel) -> None:
        super().__init__(controller)
        self._controller, self._tiles = controller, tiles
        self._wanted: Run | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)
        tiles.sounds_wanted.connect(self._want)
        controller.jobs.ended.connect(self._ended)
        controller.recording_opened.connect(self._forget)

    @Slot(object)
    def _want(self, run: Run) -> None:
        """Describe a run, or do it next: the last that was wanted counts."""
        self._wanted = run
        self._begin()

    @Slot()
    def _begin(self) -> None:
        run, jobs = self._wanted, self._controller.jobs
        if run is None or jobs.is_busy("describe") or self._rest.isActive():
            return
        self._wanted = None
        jobs.start("describe", partial(_described, run), self._found, stands_back=True)
        if run is self._controller.running.run:
            self._rest.start()

    @Slot(object)
    def _found(self, found: tuple[Run, Descriptors]) -> None:
        self._tiles.show_sounds(*found)

    @Slot(str)
    def _ended(self, kind: str) -> None:
        if kind == "describe":
            self._begin()

    @Slot()
    def _forget(self) -> None:
        self._wanted = None


def _described(run: Run, report: Report) -> tuple[Run, Descriptors]:
    return run, descriptors_of(run)
