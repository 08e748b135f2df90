"""Synthetic instruments: every function returns one struck or plucked note as a mono array.

All notes share three conventions: the returned array is float64 of shape (n_samples,), a
``velocity`` of 1 is a full stroke with a peak of about 1, and every random choice is drawn from
the given generator, so that a seed fixes the sound.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import signal

Audio = NDArray[np.float64]
#: The demo's notes come from the newer kind; the older kind's stream is frozen for good.
Random = np.random.Generator | np.random.RandomState

# Modes of a free uniform bar relative to its lowest one: ((2 k + 1) / 3.0112)^2 for k = 1, 2, ...
# (Fletcher and Rossing, "The Physics of Musical Instruments", section 2.15).
_BAR_MODE_RATIOS = np.array([1.0, 2.756, 5.404, 8.933])

# (centre frequency in Hz, quality factor, gain) of the air and plate modes of a guitar body.
_GUITAR_BODY_MODES = ((105.0, 8.0, 0.5), (205.0, 10.0, 0.7), (410.0, 9.0, 0.4))

_SEMITONES_ABOVE_C = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def pitch_hz(name: str) -> float:
    """Give the equal-tempered frequency of a note, with A4 at 440 Hz.

    Parameters
    ----------
    name : str
        Letter, optional ``#`` or ``b``, octave: for example ``"F#4"``.

    Returns
    -------
    float
        Frequency in Hz.
    """
    alteration = {"#": 1, "b": -1}.get(name[1], 0)
    octave = int(name[2:] if alteration else name[1:])
    semitones_above_a4 = _SEMITONES_ABOVE_C[name[0]] + alteration + 12 * (octave - 4) - 9
    return 440.0 * 2.0 ** (semitones_above_a4 / 12.0)


def plucked_string(
    frequency_hz: float,
    duration_s: float,
    sample_rate: int,
    rng: Random,
    *,
    decay_s: float = 4.0,
    loss: float = 0.1,
    pluck_position: float = 0.2,
    roughness: float = 0.3,
) -> Audio:
    """Pluck a string: its shape circulates in a delay line with a low-pass filter.

    This is the extended algorithm of Karplus and Strong ("Digital synthesis of plucked-string and
    drum timbres", 1983; Jaffe and Smith, "Extensions of the Karplus-Strong plucked-string
    algorithm", 1983), with cubic Lagrange interpolation for the fractional part of the period.

    Parameters
    ----------
    frequency_hz : float
        Fundamental frequency in Hz.
    duration_s : float
        Length of the result in seconds.
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the noise in the pluck.
    decay_s : float
        Time in seconds in which the lowest partials fall by 60 dB.
    loss : float
        Low-pass filter in the loop, 0 (bright) to 0.25 (the highest partials vanish at once).
    pluck_position : float
        Place of the pluck as a fraction of the length of the string; it mutes partials.
    roughness : float
        Noise relative to the smooth shape; what differs from one pluck to the next.

    Returns
    -------
    Audio
        Shape (n_samples,), peak 1.
    """
    period = sample_rate / frequency_hz
    n_samples = round(duration_s * sample_rate)
    output = np.zeros(n_samples)
    excitation = _pluck(period, rng, pluck_position, roughness)[:n_samples]
    output[: excitation.size] = excitation

    # Both filters of the loop delay by one sample besides the fraction, hence the 2.
    lag = int(period - 2.0)
    gain = 10.0 ** (-3.0 / (frequency_hz * decay_s))
    loop = gain * np.convolve([loss, 1.0 - 2.0 * loss, loss], _lagrange(period - 2.0 - lag))
    reach = lag + loop.size - 1
    # A whole block of `lag` samples depends on earlier blocks only, so it is filtered at once.
    padded = np.concatenate([np.zeros(reach), output])
    for start in range(reach + lag, padded.size, lag):
        stop = min(start + lag, padded.size)
        padded[start:stop] += np.convolve(padded[start - reach : stop - lag], loop, "valid")
    output = padded[reach:]
    return output / np.max(np.abs(output))


def guitar_note(
    frequency_hz: float,
    duration_s: float,
    sample_rate: int,
    rng: Random,
    velocity: float = 1.0,
) -> Audio:
    """Pluck a steel-string guitar: a bright string heard through the modes of its body.

    Parameters
    ----------
    frequency_hz, duration_s, sample_rate, rng
        See `plucked_string`; the string is damped at the end of ``duration_s`` seconds.
    velocity : float
        Strength of the stroke, 0 to 1; a soft one is also darker.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    string = plucked_string(
        frequency_hz, duration_s, sample_rate, rng, decay_s=3.5, loss=0.03, pluck_position=0.17
    )
    string = _low_pass(string, 1000.0 + 2000.0 * velocity, sample_rate)
    body = string.copy()
    for centre_hz, quality, gain in _GUITAR_BODY_MODES:
        body += gain * signal.lfilter(*signal.iirpeak(centre_hz, quality, fs=sample_rate), string)
    return velocity * _damp_end(body / np.max(np.abs(body)), 0.05, sample_rate)


def bass_note(
    frequency_hz: float,
    duration_s: float,
    sample_rate: int,
    rng: Random,
    velocity: float = 1.0,
) -> Audio:
    """Pluck an electric bass with the fingers: a dark string with a strong fundamental.

    Parameters
    ----------
    frequency_hz, duration_s, sample_rate, rng
        See `plucked_string`; the string is damped at the end of ``duration_s`` seconds.
    velocity : float
        Strength of the stroke, 0 to 1; a soft one is also darker.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    string = plucked_string(
        frequency_hz,
        duration_s,
        sample_rate,
        rng,
        decay_s=5.0,
        loss=0.2,
        pluck_position=0.3,
        roughness=0.1,
    )
    string = _low_pass(string, 160.0 + 80.0 * velocity, sample_rate)
    return velocity * _damp_end(string / np.max(np.abs(string)), 0.06, sample_rate)


def bell_note(
    frequency_hz: float,
    duration_s: float,
    sample_rate: int,
    rng: Random,
    velocity: float = 1.0,
) -> Audio:
    """Strike a metal bar: the inharmonic modes of a free bar, the higher the sooner gone.

    Parameters
    ----------
    frequency_hz : float
        Frequency of the lowest mode in Hz.
    duration_s : float
        Length of the result in seconds; the bar is damped at its end.
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the noise of the mallet.
    velocity : float
        Strength of the stroke, 0 to 1; a soft one excites the high modes less.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    time_s = _time_s(duration_s, sample_rate)
    mode_hz = frequency_hz * _BAR_MODE_RATIOS
    mode_hz = mode_hz[mode_hz < 0.45 * sample_rate]
    order = np.arange(mode_hz.size)
    amplitude = np.array([1.0, 0.35, 0.16, 0.05])[order] * velocity ** (0.5 * order)
    decay_rate = 6.9 / (2.6 / (1.0 + 1.6 * order))
    modes = np.sin(2.0 * np.pi * mode_hz[:, None] * time_s)
    note = (amplitude[:, None] * modes * np.exp(-decay_rate[:, None] * time_s)).sum(axis=0)
    note += 0.15 * velocity * _noise(time_s, 3000.0, None, 0.006, sample_rate, rng)
    # The mallet stays on the bar for about a millisecond.
    note *= -np.expm1(-time_s / 0.001)
    return velocity * _damp_end(note / np.max(np.abs(note)), 0.2, sample_rate)


def kick_drum(sample_rate: int, rng: Random, velocity: float = 1.0) -> Audio:
    """Hit a bass drum: a sine that falls to its resting pitch, and the click of the beater.

    Parameters
    ----------
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the noise of the beater.
    velocity : float
        Strength of the stroke, 0 to 1.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    time_s = _time_s(0.45, sample_rate)
    # Phase of a frequency of 48 Hz + 130 Hz exp(-t / 25 ms), integrated over time.
    cycles = 50.0 * time_s + 90.0 * 0.012 * -np.expm1(-time_s / 0.012)
    shell = np.sin(2.0 * np.pi * cycles) * np.exp(-time_s / 0.11)
    beater = 0.2 * _noise(time_s, 1500.0, 6000.0, 0.004, sample_rate, rng)
    return velocity * _damp_end(shell + beater, 0.05, sample_rate)


def snare_drum(sample_rate: int, rng: Random, velocity: float = 1.0) -> Audio:
    """Hit a snare drum: two modes of the head and the band of noise of the wires.

    Parameters
    ----------
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the noise of the wires.
    velocity : float
        Strength of the stroke, 0 to 1.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    time_s = _time_s(0.4, sample_rate)
    head = np.sin(2.0 * np.pi * 188.0 * time_s) + 0.6 * np.sin(2.0 * np.pi * 331.0 * time_s)
    head *= 0.5 * np.exp(-time_s / 0.05)
    wires = 0.8 * _noise(time_s, 1400.0, 7500.0, 0.07, sample_rate, rng)
    return velocity * _damp_end(head + wires, 0.05, sample_rate)


def hi_hat(sample_rate: int, rng: Random, velocity: float = 1.0, decay_s: float = 0.03) -> Audio:
    """Hit a cymbal: high noise that dies away exponentially.

    Parameters
    ----------
    sample_rate : int
        Samples per second.
    rng : Random
        Source of the noise.
    velocity : float
        Strength of the stroke, 0 to 1.
    decay_s : float
        Time in seconds to fall to 1 / e: 0.03 for a closed hi-hat, 0.15 for an open one, 0.6 for
        a crash cymbal.

    Returns
    -------
    Audio
        Shape (n_samples,), peak near ``velocity``.
    """
    time_s = _time_s(7.0 * decay_s, sample_rate)
    # At a sample rate of 16 kHz the band of 6.5 kHz and above still leaves 1.5 kHz of sound.
    sound = _noise(time_s, 6500.0, None, decay_s, sample_rate, rng)
    return velocity * _damp_end(sound, 0.3 * decay_s, sample_rate)


def _pluck(period: float, rng: Random, position: float, roughness: float) -> Audio:
    """Shape one period of the force of a plucked string on its bridge, with some noise.

    For an ideal string it is a rectangular wave with the pluck position as its duty cycle: the
    amplitude of partial n is proportional to sin(n pi position) / n.
    """
    n_period = int(period) - 2
    # Smoothed over a twentieth of a period: fingers are not points.
    edges = np.hanning(max(5, round(0.05 * period)))
    force = np.convolve(np.arange(n_period) < position * n_period, edges / edges.sum(), "same")
    force += 0.3 * roughness * rng.standard_normal(n_period)
    # A constant would circulate in the loop as an offset.
    return force - force.mean()


def _lagrange(fraction: float) -> Audio:
    """Cubic Lagrange interpolator that delays by one sample and a fraction (four taps)."""
    delay = 1.0 + fraction
    taps = np.arange(4)
    return np.array(
        [np.prod([(delay - m) / (k - m) for m in taps if m != k]) for k in taps], dtype=np.float64
    )


def _time_s(duration_s: float, sample_rate: int) -> Audio:
    """Give the times of the samples of a note, in seconds."""
    return np.arange(round(duration_s * sample_rate)) / sample_rate


def _noise(
    time_s: Audio,
    low_hz: float,
    high_hz: float | None,
    decay_s: float,
    sample_rate: int,
    rng: Random,
) -> Audio:
    """Band of noise with an exponential decay and a peak of 1; no upper limit if None."""
    if high_hz is None or high_hz >= 0.48 * sample_rate:
        sections = signal.butter(2, low_hz, "highpass", fs=sample_rate, output="sos")
    else:
        sections = signal.butter(2, (low_hz, high_hz), "bandpass", fs=sample_rate, output="sos")
    noise = signal.sosfilt(sections, rng.standard_normal(time_s.size)) * np.exp(-time_s / decay_s)
    return noise / np.max(np.abs(noise))


def _low_pass(audio: Audio, cutoff_hz: float, sample_rate: int) -> Audio:
    """Attenuate what lies above the cutoff by 12 dB per octave."""
    cutoff_hz = min(cutoff_hz, 0.45 * sample_rate)
    return signal.sosfilt(signal.butter(2, cutoff_hz, fs=sample_rate, output="sos"), audio)


def _damp_end(audio: Audio, damping_s: float, sample_rate: int) -> Audio:
    """Fade the last ``damping_s`` seconds out with half a cosine."""
    n_fade = min(round(damping_s * sample_rate), audio.size)
    faded = audio.copy()
    faded[audio.size - n_fade :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, n_fade + 1) / n_fade)
    return faded
