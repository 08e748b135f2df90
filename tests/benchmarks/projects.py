"""How long a large project takes to be saved and opened."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
import soundfile

from isnmf_gui.session.document.document import Document, add_run, make_run
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import load_recording
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort

SAMPLE_RATE = 44_100
#: The rule that remembers most, so that there is most to be stored.
SETTINGS = Settings(n_bases=64, n_iterations=2, rule="fast")
MOST_SAVE_S, MOST_OPEN_S = 2.0, 2.0


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure on the disk that holds temporary files.

    Parameters
    ----------
    effort : Effort
        How long the recording is, and how often.
    """
    with tempfile.TemporaryDirectory() as folder:
        document = large_document(Path(folder), effort.project_s)
        path = Path(folder) / "large.isnmf"

        def seconds(act: Callable[[], object]) -> float:
            return median(_timed(act) for _ in range(effort.n_rounds))

        save_s = seconds(lambda: save_project(document, path))
        note = f"{path.stat().st_size / 1e6:.0f} MB"
        yield Figure("project_save_s", save_s, bound=Bound("at most", MOST_SAVE_S), note=note)
        open_s = seconds(lambda: open_project(path))
        yield Figure("project_open_s", open_s, bound=Bound("at most", MOST_OPEN_S))


def large_document(folder: Path, duration_s: float, settings: Settings = SETTINGS) -> Document:
    """Return noise in stereo from a file, with a run."""
    noise = np.random.default_rng(0).normal(0, 0.1, (round(duration_s * SAMPLE_RATE), 2))
    soundfile.write(folder / "noise.wav", noise, SAMPLE_RATE, "PCM_16")
    recording = load_recording(folder / "noise.wav")
    assert recording is not None
    document = Document(recording)
    return add_run(document, make_run(document, separate(recording, settings)))


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
