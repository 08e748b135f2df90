"""Sounds that go on all the time: air that streams, and a mains hum."""

import numpy as np
from scipy import signal

from tests.mixtures.instruments import Audio, Random

_MAINS_HZ = 50.0
# (multiple of the mains frequency, gain): a transformer hums an octave higher, its rectifier
# adds what is odd.
_HUM_PARTIALS = (
    (1, 0.5),
    (2, 1.0),
    (3, 0.35),
    (4, 0.4),
    (6, 0.3),
    (8, 0.12),
    (10, 0.1),
    (12, 0.06),
)


def streaming_air(duration_s: float, sample_rate: int, rng: Random) -> Audio:
    """Let air stream: steady noise that falls by 6 dB per octave above 500 Hz.

    Parameters
    ----------
    duration_s : float
        Length of the result in seconds.
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the noise.

    Returns
    -------
    Audio
        Shape (n_samples,), peak 1.
    """
    white = rng.standard_normal(round(duration_s * sample_rate))
    sections = signal.butter(1, 500.0, fs=sample_rate, output="sos")
    noise = signal.sosfilt(sections, white)
    return noise / np.max(np.abs(noise))


def mains_hum(duration_s: float, sample_rate: int, rng: Random) -> Audio:
    """Let a transformer hum: partials of the mains frequency that never change.

    Parameters
    ----------
    duration_s : float
        Length of the result in seconds.
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the phases.

    Returns
    -------
    Audio
        Shape (n_samples,), peak 1.
    """
    time_s = np.arange(round(duration_s * sample_rate)) / sample_rate
    hum = np.zeros(time_s.size)
    for multiple, gain in _HUM_PARTIALS:
        hum += gain * np.sin(2.0 * np.pi * (multiple * _MAINS_HZ * time_s + rng.random()))
    return hum / np.max(np.abs(hum))
