"""What the parts of a separation have of the recording: energies as written, and shares."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf import available_cores, single_threaded_blas
from isnmf_gui.spectral import (
    Factors,
    Resynthesis,
    gain_masks,
    part_mask,
    ratio_energies,
    wiener_sums,
)

Array = NDArray[np.float64]
#: Parts, each with a figure: how many stretches one stands for, or an energy.
Parts = list[tuple[int, float]]

#: Key of the shares, beside those of the masks.
SHARE = "share"
#: Frames in a stretch.
STRETCH = 4
#: Stretches that are rendered, of all parts together and of each at least.
MOST_STRETCHES, LEAST_STRETCHES = 4800, 24
# Samples summed up at once.
BLOCK_SAMPLES = 1 << 16


def energies_of_parts(
    resynthesis: Resynthesis,
    factors: Factors,
    samples: slice,
    n_threads: int | None = None,
) -> dict[str, Array]:
    """Return the energies that parts have once they are written, and their shares.

    An energy is that of the sound. Frames that overlap contradict one another, so it is less than
    the masked spectrogram has, by up to some dB: some stretches of every part are rendered, chosen
    with a chance in proportion to what they have there, and show how much is left of it. With few
    frames, all of them are.

    Parameters
    ----------
    resynthesis : Resynthesis
        Of the recording.
    factors : Factors
        Of all components, over all of the recording; with the frames that were factorized.
    samples : slice
        What was separated of the recording.
    n_threads : int, optional
        By default one for every core the process may use.

    Returns
    -------
    dict of str to ndarray of float64, shape (n_bases,)
        For each kind of mask the energies, relative to that of what was separated; and as `SHARE`
        how its power is shared out among the parts, which sums to one whatever the mask.
    """
    threads = n_threads or available_cores()
    factors.prepare()
    with single_threaded_blas(), ThreadPoolExecutor(threads, "parts") as pool:
        total = energy_of(resynthesis.samples[samples]) or 1.0

        def written(kind: str, over_time: Array) -> Array:
            n_stretches, n_parts = over_time.shape
            if n_stretches <= _n_rendered(n_parts):
                part = partial(_whole, resynthesis, factors, kind)
                return np.array(list(pool.map(part, range(n_parts)))) / total
            energies, heard = np.zeros(n_parts), _heard(over_time)
            stretch = partial(_in_stretch, resynthesis, factors, kind)
            for each in pool.map(stretch, heard.items()):
                for number, energy in each:
                    energies[number] += energy
            return energies / total

        sums = wiener_sums(factors, resynthesis.counted_power, STRETCH, threads)
        wiener, shares = written("wiener", sums.energies), sums.shares
        del sums  # as large as what follows
        ratio = written("ratio", ratio_energies(factors, STRETCH))
    return {"wiener": wiener, "ratio": ratio, SHARE: shares}


def _n_rendered(n_parts: int) -> int:
    """Return in how many stretches each part is rendered."""
    return max(LEAST_STRETCHES, MOST_STRETCHES // n_parts)


def _heard(sizes: Array) -> dict[int, Parts]:
    """Choose the stretches in which parts are rendered, from the parts' energies over time.

    Each is transformed once for all the parts that are rendered in it.
    """
    heard: dict[int, Parts] = {}
    for part, chances in enumerate(sizes.T):
        for place, weight in zip(*sampled(chances, _n_rendered(sizes.shape[1])), strict=True):
            heard.setdefault(int(place), []).append((part, float(weight)))
    return heard


def _in_stretch(
    resynthesis: Resynthesis, factors: Factors, kind: str, heard: tuple[int, Parts]
) -> Parts:
    """Return what a stretch, and those it stands for, add to the energies of parts as written."""
    place, parts = heard
    first, last = factors.frames or (0, len(factors.activation))
    begin = first + place * STRETCH
    chosen = np.zeros((len(parts), len(factors.basis)))
    chosen[np.arange(len(parts)), [part for part, _ in parts]] = 1
    masks = gain_masks(factors, list(chosen), kind)
    energies = resynthesis.energies_of_frames(begin, min(begin + STRETCH, last), masks)
    return [(part, weight * it) for (part, weight), it in zip(parts, energies, strict=True)]


def _whole(resynthesis: Resynthesis, factors: Factors, kind: str, part: int) -> float:
    """Return the energy of a part as it is written, from all of it."""
    mask = part_mask(factors, [part], kind)
    return sum(energy_of(block) for block in resynthesis.blocks(mask))


def sampled(chances: Array, n: int) -> tuple[NDArray[np.intp], Array]:
    """Choose places at even steps of their chances.

    Parameters
    ----------
    chances : ndarray, shape (n_places,)
        Relative to one another.
    n : int
        How many to choose; one with a large chance counts several times.

    Returns
    -------
    places : ndarray of int
        Those chosen; none if there is no chance.
    weights : ndarray of float64
        How many places each stands for.
    """
    reached = np.cumsum(chances)
    if reached[-1] <= 0:
        return np.zeros(0, np.intp), np.zeros(0)
    marks = (np.arange(n) + 0.5) / n * reached[-1]
    places, counts = np.unique(np.searchsorted(reached, marks), return_counts=True)
    return places, counts * reached[-1] / (n * chances[places])


def energy_of(samples: NDArray[np.floating]) -> float:
    """Return the sum of squares of an array of any shape, without a copy of it all in float64."""
    energy = 0.0
    for start in range(0, len(samples), BLOCK_SAMPLES):
        flat = samples[start : start + BLOCK_SAMPLES].astype(np.float64, copy=False).ravel()
        energy += float(flat @ flat)
    return energy
