"""What components are made of, once a person may edit them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.spectral import Factors

Array = NDArray[np.float64]
#: Edited factors kept for each result: before and after an edit, and one more.
N_KEPT = 3


@dataclass(frozen=True, eq=False)
class Term:
    """A basis with its activation. Never changed: edits make new ones, and copies share them.

    Attributes
    ----------
    basis : ndarray of float64, shape (n_bins,)
        A column of T.
    activation : ndarray of float64, shape (n_frames,)
        A row of V.
    fitted : Term or None
        The term of the model that this one was made of by editing; None: it is that itself.
    energies : dict of str to float, or None
        The energies and the share of its part as fitted, as a separation has them, where that
        does not know them: a half of what was split.
    """

    basis: Array
    activation: Array
    fitted: Term | None = None
    energies: dict[str, float] | None = None

    def __post_init__(self) -> None:
        for array in (self.basis, self.activation):
            array.setflags(write=False)

    @property
    def origin(self) -> Term:
        """The term of the model that this one comes from."""
        return self.fitted or self

    def weighed(self, domain: float) -> tuple[Array, Array]:
        """Return basis (n_bins,) and activation (n_frames,) for Wiener masks of the domain p.

        See `spectral.masks`.
        """
        basis, activation = (
            now if now is then else then ** (1 - 1 / domain) * now ** (1 / domain)
            for then, now in (
                (self.origin.basis, self.basis),
                (self.origin.activation, self.activation),
            )
        )
        return basis, activation

    def edited(self, basis: Array | None = None, activation: Array | None = None) -> Term:
        """Return this term with another basis or another activation.

        Parameters
        ----------
        basis : ndarray of float64, shape (n_bins,), optional
            By default the one it has.
        activation : ndarray of float64, shape (n_frames,), optional
            By default the one it has.

        Returns
        -------
        Term
            It knows what it was made of.
        """
        return Term(
            self.basis if basis is None else basis,
            self.activation if activation is None else activation,
            self.origin,
        )


def terms_of(basis: Array, activation: Array) -> tuple[Term, ...]:
    """Return the terms of T (n_bins, n_bases) and V (n_bases, n_frames); they share the arrays."""
    return tuple(Term(t, v) for t, v in zip(basis.T, activation, strict=True))


def rank_one(terms: tuple[Term, ...]) -> tuple[Array, Array]:
    """Return one basis and one activation that stand for the sum of several terms.

    Those with the sums over time and over frequency that the terms have together, which is the
    nearest product in the Kullback-Leibler divergence (Lee and Seung, 2001, with one basis).

    Returns
    -------
    basis, activation : ndarray, shapes (n_bins,) and (n_frames,)
        Those of the term itself if there is only one.
    """
    if len(terms) == 1:
        return terms[0].basis, terms[0].activation
    bases = np.stack([term.basis for term in terms])
    activations = np.stack([term.activation for term in terms])
    over_bins, over_frames = bases.sum(axis=1), activations.sum(axis=1)
    total = float(over_bins @ over_frames)
    if total == 0:
        return np.zeros_like(bases[0]), np.zeros_like(activations[0])
    return over_frames @ bases / total, over_bins @ activations


class FactorsCache:
    """The factors of a few sets of terms: moving a fader must not gather them again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Factors] = OrderedDict()

    def get(
        self,
        terms: tuple[Term, ...],
        parts: tuple[int, ...] | None,
        model: Factors | None,
        like: Factors,
    ) -> Factors:
        """Return the factors of terms.

        Parameters
        ----------
        terms : tuple of Term
            At least one.
        parts : tuple of int, or None
            The part that each belongs to; None: each is one.
        model : Factors or None
            What shares the recording out.
        like : Factors
            Whose domain, precision and stretch of time they have.

        Returns
        -------
        Factors
            The same ones as long as the terms are the same.
        """
        key = (terms, parts, id(model))
        if key not in self._kept:
            self._kept[key] = _gathered(terms, parts, model, like)
            while len(self._kept) > 2 * N_KEPT:  # a model and its parts
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def _gathered(
    terms: tuple[Term, ...], parts: tuple[int, ...] | None, model: Factors | None, like: Factors
) -> Factors:
    dtype = like.basis.dtype
    basis, activation = _stacked([(term.basis, term.activation) for term in terms], dtype)
    weighed = None
    if model is not None and like.domain != 1 and any(term.fitted for term in terms):
        weighed = _stacked([term.weighed(like.domain) for term in terms], dtype)
    indices = None if parts is None else np.array(parts, np.intp)
    return Factors(basis, activation, like.domain, like.frames, indices, model, weighed)


def _stacked(
    pairs: list[tuple[Array, Array]], dtype: DTypeLike
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return bases (n_terms, n_bins) and activations (n_frames, n_terms) as `Factors` has them."""
    basis, activation = (np.empty((len(pairs), len(row)), dtype) for row in pairs[0])
    for place, pair in enumerate(pairs):
        basis[place], activation[place] = pair
    return basis, np.ascontiguousarray(activation.T)
