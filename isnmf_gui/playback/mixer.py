"""Any mix of a recording's components, as something the transport plays while it changes."""

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.playback.mixes import Layer, Mix, begin_layer

FADE_S = 0.01
"""How long a change of the mix takes."""


class MixSource:
    """A recording of which any mix can be heard, and another one at any moment.

    A change is heard from the next sample that is read: the old mix is faded into the new one.
    The fade is linear, as both have the phase of the recording. What a mix needs some time for is
    done piece by piece while the old one goes on; a change that comes during another one waits
    for its end, and only the newest is made.

    Parameters
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels)
        The recording.
    sample_rate : int
        Samples per second.
    mix : Mix
        What is to be heard first.

    Raises
    ------
    ValueError
        If the mix does not belong to this recording.
    """

    def __init__(self, samples: NDArray[np.float32], sample_rate: int, mix: Mix = Mix()) -> None:  # noqa: B008 - it never changes
        self._samples = samples
        self._sample_rate = sample_rate
        self.mix = mix
        # Feeder thread only: what is heard, what it changes to, and how far it has.
        self._heard: Layer | None = None
        self._coming: Layer | None = None
        self._n_faded = 0
        self._next_sample = 0
        n_fade = max(1, round(FADE_S * sample_rate))
        steps = np.arange(1, n_fade + 1, dtype=np.float32) / np.float32(n_fade)
        self._ramp = steps[:, np.newaxis]

    @property
    def mix(self) -> Mix:
        """What is to be heard. May be set at any time, from one thread; read in any.

        Raises
        ------
        ValueError
            If the mix does not belong to this recording.
        """
        return self._mix

    @mix.setter
    def mix(self, mix: Mix) -> None:
        if mix.factors is not None and mix.stft is not None:
            n_frames = mix.stft.n_frames(len(self._samples))
            if len(mix.factors.activation) != n_frames:
                raise ValueError("the factors were made for another recording")
        mix.prepare()
        self._mix = mix

    @property
    def sample_rate(self) -> int:
        """Samples per second."""
        return self._sample_rate

    @property
    def n_channels(self) -> int:
        """Number of channels."""
        return int(self._samples.shape[1])

    @property
    def n_samples(self) -> int:
        """Length in samples."""
        return len(self._samples)

    def read(self, start: int, stop: int) -> NDArray[np.float32]:
        """Render samples `start` to `stop`, shape (stop - start, n_channels)."""
        mix = self._mix  # once: another thread may store the next one meanwhile
        heard = self._heard
        if heard is None or start != self._next_sample:
            heard = begin_layer(self._samples, mix, start)
            self._heard, self._coming, self._n_faded = heard, None, 0
        elif self._coming is None and mix is not heard.mix:
            self._coming = begin_layer(self._samples, mix, start)
        self._next_sample = stop
        if self._coming is not None and (self._n_faded or self._coming.prepare(stop)):
            block = self._fade(heard, self._coming, start, stop)
        else:
            block = heard.read(start, stop)
        return block.astype(np.float32, copy=False)

    def _fade(self, heard: Layer, coming: Layer, start: int, stop: int) -> NDArray[np.floating]:
        ramp = self._ramp[self._n_faded : self._n_faded + stop - start]
        n_fade = len(ramp)
        old = heard.read(start, start + n_fade)
        block = coming.read(start, stop).astype(np.float32)  # a copy in any case
        block[:n_fade] = old + (block[:n_fade] - old) * ramp
        self._n_faded += n_fade
        if self._n_faded == len(self._ramp):
            self._heard, self._coming, self._n_faded = coming, None, 0
        return block
