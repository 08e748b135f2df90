"""Draws the small pictures of the sources in sight, and says what they have of the recording."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.sources.source_row import SourceRow
from isnmf_gui.gui.sources.sources_panel import SourcesPanel
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.source_scenes import small_levels, source_scene
from isnmf_gui.session.document.source_shares import source_shares, whole_percents

#: While a run goes on there is another picture many times a second; so many milliseconds pass
#: between two that are drawn.
LIVE_MS = 250


class SourcePictures(QObject):
    """Follows the run that is shown with the pictures and shares in the rows.

    Parameters
    ----------
    controller : Controller
        Knows the run and the recording's picture.
    panel : SourcesPanel
        Whose rows.
    """

    def __init__(self, controller: Controller, panel: SourcesPanel) -> None:
        super().__init__(controller)
        self._controller, self._panel = controller, panel
        self._logarithmic = True
        self._drawn: set[int] = set()
        self._timer = QTimer(self)  # several changes of one moment are drawn once
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.draw)
        controller.document_changed.connect(self._document_changed)
        panel.uncovered.connect(self._uncovered)
        panel.scrolled.connect(self._ask)

    @Slot(object, object)
    def _document_changed(self, document: object, changes: Changes) -> None:
        if (
            changes.shown_run
            or changes.parts
            or changes.sources
            or changes.guidance
            or changes.mask
        ):
            self._drawn.clear()
            self._ask()

    @Slot(bool)
    def set_logarithmic(self, on: bool) -> None:
        """Choose the frequency axis of the pictures."""
        self._logarithmic = on
        self._drawn.clear()
        self._ask()

    @Slot(int)
    def _uncovered(self, source_id: int) -> None:
        self._drawn.discard(source_id)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if not self._timer.isActive():
            self._timer.start(LIVE_MS if self._controller.running.is_on else 0)

    @property
    def is_waiting(self) -> bool:
        """Whether pictures are to be drawn soon."""
        return self._timer.isActive()

    @Slot()
    def draw(self) -> None:
        """Draw the pictures in sight that are not as the run is now, and tell all shares."""
        run = self._controller.shown_run()
        if run is None or self._controller.pictures is None or not self._panel.isVisible():
            return
        rows = [row for row in self._panel.rows if not row.visibleRegion().isEmpty()]
        rows = [row for row in rows if row.source.id not in self._drawn]
        if not rows:
            return
        self._tell_shares(run)
        for row in rows:
            row.picture.show_levels(self._levels(run, row))
            self._drawn.add(row.source.id)

    def _tell_shares(self, run: Run) -> None:
        shares = source_shares(run)
        percents = whole_percents(shares.tolist())
        is_estimate = run.separation.energies is None
        for row, share, percent in zip(self._panel.rows, shares.tolist(), percents, strict=True):
            row.show_share(share, percent, is_estimate, run.separation.region_s is not None)

    def _levels(self, run: Run, row: SourceRow) -> NDArray[np.uint8]:
        pictures, kind = self._controller.pictures, self._controller.document.mask
        assert pictures is not None
        scene = source_scene(run, pictures, run.source(row.source.id), kind)
        return small_levels(scene, *row.picture.pixels(), self._logarithmic)
