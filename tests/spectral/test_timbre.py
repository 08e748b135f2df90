"""MFCCs and steadiness: what they follow, and what has no influence."""

import numpy as np
import pytest

from isnmf_gui.spectral.hearing.timbre import N_BANDS, mel_filters, mfccs, steadiness

RATE, N_BINS = 16_000, 513
HERTZ = np.linspace(0, RATE / 2, N_BINS)


def test_mfccs_have_no_level_and_follow_the_tilt() -> None:
    tilt = np.exp(-HERTZ / 2000)
    flat, dark, loud = mfccs(np.array([np.ones(N_BINS), tilt, 7 * tilt]), RATE)
    assert loud == pytest.approx(dark)
    assert dark[0] > flat[0] + 5
    filters = mel_filters(129, RATE)
    assert filters.shape == (N_BANDS, 129)
    assert filters.any(axis=1).all()  # the lowest bands lie between two bins
    assert len(flat) == 13


def test_steadiness_of_a_swell_and_of_noise() -> None:
    swell = np.sin(np.linspace(0, np.pi, 200))
    noise_like = np.random.default_rng(0).random(200)
    found = steadiness(np.array([swell, noise_like, np.ones(200)]))
    assert found[0] > 0.99
    assert abs(found[1]) < 0.2
    assert found[2] == 1.0
