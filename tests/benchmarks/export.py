"""How long it takes to write four sources of five minutes of stereo."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np

from isnmf_gui.nmf import Factorization
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.edits.source_edits import group_as
from isnmf_gui.session.export.export_order import ExportOrder, carry_out_export
from isnmf_gui.session.export.stems.stems import source_stems
from isnmf_gui.session.runs.separation import Separation, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort

SAMPLE_RATE, DURATION_S = 44_100, 300
N_BASES, N_SOURCES = 64, 4


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure from the order to the complete files, the null test included.

    Parameters
    ----------
    effort : Effort
        How often.
    """
    run = grouped_run(DURATION_S)
    times_s = [export_s(run) for _ in range(effort.n_rounds)]
    note = f"{N_SOURCES} sources, {N_BASES} bases, {DURATION_S} s of stereo, 32-bit float"
    yield Figure("export_4_sources_5min_s", median(times_s), None, Bound("at most", 5), note)


def export_s(run: Run) -> float:
    """Export all sources to a new folder, and remove it."""
    folder = Path(tempfile.mkdtemp())
    try:
        began = time.perf_counter()
        order = ExportOrder(run, "wiener", folder, tuple(source_stems(run)))
        carry_out_export(order, lambda share: True)
        return time.perf_counter() - began
    finally:
        shutil.rmtree(folder)


def grouped_run(duration_s: float) -> Run:
    """Return a run of noise, with factors of any values: their size alone takes the time."""
    rng = np.random.default_rng(0)
    n_samples = round(duration_s * SAMPLE_RATE)
    samples = 0.1 * rng.standard_normal((n_samples, 2), np.float32)
    settings = Settings(n_bases=N_BASES)
    stft = stft_of(settings)
    basis = rng.random((stft.n_bins, N_BASES))
    activation = rng.random((N_BASES, stft.n_frames(n_samples)))
    result = Factorization(basis, activation, np.ones(1), "iterations")
    recording = Recording(samples, SAMPLE_RATE, Path("noise.wav"))
    run = make_run(Document(recording), Separation(recording, settings, result, 0.0))
    return group_as(run, [n % N_SOURCES for n in range(N_BASES)])
