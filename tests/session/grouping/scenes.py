"""A recording of four tones and bursts whose components are known exactly."""

from pathlib import Path

import numpy as np

from isnmf_gui.nmf import Factorization
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.runs.separation import Separation, measured, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

RATE = 8000
SECONDS = 6
TONES_HZ = (220.0, 700.0, 1400.0, 2600.0)
#: Two components of each, in turn.
SOURCES = (0, 1, 0, 1)
SETTINGS = Settings(n_bases=4, domain=1.0, window_samples=512, hop_samples=128)


def tones(seed: int = 3) -> list[np.ndarray]:
    """Return what each component sounds like alone, shape (n_samples, 1), never in silence."""
    rng, t = np.random.default_rng(seed), np.arange(SECONDS * RATE) / RATE
    stems = []
    for place, hertz in enumerate(TONES_HZ):
        level = np.repeat(rng.random(SECONDS * 4) > 0.4, RATE // 4) + 0.02
        level = np.convolve(level, np.hanning(400) / np.hanning(400).sum(), mode="same")
        noise = 1e-3 * rng.standard_normal(len(t))
        stems.append((level * np.sin(2 * np.pi * hertz * t) / (1 + place) + noise)[:, None])
    return stems


def run_of(stems: list[np.ndarray], region_s: tuple[float, float] | None = None) -> Run:
    """Return a run whose components are the stems, each as near as rank one comes to it."""
    recording = Recording(np.sum(stems, axis=0).astype(np.float32), RATE, Path("tones.wav"))
    powers = [stft_of(SETTINGS).power(it.astype(np.float32)) + 1e-12 for it in stems]
    basis = np.array([np.sqrt(it.mean(axis=0)) for it in powers]).T
    activation = np.array([np.sqrt(it.sum(axis=1) / it.mean(axis=0).sum()) for it in powers])
    found = Factorization(basis, activation, np.zeros(1), "iterations")
    made = Separation(recording, SETTINGS, found, 0.0, region_s=region_s)
    return make_run(Document(), measured(made, 1))
