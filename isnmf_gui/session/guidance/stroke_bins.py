"""The bins of a recording that strokes label, looked up once for each stroke and transform."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.guidance import Shape, Stroke
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

    def only(self, chosen: NDArray[np.intp] | NDArray[np.bool_]) -> StrokeBins:
        """Return some of them, by their places or by a mask, shape (n_chosen,) or (n,)."""
        return StrokeBins(self.frames[chosen], self.bins[chosen], self.power[chosen])


NOTHING = StrokeBins(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0))


def stroke_bins(recording: Recording, stft: Stft, stroke: Stroke) -> StrokeBins:
    """Return the bins that a stroke labels; remembered as long as the recording is there.

    What is erased of it is subtracted: what was too quiet to say something says nothing then.
    """
    with _lock:
        known = _known.setdefault(recording, OrderedDict())
    key = _key(stft, stroke)
    found = known.get(key)
    if found is None:
        found = _found(recording, stft, stroke)
        with _lock:
            known[key] = found
            while len(known) > MOST_REMEMBERED:
                known.popitem(last=False)
    return found


def erased_bins(recording: Recording, stft: Stft, before: Stroke, after: Stroke) -> StrokeBins:
    """Return the bins that a stroke labelled before more of it was erased.

    Parameters
    ----------
    recording : Recording
        Where it is.
    stft : Stft
        The transform.
    before, after : Stroke
        Of the same shape; the latter with what was erased of the former, and more.

    Returns
    -------
    StrokeBins
        Those that it labels no longer.
    """
    found = stroke_bins(recording, stft, before)
    left = np.ones(len(found.frames), np.bool_)
    for shape in after.erased[len(before.erased) :]:
        left &= ~_raster(recording, stft, shape).covers(found.frames, found.bins)
    return found.only(~left)


def look_up(recording: Recording, stft: Stft, time_s: float) -> None:
    """Make out the power around a moment ahead: where a hand is, a stroke will be."""
    frame = round(time_s * recording.sample_rate / stft.hop_samples)
    if 0 <= frame < stft.n_frames(recording.n_samples):
        _power(recording, stft, frame // STRETCH_FRAMES * STRETCH_FRAMES)


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


def _key(stft: Stft, stroke: Stroke) -> Hashable:
    return stft, stroke.shape, stroke.erased


def _is_known(recording: Recording, stft: Stft, stroke: Stroke) -> bool:
    with _lock:
        return _key(stft, stroke) in _known.get(recording, ())


_known: WeakKeyDictionary[Recording, OrderedDict[Hashable, StrokeBins]] = WeakKeyDictionary()
_totals: WeakKeyDictionary[Recording, dict[Hashable, float]] = WeakKeyDictionary()
_blocks: WeakKeyDictionary[Recording, OrderedDict[Hashable, NDArray[np.floating]]] = (
    WeakKeyDictionary()
)
_lock = threading.Lock()


def _raster(recording: Recording, stft: Stft, shape: Shape) -> Raster:
    rate = recording.sample_rate
    grid = Grid(stft.hop_samples / rate, rate / stft.window_samples)
    return rasterized(shape, (), grid, stft.n_frames(recording.n_samples), stft.n_bins)


def _found(recording: Recording, stft: Stft, stroke: Stroke) -> StrokeBins:
    if not stroke.erased:
        found, total = _loudest(recording, stft, _raster(recording, stft, stroke.shape))
        return found.only(energetic(found.power, total))
    before = replace(stroke, erased=stroke.erased[:-1])
    if not _is_known(recording, stft, before):
        before = replace(stroke, erased=())
    found = stroke_bins(recording, stft, before)
    for shape in stroke.erased[len(before.erased) :]:
        covered = _raster(recording, stft, shape).covers(found.frames, found.bins)
        found = found.only(~covered)
    return found


def _loudest(recording: Recording, stft: Stft, raster: Raster) -> tuple[StrokeBins, float]:
    """Return the loudest bins of a raster, and the energy of all, block by block."""
    found, n_found, total = [NOTHING], 0, 0.0
    for first, last in raster.stretches():
        frames, bins = np.nonzero(raster.within(first, last))
        frames, bins = frames + first, bins + raster.bins.start
        begin = first // STRETCH_FRAMES * STRETCH_FRAMES
        if len(frames):
            power = _power(recording, stft, begin)[frames - begin, bins]
            total += float(power.sum(dtype=np.float64))
            found.append(StrokeBins(frames, bins, power.astype(np.float64)))
            n_found += len(frames)
        if n_found > 4 * MOST_BINS:  # not each time, for that takes as long as all the rest
            found, n_found = [_together(found)], MOST_BINS
    return _together(found), total


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


def _together(found: Sequence[StrokeBins]) -> StrokeBins:
    """Return the loudest bins of stretches that follow one another, in the order of time."""
    power = np.concatenate([it.power for it in found])
    frames = np.concatenate([it.frames for it in found])
    bins = np.concatenate([it.bins for it in found])
    if len(power) > MOST_BINS:
        kept = np.sort(np.argpartition(-power, MOST_BINS)[:MOST_BINS])
        power, frames, bins = power[kept], frames[kept], bins[kept]
    return StrokeBins(frames, bins, power)
