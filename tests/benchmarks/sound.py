"""How fast the mixer is, how soon a fader is heard, and whether sound drops out under load."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from isnmf_gui.nmf import factorize
from isnmf_gui.playback import Mix, MixSource, Transport
from isnmf_gui.playback.device import OutputCallback
from isnmf_gui.playback.render import BLOCK_S
from isnmf_gui.spectral import Factors, Stft
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import QUICK, Effort

RATE, N_BASES = 44_100, 32
STFT = Stft(2048, 512)
# The device asks for so much at a time.
BUFFER_FRAMES = 512


def figures(effort: Effort) -> Iterator[Figure]:
    """Yield the figures of sound."""
    quick = effort is QUICK
    samples, mix = _mix(20.0 if quick else 60.0)
    yield Figure(
        "mixer_realtime_factor_k32", _realtime_factor(samples, mix), bound=Bound("at least", 300)
    )
    yield Figure("fader_to_sound_ms", _fader_ms(samples, mix), bound=Bound("at most", 100))
    seconds = 5.0 if quick else 60.0
    note = f"{seconds:.0f} s beside a factorization on every core"
    dropped = _underruns(samples, mix, seconds)
    yield Figure("underruns_60s", dropped, bound=Bound("at most", 0), note=note)


def _mix(seconds: float) -> tuple[np.ndarray, Mix]:
    rng = np.random.default_rng(1)
    samples = 0.1 * rng.standard_normal((round(seconds * RATE), 2)).astype(np.float32)
    basis = rng.random((STFT.n_bins, N_BASES))
    activation = rng.random((N_BASES, STFT.n_frames(len(samples))))
    factors = Factors.of(basis, activation, 1.5, np.float32)
    return samples, Mix("mix", STFT, factors, rng.random(N_BASES))


def _realtime_factor(samples: np.ndarray, mix: Mix) -> float:
    """Read as the feeder does, in its blocks; the best of three."""
    best, block = 0.0, round(BLOCK_S * RATE)
    for _ in range(3):
        source, began = MixSource(samples, RATE, mix), time.perf_counter()
        for start in range(0, len(samples), block):
            source.read(start, min(start + block, len(samples)))
        best = max(best, len(samples) / RATE / (time.perf_counter() - began))
    return best


class _Device:
    """Takes buffers at the pace of a sound card."""

    def __init__(self, n_channels: int, sample_rate: int, callback: OutputCallback) -> None:
        self.n_channels, self.sample_rate = max(2, n_channels), sample_rate
        self.latency_s, self.device_name, self.is_alive = 0.0, "simulated", True
        self._callback = callback
        self.heard: list[tuple[float, np.ndarray]] = []
        self.keeps = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self.is_alive = False
        self._thread.join()

    def _run(self) -> None:
        due_s = time.perf_counter()
        while self.is_alive:
            buffer = np.zeros((BUFFER_FRAMES, self.n_channels), np.float32)
            self._callback(buffer, False)
            if self.keeps:
                self.heard.append((time.perf_counter(), buffer))
            due_s += BUFFER_FRAMES / self.sample_rate
            time.sleep(max(0.0, due_s - time.perf_counter()))


def _transport() -> tuple[Transport, list[_Device]]:
    devices: list[_Device] = []

    def open_output(
        n_channels: int, sample_rate: int, callback: OutputCallback, device: str | None = None
    ) -> _Device:
        devices.append(_Device(n_channels, sample_rate, callback))
        return devices[-1]

    return Transport(open_output), devices


def _fader_ms(samples: np.ndarray, mix: Mix) -> float:
    """Return the longest of some times from shutting every fader until sound falls, in ms."""
    transport, devices = _transport()
    waits = []
    # A steady sound, so that any block tells at once.
    source = MixSource(np.full_like(samples, 0.5), RATE, replace(mix, output="recording"))
    shut = replace(mix, gains=np.zeros(N_BASES))
    try:
        transport.play(source)
        devices[0].keeps = True
        for _ in range(10):
            time.sleep(0.3)
            devices[0].heard.clear()
            began = time.perf_counter()
            source.mix = shut
            time.sleep(0.4)
            first = next(at for at, block in list(devices[0].heard) if block.min() < 0.49)
            waits.append(1000 * (first - began))
            source.mix = replace(mix, output="recording")
    finally:
        transport.close()
    return max(waits)


def _underruns(samples: np.ndarray, mix: Mix, seconds: float) -> float:
    """Play a mix that changes 20 times a second while a factorization uses every core."""
    transport, _ = _transport()
    source = MixSource(samples, RATE, mix)
    stop = threading.Event()
    power = np.random.default_rng(2).random((1025, 2600)).astype(np.float32)

    def work() -> None:
        while not stop.is_set():
            factorize(
                power, 24, rule="fast", domain=1.5, n_iterations=100, dtype="float32",
                on_progress=lambda _: not stop.is_set(),
            )  # fmt: skip

    worker = threading.Thread(target=work)
    worker.start()
    try:
        transport.set_loop((0, len(samples)))
        transport.play(source)
        rng, end_s = np.random.default_rng(3), time.perf_counter() + seconds
        while time.perf_counter() < end_s:
            source.mix = replace(mix, gains=rng.random(N_BASES))
            time.sleep(0.05)
        return float(transport.underruns)
    finally:
        stop.set()
        transport.close()
        worker.join()
