"""The walk over blocks of frames in numpy: for both precisions, and on every machine.

Once T is fixed the frames are independent. So V is updated and the sums for T are made block by
block, while a block is in the cache; nothing of the size of X is written.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.divergence import Divergence
from isnmf_gui.nmf.steps import Step, Sums, cut, extrapolate

Array = NDArray[np.floating]

# Three block buffers (Z, A, scratch) should stay in a core's second-level cache.
BLOCK_BYTES = 768 * 1024
FEWEST_FRAMES = 16


def block_frames(X: Array) -> int:
    """Return the number of frames that are worked on at once.

    Parameters
    ----------
    X : ndarray, shape (n_frames, n_bins)
        Power spectrogram.

    Returns
    -------
    int
        So many that what is made of a block stays in the cache.
    """
    n_frames, n_bins = X.shape
    wanted = BLOCK_BYTES // (3 * n_bins * X.itemsize)
    return int(min(max(wanted, FEWEST_FRAMES), n_frames))


class PortableParts:
    """The frames, and the sums of every stretch of them: what threads share in a walk.

    Parameters
    ----------
    X : ndarray, shape (n_frames, n_bins), C-contiguous
        The power spectrogram.
    bounds : list of int
        Of the stretches, see `steps.bounds_of_stretches`.
    n_bases : int
        Number of rows of T.
    fixed : ndarray, optional
        Like X: what Z has besides T V.

    Attributes
    ----------
    left : iterator of int
        The stretches that no thread has taken yet.
    blocks : list of list of slice
        Of every stretch, the frames that are worked on at once.
    sums : list of Sums
        Of every stretch.
    """

    def __init__(
        self, X: Array, bounds: list[int], n_bases: int, fixed: Array | None = None
    ) -> None:
        self.X, self.fixed = X, fixed
        self.left = iter(range(0))
        self.blocks = [cut(range(*pair), block_frames(X)) for pair in pairwise(bounds)]
        T = np.empty((n_bases, X.shape[1]), X.dtype)
        self.sums = [Sums.like(T) for _ in self.blocks]

    def begin(self) -> None:
        """Make ready for a walk."""
        self.left = iter(range(len(self.blocks)))

    def finish(self, _divergence: Divergence, sums: Sums) -> None:
        """Fill the sums of all stretches, once all threads are done."""
        sums.clear()
        for part in self.sums:  # in this order, whoever made them
            sums.add(part)


class PortableWorker:
    """The buffers of one thread.

    Parameters
    ----------
    parts : PortableParts
        Shared among threads.
    """

    def __init__(self, parts: PortableParts) -> None:
        rows = max(block.stop - block.start for blocks in parts.blocks for block in blocks)
        self.parts = parts
        like = np.empty((rows, parts.X.shape[1]), parts.X.dtype)
        self.Z, self.A, self.scratch = (np.empty_like(like) for _ in range(3))
        self.product = np.empty_like(parts.sums[0].numerator)

    def walk(
        self, divergence: Divergence, T: Array, V: Array, step: Step | None, _sums: Sums
    ) -> None:
        """Update V over the stretches that are left (if there is a step), and sum up for T.

        Parameters
        ----------
        divergence : Divergence
            What is minimized.
        T : ndarray, shape (n_bases, n_bins)
            Basis.
        V : ndarray, shape (n_frames, n_bases)
            Activation, updated in place if there is a step.
        step : Step or None
            How V is updated; None: only the sums are made.
        _sums : Sums
            Those of all stretches: they are made when all threads are done.
        """
        for place in self.parts.left:
            sums = self.parts.sums[place]
            sums.clear()
            for block in self.parts.blocks[place]:
                self._walk_block(block, divergence, T, V, step, sums)

    def _walk_block(
        self,
        block: slice,
        divergence: Divergence,
        T: Array,
        V: Array,
        step: Step | None,
        sums: Sums,
    ) -> None:
        rows = block.stop - block.start
        X, v = self.parts.X[block], V[block]
        A, scratch = self.A[:rows], self.scratch[:rows]
        if step is not None:
            if step.V_before is not None:
                before = step.V_before[block]
                ahead = extrapolate(v, before, step.extrapolation)
                before[:], v[:] = v, ahead
            Z = self._model(v, step.T, block)
            divergence.weigh(X, Z, A)
            step.update(v, A @ step.T.T, Z @ step.T.T)
        Z = self._model(v, T, block)
        sums.loss += divergence.weigh(X, Z, A, scratch)
        sums.numerator += np.matmul(v.T, A, out=self.product)
        sums.denominator += np.matmul(v.T, Z, out=self.product)

    def _model(self, v: Array, T: Array, block: slice) -> Array:
        """Return Z of a block, in its buffer."""
        Z: Array = np.matmul(v, T, out=self.Z[: len(v)])
        if self.parts.fixed is not None:
            Z += self.parts.fixed[block]
        return Z
