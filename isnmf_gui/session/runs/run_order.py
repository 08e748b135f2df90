"""Carrying out the order of a run, and what is known of it while it goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf import Factorization, Progress
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.runs.energies import SampledEnergies
from isnmf_gui.session.runs.matching import Pair, find_pairs
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

Array = NDArray[np.float64]

# Pictures follow a run this often, but copying factors may take only this share of its time.
SNAPSHOT_S = 0.05
COPYING_SHARE = 0.05
# Energies follow it this often, and may take as much again.
ENERGIES_S = 0.25
# A paused run looks this often whether it is to be cancelled.
LOOK_S = 0.05


@dataclass(frozen=True, eq=False)
class LiveRun:
    """A snapshot of a running factorization.

    Attributes
    ----------
    iteration, n_iterations : int
        Done, and to do, with those of the run that is continued.
    first_iteration : int
        Iterations that were done before, by the run that is continued.
    seconds : float
        Since the start or the continuation, pauses left out.
    separation : Separation
        The factors and the losses so far.
    """

    iteration: int
    n_iterations: int
    first_iteration: int
    seconds: float
    separation: Separation

    @property
    def iterations_per_s(self) -> float:
        """Speed so far, 0 before the first iteration."""
        return (self.iteration - self.first_iteration) / self.seconds if self.seconds > 0 else 0.0

    @property
    def left_s(self) -> float | None:
        """Time left at this speed, None before the first iteration."""
        if self.iteration == self.first_iteration:
            return None
        return (self.n_iterations - self.iteration) / self.iterations_per_s


@dataclass(frozen=True, eq=False)
class RunOrder:
    """A run to be made.

    Attributes
    ----------
    recording : Recording
        What to separate.
    settings : Settings
        How; the number of iterations counts those of `continue_from` too.
    n_threads : int or None
        None: one for every core.
    continue_from : Separation or None
        What to go on from.
    reference : Separation or None
        Whose components the new ones are to be matched to.
    region_s : tuple of float, or None
        Start and end of the only stretch to separate; that of `continue_from` if there is one.
    """

    recording: Recording
    settings: Settings
    n_threads: int | None = None
    continue_from: Separation | None = None
    reference: Separation | None = None
    region_s: tuple[float, float] | None = None

    @property
    def done(self) -> int:
        """Number of iterations that were done before."""
        return self.continue_from.factorization.n_iterations if self.continue_from else 0


@dataclass(frozen=True, eq=False)
class Finished:
    """What came of an order.

    Attributes
    ----------
    separation : Separation
        The result.
    pairs : tuple of Pair
        Its components that are those of the reference.
    """

    separation: Separation
    pairs: tuple[Pair, ...] = ()


class Pause:
    """Lets a run wait. Switched in one thread, waited for in another."""

    def __init__(self) -> None:
        self._go = threading.Event()
        self._go.set()

    @property
    def is_on(self) -> bool:
        """Whether the run waits, or will after this iteration."""
        return not self._go.is_set()

    def set(self, on: bool) -> None:
        """Begin or end the pause."""
        if on:
            self._go.clear()
        else:
            self._go.set()

    def wait(self, keep_on: Callable[[], bool]) -> float:
        """Wait until it is over, or `keep_on` says no; return for how many seconds."""
        began = time.perf_counter()
        while keep_on() and not self._go.wait(LOOK_S):
            pass
        return time.perf_counter() - began


class Watch:
    """Turns the progress of a run into snapshots, at a bounded rate. Worker thread.

    Parameters
    ----------
    order : RunOrder
        What is done.
    pause : Pause
        Waited for after each iteration.
    report : callable
        Takes a `LiveRun`.
    """

    def __init__(self, order: RunOrder, pause: Pause, report: Report) -> None:
        self._order, self._pause, self._report = order, pause, report
        self._next_s = self._next_energies_s = 0.0
        self._sampled = SampledEnergies(order.recording, order.settings, order.region_s)
        self._energies: dict[str, Array] | None = None
        self._latest: LiveRun | None = None
        #: Time spent waiting.
        self.paused_s = 0.0

    def __call__(self, progress: Progress) -> bool:
        """Take note of an iteration, wait if there is a pause; return whether to go on."""
        now = time.perf_counter()
        is_last = progress.iteration == progress.n_iterations
        if now >= self._next_s or is_last or self._pause.is_on:
            basis, activation = progress.snapshot()
            spent_s = self._follow_energies(basis, activation, at_once=is_last)
            self._latest = self._snapshot(progress, basis, activation)
            self._next_s = _next_s(now + spent_s, SNAPSHOT_S)
        if self._pause.is_on and not is_last:
            self.paused_s += self._pause.wait(lambda: self._report(self._latest))
        return self._report(self._latest)

    def _follow_energies(self, basis: Array, activation: Array, at_once: bool) -> float:
        """Estimate energies now and then; return for how many seconds."""
        began = time.perf_counter()
        if not at_once and began < self._next_energies_s:
            return 0.0
        self._energies = self._sampled.of(basis, activation)
        self._next_energies_s = _next_s(began, ENERGIES_S)
        return time.perf_counter() - began

    def _snapshot(self, progress: Progress, basis: Array, activation: Array) -> LiveRun:
        order, seconds = self._order, progress.seconds - self.paused_s
        loss = np.array(progress.loss, np.float64)
        factors = Factorization(basis, activation, loss, "cancelled")
        before = order.continue_from.seconds if order.continue_from else 0.0
        separation = Separation(
            order.recording,
            order.settings,
            factors,
            before + seconds,
            region_s=order.region_s,
            estimates=self._energies,
        )
        _ = separation.factors  # made here, so that the window need not wait for it
        done, to_do = progress.iteration, progress.n_iterations
        return LiveRun(done, to_do, order.done, seconds, separation)


def _next_s(began: float, least_s: float) -> float:
    """Return when something is to be done again that began then and was done now."""
    return began + max(least_s, (time.perf_counter() - began) / COPYING_SHARE)


def carry_out_run(
    order: RunOrder, on_progress: Callable[[Progress], bool] | None = None
) -> Separation:
    """Separate a recording as it was ordered.

    Parameters
    ----------
    order : RunOrder
        What to do.
    on_progress : callable, optional
        Called after each iteration; False stops, and what was reached is kept.

    Returns
    -------
    Separation
        The result, with the settings of the order.

    Raises
    ------
    SettingsError
        If the region holds nothing of the recording.
    """
    more = replace(order.settings, n_iterations=order.settings.n_iterations - order.done)
    made = separate(
        order.recording,
        more,
        on_progress,
        n_threads=order.n_threads,
        continue_from=order.continue_from,
        region_s=order.region_s,
    )
    return replace(made, settings=order.settings)


def follow_run(order: RunOrder, pause: Pause, report: Report) -> Finished:
    """Separate a recording as it was ordered, reporting snapshots. Worker thread.

    Parameters
    ----------
    order : RunOrder
        What to do.
    pause : Pause
        Lets it wait.
    report : callable
        Takes a `LiveRun`; returns whether to go on.

    Returns
    -------
    Finished
        The result, without the time of the pauses.
    """
    watch = Watch(order, pause, report)
    made = carry_out_run(order, watch)
    separation = replace(made, seconds=made.seconds - watch.paused_s)
    _ = separation.factors  # as above
    pairs = find_pairs(separation, order.reference) if order.reference else ()
    return Finished(separation, pairs)
