"""The walk over blocks of frames in numpy: for both precisions, and on every machine.

Once T is fixed the frames are independent. So V is updated and the sums for T are made block by
block, while a block is in the cache; nothing of the size of X is written.
"""

from __future__ import annotations

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


class PortableWorker:
    """The buffers of one thread, and the frames it owns.

    Parameters
    ----------
    X : ndarray, shape (n_frames, n_bins), C-contiguous
        The power spectrogram of all frames.
    frames : range
        Those of this worker.
    n_bases : int
        Number of rows of T.
    fixed : ndarray, optional
        Like X: what Z has besides T V.
    """

    def __init__(self, X: Array, frames: range, n_bases: int, fixed: Array | None = None) -> None:
        n_bins = X.shape[1]
        rows = min(block_frames(X), len(frames))
        self.X, self.fixed = X, fixed
        self.blocks = cut(frames, rows)
        self.Z, self.A, self.scratch = (np.empty((rows, n_bins), X.dtype) for _ in range(3))
        self.product = np.empty((n_bases, n_bins), X.dtype)

    def walk(
        self, divergence: Divergence, T: Array, V: Array, step: Step | None, sums: Sums
    ) -> None:
        """Update V over the worker's frames (if there is a step), and sum up for T.

        Parameters
        ----------
        divergence : Divergence
            What is minimized.
        T : ndarray, shape (n_bases, n_bins)
            Basis.
        V : ndarray, shape (n_frames, n_bases)
            Activation; the worker's frames are updated in place if there is a step.
        step : Step or None
            How V is updated; None: only the sums are made.
        sums : Sums
            Filled with what the worker's frames add to them.
        """
        sums.numerator.fill(0)
        sums.denominator.fill(0)
        sums.loss = 0.0
        for block in self.blocks:
            rows = block.stop - block.start
            X, v = self.X[block], V[block]
            Z, A, scratch = self.Z[:rows], self.A[:rows], self.scratch[:rows]
            if step is not None:
                if step.V_before is not None:
                    before = step.V_before[block]
                    ahead = extrapolate(v, before, step.extrapolation)
                    before[:], v[:] = v, ahead
                divergence.weigh(X, self._model(v, step.T, block), A)
                step.update(v, A @ step.T.T, Z @ step.T.T)
            sums.loss += divergence.weigh(X, self._model(v, T, block), A, scratch)
            sums.numerator += np.matmul(v.T, A, out=self.product)
            sums.denominator += np.matmul(v.T, Z, out=self.product)

    def _model(self, v: Array, T: Array, block: slice) -> Array:
        """Return Z of a block, in its buffer."""
        Z: Array = np.matmul(v, T, out=self.Z[: len(v)])
        if self.fixed is not None:
            Z += self.fixed[block]
        return Z
