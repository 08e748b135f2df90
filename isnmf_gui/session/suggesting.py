"""Which components are likely to be of the same source: a proposal, for a person to change.

Grouping components by k-means on the MFCCs of their bases is the proposal of Spiertz and Gnann,
"Source-filter based clustering for monaural blind source separation", DAFx 2009. On the recordings
of the evaluation it is much better (docs/separation-quality.md) if pitch, reach, the course of the
activations and the place between the channels take part too, each through a kernel: beyond its
width, different is different. A drum kit is more than one timbre.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import ClusterError, kmeans2

from isnmf_gui.errors import SettingsError
from isnmf_gui.session.separation import Separation, stft_of
from isnmf_gui.spectral import part_energies
from isnmf_gui.spectral.descriptors import pitch_strengths, pitches_hz
from isnmf_gui.spectral.timbre import mfccs, steadiness

Array = NDArray[np.float64]

#: Most sources that are suggested unless more are asked for.
MOST_SOURCES = 8
N_STARTS = 30
#: The loudest component counts as so many, in k-means; the faintest as one.
MOST_COPIES = 20
#: Axes that k-means sees at least.
LEAST_AXES = 3
#: Groups less distinct than this are none.
LEAST_SILHOUETTE = 0.05
#: Lower is all the same.
LOWEST_HZ = 40.0
TINY = np.finfo(np.float64).tiny


# What differences weigh, chosen by measurement as round numbers: docs/separation-quality.md. The
# first three are distances: so much of a trait is one unit.
MFCC_UNIT = 12.0  # length of the vector
STRENGTH_UNIT = 0.18
BALANCE_UNIT = 0.18  # shares of the channels
# Of these two only likeness counts, up to a width: beyond it, different is different.
PITCH_WEIGHT, PITCH_WIDTH_OCTAVES = 2.0, 0.5
STEADINESS_WEIGHT, STEADINESS_WIDTH = 1.5, 0.1


@dataclass(frozen=True)
class Suggestion:
    """A proposal of how to group components.

    Attributes
    ----------
    labels : tuple of int
        The source of every component, 0 to `n_sources` - 1 in the order in which they appear.
    n_sources : int
        Number of sources, none of them without a component.
    confidence : tuple of float
        For every component its silhouette (Rousseeuw 1987): 1 if it is nowhere but among its
        like, 0 at the border to another source, negative if it is nearer to another one.
    """

    labels: tuple[int, ...]
    n_sources: int
    confidence: tuple[float, ...]


def suggest_sources(
    separation: Separation, n_sources: int | None = None, *, seed: int = 0
) -> Suggestion:
    """Group the components of a separation by all that is known about them.

    Parameters
    ----------
    separation : Separation
        Finished or not.
    n_sources : int, optional
        Number of groups; suggested if not given.
    seed : int, optional
        Of the search.

    Raises
    ------
    SettingsError
        As `suggest`.
    """
    factors = separation.factorization
    return suggest(
        factors.basis,
        factors.activation,
        separation.settings.domain,
        separation.recording.sample_rate,
        n_sources,
        with_activations=True,
        balance=channel_shares(separation),
        seed=seed,
    )


def channel_shares(separation: Separation) -> Array | None:
    """Return each channel's share of the energy of each component, (n_components, n_channels).

    None for a recording of one channel.
    """
    samples, settings = separation.recording.samples, separation.settings
    if samples.shape[1] == 1:
        return None
    energies = []
    for channel in range(samples.shape[1]):
        own = samples[:, channel : channel + 1]
        power = stft_of(settings).power(own, settings.precision)
        share = part_energies(separation.factors, power, "wiener")
        energies.append(share * power.sum(dtype=np.float64))
    by_component = np.transpose(energies)
    totals = by_component.sum(axis=1, keepdims=True)
    equal = np.full_like(by_component, 1 / len(energies))
    shares: Array = np.divide(by_component, totals, out=equal, where=totals > 0)
    return shares


def suggest(
    basis: NDArray[np.floating],
    activation: NDArray[np.floating],
    domain: float,
    sample_rate: float,
    n_sources: int | None = None,
    *,
    with_activations: bool = False,
    balance: NDArray[np.floating] | None = None,
    seed: int = 0,
) -> Suggestion:
    """Group components into sources.

    Parameters
    ----------
    basis : ndarray, shape (n_bins, n_components)
        T.
    activation : ndarray, shape (n_components, n_frames)
        V.
    domain : float
        p.
    sample_rate : float
        Of the recording, in Hz.
    n_sources : int, optional
        Number of groups. If not given, the number from 2 to 8 whose groups are the most distinct
        (the largest mean silhouette).
    with_activations : bool, optional
        Whether the course of the activations counts too.
    balance : ndarray, shape (n_components, n_channels), optional
        Each channel's share of a component's energy, see `channel_shares`.
    seed : int, optional
        Of the search: the same seed gives the same groups.

    Returns
    -------
    Suggestion
        Components that are silent belong to the first source, as they sound like nothing.

    Raises
    ------
    SettingsError
        If there are fewer components than sources, or no source is asked for.
    """
    n_components = basis.shape[1]
    _check(n_components, n_sources)
    loudness, spectra, levels = _normalized(basis, activation, 2 / domain)
    # In an order of their own, the silent ones last: that in which they come has no influence.
    order = np.argsort(-loudness, kind="stable")
    audible = order[: max(np.count_nonzero(loudness), 1)]
    alike = _alike_in_timbre(spectra[audible], sample_rate)
    if with_activations:
        alike += STEADINESS_WEIGHT * _kernel(steadiness(levels[audible]), STEADINESS_WIDTH)
    if balance is not None:
        alike += _products(np.asarray(balance, np.float64)[audible] / BALANCE_UNIT)
    labels, confidence = np.zeros(n_components, np.intp), np.zeros(n_components)
    found = _groups(alike, loudness[audible], n_sources, np.random.default_rng(seed))
    confidence[audible] = silhouettes(alike, found)
    labels[audible] = found
    labels[order] = _without_empty(labels[order], n_sources or 1)
    labels = _numbered(labels)
    return Suggestion(tuple(labels.tolist()), int(labels.max()) + 1, tuple(confidence.tolist()))


def _check(n_components: int, n_sources: int | None) -> None:
    if n_sources is None:
        return
    if n_sources < 1:
        raise SettingsError("Components are grouped into one source at least.")
    if n_sources > n_components:
        raise SettingsError(
            f"{n_components} components cannot be grouped into {n_sources} sources: ask for "
            f"{n_components} sources or fewer, or separate with more bases."
        )


def _normalized(
    basis: NDArray[np.floating], activation: NDArray[np.floating], q: float
) -> tuple[Array, Array, Array]:
    """Return loudness, power spectra that peak at 1, and levels (amplitudes) that peak at 1.

    The loudness is that of each component as it is heard, with the power compressed: 0 if it is
    silent.
    """
    t, v = basis.T.astype(np.float64), activation.astype(np.float64)
    t_peaks, v_peaks = t.max(axis=1), v.max(axis=1)
    spectra = (t / np.maximum(t_peaks, TINY)[:, None]) ** q
    levels = (v / np.maximum(v_peaks, TINY)[:, None]) ** (q / 2)
    # Loudnesses are only compared: relative to the loudest, no product is too small or too large.
    gains = t_peaks / max(t_peaks.max(), TINY) * v_peaks / max(v_peaks.max(), TINY)
    loudness = gains ** (q / 2) * np.sqrt(spectra).sum(axis=1) * levels.sum(axis=1)
    return loudness, spectra, levels


def _alike_in_timbre(spectra: Array, sample_rate: float) -> Array:
    """Return how alike power spectra (n_components, n_bins) are, as products of points."""
    bin_hz = sample_rate / 2 / max(spectra.shape[1] - 1, 1)
    pitch_hz = pitches_hz(spectra, bin_hz)
    pitch_hz = np.where(np.isnan(pitch_hz), spectra.argmax(axis=1) * bin_hz, pitch_hz)
    octaves = np.log2(np.maximum(pitch_hz, LOWEST_HZ))
    alike = _products(mfccs(spectra, sample_rate) / MFCC_UNIT)
    alike += _products(pitch_strengths(spectra, bin_hz)[:, None] / STRENGTH_UNIT)
    alike += PITCH_WEIGHT * _kernel(octaves, PITCH_WIDTH_OCTAVES)
    return alike


def _products(points: Array) -> Array:
    products: Array = points @ points.T
    return products


def _kernel(values: Array, width: float) -> Array:
    """Return a Gaussian of the differences of values (n_components,)."""
    kernel: Array = np.exp(-((values[:, None] - values) ** 2) / (2 * width**2))
    return kernel


def _groups(
    alike: Array, loudness: Array, n_sources: int | None, rng: np.random.Generator
) -> NDArray[np.intp]:
    """Return the group of each component, for as many groups as there are to be."""
    n_components = len(alike)
    if n_sources is not None:
        return _k_means(_embedded(alike, n_sources), loudness, n_sources, rng)
    best, best_mean = np.zeros(n_components, np.intp), LEAST_SILHOUETTE
    for n_groups in range(2, min(MOST_SOURCES, n_components - 1) + 1):
        labels = _k_means(_embedded(alike, n_groups), loudness, n_groups, rng)
        mean = silhouettes(alike, labels).mean()
        if mean > best_mean:
            best, best_mean = labels, mean
    return best


def _embedded(alike: Array, n_groups: int) -> Array:
    """Return points whose products are how alike components are, as well as so few axes allow.

    With one axis less than there are groups, k-means finds what is distinct and not what varies
    the most within a group (Ding and He, "K-means clustering via principal component analysis",
    ICML 2004).
    """
    centred = alike - alike.mean(axis=0) - alike.mean(axis=1)[:, None] + alike.mean()
    values, vectors = np.linalg.eigh(centred)
    values, vectors = values[::-1], vectors[:, ::-1]
    n_axes = max(n_groups - 1, LEAST_AXES)
    points: Array = vectors[:, :n_axes] * np.sqrt(np.maximum(values[:n_axes], 0))
    return points


def _k_means(
    points: Array, loudness: Array, n_groups: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """Group points (n_points, n_axes); loud ones count for more, which decides the centres."""
    _, first, inverse = np.unique(points.round(6), axis=0, return_index=True, return_inverse=True)
    if len(first) <= n_groups:  # with no more points than groups there is nothing to search
        return inverse.reshape(-1)
    n_copies = np.ceil(MOST_COPIES * np.sqrt(loudness / loudness.max())).astype(int)
    copies = np.repeat(points, n_copies, axis=0)
    best, least = np.arange(len(points)) % n_groups, np.inf
    for _ in range(N_STARTS):
        try:
            centres, labels = kmeans2(copies, n_groups, 30, minit="++", missing="raise", seed=rng)
        except ClusterError:  # a group was left empty: the next start
            continue
        distortion = ((copies - centres[labels]) ** 2).sum()
        if distortion < least:
            best, least = labels[np.cumsum(n_copies) - 1].astype(np.intp), distortion
    return best


def silhouettes(alike: Array, labels: NDArray[np.intp]) -> Array:
    """Return how much nearer each component is to its own group than to the next one.

    After Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster
    analysis", Journal of Computational and Applied Mathematics, 1987.

    Parameters
    ----------
    alike : ndarray, shape (n_components, n_components)
        Products of the components, as points in a space.
    labels : ndarray of int, shape (n_components,)
        Their groups.

    Returns
    -------
    ndarray of float64, shape (n_components,)
        From -1 to 1; 0 for a component that is a group of its own.
    """
    lengths = alike.diagonal()
    distances = np.sqrt(np.maximum(lengths + lengths[:, None] - 2 * alike, 0))
    member = labels[:, None] == np.unique(labels)
    if member.shape[1] < 2:
        return np.zeros(len(labels))
    sizes = member.sum(axis=0)
    sums = distances @ member
    own_size = (member @ sizes).astype(np.float64)
    own = sums[member] / np.maximum(own_size - 1, 1)
    other = np.where(member, np.inf, sums / sizes).min(axis=1)
    scale = np.maximum(own, other)
    result = np.divide(other - own, scale, out=np.zeros_like(own), where=scale > 0)
    alone: Array = np.where(own_size > 1, result, 0.0)
    return alone


def _without_empty(labels: NDArray[np.intp], n_groups: int) -> NDArray[np.intp]:
    """Give every group a component: the last one of the largest group."""
    labels = labels.copy()
    for group in range(n_groups):
        if not np.any(labels == group):
            largest = np.bincount(labels).argmax()
            labels[np.flatnonzero(labels == largest)[-1]] = group
    return labels


def _numbered(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Give groups numbers in the order in which they appear."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    numbers: NDArray[np.intp] = first.argsort().argsort()[inverse]
    return numbers
