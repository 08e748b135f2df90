"""A box of a recording by itself: a stretch with soft ends, through a band pass without delay.

The stretch is cut out first and filtered then: what lies beside it in time is not smeared into
it, and what is heard keeps within the band. A narrow band cannot end at once: it rings beyond both
ends of the stretch, by an eighth of a second at the most.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.spectral.strokes import Box

Samples = NDArray[np.floating]

#: How long a stretch takes to begin and to end; at most a quarter of it.
FADE_S = 0.01
#: Shorter boxes are made so long.
LEAST_S = 0.03
#: What lies outside of the band is lowered by so much.
OUTSIDE_DB = 80.0
#: Narrower bands are made so wide.
LEAST_BAND_HZ = 10.0
#: An edge of the band takes a quarter of the band or of its lower end, but no less than this.
LEAST_EDGE_HZ = 20.0


@dataclass(frozen=True, eq=False)
class Cut:
    """A box as samples and a filter.

    Attributes
    ----------
    first, last : int
        First and one past the last sample of the stretch, within the recording.
    n_fade : int
        Samples of each fade, within the stretch.
    taps : ndarray of float64, shape (2 · reach + 1,), or None
        The band pass, symmetrical; None: all frequencies are heard.
    """

    first: int
    last: int
    n_fade: int
    taps: NDArray[np.float64] | None

    @classmethod
    def of(cls, box: Box, sample_rate: int, n_samples: int) -> Cut | None:
        """Return what a box is in a recording; None if it lies outside.

        Parameters
        ----------
        box : Box
            The place. Its edges lie within the band, unless it is narrower than two of them.
        sample_rate : int
            In Hz.
        n_samples : int
            Of the recording.

        Returns
        -------
        Cut or None
            With `LEAST_S` and `LEAST_BAND_HZ` at least, where there is as much.
        """
        start_s, stop_s = _widened(box.start_s, box.stop_s, LEAST_S)
        low_hz, high_hz = _widened(box.low_hz, box.high_hz, LEAST_BAND_HZ)
        first = max(0, round(start_s * sample_rate))
        last = min(n_samples, round(stop_s * sample_rate))
        if first >= last or low_hz >= sample_rate / 2 or high_hz <= 0:
            return None
        n_fade = min(round(FADE_S * sample_rate), (last - first) // 4)
        return cls(first, last, n_fade, _band_pass(low_hz, high_hz, sample_rate))

    @property
    def reach(self) -> int:
        """How many samples the filter rings before and after."""
        return 0 if self.taps is None else len(self.taps) // 2

    def heard(self, n_samples: int) -> tuple[int, int]:
        """Return the first and one past the last sample at which there is anything to hear."""
        return max(0, self.first - self.reach), min(n_samples, self.last + self.reach)

    def gains(self, start: int, stop: int) -> NDArray[np.float64]:
        """Return the fades at samples [start, stop) of the stretch, shape (stop − start,)."""
        places = np.arange(start, stop)
        inside = np.minimum(places - self.first + 1, self.last - places) / (self.n_fade + 1)
        gains: NDArray[np.float64] = np.sin(np.pi / 2 * np.clip(inside, 0, 1)) ** 2
        return gains


class CutReader:
    """Reads a cut of something, forward. For one thread at a time.

    Parameters
    ----------
    cut : Cut
        The box.
    read : callable
        Returns samples [start, stop) of the whole, shape (stop − start, n_channels). It is asked
        for samples within the stretch only, and never goes back.
    n_channels : int
        Of the whole.
    dtype : {float32, float64}
        Precision of the result.
    """

    def __init__(
        self,
        cut: Cut,
        read: Callable[[int, int], Samples],
        n_channels: int,
        dtype: DTypeLike = np.float32,
    ) -> None:
        self._cut, self._whole = cut, read
        # What was faded and may be needed again, and its first sample.
        self._held: Samples = np.zeros((0, n_channels), dtype)
        self._held_from = 0
        self._spectrum: tuple[int, NDArray[np.complexfloating]] | None = None

    def read(self, start: int, stop: int) -> Samples:
        """Return samples [start, stop), shape (stop − start, n_channels); silent outside."""
        reach = self._cut.reach
        self._hold(start - reach, stop + reach)
        return self._filtered(self._held, stop - start)

    def _hold(self, start: int, stop: int) -> None:
        """Have samples [start, stop) of the stretch between its fades, and no others."""
        kept = self._held[max(0, start - self._held_from) :]
        kept = kept[: max(0, stop - start)]
        added = np.zeros((stop - start - len(kept), kept.shape[1]), kept.dtype)
        begin = start + len(kept)
        first, last = max(begin, self._cut.first), min(stop, self._cut.last)
        if first < last:
            gains = self._cut.gains(first, last)[:, None]
            added[first - begin : last - begin] = self._whole(first, last) * gains
        self._held, self._held_from = np.concatenate([kept, added]), start

    def _filtered(self, block: Samples, n_samples: int) -> Samples:
        if self._cut.taps is None or not block.any():
            return block[:n_samples]
        size = scipy.fft.next_fast_len(len(block), real=True)
        spectrum = scipy.fft.rfft(block, size, axis=0) * self._response(size)
        reach = self._cut.reach  # where the filter lies within what it is given
        whole: Samples = scipy.fft.irfft(spectrum, size, axis=0)
        return whole[2 * reach : 2 * reach + n_samples]

    def _response(self, size: int) -> NDArray[np.complexfloating]:
        if self._spectrum is None or self._spectrum[0] != size:
            taps = np.asarray(self._cut.taps, self._held.dtype)
            self._spectrum = size, scipy.fft.rfft(taps, size)[:, None]
        return self._spectrum[1]


def _widened(start: float, stop: float, least: float) -> tuple[float, float]:
    missing = max(0.0, least - (stop - start)) / 2
    return start - missing, stop + missing


def _band_pass(low_hz: float, high_hz: float, rate: int) -> NDArray[np.float64] | None:
    """Return a band pass by windowed sincs (Kaiser, 1974); None if it would pass everything."""
    width = high_hz - low_hz
    edge = max(LEAST_EDGE_HZ, min(width, low_hz if low_hz > 0 else width) / 4)
    inset = min(edge / 2, max(0.0, (width - edge) / 2))
    low, high = max(0.0, low_hz + inset), min(rate / 2, high_hz - inset)
    has_low, has_high = low_hz > edge / 2, high_hz < rate / 2 - edge / 2
    if not has_low and not has_high:
        return None
    reach = math.ceil((OUTSIDE_DB - 7.95) / (2.285 * 2 * np.pi * edge / rate) / 2)
    places = np.arange(-reach, reach + 1)
    taps = _sinc(high, places, rate) if has_high else (places == 0).astype(float)
    if has_low:
        taps -= _sinc(low, places, rate)
    taps *= np.kaiser(len(places), 0.1102 * (OUTSIDE_DB - 8.7))
    middle = (low + high) / 2 if has_low and has_high else (high if has_low else 0.0)
    return taps / float(taps @ np.cos(2 * np.pi * middle / rate * places))


def _sinc(cutoff_hz: float, places: NDArray[np.intp], rate: int) -> NDArray[np.float64]:
    share = 2 * cutoff_hz / rate
    taps: NDArray[np.float64] = share * np.sinc(share * places)
    return taps
