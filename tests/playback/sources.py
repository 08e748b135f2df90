"""Sound to be played in tests: known, late or broken."""

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.playback import ArraySource
from tests.sound_card import wait_until

RATE = 44100
FADE = 220  # samples in 5 ms


def noise(n_samples: int, n_channels: int = 2, seed: int = 0) -> NDArray[np.float32]:
    random = np.random.default_rng(seed)
    return random.uniform(-0.5, 0.5, (n_samples, n_channels)).astype(np.float32)


def ones(n_samples: int, level: float = 0.5, rate: int = RATE) -> ArraySource:
    return ArraySource(np.full((n_samples, 2), level, np.float32), rate)


class GatedSource(ArraySource):
    """Reading waits where it is told to."""

    def __init__(self, samples: NDArray[np.float32], goes_to: int) -> None:
        super().__init__(samples, RATE)
        self.goes_to = goes_to

    def read(self, start: int, stop: int) -> NDArray[np.float32]:
        wait_until(lambda: stop <= self.goes_to)
        return super().read(start, stop)


class FailingSource(ArraySource):
    """Cannot be read from one sample on."""

    def __init__(self, fails_at: int, error: Exception) -> None:
        super().__init__(noise(RATE), RATE)
        self._fails_at, self._error = fails_at, error

    def read(self, start: int, stop: int) -> NDArray[np.float32]:
        if stop > self._fails_at:
            raise self._error
        return super().read(start, stop)
