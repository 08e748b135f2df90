"""How fast any mix is made, and how soon a fader is heard."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from isnmf_gui.playback import Mix, MixSource, Transport, render
from isnmf_gui.playback.device.device import OutputCallback
from isnmf_gui.playback.render import BLOCK_S
from isnmf_gui.spectral import Factors, Stft
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort

RATE_HZ = 44_100
N_BASES = 32
MIXED_S = 20.0
LEAST_FACTOR, MOST_FADER_MS = 300, 100
# What the fader's device asks for at once: short, so that the time is that of the ring.
BUFFER_S = 0.005
# Faders are moved at any moment between two blocks.
FADER_MOVES, FADER_REST_S = 30, 0.0937


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure the mixer and the way from it to the device.

    Parameters
    ----------
    effort : Effort
        How often.
    """
    with threadpool_limits(limits=1, user_api="blas"):  # as in the window
        source = MixSource(_noise(MIXED_S), RATE_HZ)
        mixes = _mixes(source.n_samples)
        source.mix = mixes[0]
        played, offline = [], []
        for _ in range(effort.n_rounds):
            played.append(_factor(source, _read_as_played))
            offline.append(_factor(source, render))
        yield Figure(
            "mixer_realtime_factor_k32",
            median(played),
            bound=Bound("at least", LEAST_FACTOR),
            note=f"offline {median(offline):.0f}",
        )
        bound = Bound("at most", MOST_FADER_MS)
        yield Figure("fader_to_sound_ms", 1000 * _fader_s(source, mixes), bound=bound)


def _noise(seconds: float) -> NDArray[np.float32]:
    random = np.random.default_rng(0)
    return random.uniform(-0.5, 0.5, (round(seconds * RATE_HZ), 2)).astype(np.float32)


def _mixes(n_samples: int) -> tuple[Mix, Mix]:
    """Return a mix with every fader somewhere, and one with all of them lower."""
    random = np.random.default_rng(1)
    stft = Stft(2048, 512)
    basis = random.random((stft.n_bins, N_BASES))
    activation = random.random((N_BASES, stft.n_frames(n_samples)))
    factors = Factors.of(basis, activation, 2.0, np.float32)
    mix = Mix("mix", stft, factors, random.uniform(0.2, 1.5, N_BASES))
    assert mix.gains is not None
    return mix, replace(mix, gains=mix.gains / 4)


# -- the mixer alone --------------------------------------------------------------------------


def _factor(source: MixSource, read: Callable[[MixSource], object]) -> float:
    """Return how many times faster than it sounds a source is read."""
    began = time.perf_counter()
    read(source)
    return source.n_samples / RATE_HZ / (time.perf_counter() - began)


def _read_as_played(source: MixSource) -> None:
    n_block = round(BLOCK_S * RATE_HZ)
    for start in range(0, source.n_samples, n_block):
        source.read(start, min(start + n_block, source.n_samples))


# -- from a fader to the device ---------------------------------------------------------------


class SimulatedDevice:
    """A stream that takes what it gets by the clock, and keeps it if wanted."""

    def __init__(
        self, n_channels: int, sample_rate: int, callback: OutputCallback, keeps: bool
    ) -> None:
        self.n_channels, self.sample_rate = n_channels, sample_rate
        self.latency_s, self.device_name = 0.0, "simulated device"
        self.is_alive = True
        self.times_s: list[float] = []
        self.buffers: list[NDArray[np.float32]] = []
        self._callback, self._keeps = callback, keeps
        self._thread = threading.Thread(target=self._run, name="simulated-device", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def close(self) -> None:
        """Ask no longer."""
        self.is_alive = False
        self._thread.join()

    def _run(self) -> None:
        due_s = time.perf_counter()
        while self.is_alive:
            buffer = np.zeros((round(BUFFER_S * self.sample_rate), self.n_channels), np.float32)
            self._callback(buffer, False)
            if self._keeps:
                self.times_s.append(time.perf_counter())
                self.buffers.append(buffer)
            due_s += BUFFER_S
            time.sleep(max(0.0, due_s - time.perf_counter()))


def open_simulated(
    n_channels: int,
    sample_rate: int,
    callback: OutputCallback,
    device: str | None = None,
    *,
    keeps: bool = False,
) -> SimulatedDevice:
    """Open a simulated device."""
    return SimulatedDevice(n_channels, sample_rate, callback, keeps)


def _fader_s(source: MixSource, mixes: tuple[Mix, Mix]) -> float:
    """Return the longest time from a new mix to its first sample leaving the ring."""
    wanted = []
    for mix in reversed(mixes):
        source.mix = mix
        wanted.insert(0, render(source))
    devices: list[SimulatedDevice] = []

    def open_kept(
        n_channels: int, sample_rate: int, callback: OutputCallback, device: str | None = None
    ) -> SimulatedDevice:
        devices.append(open_simulated(n_channels, sample_rate, callback, keeps=True))
        return devices[-1]

    transport = Transport(open_kept)
    moves_s = []
    try:
        transport.play(source)
        for move in range(FADER_MOVES):
            time.sleep(FADER_REST_S)
            moves_s.append(time.perf_counter())
            source.mix = mixes[(move + 1) % 2]
        time.sleep(2 * FADER_REST_S)
    finally:
        transport.close()
    return _longest_s(devices[0], wanted, moves_s)


def _longest_s(
    device: SimulatedDevice, mixes: list[NDArray[np.float32]], moves_s: list[float]
) -> float:
    """Find each move in what was heard: where it is no longer the mix of before."""
    heard = np.concatenate(device.buffers)
    first = int(np.argmax(heard.any(axis=1)))
    heard = heard[first:]
    times_s = np.repeat(device.times_s, len(device.buffers[0]))[first:]
    delays = []
    for move, moved_s in enumerate(moves_s):
        begin = int(np.searchsorted(times_s, moved_s))
        error = np.abs(heard[begin:] - mixes[move % 2][begin : len(heard)]).max(axis=1)
        delays.append(times_s[begin + int(np.argmax(error > 1e-4))] - moved_s)
    return max(delays)
