"""Instruments made of partials: piano, flute, bowed string and voice.

The conventions are those of `instruments`. The partials of the last three follow a common
vibrato and are weighed by a curve over frequency, so that their strengths waver as the vibrato
carries them up and down the resonances of a body or of a throat.
"""

from collections.abc import Callable

import numpy as np
from scipy import signal

from tests.mixtures.instruments import Audio, Random

Curve = Callable[[Audio], Audio]

# No partial of these instruments matters above it, whatever the sample rate.
_HIGHEST_HZ = 9000.0

# (frequency in Hz, bandwidth in Hz, gain) of the resonances of the throat for some vowels of a
# low female voice, after Peterson and Barney, "Control methods used in a study of the vowels",
# 1952, and a common fourth one.
_FORMANTS = {
    "a": ((850.0, 90.0, 1.0), (1220.0, 110.0, 0.5), (2810.0, 160.0, 0.12), (3900.0, 250.0, 0.06)),
    "o": ((590.0, 80.0, 1.0), (920.0, 100.0, 0.3), (2710.0, 160.0, 0.05), (3900.0, 250.0, 0.03)),
    "i": ((310.0, 60.0, 1.0), (2790.0, 150.0, 0.2), (3310.0, 180.0, 0.18), (4100.0, 250.0, 0.08)),
}
# Of the air and the wood of two bowed instruments.
_BODIES = {
    "violin": ((280.0, 60.0, 0.6), (460.0, 90.0, 1.0), (1050.0, 350.0, 0.5), (2500.0, 1200.0, 0.5)),
    "viola": ((220.0, 50.0, 0.7), (370.0, 80.0, 1.0), (850.0, 300.0, 0.55), (1900.0, 900.0, 0.4)),
}


def piano_note(
    frequency_hz: float, duration_s: float, sample_rate: int, rng: Random, velocity: float = 1.0
) -> Audio:
    """Strike a piano string: stiff, so that its partials are a little too far apart.

    Parameters
    ----------
    frequency_hz : float
        Fundamental frequency in Hz.
    duration_s : float
        Length of the result in seconds; the string is damped at its end.
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the phases and of the thump of the hammer.
    velocity : float
        Strength of the stroke, 0 to 1; a soft one is also darker.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.

    Notes
    -----
    Partial n lies at n f √(1 + B n²) (Fletcher and Rossing, "The Physics of Musical Instruments",
    section 12.3). Two strings per note, slightly out of tune, beat against each other.
    """
    time_s = _time_s(duration_s, sample_rate)
    number = np.arange(1, 31)
    partial_hz = number * frequency_hz * np.sqrt(1.0 + 3e-4 * number**2)
    number = number[partial_hz < min(_HIGHEST_HZ, 0.45 * sample_rate)]
    # A hammer at an eighth of the string; felt that is softer for soft strokes.
    strength = np.abs(np.sin(np.pi * number / 8.2)) / number
    strength *= np.exp(-partial_hz[: number.size] / (900.0 + 1800.0 * velocity))
    note = np.zeros(time_s.size)
    for n, gain in zip(number, strength, strict=True):
        decay = np.exp(-time_s * (0.9 + 0.25 * n) * (frequency_hz / 260.0) ** 0.4)
        for detuning in (-2e-4, 2e-4):
            phase = 2.0 * np.pi * (partial_hz[n - 1] * (1.0 + detuning) * time_s + rng.random())
            note += gain * decay * np.sin(phase)
    thump = _filtered_noise(60.0, 900.0, time_s.size, sample_rate, rng) * np.exp(-time_s / 0.015)
    note = note / np.max(np.abs(note)) + 0.2 * thump / np.max(np.abs(thump))
    note *= -np.expm1(-time_s / 0.002)
    return _finished(note, velocity, 0.0, 0.08, sample_rate)


def flute_note(
    frequency_hz: float, duration_s: float, sample_rate: int, rng: Random, velocity: float = 1.0
) -> Audio:
    """Blow a flute: few partials, a swelling vibrato of strength, and breath.

    Parameters
    ----------
    frequency_hz, duration_s, sample_rate, velocity
        See `piano_note`.
    rng : Random
        Source of the breath and of the irregularities of the vibrato.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    time_s = _time_s(duration_s, sample_rate)
    vibrato = _vibrato(time_s, 4.8, rng)
    pitch_hz = frequency_hz * (1.0 + 0.003 * vibrato)
    tone = _harmonics(pitch_hz, sample_rate, lambda hz: (frequency_hz / hz) ** (2.2 - velocity))
    breath = _filtered_noise(0.7 * frequency_hz, 4.0 * frequency_hz, time_s.size, sample_rate, rng)
    note = tone / np.max(np.abs(tone)) * (1.0 + 0.12 * vibrato)
    note += 0.03 * breath / np.std(breath)
    return _finished(note, velocity, 0.05, 0.07, sample_rate)


def bowed_note(
    frequency_hz: float,
    duration_s: float,
    sample_rate: int,
    rng: Random,
    velocity: float = 1.0,
    body: str = "violin",
) -> Audio:
    """Bow a string: a saw-tooth heard through the resonances of a body, and the bow's noise.

    Parameters
    ----------
    frequency_hz, duration_s, sample_rate, velocity
        See `piano_note`.
    rng : Random
        Source of the bow's noise and of the irregularities of the vibrato.
    body : {"violin", "viola"}
        What the string is on.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    time_s = _time_s(duration_s, sample_rate)
    pitch_hz = frequency_hz * 2.0 ** (18.0 / 1200.0 * _vibrato(time_s, 5.4, rng))
    resonances = _resonances(_BODIES[body], 0.12)
    tone = _harmonics(pitch_hz, sample_rate, lambda hz: resonances(hz) / hz)
    scrape = _filtered_noise(500.0, 5000.0, time_s.size, sample_rate, rng)
    note = tone / np.max(np.abs(tone)) + 0.006 * scrape / np.std(scrape)
    return _finished(note, velocity, 0.09, 0.1, sample_rate)


def sung_note(
    frequency_hz: float,
    duration_s: float,
    sample_rate: int,
    rng: Random,
    velocity: float = 1.0,
    vowel: str = "a",
) -> Audio:
    """Sing a vowel: the pulses of the vocal folds heard through the resonances of the throat.

    Parameters
    ----------
    frequency_hz, duration_s, sample_rate, velocity
        See `piano_note`.
    rng : Random
        Source of the breath and of the irregularities of the vibrato.
    vowel : {"a", "o", "i"}
        What is sung.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    time_s = _time_s(duration_s, sample_rate)
    # The voice slides into the pitch from below.
    slide_cents = -60.0 * np.exp(-time_s / 0.05)
    cents = slide_cents + 45.0 * _vibrato(time_s, 5.6, rng)
    throat = _resonances(_FORMANTS[vowel], 0.02)
    # Pulses fall by 12 dB per octave, and the lips raise them by 6.
    tone = _harmonics(
        frequency_hz * 2.0 ** (cents / 1200.0), sample_rate, lambda hz: throat(hz) / hz
    )
    breath = _filtered_noise(1500.0, 7000.0, time_s.size, sample_rate, rng)
    note = tone / np.max(np.abs(tone)) + 0.004 * breath / np.std(breath)
    return _finished(note, velocity, 0.06, 0.12, sample_rate)


def _harmonics(pitch_hz: Audio, sample_rate: int, strength: Curve) -> Audio:
    """Sum up the harmonics of a moving pitch, each as strong as the curve says where it is."""
    phase = 2.0 * np.pi * np.cumsum(pitch_hz) / sample_rate
    top_hz = min(_HIGHEST_HZ, 0.45 * sample_rate)
    step = np.exp(1j * phase)
    turn = np.ones_like(step)
    total = np.zeros(phase.size)
    for n in range(1, int(top_hz / pitch_hz.max()) + 1):
        turn *= step
        total += strength(n * pitch_hz) * turn.imag
    return total


def _resonances(modes: tuple[tuple[float, float, float], ...], rest: float) -> Curve:
    """Return a curve with a bell for every mode, and a rest in between."""
    grid_hz = np.arange(0.0, 1.2 * _HIGHEST_HZ, 10.0)
    curve = np.full(grid_hz.size, rest)
    for centre_hz, bandwidth_hz, gain in modes:
        curve += gain / np.sqrt(1.0 + ((grid_hz - centre_hz) / (0.5 * bandwidth_hz)) ** 2)
    return lambda frequency_hz: np.interp(frequency_hz, grid_hz, curve)


def _vibrato(time_s: Audio, rate_hz: float, rng: Random) -> Audio:
    """Swing between -1 and 1 at a slightly irregular rate, from a third of a second on."""
    rate_hz = rate_hz * (1.0 + 0.05 * rng.standard_normal())
    wander = 0.4 * np.sin(2.0 * np.pi * (0.7 * time_s + rng.random()))
    return np.sin(2.0 * np.pi * rate_hz * time_s + wander) * np.clip(time_s / 0.35, 0.0, 1.0) ** 2


def _time_s(duration_s: float, sample_rate: int) -> Audio:
    return np.arange(round(duration_s * sample_rate)) / sample_rate


def _filtered_noise(
    low_hz: float, high_hz: float, n_samples: int, sample_rate: int, rng: Random
) -> Audio:
    band = (low_hz, min(high_hz, 0.45 * sample_rate))
    sections = signal.butter(2, band, "bandpass", fs=sample_rate, output="sos")
    return signal.sosfilt(sections, rng.standard_normal(n_samples))


def _finished(
    note: Audio, velocity: float, attack_s: float, release_s: float, sample_rate: int
) -> Audio:
    """Bring a note to its strength, and fade both ends."""
    return velocity * _shape_ends(note / np.max(np.abs(note)), attack_s, release_s, sample_rate)


def _shape_ends(audio: Audio, attack_s: float, release_s: float, sample_rate: int) -> Audio:
    """Fade both ends with half a cosine each."""
    shaped = audio.copy()
    n_attack = min(round(attack_s * sample_rate), audio.size)
    n_release = min(round(release_s * sample_rate), audio.size)
    shaped[:n_attack] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(n_attack) / max(n_attack, 1))
    fall = 0.5 + 0.5 * np.cos(np.pi * np.arange(1, n_release + 1) / max(n_release, 1))
    shaped[audio.size - n_release :] *= fall
    return shaped
