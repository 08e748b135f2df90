"""What is to be heard: a description that never changes, and how it is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.once import once
from isnmf_gui.spectral import MASKS, Factors, Mask, Stft, Streaming, gain_mask, model_mask
from isnmf_gui.spectral.cutting import Cut, CutReader
from isnmf_gui.spectral.sharing import Sharing, shared_mask

Samples = NDArray[np.floating]

OUTPUTS = ("mix", "recording", "residual", "model")
# Work done at once to get ahead with a mix that is not heard yet: some 20 ms.
PREPARED_ELEMENTS = 1 << 20


@dataclass(frozen=True, eq=False)
class Mix:
    """What is to be heard of a recording.

    Attributes
    ----------
    output : {"mix", "recording", "residual", "model"}
        The components at their gains; the recording as it is; what the mix leaves out of the
        recording, so that both add up to it; or the whole model with the recording's phase.
    stft : Stft or None
        The transform that the factors were made for.
    factors : Factors or None
        Of all components; their precision is that of the rendering. None: every output is the
        recording.
    gains : ndarray of float64, shape (n_parts,), or None
        Linear gains; None: all 1.
    mask : {"wiener", "ratio"}
        How the recording is shared out among the components.
    sharing : Sharing or None
        Who gets what of the components, where sources share them.
    pair_gains : ndarray of float64, shape (n_parts, n_sources), or None
        Linear gains of components as parts of sources; `gains` are what they come to.
    cut : Cut or None
        The place of it that is heard alone; None: all of it.

    Raises
    ------
    ValueError
        If the parts do not fit together.
    """

    output: str = "recording"
    stft: Stft | None = None
    factors: Factors | None = None
    gains: NDArray[np.float64] | None = None
    mask: str = "wiener"
    sharing: Sharing | None = None
    pair_gains: NDArray[np.float64] | None = None
    cut: Cut | None = None

    def __post_init__(self) -> None:
        if self.output not in OUTPUTS or self.mask not in MASKS:
            raise ValueError(f"there is no output {self.output!r} or no mask {self.mask!r}")
        if self.factors is None:
            return
        if self.stft is None or self.stft.n_bins != self.factors.basis.shape[1]:
            raise ValueError("the factors need the transform that they were made for")
        if self.gains is not None and self.gains.shape != (self.factors.n_parts,):
            raise ValueError(f"{self.factors.n_parts} gains are needed, not {self.gains.shape}")

    @once
    def plain_gain(self) -> float | None:
        """The gain of the recording, where the output is just that, and nothing is separated.

        A cut comes on top of it.
        """
        if self.output == "recording" or self.factors is None:
            return 1.0
        if self.output == "model" or self.mask == "ratio" or self.factors.frames is not None:
            return None
        if self.factors.model is not None:
            return None
        # Wiener masks sum to one, so components at the same gain are the recording at that gain.
        gains = self.gains if self.sharing is None else self.pair_gains
        gain = 1.0 if gains is None else float(gains.flat[0])
        if gains is not None and (gains != gain).any():
            return None
        return gain if self.output == "mix" else 1 - gain

    @once
    def spectral_mask(self) -> Mask:
        """The mask to render with, where `plain_gain` is None."""
        assert self.factors is not None
        if self.output == "model":
            return model_mask(self.factors)
        if self.sharing is not None and self.pair_gains is not None:
            return shared_mask(self.factors, self.pair_gains, self.mask, self.sharing)
        gains = np.ones(self.factors.n_parts) if self.gains is None else self.gains
        return gain_mask(self.factors, gains, self.mask)

    def prepare(self) -> None:
        """Compute now what all blocks need, in the thread that made the mix."""
        if self.plain_gain is None and self.factors is not None:
            self.spectral_mask  # noqa: B018 - kept from now on
            self.factors.prepare()


class Layer(Protocol):
    """A mix on its way from one sample of the recording to the end."""

    @property
    def mix(self) -> Mix:
        """What it renders."""

    def prepare(self, stop: int) -> bool:
        """Do some of the work for the samples up to `stop`; whether all is done."""

    def read(self, start: int, stop: int) -> Samples:
        """Return samples, shape (stop − start, n_channels); `start` never goes back."""


def begin_layer(samples: NDArray[np.float32], mix: Mix, start: int) -> Layer:
    """Begin to render a mix of a recording.

    Parameters
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels)
        The recording.
    mix : Mix
        What is to be heard of it.
    start : int
        First sample wanted.

    Returns
    -------
    Layer
        Its first block holds sample `start`.
    """
    if mix.cut is not None:
        return _Boxed(samples, mix, mix.cut, start)
    return _whole(samples, mix, start)


def _whole(samples: NDArray[np.float32], mix: Mix, start: int) -> Layer:
    if mix.plain_gain is not None:
        return _Plain(samples, mix, mix.plain_gain)
    return _Rendered(samples, mix, start)


class _Plain:
    """The recording itself, at some gain."""

    def __init__(self, samples: NDArray[np.float32], mix: Mix, gain: float) -> None:
        self.mix = mix
        self._samples, self._gain = samples, gain

    def prepare(self, stop: int) -> bool:
        return True

    def read(self, start: int, stop: int) -> Samples:
        block = self._samples[start:stop]
        return block if self._gain == 1 else block * np.float32(self._gain)


class _Rendered:
    """A mix made by a mask."""

    def __init__(self, samples: NDArray[np.float32], mix: Mix, start: int) -> None:
        assert mix.stft is not None
        assert mix.factors is not None
        self.mix = mix
        self._samples = samples
        dtype = mix.factors.basis.dtype
        needs_power = mix.output == "model" or mix.mask == "ratio"
        self._stream = Streaming(
            samples, mix.stft, mix.spectral_mask, start, dtype, needs_power=needs_power
        )

    def prepare(self, stop: int) -> bool:
        n_left = PREPARED_ELEMENTS
        while self._stream.rendered_to < stop and n_left > 0:
            self._stream.step()
            n_left -= self._stream.step_elements
        return self._stream.rendered_to >= stop

    def read(self, start: int, stop: int) -> Samples:
        self._stream.read(start - self._stream.position)
        rendered = self._stream.read(stop - start)
        return self._samples[start:stop] - rendered if self.mix.output == "residual" else rendered


class _Boxed:
    """A place of a mix, heard alone."""

    def __init__(self, samples: NDArray[np.float32], mix: Mix, cut: Cut, start: int) -> None:
        self.mix, self._cut = mix, cut
        first = min(max(start - cut.reach, cut.first), cut.last - 1)
        self._layer = _whole(samples, mix, first)
        self._reader = CutReader(cut, self._layer.read, samples.shape[1])

    def prepare(self, stop: int) -> bool:
        wanted = min(stop + self._cut.reach, self._cut.last)
        return wanted <= self._cut.first or self._layer.prepare(wanted)

    def read(self, start: int, stop: int) -> Samples:
        return self._reader.read(start, stop)
