"""Tone, stroke or noise: of made factors, and of what NMF finds in instruments played alone."""

from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.hearing.descriptors import describe
from isnmf_gui.spectral.hearing.kinds import outstanding, soon_over
from tests.mixtures.evaluation import evaluation_mixture

BIN_HZ, FRAME_S, N_BINS, N_FRAMES = 21.5, 0.0116, 1025, 1200
HERTZ = BIN_HZ * np.arange(N_BINS)
SINCE_S = FRAME_S * np.arange(N_FRAMES) % 0.7

STROKES, NOISES = {"drums", "kick", "snare", "hat"}, {"air"}


def partials(pitch_hz: float, n: int) -> np.ndarray:
    lobes = np.exp(-(((HERTZ[:, None] - pitch_hz * np.arange(1, n + 1)) / 25) ** 2))
    return lobes @ (0.6 ** np.arange(n)) + 1e-7


def hiss(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.5, 1.5, N_BINS)


HELD = 0.5 + 0.4 * np.sin(np.arange(N_FRAMES) / 40) ** 2
RUSHING = np.random.default_rng(3).uniform(0.3, 1.0, N_FRAMES)


@pytest.mark.parametrize(
    ("spectrum", "power", "kind"),
    [
        (partials(220, 12), HELD, "tone"),
        (partials(220, 12), np.exp(-SINCE_S / 0.3), "tone"),
        (partials(660, 8), np.exp(-SINCE_S / 0.02), "tone"),  # muted by hand
        (hiss(1), np.exp(-SINCE_S / 0.03) + 1e-5, "stroke"),
        (partials(55, 1), np.exp(-SINCE_S / 0.03) + 1e-5, "stroke"),
        (partials(80, 4), HELD, "tone"),
        (hiss(2), RUSHING, "noise"),
        (np.zeros(N_BINS), RUSHING, ""),
        (hiss(2), np.zeros(N_FRAMES), ""),
    ],
    ids=["held", "plucked", "short", "snare", "kick", "bass", "rushing", "empty", "silent"],
)
@pytest.mark.parametrize("domain", [1.0, 2.0])
def test_kinds_of_made_factors(spectrum, power, kind: str, domain: float) -> None:
    basis, activation = spectrum[:, None] ** (domain / 2), power[None] ** (domain / 2)
    assert describe(basis, activation, domain, BIN_HZ, FRAME_S).kind.tolist() == [kind]


def test_shares() -> None:
    spectra = np.stack([partials(300, 5), np.ones(N_BINS), np.zeros(N_BINS)])
    assert outstanding(spectra, BIN_HZ) == pytest.approx([1, 0, 0], abs=0.05)
    powers = np.zeros((3, 100))
    powers[0, 40:60] = 1.0  # a step: the first 0.1 s of its 0.2 s are soon after it
    powers[1] = 1.0
    shares = soon_over(powers, 0.01)
    assert shares[0] == pytest.approx((15 + 4) / 20, abs=0.001)
    assert shares[1:] == pytest.approx([0.15 + 0.04, 0], abs=0.001)


def test_instruments_played_alone_are_what_they_are() -> None:
    """By energy: what NMF makes of a piano has some components that are its hammers."""
    settings = Settings(n_bases=6, n_iterations=40, rule="fast")
    mixtures = [evaluation_mixture(name) for name in ("trio", "piano", "field", "kit")]
    stems = [(*stem, it.sample_rate) for it in mixtures for stem in it.stems.items()]
    shares = []
    for stem, samples, rate in stems:
        expected = "stroke" if stem in STROKES else "noise" if stem in NOISES else "tone"
        recording = Recording(np.ascontiguousarray(samples), rate, Path(stem))
        made = separate(recording, settings)
        factors, grid = made.factorization, made.grid
        found = describe(
            factors.basis, factors.activation, settings.domain, grid.bin_hz, grid.frame_s
        )
        assert made.energies is not None
        energies = made.energies["wiener"]
        shares.append(energies[found.kind == expected].sum() / energies.sum())
        assert shares[-1] > 0.7, (stem, shares[-1], found.kind)
    assert np.mean(shares) > 0.95
