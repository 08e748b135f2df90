"""Music to be played, and comparing it with what was heard."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import butter, correlate, resample, sosfilt

from isnmf_gui.playback import AudioSource, Transport
from tests.sound_card import SoundCard, wait_until

RATE = 44100


def music(duration_s: float, rate: int = RATE, n_channels: int = 2) -> NDArray[np.float32]:
    """Bursts of noise and tones, different in every channel and at every moment."""
    random = np.random.default_rng(7)
    n_samples = round(duration_s * rate)
    time_s = np.arange(n_samples) / rate
    band = butter(6, 0.3 * rate, fs=rate, output="sos")
    channels = []
    for channel in range(n_channels):
        bursts = sosfilt(band, random.standard_normal(n_samples)) * (np.sin(31 * time_s) > 0)
        tone = np.sin(2 * np.pi * (220 + 60 * channel) * time_s * (1 + 0.2 * time_s))
        channels.append(0.08 * bursts + 0.3 * tone)
    samples = (
        np.stack(channels, axis=1)
        * np.minimum(1, (n_samples - np.arange(n_samples)) / 441)[:, np.newaxis]
    )
    return samples.astype(np.float32)


def find(heard: NDArray[np.float32], wanted: NDArray[np.float32]) -> int:
    """Where `wanted` begins in `heard`."""
    scores = sum(correlate(heard[:, i], wanted[:, i], mode="valid") for i in range(wanted.shape[1]))
    return int(np.argmax(scores))


def correlation(heard: NDArray[np.float32], wanted: NDArray[np.float32]) -> float:
    return float(np.vdot(heard, wanted) / np.linalg.norm(heard) / np.linalg.norm(wanted))


def level_db(heard: NDArray[np.float32], wanted: NDArray[np.float32]) -> float:
    return float(20 * np.log10(np.linalg.norm(heard) / np.linalg.norm(wanted)))


def best_correlation(heard: NDArray[np.float32], wanted: NDArray[np.float32]) -> float:
    """Correlation at the best lag, between samples too: resamplers delay by parts of one."""
    up = 16
    start = find(heard, wanted)
    fine = resample(heard[start - 4 : start + len(wanted) + 4], up * (len(wanted) + 8))
    pieces = [fine[lag : lag + up * len(wanted) : up] for lag in range(8 * up)]
    return max(correlation(piece, wanted) for piece in pieces)


def play_all(
    transport: Transport, card: SoundCard, source: AudioSource, start_sample: int = 0
) -> NDArray[np.float32]:
    """Play to the end and return what was heard.

    A machine that is too busy starves the device; the transport says so, and it is done again.
    """
    for _ in range(5):
        n_gaps = transport.underruns + transport.device_underruns
        with card.record() as recording:
            recording.wait(0.05)
            transport.play(source, start_sample)
            wait_until(lambda: transport.finished)
            recording.wait(0.3)
            if transport.underruns + transport.device_underruns == n_gaps:
                return recording.samples
        transport.use_device(None)
    pytest.fail("the machine is too busy to play without gaps")


def playing_from(transport: Transport, sample: int) -> None:
    wait_until(lambda: transport.position_samples >= sample)
