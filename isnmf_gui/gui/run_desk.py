"""How the list of runs, the loss plot and the run's actions follow the runs and act on them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from isnmf_gui.gui.controller import Controller
from isnmf_gui.gui.panels.run_rows import rows_of
from isnmf_gui.gui.panes import Panes
from isnmf_gui.session.settings import Settings


class RunDesk(QObject):
    """Connects the runs with their list and their curves."""

    def __init__(self, controller: Controller, panes: Panes) -> None:
        super().__init__(controller)
        self._controller, self._panes = controller, panes
        running, runs = controller.running, panes.runs
        news = (running.progressed, running.started, running.paused, running.ended)
        for signal in (*news, running.waiting_dropped):
            signal.connect(self.refresh)
        controller.document_changed.connect(self.refresh)
        runs.hidden_changed.connect(self.refresh)
        runs.chosen.connect(controller.choose_run)
        runs.renamed.connect(controller.rename_run)
        runs.delete_wanted.connect(controller.delete_run)
        runs.continue_wanted.connect(self._continue)
        runs.pause_wanted.connect(running.pause)
        runs.cancel_wanted.connect(running.cancel)

    @Slot()
    def refresh(self) -> None:
        """Show the runs as they are now."""
        rows = rows_of(self._controller.document, self._controller.running)
        self._panes.runs.show_rows(rows)
        self._panes.loss.show_rows(rows, self._panes.runs.model.hidden)

    # -- actions ------------------------------------------------------------------------------

    def separate(self) -> None:
        """Start a run with the settings shown."""
        self._controller.running.separate(*self._wanted())

    def separate_region(self) -> None:
        """Start a run of the marked region only."""
        self._controller.running.separate(*self._wanted(), self._panes.region.region_s)

    def compare(self) -> None:
        """Run every rule with the settings shown."""
        self._controller.running.compare(*self._wanted())

    def _wanted(self) -> tuple[Settings, int | None]:
        """Return the settings that are shown, and the number of threads."""
        settings = self._panes.settings
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
            self._continue(run.id, self._panes.runs.n_more)

    @Slot(int, int)
    def _continue(self, run_id: int, n_more: int) -> None:
        self._controller.continue_run(run_id, n_more, self._panes.settings.n_threads())
