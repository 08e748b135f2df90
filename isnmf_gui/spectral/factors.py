"""Basis and activation as masks and pictures need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.once import once

Array = NDArray[np.floating]
#: Chooses along an axis.
Index = slice | NDArray[np.intp]
#: Makes the mask (n_frames, n_bins) of frames [first, last) from their power.
Mask = Callable[[int, int, Array], Array]
#: Makes several masks of the same frames, one after the other.
Masks = Callable[[int, int, Array], Iterator[Array]]

# Added to every component's share: where all of them underflow they share equally, instead of
# 0/0. In float32 this is just above the smallest normal number.
LEAST_SHARE = 1e-37
# So many frames of V are there in double precision at once, where it is summed over time.
FRAMES_SUMMED = 4096


@dataclass(frozen=True, eq=False)
class Factors:
    """Basis and activation, stored as the masks need them.

    A term is a basis with its activation. Where nothing was merged, every part has one term.

    Attributes
    ----------
    basis : ndarray, shape (n_terms, n_bins)
        T, a basis per row.
    activation : ndarray, shape (n_frames, n_terms)
        V, a frame per row.
    domain : float
        p.
    frames : (int, int), optional
        First and one past the last of the frames that were factorized, if not all were: outside
        them every part is silent.
    parts : ndarray of int, shape (n_terms,), optional
        The part that each term belongs to; by default each is a part of its own.
    model : Factors, optional
        What shares the recording out; by default these factors themselves. Of the same frames.
    weighed : tuple of two ndarrays, optional
        Basis and activation that Wiener masks take instead, with a model only; see `masks`.
    runs : ndarray of int, shape (n_terms,), optional
        The run that each term is of, where several are one set, from 0; see `of_runs`.
    """

    basis: Array
    activation: Array
    domain: float
    frames: tuple[int, int] | None = None
    parts: NDArray[np.intp] | None = None
    model: Factors | None = None
    weighed: tuple[Array, Array] | None = None
    runs: NDArray[np.intp] | None = None

    @classmethod
    def of(
        cls,
        basis: Array,
        activation: Array,
        domain: float,
        dtype: DTypeLike,
        frames: tuple[int, int] | None = None,
    ) -> Factors:
        """Take T and V as a factorization gives them.

        Parameters
        ----------
        basis : ndarray, shape (n_bins, n_bases)
            T.
        activation : ndarray, shape (n_bases, n_frames)
            V.
        domain : float
            p.
        dtype : dtype_like
            Precision of what is made of them.
        frames : (int, int), optional
            First and one past the last frame that was factorized; by default all.

        Returns
        -------
        Factors
            In the layout of the masks.
        """
        t, v = (np.ascontiguousarray(factor.T, dtype) for factor in (basis, activation))
        return cls(t, v, domain, frames)

    @classmethod
    def of_runs(cls, runs: Sequence[Factors]) -> Factors:
        """Put runs of one recording and transform together as one set: every run has a share.

        Part k of the set is part k of every run together. Of each bin every run shares out the
        same part, 1 / R, among its terms, as in its own masks: with all their products in one sum
        a run that is too loud somewhere would have more of it (0.15 to 0.25 dB less on 16 real
        recordings, from no stroke to 16).

        Parameters
        ----------
        runs : sequence of Factors
            As they were fitted, with as many parts each.

        Returns
        -------
        Factors
            Whose products sum to the mean of the runs' models.
        """
        if len(runs) == 1:
            return runs[0]
        parts = [np.arange(it.n_parts) if it.parts is None else it.parts for it in runs]
        numbers = [np.full(len(it.basis), number) for number, it in enumerate(runs)]
        activations = np.concatenate([it.activation for it in runs], axis=1) / len(runs)
        return replace(
            runs[0],
            basis=np.concatenate([it.basis for it in runs]),
            activation=activations.astype(runs[0].activation.dtype),
            parts=np.concatenate(parts),
            runs=np.concatenate(numbers),
        )

    def astype(self, dtype: DTypeLike) -> Factors:
        """Return the same in another precision, which masks then have too."""
        model = self.model.astype(dtype) if self.model else None
        basis, activation = self.basis.astype(dtype), self.activation.astype(dtype)
        weighed = None
        if self.weighed:
            weighed = self.weighed[0].astype(dtype), self.weighed[1].astype(dtype)
        return replace(self, basis=basis, activation=activation, model=model, weighed=weighed)

    @property
    def n_parts(self) -> int:
        """Number of parts, also of those that have no term."""
        return len(self.basis) if self.parts is None else int(self.parts.max()) + 1

    @property
    def n_runs(self) -> int:
        """Number of runs that are one set; 1 unless there are several."""
        model = self.model or self
        return 1 if model.runs is None else int(model.runs.max()) + 1

    @once
    def of_run(self) -> tuple[Index, ...]:
        """The terms of each run."""
        if self.runs is None:
            return (slice(None),)
        return tuple(np.flatnonzero(self.runs == run) for run in range(self.n_runs))

    def heard_of(self, run: int, weights: Array) -> NDArray[np.intp]:
        """Return the terms of a run that have a weight.

        Parameters
        ----------
        run : int
            Its number in the set.
        weights : ndarray, shape (n_terms,)
            Of all terms.

        Returns
        -------
        ndarray of int, shape (n_heard,)
        """
        heard = weights != 0
        return np.flatnonzero(heard if self.runs is None else heard & (self.runs == run))

    @property
    def amplitude_gain(self) -> float:
        """What amplitudes of a set are multiplied by, so that their sum is the runs' mean."""
        return float(self.n_runs ** (1 / self.domain - 1))

    def by_term(self, of_parts: Array) -> Array:
        """Return for each term what is given for its part, or for its part in its run.

        Parameters
        ----------
        of_parts : ndarray, shape (n_parts, ...) or (n_runs * n_parts, ...)
            Run by run in the latter case.

        Returns
        -------
        ndarray, shape (n_terms, ...)
        """
        if self.parts is None:
            return of_parts
        places = self.parts
        if len(of_parts) > self.n_parts and self.runs is not None:
            places = places + self.n_parts * self.runs
        result: Array = of_parts[places]
        return result

    def summed(self, of_terms: Array) -> Array:
        """Return the sum over each part's terms, shape (n_parts, ...)."""
        if self.parts is None:
            return of_terms
        sums: Array = np.zeros((self.n_parts, *of_terms.shape[1:]), of_terms.dtype)
        np.add.at(sums, self.parts, of_terms)
        return sums

    def only(
        self, frames: Index, bins: Index, factorized: tuple[int, int] | None = None
    ) -> Factors:
        """Return some of the frames and bins; `factorized` are those among the chosen frames."""
        model = self.model.only(frames, bins, factorized) if self.model else None
        weighed = None
        if self.weighed:
            weighed = self.weighed[0][:, bins], self.weighed[1][frames]
        return replace(
            self,
            basis=self.basis[:, bins],
            activation=self.activation[frames],
            frames=factorized,
            model=model,
            weighed=weighed,
        )

    @property
    def _for_wiener(self) -> tuple[Array, Array]:
        return self.weighed or (self.basis, self.activation)

    @once
    def _peaks(self) -> NDArray[np.float64]:
        peaks: NDArray[np.float64] = self._for_wiener[0].max(axis=1).astype(np.float64)
        return peaks

    @once
    def _unit(self) -> tuple[float, float]:
        """The highest peak of a basis, and the largest product in units of it."""
        if self.model is not None:
            return self.model._unit
        highest = float(self._peaks.max()) or 1.0
        loudest = float((self.activation.max(axis=0) * (self._peaks / highest)).max())
        return highest, loudest or 1.0

    @once
    def normal_range(self) -> tuple[Array, NDArray[np.float64]]:
        """T scaled so that every basis peaks at 1, and what to multiply V by, shape (n_bases,).

        The largest product of the model then peaks at 1 as well. Wiener masks do not depend on
        it, and no recording is too quiet or too loud for float32. V stays where it is: a run that
        is listened to brings new factors many times a second.
        """
        highest, loudest = self._unit
        gains = self._peaks / highest / loudest
        divisors = np.where(self._peaks > 0, self._peaks, 1)[:, None]
        return (self._for_wiener[0] / divisors).astype(self.basis.dtype), gains

    def scaled_activation(self, first: int, last: int) -> Array:
        """Return frames [first, last) of V, shape (n_frames, n_terms), in `normal_range`."""
        scaled = self._for_wiener[1][first:last] * self.normal_range[1]
        return scaled.astype(self.activation.dtype)

    def scaled_models(self, first: int, last: int) -> Iterator[Array]:
        """Yield the denominators of each run's Wiener masks, never zero.

        Parameters
        ----------
        first, last : int
            Range of frames.

        Yields
        ------
        ndarray, shape (last − first, n_bins)
            Of a set all are multiplied by the number of runs: masks of all terms then sum to 1.
        """
        model = self.model or self
        activation, basis = model.scaled_activation(first, last), model.normal_range[0]
        for terms in model.of_run:
            product = activation[:, terms] @ basis[terms]
            product += LEAST_SHARE * len(basis[terms])
            yield product if model.runs is None else product * self.n_runs

    def shares_at(self, frames: NDArray[np.intp], bins: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the Wiener masks of all parts in some bins.

        Parameters
        ----------
        frames, bins : ndarray of int, shape (n,)
            Where.

        Returns
        -------
        ndarray of float64, shape (n, n_parts)
            Rows sum to 1 unless parts were edited.
        """
        shares = self._term_shares_at(frames, bins)
        return np.asarray(self.summed(shares.T).T, np.float64)

    def run_shares_at(
        self, frames: NDArray[np.intp], bins: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """Return the Wiener masks of all parts in some bins, of each run for itself.

        Parameters
        ----------
        frames, bins : ndarray of int, shape (n,)
            Where.

        Returns
        -------
        ndarray of float64, shape (n, n_runs * n_parts)
            Those of the first run, then the others'; rows sum to 1 unless parts were edited.
        """
        if self.runs is None:
            return self.shares_at(frames, bins)
        assert self.parts is not None
        found = np.zeros((self.n_runs * self.n_parts, len(frames)))
        np.add.at(
            found, self.parts + self.n_parts * self.runs, self._term_shares_at(frames, bins).T
        )
        return found.T

    def _term_shares_at(self, frames: NDArray[np.intp], bins: NDArray[np.intp]) -> Array:
        model = self.model or self
        shares = self._products_at(frames, bins)
        products = model._products_at(frames, bins) if self.model else shares
        totals = [products[:, terms].sum(axis=1, keepdims=True) for terms in model.of_run]
        for terms, total in zip(self.of_run, totals, strict=True):
            shares[:, terms] /= total if model.runs is None else total * self.n_runs
        return shares

    def _products_at(self, frames: NDArray[np.intp], bins: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return t_k v_k of every term in some bins, in `normal_range`, shape (n, n_terms)."""
        basis, gains = self.normal_range
        activation = self._for_wiener[1][frames] * gains
        products: NDArray[np.float64] = activation * basis[:, bins].T + LEAST_SHARE
        return products

    @once
    def amplitude_basis(self) -> Array:
        """T to the power q/2, which the ratio mask needs: shape (n_bases, n_bins)."""
        result: Array = self.basis ** (1 / self.domain)
        return result

    def prepare(self) -> None:
        """Compute now what masks compute at first use, some milliseconds at most."""
        self.normal_range, self.amplitude_basis  # noqa: B018 - kept from now on
        if self.model is not None:
            self.model.normal_range  # noqa: B018 - as above

    def within(self, mask: Mask) -> Mask:
        """Return a mask that is zero outside the frames that were factorized."""
        if self.frames is None:
            return mask

        def inside(first: int, last: int, power: Array) -> Array:
            return self.silenced(mask(first, last, power), first)

        return inside

    def silenced(self, mask: Array, first: int) -> Array:
        """Set a mask of frames from `first` on to zero outside those that were factorized.

        Parameters
        ----------
        mask : ndarray, shape (n_frames, n_bins)
            Changed in place.
        first : int
            Its first frame.

        Returns
        -------
        ndarray
            The mask itself.
        """
        begin, end = self.frames or (0, len(self.activation))
        mask[: max(0, begin - first)] = 0
        mask[max(0, end - first) :] = 0
        return mask

    def model_energies(self) -> NDArray[np.float64]:
        """Return Σ (t_k v_k)^q over bins and frames, shape (n_parts,): power in the model.

        The power of a product is the product of the powers, so no picture is needed for it. The
        terms of one part count as if they did not overlap.
        """
        q = 2 / self.domain
        over_bins = (self.basis.astype(np.float64) ** q).sum(axis=1)
        over_frames = np.zeros(len(self.basis))
        for first in range(0, len(self.activation), FRAMES_SUMMED):
            frames = self.activation[first : first + FRAMES_SUMMED]
            over_frames += (frames.astype(np.float64) ** q).sum(axis=0)
        return self.summed(over_bins * over_frames).astype(np.float64)
