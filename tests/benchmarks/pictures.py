"""How fast a long recording is opened, and drawn at any zoom."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from numpy.typing import NDArray

from isnmf_gui.nmf import Factorization
from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.runs.separation import Separation, stft_of
from isnmf_gui.session.runs.settings import preset
from isnmf_gui.session.sound_files.recording import Recording
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort
from tests.benchmarks.widgets import dispose

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from isnmf_gui.gui.spectrogram.spectrogram_plot import SpectrogramPlot
    from isnmf_gui.session.document.scenes import Scene

RATE_HZ = 44_100
WIDTH, HEIGHT = 1400, 500
MOST_ZOOM_MS, MOST_OPEN_S = 16.0, 1.5
# Shares of the recording that are seen.
ZOOMS = (1.0, 0.3, 0.1, 0.03, 0.01, 0.001, 0.0001)
FRAMES_PER_ZOOM = 9
NOTE_S = 0.5


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure opening and drawing, without a screen.

    Parameters
    ----------
    effort : Effort
        How long the recordings are.
    """
    app = _application()
    recording = Recording(_music(effort.zoom_s), RATE_HZ, Path("music.wav"))
    worst, where = _worst_zoom(app, recording)
    bound = Bound("at most", MOST_ZOOM_MS)
    yield Figure("zoom_frame_ms", 1000 * worst, bound=bound, note=where)
    seconds = _opening_s(app, _music(effort.open_s), effort.n_rounds)
    yield Figure("open_180s_stereo_s", seconds, bound=Bound("at most", MOST_OPEN_S))


def _application() -> QApplication:
    """Return Qt's application, made without a screen if there is none yet."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from isnmf_gui.gui.app import keep_blas_to_one_thread

    keep_blas_to_one_thread()
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication(["bench"])


def _music(seconds: float) -> NDArray[np.float32]:
    """Return notes that fade, over hiss, in stereo."""
    rng = np.random.default_rng(7)
    n_samples = round(seconds * RATE_HZ)
    samples = 1e-3 * rng.standard_normal((n_samples, 2), np.float32)
    length = round(NOTE_S * RATE_HZ)
    time_s = np.arange(length, dtype=np.float32) / RATE_HZ
    for start in range(0, n_samples - length, length):
        pitch_hz = 110 * 2 ** (rng.integers(0, 36) / 12)
        tone = sum(np.sin(2 * np.pi * n * pitch_hz * time_s) / n for n in range(1, 6))
        samples[start : start + length] += (0.1 * tone * np.exp(-6 * time_s))[:, None]
    return samples


def _separation(recording: Recording) -> Separation:
    """Return factors as long as a run's; what they are does not matter here."""
    settings = preset("quality", RATE_HZ)
    stft = stft_of(settings)
    rng = np.random.default_rng(7)
    basis = rng.exponential(size=(stft.n_bins, settings.n_bases))
    activation = rng.exponential(size=(settings.n_bases, stft.n_frames(recording.n_samples)))
    return Separation(
        recording, settings, Factorization(basis, activation, np.ones(1), "iterations"), 1.0
    )


def _worst_zoom(app: QApplication, recording: Recording) -> tuple[float, str]:
    """Return the largest median time of a frame, rendered and painted, and where it was."""
    from isnmf_gui.gui.appearance.theme import Theme
    from isnmf_gui.gui.spectrogram.spectrogram_plot import SpectrogramPlot
    from isnmf_gui.session.document.scenes import ComponentScene, MaskedScene, RecordingScene
    from isnmf_gui.session.project.opening import view_stft
    from isnmf_gui.spectral.pictures.power_pictures import PowerPictures

    pictures = PowerPictures.of(recording.samples, RATE_HZ, view_stft(RATE_HZ))
    run = make_run(Document(), _separation(recording))
    gains = np.linspace(0, 1, len(run.components))
    scenes: dict[str, Scene] = {
        "recording": RecordingScene(recording, pictures),
        "component": ComponentScene(run, 0),
        "what I hear": MaskedScene(run, pictures, gains, "wiener"),
    }
    plot = SpectrogramPlot(Theme(app))
    plot.show()
    plot.resize(WIDTH, HEIGHT)
    app.processEvents()
    missing = WIDTH - plot.view.width(), HEIGHT - plot.view.height()
    plot.resize(round(WIDTH + missing[0]), round(HEIGHT + missing[1]))
    app.processEvents()
    times = {}
    for name, scene in scenes.items():
        plot.show_scene(scene)
        for logarithmic in (True, False):
            plot.set_logarithmic(logarithmic)
            axis = "logarithmic" if logarithmic else "linear"
            for share in ZOOMS:
                seconds = median(_frame_times(app, plot, recording.duration_s, share))
                times[f"{name}, {axis}, {share:g} of it seen"] = seconds
    dispose(plot)
    where = max(times, key=times.__getitem__)
    return times[where], where


def _frame_times(
    app: QApplication, plot: SpectrogramPlot, duration_s: float, share: float
) -> Iterator[float]:
    """Yield how long frames take, each of another place."""
    seen_s = share * duration_s
    for step in range(FRAMES_PER_ZOOM + 1):
        start_s = (duration_s - seen_s) * step / FRAMES_PER_ZOOM
        plot.view.setXRange(start_s, start_s + seen_s, padding=0)
        seconds = _timed(lambda: (plot.draw(), plot.viewport().repaint()))
        app.processEvents()
        if step > 0:  # the first one warms up
            yield seconds


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _opening_s(app: QApplication, samples: NDArray[np.float32], n_rounds: int) -> float:
    """Return the median time from asking for a file to seeing its spectrogram in the window."""
    from PySide6.QtCore import QSettings

    from isnmf_gui.gui.appearance.theme import Theme
    from isnmf_gui.gui.control.preferences import Preferences
    from isnmf_gui.gui.window.main_window import MainWindow

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "music.flac"
        soundfile.write(path, samples, RATE_HZ)
        ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
        QSettings.setPath(ini, user, folder)
        theme = Theme(app)
        times = []
        for _ in range(n_rounds):
            window = MainWindow(theme, Preferences())
            window.show()
            app.processEvents()
            plot = window.panes.spectrogram.plot
            began = time.perf_counter()
            window.files.open(path)
            while plot.visible is None:
                app.processEvents()
            plot.viewport().repaint()
            times.append(time.perf_counter() - began)
            dispose(window)
    return median(times)
