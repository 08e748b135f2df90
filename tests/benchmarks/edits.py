"""How soon an edit is seen, and its mix made, in a large document."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort
from tests.benchmarks.watched_window import Watch, large_window
from tests.benchmarks.widgets import dispose

if TYPE_CHECKING:
    from isnmf_gui.gui.window.main_window import MainWindow

MOST_MS = 100
#: A fader sends a hundred steps a second.
N_STEPS, MOST_FADER_MS = 1000, 5
#: What is shown large meanwhile.
VIEWS = ("component", "heard")
REGION_S = (10.0, 20.0)


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure every kind of edit in a window, each with its undoing.

    Parameters
    ----------
    effort : Effort
        How long the recording is, and how often.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        window = large_window(Path(folder), effort.project_s)
        try:
            times = _times(window, effort.n_rounds)
            fader_s = _fader_late(window)
        finally:
            window.files.close_now()
            dispose(window)
    for name, place in (("edit_to_picture_ms", 0), ("edit_to_mix_ms", 1)):
        slowest = max(times, key=lambda edit: times[edit][place])
        bound = Bound("at most", MOST_MS)
        yield Figure(name, 1e3 * times[slowest][place], bound=bound, note=f"the slowest: {slowest}")
    bound = Bound("at most", MOST_FADER_MS)
    yield Figure("fader_after_1000_steps_ms", 1e3 * fader_s, bound=bound)


def _times(window: MainWindow, n_rounds: int) -> dict[str, tuple[float, float]]:
    """Return for each edit the median seconds until it is seen, and until its mix is made."""
    watch = Watch(window)
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(n_rounds):
        for view in VIEWS:
            for name, edit in _edits(window):
                window.selection.select([3, 5], 3)
                window.scenes.choose(view)
                found.setdefault(name, []).append(watch.measure(edit))
                found.setdefault(f"undoing: {name}", []).append(watch.measure(window.history.undo))
    return {
        name: (median(it[0] for it in pairs), median(it[1] for it in pairs))
        for name, pairs in found.items()
    }


def _edits(window: MainWindow) -> list[tuple[str, Callable[[], object]]]:
    parts, sources = window.factor_desk, window.source_desk
    actions = ("mute", "solo", "group", "merge", "duplicate", "delete", "silence")
    by_action = [(name, window.actions_[name].trigger) for name in actions]
    return [
        *by_action,
        ("gain", partial(window.mix_desk._set_gains, {3: -6.0})),
        ("gain of a source", partial(sources._set_gain, 0, -3.0)),
        ("drawing", partial(_draw, window)),
        ("smoothing", partial(parts._smooth, 0.1)),
        ("erasing a band", partial(parts._remove_band, 100.0, 500.0)),
    ]


def _draw(window: MainWindow) -> None:
    window.selection.select([3], 3)
    window.factor_desk._draw(10, np.ones(500))


def _fader_late(window: MainWindow) -> float:
    """Return the seconds that a step of a fader takes, painting included, after very many edits."""
    from PySide6.QtWidgets import QApplication

    controller = window.controller
    window.scenes.choose("recording")  # which no fader changes
    window.panes.left.setCurrentWidget(window.panes.history)
    for n in range(N_STEPS):
        controller.history.push(controller.document, f"Step {n}")
    controller.history_changed.emit()
    QApplication.processEvents()
    times = []
    for n in range(100):
        began_s = time.perf_counter()
        window.mix_desk._set_gains({3: -0.1 * n})
        QApplication.processEvents()
        times.append(time.perf_counter() - began_s)
    return median(times)
