"""The part that runs inside the device's callback."""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.playback.meter import CallbackMeter
from isnmf_gui.playback.ramp import GainRamp
from isnmf_gui.playback.voice import CHUNK_FRAMES, Voice

WARM_UP_LATENCIES = 1.5
"""Devices fill their buffers in one go when they start: up to 1.25 latencies were seen.

That is more than is rendered ahead, so nothing but silence is given until it is over.
"""

VOLUME_RAMP_S = 0.02
"""How long the volume takes from silence to full."""


class Playout:
    """Fills the buffers of a device from the voice that is wanted, with the volume of the moment.

    `__call__` runs in PortAudio's thread: it takes no lock, logs nothing and works in buffers
    that `prepare` allocated. The control thread talks to it by storing `wanted` and
    `volume.target`; such a store is seen whole or not at all.

    Parameters
    ----------
    volume : float
        Linear volume to begin with.
    clock : callable, optional
        Returns the time in seconds.
    """

    def __init__(self, volume: float, clock: Callable[[], float] = time.perf_counter) -> None:
        self._start_volume = volume
        self._clock = clock
        self.wanted: Voice | None = None  # stored by the control thread
        self._current: Voice | None = None
        self._tail: Voice | None = None  # the voice before, fading out
        self.last_call_s = 0.0
        self.n_device_underruns = 0
        self.prepare(1, 1, 0.0)

    def prepare(self, sample_rate: int, n_channels: int, latency_s: float) -> None:
        """Allocate for a device, before its stream is started. Control thread."""
        self._sample_rate = sample_rate
        self._scratch = np.zeros((CHUNK_FRAMES, n_channels), dtype=np.float32)
        ramp_frames = round(VOLUME_RAMP_S * sample_rate)
        self.meter = CallbackMeter(CHUNK_FRAMES, n_channels)
        self.volume = GainRamp(self._start_volume, ramp_frames, CHUNK_FRAMES)
        self._n_warm_up = round(WARM_UP_LATENCIES * latency_s * sample_rate)
        self.last_call_s = self._clock()

    @property
    def is_silent(self) -> bool:
        """Whether nothing sounds and nothing is about to. Any thread."""
        return self.wanted is None and self._current is None and self._tail is None

    @property
    def silence_s(self) -> float:
        """Seconds since the device last asked for audio. Any thread."""
        return self._clock() - self.last_call_s

    def __call__(self, out: NDArray[np.float32], device_underrun: bool) -> None:
        """Fill one buffer. PortAudio's thread.

        Parameters
        ----------
        out : ndarray of float32, shape (n_frames, n_channels)
            The buffer.
        device_underrun : bool
            Whether the device ran dry since the last call.
        """
        now_s = self._clock()
        if device_underrun and self._current is not None:
            self.n_device_underruns += 1
        for start in range(0, len(out), CHUNK_FRAMES):
            chunk = out[start : start + CHUNK_FRAMES]
            self._fill(chunk, now_s + (start + len(chunk)) / self._sample_rate)
        self.last_call_s = now_s

    def _fill(self, out: NDArray[np.float32], end_s: float) -> None:
        out.fill(0.0)
        if self._n_warm_up > 0:
            self._n_warm_up -= len(out)
            return
        self._take_over(len(out))
        if self._tail is not None and not self._tail.mix_into(out, self._scratch, end_s):
            self._tail = None
        if self._current is not None:
            self._current.mix_into(out, self._scratch, end_s)
        self.volume.apply(out, self.volume.target)
        self.meter.measure(out)

    def _take_over(self, n_frames: int) -> None:
        """Change to the voice that is wanted, as late as its first block is rendered."""
        wanted, current = self.wanted, self._current
        if wanted is current or self._tail is not None:
            return
        if current is not None:
            if wanted is not None and not wanted.ready and current.can_go_on(n_frames):
                return
            current.shut()  # the control thread has let go of it
            self._tail = current
        self._current = wanted
