"""Which components are likely to be of the same source: a proposal, for a person to change.

Grouping components by k-means on the MFCCs of their bases is the proposal of Spiertz and Gnann,
"Source-filter based clustering for monaural blind source separation", DAFx 2009. Timbre alone
takes a kick drum for a bass and a flute for streaming air: pitch and its strength, how steady the
activations are and where a component lies between the channels count too. What each of them is
worth stands in docs/separation-quality.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf import available_cores, single_threaded_blas
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.grouping.clustering import (
    embedded,
    k_means,
    numbered,
    silhouettes,
    without_empty,
)
from isnmf_gui.session.runs.separation import Separation, stft_of
from isnmf_gui.spectral import Resynthesis, wiener_sums
from isnmf_gui.spectral.hearing.descriptors import pitch_strengths, pitches_hz
from isnmf_gui.spectral.hearing.timbre import mfccs, steadiness
from isnmf_gui.spectral.mask_energies import block_frames
from isnmf_gui.texts import tr

Array = NDArray[np.float64]

#: Most sources that are suggested unless more are asked for.
MOST_SOURCES = 8
#: Groups less distinct than this are none.
LEAST_SILHOUETTE = 0.05
#: Lower is all the same.
LOWEST_PITCH_HZ = 40.0
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


def channel_shares(separation: Separation, on_progress: OnProgress | None = None) -> Array | None:
    """Return each channel's share of the energy of each component.

    Parameters
    ----------
    separation : Separation
        Finished or not.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    ndarray of float64, shape (n_components, n_channels), or None
        None for a recording of one channel.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    samples, settings = separation.recording.samples, separation.settings
    stft, factors, threads = stft_of(settings), separation.factors, available_cores()
    n_channels, size = samples.shape[1], block_frames(factors.basis.shape[1])
    if n_channels == 1:
        return None
    energies, meter = [], Meter(on_progress, n_channels)
    for channel in range(n_channels):
        own = Resynthesis(samples[:, channel : channel + 1], stft, settings.precision)
        with single_threaded_blas():
            sums = wiener_sums(factors, own.power, size, threads, meter.within)
        energies.append(sums.energies.sum(axis=0))
        meter.next_step()
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
    on_progress: OnProgress | None = None,
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
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    Suggestion
        Components that are silent belong to the first source, as they sound like nothing.

    Raises
    ------
    SettingsError
        If there are fewer components than sources, or no source is asked for.
    Stopped
        If `on_progress` said so.
    """
    n_components, meter = basis.shape[1], Meter(on_progress, 2)
    _check(n_components, n_sources)
    found = likeness(
        basis,
        activation,
        domain,
        sample_rate,
        with_activations=with_activations,
        balance=balance,
        on_progress=meter.within,
    )
    meter.next_step()
    order = np.argsort(-found.loudness, kind="stable")
    labels = np.zeros(n_components, np.intp)
    rng = np.random.default_rng(seed)
    labels[found.audible] = _groups(
        found.alike, found.loudness[found.audible], n_sources, rng, meter
    )
    confidence = found.silhouettes(labels)
    labels[order] = without_empty(labels[order], n_sources or 1)
    labels = numbered(labels)
    return Suggestion(tuple(labels.tolist()), int(labels.max()) + 1, tuple(confidence.tolist()))


@dataclass(frozen=True, eq=False)
class Likeness:
    """How alike components sound.

    Attributes
    ----------
    alike : ndarray of float64, shape (n_audible, n_audible)
        Products of the audible components, as points in a space.
    audible : ndarray of int, shape (n_audible,)
        Which these are, loudest first: the order in which components come has no influence.
    loudness : ndarray of float64, shape (n_components,)
        With the power compressed; 0 for a silent one.
    """

    alike: Array
    audible: NDArray[np.intp]
    loudness: Array

    def silhouettes(self, labels: NDArray[np.intp]) -> Array:
        """Return how well each component sits in its group, shape (n_components,).

        Parameters
        ----------
        labels : ndarray of int, shape (n_components,)
            The groups.

        Returns
        -------
        ndarray of float64
            As `Suggestion.confidence`; 0 for silent ones.
        """
        found = np.zeros(len(self.loudness))
        found[self.audible] = silhouettes(self.alike, labels[self.audible])
        return found


def likeness(
    basis: NDArray[np.floating],
    activation: NDArray[np.floating],
    domain: float,
    sample_rate: float,
    *,
    with_activations: bool = False,
    balance: NDArray[np.floating] | None = None,
    on_progress: OnProgress | None = None,
) -> Likeness:
    """Return how alike components sound.

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
    with_activations : bool, optional
        Whether the course of the activations counts too.
    balance : ndarray, shape (n_components, n_channels), optional
        Each channel's share of a component's energy, see `channel_shares`.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    Likeness
        In the order of the components.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    loudness, spectra, steady = _traits(basis, activation, 2 / domain, Meter(on_progress, 1))
    audible = np.argsort(-loudness, kind="stable")[: max(np.count_nonzero(loudness), 1)]
    alike = _alike_in_timbre(spectra[audible], sample_rate)
    if with_activations:
        alike += STEADINESS_WEIGHT * _kernel(steady[audible], STEADINESS_WIDTH)
    if balance is not None:
        alike += _products(np.asarray(balance, np.float64)[audible] / BALANCE_UNIT)
    return Likeness(alike, audible, loudness)


def _check(n_components: int, n_sources: int | None) -> None:
    if n_sources is None:
        return
    if n_sources < 1:
        raise SettingsError(tr("Components are grouped into one source at least."))
    if n_sources > n_components:
        raise SettingsError(
            tr(
                "%n component(s) cannot be grouped into {n_sources} sources: ask for {most} at "
                "most, or separate with more bases.",
                "",
                n_components,
                n_sources=n_sources,
                most=n_components,
            )
        )


def _traits(
    basis: NDArray[np.floating], activation: NDArray[np.floating], q: float, meter: Meter
) -> tuple[Array, Array, Array]:
    """Return loudness, power spectra that peak at 1, and how steady the levels are.

    The loudness is that of each component as it is heard, with the power compressed: 0 if it is
    silent.
    """
    t = basis.T.astype(np.float64)
    t_peaks = t.max(axis=1)
    spectra = (t / np.maximum(t_peaks, TINY)[:, None]) ** q
    v_peaks, sums, steady = (np.zeros(len(activation)) for _ in range(3))
    for k, row in enumerate(activation):  # one by one: those of an hour take a while
        meter(k / len(activation))
        v = row.astype(np.float64)
        v_peaks[k] = v.max()
        levels = (v / max(v_peaks[k], TINY)) ** (q / 2)  # amplitudes that peak at 1
        sums[k] = levels.sum()
        steady[k] = steadiness(levels[None])[0]
    # Loudnesses are only compared: relative to the loudest, no product is too small or too large.
    gains = t_peaks / max(t_peaks.max(), TINY) * v_peaks / max(v_peaks.max(), TINY)
    loudness = gains ** (q / 2) * np.sqrt(spectra).sum(axis=1) * sums
    return loudness, spectra, steady


def _alike_in_timbre(spectra: Array, sample_rate: float) -> Array:
    """Return how alike power spectra (n_components, n_bins) are, as products of points."""
    bin_hz = sample_rate / 2 / max(spectra.shape[1] - 1, 1)
    pitch_hz = pitches_hz(spectra, bin_hz)
    pitch_hz = np.where(np.isnan(pitch_hz), spectra.argmax(axis=1) * bin_hz, pitch_hz)
    octaves = np.log2(np.maximum(pitch_hz, LOWEST_PITCH_HZ))
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
    alike: Array, loudness: Array, n_sources: int | None, rng: np.random.Generator, meter: Meter
) -> NDArray[np.intp]:
    """Return the group of each component, for as many groups as there are to be."""
    n_components = len(alike)
    if n_sources is not None:
        return k_means(embedded(alike, n_sources), loudness, n_sources, rng, meter)
    best, best_mean = np.zeros(n_components, np.intp), LEAST_SILHOUETTE
    numbers = range(2, min(MOST_SOURCES, n_components - 1) + 1)
    for done, n_groups in enumerate(numbers):

        def within(share: float, done: int = done) -> None:
            meter((done + share) / len(numbers))

        labels = k_means(embedded(alike, n_groups), loudness, n_groups, rng, within)
        mean = silhouettes(alike, labels).mean()
        if mean > best_mean:
            best, best_mean = labels, mean
    return best
