"""Runs while they go on: starting, stopping, and the snapshots that come of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from isnmf_gui.gui.jobs import Jobs
from isnmf_gui.gui.live import LiveRun, separate_watched
from isnmf_gui.session.document import Document, Run, make_run
from isnmf_gui.session.separation import Separation
from isnmf_gui.session.settings import Settings


class Running(QObject):
    """The factorization that goes on, if any. GUI thread only.

    Parameters
    ----------
    jobs : Jobs
        Where it runs, as the job "run".
    document : callable
        Returns the document of the moment.
    parent : QObject
        Owner.

    Attributes
    ----------
    live : LiveRun or None
        The newest snapshot.
    run : Run or None
        What the document would hold if the run ended with this snapshot; its mix can be edited.
    """

    #: A run starts: its settings.
    started = Signal(object)
    #: There is a newer snapshot.
    progressed = Signal(object)
    #: A run came to its end with a result, also by being cancelled: the `Run`.
    separated = Signal(object)
    #: No run goes on any more, whatever came of it.
    ended = Signal()

    def __init__(self, jobs: Jobs, document: Callable[[], Document], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._document = document
        self.live: LiveRun | None = None
        self.run: Run | None = None
        jobs.reported.connect(self._reported)
        jobs.ended.connect(self._job_ended)

    def separate(self, settings: Settings, n_threads: int | None = None) -> None:
        """Start a run, by default with a thread for every core."""
        recording = self._document().recording
        if recording is None or self._jobs.is_busy("run"):
            return
        self.started.emit(settings)
        work = partial(separate_watched, recording, settings, n_threads)
        self._jobs.start("run", work, self._separated)

    def cancel(self) -> None:
        """Stop the run and keep what it has reached."""
        self._jobs.cancel("run")

    def edit(self, run: Run) -> None:
        """Take an edited mix of the run that goes on."""
        self.run = run

    def _with(self, separation: Separation) -> Run:
        """Return the run with a newer result."""
        if self.run is None or len(self.run.components) != separation.settings.n_bases:
            return make_run(self._document(), separation)
        return replace(self.run, separation=separation)

    @Slot(str, object)
    def _reported(self, kind: str, message: object) -> None:
        if kind != "run" or message is self.live:
            return
        assert isinstance(message, LiveRun)
        if message.separation.recording is not self._document().recording:
            return  # another one was opened: this run is being stopped
        self.live, self.run = message, self._with(message.separation)
        self.progressed.emit(message)

    @Slot(object)
    def _separated(self, separation: Separation) -> None:
        run = self._with(separation)
        self.live = self.run = None
        if separation.recording is self._document().recording:
            self.separated.emit(run)

    @Slot(str)
    def _job_ended(self, kind: str) -> None:
        if kind == "run":
            self.live = self.run = None
            self.ended.emit()
