"""A run made of nothing but random factors, for panels that are tested without a window."""

from pathlib import Path

import numpy as np

from isnmf_gui.nmf import Factorization
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

RATE = 22_050


def some_run(n_bases: int, seed: int = 0, live: bool = False, n_frames: int = 200) -> Run:
    """Return a run, or a snapshot of one, whose energies fall with the index."""
    generator = np.random.default_rng(seed)
    settings = Settings(n_bases=n_bases, window_samples=1024, hop_samples=256)
    basis = generator.gamma(0.5, size=(513, n_bases))
    activation = generator.gamma(0.5, size=(n_bases, n_frames))
    samples = np.full(((n_frames - 1) * 256, 1), 0.1, np.float32)
    shares = np.geomspace(0.5, 0.001, n_bases)
    energies = None if live else {"wiener": shares, "ratio": shares[::-1], "share": shares}
    factors = Factorization(basis, activation, np.array([2.0, 1.0]), "iterations")
    recording = Recording(samples, RATE, Path("some.wav"))
    estimates = {kind: generator.permutation(shares) for kind in ("wiener", "ratio", "share")}
    separation = Separation(
        recording, settings, factors, 0.1, energies, estimates=estimates if live else None
    )
    return make_run(Document(), separation)
