"""Which components of two runs are the same sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from isnmf_gui.session.runs.separation import Separation

Array = NDArray[np.float64]

#: Components that are less alike than this are different sounds.
LEAST_SIMILARITY = 0.5
#: Levels further than this below a component's loudest do not count.
BASIS_RANGE_DB, ACTIVATION_RANGE_DB = 60.0, 40.0
#: What spectra and activations are compared on: cells as wide as hearing has them, and as many
#: stretches of time.
N_BANDS, N_STRETCHES = 160, 800


@dataclass(frozen=True)
class Pair:
    """Two components that are the same sound.

    Attributes
    ----------
    index, reference : int
        Columns of the basis of the run, and of the one it is compared with.
    similarity : float
        From 0 to 1.
    """

    index: int
    reference: int
    similarity: float


def find_pairs(separation: Separation, reference: Separation) -> tuple[Pair, ...]:
    """Find the components of a run that are those of another one of the same recording.

    Runs may differ in everything: number of bases, window, hop, domain. No component is in two
    pairs, and the pairs together are as alike as can be.

    Returns
    -------
    tuple of Pair
        None for components that are like no other.
    """
    if separation.recording is not reference.recording:
        return ()
    alike = similarities(separation, reference)
    rows, columns = scipy.optimize.linear_sum_assignment(alike, maximize=True)
    return tuple(
        Pair(int(row), int(column), float(alike[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if alike[row, column] >= LEAST_SIMILARITY
    )


def similarities(separation: Separation, reference: Separation) -> Array:
    """Return how alike any two components of two runs are, shape (n_bases, n_bases of the other).

    The mean of the correlations of their spectra and of their activations, both in decibels.
    """
    spectra, levels = (
        _standardized(one(separation)) @ _standardized(one(reference)).T
        for one in (_spectra, _levels)
    )
    return np.clip((spectra + levels) / 2, 0, 1)


def _spectra(separation: Separation) -> Array:
    """Return the levels of the bases in bands, shape (n_bases, N_BANDS), in dB."""
    settings, nyquist = separation.settings, separation.recording.sample_rate / 2
    power = separation.factorization.basis.T ** (2 / settings.domain)
    top = np.log1p(nyquist / 700)  # the mel scale
    edges_hz = 700 * np.expm1(np.linspace(0, top, N_BANDS + 1))
    # Bin k reaches from half a bin below its frequency to half a bin above.
    bins = edges_hz / nyquist * (power.shape[1] - 1) + 0.5
    return _decibels(_pooled(power, bins), BASIS_RANGE_DB)


def _levels(separation: Separation) -> Array:
    """Return the levels of the activations over time, shape (n_bases, N_STRETCHES), in dB."""
    settings, recording = separation.settings, separation.recording
    power = separation.factorization.activation ** (2 / settings.domain)
    samples = np.linspace(0, len(recording.samples), N_STRETCHES + 1)
    # Frame n is centred on sample n times the hop.
    frames = samples / settings.hop_samples + 0.5
    return _decibels(_pooled(power, frames), ACTIVATION_RANGE_DB)


def _pooled(values: Array, edges: Array) -> Array:
    """Return the means of rows between edges, which are counted in columns."""
    sums = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    edges = np.clip(edges, 0, values.shape[1])
    left = np.minimum(edges.astype(int), values.shape[1] - 1)
    at_edges = sums[:, left] + (edges - left) * values[:, left]
    means: Array = np.diff(at_edges) / np.maximum(np.diff(edges), 1e-9)
    return means


def _decibels(power: Array, range_db: float) -> Array:
    """Return levels below each row's highest, no lower than the range."""
    least = 10 ** (-range_db / 10)
    peak = np.maximum(power.max(axis=1, keepdims=True), np.finfo(np.float64).tiny)
    levels: Array = 10 * np.log10(np.maximum(power / peak, least))
    return levels


def _standardized(rows: Array) -> Array:
    """Return rows with mean 0 and length 1; a constant one has no direction and gets length 0."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    standard: Array = centred / np.maximum(lengths, 1e-9)
    return standard
