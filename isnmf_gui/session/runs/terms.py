"""What components are made of, once a person may edit them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from threading import RLock
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.spectral import Factors

Array = NDArray[np.float64]
# Activations are brought into another layout piece by piece.
FRAMES_AT_ONCE = 4096


@dataclass(frozen=True, eq=False)
class Term:
    """A basis with its activation. Never changed: edits make new ones, and copies share them.

    Of one separation, those of one column of T are equal, whichever thread made them; all others
    are equal to themselves only.

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
    column : int or None
        Which column of T it is, as it was fitted; None if it is none of them.
    """

    basis: Array
    activation: Array
    fitted: Term | None = None
    energies: dict[str, float] | None = None
    column: int | None = None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Term) and self.column is not None and self.column == other.column

    def __hash__(self) -> int:
        return object.__hash__(self) if self.column is None else hash(self.column)

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


def fitted_terms(basis: Array, activation: Array) -> tuple[Term, ...]:
    """Return the terms of T (n_bins, n_bases) and V (n_bases, n_frames); they share the arrays."""
    pairs = zip(basis.T, activation, strict=True)
    return tuple(Term(t, v, column=column) for column, (t, v) in enumerate(pairs))


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
    """The factors of sets of terms: moving a fader must not gather them again.

    They are large, so they are kept as long as anybody else has them, and the newest. Its methods
    may be called from any thread.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._known: WeakValueDictionary[Hashable, Factors] = WeakValueDictionary()
        self._newest: Factors | None = None

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
        key = (terms, parts, id(model))  # what is found has that model, so it is no other's id
        with self._lock:
            factors = self._known.get(key)
            if factors is None:
                factors = self._known[key] = _gathered(terms, parts, model, like)
            self._newest = factors
            return factors


def _gathered(
    terms: tuple[Term, ...], parts: tuple[int, ...] | None, model: Factors | None, like: Factors
) -> Factors:
    dtype = like.basis.dtype
    basis = _bases([it.basis for it in terms], dtype)
    activation = _activations([it.activation for it in terms], dtype)
    weighed = None
    if model is not None and like.domain != 1 and any(term.fitted for term in terms):
        bases, activations = zip(*(term.weighed(like.domain) for term in terms), strict=True)
        # Where none was edited they are those that are there.
        weighed = (
            basis if _are_same(bases, [it.basis for it in terms]) else _bases(bases, dtype),
            activation
            if _are_same(activations, [it.activation for it in terms])
            else _activations(activations, dtype),
        )
    indices = None if parts is None else np.array(parts, np.intp)
    return Factors(basis, activation, like.domain, like.frames, indices, model, weighed)


def _are_same(arrays: Sequence[Array], others: Sequence[Array]) -> bool:
    return all(one is other for one, other in zip(arrays, others, strict=True))


def _bases(bases: Sequence[Array], dtype: DTypeLike) -> NDArray[np.floating]:
    """Return bases (n_terms, n_bins) as `Factors` has them."""
    return np.array(bases, dtype)


def _activations(activations: Sequence[Array], dtype: DTypeLike) -> NDArray[np.floating]:
    """Return activations (n_frames, n_terms) as `Factors` has them, without a copy on the way."""
    result = np.empty((len(activations[0]), len(activations)), dtype)
    for first in range(0, len(result), FRAMES_AT_ONCE):
        frames = slice(first, first + FRAMES_AT_ONCE)
        result[frames] = np.array([it[frames] for it in activations], dtype).T
    return result
