"""Runs while they go on: starting, pausing, stopping, and the snapshots that come of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from isnmf_gui.gui.control.jobs import Jobs
from isnmf_gui.session.document.adopting import adopt
from isnmf_gui.session.document.component_factors import is_edited
from isnmf_gui.session.document.continuing import as_fitted
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.runs.run_order import Finished, LiveRun, Pause, RunOrder, follow_run
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.session.runs.settings import LIMITS, Settings

#: The rules that are compared, slowest first.
COMPARED_RULES = ("mm", "me", "fast")


class RunQueue(QObject):
    """The factorization that goes on, if any, and those that wait for it. GUI thread only.

    Parameters
    ----------
    jobs : Jobs
        Where it runs, as the job "run".
    document : callable
        Returns the document of the moment.
    next_run_id : callable
        Returns the number that a new run gets.
    parent : QObject
        Owner.

    Attributes
    ----------
    live : LiveRun or None
        The newest snapshot.
    run : Run or None
        What the document would hold if the run ended with this snapshot; its mix can be edited.
    title : str
        What the person calls the run that goes on, also before its first snapshot.
    settings : Settings or None
        Those of the run that goes on.
    waiting : list of Settings
        Those of the runs that come after it.
    is_shown : bool
        Whether the run that goes on is to be seen and heard, rather than the chosen one.
    is_branch : bool
        Whether it continues another one, whose parts were edited.
    """

    #: A run starts: its settings.
    started = Signal(object)
    #: There is a newer snapshot.
    progressed = Signal(object)
    #: Fewer runs wait: those that did are not begun.
    waiting_dropped = Signal()
    #: The run was paused or goes on again.
    paused = Signal(bool)
    #: A run came to its end with a result, also by being cancelled: the `Run`.
    separated = Signal(object)
    #: No run goes on any more, whatever came of it.
    ended = Signal()

    def __init__(
        self,
        jobs: Jobs,
        document: Callable[[], Document],
        next_run_id: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._document, self._next_run_id = document, next_run_id
        self._pause = Pause()
        self._run_id = 0
        self._n_threads: int | None = None
        self._region_s: tuple[float, float] | None = None
        self._reference: Run | None = None
        self.live: LiveRun | None = None
        self.run: Run | None = None
        self.title = ""
        self.settings: Settings | None = None
        self.waiting: list[Settings] = []
        self.is_shown, self.is_branch = True, False
        jobs.reported.connect(self._reported)
        jobs.ended.connect(self._job_ended)

    @property
    def is_on(self) -> bool:
        """Whether a run goes on, or is paused."""
        return self._jobs.is_busy("run")

    @property
    def is_paused(self) -> bool:
        """Whether it waits to be resumed."""
        return self.is_on and self._pause.is_on

    @property
    def run_id(self) -> int | None:
        """The number that the run has or will have: the same from its start to its end."""
        return None if self.settings is None else self._run_id

    @property
    def chosen_run_id(self) -> int | None:
        """The number of the run to see and hear: the one that goes on, or one of the document."""
        goes_on = self.run_id is not None and self.is_shown
        return self.run_id if goes_on else self._document().current_run_id

    # -- what can be done ---------------------------------------------------------------------

    def separate(
        self,
        settings: Settings,
        n_threads: int | None = None,
        region_s: tuple[float, float] | None = None,
    ) -> None:
        """Start a run, by default of all of the recording and with a thread for every core."""
        self._begin([settings], n_threads, region_s)

    def compare(self, settings: Settings, n_threads: int | None = None) -> None:
        """Run every rule, one after another, each from the same start."""
        self._begin(compared(settings), n_threads, None)

    def continue_run(self, run: Run, n_more: int, n_threads: int | None = None) -> None:
        """Do more iterations of a run of the document, which takes the result in its place.

        They are all done, even if the run ended because its loss had settled. A run whose parts
        were edited stays as it is: the result becomes a run of its own, with its sources and mix.
        """
        if self.is_on or more_possible(run) == 0:
            return
        before, edited = run.separation, is_edited(run)
        total = before.factorization.n_iterations + min(n_more, more_possible(run))
        settings = replace(before.settings, n_iterations=total, tolerance=0.0)
        order = RunOrder(
            before.recording,
            settings,
            n_threads,
            continue_from=before,
            region_s=before.region_s,
        )
        self.is_shown, self._reference, self.is_branch = True, None, edited
        self._start(order, as_fitted(self._document(), run, self._next_run_id()) if edited else run)

    def pause(self, on: bool = True) -> None:
        """Let the run wait after this iteration, or go on."""
        if self.is_on and on != self._pause.is_on:
            self._pause.set(on)
            self.paused.emit(on)

    def cancel(self) -> None:
        """Stop the run and keep what it has reached; those that wait are not begun."""
        self._jobs.cancel("run")
        if self.waiting:
            self.waiting.clear()
            self.waiting_dropped.emit()

    def abandon(self) -> None:
        """Stop the run and forget it: its recording is open no more."""
        self.cancel()
        self.live = self.run = self.settings = self._reference = None

    def edit(self, run: Run) -> None:
        """Take an edited mix of the run that goes on."""
        self.run = run

    def rename(self, title: str) -> None:
        """Call the run that goes on something else."""
        self.title = title.strip()
        if self.run is not None:
            self.run = replace(self.run, title=self.title)

    # -- how it goes --------------------------------------------------------------------------

    def _begin(
        self,
        runs: list[Settings],
        n_threads: int | None,
        region_s: tuple[float, float] | None,
    ) -> None:
        if self._document().recording is None or self.is_on:
            return
        self.waiting, self._n_threads, self._region_s = runs, n_threads, region_s
        self.is_shown, self.is_branch = True, False
        self._reference = self._document().current_run
        self._start_next()

    def _start_next(self) -> None:
        recording = self._document().recording
        assert recording is not None
        reference = self._reference.separation if self._reference else None
        settings = self.waiting.pop(0)
        order = RunOrder(
            recording, settings, self._n_threads, reference=reference, region_s=self._region_s
        )
        self._start(order, None)

    def _start(self, order: RunOrder, run: Run | None) -> None:
        self._pause = Pause()
        self.run, self.settings = run, order.settings
        self._run_id = run.id if run else self._next_run_id()
        self.title = run.title if run else ""
        work = partial(follow_run, order, self._pause)
        self._jobs.start("run", work, self._separated, stands_back=True)
        self.started.emit(order.settings)

    def _with(self, separation: Separation) -> Run:
        """Return the run with a newer result."""
        if self.run is None:
            made = make_run(self._document(), separation)
            return replace(made, id=self._run_id, title=self.title)
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
    def _separated(self, finished: Finished) -> None:
        run = self._with(finished.separation)
        if self._reference is not None:
            run = adopt(run, self._reference, finished.pairs)
        self.live = self.run = self.settings = None
        if finished.separation.recording is self._document().recording:
            self._reference = run
            self.separated.emit(run)

    @Slot(str)
    def _job_ended(self, kind: str) -> None:
        if kind != "run":
            return
        went_well = self.settings is None
        self.live = self.run = self.settings = None
        if self._pause.is_on:  # cancelled while it was paused
            self._pause.set(False)
            self.paused.emit(False)
        if self.waiting and went_well:
            self._start_next()
            return
        self.waiting.clear()
        self._reference = None
        self.is_shown = True
        self.ended.emit()


def compared(settings: Settings) -> list[Settings]:
    """Return settings with every rule."""
    return [replace(settings, rule=rule) for rule in COMPARED_RULES]


def more_possible(run: Run) -> int:
    """Return by how many iterations a run can be continued at most."""
    result = run.separation.factorization
    if result.checkpoint is None:
        return 0
    return max(0, int(LIMITS["n_iterations"][1]) - result.n_iterations)
