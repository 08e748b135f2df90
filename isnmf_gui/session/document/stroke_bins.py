"""The bins of a recording that strokes label, looked up once for each stroke and transform."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import Stft
from isnmf_gui.spectral.pictures.grid import Grid
from isnmf_gui.spectral.stft import power_of
from isnmf_gui.spectral.strokes import energetic, rasterized

#: The loudest of so many bins are what a stroke says.
MOST_BINS = 50_000
#: So many strokes of a recording are remembered.
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, eq=False)
class StrokeBins:
    """What a stroke labels.

    Attributes
    ----------
    frames, bins : ndarray of int, shape (n,)
        Loudest first; none where the recording is silent or the stroke lies outside.
    power : ndarray of float64, shape (n,)
        X there, all channels together.
    """

    frames: NDArray[np.intp]
    bins: NDArray[np.intp]
    power: NDArray[np.float64]

    @property
    def weights(self) -> NDArray[np.float64]:
        """How much each bin counts, shape (n,): by its energy, 1 in all."""
        return self.power / (self.power.sum() or 1.0)


def stroke_bins(recording: Recording, stft: Stft, stroke: Stroke) -> StrokeBins:
    """Return the bins that a stroke labels; remembered as long as the recording is there."""
    with _lock:
        known = _known.setdefault(recording, OrderedDict())
    key = stft, stroke.shape, stroke.erased
    found = known.get(key)
    if found is None:
        found = _found(recording, stft, stroke)
        with _lock:
            known[key] = found
            while len(known) > MOST_REMEMBERED:
                known.popitem(last=False)
    return found


_known: WeakKeyDictionary[Recording, OrderedDict[Hashable, StrokeBins]] = WeakKeyDictionary()
_lock = threading.Lock()


def _found(recording: Recording, stft: Stft, stroke: Stroke) -> StrokeBins:
    rate = recording.sample_rate
    grid = Grid(stft.hop_samples / rate, rate / stft.window_samples)
    n_frames = stft.n_frames(recording.n_samples)
    raster = rasterized(stroke.shape, stroke.erased, grid, n_frames, stft.n_bins)
    if not len(raster.covered):
        none = np.zeros(0, np.intp)
        return StrokeBins(none, none, np.zeros(0))
    spectrum = stft.forward(recording.samples, raster.first, raster.last, np.float32)
    power = power_of(spectrum)
    frames, bins = (it[:MOST_BINS] for it in energetic(raster, power))
    return StrokeBins(frames, bins, power[frames - raster.first, bins].astype(np.float64))
