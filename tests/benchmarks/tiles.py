"""How long the tiles of a running factorization take to show its next snapshot."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from isnmf_gui.nmf import Factorization
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort
from tests.benchmarks.widgets import dispose

N_TILES, N_BINS, N_FRAMES = 32, 1025, 10_000
#: Four columns and eight rows of tiles.
WIDTH, HEIGHT = 800, 1120
REDRAWS_PER_ROUND = 20
SAMPLE_RATE = 44_100


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure from a snapshot to the last tile that is painted, all of them in sight.

    Parameters
    ----------
    effort : Effort
        How often.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    redraw = Redraw()
    try:
        redraw.measure_s()  # makes what is made once
        times_s = [redraw.measure_s() for _ in range(effort.n_rounds * REDRAWS_PER_ROUND)]
    finally:
        redraw.close()
    note = f"{N_TILES} tiles, {N_BINS} bins, {N_FRAMES} frames"
    yield Figure("tiles_32_redraw_ms", 1e3 * median(times_s), None, Bound("at most", 16), note)


class Redraw:
    """A panel with its tiles in a window of its own, and two snapshots that take turns."""

    def __init__(self) -> None:
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QApplication

        from isnmf_gui.gui.appearance.theme import Theme
        from isnmf_gui.gui.tiles.components_panel import ComponentsPanel
        from isnmf_gui.gui.tiles.tile_grid import TileGrid

        class Painted(QObject):
            """Sees a picture being painted after it was drawn anew."""

            def __init__(self, grid: TileGrid) -> None:
                super().__init__()
                self.grid, self.seen = grid, False

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                drawn = not self.grid.is_waiting
                self.seen = self.seen or (drawn and event.type() == QEvent.Type.Paint)
                return False

        self._app = QApplication.instance() or QApplication([])
        self.panel = ComponentsPanel(Theme(self._app))
        self.panel.resize(WIDTH, HEIGHT)
        first = snapshot(0)  # the next one of a run has the same components
        self.snapshots = [first, replace(first, separation=snapshot(1).separation)]
        self.panel.show_run(self.snapshots[0])
        self.panel.show()
        for _ in range(20):
            self._app.processEvents()
        self._painted = Painted(self.panel.grid)
        self.panel.tiles[-1].parts.picture.installEventFilter(self._painted)

    def measure_s(self) -> float:
        """Return how long it takes to show the other snapshot."""
        self.snapshots.reverse()
        self._painted.seen = False
        began = time.perf_counter()
        self.panel.show_run(self.snapshots[0])
        while not self._painted.seen:
            self._app.processEvents()
        return time.perf_counter() - began

    def close(self) -> None:
        """Take the window away."""
        dispose(self.panel)


def snapshot(seed: int) -> Run:
    """Return a run as it is while it goes on, with factors that look like none in particular."""
    generator = np.random.default_rng(seed)
    basis = generator.gamma(0.3, size=(N_BINS, N_TILES))
    activation = generator.gamma(0.3, size=(N_TILES, N_FRAMES))
    settings = Settings(n_bases=N_TILES, window_samples=2 * (N_BINS - 1), hop_samples=512)
    samples = np.full(((N_FRAMES - 1) * settings.hop_samples, 1), 0.1, np.float32)
    factors = Factorization(basis, activation, np.array([2.0, 1.0]), "cancelled")
    separation = Separation(Recording(samples, SAMPLE_RATE, Path("a.wav")), settings, factors, 0.0)
    _ = separation.factors  # the worker has made them before the window sees a snapshot
    return make_run(Document(), separation)
