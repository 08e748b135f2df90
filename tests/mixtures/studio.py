"""From mono notes to finished stems: laying out, balancing, fading, rounding to 16 bits."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.mixtures import room
from tests.mixtures.instruments import Audio, Random

Samples = NDArray[np.int16]

FULL_SCALE = 32768.0


class Note(NamedTuple):
    """One stroke: when, where in the stereo picture, and the mono sound of it."""

    start_s: float
    position: float
    sound: Audio


def lay_out(notes: Iterable[Note], n_samples: int, sample_rate: int, n_channels: int = 2) -> Audio:
    """Add notes at their times; what reaches beyond the end is cut.

    Parameters
    ----------
    notes : iterable of Note
        In any order.
    n_samples : int
        Length of the result.
    sample_rate : int
        Samples per second.
    n_channels : {1, 2}
        Positions matter for two channels only.

    Returns
    -------
    Audio
        Shape (n_samples, n_channels).
    """
    audio = np.zeros((n_samples, n_channels))
    for start_s, position, sound in notes:
        start = max(0, round(start_s * sample_rate))
        length = max(0, min(sound.size, n_samples - start))
        mono = sound[:length]
        audio[start : start + length] += (
            room.pan(mono, position) if n_channels == 2 else mono[:, None]
        )
    return audio


def balance(audio: Audio, level_db: float) -> Audio:
    """Scale a stem to a level, as the root mean square of the whole of it."""
    return audio * (10.0 ** (level_db / 20.0) / np.sqrt(np.mean(audio**2)))


def fade_out(audio: Audio, n_fade: int) -> Audio:
    """Fade the end out with half a cosine."""
    fade = 0.5 + 0.5 * np.cos(np.pi * np.arange(n_fade) / n_fade)
    return np.concatenate([audio[:-n_fade], audio[-n_fade:] * fade[:, None]])


def master(stems: Mapping[str, Audio], peak_db: float, rng: Random | None) -> dict[str, Samples]:
    """Bring the sum of the stems to a peak, and round the stems to 16 bits.

    Parameters
    ----------
    stems : mapping of str to Audio
        Equal shapes.
    peak_db : float
        Peak of the sum in dB relative to full scale.
    rng : Random or None
        Source of the dither; None: no dither, and silence stays digital silence.

    Returns
    -------
    dict of str to Samples
        Under the same names. Sums of them are exact, in int32 and in float32.
    """
    gain = FULL_SCALE * 10.0 ** (peak_db / 20.0) / np.max(np.abs(sum(stems.values())))
    return {name: _quantise(gain * stem, rng) for name, stem in stems.items()}


def _quantise(audio: Audio, rng: Random | None) -> Samples:
    """Round to 16 bits; triangular dither turns rounding errors into even noise."""
    if rng is not None:
        dither = rng.random(audio.shape) - rng.random(audio.shape)
        audio = audio + dither
    return np.round(audio).astype(np.int16)
