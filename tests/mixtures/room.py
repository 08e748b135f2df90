"""Placing mono notes in a stereo picture and in a synthetic room."""

import numpy as np
from scipy import signal

from tests.mixtures.instruments import Audio, Random

# Upper edges in Hz of the bands of the room and their reverberation times relative to the
# middle one: walls and air absorb high frequencies, so that these die away sooner.
_BAND_EDGES_HZ = (400.0, 1600.0, 6000.0)
_BAND_DECAY_FACTORS = (1.1, 1.0, 0.75, 0.45)


def pan(mono: Audio, position: float) -> Audio:
    """Place a mono signal between two loudspeakers at constant power.

    Parameters
    ----------
    mono : Audio
        Shape (n_samples,).
    position : float
        -1 for the left, 0 for the centre, 1 for the right.

    Returns
    -------
    Audio
        Shape (n_samples, 2), with the energy of ``mono``.
    """
    angle = 0.25 * np.pi * (1.0 + position)
    return mono[:, None] * np.array([np.cos(angle), np.sin(angle)])


def impulse_response(
    reverberation_s: float,
    n_channels: int,
    sample_rate: int,
    rng: Random,
    *,
    pre_delay_s: float = 0.012,
) -> Audio:
    """Synthesise the diffuse response of a room: bands of noise that decay exponentially.

    The model is the one of Polack ("La transmission de l'énergie sonore dans les salles", 1988):
    Gaussian noise under an exponential, here with a reverberation time for each band.

    Parameters
    ----------
    reverberation_s : float
        Time in seconds in which the sound between 400 Hz and 1600 Hz falls by 60 dB.
    n_channels : int
        Number of channels; they are independent of each other, as in a diffuse field.
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the noise.
    pre_delay_s : float
        Silence in seconds before the first reflection.

    Returns
    -------
    Audio
        Shape (n_samples, n_channels), with an energy of 1 in every channel.
    """
    n_samples = round(max(_BAND_DECAY_FACTORS) * reverberation_s * sample_rate)
    time_s = np.arange(n_samples)[:, None] / sample_rate
    # A short rise instead of a sudden onset keeps the reverberation from sounding like an echo.
    rise = -np.expm1(-time_s / 0.01)
    remainder = rng.standard_normal((n_samples, n_channels))
    response = np.zeros_like(remainder)
    for edge_hz, factor in zip((*_BAND_EDGES_HZ, None), _BAND_DECAY_FACTORS, strict=True):
        band = remainder
        if edge_hz is not None and edge_hz < 0.45 * sample_rate:
            sections = signal.butter(2, edge_hz, fs=sample_rate, output="sos")
            band = signal.sosfilt(sections, remainder, axis=0)
        remainder = remainder - band
        response += band * rise * 10.0 ** (-3.0 * time_s / (factor * reverberation_s))
    response /= np.sqrt(np.sum(response**2, axis=0))
    n_delay = round(pre_delay_s * sample_rate)
    return np.concatenate([np.zeros((n_delay, n_channels)), response])


def reverberate(dry: Audio, response: Audio, wet_db: float) -> Audio:
    """Add the reverberation of a room to a signal.

    Parameters
    ----------
    dry : Audio
        Direct sound, shape (n_samples, n_channels). Its sum over the channels excites the room.
    response : Audio
        Impulse response, shape (n_response, n_channels); see `impulse_response`.
    wet_db : float
        Level in dB of the reverberation relative to the direct sound, for white noise.

    Returns
    -------
    Audio
        Shape (n_samples, n_channels); what rings on after the end of ``dry`` is left out.
    """
    excitation = dry.sum(axis=1, keepdims=True) / np.sqrt(dry.shape[1])
    wet = signal.fftconvolve(excitation, response, axes=0)[: dry.shape[0]]
    return dry + 10.0 ** (wet_db / 20.0) * wet
