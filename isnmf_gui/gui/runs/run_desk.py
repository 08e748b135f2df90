"""How the list of runs, the loss plot and the run's actions follow the runs and act on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.region import RegionModel
from isnmf_gui.gui.control.run_queue import compared
from isnmf_gui.gui.runs.loss_panel import LossPanel
from isnmf_gui.gui.runs.memory_question import ask_to_go_on
from isnmf_gui.gui.runs.run_rows import rows_of
from isnmf_gui.gui.runs.runs_panel import RunsPanel
from isnmf_gui.gui.runs.settings_panel import SettingsPanel
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.runs.memory_need import find_shortage
from isnmf_gui.session.runs.settings import Settings


class RunDesk(QObject):
    """Connects the runs with their settings, their list and their curves."""

    def __init__(
        self,
        controller: Controller,
        region: RegionModel,
        settings: SettingsPanel,
        runs: RunsPanel,
        loss: LossPanel,
    ) -> None:
        super().__init__(controller)
        self._controller, self._region = controller, region
        self._settings, self._runs, self._loss = settings, runs, loss
        running = controller.running
        news = (running.progressed, running.started, running.paused, running.ended)
        for signal in (*news, running.waiting_dropped):
            signal.connect(self.refresh)
        controller.document_changed.connect(self._document_changed)
        settings.mask_chosen.connect(controller.set_mask)
        settings.separate_wanted.connect(self.separate)
        runs.hidden_changed.connect(self.refresh)
        runs.chosen.connect(controller.choose_run)
        runs.renamed.connect(controller.rename_run)
        runs.delete_wanted.connect(controller.delete_run)
        runs.continue_wanted.connect(self._continue)
        runs.pause_wanted.connect(running.pause)
        runs.cancel_wanted.connect(running.cancel)

    @Slot(object, object)
    def _document_changed(self, document: Document, changes: Changes) -> None:
        if changes.recording or changes.mask:
            self._settings.show_mask(document.mask)
        if changes.recording or changes.runs or changes.shown_run:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the runs as they are now."""
        rows = rows_of(self._controller.document, self._controller.running)
        self._runs.show_rows(rows)
        self._loss.show_rows(rows, self._runs.model.hidden)

    # -- actions ------------------------------------------------------------------------------

    @Slot()
    def separate(self) -> None:
        """Start a run with the settings shown."""
        self._begin(None)

    def separate_region(self) -> None:
        """Start a run of the marked region only."""
        self._begin(self._region.region_s)

    def _begin(self, region_s: tuple[float, float] | None) -> None:
        settings, n_threads = self._wanted()
        begin = partial(self._controller.running.separate, settings, n_threads, region_s)
        self._if_it_fits([settings], region_s, begin)

    def compare(self) -> None:
        """Run every rule with the settings shown."""
        settings, n_threads = self._wanted()
        begin = partial(self._controller.running.compare, settings, n_threads)
        self._if_it_fits(compared(settings), None, begin)

    def _if_it_fits(
        self,
        runs: Sequence[Settings],
        region_s: tuple[float, float] | None,
        begin: Callable[[], object],
    ) -> None:
        """Begin, but ask first if there is not enough memory for it."""
        recording = self._controller.document.recording
        short = find_shortage(recording, runs, region_s) if recording else None
        if short is None:
            begin()
        else:
            ask_to_go_on(self._runs.window(), short, begin)

    def _wanted(self) -> tuple[Settings, int | None]:
        """Return the settings that are shown, and the number of threads."""
        settings = self._settings
        settings.setFocus()  # a number being typed counts
        return settings.settings(), settings.n_threads()

    def pause(self) -> None:
        """Pause the run that goes on, or resume it."""
        running = self._controller.running
        running.pause(not running.is_paused)

    def continue_chosen(self) -> None:
        """Continue the run that is seen and heard."""
        run = self._controller.document.current_run
        if run is not None:
            self._continue(run.id, self._runs.n_more_of(run.id))

    @Slot(int, int)
    def _continue(self, run_id: int, n_more: int) -> None:
        n_threads = self._settings.n_threads()
        begin = partial(self._controller.continue_run, run_id, n_more, n_threads)
        run = next((it for it in self._controller.document.runs if it.id == run_id), None)
        if run is None:
            begin()  # which says that it is gone
        else:
            self._if_it_fits([run.separation.settings], run.separation.region_s, begin)
