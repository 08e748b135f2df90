"""What goes into a walk over the frames, and what comes out of it.

The letters are those of `divergence`; matrices hold a frame, or a basis, per row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.updates import Multiplier

Array = NDArray[np.floating]

# Numbers of stretches that most numbers of threads share evenly, and their least frames.
STRETCHES = (1, 2, 4, 8, 12, 24, 48)
LEAST_STRETCH = 128
# The sums of all stretches have no more elements than this, or than a quarter of the power has.
ROOM = 1 << 21


@dataclass
class Sums:
    """What the update of T needs, and the loss of the model it was computed from.

    Attributes
    ----------
    numerator, denominator : ndarray, shape (n_bases, n_bins)
        A Vᵀ and B Vᵀ, transposed.
    loss : float
        The loss over all bins and frames.
    """

    numerator: Array
    denominator: Array
    loss: float = 0.0

    @classmethod
    def like(cls, T: Array) -> Sums:
        """Return sums to be filled, for a basis like T."""
        return cls(np.empty_like(T), np.empty_like(T))

    def clear(self) -> None:
        """Set all to zero."""
        self.numerator.fill(0)
        self.denominator.fill(0)
        self.loss = 0.0

    def add(self, other: Sums) -> None:
        """Add those of other frames."""
        self.numerator += other.numerator
        self.denominator += other.denominator
        self.loss += other.loss


@dataclass(frozen=True)
class Step:
    """How V is updated during a walk.

    Attributes
    ----------
    T : ndarray, shape (n_bases, n_bins)
        The basis it is updated for; the sums may be made with another one.
    multiplier : Multiplier
        The rule.
    floor : float
        Smallest element of V.
    denominator_floor : float
        Smallest denominator; 0 where none is needed.
    V_before : ndarray, shape (n_frames, n_bases), optional
        V one iteration ago; gets V as it was before this one.
    extrapolation : float
        Before the update, V goes on by this share of its last rise (see `rules.Fast`).
    """

    T: Array
    multiplier: Multiplier
    floor: float
    denominator_floor: float = 0.0
    V_before: Array | None = None
    extrapolation: float = 0.0

    def update(self, factor: Array, numerator: Array, denominator: Array) -> None:
        """Update a factor, or some rows of one, in place; the sums are overwritten.

        Parameters
        ----------
        factor : ndarray, shape (n_rows, n_columns)
            T or V, or rows of it.
        numerator, denominator : ndarray, like `factor`
            The sums of A and of B, whose ratio is c.
        """
        if self.denominator_floor:
            np.maximum(denominator, self.denominator_floor, out=denominator)
        factor *= self.multiplier(np.divide(numerator, denominator, out=numerator))
        np.maximum(factor, self.floor, out=factor)


def bounds_of_stretches(n_frames: int, n_bins: int, n_bases: int, block: int = 1) -> list[int]:
    """Return where the stretches of frames begin that sums are made over, and where the last ends.

    A thread takes whole stretches. Their bounds follow from the sizes alone, so that the sums do
    not depend on how many threads there are.

    Parameters
    ----------
    n_frames, n_bins, n_bases : int
        Sizes.
    block : int, optional
        Frames that are worked on at once: a stretch begins with a whole block of them.

    Returns
    -------
    list of int
        One more than there are stretches.
    """
    in_room = max(n_frames // 4, ROOM // n_bins) // (2 * n_bases)
    n_blocks = -(-n_frames // block)
    most = max(1, min(in_room, n_frames // LEAST_STRETCH, n_blocks))
    n_stretches = max(it for it in STRETCHES if it <= most)
    bounds = (n_blocks * i // n_stretches * block for i in range(n_stretches + 1))
    return [min(bound, n_frames) for bound in bounds]


def cut(frames: range, size: int) -> list[slice]:
    """Cut a range of frames into slices of a size; the last may be shorter."""
    starts = range(frames.start, frames.stop, size)
    return [slice(start, min(start + size, frames.stop)) for start in starts]


def extrapolate(now: Array, before: Array, share: float) -> Array:
    """Return a factor, gone on by a share of its last rise; where it fell it stays.

    Parameters
    ----------
    now, before : ndarray of equal shapes
        A factor, and what it was one iteration ago.
    share : float
        Of the rise, 0 to 1.

    Returns
    -------
    ndarray, like `now`
        A new array.
    """
    if share == 0:
        return now.copy()
    result: Array = now + now.dtype.type(share) * np.maximum(now - before, 0)
    return result
