"""How soon a stroke is heard and seen, with few painted before and with many."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from isnmf_gui.session.document.guidance import Box, Shape
from isnmf_gui.session.document.guidance import Path as BrushPath
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.runs.settings import Settings
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort
from tests.benchmarks.watched_window import Watch, large_window
from tests.benchmarks.widgets import dispose

if TYPE_CHECKING:
    from isnmf_gui.gui.window.main_window import MainWindow

SETTINGS = Settings(n_bases=48, n_iterations=2)
N_SOURCES = 4
MOST_MIX_MS, MOST_PICTURE_MS = 20, 100
#: Painted one after another, heard and seen each time.
N_STROKES = 24
#: As many as nobody paints.
N_MANY = 10_000
VIEW = "heard"


def figures(effort: Effort) -> Iterator[Figure]:
    """Paint in a window.

    Parameters
    ----------
    effort : Effort
        How long the recording is.
    """
    with tempfile.TemporaryDirectory() as folder:
        window = large_window(Path(folder), effort.project_s, SETTINGS)
        try:
            run = window.controller.document.current_run
            labels = [k % N_SOURCES for k in range(SETTINGS.n_bases)]
            window.controller.edit_run(source_edits.group_as(run, labels), "Sources")
            window.scenes.choose(VIEW)
            yield from _painted(window, effort.project_s, "")
            _paint_many(window, effort.project_s)
            yield from _painted(window, effort.project_s, f"_after_{N_MANY}")
        finally:
            window.files.close_now()
            dispose(window)


def _painted(window: MainWindow, duration_s: float, key: str) -> Iterator[Figure]:
    """Paint some strokes; a figure until the mix is made, and one until all is seen."""
    watch, random = Watch(window), np.random.default_rng(0)
    times = [
        watch.measure(partial(_paint, window, n, _shape(random, duration_s)))
        for n in range(N_STROKES)
    ]
    for name, place, most in (("mix", 1, MOST_MIX_MS), ("picture", 0, MOST_PICTURE_MS)):
        found = [1e3 * it[place] for it in times]
        note = f"the slowest of {N_STROKES}: {max(found):.1f}"
        bound = Bound("at most", most)
        yield Figure(f"stroke_to_{name}{key}_ms", median(found), bound=bound, note=note)


def _paint(window: MainWindow, number: int, shape: Shape) -> None:
    run = window.controller.document.current_run
    painted = guidance_edits.paint(run, 1 + number % N_SOURCES, shape)
    window.controller.edit_run(painted, "Paint")


def _shape(random: np.random.Generator, duration_s: float) -> Shape:
    """Return what a hand draws: a box, a line, or a line with its overtones."""
    start_s = 0.9 * duration_s * random.random()
    low_hz = 100 * 2 ** (5 * random.random())
    line = tuple((start_s + 0.02 * n, low_hz * (1 + 0.01 * n)) for n in range(50))
    shapes = (
        Box(start_s, start_s + 0.5, low_hz, 2 * low_hz),
        BrushPath(line, 0.25),
        BrushPath(line, 0.125, 8),
    )
    return shapes[int(random.integers(len(shapes)))]


def _paint_many(window: MainWindow, duration_s: float) -> None:
    """Add very many small strokes in one step."""
    run, random = window.controller.document.current_run, np.random.default_rng(1)
    for number in range(N_MANY):
        start_s = 0.99 * duration_s * random.random()
        low_hz = 100 * 2 ** (6 * random.random())
        box = Box(start_s, start_s + 0.05, low_hz, 1.1 * low_hz)
        run = guidance_edits.paint(run, 1 + number % N_SOURCES, box)
    window.controller.edit_run(run, "Paint many")
