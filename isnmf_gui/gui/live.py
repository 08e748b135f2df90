"""What is known of a run while it goes on."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from isnmf_gui.gui.jobs import Report
from isnmf_gui.nmf import Factorization, Progress
from isnmf_gui.session.recording import Recording
from isnmf_gui.session.separation import Separation, separate
from isnmf_gui.session.settings import Settings

# Pictures follow a run this often, but copying factors may take only this share of its time.
SNAPSHOT_S = 0.05
COPYING_SHARE = 0.05


@dataclass(frozen=True, eq=False)
class LiveRun:
    """A snapshot of a running factorization.

    Attributes
    ----------
    iteration, n_iterations : int
        Done, and to do.
    seconds : float
        Since the start.
    separation : Separation
        The factors and the losses so far.
    """

    iteration: int
    n_iterations: int
    seconds: float
    separation: Separation

    @property
    def iterations_per_s(self) -> float:
        """Speed so far, 0 before the first iteration."""
        return self.iteration / self.seconds if self.seconds > 0 else 0.0

    @property
    def left_s(self) -> float | None:
        """Time left at this speed, None before the first iteration."""
        if self.iteration == 0:
            return None
        return (self.n_iterations - self.iteration) / self.iterations_per_s


class Watch:
    """Turns the progress of a run into snapshots, at a bounded rate. Worker thread.

    Parameters
    ----------
    recording, settings, region_s
        What is separated, and how.
    report : callable
        Takes a `LiveRun`.
    """

    def __init__(
        self,
        recording: Recording,
        settings: Settings,
        report: Report,
        region_s: tuple[float, float] | None = None,
    ) -> None:
        self._recording, self._settings, self._report = recording, settings, report
        self._region_s = region_s
        self._next_s = 0.0
        self._latest: LiveRun | None = None

    def __call__(self, progress: Progress) -> bool:
        """Take note of an iteration; return whether to go on."""
        now = time.perf_counter()
        if now >= self._next_s or progress.iteration == progress.n_iterations:
            self._latest = self._snapshot(progress)
            took = time.perf_counter() - now
            self._next_s = now + max(SNAPSHOT_S, took / COPYING_SHARE)
        return self._report(self._latest)

    def _snapshot(self, progress: Progress) -> LiveRun:
        basis, activation = progress.snapshot()
        loss = np.array(progress.loss, np.float64)
        factors = Factorization(basis, activation, loss, "cancelled")
        separation = Separation(
            self._recording, self._settings, factors, progress.seconds, region_s=self._region_s
        )
        _ = separation.factors  # made here, so that the window need not wait for it
        return LiveRun(progress.iteration, progress.n_iterations, progress.seconds, separation)


def separate_watched(
    recording: Recording,
    settings: Settings,
    n_threads: int | None,
    report: Report,
    region_s: tuple[float, float] | None = None,
) -> Separation:
    """Separate a recording or a region of it, reporting snapshots. Worker thread."""
    watch = Watch(recording, settings, report, region_s)
    separation = separate(recording, settings, watch, n_threads=n_threads, region_s=region_s)
    _ = separation.factors  # as above
    return separation
