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
from isnmf_gui.spectral.strokes import STRETCH_FRAMES, Raster, energetic, rasterized

#: The loudest of so many bins are what a stroke says.
MOST_BINS = 50_000
#: So many strokes of a recording are remembered.
MOST_REMEMBERED = 20_000
#: So many bins of a spectrogram are kept, for the next stroke is often nearby: 64 MB.
MOST_KEPT = 1 << 24


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


def total_power(
    recording: Recording, stft: Stft, region_s: tuple[float, float] | None = None
) -> float:
    """Return the power of a recording or of a region of it, summed up once for each transform."""
    with _lock:
        known = _totals.setdefault(recording, {})
    if (stft, region_s) not in known:
        first, last = 0, recording.n_samples
        if region_s is not None:
            first, last = (round(it * recording.sample_rate) for it in region_s)
        known[stft, region_s] = stft.total_power(recording.samples[first:last])
    return known[stft, region_s]


_known: WeakKeyDictionary[Recording, OrderedDict[Hashable, StrokeBins]] = WeakKeyDictionary()
_totals: WeakKeyDictionary[Recording, dict[Hashable, float]] = WeakKeyDictionary()
_blocks: WeakKeyDictionary[Recording, OrderedDict[Hashable, NDArray[np.floating]]] = (
    WeakKeyDictionary()
)
_lock = threading.Lock()


def _found(recording: Recording, stft: Stft, stroke: Stroke) -> StrokeBins:
    rate = recording.sample_rate
    grid = Grid(stft.hop_samples / rate, rate / stft.window_samples)
    n_frames = stft.n_frames(recording.n_samples)
    raster = rasterized(stroke.shape, stroke.erased, grid, n_frames, stft.n_bins)
    found, total = _loudest(recording, stft, raster)
    chosen = energetic(found.power, total)
    return StrokeBins(found.frames[chosen], found.bins[chosen], found.power[chosen])


def _loudest(recording: Recording, stft: Stft, raster: Raster) -> tuple[StrokeBins, float]:
    """Return the loudest bins of a raster, and the energy of all, block by block."""
    none = np.zeros(0, np.intp)
    best, total = StrokeBins(none, none, np.zeros(0)), 0.0
    for first, last in raster.stretches():
        frames, bins = np.nonzero(raster.within(first, last))
        if not len(frames):
            continue
        frames, bins = frames + first, bins + raster.bins.start
        begin = first // STRETCH_FRAMES * STRETCH_FRAMES
        power = _power(recording, stft, begin)[frames - begin, bins]
        total += float(power.sum(dtype=np.float64))
        best = _louder(best, StrokeBins(frames, bins, power.astype(np.float64)))
    return best, total


def _power(recording: Recording, stft: Stft, first: int) -> NDArray[np.floating]:
    """Return the power of the frames of a stretch, shape (n_frames, n_bins)."""
    with _lock:
        known = _blocks.setdefault(recording, OrderedDict())
        found = known.get((stft, first))
        if found is not None:
            known.move_to_end((stft, first))
            return found
    last = min(first + STRETCH_FRAMES, stft.n_frames(recording.n_samples))
    found = power_of(stft.forward(recording.samples, first, last, np.float32))
    with _lock:
        known[stft, first] = found
        while len(known) > max(MOST_KEPT // found.size, 1):
            known.popitem(last=False)
    return found


def _louder(one: StrokeBins, other: StrokeBins) -> StrokeBins:
    """Return the loudest bins of two stretches, in the order of time."""
    power = np.concatenate([one.power, other.power])
    frames = np.concatenate([one.frames, other.frames])
    bins = np.concatenate([one.bins, other.bins])
    if len(power) > MOST_BINS:
        kept = np.sort(np.argpartition(-power, MOST_BINS)[:MOST_BINS])
        power, frames, bins = power[kept], frames[kept], bins[kept]
    return StrokeBins(frames, bins, power)
